"""JSON as text: values keep the very characters they were written with, which a JSON library would not promise."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

import orjson

from pitrack.core.changes import Json

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+', re.DOTALL)
_PLAIN = json.JSONDecoder()


class Lossy(ValueError):
    """A value that a JSON library would not give back as it stood."""


class TooDeep(ValueError):
    """A value that is nested more deeply than can be read."""


def members(text: str) -> list[tuple[str, str]]:
    """The ``(name, value's text)`` pairs of the object that ``text`` is, duplicates included; raises ValueError."""
    found: list[tuple[str, str]] = []
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise ValueError("not an object")
    at = _skip(text, at + 1)
    if text[at : at + 1] == "}":
        return found
    while True:
        if text[at : at + 1] != '"':
            raise ValueError(f"no name at {at}")
        name, at = scanstring(text, at + 1, True)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise ValueError(f"no colon at {at}")
        start = _skip(text, at + 1)
        try:
            _, end = _PLAIN.raw_decode(text, start)
        except RecursionError as error:
            raise TooDeep from error
        found.append((name, text[start:end]))
        at = _skip(text, end)
        if text[at : at + 1] == "}":
            return found
        if text[at : at + 1] != ",":
            raise ValueError(f"no comma at {at}")
        at = _skip(text, at + 1)


def canonical(text: str) -> str:
    """One spelling of a value: keys sorted, no spaces, no needless escapes; only white space goes where more would
    change the value (a number that is no safe integer, a duplicate key)."""
    try:
        return dumps(orjson.loads(text)) if is_plain(text) else "".join(_TOKEN.findall(text))
    except (ValueError, TypeError):  # a lone surrogate
        return "".join(_TOKEN.findall(text))


def is_plain(text: str) -> bool:
    """Whether a JSON library gives back every value of this JSON text as it stands."""
    try:
        json.loads(text, parse_float=_lossy, parse_int=_safe_int, parse_constant=_lossy, object_pairs_hook=_unique)
    except (ValueError, RecursionError):  # Lossy, too deep
        return False
    return True


def dumps(value: Any) -> str:
    """A value of ours as canonical text."""
    return str(value) if isinstance(value, Json) else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _lossy(text: str) -> None:
    raise Lossy(text)


def _safe_int(text: str) -> int:
    number = int(text) if len(text) < 17 else 1 << 60
    if abs(number) >= 1 << 53 or text == "-0":
        raise Lossy(text)
    return number


def _unique(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise Lossy("duplicate key")
