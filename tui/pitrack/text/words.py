"""The words for codes: schedules, targets, stages, kinds, growth labels and changes, with numbers in plain form.

Nothing here needs Babel or pendulum, so that one-shot commands start fast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from pitrack.core.currencies import quantized
from pitrack.core.days import MONDAY, Month
from pitrack.core.model import Rule, Schedule
from pitrack.core.schedules import Unit
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import fit, printable

HIDDEN = "***"
"""Stands for an amount while amounts are hidden."""

WORKING_DAYS = frozenset({1, 2, 3, 4, 5})
WEEKEND = frozenset({6, 7})

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

_STATES = {
    "yes": N_("done"),
    "no": N_("not done"),
    "skip": N_("skipped"),
    "absent": N_("not answered"),
    "amount": N_("in part"),
}
_STAGES = {
    "idea": N_("problem"),
    "niche": N_("niche"),
    "offer": N_("offer"),
    "commitment": N_("commitment"),
    "test": N_("test"),
    "live": N_("live"),
    "automated": N_("automated"),
    "stopped": N_("stopped"),
}
_ROLES = {"passive": N_("passive stream"), "service": N_("service"), "job": N_("job")}
_ENTRY_KINDS = {"income": N_("income"), "expense": N_("expense"), "refund": N_("refund")}
_STATUSES = {"pending": N_("pending"), "cleared": N_("cleared"), "void": N_("void")}
_TIME_KINDS = {
    "make": N_("making"),
    "market": N_("marketing"),
    "learn": N_("learning"),
    "serve": N_("serving customers"),
    "routine": N_("routine"),
}
_SEARCH = {
    "fee": N_("fee"),
    "unpaid": N_("unpaid"),
    "no stream": N_("no stream"),
    "stream": N_("stream"),
    "asset": N_("asset"),
    "none": N_("none"),
}
_ALSO_SEARCHED = {"未入金": "pending", "保留": "pending", "確定": "cleared"}
"""What readers of Japanese may type in any language: the words for a payout that is to come, and for one that came."""
_MOTIVES = {
    "save": N_("save up"),
    "living": N_("live on it"),
    "job": N_("replace the job"),
    "skill": N_("learn a skill"),
}
_THINGS = {
    "habit": N_("action"),
    "stream": N_("stream"),
    "entry": N_("entry"),
    "time": N_("time entry"),
    "asset": N_("asset"),
    "pause": N_("pause"),
    "goal": N_("goal"),
    "idea": N_("idea"),
    "rate": N_("rate"),
    "template": N_("template"),
    "automation": N_("automation"),
    "metric": N_("metric"),
    "reading": N_("reading"),
    "step": N_("decision"),
    "month": N_("month"),
}
_TIMES = {"min": N_("min"), "h": N_("h")}
_LABELS = {"new": N_("new"), "none": N_("-"), "n/m": N_("n/m"), "first": N_("first"), "open": N_("not over yet")}

_CHANGES = {
    "done": N_("checked off {name}"),
    "no": N_("answered no to {name}"),
    "skip": N_("skipped {name}"),
    "amount": N_("set the amount of {name}"),
    "clear": N_("cleared {name}"),
    "note": N_("wrote a note on {name}"),
    "catch-up": N_("answered days before"),
    "earn": N_("booked income ({name})"),
    "spend": N_("booked an expense ({name})"),
    "refund": N_("booked a refund ({name})"),
    "time": N_("logged time ({name})"),
    "start": N_("started the timer of {name}"),
    "stop": N_("stopped the timer of {name}"),
    "cancel": N_("cancelled the timer of {name}"),
    "pause.add": N_("paused {name}"),
    "pause.edit": N_("changed the pause of {name}"),
    "pause.end": N_("ended the pause of {name}"),
    "pause.delete": N_("deleted the pause of {name}"),
    "import": N_("imported {name}"),
    "settings": N_("changed the settings"),
    "entry.edit": N_("changed an entry ({name})"),
    "entry.delete": N_("deleted an entry ({name})"),
    "time.edit": N_("changed logged time ({name})"),
    "time.delete": N_("deleted logged time ({name})"),
    "post": N_("booked what recurs ({name})"),
    "pass": N_("left out what recurs ({name})"),
    "nothing": N_("noted that nothing came ({name})"),
    "close": N_("closed {name}"),
    "reopen": N_("opened {name} again"),
    "reading": N_("noted a reading of {name}"),
    "step": N_("a decision on {name}"),
    "step.delete": N_("deleted a decision on {name}"),
    "idea.add": N_("wrote down the idea “{name}”"),
    "idea.edit": N_("changed the idea “{name}”"),
    "idea.delete": N_("deleted the idea “{name}”"),
    "review": N_("wrote the review of {name}"),
    "rate": N_("set the rate {name}"),
    "hand": N_("edits made in the file by hand"),
    "history": N_("brought back a value of {name}"),
    "restore": N_("went back to the backup {name}"),
    "join": N_("joined another book"),
}
_VERBS = {
    "add": N_("added {name}"),
    "edit": N_("changed {name}"),
    "delete": N_("deleted {name}"),
    "archive": N_("archived {name}"),
    "restore": N_("took {name} back from the archive"),
    "merge": N_("merged {name}"),
    "move": N_("moved {name}"),
}


def state(code: str) -> str:
    """A day's answer: ``done``, ``skipped``, …"""
    return _named(_STATES, code)


def stage(code: str) -> str:
    return _named(_STAGES, code)


def role(code: str) -> str:
    return _named(_ROLES, code)


def entry_kind(code: str) -> str:
    return _named(_ENTRY_KINDS, code)


def status(code: str) -> str:
    return _named(_STATUSES, code)


def search_words(today: dt.date) -> dict[str, str]:
    """The words that a search of entries understands, as the lists show them, each with its code; folded. ``11月`` is
    the last November."""
    from pitrack.core.search import fold  # one-shot commands seldom search

    months = (Month.of(today).shift(-back) for back in range(12))
    shown = {fold(_(word)): code for words in (_ENTRY_KINDS, _STATUSES, _SEARCH) for code, word in words.items()}
    return _ALSO_SEARCHED | {f"{month.month}月": str(month) for month in months} | shown


def time_kind(code: str) -> str:
    return _named(_TIME_KINDS, code)


def last_worked(kind: str, weeks: int | None) -> str:
    """``marketing 5 weeks ago``, ``learning never``."""
    if weeks is None:
        return _("{work} never").format(work=time_kind(kind))
    said = ngettext("{work} {n} week ago", "{work} {n} weeks ago", weeks)
    return said.format(work=time_kind(kind), n=weeks)


def motive(code: str) -> str:
    return _named(_MOTIVES, code)


def thing(code: str) -> str:
    """What a record is: ``habit`` is an action, ``entry`` an entry, …"""
    return _named(_THINGS, code)


def weekday(number: int) -> str:
    """Short name of an ISO weekday: ``Mon``, ``月``."""
    return _(_WEEKDAYS[number - 1])


def schedule(value: Schedule, week_start: int = MONDAY) -> str:
    """``every day``, ``weekdays``, ``Mon, Wed, Fri``, ``3 times a week``, ``once a month``, ``3 times in any 14 days``,
    ``every 3 days``, ``3 days after the last time``."""
    if value.every == "day" or (value.every == "interval" and value.within == 1):
        return _("every day")
    if value.every == "window":
        text = ngettext("once in any {days} days", "{n} times in any {days} days", value.times)
        return text.format(n=value.times, days=value.within)
    if value.every == "interval":
        return ngettext("every {n} day", "every {n} days", value.within).format(n=value.within)
    if value.every == "after":
        text = ngettext("{n} day after the last time", "{n} days after the last time", value.within)
        return text.format(n=value.within)
    if value.every == "week":
        return ngettext("once a week", "{n} times a week", value.times).format(n=value.times)
    if value.every == "month":
        return ngettext("once a month", "{n} times a month", value.times).format(n=value.times)
    if value.days == WORKING_DAYS:
        return _("weekdays")
    if value.days == WEEKEND:
        return _("weekends")
    days = sorted(value.days, key=lambda number: (number - week_start) % 7)
    return pgettext("between weekdays", ", ").join(weekday(number) for number in days)


def target(rule: Rule) -> str:
    """What a day has to reach: ``at least 500 words``, ``at most 20 min``; empty for yes/no."""
    if rule.kind == "yes_no" or rule.target is None:
        return ""
    template = _("at least {amount}") if rule.kind == "at_least" else _("at most {amount}")
    return template.format(amount=counted(plain_number(rule.target), rule.unit))


def counted(amount: str, name: str, width: int = 40) -> str:
    """An amount with the unit that the user counts in, if any: ``500 words``, ``30 min``; ``30分``, ``5 photos``."""
    shown = fit(unit_name(name), width)
    # Japanese writes its own counters right behind the number, and a word of another language apart.
    template = _("{amount} {unit}") if shown.isascii() else pgettext("a unit in its own writing", "{amount} {unit}")
    return template.format(amount=amount, unit=shown) if shown else amount


def unit_name(name: str) -> str:
    """A unit of the user's as it is shown: a time of their own as the language has it."""
    return _(_TIMES[name]) if name in _TIMES else printable(name)


def asked(rule: Rule, week_start: int = MONDAY) -> str:
    """``every day, at least 500 words``: how often, and what a day has to reach."""
    return listed(schedule(rule.schedule, week_start), target(rule))


def named(name: str, width: int = 40) -> str:
    """A name of the book, as long as a sentence has room for: ``width`` cells."""
    return fit(printable(name), width)


def listed(*parts: str) -> str:
    """Facts one after the other, empty ones left out."""
    return pgettext("between facts", ", ").join(part for part in parts if part)


def unit(count: int, name: Unit) -> str:
    """``1 day``, ``3 weeks``, ``12 times``: the length of a streak."""
    if name == "day":
        text = ngettext("{n} day", "{n} days", count)
    elif name == "week":
        text = ngettext("{n} week", "{n} weeks", count)
    elif name == "month":
        text = ngettext("{n} month", "{n} months", count)
    else:
        text = ngettext("{n} time", "{n} times", count)
    return text.format(n=plain_number(Decimal(count)))


def minutes(count: int) -> str:
    """``45 min``, ``2 h``, ``1 h 30 min``."""
    hours, rest = divmod(count, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def growth(label: str, ratio: float | None) -> str:
    """A month's growth: ``+12.0%``, or the label where there is no percentage (``new``, ``-``, ``n/m``, …)."""
    if label == "percent" and ratio is not None:
        return plain_percent(ratio)
    return _named(_LABELS, label)


def change(word: str, subject: str = "", day: dt.date | None = None) -> str:
    """What the user did: ``checked off Write 500 words``, with the day behind it where one is given."""
    kind, _dot, verb = word.partition(".")
    if kind == "entries" and subject.isascii() and subject.isdecimal():
        return _many(verb, int(subject))
    template = _CHANGES.get(word) or _VERBS.get(verb) or N_("changed {name}")
    what = _(template).format(name=printable(subject) or _without_name(kind))
    return what if day is None else _("{what}, {day}").format(what=what, day=plain_day(day))


def _many(verb: str, count: int) -> str:
    """What was done to several entries."""
    match verb:
        case "delete":
            text = ngettext("deleted {n} entry", "deleted {n} entries", count)
        case "copy":
            text = ngettext("booked {n} entry once more", "booked {n} entries once more", count)
        case _:
            text = ngettext("changed {n} entry", "changed {n} entries", count)
    return text.format(n=plain_number(Decimal(count)))


def undone(word: str, subject: str = "", day: dt.date | None = None) -> str:
    return _("Undid: {what}.").format(what=change(word, subject, day))


def redone(word: str, subject: str = "", day: dt.date | None = None) -> str:
    return _("Did again: {what}.").format(what=change(word, subject, day))


def plain_amount(amount: Decimal, currency: str) -> str:
    """Money without a locale: ``120.50 USD``, ``1,200 JPY``; rounded to the currency's decimal places. A currency
    written by hand may be any text, and is shown harmless."""
    rounded = quantized(amount, currency)
    return f"{rounded if rounded else rounded.copy_abs():,f} {printable(currency)}"


def unconverted(amount: Decimal, currency: str, hidden: bool) -> str:
    """An amount that no rate converts, with its code; ``***`` for it while amounts are hidden."""
    return f"{HIDDEN} {printable(currency)}" if hidden else plain_amount(amount, currency)


def plain_number(number: Decimal) -> str:
    """A number without a locale and without trailing zeros: ``1,200.5``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain_percent(ratio: float) -> str:
    """A change as a percentage with its sign: 0.12 is ``+12.0%``; ``0.0%`` has none."""
    text = f"{ratio:+,.1%}"
    return text[1:] if text in ("+0.0%", "-0.0%") else text


def plain_day(day: dt.date) -> str:
    """``Sun 2026-11-22``, ``2026-11-22(日)``, in one width."""
    return pgettext("a full day", "{weekday} {date}").format(weekday=weekday(day.isoweekday()), date=day.isoformat())


def day_of_month(day: int) -> str:
    """``the 15th``, ``15日``."""
    words = {1: _("the {n}st"), 2: _("the {n}nd"), 3: _("the {n}rd")}
    pattern = _("the {n}th") if day in (11, 12, 13) else words.get(day % 10, _("the {n}th"))
    return pattern.format(n=day)


def _named(table: Mapping[str, str], code: str) -> str:
    """The word for a code; a code that another version wrote is shown as it is."""
    return _(table[code]) if code in table else printable(code)


def _without_name(kind: str) -> str:
    if kind == "pause":
        return _("all actions")
    if kind == "post":
        return _("several")
    return _("no stream") if kind in ("earn", "spend", "refund", "entry", "time", "nothing") else _("no name")
