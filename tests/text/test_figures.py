"""The words of explanations: each figure's name, formula and numbers put in, whole, hidden, in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from pitrack.core.days import Month
from pitrack.core.views.explained.door import explain
from pitrack.core.views.explained.shapes import FIGURES, Explained, Figure, Record, Why
from pitrack.text import figures
from pitrack.text.figures import Wording
from tests.core.books import book, day, entry, months_of
from tests.core.test_view_figures import NOV_22, full

USD = Wording("USD")


def one(figure: Figure, stream: str | None = None) -> Explained:
    return explain(full(), NOV_22, [figure], stream=stream)[0]


@pytest.mark.parametrize(
    ("figure", "value", "working"),
    [
        ("mom", "+17.5%", ["September 2026, October 2026", "$235.00 - $200.00 = +$35.00;  +$35.00 / $200.00 = +17.5%"]),
        ("t3m", "$208.67", ["($191.00 + $200.00 + $235.00) / 3 = $208.67"]),
        ("run-rate", "$2,504.00", ["12 x $208.67 = $2,504.00"]),
        ("doubling", "6 months", ["ln 2 / ln(1 + 12.9%) = 5.71"]),
        ("yoy", "+370.0%", ["$235.00 / $50.00 - 1 = +370.0%"]),
        ("share", "each stream has its own", ["Newsletter: 87.4%", "Stock photos: 12.6%"]),
        ("coverage", "23.5% of the job", ["$235.00 / $1,000.00 = 23.5%"]),
        ("away", "10.5%", ["$20.00 / $190.00 = 10.5%", "Newsletter: $20.00"]),
        ("holiday", "$6.00", ["9 days off: $6.00", "May 2026: $140.00"]),
        ("per-hour", "$102.00", ["$204.00 / 2 h = $102.00", "Since the start: $540.00"]),
        ("units-per-hour", "2.5", ["5 / 2 h = 2.5"]),
        (
            "break-even",
            "Sun 4 Oct 2026",
            [
                "Fixed cost of a month: $15.00",
                "Hosting: $10.00",
                "Letters: $5.00",
                "Income less fees by then: $16.00",
            ],
        ),
        (
            "paid-back",
            "October 2026",
            [
                "Invested: $31.00",
                "Hours: 3 h",
                "Income: $1,651.00",
                "Invested, with your hours at $2.00: $37.00",
                "Paid back with your hours: September 2026",
            ],
        ),
        ("back-catalogue", "3.4%", ["$8.00 / $235.00 = 3.4%"]),
        (
            "built",
            "1",
            [
                "The last complete month: 1 automation, 0.5 h of learning",
                "This month so far: -",
            ],
        ),
        ("neglect", "2", ["Newsletter, marketing: 11 weeks ago", "Newsletter, learning: 5 weeks ago"]),
    ],
)
def test_the_numbers_are_put_in(figure: Figure, value: str, working: list[str]) -> None:
    found = one(figure)
    assert figures.value(found, USD) == value
    assert list(figures.working(found, USD)) == working


def test_compound_growth_and_sources_show_what_they_are_made_of() -> None:
    lines = figures.working(one("cmgr"), USD)
    assert lines[0] == "($208.67 / $70.00) ^ (1/9) - 1 = +12.9%"
    assert lines[1:3] == ("November 2025: $60.00", "December 2025: $70.00")
    assert figures.value(one("cmgr"), USD) == "+12.9% a month"
    # (1400 / 1601)^2 + (201 / 1601)^2 = .78044, 1.28; with the job: 2601^2 / (1400^2 + 201^2 + 1000^2) = 2.25
    assert figures.working(one("sources"), USD) == (
        "1 / (87.4%^2 + 12.6%^2) = 1.28",
        "Newsletter: 87.4%",
        "Stock photos: 12.6%",
        "With the job: 2.25",
    )


def test_the_formula_of_a_share_names_its_whole() -> None:
    own = "Its part of the income of all streams, without the job, in the last twelve complete months."
    assert figures.formula(one("share", "news")) == own
    assert figures.formula(one("share", "job")) == (
        "Its part of all income, its own and that of the streams, in the last twelve complete months."
    )
    assert figures.formula(one("share")).startswith(
        "The part that each stream has of the income of all, without the job"
    )


def test_a_stream_s_share_is_a_quotient() -> None:
    assert figures.working(one("share", "photos"), USD) == ("$201.00 / $1,601.00 = 12.6%",)
    assert figures.working(one("share", "job"), USD) == ("$1,000.00 / $2,601.00 = 38.4%",)
    assert figures.working(one("neglect", "news"), USD) == ("marketing: 11 weeks ago", "learning: 5 weeks ago")


def test_amounts_may_be_hidden() -> None:
    hidden = Wording("USD", hidden=True)
    for found in explain(full(), NOV_22):
        shown = [figures.value(found, hidden), *figures.working(found, hidden)]
        shown += [cell for record in found.records for cell in figures.record(record, hidden)]
        assert not [text for text in shown if "$" in text or ("USD" in text and "***" not in text)], found.figure


def test_every_figure_has_a_name_and_a_formula_and_every_reason_words() -> None:
    assert all(figures.name(figure) and figures.formula(one(figure)).endswith(".") for figure in FIGURES)
    assert len({figures.name(figure) for figure in FIGURES}) == len(FIGURES)
    assert all(figures.why(code) for code in get_args(Why))


def test_every_figure_of_an_empty_book_says_why_there_is_none() -> None:
    for found in explain(book(), NOV_22):
        assert figures.working(found, USD) is not None
        if found.figure != "built":
            assert figures.value(found, USD) == figures.why(found.why) != "-", found.figure


def test_a_record_in_a_line() -> None:
    income = Record("income", "1", day("2026-10-02"), "Newsletter", Decimal("12.5"), "USD", note="A\nb")
    assert figures.record(income, USD) == ("2026-10-02", "income", "Newsletter", "12.50 USD", "A b")
    work = Record("time", "2", day("2026-10-02"), "Newsletter", minutes=90, note="layout")
    assert figures.record(work, USD) == ("2026-10-02", "time", "Newsletter", "1 h 30 min", "layout")
    off = Record("pause", "3", day("2026-08-13"), "", until=day("2026-08-21"))
    assert figures.record(off, USD) == ("2026-08-13 to 2026-08-21", "pause", "", "", "")


def test_what_has_no_rate_says_what_to_type() -> None:
    snapshot = book([*months_of("2026-09", "5", "6"), entry("2026-10-02", "900", currency="JPY")])
    [found] = explain(snapshot, NOV_22, ["mom"])
    assert figures.left_out(found, USD) == (
        "Left out for want of a rate: 900 JPY. Add it: pitrack rate add JPY USD RATE --on 2026-10-02",
    )
    assert figures.left_out(found, Wording("USD", hidden=True))[0].startswith("Left out for want of a rate: *** JPY.")


def test_values_of_each_unit() -> None:
    assert USD.value(None, "money") == "-"
    assert USD.value(Month(2026, 10), "month") == "October 2026"
    assert (USD.value(1, "weeks"), USD.value(2, "weeks"), USD.value(1, "months")) == ("1 week", "2 weeks", "1 month")
    assert (USD.value(Decimal("13.666"), "hours"), USD.value(Decimal(1200), "number")) == ("13.67 h", "1,200")
    assert USD.value(Decimal("1e30"), "number") == f"{10**30:,}"
    assert (USD.value(-0.12, "change"), USD.value(0.12, "percent")) == ("-12.0%", "12.0%")
