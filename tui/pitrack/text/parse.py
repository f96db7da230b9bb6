"""Reading what people type: amounts, durations, days, months, schedules, tags and whole entries.

Every reader takes full-width and Japanese input and raises only ``ParseError``.
"""

from __future__ import annotations

from pitrack.text.amounts import amount, currency, day_amount, duration, per_cent, quantity, rate, target, work
from pitrack.text.quick import EntryDraft, entry, tags
from pitrack.text.reading import ParseError
from pitrack.text.schedules import schedule
from pitrack.text.when import day, month

__all__ = [
    "EntryDraft",
    "ParseError",
    "amount",
    "currency",
    "day",
    "day_amount",
    "duration",
    "entry",
    "month",
    "per_cent",
    "quantity",
    "rate",
    "schedule",
    "tags",
    "target",
    "work",
]
