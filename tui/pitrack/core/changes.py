"""A change: what the user did, in one word, and the field writes that it makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
"""What a field may hold: JSON without floats."""


class Json(str):
    """A value as its JSON text, kept to the letter: what this version does not know, or what another one wrote."""

    __slots__ = ()


class Write(NamedTuple):
    """Fields set on one record; ``fields`` None deletes the record. ``under``: the stamp that values bear which no
    person typed (an import, a posted template), so that an edit, whenever it was made, counts more; empty: that of the
    change."""

    table: str
    id: str
    fields: Mapping[str, Value] | None
    under: str = ""


class Change(NamedTuple):
    """One thing the user did. ``word`` is a code ("done", "earn", "habit.add", ...); ``subject`` the name it was done
    to, as the user wrote it."""

    word: str
    writes: tuple[Write, ...]
    subject: str = ""
    day: dt.date | None = None
