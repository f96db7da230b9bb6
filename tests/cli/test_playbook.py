"""Playbooks by command: listed, shown, and each of the ten begun as a stream that works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pitrack.exchange.playbooks import FOLDER, OURS, load
from pitrack.text.plain import cells
from tests.exchange.test_playbooks import GROUPS


@pytest.fixture
def folder(home: Path) -> Path:
    """Where a person's own playbooks lie."""
    found = home / "config" / "pitrack" / "playbooks"
    found.mkdir(parents=True)
    return found


@pytest.mark.parametrize("name", OURS)
def test_each_begins_a_working_stream(ok, run, data, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "2026-11-23")  # a Monday
    chosen = load(FOLDER / f"{name}.toml", "en")
    result = run("stream", "add", "--playbook", name)
    assert (result.exit_code, "Began a new book" in result.stderr) == (0, True)
    assert result.stdout.startswith(f"Added {chosen.name} (")
    (stream,) = data("stream", "list")
    assert (stream["name"], stream["playbook"], stream["stage"]) == (chosen.name, name, "niche")
    actions = data("today")["actions"]
    names = [action.name for action in chosen.actions]
    assert sorted(one["habit"] for one in actions) == sorted(names)
    assert {(one["stream"], one["due"], one["done"]) for one in actions} == {(chosen.name, True, False)}
    first = next(one for one in actions if one["habit"] == names[0])
    ok("done", first["alias"])
    assert next(one for one in data("today")["actions"] if one["habit"] == names[0])["state"] != "absent"
    ok("undo")
    ok("undo")
    assert data("stream", "list") == data("habit", "list") == data("today")["actions"] == []


def test_a_stream_of_ones_own_name_and_kind(ok, run, data) -> None:
    run("stream", "add", "Morning letter", "--playbook", "ai-writing", "--currency", "eur", "--role", "service",
        "--alias", "letter", "--since", "2026-11-01", "--stage", "idea")  # fmt: skip
    (stream,) = data("stream", "list")
    assert {key: stream[key] for key in ("name", "alias", "role", "stage", "currency", "playbook")} == {
        "name": "Morning letter",
        "alias": "letter",
        "role": "service",
        "stage": "idea",
        "currency": "EUR",
        "playbook": "ai-writing",
    }


def test_a_dry_run_tells_and_makes_nothing(ok, run, data) -> None:
    run("stream", "add", "Shop")
    text = ok("stream", "add", "--playbook", "stock", "--dry-run")
    assert text.splitlines() == [
        "This would be made (passive stream, USD, stage niche): Stock photos",
        "Actions",
        "  Upload photos                    every day, at least 3 photos",
        "  Go out and take photos           once a week, at least 60 min",
        "  Look up what buyers search for   once a week",
        "  Mend the keywords of old photos  once a week",
        "What to count",
        "  Downloads (adds up)",
        "  Photos online (as it stands)",
        "Launch steps",
        "  Problem     problem: Designers find no honest pictures of small workshops",
        "  Niche       platform: One photo library; audience: Designers of company websites; task: Show people at work "
        "in small workshops",
        "  Offer       you deliver: A set of twenty pictures of one workshop; its goal: A designer can fill a whole "
        "page from one set",
        "  Commitment  outcomes: Sixty photos accepted a month / Ten downloads a month after half a year; you promise: "
        "Every person in a picture has agreed in writing",
        "Nothing was recorded. Leave out --dry-run to make it.",
    ]
    assert [one["name"] for one in data("stream", "list")] == ["Shop"]


def test_in_japanese_everything_made_is_japanese(run) -> None:
    assert run("--lang", "ja", "stream", "add", "--playbook", "ai-writing").exit_code == 0
    habits = json.loads(run("habit", "list", "--json").stdout)
    assert [habit["name"] for habit in habits] == [
        "文章を書く",
        "記事を1本公開する",
        "スポンサー候補に連絡する",
        "読者に返信する",
    ]
    assert (habits[0]["target"], habits[0]["unit"]) == ("600", "字")


def test_the_list_has_all_by_their_groups(ok, data) -> None:
    lines = ok("playbook", "list").splitlines()
    assert lines[:3] == [
        "Content with the help of AI",
        "  ai-video          AI video editing",
        "  ai-voice          AI voice narration",
    ]
    listed = data("playbook", "list")
    assert [one["id"] for one in listed] == [name for names in GROUPS.values() for name in names]
    assert listed[0] == {
        "id": "ai-video",
        "name": "AI video editing",
        "group": "content",
        "role": "passive",
        "own": False,
        "summary": "You make videos of one kind with AI tools, and show others how. Each video stays online and can "
        "earn for years.",
    }


def test_a_page_labels_what_is_quoted(ok) -> None:
    page = ok("playbook", "show", "ai-writing")
    assert "  - Quoted figure (Forbes): One writer reached over USD 30,000 (about JPY 5 million) a month." in page
    assert "What others reported, as they put it: no promise." in page
    assert "Nobody is quoted on this one." in ok("playbook", "show", "e-books")


def test_a_page_as_json(data) -> None:
    page = data("playbook", "show", "ai-voice")
    assert list(page) == [
        *("id", "name", "group", "role", "own", "summary", "suits", "earns", "success", "first_week", "actions"),
        *("metrics", "merits", "pitfalls", "steps", "quoted"),
    ]
    assert page["actions"][0] == {
        "name": "Record and clean audio",
        "kind": "at_least",
        "schedule": "3/week",
        "target": "30",
        "unit": "min",
    }
    assert page["metrics"][0] == {"name": "Voices online", "kind": "level", "unit": "voices"}
    assert page["steps"][1] == {
        "step": "niche",
        "stage": "niche",
        "advice": "One library, one kind of listener, one kind of text. A rare voice beats a perfect one.",
        "answers": {
            "platform": "A voice library with royalties",
            "audience": "Makers of online lessons",
            "task": "Narrate lessons in my accent",
        },
    }
    assert page["quoted"][0] == {
        "text": "USD 100 to 250 a month at first.",
        "amount": "100",
        "up_to": "250",
        "currency": "USD",
        "source": "reports of Reddit users",
    }


def test_ones_own_is_listed_and_begun(ok, run, data, folder: Path) -> None:
    (folder / "tea.toml").write_text('name = "Tea letter"\n[[actions]]\nname = "Taste"\n', "utf-8")
    assert ok("playbook", "list").splitlines()[-4:-2] == ["Your own", "  tea               Tea letter  (your own)"]
    assert run("stream", "add", "--playbook", "tea").exit_code == 0
    assert [one["habit"] for one in data("today")["actions"]] == ["Taste"]


def test_a_bad_file_is_told_of_and_the_others_are_listed(run, folder: Path) -> None:
    (folder / "tea.toml").write_text("name = ", "utf-8")
    result = run("playbook", "list")
    assert (result.exit_code, result.stderr) == (
        0,
        "Your playbook tea.toml is left out: it is not TOML: Invalid value (at end of document)\n",
    )
    assert "stock-photos" in result.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["playbook", "show", "nix"], "“nix” is not one of: ai-video, ai-voice, ai-writing, e-books,"),
        (["playbook", "show", "ai-v"], "“ai-v” is not one of: ai-video, ai-voice. “pitrack playbook list” shows"),
        (["stream", "add", "--playbook", "\x1b[31m"], "“\\x1b[31m” is not one of: ai-video,"),
        (["stream", "add"], "Name the stream, or name a playbook: pitrack stream add --playbook ID"),
        (["stream", "add", "x", "--dry-run"], "--dry-run goes with --playbook."),
        (["stream", "add", "--playbook", "e-books", "--currency", "money"], "“money” does not work as currency"),
    ],
)
def test_what_is_wrong_is_said(run, args: list[str], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(said)


def test_a_page_is_folded_in_a_terminal(ok, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pitrack.cli.playbook.terminal_width", lambda: 44)
    for language in ("en", "ja"):
        text = ok("--lang", language, "playbook", "show", "ai-video")
        assert max(map(cells, text.splitlines()[1:-1])) <= 44


def test_the_shell_offers_their_ids(shell) -> None:
    for words, at in (("pitrack playbook show ai-v", "3"), ("pitrack stream add --playbook ai-v", "4")):
        done = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=at)
        assert done.stdout.split() == ["plain,ai-video", "plain,ai-voice"]


def test_a_stream_tells_the_playbook_it_began_with(ok, run) -> None:
    run("stream", "add", "--playbook", "e-books")
    assert ["playbook", "e-books"] in [line.split() for line in ok("stream", "show", "e-books").splitlines()]
