"""Plan: goals and ideas as they are shown, and every key that changes them, undo included."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.core.days import Month
from pitrack.core.model import Goal, Motive, Snapshot
from pitrack.core.views.plan import PlanView, plan
from pitrack.exchange.demo import write_demo
from pitrack.screens.dialogs.goal import GoalDialog, _between_names
from pitrack.screens.dialogs.idea import IdeaPrompt, TakeIdea
from pitrack.screens.plan.part import shared
from pitrack.screens.plan.screen import PlanScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text.plain import cells
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList

TODAY = dt.date(2026, 11, 22)
WRITTEN = dt.datetime(2026, 11, 22, 4, 2, tzinfo=dt.UTC).timestamp()
SIZES = [(44, 30), (80, 24), (120, 40), (200, 50)]
at_each_size = pytest.mark.parametrize("size", SIZES, ids=["phone", "default", "wide", "huge"])
Compare = Callable[..., bool]
ROUGHLY = "about May 2027, rough range Mar to May 2027"


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "pitrack.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


@pytest.fixture
def nothing(empty_book: Book) -> PitrackApp:
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return PitrackApp(empty_book, DayClock(TODAY))


@pytest.fixture
def ideas(empty_book: Book) -> PitrackApp:
    """Three ideas, the last one on a day of last year, one not of this world."""
    for text, day in (
        ("Home sound [b]lessons", dt.date(2026, 11, 20)),
        ("写真のスキャン\x1b[31m", dt.date(2026, 9, 7)),
        ("Calendars", dt.date(2025, 12, 1)),
    ):
        empty_book.apply(edits.add_idea(text, day))
    return PitrackApp(empty_book, DayClock(TODAY))


async def until(pilot: Pilot[Any], holds: Callable[[], object]) -> None:
    """Wait for what a thread or the keeper brings; a test that waits in vain fails."""
    for _ in range(250):
        await pilot.pause(0.02)
        if holds():
            return
    raise AssertionError("it did not happen")


async def to_plan(pilot: Pilot[Any]) -> PlanScreen:
    await pilot.press("4")
    screen = cast(PlanScreen, pilot.app.screen)
    await until(pilot, lambda: screen.goals is not None)
    await pilot.pause()
    return screen


async def typed(pilot: Pilot[Any], **fields: str) -> None:
    """Fill in fields of the dialog, as if they were typed."""
    for name, value in fields.items():
        pilot.app.screen.query_one(f"#field-{name} Input", Input).value = value
    await pilot.pause()


def shown(rows: RowList[Any]) -> list[str]:
    """The lines of a list as they stand on the screen, without blanks at the ends."""
    return [rows.render_line(y).text.strip() for y in range(rows.size.height)]


def text(screen: PlanScreen, widget: str) -> str:
    lines = screen.query_one(f"#{widget}", Lines)
    return " ".join(lines.render_line(y).text.strip() for y in range(lines.size.height)).strip()


def states(app: PitrackApp) -> dict[str, str]:
    assert app.snapshot
    return {idea.text: idea.state for idea in app.snapshot.ideas.values()}


def goals(app: PitrackApp) -> list[Goal]:
    assert app.snapshot
    return [*app.snapshot.goals.values()]


def earn(book: Book, first: str, *amounts: str, stream: str | None = None) -> None:
    """Income on the tenth of each month from the first on."""
    for number, amount in enumerate(amounts):
        day = Month.parse(first).shift(number).first.replace(day=10)
        money: dict[str, Any] = {"gross": Decimal(amount), "currency": "USD", "stream": stream}
        book.apply(edits.add_entry(book.snapshot(), kind="income", day=day, **money))


def aim(book: Book, name: str, motive: Motive, amount: str, by: dt.date | None = None) -> None:
    book.apply(edits.add_goal(book.snapshot(), name=name, motive=motive, amount=Decimal(amount), by=by))


# What is seen


@at_each_size
def test_picture_of_the_demo(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=to_plan)


@at_each_size
def test_picture_of_goals_of_every_outlook(empty_book: Book, snap_compare: Compare, size: tuple[int, int]) -> None:
    job = edits.add_stream(empty_book.snapshot(), "Desk", role="job")
    empty_book.apply(job)
    earn(empty_book, "2026-08", *["4000"] * 3, stream=job.writes[0].id)
    earn(empty_book, "2026-03", *["100"] * 5, "200", "300", "400")
    aim(empty_book, "Camera", "save", "2400", dt.date(2027, 12, 31))
    aim(empty_book, "Van", "save", "9000", dt.date(2027, 12, 31))
    aim(empty_book, "Food", "living", "250")
    aim(empty_book, "Half the job", "job", "50")
    aim(empty_book, "Piano", "skill", "100")
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    assert snap_compare(PitrackApp(empty_book, DayClock(TODAY)), terminal_size=size, run_before=to_plan)


@at_each_size
def test_picture_of_nothing_yet(nothing: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(nothing, terminal_size=size, run_before=to_plan)


async def test_goals_stand_by_motive_with_pace_and_need(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        lines = [" ".join(line.split()) for line in shown(screen.goal_rows)]
        assert lines[0::3] == ["SAVE UP", "COVER LIVING COSTS", "PRACTISE A SKILL"]
        assert lines[1].startswith("> Camera カメラ ⣿")
        assert lines[1].endswith("64% $1,672 of $2,600")
        assert lines[2] == "by Sat 1 May 2027 Apr 2027, roughly Jan to Apr 2027 needs $177 a month"
        assert lines[4].endswith("108% $1,081 of $1,000 a month")
        assert lines[5] == "reached, held for 3 months"
        assert lines[8] == "by Mon 22 Mar 2027 too early to say: 3 more months needs 13.3 h a month"
        assert text(screen, "foot") == (
            "Camera カメラ: what Stock photos 写真素材 paid out since Sat 27 Dec 2025, after fees and tax. "
            "By Sat 1 May 2027: needs $177 a month."
        )


async def test_amounts_are_hidden_and_hours_are_not(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("m")
        seen = "\n".join(shown(screen.goal_rows)) + text(screen, "foot")
        assert "$" not in seen
        assert "*** of ***" in seen
        assert "67.5 of 120 h" in seen


async def seen_goals(app: PitrackApp, size: tuple[int, int]) -> tuple[list[str], list[str]]:
    """The lines of the goals, and what the foot says of each."""
    async with app.run_test(size=size) as pilot:
        screen = await to_plan(pilot)
        lines = [" ".join(line.split()) for line in shown(screen.goal_rows)]
        told = []
        for _ in screen.goal_rows.items:
            told.append(text(screen, "foot"))
            await pilot.press("j")
            await pilot.pause()
        return lines, told


async def test_a_goal_without_a_trend_says_why(empty_book: Book) -> None:
    # 100 a month since March, and 160 in October: 120 as mean of three months, and never less than was forecast.
    earn(empty_book, "2026-03", *["100"] * 7, "160")
    aim(empty_book, "House", "save", "24860", dt.date(2026, 11, 1))
    aim(empty_book, "Late", "save", "500", dt.date(2026, 11, 1))
    aim(empty_book, "Live", "living", "5000")
    aim(empty_book, "Draw", "skill", "50")
    aim(empty_book, "Free", "job", "50")
    lines, told = await seen_goals(PitrackApp(empty_book, DayClock(TODAY)), (80, 40))
    assert lines[2] == "was due Sun 1 Nov 2026 not on this trend takes $200 a month"
    assert lines[4] == "by Sun 1 Nov 2026 reached"
    assert lines[7] == "not on this trend lacks $4,880 a month"
    assert lines[8:11] == ["REPLACE THE JOB", lines[9], "no income of a job to measure by"]
    assert lines[9].endswith("0% 0% of the job, 50% wanted")
    assert lines[13] == "nothing yet"
    assert "At $120 a month it takes over ten years; $200 a month would do." in told[0]
    assert told[2].endswith("No trend leads past $120 a month.")
    assert told[3].endswith("No stream is the job, or it pays nothing now.")


@pytest.mark.parametrize(
    ("size", "camera", "lens"),
    [
        ((44, 30), "May 2027 (Mar to May 2027)", "about May 2027, late"),
        (
            (80, 24),
            "about May 2027, rough range Mar to May 2027",
            "May 2027 (Mar to May 2027), late needs $503 a month",
        ),
        ((120, 40), "about May 2027, rough range Mar to May 2027", "about May 2027, late needs $503 a month"),
    ],
    ids=["phone", "default", "wide"],
)
async def test_a_day_is_told_with_its_rough_range_as_far_as_there_is_room(
    empty_book: Book, size: tuple[int, int], camera: str, lens: str
) -> None:
    # 700 more at 120 a month are 178 days from 22 November on, at best (170.4 a month, see test_view_plan) 126 days.
    earn(empty_book, "2026-03", *["100"] * 7, "160")
    aim(empty_book, "Camera", "save", "1560")
    aim(empty_book, "Lens", "save", "1505", dt.date(2026, 12, 31))
    lines, told = await seen_goals(PitrackApp(empty_book, DayClock(TODAY)), size)
    assert lines[2].endswith(lens)
    assert lines[4].endswith(camera)
    assert "By Thu 31 Dec 2026: needs $503 a month. Rough range: Mar to May 2027." in told[0]


async def test_a_trend_is_said_to_lead_somewhere(empty_book: Book) -> None:
    # See test_view_plan: 330 in January at the trend, in November at best; no more than 419 ever.
    earn(empty_book, "2026-03", *["100"] * 5, "200", "300", "400")
    aim(empty_book, "Food", "living", "330")
    aim(empty_book, "Rent", "living", "500")
    lines, told = await seen_goals(PitrackApp(empty_book, DayClock(TODAY)), (80, 24))
    assert lines[2] == "about January 2027, rough range Nov 2026 to Jan 2027"
    assert lines[4] == "not on this trend lacks $81 a month"
    assert told[0].endswith("Rough range: Nov 2026 to Jan 2027.")
    assert told[1].endswith("The trend leads to $419 a month; $81 more is needed.")


async def test_book_text_is_literal_and_harmless(ideas: PitrackApp) -> None:
    async with ideas.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        assert screen.focused is screen.idea_rows  # there are no goals
        first, second, third = (line.rsplit("  ", 1) for line in shown(screen.idea_rows)[:3])
        assert [part.strip() for part in first] == ["> Home sound [b]lessons", "20 Nov"]
        assert [part.strip() for part in second] == ["写真のスキャン\\x1b[31m", "7 Sep"]
        assert [part.strip() for part in third] == ["Calendars", "Dec 2025"]


@pytest.mark.parametrize("size", [*SIZES, (30, 12)])
async def test_nothing_is_wider_than_its_list(demo: PitrackApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        screen = await to_plan(pilot)
        for rows in (screen.goal_rows, screen.idea_rows, screen.launch_rows):
            assert all(rows.render_line(y).cell_length == rows.width for y in range(rows.size.height))


async def test_a_new_goal_is_chosen_wherever_it_stands(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("tab", "g")
        await typed(pilot, name="Piano", amount="60")
        await pilot.press("enter")
        await until(pilot, lambda: screen.goal_rows.has_focus)
        assert any(line.startswith("> Piano") for line in shown(screen.goal_rows))
        assert text(screen, "foot").startswith("Piano: what all streams but the job paid out since Sun 22 Nov 2026")


async def test_a_wide_window_shows_parts_side_by_side(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        screen = await to_plan(pilot)
        goals, ideas, launch = screen.goal_rows, screen.idea_rows, screen.launch_rows
        assert goals.region.y == launch.region.y
        assert goals.region.bottom < ideas.region.y
        await pilot.resize_terminal(200, 50)
        await until(pilot, lambda: goals.region.y == launch.region.y == ideas.region.y)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: goals.region.bottom < ideas.region.y < ideas.region.bottom < launch.region.y)


async def test_the_part_with_the_focus_is_open_and_the_others_fold(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        heights = [part.rows.size.height for part in screen.parts]
        assert heights == [9, 2, 2]  # three goals whole, two ideas, one stream
        await pilot.press("tab", "tab")
        await until(pilot, lambda: screen.launch_rows.size.height == 8)
        assert [part.rows.size.height for part in screen.parts] == [3, 2, 8]
        assert shown(screen.goal_rows)[1].startswith("- Camera")  # keys act elsewhere


@example([(2, 2), (1, 1)], 2, 0)  # the other part keeps its line although both would like it
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=1, max_size=4),
    st.integers(0, 60),
    st.integers(0, 3),
)
def test_lines_are_shared_out_whole(parts: list[tuple[int, int]], room: int, opened: int) -> None:
    opened %= len(parts)
    needs = [need for need, _peek in parts]
    peeks = [min(need, peek) for need, peek in parts]
    heights = shared(needs, peeks, room, opened)
    assert min(heights) >= 0
    if sum(needs) <= room:  # all are whole, and the last one takes the rest
        assert sum(heights) == room
        assert all(height >= need for height, need in zip(heights, needs, strict=True))
    else:
        assert sum(heights) == room
        assert all(height <= need for height, need in zip(heights, needs, strict=True))
        peeks[opened] = 0
        if sum(peeks) <= room // 2:
            assert all(height >= peek for height, peek in zip(heights, peeks, strict=True))


async def test_a_long_count_is_announced_and_stops_nothing(ideas: PitrackApp, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()

    def slow_plan(snapshot: Snapshot, day: dt.date) -> PlanView:
        assert go_on.wait(20)
        return plan(snapshot, day)

    monkeypatch.setattr("pitrack.screens.plan.screen.plan", slow_plan)
    async with ideas.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        screen = cast(PlanScreen, ideas.screen)
        await until(pilot, lambda: text(screen, "goals-head").endswith("counting"))
        await pilot.press("j")
        assert screen.idea_rows.cursor == 1
        go_on.set()
        await until(pilot, lambda: not text(screen, "goals-head").endswith("counting"))
        assert shown(screen.goal_rows)[0] == "What is the income for?"


# Goals


async def test_a_goal_is_added_changed_archived_and_brought_back(book: Book) -> None:
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("tab", "g")
        assert isinstance(app.screen, GoalDialog)
        await typed(pilot, name="Camera", amount="1,200", streams="stock", by="2027-03-31")
        sentence = str(app.screen.query_one("#sentence").render())
        assert sentence == "Save $1,200.00 by Wed 31 Mar 2027 from Stock photos."
        await pilot.press("enter")
        await until(pilot, lambda: screen.goals)
        assert screen.focused is screen.goal_rows
        (goal,) = goals(app)
        assert (goal.name, goal.motive, goal.amount, goal.currency) == ("Camera", "save", 1200, "USD")
        assert (goal.since, goal.by, len(goal.streams)) == (TODAY, dt.date(2027, 3, 31), 1)

        await pilot.press("e")
        await typed(pilot, amount="300000 jpy", streams="")
        await pilot.press("enter")
        await until(pilot, lambda: goals(app)[0].currency == "JPY")
        assert (goals(app)[0].amount, goals(app)[0].streams) == (300000, ())

        await pilot.press("A")
        await until(pilot, lambda: goals(app)[0].archived)
        await until(pilot, lambda: not screen.goal_rows.items)
        assert text(screen, "foot") == "Archived: Camera. u brings it back."
        await pilot.press("u")
        await until(pilot, lambda: screen.goal_rows.items)
        await pilot.press("d")
        await until(pilot, lambda: not goals(app))
        await pilot.press("u")
        await until(pilot, lambda: screen.goal_rows.items and goals(app))


@pytest.mark.parametrize(
    ("fields", "wrong", "sentence"),
    [
        ({"amount": "5"}, "name", "Give the goal a name."),
        ({"name": "A"}, "amount", "Type how much, as a number."),
        ({"name": "A", "amount": "0"}, "amount", "it has to be above zero"),
        ({"name": "A", "amount": "much"}, "amount", "is not an amount"),
        ({"name": "A", "amount": "5", "streams": "photos, bakery"}, "streams", "no stream called “bakery”"),
        ({"name": "A", "amount": "5", "by": "2026-13-01"}, "by", "not in the calendar"),
        ({"name": "A", "amount": "5", "by": "2026-11-01"}, "amount", "it lies before the start"),
    ],
)
async def test_what_is_wrong_with_a_goal_stands_under_its_field(
    app: PitrackApp, fields: dict[str, str], wrong: str, sentence: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot)
        await pilot.press("g")
        await typed(pilot, **fields)
        await pilot.press("enter")
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, GoalDialog)
        assert sentence in str(dialog.field(wrong).said.render())
        assert dialog.field(wrong).entry.has_focus
        assert not goals(app)


async def test_a_second_goal_of_a_name_is_pointed_out(app: PitrackApp, book: Book) -> None:
    book.apply(edits.add_goal(book.snapshot(), name="Camera", motive="save", amount=Decimal(1200)))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot)
        await pilot.press("g")
        await typed(pilot, name="ｃａｍｅｒａ")
        said = cast(GoalDialog, app.screen).field("name").said
        assert (str(said.render()), said.has_class("-warn")) == ("There is a goal of that name already.", True)


@pytest.mark.parametrize(
    ("motive", "amount", "by", "sentence"),
    [
        ("save", "500", "", "Save $500.00 from all streams."),
        ("living", "1,000 eur", "", "Earn €1,000.00 a month from all streams."),
        ("living", "1000", "31 mar", ""),
        ("living", "1000", "3-31", "Earn $1,000.00 a month by Wed 31 Mar 2027 from all streams."),
        ("skill", "120 h", "", "Practise 120 h on all streams."),
        ("skill", "１２０時間", "2027-03-31", "Practise 120 h by Wed 31 Mar 2027 on all streams."),
        ("skill", "$120", "", ""),
        ("job", "50", "", "Earn 50% of the job from all streams."),
        ("job", "１２.５％", "2027-03-31", "Earn 12.5% of the job by Wed 31 Mar 2027 from all streams."),
        ("job", "50 USD", "", ""),
    ],
)
async def test_the_preview_says_the_goal_in_words(
    app: PitrackApp, motive: str, amount: str, by: str, sentence: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot)
        await pilot.press("g")
        dialog = app.screen
        assert isinstance(dialog, GoalDialog)
        dialog.field("motive").entry.choose(motive)  # type: ignore[union-attr]
        await typed(pilot, amount=amount, by=by)
        assert str(dialog.query_one("#sentence").render()) == sentence


async def test_a_goal_by_the_job_has_a_percentage_and_no_first_day(app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("g")
        dialog = app.screen
        assert isinstance(dialog, GoalDialog)
        dialog.field("motive").entry.choose("job")  # type: ignore[union-attr]
        await typed(pilot, name="Free", amount="50 %")
        assert not dialog.field("since").display
        await pilot.press("enter")
        await until(pilot, lambda: screen.goals)
        (free,) = goals(app)
        assert (free.motive, free.amount, free.currency, free.since) == ("job", 50, None, None)
        await pilot.press("e")
        assert pilot.app.screen.query_one("#field-amount Input", Input).value == "50%"
        await typed(pilot, amount="many")
        await pilot.press("enter")
        await pilot.pause()
        assert "Type a percentage, such as 50." in str(cast(GoalDialog, app.screen).field("amount").said.render())
        await typed(pilot, amount="75")
        await pilot.press("enter")
        await until(pilot, lambda: goals(app)[0].amount == 75)


@pytest.mark.parametrize("changed", [{}, {"name": "Lens"}, {"amount": "1300 usd"}], ids=["nothing", "name", "amount"])
async def test_a_goal_that_names_no_currency_goes_on_naming_none(empty_book: Book, changed: dict[str, str]) -> None:
    empty_book.apply(edits.add_goal(empty_book.snapshot(), name="Camera", motive="save", amount=Decimal(1200)))
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await until(pilot, lambda: screen.goal_rows.items)
        before = goals(app)[0]
        await pilot.press("e")
        await typed(pilot, **changed)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        if changed:
            await until(pilot, lambda: goals(app)[0] != before)
        assert goals(app)[0].currency is None


@at_each_size
async def test_names_of_streams_are_whole_and_without_the_job(demo: PitrackApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        await to_plan(pilot)
        await pilot.press("g")
        await pilot.pause()
        dialog = demo.screen
        assert isinstance(dialog, GoalDialog)
        said = str(dialog.field("streams").said.render())
        lines = said.splitlines()
        room = dialog.field("streams").said.size.width
    assert said.replace("\n", " ") == (
        "or some of: Newsletter, Stock photos 写真素材, Monthly service, 電子書籍 E-books, Online course"
    )
    assert all(cells(line) <= room for line in lines)
    assert all(line.endswith(",") for line in lines[:-1])


def test_names_past_the_room_are_left_out_whole() -> None:
    names = [f"Stream number {n}" for n in range(20)]
    lines = _between_names("or some of: {names}", names, 40).splitlines()
    assert lines == [
        "or some of: Stream number 0,",
        "Stream number 1, Stream number 2,",
        "Stream number 3, Stream number 4,",
        "Stream number 5, Stream number 6, ..",
    ]


@at_each_size
async def test_a_goal_says_what_it_leaves_out_for_want_of_a_rate(book: Book, size: tuple[int, int]) -> None:
    day = dt.date(2026, 10, 7)
    book.apply(edits.add_entry(book.snapshot(), kind="income", day=day, gross=Decimal(9), currency="GBP"))
    book.apply(edits.add_goal(book.snapshot(), name="Camera", motive="save", amount=Decimal(5000)))
    app = PitrackApp(book, DayClock(TODAY))
    async with app.run_test(size=size) as pilot:
        screen = await to_plan(pilot)
        await until(pilot, lambda: screen.goal_rows.items)
        await pilot.pause()
        assert "without GBP: no rate" in shown(screen.goal_rows)[2]
        assert "Without GBP: no rate. Press : to add an exchange rate." in text(screen, "foot")


# Ideas


async def test_ideas_are_written_one_after_the_other(nothing: PitrackApp) -> None:
    async with nothing.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("i", *"gas", "enter", *"jam", "enter")
        assert isinstance(nothing.screen, IdeaPrompt)
        await until(pilot, lambda: len(screen.idea_rows.items) == 2)  # seen beneath the prompt
        assert nothing.screen.query_one(Input).value == ""
        await pilot.press("enter")
        assert nothing.screen is screen
        assert states(nothing) == {"gas": "open", "jam": "open"}
        assert screen.focused is screen.idea_rows


async def test_an_idea_is_edited_dropped_deleted_and_brought_back(ideas: PitrackApp) -> None:
    async with ideas.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("enter", *" ok", "enter")
        await until(pilot, lambda: "Home sound [b]lessons ok" in states(ideas))
        await pilot.press("x")
        await until(pilot, lambda: states(ideas)["Home sound [b]lessons ok"] == "dropped")
        assert text(screen, "foot") == "Dropped: Home sound [b]lessons ok. u brings it back."
        await pilot.press("d")
        await until(pilot, lambda: len(states(ideas)) == 2)
        await pilot.press("u", "u")
        await until(pilot, lambda: len(states(ideas)) == 3 and {*states(ideas).values()} == {"open"})
        assert len(screen.idea_rows.items) == 3


async def test_an_unchanged_or_emptied_idea_changes_nothing(ideas: PitrackApp) -> None:
    async with ideas.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        before = ideas.snapshot
        await pilot.press("enter", "enter", "enter")
        await typed(pilot, text="")
        await pilot.press("enter")
        await pilot.pause()
        assert ideas.screen is screen
        assert ideas.snapshot is before


async def test_an_idea_becomes_a_stream_in_one_change(ideas: PitrackApp) -> None:
    async with ideas.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("space")
        assert isinstance(ideas.screen, TakeIdea)
        await pilot.press("enter")
        await until(pilot, lambda: states(ideas)["Home sound [b]lessons"] == "taken")
        await until(pilot, lambda: screen.focused is screen.launch_rows)
        assert text(screen, "foot") == (
            "Home sound [b]lessons: One platform, one audience, one task: narrow on purpose. enter answers it."
        )
        assert ideas.snapshot
        (stream,) = ideas.snapshot.streams.values()
        assert (stream.name, stream.stage, stream.note) == ("Home sound [b]lessons", "idea", "")
        (step,) = ideas.snapshot.steps
        assert (step.stream, step.stage, step.answers) == (stream.id, "idea", {"problem": "Home sound [b]lessons"})
        await pilot.press("u")
        await until(pilot, lambda: states(ideas)["Home sound [b]lessons"] == "open")
        assert not ideas.snapshot.streams
        assert not ideas.snapshot.steps


async def test_a_long_idea_gives_a_short_name_and_a_note(empty_book: Book) -> None:
    long = "Shops put off answering reviews and would pay for twenty answers a month as a package"
    empty_book.apply(edits.add_idea(long, TODAY))
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_plan(pilot)
        await pilot.press("space", "enter")
        await until(pilot, lambda: app.snapshot and app.snapshot.streams)
        assert app.snapshot
        (stream,) = app.snapshot.streams.values()
        assert stream.name == "Shops put off answering reviews and would pay for twenty"
        assert stream.note == long


async def test_the_filter_takes_letters_that_are_keys(ideas: PitrackApp) -> None:
    async with ideas.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"sing")
        await pilot.pause()
        assert ideas.screen is screen
        assert shown(screen.idea_rows)[0] == "No idea matches. Escape shows all again."
        screen.query_one("#filter", Input).value = "ｓｏｕｎｄ"
        await pilot.pause()
        assert [idea.text for idea in screen.idea_rows.items] == ["Home sound [b]lessons"]
        assert text(screen, "ideas-head").endswith("1 of 3")
        await pilot.press("enter", "escape")
        assert len(screen.idea_rows.items) == 3
        assert screen.focused is screen.idea_rows


# Moving


async def test_tab_goes_round_and_offers_the_keys_of_each_part(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        keys = screen.query_one("KeyLine", Lines)
        assert screen.focused is screen.goal_rows
        assert "A archive" in keys.render_line(0).text
        assert "drop" not in keys.render_line(0).text
        await pilot.press("tab")
        await pilot.pause()
        assert screen.focused is screen.idea_rows
        assert "x drop" in keys.render_line(0).text
        foot = screen.query_one("#foot", Lines)
        assert [foot.render_line(y).text.strip() for y in range(2)] == [
            "Shops put off answering reviews: 20 answers a month as a package",
            "space makes a stream of it, x drops it.",
        ]
        await pilot.press("tab")
        await pilot.pause()
        assert screen.focused is screen.launch_rows
        assert "enter open" in " ".join(keys.render_line(0).text.split())
        await pilot.press("tab")
        assert screen.focused is screen.goal_rows
        await pilot.press("x", "space")
        assert demo.screen is screen
        assert {*states(demo).values()} == {"open", "taken", "dropped"}


async def test_goals_are_not_counted_again_for_an_idea(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        counted = screen.goals
        await pilot.press("tab", "x")
        await until(pilot, lambda: len(screen.idea_rows.items) == 5)
        assert screen.goals is counted
        assert not any(worker.group == "goals" for worker in demo.workers)
