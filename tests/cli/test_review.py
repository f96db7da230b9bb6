"""Reviews and the card by command."""

from __future__ import annotations

import pytest

from pitrack.text.plain import cells

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def worked(ok) -> None:
    """A week in which something was done, and the months before it."""
    for day in ("2026-11-16", "2026-11-17", "2026-11-18", "2026-11-20"):
        ok("done", "write", "500", "--on", day)
    ok("earn", "news", "120", "--on", "2026-11-17", "--fee", "2")
    ok("earn", "news", "80", "--on", "2026-11-10")
    ok("time", "news", "1h30", "--on", "2026-11-18", "--kind", "market")
    ok("metric", "add", "Paid subscribers", "--stream", "news", "--kind", "level")
    ok("metric", "log", "paid", "52", "--on", "2026-11-20")
    ok("asset", "add", "Guide", "--stream", "news", "--published", "2026-11-19")
    ok("review", "2026-W46", "--lesson", "短い朝がよい", "--kind", "execution", "--focus", "Ask old sponsors")


def test_this_week_is_looked_back_on_from_friday_on(worked: None, ok) -> None:
    assert ok("review").splitlines() == [
        "Week 47, 2026, Mon 2026-11-16 to Sun 2026-11-22, not over yet",
        "Its focus: Ask old sponsors",
        "",
        "Done: 4 of 6, 67%, 0 streaks kept, 1 broken",
        "  Write 500 words  4 of 6  ended after 3 days",
        "",
        "Hours: 1.5",
        "  Newsletter  1.5  marketing 1.5",
        "",
        "Income: 120.00 USD, 80.00 USD the week before",
        "Fees and costs: 2.00 USD, net 118.00 USD",
        "  Newsletter  120.00 USD  costs 2.00 USD",
        "",
        "Built:",
        "  published  Guide  2026-11-19",
        "",
        "Counted:",
        "  Paid subscribers  52",
        "",
        "Write what it taught: pitrack review 2026-W47 --lesson TEXT --kind execution --focus TEXT",
        "",
        "Earlier lessons (so far 0 problem solving, 0 confidence, 1 execution):",
        "  Week 46, 2026 (execution): 短い朝がよい",
    ]


def test_on_a_monday_the_week_before_is(worked: None, ok, monkeypatch) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "2026-11-23")
    lines = ok("review").splitlines()
    assert lines[0] == "Week 47, 2026, Mon 2026-11-16 to Sun 2026-11-22"
    assert "Income: 120.00 USD, 80.00 USD the week before, +50.0%" in lines


def test_a_lesson_is_written_changed_and_taken_back(worked: None, ok, data) -> None:
    assert ok("review", "oct", "--lesson", "Ask earlier", "--focus", "Winter") == "Kept the review of October 2026.\n"
    written = data("review", "2026-10", "--kind", "confidence")["written"]
    assert written == {
        "of": "month",
        "period": "2026-10",
        "done": "2026-11-22",
        "lesson": "Ask earlier",
        "kind": "confidence",
        "focus": "Winter",
    }
    ok("review", "2026-10", "--focus", "-")
    assert "Lesson (confidence): Ask earlier" in ok("review", "2026-10").splitlines()
    assert data("review", "2026-10")["written"]["focus"] == ""
    ok("undo")
    assert data("review", "2026-10")["written"]["focus"] == "Winter"
    assert data("review", "2026-11")["focus_before"] == "Winter"


def test_review_json_is_exact(worked: None, data) -> None:
    found = data("review", "2026-W47")
    (action,) = found.pop("actions")
    assert len(action.pop("id")) == 8
    assert action == {
        "habit": "Write 500 words",
        "met": 4,
        "due": 6,
        "unit": "day",
        "streak": 0,
        "kept": False,
        "broken": 3,
    }
    assert found == {
        "kind": "week",
        "period": "2026-W47",
        "from": "2026-11-16",
        "to": "2026-11-22",
        "over": False,
        "done": {"met": 4, "due": 6},
        "hours": [{"stream": "Newsletter", "kind": "market", "hours": "1.50"}],
        "currency": "USD",
        "income": "120.00",
        "expense": "2.00",
        "net": "118.00",
        "pending": "0.00",
        "income_before": "80.00",
        "change": None,
        "label": "open",
        "streams": [{"stream": "Newsletter", "job": False, "income": "120.00", "expense": "2.00"}],
        "missing_rates": [],
        "assets": [{"asset": "Guide", "published": "2026-11-19"}],
        "automations": [],
        "metrics": [
            {"metric": "Paid subscribers", "unit": "", "kind": "level", "amount": "52", "delta": None, "change": None}
        ],
        "focus_before": "Ask old sponsors",
        "written": {"of": "week", "period": "2026-W47", "done": None, "lesson": "", "kind": None, "focus": ""},
        "lessons": [
            {
                "of": "week",
                "period": "2026-W46",
                "done": "2026-11-22",
                "lesson": "短い朝がよい",
                "kind": "execution",
                "focus": "Ask old sponsors",
            }
        ],
        "learnt": {"problem": 0, "confidence": 0, "execution": 1},
    }


def test_an_empty_book_has_an_empty_review(ok) -> None:
    assert ok("review", "2026-10").splitlines() == [
        "October 2026, Thu 2026-10-01 to Sat 2026-10-31",
        "",
        "Income: 0.00 USD, 0.00 USD the month before",
        "",
        "Write what it taught: pitrack review 2026-10 --lesson TEXT --kind execution --focus TEXT",
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["soon"], "“soon” is not a week or a month. Type it like 2026-W47, last week, 2026-10 or oct.\n"),
        (["2025-W53"], "“2025-W53” is not in the calendar: most years have 52 weeks, some 53.\n"),
        (["2026-W48"], "Week 48, 2026 has not begun yet. Choose an earlier one.\n"),
        (["2026-12", "--lesson", "x"], "December 2026 has not begun yet. Choose an earlier one.\n"),
        (["--kind", "luck"], "“luck” is not one of: problem (problem solving), confidence, execution."),
        (["--kind", "problem"], "--kind says what a lesson is about: add --lesson TEXT.\n"),
        (["--currency", "yen1"], "“yen1” does not work as currency"),
    ],
)
def test_what_cannot_be_reviewed(run, args: list[str], said: str) -> None:
    result = run("review", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_a_lesson_stays_one_harmless_line(ok) -> None:
    ok("review", "--lesson", "a\x1b[31m\nb")
    shown = ok("review")
    assert "\x1b" not in shown
    assert "Lesson: a\\x1b[31m b" in shown.splitlines()


def test_the_close_asks_for_the_lesson_and_shows_it(ok, data) -> None:
    assert ok("close", "2026-10").splitlines()[-2:] == [
        "October 2026 is closed.",
        "Write what it taught: pitrack review 2026-10 --lesson TEXT",
    ]
    ok("review", "2026-10", "--lesson", "Ask earlier")
    assert ok("close", "2026-10").splitlines()[-1] == "Lesson: Ask earlier"
    closed = data("close", "2026-10")
    assert (closed["closed"], closed["lesson"]) == (True, "Ask earlier")


# The card


def test_a_card_shows_growth_and_streaks_without_sums_or_names(ok) -> None:
    for month, amount in (("2026-09", "1000"), ("2026-10", "1120"), ("2026-11", "555")):
        ok("earn", "news", amount, "--on", f"{month}-05")
    for day in range(18, 23):
        ok("done", "write", "500", "--on", f"2026-11-{day}")
    shown = ok("card")
    # done: 5 of 22 days of one action, none of two weeks of the other
    assert shown.splitlines() == [
        "+------------------------------------------+",
        "|  What compounds    2026-10, provisional  |",
        "|                                          |",
        "|        +12.0%  on the month before       |",
        "|           1.0  real sources of income    |",
        "|            *#  the last 2 months         |",
        "|                                          |",
        "|             1  streak running            |",
        "|        5 days  the longest               |",
        "|           21%  done in 30 days           |",
        "|           12%  strength [#.........]     |",
        "+------------------------------------------+",
    ]
    for private in ("1000", "1120", "1,120", "555", "USD", "$", "Newsletter", "Write"):
        assert private not in shown
    assert "Write 500 words" in ok("card", "--names")


def test_a_card_in_japanese_keeps_its_edges(ok) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22"):
        ok("done", "sort", "--on", day)
    lines = ok("--lang", "ja", "card", "--names").splitlines()
    assert {cells(line) for line in lines} == {44}
    assert any("写真の整理" in line for line in lines)


def test_card_json_holds_no_sum(ok, data) -> None:
    ok("earn", "news", "1000", "--on", "2026-09-05")
    ok("earn", "news", "1120", "--on", "2026-10-05")
    found = data("card")
    assert found.pop("strength") == 0.0
    assert found == {
        "month": "2026-10",
        "provisional": True,
        "mom": 0.12,
        "label": "percent",
        "cmgr": None,
        "doubling_months": None,
        "yoy": None,
        "sources": 1.0,
        "shape": [1000 / 1120, 1.0],
        "running": 0,
        "streaks": [],
        "done_30_days": 0.0,
    }


def test_a_card_of_a_month_without_a_percentage(ok) -> None:
    ok("habit", "archive", "write")
    ok("habit", "archive", "sort")
    ok("earn", "news", "100", "--on", "2026-10-05")
    ok("refund", "news", "150", "--on", "2026-10-06")
    assert ok("card").splitlines() == [
        "+------------------------------------------+",
        "|  What compounds    2026-10, provisional  |",
        "|                                          |",
        "|             -  no percentage to show     |",
        "+------------------------------------------+",
    ]


def test_nothing_to_show(run, ok) -> None:
    ok("habit", "archive", "write")
    ok("habit", "archive", "sort")
    assert ok("card") == "Nothing to show yet: check off an action, or book some income.\n"
