"""Playbooks in the app: the gallery, a page, what one would make, and each of the ten begun by keys."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.config import playbooks_folder
from pitrack.exchange.demo import write_demo
from pitrack.exchange.playbooks import FOLDER, OURS, Playbook, load
from pitrack.exchange.starting import start_of
from pitrack.screens.dialogs.explain import ExplainScreen
from pitrack.screens.plan.screen import PlanScreen
from pitrack.screens.playbooks.beginning import BeginningScreen
from pitrack.screens.playbooks.begun import BegunScreen
from pitrack.screens.playbooks.gallery import PlaybooksScreen
from pitrack.screens.playbooks.lines import about, next_steps, page
from pitrack.screens.playbooks.page import PlaybookScreen
from pitrack.screens.today.screen import TodayScreen
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.text.plain import cells
from pitrack.widgets.rows import RowList
from tests.screens.test_plan import until

MONDAY = dt.date(2026, 11, 23)
WRITTEN = dt.datetime(2026, 11, 23, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = [(44, 30), (80, 24), (120, 40), (200, 50)]
at_each_size = pytest.mark.parametrize("size", SIZES, ids=["phone", "default", "wide", "huge"])
Compare = Callable[..., bool]


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "pitrack.json"
    write_demo(path, MONDAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(MONDAY))


@pytest.fixture
def nothing(empty_book: Book) -> PitrackApp:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return PitrackApp(empty_book, DayClock(MONDAY))


@pytest.fixture
def japanese() -> Iterator[None]:
    i18n.setup("ja")
    yield
    i18n.setup("en")


def ours(name: str) -> Playbook:
    return load(FOLDER / f"{name}.toml", "en")


async def to_gallery(pilot: Pilot[Any]) -> PlaybooksScreen:
    await pilot.press("4", "p")
    screen = cast(PlaybooksScreen, pilot.app.screen)
    await until(pilot, lambda: screen.found)
    await pilot.pause()
    return screen


async def to_beginning(pilot: Pilot[Any], name: str = OURS[0]) -> BeginningScreen:
    gallery = await to_gallery(pilot)
    gallery.rows.move_to_key(name)
    await pilot.press("space")
    await until(pilot, lambda: isinstance(pilot.app.screen, BeginningScreen) and pilot.app.screen.start)
    await pilot.pause()
    return cast(BeginningScreen, pilot.app.screen)


def seen(app: PitrackApp) -> list[str]:
    """Everything on the screen, line by line."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]


def text_of(lines: Any) -> str:
    return "\n".join("".join(text for text, _role in line).rstrip() for line in lines)


# Beginning


async def test_plan_then_stands_on_the_stream(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        await to_beginning(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(demo.screen, BegunScreen))
        await pilot.press("4")
        await until(pilot, lambda: isinstance(demo.screen, PlanScreen))
        plan = cast(PlanScreen, demo.screen)
        await until(pilot, lambda: plan.launch_rows.has_focus)
        assert plan.launch_rows.highlighted
        assert plan.launch_rows.highlighted.stream.playbook == OURS[0]


@pytest.mark.parametrize("name", OURS)
async def test_each_begins_a_working_stream(nothing: PitrackApp, name: str) -> None:
    chosen = ours(name)
    async with nothing.run_test(size=(80, 24)) as pilot:
        await to_beginning(pilot, name)
        await pilot.press("enter")
        await until(pilot, lambda: nothing.snapshot and nothing.snapshot.streams)
        assert isinstance(nothing.screen, BegunScreen)
        assert any("Press 1 to check off its first action: " in line for line in seen(nothing))
        snap = nothing.snapshot
        assert snap
        (stream,) = snap.streams.values()
        assert (stream.name, stream.playbook, stream.stage, stream.role) == (chosen.name, name, "niche", chosen.role)
        assert sorted(one.name for one in snap.habits.values()) == sorted(one.name for one in chosen.actions)
        assert sorted(one.name for one in snap.metrics.values()) == sorted(one.name for one in chosen.metrics)
        assert len(snap.steps) == 4
        await pilot.press("1")
        await until(pilot, lambda: isinstance(nothing.screen, TodayScreen))
        today = cast(TodayScreen, nothing.screen)
        rows = today.query_one(RowList)
        await until(pilot, lambda: len(rows.items) == len(chosen.actions))
        assert rows.highlighted
        await pilot.press("space")
        await until(pilot, lambda: any(nothing.snapshot.history(one).marks for one in snap.habits))  # type: ignore[union-attr]
        await pilot.press("u", "u")
        await until(pilot, lambda: nothing.snapshot and not nothing.snapshot.streams)
        after = nothing.snapshot
        assert after
        assert [*after.habits, *after.metrics, *after.steps] == []


async def test_parts_can_be_left_out_and_changed(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_beginning(pilot, "ai-writing")
        assert screen.rows.highlighted
        assert screen.rows.highlighted.kind == "stream"
        await pilot.press("space")  # the stream cannot be left out
        assert screen.left_out == set()
        await pilot.press("e")
        await _type(pilot, "name", "Prices, weekly")
        await _type(pilot, "currency", "jpy")
        await pilot.press("enter", "down", "e")
        await _type(pilot, "schedule", "mon,wed")
        await _type(pilot, "target", "45 min")
        await pilot.press("enter", "down", "space", "down", "space", "space", "down", "down", "e")
        await _type(pilot, "name", "Readers who pay")
        await pilot.press("enter", "end", "up", "space", "down", "e")
        await _type(pilot, "outcomes", "Five readers pay; One sponsor")
        await pilot.press("enter")
        await pilot.pause()
        assert "enter makes a stream with 3 actions, 2 metrics, 3 launch steps." in "\n".join(seen(nothing))
        await pilot.press("enter")
        await until(pilot, lambda: nothing.snapshot and nothing.snapshot.streams)
        snap = nothing.snapshot
        assert snap
        (stream,) = snap.streams.values()
        assert (stream.name, stream.alias, stream.currency) == ("Prices, weekly", "prices", "JPY")
        habits = sorted(snap.habits.values(), key=lambda one: one.place)
        assert [one.name for one in habits] == ["Write", "Write to a possible sponsor", "Answer readers"]
        rule = habits[0].rules[0]
        assert (rule.schedule.days, rule.target, rule.unit) == (frozenset({1, 3}), Decimal(45), "min")
        assert {one.name for one in snap.metrics.values()} == {"Readers who pay", "Pieces published"}
        assert [step.stage for step in snap.steps] == ["niche", "commitment", "idea"]
        assert snap.steps[1].answers["outcomes"] == "Five readers pay\nOne sponsor"


async def test_a_target_left_empty_asks_yes_or_no(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_beginning(pilot, "stock-photos")
        await pilot.press("down", "e")
        await _type(pilot, "target", "0")
        await pilot.press("enter")
        assert "Type a number" in str(nothing.screen.query_one("#field-target .-said").render())
        await _type(pilot, "target", "")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.start
        assert screen.start.actions[0].target is None


async def test_a_step_whose_answers_were_emptied_is_not_made_and_can_be_filled_in_again(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_beginning(pilot, "ai-writing")
        await pilot.press("down", "end", "e")
        await _type(pilot, "outcomes", "")
        await _type(pilot, "promise", " ")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.start
        assert "commitment" in screen.start.answers
        assert "commitment" not in screen.taken.answers
        await pilot.press("e")
        await _type(pilot, "outcomes", "Two readers pay")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.taken.answers["commitment"] == {"outcomes": "Two readers pay"}


async def test_what_is_left_out_is_taken_again_once_it_is_changed(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_beginning(pilot)
        await pilot.press("down", "space", "e", "enter")
        await pilot.pause()
        assert screen.left_out == set()


async def test_escape_makes_nothing(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        await to_beginning(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(nothing.screen, PlanScreen)
        assert nothing.snapshot
        assert not nothing.snapshot.streams


async def test_enter_twice_makes_one(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        await to_beginning(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: nothing.snapshot and nothing.snapshot.streams)
        await pilot.pause()
        assert nothing.snapshot
        assert len(nothing.snapshot.streams) == 1


async def test_u_takes_it_all_back_at_once(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(44, 30)) as pilot:
        await to_beginning(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: nothing.snapshot and nothing.snapshot.streams)
        await pilot.press("u")
        await until(pilot, lambda: nothing.snapshot and not nothing.snapshot.streams)
        assert isinstance(nothing.screen, PlanScreen)


async def _type(pilot: Pilot[Any], field: str, text: str) -> None:
    await pilot.pause()
    entry = pilot.app.screen.query_one(f"#field-{field} Input", Input)
    entry.value = text
    entry.focus()
    await pilot.pause()


# The gallery and a page


async def test_the_gallery_marks_what_was_begun(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        screen = await to_gallery(pilot)
        assert screen.rows.items[0].id == "ai-video"
        marked = [line for line in seen(demo) if " begun " in f"{line[:44]} "]
        assert [line.split("  ")[1].strip() for line in marked] == [
            "AI-assisted writing",
            "E-books",
            "Online courses",
            "Monthly business service",
            "Stock photos",
        ]


async def test_a_page_is_left_where_it_was_read(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_gallery(pilot)
        await pilot.press("enter", "right", "right", "down", "end", "home", "left", "left", "left")
        await pilot.pause()
        reading = cast(PlaybookScreen, nothing.screen)
        assert reading.shown.id == "stock-photos"
        await pilot.press("escape")
        await pilot.pause()
        assert screen.rows.highlighted_key == "stock-photos"
        await pilot.press("enter", "space")
        await until(pilot, lambda: isinstance(nothing.screen, BeginningScreen))
        assert cast(BeginningScreen, nothing.screen).playbook.id == "stock-photos"


async def test_a_bad_file_is_told_of(nothing: PitrackApp) -> None:
    folder = playbooks_folder()
    folder.mkdir(parents=True)
    (folder / "tea.toml").write_text("name = ", "utf-8")
    (folder / "own.toml").write_text('name = "\\u001b[31mMine [b]x"\n', "utf-8")
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_gallery(pilot)
        assert len(screen.found) == 11
        assert "1 left out" in "\n".join(seen(nothing))
        assert "\\x1b[31mMine [b]x" in "\n".join(seen(nothing))
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(nothing.screen, ExplainScreen)
        assert "tea.toml" in "\n".join(seen(nothing))


async def test_the_palette_leads_there_from_anywhere(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon")
        await pilot.pause()
        await pilot.press(*"playbook")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(nothing.screen, PlaybooksScreen))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", OURS)
def test_nothing_is_wider_than_its_room(name: str, language: str) -> None:
    one = load(FOLDER / f"{name}.toml", language)
    start = start_of(one, "USD")
    for width in (38, 41, 77, 117, 197):
        for lines in (page(one, width), next_steps(one, start, width), about(one, True, 1, width, 12)):
            assert max(map(cells, text_of(lines).splitlines())) <= width
    assert len(about(one, True, 1, 41, 9)) <= 9


@pytest.mark.parametrize("name", OURS)
def test_every_figure_on_a_page_is_labelled_as_quoted(name: str) -> None:
    shown = text_of(page(ours(name), 77))
    before, _head, after = shown.partition("QUOTED FIGURES")
    assert "USD" not in before
    assert after.count("USD") == after.count("Quoted figure (") == len(ours(name).quoted)


# Pictures


async def _gallery(pilot: Pilot[Any]) -> None:
    await to_gallery(pilot)


async def _read(pilot: Pilot[Any]) -> None:
    screen = await to_gallery(pilot)
    screen.rows.move_to_key("ai-writing")
    await pilot.press("enter")
    await pilot.pause()


async def _beginning(pilot: Pilot[Any]) -> None:
    await to_beginning(pilot, "ai-writing")
    await pilot.press("down", "down", "space")
    await pilot.pause()


async def _begun(pilot: Pilot[Any]) -> None:
    """Without the change: the time of saving is in no picture."""
    await pilot.press("4")
    chosen = ours("ai-writing")
    await pilot.app.push_screen(BegunScreen(chosen, start_of(chosen, "USD")))
    await pilot.pause()


@at_each_size
def test_picture_of_the_gallery(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=_gallery)


@at_each_size
def test_picture_of_the_gallery_of_a_new_book(
    nothing: PitrackApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    assert snap_compare(nothing, terminal_size=size, run_before=_gallery)


@at_each_size
def test_picture_of_a_page(nothing: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(nothing, terminal_size=size, run_before=_read)


@at_each_size
def test_picture_of_what_one_makes(nothing: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(nothing, terminal_size=size, run_before=_beginning)


@at_each_size
def test_picture_of_what_comes_next(nothing: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(nothing, terminal_size=size, run_before=_begun)


@at_each_size
@pytest.mark.usefixtures("japanese")
def test_picture_of_a_page_in_japanese(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=_read)
