"""All that a book tells, as one JSON document for other programs; docs/export.md describes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pitrack.core.building import Metric
from pitrack.core.model import Habit, History, Snapshot, Template
from pitrack.exchange.accounts import Export

FORMAT = "pitrack-export"
VERSION = 1


def export_json(snap: Snapshot) -> Export:
    """Every record with all of its fields, void entries and archived things too; equal books give equal bytes."""
    import orjson

    document = {
        "format": FORMAT,
        "version": VERSION,
        "book": data(snap.settings),
        "streams": data(snap.streams.values()),
        "entries": data(snap.entries),
        "rates": data(snap.rates),
        "times": data(snap.times),
        "assets": data(snap.assets.values()),
        "habits": [_habit(habit, snap.history(habit.id)) for habit in snap.habits.values()],
        "pauses": data(snap.pauses),
        "goals": data(sorted(snap.goals.values())),
        "ideas": data(sorted(snap.ideas.values())),
        "timers": data(snap.timers),
        "templates": [_template(snap, template) for template in snap.templates.values()],
        "automations": data(snap.automations.values()),
        "metrics": [_metric(metric, snap.readings(metric.id)) for metric in snap.metrics.values()],
        "steps": data(snap.steps),
        "reviews": data(sorted(snap.reviews.values())),
        "closed_months": sorted(map(str, snap.closed_months)),
        "nothing_came": [{"month": str(month), "stream": stream} for month, stream in sorted(snap.nothing_came)],
    }
    return Export(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n", len(snap.entries))


def data(value: Any) -> Any:
    """A record, or any value of one, as JSON: numbers that may have decimals and days are strings, sets are sorted."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case dt.date():
            return value.isoformat()
        case tuple() if hasattr(value, "_asdict"):
            fields = value._asdict()
            if "tags" in fields:
                fields["tags"] = sorted(fields["tags"])
            return {name: data(field) for name, field in fields.items()}
        case frozenset():
            return sorted(value)
        case dict():
            return {name: data(value[name]) for name in sorted(value)}
    return [data(one) for one in value]


def _template(snap: Snapshot, template: Template) -> dict[str, Any]:
    """With what became of its periods: true where one was booked or left out and that stands."""
    return {**data(template), "periods": dict(sorted(snap.postings(template.id).items()))}


def _metric(metric: Metric, readings: Mapping[dt.date, Decimal]) -> dict[str, Any]:
    return {**data(metric), "readings": [{"day": data(day), "amount": data(readings[day])} for day in sorted(readings)]}


def _habit(habit: Habit, history: History) -> dict[str, Any]:
    return {**data(habit), "days": _days(history.marks, history.notes)}


def _days(marks: Mapping[int, Any], notes: Mapping[int, str]) -> list[dict[str, Any]]:
    """Days with an answer or a note, the oldest first; ``mark`` null is a note alone."""
    return [
        {"day": dt.date.fromordinal(day).isoformat(), "mark": data(marks.get(day)), "note": notes.get(day, "")}
        for day in sorted(marks.keys() | notes.keys())
    ]
