from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.store.document import Document
from pitrack.store.format import Unreadable, canonical, read, stamps
from tests.store.books import documents, stamp

BOOK = f'"_book":{{"book":{{"store":"s1","format":1,"t":"{stamp(1)}"}}}}'


@given(documents())
def test_a_canonical_file_is_taken_as_it_stands(document: Document) -> None:
    assert read(document.data).data == document.data


@given(documents())
def test_reformatting_changes_nothing_that_is_read(document: Document) -> None:
    if b"1.10" in document.data or b"1.50" in document.data or b"1234567890" in document.data:
        return  # what json.dumps would itself change
    pretty = json.dumps(json.loads(document.data), indent=4, ensure_ascii=True).encode()
    assert read(pretty).data == document.data


@pytest.mark.parametrize(
    "odd", ["1.10", "123456789012345678901234567890", "-0", "1e5", '{"z":1.50,"a":[1.0]}', "9007199254740993"]
)
def test_an_unknown_value_keeps_its_characters(odd: str) -> None:
    data = f'{{{BOOK},"future":{{"x":{{"odd":{odd},"t":"{stamp(2)}"}}}}}}'.encode()
    assert f'"odd":{odd}'.encode() in read(data).data
    assert read(read(data).data).data == read(data).data


def test_a_record_without_stamps_and_a_loose_value_are_kept() -> None:
    data = f'{{{BOOK},"habits":{{"h":{{"name":"by hand","name":"twice"}}}},"loose":[1, 2.50]}}'.encode()
    document = read(data)
    assert document.get("habits", "h") == b'{"name":"by hand","name":"twice"}'
    assert document.opaque["loose"] == b"[1,2.50]"


def test_a_record_that_stands_twice_is_merged() -> None:
    data = (
        f'{{{BOOK},"checkins":{{"h|d":{{"mark":"no","t":"{stamp(2)}"}}}},'
        f'"checkins":{{"h|d":{{"note":"n","t":"{stamp(1)}"}}}}}}'
    ).encode()
    record = read(data).values("checkins")["h|d"]
    assert (record["mark"], record["note"]) == ("no", "n")


def test_a_byte_order_mark_is_no_harm() -> None:
    assert read(b"\xef\xbb\xbf" + f"{{{BOOK}}}".encode()).values("_book")["book"]["store"] == "s1"


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"", "empty", None),
        (b" \n", "empty", None),
        (b'{\n "a": 1,\n}', "json", 2),
        (b"<<<<<<< HEAD\n{}", "git", 1),
        (b'{"a": "\xff"}', "encoding", None),
        (b"[1]", "not-a-book", None),
        (b'{"_default": {}}', "not-a-book", None),
        (b"[" * 10_000, "deep", None),
        (f"{{{BOOK}".encode(), "json", 1),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_book_says_why(data: bytes, reason: str, line: int | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.reason == reason
    if line is not None:
        assert caught.value.line == line


def test_equal_content_is_equal_bytes() -> None:
    tables = {"b": {"2": {"x": "1", "t": stamp(1)}, "1": {"y": None, "t": stamp(2)}}, "a": {}}
    turned = {"b": {"1": {"t": stamp(2), "y": None}, "2": {"t": stamp(1), "x": "1"}}}
    assert canonical(tables) == canonical(turned)


def test_every_stamp_is_found_wherever_it_stands() -> None:
    data = f'{{{BOOK},"x":{{"a":{{"n":1,"m":2,"t":"{stamp(2)}","ft":{{"m":"{stamp(5)}"}},"del":"{stamp(4)}"}}}}}}'
    assert stamps(read(data.encode())) >= {stamp(2), stamp(4), stamp(5)}


@given(documents(), st.integers(0, 400), st.sampled_from([b" ", b"\n", b"  "]))
def test_a_space_anywhere_changes_no_record(document: Document, at: int, space: bytes) -> None:
    """Canonical but for one space: it must not be taken as it stands."""
    stirred = document.data[:at] + space + document.data[at:]
    try:
        again = read(stirred)
    except Unreadable:
        return  # the space fell into a number, a word or a key
    assert again.data == document.data or json.loads(again.data) == json.loads(stirred)
    assert read(again.data).data == again.data
