"""When money that recurs is due, exactly; what waits, what books itself, and what is coming."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice, pairwise, takewhile
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Beat, Template
from pitrack.core.recurring import due_days, next_due, period
from pitrack.core.views.recurring import coming, posting_themselves, proposals
from tests.core.memory import Memory, by_id

TODAY = dt.date(2026, 11, 22)


def template(since: str, every: Beat = "month", interval: int = 1, **more: Any) -> Template:
    return Template(
        "t", "t", "Rent", "expense", Decimal(800), "USD", dt.date.fromisoformat(since), every, interval
    )._replace(**more)


def days(one: Template, count: int = 6) -> list[str]:
    return [str(day) for day in islice(due_days(one), count)]


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (template("2026-11-05"), "2026-11-05 2026-12-05 2027-01-05"),
        (template("2026-12-31"), "2026-12-31 2027-01-31 2027-02-28 2027-03-31 2027-04-30"),
        (template("2028-01-30"), "2028-01-30 2028-02-29 2028-03-30"),
        (template("2026-11-30", interval=3), "2026-11-30 2027-02-28 2027-05-30 2027-08-30"),
        (template("2026-12-29", "week"), "2026-12-29 2027-01-05 2027-01-12"),
        (template("2026-11-20", "week", 2), "2026-11-20 2026-12-04 2026-12-18"),
        (template("2028-02-29", "year"), "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
        (template("2026-03-01", "year", 2), "2026-03-01 2028-03-01 2030-03-01"),
    ],
    ids=str,
)
def test_due_days(one: Template, due: str) -> None:
    assert days(one, len(due.split())) == due.split()


def test_the_last_day_may_be_due_itself() -> None:
    assert days(template("2026-10-31", until=dt.date(2026, 12, 31))) == ["2026-10-31", "2026-11-30", "2026-12-31"]
    assert days(template("2026-10-31", until=dt.date(2026, 12, 30))) == ["2026-10-31", "2026-11-30"]


@pytest.mark.parametrize("every", get_args(Beat))
def test_the_days_end_with_the_calendar(every: Beat) -> None:
    assert list(due_days(template("9998-12-31", every)))[-1] >= dt.date(9998, 12, 31)


@pytest.mark.parametrize(
    ("every", "day", "name"),
    [
        ("month", "2026-11-30", "2026-11"),
        ("week", "2026-11-20", "2026-W47"),
        ("week", "2027-01-03", "2026-W53"),
        ("week", "2024-12-30", "2025-W01"),
        ("year", "2026-11-30", "2026"),
    ],
)
def test_periods(every: Beat, day: str, name: str) -> None:
    assert period(every, dt.date.fromisoformat(day)) == name


def test_next_is_later_than_the_day() -> None:
    one = template("2026-10-22", until=dt.date(2026, 12, 31))
    assert next_due(one, dt.date(2026, 10, 21)) == dt.date(2026, 10, 22)
    assert next_due(one, TODAY) == dt.date(2026, 12, 22)
    assert next_due(one, dt.date(2026, 12, 22)) is None


templates = st.builds(
    lambda since, every, interval, until: template(str(since), every, interval, until=until),
    st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)),
    st.sampled_from(get_args(Beat)),
    st.integers(1, 5),
    st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)),
)


@given(templates)
def test_each_period_is_due_once_and_in_order(one: Template) -> None:
    due = list(takewhile(lambda day: day <= TODAY, due_days(one)))
    assert all(before < after for before, after in pairwise(due))
    assert len({period(one.every, day) for day in due}) == len(due)
    assert all(one.since <= day and (one.until is None or day <= one.until) for day in due)
    if one.every != "week":
        assert all(day.day == one.since.day or (day + dt.timedelta(days=1)).day == 1 for day in due)


@given(templates, st.data())
def test_what_was_answered_is_never_proposed(one: Template, data: st.DataObject) -> None:
    every = proposals(Memory(templates=by_id(one)), TODAY)
    names = [each.period for each in every]
    answered = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    moved = one._replace(since=one.since + dt.timedelta(days=data.draw(st.integers(0, 40))))
    for now in (one, moved):
        book = Memory(templates=by_id(now), posted={"t": dict.fromkeys(answered, True)})
        left = [each.period for each in proposals(book, TODAY)]
        assert len(set(left)) == len(left)
        assert not {*left} & {*answered}
        if now is one:
            assert {*left} | {*answered} == {*names}


def test_proposals_are_due_living_and_oldest_first() -> None:
    rent, host = template("2026-09-30"), template("2026-10-01", id="h", name="Host", auto=True)
    gone = template("2026-01-01", id="g", archived=True)
    book = Memory(templates=by_id(rent, host, gone), posted={"h": {"2026-10": False}})
    assert [(each.id, str(each.day)) for each in proposals(book, TODAY)] == [
        ("t|2026-09", "2026-09-30"),
        ("h|2026-10", "2026-10-01"),
        ("t|2026-10", "2026-10-30"),
        ("h|2026-11", "2026-11-01"),
    ]
    # What a person took back waits for a person.
    assert [each.id for each in posting_themselves(book, TODAY)] == ["h|2026-11"]
    assert [(each.template.id, each.day) for each in coming(book, TODAY)] == [
        ("t", dt.date(2026, 11, 30)),
        ("h", dt.date(2026, 12, 1)),
        ("g", None),
    ]


def test_the_proposed_entry() -> None:
    one = template("2026-11-05", stream="s", fee=Decimal(1), tags=("home",))
    (found,) = proposals(Memory(templates=by_id(one)), TODAY)
    entry = found.entry
    assert (entry.id, entry.day, entry.kind, entry.gross, entry.fee) == (
        "t|2026-11",
        dt.date(2026, 11, 5),
        "expense",
        Decimal(800),
        Decimal(1),
    )
    assert (entry.note, entry.tags, entry.stream, entry.status) == ("Rent", ("home",), "s", "cleared")
