from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pitrack.core.days import Month
from pitrack.core.model import Rule, Schedule, Settings
from pitrack.store.document import Document
from pitrack.store.format import canonical
from pitrack.store.snapshot import BookSnapshot
from tests.store.books import DAY, stamp

T = stamp(1)
BOOK = {"store": "s1", "format": 1, "t": T}


def snapshot(**tables: dict[str, dict[str, Any]]) -> BookSnapshot:
    stamped = {
        table: {record: {"t": T, **fields} for record, fields in records.items()} for table, records in tables.items()
    }
    return BookSnapshot(Document(canonical({"_book": {"book": BOOK}, **stamped})))


RULE = {"kind": "yes_no", "schedule": {"every": "day"}}


def test_settings_fall_back_field_by_field() -> None:
    book = {**BOOK, "zone": "Asia/Tokyo", "day_start": 99, "week_start": True, "currency": 7}
    snap = BookSnapshot(Document(canonical({"_book": {"book": book}})))
    assert snap.settings == Settings("s1", zone="Asia/Tokyo")


def test_a_habit_with_its_rules_in_order() -> None:
    snap = snapshot(
        habits={"h": {"name": "書く", "alias": "write", "order": "2", "absent": "success"}},
        rules={
            "h|2026-03-01": {
                "rule": {"kind": "at_least", "target": "2.5", "unit": "km", "schedule": {"every": "week", "times": 3}}
            },
            "h|2026-01-01": {"rule": {"kind": "yes_no", "schedule": {"every": "weekdays", "days": [1, 5]}}},
        },
    )
    habit = snap.habits["h"]
    assert (habit.name, habit.absent_is_success, habit.order) == ("書く", True, 2)
    assert habit.rules == (
        Rule(dt.date(2026, 1, 1), schedule=Schedule("weekdays", days=frozenset({1, 5}))),
        Rule(dt.date(2026, 3, 1), "at_least", Schedule("week", 3), Decimal("2.5"), "km"),
    )


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "yes_no", "schedule": {"every": "window", "times": 2, "within": 367}},
        {"kind": "yes_no", "schedule": {"every": "interval", "within": 2**53}},
        {"kind": "yes_no", "schedule": {"every": "fortnight"}},
        {"kind": "yes_no", "schedule": {"every": "weekdays", "days": [8]}},
        {"kind": "yes_no", "schedule": {"every": "weekdays"}},
        {"kind": "yes_no", "schedule": {"every": "week", "times": 0}},
        {"kind": "yes_no", "schedule": {"every": "week", "times": True}},
        {"kind": "at_least", "schedule": {"every": "day"}},
        {"kind": "at_least", "target": "-1", "schedule": {"every": "day"}},
        {"kind": "at_least", "target": "NaN", "schedule": {"every": "day"}},
        {"kind": "sometimes", "schedule": {"every": "day"}},
        "daily",
        None,
    ],
)
def test_a_rule_that_does_not_validate_is_not_shown_and_harms_no_other(rule: object) -> None:
    habits = {"h": {"name": "A"}, "ok": {"name": "B"}}
    snap = snapshot(habits=habits, rules={"h|2026-01-01": {"rule": rule}, "ok|2026-01-01": {"rule": RULE}})
    assert list(snap.habits) == ["ok"]


def test_a_days_amount_is_what_was_typed_and_all_living_additions() -> None:
    snap = snapshot(
        checkins={
            "h|2026-11-20": {"mark": "5", "note": "n"},
            "h|2026-11-21": {"mark": "yes"},
            "h|2026-11-22": {"mark": None, "note": None},
            "h|someday": {"mark": "yes"},
            "h|2026-11-19": {"mark": "perhaps"},
            "hh|2026-11-20": {"mark": "no"},
        },
        amounts={
            "h|2026-11-20|01A": {"amount": "2.5"},
            "h|2026-11-20|01B": {"amount": "1"},
            "h|2026-11-20|01C": {"amount": "100", "del": stamp(2)},
            "h|2026-11-21|01D": {"amount": "3"},
            "h|2026-11-18|01E": {"amount": "4"},
            "h|2026-11-17|01F": {"amount": "many"},
        },
    )
    history = snap.history("h")
    day = DAY.toordinal()
    assert history.marks == {day - 2: Decimal("8.5"), day - 1: Decimal(3), day - 4: Decimal(4)}
    assert history.notes == {day - 2: "n"}
    assert snap.additions("h", dt.date(2026, 11, 20)) == ("h|2026-11-20|01A", "h|2026-11-20|01B")


def test_additions_are_summed_exactly_however_many_digits_they_have() -> None:
    snap = snapshot(
        checkins={"h|2026-11-20": {"mark": "123456789012345678901234567890"}},
        amounts={"h|2026-11-20|01A": {"amount": "0.0000000001"}, "h|2026-11-21|01A": {"amount": "1" * 30}},
    )
    assert snap.history("h").marks == {
        dt.date(2026, 11, 20).toordinal(): Decimal("123456789012345678901234567890.0000000001"),
        dt.date(2026, 11, 21).toordinal(): Decimal("1" * 30),
    }
    assert snap.history("nobody").marks == {}


def test_a_deleted_record_is_gone_until_a_later_edit() -> None:
    stream = {"name": "News"}
    gone, back = {**stream, "del": stamp(2)}, {**stream, "del": stamp(2), "ft": {"name": stamp(3)}}
    assert list(snapshot(streams={"s": {**gone}, "x": {"name": "X", "note": "n"}}).streams) == ["x"]
    back["note"] = "n"
    assert snapshot(streams={"s": back}).streams["s"].name == "News"


def test_an_entry_whole() -> None:
    snap = snapshot(
        entries={
            "e": {
                "kind": "income",
                "day": "2026-10-31",
                "paid": "2026-11-05",
                "stream": "s",
                "money": {"gross": "120.50", "fee": "3.5", "withheld": "10.21", "currency": "USD"},
                "status": "pending",
                "received": "17000",
                "units": "3",
                "note": "sponsor",
                "tag@q4": True,
                "tag@old": False,
                "asset": "a",
                "source_id": "stripe:1",
            }
        }
    )
    (entry,) = snap.entries
    assert (entry.gross, entry.fee, entry.net, entry.withheld) == tuple(
        map(Decimal, ("120.50", "3.5", "117.00", "10.21"))
    )
    assert (entry.day, entry.paid) == (dt.date(2026, 10, 31), dt.date(2026, 11, 5))
    assert (entry.tags, entry.status, entry.units, entry.received) == (("q4",), "pending", 3, 17000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"money": {"gross": 5, "currency": "USD"}},
        {"money": {"gross": "-5", "currency": "USD"}},
        {"money": {"gross": "9" * 41, "currency": "USD"}},
        {"money": "5 USD"},
        {"kind": "gift"},
        {"day": "2026-13-01"},
        {"day": 20261122},
        {"stream": ["s"]},
        {"units": "Infinity"},
        {"units": "1e9999999"},
        {"units": "1e-9999999"},
    ],
)
def test_an_entry_that_does_not_validate_is_not_shown(wrong: dict[str, Any]) -> None:
    good = {"kind": "income", "day": "2026-11-22", "money": {"gross": "5", "currency": "USD"}}
    assert [entry.id for entry in snapshot(entries={"a": good, "b": {**good, **wrong}}).entries] == ["a"]


def test_other_records() -> None:
    snap = snapshot(
        times={"t": {"day": "2026-11-22", "minutes": 90, "kind": "market"}, "u": {"day": "2026-11-22", "minutes": 1.5}},
        goals={"g": {"name": "Camera", "motive": "save", "target": {"amount": "900", "currency": "USD"}}},
        ideas={"i": {"text": "領収書の整理", "day": "2026-11-01"}},
        rates={
            "2026-11-03|USD|JPY": {"rate": "155.2"},
            "2026-11-03|USD": {"rate": "1"},
            "2026-11-03|A|B": {"rate": "0"},
        },
        reviews={
            "month|2026-09": {"closed": "2026-10-05"},
            "month|2026-10": {"closed": None},
            "month|x": {"closed": "y"},
            "week|2026-40": {"closed": "2026-10-05"},
        },
        pauses={"p": {"from": "2026-08-01", "to": "2026-08-10"}, "q": {"habit": "h", "from": "2026-11-01", "to": None}},
    )
    assert [(time.minutes, time.kind) for time in snap.times] == [(90, "market")]
    assert snap.goals["g"].amount == 900
    assert snap.ideas["i"].state == "open"
    assert [(rate.base, rate.quote, rate.rate) for rate in snap.rates] == [("USD", "JPY", Decimal("155.2"))]
    assert snap.closed_months == {Month(2026, 9)}
    august = (dt.date(2026, 8, 1).toordinal(), dt.date(2026, 8, 11).toordinal())
    assert snap.history("other").paused == (august,)
    assert snap.history("h").paused == (august, (dt.date(2026, 11, 1).toordinal(), dt.date.max.toordinal()))
