"""Timewarrior and Watson: intervals of work, in UTC."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from pitrack.exchange.found import (
    DAYS_AHEAD,
    FIRST_DAY,
    Bad,
    Found,
    Refused,
    Setting,
    Trouble,
    Troubles,
    Work,
    read_text,
)
from pitrack.exchange.opening import Parts, lines_of, text_of
from pitrack.exchange.tables import json_of

LONGEST = dt.timedelta(days=31)
"""Of one interval; a longer one was left running."""
_MOMENT = r"[0-9]{8}T[0-9]{6}Z"
_LINE = re.compile(rf"inc\s+(?P<start>{_MOMENT})(?:\s+-\s+(?P<stop>{_MOMENT}))?(?:\s+#(?P<rest>.*))?\s*")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)')
_ESCAPE = re.compile(r"\\(.)")


def read_timewarrior(parts: Parts, setting: Setting) -> Found:
    """Lines ``inc START - STOP # tag "two words" # "note"``; one without a stop is still running and left out."""
    troubles = Troubles()
    works: list[Work] = []
    running: list[tuple[str, str]] = []
    for file, data in parts.items():
        for number, line in enumerate(lines_of(text_of(data)), 1):
            if not line.strip():
                continue
            place = Trouble(file, number, "", line[:200], "")
            match = _LINE.fullmatch(line.strip())
            if match is None:
                troubles.append(place._replace(why="interval"))
            elif match["stop"] is None:
                running.append(("running", match["start"]))
            else:
                try:
                    works.append(_timewarrior(match, place, setting))
                except Bad as error:
                    troubles.append(place._replace(why=error.code))
    return Found(works=tuple(works), troubles=tuple(troubles), left_out=tuple(running))


def _timewarrior(match: re.Match[str], place: Trouble, setting: Setting) -> Work:
    start, stop = _interval(_moment(match["start"]), _moment(match["stop"]), setting)
    tags, note = _tags_and_note(match["rest"] or "")
    return Work(f"{match['start']}-{match['stop']}", start, stop, tags, read_text(note), place)


def _tags_and_note(text: str) -> tuple[tuple[str, ...], str]:
    """``tag "two words" # "note"``: words up to a bare ``#``, then the note."""
    words: list[str] = []
    notes: list[str] = []
    into = words
    at = 0
    while match := _WORD.search(text, at):
        at = match.end()
        quoted, bare = match[1], match[2]
        if bare == "#" and into is words:
            into = notes
        else:
            into.append(_ESCAPE.sub(r"\1", quoted) if quoted is not None else bare)
    return tuple(word[:200] for word in words if word), " ".join(notes)


def read_watson(parts: Parts, setting: Setting) -> Found:
    """Frames ``[start, stop, project, id, tags, updated_at]``, in seconds since 1970."""
    file, data = next(iter(parts.items()))
    content = json_of(text_of(data))
    if not isinstance(content, list):
        raise Refused("not-watson")
    troubles = Troubles()
    works: list[Work] = []
    for number, frame in enumerate(content, 1):
        place = Trouble(file, None, "", str(frame)[:100], "", f"[{number}]")
        try:
            works.append(_watson(frame, place, setting))
        except Bad as error:
            troubles.append(place._replace(why=error.code))
    return Found(works=tuple(works), troubles=tuple(troubles))


def _watson(frame: Any, place: Trouble, setting: Setting) -> Work:
    if not isinstance(frame, list) or len(frame) < 4:
        raise Bad("frame")
    project, key, tags = frame[2], frame[3], frame[4] if len(frame) > 4 else []
    if not isinstance(project, str) or not isinstance(key, str) or not 0 < len(key) <= 64:
        raise Bad("frame")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise Bad("frame")
    start, stop = _interval(_epoch(frame[0]), _epoch(frame[1]), setting)
    return Work(key, start, stop, tuple(name[:200] for name in (project, *tags) if name), "", place)


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        raise Bad("moment") from None


def _epoch(value: object) -> dt.datetime:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < 10**11:
        raise Bad("moment")
    try:
        return dt.datetime.fromtimestamp(int(value), dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Bad("moment") from None


def _interval(start: dt.datetime, stop: dt.datetime, setting: Setting) -> tuple[dt.datetime, dt.datetime]:
    if stop < start:
        raise Bad("backwards")
    if stop - start > LONGEST:
        raise Bad("too-long-interval")
    if start.date() <= FIRST_DAY or stop.date() > setting.today + dt.timedelta(days=DAYS_AHEAD):
        raise Bad("range")
    return start, stop
