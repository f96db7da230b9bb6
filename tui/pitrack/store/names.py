"""Finding a habit, a stream, an asset or a template by what a person types, and making the short alias for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar, Union

from pitrack.core.model import Asset, Entry, Goal, Habit, Snapshot, Stream, Template, TimeEntry
from pitrack.store.errors import BookError

if TYPE_CHECKING:
    from pitrack.core.building import Automation, Metric

Named = TypeVar("Named", Habit, Stream, Asset, Template, "Automation", "Metric")
Thing = Union[Habit, Stream, Asset, Template, "Automation", "Metric"]
Event = TypeVar("Event", Entry, TimeEntry)
_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """NFKC and case folded: how names are compared."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def find_habit(snapshot: Snapshot, text: str) -> Habit:
    """The habit that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("habit", snapshot.habits.values(), text)


def find_stream(snapshot: Snapshot, text: str) -> Stream:
    """The stream that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("stream", snapshot.streams.values(), text)


def find_asset(snapshot: Snapshot, text: str) -> Asset:
    """The asset that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("asset", snapshot.assets.values(), text)


def find_template(snapshot: Snapshot, text: str) -> Template:
    """The template that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("template", snapshot.templates.values(), text)


def find_automation(snapshot: Snapshot, text: str) -> Automation:
    """The automation that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("automation", snapshot.automations.values(), text)


def find_metric(snapshot: Snapshot, text: str) -> Metric:
    """The metric that ``text`` names; BookError("unknown" | "ambiguous") lists the candidates."""
    return _find("metric", snapshot.metrics.values(), text)


def find_timed(snapshot: Snapshot, text: str) -> Habit | Stream:
    """The habit, or else the stream, that ``text`` names; a whole name comes before the beginning of another.
    BookError("unknown" | "ambiguous") lists the candidates."""
    habits, streams = list(snapshot.habits.values()), list(snapshot.streams.values())
    is_whole = _is_whole_name(streams, text) and not _is_whole_name(habits, text)
    for find in (find_stream, find_habit) if is_whole else (find_habit, find_stream):
        try:
            return find(snapshot, text)
        except BookError as error:
            if error.code == "ambiguous":
                raise
    things: list[Habit | Stream] = [*habits, *streams]
    active = [thing for thing in things if not thing.archived]
    raise BookError("unknown", what="timed", name=text, candidates=labels(active))


def find_by_end(what: str, events: Sequence[Event], text: str, label: Callable[[Event], str]) -> Event:
    """The entry whose id, or the end of it, was typed; BookError("unknown" | "ambiguous"), which names the newest ones
    by their ``label`` where there is none."""
    wanted = fold(text)
    found = [one for one in events if wanted and one.id.casefold().endswith(wanted)]
    whole = [one for one in found if one.id.casefold() == wanted]
    if len(found) == 1 or whole:
        return (whole or found)[0]
    candidates = [one.id for one in found] or [label(one) for one in events[:-4:-1]]
    if found:
        raise BookError("ambiguous", what=what, name=text, candidates=candidates, by="id")
    raise BookError("unknown", what=what, name=text, candidates=candidates)


def _is_whole_name(things: Iterable[Thing], text: str) -> bool:
    wanted = fold(text)
    return any(not thing.archived and (_by_alias(thing, wanted) or _by_name(thing, wanted)) for thing in things)


def is_called(things: Iterable[Thing | Goal], name: str, but: str) -> bool:
    """Whether one of the things has that name, however it is written, but the one of the id ``but``."""
    wanted = fold(name)
    return any(fold(thing.name) == wanted for thing in things if thing.id != but)


def make_alias(name: str, taken: Iterable[str], *, fallback: str) -> str:
    """A short ASCII alias from the first telling word of a name, unlike all that are taken."""
    used = set(taken)
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in _WORDS.split(ascii_name) if len(word) > 1 and not word.isdigit()]
    candidates = [*words, *("-".join(words[:count]) for count in range(2, len(words) + 1))]
    for candidate in candidates:
        if candidate not in used:
            return candidate
    stem = words[0] if words else fallback
    number = 2 if words else 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def _find(what: str, things: Iterable[Named], text: str) -> Named:
    wanted = fold(text)
    living = sorted(things, key=lambda thing: thing.archived)
    if not wanted:
        raise BookError("unknown", what=what, name=text, candidates=labels(living))
    for matches in (_by_alias, _by_name, _by_prefix):
        found = [thing for thing in living if matches(thing, wanted)]
        active = [thing for thing in found if not thing.archived] or found
        if len(active) == 1:
            return active[0]
        if active:
            by = "" if matches is _by_prefix else _told_apart_by(active)
            raise BookError("ambiguous", what=what, name=text, candidates=labels(active), by=by)
    for thing in living:
        if thing.id == text:
            return thing
    active = [thing for thing in living if not thing.archived]
    raise BookError("unknown", what=what, name=text, candidates=labels(active))


def _told_apart_by(things: Sequence[Thing]) -> str:
    """What is typed of things with one name: the short name, or the id where they share that, too."""
    return "alias" if len({fold(thing.alias) for thing in things}) == len(things) else "id"


def _by_alias(thing: Thing, wanted: str) -> bool:
    return fold(thing.alias) == wanted


def _by_name(thing: Thing, wanted: str) -> bool:
    return fold(thing.name) == wanted


def _by_prefix(thing: Thing, wanted: str) -> bool:
    name = fold(thing.name)
    words = [fold(thing.alias), name, *_WORDS.split(name)]
    starts = (name[match.end() :] for match in _WORDS.finditer(name))
    return any(part.startswith(wanted) for part in (*words, *starts))


def labels(things: Iterable[Thing]) -> list[str]:
    """What to type for each, with its name; the id where others have the same alias (two devices may have given it)."""
    things = list(things)
    aliases = [fold(thing.alias) for thing in things]
    return [_label(thing.alias if aliases.count(fold(thing.alias)) == 1 else thing.id, thing.name) for thing in things]


def _label(typed: str, name: str) -> str:
    return typed if fold(typed) == fold(name) else f"{typed} ({name})"
