"""The words for reviews: of what kind a lesson is, what was done, and what became of streaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pitrack.core.building import LessonKind, Review
from pitrack.core.days import Month
from pitrack.core.periods import Period, named
from pitrack.core.views.review import ActionDone, Spent
from pitrack.text import periods, words
from pitrack.text.i18n import N_, _, ngettext
from pitrack.text.plain import printable

_KINDS = {"problem": N_("problem solving"), "confidence": N_("confidence"), "execution": N_("execution")}


def lesson_kind(code: str | None) -> str:
    """What a lesson was about; empty where that was not told."""
    if code is None:
        return ""
    return _(_KINDS[code]) if code in _KINDS else printable(code)


def first_report(month: Month) -> str:
    """When a book whose first records are of ``month`` has its first report."""
    from pitrack.text.dates import month_year, short_day  # pendulum: slow to import, and seldom needed here

    comes = short_day(month.shift(1).first)
    return _("The first report, that of {month}, comes on {day}.").format(month=month_year(month), day=comes)


def of_kind(name: str, code: str | None) -> str:
    """A lesson, or what it stands under, with its kind where that was told: ``Lesson (execution)``."""
    kind = lesson_kind(code)
    return _("{name} ({kind})").format(name=name, kind=kind) if kind else name


def of_review(review: Review, week_start: int) -> str:
    """The name of what a review is of: ``Week 47, 2026``, ``October 2026``."""
    period = named(review.id, week_start)
    return periods.name(period) if period else printable(review.id)


def days(period: Period) -> str:
    """``Mon 2026-11-16 to Sun 2026-11-22``."""
    return _("{first} to {last}").format(first=words.plain_day(period.first), last=words.plain_day(period.last))


def done(met: int, due: int) -> str:
    """``41 of 48, 85%``; of nothing that was due, only what was done."""
    if not due:
        return _("nothing was due")
    return _("{done} of {all}, {percent}").format(done=met, all=due, percent=f"{met / due:.0%}")


def of_due(one: ActionDone) -> str:
    """``6 of 7``; a dash where nothing of it ended in the period."""
    return _("{done} of {all}").format(done=one.met, all=one.due) if one.due else "-"


def kinds(spent: Iterable[Spent]) -> str:
    """``making 1.4, marketing 0.7``: the hours of one stream by kind of work."""
    told = (_("{kind} {hours}").format(kind=words.time_kind(one.kind), hours=f"{one.hours:,.1f}") for one in spent)
    return words.listed(*told)


def streak(one: ActionDone, *, brief: bool = False) -> str:
    """``streak 31 days``, ``ended after 12 days``, brief ``31 days``, ``ended, 12 days``; empty for none."""
    if one.broken:
        text = _("ended, {time}") if brief else _("ended after {time}")
        return text.format(time=words.unit(one.broken, one.unit))
    text = "{time}" if brief else _("streak {time}")
    return text.format(time=words.unit(one.streak, one.unit)) if one.is_kept else ""


def streaks(kept: int, broken: int) -> str:
    """``5 streaks kept, 1 broken``."""
    kept_text = ngettext("{n} streak kept", "{n} streaks kept", kept).format(n=kept)
    broken_text = ngettext("{n} broken", "{n} broken", broken).format(n=broken) if broken else ""
    return words.listed(kept_text, broken_text)


def learnt(counts: Mapping[LessonKind, int]) -> str:
    """``3 problem solving, 1 confidence, 2 execution``."""
    told = (_("{n} {kind}").format(n=count, kind=lesson_kind(kind)) for kind, count in counts.items())
    return words.listed(*told)
