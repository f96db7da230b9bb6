"""Growth by asset: the months of each thing made once, in the frame of the growth of all."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from pitrack.core.assets import earned
from pitrack.core.days import Month
from pitrack.core.ledger import NO_STREAM, NOTHING, Ledger, stream_key
from pitrack.core.model import Asset, Snapshot
from pitrack.core.money import as_decimal
from pitrack.core.views.income.growth import Growing, Of, StreamGrowth


@dataclass(frozen=True, slots=True)
class AssetGrowth(StreamGrowth):
    """As of a stream, of one asset: ``name`` is the asset's, ``stream`` and ``role`` those of the stream it is on
    (empty and passive where it is on none); hours are those of time entries that name it."""

    asset: str


def asset_growth(
    snapshot: Snapshot,
    day: dt.date,
    currency: str | None = None,
    *,
    of: Of = "income",
    stream: str | None = None,
    since: Month | None = None,
    until: Month | None = None,
) -> tuple[AssetGrowth, ...]:
    """The same as ``growth`` of each asset in use, and of each that has entries; the one that brought most in the last
    twelve months first. Shares are of the streams' income."""
    growing = Growing(snapshot, day, currency, of=of, stream=stream, since=since, until=until)
    streams = [*snapshot.streams, NO_STREAM] if stream is None else [stream]
    chosen = [one for one in snapshot.assets.values() if stream_key(one.stream, snapshot.streams) in streams]
    ledger = earned(snapshot, growing.rates, dict.fromkeys((one.id for one in chosen), growing.currency), until=day)
    yearly = {one.id: growing.yearly(ledger, one.id) for one in chosen}
    whole = sum((growing.yearly(growing.ledger, own) for own in growing.own), NOTHING)
    hours = _hours(snapshot, growing.last)
    return tuple(
        _line(growing, one, ledger, hours.get(one.id, NOTHING), yearly[one.id] / whole if whole > 0 else None)
        for one in sorted(chosen, key=lambda one: -yearly[one.id])
        if not one.archived or one.id in ledger.firsts
    )


def _hours(snapshot: Snapshot, month: Month) -> dict[str, Fraction]:
    """Hours of a month by asset."""
    minutes: Counter[str] = Counter()
    for time in snapshot.times:
        if time.asset is not None and Month.of(time.day) == month:
            minutes[time.asset] += time.minutes
    return {asset: Fraction(spent, 60) for asset, spent in minutes.items()}


def _line(growing: Growing, asset: Asset, ledger: Ledger, hours: Fraction, share: Fraction | None) -> AssetGrowth:
    """One asset; its first month is that of its publishing, or of its first entry if that was before."""
    stream = growing.snapshot.streams.get(asset.stream or "")
    known = [ledger.firsts.get(asset.id, growing.open)]
    if asset.published:
        known.append(Month.of(asset.published))
    pace = growing.pace(ledger, [asset.id], min(known))
    return AssetGrowth(
        stream=stream.id if stream else NO_STREAM,
        name=asset.name,
        role=stream.role if stream else "passive",
        months=growing.figures(ledger, [asset.id], growing.months),
        t3m=pace.t3m,
        cmgr=pace.cmgr,
        doubling_months=pace.doubling,
        yoy=pace.yoy,
        run_rate=pace.run_rate,
        to_date=as_decimal(growing.value(ledger.at([asset.id], growing.open))),
        hours=as_decimal(hours),
        per_hour=as_decimal(ledger.at([asset.id], growing.last).net / hours) if hours else None,
        share=None if share is None else float(share),
        asset=asset.id,
    )
