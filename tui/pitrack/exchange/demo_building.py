"""What the person of the demo has built: automations, outcome metrics, the decisions of a launch, lessons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pitrack.core.changes import Value
from pitrack.core.days import Month
from pitrack.exchange.demo_plan import Draft
from pitrack.exchange.records import SHORT


def add_building(draft: Draft, streams: Mapping[str, str], data: Mapping[str, Any]) -> None:
    """Records of the four kinds; ``streams`` are ids by alias, ``data`` the sections of ``demo_building.toml``. Months
    count from the book's first, ``ago`` counts days back from its last day."""
    for number, one in enumerate(data["automations"]):
        _add_automation(draft, number, one, streams)
    for number, one in enumerate(data["metrics"]):
        _add_metric(draft, number, one, streams)
    for one in data["steps"]:
        _add_step(draft, one, streams)
    _add_lessons(draft, data["lessons"])


def _add_automation(draft: Draft, number: int, one: dict[str, Any], streams: Mapping[str, str]) -> None:
    since = draft.plan.month_day(one["month"])
    draft.records.add(
        "automations",
        _short_id(draft),
        since,
        name=one["name"],
        alias=one["alias"],
        stream=streams[one["stream"]],
        tool=one["tool"],
        task=one.get("task"),
        since=since.isoformat(),
        cost={"amount": one.get("cost", "0"), "currency": draft.plan.currency},
        archived=False,
        order=draft.records.place(number),
    )


def _add_metric(draft: Draft, number: int, one: dict[str, Any], streams: Mapping[str, str]) -> None:
    plan, metric = draft.plan, _short_id(draft)
    draft.records.add(
        "metrics",
        metric,
        plan.month_day(one["month"]),
        name=one["name"],
        alias=one["alias"],
        stream=streams[one["stream"]],
        kind=one["kind"],
        unit=one.get("unit"),
        archived=False,
        order=draft.records.place(number),
    )
    day, amount = plan.month_day(one["month"]), float(one["start"])
    while day <= plan.day:
        read = max(0, round(amount * (1 + draft.rng.gauss(0, one["noise"]))))
        draft.records.add("readings", f"{metric}|{day}", day, amount=str(read))
        day += dt.timedelta(days=one["every"])
        amount *= 1 + one["growth"]


def _add_step(draft: Draft, one: dict[str, Any], streams: Mapping[str, str]) -> None:
    day = draft.plan.day - dt.timedelta(days=one["ago"])
    answers: dict[str, Value] = {f"answer@{name}": text for name, text in one["answers"].items()}
    for name in ("started", "until"):
        if name in one:
            answers[f"answer@{name}"] = (draft.plan.day + dt.timedelta(days=one[name])).isoformat()
    draft.records.add(
        "steps",
        draft.records.ulid(day),
        day,
        stream=streams[one["stream"]],
        day=day.isoformat(),
        stage=one["stage"],
        to=one.get("to"),
        **answers,
    )


def _add_lessons(draft: Draft, lessons: list[dict[str, Any]]) -> None:
    """Of the last closed months, the newest first, and of the last weeks that are over."""
    reviews = draft.records.tables["reviews"]
    month, monday = Month.of(draft.plan.day).shift(-2), draft.plan.day - dt.timedelta(days=draft.plan.day.weekday())
    for one in lessons:
        told: dict[str, Value] = {"lesson": one["lesson"], "lesson_kind": one["kind"], "focus": one["focus"]}
        if one["of"] == "month":
            review = reviews[f"month|{month}"]
            review |= told | {"done": review["closed"]}
            month = month.shift(-1)
        else:
            monday -= dt.timedelta(days=7)
            year, week, _day = monday.isocalendar()
            done = monday + dt.timedelta(days=6)
            draft.records.add("reviews", f"week|{year}-W{week:02}", done, done=done.isoformat(), **told)


def _short_id(draft: Draft) -> str:
    return "".join(draft.rng.choices(SHORT, k=8))
