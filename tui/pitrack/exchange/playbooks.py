"""Playbooks: ways to earn as files that a person can read and copy, each in the languages it is written in."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pitrack.core.building import MetricKind
from pitrack.core.model import HabitKind, Role, Rule, Schedule, Stage, Stream
from pitrack.text.reading import ParseError

Group = Literal["content", "assets", "expertise", "platforms", "own"]
T = TypeVar("T", bound=str)

FOLDER = Path(__file__).parent / "data" / "playbooks"
LANGUAGES = ("en", "ja")
"""Those that every file of ours speaks; the first one stands in for a language that a file does not speak."""
GROUPS: tuple[Group, ...] = ("content", "assets", "expertise", "platforms", "own")
OURS = (
    *("ai-video", "ai-voice", "ai-writing", "e-books", "online-courses"),
    *("micro-consulting", "monthly-service", "ai-integration", "affiliate", "stock-photos"),
)
"""In the order in which they are shown."""
MERITS = ("efficiency", "cost", "scalability", "always-on", "core-focus")
ROLES: tuple[Role, ...] = ("passive", "service")
KINDS: tuple[MetricKind, ...] = ("count", "level")
STEPS: Mapping[str, Stage] = {
    "problem": "idea",
    "niche": "niche",
    "offer": "offer",
    "commitment": "commitment",
    "test": "test",
}
"""The steps of the launch method by the name they have in a file, each with the stage at which it is decided."""
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "problem": ("problem",),
    "niche": ("platform", "audience", "task"),
    "offer": ("deliverable", "goal"),
    "commitment": ("outcomes", "promise"),
    "test": ("clients", "hours"),
}
"""What a file may answer at each step, to begin with."""
LINES = ("earns", "success", "first_week", "pitfalls")
"""Lists of short lines."""
LARGEST = 200_000
"""Bytes of a file."""
LONGEST_NAME, LONGEST_TEXT = 200, 2_000
BITS = 64
"""Of a whole number, as TOML has them: Python refuses to write a much longer one."""
MOST = 30
"""Items of a list."""
MINUTES = "分"
"""The unit of a time written in Japanese, which is read as minutes whatever their word."""
_ID = re.compile(r"[a-z0-9-]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
_KEYS = ("group", "role", "merits", "name", "summary", "suits", *LINES, "actions", "metrics", "steps", "quoted")


class BadPlaybook(ValueError):
    """A file that cannot be used: which ``key`` of it, and ``why`` as a code of ``pitrack.text.playbooks``."""

    def __init__(self, key: str, why: str, **details: object) -> None:
        super().__init__(f"{key}: {why}")
        self.key = key
        self.why = why
        self.details: dict[str, object] = {"key": key, **details}


class Action(NamedTuple):
    """Something to do again and again; ``target`` is None where it is answered by yes or no."""

    name: str
    schedule: Schedule
    target: Decimal | None = None
    unit: str = ""

    def rule(self, since: dt.date) -> Rule:
        """What it asks from a day on."""
        kind: HabitKind = "yes_no" if self.target is None else "at_least"
        return Rule(since, kind, self.schedule, self.target, self.unit)


class Outcome(NamedTuple):
    """What shows that it works: counts of a period add up, of a level the newest reading stands."""

    name: str
    kind: MetricKind
    unit: str = ""


class Quote(NamedTuple):
    """A figure that somebody reported, as they put it and in their currency; never a promise."""

    text: str
    amount: Decimal
    up_to: Decimal | None
    currency: str
    source: str


class Playbook(NamedTuple):
    """A way to earn, in one language. ``advice`` and ``answers`` (what a form may begin with) are by stage."""

    id: str
    name: str
    group: Group = "own"
    role: Role = "passive"
    merits: tuple[str, ...] = ()
    summary: str = ""
    suits: str = ""
    earns: tuple[str, ...] = ()
    success: tuple[str, ...] = ()
    first_week: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    metrics: tuple[Outcome, ...] = ()
    advice: Mapping[Stage, str] = {}
    answers: Mapping[Stage, Mapping[str, str]] = {}
    quoted: tuple[Quote, ...] = ()
    own: bool = False


def all_playbooks(folder: Path, language: str) -> tuple[dict[str, Playbook], dict[str, BadPlaybook]]:
    """All playbooks by id, those of a person's ``folder`` before ours of the same id; and the files there that cannot
    be used."""
    found = {one: load(FOLDER / f"{one}.toml", language) for one in OURS}
    bad: dict[str, BadPlaybook] = {}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            found[path.stem] = load(path, language)._replace(own=True)
        except BadPlaybook as error:
            bad[path.name] = error
    return {one.id: one for one in sorted(found.values(), key=lambda one: GROUPS.index(one.group))}, bad


def find_playbook(folder: Path, name: str | None, language: str) -> Playbook | None:
    """The playbook of that id, a person's own before ours; None where there is none that can be used."""
    if not name or not _ID.fullmatch(name):
        return None
    for path, own in ((folder / f"{name}.toml", True), (FOLDER / f"{name}.toml", False)):
        with suppress(BadPlaybook):
            return load(path, language)._replace(own=own)
    return None


def first_merits(folder: Path, streams: Collection[Stream]) -> dict[str, tuple[str, ...]]:
    """By the id of each stream that was begun from a playbook, the merits that it puts first."""
    named = {name: find_playbook(folder, name, LANGUAGES[0]) for name in {one.playbook for one in streams}}
    found = {one.id: named[one.playbook] for one in streams}
    return {stream: chosen.merits for stream, chosen in found.items() if chosen}


def load(path: Path, language: str) -> Playbook:
    """A playbook from its file. BadPlaybook."""
    if not _ID.fullmatch(path.stem):
        raise BadPlaybook(path.name, "name")
    return playbook_of(path.stem, read(path), language)


def read(path: Path) -> Mapping[str, Any]:
    """What a file says. BadPlaybook."""
    try:
        if not path.is_file():  # nor one that never ends
            raise BadPlaybook(path.name, "no-file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadPlaybook(path.name, "unreadable", reason=error.strerror or type(error).__name__) from error
    if len(data) > LARGEST:
        raise BadPlaybook(path.name, "too-large")
    try:
        return tomllib.loads(data.decode())
    except RecursionError as error:
        raise BadPlaybook(path.name, "too-deep") from error
    except UnicodeDecodeError as error:
        raise BadPlaybook(path.name, "utf-8") from error
    except ValueError as error:  # no TOML, or a number of too many digits
        raise BadPlaybook(path.name, "toml", reason=str(error)) from error


def playbook_of(name: str, data: Mapping[str, Any], language: str) -> Playbook:
    """A playbook from what its file says. BadPlaybook."""
    top = _Table(data, language)
    top.knows(_KEYS)
    steps = top.table("steps")
    steps.knows(STEPS)
    parts = {step: steps.table(step) for step in STEPS}
    for step, part in parts.items():
        part.knows(("advice", *ANSWERS[step]))
    return Playbook(
        id=name,
        name=top.name("name"),
        group=top.choice("group", GROUPS, "own"),
        role=top.choice("role", ROLES, "passive"),
        merits=tuple(dict.fromkeys(top.choices("merits", MERITS))),
        summary=top.text("summary"),
        suits=top.text("suits"),
        earns=top.texts("earns"),
        success=top.texts("success"),
        first_week=top.texts("first_week"),
        pitfalls=top.texts("pitfalls"),
        actions=tuple(_action(table) for table in top.tables("actions")),
        metrics=tuple(_metric(table) for table in top.tables("metrics")),
        advice={STEPS[step]: said for step, part in parts.items() if (said := part.text("advice"))},
        answers={STEPS[step]: given for step, part in parts.items() if (given := dict(_answers(step, part)))},
        quoted=tuple(_quote(table) for table in top.tables("quoted")),
    )


def _action(table: _Table) -> Action:
    from pitrack.text.amounts import target as read_target
    from pitrack.text.schedules import schedule

    table.knows(("name", "every", "at_least"))
    due = table.parsed("every", schedule) if "every" in table.data else Schedule()
    if "at_least" not in table.data:
        return Action(table.name("name"), due)
    amount, unit = table.parsed("at_least", read_target)
    if not amount:
        raise BadPlaybook(table.path("at_least"), "not-positive")
    if unit == "min" and table.text("at_least").endswith(MINUTES):
        unit = MINUTES
    return Action(table.name("name"), due, amount, unit)


def _metric(table: _Table) -> Outcome:
    table.knows(("name", "kind", "unit"))
    return Outcome(table.name("name"), table.choice("kind", KINDS, "count"), table.text("unit", LONGEST_NAME))


def _quote(table: _Table) -> Quote:
    table.knows(("text", "amount", "up_to", "currency", "source"))
    for key in ("text", "amount", "currency", "source"):
        if key not in table.data:
            raise BadPlaybook(table.path(key), "missing")
    currency = table.text("currency")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise BadPlaybook(table.path("currency"), "currency")
    up_to = table.number("up_to") if "up_to" in table.data else None
    return Quote(table.text("text"), table.number("amount"), up_to, currency, table.text("source", LONGEST_NAME))


def _answers(step: str, table: _Table) -> Iterator[tuple[str, str]]:
    for key in ANSWERS[step]:
        if key not in table.data:
            continue
        if key == "outcomes":
            yield key, "\n".join(table.texts(key))
        elif step == "test":
            yield key, format(table.number(key), "f")
        else:
            yield key, table.text(key)


class _Table:
    """A table of a file, read in one language; ``where`` is what stands before its keys in a complaint."""

    def __init__(self, data: Mapping[str, Any], language: str, where: str = "") -> None:
        self.data = data
        self._language = language
        self._where = where

    def path(self, key: str) -> str:
        return self._where + key

    def knows(self, keys: Sequence[str] | Mapping[str, object]) -> None:
        """Refuse a key that means nothing: it is a slip of the pen."""
        if unknown := sorted(self.data.keys() - set(keys)):
            raise BadPlaybook(self.path(unknown[0]), "unknown-key", keys=", ".join(keys))

    def table(self, key: str) -> _Table:
        part = self.data.get(key, {})
        if not isinstance(part, dict):
            raise BadPlaybook(self.path(key), "table")
        return _Table(part, self._language, f"{self.path(key)}.")

    def tables(self, key: str) -> list[_Table]:
        parts = self.data.get(key, [])
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise BadPlaybook(self.path(key), "tables")
        self._few(key, parts)
        return [_Table(part, self._language, f"{self.path(key)}[{at}].") for at, part in enumerate(parts, 1)]

    def name(self, key: str) -> str:
        """A text that there has to be."""
        if key not in self.data:
            raise BadPlaybook(self.path(key), "missing")
        return self.text(key, LONGEST_NAME)

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """A text, empty where there is none; a number counts as how it is written."""
        if key not in self.data:
            return ""
        value = self._spoken(key)
        if type(value) is int and value.bit_length() < BITS:
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            raise BadPlaybook(self.path(key), "text")
        self._short(key, value, longest)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where there is none."""
        values = self._spoken(key) if key in self.data else []
        if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
            raise BadPlaybook(self.path(key), "texts")
        self._few(key, values)
        for one in values:
            self._short(key, one, LONGEST_TEXT)
        return tuple(one.strip() for one in values)

    def number(self, key: str) -> Decimal:
        value = self.text(key)
        if not _NUMBER.fullmatch(value):
            raise BadPlaybook(self.path(key), "number")
        return Decimal(value)

    def choice(self, key: str, choices: Sequence[T], default: T) -> T:
        return next(iter(self._chosen(key, [self.data.get(key, default)], choices)))

    def choices(self, key: str, choices: Sequence[T]) -> list[T]:
        values = self.data.get(key, [])
        return self._chosen(key, values if isinstance(values, list) else [values], choices)

    def parsed(self, key: str, parse: Any) -> Any:
        """A text read as a person's typing is."""
        try:
            return parse(self.text(key, LONGEST_NAME))
        except ParseError as error:
            raise BadPlaybook(self.path(key), error.code, **error.details) from error

    def _chosen(self, key: str, values: list[Any], choices: Sequence[T]) -> list[T]:
        found = [choice for value in values for choice in choices if value == choice]
        if len(found) < len(values):
            raise BadPlaybook(self.path(key), "choice", choices=", ".join(choices))
        return found

    def _spoken(self, key: str) -> Any:
        """A value in the language asked for, else in the first one there is; one without languages is itself."""
        value = self.data[key]
        if not isinstance(value, dict):
            return value
        spoken = next((value[one] for one in (self._language, *LANGUAGES) if one in value), None)
        return next(iter(value.values()), None) if spoken is None else spoken

    def _short(self, key: str, value: str, longest: int) -> None:
        if len(value) > longest:
            raise BadPlaybook(self.path(key), "text-long", most=longest)

    def _few(self, key: str, values: list[Any]) -> None:
        if len(values) > MOST:
            raise BadPlaybook(self.path(key), "too-many", most=MOST)


def gaps(data: Mapping[str, Any]) -> list[str]:
    """Which texts of a file are not there in all languages, by key: for a file that is to speak them all."""
    return list(_gaps(data, ""))


def _gaps(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict) and value.keys() & set(LANGUAGES):
        yield from (f"{path}.{one}" for one in LANGUAGES if not value.get(one))
        lengths = {len(one) for one in value.values() if isinstance(one, list)}
        if len(lengths) > 1:
            yield path
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _gaps(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for at, part in enumerate(value, 1):
            yield from _gaps(part, f"{path}[{at}]")
