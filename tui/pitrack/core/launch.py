"""The launch method: its order, where an answered step leads, and what gently challenges an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from pitrack.core.building import ANSWERS, Verdict
from pitrack.core.model import Stage

TRACK: tuple[Stage, ...] = ("idea", "niche", "offer", "commitment", "test", "live", "automated")
"""The steps in their order; a stream may stop at any of them."""
MOST_CLIENTS = 3
"""Clients of a small test."""

LONGEST = 40
"""Characters of the longest number."""
_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")

_AFTER: Mapping[Verdict, Stage] = {"keep": "live", "stop": "stopped"}

_ENDING = ("verdict", "lesson")
"""Answers that conclude from what was tested."""

HintCode = Literal["several", "vanity", "price", "period", "until", "caps", "clients"]

_KANA = "\u3040-\u309f"
_SEVERAL = re.compile(
    rf"""[,、，・&＆;；\n] | (?<!\w)(?:and|or|plus)(?!\w)
    | (?<=[^\s{_KANA}])[とや](?!$|[のはしいもっなすりる\s])  # between words; not within one, nor 人との, 仕事として
    """,
    re.VERBOSE,
)
_VANITY = re.compile(
    r"""(?<![a-z]) (?:
        likes | followers? | views | page[ ]?views? | impressions? | pvs? | hits | visits | visitors? | shares | reach
    ) (?![a-z])
    | いいね | フォロワー | 再生[回数]* | 閲覧[回者数]* | インプレッション | 表示回数 | アクセス数 | 登録者数
    """,
    re.VERBOSE,
)


class Hint(NamedTuple):
    """What an answer may be asked about, never refused for. ``field`` as in ANSWERS; ``detail``: the words meant."""

    field: str
    code: HintCode
    detail: str = ""


def hints(stage: Stage, answers: Mapping[str, str]) -> tuple[Hint, ...]:
    """The gentle challenges to the answers that stand at a step: an answer that is not given is not challenged, save
    the price and period of an offer, and the caps and end of a test that has no verdict yet."""
    match stage:
        case "niche":
            return tuple(_several(answers))
        case "offer":
            return tuple(_vague(answers))
        case "commitment":
            return tuple(_vain(answers))
        case "test":
            return tuple(_large(answers))
    return ()


def following(stage: Stage, answers: Mapping[str, str], at: Stage, again: Stage = "offer") -> Stage | None:
    """The stage to which a step's answers lead a stream that is ``at`` one; None where it stays.

    A test leads on by its verdict: kept to live, changed back to ``again``, stopped to stopped; without one it begins
    or goes on, so the stream is at its test. Elsewhere a stream that is further already stays; a stopped one is taken
    up again.
    """
    if stage == "test":
        verdict = verdict_of(answers)
        to: Stage = "test" if verdict is None else _AFTER.get(verdict, again)
        return None if to == at or (to == "live" and at == "automated") else to
    to = stage if stage in ("live", "automated", "stopped") else TRACK[TRACK.index(stage) + 1]
    if to == at:
        return None
    return to if "stopped" in (to, at) or TRACK.index(at) < TRACK.index(to) else None


def verdict_of(answers: Mapping[str, str]) -> Verdict | None:
    """The verdict of a test, None while there is none (or none that this version knows)."""
    verdict = answers.get("verdict", "")
    return verdict if verdict in ("keep", "change", "stop") else None  # type: ignore[return-value]


def ends_too_early(answers: Mapping[str, str]) -> bool:
    """Whether a test would end before it started."""
    until, started = answers.get("until", ""), answers.get("started", "")
    return bool(until and started) and until < started


def is_tried(answers: Mapping[str, str]) -> bool:
    """Whether there is anything of a test on which its verdict can be given."""
    return any(answers.get(name, "").strip() for name in ANSWERS["test"] if name not in ("currency", *_ENDING))


def is_answered(stage: Stage, answers: Mapping[str, str]) -> bool:
    """Whether anything stands at a step."""
    return any(answers.get(name, "").strip() for name in ANSWERS[stage])


def number(text: str) -> Decimal | None:
    """A number as it was typed, None where there is none or it is below zero, or too long to be meant."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    return Decimal(plain) if len(plain) <= LONGEST and _NUMBER.fullmatch(plain) else None


def _several(answers: Mapping[str, str]) -> Iterator[Hint]:
    for name in ANSWERS["niche"]:
        text = _folded(answers.get(name, ""))
        if found := _SEVERAL.search(text):
            yield Hint(name, "several", found[0].strip())


def _vague(answers: Mapping[str, str]) -> Iterator[Hint]:
    if not number(answers.get("price", "")):
        yield Hint("price", "price")
    if not answers.get("period", "").strip():
        yield Hint("period", "period")


def _vain(answers: Mapping[str, str]) -> Iterator[Hint]:
    found = dict.fromkeys(match[0] for match in _VANITY.finditer(_folded(answers.get("outcomes", ""))))
    if found:
        yield Hint("outcomes", "vanity", ", ".join(found))


def _large(answers: Mapping[str, str]) -> Iterator[Hint]:
    if verdict_of(answers):
        return
    clients = number(answers.get("clients", ""))
    if clients is not None and clients > MOST_CLIENTS:
        yield Hint("clients", "clients")
    if number(answers.get("hours", "")) is None and number(answers.get("money", "")) is None:
        yield Hint("hours", "caps")
    if not answers.get("until", "").strip():
        yield Hint("until", "until")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
