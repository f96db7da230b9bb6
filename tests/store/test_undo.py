from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.changes import Change, Write
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.edits.parts import derived
from pitrack.store.errors import BookError
from tests.store.books import DAY, Desk, desk

ORDINAL = DAY.toordinal()


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def mark(desk: Desk) -> object:
    return desk.book.snapshot().history(desk.habit).marks.get(ORDINAL)


def test_undo_and_redo_a_check_in(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    reverted = desk.book.undo()
    assert (reverted.word, reverted.subject, reverted.day, reverted.kept) == ("done", "Write 500 words", DAY, ())
    assert mark(desk) is None
    assert desk.book.redo().word == "done"
    assert mark(desk) == "yes"


def test_undo_puts_back_what_was_there(desk: Desk) -> None:
    for word in ("no", "yes"):
        desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, word, note=f"note {word}"))
    desk.book.undo()
    assert mark(desk) == "no"
    assert desk.book.snapshot().history(desk.habit).notes == {ORDINAL: "note no"}


def test_undo_goes_on_after_a_restart(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    desk.book.save()
    book = desk.again()
    book.undo()
    book.save()
    assert desk.again().snapshot().history(desk.habit).marks == {}
    desk.again().redo()
    assert desk.again().snapshot().history(desk.habit).marks == {ORDINAL: "yes"}


def test_undo_of_an_added_record_takes_it_away_and_redo_brings_it_back(desk: Desk) -> None:
    change = edits.add_entry(desk.book.snapshot(), kind="income", day=DAY, gross=Decimal(5), currency="USD", note="n")
    desk.book.apply(change)
    before = desk.book.snapshot().entries
    desk.book.undo()
    assert not desk.book.snapshot().entries
    desk.book.redo()
    assert desk.book.snapshot().entries == before
    desk.book.undo()
    assert not desk.book.snapshot().entries


def test_undo_of_a_deletion_brings_the_record_back_whole(desk: Desk) -> None:
    stream = desk.book.snapshot().streams[desk.stream]
    desk.book.apply(edits.delete_stream(desk.book.snapshot(), desk.stream))
    assert desk.stream not in desk.book.snapshot().streams
    assert desk.book.undo().word == "stream.delete"
    assert desk.book.snapshot().streams[desk.stream] == stream
    desk.book.redo()
    assert desk.stream not in desk.book.snapshot().streams


def test_typing_an_amount_and_taking_it_back_brings_back_the_additions(desk: Desk) -> None:
    for amount in (3, 4):
        desk.book.apply(edits.add_amount(desk.book.snapshot(), desk.habit, DAY, Decimal(amount)))
    assert mark(desk) == 7
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, Decimal(5)))
    assert mark(desk) == 5
    desk.book.undo()
    assert mark(desk) == 7


def test_undo_leaves_alone_what_another_edit_changed_since(desk: Desk, tmp_path: Path) -> None:
    desk.book.apply(edits.edit_stream(desk.book.snapshot(), desk.stream, name="News", note="mine"))
    desk.book.save()
    phone = Book.open(Path(tmp_path / "pitrack.json"), state=tmp_path / "phone")
    phone.apply(edits.edit_stream(phone.snapshot(), desk.stream, name="News of the phone"))
    phone.save()
    desk.book.refresh()
    reverted = desk.book.undo()
    assert reverted.kept == ("name",)
    stream = desk.book.snapshot().streams[desk.stream]
    assert (stream.name, stream.note) == ("News of the phone", "")


def test_a_record_that_another_device_has_edited_is_not_taken_away(desk: Desk, tmp_path: Path) -> None:
    change = edits.add_entry(desk.book.snapshot(), kind="income", day=DAY, gross=Decimal(5), currency="USD")
    desk.book.apply(change)
    desk.book.save()
    phone = Book.open(desk.path, state=tmp_path / "phone")
    phone.apply(edits.edit_entry(phone.snapshot(), change.writes[0].id, note="from the phone"))
    phone.save()
    desk.book.refresh()
    assert desk.book.undo().kept == ("note",)
    assert [entry.note for entry in desk.book.snapshot().entries] == ["from the phone"]


def test_a_new_change_ends_redo(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "yes"))
    desk.book.undo()
    desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "n"))
    with pytest.raises(BookError, match="nothing-to-redo"):
        desk.book.redo()


def test_nothing_to_undo(tmp_path: Path) -> None:
    book = desk(tmp_path).book
    for _ in range(2):  # the stream and the habit
        book.undo()
    with pytest.raises(BookError, match="nothing-to-undo"):
        book.undo()


@given(st.lists(st.sampled_from(["yes", "no", "skip", "5", "+2", "clear", "note", "undo", "redo"]), max_size=12))
def test_undoing_everything_is_as_before_and_redoing_as_after(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = desk(Path(folder))
        book = fresh.book
        start = _seen(fresh)
        depth = 0
        for step in steps:
            snap = book.snapshot()
            try:
                if step in {"undo", "redo"}:
                    if step == "undo" and depth == 0:
                        continue  # what lies below was not done here
                    getattr(book, step)()
                    depth += 1 if step == "redo" else -1
                    continue
                if step == "clear":
                    change = edits.clear(snap, fresh.habit, DAY)
                elif step == "note":
                    change = edits.set_note(snap, fresh.habit, DAY, f"note {depth}")
                elif step.startswith("+"):
                    change = edits.add_amount(snap, fresh.habit, DAY, Decimal(step))
                else:
                    change = edits.check(snap, fresh.habit, DAY, Decimal(5) if step == "5" else step)  # type: ignore[arg-type]
            except BookError:
                continue
            book.apply(change)
            depth += bool(change.writes)  # what stands already is no change
        end = _seen(fresh)
        for _ in range(depth):
            book.undo()
        assert _seen(fresh) == start
        for _ in range(depth):
            book.redo()
        assert _seen(fresh) == end


def _seen(fresh: Desk) -> object:
    snap = fresh.book.snapshot()
    history = snap.history(fresh.habit)
    return dict(history.marks), dict(history.notes), snap.settings


def imported(desk: Desk, count: int = 1, mark: str = "yes") -> Change:
    days = [DAY - dt.timedelta(days=back) for back in range(count)]
    return Change("import", derived(Write("checkins", f"{desk.habit}|{day}", {"mark": mark}) for day in days))


def test_a_derived_change_yields_to_any_edit_and_its_undo_leaves_that_alone(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "no"))
    desk.book.apply(imported(desk, 2))
    history = desk.book.snapshot().history(desk.habit)
    assert history.marks == {ORDINAL: "no", ORDINAL - 1: "yes"}
    assert desk.book.undo().kept == ("mark",)
    assert desk.book.snapshot().history(desk.habit).marks == {ORDINAL: "no"}
    desk.book.redo()
    assert desk.book.snapshot().history(desk.habit).marks == {ORDINAL: "no", ORDINAL - 1: "yes"}
    desk.book.undo()
    assert desk.book.snapshot().history(desk.habit).marks == {ORDINAL: "no"}


def test_a_derived_change_is_derived_after_a_restart(desk: Desk) -> None:
    desk.book.apply(imported(desk))
    again = desk.again()  # what was not saved is in the log alone
    assert again.data == desk.book.data
    again.undo()
    assert again.snapshot().history(desk.habit).marks == {}


def test_one_change_may_hold_what_was_typed_and_what_was_derived(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "no"))
    change = imported(desk, 2)
    typed = Write("checkins", f"{desk.habit}|{DAY}", {"mark": "skip"})
    desk.book.apply(change._replace(writes=(*change.writes, typed)))
    for book in (desk.book, desk.again()):
        assert book.snapshot().history(desk.habit).marks == {ORDINAL: "skip", ORDINAL - 1: "yes"}
    assert desk.again().undo().kept == ("mark",)  # of the derived write, which had not come through


def test_a_line_of_an_earlier_version_says_derived_of_all_its_writes(desk: Desk) -> None:
    desk.book.apply(imported(desk))
    log = desk.book.replica.log.path
    lines = log.read_bytes().splitlines(keepends=True)
    parts = orjson.loads(lines[-1])
    parts["e"] = [write[:5] for write in parts["e"]]
    log.write_bytes(b"".join([*lines[:-1], orjson.dumps(parts | {"b": 1}) + b"\n"]))
    assert desk.again().data == desk.book.data


def test_a_change_of_thousands_of_writes_is_packed_undone_and_done_again(desk: Desk) -> None:
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY - dt.timedelta(days=3), "no", note="mine"))
    desk.book.save()
    before = desk.book.snapshot().history(desk.habit)
    desk.book.apply(imported(desk, 5000))
    assert desk.book.replica.log.path.stat().st_size < 100_000
    desk.book.save()
    whole = dict.fromkeys(range(ORDINAL - 4999, ORDINAL + 1), "yes") | {ORDINAL - 3: "no"}
    for book in (desk.book, desk.again()):
        assert book.snapshot().history(desk.habit).marks == whole
    desk.book.undo()
    desk.book.save()
    assert desk.again().snapshot().history(desk.habit).marks == before.marks
    desk.again().redo()
    assert desk.again().snapshot().history(desk.habit).marks == whole
    assert desk.again().snapshot().history(desk.habit).notes == before.notes


def test_a_packed_line_that_is_damaged_is_passed_over(desk: Desk) -> None:
    desk.book.apply(imported(desk, 1000))
    log = desk.book.replica.log
    lines = log.path.read_bytes().splitlines()
    packed = b'"z":"'
    at = lines[-1].index(packed) + len(packed)
    log.path.write_bytes(b"\n".join([*lines[:-1], lines[-1][:at] + b"AAAA" + lines[-1][at + 4 :]]) + b"\n")
    assert (log.damaged(), len(log.read()[0])) == (1, len(lines) - 1)
