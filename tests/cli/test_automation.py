"""Automations by command, and the five merits that they are measured by."""

from __future__ import annotations

import pytest

from tests.cli.test_imports import HEAVY, READING, loaded

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def template(ok) -> None:
    """Layout took 2, 3 and 4 hours before the automation, 1, 1 and 1 since; 12 units sold in October."""
    for month, hours in zip(range(3, 10), (2, 3, 4, 5, 1, 1, 1), strict=True):
        ok("time", "news", f"{hours}h", "--kind", "routine", "--task", "layout", "--on", f"2026-{month + 1:02}-05")
    ok("time", "news", "3h", "--on", "2026-10-06")
    ok("earn", "news", "100", "--on", "2026-10-10", "--units", "12")
    ok("spend", "news", "20", "--on", "2026-10-11")
    ok("automation", "add", "Issue template", "--stream", "news", "--tool", "mailing tool", "--task", "layout",
       "--since", "2026-07-01", "--cost", "9 usd")  # fmt: skip


def test_an_automation_says_where_its_saving_is_seen(ok, run) -> None:
    assert ok("automation", "add", "Issue template", "--task", "layout") == (
        "Added Issue template. See what it saves: pitrack merits\n"
    )
    result = run("automation", "add", "issue TEMPLATE")
    assert result.stderr.startswith("There was one called Issue template already;")
    assert result.stdout == (
        "Added issue TEMPLATE. See what it saves: pitrack merits\n"
        "It names no task yet: pitrack automation edit template --task NAME\n"
    )


def test_automation_list_json_is_exact(template: None, data) -> None:
    (one,) = data("automation", "list")
    assert len(one.pop("id")) == 8
    assert one == {
        "alias": "issue",
        "name": "Issue template",
        "stream": "Newsletter",
        "tool": "mailing tool",
        "task": "layout",
        "since": "2026-07-01",
        "until": None,
        "cost": "9.00",
        "currency": "USD",
        "state": "running",
        "note": "",
        "months_before": ["2026-04", "2026-05", "2026-06"],
        "months_since": ["2026-08", "2026-09", "2026-10"],
        "hours_before": "3.00",
        "hours_since": "1.00",
        "hours_saved": "2.00",
        "counts": True,
        "why": None,
    }
    assert data("automation", "show", "issue")["hours_saved"] == "2.00"


def test_automations_are_listed_and_shown(template: None, ok) -> None:
    ok("automation", "add", "請求書", "--alias", "inv", "--stream", "photos", "--cost", "600")
    assert ok("automation", "list", "--stream", "photos").splitlines()[-1] == (
        "請求書      inv              2026-11-22       600 JPY              -  it names no task"
    )
    assert ok("automation", "list") == (
        "automation             task    tool          since       cost a month  saved a month\n"
        "Issue template  issue  layout  mailing tool  2026-07-01      9.00 USD          2.0 h\n"
        "請求書          inv                          2026-11-22       600 JPY              -  it names no task\n"
    )
    assert ok("automation", "show", "issue").splitlines() == [
        "name           Issue template",
        "alias          issue",
        "stream         Newsletter",
        "tool           mailing tool",
        "task           layout",
        "since          2026-07-01",
        "cost a month   9.00 USD",
        "hours before   3.0 h a month (2026-04 to 2026-06)",
        "hours since    1.0 h a month (2026-08 to 2026-10)",
        "saved a month  2.0 h",
        "state          running",
    ]


def test_an_automation_is_changed_put_aside_and_deleted(template: None, ok, data) -> None:
    assert ok("automation", "edit", "issue", "--cost", "8", "--until", "2026-11-20", "--tool", "-") == (
        "Changed Issue template.\n"
    )
    assert ok("automation", "edit", "issue", "--cost", "8") == "Nothing to change on Issue template.\n"
    (one,) = data("automation", "list")
    assert (one["cost"], one["currency"], one["until"], one["tool"], one["state"], one["counts"]) == (
        *("8.00", "USD", "2026-11-20", "", "ended"),
        False,
    )
    assert (
        ok("automation", "edit", "issue", "--until", "-", "--cost", "-", "--stream", "-") == "Changed Issue template.\n"
    )
    assert ok("automation", "archive", "issue") == "Archived Issue template.\n"
    assert ok("automation", "list") == (
        'No automation yet. Add one: pitrack automation add "Issue template" --task layout --cost 9usd\n'
    )
    assert ok("automation", "list", "--all").endswith("archived\n")
    assert data("automation", "list")[0]["state"] == "archived"
    assert ok("automation", "restore", "issue") == "Restored Issue template.\n"
    assert ok("automation", "delete", "issue") == "Deleted Issue template; “pitrack undo” brings it back.\n"
    assert data("automation", "list") == []
    ok("undo")
    assert len(data("automation", "list")) == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["show", "other"], "There is no automation"),
        (["add", "X", "--cost", "much"], "“much” is not an amount"),
        (["add", "X", "--since", "2026-11-20", "--until", "2026-11-19"], "2026-11-19"),
        (["add", "X", "--stream", "nowhere"], "There is no stream"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(run, args: list[str], said: str) -> None:
    result = run("automation", *args)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert result.stdout == ""


def test_the_merits_are_said(template: None, ok) -> None:
    assert ok("merits").splitlines() == [
        "All streams, October 2026",
        "merit                                              3-month change",
        "Efficiency   2.0 h  hours saved, 3-month mean              +4.0 h",
        "Cost         20.0%  costs as a part of income                   -",
        "Scalability    3.0  units sold per hour of work                 -",
        "Always on        -  payouts hide the days of sale               -",
        "Core focus   75.0%  hours that are not routine       +25.0 points",
        "",
        "Fixed cost of the month     9.00 USD",
        "Covered on                2026-10-10",
        "Automations cost a month    9.00 USD",
        "",
        "automation      task    before it  since  saved      cost",
        "Issue template  layout      3.0 h  1.0 h  2.0 h  9.00 USD",
        "",
        "hours a month          Apr-Jun 2026  Aug-Oct 2026",
        "routine        layout         3.0 h         1.0 h  -2.0 h",
        "making                        0.0 h         1.0 h  +1.0 h",
        "",
        "stream      Efficiency   Cost  Scalability  Always on  Core focus",
        "Newsletter       2.0 h  20.0%          3.0          -       75.0%",
        "写真素材             -      -            -          -           -",
    ]
    assert ok("merits", "--stream", "photos").splitlines()[:3] == [
        "写真素材, October 2026",
        "merit                                      3-month change",
        "Efficiency   -  no automation runs                      -",
    ]


def test_years_later_no_work_is_logged_rather_than_no_month_over(
    template: None, ok, data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "2030-01-01")
    said = ok("merits").splitlines()
    assert said[2].startswith("Efficiency   -  no work logged in the last months ")
    assert "no work logged in its last months" in " ".join(said)
    assert data("merits")["all"]["automations"][0]["why"] == "no work since"


def test_in_japanese_hours_since_are_no_first_day(template: None, ok) -> None:
    assert "開始日" in ok("--lang", "ja", "automation", "list")
    said = ok("--lang", "ja", "merits")
    assert "以後" in said
    assert "開始日" not in said


def test_merits_json_is_exact(template: None, data) -> None:
    found = data("merits", "--stream", "news")
    assert {key: found[key] for key in ("currency", "as_of", "month", "holidays", "missing_rates")} == {
        "currency": "USD",
        "as_of": "2026-11-22",
        "month": "2026-10",
        "holidays": [],
        "missing_rates": [],
    }
    assert found["months"] == [f"2026-{month:02}" for month in range(4, 11)]
    assert found["all"]["stream"] is None
    (news,) = found["streams"]
    merits = {merit.pop("id"): merit for merit in news.pop("merits")}
    assert list(merits) == ["efficiency", "cost", "scalability", "always-on", "core-focus"]
    assert merits["efficiency"] == {
        "named": False,
        "measure": "hours",
        "figure": "2.00",
        "why": None,
        "trend": [None, None, None, "-2.00", "2.00", "2.00", "2.00"],
        "change": {"before": "-2.00", "now": "2.00", "delta": "4.00", "ratio": None, "label": "n/m"},
    }
    assert merits["cost"] == {
        "named": False,
        "measure": "share",
        "figure": 0.2,
        "why": None,
        "trend": [None] * 6 + [0.2],
        "change": None,
    }
    assert (merits["always-on"]["figure"], merits["always-on"]["why"]) == (None, "lump")
    assert merits["core-focus"]["figure"] == 0.75
    assert [one.pop("cost_in_currency") for one in news["automations"]] == ["9.00"]
    assert news.pop("automations") == data("automation", "list")
    assert news.pop("costs") == {
        "income": "100.00",
        "expense": "20.00",
        "fixed": "9.00",
        "fixed_by_month": ["0.00"] * 3 + ["9.00"] * 4,
        "fixed_costs": [{"kind": "automation", "name": "Issue template", "amount": "9.00"}],
        "covered_on": "2026-10-10",
        "covered_on_by_month": [None] * 6 + ["2026-10-10"],
        "automations": "9.00",
        "hourly": None,
        "hours_worth": None,
        "gain": None,
        "without_rate": [],
    }
    assert news == {
        "stream": "Newsletter",
        "units": [None] * 6 + ["12.00"],
        "unit_hours": ["0.00"] * 6 + ["4.00"],
        "sales": [0] * 7,
        "sales_away": [0] * 7,
        "away_income": None,
        "core_hours": ["0.00"] * 6 + ["3.00"],
        "routine_hours": ["2.00", "3.00", "4.00", "5.00", "1.00", "1.00", "1.00"],
        "months_before": ["2026-04", "2026-05", "2026-06"],
        "months_since": ["2026-08", "2026-09", "2026-10"],
        "hours_moved": [
            {"kind": "routine", "task": "layout", "before": "3.00", "since": "1.00"},
            {"kind": "make", "task": "", "before": "0.00", "since": "1.00"},
            {"kind": "market", "task": "", "before": "0.00", "since": "0.00"},
            {"kind": "learn", "task": "", "before": "0.00", "since": "0.00"},
            {"kind": "serve", "task": "", "before": "0.00", "since": "0.00"},
        ],
    }


def test_merits_in_another_currency_and_of_another_day(template: None, ok, data) -> None:
    ok("rate", "add", "USD", "JPY", "150", "--on", "2026-10-01")
    assert data("merits", "--currency", "jpy")["all"]["costs"]["automations"] == "1350"
    assert data("merits", "--as-of", "2026-08-01")["all"]["merits"][0]["figure"] == "-2.00"
    assert "Left out of the costs for want of a rate: USD" in ok("merits", "--currency", "EUR")


def test_an_empty_book_has_merits_to_come(run) -> None:
    assert run("merits").stdout.splitlines()[2].split() == ["Efficiency", "-", "no", "automation", "runs", "-"]


def test_what_the_playbook_names_stands_first(template: None, ok, data) -> None:
    ok("stream", "add", "Guides", "--playbook", "e-books")
    named = [merit["id"] for merit in data("merits", "--stream", "guides")["streams"][0]["merits"] if merit["named"]]
    assert named
    found = [merit["id"] for merit in data("merits", "--stream", "guides")["streams"][0]["merits"]]
    assert found[: len(named)] == named
    assert data("why", named[0], "--stream", "guides")["named"]
    assert not any(merit["named"] for merit in data("merits")["all"]["merits"])


def test_the_shell_completes_their_names(template: None, shell) -> None:
    done = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS="pitrack automation show i", COMP_CWORD="3")
    assert done.stdout.split() == ["plain,issue"]


@pytest.mark.parametrize("args", [["automation", "list"], ["merits", "--json"]])
def test_the_register_and_the_json_import_only_what_they_use(template: None, args: list[str]) -> None:
    assert loaded(*args) & set(HEAVY) <= READING
