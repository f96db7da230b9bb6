"""Automations, metrics, decisions and reviews as the fields that the book holds of them, and back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pitrack.core import building, model
from pitrack.core.building import ANSWERS, Automation, Metric, Review, Step
from pitrack.store import fields as of
from pitrack.store.errors import BookError
from pitrack.store.fields import Fields
from pitrack.store.records import maybe_day, one_of, record_id, text_of, to_day, to_number

ANSWER = "answer@"
PERIOD = re.compile(r"(month\|\d{4}-(0[1-9]|1[0-2])|week\|\d{4}-W(0[1-9]|[1-4]\d|5[0-3]))", re.ASCII)
"""The id of a review."""


def of_automation(one: Automation) -> Fields:
    if one.until is not None and one.until < one.since:
        raise BookError("invalid", what="day", value=str(one.until), why="before-start")
    return {
        "name": of.name(one.name),
        "alias": one.alias,
        "stream": one.stream,
        "tool": of.text(one.tool, "tool", of.LONGEST_NAME) or None,
        "task": of.text(one.task, "task", of.LONGEST_NAME) or None,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "cost": {"amount": of.decimal(one.cost, "amount"), "currency": of.currency(one.currency)},
        "archived": one.archived,
        "order": of.decimal(one.order, "order"),
        "note": of.text(one.note, "note") or None,
    }


def read_automation(key: str, fields: dict[str, Any]) -> Automation:
    cost = fields["cost"]
    return Automation(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        since=to_day(fields["since"]),
        stream=record_id(fields, "stream"),
        tool=text_of(fields, "tool"),
        task=text_of(fields, "task"),
        until=maybe_day(fields, "until"),
        cost=to_number(cost["amount"]),
        currency=str(cost["currency"]),
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
        note=text_of(fields, "note"),
    )


def of_metric(one: Metric) -> Fields:
    return {
        "name": of.name(one.name),
        "alias": one.alias,
        "stream": one.stream,
        "kind": of.choice(building.MetricKind, one.kind, "kind"),
        "unit": of.text(one.unit, "unit", of.LONGEST_NAME) or None,
        "archived": one.archived,
        "order": of.decimal(one.order, "order"),
    }


def read_metric(key: str, fields: dict[str, Any]) -> Metric:
    return Metric(
        id=key,
        alias=text_of(fields, "alias") or key,
        name=str(fields["name"]),
        stream=record_id(fields, "stream"),
        kind=one_of(building.MetricKind, fields["kind"]),
        unit=text_of(fields, "unit"),
        archived=fields.get("archived") is True,
        order=to_number(fields.get("order") or "0"),
    )


def read_reading(key: str, fields: dict[str, Any]) -> tuple[dt.date, Decimal | None]:
    """The day of a reading, and its amount; None where it was taken back."""
    amount = fields.get("amount")
    return to_day(key.split("|")[1]), None if amount is None else to_number(amount)


def of_step(one: Step) -> Fields:
    stage = of.choice(model.Stage, one.stage, "stage")
    unknown = one.answers.keys() - set(ANSWERS[one.stage])
    if unknown:
        raise BookError("invalid", what="answer", value=min(unknown), why=", ".join(ANSWERS[one.stage]))
    return {
        "stream": one.stream,
        "day": one.day.isoformat(),
        "stage": stage,
        "to": None if one.to is None else of.choice(model.Stage, one.to, "stage"),
        "note": of.text(one.note, "note") or None,
        **{f"{ANSWER}{name}": of.text(text, name) for name, text in one.answers.items() if text},
    }


def read_step(key: str, fields: dict[str, Any]) -> Step:
    given = {name.removeprefix(ANSWER): text for name, text in fields.items() if name.startswith(ANSWER)}
    return Step(
        id=key,
        stream=str(fields["stream"]),
        day=to_day(fields["day"]),
        stage=one_of(model.Stage, fields["stage"]),
        answers={name: text for name, text in given.items() if isinstance(text, str)},
        to=None if fields.get("to") is None else one_of(model.Stage, fields["to"]),
        note=text_of(fields, "note"),
    )


def of_review(one: Review) -> Fields:
    if not PERIOD.fullmatch(one.id):
        raise BookError("invalid", what="period", value=one.id, why="week-or-month")
    return {
        "done": one.done.isoformat() if one.done else None,
        "lesson": of.text(one.lesson, "lesson") or None,
        "lesson_kind": None if one.kind is None else of.choice(building.LessonKind, one.kind, "kind"),
        "focus": of.text(one.focus, "focus") or None,
    }


def read_review(key: str, fields: dict[str, Any]) -> Review:
    if not PERIOD.fullmatch(key):
        raise ValueError(key)
    kind = fields.get("lesson_kind")
    return Review(
        id=key,
        done=maybe_day(fields, "done"),
        lesson=text_of(fields, "lesson"),
        kind=None if kind is None else one_of(building.LessonKind, kind),
        focus=text_of(fields, "focus"),
    )


PARSERS: dict[str, Callable[[str, dict[str, Any]], object]] = {
    "automations": read_automation,
    "metrics": read_metric,
    "readings": read_reading,
    "steps": read_step,
    "reviews": read_review,
}
