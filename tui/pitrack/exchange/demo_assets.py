"""The assets of a demo book: things made once, and which of the stream's income and work is theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

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
    for entry in _of_stream(draft, "entries", stream_id):
        _sell(draft, made, entry)
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


def _sell(draft: Draft, made: Sequence[Made], entry: Record) -> None:
    """Income, and what is given back of it, is that of one of the assets that were published by then."""
    day = str(entry["day"])
    sold = [
        asset
        for plan, asset, published in made
        if published and published.isoformat() <= day and (not plan.sold or entry.get("note") in plan.sold)
    ]
    if sold and entry["kind"] != "expense":
        entry["asset"] = draft.rng.choice(sold)


def _work(made: Sequence[Made], time: Record) -> None:
    """Work is on the next asset with its task that was to be published, or else on the one in the making."""
    day = str(time["day"])
    for plan, asset, published in made:
        if time.get("task") in plan.tasks and (published is None or published.isoformat() > day):
            time["asset"] = asset
            return
