"""No money is ever a float: neither by its type nor by a default nor in any value of a book or of a view."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from fractions import Fraction
from types import FunctionType, ModuleType
from typing import NamedTuple

import pytest

import pitrack.core
import pitrack.store
from pitrack.core.ledger import monthly, parts
from pitrack.core.model import Entry, EntryKind, Rate
from pitrack.core.money import Rates
from pitrack.core.views.explained.door import explain
from pitrack.core.views.habit_page import habit_page
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.merits.measuring import merits
from pitrack.core.views.plan import plan
from pitrack.core.views.streams import filter_entries, stream_lines, totals
from pitrack.core.views.today import today
from pitrack.core.views.why import Why
from pitrack.exchange.demo import demo_tables
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot

DAY = dt.date(2026, 11, 22)

NO_MONEY = {
    # How strong a habit is, from 0 to 1.
    "pitrack.core.strength",
    "pitrack.core.views.today.Standing.strength",
    "pitrack.core.views.today._urgency",
    "pitrack.core.views.why.Why.keeps",
    # How fast something grows, and shares of a whole: quotients of two sums of money, in no currency.
    "pitrack.core.growth.Step.ratio",
    "pitrack.core.growth.compound_rate",
    "pitrack.core.growth.doubling_months",
    "pitrack.core.growth.year_over_year",
    "pitrack.core.goals.fraction",
    "pitrack.core.stacking.coverage",
    "pitrack.core.stacking.effective_sources",
    "pitrack.core.views.explained.basis.Value",
    "pitrack.core.views.explained.shapes.Explained.value",
    "pitrack.core.views.explained.shapes.Given.value",
    "pitrack.core.views.explained.shapes.Value",
    *(f"pitrack.core.views.card.Card.{name}" for name in ("mom", "cmgr", "doubling_months", "yoy", "sources", "shape")),
    *(f"pitrack.core.views.card.{name}" for name in ("Card.strength", "Card.done", "_shape")),
    "pitrack.core.views.income.growth.Growth.cmgr",
    "pitrack.core.views.income.growth.Growth.coverage",
    "pitrack.core.views.income.growth.Growth.doubling_months",
    "pitrack.core.views.income.growth.Growth.sources",
    "pitrack.core.views.income.growth.Growth.sources_with_job",
    "pitrack.core.views.income.growth.Growth.yoy",
    "pitrack.core.views.income.growth._share",
    "pitrack.core.views.income.growth.MonthFigures.mom",
    "pitrack.core.views.income.growth.Pace.cmgr",
    "pitrack.core.views.income.growth.Pace.doubling",
    "pitrack.core.views.income.growth.Pace.yoy",
    "pitrack.core.views.income.growth.StreamGrowth.cmgr",
    "pitrack.core.views.income.growth.StreamGrowth.doubling_months",
    "pitrack.core.views.income.growth.StreamGrowth.share",
    "pitrack.core.views.income.growth.StreamGrowth.yoy",
    "pitrack.core.views.income.growth.Growing.line",
    "pitrack.core.views.income.stack._float",
    "pitrack.core.views.income.stack_shapes.Ratio",
    "pitrack.core.views.income.stack_shapes.Stack.hhi",
    "pitrack.core.views.merits.shapes.Change.ratio",
    "pitrack.core.views.plan.GoalProgress.fraction",
    "pitrack.core.views.streams.StreamLine.mom",
    # Seconds to wait.
    "pitrack.store.book.Book.open",
    "pitrack.store.book.PATIENCE",
    "pitrack.store.place.PATIENCE",
    "pitrack.store.place.Place.lock",
    "pitrack.store.synced.PATIENCE",
    "pitrack.store.synced.SyncedFile.read",
    "pitrack.store.synced._AGAIN",
}
"""All that may be a float: a name here stands for what is below it too. Whoever adds one says why it is no money."""

_FLOAT = re.compile(r"\bfloat\b")


def is_listed(name: str) -> bool:
    return any(name == known or name.startswith(f"{known}.") for known in NO_MONEY)


def modules() -> Iterator[ModuleType]:
    for package in (pitrack.core, pitrack.store):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def floats_of(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        place = f"{module.__name__}.{name}"
        if isinstance(value, float) or _has_float(value):
            yield place
        elif getattr(value, "__module__", None) == module.__name__:
            yield from floats_of_thing(place, value)


def _has_float(alias: object) -> bool:
    """Whether a name for a type stands for one with a float in it."""
    return any(part is float or _has_float(part) for part in typing.get_args(alias))


def floats_of_thing(place: str, thing: object) -> Iterator[str]:
    if isinstance(thing, FunctionType):
        yield from floats_of_function(place, thing)
    elif inspect.isclass(thing):
        for name, hint in inspect.get_annotations(thing).items():
            if _FLOAT.search(str(hint)):
                yield f"{place}.{name}"
        for name, value in [*_defaults(thing), *vars(thing).items()]:
            if isinstance(value, float):
                yield f"{place}.{name}"
            if name not in ("__init__", "__new__"):  # these only repeat the fields
                yield from floats_of_thing(f"{place}.{name}", _function(value))


def _defaults(thing: type) -> list[tuple[str, object]]:
    if dataclasses.is_dataclass(thing):
        return [(one.name, one.default) for one in dataclasses.fields(thing)]
    return list(getattr(thing, "_field_defaults", {}).items())


def _function(value: object) -> object:
    """The function behind a property or a method of the class."""
    for name in ("fget", "func", "__func__", "__wrapped__"):
        value = getattr(value, name, None) or value
    return value if isinstance(value, FunctionType) else None


def floats_of_function(place: str, function: FunctionType) -> Iterator[str]:
    hints = inspect.get_annotations(function).items()
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    if any(_FLOAT.search(str(hint)) for _, hint in hints) or any(isinstance(value, float) for value in defaults):
        yield place


class Priced(NamedTuple):
    gross: float | None
    fee: Decimal = 0.5  # type: ignore[assignment]

    @property
    def net(self) -> Mapping[str, float]:
        return {}

    def more(self, by: Decimal = 1.5) -> None:  # type: ignore[assignment]
        pass


@dataclasses.dataclass(frozen=True, slots=True)
class Sum:
    income: Decimal = 0.5  # type: ignore[assignment]


def test_a_float_is_found_in_every_kind_of_type_and_default() -> None:
    assert set(floats_of_thing("Sum", Sum)) == {"Sum.income"}
    assert set(floats_of_thing("Priced", Priced)) == {"Priced.gross", "Priced.fee", "Priced.net", "Priced.more"}
    assert _has_float(Mapping[str, tuple[float, ...]])


def test_nothing_of_core_or_store_is_typed_float_but_what_is_no_money() -> None:
    found = {name for module in modules() for name in floats_of(module)}
    assert {name for name in found if not is_listed(name)} == set()


def test_the_list_of_what_is_no_money_names_only_what_there_is() -> None:
    found = {name for module in modules() for name in floats_of(module)}
    assert {known for known in NO_MONEY if not any(f"{name}.".startswith(f"{known}.") for name in found)} == set()


@pytest.mark.parametrize(
    "name",
    ["gross", "fee", "withheld", "received", "income", "expense", "net", "pending", "per_hour", "amount", "rate"],
)
def test_no_name_of_money_is_in_the_list(name: str) -> None:
    assert not [known for known in NO_MONEY if known.rpartition(".")[2] == name]


def float_values(value: object, place: str = "") -> Iterator[str]:
    """Where floats are in a value and all that is in it, by the class and the field that hold them."""
    if isinstance(value, float):
        yield place
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            yield from float_values(getattr(value, one.name), f"{_class(value)}.{one.name}")
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        for name in value._fields:
            yield from float_values(getattr(value, name), f"{_class(value)}.{name}")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from float_values(key, place)
            yield from float_values(one, place)
    elif isinstance(value, (list, tuple, Set)):
        for one in value:
            yield from float_values(one, place)


def _class(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


@pytest.fixture(scope="module")
def snap() -> BookSnapshot:
    return BookSnapshot(read(canonical(demo_tables(DAY))))


def not_listed(value: object) -> set[str]:
    return {place for place in float_values(value, "a value alone") if not is_listed(place)}


def test_a_float_is_found_wherever_it_is() -> None:
    assert not_listed(Rate(DAY, "USD", "JPY", 150.1)) == {"pitrack.core.model.Rate.rate"}  # type: ignore[arg-type]
    assert not_listed({"a": [Decimal(1), (0.5,)]}) == {"a value alone"}
    assert not_listed([Decimal(1), Fraction(1, 3), 1, "1.5"]) == set()
    assert is_listed(f"{Why.__module__}.{Why.__qualname__}.keeps")


def test_no_record_of_a_book_holds_a_float(snap: BookSnapshot) -> None:
    for records in (snap.settings, snap.entries, snap.times, snap.streams, snap.goals, snap.ideas, snap.rates):
        assert records
        assert not_listed(records) == set()
    assert not_listed(snap.habits) == set()
    assert not_listed(snap.document.values("entries")) == set()


def test_no_view_holds_money_as_a_float(snap: BookSnapshot) -> None:
    views = {
        "growth": growth(snap, DAY),
        "growth in another currency": growth(snap, DAY, "JPY"),
        "merits": merits(snap, DAY),
        "stack": stack(snap, DAY),
        "explanations": explain(snap, DAY),
        "streams": stream_lines(snap, DAY),
        "totals": totals(filter_entries(snap)),
        "plan": plan(snap, DAY),
        "today": today(snap, DAY),
        "habit": [habit_page(snap, habit, DAY) for habit in snap.habits],
        "parts": [parts(entry) for entry in snap.entries],
        "ledger": monthly(snap, Rates(snap.rates), dict.fromkeys([*snap.streams, ""], "USD"), DAY),
    }
    for name, view in views.items():
        assert view, name
        assert not_listed(view) == set(), name


@pytest.mark.parametrize(
    ("currency", "amounts", "total"),
    [
        ("USD", ["0.1", "0.2"], "0.3"),
        ("USD", ["0.1"] * 10, "1.0"),
        ("JPY", ["1", "3000", "999999999999999"], "1000000000003000"),
        ("BHD", ["0.001", "0.002", "1.100"], "1.103"),
        ("USD", ["1000000000000000.01", "0.02", "1000000000000000.03"], "2000000000000000.06"),
        ("USD", ["99999999999999999999999999.99", "0.01"], "100000000000000000000000000.00"),
    ],
)
@pytest.mark.parametrize("kind", ["income", "refund", "expense"])
def test_sums_are_exact(currency: str, amounts: list[str], total: str, kind: EntryKind) -> None:
    entries = [Entry(f"e{place}", DAY, kind, Decimal(amount), currency) for place, amount in enumerate(amounts)]
    [line] = totals(entries)
    sums = {"income": line.income, "refund": line.income, "expense": line.expense}
    assert (line.currency, sums[kind]) == (currency, -Decimal(total) if kind == "refund" else Decimal(total))
    assert isinstance(sums[kind], Decimal)
