"""What a demo book tells: its streams, actions and goals, read from a data file or made from lists of names."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from random import Random
from typing import Any

from pitrack.core.days import Month
from pitrack.exchange.records import Records

REFERENCE_SIZES = {"S": (1, 6, 3), "M": (3, 10, 5), "L": (10, 25, 10), "XL": (10, 25, 10)}
"""Years, habits and streams of the reference books."""

XL_SALES_A_MONTH = 834
"""Sales a month, over all streams, that make about 100,000 entries in ten years."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that comes or goes on a ``day`` of the month, from ``month`` on, ``every`` so many months.

    ``start`` is the first amount; ``growth`` a month compounds; ``noise`` is its spread; ``fee`` and ``withheld`` are
    shares of the gross; ``lag`` days pass until it is paid; ``price`` of one unit gives the units sold. With a
    ``count`` the amounts fall on that many days of the month picked at random."""

    note: str
    start: str
    day: int = 1
    kind: str = "income"
    month: int = 0
    every: int = 1
    count: int = 0
    growth: float = 0.0
    noise: float = 0.0
    fee: float = 0.0
    withheld: float = 0.0
    lag: int = 0
    price: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """Time that a stream takes: sessions ``a_week`` of about ``minutes``, which change by ``drift`` a month, ``until``
    so many days before the last day."""

    kind: str
    task: str
    a_week: float
    minutes: int
    drift: float = 0.0
    until: int = 0


@dataclass(frozen=True, slots=True)
class AssetPlan:
    """A thing made once, published on a ``day`` of the month (0: not yet), with ``minutes`` of work beside those
    logged. Income of the stream with one of the notes ``sold`` (any, where it is empty), of at least ``least``,
    may name it from then on; ``tasks`` are those of its work."""

    alias: str
    name: str
    month: int = 0
    day: int = 1
    minutes: int = 0
    sold: tuple[str, ...] = ()
    least: str = "0"
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreamPlan:
    alias: str
    name: str
    role: str = "passive"
    stage: str = "live"
    currency: str = "USD"
    playbook: str | None = None
    note: str | None = None
    month: int = 0
    flows: tuple[Flow, ...] = ()
    work: tuple[Work, ...] = ()
    assets: tuple[AssetPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class HabitPlan:
    """An action from ``month`` on. ``targets`` are (month, amount) pairs, a rule each; ``chance`` is how often it is
    met, ``silence`` how often a day that was not met stays without an answer; ``runs`` are unbroken stretches as (how
    many occurrences back the last one lies, how many)."""

    alias: str
    name: str
    stream: str | None = None
    kind: str = "yes_no"
    unit: str | None = None
    targets: tuple[tuple[int, str], ...] = ()
    every: str = "day"
    times: int = 1
    days: tuple[int, ...] = ()
    chance: float = 0.8
    silence: float = 0.35
    additions: bool = False
    month: int = 0
    runs: tuple[tuple[int, int], ...] = ()
    today: str | None = None


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """``since`` counts days back from the last day, ``by`` days after it."""

    name: str
    motive: str
    amount: str
    currency: str | None = None
    streams: tuple[str, ...] = ()
    since: int = 0
    by: int | None = None


@dataclass(frozen=True, slots=True)
class IdeaPlan:
    text: str
    ago: int
    state: str = "open"


@dataclass(frozen=True, slots=True)
class TemplatePlan:
    """Money that recurs, first due ``ago`` days before the last day."""

    alias: str
    name: str
    amount: str
    ago: int
    stream: str = ""
    kind: str = "expense"
    every: str = "month"
    auto: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole book: ``months`` calendar months, the last of them that of ``day``."""

    day: dt.date
    name: str
    zone: str
    currency: str
    months: int
    habits: tuple[HabitPlan, ...]
    streams: tuple[StreamPlan, ...]
    goals: tuple[GoalPlan, ...] = ()
    ideas: tuple[IdeaPlan, ...] = ()
    templates: tuple[TemplatePlan, ...] = ()
    holiday: tuple[dt.date, dt.date] | None = None
    """First and last day on which everything is paused."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def first_month(self) -> Month:
        return Month.of(self.day).shift(1 - self.months)

    def month_day(self, months: int) -> dt.date:
        """First day of the month that lies ``months`` after the book's first."""
        return self.first_month.shift(months).first

    def paused(self, day: dt.date) -> bool:
        return self.holiday is not None and self.holiday[0] <= day <= self.holiday[1]


@dataclass(frozen=True, slots=True)
class Draft:
    """What one part of a book is made with: the plan, the records so far, dice of its own."""

    plan: Plan
    records: Records
    rng: Random


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from ``first`` to ``last``, both included."""
    return (first + dt.timedelta(days=n) for n in range((last - first).days + 1))


def sample_plan(day: dt.date) -> Plan:
    """The demo person of ``data/demo.toml``, with records up to ``day``."""
    data = read_data("demo.toml")
    book = data["book"]
    away = day - dt.timedelta(days=book["holiday"]["ago"])
    return Plan(
        day=day,
        name=book["name"],
        zone=book["zone"],
        currency=book["currency"],
        months=book["months"],
        habits=tuple(HabitPlan(**_tuples(habit)) for habit in data["habits"]),
        streams=tuple(_stream(stream) for stream in data["streams"]),
        goals=tuple(GoalPlan(**_tuples(goal)) for goal in data["goals"]),
        ideas=tuple(IdeaPlan(**idea) for idea in data["ideas"]),
        templates=tuple(TemplatePlan(**template) for template in data["templates"]),
        holiday=(away, away + dt.timedelta(days=book["holiday"]["days"] - 1)),
        notes={kind: tuple(texts) for kind, texts in data["notes"].items()},
    )


def reference_plan(day: dt.date, size: str) -> Plan:
    """A book of a reference size, its names made from ``data/names.toml``; KeyError for an unknown size."""
    years, habits, streams = REFERENCE_SIZES[size]
    names = read_data("names.toml")
    extra = XL_SALES_A_MONTH // (streams - 1) if size == "XL" else 0
    titles = [*names["streams"][: streams - 1], names["streams"][-1]]
    planned = tuple(_reference_stream(n, title, names, extra, 12 * years) for n, title in enumerate(titles))
    return Plan(
        day=day,
        name=f"Reference {size}",
        zone="UTC",
        currency="USD",
        months=12 * years + 1,
        habits=tuple(_reference_habit(n, names, streams - 1) for n in range(habits)),
        streams=planned,
        goals=(GoalPlan("Rent", "living", "1000", since=365), GoalPlan("Learn", "skill", "300", since=365)),
        ideas=(IdeaPlan("商品写真に困っている店が多い", 10), IdeaPlan("Nobody likes to answer reviews", 20)),
    )


def _reference_stream(number: int, name: str, names: Mapping[str, list[str]], extra: int, months: int) -> StreamPlan:
    """A job by the last name of the list; else four sales a month and ``extra`` small ones, tools, three works, and an
    asset a quarter."""
    alias = f"s{number + 1}"
    if name == names["streams"][-1]:
        return StreamPlan(alias, name, role="job", flows=(Flow("Salary", "4000", day=25, withheld=0.18),))
    sale, tasks = names["sales"][number % len(names["sales"])], names["tasks"]
    task = tasks[number % len(tasks)]
    flows = [
        Flow(sale, "24", count=4, growth=0.01, noise=0.4, fee=0.05, price="4", tags=("sale",)),
        Flow("Tools", "24", day=5, every=2, kind="expense", tags=("tools",)),
    ]
    if extra:
        flows.append(Flow(sale, "3", count=extra, noise=0.5, fee=0.1, price="1"))
    return StreamPlan(
        alias,
        name,
        role="service" if number == 4 else "passive",
        currency="JPY" if number == 2 else "USD",
        flows=tuple(flows),
        work=tuple(
            Work(kind, tasks[(number + n) % len(tasks)], 0.7, 45)
            for n, kind in enumerate(("make", "market", "routine"))
        ),
        assets=tuple(
            AssetPlan(f"{alias}-{place}", f"{name} {place}", month, 10, 300, (sale,), "10", (task,))
            for place, month in enumerate(range(0, months, 3), 1)
        ),
    )


def _reference_habit(number: int, names: Mapping[str, list[str]], streams: int) -> HabitPlan:
    """Mostly daily actions of the three kinds; every fifth is on weekdays or a few times a week."""
    verb, thing = names["verbs"][number % 5], names["things"][(number + number // 5) % 5]
    kind = ("yes_no", "at_least", "yes_no", "at_most", "yes_no")[number % 5]
    every = "day" if number % 5 < 4 else ("weekdays", "week")[number // 5 % 2]
    return HabitPlan(
        f"h{number + 1}",
        f"{verb} {thing}",
        stream=f"s{number % streams + 1}" if number % 4 else None,
        kind=kind,
        unit=None if kind == "yes_no" else "min",
        targets=() if kind == "yes_no" else ((0, "30"),),
        every=every,
        times=3,
        days=(1, 2, 3, 4, 5),
        chance=0.78,
        silence=0.7,
    )


def _stream(data: dict[str, Any]) -> StreamPlan:
    flows = tuple(Flow(**_tuples(flow)) for flow in data.pop("flows", ()))
    work = tuple(Work(**work) for work in data.pop("work", ()))
    assets = tuple(AssetPlan(**_tuples(asset)) for asset in data.pop("assets", ()))
    return StreamPlan(**data | {"flows": flows, "work": work, "assets": assets})


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    """The same with lists, and lists of lists, as tuples."""
    return {key: _tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _tuple(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(value) if isinstance(value, list) else value for value in values)


def read_data(name: str) -> dict[str, Any]:
    """What a data file of the demo says."""
    return tomllib.loads(resources.files("pitrack.exchange").joinpath("data", name).read_text("utf-8"))
