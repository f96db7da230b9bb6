"""What goes out as Loop CSV comes back the same."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Habit, History, Mark, Rule, Schedule, Settings
from pitrack.exchange.found import Day, FoundHabit
from pitrack.exchange.loop import read_loop
from pitrack.exchange.loop_export import export_loop
from tests.exchange.files import SETTING, d

FIRST = dt.date(2020, 1, 1)


class Shelf:
    """As much of a snapshot as an export reads."""

    settings = Settings("s")

    def __init__(self, *things: tuple[Habit, History]) -> None:
        self.habits = {habit.id: habit for habit, _ in things}
        self._histories = {habit.id: history for habit, history in things}

    def history(self, habit: str) -> History:
        return self._histories[habit]


def exported(*things: tuple[Habit, History]) -> tuple[bytes, int, int]:
    made = export_loop(Shelf(*things))  # type: ignore[arg-type]
    return made.data, made.answers, made.rough


def back(data: bytes) -> tuple[FoundHabit, ...]:
    found = read_loop({"x.zip": data}, SETTING)
    assert found.troubles == ()
    return found.habits


def habit(name: str = "A", rule: Rule | None = None, **given: object) -> Habit:
    return Habit("h", "h", name, (rule or Rule(FIRST),), **given)  # type: ignore[arg-type]


def marks(*found: Mark) -> History:
    return History({FIRST.toordinal() + number: mark for number, mark in enumerate(found)})


def test_the_files_of_an_export() -> None:
    numeric = Rule(FIRST, "at_least", Schedule("week", times=3), d("2.5"), "km")
    things = (
        (habit("=cmd|' /C calc'!A0 ../x", note="Why, then"), History({737425: "yes", 737426: "skip"}, {737426: "-x"})),
        (Habit("i", "i", "電話", (numeric,), archived=True), History({737425: d("12.5")})),
    )
    data, answers, rough = exported(*things)
    assert (answers, rough) == (3, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {
            name: list(csv.reader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()
        }
    assert members == {
        "Habits.csv": [
            [
                "Position", "Name", "Type", "Question", "Description", "FrequencyNumerator", "FrequencyDenominator",
                "Color", "Unit", "Target Type", "Target Value", "Archived?",
            ],
            ["001", "'=cmd|' /C calc'!A0 ../x", "YES_NO", "", "Why, then", "1", "1", "#1976D2", "", "", "", "false"],
            ["002", "電話", "NUMERICAL", "", "", "3", "7", "#1976D2", "km", "AT_LEAST", "7.5", "true"],
        ],
        "Checkmarks.csv": [
            ["Date", "'=cmd|' /C calc'!A0 ../x", "電話"],
            ["2020-01-02", "SKIP", "UNKNOWN"],
            ["2020-01-01", "YES_MANUAL", "12500"],
        ],
        "001 cmd C calcA0 x/Checkmarks.csv": [
            ["Date", "Value", "Notes"],
            ["2020-01-02", "SKIP", "'-x"],
            ["2020-01-01", "YES_MANUAL", ""],
        ],
        "002/Checkmarks.csv": [["Date", "Value", "Notes"], ["2020-01-01", "12500", ""]],
    }  # fmt: skip


def test_equal_books_give_equal_bytes() -> None:
    thing = (habit(), marks("yes", "no"))
    assert exported(thing) == exported(thing)


def test_what_loop_has_no_word_for_is_counted_and_judged_the_same() -> None:
    least, most = Rule(FIRST, "at_least", target=d("5")), Rule(FIRST, "at_most", target=d("5"))

    def read(rule: Rule, *found: Mark) -> tuple[list[Mark | None], int]:
        data, _, rough = exported((habit(rule=rule), marks(*found)))
        (one,) = back(data)
        return [one.days.get(FIRST + dt.timedelta(days=n), Day(None)).mark for n in range(len(found))], rough

    assert read(Rule(FIRST), d("3"), d("0"), "yes") == (["yes", "no", "yes"], 2)
    assert read(least, "yes", "no", d("0"), d("0.003")) == ([d("5"), d("0"), d("0"), d("0.003")], 2)
    assert read(most, "yes", "no", d("7")) == ([d("0"), None, d("7")], 2)


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
names = texts.map(str.strip).filter(bool) | st.sampled_from(
    ["=1", "'=1", "+a", "../../x", "a,b", 'q"u', "line\nbreak", "写真"]
)
amounts = st.integers(0, 10**9).map(lambda n: Decimal(n) / 1000) | st.sampled_from([d("0.0005"), d("0.003"), d("0")])
schedules = st.just(Schedule()) | st.integers(2, 366).flatmap(
    lambda days: st.builds(lambda times: Schedule("window", times=times, within=days), st.integers(1, days - 1))
)


@st.composite
def things(draw: st.DrawFn) -> tuple[Habit, History]:
    kind = draw(st.sampled_from(["yes_no", "at_least", "at_most"]))
    answer = st.sampled_from(["yes", "no", "skip"]) if kind == "yes_no" else amounts | st.just("skip")
    days = st.integers(0, 3000).map(lambda n: FIRST.toordinal() - 1000 + n)
    if kind == "yes_no":
        rule = Rule(FIRST, kind, draw(schedules))
    else:
        # Loop's target is for all days of a window: whole thousandths of each share come back as they were.
        target = Decimal(draw(st.integers(1, 10**6))) / 1000
        rule = Rule(FIRST, kind, draw(schedules), target, draw(st.sampled_from(["", "km", "=x"])))
    one = Habit(
        str(draw(st.integers())),
        "h",
        draw(names),
        (rule,),
        archived=draw(st.booleans()),
        note=draw(texts).strip(),
        absent_is_success=kind == "at_most",
    )
    notes = {day: note for day, note in draw(st.dictionaries(days, texts, max_size=4)).items() if note}
    return one, History(draw(st.dictionaries(days, answer, max_size=12)), notes)


@given(st.lists(things(), max_size=4, unique_by=lambda thing: thing[0].id))
def test_out_and_in_again_gives_the_same_habits_and_check_ins(shelf: list[tuple[Habit, History]]) -> None:
    data, _, rough = exported(*shelf)
    assert rough == 0
    for (one, history), found in zip(shelf, back(data), strict=True):
        rule = one.rules[0]
        assert (found.name, found.note, found.archived, found.absent_is_success) == (
            one.name,
            one.note,
            one.archived,
            one.absent_is_success,
        )
        assert (found.kind, found.schedule, found.target, found.unit) == (
            rule.kind,
            rule.schedule,
            rule.target,
            rule.unit,
        )
        assert {day.toordinal(): answer.mark for day, answer in found.days.items() if answer.mark is not None} == dict(
            history.marks
        )
        assert {day.toordinal(): answer.note for day, answer in found.days.items() if answer.note} == dict(
            history.notes
        )
