"""``stack``, ``why FIGURE``, and growth by asset, of net and of a period."""

from __future__ import annotations

from pathlib import Path

import pytest

from pitrack.core.merits import MERITS
from pitrack.core.views.explained.shapes import FIGURES
from tests.test_hostile_text import harmless

TOLD = [
    ["growth"],
    ["stack"],
    ["merits"],
    ["why", "cost"],
    ["review", "2026-10"],
    ["report"],
    ["report", "--markdown"],
    ["report", "--html", "-"],
    ["close", "2026-10", "--list"],
]


@pytest.fixture
def sold(run, started: None) -> None:
    """September: 100. October: 40 less 5 given back, fees of 2, expenses of 8, 2 h; a job of 175 in October."""
    for line in (
        ("stream", "add", "Day job", "--role", "job", "--alias", "job", "--currency", "USD"),
        ("asset", "add", "Guide", "--stream", "news", "--published", "2025-03-01"),
        ("earn", "news", "100", "--on", "2026-09-10"),
        (
            "earn",
            "news",
            "40",
            "--on",
            "2026-10-10",
            "--fee",
            "2",
            "--units",
            "8",
            "--asset",
            "guide",
            "--note",
            "Ad",
        ),
        ("refund", "news", "5", "--on", "2026-10-11"),
        ("spend", "news", "8", "--on", "2026-10-12", "--note", "Tool"),
        ("earn", "job", "175", "--on", "2026-10-25"),
        ("time", "news", "2h", "--on", "2026-10-09", "--kind", "market"),
    ):
        assert run(*line).exit_code == 0, line


def test_stack_json_is_exact(data, sold: None) -> None:
    # Net of October: 40 - 5 - 2 - 8 = 25 over 2 h; 8 units over 2 h. Coverage 35 / 175. Old: 40 of 35.
    view = data("stack")
    line = {
        "income": {"value": "35.00", "trend": ["100.00", "35.00"]},
        "net": "25.00",
        "share": {"value": 1.0, "trend": [1.0, 1.0]},
        "hours": "2.00",
        "per_hour": {"value": "12.50", "trend": [None, "12.50"], "life": "62.50"},
        "units": "8",
        "units_per_hour": {"value": "4.00", "trend": [None, "4.00"]},
        "away": {"income": None, "judged": "0.00", "value": None, "trend": [None, None], "why": "lump"},
        "break_even": {
            "cost": "0.00",
            "day": None,
            "costs": ["0.00", "0.00"],
            "days": [None, None],
            "items": [],
            "missing_rates": [],
        },
        "payback": {
            "invested": "10.00",
            "hours": "2.00",
            "income": "135.00",
            "net": "125.00",
            "first_income": "2026-09-10",
            "month": "2026-10",
            "hourly": None,
            "invested_at_own_value": None,
            "month_at_own_value": None,
        },
        "efforts": [],
    }
    streams = view.pop("streams")
    both = pytest.approx(310**2 / (135**2 + 175**2))
    nothing = {"assets": 0, "automations": 0, "learning_hours": "0.00"}
    assert view == {
        "currency": "USD",
        "as_of": "2026-11-22",
        "month": "2026-10",
        "provisional": True,
        "months": ["2026-09", "2026-10"],
        "hhi": 1.0,
        "sources": {"value": 1.0, "trend": [1.0, 1.0]},
        "sources_with_job": {"value": both, "trend": [1.0, both]},
        "job": {"value": "175.00", "trend": ["0.00", "175.00"]},
        "coverage": {"value": 0.2, "trend": [None, 0.2]},
        "back_catalogue": {"income": "40.00", "value": pytest.approx(40 / 35), "trend": [0.0, pytest.approx(40 / 35)]},
        "holidays": [],
        "built": [{"month": "2026-09", **nothing}, {"month": "2026-10", **nothing}],
        "building": {"month": "2026-11", **nothing},
        "all": line,
        "missing_rates": [],
    }
    efforts = [
        {"kind": "market", "last": "2026-10-09", "weeks": 6, "neglected": True},
        {"kind": "learn", "last": None, "weeks": None, "neglected": True},
    ]
    assert streams[0] == {"stream": "Newsletter", "role": "passive", **line, "efforts": efforts}
    assert [(one["stream"], one["role"]) for one in streams] == [
        ("Newsletter", "passive"),
        ("写真素材", "passive"),
        ("Day job", "job"),
    ]


def test_stack_as_text(ok, sold: None) -> None:
    assert ok("stack") == (
        "October 2026, provisional\n"
        "  Streams pay of the job          20.0%\n"
        "  Real sources                      1.0\n"
        "  Real sources, with the job        2.0\n"
        "  Away income                         -  payouts, which do not tell when the sales were\n"
        "  Year-old work                  $40.00  114.3%\n"
        "  Net per hour                   $12.50\n"
        "  Net per hour, since the start  $62.50\n"
        "  Invested so far                $10.00  paid back in October 2026\n"
        "  Built                               0\n"
        "\n"
        "             income   share  hours  an hour  units an hour\n"
        "Newsletter   $35.00  100.0%    2.0   $12.50            4.0\n"
        "写真素材      $0.00    0.0%\n"
        "Day job     $175.00   56.5%\n"
        "The job's share is of all income; the others are of the streams' income.\n"
        "\n"
        "Untended:\n"
        "  Newsletter  marketing 6 weeks ago, learning never\n"
    )


def test_stack_of_an_empty_book_says_what_to_do(ok, started: None) -> None:
    assert ok("stack") == "No month with income or work is over yet. Book income with: pitrack earn STREAM 120.50\n"


def test_stack_on_an_earlier_day_and_in_another_currency(ok, data, sold: None) -> None:
    ok("rate", "add", "USD", "JPY", "150", "--on", "2026-09-01")
    view = data("stack", "--as-of", "2026-10-31", "--currency", "jpy")
    assert (view["month"], view["currency"], view["all"]["income"]["trend"]) == ("2026-09", "JPY", ["15000"])


def test_growth_by_asset_of_net_and_of_a_period(ok, data, sold: None) -> None:
    by_asset = data("growth", "--by", "asset")
    [guide] = by_asset["assets"]
    assert (guide["asset"], guide["stream"], guide["share"]) == ("Guide", "Newsletter", pytest.approx(40 / 135))
    assert [month["income"] for month in guide["months"]] == ["0.00", "40.00", "0.00"]
    assert len(by_asset["streams"]) == 3
    assert "assets" not in data("growth")
    net = data("growth", "--of", "net", "--stream", "news")
    assert (net["of"], net["months"][1]["delta"], [one["stream"] for one in net["streams"]]) == (
        "net",
        "-75.00",
        ["Newsletter"],
    )
    period = data("growth", "--from", "sep", "--to", "2026-09")
    assert [(month["month"], month["open"]) for month in period["months"]] == [("2026-09", False)]
    assert ok("growth", "--to", "2026-08") == "No income in these months.\n"


def test_one_stream_alone_pays_nothing_of_the_job_and_is_no_number_of_sources(ok, data, sold: None) -> None:
    for stream in ("job", "news"):
        alone = data("growth", "--stream", stream)
        assert (alone["coverage"], alone["sources"], alone["sources_with_job"]) == (None, None, None)
        assert "Streams pay of the job" not in ok("growth", "--stream", stream)
    assert data("growth")["coverage"] == 0.2
    of_job = data("why", "coverage", "--stream", "job")
    assert (of_job["value"], of_job["why"]) == (None, "job")


def test_there_is_no_share_where_more_was_given_back_than_came_in(ok, run, data, started: None) -> None:
    for line in (("earn", "news", "10", "--on", "2026-10-10"), ("refund", "news", "25", "--on", "2026-10-11")):
        assert run(*line).exit_code == 0
    assert [one["share"] for one in data("growth")["streams"]] == [None, None]
    assert [line.split()[-1] for line in ok("stack").splitlines() if line.startswith(("Newsletter ", "写真素材"))] == [
        *("-", "-"),
    ]
    assert data("why", "share", "--stream", "news")["why"] == data("why", "share")["why"] == "no income"
    told = ok("report", "2026-10", "--markdown")
    assert "| Newsletter | -$15 |" in told
    assert "share" not in told


def test_money_without_a_rate_is_named(ok, run, data, sold: None) -> None:
    left_out = "Left out for want of a rate: ¥5,000. Add it: pitrack rate add JPY USD RATE --on 2026-10-05\n"
    assert run("earn", "news", "5000", "JPY", "--on", "2026-10-05").exit_code == 0
    assert ok("stack").endswith(left_out)
    assert ok("growth").endswith(left_out)
    # In euro the job's dollars have no rate, nor the streams'.
    found = data("why", "coverage", "--currency", "EUR")
    assert (found["value"], found["why"]) == (None, "no rate")
    assert [(one["currency"], one["amount"]) for one in found["missing_rates"]] == [("JPY", "5000"), ("USD", "310.00")]
    said = ok("why", "coverage", "--currency", "EUR").splitlines()
    assert said[0] == "Streams pay, October 2026, provisional: no rate for the income from the job"
    assert "Left out for want of a rate: 310.00 USD. Add it: pitrack rate add USD EUR RATE --on 2026-09-10" in said
    assert data("why", "mom", "--currency", "EUR")["missing_rates"][1]["amount"] == "135.00"


@pytest.mark.parametrize("told", [*TOLD, *(["why", figure] for figure in FIGURES)], ids=" ".join)
def test_a_currency_written_by_hand_is_shown_harmless(ok, run, book: Path, sold: None, told: list[str]) -> None:
    assert run("earn", "news", "7", "EUR", "--on", "2026-10-05", "--pending").exit_code == 0
    book.write_text(book.read_text("utf-8").replace('"EUR"', '"E\\u0007\\u202eR"'), "utf-8")
    harmless(ok(*told))


def test_growth_of_net_as_a_table(ok, sold: None) -> None:
    assert ok("growth", "--of", "net", "--by", "asset", "--to", "oct") == (
        "month               net   change           income\n"
        "September 2026  $100.00                   $100.00  provisional\n"
        "October 2026     $25.00  -$75.00  -75.0%   $35.00  provisional\n"
        "\n"
        "Mean of three months     $62.50\n"
        "At this rate in a year  $750.00\n"
        "Net per hour             $12.50\n"
        "Streams pay of the job    20.0%\n"
        "\n"
        "October 2026     net   change\n"
        "Guide         $38.00  +$38.00  new\n"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("growth", "--from", "2026-10", "--to", "2026-09"), "The period ends before it begins: 2026-10 to 2026-09."),
        (("growth", "--from", "soon"), "soon"),
        (("growth", "--by", "day"), "“day” is not one of: stream, asset."),
        (("growth", "--stream", "nosuch"), "There is no stream called “nosuch”."),
        (("why", "sources", "--stream", "news"), "“sources” is a figure of all streams together; leave out --stream."),
        (("why", "mom", "--stream", "nosuch"), "There is no stream called “nosuch”."),
        (("why", "mom", "--currency", "dollars"), "“dollars” does not work as currency"),
    ],
)
def test_what_is_typed_wrongly_is_said(run, sold: None, line: tuple[str, ...], said: str) -> None:
    result = run(*line)
    assert result.exit_code == 2
    assert said in result.stderr


def test_why_names_the_figures_where_it_knows_no_word(run, ok, sold: None) -> None:
    result = run("why", "nonsense")
    assert result.exit_code == 2
    assert result.stderr == (
        f"There is no action or figure called “nonsense”. Figures: {', '.join((*FIGURES, *MERITS))}. "
        "Actions: write (Write 500 words), sort (写真の整理).\n"
    )
    listed = ok("why").splitlines()
    assert [line.split()[0] for line in listed[1:]] == [*FIGURES, *MERITS]


def test_why_a_figure(ok, sold: None) -> None:
    assert ok("why", "per-hour") == (
        "Net per hour, October 2026, provisional: $12.50\n"
        "The month's income less its expenses and fees, over the hours logged that month.\n"
        "  $25.00 / 2 h = $12.50\n"
        "  Since the start: $62.50\n"
        "\n"
        "2026-10-09  time     Newsletter        2 h\n"
        "2026-10-12  expense  Newsletter  -8.00 USD  Tool\n"
        "2026-10-11  refund   Newsletter  -5.00 USD\n"
        "2026-10-10  income   Newsletter  40.00 USD  Ad\n"
    )


def test_why_a_figure_as_json(data, sold: None) -> None:
    found = data("why", "coverage", "--stream", "news")
    records = found.pop("records")
    assert found == {
        "figure": "coverage",
        "stream": "Newsletter",
        "currency": "USD",
        "as_of": "2026-11-22",
        "month": "2026-10",
        "provisional": True,
        "value": 0.2,
        "unit": "percent",
        "why": "",
        "formula": "The streams' income of the last complete month over the job's.",
        "working": ["$35.00 / $175.00 = 20.0%"],
        "numbers": [
            {"what": "streams income", "value": "35.00", "unit": "money", "name": "", "month": None},
            {"what": "job income", "value": "175.00", "unit": "money", "name": "", "month": None},
        ],
        "missing_rates": [],
    }
    assert [(one["kind"], one["day"], one["amount"], one["currency"], one["name"]) for one in records] == [
        ("income", "2026-10-10", "40.00", "USD", "Newsletter"),
        ("refund", "2026-10-11", "-5.00", "USD", "Newsletter"),
        ("income", "2026-10-25", "175.00", "USD", "Day job"),
    ]


def test_every_figure_answers_on_a_new_book(data, ok, run) -> None:
    run("stream", "add", "Newsletter")
    for figure in FIGURES:
        assert data("why", figure)["figure"] == figure
        assert ok("why", figure)
    for merit in MERITS:
        assert data("why", merit)["id"] == merit
        assert ok("why", merit)


def test_why_a_merit(ok, run, data, sold: None) -> None:
    # Expenses of 8 and a fee of 2 over 35.
    assert ok("why", "cost") == (
        "Cost, October 2026: 28.6%\n"
        "Expenses and fees of the last complete month over its income.\n"
        "\n"
        "October 2026    28.6%\n"
        "September 2026   0.0%\n"
        "\n"
        "More of it: pitrack merits\n"
    )
    assert ok("why", "always-on", "--stream", "news").startswith(
        "Always on, Newsletter, October 2026: payouts hide the days of sale\n"
    )
    found = data("why", "core-focus", "--stream", "news")
    assert (found["stream"], found["month"], found["figure"], found["trend"]) == (
        *("Newsletter", "2026-10", 1.0),
        [None, 1.0],
    )
    result = run("why", "cost", "--stream", "job")
    assert (result.exit_code, result.stderr) == (2, "The merits are those of streams other than the job.\n")


def test_an_action_comes_before_a_figure_of_its_name(run, ok, data, sold: None) -> None:
    assert run("habit", "add", "Share a letter").exit_code == 0
    assert ok("why", "share").startswith("Share a letter: every day\n")
    assert data("why", "share", "--stream", "news")["figure"] == "share"
    assert data("why", "ＭＯＭ")["figure"] == "mom"


def test_two_actions_that_begin_like_a_figure_leave_it_the_name(run, data, sold: None) -> None:
    for name in ("Away from the desk", "Away and back"):
        assert run("habit", "add", name, "--alias", name[-4:]).exit_code == 0
    assert data("why", "away")["figure"] == "away"


def test_the_day_may_be_said_either_way(data, sold: None) -> None:
    assert data("why", "mom", "--on", "2026-10-31") == data("why", "mom", "--as-of", "2026-10-31")
    assert data("why", "mom", "--on", "2026-10-31")["why"] == "early"


def test_the_demo_book_answers_alike_everywhere(run, home, data) -> None:
    path = str(home / "demo.json")
    assert run("demo", "--to", path).exit_code == 0
    for options in ((), ("--currency", "JPY"), ("--as-of", "2026-08-31")):
        grown, stacked = (data("--file", path, name, *options) for name in ("growth", "stack"))
        for figure in ("coverage", "sources", "sources_with_job"):
            assert stacked[figure]["value"] == grown[figure]
        for figure in ("coverage", "sources", "t3m", "cmgr", "yoy"):
            assert data("--file", path, "why", figure, *options)["value"] == grown[figure]
        assert (stacked["all"]["hours"], stacked["all"]["per_hour"]["value"]) == (grown["hours"], grown["per_hour"])
        for line, other in zip(stacked["streams"], grown["streams"], strict=True):
            assert (line["stream"], line["share"]["value"], line["hours"]) == (
                other["stream"],
                other["share"],
                other["hours"],
            )
            assert line["income"]["trend"] == [month["income"] for month in other["months"][-13:-1]]


def test_growth_of_one_stream_shows_the_empty_months_that_it_counts(ok, data, run, started: None) -> None:
    assert run("stream", "add", "Letters", "--currency", "USD", "--since", "2026-08-15").exit_code == 0
    assert run("earn", "letters", "90", "--on", "2026-09-05").exit_code == 0
    assert ok("growth", "--stream", "letters").splitlines()[:4] == [
        "month           income   change              net",
        "August 2026      $0.00                     $0.00  provisional",
        "September 2026  $90.00  +$90.00      new  $90.00  provisional",
        "October 2026     $0.00  -$90.00  -100.0%   $0.00  provisional",
    ]
    found = data("growth", "--stream", "letters")
    assert (found["months"][0]["month"], found["months"][0]["income"]) == ("2026-08", "0.00")
    assert found["t3m"] == "30.00"


@pytest.mark.parametrize(
    "line",
    [
        *(["growth"], ["stack"], ["merits"], ["goals"], ["streaks"], ["portfolio"], ["card"], ["report"]),
        *(["why", "mom"], ["why", "cost"], ["why", "write"]),
    ],
    ids=" ".join,
)
def test_no_command_looks_back_from_a_day_to_come(run, started: None, line: list[str]) -> None:
    result = run(*line, "--as-of", "2030-01-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "2030-01-01 has not come yet; today is 2026-11-22. Choose an earlier day.\n"
    assert run(*line, "--as-of", "today").exit_code == 0


def test_all_figures_that_can_be_asked_for_stand_in_one_table(ok, started: None) -> None:
    rows = ok("why").splitlines()[1:]
    assert len(rows) == len(FIGURES) + 5
    assert {row.rindex("  ") for row in rows if row.startswith(("  units-per-hour", "  back-catalogue"))} == {16}
    assert {"  units-per-hour  Units per hour", "  efficiency      Efficiency"} <= {*rows}
