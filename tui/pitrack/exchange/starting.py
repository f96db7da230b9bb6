"""A stream begun from a playbook: what would be made, to be looked over and changed, and the change that makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pitrack.core.building import Metric, Step
from pitrack.core.changes import Change, Write
from pitrack.core.model import Habit, Role, Stage
from pitrack.exchange.playbooks import Action, Outcome, Playbook
from pitrack.store import building as built
from pitrack.store import edits
from pitrack.store import fields as of
from pitrack.store.edits.parts import last_order, new
from pitrack.store.ids import short_id, ulid
from pitrack.store.names import fold, make_alias
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import _


class Start(NamedTuple):
    """What choosing a playbook makes: a stream with its actions and metrics, and what its launch steps begin with, by
    stage. ``alias`` is left out where it is taken; without one it is made from the name."""

    playbook: str
    name: str
    alias: str
    role: Role
    currency: str
    actions: tuple[Action, ...] = ()
    metrics: tuple[Outcome, ...] = ()
    answers: Mapping[Stage, Mapping[str, str]] = {}

    @property
    def stage(self) -> Stage:
        """Where the stream begins: the problem is solved by choosing a way, where the playbook names one."""
        return "niche" if "idea" in self.answers else "idea"


def start_of(playbook: Playbook, currency: str, name: str = "") -> Start:
    """All that a playbook suggests; but for its test, which runs from the day that it is planned on."""
    return Start(
        playbook=playbook.id,
        name=name or playbook.name,
        alias="" if name else playbook.id,
        role=playbook.role,
        currency=currency,
        actions=playbook.actions,
        metrics=playbook.metrics,
        answers={stage: given for stage, given in playbook.answers.items() if stage != "test"},
    )


def plan_of(snap: BookSnapshot, start: Start, day: dt.date, **given: Any) -> Change:
    """The one change that makes it all; its first write is the stream. Optional: what a stream may be given. Raises
    BookError."""
    taken = any(fold(stream.alias) == start.alias for stream in snap.streams.values())
    alias = None if taken else start.alias or None
    given = {
        "alias": alias,
        "role": start.role,
        "stage": start.stage,
        "currency": start.currency,
        "playbook": start.playbook,
    } | given
    made = edits.add_stream(snap, start.name, **given)
    stream = made.writes[0].id
    writes = (
        *made.writes,
        *_habits(snap, start.actions, stream, day),
        *_metrics(snap, start.metrics, stream),
        *_steps(start.answers, stream, day),
    )
    return made._replace(writes=writes)


def _habits(snap: BookSnapshot, actions: tuple[Action, ...], stream: str, day: dt.date) -> Iterator[Write]:
    taken = [habit.alias for habit in snap.habits.values()]
    order = last_order(snap.habits)
    for place, action in enumerate(actions):
        name, rule = of.name(action.name), action.rule(day)
        taken.append(make_alias(name, taken, fallback="h"))
        habit = Habit(short_id(), taken[-1], name, (rule,), stream, order=order + Decimal(place))
        yield new("habits", habit.id, of.of_habit(habit))
        yield Write("rules", f"{habit.id}|{day}", of.of_rule(rule))


def _metrics(snap: BookSnapshot, outcomes: tuple[Outcome, ...], stream: str) -> Iterator[Write]:
    taken = [metric.alias for metric in snap.metrics.values()]
    order = last_order(snap.metrics)
    for place, one in enumerate(outcomes):
        name = of.name(one.name)
        taken.append(make_alias(name, taken, fallback="metric"))
        metric = Metric(short_id(), taken[-1], name, stream, one.kind, one.unit, order=order + Decimal(place))
        yield new("metrics", metric.id, built.of_metric(metric))


def _steps(answers: Mapping[Stage, Mapping[str, str]], stream: str, day: dt.date) -> Iterator[Write]:
    """What the later steps begin with stands before the decision that brings the stream to its niche: none of them is
    decided yet."""
    for stage, given in sorted(answers.items(), key=lambda pair: pair[0] == "idea"):
        decided = stage == "idea"
        note = "" if decided else _("from the playbook, not decided yet")
        step = Step(ulid(), stream, day, stage, given, "niche" if decided else None, note)
        yield new("steps", step.id, built.of_step(step))
