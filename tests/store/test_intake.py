"""Hand edits: exactly the values that no stamp accounts for."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from pitrack.core.changes import Json, Write
from pitrack.store.document import Document
from pitrack.store.format import Found, examine
from pitrack.store.intake import hand_edits
from pitrack.store.merge import Record, decode, encode, merge
from tests.store.books import documents, names, raw_values, records, stamp, stamps, texts

BOOK = Record({"store": ('"s1"', stamp(1)), "format": ("1", stamp(1)), "name": ('"Mine"', stamp(1))})


def found(document: Document) -> Found:
    return Found(document, document.data)


def book(**lines: bytes | None) -> Document:
    """A book whose check-ins are these."""
    checkins = {record: text for record, text in lines.items() if text is not None}
    return Document.build({"_book": {"book": encode(BOOK)}, "checkins": checkins})


def read(text: str, record: str = "a") -> Found:
    """A file with one check-in, as a person would leave it."""
    head = encode(BOOK).decode()
    return examine(f'{{"_book": {{"book": {head}}}, "checkins": {{"{record}": {text}}}}}'.encode())


def known(**fields: tuple[str, str]) -> Document:
    return book(a=encode(Record(dict(fields))))


@given(documents())
def test_a_version_beside_itself_has_none(a: Document) -> None:
    assert hand_edits(found(a), a) == ()
    unstamped = [(write.table, write.id) for write in hand_edits(examine(a.data), a)]  # a person's, not taken in yet
    assert not any(b'"t"' in (a.get(*place) or b"") for place in unstamped)


@given(st.lists(st.tuples(names, raw_values), max_size=6), st.lists(st.tuples(names, raw_values), max_size=6))
def test_an_older_or_newer_version_has_none(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    """What a history of stamped edits made is never a person's, whichever of two versions is met by the other."""
    old = Record()
    writes = enumerate((*before, *after), 1)
    for number, (name, value) in writes:
        old = Record({**old.fields, name: (value, stamp(1, counter=number))})
        if number == len(before):
            older = old
    assume(before and after)
    one, two = book(a=encode(older)), book(a=encode(old), b=encode(old))
    assert merge(one, two).data == two.data
    assert hand_edits(found(one), two) == ()
    assert hand_edits(found(two), one) == ()


@given(records, st.data())
def test_a_changed_value_under_an_equal_stamp_is_found_and_nothing_else(record: Record, data: st.DataObject) -> None:
    assume(record.fields)
    name = data.draw(st.sampled_from(sorted(record.fields)))
    value, at = record.fields[name]
    other = data.draw(raw_values.filter(lambda one: decode_value(one) != decode_value(value)))
    edited = Record({**record.fields, name: (other, at)}, record.deleted)
    ours, theirs = book(a=encode(record), b=encode(record)), book(a=encode(edited), b=encode(record))
    assert hand_edits(found(theirs), ours) == (Write("checkins", "a", {name: decode_value(other)}),)


def decode_value(text: str) -> Json:
    """A value as a record holds it."""
    parsed = decode(encode(Record({"x": (text, stamp(1))})))
    assert parsed is not None
    return Json(parsed.fields["x"][0])


@given(texts, texts, st.booleans())
def test_a_line_taken_out_is_none(one: bytes, two: bytes, table: bool) -> None:
    ours = book(a=one, b=two)
    theirs = Document.build({"_book": {"book": encode(BOOK)}}) if table else book(b=two)
    assert hand_edits(found(theirs), ours) == ()


@given(records, names)
def test_a_field_taken_out_is_none(record: Record, name: str) -> None:
    assume(name in record.fields and len(record.fields) > 1)
    left = {field: pair for field, pair in record.fields.items() if field != name}
    assert hand_edits(found(book(a=encode(Record(left, record.deleted)))), book(a=encode(record))) == ()


@given(st.dictionaries(names, raw_values, min_size=1, max_size=4), stamps)
def test_fields_without_stamps_are_edits_unless_they_say_what_is_known(fields: dict[str, str], at: str) -> None:
    text = "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"
    edited = {name: decode_value(value) for name, value in fields.items()}
    (write,) = hand_edits(read(text), book())
    assert (write.table, write.id, write.fields) == ("checkins", "a", edited)
    same = Record({name: (value, at) for name, value in edited.items()})
    assert hand_edits(read(text), book(a=encode(same))) == ()
    (name, *_) = sorted(fields)
    other = Record({**same.fields, name: ('"something else"', at)})
    assert hand_edits(read(text), book(a=encode(other))) == (Write("checkins", "a", {name: edited[name]}),)


def test_a_field_put_in_under_the_stamp_of_its_neighbours_is_an_edit() -> None:
    ours = known(mark=('"yes"', stamp(2)))
    assert hand_edits(read(f'{{"mark": "yes", "note": "new", "t": "{stamp(2)}"}}'), ours) == (
        Write("checkins", "a", {"note": Json('"new"')}),
    )
    assert hand_edits(read(f'{{"mark": "yes", "note": "new", "t": "{stamp(3)}"}}'), ours) == ()


def test_a_stamp_of_another_time_is_another_version_not_an_edit() -> None:
    ours = known(mark=('"yes"', stamp(2)))
    for day in (1, 3):
        assert hand_edits(read(f'{{"mark": "no", "t": "{stamp(day)}"}}'), ours) == ()


def test_a_record_that_stands_twice_is_an_edit_where_it_differs_whichever_wins_the_merge() -> None:
    ours = known(mark=('"yes"', stamp(2)), note=('"n"', stamp(2)))
    line = f'{{"mark": "yes", "note": "n", "t": "{stamp(2)}"}}'
    for other in ('"no"', '"zzz"'):
        edited = f'{{"mark": {other}, "note": "n", "t": "{stamp(2)}"}}'
        for twice in (f'{line}, "a": {edited}', f'{edited}, "a": {line}'):
            assert hand_edits(read(twice), ours) == (Write("checkins", "a", {"mark": Json(other)}),)
    assert hand_edits(read(f'{line}, "a": {line}'), ours) == ()


def test_of_a_record_that_was_edited_twice_the_last_counts() -> None:
    ours = known(mark=('"yes"', stamp(2)))
    twice = f'{{"mark": "zz", "t": "{stamp(2)}"}}, "a": {{"mark": "aa", "t": "{stamp(2)}"}}'
    assert hand_edits(read(twice), ours) == (Write("checkins", "a", {"mark": Json('"aa"')}),)


def test_of_a_field_that_stands_twice_the_last_counts() -> None:
    ours = known(mark=('"yes"', stamp(2)))
    for first, last in (("yes", "no"), ("no", "skip")):
        text = f'{{"mark": "{first}", "mark": "{last}", "t": "{stamp(2)}"}}'
        assert hand_edits(read(text), ours) == (Write("checkins", "a", {"mark": Json(f'"{last}"')}),)
    assert hand_edits(read(f'{{"mark": "no", "mark": "yes", "t": "{stamp(2)}"}}'), ours) == ()


def test_which_book_it_is_is_never_edited_but_its_name_may_be() -> None:
    def edited(**fields: str) -> Found:
        record = {**{name: value for name, (value, _) in BOOK.fields.items()}, **fields}
        text = ", ".join(f'"{name}": {value}' for name, value in record.items())
        return examine(f'{{"_book": {{"book": {{{text}, "t": "{stamp(1)}"}}}}}}'.encode())

    assert hand_edits(edited(store='"s2"', format="0"), book()) == ()
    assert hand_edits(edited(name='"Ours"'), book()) == (Write("_book", "book", {"name": Json('"Ours"')}),)


def test_under_stamps_that_make_no_sense_a_changed_value_of_a_known_record_is_an_edit() -> None:
    ours = known(mark=('"yes"', stamp(2)))
    for stamps_of in ('"t": "never"', f'"t": "{stamp(2)}", "ft": 7', f'"t": "{stamp(2)}", "del": "9999"'):
        assert hand_edits(read(f'{{"mark": "yes", {stamps_of}}}'), ours) == ()
        assert hand_edits(read(f'{{"mark": "no", {stamps_of}}}'), ours) == (
            Write("checkins", "a", {"mark": Json('"no"')}),
        )


def test_an_unknown_record_whose_stamps_make_no_sense_is_left_as_it_is() -> None:
    assert hand_edits(read('{"mark": "no", "t": "never"}'), book()) == ()


def test_numbers_that_no_library_gives_back_are_edits_to_the_letter() -> None:
    ours = known(odd=("1.10", stamp(2)))
    assert hand_edits(read(f'{{"odd": 1.10, "t": "{stamp(2)}"}}'), ours) == ()
    big = "123456789012345678901234567890"
    assert hand_edits(read(f'{{"odd": {big}, "t": "{stamp(2)}"}}'), ours) == (
        Write("checkins", "a", {"odd": Json(big)}),
    )
