"""The rules of the launch method: where answers lead, and what is gently challenged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.building import ANSWERS
from pitrack.core.launch import TRACK, Hint, following, hints, is_answered, is_tried, number

STAGES = st.sampled_from([*TRACK, "stopped"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("busy parents and teachers", "and"),
        ("Etsy or eBay", "or"),
        ("yoga studios, gyms", ","),
        ("Q&A", "&"),
        ("cafés ＆ bars", "&"),
        ("写真と動画", "と"),
        ("カフェや美容室", "や"),
        ("本、雑誌", "、"),
        ("本・雑誌", "・"),
        ("TikTokとInstagram", "と"),
    ],
)
def test_a_niche_that_names_several_is_asked_about(text: str, found: str) -> None:
    assert hints("niche", {"audience": text}) == (Hint("audience", "several", found),)


@pytest.mark.parametrize(
    "text",
    [
        "yoga studios",
        "Andorran hotels",  # "and" within a word
        "orchards",
        "ひとり親",
        "ところどころ",
        "早く安いお店",
        "人とのつながり",
        "仕事として書く人",
        "八百屋",
        "",
    ],
)
def test_a_narrow_niche_is_not(text: str) -> None:
    assert hints("niche", dict.fromkeys(ANSWERS["niche"], text)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,000 followers", "followers"),
        ("more Likes\nmore page views", "likes, page views"),
        ("月間ＰＶ", "pv"),
        ("いいねとフォロワー", "いいね, フォロワー"),
        ("再生回数", "再生回数"),
        ("記事の閲覧数", "閲覧数"),
        ("impressions", "impressions"),
    ],
)
def test_a_vanity_number_is_pointed_out(text: str, found: str) -> None:
    assert hints("commitment", {"outcomes": text}) == (Hint("outcomes", "vanity", found),)


@pytest.mark.parametrize("text", ["10 sales", "five good reviews", "interviews held", "売上 10 件", "問い合わせ", ""])
def test_what_somebody_pays_for_is_not(text: str) -> None:
    assert hints("commitment", {"outcomes": text}) == ()


def test_an_offer_asks_for_its_price_and_period() -> None:
    assert [one.code for one in hints("offer", {"deliverable": "A clean list"})] == ["price", "period"]
    assert [one.code for one in hints("offer", {"deliverable": "A clean list", "price": "0"})] == ["price", "period"]
    assert hints("offer", {"deliverable": "A clean list", "price": "150", "period": "month"}) == ()
    assert [one.code for one in hints("offer", {"price": "150"})] == ["period"]
    assert [one.code for one in hints("offer", {})] == ["price", "period"]


def test_a_test_asks_for_an_end_a_cap_and_few_clients() -> None:
    assert [one.code for one in hints("test", {"clients": "4"})] == ["clients", "caps", "until"]
    assert hints("test", {"clients": "3", "money": "100", "until": "2026-12-31"}) == ()
    assert hints("test", {"clients": "１", "hours": "20", "until": "2026-12-31"}) == ()
    assert hints("test", {"clients": "4", "verdict": "keep"}) == ()  # it is over


@pytest.mark.parametrize(
    ("answers", "tried"),
    [
        ({}, False),
        ({"verdict": "keep", "lesson": "a fixed day"}, False),
        ({"verdict": "keep", "clients": " "}, False),
        ({"verdict": "keep", "results": "both stayed"}, True),
        ({"until": "2026-12-31"}, True),
    ],
)
def test_a_verdict_needs_something_that_was_tried(answers: dict[str, str], tried: bool) -> None:
    assert is_tried(answers) is tried


def test_answers_lead_on_step_by_step() -> None:
    assert [following(stage, {}, stage) for stage in TRACK] == [
        "niche", "offer", "commitment", "test", None, None, None,
    ]  # fmt: skip
    # An idea was written down when it was taken: its niche leads past niche at once.
    assert following("niche", {}, "idea") == "offer"
    # A stream that is further stays, and a stopped one is taken up again.
    assert following("offer", {}, "live") is None
    assert following("offer", {}, "stopped") == "commitment"
    assert following("stopped", {}, "niche") == "stopped"
    assert following("automated", {}, "live") == "automated"
    assert following("live", {}, "automated") is None


def test_a_test_leads_on_by_its_verdict() -> None:
    assert following("test", {}, "commitment") == "test"
    assert following("test", {}, "live") == "test"  # a new round
    assert following("test", {"verdict": "keep"}, "test") == "live"
    assert following("test", {"verdict": "keep"}, "automated") is None
    assert following("test", {"verdict": "change"}, "test") == "offer"
    assert following("test", {"verdict": "change"}, "test", again="niche") == "niche"
    assert following("test", {"verdict": "stop"}, "test") == "stopped"
    assert following("test", {"verdict": "perhaps"}, "test") is None  # of another version


@given(STAGES, STAGES, st.sampled_from(["", "keep", "change", "stop"]))
def test_a_step_never_leads_to_where_the_stream_is(stage, at, verdict) -> None:
    assert following(stage, {"verdict": verdict}, at) != at


@given(STAGES, st.text(), st.text())
def test_no_text_is_refused_and_each_hint_names_its_answer(stage, one, other) -> None:
    answers = {name: one if place % 2 else other for place, name in enumerate(ANSWERS[stage])}
    assert {hint.field for hint in hints(stage, answers)} <= {*ANSWERS[stage]}
    assert is_answered(stage, answers) == any(text.strip() for text in answers.values())


def test_numbers_as_they_are_typed() -> None:
    assert [number(text) for text in ("1,200.50", "３", " 7 ")] == [pytest.approx(1200.5), 3, 7]
    assert [number(text) for text in ("", "three", "-1", "NaN", "Infinity")] == [None] * 5
    assert [number(text) for text in ("1e99999999", "9" * 41)] == [None] * 2  # nobody waits for those
