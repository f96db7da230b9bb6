"""The launch method in the app: the board, a stream's page, the form of each step, and finished work."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from pitrack.app import PitrackApp
from pitrack.core.building import ANSWERS
from pitrack.core.model import Stage, Stream
from pitrack.core.views.launch import Board, board
from pitrack.exchange.demo import write_demo
from pitrack.exchange.playbooks import FOLDER, load
from pitrack.exchange.starting import plan_of, start_of
from pitrack.screens.dialogs.base import Field
from pitrack.screens.dialogs.step import StepDialog
from pitrack.screens.plan.launch import LaunchScreen
from pitrack.screens.plan.launch_lines import whole_answers
from pitrack.screens.plan.portfolio import PortfolioScreen
from pitrack.screens.plan.screen import PlanScreen
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.text.plain import cells
from pitrack.widgets.choice import Choice
from pitrack.widgets.pieces import Lines
from pitrack.widgets.rows import RowList
from tests.screens.test_plan import WRITTEN, at_each_size, shown, to_plan, typed, until

TODAY = dt.date(2026, 11, 22)
Compare = Callable[..., bool]


@pytest.fixture
def demo(tmp_path: Path) -> PitrackApp:
    path = tmp_path / "pitrack.json"
    write_demo(path, TODAY)
    os.utime(path, (WRITTEN, WRITTEN))
    return PitrackApp(Book.open(path, state=tmp_path / "state"), DayClock(TODAY))


@pytest.fixture
def fresh(empty_book: Book) -> PitrackApp:
    """A stream that was made of an idea, and nothing else."""
    empty_book.apply(edits.add_idea("Shops put off answering [b]reviews", TODAY))
    snapshot = empty_book.snapshot()
    (idea,) = snapshot.ideas
    added = edits.add_stream(snapshot, "Reviews", stage="idea")
    empty_book.apply(edits.take_idea(snapshot, idea, added, TODAY))
    empty_book.save()
    os.utime(empty_book.path, (WRITTEN, WRITTEN))
    return PitrackApp(empty_book, DayClock(TODAY))


async def to_board(pilot: Pilot[Any]) -> PlanScreen:
    screen = await to_plan(pilot)
    screen.launch_rows.focus()
    await until(pilot, lambda: screen.launch_rows.has_focus and screen.launch_rows.items)
    await pilot.pause()
    return screen


async def to_page(pilot: Pilot[Any]) -> LaunchScreen:
    await to_board(pilot)
    await pilot.press("enter")
    screen = cast(LaunchScreen, pilot.app.screen)
    await until(pilot, lambda: screen.is_read)
    await pilot.pause()
    return screen


async def to_finished(pilot: Pilot[Any]) -> PortfolioScreen:
    await to_plan(pilot)
    await pilot.press("f")
    screen = cast(PortfolioScreen, pilot.app.screen)
    await until(pilot, lambda: screen.is_read)
    await pilot.pause()
    return screen


def lines(screen: Any, widget: str) -> str:
    found = screen.query_one(f"#{widget}", Lines)
    return " ".join(" ".join(found.render_line(y).text.split()) for y in range(found.size.height)).strip()


def stream(app: PitrackApp) -> Stream:
    assert app.snapshot
    (one,) = app.snapshot.streams.values()
    return one


def found(app: PitrackApp) -> Board:
    assert app.snapshot
    return board(app.snapshot, TODAY)


async def answer(pilot: Pilot[Any], moved: Stage, **fields: str) -> None:
    """Open the form of the step under the cursor, fill it in, save, and wait until the stream has moved."""
    app = cast(PitrackApp, pilot.app)
    page = app.screen
    await pilot.press("enter")
    assert isinstance(app.screen, StepDialog)
    await typed(pilot, **fields)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is page and stream(app).stage == moved)
    await pilot.pause()


# What is seen


@at_each_size
def test_picture_of_a_stream_at_its_test(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=to_page)


@at_each_size
def test_picture_of_a_stream_that_begins(fresh: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(fresh, terminal_size=size, run_before=to_page)


@at_each_size
def test_picture_of_the_board(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=to_board)


@at_each_size
def test_picture_of_finished_work(demo: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(demo, terminal_size=size, run_before=to_finished)


@at_each_size
def test_picture_of_a_form_with_hints(fresh: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    async def to_form(pilot: Pilot[Any]) -> None:
        await to_page(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await typed(pilot, platform="Google and Tripadvisor", audience="cafés", task="twenty answers, every month")

    assert snap_compare(fresh, terminal_size=size, run_before=to_form)


@at_each_size
async def test_nothing_is_wider_than_its_list(demo: PitrackApp, size: tuple[int, int]) -> None:
    async with demo.run_test(size=size) as pilot:
        page = await to_page(pilot)
        detail = page.query_one("#detail", Lines)
        for _ in range(len(page.rows.items)):
            assert all(page.rows.render_line(y).cell_length == page.rows.width for y in range(page.rows.size.height))
            assert all(sum(cells(text) for text, _role in line) <= detail.size.width for line in detail.lines)
            await pilot.press("down")
            await pilot.pause()


async def test_the_board_tells_stage_test_and_cycles(demo: PitrackApp) -> None:
    async with demo.run_test(size=(80, 30)) as pilot:
        screen = await to_board(pilot)
        seen = [" ".join(line.split()) for line in shown(screen.launch_rows)]
        assert seen[:4] == [
            "> Online course over its cap, 38 days left",
            "problem niche offer commitment TEST live automated",
            "Newsletter 1 cycle next: automated",
            "problem niche offer commitment test LIVE automated",
        ]
        one = found(demo).streams[0]
        assert one.test
        said = lines(screen, "foot")
        hours = f"{one.test.hours.used.quantize(Decimal('0.1')):f}"
        assert said == (
            f"Online course: test since 10 Jun, 3 clients, {hours} of 60 h, $285 of $400, 38 days left, "
            "over its cap. enter opens its page."
        )
        await pilot.press("m")
        await pilot.pause()
        assert "$" not in lines(screen, "foot")


async def test_a_phone_shows_every_step_and_what_was_decided(demo: PitrackApp) -> None:
    async with demo.run_test(size=(44, 30)) as pilot:
        screen = await to_board(pilot)
        assert [" ".join(line.split()) for line in shown(screen.launch_rows)][:4] == [
            "> Online course over its cap, 38 days left",
            "prob nich offe comm TEST live auto",
            "Newsletter 1 cycle next: automated",
            "prob nich offe comm test LIVE auto",
        ]
        await pilot.press("enter")
        page = cast(LaunchScreen, demo.screen)
        await until(pilot, lambda: page.is_read)
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        seen = [" ".join(line.split()) for line in shown(page.rows)]
        assert {"30 May offer Six short lessons..", "23 May niche stock phot.. to offer"} <= {*seen}


async def test_what_a_playbook_brought_is_told_until_it_is_decided(empty_book: Book) -> None:
    playbook = load(FOLDER / "ai-writing.toml", "en")
    empty_book.apply(plan_of(empty_book.snapshot(), start_of(playbook, "USD"), TODAY))
    app = PitrackApp(empty_book, DayClock(TODAY))
    said = "The playbook's example stands there; make it your own."
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await until(pilot, lambda: screen.launch_rows.has_focus and screen.launch_rows.items)
        await pilot.pause()
        assert said in lines(screen, "foot")
        await pilot.press("enter")
        page = cast(LaunchScreen, app.screen)
        await until(pilot, lambda: page.is_read)
        await pilot.pause()
        assert said in lines(page, "detail")
        await pilot.press("enter")
        await pilot.pause()
        assert said in str(app.screen.query_one("#question", Static).render())
        await typed(pilot, platform="One letter")
        await pilot.press("enter")
        await until(pilot, lambda: stream(app).stage == "offer")
        await pilot.press("up")
        await pilot.pause()
        assert said not in lines(page, "detail")


async def test_an_empty_book_says_what_to_do_first(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        assert shown(screen.launch_rows)[:2] == [
            "Where does the next income begin?",
            "Press i to write down an idea, or p to take a playbook.",
        ]
        await pilot.press("f")
        page = cast(PortfolioScreen, app.screen)
        await until(pilot, lambda: page.is_read)
        await pilot.pause()
        assert shown(page.rows)[0].startswith("Nothing is finished yet. A published asset")
        await pilot.press("escape")
        assert app.screen is screen


# The whole walk


async def test_from_an_idea_to_live(empty_book: Book) -> None:
    app = PitrackApp(empty_book, DayClock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await to_plan(pilot)
        await pilot.press("i", *"Reviews", "enter", "escape")
        await until(pilot, lambda: screen.idea_rows.items)
        await pilot.press("space", "enter")
        await until(pilot, lambda: screen.launch_rows.has_focus and screen.launch_rows.items)
        await pilot.press("enter")
        page = cast(LaunchScreen, app.screen)
        await until(pilot, lambda: page.is_read)
        await pilot.pause()
        assert page.rows.highlighted_key == "niche"

        await answer(pilot, "offer", platform="Google", audience="cafés", task="answering reviews")
        await until(pilot, lambda: page.rows.highlighted_key == "offer")
        await answer(pilot, "commitment", deliverable="20 answers", goal="none waits", price="150", period="month")
        await until(pilot, lambda: page.rows.highlighted_key == "commitment")
        await answer(pilot, "test", outcomes="no review waits 2 days", outcomes1="1 new guest", promise="free else")
        await until(pilot, lambda: page.rows.highlighted_key == "test")
        await answer(pilot, "test", clients="2", hours="20", money="100", until="+30")
        await until(pilot, lambda: page.page and page.page.test)
        assert lines(page, "title").endswith("Test since 22 Nov, 2 clients, 0 of 20 h, $0 of $100, 30 days left.")
        assert app.snapshot
        step = app.snapshot.steps[-1]
        assert step.answers == {
            "clients": "2", "hours": "20", "money": "100", "currency": "USD", "started": "2026-11-22",
            "until": "2026-12-22",
        }  # fmt: skip

        await pilot.press("enter")
        dialog = cast(StepDialog, app.screen)
        dialog.field("verdict").entry.choose("keep")  # type: ignore[union-attr]
        await typed(pilot, results="both stayed", lesson="a fixed day")
        await pilot.press("enter")
        await until(pilot, lambda: stream(app).stage == "live")
        one = found(app).streams[0]
        assert one.answers["test"].answers["clients"] == "2"
        assert (one.asked, one.test, one.cycles) == ("automated", None, ())
        assert [(step.stage, step.to) for step in one.history] == [
            ("idea", None), ("niche", "offer"), ("offer", "commitment"), ("commitment", "test"), ("test", None),
            ("test", "live"),
        ]  # fmt: skip
        assert one.answers["commitment"].answers["outcomes"] == "no review waits 2 days\n1 new guest"
        await pilot.press("u")
        await until(pilot, lambda: stream(app).stage == "test")
        await pilot.press("escape")
        assert app.screen is screen


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["not yet", "keep", "change", "stop"]), ("ja", ["まだ", "継続", "変更", "停止"])],
)
async def test_a_verdict_that_waits_reads_unlike_one_that_keeps(
    demo: PitrackApp, language: str, words: list[str]
) -> None:
    i18n.setup(language)
    try:
        async with demo.run_test(size=(80, 24)) as pilot:
            await to_board(pilot)
            await pilot.press("enter")
            page = cast(LaunchScreen, demo.screen)
            await until(pilot, lambda: page.is_read)
            page.rows.move_to_key("test")
            await pilot.press("enter")
            entry = cast(Choice, cast(StepDialog, demo.screen).field("verdict").entry)
            assert [word for _code, word in entry.options] == words
    finally:
        i18n.setup("en")


async def test_a_stream_may_stay_where_it_is(fresh: PitrackApp) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        await pilot.press("enter")
        dialog = cast(StepDialog, fresh.screen)
        await typed(pilot, platform="Google")
        dialog.field("then").entry.choose("stay")  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(pilot, lambda: len(found(fresh).streams[0].history) == 2)
        assert stream(fresh).stage == "idea"
        await until(pilot, lambda: page.is_read and page.page and len(page.page.history) == 2)
        # Saving the same again changes nothing.
        page.rows.move_to_key("niche")
        await pilot.press("enter")
        dialog = cast(StepDialog, fresh.screen)
        dialog.field("then").entry.choose("stay")  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(pilot, lambda: fresh.screen is page)
        assert len(found(fresh).streams[0].history) == 2


async def test_a_change_goes_back_and_a_stop_asks_for_its_lesson(fresh: PitrackApp) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        page.rows.move_to_key("test")
        await answer(pilot, "test", clients="1", hours="5", until="+7")
        await until(pilot, lambda: page.page and page.page.test)
        await pilot.press("enter")
        dialog = cast(StepDialog, fresh.screen)
        assert not dialog.field("again").display
        dialog.field("verdict").entry.choose("change")  # type: ignore[union-attr]
        await pilot.pause()
        assert dialog.field("again").display
        dialog.field("again").entry.choose("niche")  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(pilot, lambda: stream(fresh).stage == "niche")
        await until(pilot, lambda: page.rows.highlighted_key == "niche")

        page.rows.move_to_key("test")
        await answer(pilot, "test", clients="2", hours="5", until="+7")
        await until(pilot, lambda: page.page and page.page.test)
        await pilot.press("enter")
        dialog = cast(StepDialog, fresh.screen)
        dialog.field("verdict").entry.choose("stop")  # type: ignore[union-attr]
        await pilot.press("enter")
        await pilot.pause()
        assert fresh.screen is dialog
        assert str(dialog.field("lesson").said.render()) == "Before it stops, write down what it taught."
        assert dialog.field("lesson").entry.has_focus
        await typed(pilot, lesson="nobody [i]asked")
        await pilot.press("enter")
        await until(pilot, lambda: stream(fresh).stage == "stopped")
        await pilot.press("escape")
        screen = cast(PlanScreen, fresh.screen)
        await until(pilot, lambda: "STOPPED" in shown(screen.launch_rows)[0])
        assert shown(screen.launch_rows)[:3] == ["STOPPED", "> Reviews", "nobody [i]asked"]
        assert lines(screen, "foot") == "Reviews: nobody [i]asked enter opens its page."


async def test_a_decision_is_taken_back_and_comes_again(fresh: PitrackApp) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        await answer(pilot, "offer", platform="Google")
        await until(pilot, lambda: page.page and len(page.page.history) == 2)
        await pilot.press("end", "up")
        await pilot.press("d")
        await until(pilot, lambda: len(found(fresh).streams[0].history) == 1)
        assert stream(fresh).stage == "offer"
        await pilot.press("u")
        await until(pilot, lambda: len(found(fresh).streams[0].history) == 2)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Clients 3; Hours 60; Money $400; Started Wed 2026-06-10", 60, None),
        ("Clients 3; Hours 60; Money $400; Started Wed 2026-06-10", 46, "Clients 3; Hours 60; Money $400.."),
        ("Clients 3; Hours 60; Money $400; Started Wed 2026-06-10", 33, "Clients 3; Hours 60; Money $400.."),
        ("Clients 3; Hours 60; Money $400; Started Wed 2026-06-10", 32, "Clients 3; Hours 60.."),
        ("keep; Both studios stayed for good", 24, "keep; Both studios.."),  # one short answer is too little
        ("Small studios lose bookings; 2", 20, "Small studios lose.."),
        ("写真素材; 動画の素材を売る", 12, "写真素材.."),
        ("anything; at all", 1, "a"),
    ],
)
def test_answers_are_cut_after_a_whole_one(text: str, width: int, expected: str | None) -> None:
    assert whole_answers(text, width) == (expected or text)


# Hints and wrong input


@pytest.mark.parametrize(
    ("stage", "fields", "where", "sentence"),
    [
        ("niche", {"task": "editing and mixing"}, "task", "“and”: is that more than one?"),
        ("niche", {"audience": "カフェや美容室"}, "audience", "“や”: is that more than one?"),
        ("commitment", {"outcomes1": "1000 followers"}, "outcomes", "followers: nobody pays for that."),
        ("commitment", {"outcomes": "いいねを増やす"}, "outcomes", "いいね: nobody pays for that."),
        ("offer", {"deliverable": "A report"}, "price", "A fixed price is easier to say yes to."),
        ("offer", {"deliverable": "A report", "price": "much"}, "price", "A fixed price"),
        ("test", {"clients": "4"}, "clients", "More than 3 clients are no small test."),
        ("test", {}, "hours", "A cap of hours or money keeps the risk small."),
        ("test", {}, "until", "Without an end day a test has no verdict."),
        ("test", {"until": "2026-12-01"}, "until", "Tue 2026-12-01"),
        ("test", {"hours": "many"}, "hours", "“many” is not an amount"),
    ],
)
async def test_hints_stand_under_their_fields_while_one_types(
    fresh: PitrackApp, stage: str, fields: dict[str, str], where: str, sentence: str
) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        page.rows.move_to_key(stage)
        await pilot.press("enter")
        await typed(pilot, **fields)
        assert sentence in str(cast(StepDialog, fresh.screen).field(where).said.render())


@pytest.mark.parametrize(
    ("stage", "fields", "wrong", "sentence"),
    [
        ("niche", {}, "platform", "Write down an answer"),
        ("niche", {"task": "x" * 20_001}, "platform", "longer than"),
        ("offer", {"deliverable": "x", "price": "much"}, "price", "is not an amount"),
        ("test", {"clients": "some"}, "clients", "type a whole number, 1 or more."),
        ("test", {"clients": "0"}, "clients", "type a whole number, 1 or more."),
        ("test", {"hours": "-3"}, "hours", "below zero"),
        ("test", {"hours": "0"}, "hours", "“0” is no cap. Type more than 0, or leave it empty for none."),
        ("test", {"money": "0"}, "money", "“0” is no cap."),
        ("test", {"until": "one day"}, "until", "is not a day"),
        ("test", {"until": "2026-11-01"}, "until", "It cannot end before it started."),
    ],
)
async def test_what_is_wrong_stands_under_its_field(
    fresh: PitrackApp, stage: str, fields: dict[str, str], wrong: str, sentence: str
) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        page.rows.move_to_key(stage)
        await pilot.press("enter")
        await typed(pilot, **fields)
        await pilot.press("enter")
        await pilot.pause()
        dialog = cast(StepDialog, fresh.screen)
        assert isinstance(dialog, StepDialog)
        assert sentence in str(dialog.field(wrong).said.render())
        assert len(found(fresh).streams[0].history) == 1


async def test_every_step_has_a_form_with_its_answers(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 40)) as pilot:
        page = await to_page(pilot)
        for stage, names in ANSWERS.items():
            page.rows.move_to_key(stage)
            await pilot.press("enter")
            await pilot.pause()
            dialog = cast(StepDialog, demo.screen)
            fields = [(field.id or "").removeprefix("field-") for field in dialog.query(Field)]
            assert {*names} - {"currency"} <= {*fields}
            await pilot.press("escape")
            await pilot.pause()
        page.rows.move_to_key("offer")
        await pilot.press("enter")
        await pilot.pause()
        assert demo.screen.query_one("#field-price Input", Input).value == "60 USD"


async def test_the_advice_of_a_playbook_stands_beside_a_step(demo: PitrackApp) -> None:
    said = "Teach it live to three people before you record it."
    async with demo.run_test(size=(120, 40)) as pilot:
        page = await to_page(pilot)
        assert said in lines(page, "detail").partition("PLAYBOOK ")[2]
        await pilot.press("enter")
        await pilot.pause()
        assert said in str(demo.screen.query_one("#advice", Static).render())


async def test_what_another_hand_wrote_is_shown_harmlessly(fresh: PitrackApp, empty_book: Book) -> None:
    one = next(iter(empty_book.snapshot().streams))
    answers = {"clients": "\x1b[31mmany", "hours": "?", "until": "soon", "verdict": "perhaps"}
    empty_book.apply(edits.add_step(empty_book.snapshot(), one, "test", answers, TODAY, to="test"))
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        assert "\\x1b[31mmany" in lines(page, "detail")
        assert "perhaps" in lines(page, "detail")
        await pilot.press("enter")
        await typed(pilot, clients="2", hours="3", until="+3")
        await pilot.press("enter")
        await until(pilot, lambda: len(found(fresh).streams[0].history) == 3)


async def test_a_stream_that_goes_away_closes_its_page(fresh: PitrackApp) -> None:
    async with fresh.run_test(size=(80, 24)) as pilot:
        page = await to_page(pilot)
        page.attempt(edits.delete_stream, fresh.snapshot, page.stream)
        await until(pilot, lambda: isinstance(fresh.screen, PlanScreen))


# Finished work, Japanese


async def test_finished_work_names_no_sum(demo: PitrackApp) -> None:
    async with demo.run_test(size=(120, 50)) as pilot:
        screen = await to_finished(pilot)
        seen = "\n".join(shown(screen.rows))
        assert "CYCLES: FROM THE IDEA TO A PAYMENT" in seen
        assert "Both studios stayed; 1 returned mail in 100" in seen
        assert "27 people" in seen
        assert "$" not in seen


async def test_a_script_without_capitals_shows_the_place_in_brackets(
    demo: PitrackApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.setup("ja")
    try:
        monkeypatch.setattr("pitrack.text.launch.step", lambda stage: {"test": "試行"}.get(stage, "段階"))
        async with demo.run_test(size=(80, 24)) as pilot:
            screen = await to_board(pilot)
            assert "[試行]" in shown(screen.launch_rows)[1]
            assert isinstance(screen.launch_rows, RowList)
    finally:
        i18n.setup("en")
