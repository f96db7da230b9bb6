"""Neglect: the kinds of continuing effort that a stream has gone without for weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple, get_args

from pitrack.core.model import Stage, Stream, TimeEntry, TimeKind

EFFORTS: tuple[TimeKind, ...] = ("market", "learn", "serve")
"""What a stream goes on needing: being found, skills that keep up, customers who are served."""

LONG = 4
"""Weeks without any from which on an effort is neglected."""

TENDED: tuple[Stage, ...] = ("test", "live", "automated")
"""Stages in which there is something to tend: before them nothing is on sale, after them nothing any more."""

KINDS = frozenset(get_args(TimeKind))

Touched = Mapping[tuple[str, TimeKind], dt.date]


class Effort(NamedTuple):
    """When a stream last had one kind of work, and how many whole weeks ago; both None where it never had."""

    kind: TimeKind
    last: dt.date | None
    weeks: int | None
    neglected: bool


def touched(times: Iterable[TimeEntry], day: dt.date) -> dict[tuple[str, TimeKind], dt.date]:
    """The newest day of each kind of work of each stream, up to a day."""
    found: dict[tuple[str, TimeKind], dt.date] = {}
    for time in times:
        if time.stream is not None and time.minutes > 0 and time.day <= day:
            key = time.stream, time.kind
            found[key] = max(time.day, found.get(key, time.day))
    return found


def efforts(stream: Stream, newest: Touched, began: dt.date | None, day: dt.date) -> tuple[Effort, ...]:
    """How long ago each effort was made for a stream that ``began`` on a day.

    Neglected: four weeks ago or longer, or never in a stream of that age. Serving counts in a service, and where it was
    done before. Nothing is said of the job, of a stream that is archived or has nothing on sale, nor of one without
    any logged time: what was done for it is not known then.
    """
    if stream.role == "job" or stream.archived or stream.stage not in TENDED:
        return ()
    if not any((stream.id, kind) in newest for kind in KINDS):
        return ()
    asked = [kind for kind in EFFORTS if kind != "serve" or stream.role == "service" or (stream.id, kind) in newest]
    return tuple(_effort(kind, newest.get((stream.id, kind)), began, day) for kind in asked)


def _effort(kind: TimeKind, last: dt.date | None, began: dt.date | None, day: dt.date) -> Effort:
    weeks = None if last is None else _weeks(last, day)
    waited = weeks if weeks is not None else 0 if began is None else _weeks(began, day)
    return Effort(kind, last, weeks, waited >= LONG)


def _weeks(since: dt.date, day: dt.date) -> int:
    return (day - since).days // 7
