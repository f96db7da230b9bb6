"""Files of platforms and presets for the tests of payouts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pitrack.core.days import Month
from pitrack.exchange.payouts.planning import PayoutPlan, plan_payouts
from pitrack.exchange.payouts.preset import PayoutPreset
from pitrack.exchange.payouts.reading import FoundPayouts, read_payouts
from pitrack.exchange.payouts.recognise import fitting
from pitrack.exchange.payouts.sheet import open_tables
from pitrack.store.snapshot import BookSnapshot
from tests.exchange.files import SETTING, TODAY

SHOP = PayoutPreset(
    name="shop",
    title="Shop",
    source="shop",
    columns={
        "day": ("Date",),
        "gross": ("Gross",),
        "fee": ("Fee", "Tax on fee"),
        "net": ("Net",),
        "title": ("Item",),
        "kind": ("Type",),
        "status": ("State",),
        "units": ("Qty",),
        "currency": ("Currency",),
        "note": ("Note",),
        "paid": ("Paid",),
    },
    currency="USD",
    decimal=".",
    days="YMD",
    ids=("ID",),
    skip={"Type": ("payout",)},
    kinds={"Refund": "refund", "Charge": "expense"},
    statuses={"Done": "cleared", "Waiting": "pending", "Void": "void", "Hidden": "skip"},
)


def shop(**changed: Any) -> PayoutPreset:
    return SHOP._replace(**changed)


def found_in(path: Path, text: str, preset: PayoutPreset = SHOP, month: Month | None = None) -> FoundPayouts:
    """What a file of that text holds."""
    path.write_text(text, "utf-8")
    (table,) = fitting(preset, open_tables(path))
    return read_payouts(preset, table, SETTING, month)


def planned(snap: BookSnapshot, found: FoundPayouts, preset: PayoutPreset = SHOP, **wishes: Any) -> PayoutPlan:
    return plan_payouts(snap, found, preset, TODAY, **wishes)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
