"""Which habits of a book are those that a file holds: by the keys that an earlier import noted, else by name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pitrack.exchange.found import FoundHabit
from pitrack.store.names import fold
from pitrack.store.snapshot import BookSnapshot

SOURCE = "source@"
"""The field that notes, with the preset's name behind it, the keys that a habit has in the other tool."""
_JOINED = "joined@"
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class Match(NamedTuple):
    """Where a found habit goes: the id of its record; whether the book shows it, once had it, or never saw it; and the
    keys to note (None where they are noted already)."""

    id: str
    state: str  # "there" | "gone" | "new"
    keys: tuple[str, ...] | None


def match(snap: BookSnapshot, preset: str, habits: Sequence[FoundHabit]) -> list[Match]:
    """One match for each habit, each with a record of its own."""
    return _Matcher(snap, preset).match(numbered(habits))


def numbered(habits: Sequence[FoundHabit]) -> list[tuple[FoundHabit, tuple[str, ...]]]:
    """Each habit with its keys; where several have the same, the second one's are numbered, and so on."""
    seen: Counter[str] = Counter()
    found = []
    for habit in habits:
        keys = []
        for key in habit.keys:
            seen[key] += 1
            keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
        found.append((habit, tuple(keys)))
    return found


def derived_id(*parts: str, length: int = 8) -> str:
    """An id that only depends on its parts, so that two devices which import the same make the same records."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return "".join(_LETTERS[byte & 31] for byte in digest[:length])


class _Matcher:
    def __init__(self, snap: BookSnapshot, preset: str) -> None:
        self._snap = snap
        self._preset = preset
        self._field = SOURCE + preset
        self._records: Mapping[str, Any] = snap.document.values("habits")
        self._noted: dict[str, list[str]] = {}
        self._heirs: dict[str, str] = {}
        self._taken: set[str] = set()
        for record, fields in self._records.items():
            if not isinstance(fields, dict):
                continue
            keys = fields.get(self._field)
            for key in keys if isinstance(keys, list) else ():
                self._noted.setdefault(str(key), []).append(record)
            if record in snap.habits:
                self._heirs |= {name.removeprefix(_JOINED): record for name in fields if name.startswith(_JOINED)}

    def match(self, habits: list[tuple[FoundHabit, tuple[str, ...]]]) -> list[Match]:
        found: dict[int, Match] = {}
        for rank in range(max((len(keys) for _, keys in habits), default=0)):
            for place, (_, keys) in enumerate(habits):
                if place not in found and rank < len(keys) and (record := self._by_key(keys[rank])):
                    found[place] = self._take(record, keys)
        for place, (habit, keys) in enumerate(habits):
            if place not in found and (record := self._by_name(habit.name)):
                found[place] = self._take(record, keys)
        for place, (_, keys) in enumerate(habits):
            if place not in found:
                found[place] = self._new(keys)
        return [found[place] for place in range(len(habits))]

    def _by_key(self, key: str) -> str | None:
        """A record that notes the key: one that is shown before one that is gone."""
        records = (self._heir(record) for record in self._noted.get(key, ()))
        free = [record for record in records if record not in self._taken]
        return min(free, key=lambda record: (record not in self._snap.habits, record), default=None)

    def _heir(self, record: str) -> str:
        """The habit that a record was merged into, where it was."""
        return record if record in self._snap.habits else self._heirs.get(record, record)

    def _by_name(self, name: str) -> str | None:
        wanted = fold(name)
        same = [one for one in self._snap.habits.values() if fold(one.name) == wanted and one.id not in self._taken]
        return min(same, key=lambda one: one.archived).id if same else None

    def _take(self, record: str, keys: tuple[str, ...]) -> Match:
        self._taken.add(record)
        fields = self._records[record]
        is_noted = isinstance(fields.get(self._field), list)
        return Match(record, "there" if record in self._snap.habits else "gone", None if is_noted else keys)

    def _new(self, keys: tuple[str, ...]) -> Match:
        number = 1
        while (record := derived_id("habit", self._preset, keys[0], str(number))) in self._records:
            number += 1
        return Match(record, "new", keys)
