"""The assets of a demo book: things made once, and which of the stream's income and work is theirs."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal

from pitrack.core.changes import Value
from pitrack.exchange.demo_plan import AssetPlan, Draft, StreamPlan
from pitrack.exchange.records import SHORT

Record = dict[str, Value]
Made = tuple[AssetPlan, str, dt.date | None]
"""An asset with its id and the day of its publishing."""


def add_assets(draft: Draft, stream: StreamPlan, stream_id: str) -> None:
    """The assets of a stream. What names them is written into its entries and its time; nothing else is changed."""
    if not stream.assets:
        return
    made = [(plan, "".join(draft.rng.choices(SHORT, k=8)), _published(draft, plan)) for plan in stream.assets]
    for number, (plan, asset, published) in enumerate(made):
        draft.records.add(
            "assets",
            asset,
            published or draft.plan.month_day(stream.month),
            name=plan.name,
            alias=plan.alias,
            stream=stream_id,
            published=published.isoformat() if published else None,
            minutes=plan.minutes or None,
            archived=False,
            order=draft.records.place(number),
        )
    _sell(draft, made, _of_stream(draft, "entries", stream_id))
    for time in _of_stream(draft, "times", stream_id):
        _work(made, time)


def _published(draft: Draft, plan: AssetPlan) -> dt.date | None:
    if not plan.day:
        return None
    return draft.plan.month_day(plan.month).replace(day=plan.day)


def _of_stream(draft: Draft, table: str, stream_id: str) -> Sequence[Record]:
    """The stream's records in the order of their ids."""
    records = draft.records.tables.get(table, {})
    return [record for _id, record in sorted(records.items()) if record.get("stream") == stream_id]


def _sell(draft: Draft, made: Sequence[Made], entries: Sequence[Record]) -> None:
    """Income, and what is given back of it, is that of one of the assets that were published by then."""
    least = max(Decimal(plan.least) for plan, _asset, _published in made)
    on_sale: dict[str, tuple[list[str], list[str]]] = {}
    for entry in entries:
        note = str(entry.get("note"))
        if entry["kind"] == "expense" or _gross(entry) < least:
            continue
        if note not in on_sale:
            on_sale[note] = _on_sale(made, note)
        days, assets = on_sale[note]
        if known := bisect_right(days, str(entry["day"])):
            entry["asset"] = assets[draft.rng.randrange(known)]


def _gross(entry: Record) -> Decimal:
    money = entry["money"]
    assert isinstance(money, dict)
    return Decimal(str(money["gross"]))


def _on_sale(made: Sequence[Made], note: str) -> tuple[list[str], list[str]]:
    """The days from which assets may be named by income with that note, and the assets, in order."""
    sold = sorted(
        (published.isoformat(), asset)
        for plan, asset, published in made
        if published and (not plan.sold or note in plan.sold)
    )
    return [day for day, _asset in sold], [asset for _day, asset in sold]


def _work(made: Sequence[Made], time: Record) -> None:
    """Work is on the next asset with its task that was to be published, or else on the one in the making."""
    day = str(time["day"])
    for plan, asset, published in made:
        if time.get("task") in plan.tasks and (published is None or published.isoformat() > day):
            time["asset"] = asset
            return
