"""The form of an action: it says what was understood and when it is next due, and changes what was changed only."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from pitrack.app import PitrackApp
from pitrack.core.model import Habit, Rule, Schedule
from pitrack.screens.dialogs.archived import ArchivedDialog
from pitrack.screens.dialogs.habit import HabitDialog
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.widgets.bars import KeyLine
from pitrack.widgets.choice import Choice

TODAY = dt.date(2026, 11, 22)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.pause()
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group in ("changes", "command")]:
        await workers.wait_for_complete(running)
    await pilot.pause()


def line(form: HabitDialog, name: str) -> Input:
    return form.query_one(f"#field-{name} Input", Input)


def said(form: HabitDialog, name: str) -> str:
    return str(form.field(name).said.render())


async def opened(pilot: Pilot[None], habit: Habit | None = None) -> HabitDialog:
    assert isinstance(pilot.app, PitrackApp)
    assert pilot.app.snapshot
    form = HabitDialog(pilot.app.snapshot, TODAY, habit)
    await pilot.app.push_screen(form)
    await pilot.pause()
    return form


def named(book: Book, name: str) -> Habit:
    (found,) = [habit for habit in book.snapshot().habits.values() if habit.name == name]
    return found


def added(book: Book, name: str, rule: Rule) -> Habit:
    book.apply(edits.add_habit(book.snapshot(), name, rule))
    return named(book, name)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("daily", "every day"),
        ("3/14", "3 times in any 14 days"),
        ("every 3 days", "every 3 days: next today, Wed 25 Nov"),
        ("every 3 days from 2026-11-24", "every 3 days: next Tue 24 Nov, Fri 27 Nov"),
        ("mon,wed,fri", "Mon, Wed, Fri: next Mon 23 Nov"),
        ("weekend", "weekends: next today"),
        ("2/month", "2 times a month"),
        ("3 days after", "3 days after the last time"),
    ],
)
async def test_it_says_what_was_understood_and_when_it_is_next_due(
    app: PitrackApp, typed: str, understood: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        form = await opened(pilot)
        line(form, "schedule").value = typed
        await pilot.pause()
        assert said(form, "schedule") == understood


async def test_what_is_not_understood_says_what_to_type(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        form = await opened(pilot)
        line(form, "schedule").value = "9/week"
        await pilot.pause()
        assert "9/week" in said(form, "schedule")
        assert "next" not in said(form, "schedule")


async def test_every_so_many_days_stay_the_same_days(book: Book) -> None:
    habit = added(book, "Water", Rule(dt.date(2026, 11, 20), schedule=Schedule("interval", within=3)))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        form = await opened(pilot, habit)
        assert said(form, "schedule") == "every 3 days: next Mon 23 Nov, Thu 26 Nov"
        assert form.result().writes == ()
        form.query_one("#field-kind Choice", Choice).choose("at_least")
        line(form, "target").value = "2 l"
        book.apply(form.result())
        assert named(book, "Water").rules[-1].schedule == Schedule("interval", within=3, anchor=dt.date(2026, 11, 20))


async def test_all_fields_of_a_new_action(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 30)) as pilot:
        form = await opened(pilot)
        assert said(form, "kind") == ""
        for name, typed in (("name", "Shop sites"), ("tags", "#evening, shop"), ("note", "more time to build")):
            line(form, name).value = typed
        assert not form.field("absent").display
        form.query_one("#field-kind Choice", Choice).choose("at_most")
        line(form, "target").value = "20 min"
        await pilot.pause()
        assert form.field("absent").display
        assert said(form, "absent") == "a day without an answer, past ones too"
        form.query_one("#field-absent Choice", Choice).choose("kept")
        await pilot.pause()
        change = form.result()
    book.apply(change)
    habit = named(book, "Shop sites")
    assert (sorted(habit.tags), habit.note, habit.absent_is_success) == (
        ["evening", "shop"],
        "more time to build",
        True,
    )
    assert (habit.rules[0].kind, habit.rules[0].unit) == ("at_most", "min")


async def test_an_edit_says_that_the_past_stays_and_writes_what_changed(book: Book) -> None:
    habit = named(book, "Upload photos")
    book.apply(edits.edit_habit(book.snapshot(), habit.id, tags=("q4", "camera"), note="sell"))
    habit = named(book, "Upload photos")
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 30)) as pilot:
        form = await opened(pilot, habit)
        assert said(form, "kind") == "What is asked changes from today on; the past stays."
        assert set(line(form, "tags").value.split()) == {"#q4", "#camera"}
        assert line(form, "note").value == "sell"
        assert form.result().writes == ()
        line(form, "tags").value = "#camera #stock"
        assert [dict(write.fields or {}) for write in form.result().writes] == [{"tag@stock": True, "tag@q4": False}]
        line(form, "tags").value = "x" * 300
        await pilot.press("enter")
        await pilot.pause()
        assert "use a short word for each tag" in said(form, "tags")


async def test_an_edit_of_what_begins_later_changes_what_it_begins_with(book: Book) -> None:
    habit = added(book, "Swim", Rule(dt.date(2026, 12, 1)))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        form = await opened(pilot, habit)
        line(form, "schedule").value = "weekend"
        await pilot.pause()
        assert said(form, "schedule") == "weekends: next Sat 5 Dec"
        book.apply(form.result())
    assert [rule.since for rule in named(book, "Swim").rules] == [dt.date(2026, 12, 1)]


@pytest.mark.parametrize("size", [(80, 24), (44, 30)])
async def test_the_form_is_seen_whole(app: PitrackApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        form = await opened(pilot)
        form.query_one("#field-kind Choice", Choice).choose("at_most")
        await pilot.pause()
        assert form.field("absent").display
        assert form.query_one("VerticalScroll").max_scroll_y == 0


async def test_archived_actions_come_back(app: PitrackApp, book: Book) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "A")
        await settle(pilot)
        archived = [habit for habit in book.snapshot().habits.values() if habit.archived]
        assert len(archived) == 1
        told = f"Archived: {archived[0].name}. u brings it back; later, : and “Bring back” does."
        assert app.screen.query_one(KeyLine).said[0] == told
        await pilot.press("colon", *"archived")
        await pilot.pause(0.4)
        assert app.screen.query_one(OptionList).option_count
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ArchivedDialog)
        assert [habit.id for habit in app.screen.habits] == [archived[0].id]
        await pilot.press("enter")
        await settle(pilot)
        assert not any(habit.archived for habit in book.snapshot().habits.values())
        assert app.screen.query_one(KeyLine).said[0] == f"Back again: {archived[0].name}. u archives it as before."
        await pilot.press("colon", *"archived")
        await pilot.pause(0.4)
        await pilot.press("enter")
        await settle(pilot)
        assert app.screen.query_one(KeyLine).said[0] == "No action is archived."
