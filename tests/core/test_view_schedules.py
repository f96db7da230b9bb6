"""The heat map and the strip of every kind of schedule agree with how its days are judged."""

import datetime as dt

import pytest
from hypothesis import given

from pitrack.core.model import Habit, History, Schedule
from pitrack.core.streaks import answer_of, timeline
from pitrack.core.views.habits import heat
from pitrack.core.views.today import Cell, strip
from tests.core.habits import after, d, every, habit, marks, on, rule, window
from tests.core.memory import Memory, by_id, history
from tests.core.oracle import DAILY_KINDS, ONE, Oracle
from tests.core.test_streak_laws import DAYS, HABITS, histories

CELLS: dict[str, Cell] = {"y": "yes", "n": "no", "s": "skip", "_": "absent", "p": "part", ".": "rest", "b": "before"}


def heat_of(of: Habit, past: History, day: dt.date, days: int) -> str:
    """One letter a day: done, asked for and not done, or neither."""
    shown = heat(Memory(habits=by_id(of), histories={of.id: past}), day, days)
    return "".join({(1, 1): "+", (0, 1): "-", (0, 0): "."}[one.done, one.asked] for one in shown)


@pytest.mark.parametrize(
    ("schedule", "letters", "asked", "cells"),
    [
        # Two in any three days: asked until the two days before hold two.
        (window(2, 3), "yy_y_ __yny", "++.+- --+-+", "yy.y. ..yny"),
        (window(2, 3), "yysss y___", "++... +.--", "yysss y.._"),
        (window(3, 3), "yyyyy yy", "+++++ ++", "yyyyy yy"),
        # Every third day from the first on: the 16th, 19th, 22nd, 25th.
        (every(3), "y__y__ ___y", "+..+.. -..+", "y..y.. _..y"),
        (every(3), "yy_s_y n__", "++...+ -..", "yy.s.y n.."),
        # Three days after the last time: asked again from the third day after it on, until it is done.
        (after(3), "y____y __y", "+..--+ ..+", "y....y ..y"),
        (after(3), "__y_y_ s__", "--+.+. ..-", "..y.y. s._"),
    ],
)
def test_what_was_asked_and_what_was_done(schedule: Schedule, letters: str, asked: str, cells: str) -> None:
    of, letters = habit(rule("2026-11-16", schedule)), letters.replace(" ", "")
    past, day = history(marks("2026-11-16", letters)), d("2026-11-15") + len(letters) * ONE
    assert heat_of(of, past, day, len(letters) + 1) == "." + asked.replace(" ", "")
    shown = [CELLS[cell] for cell in cells.replace(" ", "")]
    assert strip(of, past, day, 1) == (*["before"] * (14 - len(letters)), *shown)


def test_a_paused_day_asks_nothing_and_what_was_done_on_it_counts() -> None:
    pause = (d("2026-11-18"), d("2026-11-21"))
    past = history(marks("2026-11-16", "y__y_ _"), pause)
    for schedule, asked in ((window(1, 2), "+..+. -"), (every(2), "+..+. ."), (after(2), "+..+. -")):
        of = habit(rule("2026-11-16", schedule))
        assert heat_of(of, past, d("2026-11-21"), 6) == asked.replace(" ", "")


def test_a_day_that_was_not_asked_for_counts_when_done() -> None:
    of = habit(rule("2026-11-16", every(3)))
    assert heat_of(of, history(marks("2026-11-16", "yy")), d("2026-11-19"), 4) == "++.-"
    weekends = habit(rule("2026-11-16", on(6, 7)))
    assert heat_of(weekends, history(marks("2026-11-16", "_y___y")), d("2026-11-22"), 7) == ".+...+-"


@given(HABITS, histories(), DAYS)
def test_heat_asks_what_each_day_asked_and_counts_what_it_met(of: Habit, past: History, day: dt.date) -> None:
    shown = {one.day: (one.done, one.asked) for one in heat(Memory(habits=by_id(of), histories={of.id: past}), day, 40)}
    for each, found in shown.items():
        told = Oracle(of, past, each)
        if each < told.start:
            assert found == (0, 0)
            continue
        judging = told.open_part().rule
        mark = past.marks.get(each.toordinal())
        is_done = told.is_done(judging, each)
        if mark is None:
            is_done = is_done and not told.is_exempt(each) and told.falls(judging, each)
        assert found == (int(is_done), int(is_done or told.due))


@given(HABITS, histories(), DAYS)
def test_the_strip_agrees_with_the_verdicts(of: Habit, past: History, day: dt.date) -> None:
    judged = timeline(of, past, day, 1)
    cells = {day - n * ONE: cell for n, cell in enumerate(reversed(strip(of, past, day, 1)))}
    for stretch in judged.stretches:
        singly = stretch.rule.schedule.every in DAILY_KINDS
        for first, verdict in zip(stretch.bounds, stretch.verdicts, strict=False):
            each = dt.date.fromordinal(first)
            if each not in cells or each == day:
                continue
            mark = past.marks.get(first)
            if (singly or stretch.rule.schedule.every == "after") and verdict == "+":
                assert cells[each] == "yes"
            if singly and verdict == "-" and (mark is not None or each >= of.rules[0].since):
                assert cells[each] in ("no", "absent", "part")
            if singly and verdict == "." and mark is None:
                assert cells[each] in ("pause", "rest", "before")
            if mark is not None:
                assert (cells[each] == "yes") == (answer_of(of, stretch.rule, mark) == "+")


@given(HABITS, histories(), DAYS)
def test_the_shown_day_of_the_strip_is_open_only_while_it_asks(of: Habit, past: History, day: dt.date) -> None:
    if day.toordinal() not in past.marks:
        told = Oracle(of, past, day)
        expected = "pause" if told.is_exempt(day) else "absent" if told.due else "rest"
        assert strip(of, past, day, 1)[-1] == expected
