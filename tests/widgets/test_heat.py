"""The year heat map: levels, weeks and words, as text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.views.habits import HeatDay
from pitrack.text.plain import cells
from pitrack.widgets.glyphs import ASCII, UNICODE
from pitrack.widgets.heat import HeatData, draw, level

SUNDAY = dt.date(2026, 11, 22)
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "")


def days(count: int, done: int = 2, asked: int = 2) -> tuple[HeatDay, ...]:
    return tuple(HeatDay(SUNDAY - dt.timedelta(days=count - 1 - ago), done, asked) for ago in range(count))


def text(data: HeatData, width: int) -> list[str]:
    return ["".join(piece for piece, _role in line).rstrip() for line in draw(data, width)]


@pytest.mark.parametrize(
    ("done", "asked", "expected"),
    [(0, 0, 0), (0, 4, 1), (1, 4, 2), (2, 4, 3), (3, 4, 4), (4, 4, 5), (1, 1, 5), (5, 4, 5)],
)
def test_levels(done: int, asked: int, expected: int) -> None:
    assert level(done, asked) == expected


@given(st.integers(0, 50), st.integers(1, 50))
def test_only_all_is_all_and_only_none_is_none(done: int, asked: int) -> None:
    assert (level(done, asked) == 5) == (done >= asked)
    assert (level(done, asked) == 1) == (done == 0)


def test_a_fortnight_as_text() -> None:
    data = HeatData(days(10), weekdays=WEEKDAYS, less="none", more="all", glyphs=ASCII)
    assert text(data, 30) == [
        "    Nov",
        "Mon   ##",
        "      ##",
        "Wed   ##",
        "      ##",
        "Fri ####",
        "    ####",
        "    ####",
        "    none .. :: ++ ** ## all",
    ]


def test_a_year_takes_two_cells_a_day_where_there_is_room_and_keeps_the_newest_weeks_where_not() -> None:
    data = HeatData(days(371), weekdays=WEEKDAYS, glyphs=UNICODE)
    assert cells(text(data, 110)[1]) == 4 + 53 * 2
    assert cells(text(data, 76)[1]) == 4 + 53
    assert cells(text(data, 40)[1]) == 40


def test_weeks_begin_on_the_books_first_day() -> None:
    data = HeatData(days(1), week_start=7, weekdays=("Sun", "", "", "", "", "", ""), glyphs=ASCII)
    assert text(data, 30)[1] == "Sun ##"


def test_wide_month_names_never_run_into_each_other() -> None:
    data = HeatData(days(371), weekdays=WEEKDAYS, month=lambda day: f"{day.month}月")
    top = text(data, 76)[0]
    assert cells(top) <= 76
    assert top.split() == [f"{month}月" for month in (12, *range(1, 12))]


@pytest.mark.parametrize("width", [44, 57, 58, 76, 110])
@pytest.mark.parametrize("later", [0, 10, 42, 100])
@pytest.mark.parametrize("form", ["{0.month}月", "{0:%b}"])
def test_every_month_has_its_name_but_the_oldest_two_and_one_that_has_just_begun(
    width: int, later: int, form: str
) -> None:
    last = SUNDAY + dt.timedelta(days=later)
    year = [HeatDay(last - dt.timedelta(days=ago), 2, 2) for ago in reversed(range(371))]
    lines = text(HeatData(year, weekdays=WEEKDAYS, month=form.format), width)
    weeks = (cells(lines[1]) - 4) // (2 if width == 110 else 1)
    monday = last - dt.timedelta(days=last.weekday())
    months = {form.format(monday - dt.timedelta(weeks=ago)): None for ago in range(weeks)}
    began_this_week = last.day <= last.isoweekday()
    newest = [*months][began_this_week : len(months) - 2]
    assert cells(lines[0]) <= width
    names = lines[0].split()
    assert names[-len(newest) :] == newest[::-1] or names[-len(newest) - 1 : -1] == newest[::-1]


def test_nothing_to_show_draws_nothing() -> None:
    assert draw(HeatData(), 80) == []
