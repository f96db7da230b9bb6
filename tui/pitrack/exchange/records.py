"""Builds the tables of a book that nobody typed: ids from a seed, stamps from the days, never from the clock."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random

from pitrack.core.changes import Value

Tables = dict[str, dict[str, dict[str, Value]]]
"""``{table: {record id: record}}`` as on disk."""

DEVICE = "de300000"
EPOCH = dt.date(1970, 1, 1)
MS_A_DAY = 86_400_000
SHORT = "abcdefghijkmnpqrstuvwxyz23456789"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [high + low for high in CROCKFORD for low in CROCKFORD]


class Records:
    """Tables in the making. The same seed and the same calls give the same records."""

    def __init__(self, seed: str) -> None:
        self.tables: Tables = {}
        self._rng = Random(f"{seed}/ids")
        self._stamped: Counter[dt.date] = Counter()

    def add(self, table: str, record: str, written: dt.date, /, **fields: Value) -> None:
        """A record with the stamp of the day it was written on; fields that are None are left out, as never set."""
        kept: dict[str, Value] = {name: value for name, value in fields.items() if value is not None}
        kept["t"] = self._stamp(written)
        self.tables.setdefault(table, {})[record] = kept

    def short_id(self) -> str:
        """A new id of eight characters."""
        return "".join(self._rng.choices(SHORT, k=8))

    def ulid(self, day: dt.date) -> str:
        """A new ULID of that day."""
        number = ((day - EPOCH).days * MS_A_DAY << 80) | self._rng.getrandbits(80)
        return "".join(_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10))

    @staticmethod
    def place(number: int) -> str:
        """The place in an order, a fraction below 1, of the item with this number (0-998)."""
        return f"0.{number + 1:03}".rstrip("0")

    def _stamp(self, day: dt.date) -> str:
        """The next stamp of a day. It is the UTC morning before, so that it lies in the past in every zone."""
        seconds, ms = divmod(self._stamped[day], 1000)
        self._stamped[day] += 1
        minutes, seconds = divmod(seconds, 60)
        return f"{day - dt.timedelta(days=1)}T06:{minutes:02}:{seconds:02}.{ms:03}Z-0000-{DEVICE}"
