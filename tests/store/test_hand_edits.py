"""What a person does to the file in an editor: taken in as an edit made now, or told in one code with nothing lost."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import orjson
import pytest

from pitrack.core.changes import Change, Json, Write
from pitrack.store import edits
from pitrack.store.book import Book, BookStatus
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.files import MOST
from pitrack.store.format import read
from pitrack.store.merge import Record, decode
from tests.store.books import DAY, Desk, desk, earn, grosses

Edit = Callable[[bytes], bytes]

MONEY = b'"money":{"currency":"USD","fee":"0","gross":"5","withheld":"0"}'
DIGITS = b"123456789012345678901234567890"


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    """A book with one income of 5 and one answered day."""
    made = desk(tmp_path)
    earn(made.book, "5", made.stream)
    made.book.apply(edits.check(made.book.snapshot(), made.habit, DAY, "yes", "rain"))
    made.book.save()
    return made


def in_the_open_book(at: Desk) -> Book:
    at.book.refresh()
    return at.book


def at_the_next_start(at: Desk) -> Book:
    return Book.open(at.path, state=at.state, patience=0)


Look = Callable[[Desk], Book]
both = pytest.mark.parametrize("look", [in_the_open_book, at_the_next_start])


def put(path: Path, data: bytes) -> bytes:
    """Save as an editor does: a new file takes the place of the old one."""
    draft = path.with_name("draft")
    draft.write_bytes(data)
    draft.replace(path)
    return data


def edit(path: Path, change: Edit) -> bytes:
    return put(path, change(path.read_bytes()))


def swap(old: bytes, new: bytes) -> Edit:
    """Type ``new`` in the only place where ``old`` stands."""

    def change(data: bytes) -> bytes:
        assert data.count(old) == 1
        return data.replace(old, new)

    return change


def line_of(data: bytes, part: bytes) -> bytes:
    """The only line that holds ``part``, with its line break."""
    (line,) = [line for line in data.splitlines(keepends=True) if part in line]
    return line


def record(book: Book, table: str, name: str) -> Record:
    found = decode(Document(book.data).get(table, name) or b"")
    assert found is not None
    return found


def entry_of(book: Book) -> str:
    (entry,) = book.snapshot().entries
    return entry.id


def phone(at: Desk) -> Book:
    """The same book on another device, which has a folder of its own."""
    folder = at.state.with_name("phone")
    return Book.open(put_in(folder, at.path.read_bytes()), state=folder / "state")


def sync(*books: Book) -> int:
    """Carry the file round and round between devices until nobody writes any more; how many rounds it took."""
    for rounds in range(1, 10):
        before = [book.path.read_bytes() for book in books]
        for giver, taker in zip(books, books[1:] + books[:1], strict=True):
            put(taker.path, giver.path.read_bytes())
            taker.refresh()
            taker.save()
            assert taker.status.behind is None
        after = [book.path.read_bytes() for book in books]
        if before == after and len(set(after)) == 1:
            return rounds
    raise AssertionError("never quiet")


# A slip: the file cannot be read, is left alone, and nothing is lost


def without_a_comma(data: bytes) -> bytes:
    return swap(b'"gross":"5",', b'"gross":"5"')(data)


def with_conflict_markers(data: bytes) -> bytes:
    line = line_of(data, b'"gross":"5"')
    other = line.replace(b'"gross":"5"', b'"gross":"7"')
    return data.replace(line, b"<<<<<<< HEAD\n" + line + b"=======\n" + other + b">>>>>>> phone\n")


def with_brackets_in_a_field(data: bytes, depth: int = 10_000) -> bytes:
    return swap(b'"note":"rain"', b'"note":"rain","odd":' + b"[" * depth + b"]" * depth)(data)


def with_brackets_at_the_limit(data: bytes) -> bytes:
    """Of two parsers the one takes them and the other does not."""
    return with_brackets_in_a_field(data, 1000)


def brackets_alone(_: bytes) -> bytes:
    return b"[" * 10_000 + b"]" * 10_000


SLIPS: list[tuple[Edit, str, int | None]] = [
    (without_a_comma, "json", 9),
    (with_conflict_markers, "git", 9),
    (with_brackets_in_a_field, "deep", None),
    (with_brackets_at_the_limit, "deep", None),
    (brackets_alone, "deep", None),
]


@both
@pytest.mark.parametrize(("slip", "reason", "line"), SLIPS)
def test_a_slip_is_named_and_the_replica_goes_on(
    desk: Desk, look: Look, slip: Edit, reason: str, line: int | None
) -> None:
    whole = desk.path.read_bytes()
    broken = edit(desk.path, slip)
    book = look(desk)
    assert grosses(book) == [5]
    earn(book, "6")
    book.save()
    assert book.status == BookStatus(True, "unreadable", {"path": str(desk.path), "reason": reason, "line": line})
    assert desk.path.read_bytes() == broken
    put(desk.path, whole)
    book.save()
    assert (book.status.pending, book.status.behind) == (False, None)
    assert grosses(desk.again()) == [5, 6]
    assert b'"gross":"6"' in desk.path.read_bytes()


@pytest.mark.parametrize(("slip", "reason", "line"), SLIPS)
def test_a_slip_in_a_book_that_this_device_never_saw(
    desk: Desk, tmp_path: Path, slip: Edit, reason: str, line: int | None
) -> None:
    edit(desk.path, slip)
    with pytest.raises(BookError) as caught:
        Book.open(desk.path, state=tmp_path / "new", patience=0)
    assert caught.value.code == "unreadable"
    assert caught.value.details == {"path": str(desk.path), "reason": reason, "line": line}


@both
def test_a_file_far_too_large_is_told_by_its_size(desk: Desk, look: Look) -> None:
    whole = desk.path.read_bytes()
    with desk.path.open("r+b") as file:
        file.truncate(2 * MOST)
    book = look(desk)
    earn(book, "6")
    for heal in (False, True):
        book.save(heal=heal)
        assert book.status == BookStatus(
            True, "unreadable", {"path": str(desk.path), "reason": "too-large", "line": None}
        )
        assert desk.path.stat().st_size == 2 * MOST
    put(desk.path, whole)
    book.save()
    assert book.status.behind is None
    assert grosses(desk.again()) == [5, 6]


def test_a_file_far_too_large_that_this_device_never_saw(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(2 * MOST)
    with pytest.raises(BookError) as caught:
        Book.open(path, state=tmp_path / "new", patience=0)
    assert (caught.value.code, caught.value.details["reason"]) == ("unreadable", "too-large")


def test_nesting_that_a_parser_takes_is_kept(desk: Desk) -> None:
    deep = b"[" * 400 + b"1.10" + b"]" * 400
    edit(desk.path, swap(b'"note":"rain"', b'"note":"rain","odd":' + deep))
    book = at_the_next_start(desk)
    assert book.status.behind is None
    book.save()
    assert b'"odd":' + deep in desk.path.read_bytes()


# A changed value


@both
def test_a_changed_amount_is_an_edit_made_now(desk: Desk, look: Look) -> None:
    before = record(desk.book, "entries", entry_of(desk.book))
    edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    book = look(desk)
    assert grosses(book) == [9]
    after = record(book, "entries", entry_of(book))
    (old, written), (new, now) = before.fields["money"], after.fields["money"]
    assert (json.loads(old)["gross"], json.loads(new)["gross"]) == ("5", "9")
    assert now > before.newest
    assert written == before.newest
    assert {name: value for name, value in after.fields.items() if name != "money"} == {
        name: value for name, value in before.fields.items() if name != "money"
    }
    book.save()
    assert (book.status.pending, book.status.behind) == (False, None)
    data = desk.path.read_bytes()
    assert b'"gross":"9"' in data
    assert f'"money":"{now}"'.encode() in data
    assert look(desk).data == data


@both
def test_a_changed_amount_can_be_undone_and_done_again(desk: Desk, look: Look) -> None:
    edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    book = look(desk)
    assert book.undo().word == "hand"
    assert grosses(book) == [5]
    book.save()
    assert MONEY in desk.path.read_bytes()
    assert book.redo().word == "hand"
    assert grosses(book) == [9]
    book.save()
    assert grosses(desk.again()) == [9]


@both
def test_a_changed_amount_wins_over_a_change_that_was_not_saved_yet(desk: Desk, look: Look) -> None:
    entry = entry_of(desk.book)
    desk.book.apply(edits.edit_entry(desk.book.snapshot(), entry, gross=Decimal(7)))
    edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    book = look(desk)
    assert grosses(book) == [9]
    book.undo()
    assert grosses(book) == [7]


@both
def test_a_changed_amount_in_an_editor_that_held_the_file_too_long(desk: Desk, look: Look) -> None:
    buffer = desk.path.read_bytes()
    desk.book.apply(edits.edit_entry(desk.book.snapshot(), entry_of(desk.book), gross=Decimal(7)))
    desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "sun"))
    desk.book.save()
    put(desk.path, swap(b'"gross":"5"', b'"gross":"9"')(buffer))
    book = look(desk)
    assert grosses(book) == [9]  # typed there
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "sun"}  # not touched there
    book.save()
    changed = edits.edit_entry(book.snapshot(), entry_of(book), gross=Decimal(8))
    book.apply(changed)
    book.save()
    put(desk.path, swap(b'"gross":"5"', b'"gross":"9"')(buffer))  # the same bytes again are stale, no new edit
    assert grosses(look(desk)) == [8]


def test_a_changed_amount_beats_another_device_and_reaches_it(desk: Desk) -> None:
    other = phone(desk)
    other.apply(edits.edit_entry(other.snapshot(), entry_of(other), gross=Decimal(7)))
    other.save()
    time.sleep(0.002)  # within one millisecond the ids of the devices would decide
    edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    desk.book.refresh()
    sync(other, desk.book)
    assert grosses(desk.book) == grosses(other) == [9]
    other.apply(edits.edit_entry(other.snapshot(), entry_of(other), gross=Decimal(8)))  # a later edit there wins again
    other.save()
    sync(other, desk.book)
    assert grosses(desk.book) == grosses(other) == [8]


def test_a_raw_hand_edit_that_reaches_another_device_first(desk: Desk) -> None:
    other = phone(desk)
    raw = edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    put(other.path, raw)
    other.refresh()
    desk.book.refresh()
    assert grosses(desk.book) == grosses(other) == [9]
    desk.book.save()
    other.save()
    assert desk.path.read_bytes() != other.path.read_bytes()  # each stamped it on its own
    sync(desk.book, other)
    assert grosses(desk.book) == grosses(other) == [9]
    assert desk.book.data == other.data == desk.path.read_bytes() == other.path.read_bytes()


def test_a_raw_record_that_reaches_a_device_that_never_saw_the_book(desk: Desk) -> None:
    raw = edit(desk.path, swap(b'"streams": {\n', b'"streams": {\n  "byhand": {"name":"By hand"},\n'))
    other = phone(desk)
    assert other.path.read_bytes() == raw
    for book in (desk.book, other):
        book.refresh()
        book.save()
        assert record(book, "streams", "byhand").fields["name"][0] == '"By hand"'
    sync(desk.book, other)
    assert desk.book.data == other.data == desk.path.read_bytes() == other.path.read_bytes()


def test_two_hand_edits_at_once_and_a_change_in_the_app_between_them(desk: Desk) -> None:
    edit(desk.path, lambda data: swap(b'"gross":"5"', b'"gross":"9"')(swap(b'"rain"', b'"snow"')(data)))
    desk.book.refresh()
    desk.book.apply(edits.set_note(desk.book.snapshot(), desk.habit, DAY, "sun"))
    edit(desk.path, swap(b'"name":"Newsletter"', b'"name":"Letters"'))  # in the file as it still stands
    desk.book.save()
    snapshot = desk.again().snapshot()
    assert grosses(desk.book) == [9]
    assert snapshot.history(desk.habit).notes == {DAY.toordinal(): "sun"}
    assert snapshot.streams[desk.stream].name == "Letters"


@both
def test_a_changed_amount_in_the_file_stands_against_one_in_a_copy_beside_it(desk: Desk, look: Look) -> None:
    copy = desk.path.with_name("pitrack (1).json")
    copy.write_bytes(swap(b'"gross":"5"', b'"gross":"7"')(desk.path.read_bytes()))
    edit(desk.path, swap(b'"gross":"5"', b'"gross":"9"'))
    book = look(desk)
    assert grosses(book) == [9]
    book.undo()
    assert grosses(book) == [7]


# What is taken out, doubled, or of a wrong kind


@both
@pytest.mark.parametrize("part", [b'"gross":"5"', b'"mark":"yes"', b'"name":"Write 500 words"'])
def test_a_deleted_line_comes_back_with_the_next_save(desk: Desk, look: Look, part: bytes) -> None:
    whole = desk.path.read_bytes()
    line = line_of(whole, part)
    table = re.search(rb' "\w+": \{\n' + re.escape(line) + rb" \},\n", whole)
    assert table is not None  # the only record of its table: the table goes with it
    put(desk.path, whole.replace(table[0], b""))
    book = look(desk)
    assert book.data == whole
    assert desk.path.read_bytes() != whole
    book.save()
    assert desk.path.read_bytes() == whole


@both
def test_a_deleted_field_comes_back_with_the_next_save(desk: Desk, look: Look) -> None:
    whole = desk.path.read_bytes()
    edit(desk.path, swap(b',"note":"rain"', b""))
    book = look(desk)
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "rain"}
    book.save()
    assert desk.path.read_bytes() == whole


WRONG = [
    (b'"name":"Newsletter"', b'"name":12', "streams"),
    (b'"name":"Newsletter"', b'"name":["Newsletter"]', "streams"),
    (b'"archived":false,"currency":"USD"', b'"archived":"no","currency":7', "streams"),
    (b'"kind":"yes_no"', b'"kind":null', "rules"),
    (MONEY, b'"money":"5"', "entries"),
    (MONEY, b'"money":5.50', "entries"),
]


@both
@pytest.mark.parametrize(("good", "bad", "table"), WRONG)
def test_a_wrong_type_in_a_field_is_kept_and_can_be_undone(
    desk: Desk, look: Look, good: bytes, bad: bytes, table: str
) -> None:
    edit(desk.path, swap(good, bad))
    book = look(desk)
    earn(book, "6")
    assert grosses(book) == ([6] if table == "entries" else [5, 6])  # what does not validate is not shown
    book.save()
    assert book.status.behind is None
    assert bad in desk.path.read_bytes()
    book.undo()
    assert book.undo().word == "hand"
    book.save()
    assert good in desk.path.read_bytes()
    assert bad not in bytes(Document(desk.path.read_bytes()).body(table))
    assert grosses(desk.again()) == [5]


@both
@pytest.mark.parametrize("junk", [b"[1.10,2]", b"7", b"null", b'"text"', b'{"t":"never"}'])
def test_what_is_no_record_gives_way_to_the_record_that_stood_there(desk: Desk, look: Look, junk: bytes) -> None:
    whole = desk.path.read_bytes()
    line = line_of(whole, b'"name":"Newsletter"')
    put(desk.path, whole.replace(line, line.partition(b": {")[0] + b": " + junk + b"\n"))
    book = look(desk)
    assert book.data == whole
    book.save()
    assert book.status.behind is None
    assert desk.path.read_bytes() == whole


@both
@pytest.mark.parametrize("junk", [b"[1.10,2]", b"7", b"null", b'"text"', b'{"t":21.50,"x":1.10}'])
def test_what_is_no_record_under_a_new_name_is_kept_to_the_letter(desk: Desk, look: Look, junk: bytes) -> None:
    edit(desk.path, swap(b'"streams": {\n', b'"streams": {\n  "0": ' + junk + b",\n"))
    book = look(desk)
    assert list(book.snapshot().streams) == [desk.stream]
    earn(book, "6")
    book.save()
    assert Document(desk.path.read_bytes()).get("streams", "0") == junk
    assert grosses(desk.again()) == [5, 6]


@both
@pytest.mark.parametrize("first", [b"5", b"9"])
def test_a_record_that_stands_twice(desk: Desk, look: Look, first: bytes) -> None:
    entry = entry_of(desk.book)
    line = line_of(desk.path.read_bytes(), b'"gross":"5"')
    lines = [line.replace(b'"gross":"5"', b'"gross":"%b"' % gross) for gross in sorted([b"5", b"9"])]
    if first == b"9":
        lines.reverse()
    edit(desk.path, swap(line, lines[0].rstrip(b"\n") + b",\n" + lines[1]))
    book = look(desk)
    assert grosses(book) == [9]
    book.save()
    assert desk.path.read_bytes().count(entry.encode()) == 1
    assert book.undo().word == "hand"
    assert grosses(book) == [5]


@both
def test_a_field_that_stands_twice_counts_as_every_reader_has_it(desk: Desk, look: Look) -> None:
    edit(desk.path, swap(b'"note":"rain"', b'"note":"snow","note":"hail"'))
    book = look(desk)
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "hail"}
    book.save()
    assert line_of(desk.path.read_bytes(), b'"mark":"yes"').count(b'"note":"hail"') == 1
    assert b"snow" not in desk.path.read_bytes()
    assert book.undo().word == "hand"
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): "rain"}


@both
def test_a_table_that_stands_twice(desk: Desk, look: Look) -> None:
    edit(desk.path, swap(b' "streams": {\n', b' "streams": {"byhand":{"name":"By hand"}},\n "streams": {\n'))
    book = look(desk)
    assert {stream.name for stream in book.snapshot().streams.values()} == {"By hand", "Newsletter"}
    book.save()
    assert desk.path.read_bytes().count(b'"streams"') == 1
    assert grosses(desk.again()) == [5]


# What this version does not know


def with_strange_numbers(data: bytes) -> bytes:
    """In a field, in a table of records, and as a table of no records at all."""
    field = swap(b'"note":"rain"', b'"note":"rain","odd":{"b":1.10,"a":[' + DIGITS + b"]}")(data)
    tables = b' "zoo": {\n  "ape": {"n":' + DIGITS + b',"x":1.10}\n },\n "zoo2": [1.10,' + DIGITS + b"]\n}\n"
    return swap(b"\n }\n}\n", b"\n },\n" + tables)(field)


def strange_numbers(data: bytes) -> list[bytes]:
    return sorted(re.findall(rb'1\.10|\d{25,}|"odd":\{[^}]*\}', data))


STRANGE = sorted([b'"odd":{"b":1.10,"a":[' + DIGITS + b"]}", b"1.10", b"1.10", DIGITS, DIGITS])


@both
def test_numbers_that_a_library_would_bend_survive_every_path(desk: Desk, look: Look, tmp_path: Path) -> None:
    whole = desk.path.read_bytes()
    raw = edit(desk.path, with_strange_numbers)
    book = look(desk)
    assert strange_numbers(book.data) == STRANGE
    book.save()
    assert strange_numbers(desk.path.read_bytes()) == STRANGE
    other = phone(desk)  # a merge with a device that made a change of its own
    earn(other, "7")
    other.save()
    earn(book, "6")
    book.save()
    sync(book, other)
    assert strange_numbers(other.path.read_bytes()) == STRANGE
    assert strange_numbers(desk.path.read_bytes()) == STRANGE
    (kept,) = [one for one in book.replica.backups.list() if one.kind == "found"]
    assert book.replica.backups.read(kept) == raw
    put(desk.path, whole)  # an old version is put back, without them
    again = look(desk)
    again.save()
    assert strange_numbers(desk.path.read_bytes()) == STRANGE
    away = Book.open(put_in(tmp_path / "restored", book.replica.backups.read(kept)), state=tmp_path / "s")
    away.save()
    assert strange_numbers(away.path.read_bytes()) == STRANGE


def put_in(folder: Path, data: bytes) -> Path:
    folder.mkdir()
    put(folder / "pitrack.json", data)
    return folder / "pitrack.json"


@both
def test_undoing_a_hand_edit_of_a_strange_number_gives_its_characters_back(desk: Desk, look: Look) -> None:
    edit(desk.path, with_strange_numbers)
    book = look(desk)
    book.save()
    edit(desk.path, swap(b'"odd":{"b":1.10,"a":[' + DIGITS + b"]}", b'"odd":1.1000'))
    book = look(desk)
    book.save()
    assert b'"odd":1.1000' in desk.path.read_bytes()
    assert book.undo().word == "hand"
    book.save()
    assert strange_numbers(desk.path.read_bytes()) == STRANGE
    assert book.redo().word == "hand"
    book.save()
    assert b'"odd":1.1000' in desk.path.read_bytes()


def test_a_change_in_the_app_leaves_the_strange_fields_of_its_record_alone(desk: Desk) -> None:
    edit(desk.path, with_strange_numbers)
    desk.book.refresh()
    desk.book.apply(edits.check(desk.book.snapshot(), desk.habit, DAY, "no", "sun"))
    desk.book.save()
    assert strange_numbers(desk.path.read_bytes()) == STRANGE
    desk.book.undo()
    desk.book.save()
    assert strange_numbers(desk.path.read_bytes()) == STRANGE


# What a person adds


@both
def test_a_record_added_without_stamps(desk: Desk, look: Look) -> None:
    added = b'  "byhand": {"day":"2026-11-21","kind":"income","money":{"gross":"8","currency":"USD"}},\n'
    edit(desk.path, swap(b'"entries": {\n', b'"entries": {\n' + added))
    book = look(desk)
    assert grosses(book) == [5, 8]
    made = record(book, "entries", "byhand")
    assert len({stamp for _, stamp in made.fields.values()}) == 1
    assert made.newest > record(book, "entries", entry_of_gross(book, 5)).newest
    book.save()
    assert f'"t":"{made.newest}"'.encode() in desk.path.read_bytes()
    other = phone(desk)
    assert grosses(other) == [5, 8]
    book.apply(edits.edit_entry(book.snapshot(), "byhand", note="typed"))
    book.save()
    assert record(book, "entries", "byhand").fields.keys() == {"day", "kind", "money", "note"}
    book.undo()
    assert book.undo().word == "hand"
    assert grosses(book) == [5]


def entry_of_gross(book: Book, gross: int) -> str:
    (found,) = [entry.id for entry in book.snapshot().entries if entry.gross == gross]
    return found


def test_a_record_added_without_stamps_before_this_device_knew_the_book(desk: Desk) -> None:
    edit(desk.path, swap(b'"streams": {\n', b'"streams": {\n  "byhand": {"name":"By hand","note":"old"},\n'))
    book = phone(desk)
    book.apply(edits.edit_stream(book.snapshot(), "byhand", name="Renamed"))
    book.save()
    stream = Book.open(book.path, state=book.path.parent / "third").snapshot().streams["byhand"]
    assert (stream.name, stream.note) == ("Renamed", "old")


def test_a_book_without_any_stamps_before_this_device_knew_it(desk: Desk) -> None:
    edit(desk.path, lambda data: re.sub(rb',"t":"[^"]*"', b"", data))
    book = phone(desk)
    assert (book.store, book.snapshot().settings.zone) == (desk.book.store, "Asia/Tokyo")
    assert grosses(book) == [5]
    book.apply(edits.edit_settings(book.snapshot(), name="Mine"))
    book.save()
    assert book.path.read_bytes().count(b'"t":"') == 6
    sync(book, desk.book)
    assert desk.book.snapshot().settings.name == "Mine"
    assert grosses(desk.book) == [5]


def test_a_change_to_a_record_whose_stamps_make_no_sense_keeps_its_other_fields(desk: Desk) -> None:
    odd = b'  "byhand": {"name":"By hand","note":"old","t":"never"},\n'
    edit(desk.path, swap(b'"streams": {\n', b'"streams": {\n' + odd))
    book = phone(desk)
    book.save()
    assert odd in book.path.read_bytes()
    book.apply(edits.edit_stream(book.snapshot(), "byhand", name="Renamed"))
    stream = book.snapshot().streams["byhand"]
    assert (stream.name, stream.note) == ("Renamed", "old")
    book.undo()
    assert book.snapshot().streams["byhand"].name == "By hand"
    book.apply(edits.delete_stream(book.snapshot(), "byhand"))
    assert "byhand" not in book.snapshot().streams
    book.undo()
    assert book.snapshot().streams["byhand"].note == "old"


@both
def test_a_field_added_by_hand(desk: Desk, look: Look) -> None:
    before = record(desk.book, "entries", entry_of(desk.book))
    edit(desk.path, swap(b'"status":"cleared"', b'"note":"by hand","status":"cleared"'))
    book = look(desk)
    (entry,) = book.snapshot().entries
    assert entry.note == "by hand"
    after = record(book, "entries", entry.id)
    assert after.fields.keys() - before.fields.keys() == {"note"}
    assert after.fields["note"][1] > before.newest
    book.save()
    assert grosses(desk.again()) == [5]
    assert book.undo().word == "hand"
    assert book.snapshot().entries[0].note == ""


@both
def test_stamps_taken_out_change_nothing(desk: Desk, look: Look) -> None:
    whole = desk.path.read_bytes()
    put(desk.path, re.sub(rb',"t":"[^"]*"', b"", whole))
    book = look(desk)
    assert book.data == whole
    book.save()
    assert desk.path.read_bytes() == whole
    assert not [line for line in book.replica.log.read()[0] if line.change.word == "hand"]


@both
def test_a_value_changed_and_its_stamp_taken_out(desk: Desk, look: Look) -> None:
    line = line_of(desk.path.read_bytes(), b'"gross":"5"')
    edit(desk.path, swap(line, re.sub(rb',"t":"[^"]*"', b"", line).replace(b'"gross":"5"', b'"gross":"9"')))
    before = record(desk.book, "entries", entry_of(desk.book))
    book = look(desk)
    assert grosses(book) == [9]
    after = record(book, "entries", entry_of(book))
    assert [name for name in after.fields if after.fields[name] != before.fields[name]] == ["money"]


# Other spellings of the same content


def indented(data: bytes) -> bytes:
    return json.dumps(json.loads(data), indent=4, ensure_ascii=True).encode()


def with_bom(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def in_one_line(data: bytes) -> bytes:
    return orjson.dumps(orjson.loads(data))


def backwards(data: bytes) -> bytes:
    tables = json.loads(data)
    return json.dumps({name: tables[name] for name in sorted(tables, reverse=True)}).encode()


@both
@pytest.mark.parametrize("spelling", [indented, with_bom, with_crlf, in_one_line, backwards])
def test_another_spelling_is_read_and_written_only_with_new_content(desk: Desk, look: Look, spelling: Edit) -> None:
    whole = desk.path.read_bytes()
    spelled = edit(desk.path, spelling)
    before = desk.path.stat()
    for _ in range(2):
        book = look(desk)
        assert book.data == whole
        book.save()
        assert (book.status.pending, book.status.behind) == (False, None)
    now = desk.path.stat()
    assert (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert desk.path.read_bytes() == spelled
    assert not [line for line in book.replica.log.read()[0] if line.change.word == "hand"]
    earn(book, "6")
    book.save()
    data = desk.path.read_bytes()
    assert read(data).data == data
    assert grosses(desk.again()) == [5, 6]


@both
def test_a_value_changed_in_another_spelling(desk: Desk, look: Look) -> None:
    edit(desk.path, lambda data: with_bom(with_crlf(indented(swap(b'"gross":"5"', b'"gross":"9"')(data)))))
    book = look(desk)
    assert grosses(book) == [9]
    book.save()
    data = desk.path.read_bytes()
    assert read(data).data == data
    assert grosses(desk.again()) == [9]


@both
def test_a_text_of_many_kinds_comes_through_an_editor(desk: Desk, look: Look) -> None:
    odd = "日本語 “x” \\ / \u2028 \u0000 🎉"
    edit(desk.path, swap(b'"note":"rain"', b'"note":' + json.dumps(odd, ensure_ascii=True).encode()))
    book = look(desk)
    assert book.snapshot().history(desk.habit).notes == {DAY.toordinal(): odd}
    book.save()
    assert desk.again().snapshot().history(desk.habit).notes == {DAY.toordinal(): odd}
    assert look(desk).data == desk.path.read_bytes()


def test_a_file_in_another_spelling_is_not_taken_apart_at_every_start(desk: Desk) -> None:
    earn(desk.book, "6")
    desk.book.save()
    edit(desk.path, indented)
    at_the_next_start(desk)
    again = at_the_next_start(desk)
    assert again._sync.synced.found is None  # its hash says that the base holds it all
    assert grosses(again) == [5, 6]


def test_a_change_with_a_raw_value_reads_the_same_after_a_restart(desk: Desk) -> None:
    desk.book.apply(Change("test", (Write("zoo", "ape", {"n": Json(DIGITS.decode())}),)))
    assert desk.again().data == desk.book.data
    assert b'"n":' + DIGITS in desk.book.data
