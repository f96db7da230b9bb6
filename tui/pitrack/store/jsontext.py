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
    if text[:1] == '"' and text.find('"', 1) == len(text) - 1 and "\\" not in text:
        return text  # a plain string, as most values are
    try:
        plain(text)
        return dumps(orjson.loads(text))
    except (ValueError, RecursionError, TypeError):  # Lossy, too deep, a lone surrogate
        return "".join(_TOKEN.findall(text))


def plain(text: str) -> Any:
    """A value that its parse and back would give again; Lossy where it would not."""
    return _STRICT.decode(text)


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


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Lossy("duplicate key")
    return found


_STRICT = json.JSONDecoder(parse_float=_lossy, parse_int=_safe_int, parse_constant=_lossy, object_pairs_hook=_unique)
