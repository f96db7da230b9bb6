"""Assets: the list with their lifetime figures, the page of one, and the back catalogue's share of a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from pitrack.core.assets import (
    Counted,
    age,
    counted,
    currency_of,
    earned,
    earned_in_all,
    minutes,
    year_before,
)
from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.model import Asset, Entry, Snapshot, TimeEntry
from pitrack.core.money import Rates, as_decimal

Order = Literal["income", "newest", "hour"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Apart:
    """Income in a currency without a rate, which stands beside the sums."""

    currency: str
    income: Decimal


@dataclass(frozen=True, slots=True)
class AssetLine:
    """One asset with what it brought in its life so far, in ``currency``: its stream's, or else the book's."""

    asset: Asset
    currency: str
    income: Decimal
    expense: Decimal
    """Expenses and fees."""
    net: Decimal
    year: Decimal
    """Income of the last twelve months up to the day."""
    trend: tuple[Decimal, ...]
    """Income of the last twelve complete months, oldest first."""
    units: Decimal
    hours: Decimal
    per_hour: Decimal | None
    """Net / hours; None without hours."""
    first: dt.date | None
    last: dt.date | None
    """First and last day of income."""
    age: int | None
    """Whole months since it was published; None while it is not."""
    entries: int
    apart: tuple[Apart, ...]
    worth: Decimal
    """Income in the book's currency, to compare by."""
    worth_per_hour: Decimal | None
    """Net per hour, likewise."""


@dataclass(frozen=True, slots=True)
class AssetPage:
    """One asset, its months (oldest first) and what names it, newest first."""

    line: AssetLine
    stream_name: str
    months: tuple[Month, ...]
    """Those of ``line.trend``."""
    entries: tuple[Entry, ...]
    times: tuple[TimeEntry, ...]


def asset_lines(
    snapshot: Snapshot,
    day: dt.date,
    *,
    stream: str | None = None,
    order: Order = "income",
    archived: bool | None = False,
) -> tuple[AssetLine, ...]:
    """Assets of a stream or of all, as known on the day: those in use, the archived ones, or (None) both."""
    chosen = [
        asset
        for asset in snapshot.assets.values()
        if (stream is None or asset.stream == stream) and archived in (None, asset.archived)
    ]
    return in_order(_lines(snapshot, chosen, day), order)


def in_order(lines: Iterable[AssetLine], order: Order) -> tuple[AssetLine, ...]:
    """By lifetime income or net per hour, both in the book's currency, or the newest first (those in the making before
    all); equal ones in the order in which they were made."""
    keys = {
        "income": lambda line: -line.worth,
        "hour": lambda line: (line.worth_per_hour is None, -(line.worth_per_hour or 0)),
        "newest": lambda line: -(line.asset.published or dt.date.max).toordinal(),
    }
    return tuple(sorted(lines, key=keys[order]))


def asset_page(snapshot: Snapshot, asset_id: str, day: dt.date) -> AssetPage | None:
    """An asset as it stands on ``day``; None where the book has no such asset."""
    asset = snapshot.assets.get(asset_id)
    if asset is None:
        return None
    stream = snapshot.streams.get(asset.stream or "")
    return AssetPage(
        line=_lines(snapshot, [asset], day)[0],
        stream_name=stream.name if stream else "",
        months=_months(day),
        entries=tuple(entry for entry in reversed(snapshot.entries) if entry.asset == asset_id and entry.day <= day),
        times=tuple(time for time in reversed(snapshot.times) if time.asset == asset_id and time.day <= day),
    )


def _months(day: dt.date) -> tuple[Month, ...]:
    opened = Month.of(day)
    return tuple(opened.shift(-back) for back in range(WINDOW, 0, -1))


def _lines(snapshot: Snapshot, assets: list[Asset], day: dt.date) -> list[AssetLine]:
    rates, book = Rates(snapshot.rates), snapshot.settings.currency
    currencies = {asset.id: currency_of(snapshot, asset) for asset in assets}
    abroad = {asset: book for asset, currency in currencies.items() if currency != book}
    life = earned_in_all(snapshot, rates, currencies, until=day)
    worth = life | earned_in_all(snapshot, rates, abroad, until=day) if abroad else life
    year = earned_in_all(snapshot, rates, currencies, until=day, since=year_before(day) + dt.timedelta(days=1))
    months = _months(day)
    monthly = earned(snapshot, rates, currencies, until=months[-1].last, since=months[0].first)
    entries, spent = counted(snapshot, day), minutes(snapshot, day)

    def line(asset: Asset) -> AssetLine:
        total, apart = life[asset.id]
        in_book = worth[asset.id].figures
        told = entries.get(asset.id, Counted())
        hours = Fraction(spent.get(asset.id, 0), 60)
        return AssetLine(
            asset=asset,
            currency=currencies[asset.id],
            income=as_decimal(total.income),
            expense=as_decimal(total.expense),
            net=as_decimal(total.net),
            year=as_decimal(year[asset.id].figures.income),
            trend=tuple(as_decimal(monthly.at([asset.id], month).income) for month in months),
            units=told.units,
            hours=as_decimal(hours),
            per_hour=as_decimal(total.net / hours) if hours else None,
            first=told.first,
            last=told.last,
            age=age(asset.published, day),
            entries=told.entries,
            apart=tuple(Apart(*one) for one in apart),
            worth=as_decimal(in_book.income),
            worth_per_hour=as_decimal(in_book.net / hours) if hours else None,
        )

    return [line(asset) for asset in assets]
