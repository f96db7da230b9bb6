"""``pitrack report``: a month in the terminal, as Markdown, or as a page to keep, print or send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pitrack.cli.failures import Failure, WrongUsage
from pitrack.cli.output import say, terminal_width
from pitrack.cli.parts import as_of_option, command, currency_option, option, read_code
from pitrack.cli.session import Session
from pitrack.core.days import Month
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.exchange.report.blocks import Document

WIDTH = 80
"""Columns of a report that goes to no terminal."""


@command("report", N_("A month's report, of the last complete month if none is named."))
@click.argument("month", metavar="[MONTH]", required=False)
@option("--markdown", "as_markdown", is_flag=True, help=N_("Print Markdown."))
@option(
    "--html",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=N_("Write a page to open, print or send."),
)
@option("--force", is_flag=True, help=N_("Replace a file that is there already."))
@option("--without-amounts", "hidden", is_flag=True, help=N_("Only shares and percentages, no amounts of money."))
@currency_option
@as_of_option
@click.pass_obj
def report(
    session: Session,
    /,
    month: str | None,
    *,
    as_markdown: bool,
    file: Path | None,
    force: bool,
    hidden: bool,
    currency: str | None,
    day: str | None,
) -> None:
    if as_markdown and file is not None:
        raise WrongUsage(_("Choose one of --markdown and --html."))
    document = _document(session, month, None if currency is None else read_code(currency), day, hidden)
    if document is None:
        _say_empty(session, day, file)
    elif file is not None:
        _write_page(session, document, file, force)
    elif as_markdown:
        from pitrack.exchange.report.files import written

        click.echo(written(document, "markdown"), nl=False)
    else:
        from pitrack.exchange.report.plain import as_lines

        say("\n".join(as_lines(document, terminal_width() or WIDTH)))


def _document(
    session: Session, month: str | None, currency: str | None, day: str | None, hidden: bool
) -> Document | None:
    """The report asked for; None where the book knows nothing of that month."""
    from pitrack.exchange.report.model import report as gathered
    from pitrack.exchange.report.telling import document

    as_of = session.as_of(day)
    found = gathered(session.snapshot, _month(session, month, Month.of(as_of)), as_of, currency)
    return None if found.is_empty else document(found, amounts=not hidden)


def _month(session: Session, typed: str | None, this: Month) -> Month:
    """The month asked for; one that is not over has no report yet."""
    from pitrack.exchange.report.model import first_report
    from pitrack.text.dates import month_year
    from pitrack.text.reviews import first_report as told_first
    from pitrack.text.when import month as read_month

    if typed is None:
        return this.shift(-1)
    month = read_month(typed, session.today)
    if month >= this:
        if first := first_report(session.snapshot, this.first):
            raise WrongUsage(told_first(first))
        raise WrongUsage(
            _("{month} is not over yet; the newest report is that of {last}.").format(
                month=month_year(month), last=month_year(this.shift(-1))
            )
        )
    return month


def _say_empty(session: Session, day: str | None, file: Path | None) -> None:
    from pitrack.exchange.report.model import first_report
    from pitrack.text.reviews import first_report as told_first

    said = _(
        "Nothing is known of that month. A report tells of actions (pitrack done) and income (pitrack earn) "
        "once their month is over."
    )
    if first := first_report(session.snapshot, session.day(day)):
        said += "\n" + told_first(first)
    if file is not None:
        raise Failure(said)
    say(said)


def _write_page(session: Session, document: Document, file: Path, force: bool) -> None:
    from pitrack.cli.exporting import STDOUT, write_whole
    from pitrack.exchange.report.files import written

    data = written(document, "html")
    if file == STDOUT:
        click.echo(data, nl=False)
        return
    write_whole(session, file, data, force)
    say(_("Wrote {path}: open it in a browser.").format(path=printable(str(file))))
