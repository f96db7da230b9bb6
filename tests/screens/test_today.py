"""Today, driven by keys, over a real book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from textual import events
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.core.model import Mark, Schedule
from pitrack.screens.today.screen import TodayScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets import bars
from pitrack.widgets.bars import KeyLine, ScreenBar
from pitrack.widgets.pieces import Lines, Piece

UPLOAD, TIDY, SPONSOR = "Upload photos", "写真の整理", "Write to a [b]sponsor"


def screen(app: PitrackApp) -> TodayScreen:
    assert isinstance(app.screen, TodayScreen)
    return app.screen


def names(app: PitrackApp) -> list[str]:
    return [action.habit.name for action in screen(app).rows.items]


def text(lines: Lines) -> list[str]:
    return ["".join(piece for piece, _role in line) for line in lines.lines]


def mark(book: Book, name: str, day: dt.date) -> Mark | None:
    habit = next(habit for habit in book.snapshot().habits.values() if habit.name == name)
    return book.snapshot().history(habit.id).marks.get(day.toordinal())


def said(app: PitrackApp) -> Piece:
    return screen(app).query_one(KeyLine).said


async def settle(pilot: Pilot[None]) -> None:
    """Until the keeper has done what was asked, and it is shown."""
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group in ("changes", "money")]:
        await workers.wait_for_complete(running)
    await pilot.pause()


async def choose(pilot: Pilot[None], name: str) -> None:
    app = pilot.app
    assert isinstance(app, PitrackApp)
    screen(app).rows.move_to(names(app).index(name))
    await pilot.pause()


async def test_what_ends_tonight_comes_first(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)):
        assert names(app)[0] == UPLOAD
        assert set(names(app)) == {UPLOAD, TIDY, SPONSOR}


async def test_space_checks_off_and_takes_back(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("space")
        await settle(pilot)
        assert mark(book, TIDY, today) == "yes"
        assert screen(app).shown.done == 1  # type: ignore[union-attr]
        await pilot.press("space")
        await settle(pilot)
        assert mark(book, TIDY, today) is None


async def test_space_sets_an_amount_to_its_target(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, UPLOAD)
        await pilot.press("space")
        await settle(pilot)
        assert mark(book, UPLOAD, today) == Decimal(5)


@pytest.mark.parametrize(("key", "word"), [("x", "no"), ("s", "skip")])
async def test_no_and_skip(app: PitrackApp, book: Book, today: dt.date, key: str, word: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press(key)
        await settle(pilot)
        assert mark(book, TIDY, today) == word
        await pilot.press("backspace")
        await settle(pilot)
        assert mark(book, TIDY, today) is None


async def test_typing_sets_the_total_and_plus_adds(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, UPLOAD)
        await pilot.press("enter", "3", "enter")
        await settle(pilot)
        assert mark(book, UPLOAD, today) == 3
        await pilot.press("plus", "４", "enter")
        await settle(pilot)
        assert mark(book, UPLOAD, today) == 7
        await pilot.press("minus", "1", "enter")
        await settle(pilot)
        assert mark(book, UPLOAD, today) == 6


async def test_what_cannot_be_read_is_said_and_kept(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, UPLOAD)
        await pilot.press("enter", "q", "enter")
        assert not isinstance(app.screen, TodayScreen)
        await pilot.press("escape")
        assert mark(book, UPLOAD, today) is None
        assert isinstance(app.screen, TodayScreen)


async def test_a_note_is_literal(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("n", *"[b]hi", "enter")
        await settle(pilot)
        assert text(screen(app).query_one("#focus", Lines))[1] == " [b]hi"


async def test_rows_keep_their_places_until_sorted(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        before = names(app)
        await pilot.press("space")
        await settle(pilot)
        assert names(app) == before
        await pilot.press("r")
        assert names(app)[0] != before[0]
        assert screen(app).rows.highlighted.habit.name == before[0]  # type: ignore[union-attr]


async def test_back_filling_a_day(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("left", "h", "h")
        assert "3 days ago" in text(screen(app).query_one("#day", Lines))[0]
        await pilot.press("space")
        await settle(pilot)
        assert mark(book, TIDY, today - dt.timedelta(days=3)) == "yes"
        await pilot.press("0")
        assert "ago" not in text(screen(app).query_one("#day", Lines))[0]


async def test_there_is_no_tomorrow(app: PitrackApp, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "l")
        assert screen(app).shown.day == today  # type: ignore[union-attr]


async def test_midnight_brings_the_new_day(app: PitrackApp, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await settle(pilot)
        app.clock.fixed = today + dt.timedelta(days=1)
        await app._look()
        await pilot.pause()
        assert screen(app).shown.day == today + dt.timedelta(days=1)  # type: ignore[union-attr]
        assert "Mon 23 Nov" in text(screen(app).query_one("#day", Lines))[0]


@pytest.mark.parametrize(("key", "dialog"), [("i", "QuickEntry"), ("t", "TimeDialog")])
async def test_income_and_time_are_booked_from_here(app: PitrackApp, key: str, dialog: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert type(app.screen).__name__ == dialog
        await pilot.press("escape")
        assert isinstance(app.screen, TodayScreen)


async def test_the_other_screens_open_by_their_numbers(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for key, mode in (("2", "streams"), ("3", "progress"), ("4", "plan"), ("1", "today")):
            await pilot.press(key)
            assert app.current_mode == mode
            assert app.screen.query_one(ScreenBar).active == mode


async def test_undo_and_redo(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("space", "u")
        await settle(pilot)
        assert mark(book, TIDY, today) is None
        await pilot.press("U")
        await settle(pilot)
        assert mark(book, TIDY, today) == "yes"


async def test_undo_says_what_was_undone(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("space")
        await settle(pilot)
        assert said(app) == ("", "")
        await pilot.press("u")
        await settle(pilot)
        assert said(app) == ("Undid: checked off 写真の整理.", "good")
        lines = text(screen(app).query_one(KeyLine))
        assert lines[0] == " Undid: checked off 写真の整理."
        assert lines[1].startswith(" space done")
        assert len(app._notifications) == 0


async def test_nothing_to_redo_is_said(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("U")
        await settle(pilot)
        assert said(app) == ("There is nothing to redo.", "warn")
        assert len(app._notifications) == 0


async def test_what_is_said_goes_again(app: PitrackApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "SAID_FOR", 0.01)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("U")
        await settle(pilot)
        while said(app)[0]:
            await pilot.pause()
        assert text(screen(app).query_one(KeyLine))[0].startswith(" space done")


async def test_an_action_without_an_amount_says_so(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("plus")
        assert said(app)[0] == "This action has no amount."
        assert isinstance(app.screen, TodayScreen)


async def test_enter_asks_for_the_amount_or_where_there_is_none_for_a_note(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert "enter amount" in " ".join(text(screen(app).query_one(KeyLine)))
        for name, key, label in ((UPLOAD, "enter", "photos"), (TIDY, "enter", "Note"), (TIDY, "n", "Note")):
            await choose(pilot, name)
            await pilot.press(key)
            assert str(app.screen.query_one("#field-text Label").render()) == label
            await pilot.press("escape")


async def test_no_keys_are_offered_under_a_dialog(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        beneath = screen(app).query_one(KeyLine)
        await pilot.press("a")
        await pilot.pause()
        assert beneath.hints == ()
        await pilot.press("escape")
        await pilot.pause()
        assert beneath.hints[0] == ("space", "done")


async def test_the_day_before_an_action_began_can_be_filled_in(app: PitrackApp, book: Book) -> None:
    before = dt.date(2026, 11, 8)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press(*["h"] * 14)
        assert set(names(app)) == {UPLOAD, TIDY, SPONSOR}
        assert "answered" not in text(screen(app).query_one("#day", Lines))[0]
        assert "NOT YET BEGUN" in screen(app).rows.render_line(0).text
        assert text(screen(app).query_one("#focus", Lines))[1] == (
            " Begins on Mon 9 Nov. Earlier days can be filled in."
        )
        await pilot.press("space")
        await settle(pilot)
        assert mark(book, TIDY, before) == "yes"
        await pilot.press("u")
        await settle(pilot)
        assert mark(book, TIDY, before) is None


async def test_money_without_a_rate_is_said(app: PitrackApp, book: Book, today: dt.date) -> None:
    book.apply(
        edits.add_entry(book.snapshot(), kind="income", day=today, gross=Decimal("295.5"), currency="EUR", stream=None)
    )
    app._keep(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        money = screen(app).query_one("#money", Lines)
        assert money.size.height == 3
        assert text(money)[2] == " without 295.50 EUR: no rate"
        assert money.lines[2][0][1] == "warn"
        await pilot.press("m")
        assert text(money)[2] == " without *** EUR: no rate"


async def test_full_width_keys(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        app.post_message(events.Key("fullwidth_latin_small_letter_x", "ｘ"))
        await pilot.pause()
        await settle(pilot)
        assert mark(book, TIDY, today) == "no"
        app.post_message(events.Key("ideographic_space", "　"))
        await pilot.pause()
        await settle(pilot)
        assert mark(book, TIDY, today) == "yes"


async def test_full_width_text_is_typed_as_it_is(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("n")
        app.post_message(events.Key("fullwidth_digit_one", "１"))
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert screen(app).rows.highlighted.note == "１"  # type: ignore[union-attr]


async def test_find_and_show_all(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"stock")
        await pilot.pause()
        assert names(app) == [UPLOAD]
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert len(names(app)) == 3


async def test_add_an_action(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Call mum", "tab", "ctrl+u", *"mon,fri", "tab", "right", "tab", *"20 min", "enter")
        await settle(pilot)
        habit = next(habit for habit in book.snapshot().habits.values() if habit.name == "Call mum")
        rule = habit.rules[-1]
        assert (rule.kind, rule.target, rule.unit) == ("at_least", 20, "min")
        assert rule.schedule == Schedule("weekdays", days=frozenset({1, 5}))
        assert screen(app).rows.highlighted.habit.name == "Call mum"  # type: ignore[union-attr]
        await pilot.press("slash", *"stock", "enter", "a", *"Walk", "enter")
        await settle(pilot)
        assert screen(app).rows.highlighted.habit.name == "Walk"  # type: ignore[union-attr]


async def test_an_action_needs_a_name(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "enter")
        await pilot.pause()
        field = app.screen.query_one("#field-name .-said")
        assert str(field.render()) == "Give the action a name."
        assert field.has_class("-bad")


async def test_edit_an_action(app: PitrackApp, book: Book, today: dt.date) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("e", "end", *" 2", "tab", "ctrl+u", *"2/week", "enter")
        await settle(pilot)
        habit = next(habit for habit in book.snapshot().habits.values() if habit.name == "写真の整理 2")
        assert habit.rules[-1].schedule == Schedule("week", 2)
        assert habit.rules[-1].since == today
        assert habit.rules[0].schedule == Schedule()
        await pilot.press("u")
        await settle(pilot)
        assert TIDY in names(app)


async def test_archive(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("A")
        await settle(pilot)
        assert TIDY not in names(app)


@pytest.mark.parametrize("size", [(44, 30), (80, 24)])
async def test_money_and_hiding_it(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        money = screen(app).query_one("#money", Lines)
        assert text(money) == [" Nov 1-22  $812  (Oct 1-22  $1,120)", " Oct provisional  $1,120  +12.0% on Sep"]
        await pilot.press("m")
        assert text(money) == [" Nov 1-22  ***  (Oct 1-22  ***)", " Oct provisional  ***  +12.0% on Sep"]


async def test_an_empty_book_says_what_to_press(empty_book: Book, today: dt.date) -> None:
    app = PitrackApp(empty_book, DayClock(today))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = "\n".join(screen(app).rows.render_line(y).text for y in range(8))
        assert "Press a to add the first one" in shown
        assert "Press i to book income, or 2 and then S to add a stream." in shown
        await pilot.press("space", "enter", "e", "A", "x", "n", "plus")
        assert isinstance(app.screen, TodayScreen)


async def test_an_empty_book_on_a_phone_is_read_whole(empty_book: Book, today: dt.date) -> None:
    app = PitrackApp(empty_book, DayClock(today))
    async with app.run_test(size=(44, 30)):
        lines = [screen(app).rows.render_line(y).text for y in range(10)]
        shown = " ".join(" ".join(lines).split())
        assert "Press a to add the first one: what you will do, and how often." in shown
        assert "Press i to book income, or 2 and then S to add a stream." in shown


async def test_the_file_behind_is_marked_with_its_reason(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert screen(app).query_one(ScreenBar).status[0] == "synced 13:02"
        book.path.unlink()
        assert app.keeper is not None
        await app.keeper.refresh()
        await pilot.pause()
        assert screen(app).query_one(ScreenBar).status[0] == "not synced: the file is missing"


async def test_what_another_process_did_appears_under_a_still_cursor(
    app: PitrackApp, today: dt.date, reopen: Callable[[], Book]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, SPONSOR)
        other = reopen()
        tidy = next(habit.id for habit in other.snapshot().habits.values() if habit.name == TIDY)
        other.apply(edits.check(other.snapshot(), tidy, today, "yes"))
        assert app.keeper is not None
        await app.keeper.refresh()
        await pilot.pause()
        assert screen(app).shown.done == 1  # type: ignore[union-attr]
        assert screen(app).rows.highlighted.habit.name == SPONSOR  # type: ignore[union-attr]


async def test_quitting_writes_the_file(app: PitrackApp, book: Book) -> None:
    before = book.path.read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await settle(pilot)
        await pilot.press("q")
    assert book.path.read_bytes() != before


async def test_the_key_line_names_the_keys(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)):
        line = " ".join(text(screen(app).query_one(KeyLine)))
        for hint in ("space done", "x no", "s skip", "enter amount", "u undo", "a add", "q quit", "? keys"):
            assert hint in line


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40), (30, 10), (200, 50)])
async def test_every_line_fits(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for strip in screen(app)._compositor.render_strips():
            assert strip.cell_length == size[0]
        assert screen(app).rows.size.height >= 4


async def test_a_night_that_is_over_is_not_tonight(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, TIDY)
        await pilot.press("x")
        await pilot.press("left", "backspace")
        await settle(pilot)
        await pilot.press("left")
        await settle(pilot)
        await choose(pilot, UPLOAD)
        await pilot.press("backspace", "r")
        await settle(pilot)
        heads = [screen(app).rows.render_line(y).text for y in range(6)]
        assert any("ENDS THAT NIGHT" in head for head in heads)
        assert "ends that night" in text(screen(app).query_one("#focus", Lines))[1]
