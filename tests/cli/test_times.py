"""Logged time by command: listed, put right, deleted."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def logged(ok) -> None:
    ok("asset", "add", "Guide", "--stream", "news")
    ok("time", "news", "1h30", "--on", "2026-10-31", "--kind", "market", "--task", "letters", "--note", "two")
    ok("time", "--asset", "guide", "news", "45", "--task", "edit")
    ok("time", "add", "photos", "20m")
    ok("time", "-", "10", "--kind", "learn")


def test_time_names_its_asset(ok) -> None:
    ok("asset", "add", "Guide", "--stream", "news")
    assert ok("time", "news", "1:30", "--task", "edit", "--asset", "guide") == (
        "Newsletter: 1 h 30 min making on 2026-11-22 (edit), asset Guide\n"
    )


def test_time_list_json_is_exact(logged: None, data) -> None:
    times = data("time", "list", "--stream", "news")
    assert all(len(one.pop("id")) == 26 for one in times)
    assert len(times[0].pop("asset")) == 8
    assert times == [
        {
            "day": "2026-11-22",
            "stream": "Newsletter",
            "minutes": 45,
            "kind": "make",
            "task": "edit",
            "note": "",
            "asset_name": "Guide",
        },
        {
            "day": "2026-10-31",
            "stream": "Newsletter",
            "minutes": 90,
            "kind": "market",
            "task": "letters",
            "note": "two",
            "asset": None,
            "asset_name": None,
        },
    ]


def test_time_is_filtered_and_summed(logged: None, ok, data) -> None:
    assert [one["minutes"] for one in data("time", "list", "--stream", "-")] == [10]
    assert [one["minutes"] for one in data("time", "list", "--asset", "guide")] == [45]
    assert [one["minutes"] for one in data("time", "list", "--kind", "market")] == [90]
    assert [one["minutes"] for one in data("time", "list", "--month", "oct")] == [90]
    shown = ok("time", "list").splitlines()
    assert shown[0].startswith("no stream   2026-11-22      10 min  learning")
    assert shown[-1] == "2 h 45 min in all"
    assert ok("time", "list", "--month", "2025-01") == "No time logged.\n"


def test_kinds_are_typed_as_they_are_shown(logged: None, ok, run, data) -> None:
    assert [one["minutes"] for one in data("time", "list", "--kind", "Marketing")] == [90]
    assert "集客" in ok("--lang", "ja", "time", "news", "30分", "--kind", "集客")
    assert [one["minutes"] for one in data("time", "list", "--kind", "market")] == [30, 90]
    assert "market (集客)、learn (学習)" in run("--lang", "ja", "time", "news", "30分", "--kind", "遊び").stderr


def test_time_is_changed_and_deleted_by_the_end_of_its_id(logged: None, ok, data) -> None:
    short = data("time", "list", "--kind", "market")[0]["id"][-6:].lower()
    assert ok(
        *("time", "edit", short, "--time", "2h", "--kind", "serve", "--on", "-1", "--stream", "photos"),
        *("--asset", "guide", "--task", "-", "--note", "n"),
    ) == ("Changed: 写真素材: 2 h serving customers on 2026-11-21, asset Guide\n")
    assert ok("time", "edit", short, "--time", "120").startswith("Nothing to change: 写真素材: 2 h")
    ok("time", "edit", short, "--asset", "-", "--stream", "-")
    assert ok("time", "delete", short) == (
        "Deleted: No stream: 2 h serving customers on 2026-11-21; “pitrack undo” brings it back.\n"
    )
    assert len(data("time", "list")) == 3
    ok("undo")
    assert len(data("time", "list")) == 4


def test_what_is_not_there_is_told(run, logged: None) -> None:
    result = run("time", "delete", "zzzzzz")
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no time entry called “zzzzzz”. Choose one of: ")


def test_nothing_was_logged_yet(run) -> None:
    assert run("time", "edit", "x").stderr == (
        "There is no time entry called “x”, nor any other yet. Log time first: pitrack time STREAM 1h30m\n"
    )


def test_the_shell_completes_streams_and_what_can_be_done(shell) -> None:
    done = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS="pitrack time ", COMP_CWORD="2")
    assert done.stdout.split() == [
        f"plain,{word}" for word in ("newsletter", "photos", "add", "list", "edit", "delete")
    ]


def test_the_shell_completes_tasks_done_before(logged: None, shell) -> None:
    done = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS="pitrack time news 5 --task l", COMP_CWORD="5")
    assert done.stdout.split() == ["plain,letters"]
