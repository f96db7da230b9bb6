"""The money and the hours of a demo book: payouts that compound, fees, refunds, tools, exchange rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from pitrack.core.changes import Value
from pitrack.core.days import Month
from pitrack.exchange.demo_plan import Draft, Flow, Plan, StreamPlan, TemplatePlan, Work, days_between
from pitrack.exchange.records import Records

YEN_A_DOLLAR = 149.0
QUANTUM = {"USD": Decimal("0.01"), "JPY": Decimal(1)}


def add_stream(draft: Draft, number: int, stream: StreamPlan) -> str:
    """One stream with its entries and hours; returns its id."""
    records, since = draft.records, draft.plan.month_day(stream.month)
    stream_id = records.short_id()
    records.add(
        "streams",
        stream_id,
        since,
        name=stream.name,
        alias=stream.alias,
        stage=stream.stage,
        role=stream.role,
        currency=stream.currency,
        playbook=stream.playbook,
        archived=False,
        order=records.place(number),
        since=since.isoformat(),
        note=stream.note,
    )
    for flow in stream.flows:
        _add_flow(draft, stream, stream_id, flow)
    for work in stream.work:
        _add_work(draft, since, stream_id, work)
    return stream_id


def add_rates(draft: Draft) -> None:
    """Yen a dollar on the first day of every month, wandering a little."""
    rate = YEN_A_DOLLAR
    for number in range(draft.plan.months):
        day = draft.plan.month_day(number)
        rate *= 1 + draft.rng.uniform(-0.015, 0.018)
        draft.records.add("rates", f"{day}|USD|JPY", day, rate=f"{rate:.2f}")


def add_template(records: Records, plan: Plan, number: int, template: TemplatePlan, stream: str | None) -> None:
    """Money that recurs, first due ``template.ago`` days before the last day (after it where that is negative)."""
    since = plan.day - dt.timedelta(days=template.ago)
    records.add(
        "templates",
        records.short_id(),
        min(since, plan.day),
        name=template.name,
        alias=template.alias,
        kind=template.kind,
        stream=stream,
        money={"gross": template.amount, "fee": "0", "withheld": "0", "currency": plan.currency},
        recurs={"every": template.every, "interval": 1},
        since=since.isoformat(),
        auto=template.auto,
        archived=False,
        order=records.place(number),
    )


def _add_flow(draft: Draft, stream: StreamPlan, stream_id: str, flow: Flow) -> None:
    plan, records, rng = draft.plan, draft.records, draft.rng
    tags: dict[str, Value] = {f"tag@{tag}": True for tag in flow.tags}
    for index, day in _flow_days(plan, max(flow.month, stream.month), flow, rng):
        share = (1 + flow.growth) ** index * max(0.1, 1 + rng.gauss(0, flow.noise))
        gross = _round(Decimal(flow.start) * Decimal(share), stream.currency)
        paid = day + dt.timedelta(days=flow.lag)
        cleared = paid <= plan.day
        records.add(
            "entries",
            records.ulid(day),
            day,
            kind=flow.kind,
            day=day.isoformat(),
            stream=stream_id,
            money={
                "gross": str(gross),
                "fee": str(_round(gross * Decimal(flow.fee), stream.currency)),
                "withheld": str(_round(gross * Decimal(flow.withheld), stream.currency)),
                "currency": stream.currency,
            },
            status="cleared" if cleared else "pending",
            paid=paid.isoformat() if cleared else None,
            units=str(max(1, round(gross / Decimal(flow.price)))) if flow.price else None,
            note=flow.note,
            **tags,
        )


def _flow_days(plan: Plan, since: int, flow: Flow, rng: Random) -> Iterator[tuple[int, dt.date]]:
    """The days of a flow up to the last day, with the number of months since its first."""
    for number in range(since, plan.months, flow.every):
        month = plan.first_month.shift(number)
        for day in _month_days(month, flow, rng):
            if day <= plan.day:
                yield number - since, day


def _month_days(month: Month, flow: Flow, rng: Random) -> list[dt.date]:
    length = month.last.day
    days = sorted(rng.choices(range(1, length + 1), k=flow.count)) if flow.count else [min(flow.day, length)]
    return [month.first.replace(day=day) for day in days]


def _add_work(draft: Draft, since: dt.date, stream_id: str, work: Work) -> None:
    plan, rng = draft.plan, draft.rng
    for day in days_between(since, plan.day - dt.timedelta(days=work.until)):
        if rng.random() >= work.a_week / 7 or plan.paused(day):
            continue
        months = Month.of(since).until(Month.of(day))
        minutes = work.minutes * (1 + work.drift) ** months * rng.uniform(0.7, 1.3)
        draft.records.add(
            "times",
            draft.records.ulid(day),
            day,
            stream=stream_id,
            day=day.isoformat(),
            minutes=max(5, round(minutes / 5) * 5),
            kind=work.kind,
            task=work.task,
        )


def _round(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(QUANTUM[currency])
