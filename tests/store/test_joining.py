"""Joining two habits or two streams that are one: nothing is lost, undo brings it all back, devices agree."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.changes import Change, Json, Write
from pitrack.core.model import Mark, Rule, Schedule
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.format import read
from pitrack.store.joining import merge_assets, merge_habits, merge_streams
from pitrack.store.merge import decode, merge
from tests.store.books import DAY, Desk, desk

SINCE = dt.date(2026, 1, 1)
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def add_habit(book: Book, name: str, rule: Rule, **given: Any) -> str:
    change = edits.add_habit(book.snapshot(), name, rule, **given)
    book.apply(change)
    return change.writes[0].id


def add_stream(book: Book, name: str, **given: Any) -> str:
    change = edits.add_stream(book.snapshot(), name, **given)
    book.apply(change)
    return change.writes[0].id


def answer(book: Book, habit: str, mark: Mark | None, note: str | None = None, day: dt.date = DAY) -> None:
    snap = book.snapshot()
    if mark is not None:
        book.apply(edits.check(snap, habit, day, mark, note=note))
    elif note is not None:
        book.apply(edits.set_note(snap, habit, day, note))


def add(book: Book, habit: str, amount: int, day: dt.date = DAY) -> None:
    book.apply(edits.add_amount(book.snapshot(), habit, day, Decimal(amount)))


def marks(book: Book, habit: str) -> dict[dt.date, Mark]:
    return {dt.date.fromordinal(day): mark for day, mark in book.snapshot().history(habit).marks.items()}


def notes(book: Book, habit: str) -> dict[dt.date, str]:
    return {dt.date.fromordinal(day): note for day, note in book.snapshot().history(habit).notes.items()}


def seen(book: Book) -> object:
    """All that a person can see of a book."""
    snap = book.snapshot()
    histories = {habit: snap.history(habit) for habit in snap.habits}
    return (
        {habit: (dict(one.marks), dict(one.notes), one.paused) for habit, one in histories.items()},
        dict(snap.habits),
        list(snap.habits),
        dict(snap.streams),
        snap.entries,
        snap.times,
        dict(snap.goals),
    )


FIVE, SIX = Decimal(5), Decimal(6)


@pytest.mark.parametrize(
    ("moved", "stands", "stays"),
    [
        (None, None, None),
        ("yes", None, "yes"),
        (None, "no", "no"),
        ("skip", "no", "skip"),
        ("no", "skip", "skip"),
        ("yes", "skip", "yes"),
        ("skip", "yes", "yes"),
        (FIVE, "yes", FIVE),
        ("yes", FIVE, FIVE),
        (SIX, FIVE, SIX),
        (FIVE, SIX, SIX),
        (Decimal(0), "yes", Decimal(0)),
    ],
)
def test_of_two_answers_the_one_that_says_more_stays(
    desk: Desk, moved: Mark | None, stands: Mark | None, stays: Mark | None
) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    answer(desk.book, one, moved)
    answer(desk.book, desk.habit, stands)
    desk.book.apply(merge_habits(desk.book.snapshot(), one, desk.habit))
    assert marks(desk.book, desk.habit).get(DAY) == stays
    assert list(desk.book.snapshot().habits) == [desk.habit]


@pytest.mark.parametrize(
    ("moved", "stands", "stays"),
    [("b", None, "b"), (None, "a", "a"), ("a", "a", "a"), ("b", "a", "a\nb"), ("b", "a\nb", "a\nb")],
)
def test_both_notes_stay(desk: Desk, moved: str | None, stands: str | None, stays: str) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    answer(desk.book, one, None, moved)
    answer(desk.book, desk.habit, None, stands)
    desk.book.apply(merge_habits(desk.book.snapshot(), one, desk.habit))
    assert notes(desk.book, desk.habit) == {DAY: stays}


def test_additions_add_up_and_each_counts_once(desk: Desk) -> None:
    book = desk.book
    one = add_habit(book, "Write", Rule(SINCE, "at_least", target=Decimal(500), unit="words"))
    for amount in (200, 50):
        add(book, one, amount)
    add(book, desk.habit, 7)
    answer(book, one, Decimal(100), day=NEXT)  # a total that was typed, with an addition after it
    add(book, one, 3, NEXT)
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    assert marks(book, desk.habit) == {DAY: Decimal(257), NEXT: Decimal(103)}
    book.undo()
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    assert marks(book, desk.habit) == {DAY: Decimal(257), NEXT: Decimal(103)}


def test_an_addition_that_was_taken_back_does_not_come_again(desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    add(desk.book, one, 5)
    answer(desk.book, one, Decimal(2))  # gives way to the total
    desk.book.apply(merge_habits(desk.book.snapshot(), one, desk.habit))
    assert marks(desk.book, desk.habit) == {DAY: Decimal(2)}


def test_older_days_are_judged_by_their_older_rules(desk: Desk) -> None:
    book = desk.book
    first, second, later = (dt.date(2025, 3, 1), dt.date(2025, 9, 1), dt.date(2026, 6, 1))
    one = add_habit(book, "Write", Rule(first, schedule=Schedule("week", 3)))
    for since in (second, SINCE, later):
        book.apply(edits.set_rule(book.snapshot(), one, Rule(since, "at_least", target=Decimal(since.month), unit="w")))
    kept = book.snapshot().habits[desk.habit].rules
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    assert book.snapshot().habits[desk.habit].rules == (
        Rule(first, schedule=Schedule("week", 3)),
        Rule(second, "at_least", target=Decimal(9), unit="w"),
        *kept,
    )


def test_what_the_one_that_stays_lacks_it_takes(desk: Desk) -> None:
    book = desk.book
    one = add_habit(book, "Write", Rule(SINCE), stream=desk.stream, note="why")
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    habit = book.snapshot().habits[desk.habit]
    assert (habit.name, habit.alias, habit.stream, habit.note) == ("Write 500 words", "write", desk.stream, "why")
    other = add_habit(book, "Other", Rule(SINCE), stream=add_stream(book, "Shop"), note="other")
    book.apply(merge_habits(book.snapshot(), other, desk.habit))
    assert book.snapshot().habits[desk.habit] == habit


def test_pauses_go_with_it(desk: Desk) -> None:
    book = desk.book
    one = add_habit(book, "Write", Rule(SINCE))
    pause = {"habit": one, "from": "2026-02-01", "to": "2026-02-03"}
    everyone = {"from": "2026-08-01", "to": "2026-08-02"}
    book.apply(Change("pause", (Write("pauses", "p1", pause), Write("pauses", "p2", everyone))))
    paused = book.snapshot().history(one).paused
    assert len(paused) == 2
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    assert book.snapshot().history(desk.habit).paused == paused


def test_check_ins_stay_in_the_book(desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    answer(desk.book, one, "yes", "n")
    add(desk.book, one, 5)
    desk.book.save()
    before = read(desk.path.read_bytes())
    desk.book.apply(merge_habits(desk.book.snapshot(), one, desk.habit))
    desk.book.save()
    after = read(desk.path.read_bytes())
    for table in ("checkins", "amounts", "rules"):
        assert before.records(table).items() <= after.records(table).items()


def test_an_answer_of_a_newer_version_is_left_alone(desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    answer(desk.book, one, "yes")
    desk.book.apply(Change("done", (Write("checkins", f"{desk.habit}|{DAY}", {"mark": {"half": True}}),)))
    desk.book.apply(Change("done", (Write("checkins", f"{one}|{NEXT}", {"mark": "twice"}),)))
    change = merge_habits(desk.book.snapshot(), one, desk.habit)
    assert [write.table for write in change.writes] == ["habits", "habits"]


def test_what_a_newer_version_wrote_goes_along_to_the_letter(desk: Desk) -> None:
    book = desk.book
    one = add_habit(book, "Write", Rule(SINCE))
    odd = {"amount": "5", "pace": Json("1.10"), "seen": Json("12345678901234567890123")}
    rule = Json('{"kind":"yes_no","odd":1.50,"schedule":{"every":"day"}}')
    writes = (Write("amounts", f"{one}|{DAY}|U", odd), Write("rules", f"{one}|2025-01-01", {"rule": rule}))
    book.apply(Change("x", writes))
    book.apply(merge_habits(book.snapshot(), one, desk.habit))
    book.save()
    document = read(desk.path.read_bytes())
    for table, record in (("amounts", f"{DAY}|U"), ("rules", "2025-01-01")):
        moved, kept = (decode(document.get(table, f"{habit}|{record}") or b"") for habit in (desk.habit, one))
        assert moved is not None
        assert kept is not None
        assert {name: text for name, (text, _) in moved.fields.items()} == {
            name: text for name, (text, _) in kept.fields.items()
        }


def test_all_that_names_a_stream_names_the_other(desk: Desk) -> None:
    book, snap = desk.book, desk.book.snapshot()
    one = add_stream(book, "ニュースレター", currency="JPY", since=SINCE, note="n")
    third = add_stream(book, "Shop")
    snap = book.snapshot()
    money: dict[str, Any] = {"kind": "income", "day": DAY, "gross": FIVE}
    for change in (
        edits.add_entry(snap, **money, currency="JPY", stream=one),
        edits.add_entry(snap, **money, currency="USD", stream=desk.stream),
        edits.add_time(snap, day=DAY, minutes=5, stream=one),
        edits.add_goal(snap, name="g1", motive="save", amount=FIVE, streams=(one, third)),
        edits.add_goal(snap, name="g2", motive="save", amount=FIVE, streams=(third, one, desk.stream)),
        edits.add_goal(snap, name="g3", motive="save", amount=FIVE),
        edits.edit_habit(snap, desk.habit, stream=one),
        Change("x", (Write("assets", "a1", {"stream": one}), Write("未来", "f1", {"streams": [one], "odd": [one]}))),
        Change("x", (Write("assets", "a2", {"stream": None}), Write("assets", "a3", {"note": one}))),
    ):
        book.apply(change)
    gone = edits.add_entry(snap, **money, currency="EUR", stream=one)
    book.apply(gone)
    book.apply(edits.delete_entry(book.snapshot(), gone.writes[0].id))
    book.apply(merge_streams(book.snapshot(), one, desk.stream))
    snap = book.snapshot()
    assert list(snap.streams) == [desk.stream, third]
    assert {entry.currency: entry.stream for entry in snap.entries} == {"JPY": desk.stream, "USD": desk.stream}
    assert [time.stream for time in snap.times] == [desk.stream]
    assert {goal.name: goal.streams for goal in snap.goals.values()} == {
        "g1": (desk.stream, third),
        "g2": (third, desk.stream),
        "g3": (),
    }
    assert snap.habits[desk.habit].stream == desk.stream
    raw = snap.document.values("assets") | snap.document.values("未来")
    named = {key: (fields.get("stream"), fields.get("streams"), fields.get("odd")) for key, fields in raw.items()}
    assert named == {
        "a1": (desk.stream, None, None),
        "a2": (None, None, None),
        "a3": (None, None, None),
        "f1": (None, [desk.stream], [one]),
    }
    stream = snap.streams[desk.stream]
    assert (stream.name, stream.currency, stream.since, stream.note) == ("Newsletter", "USD", SINCE, "n")
    deleted = decode(snap.document.get("entries", gone.writes[0].id) or b"")
    assert deleted is not None
    assert deleted.fields["stream"][0] == f'"{one}"'


def test_all_that_names_an_asset_names_the_other(desk: Desk) -> None:
    book = desk.book
    one, into = (edits.add_asset(book.snapshot(), name).writes for name in ("Guide", "Handbook"))
    book.apply(Change("asset.add", (*one, *into)))
    one_id, into_id = one[0].id, into[0].id
    book.apply(edits.edit_asset(book.snapshot(), one_id, minutes=90, published=DAY, stream=desk.stream, note="n"))
    book.apply(edits.edit_asset(book.snapshot(), into_id, minutes=30, published=SINCE))
    snap = book.snapshot()
    money: dict[str, Any] = {"kind": "income", "day": DAY, "gross": FIVE, "currency": "USD"}
    book.apply(edits.add_entry(snap, **money, asset=one_id))
    book.apply(edits.add_time(snap, day=DAY, minutes=5, asset=one_id))
    book.apply(merge_assets(book.snapshot(), one_id, into_id))
    snap = book.snapshot()
    assert [entry.asset for entry in snap.entries] == [time.asset for time in snap.times] == [into_id]
    (asset,) = snap.assets.values()
    assert (asset.name, asset.minutes, asset.stream, asset.note) == ("Handbook", 120, desk.stream, "n")
    assert asset.published == min(DAY, SINCE)


def test_the_first_day_of_a_joined_stream_is_the_earlier_one(desk: Desk) -> None:
    desk.book.apply(edits.edit_stream(desk.book.snapshot(), desk.stream, since=SINCE))
    for since, stays in ((DAY, SINCE), (dt.date(2025, 1, 1), dt.date(2025, 1, 1))):
        one = add_stream(desk.book, "News", since=since)
        desk.book.apply(merge_streams(desk.book.snapshot(), one, desk.stream))
        assert desk.book.snapshot().streams[desk.stream].since == stays


@pytest.mark.parametrize("join", [merge_habits, merge_streams])
def test_what_cannot_be_joined(desk: Desk, join: Any) -> None:
    snap = desk.book.snapshot()
    own, what = (desk.habit, "habit") if join is merge_habits else (desk.stream, "stream")
    with pytest.raises(BookError) as caught:
        join(snap, own, own)
    assert (caught.value.code, caught.value.details["why"]) == ("invalid", "itself")
    for pair in ((own, "nobody"), ("nobody", own)):
        with pytest.raises(BookError) as caught:
            join(snap, *pair)
        assert (caught.value.code, caught.value.details["what"]) == ("unknown", what)


Step = tuple[str, int, object]
days = st.integers(0, 3)
answers = st.sampled_from(["yes", "no", "skip", Decimal(5), Decimal("7.5"), "clear"])
STEPS = st.one_of(
    st.tuples(st.just("answer"), days, answers),
    st.tuples(st.just("add"), days, st.integers(1, 3)),
    st.tuples(st.just("note"), days, st.sampled_from(["a", "b", "写真\n👩‍👩‍👧", ""])),
    st.tuples(st.just("rule"), days, st.integers(1, 7)),
    st.tuples(st.just("pause"), days, st.none()),
)


def take(book: Book, habit: str, step: Step) -> None:
    kind, number, value = step
    day, snap = DAY + dt.timedelta(days=number), book.snapshot()
    if kind == "answer":
        clears = value == "clear"
        book.apply(edits.clear(snap, habit, day) if clears else edits.check(snap, habit, day, value))  # type: ignore[arg-type]
    elif kind == "add":
        book.apply(edits.add_amount(snap, habit, day, Decimal(str(value))))
    elif kind == "note":
        book.apply(edits.set_note(snap, habit, day, str(value)))
    elif kind == "rule":
        book.apply(edits.set_rule(snap, habit, Rule(day, schedule=Schedule("week", int(str(value))))))
    else:
        pause = {"habit": habit, "from": day.isoformat(), "to": day.isoformat()}
        book.apply(Change("pause", (Write("pauses", f"{habit}-{number}", pause),)))


@given(st.lists(STEPS, max_size=8), st.lists(STEPS, max_size=8), st.sampled_from([SINCE, DAY, NEXT]), st.booleans())
def test_undoing_a_merge_brings_everything_back(
    ours: list[Step], theirs: list[Step], since: dt.date, streams: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = desk(Path(folder))
        book = fresh.book
        into = add_habit(book, "書く", Rule(since))
        other = add_stream(book, "写真素材", currency="JPY")
        one = add_habit(book, "Write", Rule(DAY), stream=other, note="why")
        for habit, steps in ((one, ours), (into, theirs)):
            for step in steps:
                take(book, habit, step)
        before = seen(book)
        join = merge_streams(book.snapshot(), other, fresh.stream) if streams else None
        book.apply(join or merge_habits(book.snapshot(), one, into))
        after = seen(book)
        book.undo()
        assert seen(book) == before
        book.redo()
        assert seen(book) == after
        book.undo()
        book.save()
        assert seen(fresh.again()) == before


@given(st.lists(STEPS, max_size=8), st.lists(STEPS, max_size=8))
def test_nothing_that_was_answered_is_lost(ours: list[Step], theirs: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = desk(Path(folder))
        book = fresh.book
        one = add_habit(book, "Write", Rule(DAY))
        for habit, steps in ((one, ours), (fresh.habit, theirs)):
            for step in steps:
                take(book, habit, step)
        sides = [(marks(book, habit), notes(book, habit)) for habit in (one, fresh.habit)]
        book.apply(merge_habits(book.snapshot(), one, fresh.habit))
        both, told = marks(book, fresh.habit), notes(book, fresh.habit)
        assert both.keys() == sides[0][0].keys() | sides[1][0].keys()
        assert told.keys() == sides[0][1].keys() | sides[1][1].keys()
        for known, written in sides:
            for day, mark in known.items():
                stays = both[day]
                assert not isinstance(mark, Decimal) or (isinstance(stays, Decimal) and stays >= mark)
            assert all(note in told[day] for day, note in written.items())


def two_devices(tmp_path: Path, fresh: Desk) -> tuple[Book, Book]:
    """The same book on two devices that do not see each other yet."""
    fresh.book.save()
    other = tmp_path / "phone" / "pitrack.json"
    other.parent.mkdir()
    shutil.copy(fresh.path, other)
    return fresh.book, Book.open(other, state=tmp_path / "phone" / "state")


def later() -> None:
    """Long enough for the next stamp of any device to be a later one."""
    time.sleep(0.002)


def meet(first: Book, second: Book) -> None:
    """As a sync client would bring them together: both files become the merge of the two."""
    for book in (first, second):
        book.save()
    both = merge(*(read(book.path.read_bytes()) for book in (first, second)))
    assert both.data == merge(*(read(book.path.read_bytes()) for book in (second, first))).data
    for book in (first, second):
        book.path.write_bytes(both.data)
        book.refresh()
        book.save()
    assert first.path.read_bytes() == second.path.read_bytes() == both.data


def test_a_merge_made_on_two_devices_at_once_counts_once(tmp_path: Path, desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    for amount in (20, 5):
        add(desk.book, one, amount)
    add(desk.book, desk.habit, 100)
    answer(desk.book, one, "yes", "b", NEXT)
    answer(desk.book, desk.habit, "skip", "a", NEXT)
    laptop, phone = two_devices(tmp_path, desk)
    for book in (laptop, phone):
        book.apply(merge_habits(book.snapshot(), one, desk.habit))
    meet(laptop, phone)
    for book in (laptop, phone):
        assert list(book.snapshot().habits) == [desk.habit]
        assert marks(book, desk.habit) == {DAY: Decimal(125), NEXT: "yes"}
        assert notes(book, desk.habit) == {NEXT: "a\nb"}


def test_each_joined_into_the_other_leaves_one_that_has_it_all(tmp_path: Path, desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    add(desk.book, one, 20)
    add(desk.book, desk.habit, 100)
    answer(desk.book, one, "yes", "b", NEXT)
    laptop, phone = two_devices(tmp_path, desk)
    laptop.apply(merge_habits(laptop.snapshot(), one, desk.habit))
    later()
    phone.apply(merge_habits(phone.snapshot(), desk.habit, one))  # so this is how it ends
    meet(laptop, phone)
    for book in (laptop, phone):
        assert list(book.snapshot().habits) == [one]
        assert marks(book, one) == {DAY: Decimal(120), NEXT: "yes"}
        assert notes(book, one) == {NEXT: "b"}


def test_streams_joined_each_into_the_other_leave_one(tmp_path: Path, desk: Desk) -> None:
    one = add_stream(desk.book, "News")
    laptop, phone = two_devices(tmp_path, desk)
    laptop.apply(merge_streams(laptop.snapshot(), one, desk.stream))
    later()
    phone.apply(merge_streams(phone.snapshot(), desk.stream, one))
    meet(laptop, phone)
    assert list(laptop.snapshot().streams) == list(phone.snapshot().streams) == [one]


def test_an_answer_of_another_device_meanwhile_stands(tmp_path: Path, desk: Desk) -> None:
    one = add_habit(desk.book, "Write", Rule(SINCE))
    answer(desk.book, one, "yes")
    laptop, phone = two_devices(tmp_path, desk)
    laptop.apply(merge_habits(laptop.snapshot(), one, desk.habit))
    later()
    answer(phone, desk.habit, "skip")
    meet(laptop, phone)
    assert marks(laptop, desk.habit) == marks(phone, desk.habit) == {DAY: "skip"}
    assert laptop.undo().kept == ("mark",)
    assert marks(laptop, one) == {DAY: "yes"}
