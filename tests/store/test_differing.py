"""Reading again only the records that changed gives what reading all of them gives."""

from __future__ import annotations

import orjson
from hypothesis import given
from hypothesis import strategies as st

from pitrack.store.differing import differing
from pitrack.store.document import AT_ONCE, Document, split
from pitrack.store.snapshot import BookSnapshot

ids = st.text(st.sampled_from('ab|"\\é1'), min_size=1, max_size=4)
notes = st.one_of(st.text(max_size=5), st.integers(0, 2000).map("x".__mul__))


def body(records: dict[str, str]) -> bytes:
    """A table of those records, as a document holds it."""
    table = {key: orjson.dumps({"note": note}) for key, note in records.items()}
    return bytes(Document.build({"entries": table}).body("entries")) if records else b""


def lines(records: dict[str, str]) -> set[bytes]:
    return set(body(records).split(b",\n")) - {b""}


@given(st.dictionaries(ids, notes, max_size=12), st.dictionaries(ids, notes, max_size=12))
def test_the_old_without_what_is_old_and_with_what_is_new_is_the_new(old: dict[str, str], new: dict[str, str]) -> None:
    found = differing(body(new), body(old))
    gone = {split(line)[0] for line in found.old}
    kept = {line for line in lines(old) if split(line)[0] not in gone}
    assert kept | set(found.new) == lines(new)
    assert set(found.new) <= lines(new)
    assert set(found.old) <= lines(old)


def test_one_changed_line_among_many_is_all_that_is_found() -> None:
    old = {f"{number:05}": "y" * (number % 50) for number in range(20_000)}
    new = old | {"01234": "changed", "19999": "changed", "00000": "changed"}
    found = differing(body(new), body(old))
    assert [split(line)[0] for line in found.new] == ["00000", "01234", "19999"]
    assert [split(line)[0] for line in found.old] == ["00000", "01234", "19999"]
    assert differing(body(old), body(old)) == ([], [])
    assert len(differing(body(old | {"5": ""}), body(old)).new) == 1


def entry(day: str, gross: str, **more: object) -> bytes:
    fields = {"day": day, "kind": "income", "money": {"gross": gross, "currency": "USD"}, "t": "x", **more}
    return orjson.dumps(fields)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, bytes]:
    """Entries of which some do not validate, and some are deleted."""
    days = st.sampled_from(["2026-01-01", "2026-02-02", "no day"])
    gone = st.sampled_from([{}, {"del": "w"}, {"del": "y"}])
    keys = draw(st.lists(ids, max_size=8, unique=True))
    return {key: entry(draw(days), draw(st.sampled_from(["1", "2.50", "-1"])), **draw(gone)) for key in keys}


@given(tables(), tables())
def test_a_snapshot_made_from_the_one_before_is_the_one_read_whole(
    old: dict[str, bytes], new: dict[str, bytes]
) -> None:
    book = {"_book": {"book": b'{"store":"s"}'}}
    before = BookSnapshot(Document.build({**book, "entries": old}))
    assert before.entries is not None
    document = Document.build({**book, "entries": new})
    assert BookSnapshot(document, before).entries == BookSnapshot(document).entries


def test_records_that_did_not_change_stay_the_same_objects() -> None:
    book = {"_book": {"book": b'{"store":"s"}'}}
    old = {"a": entry("2026-01-01", "1"), "b": entry("2026-01-02", "2")}
    before = BookSnapshot(Document.build({**book, "entries": old}))
    first, second = before.entries
    after = BookSnapshot(Document.build({**book, "entries": {**old, "a": entry("2026-01-03", "1")}}), before)
    assert [one.id for one in after.entries] == ["b", "a"]
    assert after.entries[0] is second
    assert first not in after.entries


def test_a_large_table_is_parsed_in_parts() -> None:
    records = {f"{number:05}": orjson.dumps({"note": "z" * 100}) for number in range(2 * AT_ONCE // 100)}
    document = Document.build({"entries": records})
    parts = list(document.parts("entries"))
    assert len(parts) > 1
    assert {key: value for part in parts for key, value in part.items()} == document.values("entries")
    assert list(Document.build({"entries": {"a": b"{}"}}).parts("times")) == []
