"""The launch board: where streams stand, what a test has used, which cycles are complete."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.building import Step
from pitrack.core.model import Stage, Stream
from pitrack.core.views.launch import Launch, board, cycles, rounds, standing
from tests.core.books import JOB, book, day, entry, rate, time
from tests.core.memory import Memory

D = Decimal
NOV_22 = day("2026-11-22")


def stream(id_: str, stage: Stage, **more: Any) -> Stream:
    return Stream(id=id_, alias=id_, name=id_.title(), stage=stage, **more)


def step(on: str, stage: Stage, to: Stage | None = None, of: str = "news", **answers: str) -> Step:
    return Step(f"{on}|{stage}", of, day(on), stage, answers, to)


def launch(stage: Stage, steps: list[Step], entries: list[Any] | None = None, **more: Any) -> Launch:
    snapshot = book(entries or [], [stream("news", stage)], steps=tuple(steps), **more)
    found = board(snapshot, NOV_22)
    (one,) = (*found.streams, *found.apart)
    return one


NICHE = step("2026-10-02", "niche", "offer", platform="mail", audience="studios", task="lists")
OFFER = step("2026-10-03", "offer", "commitment", deliverable="a list")
COMMIT = step("2026-10-04", "commitment", "test", outcomes="no returned mail")


def test_streams_stand_in_order_of_their_stage_without_the_job() -> None:
    streams = [
        stream("a", "live"), stream("b", "idea"), stream("c", "stopped"), stream("d", "test", order=D(2)),
        stream("e", "test", order=D(1)), stream("f", "automated"), stream("g", "offer", archived=True), JOB,
    ]  # fmt: skip
    found = board(book(streams=streams), NOV_22)
    assert [one.stream.id for one in found.streams] == ["b", "e", "d", "a", "f"]
    assert [one.stream.id for one in found.apart] == ["g", "c"]
    assert found.find("c") is found.apart[1]
    assert found.find("job") is None


def test_the_newest_decision_of_a_step_stands_and_all_are_kept() -> None:
    again = step("2026-10-20", "offer", None, deliverable="two lists")
    later = step("2026-11-23", "offer", None, deliverable="tomorrow's")
    one = launch("commitment", [NICHE, OFFER, again, later])
    assert one.answers["offer"] == again
    assert one.history == (NICHE, OFFER, again)  # tomorrow's is not known yet


def test_what_is_asked_next() -> None:
    problem = step("2026-10-01", "idea", None, problem="lists are dirty")
    assert launch("idea", []).asked == "idea"
    assert launch("idea", [problem]).asked == "niche"
    assert launch("offer", [NICHE]).asked == "offer"
    assert launch("commitment", [NICHE, OFFER]).asked == "commitment"
    stays = step("2026-10-03", "offer", None, deliverable="a list")
    assert launch("offer", [NICHE, stays]).asked == "commitment"
    empty = step("2026-10-03", "offer", None)
    assert launch("offer", [NICHE, empty]).asked == "offer"
    assert launch("live", []).asked == "automated"
    assert launch("automated", []).asked is None
    assert launch("stopped", []).asked is None


def test_after_a_change_the_offer_is_asked_again() -> None:
    changed = step("2026-10-30", "test", "offer", verdict="change")
    one = launch("offer", [NICHE, OFFER, COMMIT, changed])
    assert one.asked == "offer"
    assert one.test is None
    renewed = step("2026-10-31", "offer", "commitment", deliverable="half a list")
    # The commitment stands since before, but the stream came to it anew.
    assert launch("commitment", [NICHE, OFFER, COMMIT, changed, renewed]).asked == "commitment"


def test_a_test_counts_what_was_used_since_its_start() -> None:
    plan = step(
        "2026-10-05", "test", started="2026-10-10", until="2026-12-01",
        clients="2", hours="10", money="100", currency="USD",
    )  # fmt: skip
    entries = [
        entry("2026-10-09", "50", kind="expense"),  # the day before the start
        entry("2026-10-10", "40", kind="expense", fee="2"),
        entry("2026-11-01", "9", kind="expense", currency="EUR"),  # at 1.1: 9.90
        entry("2026-11-02", "9", kind="expense", currency="GBP"),  # no rate
        entry("2026-11-03", "70", fee="7"),  # a sale, its fee is no risk taken
        entry("2026-11-04", "500", "photos", kind="expense"),
        entry("2026-11-05", "300", kind="expense", status="void"),
        entry("2026-11-23", "300", kind="expense"),  # tomorrow
    ]
    times = [time("2026-10-09", 600), time("2026-10-10", 90), time("2026-11-22", 135), time("2026-11-22", 60, None)]
    one = launch(
        "test", [NICHE, OFFER, COMMIT, plan], entries, times=times, rates=[rate("2026-01-01", "EUR", "USD", "1.1")]
    )
    test = one.test
    assert test is not None
    # 90 + 135 minutes; 40 + 2 + 9.90; November 22 to December 1.
    assert (test.hours.used, test.hours.limit, test.hours.is_over) == (D("3.75"), 10, False)
    assert (test.money.used, test.money.limit, test.money.is_over) == (D("51.9"), 100, False)
    assert (test.started, test.left, test.clients, test.missing) == (day("2026-10-10"), 9, 2, ("GBP",))
    assert one.asked == "test"
    assert not test.warns


def test_a_test_over_a_cap_or_past_its_end_warns() -> None:
    plan = {"hours": "1", "until": "2026-11-22"}
    spent = [time("2026-11-01", 61)]
    over = launch("test", [step("2026-10-05", "test", **plan)], times=spent).test
    assert over is not None
    assert over.hours.is_over
    assert over.warns
    assert over.left == 0
    assert (over.started, over.money.limit) == (day("2026-10-05"), None)
    exact = launch("test", [step("2026-10-05", "test", **plan)], times=[time("2026-11-01", 60)]).test
    assert exact is not None
    assert not exact.warns
    late = launch("test", [step("2026-10-05", "test", until="2026-11-21")]).test
    assert late is not None
    assert late.left == -1
    assert late.warns


def test_what_another_hand_wrote_into_a_test_breaks_nothing() -> None:
    odd = launch("test", [step("2026-10-05", "test", until="soon", hours="many", started="-", clients="x")]).test
    assert odd is not None
    assert (odd.until, odd.left, odd.hours.limit, odd.clients) == (None, None, None, None)
    assert odd.started == day("2026-10-05")


def test_a_round_ends_with_its_first_verdict() -> None:
    steps = [
        step("2026-01-01", "test", clients="1"),
        step("2026-01-20", "test", started="2026-01-03", results="one stayed"),
        step("2026-02-01", "test", "offer", verdict="change"),
        step("2026-03-01", "test", clients="2"),
    ]
    assert [(one.started, one.last.day, one.verdict) for one in rounds(steps)] == [
        (day("2026-01-03"), day("2026-02-01"), "change"),
        (day("2026-03-01"), day("2026-03-01"), None),
    ]
    assert standing(launch("test", steps), "test") == {"clients": "2"}
    assert standing(launch("test", steps[:3]), "test") == {}  # the next round begins clean


def test_a_cycle_is_complete_with_the_first_income_that_has_come() -> None:
    entries = [
        entry("2026-03-01", "10", status="pending"),
        entry("2026-03-02", "10", status="void"),
        entry("2026-03-03", "0"),
        entry("2026-03-04", "10", kind="refund"),
        entry("2026-03-05", "10"),
        entry("2026-03-06", "10"),
        entry("2026-11-23", "10", "photos"),
    ]
    assert [(one.day, one.kind) for one in launch("live", [], entries).cycles] == [(day("2026-03-05"), "first")]
    assert launch("live", [], entries[:4]).cycles == ()


def test_a_later_round_with_income_is_another_cycle() -> None:
    steps = [
        # Its first income falls into the first round: one cycle, not two.
        step("2026-01-01", "test", started="2026-01-01"),
        step("2026-02-01", "test", "offer", started="2026-01-01", verdict="change"),
        # A round that started later, with income on the day of its verdict.
        step("2026-03-01", "test", started="2026-03-01"),
        step("2026-04-01", "test", "offer", started="2026-03-01", verdict="change"),
        # A round without income.
        step("2026-05-01", "test", "live", started="2026-04-20", verdict="keep"),
        # A round with income, but still running.
        step("2026-06-01", "test", started="2026-06-01"),
    ]
    entries = [entry(on, "10") for on in ("2026-01-15", "2026-04-01", "2026-06-02")]
    found = launch("test", steps, entries).cycles
    assert [(one.day, one.kind) for one in found] == [(day("2026-01-15"), "first"), (day("2026-04-01"), "round")]


VERDICTS = st.sampled_from([None, "keep", "change", "stop"])
DAYS = st.dates(day("2026-01-01"), day("2026-12-31"))


@given(st.lists(st.tuples(DAYS, VERDICTS), max_size=8), st.lists(DAYS, max_size=8), st.randoms())
def test_more_income_never_takes_a_cycle_away_but_from_its_first_day_on(tests, paid, random) -> None:
    """Cycles come with the first income; income after it adds rounds and takes none."""
    steps = [
        Step(str(n), "news", on, "test", {"verdict": verdict} if verdict else {})
        for n, (on, verdict) in enumerate(sorted(tests, key=lambda one: one[0]))
    ]
    days = sorted(paid)
    found = cycles("news", steps, days)
    assert bool(found) == bool(days)
    assert len(found) <= 1 + sum(1 for one in tests if one[1])
    if days:
        more = sorted([*days, *(random.choice(days) for _ in range(3)), day("2026-12-31")])
        assert {*found} <= {*cycles("news", steps, more)}


def test_a_book_without_streams_has_an_empty_board() -> None:
    assert board(Memory(), NOV_22).streams == ()
