"""The view of assets: what was made once, and what each brought in the month and in its life."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from pitrack.core.model import Snapshot
from pitrack.core.views.assets import AssetLine, asset_lines
from pitrack.core.views.income.assets import AssetGrowth, asset_growth
from pitrack.core.views.income.growth import MonthFigures
from pitrack.screens.progress import income
from pitrack.screens.progress.frame import Frame, put
from pitrack.screens.progress.income import Purse, change_words, trend_role
from pitrack.screens.progress.rows import TableRows
from pitrack.text.dates import short_month
from pitrack.text.i18n import _, ngettext
from pitrack.text.money import percent
from pitrack.text.plain import printable
from pitrack.widgets.columns import Column, Columns
from pitrack.widgets.pieces import Line, Lines, spread
from pitrack.widgets.spark import spark
from pitrack.widgets.wrapping import broken

TREND = 12
NARROW = 60
"""Cells below which names are worth more than shares."""


class AssetRow(NamedTuple):
    """An asset: its months in the currency of the view, and its life in its own."""

    growth: AssetGrowth
    line: AssetLine

    @property
    def last(self) -> MonthFigures | None:
        """The last complete month."""
        return self.growth.months[-2] if len(self.growth.months) > 1 else None


def read_assets(snapshot: Snapshot, day: dt.date, currency: str) -> tuple[AssetRow, ...]:
    """All assets in use or with income, the one that brought most in a year first."""
    lines = {line.asset.id: line for line in asset_lines(snapshot, day, archived=None)}
    return tuple(AssetRow(one, lines[one.asset]) for one in asset_growth(snapshot, day, currency))


class AssetsView(Vertical):
    """Shows the assets as a table; each has its page."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)

    def compose(self) -> ComposeResult:
        yield Lines(id="assets-head")
        yield TableRows(id="assets")

    def show(self, snapshot: Snapshot, rows: Sequence[AssetRow] | None, frame: Frame) -> None:
        """Show what was read; None is still counted."""
        title: Line = [(_("Assets"), "strong")]
        if rows is None:
            put(self, "assets-head", [spread(title, [(_("counting"), "muted")], frame.width)])
            return
        self.set_class(not rows, "-none")
        if not rows:
            put(self, "assets-head", nothing(frame.width))
            return
        count = ngettext("{n} made once", "{n} made once", len(rows)).format(n=len(rows))
        where = income.standpoint(None, frame.past) or [(count, "muted")]
        put(self, "assets-head", [spread(title, where, frame.width)])
        names = {id_: printable(stream.name) for id_, stream in snapshot.streams.items()}
        streams = [names.get(row.growth.stream, _("no stream")) for row in rows]
        table = columns(rows, streams, frame)
        self.query_one(TableRows).fill(table, [row.growth.asset for row in rows])


def columns(rows: Sequence[AssetRow], streams: Sequence[str], frame: Frame) -> Columns:
    """A row an asset: the month, its change, its life, its part of the income, its age, its year."""
    purse, glyphs = frame.purse, frame.glyphs
    last = [row.last for row in rows]
    month = next((one.month for one in last if one), None)
    found = [
        Column(
            short_month(month) if month else _("month"),
            [[(purse(one.income) if one else "-", "strong")] for one in last],
            0,
        ),
        Column("", [[(change_words(one), trend_role(one)) if one else ("-", "muted")] for one in last], 3),
        Column(_("lifetime"), [[(_lifetime(row.line, purse), "")] for row in rows], 1),
        Column(_("share"), [[(_share(row.growth.share), "")] for row in rows], 2),
        Column(_("age"), [[(_age(row.line), "muted")] for row in rows], 4),
        Column(
            _("{n} months").format(n=TREND),
            [[(spark([one.income for one in row.growth.months[:-1][-TREND:]], glyphs), "accent")] for row in rows],
            5,
            "left",
        ),
        Column(_("stream"), [[(name, "muted")] for name in streams], 6, "left"),
    ]
    names: list[Line] = [[(printable(row.growth.name), "")] for row in rows]
    return Columns("", names, found if frame.width >= NARROW else [one for one in found if one.rank <= 1])


def _lifetime(line: AssetLine, purse: Purse) -> str:
    """Of its life, in its own currency."""
    return Purse(line.currency, purse.hidden)(line.income)


def _share(share: float | None) -> str:
    return "-" if share is None else percent(share, sign=False)


def _age(line: AssetLine) -> str:
    if line.age is None:
        return _("in the making")
    return ngettext("{n} month", "{n} months", line.age).format(n=line.age)


def nothing(width: int) -> list[Line]:
    """What a book without assets says."""
    return [
        [(_("No assets yet."), "strong")],
        (),
        *broken([(_("Press 2 for Streams, then v to add the first one. "), ""),
                  (_("An asset is a thing made once that may earn for years: an article, a book, a photo set."),
                   "muted")], width),
    ]  # fmt: skip
