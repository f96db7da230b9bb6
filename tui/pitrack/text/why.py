"""Sentences that explain a streak and a strength."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pitrack.core.streaks import Rate, Run
from pitrack.core.verdicts import MET, MISSED, NEUTRAL, PENDING
from pitrack.core.views.why import Judged, Passage, Reason, Why
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext, pgettext

_REASONS: dict[Reason, str] = {
    "done": N_("done"),
    "assumed": N_("no answer, which counts as kept"),
    "no": N_("answered no"),
    "unanswered": N_("no answer"),
    "skip": N_("skipped"),
    "pause": N_("paused"),
    "rest": N_("not due"),
    "cut": N_("cut off by the beginning or by a change of what is asked"),
    "open": N_("no answer yet"),
}
_VERDICTS = {MET: N_("counts"), NEUTRAL: N_("neutral"), MISSED: N_("broke it")}


def verdict(judged: Judged) -> str:
    """``counts``, ``neutral``, ``broke it`` or ``open``."""
    return pgettext("a day of a streak", "open") if judged.verdict == PENDING else _(_VERDICTS[judged.verdict])


def reason(passage: Passage) -> str:
    """Why the days of a passage were judged so: ``done``, ``620 of 500 words``, ``2 of 3``, ``skipped``."""
    one = passage.sample
    if passage.length == 1 and isinstance(one.mark, Decimal) and one.reason in ("done", "short", "over"):
        return _amount(one, one.mark)
    if one.reason in ("short", "over") and not one.target:
        return _("less than was asked") if one.reason == "short" else _("over the limit")
    if one.reason == "lapsed":
        within = one.rule.schedule.within
        return ngettext("not done within {n} day", "not done within {n} days", within).format(n=within)
    if one.target and (passage.length == 1 or one.reason in ("short", "held")):
        return _counted(one)
    return _(_REASONS[one.reason])


def _counted(one: Judged) -> str:
    if one.rule.schedule.every == "window":
        text = _("{done} of {target} in the last {days} days")
        return text.format(done=one.done, target=one.target, days=one.rule.schedule.within)
    return _("{done} of {target}").format(done=one.done, target=one.target)


def _amount(one: Judged, amount: Decimal) -> str:
    if one.rule.target is None:
        return words.plain_number(amount)
    text = _("{amount} of at most {target}") if one.rule.kind == "at_most" else _("{amount} of {target}")
    target = words.counted(words.plain_number(one.rule.target), one.rule.unit)
    return text.format(amount=words.plain_number(amount), target=target)


def days_of(passage: Passage | Run) -> str:
    """``2026-11-13 to 2026-11-22``, or the one day."""
    if passage.first == passage.last:
        return passage.first.isoformat()
    return _("{first} to {last}").format(first=passage.first, last=passage.last)


def streak(found: Why, *, is_today: bool = True) -> str:
    """How long the streak is, since when, and what is at stake; ``is_today``: the day explained is not over."""
    return words.listed(*streak_parts(found, is_today=is_today))


def streak_parts(found: Why, *, is_today: bool = True) -> Sequence[str]:
    """The facts of ``streak``, what is at stake last."""
    stands = found.standing
    parts = [_("Streak {streak}").format(streak=words.unit(stands.current, stands.unit))]
    if found.run:
        parts.append(_("since {day}").format(day=found.run.first))
    parts.append(_("best {streak}").format(streak=words.unit(stands.best, stands.unit)))
    if stands.breaks_in == 0:
        parts.append(_("ends tonight") if is_today else _("ends that night"))
    elif stands.breaks_in is not None:
        text = ngettext("{n} day left to keep it", "{n} days left to keep it", stands.breaks_in)
        parts.append(text.format(n=stands.breaks_in))
    return parts


def rates(found: Why) -> Sequence[tuple[str, str, str]]:
    """``7 days``, ``6 of 7``, ``86%`` for each number of days; a dash where nothing was due."""
    return [(words.unit(days, "day"), *_rate(rate)) for days, rate in found.rates]


def _rate(rate: Rate) -> tuple[str, str]:
    counted = _("{done} of {target}").format(done=rate.met, target=rate.due)
    return (counted, f"{rate.met / rate.due:.0%}") if rate.due else ("-", "")


def strength(found: Why) -> str:
    """How the strength comes about, with this habit's numbers."""
    text = _(
        "Strength {percent}: each day keeps {kept} of the day before and adds up to {added}, by how much of what was "
        "asked is done; skips and pauses leave it as it is."
    ).format(
        percent=f"{found.standing.strength:.0%}",
        kept=f"{found.keeps:.1%}",
        added=f"{1 - found.keeps:.1%}",
    )
    if found.window == 1:
        return text
    # What is not asked each day has a share each day all the same.
    more = _("A day's share counts the {days} days up to it.").format(days=found.window)
    return f"{text} {more}"
