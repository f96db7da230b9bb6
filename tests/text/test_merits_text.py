"""The words of the five merits: figures, changes, and why there is none, for every code that there is."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from pitrack.core.automation import State
from pitrack.core.merits import MERITS, MeritId
from pitrack.core.views.merits_shapes import Change, Measure, Merit, Reason
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


def test_every_code_has_its_words() -> None:
    for id_ in MERITS:
        assert told.name(id_)
        assert told.claim(id_)
    assert all(told.reason(code) for code in get_args(Reason) if code)
    assert all(told.state(code) for code in get_args(State))
