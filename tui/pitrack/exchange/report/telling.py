"""A report in words: its sections in order, with amounts or without."""

from __future__ import annotations

from collections.abc import Iterator

from pitrack.core.building import Review
from pitrack.core.views.income.growth import MonthFigures
from pitrack.exchange.report.blocks import (
    Block,
    Cell,
    Document,
    Facts,
    Headline,
    Items,
    Section,
    Table,
    Text,
    Trend,
    filled,
)
from pitrack.exchange.report.model import Built, Done, Report
from pitrack.exchange.report.money_tables import Purse, change_words, months_blocks, streams_table, tenths, trend
from pitrack.exchange.report.outlooks import goals_table
from pitrack.exchange.report.resting import resting
from pitrack.text import merits, metrics
from pitrack.text.dates import full_day, month_name, month_year, short_day
from pitrack.text.i18n import _, language, ngettext, pgettext
from pitrack.text.money import money, number, percent
from pitrack.text.plain import printable
from pitrack.text.reviews import lesson_kind
from pitrack.text.words import day_of_month, listed, plain_amount, thing, unit

LONG = 120
"""Months of doubling time above which it says nothing."""
TRENDS: dict[int, Trend] = {-1: "down", 0: "", 1: "up"}


def document(report: Report, *, amounts: bool = True) -> Document:
    """The report in the language in use; without ``amounts`` only shares and percentages of money."""
    purse = Purse(report.currency, not amounts)
    return Document(
        title=month_year(report.month),
        book=printable(report.book),
        language=language(),
        headline=_headline(report, purse) if report.headline else None,
        notes=tuple(_notes(report, purse)),
        sections=tuple(_told(section) for section in _sections(report, purse) if section.blocks),
        end=_("Made by pitrack from the book as it stood on {day}.").format(day=full_day(report.as_of)),
    )


def _told(section: Section) -> Section:
    blocks = tuple(filled(block) if isinstance(block, Table) else block for block in section.blocks)
    return section._replace(blocks=blocks)


def _sections(report: Report, purse: Purse) -> Iterator[Section]:
    if report.headline and report.streams:
        yield Section(_("Streams"), (streams_table(report, purse),))
        yield Section(_("Month by month"), months_blocks(report, purse))
    yield Section(_("How it grows"), tuple(_growing(report, purse)))
    yield Section(_("What it rests on"), tuple(resting(report, purse)))
    yield Section(_("What runs by itself"), tuple(_merits(report)))
    yield Section(_("What was done"), tuple(_done(report)))
    yield Section(_("What was counted"), (_outcomes(report),) if report.outcomes else ())
    yield Section(_("Goals"), (goals_table(report, amounts=not purse.hidden),) if report.goals else ())
    yield Section(_("What it taught"), tuple(_review(report.review)) if report.review else ())
    yield Section(_("Still open"), tuple(_still_open(report, purse)))


def _headline(report: Report, purse: Purse) -> Headline:
    figures = report.growth.headline
    assert figures
    return Headline(
        label=_("Income") if not purse.hidden else _("Income on {month}").format(month=_before(report)),
        value=purse(figures.income) if not purse.hidden else change_words(figures),
        change=_change(report, figures, purse) if not purse.hidden else "",
        trend=trend(figures),
        state=_("provisional, payouts may still come") if figures.provisional else _("closed, the figures are final"),
        is_closed=not figures.provisional,
    )


def _change(report: Report, figures: MonthFigures, purse: Purse) -> str:
    """``+$169, +16.4% on September``; empty for the first month of all."""
    if figures.delta is None:
        return _("the first month of all")
    if not figures.delta:
        return _("as much as in {month}").format(month=_before(report))
    change = listed(purse(figures.delta, sign=True), change_words(figures) if figures.label == "percent" else "")
    return _("{change} on {month}").format(change=change, month=_before(report))


def _before(report: Report) -> str:
    return month_name(report.month.shift(-1))


def _notes(report: Report, purse: Purse) -> Iterator[Block]:
    """What the headline is not sure of, and what the sums leave out."""
    view = report.growth
    if view.missing:
        yield Items(
            _("Usual payouts that have not come:"),
            tuple(
                _("{stream}, usually by {day}").format(stream=printable(one.stream.name), day=day_of_month(one.by))
                for one in view.missing
            ),
        )
    if view.headline and view.headline.pending > 0 and not purse.hidden:
        said = _("{amount} of it is still to be paid.").format(amount=purse(view.headline.pending))
        yield Text(said, "note")
    for missing in view.missing_rates:
        amount = printable(missing.currency) if purse.hidden else plain_amount(missing.amount, missing.currency)
        yield Text(_("Left out for want of a rate: {amount}.").format(amount=amount), "warn")


def _growing(report: Report, purse: Purse) -> Iterator[Block]:
    if pairs := tuple(_rates_of_growth(report, purse)):
        yield Facts(pairs)


def _rates_of_growth(report: Report, purse: Purse) -> Iterator[tuple[str, str]]:
    view = report.growth
    if view.headline is None:
        return
    if view.cmgr is None:
        yield _("Growing"), _("too early to say")
    else:
        yield _("Growing"), _("{percent} a month").format(percent=percent(view.cmgr))
    if view.doubling_months is not None and view.doubling_months < LONG:
        months = round(view.doubling_months)
        yield _("Doubles in"), ngettext("{n} month", "{n} months", months).format(n=months)
    if view.yoy is not None:
        yield _("On last year"), percent(view.yoy)
    if view.t3m is not None and view.run_rate is not None and not purse.hidden:
        yield _("3-month mean"), purse(view.t3m)
        yield _("Year's pace"), purse(view.run_rate)


def _built(built: Built) -> Iterator[tuple[str, str]]:
    if built.assets:
        yield _("Published this month"), listed(*map(printable, built.assets))
    if built.automations:
        yield _("Automated this month"), listed(*map(printable, built.automations))
    if built.learning:
        yield _("Spent on learning"), _("{hours} h").format(hours=number(tenths(built.learning)))


def _merits(report: Report) -> Iterator[Block]:
    """Those of the five merits that have a figure."""
    known = [one for one in report.merits if one.figure is not None]
    if known:
        yield Table(
            _("The five merits of what runs by itself, by the records of {month}").format(
                month=month_year(report.month)
            ),
            (_("merit"), _("figure"), _("what it is"), _("3-month change")),
            tuple(
                (
                    Cell(merits.name(one.id)),
                    Cell(merits.figure(one.measure, one.figure)),
                    Cell(merits.claim(one.id)),
                    Cell(merits.change(one), trend=TRENDS[merits.direction(one)]),
                )
                for one in known
            ),
            "lrlr",
            spare=(2,),
        )


def _outcomes(report: Report) -> Table:
    """Each metric with the month's figure and its change."""
    rows = []
    for line in report.outcomes:
        assert line.before is not None
        changes = [Cell(text) for text in metrics.change(line.change)]
        rows.append((Cell(printable(line.metric.name)), Cell(metrics.counted(line.metric, line.before)), *changes))
    return Table(
        _("Outcomes of {month}").format(month=month_year(report.month)),
        (_("metric"), month_name(report.month), pgettext("of an amount", "change"), _("in percent")),
        tuple(rows),
        "lrrr",
    )


def _done(report: Report) -> Iterator[Block]:
    met, asked = sum(one.met for one in report.actions), sum(one.asked for one in report.actions)
    pairs: list[tuple[str, str]] = []
    if asked:
        kept = _("{met} of {asked}, {percent}").format(met=met, asked=asked, percent=percent(met / asked, sign=False))
        pairs.append((_("Actions kept"), kept))
    if report.hours:
        pairs.append((_("Hours of work"), pgettext("hours of work", "{n}").format(n=number(tenths(report.hours)))))
    pairs += _built(report.built)
    if pairs:
        yield Facts(tuple(pairs))
    if report.actions:
        yield Table(
            _("Actions in {month}, with streaks as they stood on {day}").format(
                month=month_year(report.month), day=short_day(report.month.last)
            ),
            (thing("habit"), _("stream"), _("kept"), _("streak"), _("best"), _("strength")),
            tuple(map(_action, report.actions)),
            "llrrrr",
            spare=(1, 4, 5),
        )


def _action(one: Done) -> tuple[Cell, ...]:
    kept = _("{met} of {asked}").format(met=one.met, asked=one.asked) if one.asked else "-"
    return (
        Cell(printable(one.habit.name)),
        Cell(printable(one.stream_name)),
        Cell(kept, one.met / one.asked if one.asked else None),
        Cell(unit(one.standing.current, one.standing.unit)),
        Cell(unit(one.standing.best, one.standing.unit)),
        Cell(percent(one.standing.strength, sign=False), one.standing.strength),
    )


def _review(review: Review) -> Iterator[Block]:
    """The user's own words."""
    if review.lesson:
        kind = lesson_kind(review.kind)
        yield Text(_("Lesson in {kind}:").format(kind=kind) if kind else _("Lesson:"))
        yield Text(printable(review.lesson), "quote")
    if review.focus:
        yield Text(_("Next focus:"))
        yield Text(printable(review.focus), "quote")


def _still_open(report: Report, purse: Purse) -> Iterator[Block]:
    if report.pending:
        yield Table(
            _("Booked in {month} and not paid yet").format(month=month_year(report.month)),
            (_("day"), _("stream"), *(() if purse.hidden else (pgettext("of money", "amount"),)), _("note")),
            tuple(
                (
                    Cell(short_day(entry.day)),
                    Cell(_stream(report, entry.stream)),
                    *(() if purse.hidden else (Cell(money(entry.gross, entry.currency)),)),
                    Cell(printable(entry.note)),
                )
                for entry in report.pending
            ),
            "lll" if purse.hidden else "llrl",
        )
    if report.recurring:
        yield Items(
            _("Recurring, not booked yet:"),
            tuple(
                _("{name}, due {day}").format(name=printable(one.template.name), day=short_day(one.day))
                for one in report.recurring
            ),
        )


def _stream(report: Report, stream: str | None) -> str:
    name = next((line.name for line in report.growth.streams if line.stream == stream), "")
    return printable(name) or _("no stream")
