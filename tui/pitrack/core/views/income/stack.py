"""Income stacking and passivity: how many sources, how much of the job they pay, and how much of it needs no hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pitrack.core.assets import back_catalogues
from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.ledger import NO_STREAM, NOTHING, has_earned, monthly, stream_key
from pitrack.core.model import Snapshot, Stream, TimeKind
from pitrack.core.money import Rates, as_decimal, maybe_decimal
from pitrack.core.neglect import efforts, touched
from pitrack.core.passivity import Away, away, is_lump
from pitrack.core.stacking import concentration, shares
from pitrack.core.sums import daily, units, work_of
from pitrack.core.views.holidays import holidays
from pitrack.core.views.income.break_even import Costs, payback
from pitrack.core.views.income.growth import missing_rates
from pitrack.core.views.income.stack_shapes import (
    Amount,
    AwayIncome,
    Built,
    NotAway,
    OldWork,
    Ratio,
    Stack,
    StackLine,
)
from pitrack.core.views.streams import in_order
from pitrack.core.worktime import worked

Parts = Mapping[Month, Mapping[str, Fraction]]
"""By month, what share each stream has of the twelve months up to its end."""

LEARNING: tuple[TimeKind, ...] = ("learn",)
WHY: tuple[NotAway, ...] = ("lump", "no time", "no income", "no stream", "service", "job")
"""What is said of several streams that have no away income, the most telling reason first."""


def stack(snapshot: Snapshot, day: dt.date, currency: str | None = None) -> Stack:
    """Stacking and passivity as known on ``day``, in ``currency`` (the book's when None)."""
    return Stacking(snapshot, day, currency or snapshot.settings.currency).view()


class Stacking:
    """A book on a day in one currency, with the sums that the parts of the view share."""

    def __init__(self, snapshot: Snapshot, day: dt.date, currency: str) -> None:
        self.snapshot = snapshot
        self.day = day
        self.currency = currency
        self.open = Month.of(day)
        self.last = self.open.shift(-1)
        self.rates = Rates(snapshot.rates)
        self.streams = (*snapshot.streams, NO_STREAM)
        self.ledger = monthly(snapshot, self.rates, dict.fromkeys(self.streams, currency), until=day)
        self.job = [id_ for id_, stream in snapshot.streams.items() if stream.role == "job"]
        self.own = [id_ for id_ in self.streams if id_ not in self.job]
        self.work = work_of(worked(snapshot), day)
        self.months = self.shown()
        since = self.months[0] if self.months else self.last
        self.daily = daily(snapshot, self.rates, currency, since.first, self.last.last)
        self.learned = work_of(worked(snapshot, LEARNING), day)
        self.units = units(snapshot, since.first, self.last.last)
        self.touched = touched(snapshot.times, day)
        self.costs = Costs(snapshot, self.rates, currency, since)
        self.hourly = self.own_hour()
        self.first_incomes = _first_incomes(snapshot, day)
        self.judged = {(stream, month): self.away(stream, month) for stream in self.streams for month in self.months}

    def view(self) -> Stack:
        own = {month: {stream: self.yearly(stream, month) for stream in self.own} for month in self.months}
        every = {month: {stream: self.yearly(stream, month) for stream in self.streams} for month in self.months}
        parts = {month: shares(incomes) for month, incomes in own.items()}
        all_parts = {month: shares(incomes) for month, incomes in every.items()}
        return Stack(
            currency=self.currency,
            as_of=self.day,
            month=self.last,
            months=self.months,
            provisional=self.last not in self.snapshot.closed_months,
            whole=self.line(self.own, "", "", "", self.ratio(lambda month: Fraction(1) if parts[month] else None)),
            streams=self.lines(parts, all_parts),
            hhi=_float(concentration(own[self.last])) if self.months else None,
            sources=self.ratio(lambda month: _inverse(concentration(own[month]))),
            sources_with_job=self.ratio(lambda month: _inverse(concentration(every[month]))),
            job=self.amount(lambda month: self.ledger.at(self.job, month).income),
            coverage=self.ratio(self.coverage),
            old_work=self.old_work(),
            holidays=holidays(self.snapshot, self.rates, self.currency, self.day),
            built=tuple(map(self.built, self.months)),
            building=self.built(self.open),
            missing_rates=missing_rates(self.ledger),
        )

    def shown(self) -> tuple[Month, ...]:
        """Up to twelve complete months, from the first with an entry or work on."""
        begun = [month for stream, month in self.work.hours if stream in self.own]
        first = self.ledger.first(self.own)
        start = min([*begun, *([first] if first else [])], default=self.open)
        start = max(start, self.open.shift(-WINDOW))
        return tuple(start.shift(number) for number in range(start.until(self.open)))

    def amount(self, of: Callable[[Month], Fraction | None]) -> Amount:
        trend = tuple(maybe_decimal(of(month)) for month in self.months)
        return Amount(trend[-1] if trend else None, trend)

    def ratio(self, of: Callable[[Month], Fraction | None]) -> Ratio:
        trend = tuple(_float(of(month)) for month in self.months)
        return Ratio(trend[-1] if trend else None, trend)

    def yearly(self, stream: str, month: Month) -> Fraction:
        """A stream's income over the twelve months up to the end of one."""
        return sum((self.ledger.at([stream], month.shift(-n)).income for n in range(WINDOW)), NOTHING)

    def coverage(self, month: Month) -> Fraction | None:
        job = self.ledger.at(self.job, month).income
        return self.ledger.at(self.own, month).income / job if job > 0 else None

    def lines(self, parts: Parts, all_parts: Parts) -> tuple[StackLine, ...]:
        lines = []
        for stream in in_order(self.snapshot.streams.values()):
            if not stream.archived or stream.id in self.ledger.firsts:
                of = all_parts if stream.role == "job" else parts
                share = self.ratio(partial(_share, of, stream.id))
                lines.append(self.line([stream.id], stream.id, stream.name, stream.role, share))
        if NO_STREAM in self.ledger.firsts:
            none = self.line([NO_STREAM], NO_STREAM, "", "passive", self.ratio(partial(_share, parts, NO_STREAM)))
            lines.insert(len(lines) - sum(line.role == "job" for line in lines), none)
        return tuple(lines)

    def line(self, keys: Sequence[str], stream: str, name: str, role: str, share: Ratio) -> StackLine:
        last = self.ledger.at(keys, self.last)
        spent = self.work.at(keys, self.last)
        life = payback(
            keys,
            self.ledger,
            self.work,
            hourly=self.hourly,
            first_income=self.first_income(keys),
            until=self.open,
        )
        record = self.snapshot.streams.get(stream)
        return StackLine(
            stream=stream,
            name=name,
            role=role,
            income=self.amount(lambda month: self.ledger.at(keys, month).income),
            net=as_decimal(last.net),
            share=share,
            hours=as_decimal(spent),
            per_hour=self.amount(lambda month: _over(self.ledger.at(keys, month).net, self.work.at(keys, month))),
            per_hour_life=maybe_decimal(_over(Fraction(life.net), Fraction(life.hours))),
            units=maybe_decimal(self.sold(keys, self.last)),
            units_per_hour=self.amount(lambda month: self.units_per_hour(keys, month)),
            away=self.away_income(keys),
            break_even=self.costs.break_even(keys, self.daily, self.months),
            payback=life,
            efforts=efforts(record, self.touched, self.began(record), self.day) if record else (),
        )

    def first_income(self, keys: Sequence[str]) -> dt.date | None:
        return min((self.first_incomes[key] for key in keys if key in self.first_incomes), default=None)

    def began(self, stream: Stream) -> dt.date | None:
        """A stream's first day: the one the user set, or that of its first entry or work, if earlier."""
        worked = self.work.busy.get(stream.id)
        entered = self.ledger.firsts.get(stream.id)
        known = (stream.since, min(worked) if worked else None, entered.first if entered else None)
        return min((day for day in known if day), default=None)

    def own_hour(self) -> Decimal | None:
        """What the user's own hour is worth, in the view's currency; None where no rate says."""
        settings = self.snapshot.settings
        if settings.hourly is None:
            return None
        return self.rates.convert(settings.hourly, settings.currency, self.currency, self.day)

    def sold(self, keys: Sequence[str], month: Month) -> Fraction | None:
        """Units; None where no entry of the month says them."""
        counts = [self.units[key, month] for key in keys if (key, month) in self.units]
        return sum(counts, NOTHING) if counts else None

    def units_per_hour(self, keys: Sequence[str], month: Month) -> Fraction | None:
        """Of the streams that sold by the unit, against the hours on them."""
        selling = [key for key in keys if (key, month) in self.units]
        sold = self.sold(selling, month)
        return None if sold is None else _over(sold, self.work.at(selling, month))

    def away(self, stream: str, month: Month) -> Away | NotAway:
        """What a stream earned in a month while nobody worked on it, or why that cannot be told."""
        record = self.snapshot.streams.get(stream)
        if record is None:
            return "no stream"
        if record.role != "passive":
            return record.role
        earned_on = self.daily.earned_on.get((stream, month), frozenset())
        incomes = self.daily.income.get((stream, month), {})
        if sum(incomes.values(), NOTHING) <= 0:
            return "no income"
        if not any((stream, month.shift(-n)) in self.work.hours for n in range(WINDOW)):
            return "no time"
        return "lump" if is_lump(earned_on) else away(incomes, self.work.busy[stream])

    def away_income(self, keys: Sequence[str]) -> AwayIncome:
        months = {month: self.away_of(keys, month) for month in self.months}
        last: Away | NotAway = months.get(self.last, "no income")
        told = last if isinstance(last, Away) else None
        return AwayIncome(
            income=as_decimal(told.away) if told else None,
            judged=as_decimal(told.income if told else NOTHING),
            share=self.ratio(lambda month: _away_share(months[month])),
            why="" if isinstance(last, Away) else last,
        )

    def away_of(self, keys: Sequence[str], month: Month) -> Away | NotAway:
        """Of several streams, those that can tell; else the most telling reason."""
        found = [self.judged[key, month] for key in keys]
        told = [one for one in found if isinstance(one, Away)]
        if told:
            return Away(sum((one.away for one in told), NOTHING), sum((one.income for one in told), NOTHING))
        return next((why for why in WHY if why in found), "no income")

    def old_work(self) -> OldWork:
        months = back_catalogues(self.snapshot, self.rates, self.months, self.currency, self.job)
        income = months[self.last].old if self.months else NOTHING
        return OldWork(as_decimal(income), self.ratio(lambda month: months[month].share))

    def built(self, month: Month) -> Built:
        assets = [
            asset.id
            for asset in self.snapshot.assets.values()
            if asset.published and self.is_built(asset.published, month, asset.stream)
        ]
        automations = [
            one.id for one in self.snapshot.automations.values() if self.is_built(one.since, month, one.stream)
        ]
        return Built(month, tuple(assets), tuple(automations), as_decimal(self.learned.at(self.own, month)))

    def is_built(self, since: dt.date, month: Month, stream: str | None) -> bool:
        return Month.of(since) == month and since <= self.day and stream not in self.job


def _first_incomes(snapshot: Snapshot, day: dt.date) -> dict[str, dt.date]:
    """The day of the first income of each stream, up to a day."""
    found: dict[str, dt.date] = {}
    for entry in snapshot.entries:
        if has_earned(entry) and entry.day <= day:
            key = stream_key(entry.stream, snapshot.streams)
            found[key] = min(entry.day, found.get(key, entry.day))
    return found


def _share(parts: Parts, stream: str, month: Month) -> Fraction | None:
    return parts[month].get(stream, NOTHING) if parts[month] else None


def _away_share(found: Away | NotAway) -> Fraction | None:
    return found.share if isinstance(found, Away) else None


def _over(value: Fraction, by: Fraction) -> Fraction | None:
    return value / by if by else None


def _inverse(index: Fraction | None) -> Fraction | None:
    return None if index is None else 1 / index


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
