"""The launch board: where each stream stands in the launch method, its running test, the cycles it has completed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from pitrack.core.building import ANSWERS, Step, Verdict
from pitrack.core.launch import TRACK, is_answered, number, verdict_of
from pitrack.core.ledger import NOTHING, implied_rate, parts
from pitrack.core.model import Snapshot, Stage, Stream
from pitrack.core.money import Rates, as_decimal
from pitrack.core.worktime import hours, worked


class Cap(NamedTuple):
    """What a test may use and what it has used, in hours or in its currency. ``limit`` None: no cap was set."""

    used: Decimal
    limit: Decimal | None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.used > self.limit


@dataclass(frozen=True, slots=True)
class Trial:
    """A test that runs. ``started``: its day, or that on which it was decided; ``left``: days to its end day (0 on that
    day, less than none after it), None where it has none."""

    started: dt.date
    until: dt.date | None
    left: int | None
    clients: Decimal | None
    hours: Cap
    """Hours logged on the stream since the start."""
    money: Cap
    """What was spent on the stream since the start; the fees of a sale are no risk that was taken."""
    currency: str
    missing: tuple[str, ...] = ()
    """Currencies of expenses that ``money`` leaves out for want of a rate."""

    @property
    def warns(self) -> bool:
        """Whether a cap is passed, or the end day."""
        return self.hours.is_over or self.money.is_over or (self.left is not None and self.left < 0)


class Cycle(NamedTuple):
    """The smallest business cycle, run once: idea, value, payment.

    *first*: on the day of the stream's first income that has come (not pending, not void, more than nothing). *round*:
    on the day of the verdict of a test that started after that day and had such income between its start and its
    verdict, both days counted."""

    stream: str
    day: dt.date
    kind: Literal["first", "round"]


@dataclass(frozen=True, slots=True)
class Launch:
    """A stream in the launch method."""

    stream: Stream
    answers: Mapping[Stage, Step]
    """What stands at each step: its newest decision."""
    history: tuple[Step, ...]
    """All its decisions, the oldest first."""
    asked: Stage | None
    """The step whose answers are asked next; for a running test its verdict. None where nothing is asked."""
    test: Trial | None
    """The test that runs, while the stream is at it."""
    cycles: tuple[Cycle, ...]

    @property
    def stage(self) -> Stage:
        return self.stream.stage


@dataclass(frozen=True, slots=True)
class Board:
    """All streams but the job, in order of their stage; those that were stopped or put aside (archived) apart."""

    streams: tuple[Launch, ...]
    apart: tuple[Launch, ...]

    def find(self, stream: str) -> Launch | None:
        """The stream of that id."""
        return next((one for one in (*self.streams, *self.apart) if one.stream.id == stream), None)


def board(snapshot: Snapshot, day: dt.date) -> Board:
    """The launch board on a day: what was decided, logged and booked until then."""
    history: defaultdict[str, list[Step]] = defaultdict(list)
    for step in snapshot.steps:
        if step.day <= day:
            history[step.stream].append(step)
    paid = paid_days(snapshot, day)
    using = _Using(snapshot, day)
    found = [
        _launch(stream, history[stream.id], paid.get(stream.id, ()), using)
        for stream in snapshot.streams.values()
        if stream.role != "job"
    ]
    found.sort(key=lambda one: (_rank(one.stage), one.stream.order, one.stream.id))
    return Board(
        tuple(one for one in found if not _is_apart(one.stream)),
        tuple(one for one in found if _is_apart(one.stream)),
    )


def paid_days(snapshot: Snapshot, day: dt.date) -> dict[str, list[dt.date]]:
    """The days until ``day``, in order, on which each stream had income that has come."""
    days: defaultdict[str, list[dt.date]] = defaultdict(list)
    for entry in snapshot.entries:
        has_come = entry.kind == "income" and entry.status == "cleared" and entry.gross > 0 and entry.day <= day
        if has_come and entry.stream is not None:
            days[entry.stream].append(entry.day)
    return {stream: sorted(found) for stream, found in days.items()}


class Round(NamedTuple):
    """A round of tests: from its start to its verdict (None: it runs). ``last`` is its newest decision."""

    started: dt.date
    last: Step
    verdict: Verdict | None


def rounds(steps: Iterable[Step]) -> list[Round]:
    """The rounds of tests among a stream's decisions, the oldest first; a round ends with the first verdict in it."""
    found: list[Round] = []
    for step in steps:
        if step.stage != "test":
            continue
        runs = found and found[-1].verdict is None
        began = found.pop().started if runs else step.day
        started = day_of(step.answers.get("started", "")) or began
        found.append(Round(started, step, verdict_of(step.answers)))
    return found


def cycles(stream: str, steps: Iterable[Step], paid: Sequence[dt.date]) -> tuple[Cycle, ...]:
    """The cycles that a stream has completed; ``paid``: the days of its income, in order."""
    if not paid:
        return ()
    later = [
        Cycle(stream, one.last.day, "round")
        for one in rounds(steps)
        if one.verdict and one.started > paid[0] and any(one.started <= day <= one.last.day for day in paid)
    ]
    return (Cycle(stream, paid[0], "first"), *later)


def day_of(text: str) -> dt.date | None:
    """A day as a decision holds it."""
    with suppress(ValueError):
        return dt.date.fromisoformat(text)
    return None


def _rank(stage: Stage) -> int:
    return TRACK.index(stage) if stage in TRACK else len(TRACK)


def _is_apart(stream: Stream) -> bool:
    return stream.archived or stream.stage == "stopped"


def _launch(stream: Stream, steps: Sequence[Step], paid: Sequence[dt.date], using: _Using) -> Launch:
    last = next(reversed(rounds(steps)), None)
    runs = last is not None and last.verdict is None and stream.stage == "test" and not stream.archived
    return Launch(
        stream=stream,
        answers={step.stage: step for step in steps},
        history=tuple(steps),
        asked=_asked(stream, steps, runs=runs),
        test=using.test(stream, last) if runs and last else None,
        cycles=cycles(stream.id, steps, paid),
    )


def _asked(stream: Stream, steps: Sequence[Step], *, runs: bool) -> Stage | None:
    """The stage where the stream is, while it was not answered since the stream came there; else the one after it."""
    if stream.archived or stream.stage not in TRACK[:6]:
        return None
    if stream.stage == "live":
        return "automated"
    if runs:
        return "test"
    arrived = max((index for index, step in enumerate(steps) if step.to == stream.stage), default=-1)
    since = [step for step in steps[arrived + 1 :] if step.stage == stream.stage]
    if stream.stage == "test":
        since = [step for step in since if verdict_of(step.answers)]
    if since and is_answered(stream.stage, since[-1].answers):
        return TRACK[TRACK.index(stream.stage) + 1]
    return stream.stage


class _Using:
    """What tests use, counted where one runs."""

    def __init__(self, snapshot: Snapshot, day: dt.date) -> None:
        self.snapshot = snapshot
        self.day = day
        self.rates: Rates | None = None

    def test(self, stream: Stream, one: Round) -> Trial:
        answers = one.last.answers
        currency = answers.get("currency") or stream.currency
        until = day_of(answers.get("until", ""))
        spent, missing = self._spent(stream.id, one.started, currency)
        return Trial(
            started=one.started,
            until=until,
            left=(until - self.day).days if until else None,
            clients=number(answers.get("clients", "")),
            hours=Cap(as_decimal(self._hours(stream.id, one.started)), number(answers.get("hours", ""))),
            money=Cap(as_decimal(spent), number(answers.get("money", ""))),
            currency=currency,
            missing=missing,
        )

    def _hours(self, stream: str, since: dt.date) -> Fraction:
        own = (work for work in worked(self.snapshot) if work.stream == stream)
        return hours(own, since, self.day).get(stream, NOTHING)

    def _spent(self, stream: str, since: dt.date, currency: str) -> tuple[Fraction, tuple[str, ...]]:
        """Expenses in the currency of the test, and the currencies without a rate."""
        rates = self.rates = self.rates or Rates(self.snapshot.rates)
        is_book = currency == self.snapshot.settings.currency
        spent, missing = NOTHING, set[str]()
        for entry in self.snapshot.entries:
            if entry.stream != stream or entry.kind != "expense" or not since <= entry.day <= self.day:
                continue
            if expense := parts(entry).expense:
                told = implied_rate(entry) if is_book else None
                factor = told or rates.factor(entry.currency, currency, entry.day)
                if factor is None:
                    missing.add(entry.currency)
                else:
                    spent += Fraction(expense) * factor.value
        return spent, tuple(sorted(missing))


def is_example(launch: Launch, stage: Stage) -> bool:
    """Whether what stands at a step came with the playbook: before anything was decided."""
    decided = next((place for place, step in enumerate(launch.history) if step.to is not None), 0)
    return bool(launch.stream.playbook) and launch.answers.get(stage) in launch.history[:decided]


def standing(launch: Launch, stage: Stage) -> Mapping[str, str]:
    """The answers that a form of a step begins with: those that stand, of a test only those of the round that runs."""
    step = launch.answers.get(stage)
    if step is None or (stage == "test" and verdict_of(step.answers)):
        return {}
    return {name: step.answers[name] for name in ANSWERS[stage] if name in step.answers}
