"""Every failure is one plain sentence that says what to do, whatever its details hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pitrack
from pitrack.text import reasons
from pitrack.text.errors import sentence
from pitrack.text.parse import ParseError, amount

SOURCE = "\n".join(path.read_text("utf-8") for path in Path(pitrack.__file__).parent.glob("*/*.py"))
CODES = sorted(set(re.findall(r'(?:BookError|ParseError)\(\s*"([a-z-]+)"', SOURCE)))
WHYS = sorted(set(re.findall(r'BookError\([^)]*why="([^"]+)"', SOURCE)))
PATH = "/books/pitrack.json"


@pytest.mark.parametrize(
    ("code", "details", "expected"),
    [
        (
            "missing",
            {"path": PATH},
            "There is no book at /books/pitrack.json, so nothing was recorded. Add --new to start one there, "
            "or check whether your cloud has delivered it yet.",
        ),
        (
            "exists",
            {"path": PATH},
            "There is already a book at /books/pitrack.json. Leave out --new to open it, or choose another path.",
        ),
        (
            "unreadable",
            {"path": PATH, "reason": "json", "line": 12},
            "The book at /books/pitrack.json cannot be read: it is not valid JSON in line 12. "
            "Nothing was recorded and the file was left as it is. "
            "Mend that line, or put back an earlier version of the file; cloud services keep some.",
        ),
        (
            "unreadable",
            {"path": PATH, "reason": "empty", "line": None},
            "The book at /books/pitrack.json cannot be read: the file is empty. "
            "Nothing was recorded and the file was left as it is. "
            "Put back an earlier version of it; cloud services keep some.",
        ),
        (
            "unreadable",
            {"path": PATH, "reason": "Permission denied", "line": None},
            "The book at /books/pitrack.json cannot be read: Permission denied. "
            "Nothing was recorded and the file was left as it is. Put that right and try again.",
        ),
        (
            "newer",
            {"path": PATH, "format": 2},
            "The book at /books/pitrack.json was written by a newer pitrack (format 2). "
            "Nothing was recorded. Update pitrack on this device to open it.",
        ),
        (
            "refused",
            {"path": "/logs", "reason": "No space left on device"},
            "Nothing was recorded, /logs cannot be written: No space left on device. Put that right and try again.",
        ),
        (
            "refused",
            {"path": "", "reason": "the clock stands past the year 9998"},
            "Nothing was recorded: the clock stands past the year 9998. Put that right and try again.",
        ),
        (
            "remote-failed",
            {"remote": "nas:", "reason": "didn't find section in config file"},
            "rclone failed on “nas:”: didn't find section in config file. The book on this device is whole. "
            "Put that right and try again.",
        ),
        (
            "remote-unreadable",
            {"remote": "nas:pitrack.json", "reason": "json", "line": 3},
            "The book at nas:pitrack.json cannot be read: it is not valid JSON in line 3. It was left as it is. "
            "Put back an earlier version of it, or delete it and add --first.",
        ),
        (
            "remote-unreadable",
            {"remote": "nas:pitrack.json", "reason": "empty", "line": None},
            "The book at nas:pitrack.json cannot be read: the file is empty. It was left as it is. "
            "Put back an earlier version of it, or delete it and add --first.",
        ),
        ("nothing-to-undo", {}, "There is nothing to undo."),
        ("nothing-to-redo", {}, "There is nothing to redo."),
        (
            "unknown",
            {"what": "habit", "name": "wri", "candidates": ["Read", "Walk"]},
            "There is no action called “wri”. Choose one of: Read, Walk.",
        ),
        (
            "unknown",
            {"what": "stream", "name": "news", "candidates": []},
            "There is no stream called “news”, nor any other yet. Add it first: pitrack stream add NAME",
        ),
        (
            "ambiguous",
            {"what": "habit", "name": "wri", "candidates": ["write", "writer"]},
            "“wri” could mean: write, writer. Type more of the name.",
        ),
        (
            "ambiguous",
            {"what": "stream", "name": "The news", "candidates": ["the (The news), news (The news)"], "by": "alias"},
            "“The news” could mean: the (The news), news (The news). Type the short name of one.",
        ),
        (
            "unknown",
            {"what": "goal", "name": "cam", "candidates": []},
            "There is no goal called “cam”, nor any other yet. Add one first: pitrack goal add NAME --save AMOUNT",
        ),
        (
            "unknown",
            {"what": "backup", "name": "2026", "candidates": []},
            "There is no backup called “2026”, nor any other yet.",
        ),
        (
            "taken",
            {"what": "stream", "name": "news"},
            "“news” is taken: another stream has it already. Choose another one.",
        ),
        (
            "invalid",
            {"what": "week start", "value": "9", "why": "1-7"},
            "“9” does not work as first day of the week: choose from 1 to 7.",
        ),
        (
            "invalid",
            {"what": "name", "value": "", "why": "empty"},
            "Check the name: it cannot be empty.",
        ),
        (
            "locked",
            {"path": PATH},
            f"Nothing was recorded: another pitrack is busy with {PATH}. Wait until it has finished and try again.",
        ),
        (
            "unknown",
            {"what": "entry", "name": "abc", "candidates": []},
            "There is no entry called “abc”, nor any other yet. Book one first: pitrack earn STREAM AMOUNT",
        ),
        ("negative", {"value": "-5 km"}, "“-5 km” is below zero. Type it without the minus."),
        (
            "length",
            {"value": "25h"},
            "“25h” is not possible: one entry holds from 1 minute to 24 hours.",
        ),
        (
            "day-ahead",
            {"value": "soon"},
            "“soon” is not a day. Type it like 2027-06-01, 06-01, tomorrow, +30 or fri.",
        ),
        (
            "times",
            {"value": "9/week", "most": 7},
            "“9/week” is not possible: choose from 1 to 7 times.",
        ),
        ("entry", {"value": " "}, "Type an entry like: 120.50 usd newsletter sponsor #q4 @yesterday"),
        ("marker", {"value": "x", "name": "fee"}, "“x” is not a number. Type it right after the colon, like fee:2.5."),
        ("from-a-newer-version", {}, "Something went wrong (from-a-newer-version)."),
        ("exists", {}, "There is already a book at -. Leave out --new to open it, or choose another path."),
    ],
)
def test_sentences(code: str, details: dict[str, object], expected: str) -> None:
    assert sentence(code, details) == expected


def test_the_codes_were_found() -> None:
    assert {"missing", "ambiguous", "amount", "schedule"} <= set(CODES)
    assert "empty" in WHYS


@pytest.mark.parametrize("code", CODES)
def test_every_code_raised_has_its_sentence(code: str) -> None:
    assert "Something went wrong" not in sentence(code, {})


@pytest.mark.parametrize("code", WHYS)
def test_every_refusal_is_worded(code: str) -> None:
    assert reasons.why(code) != code


def test_a_parse_error_brings_its_details() -> None:
    with pytest.raises(ParseError) as caught:
        amount("a lot")
    assert (
        sentence(caught.value.code, caught.value.details)
        == "“a lot” is not an amount. Type it like 120.50, 1,200 JPY, $5 or 1200円."
    )


def test_long_lists_and_values_are_shortened() -> None:
    names = [f"stream {number}" for number in range(20)]
    told = sentence("ambiguous", {"what": "stream", "name": "s" * 500, "candidates": names})
    assert told.startswith("“" + "s" * 58 + "..” could mean: stream 0, ")
    assert told.endswith("stream 11 and 8 more. Type more of the name.")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1-31", "choose from 1 to 31"),
        ("1-1440 minutes", "choose from 1 to 1440"),
        ("USD places 2", "USD has 2 decimal places"),
        ("JPY places 0", "JPY has no decimal places"),
        ("longer than 200", "it is longer than 200 characters"),
        ("save, living, skill", "choose one of save, living, skill"),
        ("something else.", "something else"),
    ],
)
def test_refusals_with_numbers(code: str, expected: str) -> None:
    assert reasons.why(code) == expected


@given(
    st.one_of(st.sampled_from(CODES), st.text()),
    st.dictionaries(
        st.sampled_from(["path", "reason", "line", "what", "name", "value", "why", "candidates"]),
        st.one_of(st.text(), st.none(), st.integers(), st.lists(st.text())),
    ),
)
def test_no_detail_breaks_the_sentence(code: str, details: dict[str, object]) -> None:
    told = sentence(code, details)
    assert told
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", told)
