"""The laws of the merge, on serialised bytes."""

from __future__ import annotations

import json
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.changes import Change, Json, Write
from pitrack.store.document import Document
from pitrack.store.format import read
from pitrack.store.log import Line
from pitrack.store.merge import Record, decode, encode, merge, merge_records
from pitrack.store.replay import before, replay
from tests.store.books import documents, ids, names, raw_values, records, stamp, tables, text


@given(documents(), documents())
def test_commutative(a: Document, b: Document) -> None:
    assert merge(a, b).data == merge(b, a).data


@given(documents(), documents(), documents())
def test_associative(a: Document, b: Document, c: Document) -> None:
    assert merge(merge(a, b), c).data == merge(a, merge(b, c)).data


@given(documents())
def test_idempotent(a: Document) -> None:
    assert merge(a, a).data == a.data
    assert merge(a, Document(a.data)).data == a.data


@given(documents(), documents())
def test_absorbing(a: Document, b: Document) -> None:
    assert merge(merge(a, b), a).data == merge(a, b).data


@given(st.lists(documents(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_any_order_any_duplication(books: list[Document], random: object) -> None:
    again = [*books, *books]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert reduce(merge, again).data == reduce(merge, books).data


@given(documents(), documents())
def test_inputs_stay_as_they_are(a: Document, b: Document) -> None:
    before = a.data, b.data
    merge(a, b)
    assert (a.data, b.data) == before


@given(documents(), documents())
def test_nothing_invented_nothing_lost(a: Document, b: Document) -> None:
    merged = merge(a, b)
    for table in {*a.tables, *b.tables}:
        ours, theirs, both = (book.records(table) for book in (a, b, merged))
        assert both.keys() == ours.keys() | theirs.keys()
        for record, found in both.items():
            sides = [side for side in (ours.get(record), theirs.get(record)) if side is not None]
            stamped = [side for side in map(decode, sides) if side is not None]
            after = decode(found)
            if after is None:
                assert found in sides
            elif table != "_book":
                pairs = [pair for side in stamped for pair in side.fields.items()]
                assert after.fields.keys() == {name for name, _ in pairs}
                for name, pair in after.fields.items():
                    assert (name, pair) in pairs
                    assert pair[1] == max(other[1] for same, other in pairs if same == name)
                assert after.deleted == max(
                    (side.deleted for side in stamped if side.deleted is not None), default=None
                )


@given(documents(), documents())
def test_unknown_content_survives_a_merge_to_the_letter(a: Document, b: Document) -> None:
    merged = merge(a, b)
    for book in (a, b):
        for name, value in book.opaque.items():
            others = [other.opaque[name] for other in (a, b) if name in other.opaque]
            assert (name in merged.tables) == (name in a.tables or name in b.tables)
            assert name in merged.tables or (merged.opaque[name] in others and merged.opaque[name] >= value)
    for ours, theirs in ((a, b), (b, a)):
        for table in ours.tables:
            for record, found in ours.records(table).items():
                if theirs.get(table, record) is None:
                    assert merged.get(table, record) == found


@given(documents(), st.lists(st.tuples(tables, ids, names, raw_values), min_size=1, max_size=5))
def test_unknown_content_survives_a_local_change_to_the_letter(
    a: Document, edits: list[tuple[str, str, str, str]]
) -> None:
    writes = tuple(Write(table, record, {field: Json(value)}) for table, record, field, value in edits)
    edited = replay(a, [Line(stamp(9), Change("edit", writes), before(a, writes))])
    assert read(edited.data).data == edited.data
    written = {(table, record) for table, record, _, _ in edits}
    assert {name: edited.opaque[name] for name in a.opaque if name not in edited.tables} == {
        name: value for name, value in a.opaque.items() if name not in {table for table, _ in written}
    }
    for table in a.tables:
        for record, found in a.records(table).items():
            was = decode(found)
            if (table, record) not in written:
                assert edited.get(table, record) == found
            elif was is not None:
                now = decode(edited.get(table, record) or b"")
                assert now is not None
                changed = {field for where, one, field, _ in edits if (where, one) == (table, record)}
                for name, pair in was.fields.items():
                    assert name in changed or now.fields[name] == pair


@given(documents(), documents())
def test_a_merge_is_canonical_and_readable(a: Document, b: Document) -> None:
    merged = merge(a, b)
    assert read(merged.data).data == merged.data
    json.loads(merged.data)


@given(records)
def test_decode_and_encode_are_inverse(record: Record) -> None:
    again = decode(encode(record))
    assert again is not None
    assert encode(again) == encode(record)
    assert again.deleted == record.deleted
    assert {name: pair[1] for name, pair in again.fields.items()} == {
        name: pair[1] for name, pair in record.fields.items()
    }


@given(records, records)
def test_a_later_local_edit_is_visible_after_any_merge(a: Record, b: Record) -> None:
    merged = merge_records(a, b)
    edit = Record({"mark": ('"skip"', stamp(28))})
    after = merge_records(merged, edit)
    assert after.fields["mark"] == ('"skip"', stamp(28))
    assert after.alive


def migrate(document: Document) -> Document:
    """To a synthetic format 2, a record at a time and with no new stamps: ``note`` becomes ``remark``."""
    migrated: dict[str, dict[str, bytes]] = {}
    for table in document.tables:
        for record, found in document.records(table).items():
            decoded = decode(found)
            if decoded is not None and table != "_book":
                fields = {{"note": "remark"}.get(name, name): pair for name, pair in decoded.fields.items()}
                migrated.setdefault(table, {})[record] = encode(Record(fields, decoded.deleted))
            else:
                migrated.setdefault(table, {})[record] = found
    return Document.build(migrated, document.opaque)


@given(documents(), documents())
def test_migrating_and_merging_may_come_in_any_order(a: Document, b: Document) -> None:
    assert migrate(merge(a, b)).data == merge(migrate(a), migrate(b)).data


def test_an_edit_after_a_delete_brings_the_record_back_whole() -> None:
    old = decode(text(mark="yes", note="mine", t=stamp(1)))
    deleted = Record(deleted=stamp(2))
    edit = Record({"note": ('"back"', stamp(3))})
    assert old is not None
    gone = merge_records(old, deleted)
    assert not gone.alive
    back = merge_records(gone, edit)
    assert back.alive
    assert back.fields["mark"][0] == '"yes"'


def test_a_tie_goes_by_the_bytes_of_the_value_never_mine() -> None:
    a, b = Record({"mark": ('"no"', stamp(1))}), Record({"mark": ('"yes"', stamp(1))})
    assert merge_records(a, b).fields == merge_records(b, a).fields == b.fields


def test_an_imported_field_never_beats_a_person() -> None:
    imported = Record({"note": ('"zzz"', "0001-01-01T00:00:00.000Z-0000-00000000")})
    typed = Record({"note": ('"a"', stamp(1))})
    assert merge_records(imported, typed).fields["note"][0] == '"a"'


def test_the_format_grows_and_the_smaller_store_stays() -> None:
    def book(store: str, version: str, day: int) -> Document:
        record = Record({"store": (f'"{store}"', stamp(day)), "format": (version, stamp(day))})
        return Document.build({"_book": {"book": encode(record)}})

    both = merge(book("b", "1", 9), book("a", "2", 3)).values("_book")["book"]
    assert (both["store"], both["format"]) == ("a", 2)


def test_t_is_the_oldest_stamp_and_ft_names_the_later_ones_alone() -> None:
    record = Record({"mark": ('"yes"', stamp(2)), "note": ('"n"', stamp(1)), "odd": ("1.10", stamp(1))})
    assert encode(record).decode() == (
        f'{{"ft":{{"mark":"{stamp(2)}"}},"mark":"yes","note":"n","odd":1.10,"t":"{stamp(1)}"}}'
    )
