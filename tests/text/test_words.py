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
from pitrack.core.views.income.growth import Label
from pitrack.core.views.today import State
from pitrack.text import i18n, launch, merits, pauses, playbooks, recurring, words

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
    ],
)
def test_every_code_has_a_word_of_its_own(word: Callable[[str], str], codes: Any) -> None:
    assert len({word(code) for code in get_args(codes)}) == len(get_args(codes))
    assert word("from-a-newer\x1bversion") == "from-a-newer\\x1bversion"


def test_weekdays() -> None:
    assert [words.weekday(number) for number in range(1, 8)] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


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
    known = words.search_words(DAY)
    for code in get_args(model.Status):
        assert known[fold(words.status(code))] == code
    for code in get_args(model.EntryKind):
        assert known[fold(words.entry_kind(code))] == code
    assert known[fold(i18n._("no stream"))] == "no stream"
    assert known["未入金"] == "pending"
    assert (known["11月"], known["12月"]) == ("2026-11", "2025-12")


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


def test_a_unit_stands_behind_its_number_as_the_language_writes_it() -> None:
    assert [words.counted("30", unit) for unit in ("min", "photos", "字", "")] == ["30 min", "30 photos", "30 字", "30"]
    i18n.setup("ja")
    assert [words.counted("30", unit) for unit in ("min", "photos", "字", "")] == ["30分", "30 photos", "30字", "30"]
    assert words.target(Rule(DAY, "at_most", target=Decimal(20), unit="min")) == "20分以下"
    assert words.unit_name("min") == "分"


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("beat", get_args(model.Beat))
@pytest.mark.parametrize("interval", [1, 2, 3])
def test_a_form_says_how_often_money_recurs_as_it_is_read(language: str, beat: model.Beat, interval: int) -> None:
    i18n.setup(language)
    assert recurring.every(recurring.typeable(beat, interval)) == (beat, interval)


def test_what_recurs_once_a_period_has_its_own_word() -> None:
    i18n.setup("ja")
    assert [recurring.recurs(beat, 1) for beat in get_args(model.Beat)] == ["毎週", "毎月", "毎年"]
    assert recurring.recurs("month", 3) == "3か月ごと"


def test_the_caps_of_a_small_test_are_told_as_such() -> None:
    caps = {"clients": "3", "hours": "30"}
    assert playbooks.caps(caps) == ["clients: 3", "hours: 30"]
    assert launch.label("hours") == "Hours"
    i18n.setup("ja")
    assert playbooks.caps(caps) == ["顧客3人まで", "30時間まで"]
    assert [launch.label("hours"), launch.label("money")] == ["時間の上限", "費用の上限"]


def test_one_english_word_for_two_things_is_two_in_japanese() -> None:
    i18n.setup("ja")
    assert (pauses.state("running"), merits.state("running")) == ("休止中", "稼働中")
    assert words.thing("reading") == "値"
    assert [launch.verdict(code) for code in ("keep", "change", "stop")] == ["継続", "変更", "停止"]
    assert i18n._("change") == "変更"
    assert [i18n.pgettext(what, "change") for what in ("of an amount", "in per cent")] == ["前月差", "前月比"]
