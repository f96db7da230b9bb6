"""The dialogs on syncing: how the file stands, the way out of each trouble, what lost in a merge and comes back."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.palette import ActionCommands
from pitrack.screens.dialogs import sync as dialog
from pitrack.screens.dialogs.history import HistoryDialog
from pitrack.screens.dialogs.sync import Sheet, SyncDialog
from pitrack.screens.help import key_groups
from pitrack.screens.today.screen import TodayScreen
from pitrack.standing import Standing, standing
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.screens.conftest import WRITTEN

SIZES = pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)], ids=["phone", "default", "wide"])


class Compare(Protocol):
    def __call__(self, app: PitrackApp, **how: object) -> bool: ...


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def look(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, PitrackApp)
    await pilot.app._look()
    await settled(pilot)


async def damaged(pilot: Pilot[None]) -> None:
    """Until the app knows that the file is damaged."""
    assert isinstance(pilot.app, PitrackApp)
    assert pilot.app.keeper
    while not pilot.app.keeper.sync.reason:
        await pilot.pause(0.05)
        await pilot.app._look()
    await settled(pilot)


def text(app: PitrackApp) -> str:
    """What the sync dialog says."""
    sheet = app.screen.query_one(Sheet)
    return " ".join(" ".join(sheet.render_line(y).text for y in range(sheet.size.height)).split())


def keys(app: PitrackApp) -> set[str]:
    assert isinstance(app.screen, SyncDialog)
    return {offer.key for offer in app.screen.offers()}


def habit(book: Book, name: str) -> str:
    return next(habit.id for habit in book.snapshot().habits.values() if habit.name == name)


@pytest.fixture
def lost(book: Book, there: Book, today: dt.date) -> Book:
    """This device and another one wrote the same three fields apart, the other one later."""
    (entry,) = [entry.id for entry in book.snapshot().entries if entry.day.month == 11]
    for device, word, amount, note in ((book, "no", 3, "a note"), (there, "yes", 5, "[red]later[/red]")):
        snap = device.snapshot()
        device.apply(edits.check(snap, habit(device, "写真の整理"), today, word))
        device.apply(edits.check(snap, habit(device, "Upload photos"), today, Decimal(amount)))
        device.apply(edits.set_note(snap, habit(device, "Write to a [b]sponsor"), today, note))
        device.apply(edits.edit_entry(snap, entry, gross=Decimal(900 + amount)))
    there.save()
    return book


# The dialog


async def test_all_is_well(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert ("!", "how the book is synced") in dict(key_groups(app.screen))["Everywhere"]
        await pilot.press("exclamation_mark")
        await settled(pilot)
        said = text(app)
        assert str(book.path).replace(" ", "") in said.replace(" ", "")
        assert "The file holds all there is. The file was written on 2026-11-22 13:02." in said
        assert "The last backup is of" in said
        assert keys(app) == {"m"}
        await pilot.press("m")
        await settled(pilot)
        assert "Nothing new: this device and the file have it all." in text(app)
        assert book.path.stat().st_mtime == WRITTEN
        await pilot.press("q")
        assert isinstance(app.screen, TodayScreen)


async def test_a_missing_file_is_written_anew(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        book.path.unlink()
        await look(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "Not synced: the file is missing. Your changes are safe on this device." in text(app)
        assert "or press w to write it anew." in text(app)
        assert keys(app) == {"w"}
        await pilot.press("m")
        await settled(pilot)
        assert not book.path.exists()
        await pilot.press("w")
        await settled(pilot)
        assert book.path.read_bytes() == book.data
        assert "The file holds all there is." in text(app)
        assert f"Wrote {book.path} anew.".replace(" ", "") in text(app).replace(" ", "")
        assert keys(app) == {"m"}


async def test_a_damaged_file_is_written_anew_and_kept(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await settled(pilot)
        book.path.write_text("{\n<<<<<<< mine\n")
        await damaged(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "it holds a conflict that git could not solve (line 2)" in text(app)
        assert keys(app) == {"w"}
        await pilot.press("w")
        await settled(pilot)
        assert book.path.read_bytes() == book.data
        assert book.replica.backups.list()[0].kind == "found"


async def test_a_newer_file_offers_nothing_but_an_update(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        newer = book.data.replace(b'"format":1', b'"format":2')
        assert newer != book.data
        book.path.write_bytes(newer)
        await damaged(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "newer pitrack" in text(app)
        assert "Update pitrack on this device." in text(app)
        assert keys(app) == set()
        await pilot.press("m", "w", "J", "J", "K")
        await settled(pilot)
        assert book.path.read_bytes() == newer


async def test_copies_are_counted(app: PitrackApp, book: Book, there: Book, today: dt.date) -> None:
    there.apply(edits.check(there.snapshot(), habit(book, "写真の整理"), today, "yes"))
    book.path.with_name("pitrack.sync-conflict-20261122-134353-6222WNZ.json").write_bytes(there.data)
    there.apply(edits.check(there.snapshot(), habit(book, "Upload photos"), today, Decimal(5)))
    book.path.with_name("pitrack (1).json").write_bytes(there.data)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("exclamation_mark", "m")
        await settled(pilot)
        said = text(app)
        assert "1 conflict copy was taken in and put away." in said
        assert "1 conflict copy beside it was taken in and may be deleted: pitrack (1).json." in said
        assert book.path.read_bytes() == there.data


# Another book


async def test_another_book_found_at_the_start_is_told_once(
    book: Book, other: Book, today: dt.date, reopen: Callable[[], Book]
) -> None:
    book.path.write_bytes(other.data)
    app = PitrackApp(reopen(), DayClock(today))
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert isinstance(app.screen, SyncDialog)
        assert "Another book (“Work”) lies in its place." in text(app)
        assert keys(app) == {"J", "K"}
        await pilot.press("escape", "space")
        await look(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert book.path.read_bytes() == other.data
        assert app.status()[0][0] == "read-only: another book lies in its place"


async def test_keys_that_are_being_typed_do_not_decide(app: PitrackApp, book: Book, other: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        book.path.write_bytes(other.data)
        await look(pilot)
        assert isinstance(app.screen, SyncDialog)
        await pilot.press("j", "k", "space", "enter", "x", "s", "n", "i", "a", "A", "h", "l", "J")
        await settled(pilot)
        assert isinstance(app.screen, SyncDialog)
        assert "Press J again to join This cannot be undone." in text(app)
        assert book.path.read_bytes() == other.data


async def test_keeping_them_apart(app: PitrackApp, book: Book, other: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        book.path.write_bytes(other.data)
        await look(pilot)
        assert isinstance(app.screen, SyncDialog)
        assert app.screen.standing
        apart = app.screen.standing.apart
        assert f"This book goes to {apart.name} beside it, and the other one is opened here." in text(app)
        await pilot.press("K")
        await settled(pilot)
        assert apart.read_bytes() == book.data
        assert f"The one that was here is {apart}.".replace(" ", "") in text(app).replace(" ", "")
        assert keys(app) == {"m"}
        for mode in "1234":
            await pilot.press("escape", mode)
            await settled(pilot)
        await pilot.press("1", "a", *"Only there", "enter")
        await settled(pilot)
        await pilot.press("exclamation_mark", "m")
        await settled(pilot)
        assert b"Only there" in book.path.read_bytes()
        assert b"Only there" not in apart.read_bytes()


async def test_joining_them(app: PitrackApp, book: Book, other: Book) -> None:
    other.apply(edits.add_stream(other.snapshot(), "Elsewhere"))
    async with app.run_test(size=(44, 30)) as pilot:
        await settled(pilot)
        book.path.write_bytes(other.data)
        await look(pilot)
        await pilot.press("J", "J")
        await settled(pilot)
        assert "Both are one book now." in text(app)
        assert app.snapshot
        assert {stream.name for stream in app.snapshot.streams.values()} == {"Stock photos", "Elsewhere"}
        assert keys(app) >= {"m"}


# What lost


async def test_a_merge_that_replaced_something_says_so(app: PitrackApp, lost: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert app.screen.query_one(KeyLine).said == (
            "Merged 4 changes; 4 replaced values of yours (: history).",
            "warn",
        )
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert "4 values of yours were replaced in merges." in text(app)
        await pilot.press("h")
        await settled(pilot)
        assert isinstance(app.screen, HistoryDialog)
        await pilot.press("escape")
        assert isinstance(app.screen, SyncDialog)


async def test_a_lost_value_comes_back_and_goes_again(app: PitrackApp, lost: Book, today: dt.date) -> None:
    tidy = habit(lost, "写真の整理")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await command(pilot, "history")
        assert isinstance(app.screen, HistoryDialog)
        rows: RowList[object] = app.screen.query_one(RowList)
        shown = [rows.render_line(y).text.strip(" >") for y in range(8)]
        assert shown[0].startswith("Stock photos, 2026-11-05")
        assert "[b]sponsor, 2026-11-22, note" in "".join(shown)
        assert any(line.endswith("a note -> [red]later[/red]") for line in shown)
        while "写真の整理" not in rows.render_line(rows.cursor * 2).text:
            await pilot.press("j")
        await pilot.press("enter")
        await settled(pilot)
        assert app.snapshot
        assert app.snapshot.history(tidy).marks[today.toordinal()] == "no"
        told = app.screen.query_one("#told", Lines)
        assert told.render_line(0).text.startswith(" Brought back: 写真の整理, 2026-11-22, answer.")
        await pilot.press("u")
        await settled(pilot)
        assert app.snapshot.history(tidy).marks[today.toordinal()] == "yes"
        assert told.render_line(0).text.startswith(" Undid: brought back a value of 写真の整理")


async def test_amounts_are_hidden_there_too(app: PitrackApp, lost: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await pilot.press("m")
        await command(pilot, "lost merge")
        rows: RowList[object] = app.screen.query_one(RowList)
        assert rows.render_line(1).text.rstrip().endswith("*** -> ***")
        assert all("903" not in rows.render_line(y).text for y in range(8))


async def test_nothing_was_lost(app: PitrackApp) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await command(pilot, "lost merge")
        rows: RowList[object] = app.screen.query_one(RowList)
        said = " ".join(" ".join(rows.render_line(y).text for y in range(rows.size.height)).split())
        assert said == "Nothing that you wrote on this device was replaced in a merge."
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, TodayScreen)


async def command(pilot: Pilot[None], typed: str) -> None:
    """Run the first command found."""
    await pilot.press("colon", *typed)
    await pilot.pause(0.4)
    await pilot.press("enter")
    await settled(pilot)


async def test_commands(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        commands = ActionCommands(app.screen)
        await commands.startup()
        named = {name: key for name, key, _run in commands.commands}
        assert named["How the book is synced"] == "!"
        assert {"Merge now", "History: what lost in a merge"} <= named.keys()
        assert "Why the file is not synced" not in named
        await command(pilot, "merge now")
        assert app.screen.query_one(KeyLine).said[0] == "Nothing new: this device and the file have it all."
        book.path.unlink()
        await look(pilot)
        await command(pilot, "why not synced")
        assert isinstance(app.screen, SyncDialog)


# Pictures


@pytest.fixture
def steady(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths and names of files that are the same in every run."""

    def fixed(book: Book) -> Standing:
        found = standing(book)
        return found._replace(
            path=Path("/home/ada/Dropbox/pitrack.json"),
            apart=Path("/home/ada/Dropbox/pitrack-x4ka.json"),
            backup=dt.datetime.fromtimestamp(WRITTEN - 86400, dt.UTC),
            written=found.written and dt.datetime.fromtimestamp(WRITTEN, dt.UTC),
        )

    monkeypatch.setattr(dialog, "standing", fixed)


@pytest.fixture
def clocked(lost: Book, tmp_path: Path, today: dt.date) -> PitrackApp:
    """What lost, at moments that are the same in every run."""
    history = lost.replica.history
    lost.refresh()
    lost.save()
    lost.news()
    found = sorted(history.read(), key=lambda loss: loss.value)
    history._path.unlink()
    history.add(loss._replace(stamp=f"2026-11-22T03:{10 + n}{loss.stamp[16:]}") for n, loss in enumerate(found))
    os.utime(lost.path, (WRITTEN, WRITTEN))
    return PitrackApp(lost, DayClock(today))


@SIZES
@pytest.mark.usefixtures("steady")
def test_picture_of_the_sync_dialog(app: PitrackApp, book: Book, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=opened)


@SIZES
@pytest.mark.usefixtures("steady")
def test_picture_of_another_book(
    app: PitrackApp, book: Book, other: Book, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def found(pilot: Pilot[None]) -> None:
        await settled(pilot)
        book.path.write_bytes(other.data)
        await look(pilot)

    assert snap_compare(app, terminal_size=size, run_before=found)


@SIZES
@pytest.mark.usefixtures("steady")
def test_picture_of_a_missing_file(app: PitrackApp, book: Book, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def gone(pilot: Pilot[None]) -> None:
        await settled(pilot)
        book.path.unlink()
        await look(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=gone)


@SIZES
def test_picture_of_what_lost(clocked: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def opened(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await command(pilot, "lost merge")
        await pilot.press("j", "j")
        await pilot.pause()

    assert snap_compare(clocked, terminal_size=size, run_before=opened)
