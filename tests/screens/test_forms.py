"""Forms: read whole on a phone, nothing replaced by accident, nothing offered that is not what it seems."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input, Label

from pitrack.app import PitrackApp
from pitrack.screens.dialogs.base import Dialog
from pitrack.screens.dialogs.entry import EntryDialog
from pitrack.screens.dialogs.quick import LastWords
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.choice import Choice
from pitrack.widgets.pieces import Lines


@pytest.mark.parametrize(("size", "above"), [((44, 30), True), ((80, 24), False)])
async def test_labels_stand_above_where_it_is_narrow(app: PitrackApp, size: tuple[int, int], above: bool) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("a")
        await pilot.pause()
        field = app.screen.query_one("#field-name")
        label, line = field.query_one(Label), field.query_one(Input)
        assert (label.region.y < line.region.y) == above
        assert line.region.width >= 37
        choice = app.screen.query_one(Choice)
        assert choice.render_line(0).text.split() == ["[yes", "or", "no]", "at", "least", "at", "most"]


def test_a_choice_takes_the_lines_it_needs() -> None:
    choice = Choice([("a", "one"), ("b", "two"), ("c", "three")], "a")
    assert choice.rows(17) == [[("a", "one"), ("b", "two"), ("c", "three")]]
    assert choice.rows(16) == [[("a", "one"), ("b", "two")], [("c", "three")]]
    assert choice.rows(2) == [[("a", "one")], [("b", "two")], [("c", "three")]]


async def test_typing_adds_to_what_is_edited_and_replaces_what_is_offered(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", *" now")
        assert app.screen.query_one("#field-name Input", Input).value == "Upload photos now"
        await pilot.press("escape", "a", "tab", *"3/week")
        assert app.screen.query_one("#field-schedule Input", Input).value == "3/week"


async def test_the_path_of_a_first_book_is_read_whole(
    home: Path, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    path = home / "a folder" / "of a rather long name" / "pitrack.json"
    app = PitrackApp(None, DayClock(today), path=path)
    async with app.run_test(size=(44, 30)) as pilot:
        await pilot.pause()
        said = str(app.screen.query_one("#field-path .-said").render())
        assert said == f"{app.screen.query_one('#field-path Input', Input).value}\nthe folder will be made"
        assert app.screen_stack[0].query_one(KeyLine).hints == ()


async def test_only_names_that_are_shown_as_they_are_complete_a_line() -> None:
    words = LastWords(["news\x1b[2Jletter", "news\u202eletter", "newspaper"])
    assert words.known == ["newspaper"]
    assert await words.get_suggestion("12 new") == "12 newspaper "


async def test_the_hints_of_an_entry_are_read_whole_on_a_phone(app: PitrackApp) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        box = app.screen.query_one(Lines)
        assert "refund 5" in box.render_line(box.size.height - 1).text
        assert box.size.height == len(box.lines)


async def test_a_form_is_set_up_once(app: PitrackApp, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Dialog[object]] = []

    def on_mount(form: Dialog[object]) -> None:
        seen.append(form)

    monkeypatch.setattr(Dialog, "on_mount", on_mount)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.snapshot
        form = EntryDialog(app.snapshot, app.today)
        await app.push_screen(form)
        await pilot.pause()
        assert seen == [form]
        assert app.focused is form.query_one("#field-amount Input")


async def test_help_is_read_whole_on_a_phone(app: PitrackApp) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        table = app.screen.query_one("VerticalScroll > Lines")
        words = " ".join(" ".join(table.render_line(y).text for y in range(table.size.height)).split())
        assert "skip: the streak stays as it is" in words
        assert ".." not in words


async def test_help_says_why_the_file_is_behind(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(44, 30)) as pilot:
        book.path.write_text("{")
        assert app.keeper is not None
        while not app.keeper.sync.reason:  # a damage younger than a second may be a file that is being written
            await app.keeper.refresh()
            await pilot.pause(0.05)
        await pilot.press("question_mark")
        await pilot.pause()
        table = app.screen.query_one("VerticalScroll > Lines")
        lines = [table.render_line(y).text.strip() for y in range(table.size.height)]
        told = " ".join(lines[: lines.index("")])
        assert str(book.path) in told.replace(" ", "")
        assert "is behind: it is not valid JSON (line 1)." in told
        assert "Mend the file" in told
