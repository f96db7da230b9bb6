"""Two habits, streams or assets that are really one, joined: a change that gives all of the one to the other.

Both devices of a person may join the same two at once, even each into the other's: what moves keeps its own id, and
the one that stays says so under a stamp of its own, so that after the merge one of them stands, and whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import orjson

from pitrack.core.changes import Change, Json, Value, Write
from pitrack.core.model import Asset, Habit, Mark, Stream
from pitrack.store.errors import BookError
from pitrack.store.fields import Fields
from pitrack.store.jsontext import dumps
from pitrack.store.merge import decode
from pitrack.store.records import alive, mark_of
from pitrack.store.snapshot import BookSnapshot

Thing = TypeVar("Thing", Habit, Stream, Asset)
_WORTH = {"no": 0, "skip": 1, "yes": 2}
_AMOUNT = 3


def merge_habits(snap: BookSnapshot, from_id: str, into_id: str) -> Change:
    """Give a habit's answers, additions, pauses and older rules to another, then delete it.

    Where both answered a day, what says more stays (an amount, the larger one; yes; skip; no), and both notes.
    BookError("unknown" | "invalid").
    """
    one, into = _two("habit", snap.habits, from_id, into_id)
    writes = (
        *_answers(snap, one, into),
        *_additions(snap, one, into),
        *_older_rules(snap, one, into),
        *_named_anew(snap, "habit", one.id, into.id),
        *_timers(snap, f"h:{one.id}|", f"h:{into.id}|"),
        Write("habits", into.id, _joined(one.id) | _what_a_habit_lacks(snap, one, into)),
        Write("habits", one.id, None),
    )
    return Change("habit.merge", writes, one.name)


def merge_streams(snap: BookSnapshot, from_id: str, into_id: str) -> Change:
    """Give all that names a stream to another, then delete it; entries keep their own currency.

    BookError("unknown" | "invalid").
    """
    one, into = _two("stream", snap.streams, from_id, into_id)
    writes = (
        *_named_anew(snap, "stream", one.id, into.id),
        *_timers(snap, f"s:{one.id}|", f"s:{into.id}|"),
        Write("streams", into.id, _joined(one.id) | _what_a_stream_lacks(one, into)),
        Write("streams", one.id, None),
    )
    return Change("stream.merge", writes, one.name)


def merge_assets(snap: BookSnapshot, from_id: str, into_id: str) -> Change:
    """Give all that names an asset, and its hours, to another, then delete it. BookError("unknown" | "invalid")."""
    one, into = _two("asset", snap.assets, from_id, into_id)
    writes = (
        *_named_anew(snap, "asset", one.id, into.id),
        Write("assets", into.id, _joined(one.id) | _what_an_asset_lacks(snap, one, into)),
        Write("assets", one.id, None),
    )
    return Change("asset.merge", writes, one.name)


def _two(what: str, things: Mapping[str, Thing], from_id: str, into_id: str) -> tuple[Thing, Thing]:
    for record in (from_id, into_id):
        if record not in things:
            raise BookError("unknown", what=what, name=record, candidates=[])
    if from_id == into_id:
        raise BookError("invalid", what=what, value=things[from_id].name, why="itself")
    return things[from_id], things[into_id]


def _joined(one: str) -> Fields:
    """Says whose things these are, too. It also keeps the record alive where another device, before this, joined the
    two the other way round."""
    return {f"joined@{one}": True}


def _what_a_habit_lacks(snap: BookSnapshot, one: Habit, into: Habit) -> Fields:
    given: Fields = {}
    if one.stream in snap.streams and into.stream not in snap.streams:
        given["stream"] = one.stream
    if one.note and not into.note:
        given["note"] = one.note
    return given


def _what_a_stream_lacks(one: Stream, into: Stream) -> Fields:
    given: Fields = {}
    if one.note and not into.note:
        given["note"] = one.note
    if one.playbook and not into.playbook:
        given["playbook"] = one.playbook
    if one.since and one.since < (into.since or dt.date.max):
        given["since"] = one.since.isoformat()
    return given


def _what_an_asset_lacks(snap: BookSnapshot, one: Asset, into: Asset) -> Fields:
    given: Fields = {}
    if one.stream in snap.streams and into.stream not in snap.streams:
        given["stream"] = one.stream
    if one.note and not into.note:
        given["note"] = one.note
    if one.published and one.published < (into.published or dt.date.max):
        given["published"] = one.published.isoformat()
    if one.minutes:
        given["minutes"] = into.minutes + one.minutes
    return given


def _answers(snap: BookSnapshot, one: Habit, into: Habit) -> Iterator[Write]:
    there = _by_day(snap, "checkins", into)
    for day, moved in _by_day(snap, "checkins", one).items():
        if given := _more(moved, there.get(day, {})):
            yield Write("checkins", f"{into.id}|{day}", given)


def _more(moved: Fields, stands: Fields) -> Fields:
    """What a day's check-in gains from another's."""
    given: Fields = {}
    if _says_more(moved, stands):
        given["mark"] = moved["mark"]
    note, there = _note(moved), _note(stands)
    if note and note != there and not there.endswith("\n" + note):
        given["note"] = f"{there}\n{note}" if there else note
    return given


def _says_more(moved: Fields, stands: Fields) -> bool:
    mark, there = mark_of(moved), mark_of(stands)
    if mark is None:
        return False
    if there is None:  # perhaps one that only a newer version understands
        return stands.get("mark") is None
    return _worth(mark) > _worth(there)


def _worth(mark: Mark) -> tuple[int, Decimal]:
    return (_AMOUNT, mark) if isinstance(mark, Decimal) else (_WORTH[mark], Decimal(0))


def _note(fields: Fields) -> str:
    note = fields.get("note")
    return note if isinstance(note, str) else ""


def _additions(snap: BookSnapshot, one: Habit, into: Habit) -> Iterator[Write]:
    """Under the same ULID, so that joining twice adds once. Like check-ins, the old ones stay with the habit."""
    there = _by_day(snap, "amounts", into)
    for key, moved in _by_day(snap, "amounts", one).items():
        if alive(moved) and isinstance(moved.get("amount"), str) and not _stands(there, key):
            yield Write("amounts", f"{into.id}|{key}", _as_written(snap, "amounts", f"{one.id}|{key}"))


def _older_rules(snap: BookSnapshot, one: Habit, into: Habit) -> Iterator[Write]:
    """Those that begin before the other's first, so that the days before are judged as they were."""
    older = {rule.since.isoformat() for rule in one.rules if rule.since < into.rules[0].since}
    there = _by_day(snap, "rules", into)
    for day in _by_day(snap, "rules", one):
        if day in older and not _stands(there, day):
            yield Write("rules", f"{into.id}|{day}", _as_written(snap, "rules", f"{one.id}|{day}"))


def _timers(snap: BookSnapshot, old: str, new: str) -> Iterator[Write]:
    """Timers that run; of two of one device the earlier start is kept."""
    starts = {timer.id: timer.start for timer in snap.timers}
    for record, start in starts.items():
        if record.startswith(old):
            there = new + record.removeprefix(old)
            if there not in starts or start < starts[there]:
                yield Write("timers", there, _as_written(snap, "timers", record))
            yield Write("timers", record, None)


def _as_written(snap: BookSnapshot, table: str, record: str) -> Fields:
    """The fields of a record to the letter, those of a newer version included."""
    found = decode(snap.document.get(table, record) or b"{}")
    return {name: Json(text) for name, (text, _) in found.fields.items()} if found else {}


def _stands(records: Mapping[str, Fields], key: str) -> bool:
    return key in records and alive(records[key])


def _by_day(snap: BookSnapshot, table: str, habit: Habit) -> dict[str, Fields]:
    """A habit's records in a table, by what follows its id."""
    found = snap.document.values(table, habit.id + "|")
    return {key[len(habit.id) + 1 :]: fields for key, fields in found.items() if isinstance(fields, dict)}


def _named_anew(snap: BookSnapshot, what: str, old: str, new: str) -> Iterator[Write]:
    """Every living record in any table that names ``old`` in its field ``what``, or in a list of that plural."""
    spelled = dumps(old).encode()
    for table, record, text in _lines(snap, spelled):
        found = decode(text)
        if found is None or not found.alive:
            continue
        values: dict[str, Any] = {
            name: orjson.loads(found.fields[name][0]) for name in (what, f"{what}s") if name in found.fields
        }
        given: Fields = {name: _renamed(value, old, new) for name, value in values.items()}
        if given != values:
            yield Write(table, record, {name: value for name, value in given.items() if value != values[name]})


def _lines(snap: BookSnapshot, part: bytes) -> Iterable[tuple[str, str, bytes]]:
    """The records whose text holds ``part``."""
    for table in snap.document.tables:
        if part in bytes(snap.document.body(table)):
            for record, text in snap.document.records(table).items():
                if part in text:
                    yield table, record, text


def _renamed(value: Any, old: str, new: str) -> Value:
    if value == old:
        return new
    if isinstance(value, list) and old in value:
        names = [new if one == old else one for one in value]
        return [one for at, one in enumerate(names) if one not in names[:at]]
    renamed: Value = value
    return renamed
