"""How Today is drawn: exact lines, and lines that never run over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, Rule, Schedule, Settings
from pitrack.core.views.today import GROUPS, Action, Standing, TodayView
from pitrack.screens.today import lines as draw
from pitrack.widgets.pieces import Line, width_of

DAY = dt.date(2026, 11, 22)
RULE = Rule(dt.date(2026, 1, 1), "at_least", Schedule(), Decimal(5), "photos")
UPLOAD = Action(
    habit=Habit("aaaa", "upload", "Upload 5 photos", (RULE,)),
    rule=RULE,
    stream_name="Stock photos",
    state="absent",
    value=None,
    note="",
    due=True,
    done=False,
    period_done=0,
    period_target=1,
    group="tonight",
    standing=Standing(31, 44, "day", 0, 0.944),
    strip=("yes", "no", "skip", "absent", "part", "rest", "before", *(("yes",) * 6), "absent"),
)
NEED = draw.longest([UPLOAD])


def text(line: Line) -> str:
    return "".join(piece for piece, _role in line)


def test_one_line_at_eighty_columns() -> None:
    assert (
        text(draw.action_line(UPLOAD, 0, 77, "tonight", NEED))
        == "  Upload 5 photos        Stock photos 0 / 5          31 days  ✓xs./   ✓✓✓✓✓✓?"
    )


def test_the_heading_stands_over_its_columns() -> None:
    head = text(draw.head_line("ENDS TONIGHT", DAY, True, NEED, 77))
    line = text(draw.action_line(UPLOAD, 0, 77, "tonight", NEED))
    assert head.startswith("ENDS TONIGHT")
    assert head.endswith("MTWTFSS MTWTFSS")
    assert head.index("streak") + len("streak") == line.index("31 days") + len("31 days")
    assert len(head) == len(line)


def test_two_lines_on_a_phone() -> None:
    assert text(draw.action_line(UPLOAD, 0, 42, "tonight", NEED)) == "  Upload 5 photos                    0 / 5"
    assert text(draw.action_line(UPLOAD, 1, 42, "tonight", NEED)) == "  31 days  Stock photos    ✓xs./   ✓✓✓✓✓✓?"


def test_a_wide_screen_adds_unit_best_and_strength() -> None:
    line = text(draw.action_line(UPLOAD, 0, 117, "tonight", NEED))
    assert "0 / 5 photos" in line
    assert "best 44" in line
    assert "94%" in line


@pytest.mark.parametrize(
    ("change", "mark", "value"),
    [
        ({"state": "amount", "value": Decimal("2.50")}, "/ ", "2.5 / 5"),
        ({"state": "amount", "value": Decimal(6), "done": True}, "✓ ", "6 / 5"),
        ({"state": "no"}, "x ", "no"),
        ({"state": "skip"}, "s ", "skipped"),
        ({"rule": RULE._replace(kind="at_most", target=Decimal(20))}, "  ", "<= 20"),
        (
            {"rule": RULE._replace(kind="at_most", target=Decimal(20)), "state": "amount", "value": Decimal(25)},
            "x ",
            "25 <= 20",
        ),
        (
            {"rule": Rule(RULE.since, schedule=Schedule("week", 3)), "period_done": 2, "period_target": 3},
            "  ",
            "2 / 3 week",
        ),
        ({"rule": Rule(RULE.since), "state": "yes", "done": True}, "✓ ", "done"),
        ({"rule": Rule(RULE.since)}, "  ", ""),
    ],
)
def test_marks_and_values(change: dict[str, object], mark: str, value: str) -> None:
    action = UPLOAD._replace(**change)  # type: ignore[arg-type]
    assert draw.mark_of(action)[0] == mark
    assert draw.value_of(action)[0] == value


@given(st.integers(30, 200), st.text(max_size=60), st.text(max_size=40), st.sampled_from(GROUPS))
def test_lines_fill_their_width_and_never_run_over(width: int, name: str, stream: str, group: draw.Group) -> None:
    action = UPLOAD._replace(habit=UPLOAD.habit._replace(name=name), stream_name=stream)
    need = draw.longest([action])
    lines = 2 if width < draw.NARROW else 1
    for line in range(lines):
        assert width_of(draw.action_line(action, line, width, group, need)) <= width
    if lines == 1:
        assert width_of(draw.action_line(action, 0, width, group, need)) == width
        assert width_of(draw.head_line(group, DAY, True, need, width)) == width


def test_names_are_cut_after_a_word() -> None:
    action = UPLOAD._replace(stream_name="Stock photos (Shutterstock)")
    assert "Stock photos.." in text(draw.action_line(action, 0, 77, "open", draw.longest([action])))


def view(**given_counts: int) -> TodayView:
    counts = {"open": 0, "done": 0, "skipped": 0} | given_counts
    return TodayView(DAY, (UPLOAD,), **counts)


TOKYO = Settings(store="x", zone="Asia/Tokyo")


def test_the_day_with_its_zone_and_counts() -> None:
    line = draw.day_line(view(open=3, done=2, skipped=1), DAY, TOKYO, 80)
    assert text(line) == " Sun 22 Nov (Tokyo)      3 open, 2 done, 1 skipped"


def test_another_day_says_so_and_the_way_back() -> None:
    line = text(draw.day_line(view(open=1), DAY + dt.timedelta(days=3), TOKYO, 80))
    assert line.startswith(" Sun 22 Nov (Tokyo) 3 days ago   1 open")
    assert line.endswith("0 today ")


def test_all_answered() -> None:
    assert "all answered, 2 done" in text(draw.day_line(view(done=2), DAY, TOKYO, 80))


def test_the_chosen_action_in_full() -> None:
    first, second = draw.focus_lines(UPLOAD, TOKYO, 80)
    assert text(first) == " Upload 5 photos: every day, at least 5 photos, best 44 days, strength 94%"
    assert text(second) == " The streak of 31 days ends tonight."
    noted = draw.focus_lines(UPLOAD._replace(note="in the\nrain"), TOKYO, 80)[1]
    assert text(noted) == " in the rain"


def test_what_is_not_due_says_when_it_is_next() -> None:
    action = UPLOAD._replace(group="rest", due=False, next_due=dt.date(2026, 11, 24))
    assert draw.at_stake(action) == "Next due on Tue 24 Nov."
