"""``pitrack why MERIT``: how the figure of a merit is made, and what it was month by month."""

from __future__ import annotations

from typing import cast

from pitrack.cli.failures import WrongUsage
from pitrack.cli.left_out import say_left_out
from pitrack.cli.merits import merit_data
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import read_code
from pitrack.cli.session import Session
from pitrack.config import playbooks_folder
from pitrack.core.merits import MeritId
from pitrack.core.views.merits.measuring import merits
from pitrack.core.views.merits.shapes import Merit, Merits
from pitrack.exchange.playbooks import first_merits
from pitrack.store.names import find_stream
from pitrack.text import merits as told
from pitrack.text import words
from pitrack.text.i18n import _


def why_merit(
    session: Session, what: str, day: str | None, *, stream: str | None, currency: str | None, as_json: bool
) -> None:
    of = None if stream is None else find_stream(session.snapshot, stream).id
    firsts = first_merits(playbooks_folder(), session.snapshot.streams.values())
    view = merits(session.snapshot, session.as_of(day), None if currency is None else read_code(currency), firsts)
    found = view.whole if of is None else next((one for one in view.streams if one.stream == of), None)
    if found is None:
        raise WrongUsage(_("The merits are those of streams other than the job."))
    merit = found.merit(cast(MeritId, what))
    if as_json:
        about = {"stream": found.name or None, "currency": view.currency, "as_of": view.as_of.isoformat()}
        months = {"month": str(view.month), "months": [str(month) for month in view.months]}
        say_json(about | months | {"formula": told.formula(merit.id)} | merit_data(merit))
        return
    _say(view, merit, short(found.name))


def _say(view: Merits, merit: Merit, name: str) -> None:
    from pitrack.text.dates import month_year

    title = words.listed(told.name(merit.id), name, told.months_of(merit.id, month_year(view.month)))
    value = told.reason(merit.why) if merit.figure is None else told.figure(merit.measure, merit.figure)
    say(f"{title}: {value}")
    say(told.formula(merit.id))
    rows = [
        (month_year(month), told.figure(merit.measure, value))
        for month, value in zip(view.months, merit.trend, strict=True)
    ]
    if any(value is not None for value in merit.trend):
        say()
        say_table([*reversed(rows)], "lr")
    say()
    say_left_out(view.missing_rates, view.currency)
    say(_("More of it: pitrack merits"))
