"""Wording of goals: when one is reached, why it is not, and what it takes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pitrack.core.currencies import EXACT
from pitrack.core.days import Month
from pitrack.core.forecast import LEAST
from pitrack.core.views.plan import MONTHLY, GoalProgress
from pitrack.text import words
from pitrack.text.i18n import _, ngettext

TENTH = Decimal("0.1")
Amount = Callable[[Decimal], str]
"""Writes an amount of the goal: money, hours with their unit, or per cent."""


def standing(progress: GoalProgress) -> tuple[str, ...]:
    """How a goal stands, from the longest way to say it to the shortest."""
    match progress.outlook:
        case "reached" if progress.held:
            held = ngettext("reached, held for {n} month", "reached, held for {n} months", progress.held)
            return held.format(n=progress.held), _("reached")
        case "reached":
            return (_("reached"),)
        case "nothing-yet":
            return (_("nothing yet"),)
        case "no-job":
            return _("no income of a job to measure by"), _("no job yet")
        case "no-rate":
            return _("no rate for the job's income"), _("no rate")
        case "too-early":
            wait = ngettext("too early to say: {n} more month", "too early to say: {n} more months", progress.wait)
            return wait.format(n=progress.wait), _("too early to say")
        case "not-on-trend":
            return (_("not on this trend"),)
        case "late":
            return *(_("{when}, late").format(when=when) for when in _arrivals(progress)), _("late")
        case _:
            return _arrivals(progress)


def _arrivals(progress: GoalProgress) -> tuple[str, ...]:
    """The month of arrival with its rough range, from the longest way to say it to the shortest."""
    from pitrack.text.dates import month_year  # here: most goals need no words for months

    assert progress.eta
    month = Month.of(progress.eta)
    long, brief = month_year(month), _brief(month)
    alone = _("about {month}").format(month=long), brief
    if not (span := rough_range(progress)):
        return alone
    ways = _("about {month}, rough range {range}"), _("{month}, roughly {range}"), _("{month} ({range})")
    return *(way.format(month=name, range=span) for way, name in zip(ways, (long, brief, brief), strict=True)), *alone


def rough_range(progress: GoalProgress) -> str:
    """``Jan to Apr 2027``, ``Nov 2026 or later``; empty where none is known, or it is the month of arrival itself."""
    if progress.eta is None or progress.eta_from is None:
        return ""
    first = Month.of(progress.eta_from)
    if progress.eta_to is None:
        return _("{month} or later").format(month=_brief(first))
    last = Month.of(progress.eta_to)
    if first == last:
        return ""
    if first.year == last.year:
        from pitrack.text.dates import short_month

        return _("{first} to {last} {year}").format(first=short_month(first), last=short_month(last), year=last.year)
    return _("{month} to {last}").format(month=_brief(first), last=_brief(last))


def _brief(month: Month) -> str:
    from pitrack.text.dates import short_month

    return _("{month} {year}").format(month=short_month(month), year=month.year)


def share(progress: GoalProgress) -> str:
    """``64%``; a hundred only once it is reached."""
    whole = round(progress.fraction * 100)
    return f"{whole if progress.reached else min(whole, 99)}%"


def so_far(progress: GoalProgress, amount: Amount) -> str:
    """``$768 of $1,200``, ``$1,050 of $1,000 a month``, ``27% of the job, 50% wanted``."""
    value, target = amount(progress.value), amount(progress.goal.amount)
    match progress.goal.motive:
        case "living":
            return _("{value} of {target} a month").format(value=value, target=target)
        case "job":
            return _("{value} of the job, {target} wanted").format(value=value, target=target)
        case _:
            return _("{value} of {target}").format(value=value, target=target)


def asked(progress: GoalProgress, amount: Amount) -> str:
    """What each month is asked for, to arrive in time or at all; empty where nothing is."""
    if progress.needed is not None:
        said = _("needs {amount} more each month") if progress.goal.motive in MONTHLY else _("needs {amount} a month")
        return said.format(amount=amount(progress.needed))
    if progress.short is not None:
        said = _("lacks {amount} a month") if progress.goal.motive in MONTHLY else _("takes {amount} a month")
        return said.format(amount=amount(progress.short))
    return ""


def why(progress: GoalProgress, amount: Amount) -> str:
    """A sentence on why there is no day; empty where there is one."""
    if progress.outlook == "too-early":
        said = ngettext(
            "A forecast is made from {least} whole months: {n} more is to come.",
            "A forecast is made from {least} whole months: {n} more are to come.",
            progress.wait,
        )
        return said.format(least=LEAST, n=progress.wait)
    if progress.outlook == "no-job":
        return _("No stream is the job, or it pays nothing now.")
    if progress.outlook == "no-rate":
        return _("What the job pays is left out for want of a rate.")
    if progress.pace is None or progress.short is None:
        return ""
    pace, short = amount(progress.pace), amount(progress.short)
    if progress.reason == "nothing":
        return _("The last three whole months brought nothing to carry on.")
    if progress.reason == "far":
        return _("At {pace} a month it takes over ten years; {short} a month would do.").format(pace=pace, short=short)
    if progress.trend and progress.trend > 0:
        most = amount(progress.goal.amount - progress.short)
        return _("The trend leads to {most} a month; {short} more is needed.").format(most=most, short=short)
    return _("No trend leads past {pace} a month.").format(pace=pace)


def basis(progress: GoalProgress) -> str:
    """A sentence on what the day of arrival is made of; empty where there is none."""
    if progress.eta is None:
        return ""
    if not rough_range(progress):
        return _("From the last three whole months.")
    if progress.trend:
        return _("From the last three whole months and their trend; the range tells how far off that was before.")
    return _("From the last three whole months; the range tells how far off that was before.")


def number(value: Decimal) -> str:
    """Hours or per cent to a tenth, without their unit."""
    return words.plain_number(EXACT.quantize(value, TENTH))
