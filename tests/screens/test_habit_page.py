"""The page of an action: what it says at each size, its keys, and that it follows the book."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.model import Rule, Schedule
from pitrack.exchange.demo import write_demo
from pitrack.screens.progress.screen import ProgressScreen
from pitrack.screens.today.habit import HabitScreen
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text.plain import cells
from pitrack.widgets.bars import KeyLine

TODAY = dt.date(2026, 11, 22)
SIZES = [(44, 30), (80, 24), (120, 40)]


class Compare(Protocol):
    def __call__(self, app: PitrackApp, **how: object) -> bool: ...


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group == "changes"]:
        await workers.wait_for_complete(running)
    await pilot.pause()


def seen(app: PitrackApp) -> list[str]:
    """The lines on the screen, as text, without the scroll bar."""
    return [strip.text.rstrip(" ▁▂▃▄▅▆▇█") for strip in app.screen._compositor.render_strips()]


def name(app: PitrackApp) -> str:
    assert isinstance(app.screen, HabitScreen)
    return seen(app)[0].strip()


async def test_the_page_says_why_the_streak_and_the_strength_are_what_they_are(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        lines = seen(app)
        assert lines[:15] == [
            " Upload photos                                                           1 / 3",
            " every day, at least 5 photos  for Stock photos",
            "",
            " Streak 3 days, since 2026-11-19, best 3 days, ends tonight",
            " 2026-11-22                no answer yet  open",
            " 2026-11-19 to 2026-11-21  done           counts",
            " 2026-11-18                3 of 5 photos  broke it",
            "",
            " Done in the last",
            " 7 days    30 days     90 days     365 days",
            " 83%       77%         77%         77%",
            " 5 of 6    10 of 13    10 of 13    10 of 13",
            "",
            " Strength",
            " 100% |",
        ]
        assert lines[-3].startswith(" how much of what was asked is done")
        assert lines[-1] == " left/right action  e edit  up/down scroll  esc close"
        await press(pilot, "end")
        assert seen(app)[6:-1] == [
            " Best streaks",
            f" 3 days  {'⣿' * 24}  2026-11-19 to 2026-11-21",
            f" 3 days  {'⣿' * 24}  2026-11-15 to 2026-11-17",
            f" 3 days  {'⣿' * 24}  2026-11-11 to 2026-11-13",
            f" 1 day   {'⣿' * 8}{'⣀' * 16}  2026-11-09",
            "",
            " Weekdays of the year",
            f" Mon  {'⣿' * 24}  100%  2 of 2",
            f" Tue  {'⣿' * 12}{'⣀' * 12}   50%  1 of 2",
            f" Wed  {'⣿' * 12}{'⣀' * 12}   50%  1 of 2",
            f" Thu  {'⣿' * 24}  100%  2 of 2",
            f" Fri  {'⣿' * 24}  100%  2 of 2",
            f" Sat  {'⣿' * 12}{'⣀' * 12}   50%  1 of 2",
            f" Sun  {'⣿' * 24}  100%  1 of 1",
            "",
            " Notes",
            " None yet. n on Today writes one.",
        ]


async def test_what_may_fall_on_any_day_says_how_often_it_fell_on_each(app: PitrackApp, book: Book) -> None:
    (sponsor,) = [habit.id for habit in book.snapshot().habits.values() if "sponsor" in habit.name]
    for back in (1, 5, 8):
        book.apply(edits.check(book.snapshot(), sponsor, TODAY - dt.timedelta(days=back), "yes"))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.app.push_screen(HabitScreen([sponsor], sponsor))
        await settle(pilot)
        lines = seen(app)
        assert " Write to a [b]sponsor" in lines
        start = lines.index(" Weekdays of the year")
        assert [line.split()[0::2][:1] + line.split()[-2:] for line in lines[start + 1 : start + 8]] == [
            ["Mon", "0", "times"],
            ["Tue", "1", "time"],
            ["Wed", "0", "times"],
            ["Thu", "0", "times"],
            ["Fri", "0", "times"],
            ["Sat", "2", "times"],
            ["Sun", "0", "times"],
        ]


async def test_left_and_right_go_round_the_list_and_the_cursor_follows(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        today = app.screen
        assert isinstance(today, TodayScreen)
        names = [action.habit.name for action in today.rows.items]
        await press(pilot, "w", "end", "right")
        assert name(app).startswith(names[1])
        assert name(app).endswith("2 / 3")
        assert app.screen.query_one("#page").scroll_offset.y == 0
        await press(pilot, "left", "left")
        assert name(app).startswith(names[2])
        await press(pilot, "w")
        assert app.screen is today
        assert today.rows.cursor == 2


@pytest.mark.parametrize("key", ["escape", "q", "w", "enter"])
async def test_a_key_closes_the_page(app: PitrackApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w", key)
        assert isinstance(app.screen, TodayScreen)
        assert app.is_running


async def test_it_scrolls_without_a_mouse(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        page = app.screen.query_one("#page")
        most = page.max_scroll_y
        places = []
        for key in ("j", "down", "k", "pagedown", "pageup", "G", "g"):
            await press(pilot, key)
            places.append(page.scroll_offset.y)
        assert places == [1, 2, 1, 1 + page.size.height - 1, 1, most, 0]


async def test_a_day_filled_in_later_is_explained_as_of_that_day(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left", "left", "left", "w")
        lines = seen(app)
        assert lines[0].endswith("on Thu 19 Nov 2026  3 / 3")
        assert lines[3] == " Streak 1 day, since 2026-11-19, best 3 days"


async def test_an_edit_shows_at_once_and_undo_takes_it_back(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w", "e")
        line = app.screen.query_one("#field-tags Input", Input)
        line.value = "#camera #q4"
        await press(pilot, "enter")
        assert seen(app)[1] == " every day, at least 5 photos  for Stock photos  #camera #q4"
        await press(pilot, "u")
        assert seen(app)[1] == " every day, at least 5 photos  for Stock photos"
        assert app.screen.query_one(KeyLine).said == ("Undid: changed Upload photos.", "good")


async def test_it_follows_another_device(app: PitrackApp, there: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        (upload,) = [habit.id for habit in there.snapshot().habits.values() if habit.name == "Upload photos"]
        there.apply(edits.check(there.snapshot(), upload, TODAY, Decimal(7), "in the [b]rain\x1b[2J"))
        there.save()
        await app._look()
        await settle(pilot)
        assert seen(app)[3] == " Streak 4 days, since 2026-11-19, best 4 days"
        await press(pilot, "end")
        assert " 2026-11-22  in the [b]rain\\x1b[2J" in seen(app)
        there.apply(edits.delete_habit(there.snapshot(), upload))
        there.save()
        await app._look()
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_long_lists_are_cut_short_until_v_shows_all(book: Book) -> None:
    snapshot = book.snapshot()
    (upload,) = [habit.id for habit in snapshot.habits.values() if habit.name == "Upload photos"]
    for back in range(1, 10):
        book.apply(edits.set_note(book.snapshot(), upload, TODAY - dt.timedelta(days=back), f"note {back}"))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 70)) as pilot:
        await press(pilot, "w")
        lines = seen(app)
        assert lines[lines.index(" Notes") + 1 :][:6] == [
            *(f" 2026-11-{22 - back}  note {back}" for back in range(1, 6)),
            " 4 older notes: press v",
        ]
        await press(pilot, "v")
        lines = seen(app)
        assert lines[lines.index(" Notes") + 1 :][8] == " 2026-11-13  note 9"
        assert "press v" not in "\n".join(lines)


async def test_many_passages_keep_the_newest_and_what_broke_the_streak(empty_book: Book) -> None:
    book = empty_book
    change = edits.add_habit(book.snapshot(), "Draw", Rule(dt.date(2026, 10, 1)))
    book.apply(change)
    draw = change.writes[0].id
    for back in range(1, 21):
        mark = "no" if back == 20 else "skip" if back % 2 else "yes"
        book.apply(edits.check(book.snapshot(), draw, TODAY - dt.timedelta(days=back), mark))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "w")
        assert seen(app)[4:11] == [
            " 2026-11-22  no answer yet     open",
            " 2026-11-21  skipped           neutral",
            " 2026-11-20  done              counts",
            " 2026-11-19  skipped           neutral",
            " 2026-11-18  done              counts",
            " ...         15 passages more",
            " 2026-11-02  answered no       broke it",
        ]
        await press(pilot, "v")
        assert seen(app)[24] == " 2026-11-02  answered no    broke it"


async def test_enter_on_an_action_of_progress_opens_its_page(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 40)) as pilot:
        await press(pilot, "3", "v", "j", "enter")
        assert isinstance(demo.screen, HabitScreen)
        second = demo.screen.habit
        await press(pilot, "right", "escape")
        assert isinstance(demo.screen, ProgressScreen)
        rows = demo.screen.focused
        assert rows is not None
        assert rows.highlighted.number == 2  # type: ignore[attr-defined]
        await press(pilot, "k", "left", "enter")
        assert isinstance(demo.screen, HabitScreen)
        assert demo.screen.habit == second
        assert "on Sat 31 Oct 2026" in seen(demo)[0]


@pytest.mark.parametrize("size", [*SIZES, (60, 24), (110, 30), (200, 50)])
async def test_nothing_runs_over_or_is_cut(demo: PitrackApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        await press(pilot, "w")
        for _ in range(8):
            page = demo.screen.query_one("Page")
            assert isinstance(demo.screen, HabitScreen)
            lines = page.shown  # type: ignore[attr-defined]
            texts = ["".join(text for text, _role in line).rstrip() for line in lines]
            assert max(map(cells, texts)) <= size[0] - 3
            text = "\n".join(texts)
            assert ".." not in text.replace("...", "")
            for said in ("Streak ", "Done in the last", "Strength", "The year", "Weekdays of the year", "Notes"):
                assert said in text
            await press(pilot, "right")


async def test_weeks_begin_as_chosen(empty_book: Book) -> None:
    book = empty_book
    book.apply(edits.edit_settings(book.snapshot(), week_start=7))
    rule = Rule(dt.date(2026, 11, 9), schedule=Schedule("weekdays", days=frozenset({1, 4, 7})))
    book.apply(edits.add_habit(book.snapshot(), "Run", rule))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "w")
        lines = seen(app)
        assert lines[1] == " Sun, Mon, Thu"
        start = lines.index(" Weekdays of the year")
        assert [line.split()[0] for line in lines[start + 1 : start + 8]] == [
            "Sun",
            "Mon",
            "Tue",
            "Wed",
            "Thu",
            "Fri",
            "Sat",
        ]


async def test_a_long_note_scrolls_with_the_page(book: Book) -> None:
    habit = next(habit for habit in book.snapshot().habits.values() if habit.name == "Upload photos")
    book.apply(edits.edit_habit(book.snapshot(), habit.id, note="word " * 300))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await press(pilot, "w")
        assert app.screen.query_one("#title").size.height == 5
        assert app.screen.query_one("#page").size.height == 23
        text = " ".join(" ".join(seen(app)).split())
        await press(pilot, "pagedown")
        assert any(line.startswith(" Streak 3 days") for line in seen(app))
        assert text.count("word") > 150


async def test_a_wider_window_has_two_columns_at_once(demo: PitrackApp) -> None:
    async with demo.run_test(size=(109, 40)) as pilot:
        await press(pilot, "w")
        assert not any("Strength" in line and "Weekdays" in line for line in seen(demo))
        await pilot.resize_terminal(110, 40)
        await settle(pilot)
        assert any(line.startswith(" Streak") and line.endswith("The year") for line in seen(demo))


async def test_a_habit_that_begins_later_has_a_page(empty_book: Book) -> None:
    change = edits.add_habit(
        empty_book.snapshot(), "Swim", Rule(dt.date(2026, 12, 1), "at_most", Schedule("week", 2), Decimal(30), "min")
    )
    empty_book.apply(change)
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(44, 30)) as pilot:
        await app.push_screen(HabitScreen([change.writes[0].id], change.writes[0].id))
        await settle(pilot)
        assert seen(app)[:4] == [" Swim", " 2 times a week, at most 30 min", "", " Streak 0 weeks, best 0 weeks"]


async def _page(pilot: Pilot[None]) -> None:
    await press(pilot, "w")


async def _year(pilot: Pilot[None]) -> None:
    await press(pilot, "w", "end")


@pytest.mark.parametrize("size", SIZES, ids=["phone", "default", "wide"])
def test_picture_of_the_page(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=_page)


@pytest.mark.parametrize("size", SIZES[:2], ids=["phone", "default"])
def test_picture_of_its_end(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=_year)
