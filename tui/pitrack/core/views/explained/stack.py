"""Why a figure of stacking or passivity is what it is: streams, days and costs, and the records behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pitrack.core.days import Month
from pitrack.core.growth import WINDOW
from pitrack.core.ledger import NOTHING
from pitrack.core.model import Entry
from pitrack.core.money import as_decimal
from pitrack.core.passivity import Away
from pitrack.core.views.explained.basis import Basis
from pitrack.core.views.explained.shapes import Explained, Given, Record, Why


def share(basis: Basis) -> Explained:
    """A stream's part of the streams' income of twelve months (the job's, of all income); of all, each stream's."""
    incomes = {stream: basis.stacking.yearly(stream, basis.last) for stream in basis.stacking.streams}
    is_job = basis.stream in basis.stacking.job
    whole = sum(
        (income for stream, income in incomes.items() if income > 0 and _counts(basis, stream, is_job)), NOTHING
    )
    if basis.stream is None:
        parts = _shares(basis)
        why: Why = "by stream" if parts else basis.no_income
        return basis.explained("share", None, why, parts, _year_of(basis, basis.stacking.own))
    value = basis.stack_line.share.value
    numbers = [
        Given("income", as_decimal(incomes[basis.stream]), "money", name=basis.name(basis.stream)),
        Given("all income" if is_job else "streams income", as_decimal(whole), "money"),
    ]
    return basis.explained("share", value, basis.no_income, numbers, _year_of(basis, [basis.stream]))


def sources(basis: Basis) -> Explained:
    stack = basis.stack
    numbers = [
        *_shares(basis),
        Given("hhi", stack.hhi, "number"),
        Given("with job", stack.sources_with_job.value, "number"),
    ]
    records = _year_of(basis, basis.stacking.own)
    return basis.explained("sources", stack.sources.value, basis.no_income, numbers, records)


def coverage(basis: Basis) -> Explained:
    """What the streams, or one of them, brought of what the job did; the job itself pays nothing of itself."""
    job = basis.stack.job.value
    income = basis.stack_line.income.value
    value = float(income / job) if income is not None and job is not None and job > 0 else None
    if basis.stream is None:
        value = basis.stack.coverage.value
    elif basis.stream in basis.stacking.job:
        value = None
    numbers = [Given("streams income", income, "money"), Given("job income", job, "money")]
    records = basis.entries({basis.last}, [*basis.keys, *basis.stacking.job], _is_income)
    why = _why_uncovered(basis)
    return basis.explained("coverage", value, why, numbers, records, also=basis.stacking.job)


def _why_uncovered(basis: Basis) -> Why:
    if not basis.growth.headline:
        return "early"
    if basis.stream in basis.stacking.job:
        return "job"
    return "no rate" if basis.lacks_rate(basis.stacking.job) else "no job"


def away(basis: Basis) -> Explained:
    found = basis.stack_line.away
    judged = [key for key in basis.keys if isinstance(basis.stacking.judged.get((key, basis.last)), Away)]
    numbers = [Given("away", found.income, "money"), Given("judged", found.judged, "money")]
    for key in judged:
        one = basis.stacking.judged[key, basis.last]
        if isinstance(one, Away) and basis.stream is None:
            numbers.append(Given("away of", as_decimal(one.away), "money", name=basis.name(key)))

    def is_away(entry: Entry) -> bool:
        return entry.kind != "expense" and entry.day not in basis.stacking.work.busy[entry.stream or ""]

    why: Why = found.why if basis.stack.months else "early"
    why = basis.no_income if why == "no income" else why
    return basis.explained("away", found.share.value, why, numbers, basis.entries({basis.last}, judged, is_away))


def holiday(basis: Basis) -> Explained:
    """The newest days off that are over; those before it among the numbers."""
    over = basis.stack.holidays
    newest = over[0] if over else None
    numbers = [Given("days", newest.days, "count")] if newest else []
    numbers += [Given("holiday", one.income, "money", month=Month.of(one.last)) for one in over[1:WINDOW]]
    records: list[Record] = []
    if newest:
        months = {
            Month.of(newest.first).shift(n) for n in range(Month.of(newest.first).until(Month.of(newest.last)) + 1)
        }
        pause = Record("pause", newest.id, newest.first, "", until=newest.last)
        entries = basis.entries(
            months, basis.growing.own, lambda one: _is_income(one) and newest.first <= one.day <= newest.last
        )
        records = [pause, *entries]
    return basis.explained("holiday", newest.income if newest else None, "no pause", numbers, records)


def per_hour(basis: Basis) -> Explained:
    line = basis.stack_line
    numbers = [
        Given("net", line.net, "money"),
        Given("hours", line.hours, "hours"),
        Given("per hour life", line.per_hour_life, "hourly"),
    ]
    records = [*basis.entries({basis.last}, basis.keys), *_work(basis, basis.keys)]
    why: Why = "no hours" if basis.stack.months else "early"
    return basis.explained("per-hour", line.per_hour.value, why, numbers, records)


def units_per_hour(basis: Basis) -> Explained:
    line = basis.stack_line
    selling = [key for key in basis.keys if (key, basis.last) in basis.stacking.units]
    hours = as_decimal(basis.stacking.work.at(selling, basis.last))
    numbers = [Given("units", line.units, "number"), Given("hours", hours, "hours")]
    sold = basis.entries({basis.last}, selling, lambda one: one.units is not None and one.kind != "expense")
    why: Why = "early" if not basis.stack.months else "no units" if line.units is None else "no hours"
    return basis.explained("units-per-hour", line.units_per_hour.value, why, numbers, [*sold, *_work(basis, selling)])


def back_catalogue(basis: Basis) -> Explained:
    """Old assets' part of the month's income, asset by asset."""
    stack = basis.stack
    month = stack.month
    assets = {
        one.id: one
        for one in basis.snapshot.assets.values()
        if one.published and Month.of(one.published) <= month.shift(-WINDOW)
    }
    records = basis.entries({month}, basis.growing.own, lambda one: _is_income(one) and one.asset in assets)
    numbers = [Given("old", stack.old_work.income, "money"), Given("streams income", stack.whole.income.value, "money")]
    ids = {one.id for one in records}
    sold = {entry.asset for entry in basis.snapshot.entries if entry.id in ids}
    made = [Record("asset", one.id, one.published, one.name) for one in assets.values() if one.id in sold]
    value = stack.old_work.share.value
    return basis.explained("back-catalogue", value, basis.no_income, numbers, [*made, *records])


def built(basis: Basis) -> Explained:
    """What the last complete month built, and the open one so far."""
    stack = basis.stack
    last = basis.stacking.built(stack.month)
    numbers = [
        Given("assets", len(last.assets), "count"),
        Given("automations", len(last.automations), "count"),
        Given("learning", last.hours, "hours"),
        Given("assets so far", len(stack.building.assets), "count"),
        Given("automations so far", len(stack.building.automations), "count"),
        Given("learning so far", stack.building.hours, "hours"),
    ]
    assets = [basis.snapshot.assets[id_] for id_ in last.assets]
    begun = [basis.snapshot.automations[id_] for id_ in last.automations]
    records = [Record("asset", one.id, one.published, one.name) for one in assets]
    records += [Record("automation", one.id, one.since, one.name) for one in begun]
    learnt = basis.times({stack.month}, basis.growing.own, lambda time: time.kind == "learn")
    value = len(last.assets) + len(last.automations)
    return basis.explained("built", value, "", numbers, [*records, *learnt])


def neglect(basis: Basis) -> Explained:
    """How long each kind of continuing effort has been left, the longest first."""
    streams = [line for line in basis.stack.streams if basis.stream in (None, line.stream)]
    efforts = [(line, effort) for line in streams for effort in line.efforts]
    efforts.sort(key=lambda pair: pair[1].last or dt.date.min)
    numbers = [
        Given(effort.kind, effort.weeks, "weeks", name=line.name if basis.stream is None else "")
        for line, effort in efforts
    ]
    newest = {(line.stream, effort.kind, effort.last) for line, effort in efforts}
    records = [basis.time(time) for time in basis.snapshot.times if (time.stream, time.kind, time.day) in newest]
    value = sum(effort.neglected for _line, effort in efforts) if efforts else None
    return basis.explained("neglect", value, "no time", numbers, records)


def _shares(basis: Basis) -> list[Given]:
    lines = [line for line in basis.stack.streams if line.role != "job" and line.share.value]
    return [Given("share", line.share.value, "percent", name=line.name) for line in lines]


def _counts(basis: Basis, stream: str, is_job: bool) -> bool:
    return is_job or stream not in basis.stacking.job


def _year_of(basis: Basis, streams: Iterable[str]) -> list[Record]:
    """The income of twelve months."""
    months = {basis.last.shift(-n) for n in range(WINDOW)}
    return basis.entries(months, set(streams), _is_income)


def _work(basis: Basis, streams: Iterable[str]) -> list[Record]:
    own = set(streams)
    return [*basis.times({basis.last}, own), *basis.habits({basis.last}, own)]


def _is_income(entry: Entry) -> bool:
    return entry.kind != "expense"
