"""The words of the five merits: figures, changes, and why there is none, for every code that there is."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from pitrack.core.automation import State
from pitrack.core.merits import MERITS, MeritId
from pitrack.core.views.merits.shapes import Change, Measure, Merit, Reason
from pitrack.text import merits as told

D = Decimal


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        ("hours", "2", "2.0 h"),
        ("hours", "-0.04", "0.0 h"),
        ("hours", "1234.56", "1,234.6 h"),
        ("share", "0.1", "10.0%"),
        ("share", "0", "0.0%"),
        ("share", "1", "100.0%"),
        ("share", "12.3456", "1,234.6%"),
        ("units an hour", "17.77", "17.8"),
        ("units an hour", "9" * 30, f"{int('9' * 30):,}.0"),
    ],
)
def test_figures(measure: Measure, value: str, text: str) -> None:
    assert told.figure(measure, D(value)) == text
    assert told.figure(measure, None) == "-"


def merit(id_: MeritId, measure: Measure, before: str, now: str) -> Merit:
    delta = D(now) - D(before)
    change = Change(
        D(before), D(now), delta, float(delta / D(before)) if D(before) else None, "percent" if D(before) else "new"
    )
    return Merit(id_, measure, D(now), "", (), change)


@pytest.mark.parametrize(
    ("one", "text", "direction"),
    [
        (merit("efficiency", "hours", "1.5", "2"), "+0.5 h", 1),
        (merit("efficiency", "hours", "2", "1.5"), "-0.5 h", -1),
        (merit("cost", "share", "0.15", "0.10"), "-5.0 points", 1),
        (merit("core-focus", "share", "0.9", "0.9"), "0.0 points", 0),
        (merit("scalability", "units an hour", "2", "3"), "+50.0%", 1),
        (merit("scalability", "units an hour", "0", "3"), "new", 1),
        (Merit("cost", "share", None, "no income", (), None), "-", 0),
    ],
)
def test_changes(one: Merit, text: str, direction: int) -> None:
    assert (told.change(one), told.direction(one)) == (text, direction)


@pytest.mark.parametrize(
    ("measure", "value", "less", "text"),
    [
        ("hours", "3", "1", "3.0 h - 1.0 h = 2.0 h"),
        ("hours", "1.7", "-0.1", "1.7 h + 0.1 h = 1.8 h"),
        ("hours", "1.7", "-0.04", "1.7 h - 0.0 h = 1.7 h"),
        ("hours", "2.333333333", "1.466666667", "2 h 20 min - 1 h 28 min = 52 min"),
        ("hours", "1.466666667", "2.333333333", "1 h 28 min - 2 h 20 min = -52 min"),
        ("hours", "2.34", "1.46", "2.34 h - 1.46 h = 0.88 h"),
        ("hours", "2.138888889", "1.577777778", "2.14 h - 1.58 h = 0.56 h"),
        ("hours", "0.055555556", "0.311111111", "0.1 h - 0.3 h ~ -0.3 h"),
        ("hours", "1", "2.5", "1.0 h - 2.5 h = -1.5 h"),
        ("share", "0.10", "0.15", "10.0% - 15.0% = -5.0 points"),
        ("share", "0.1004", "0.1507", "10.04% - 15.07% = -5.03 points"),
        ("units an hour", "17.846", "12.094", "17.846 - 12.094 = 5.752"),
        ("units an hour", "3", "-1", "3.0 + 1.0 = 4.0"),
    ],
)
def test_a_difference_adds_up_as_it_is_shown(measure: Measure, value: str, less: str, text: str) -> None:
    assert told.difference(measure, D(value), D(less)) == text


def test_every_code_has_its_words() -> None:
    for id_ in MERITS:
        assert told.name(id_)
        assert told.claim(id_)
    assert all(told.reason(code) for code in get_args(Reason) if code)
    assert all(told.state(code) for code in get_args(State))


@pytest.mark.parametrize(
    ("parts", "places"), [(("0.86", "0.87"), 2), (("0.90", "0.80"), 1), (("1.25",), 1), ((), 1), (("-0.36", "0.36"), 1)]
)
def test_hours_of_a_sum_are_shown_so_that_they_add_up(parts: tuple[str, ...], places: int) -> None:
    assert told.places_of([Decimal(part) for part in parts]) == places


def test_what_is_a_mean_of_three_months_says_so() -> None:
    assert told.months_of("efficiency", "October 2026") == "3-month mean to October 2026"
    assert told.months_of("cost", "October 2026") == "October 2026"
    assert told.claim("efficiency") == "hours saved, 3-month mean"
    assert told.claim_of_month("efficiency") == "routine hours saved a month"
