"""The query language of the ledger: what each term keeps, and laws that all of them keep."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Asset, Entry
from pitrack.core.search import fold, search, terms
from tests.core.books import NEWS, PHOTOS, entry

STREAMS = {stream.id: stream for stream in (NEWS, PHOTOS)}
ASSETS = {"book": Asset("book", "b", "旅の Guide Book", "news"), "set": Asset("set", "s", "Sunsets", "photos")}
JAPANESE = {"未確定": "pending", "取消": "void", "支出": "expense", "手数料": "fee", "作品": "asset", "なし": "none"}

ENTRIES = (
    entry("2026-09-30", "100", asset="book", note="two words here", tags=("q4",)),
    entry("2026-10-01", "150.50", "photos", asset="set", fee="3", status="pending", note="words two"),
    entry("2026-10-31", "200", None, kind="expense", note="pending paper", paid=None),
    entry("2026-11-15", "1200", "photos", currency="JPY", status="void", asset="gone", tags=("q4", "big")),
    entry("2026-12-31", "2500.75", "gone", fee="0.50", note="a-b fee"),
)


def found(query: str, words: dict[str, str] | None = None) -> str:
    """The places of the entries that a query keeps, newest first."""
    return "".join(str(ENTRIES.index(kept) + 1) for kept in search(ENTRIES, STREAMS, query, ASSETS, words))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        # amounts
        ("=100", "1"),
        ("=150.5", "2"),
        ("=1,200", "4"),
        ("150以上", "5432"),
        ("１５０．５以下", "21"),
        ("1,200超", "5"),
        ("150未満", "1"),
        ("100..200", "321"),
        ("150..", "5432"),
        ("..150", "1"),
        ("200..100", ""),
        (">2026", "5"),
        # days
        ("2026-10..2026-11", "432"),
        ("2026-10-31..", "543"),
        ("..2026-09", "1"),
        ("2025..2026", "54321"),
        (">2026-10-31", "54"),
        (">=2026-10-31", "543"),
        ("<2026-10-01", "1"),
        ("<=2026-10", "321"),
        (">2026-10", "54"),
        (">2026-13", ""),
        # names
        ("asset:guide", "1"),
        ("asset:旅", "1"),
        ("ａｓｓｅｔ：ＧＵＩＤＥ", "1"),
        ("asset:none", "543"),
        ("-asset:none", "21"),
        ('asset:"guide b"', "1"),
        ('asset:"none"', ""),
        ("asset:", "54321"),
        ("stream:photo", "42"),
        ("stream:none", "53"),
        ("no stream", "53"),
        ("-no stream", "421"),
        ("no", ""),
        ("sunsets", "2"),
        # words and codes
        ('"two words"', "1"),
        ("“two words”", "1"),
        ("two words", "21"),
        ('"two words', "1"),
        ("two -here", "2"),
        ('two -"two words"', "2"),
        ("pending", "2"),
        ('"pending"', "3"),
        ("-pending", "5431"),
        ("fee", "52"),
        ('"fee"', "5"),
        ("-fee void", "4"),
        ("#q4 -#big", "1"),
        ("-#q4", "532"),
        ("unpaid", "54321"),
        ("-unpaid", ""),
        ("a-b", "5"),
        ("-", "54321"),
        ('""', "54321"),
        ("pending pending", "2"),
    ],
)
def test_each_term_keeps_what_it_says(query: str, kept: str) -> None:
    assert found(query) == kept


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("未確定", "2"),
        ("-未確定", "5431"),
        ("pending", "2"),
        ("支出", "3"),
        ("手数料", "52"),
        ("作品:guide", "1"),
        ("作品:なし", "543"),
        ("asset:なし", "543"),
        ('"未確定"', ""),
    ],
)
def test_words_of_the_user_s_language_are_read_beside_the_english_ones(query: str, kept: str) -> None:
    assert found(query, JAPANESE) == kept


def test_an_entry_that_was_paid_is_not_unpaid() -> None:
    paid = entry("2026-10-01", "1", paid=entry("2026-10-02", "1").day)
    assert search([paid], STREAMS, "unpaid") == []
    assert search([paid], STREAMS, "-unpaid") == [paid]


single = st.one_of(
    st.sampled_from(["pending", "void", "income", "fee", "unpaid", "#q4", "asset:none", "stream:none", "no stream"]),
    st.sampled_from(
        ["two", '"two words"', "asset:guide", "stream:photo", "jpy", "2026-10", "2026-10..", ">=2026-10-31"]
    ),
    st.decimals(0, 3000, places=2).map("{0}..".format),
    st.decimals(0, 3000, places=2).map(">{0}".format),
    st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=4).filter(
        lambda text: fold(text).strip() and not set(fold(text)) & set('-":“” \t')
    ),
)
queries = st.one_of(st.text(max_size=20), st.lists(single, max_size=4).map(" ".join))


def kept(query: str) -> list[Entry]:
    return search(ENTRIES, STREAMS, query, ASSETS)


@given(queries)
def test_any_text_is_a_query_and_keeps_some_of_the_entries_newest_first(query: str) -> None:
    places = [ENTRIES.index(one) for one in kept(query)]
    assert places == sorted(set(places), reverse=True)


@given(single)
def test_with_a_minus_a_term_keeps_exactly_the_others(term: str) -> None:
    if len(terms(term, {})) == 1:
        assert sorted([*kept(term), *kept(f"-{term}")]) == sorted(ENTRIES)


@given(st.lists(single, max_size=3), single)
def test_one_more_term_keeps_no_more_and_their_order_does_not_matter(few: list[str], more: str) -> None:
    query = " ".join(few)
    assert set(kept(f"{more} {query}")) <= set(kept(query))
    if "no stream" not in [*few, more] and not {"no", "stream"} & {*few, more}:
        assert kept(f"{query} {more}") == kept(f"{more} {query}")


@given(st.decimals(0, 3000, places=2), st.decimals(0, 3000, places=2))
def test_a_range_is_both_of_its_bounds(least: Decimal, most: Decimal) -> None:
    assert kept(f"{least}..{most}") == kept(f">={least} <={most}")
