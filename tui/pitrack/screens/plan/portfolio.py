"""The portfolio: finished work as proof, over Plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from pitrack.core.days import Month
from pitrack.core.model import Stream
from pitrack.core.views.portfolio import Portfolio, portfolio
from pitrack.screens.plan.lines import GAP, head, said, whole_words
from pitrack.screens.streams.records import BACK, RecordsScreen
from pitrack.text import dates, words
from pitrack.text import launch as told
from pitrack.text.i18n import N_, _
from pitrack.text.plain import cells, pad, printable
from pitrack.widgets.pieces import Line, Lines, Piece, width_of
from pitrack.widgets.rows import RowList
from pitrack.widgets.told import Told
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

WIDEST = dt.date(2026, 12, 22)
"""A day that takes as many cells as any."""
CYCLES, PUBLISHED, TESTS, OUTCOMES, STOPPED = (
    N_("CYCLES: FROM THE IDEA TO A PAYMENT"),
    N_("PUBLISHED"),
    N_("TESTS"),
    N_("OUTCOMES"),
    N_("STOPPED, AND WHAT IT TAUGHT"),
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One finished thing: under which heading, when, what, and what there is to say of it."""

    key: str
    group: str
    day: dt.date | None
    name: str
    about: str


class ProofRows(RowList[Proof]):
    """Finished things, a line each."""


class PortfolioScreen(RecordsScreen):
    """Finished work, newest first under each heading; no sum of money."""

    MODE = "plan"
    BINDINGS: ClassVar[list[BindingType]] = [BACK]
    DEFAULT_CSS = """
    PortfolioScreen #rows { height: 1fr; }
    PortfolioScreen #foot { height: 3; margin-top: 1; }
    """

    def body(self) -> ComposeResult:
        yield Told(id="head")
        yield ProofRows(self._line, lambda one: one.key, empty=self._empty, id="rows")
        yield Lines(id="foot")

    @property
    def rows(self) -> ProofRows:
        return self.query_one(ProofRows)

    def read(self, snapshot: BookSnapshot, today: dt.date) -> Portfolio:
        return portfolio(snapshot, today)

    def draw(self, found: Portfolio) -> None:
        assert self.snapshot
        proofs = [*_proofs(found, self.snapshot)]
        title = partial(_title, told.cycle_count(len(found.cycles)) if found.cycles else "")
        self.query_one("#head", Told).tell(title)
        heads = {
            place: partial(_head, one.group)
            for place, one in enumerate(proofs)
            if place == 0 or one.group != proofs[place - 1].group
        }
        self.rows.show(proofs, heads)
        self.rows.redraw()
        self._tell()

    def _line(self, one: Proof, _line: int, width: int) -> Line:
        day = "" if one.day is None else _day(one.day, self.pitrack.today)
        start: Line = ((pad(day, cells(dates.short_day(WIDEST)) + 2) + GAP, "muted"),)
        room = width - width_of(start)
        name = whole_words(one.name, room)
        left: Line = (*start, (name, ""))
        if room - cells(name) - 2 < 12 or not one.about:
            return left
        return (*left, (GAP + whole_words(one.about, room - cells(name) - 2), "muted"))

    def _empty(self) -> Sequence[Line]:
        if not self.is_read:
            return ()
        question = _("Nothing is finished yet.")
        first = _("A published asset, a first income or the verdict of a test comes first.")
        width = self.size.width - 4
        return [((" " * 3, ""), *line) for line in broken(((question + " ", "strong"), (first, "muted")), width)]

    def _tell(self) -> None:
        """Say the chosen one in full."""
        one = self.rows.highlighted
        told_: list[Line] = []
        if one:
            day = dates.full_day(one.day) if one.day else ""
            name: Piece = (one.name + GAP, "strong")
            told_ = said([(name, (words.listed(one.about, day), "muted"))], self.size.width, 3)
        self.query_one("#foot", Lines).show(*told_)

    def on_row_list_highlighted(self) -> None:
        self._tell()


def _day(day: dt.date, today: dt.date) -> str:
    """A day of this year, or the month of another."""
    if day.year == today.year:
        return dates.short_day(day)
    return _("{month} {year}").format(month=dates.short_month(Month.of(day)), year=day.year)


def _title(right: str, width: int) -> list[Line]:
    return [head(_("Finished work"), _("the proof that counts"), True, width, right), ()]


def _head(group: str, _width: int) -> Line:
    return ((_(group), "head"),)


def _proofs(found: Portfolio, snapshot: BookSnapshot) -> Iterator[Proof]:
    for place, cycle in enumerate(found.cycles):
        name = _name(snapshot.streams.get(cycle.stream))
        yield Proof(f"cycle {place}", CYCLES, cycle.day, name, told.cycle(cycle))
    for work in found.works:
        about = _name(snapshot.streams.get(work.asset.stream or ""))
        yield Proof(work.asset.id, PUBLISHED, work.published, printable(work.asset.name), about)
    for place, test in enumerate(found.tests):
        results = told.in_a_row(map(printable, (told.verdict(test.verdict), test.results, test.lesson)))
        yield Proof(f"test {place}", TESTS, test.day, printable(test.stream.name), results)
    for outcome in found.outcomes:
        amount = told.outcome(outcome.amount, outcome.metric.unit)
        about = words.listed(amount, _name(snapshot.streams.get(outcome.metric.stream or "")))
        yield Proof(outcome.metric.id, OUTCOMES, outcome.day, printable(outcome.metric.name), about)
    for stopped in found.stopped:
        yield Proof(stopped.stream.id, STOPPED, stopped.day, printable(stopped.stream.name), printable(stopped.lesson))


def _name(stream: Stream | None) -> str:
    return printable(stream.name) if stream else ""
