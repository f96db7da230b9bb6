"""Groups and the user's own order on Today, driven by keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.core.model import Rule
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def book(empty_book: Book) -> Book:
    streams = {}
    for name in ("News", "Photos"):
        change = edits.add_stream(empty_book.snapshot(), name)
        empty_book.apply(change)
        streams[name] = change.writes[0].id
    for name, stream, tags in (
        ("upload", "Photos", ("evening",)),
        ("write", "News", ("Morning",)),
        ("tidy", None, ()),
        ("sponsor", "News", ("evening", "mail")),
    ):
        given = {"stream": streams[stream] if stream else None}
        change = edits.add_habit(empty_book.snapshot(), name, Rule(dt.date(2026, 11, 1)), **given)
        empty_book.apply(change)
        empty_book.apply(edits.edit_habit(empty_book.snapshot(), change.writes[0].id, tags=tags))
    empty_book.save()
    return empty_book


@pytest.fixture
def kept() -> dict[str, str | bool]:
    return {}


@pytest.fixture
def app(book: Book, kept: dict[str, str | bool]) -> PitrackApp:
    return PitrackApp(book, DayClock(TODAY), remember=kept.update)


def names(app: PitrackApp) -> list[str]:
    assert isinstance(app.screen, TodayScreen)
    return [action.habit.name for action in app.screen.rows.items]


def heads(app: PitrackApp) -> Mapping[str, list[str]]:
    """Names by the group that they stand in."""
    assert isinstance(app.screen, TodayScreen)
    rows, found = app.screen.rows, {}
    for y in range(rows.virtual_size.height):
        text = rows.render_line(y).text
        if text[1] != ">" and text[3:5].strip():
            found[text[3:].split("  ")[0].strip()] = list[str]()
        else:
            list(found.values())[-1].append(text[5:].split()[0])
    return found


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        workers = pilot.app.workers
        if running := [worker for worker in workers if worker.group == "changes"]:
            await workers.wait_for_complete(running)
        await pilot.pause()


async def test_groups_by_urgency_stream_tag_and_own_order(app: PitrackApp, kept: dict[str, str | bool]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert heads(app) == {"OPEN": ["upload", "write", "tidy", "sponsor"]}
        await press(pilot, "v")
        assert heads(app) == {"News": ["write", "sponsor"], "Photos": ["upload"], "NO STREAM": ["tidy"]}
        assert kept == {"grouping": "stream"}
        await press(pilot, "v")
        assert heads(app) == {"#evening": ["upload", "sponsor"], "#Morning": ["write"], "NO TAG": ["tidy"]}
        await press(pilot, "v")
        assert heads(app) == {"IN YOUR ORDER": ["upload", "write", "tidy", "sponsor"]}
        await press(pilot, "v")
        assert kept == {"grouping": "urgency"}


async def test_the_grouping_is_kept_for_the_next_start(book: Book) -> None:
    app = PitrackApp(book, DayClock(TODAY), grouping="tag")
    async with app.run_test(size=(80, 24)):
        assert list(heads(app)) == ["#evening", "#Morning", "NO TAG"]
    app = PitrackApp(book, DayClock(TODAY), grouping="nonsense")
    async with app.run_test(size=(80, 24)):
        assert list(heads(app)) == ["OPEN"]


async def test_an_answered_action_stays_in_its_group(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "space", "r")
        assert list(heads(app)) == ["News", "Photos", "NO STREAM"]


async def test_actions_are_moved_in_the_own_order(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "v", "v", "J")
        assert names(app) == ["write", "upload", "tidy", "sponsor"]
        assert app.screen.rows.highlighted.habit.name == "upload"  # type: ignore[attr-defined]
        await press(pilot, "J", "J", "J")
        assert names(app) == ["write", "tidy", "sponsor", "upload"]
        await press(pilot, "K")
        assert names(app) == ["write", "tidy", "upload", "sponsor"]
        assert [one.name for one in book.snapshot().habits.values()] == names(app)
        await press(pilot, "u")
        assert names(app) == ["write", "tidy", "sponsor", "upload"]
        assert app.screen.query_one(KeyLine).said[0] == "Undid: moved upload."


async def test_an_action_is_moved_within_its_group_only(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v", "home", "J")
        assert heads(app)["News"] == ["sponsor", "write"]
        await press(pilot, "J")
        assert heads(app)["News"] == ["sponsor", "write"]


async def test_sorted_by_urgency_nothing_is_moved(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        before = book.snapshot().document
        await press(pilot, "J")
        assert app.screen.query_one(KeyLine).said[0].startswith("Sorted by urgency now.")
        assert book.snapshot().document is before


async def test_actions_are_found_by_tag(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *"#eve")
        assert names(app) == ["upload", "sponsor"]
        await press(pilot, "backspace", "backspace", "backspace", "backspace", *"News")
        assert names(app) == ["write", "sponsor"]
