"""A report as plain text and as Markdown: every line of a small one, and what a book's texts cannot do to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.days import Month
from pitrack.core.model import Entry, Pause, Template
from pitrack.exchange.demo import demo_tables
from pitrack.exchange.report.blocks import Document, Facts
from pitrack.exchange.report.markdown import as_markdown
from pitrack.exchange.report.model import report
from pitrack.exchange.report.plain import as_lines
from pitrack.exchange.report.telling import document
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import i18n
from pitrack.text.plain import cells, printable
from tests.core.books import NEWS, PHOTOS, entry
from tests.core.memory import by_id
from tests.exchange.report.months import DAY, JOB, OCTOBER, october, october_report
from tests.test_hostile_text import NAMES, harmless

WHOLE = """\
October 2026  Ada's book
Income: $200  as much as in September (provisional, payouts may still come)
$20 of it is still to be paid.

Streams
-------
                                               in  3-month          per  year's
stream                    income  change  percent     mean  hours  hour   share
Newsletter                  $200    +$50   +33.3%     $150   10.0   $17   81.8%
Stock photos                  $0    -$50  -100.0%      $33      -     -   18.2%
-------------------------------------------------------------------------------
All                         $200      $0     0.0%     $183   10.0   $17  100.0%
Day job (job, in no sum)  $1,000      $0     0.0%   $1,000      -     -       -

Month by month
--------------
                             Stock
month           Newsletter  photos   all  change   net
August 2026           $100     $50  $150       -  $150
September 2026        $150     $50  $200  +33.3%  $200
October 2026          $200      $0  $200    0.0%  $170

How it grows
------------
Growing       too early to say
3-month mean  $183
Year's pace   $2,200

What it rests on
----------------
Streams pay    20.0% of the job
Real sources   1.4, with job 1.4
Away income    $140, 70.0%
Year-old work  $0, 0.0%
Paid back in   October 2026

stream       away  untended
Newsletter  70.0%  marketing never, learning 7 weeks ago

What runs by itself
-------------------
merit       figure  what it is
Cost         15.0%  costs as a part of income
Always on    75.0%  sales on days without work
Core focus  100.0%  hours that are not routine

What was done
-------------
Actions kept          28 of 32, 87.5%
Hours of work         10
Published this month  The long post
Automated this month  Layout
Spent on learning     2 h

action  stream          kept    streak      best  strength
write               27 of 31   10 days   17 days     69.6%
call    Newsletter    1 of 1  3 months  3 months     47.7%

What was counted
----------------
                               in
metric   October  change  percent
Readers       12      +2   +20.0%

Goals
-----
goal                  so far  reached  outlook
Rent    $183 of $150 a month   122.2%  reached, held for 3 months
Camera        $500 of $2,000    25.0%  too early to say: 5 more months

What it taught
--------------
Lesson in execution:

Ask before building.

Next focus:

One landing page

Still open
----------
day     stream      amount  note
28 Oct  Newsletter  $20.00  sponsor

Made by pitrack from the book as it stood on Sun 22 Nov 2026.
"""
MARKDOWN = """\
# October 2026

Ada's book

Income: **$200** · as much as in September · provisional, payouts may still come

$20 of it is still to be paid.

## Streams

Income of October 2026 by stream:

| stream | income | change | in percent | 3-month mean | hours | per hour | year's share |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| Newsletter | $200 | +$50 | +33.3% | $150 | 10.0 | $17 | 81.8% |
| Stock photos | $0 | -$50 | -100.0% | $33 | - | - | 18.2% |
| **All** | **$200** | **$0** | **0.0%** | **$183** | **10.0** | **$17** | **100.0%** |
| **Day job (job, in no sum)** | **$1,000** | **$0** | **0.0%** | **$1,000** | **-** | **-** | **-** |

## Month by month

Income a month by stream, in USD:

| month | Newsletter | Stock photos | all | change | net |
| --- | ---: | ---: | ---: | ---: | ---: |
| August 2026 | $100 | $50 | $150 | - | $150 |
| September 2026 | $150 | $50 | $200 | +33.3% | $200 |
| October 2026 | $200 | $0 | $200 | 0.0% | $170 |

## How it grows

- Growing: **too early to say**
- 3-month mean: **$183**
- Year's pace: **$2,200**

## What it rests on

- Streams pay: **20.0% of the job**
- Real sources: **1.4, with job 1.4**
- Away income: **$140, 70.0%**
- Year-old work: **$0, 0.0%**
- Paid back in: **October 2026**

What needs no hours in October 2026, and what is untended:

| stream | away | untended |
| --- | ---: | --- |
| Newsletter | 70.0% | marketing never, learning 7 weeks ago |

## What runs by itself

The five merits of what runs by itself, by the records of October 2026:

| merit | figure | what it is |
| --- | ---: | --- |
| Cost | 15.0% | costs as a part of income |
| Always on | 75.0% | sales on days without work |
| Core focus | 100.0% | hours that are not routine |

## What was done

- Actions kept: **28 of 32, 87.5%**
- Hours of work: **10**
- Published this month: **The long post**
- Automated this month: **Layout**
- Spent on learning: **2 h**

Actions in October 2026, with streaks as they stood on 31 Oct:

| action | stream | kept | streak | best | strength |
| --- | --- | ---: | ---: | ---: | ---: |
| write |  | 27 of 31 | 10 days | 17 days | 69.6% |
| call | Newsletter | 1 of 1 | 3 months | 3 months | 47.7% |

## What was counted

Outcomes of October 2026:

| metric | October | change | in percent |
| --- | ---: | ---: | ---: |
| Readers | 12 | +2 | +20.0% |

## Goals

Goals as they stood on 22 Nov:

| goal | what for | so far | reached | outlook |
| --- | --- | ---: | ---: | --- |
| Rent | live on it | $183 of $150 a month | 122.2% | reached, held for 3 months |
| Camera | save up | $500 of $2,000 | 25.0% | too early to say: 5 more months |

## What it taught

Lesson in execution:

> Ask before building.

Next focus:

> One landing page

## Still open

Booked in October 2026 and not paid yet:

| day | stream | amount | note |
| --- | --- | ---: | --- |
| 28 Oct | Newsletter | $20.00 | sponsor |

_Made by pitrack from the book as it stood on Sun 22 Nov 2026._
"""
NARROW = """\
October 2026  Ada's book
Income on September: 0.0% (provisional,
payouts may still come)

Streams
-------
                                   year's
stream                     change   share
Newsletter                 +33.3%   81.8%
Stock photos              -100.0%   18.2%
-----------------------------------------
All                          0.0%  100.0%
Day job (job, in no sum)     0.0%       -

Month by month
--------------
                 Stock
month           photos   all  change   net
August 2026        25%   75%       -   75%
September 2026     25%  100%  +33.3%  100%
October 2026        0%  100%    0.0%   85%
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.setup("en")
    yield
    i18n.setup("en")


def test_the_whole_report_in_a_terminal() -> None:
    """Away: 60 + 60 + 20 of 200, for the 60 of the 3rd came on a day of work. Merits: 30 of 200 were costs, three of
    four sales came without work, no hour was routine. The three-month mean is 550 / 3, the streams pay 200 of the job's
    1000; with shares of 450 and 100 of 550 there are 550² / (450² + 100²) = 1.42 real sources."""
    assert "\n".join(as_lines(document(october_report()))) + "\n" == WHOLE


def test_the_whole_report_in_markdown() -> None:
    assert as_markdown(document(october_report())) == MARKDOWN


def test_without_amounts_money_is_told_in_parts_and_percentages() -> None:
    """In parts of the largest month, 200: 100 is 50 %, 150 is 75 %, 170 is 85 %."""
    lines = as_lines(document(october_report(), amounts=False), 44)
    assert "\n".join(lines).partition("\n\nHow it grows")[0] + "\n" == NARROW
    told = as_markdown(document(october_report(), amounts=False))
    assert "$" not in told
    for amount in ("200", "1,000", "500", "183", "2,200", "20.00"):
        assert f" {amount} " not in told


def test_a_closed_month_is_final() -> None:
    closed = document(october_report(closed_months=frozenset({OCTOBER})))
    assert closed.headline
    assert (closed.headline.state, closed.headline.is_closed) == ("closed, the figures are final", True)


def test_what_has_not_come_and_what_has_no_rate_is_said() -> None:
    """The photos paid in four months, each on the tenth, and not in October; 300 yen have no rate."""
    entries = [entry(f"2026-0{month}-10", "50", "photos") for month in (6, 7, 8, 9)]
    entries += [entry("2026-10-01", "300", currency="JPY")]
    lines = as_lines(document(october_report(entries=tuple(entries))))
    assert lines[1] == "Income: $0  -$50, -100.0% on September (provisional, payouts may still come)"
    assert lines[2:5] == [
        "Usual payouts that have not come:",
        "  Stock photos, usually by the 10th",
        "Left out for want of a rate: 300 JPY.",
    ]


def test_the_first_month_of_all_has_no_change() -> None:
    made = document(october_report(entries=(entry("2026-10-01", "300"),)))
    assert made.headline
    assert (made.headline.value, made.headline.change) == ("$300", "the first month of all")


def test_many_streams_are_five_and_the_others_together() -> None:
    """Eight streams that brought 1 to 8: the five largest, 4 to 8, stand apart, the rest is 1 + 2 + 3."""
    streams = [NEWS._replace(id=f"s{n}", alias=f"s{n}", name=f"Stream {n}", order=Decimal(n)) for n in range(1, 9)]
    entries = tuple(entry("2026-10-01", str(n), f"s{n}") for n in range(1, 9))
    made = document(report(october(streams=by_id(*streams), entries=entries), OCTOBER, DAY))
    (table,) = [block for block in made.sections[1].blocks if hasattr(block, "head")]
    assert table.head == (
        "month", "Stream 4", "Stream 5", "Stream 6", "Stream 7", "Stream 8", "other streams", "all", "net",
    )  # fmt: skip
    assert [cell.text for cell in table.rows[-1]] == [
        "October 2026", "$4", "$5", "$6", "$7", "$8", "$6", "$36", "$36",
    ]  # fmt: skip


def facts(made: Document, title: str) -> dict[str, str]:
    (section,) = (section for section in made.sections if section.title == title)
    return dict(pair for block in section.blocks if isinstance(block, Facts) for pair in block.pairs)


def test_costs_days_off_and_what_is_only_invested_so_far() -> None:
    """A template of 40 a month, due on the 1st, is made up by 60 - 0 on the 3rd; the days off, 9 to 11 October, brought
    the 60 of the 10th. Without income, 30 and ten hours went in."""
    hosting = Template("host", "h", "Hosting", "expense", Decimal(40), "USD", dt.date(2026, 1, 1), stream="news")
    paid = Entry("host|2026-10", dt.date(2026, 10, 1), "expense", Decimal(40), "USD", "news")
    away = Pause("p", dt.date(2026, 10, 9), dt.date(2026, 10, 11))
    entries = tuple(sorted([*october().entries, paid], key=lambda each: (each.day, each.id)))
    made = report(october(templates=by_id(hosting), entries=entries, pauses=(away,)), OCTOBER, DAY)
    told = facts(document(made), "What it rests on")
    assert told["Fixed costs"] == "$40, covered by the 3rd"
    assert told["3 days off brought"] == "$60"
    dear = by_id(hosting._replace(gross=Decimal(4000)))
    late = as_markdown(document(report(october(templates=dear, entries=entries), OCTOBER, DAY)))
    assert "| not covered |" in late  # the month is over
    hidden = facts(document(made, amounts=False), "What it rests on")
    assert hidden["Fixed costs"] == "covered by the 3rd"
    assert hidden["3 days off brought"] == "some income"
    spent = october_report(entries=(entry("2026-10-11", "30", kind="expense"),))
    assert facts(document(spent), "What it rests on")["Invested so far"] == "$30, 10 h"


@pytest.mark.parametrize("width", [30, 44, 80, 120])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_line_is_wider_than_the_terminal(width: int, language: str) -> None:
    i18n.setup(language)
    snap = BookSnapshot(read(canonical(demo_tables(DAY))))
    for back in (1, 2, 12):
        lines = as_lines(document(report(snap, Month.of(DAY).shift(-back), DAY)), width)
        assert max(map(cells, lines)) <= width, max(lines, key=cells)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_kind_stay_what_they_are(name: str) -> None:
    made = document(october_report(streams=by_id(NEWS._replace(name=name), PHOTOS, JOB)))
    assert printable(name) in "\n".join(as_lines(made))
    harmless("\n".join(as_lines(made)))
    harmless(as_markdown(made))


@given(st.text(st.sampled_from("ab*_`[]()<>#|&~$!^\\\\-+.:;1 \n\u202e"), min_size=1, max_size=12))
def test_no_name_breaks_a_table_of_markdown(name: str) -> None:
    """Every row of a table has as many bars that are not escaped as its head."""
    made = document(october_report(streams=by_id(NEWS._replace(name=name), PHOTOS, JOB)))
    rows = [line for line in as_markdown(made).splitlines() if line.startswith("|")]
    bars = [row.replace("\\\\", "").replace("\\|", "").count("|") for row in rows]
    assert bars[:6] == [9] * 6
    assert bars[6:11] == [7] * 5


def test_markdown_of_the_book_is_text() -> None:
    made = document(
        october_report(reviews={}, settings=october().settings._replace(name="# <b>*x*</b> [a](b) &lt; $e$"))
    )
    assert as_markdown(made).splitlines()[2] == r"\# \<b>\*x\*\</b> \[a\](b) \&lt; \$e\$"
