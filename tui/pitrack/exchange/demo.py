"""Demo books: a person's eighteen months to look around in, and books of the reference sizes to measure with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

from pitrack.core.changes import Value
from pitrack.core.days import MONDAY
from pitrack.exchange.demo_actions import add_habit
from pitrack.exchange.demo_assets import add_assets
from pitrack.exchange.demo_building import add_building
from pitrack.exchange.demo_money import add_rates, add_stream, add_template
from pitrack.exchange.demo_plan import Draft, Plan, read_data, reference_plan, sample_plan
from pitrack.exchange.records import Records, Tables
from pitrack.store.format import canonical

REVIEW_DAY = 3
"""Day of the next month on which a month is closed."""


def demo_tables(day: dt.date, size: str = "demo", *, zone: str | None = None, seed: str = "pitrack") -> Tables:
    """The tables of a demo book whose records end on ``day``, in the shape they have on disk.

    The same arguments give the same tables. ``zone`` replaces the plan's own; KeyError for an unknown size.
    """
    plan = sample_plan(day) if size == "demo" else reference_plan(day, size)
    records = Records(f"{seed}/{size}/{day}")

    def draft(part: str) -> Draft:
        return Draft(plan, records, Random(f"{seed}/{size}/{part}"))

    streams = {
        stream.alias: add_stream(draft(stream.alias), number, stream) for number, stream in enumerate(plan.streams)
    }
    for number, habit in enumerate(plan.habits):
        add_habit(draft(habit.alias), number, habit, streams[habit.stream] if habit.stream else None)
    add_rates(draft("rates"))
    _add_plan(records, plan, streams)
    _add_reviews(records, plan)
    if plan.holiday is not None:
        first, last = plan.holiday
        records.add("pauses", records.short_id(), last, **{"from": first.isoformat(), "to": last.isoformat()})
    _add_book(records, plan, zone or plan.zone)
    for number, template in enumerate(plan.templates):
        add_template(records, plan, number, template, streams.get(template.stream))
    for stream in plan.streams:  # last: they change nothing of the rest but what names them
        add_assets(draft(f"{stream.alias}/assets"), stream, streams[stream.alias])
    if size == "demo":
        add_building(draft("building"), streams, read_data("demo_building.toml"))
    return records.tables


def write_demo(
    path: Path, day: dt.date, size: str = "demo", *, zone: str | None = None, store: str | None = None
) -> None:
    """Write a demo book to a new file, readable by its owner only; FileExistsError where something stands already.

    ``store`` is the book's id; without it the same arguments write the same book."""
    tables = demo_tables(day, size, zone=zone)
    if store:
        tables["_book"]["book"]["store"] = store
    content = canonical(tables)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)


def _add_book(records: Records, plan: Plan, zone: str) -> None:
    records.add(
        "_book",
        "book",
        plan.first_month.first,
        store=records.short_id() + records.short_id(),
        format=1,
        name=plan.name,
        zone=zone,
        day_start=0,
        week_start=MONDAY,
        currency=plan.currency,
    )


def _add_plan(records: Records, plan: Plan, streams: dict[str, str]) -> None:
    for goal in plan.goals:
        target: dict[str, Value] = {"amount": goal.amount}
        if goal.currency:
            target["currency"] = goal.currency
        since = plan.day - dt.timedelta(days=goal.since)
        records.add(
            "goals",
            records.short_id(),
            since,
            name=goal.name,
            motive=goal.motive,
            target=target,
            streams=[streams[alias] for alias in goal.streams],
            since=since.isoformat(),
            by=None if goal.by is None else (plan.day + dt.timedelta(days=goal.by)).isoformat(),
            archived=False,
        )
    for idea in plan.ideas:
        day = plan.day - dt.timedelta(days=idea.ago)
        records.add("ideas", records.short_id(), day, text=idea.text, day=day.isoformat(), state=idea.state)


def _add_reviews(records: Records, plan: Plan) -> None:
    """Every complete month is closed but the last, which waits for its late payouts."""
    for number in range(plan.months - 2):
        month = plan.first_month.shift(number)
        closed = month.shift(1).first.replace(day=REVIEW_DAY)
        records.add("reviews", f"month|{month}", closed, closed=closed.isoformat())
