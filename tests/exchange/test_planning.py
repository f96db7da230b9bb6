"""What an import does to a book: new things come in, the book's own answers stay, twice is the same as once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitrack.core.model import Mark, Rule, Settings
from pitrack.exchange.found import Day, Found, FoundHabit, Trouble, Work
from pitrack.exchange.planning import Plan, plan
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import BOTTOM
from pitrack.store.joining import merge_habits
from tests.exchange.files import TODAY, d, days

FIRST = dt.date(2026, 11, 1)


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Book:
    return fresh(tmp_path)


def fresh(folder: Path, name: str = "pitrack") -> Book:
    return Book.create(folder / f"{name}.json", Settings("", zone="Asia/Tokyo"), state=folder / f"state-{name}")


def gym(*answers: tuple[int, Mark | None] | tuple[int, Mark | None, str], **given: object) -> FoundHabit:
    return FoundHabit("Gym", ("uid-1", "Gym"), days("2026-11-01", *answers), **given)  # type: ignore[arg-type]


def run(book: Book, *habits: FoundHabit, preset: str = "loop", again: bool = False, stream: str | None = None) -> Plan:
    planned = plan(book.snapshot(), Found(habits), preset, TODAY, again=again, stream=stream)
    book.apply(planned.change)
    return planned


def counts(planned: Plan, place: int = 0) -> tuple[str, int, int, int, int]:
    one = planned.habits[place]
    return one.state, one.added, one.same, one.kept, one.cleared


def answers(book: Book, name: str = "Gym") -> dict[int, Mark]:
    """Marks by the number of days after the first."""
    (habit,) = (habit for habit in book.snapshot().habits.values() if habit.name == name)
    return {day - FIRST.toordinal(): mark for day, mark in book.snapshot().history(habit.id).marks.items()}


def test_a_new_habit_comes_in_whole(book: Book) -> None:
    run(book, FoundHabit("Other", ("Other",), {}))
    found = gym(
        (0, d("3")),
        (2, None, "note"),
        kind="at_least",
        target=d("5"),
        unit="km",
        note="Why",
        archived=True,
        tags=("Health",),
    )
    assert counts(run(book, found)) == ("new", 2, 0, 0, 0)
    other, one = book.snapshot().habits.values()
    assert one.rules == (Rule(FIRST, "at_least", target=d("5"), unit="km"),)
    assert (one.name, one.alias, one.note, one.archived, one.tags) == ("Gym", "gym", "Why", True, ("Health",))
    assert (one.order, other.rules[0].since) == (Decimal(2), TODAY)
    history = book.snapshot().history(one.id)
    assert history.marks == {FIRST.toordinal(): d("3")}
    assert history.notes == {FIRST.toordinal() + 2: "note"}


def test_an_answer_of_the_book_is_never_overwritten(book: Book) -> None:
    habit = edits.add_habit(book.snapshot(), "gym", Rule(FIRST))
    book.apply(habit)
    record = habit.writes[0].id
    for day, mark in ((0, "no"), (1, "yes"), (2, d("4"))):
        book.apply(edits.check(book.snapshot(), record, FIRST + dt.timedelta(days=day), mark, note="mine"))
    book.apply(edits.add_amount(book.snapshot(), record, FIRST + dt.timedelta(days=3), d("7")))
    book.apply(edits.add_amount(book.snapshot(), record, FIRST + dt.timedelta(days=4), d("2")))
    book.apply(edits.set_note(book.snapshot(), record, FIRST + dt.timedelta(days=5), "only a note"))
    planned = run(
        book, gym((0, "yes", "theirs"), (1, "yes"), (2, "skip"), (3, d("9")), (4, d("2")), (5, "yes"), (6, "no"))
    )
    assert counts(planned) == ("there", 2, 2, 3, 0)
    assert answers(book, "gym") == {0: "no", 1: "yes", 2: d("4"), 3: d("7"), 4: d("2"), 5: "yes", 6: "no"}
    assert set(book.snapshot().history(record).notes.values()) == {"mine", "only a note"}


def test_what_was_cleared_stays_so_unless_it_is_asked_for_again(book: Book) -> None:
    run(book, gym((0, "yes", "n"), (1, "yes")))
    (record,) = book.snapshot().habits
    book.apply(edits.clear(book.snapshot(), record, FIRST))
    planned = run(book, gym((0, "yes", "n"), (1, "yes")))
    assert (counts(planned), planned.missed, planned.change.writes) == (("there", 0, 1, 0, 1), 1, ())
    assert counts(run(book, gym((0, "yes", "n"), (1, "yes")), again=True)) == ("there", 1, 1, 0, 0)
    assert answers(book) == {0: "yes", 1: "yes"}


def test_what_was_deleted_stays_so_unless_it_is_asked_for_again(book: Book) -> None:
    run(book, gym((0, "yes")))
    (record,) = book.snapshot().habits
    book.apply(edits.delete_habit(book.snapshot(), record))
    planned = run(book, gym((0, "yes"), (1, "no")))
    assert (counts(planned), planned.missed, planned.change.writes) == (("gone", 0, 0, 0, 0), 1, ())
    assert book.snapshot().habits == {}
    assert counts(run(book, gym((0, "yes"), (1, "no")), again=True)) == ("gone", 1, 1, 0, 0)
    assert list(book.snapshot().habits) == [record]
    assert answers(book) == {0: "yes", 1: "no"}


def test_a_habit_that_was_renamed_here_or_there_is_the_same_by_its_key(book: Book) -> None:
    run(book, gym((0, "yes")))
    (record,) = book.snapshot().habits
    book.apply(edits.edit_habit(book.snapshot(), record, name="Weights"))
    renamed = FoundHabit("Fitness", ("uid-1", "Fitness"), days("2026-11-01", (1, "no")))
    assert counts(run(book, renamed)) == ("there", 1, 0, 0, 0)
    by_name_of_then = FoundHabit("Gym", ("Gym",), days("2026-11-01", (2, "no")))
    assert counts(run(book, by_name_of_then)) == ("there", 1, 0, 0, 0)
    assert answers(book, "Weights") == {0: "yes", 1: "no", 2: "no"}


def test_names_match_whatever_their_case_and_width(book: Book) -> None:
    book.apply(edits.add_habit(book.snapshot(), "ｇｙｍ", Rule(FIRST)))
    assert counts(run(book, gym((0, "yes")))) == ("there", 1, 0, 0, 0)
    (record,) = book.snapshot().habits
    book.apply(edits.edit_habit(book.snapshot(), record, name="Else"))
    assert counts(run(book, gym((0, "yes")))) == ("there", 0, 1, 0, 0)  # the import noted the key


def test_a_habit_that_was_merged_into_another_is_that_one(book: Book) -> None:
    run(book, gym((0, "yes")))
    (record,) = book.snapshot().habits
    other = edits.add_habit(book.snapshot(), "Weights", Rule(FIRST))
    book.apply(other)
    book.apply(merge_habits(book.snapshot(), record, other.writes[0].id))
    assert counts(run(book, gym((0, "yes"), (1, "yes")))) == ("there", 1, 1, 0, 0)
    assert answers(book, "Weights") == {0: "yes", 1: "yes"}


def test_two_habits_of_one_name_stay_two(book: Book) -> None:
    two = (
        FoundHabit("Gym", ("Gym",), days("2026-11-01", (0, "yes"))),
        FoundHabit("Gym", ("Gym",), days("2026-11-01", (0, "no"))),
    )
    run(book, *two)
    assert [list(book.snapshot().history(one).marks.values()) for one in book.snapshot().habits] == [["yes"], ["no"]]
    assert [habit.alias for habit in book.snapshot().habits.values()] == ["gym", "gym2"]
    planned = run(book, *two)
    assert (counts(planned), counts(planned, 1)) == (("there", 0, 1, 0, 0), ("there", 0, 1, 0, 0))
    assert planned.change.writes == ()


def test_a_new_one_of_an_old_name_is_not_the_old_one(book: Book) -> None:
    run(book, gym((0, "yes")))
    old = FoundHabit("Gym until 2025", ("uid-1", "Gym until 2025"), {})
    new = FoundHabit("Gym", ("uid-2", "Gym"), days("2026-11-01", (0, "no")))
    planned = run(book, new, old)
    assert [one.state for one in planned.habits] == ["new", "there"]


def test_one_undo_takes_it_all_back_and_redo_brings_it_again(book: Book) -> None:
    mine = edits.add_habit(book.snapshot(), "Mine", Rule(FIRST))
    book.apply(mine)
    record = mine.writes[0].id
    book.apply(edits.check(book.snapshot(), record, FIRST, "no"))
    before = book.snapshot().habits
    run(book, gym((0, "yes", "n")), FoundHabit("Mine", ("Mine",), days("2026-11-01", (0, "yes"), (1, "yes", "x"))))
    assert (book.undo().word, book.snapshot().habits) == ("import", before)
    assert answers(book, "Mine") == {0: "no"}
    assert book.snapshot().history(record).notes == {}
    book.redo()
    assert (answers(book), answers(book, "Mine")) == ({0: "yes"}, {0: "no", 1: "yes"})
    book.undo()
    assert (book.snapshot().habits, answers(book, "Mine")) == (before, {0: "no"})


def test_undo_leaves_alone_what_was_answered_after_the_import(book: Book) -> None:
    mine = edits.add_habit(book.snapshot(), "Gym", Rule(FIRST))
    book.apply(mine)
    run(book, gym((0, "yes"), (1, "yes")))
    book.apply(edits.check(book.snapshot(), mine.writes[0].id, FIRST, "skip"))
    book.undo()
    assert answers(book) == {0: "yes", 1: "yes"}
    book.apply(edits.check(book.snapshot(), mine.writes[0].id, FIRST, "skip"))
    change = plan(book.snapshot(), Found((gym((2, "no")),)), "loop", TODAY).change
    book.apply(change)
    assert answers(book) == {0: "skip", 1: "yes", 2: "no"}


def test_an_answer_made_elsewhere_before_the_import_counts_more(tmp_path: Path) -> None:
    """Another device answered a day, offline, before this one imported it; however they meet, the answer stays."""
    here = fresh(tmp_path)
    mine = edits.add_habit(here.snapshot(), "Gym", Rule(FIRST))
    here.apply(mine)
    here.save()
    there_path = tmp_path / "there.json"
    there_path.write_bytes(here.data)
    there = Book.open(there_path, state=tmp_path / "state-there")
    there.apply(edits.check(there.snapshot(), mine.writes[0].id, FIRST, "no"))
    run(here, gym((0, "yes"), (1, "yes")))
    assert f'"t":"{BOTTOM}"'.encode() in (here.document.get("checkins", f"{mine.writes[0].id}|{FIRST}") or b"")
    here.absorb(there.data)
    there.absorb(here.data)
    assert here.data == there.data
    assert answers(here) == {0: "no", 1: "yes"}


def test_an_imported_answer_that_is_edited_in_the_file_is_a_persons(book: Book) -> None:
    run(book, gym((0, "yes"), (1, "yes")))
    book.save()
    (record,) = book.snapshot().habits
    line = book.document.get("checkins", f"{record}|{FIRST}") or b""
    book.path.write_bytes(book.data.replace(line, line.replace(b"yes", b"no"), 1))
    assert book.refresh()
    assert answers(book) == {0: "no", 1: "yes"}
    assert BOTTOM.encode() not in (book.document.get("checkins", f"{record}|{FIRST}") or b"")


def test_two_devices_that_import_the_same_file_make_the_same_records(tmp_path: Path) -> None:
    here = fresh(tmp_path)
    there_path = tmp_path / "there.json"
    there_path.write_bytes(here.data)
    there = Book.open(there_path, state=tmp_path / "state-there")
    for book in (here, there):
        run(book, gym((0, "yes")), FoundHabit("Run", ("Run",), days("2026-11-01", (0, d("5")))))
    assert here.data == there.data


def test_new_actions_are_of_the_stream_that_was_named(book: Book) -> None:
    stream = edits.add_stream(book.snapshot(), "Newsletter")
    book.apply(stream)
    run(book, gym((0, "yes")), stream=stream.writes[0].id)
    assert [habit.stream for habit in book.snapshot().habits.values()] == [stream.writes[0].id]


PLACE = Trouble("t.data", 3, "", "inc", "")


def work(key: str, start: str, stop: str, *names: str, note: str = "") -> Work:
    moments = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (start, stop))
    return Work(key, *moments, names, note, PLACE)


def test_time_goes_to_the_stream_that_it_names_else_to_the_one_given(book: Book) -> None:
    for name in ("Newsletter", "Photos"):
        book.apply(edits.add_stream(book.snapshot(), name))
    news, photos = book.snapshot().streams
    works = (
        work("a", "2026-11-01T14:30:00", "2026-11-01T16:00:00", "draft", "NEWSLETTER", "q4", note="n"),
        work("b", "2026-11-02T00:00:00", "2026-11-02T00:20:00", "misc"),
        work("b", "2026-11-02T00:00:00", "2026-11-02T00:20:00", "misc"),
    )
    planned = plan(book.snapshot(), Found(works=works), "watson", TODAY)
    assert planned.troubles == (PLACE._replace(value="misc", why="no-stream"),) * 2
    planned = plan(book.snapshot(), Found(works=works), "watson", TODAY, stream=photos)
    assert planned.troubles == ()
    assert [tuple(one) for one in planned.times] == [(news, 2, 90, 0, 0), (photos, 2, 40, 0, 0)]
    book.apply(planned.change)
    booked = [(one.day.day, one.minutes, one.stream, one.kind, one.task, one.note) for one in book.snapshot().times]
    assert sorted(booked) == [
        (1, 30, news, "make", "draft, q4", "n"),
        (2, 20, photos, "make", "misc", ""),
        (2, 20, photos, "make", "misc", ""),
        (2, 60, news, "make", "draft, q4", "n"),
    ]
    planned = plan(book.snapshot(), Found(works=works), "watson", TODAY, stream=photos)
    assert ([tuple(one) for one in planned.times], planned.change.writes) == (
        [(news, 0, 0, 2, 0), (photos, 0, 0, 2, 0)],
        (),
    )
    book.apply(edits.delete_time(book.snapshot(), book.snapshot().times[0].id))
    planned = plan(book.snapshot(), Found(works=works), "watson", TODAY, stream=photos)
    assert (planned.missed, planned.change.writes) == (1, ())
    again = plan(book.snapshot(), Found(works=works), "watson", TODAY, stream=photos, again=True)
    book.apply(again.change)
    assert sorted(one.minutes for one in book.snapshot().times) == [20, 20, 30, 60]


marks = st.sampled_from(["yes", "no", "skip", None, d("2"), d("0.5")])
found_days = st.dictionaries(
    st.integers(0, 20).map(lambda n: FIRST + dt.timedelta(days=n)),
    st.builds(Day, marks, st.sampled_from(["", "note", "=1"])).filter(lambda day: day.mark is not None or day.note),
    max_size=8,
)
found_habits = st.builds(
    lambda name, key, days: FoundHabit(name, (key, name) if key else (name,), days),
    st.sampled_from(["Gym", "gym ", "Run", "走る"]).map(str.strip),
    st.sampled_from(["", "u1", "u2"]),
    found_days,
)


@given(st.lists(found_habits, max_size=4), st.lists(found_habits, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_twice_is_once(tmp_path_factory: pytest.TempPathFactory, one: list[FoundHabit], two: list[FoundHabit]) -> None:
    book = fresh(tmp_path_factory.mktemp("book"))
    run(book, *one)
    run(book, *two)
    data = book.data
    assert run(book, *two).change.writes == ()
    assert book.data == data
