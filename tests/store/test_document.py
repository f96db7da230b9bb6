from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.store.document import Document
from tests.store.books import documents, ids, tables, texts


@given(documents(), st.dictionaries(tables, st.dictionaries(ids, texts, max_size=5), max_size=3))
def test_splicing_is_building_anew(document: Document, changes: dict[str, dict[str, bytes]]) -> None:
    content = {name: document.records(name) for name in document.tables}
    for name, records in changes.items():
        content[name] = {**content.get(name, {}), **records}
    loose = {name: value for name, value in document.opaque.items() if not content.get(name)}
    if loose == document.opaque:  # a table of records and a loose value of one name is the merge's business
        assert document.splice(changes).data == Document.build(content, loose).data


@given(documents())
def test_every_record_is_found_and_nothing_else(document: Document) -> None:
    for name in document.tables:
        records = document.records(name)
        for record, text in records.items():
            assert document.get(name, record) == text
        assert document.get(name, "no such id") is None
    assert document.get("no such table", "a") is None


@given(documents(), ids)
def test_a_prefix_takes_the_records_that_begin_with_it(document: Document, record: str) -> None:
    prefix = record[:1] + "|"
    for name in document.tables:
        expected = {key for key in document.records(name) if key.startswith(prefix)}
        assert document.values(name, prefix).keys() == expected


@given(documents())
def test_a_json_library_reads_the_same_records(document: Document) -> None:
    parsed = json.loads(document.data)
    for name in document.tables:
        assert parsed[name].keys() == document.records(name).keys()
    assert list(parsed) == sorted(parsed)


@given(documents())
def test_one_record_a_line(document: Document) -> None:
    lines = document.data.decode().splitlines()
    records = sum(len(document.records(name)) for name in document.tables)
    assert len(lines) == records + 2 * len(list(document.tables)) + len(document.opaque) + 2


@pytest.mark.parametrize("data", [b"", b"{}", b"{\n}", b'{"a": 1}\n', b"[\n]\n"])
def test_what_is_plainly_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"canonical|not found"):
        Document(data)


def test_opaque_texts_stay_themselves() -> None:
    document = Document.build({"t": {"a": b'{"x":1.10}'}}, {"loose": b"[1.10]"})
    assert document.data == b'{\n "loose": [1.10],\n "t": {\n  "a": {"x":1.10}\n }\n}\n'
    assert Document(document.data).opaque == {"loose": b"[1.10]"}
