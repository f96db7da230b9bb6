"""What explanations are made from: the views of growth and stacking, computed once, and the records behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.ledger import NO_STREAM, stream_key
from pitrack.core.model import Entry, Snapshot, TimeEntry
from pitrack.core.views.explained.shapes import UNITS, Explained, Figure, Given, Record, Value, Why
from pitrack.core.views.income.growth import Growing, Growth, MissingRate, MonthFigures, StreamGrowth
from pitrack.core.views.income.stack import Stacking
from pitrack.core.views.income.stack_shapes import Ratio, Stack, StackLine
from pitrack.core.worktime import habit_time


class Basis:
    """A book on a day, in one currency; ``stream``: the id of the one that is explained, None for all but the job."""

    def __init__(
        self, snapshot: Snapshot, day: dt.date, currency: str | None = None, stream: str | None = None
    ) -> None:
        self.snapshot = snapshot
        self.day = day
        self.currency = currency or snapshot.settings.currency
        self.stream = stream
        self.last = Month.of(day).shift(-1)

    @cached_property
    def growing(self) -> Growing:
        return Growing(self.snapshot, self.day, self.currency)

    @cached_property
    def growth(self) -> Growth:
        return self.growing.view()

    @cached_property
    def stacking(self) -> Stacking:
        return Stacking(self.snapshot, self.day, self.currency)

    @cached_property
    def stack(self) -> Stack:
        return self.stacking.view()

    @property
    def keys(self) -> Sequence[str]:
        """The streams that are explained."""
        return self.growing.own if self.stream is None else [self.stream]

    @property
    def line(self) -> Growth | StreamGrowth:
        """Growth of what is explained."""
        if self.stream is None:
            return self.growth
        found = next((line for line in self.growth.streams if line.stream == self.stream), None)
        return found or self.growing.line(self.stream, self.name(self.stream), self.role, {}, share=0.0)

    @property
    def stack_line(self) -> StackLine:
        if self.stream is None:
            return self.stack.whole
        found = next((line for line in self.stack.streams if line.stream == self.stream), None)
        none = Ratio(0.0, ())
        return found or self.stacking.line([self.stream], self.stream, self.name(self.stream), self.role, none)

    @property
    def role(self) -> str:
        record = self.snapshot.streams.get(self.stream or NO_STREAM)
        return record.role if record else "passive"

    @cached_property
    def complete(self) -> Sequence[MonthFigures]:
        """The complete months, from the first of what is explained on: that of a stream, and of the job, may lie before
        the first of all."""
        start = self.growing.first if self.stream is None else self.growing.start(self.stream)
        months = [start.shift(n) for n in range(start.until(self.growing.open))] if start else []
        return self.growing.figures(self.growing.ledger, self.keys, months)

    def explained(
        self,
        figure: Figure,
        value: Value | None,
        why: Why,
        numbers: Iterable[Given],
        records: Iterable[Record] = (),
        *,
        also: Sequence[str] = (),
    ) -> Explained:
        """``also``: streams that the figure takes besides those that are explained."""
        headline = self.growth.headline
        return Explained(
            figure=figure,
            stream=self.stream,
            name=self.name(self.stream) if self.stream is not None else "",
            currency=self.currency,
            as_of=self.day,
            month=headline.month if headline else None,
            provisional=headline is not None and headline.provisional,
            value=value,
            unit=UNITS[figure],
            why="" if value is not None else why,
            numbers=tuple(numbers),
            records=tuple(records),
            left_out=self.left_out([*self.keys, *also]),
        )

    def left_out(self, keys: Collection[str]) -> tuple[MissingRate, ...]:
        """By currency, the income of some streams that no rate converts."""
        apart = []
        for one in self.growth.missing_rates:
            amounts = [one.streams[key] for key in one.streams if key in keys]
            if amounts:
                apart.append(MissingRate(one.currency, one.day, sum(amounts, Decimal(0)), one.streams))
        return tuple(apart)

    @property
    def no_income(self) -> Why:
        """Why the complete months brought nothing: the first income came after them, or there is none at all."""
        came = [self.stacking.first_incomes[key] for key in self.keys if key in self.stacking.first_incomes]
        return "early" if came and Month.of(min(came)) == self.stacking.open else "no income"

    def lacks_rate(self, keys: Collection[str]) -> bool:
        """Whether income of some streams in the last complete month has no rate."""
        return any(
            self.stacking.rates.factor(one.currency, self.currency, one.day) is None
            for one in self.entries({self.last}, keys, lambda entry: entry.kind == "income")
            if one.day
        )

    def name(self, stream: str | None) -> str:
        """A stream's name; empty for none."""
        record = self.snapshot.streams.get(stream or NO_STREAM)
        return record.name if record else ""

    def entries(
        self, months: Collection[Month], streams: Collection[str], where: Callable[[Entry], object] = bool
    ) -> list[Record]:
        """The entries of some streams in some months that count, oldest first."""
        if not months:
            return []
        since, until = min(months).first, min(max(months).last, self.day)
        return [
            self.entry(entry)
            for entry in self.snapshot.entries
            if since <= entry.day <= until
            and entry.status != "void"
            and Month.of(entry.day) in months
            and stream_key(entry.stream, self.snapshot.streams) in streams
            and where(entry)
        ]

    def entry(self, entry: Entry) -> Record:
        amount = entry.gross if entry.kind == "income" else EXACT.minus(entry.gross)
        return Record(entry.kind, entry.id, entry.day, self.name(entry.stream), amount, entry.currency, note=entry.note)

    def times(
        self, months: Collection[Month], streams: Collection[str], where: Callable[[TimeEntry], object] = bool
    ) -> list[Record]:
        """The time logged on some streams in some months, oldest first."""
        return [
            self.time(time)
            for time in self.snapshot.times
            if time.day <= self.day
            and Month.of(time.day) in months
            and stream_key(time.stream, self.snapshot.streams) in streams
            and where(time)
        ]

    def habits(self, months: Collection[Month], streams: Collection[str]) -> list[Record]:
        """Habits counted in time that were work on some streams in some months, with the minutes of these."""
        found = []
        for habit in self.snapshot.habits.values():
            if habit.stream is not None and habit.stream in streams:
                spent = [
                    work.minutes
                    for work in habit_time(habit.stream, habit, self.snapshot.history(habit.id))
                    if work.day <= self.day and Month.of(work.day) in months
                ]
                if any(spent):
                    found.append(Record("habit", habit.id, None, habit.name, minutes=round(sum(spent))))
        return found

    def time(self, time: TimeEntry) -> Record:
        return Record(
            "time", time.id, time.day, self.name(time.stream), minutes=time.minutes, note=time.task or time.note
        )


def in_month(what: str, month: MonthFigures, value: Decimal | None = None) -> Given:
    """A month's income, or another amount of it."""
    return Given(what, month.income if value is None else value, "money", month=month.month)
