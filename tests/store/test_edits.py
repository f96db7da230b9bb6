from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pitrack.core.changes import Change, Write
from pitrack.core.days import Month
from pitrack.core.model import Pause, Rate, Rule, Schedule
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import find_habit, find_stream, find_timed, make_alias
from tests.store.books import DAY, Desk, desk


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def test_an_edit_writes_only_what_differs(desk: Desk) -> None:
    snap = desk.book.snapshot()
    change = edits.edit_stream(snap, desk.stream, name="Newsletter", currency="JPY")
    assert change.writes[0].fields == {"currency": "JPY"}
    assert edits.edit_stream(snap, desk.stream, name="Newsletter").writes == ()


def test_a_new_record_has_no_field_that_was_never_set(desk: Desk) -> None:
    change = edits.add_entry(desk.book.snapshot(), kind="income", day=DAY, gross=Decimal("1.50"), currency="USD")
    fields = change.writes[0].fields
    assert fields is not None
    assert fields.keys() == {"kind", "day", "money", "status"}
    assert fields["money"] == {"gross": "1.50", "fee": "0", "withheld": "0", "currency": "USD"}


def test_tags_come_and_go_each_by_itself(desk: Desk) -> None:
    book = desk.book
    change = edits.add_entry(book.snapshot(), kind="income", day=DAY, gross=Decimal(1), currency="USD", tags=("a", "b"))
    book.apply(change)
    edit = edits.edit_entry(book.snapshot(), change.writes[0].id, tags=("b", "c"))
    assert edit.writes[0].fields == {"tag@a": False, "tag@c": True}
    book.apply(edit)
    assert set(book.snapshot().entries[0].tags) == {"b", "c"}


def test_a_changed_rule_leaves_the_past(desk: Desk) -> None:
    book = desk.book
    rule = Rule(DAY, "at_least", Schedule("week", 3), Decimal("500"), "words")
    book.apply(edits.set_rule(book.snapshot(), desk.habit, rule))
    assert book.snapshot().habits[desk.habit].rules == (Rule(dt.date(2026, 1, 1)), rule)


def test_what_belongs_to_a_deleted_stream_can_still_be_edited(desk: Desk) -> None:
    book = desk.book
    money: dict[str, Any] = {"day": DAY, "gross": Decimal(1), "currency": "USD", "stream": desk.stream}
    book.apply(edits.add_entry(book.snapshot(), kind="income", **money))
    book.apply(edits.delete_stream(book.snapshot(), desk.stream))
    (kept,) = book.snapshot().entries
    assert edits.edit_entry(book.snapshot(), kept.id, status="pending").writes[0].fields == {"status": "pending"}
    with pytest.raises(BookError):
        edits.edit_entry(book.snapshot(), kept.id, stream=desk.stream)


def test_archive_and_restore_have_their_own_words(desk: Desk) -> None:
    snap = desk.book.snapshot()
    assert edits.edit_habit(snap, desk.habit, archived=True).word == "habit.archive"
    assert edits.edit_stream(snap, desk.stream, archived=False).word == "stream.restore"
    assert edits.edit_stream(snap, desk.stream, name="x", archived=False).word == "stream.edit"


@pytest.mark.parametrize(
    "make",
    [
        lambda snap: edits.add_habit(snap, " ", Rule(DAY)),
        lambda snap: edits.add_habit(snap, "x" * 201, Rule(DAY)),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY), alias="ü"),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY), alias="write"),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY), stream="nobody"),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY, "at_least")),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY, "at_least", target=Decimal(-1))),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY, schedule=Schedule("week", 8))),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY, schedule=Schedule("weekdays"))),
        lambda snap: edits.add_stream(snap, "x", currency="usd"),
        lambda snap: edits.add_stream(snap, "x", role="boss"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal(-1), currency="USD"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal(0), currency="USD"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal("1.234"), currency="USD"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal("1.5"), currency="JPY"),
        lambda snap: edits.add_entry(
            snap, kind="income", day=DAY, gross=Decimal(9), currency="USD", fee=Decimal("0.001")
        ),
        lambda snap: edits.add_habit(snap, "x", Rule(DAY, "at_least", target=Decimal(0))),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal("NaN"), currency="USD"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal("1E31"), currency="USD"),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal(1), currency="USD", fee=Decimal(2)),
        lambda snap: edits.add_entry(snap, kind="income", day=DAY, gross=Decimal(1), currency="USD", tags=("",)),
        lambda snap: edits.add_time(snap, day=DAY, minutes=0),
        lambda snap: edits.add_time(snap, day=DAY, minutes=1441),
        lambda snap: edits.add_goal(snap, name="x", motive="save", amount=Decimal(0)),
        lambda snap: edits.add_goal(
            snap, name="x", motive="save", amount=Decimal(1), since=DAY, by=dt.date(2026, 1, 1)
        ),
        lambda snap: edits.add_idea(" ", DAY),
        lambda snap: edits.add_pause(snap, first=DAY, last=dt.date(2026, 11, 21)),
        lambda snap: edits.add_pause(snap, first=DAY, habit="nobody"),
        lambda snap: edits.end_pause(snap, "nobody", last=DAY),
        lambda snap: edits.delete_pause(snap, "nobody"),
        lambda snap: edits.close_month(snap, Month.of(DAY), DAY),
        lambda snap: edits.reopen_month(snap, Month(2026, 1)),
        lambda snap: edits.add_rate(Rate(DAY, "USD", "USD", Decimal(1))),
        lambda snap: edits.edit_settings(snap, day_start=13),
        lambda snap: edits.delete_entry(snap, "nobody"),
    ],
)
def test_what_cannot_be_recorded_is_refused(desk: Desk, make: Any) -> None:
    with pytest.raises(BookError):
        make(desk.book.snapshot())


def test_a_pause_from_its_beginning_to_its_end(desk: Desk) -> None:
    book = desk.book
    change = edits.add_pause(book.snapshot(), first=DAY, habit=desk.habit, note="ill")
    pause = change.writes[0].id
    assert change.writes[0].fields == {"habit": desk.habit, "from": "2026-11-22", "note": "ill"}
    book.apply(change)
    assert book.snapshot().pauses == (Pause(pause, DAY, None, desk.habit, "ill"),)
    assert book.snapshot().history(desk.habit).paused == ((DAY.toordinal(), dt.date.max.toordinal()),)
    with pytest.raises(BookError):
        edits.edit_pause(book.snapshot(), pause, last=dt.date(2026, 11, 21))
    last = dt.date(2026, 11, 30)
    book.apply(edits.end_pause(book.snapshot(), pause, last=last))
    assert book.snapshot().history(desk.habit).paused == ((DAY.toordinal(), last.toordinal() + 1),)
    edit = edits.edit_pause(book.snapshot(), pause, habit=None, note="")
    assert edit.writes[0].fields == {"habit": None, "note": None}
    book.apply(edit)
    assert book.snapshot().history("any other").paused == ((DAY.toordinal(), last.toordinal() + 1),)
    book.apply(edits.delete_pause(book.snapshot(), pause))
    assert (book.snapshot().pauses, book.snapshot().history(desk.habit).paused) == ((), ())
    book.undo()
    assert len(book.snapshot().pauses) == 1


def test_a_pause_that_began_after_its_end_never_was(desk: Desk) -> None:
    book = desk.book
    one, two = (edits.add_pause(book.snapshot(), first=dt.date(2026, 11, day)) for day in (20, 22))
    book.apply(one)
    book.apply(two)
    change = edits.end_pause(book.snapshot(), one.writes[0].id, two.writes[0].id, last=dt.date(2026, 11, 21))
    assert [write.fields for write in change.writes] == [{"to": "2026-11-21"}, None]
    assert change.word == "pause.end"
    book.apply(change)
    assert [pause.last for pause in book.snapshot().pauses] == [dt.date(2026, 11, 21)]


def test_a_timed_thing_is_an_action_first_and_a_whole_name_before_a_beginning(desk: Desk) -> None:
    book = desk.book
    assert find_timed(book.snapshot(), "news").id == desk.stream
    reading = edits.add_habit(book.snapshot(), "Newsletter reading", Rule(DAY), alias="read")
    book.apply(reading)
    assert find_timed(book.snapshot(), "news").id == reading.writes[0].id
    assert find_timed(book.snapshot(), "Newsletter").id == desk.stream
    with pytest.raises(BookError) as caught:
        find_timed(book.snapshot(), "nobody")
    assert caught.value.details["candidates"] == ["write (Write 500 words)", "read (Newsletter reading)", "newsletter"]
    book.apply(edits.add_habit(book.snapshot(), "Newspaper", Rule(DAY)))
    with pytest.raises(BookError) as caught:
        find_timed(book.snapshot(), "news")
    assert caught.value.code == "ambiguous"


def test_an_amount_has_the_decimal_places_of_its_currency(desk: Desk) -> None:
    snap = desk.book.snapshot()
    for amount, currency in (("1.20", "USD"), ("5.00", "JPY"), ("1.234", "KWD"), ("0.00012", "BTC"), ("1.2300", "EUR")):
        change = edits.add_entry(snap, kind="income", day=DAY, gross=Decimal(amount), currency=currency)
        assert change.writes[0].fields["money"]["gross"] == amount
    with pytest.raises(BookError) as caught:
        edits.add_entry(snap, kind="income", day=DAY, gross=Decimal("1.234"), currency="USD")
    assert caught.value.details == {"what": "amount", "value": "1.234", "why": "USD places 2"}


def test_an_entry_of_nothing_that_was_booked_once_can_be_read_and_edited(desk: Desk) -> None:
    money = {"gross": "0", "fee": "0", "withheld": "0.001", "currency": "USD"}
    old = Write("entries", "old", {"kind": "income", "day": "2026-11-01", "money": money})
    desk.book.apply(Change("earn", (old,)))
    snap = desk.book.snapshot()
    assert [entry.gross for entry in snap.entries] == [Decimal(0)]
    assert edits.edit_entry(snap, "old", note="x", gross=Decimal(0)).writes[0].fields == {"note": "x"}
    with pytest.raises(BookError):
        edits.edit_entry(snap, "old", currency="EUR")


def test_at_most_nothing_can_be_asked(desk: Desk) -> None:
    assert edits.add_habit(desk.book.snapshot(), "x", Rule(DAY, "at_most", target=Decimal(0))).writes


def test_a_note_that_stands_is_no_write(desk: Desk) -> None:
    snap = desk.book.snapshot()
    assert edits.set_note(snap, desk.habit, DAY, "").writes == ()
    desk.book.apply(edits.set_note(snap, desk.habit, DAY, "e\u0301"))
    assert edits.set_note(desk.book.snapshot(), desk.habit, DAY, "é").writes == ()
    assert edits.set_note(desk.book.snapshot(), desk.habit, DAY, "").writes[0].fields == {"note": None}


def test_what_a_change_is_about_can_always_be_logged(desk: Desk) -> None:
    odd = "a\udcffb"
    settings = desk.book.snapshot().settings
    for change in (edits.add_idea(f" {odd} ", DAY), edits.edit_settings(desk.book.snapshot(), name=odd)):
        desk.book.apply(change)
        assert change.subject == "a?b"
    assert [idea.text for idea in desk.again().snapshot().ideas.values()] == ["a?b"]
    assert desk.again().snapshot().settings == settings._replace(name="a?b")


def test_text_keeps_every_character_that_json_can_carry(desk: Desk) -> None:
    note = '[bold red]x[/] \x1b[31m 日本語の習慣 👨‍👩‍👧‍👦 \\ " \n end'
    desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, note))
    desk.book.save()
    assert desk.again().snapshot().history(desk.habit).notes[DAY.toordinal()] == note
    desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "bad \udc80 byte"))
    assert desk.book.snapshot().history(desk.habit).notes[DAY.toordinal()] == "bad ? byte"


@pytest.mark.parametrize(
    ("name", "taken", "alias"),
    [
        ("Write 500 words", [], "write"),
        ("Write 500 words", ["write"], "words"),
        ("Write 500 words", ["write", "words"], "write-words"),
        ("Write", ["write"], "write2"),
        ("Café crème", [], "cafe"),
        ("写真の整理", [], "h1"),
        ("写真の整理", ["h1"], "h2"),
        ("5", [], "h1"),
    ],
)
def test_the_alias_of_a_name(name: str, taken: list[str], alias: str) -> None:
    assert make_alias(name, taken, fallback="h") == alias


@pytest.mark.parametrize(
    "typed", ["write", "WRITE", "wri", "words", "500", "write 500", "Ｗｒｉｔｅ", "500 w", "Write 500 words"]
)
def test_a_habit_is_found_by_what_one_types(desk: Desk, typed: str) -> None:
    assert find_habit(desk.book.snapshot(), typed).id == desk.habit


def test_an_alias_beats_a_prefix_and_japanese_names_match_by_prefix(desk: Desk) -> None:
    book = desk.book
    for name in ("Writer's block", "写真の整理"):
        book.apply(edits.add_habit(book.snapshot(), name, Rule(DAY)))
    assert find_habit(book.snapshot(), "write").id == desk.habit
    assert find_habit(book.snapshot(), "写真").name == "写真の整理"
    with pytest.raises(BookError) as caught:
        find_habit(book.snapshot(), "wr")
    assert caught.value.code == "ambiguous"
    assert caught.value.details["candidates"] == ["write (Write 500 words)", "writer (Writer's block)"]
    assert caught.value.details["by"] == ""
    book.apply(edits.add_habit(book.snapshot(), "写真の整理", Rule(DAY), alias="two"))
    with pytest.raises(BookError) as caught:
        find_habit(book.snapshot(), "写真の整理")
    assert (caught.value.code, caught.value.details["by"]) == ("ambiguous", "alias")
    with pytest.raises(BookError) as caught:
        find_stream(book.snapshot(), "nothing")
    assert (caught.value.code, caught.value.details["candidates"]) == ("unknown", ["newsletter"])


def test_an_archived_thing_gives_way_to_a_living_one(desk: Desk) -> None:
    book = desk.book
    book.apply(edits.add_habit(book.snapshot(), "Words of the day", Rule(DAY), alias="wotd"))
    book.apply(edits.edit_habit(book.snapshot(), desk.habit, archived=True))
    assert find_habit(book.snapshot(), "words").alias == "wotd"
    assert find_habit(book.snapshot(), "write").id == desk.habit


def test_moving_a_habit_writes_one_field_until_no_room_is_left(desk: Desk) -> None:
    book = desk.book
    ids = [desk.habit]
    for name in ("b", "c"):
        change = edits.add_habit(book.snapshot(), name, Rule(DAY))
        book.apply(change)
        ids.append(change.writes[0].id)
    first, second, third = ids
    change = edits.place_habit(book.snapshot(), third, second, behind=False)
    assert [write.id for write in change.writes] == [third]
    book.apply(change)
    assert list(book.snapshot().habits) == [first, third, second]
    for moved in (first, third):
        book.apply(edits.edit_habit(book.snapshot(), moved, order=Decimal(1)))
    change = edits.place_habit(book.snapshot(), second, max(first, third), behind=False)
    book.apply(change)
    assert list(book.snapshot().habits)[1] == second
    assert [str(habit.order) for habit in book.snapshot().habits.values()] == ["1", "2", "3"]


def test_several_days_are_answered_in_one_change(desk: Desk) -> None:
    book = desk.book
    counted = edits.add_habit(book.snapshot(), "count", Rule(DAY, "at_least", Schedule(), Decimal(5)))
    book.apply(counted)
    days = [(desk.habit, DAY), (counted.writes[0].id, DAY)]
    book.apply(edits.add_amount(book.snapshot(), days[1][0], DAY, Decimal(2)))
    book.apply(edits.answer_all(book.snapshot(), days, "yes"))
    marks = [book.snapshot().history(habit).marks[DAY.toordinal()] for habit, _day in days]
    assert marks == ["yes", Decimal(5)]
    book.undo()
    assert DAY.toordinal() not in book.snapshot().history(desk.habit).marks
    assert book.snapshot().history(days[1][0]).marks[DAY.toordinal()] == Decimal(2)
