"""The one-line quick entry, as typed on Sunday 22 November 2026."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Asset
from pitrack.text.parse import EntryDraft, ParseError, entry, tags

GUIDE = Asset("a1", "camera", "Camera guide")
ASSETS = (
    GUIDE,
    Asset("a2", "course", "Online course"),
    Asset("a3", "set", "写真 集"),
    Asset("a4", "o", "Old", archived=True),
)
TODAY = dt.date(2026, 11, 22)
YESTERDAY = dt.date(2026, 11, 21)
STREAMS = ("Newsletter", "Stock", "Stock photos", "Stock music", "Monthly service", "写真素材", "Try app")
PARTS = (
    "5",
    "-5",
    "-",
    "$",
    "円",
    "usd",
    "news",
    "sto",
    "#a",
    "#",
    "@",
    "&",
    "&cam",
    "@fri",
    "fee:",
    "fee:1",
    "：",
    "pending",
)


def income(amount: str, currency: str | None = None, stream: str | None = None, note: str = "") -> EntryDraft:
    return EntryDraft("income", Decimal(amount), currency, stream, TODAY, note)


def test_amounts_are_kept_as_they_were_typed() -> None:
    assert entry("-1,50 usd hosting fee:2,5 units:3", TODAY).typed == ("1,50", "2,5")
    assert entry("usd 5千 withheld:1,000", TODAY).typed == ("usd 5千", "1,000")
    assert entry("5000ドル 写真", TODAY, STREAMS) == income("5000", "USD", "写真素材")


def test_the_example() -> None:
    assert entry("120.50 usd newsletter sponsor #q4 @yesterday", TODAY, STREAMS) == EntryDraft(
        kind="income",
        amount=Decimal("120.50"),
        currency="USD",
        stream="Newsletter",
        day=YESTERDAY,
        note="sponsor",
        tags=("q4",),
    )


def test_everything_at_once_in_japanese() -> None:
    line = "返金　１２００円　写真　11月分　＠昨日　＃秋　手数料：100　源泉:10　個数:3　未入金"
    assert entry(line, TODAY, STREAMS) == EntryDraft(
        kind="refund",
        amount=Decimal(1200),
        currency="JPY",
        stream="写真素材",
        day=YESTERDAY,
        note="11月分",
        tags=("秋",),
        fee=Decimal(100),
        withheld=Decimal(10),
        units=Decimal(3),
        pending=True,
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5", income("5")),
        ("$5 all done", income("5", "USD", note="all done")),
        ("5usd", income("5", "USD")),
        ("usd 5 news", income("5", "USD", "Newsletter")),
        ("1,200 JPY", income("1200", "JPY")),
        ("newsletter 5,50 eur sponsor", income("5.50", "EUR", "Newsletter", "sponsor")),
        ("5 sto pho", income("5", None, "Stock photos")),
        ("5 stock m 3 files", income("5", None, "Stock music", "3 files")),
        ("5 stock", income("5", None, "Stock")),
        ("5 NEWS news about", income("5", None, "Newsletter", "news about")),
        ("5 nothing known", income("5", None, None, "nothing known")),
        ("5 try", income("5", None, "Try app")),
        ("5 TRY", income("5", "TRY")),
        ("news 30min call 5 usd", EntryDraft("income", Decimal(5), "USD", "Newsletter", TODAY, "30min call")),
        ("earn 5 photos", income("5", None, "Stock photos")),
    ],
)
def test_lines(line: str, expected: EntryDraft) -> None:
    assert entry(line, TODAY, STREAMS) == expected


@pytest.mark.parametrize(
    "line", ["-12 usd hosting", "- 12 usd hosting", "－１２ usd hosting", "spend 12 usd hosting", "Expense $12 hosting"]
)
def test_expenses(line: str) -> None:
    assert entry(line, TODAY, STREAMS) == EntryDraft("expense", Decimal(12), "USD", None, TODAY, "hosting")


def test_a_refund() -> None:
    assert entry("refund 20 news fee:2.5", TODAY, STREAMS) == EntryDraft(
        "refund", Decimal(20), None, "Newsletter", TODAY, fee=Decimal("2.5")
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "entry"),
        ("sponsor", "entry"),
        ("#q4 @fri", "entry"),
        ("5 @someday", "day"),
        ("5 fee:much", "marker"),
        ("5 fee:-1", "marker"),
        ("spend -5", "negative"),
        ("9" * 31, "too-long"),
        ("5 sto", "ambiguous"),
    ],
)
def test_refused_lines(line: str, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        entry(line, TODAY, STREAMS)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("line", "asset"),
    [
        ("5 &camera", "a1"),
        ("&cam 5 news", "a1"),
        ("5 &guide", "a1"),
        ("5 &cameraguide", "a1"),
        ("5 asset:on", "a2"),
        ("５　＆写真集", "a3"),
        ("5 作品：写真", "a3"),
        ("5 news R & B", None),
        ("5 news asset:", None),
    ],
)
def test_an_asset_is_named_by_a_word(line: str, asset: str | None) -> None:
    draft = entry(line, TODAY, STREAMS, ASSETS)
    assert (draft.amount, draft.asset) == (5, asset)


@pytest.mark.parametrize(
    ("line", "code", "candidates"),
    [
        ("5 &c", "ambiguous", ["camera (Camera guide)", "course (Online course)"]),
        ("5 &old", "unknown", ["camera (Camera guide)", "course (Online course)", "set (写真 集)"]),
    ],
)
def test_an_asset_that_is_not_told_apart_lists_the_candidates(line: str, code: str, candidates: list[str]) -> None:
    with pytest.raises(ParseError) as caught:
        entry(line, TODAY, STREAMS, ASSETS)
    assert (caught.value.code, caught.value.details["candidates"]) == (code, candidates)


def test_an_ambiguous_stream_lists_its_candidates() -> None:
    with pytest.raises(ParseError) as caught:
        entry("5 usd sto", TODAY, STREAMS)
    assert caught.value.details == {
        "value": "sto",
        "what": "stream",
        "name": "sto",
        "candidates": ["Stock", "Stock music", "Stock photos"],
    }


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(PARTS)).map(" ".join),
    )
)
def test_any_line_is_an_entry_or_refused(line: str) -> None:
    with suppress(ParseError):
        draft = entry(line, TODAY, STREAMS, ASSETS)
        assert draft.amount >= 0
        assert draft.stream is None or draft.stream in STREAMS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("#q4", ("q4",)),
        ("#q4, sponsor ＃秋", ("q4", "sponsor", "秋")),
        ("a、b", ("a", "b")),
        ("Q4 #q4 q4", ("Q4",)),
        ("#", ()),
    ],
)
def test_tags(text: str, expected: tuple[str, ...]) -> None:
    assert tags(text) == expected
