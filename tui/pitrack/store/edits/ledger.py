"""Streams, entries, working time, months and rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pitrack.core import model
from pitrack.core.changes import Change, Write
from pitrack.core.days import Month
from pitrack.core.model import Entry, Rate, Stream, TimeEntry
from pitrack.store import fields as of
from pitrack.store.edits.parts import difference, edit_word, event, known, last_order, maybe, new, new_alias, with_alias
from pitrack.store.errors import BookError
from pitrack.store.ids import short_id, ulid
from pitrack.store.snapshot import BookSnapshot


def add_stream(
    snap: BookSnapshot, name: str, *, currency: str | None = None, alias: str | None = None, **given: Any
) -> Change:
    """A new source of income. Optional: role, stage, playbook, since, note."""
    stream = Stream(
        id=short_id(),
        alias=new_alias(snap.streams, "stream", alias, of.name(name), "s"),
        name=of.name(name),
        currency=currency or snap.settings.currency,
        order=last_order(snap.streams),
        **given,
    )
    return Change("stream.add", (new("streams", stream.id, of.of_stream(stream)),), stream.name)


def edit_stream(snap: BookSnapshot, stream_id: str, **given: Any) -> Change:
    """Set the given fields of a stream: name, alias, stage, role, currency, archived, order, since, note."""
    stream = known(snap.streams, "stream", stream_id)
    edited = stream._replace(**with_alias(snap.streams, "stream", stream.id, given))
    write = difference("streams", stream.id, of.of_stream(stream), of.of_stream(edited))
    return Change(edit_word("stream", given), write, stream.name)


def delete_stream(snap: BookSnapshot, stream_id: str) -> Change:
    """Take a stream away; its entries stay."""
    stream = known(snap.streams, "stream", stream_id)
    return Change("stream.delete", (Write("streams", stream.id, None),), stream.name)


def add_entry(
    snap: BookSnapshot, *, kind: model.EntryKind, day: dt.date, gross: Decimal, currency: str, **given: Any
) -> Change:
    """Book money, more than nothing of it: income, expense or refund. Optional: stream, fee, withheld, status, paid,
    received, units, note, tags, asset, source_id."""
    entry = Entry(id=ulid(), day=day, kind=kind, gross=gross, currency=currency, **given)
    of.check_amounts(entry, snap.settings.currency)
    maybe(snap.streams, "stream", entry.stream)
    maybe(snap.assets, "asset", entry.asset)
    word = {"income": "earn", "expense": "spend"}.get(kind, kind)
    return Change(word, (new("entries", entry.id, of.of_entry(entry)),), _stream_name(snap, entry.stream), day)


def edit_entry(snap: BookSnapshot, entry_id: str, **given: Any) -> Change:
    """Set the given fields of an entry."""
    entry = event(snap.entries, "entry", entry_id)
    edited = entry._replace(**given)
    if of.amounts(edited) != of.amounts(entry):  # what an older version booked may stay as it is
        of.check_amounts(edited, snap.settings.currency)
    maybe(snap.streams, "stream", given.get("stream"))
    maybe(snap.assets, "asset", given.get("asset"))
    write = difference("entries", entry.id, of.of_entry(entry), of.of_entry(edited))
    return Change("entry.edit", write, _stream_name(snap, entry.stream), entry.day)


def delete_entry(snap: BookSnapshot, entry_id: str) -> Change:
    """Take an entry away; undo brings it back."""
    entry = event(snap.entries, "entry", entry_id)
    return Change("entry.delete", (Write("entries", entry.id, None),), _stream_name(snap, entry.stream), entry.day)


def add_time(snap: BookSnapshot, *, day: dt.date, minutes: int, **given: Any) -> Change:
    """Book working time. Optional: stream, kind, task, note, asset."""
    time = TimeEntry(id=ulid(), day=day, minutes=minutes, **given)
    maybe(snap.streams, "stream", time.stream)
    maybe(snap.assets, "asset", time.asset)
    return Change("time", (new("times", time.id, of.of_time(time)),), _stream_name(snap, time.stream), day)


def edit_time(snap: BookSnapshot, time_id: str, **given: Any) -> Change:
    """Set the given fields of a time entry."""
    time = event(snap.times, "time", time_id)
    edited = time._replace(**given)
    maybe(snap.streams, "stream", given.get("stream"))
    maybe(snap.assets, "asset", given.get("asset"))
    write = difference("times", time.id, of.of_time(time), of.of_time(edited))
    return Change("time.edit", write, _stream_name(snap, time.stream), time.day)


def delete_time(snap: BookSnapshot, time_id: str) -> Change:
    """Take a time entry away; undo brings it back."""
    time = event(snap.times, "time", time_id)
    return Change("time.delete", (Write("times", time.id, None),), _stream_name(snap, time.stream), time.day)


def close_month(snap: BookSnapshot, month: Month, day: dt.date) -> Change:
    """Say that all of a month's payouts are in: its figures are no longer provisional."""
    if month >= Month.of(day):
        raise BookError("invalid", what="month", value=str(month), why="not-over")
    if month in snap.closed_months:
        raise BookError("invalid", what="month", value=str(month), why="already-closed")
    return Change("close", (Write("reviews", f"month|{month}", {"closed": day.isoformat()}),), str(month), day)


def reopen_month(snap: BookSnapshot, month: Month) -> Change:
    """Make a closed month provisional again."""
    if month not in snap.closed_months:
        raise BookError("invalid", what="month", value=str(month), why="not-closed")
    return Change("reopen", (Write("reviews", f"month|{month}", {"closed": None}),), str(month))


def note_nothing(snap: BookSnapshot, stream_id: str, month: Month, day: dt.date) -> Change:
    """Say that a stream brought nothing in a month, so that it is not waited for. In a field of its own: what two
    devices say of two streams stands side by side."""
    stream = known(snap.streams, "stream", stream_id)
    if month >= Month.of(day):
        raise BookError("invalid", what="month", value=str(month), why="not-over")
    write = Write("reviews", f"month|{month}", {f"nothing@{stream.id}": day.isoformat()})
    stands = (month, stream.id) in snap.nothing_came
    return Change("nothing", () if stands else (write,), stream.name, day)


def add_rate(rate: Rate) -> Change:
    """What one unit of a currency was worth in another on a day."""
    base, quote = of.currency(rate.base), of.currency(rate.quote)
    if base == quote:
        raise BookError("invalid", what="rate", value=f"{base} {quote}", why="same-currency")
    if rate.rate <= 0:
        raise BookError("invalid", what="rate", value=str(rate.rate), why="not-positive")
    write = Write("rates", f"{rate.day}|{base}|{quote}", {"rate": of.decimal(rate.rate, "rate")})
    return Change("rate", (write,), f"{base}/{quote}", rate.day)


def _stream_name(snap: BookSnapshot, stream: str | None) -> str:
    found = snap.streams.get(stream or "")
    return found.name if found else ""
