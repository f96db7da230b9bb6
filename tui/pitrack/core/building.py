"""The typed records of what is built beside the daily work: automations, outcome metrics, decisions, reviews.

A room of their own, because the commands of every day know none of them.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from pitrack.core.model import Stage

MetricKind = Literal["count", "level"]
LessonKind = Literal["problem", "confidence", "execution"]
Verdict = Literal["keep", "change", "stop"]

ANSWERS: Mapping[Stage, tuple[str, ...]] = {
    "idea": ("problem",),
    "niche": ("platform", "audience", "task"),
    "offer": ("deliverable", "goal", "price", "currency", "period"),
    "commitment": ("outcomes", "promise"),
    "test": ("clients", "hours", "money", "currency", "started", "until", "results", "verdict", "lesson"),
    "live": ("note",),
    "automated": ("note",),
    "stopped": ("lesson",),
}
"""What is answered at each step of the launch method."""


class Automation(NamedTuple):
    """Work that a tool does since ``since`` (until ``until``, the last day; None: still). ``task``: the label of the
    work that it takes over. ``cost``: what it costs a month, in ``currency``."""

    id: str
    alias: str
    name: str
    since: dt.date
    stream: str | None = None
    tool: str = ""
    task: str = ""
    until: dt.date | None = None
    cost: Decimal = Decimal(0)
    currency: str = "USD"
    archived: bool = False
    order: Decimal = Decimal(0)
    note: str = ""


class Metric(NamedTuple):
    """An outcome that is counted. *count*: what is read adds up (sales, leads); *level*: the newest reading stands
    (paid subscribers)."""

    id: str
    alias: str
    name: str
    stream: str | None = None
    kind: MetricKind = "count"
    unit: str = ""
    archived: bool = False
    order: Decimal = Decimal(0)


class Step(NamedTuple):
    """A decision made at a step of the launch method. The newest of a stream and stage holds; those before it are its
    history. ``answers`` are named in ``ANSWERS``; ``to``: the stage to which it moved the stream."""

    id: str
    stream: str
    day: dt.date
    stage: Stage
    answers: Mapping[str, str]
    to: Stage | None = None
    note: str = ""


class Review(NamedTuple):
    """What a week (``week|2026-W47``) or a month (``month|2026-10``) has taught, and what comes next. ``done``: the
    day on which it was written, None of a month that is closed or waited for but not reviewed."""

    id: str
    done: dt.date | None = None
    lesson: str = ""
    kind: LessonKind | None = None
    focus: str = ""
