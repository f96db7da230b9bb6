"""Codes have words, and plain numbers need no locale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core import model
from pitrack.core.model import Rule, Schedule
from pitrack.core.search import fold
from pitrack.core.views.growth import Label
from pitrack.core.views.today import State
from pitrack.text import i18n, words

DAY = dt.date(2026, 11, 22)


def on(*days: int) -> Schedule:
    return Schedule("weekdays", days=frozenset(days))


@pytest.mark.parametrize(
    ("value", "week_start", "expected"),
    [
        (Schedule(), 1, "every day"),
        (on(1, 3, 5), 1, "Mon, Wed, Fri"),
        (on(1, 7), 1, "Mon, Sun"),
        (on(1, 7), 7, "Sun, Mon"),
        (on(1, 2, 3, 4, 5), 1, "weekdays"),
        (on(6, 7), 1, "weekends"),
        (Schedule("week", 1), 1, "once a week"),
        (Schedule("week", 3), 1, "3 times a week"),
        (Schedule("month", 1), 1, "once a month"),
        (Schedule("month", 2), 1, "2 times a month"),
    ],
)
def test_schedules(value: Schedule, week_start: int, expected: str) -> None:
    assert words.schedule(value, week_start) == expected


@pytest.mark.parametrize(
    ("kind", "target", "unit", "expected"),
    [
        ("yes_no", None, "", ""),
        ("at_least", "500", "words", "at least 500 words"),
        ("at_least", "2.50", "", "at least 2.5"),
        ("at_most", "20", "min", "at most 20 min"),
        ("at_most", "0", "", "at most 0"),
        ("at_least", "5", "\x1b[m", "at least 5 \\x1b[m"),
    ],
)
def test_targets(kind: model.HabitKind, target: str | None, unit: str, expected: str) -> None:
    rule = Rule(DAY, kind, Schedule(), None if target is None else Decimal(target), unit)
    assert words.target(rule) == expected


@pytest.mark.parametrize(
    ("count", "name", "expected"),
    [
        (1, "day", "1 day"),
        (31, "day", "31 days"),
        (1, "week", "1 week"),
        (4, "month", "4 months"),
        (1200, "day", "1,200 days"),
    ],
)
def test_units(count: int, name: Literal["day", "week", "month"], expected: str) -> None:
    assert words.unit(count, name) == expected


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        (words.state, State),
        (words.stage, model.Stage),
        (words.role, model.Role),
        (words.entry_kind, model.EntryKind),
        (words.status, model.Status),
        (words.time_kind, model.TimeKind),
        (words.motive, model.Motive),
        (words.idea_state, model.IdeaState),
    ],
)
def test_every_code_has_a_word_of_its_own(word: Callable[[str], str], codes: Any) -> None:
    assert len({word(code) for code in get_args(codes)}) == len(get_args(codes))
    assert word("from-a-newer\x1bversion") == "from-a-newer\\x1bversion"


def test_weekdays() -> None:
    assert [words.weekday(number) for number in range(1, 8)] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert "".join(words.weekday_letter(number) for number in range(1, 8)) == "MTWTFSS"


@pytest.mark.parametrize(
    ("label", "ratio", "expected"),
    [
        ("percent", 0.12, "+12.0%"),
        ("percent", -0.5, "-50.0%"),
        ("percent", -0.0001, "0.0%"),
        ("percent", 12.5, "+1,250.0%"),
        ("new", None, "new"),
        ("none", None, "-"),
        ("n/m", None, "n/m"),
        ("first", None, "first"),
        ("open", None, "not over yet"),
    ],
)
def test_growth_labels(label: Label, ratio: float | None, expected: str) -> None:
    assert words.growth(label, ratio) == expected


@pytest.mark.parametrize(
    ("word", "subject", "expected"),
    [
        ("done", "Write 500 words", "checked off Write 500 words"),
        ("earn", "Newsletter", "booked income (Newsletter)"),
        ("earn", "", "booked income (no stream)"),
        ("entry.delete", "", "deleted an entry (no stream)"),
        ("entries.edit", "3", "changed 3 entries"),
        ("entries.edit", "1", "changed 1 entry"),
        ("entries.delete", "1200", "deleted 1,200 entries"),
        ("entries.copy", "2", "booked 2 entries once more"),
        ("entries.from-a-newer-version", "2", "changed 2 entries"),
        ("entries.delete", "from a newer version", "deleted from a newer version"),
        ("habit.add", "Read", "added Read"),
        ("idea.add", "Shop windows", "wrote down the idea “Shop windows”"),
        ("step", "Course", "a decision on Course"),
        ("stream.archive", "Shop", "archived Shop"),
        ("close", "2026-10", "closed 2026-10"),
        ("settings", "", "changed the settings"),
        ("goal.from-a-newer-version", "Camera", "changed Camera"),
        ("done", "\x1b[2J", "checked off \\x1b[2J"),
        ("done", "{word}", "checked off {word}"),
    ],
)
def test_changes(word: str, subject: str, expected: str) -> None:
    assert words.change(word, subject) == expected
    assert words.undone(word, subject) == f"Undid: {expected}."
    assert words.redone(word, subject) == f"Did again: {expected}."


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_search_understands_the_words_that_the_lists_show(language: str) -> None:
    i18n.setup(language)
    known = words.search_words()
    for code in get_args(model.Status):
        assert known[fold(words.status(code))] == code
    for code in get_args(model.EntryKind):
        assert known[fold(words.entry_kind(code))] == code
    assert known[fold(i18n._("no stream"))] == "no stream"


def test_a_change_may_name_its_day() -> None:
    assert words.undone("done", "Read", DAY) == "Undid: checked off Read, Sun 2026-11-22."


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("120.5", "USD", "120.50 USD"),
        ("1200", "JPY", "1,200 JPY"),
        ("1200.5", "JPY", "1,200 JPY"),
        ("1.2345", "BHD", "1.234 BHD"),
        ("-5", "EUR", "-5.00 EUR"),
        ("-0.001", "USD", "0.00 USD"),
        ("1E+3", "USD", "1,000.00 USD"),
        ("123456789012345678901234567890", "USD", "123,456,789,012,345,678,901,234,567,890.00 USD"),
    ],
)
def test_plain_amounts(amount: str, currency: str, expected: str) -> None:
    assert words.plain_amount(Decimal(amount), currency) == expected


def test_what_no_rate_converts_is_harmless_and_hidden_where_amounts_are() -> None:
    assert words.unconverted(Decimal(5), "\x1b[31m", hidden=False) == r"5.00 \x1b[31m"
    assert words.unconverted(Decimal(5), "\x1b[31m", hidden=True) == r"*** \x1b[31m"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("2.50", "2.5"), ("1200", "1,200"), ("1E+2", "100"), ("0.00", "0"), ("100", "100"), ("-1.0", "-1")],
)
def test_plain_numbers(number: str, expected: str) -> None:
    assert words.plain_number(Decimal(number)) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_plain_numbers_keep_their_value(number: Decimal) -> None:
    assert Decimal(words.plain_number(number).replace(",", "")) == number


@pytest.mark.parametrize(("count", "expected"), [(0, "0 min"), (45, "45 min"), (120, "2 h"), (90, "1 h 30 min")])
def test_minutes(count: int, expected: str) -> None:
    assert words.minutes(count) == expected
