"""What builders of changes share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pitrack.core.changes import Write
from pitrack.store.clock import BOTTOM
from pitrack.store.errors import BookError
from pitrack.store.fields import Fields
from pitrack.store.names import fold, make_alias


def new(table: str, record: str, given: Fields) -> Write:
    """A new record; what was not given was never set."""
    return Write(table, record, {name: value for name, value in given.items() if value is not None})


def derived(writes: Iterable[Write], stamp: str = BOTTOM) -> tuple[Write, ...]:
    """The writes, as what no person typed: any edit counts more."""
    return tuple(write._replace(under=stamp) for write in writes)


def difference(table: str, record: str, before: Fields, after: Fields) -> tuple[Write, ...]:
    """The write from one set of fields to another: only what differs; a tag that went is set to false."""
    changed: Fields = {name: value for name, value in after.items() if name not in before or before[name] != value}
    changed |= {name: False for name in before if name not in after}
    return (Write(table, record, changed),) if changed else ()


def edit_word(what: str, given: Mapping[str, Any]) -> str:
    if given.keys() == {"archived"}:
        return f"{what}.archive" if given["archived"] else f"{what}.restore"
    return f"{what}.edit"


def known(things: Mapping[str, Any], what: str, record: str) -> Any:
    thing = things.get(record)
    if thing is None:
        raise BookError("unknown", what=what, name=record, candidates=[])
    return thing


def maybe(things: Mapping[str, Any], what: str, record: str | None) -> str | None:
    if record is not None:
        known(things, what, record)
    return record


def event(events: Iterable[Any], what: str, record: str) -> Any:
    return known({event.id: event for event in events}, what, record)


def with_alias(things: Mapping[str, Any], what: str, own: str, given: dict[str, Any]) -> dict[str, Any]:
    if "alias" not in given:
        return given
    others = {record: thing for record, thing in things.items() if record != own}
    return given | {"alias": _free_alias(others, what, given["alias"])}


def new_alias(things: Mapping[str, Any], what: str, alias: str | None, name: str, fallback: str) -> str:
    if alias is None:
        return make_alias(name, (thing.alias for thing in things.values()), fallback=fallback)
    return _free_alias(things, what, alias)


def _free_alias(things: Mapping[str, Any], what: str, alias: str) -> str:
    alias = fold(alias)
    if not alias or not alias.isascii() or not alias.isprintable() or " " in alias or len(alias) > 40:
        raise BookError("invalid", what="alias", value=alias, why="ascii-word")
    if any(fold(thing.alias) == alias for thing in things.values()):
        raise BookError("taken", what=what, name=alias)
    return alias


def last_order(things: Mapping[str, Any]) -> Decimal:
    return max((thing.order for thing in things.values()), default=Decimal(0)).to_integral_value() + 1
