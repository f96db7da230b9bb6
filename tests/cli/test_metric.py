"""Outcome metrics by command: added, logged, listed, put right."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def counted(ok) -> None:
    """A level of the newsletter and a count of the photos, with readings and income."""
    assert ok("metric", "add", "Paid subscribers", "--stream", "news", "--kind", "level") == (
        "Added Paid subscribers. Log it: pitrack metric log paid 52\n"
    )
    assert ok("metric", "add", "写真 online", "--stream", "photos", "--unit", "枚", "--alias", "pics") == (
        "Added 写真 online. Log it: pitrack metric log pics +1\n"
    )
    for day, amount in (("2026-09-30", "40"), ("2026-10-30", "50"), ("2026-11-20", "52")):
        ok("metric", "log", "paid", amount, "--on", day)
    ok("earn", "news", "120", "--on", "2026-10-05")


def test_logging_adds_sets_and_takes_back(counted: None, ok) -> None:
    assert ok("metric", "log", "pics", "+2") == "写真 online: 2 枚 on 2026-11-22, 2 this month.\n"
    assert ok("metric", "log", "pics") == "写真 online: 3 枚 on 2026-11-22, 3 this month.\n"
    assert (
        ok("metric", "log", "pics", "１０", "--on", "2026-11-01")
        == "写真 online: 10 枚 on 2026-11-01, 13 this month.\n"
    )
    assert ok("metric", "log", "pics", "7", "--on", "2026-10-01") == "写真 online: 7 枚 on 2026-10-01.\n"
    assert ok("metric", "log", "pics", "-") == "写真 online: nothing on 2026-11-22.\n"
    assert ok("undo") == "Undid: noted a reading of 写真 online, Sun 2026-11-22.\n"
    assert ok("metric", "log", "paid", "53.5") == "Paid subscribers: 53.5 on 2026-11-22.\n"
    assert ok("metric", "log", "paid", "+1") == "Paid subscribers: 54.5 on 2026-11-22.\n"


def test_what_cannot_be_logged(counted: None, run) -> None:
    def refused(*args: str) -> str:
        result = run("metric", "log", *args)
        assert result.exit_code == 2
        return result.stderr

    assert refused("paid") == "Type the reading: pitrack metric log paid 52\n"
    assert refused("pics", "many").startswith("“many” is not a number. Type it like 52")
    assert refused("pics", "1", "--on", "tomorrow").startswith("2026-11-23 has not come yet")
    assert refused("likes", "1").startswith("There is no metric called “likes”. Choose one of: paid (Paid subscribers)")


def test_metrics_are_listed(counted: None, ok) -> None:
    ok("metric", "log", "pics", "+2")
    assert ok("metric", "list").splitlines() == [
        "metric                  stream      Nov so far  Oct  on Sep          last reading",
        "Paid subscribers  paid  Newsletter          52   50     +10  +25.0%  52 on 2026-11-20",
        "写真 online       pics  写真素材             2    -                  2 枚 on 2026-11-22",
    ]
    ok("metric", "archive", "pics")
    assert "pics" not in ok("metric", "list")
    assert "archived" in ok("metric", "list", "--all")
    assert ok("metric", "list", "--stream", "photos").startswith("No metric yet.")
    ok("metric", "restore", "pics")
    assert ok("metric", "list", "--stream", "photos").count("\n") == 2


def test_metric_json_is_exact(counted: None, data) -> None:
    paid, photos = data("metric", "list")
    assert len(paid.pop("id")) == 8
    months = paid.pop("months")
    assert len(months) == 13
    assert months[-3:] == [
        {"month": "2026-09", "amount": "40", "income": "0.00"},
        {"month": "2026-10", "amount": "50", "income": "120.00"},
        {"month": "2026-11", "amount": "52", "income": "0.00"},
    ]
    assert paid == {
        "alias": "paid",
        "name": "Paid subscribers",
        "stream": "Newsletter",
        "kind": "level",
        "unit": "",
        "archived": False,
        "this_month": "52",
        "last_month": "50",
        "delta": "10",
        "mom": 0.25,
        "label": "percent",
        "last_reading": {"day": "2026-11-20", "amount": "52"},
        "currency": "USD",
    }
    assert (photos["this_month"], photos["delta"], photos["label"], photos["last_reading"]) == (None, None, None, None)
    assert photos["currency"] == "JPY"
    assert data("metric", "show", "paid")["readings"] == [
        {"day": "2026-09-30", "amount": "40"},
        {"day": "2026-10-30", "amount": "50"},
        {"day": "2026-11-20", "amount": "52"},
    ]


def test_a_metric_is_shown_month_by_month(counted: None, ok) -> None:
    lines = ok("metric", "show", "paid").splitlines()
    assert lines[:5] == [
        "name          Paid subscribers",
        "alias         paid",
        "stream        Newsletter",
        "kind          the newest reading stands: paid subscribers",
        "last reading  52 on 2026-11-20",
    ]
    assert lines[-2:] == [
        "2026-10                50  120.00 USD",
        "2026-11                52    0.00 USD  so far",
    ]


def test_a_metric_is_changed_and_deleted(counted: None, ok, data, run) -> None:
    assert ok("metric", "edit", "pics", "--name", "Photos", "--unit", "-", "--stream", "-", "--kind", "level") == (
        "Changed Photos.\n"
    )
    changed = data("metric", "show", "pics")
    assert (changed["name"], changed["unit"], changed["stream"], changed["kind"]) == ("Photos", "", None, "level")
    assert changed["months"][-1]["income"] is None
    assert ok("metric", "edit", "pics", "--name", "Photos") == "Nothing to change on Photos.\n"
    assert ok("metric", "delete", "paid") == "Deleted Paid subscribers; “pitrack undo” brings it back.\n"
    ok("undo")
    assert len(data("metric", "show", "paid")["readings"]) == 3
    assert run("metric", "add", "Photos").stderr.startswith("There was one called Photos already;")
    assert run("metric", "add", "x", "--kind", "vanity").stderr.startswith(
        "“vanity” is not one of: count (a count), level (a level)."
    )


def test_the_shell_knows_the_metrics(counted: None, shell) -> None:
    result = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS="pitrack metric log p", COMP_CWORD="3")
    assert set(result.stdout.split()) == {"plain,paid", "plain,pics"}


def test_a_hostile_name_stays_text(ok) -> None:
    ok("metric", "add", "Sales \x1b[31m", "--unit", "\u202eabc", "--alias", "s")
    assert "\x1b" not in ok("metric", "log", "s", "3") + ok("metric", "list") + ok("metric", "show", "s")
