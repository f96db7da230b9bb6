"""Words for playbooks: their groups and merits, the steps they advise on, and why a file cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pitrack.text.errors import MAX_VALUE, sentence
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import fit, printable
from pitrack.text.reasons import reason
from pitrack.text.words import listed, plain_number

LONGEST_SHOWN = 200
"""Cells of what a complaint cites."""

_GROUPS = {
    "content": N_("Content with the help of AI"),
    "assets": N_("Made once, sold for years"),
    "expertise": N_("What you know and can do"),
    "platforms": N_("On platforms that are there"),
    "own": N_("Your own"),
}
_MERITS = {
    "efficiency": N_("efficiency: less routine, hours freed"),
    "cost": N_("cost: a lower point of breaking even"),
    "scalability": N_("scalability: ten thousand sales for the work of one"),
    "always-on": N_("always on: it sells while you sleep"),
    "core-focus": N_("core focus: time for product, customers, growth"),
}
_STEPS = {
    "idea": N_("Problem"),
    "niche": N_("Niche"),
    "offer": N_("Offer"),
    "commitment": N_("Commitment"),
    "test": N_("Small test"),
}
_ANSWERS = {
    "problem": N_("problem"),
    "platform": N_("platform"),
    "audience": N_("audience"),
    "task": N_("task"),
    "deliverable": N_("you deliver"),
    "goal": N_("its goal"),
    "outcomes": N_("outcomes"),
    "promise": N_("you promise"),
    "clients": N_("clients"),
    "hours": N_("hours"),
}
_KINDS = {"count": N_("adds up"), "level": N_("as it stands")}
_WHY = {
    "name": N_("its name is to be made of a-z, 0-9 and - before .toml"),
    "no-file": N_("it is no file"),
    "unreadable": N_("it cannot be read: {reason}"),
    "too-large": N_("it is too large for a playbook"),
    "too-deep": N_("it is nested too deeply"),
    "utf-8": N_("it is not written in UTF-8"),
    "toml": N_("it is not TOML: {reason}"),
    "unknown-key": N_("“{key}” means nothing here; there may be: {keys}"),
    "missing": N_("“{key}” is missing"),
    "table": N_("“{key}” has to be a table"),
    "tables": N_("“{key}” has to be tables, each begun with [[{key}]]"),
    "text": N_("“{key}” has to be a text in quotes, or one for each language"),
    "texts": N_("“{key}” has to be a list of texts, or one for each language"),
    "text-long": N_("“{key}” is longer than {most} characters"),
    "too-many": N_("“{key}” has more than {most} items"),
    "number": N_('“{key}” has to be a plain number, such as 3 or "250"'),
    "not-positive": N_("“{key}” has to be more than nothing"),
    "currency": N_("“{key}” has to be three capital letters, such as USD"),
    "choice": N_("“{key}” has to be one of: {choices}"),
}


def group(code: str) -> str:
    """The heading of a group."""
    return _(_GROUPS[code])


def merit(code: str) -> str:
    """A merit, and what it means."""
    return _(_MERITS[code])


def step(stage: str) -> str:
    """The step of the launch method that is taken at a stage."""
    return _(_STEPS[stage])


def answer(code: str) -> str:
    """What an answer at a step is about."""
    return _(_ANSWERS.get(code, code))


def answered(answers: Mapping[str, str]) -> list[str]:
    """``clients: 3``: each answer with what it is about."""
    return [_("{question}: {answer}").format(question=answer(code), answer=text) for code, text in answers.items()]


def caps(answers: Mapping[str, str]) -> list[str]:
    """``clients: 3``, ``hours: 30``: how far a small test may go."""
    return [
        pgettext("a cap", "clients: {n}").format(n=text)
        if code == "clients"
        else pgettext("a cap", "hours: {n}").format(n=text)
        if code == "hours"
        else answered({code: text})[0]
        for code, text in answers.items()
    ]


def metric(name: str, kind: str, unit: str) -> str:
    """``Copies sold (adds up)``: what is counted, and how; the unit where the name does not say it."""
    shown, how = printable(name), _(_KINDS[kind])
    if not unit or unit.casefold() in name.casefold():
        return _("{name} ({kind})").format(name=shown, kind=how)
    return _("{name} ({unit}, {kind})").format(name=shown, unit=printable(unit), kind=how)


def metric_kind(code: str) -> str:
    """How readings of a metric come together."""
    return _(_KINDS[code])


def counted(kind: str, unit: str) -> str:
    """``copies, adds up``: the unit, and how it is counted."""
    return listed(printable(unit), _(_KINDS[kind]))


def made(actions: int, metrics: int, steps: int) -> str:
    """``4 actions, 2 metrics, 5 launch steps``: what comes with a stream."""
    counts = (
        (actions, ngettext("{n} action", "{n} actions", actions)),
        (metrics, ngettext("{n} metric", "{n} metrics", metrics)),
        (steps, ngettext("{n} launch step", "{n} launch steps", steps)),
    )
    return listed(*(text.format(n=plain_number(Decimal(n))) for n, text in counts if n))


def problem(file: str, why: str, details: Mapping[str, object]) -> str:
    """One sentence: which file of a person's own is left out, and what is wrong with it."""
    return _("Your playbook {file} is left out: {problem}").format(
        file=fit(printable(file), MAX_VALUE), problem=wrong(why, details)
    )


def wrong(why: str, details: Mapping[str, object]) -> str:
    """What is wrong with a file: ``“name” is missing``."""
    if why not in _WHY:  # what a person may type, too: a schedule, an amount
        return _("in “{key}”, {sentence}").format(
            key=fit(printable(str(details.get("key", ""))), MAX_VALUE), sentence=sentence(why, details)
        )
    shown = {key: fit(printable(str(value)), LONGEST_SHOWN) for key, value in details.items()}
    if why == "unreadable":
        shown["reason"] = reason(str(details["reason"]))
    return _(_WHY[why]).format_map(shown)
