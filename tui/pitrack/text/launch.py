"""The words of the launch method: its steps, what each asks, the answers, the hints, and how a test stands.

Nothing here needs Babel or pendulum, so that one-shot commands start fast.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from pitrack.core.building import ANSWERS, Step
from pitrack.core.currencies import EXACT
from pitrack.core.launch import MOST_CLIENTS, Hint, number
from pitrack.core.model import Stage
from pitrack.core.views.launch import Cap, Cycle, Launch, Trial, day_of
from pitrack.text import words
from pitrack.text.i18n import N_, _, ngettext, pgettext
from pitrack.text.plain import printable

Shown = Callable[[Decimal, str], str]
"""Money in words: an amount and its currency."""

_STEPS = {
    "idea": N_("problem"),
    "niche": N_("niche"),
    "offer": N_("offer"),
    "commitment": N_("commitment"),
    "test": N_("test"),
    "live": N_("live"),
    "automated": N_("automated"),
    "stopped": N_("stopped"),
}
_QUESTIONS = {
    "idea": N_("What do people ask help for, or put off again and again?"),
    "niche": N_("One platform, one audience, one task: narrow on purpose."),
    "offer": N_("What exactly do they get, to what end, at what price, and how often?"),
    "commitment": N_("Which results do you stand for, and what do you promise?"),
    "test": N_("A small test: a few clients, a cap of hours and money, an end day."),
    "verdict": N_("How did the test go: keep, change or stop?"),
    "live": N_("It is on sale. What is worth keeping about it?"),
    "automated": N_("What runs by itself now, and what is still yours to do?"),
    "stopped": N_("What did it teach? A stopped stream keeps its lesson."),
}
_ANSWERS = {
    "problem": N_("Problem"),
    "platform": N_("Platform"),
    "audience": N_("Audience"),
    "task": N_("Task"),
    "deliverable": N_("They get"),
    "goal": N_("So that"),
    "price": N_("Price"),
    "currency": N_("Currency"),
    "period": N_("Period"),
    "outcomes": N_("Outcomes"),
    "promise": N_("Promise"),
    "clients": N_("Clients"),
    "money": N_("Money"),
    "started": N_("Started"),
    "until": N_("Ends"),
    "results": N_("Results"),
    "verdict": N_("Verdict"),
    "lesson": N_("Lesson"),
    "note": N_("Note"),
}


def step(stage: Stage) -> str:
    """A step in one word: ``problem``, ``niche``, …"""
    return _(_STEPS[stage])


def question(stage: Stage, *, runs: bool = False) -> str:
    """What a step asks; ``runs``: of a test that runs."""
    asked = "verdict" if runs and stage == "test" else stage
    return _(_QUESTIONS[asked])


def example() -> str:
    """That what stands at a step came with a playbook."""
    return _("The playbook's example stands there; make it your own.")


def label(answer: str) -> str:
    """The name of an answer."""
    return pgettext("a cap", "Hours") if answer == "hours" else _(_ANSWERS[answer])


def verdict(code: str) -> str:
    """What becomes of a stream after its test: ``keep``, ``change``, ``stop``; other text as it is."""
    match code:
        case "keep":
            return pgettext("verdict", "keep")
        case "change":
            return pgettext("verdict", "change")
        case "stop":
            return pgettext("verdict", "stop")
    return printable(code)


def hint(one: Hint) -> str:
    """A gentle challenge, as a sentence."""
    found = printable(one.detail)
    match one.code:
        case "several" if one.field == "platform":
            return _("“{found}”: is that more than one? One platform is enough to begin.").format(found=found)
        case "several" if one.field == "audience":
            return _("“{found}”: is that more than one? One audience is easier to reach.").format(found=found)
        case "several":
            return _("“{found}”: is that more than one? One task is easier to promise.").format(found=found)
        case "vanity":
            return _("{found}: nobody pays for that. Leads, sales or finished projects would count.").format(
                found=found
            )
        case "price":
            return _("A fixed price is easier to say yes to.")
        case "period":
            return _("Say how often it is paid, such as once or month.")
        case "clients":
            text = ngettext(
                "More than {n} client is no small test.", "More than {n} clients are no small test.", MOST_CLIENTS
            )
            return text.format(n=MOST_CLIENTS)
        case "caps":
            return _("A cap of hours or money keeps the risk small.")
        case "until":
            return _("Without an end day a test has no verdict.")


def answer(name: str, text: str, currency: str, money: Shown) -> str:
    """An answer as it is shown: money with its currency, a verdict in its word, several lines in one."""
    match name:
        case "price" | "money":
            amount = number(text)
            return printable(text) if amount is None else money(amount, currency)
        case "verdict":
            return verdict(text.strip())
        case "started" | "until" if day := day_of(text):
            return words.plain_day(day)
        case "outcomes":
            return in_a_row(printable(line).strip() for line in text.splitlines())
    return printable(text).strip()


def answers(one: Step, currency: str, money: Shown) -> list[tuple[str, str]]:
    """The answers of a decision, each with its label, in the order in which they are asked; ``currency``: that of
    amounts which name none."""
    own = one.answers.get("currency") or currency
    return [
        (label(name), answer(name, one.answers[name], own, money))
        for name in ANSWERS[one.stage]
        if name != "currency" and one.answers.get(name, "").strip()
    ]


def brief(one: Step, currency: str, money: Shown) -> str:
    """The answers of a decision in a line: those that are figures with their labels, the verdict of a test first."""
    found = answers(one, currency, money)
    if one.stage == "test":
        ending = [label(name) for name in ("verdict", "results", "lesson")]
        found.sort(key=lambda pair: ending.index(pair[0]) if pair[0] in ending else len(ending))
        texts = [text if name in ending else f"{name} {text}" for name, text in found]
    else:
        texts = [text for _name, text in found]
    return in_a_row(texts)


def in_a_row(texts: Iterable[str]) -> str:
    """Texts one after the other, empty ones left out."""
    return pgettext("between outcomes", "; ").join(text for text in texts if text)


def moved(one: Step) -> str:
    """Where a decision has moved its stream; empty where it stayed."""
    return "" if one.to is None else _("to {stage}").format(stage=step(one.to))


def left(test: Trial) -> str:
    """How long a test runs still: ``12 days left``, ``ends today``, ``over for 3 days``; empty without an end day."""
    if test.left is None:
        return ""
    if test.left > 0:
        return ngettext("{n} day left", "{n} days left", test.left).format(n=test.left)
    if test.left == 0:
        return _("ends today")
    return ngettext("over for {n} day", "over for {n} days", -test.left).format(n=-test.left)


def over_cap(test: Trial) -> str:
    """That a cap of hours or money is passed; empty while none is."""
    return _("over its cap") if test.hours.is_over or test.money.is_over else ""


def used_hours(cap: Cap) -> str:
    """``12.5 of 60 h``, ``12.5 h``."""
    used = words.plain_number(EXACT.quantize(cap.used, Decimal("0.1")))
    if cap.limit is None:
        return _("{hours} h").format(hours=used)
    return _("{value} of {target} h").format(value=used, target=words.plain_number(cap.limit))


def used_money(test: Trial, money: Shown) -> str:
    """``$120.00 of $400.00``, ``$120.00``."""
    used = money(test.money.used, test.currency)
    if test.money.limit is None:
        return used
    return _("{value} of {target}").format(value=used, target=money(test.money.limit, test.currency))


def clients(test: Trial) -> str:
    """``3 clients``; empty where no number was set."""
    if test.clients is None:
        return ""
    return ngettext("{n} client", "{n} clients", int(test.clients)).format(n=words.plain_number(test.clients))


def next_step(launch: Launch) -> str:
    """What is asked next, in a few words: ``next: niche``, ``verdict is due``; empty where nothing is."""
    if launch.asked is None:
        return ""
    if launch.test:
        return _("verdict is due") if launch.test.left is not None and launch.test.left <= 0 else ""
    return _("next: {step}").format(step=step(launch.asked))


def cycle_count(count: int) -> str:
    return ngettext("{n} cycle", "{n} cycles", count).format(n=count)


def since(day: dt.date) -> str:
    return _("since {day}").format(day=words.plain_day(day))


def cycle(one: Cycle) -> str:
    """What completed a cycle."""
    return _("first income") if one.kind == "first" else _("another round, with income")


def outcome(amount: Decimal, unit: str) -> str:
    """``412 photos``."""
    return words.counted(words.plain_number(amount), unit)
