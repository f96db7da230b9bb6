"""Adding, changing and putting aside actions and streams."""

from __future__ import annotations

import pytest

from pitrack.cli.output import schedule_code
from pitrack.core.model import Schedule
from pitrack.text.schedules import schedule

pytestmark = pytest.mark.usefixtures("started")


def rates(met: int, week: int, longer: int) -> list[dict[str, int]]:
    """Rates of an action that is younger than 30 days."""
    return [{"days": days, "met": met, "due": week if days == 7 else longer} for days in (7, 30, 90, 365)]


def test_habit_list_json_is_exact(ok, data) -> None:
    ok("habit", "add", "Shop sites", "--at-most", "２０分", "--every", "月水金",
       "--absent", "kept", "--tag", "#shop", "--tag", "Evening")  # fmt: skip
    ok("habit", "archive", "sort")
    habits = data("habit", "list")
    assert all(len(habit.pop("id")) == 8 for habit in habits)
    assert habits == [
        {
            "alias": "write",
            "name": "Write 500 words",
            "stream": "Newsletter",
            "kind": "at_least",
            "schedule": "every day",
            "target": "500",
            "unit": "words",
            "absent": "unknown",
            "tags": [],
            "archived": False,
            "rates": rates(0, 6, 21),
        },
        {
            "alias": "sort",
            "name": "写真の整理",
            "stream": None,
            "kind": "yes_no",
            "schedule": "3/week",
            "target": None,
            "unit": "",
            "absent": "unknown",
            "tags": [],
            "archived": True,
            "rates": rates(0, 0, 2),
        },
        {
            "alias": "shop",
            "name": "Shop sites",
            "stream": None,
            "kind": "at_most",
            "schedule": "mon,wed,fri",
            "target": "20",
            "unit": "min",
            "absent": "kept",
            "tags": ["Evening", "shop"],
            "archived": False,
            "rates": rates(0, 0, 0),
        },
    ]


def test_stream_list_json_is_exact(data) -> None:
    streams = data("stream", "list")
    assert all(len(stream.pop("id")) == 8 for stream in streams)
    assert streams == [
        {
            "alias": "newsletter",
            "name": "Newsletter",
            "stage": "live",
            "currency": "USD",
            "role": "passive",
            "playbook": None,
            "archived": False,
        },
        {
            "alias": "photos",
            "name": "写真素材",
            "stage": "live",
            "currency": "JPY",
            "role": "passive",
            "playbook": None,
            "archived": False,
        },
    ]


@pytest.mark.parametrize(
    "given",
    [
        Schedule(),
        Schedule("weekdays", days=frozenset({1, 3, 5})),
        Schedule("weekdays", days=frozenset({7})),
        Schedule("week", 3),
        Schedule("month", 1),
    ],
)
def test_a_schedule_is_printed_as_it_can_be_typed(given: Schedule) -> None:
    assert schedule(schedule_code(given)) == given


@pytest.mark.parametrize(
    ("typed", "target", "unit"),
    [
        ("500 words", "500", "words"),
        ("1,200 kcal", "1200", "kcal"),
        ("2.5km", "2.5", "km"),
        ("5", "5", ""),
        ("1h30", "90", "min"),
        ("1:30", "90", "min"),
        ("３枚", "3", "枚"),
        ("5 long words here", "5", "long words here"),
    ],
)
def test_targets_as_people_type_them(ok, data, typed: str, target: str, unit: str) -> None:
    ok("habit", "add", "X", "--alias", "x", "--at-least", typed)
    added = data("habit", "list")[-1]
    assert (added["target"], added["unit"]) == (target, unit)


def test_adding_says_what_to_type(ok) -> None:
    assert ok("habit", "add", "Write to a sponsor", "--every", "3/week", "--stream", "news") == (
        "Added Write to a sponsor, 3 times a week. Type “pitrack done to”.\n"
    )
    assert ok("stream", "add", "Job", "--role", "job", "--currency", "eur") == (
        "Added Job (job, EUR). Type “pitrack earn job AMOUNT”.\n"
    )


def test_an_edit_of_the_target_leaves_the_past_as_it_was(ok, data) -> None:
    ok("done", "write", "500", "--on", "-1")
    assert ok("habit", "edit", "write", "--at-least", "800 words", "--name", "Write more", "--stream", "-") == (
        "Changed Write more, every day, at least 800 words.\n"
    )
    (one,) = [habit for habit in data("habit", "list") if habit["alias"] == "write"]
    assert (one["name"], one["target"], one["stream"]) == ("Write more", "800", None)
    assert data("today", "--on", "-1")["actions"][-1]["done"] is True
    assert ok("undo") == "Undid: changed Write 500 words.\n"
    (one,) = [habit for habit in data("habit", "list") if habit["alias"] == "write"]
    assert (one["name"], one["target"], one["stream"]) == ("Write 500 words", "500", "Newsletter")


def test_an_edit_to_yes_or_no(ok, data) -> None:
    assert ok("habit", "edit", "write", "--yes-no", "--every", "weekdays") == "Changed Write 500 words, weekdays.\n"
    assert data("habit", "list")[0]["schedule"] == "mon,tue,wed,thu,fri"
    assert ok("habit", "edit", "write") == "Nothing to change on Write 500 words.\n"


def test_archive_restore_delete(ok) -> None:
    assert ok("habit", "archive", "write") == "Archived Write 500 words.\n"
    assert "Write" not in ok("today")
    assert "Write" not in ok("habit", "list")
    assert "archived" in ok("habit", "list", "--all")
    assert ok("habit", "restore", "write") == "Restored Write 500 words.\n"
    assert ok("habit", "delete", "write") == "Deleted Write 500 words; “pitrack undo” brings it back.\n"
    assert "Write" not in ok("habit", "list", "--all")
    ok("undo")
    assert "Write 500 words" in ok("today")
    assert ok("stream", "archive", "写真") == "Archived 写真素材.\n"
    assert "写真素材" not in ok("stream", "list")
    assert ok("stream", "restore", "photos") == "Restored 写真素材.\n"
    assert ok("stream", "delete", "photos") == "Deleted 写真素材; “pitrack undo” brings it back.\n"


def test_edit_a_stream(ok, data) -> None:
    assert ok("stream", "edit", "news", "--stage", "automated", "--since", "2026-01-01", "--name", "Letter") == (
        "Changed Letter.\n"
    )
    assert ok("stream", "edit", "letter", "--stage", "automated") == "Nothing to change on Letter.\n"
    assert data("stream", "list")[0]["stage"] == "automated"
    ok("earn", "letter", "5")
    assert ok("stream", "show", "letter").splitlines()[-2:] == [
        "entries   1",
        "in all    income 5.00 USD, net 5.00 USD",
    ]


def test_show_a_habit(ok, data) -> None:
    ok("done", "write", "--on", "-1")
    ok("habit", "edit", "write", "--tag", "q4", "--tag", "news #q4", "--note", "readers")
    assert ok("habit", "show", "write") == (
        "name      Write 500 words\n"
        "alias     write\n"
        "asks      every day, at least 500 words\n"
        "since     2026-11-01\n"
        "stream    Newsletter\n"
        "streak    1 day\n"
        "best      1 day\n"
        "strength  5%\n"
        "7 days    17% done, 1 of 6\n"
        "30 days   5% done, 1 of 21\n"
        "90 days   5% done, 1 of 21\n"
        "365 days  5% done, 1 of 21\n"
        "tags      #news #q4\n"
        "note      readers\n"
        "\n"
        "2026-11-21  2026-11-21  1 day\n"
    )
    assert data("habit", "show", "write") == data("habit", "list")[0]


def test_tags_come_and_go(ok, data, run) -> None:
    assert ok("habit", "edit", "write", "--tag", "#q4", "--tag", "Camera, shop") == (
        "Changed Write 500 words, every day, at least 500 words.\n"
    )
    ok("habit", "edit", "write", "--no-tag", "Q4", "--tag", "camera", "--tag", "new")
    assert data("habit", "list")[0]["tags"] == ["Camera", "new", "shop"]
    assert ok("habit", "edit", "write", "--tag", "SHOP") == "Nothing to change on Write 500 words.\n"
    result = run("habit", "edit", "write", "--no-tag", "q4\x1b")
    assert (result.exit_code, "Write 500 words has no tag “q4" in result.stderr) == (2, True)
    assert "\x1b" not in result.stderr


def test_what_a_day_without_an_answer_counts_as(ok, data, run) -> None:
    ok("habit", "add", "Sweets", "--at-most", "2", "--since", "2026-11-20", "--absent", "kept")
    assert "no answer  counts as kept\n" in ok("habit", "show", "sweets")
    assert data("habit", "show", "sweets")["rates"][0] == {"days": 7, "met": 2, "due": 2}
    ok("habit", "edit", "sweets", "--absent", "unknown")
    assert data("habit", "show", "sweets")["rates"][0] == {"days": 7, "met": 0, "due": 2}
    for args in (("edit", "write", "--absent", "kept"), ("add", "X", "--absent", "kept")):
        result = run("habit", *args)
        assert result.exit_code == 2
        assert "--absent is for an action with --at-most" in result.stderr
    assert len(data("habit", "list")) == 3


def test_every_so_many_days_stay_the_same_days(ok, data) -> None:
    ok("habit", "add", "Water", "--every", "every 3 days", "--since", "2026-11-20")
    ok("habit", "edit", "water", "--at-least", "2 l")
    assert ok("habit", "edit", "water", "--every", "every 3 days", "--at-least", "2 l") == (
        "Nothing to change on Water.\n"
    )
    ok("habit", "edit", "water", "--every", "every 3 days", "--at-least", "3 l")
    due = {day: data("today", "--on", day)["actions"] for day in ("2026-11-23", "2026-11-24", "2026-11-26")}
    assert {day: [one["due"] for one in actions if one["alias"] == "water"] for day, actions in due.items()} == {
        "2026-11-23": [True],
        "2026-11-24": [False],
        "2026-11-26": [True],
    }


def test_the_help_of_every_names_all_schedules(ok) -> None:
    text = " ".join(ok("habit", "add", "--help").split())
    for kind in ("day;", "mon,wed,fri", "3/week", "1/month", "3 in 14 days", "every 3 days", "3 days after"):
        assert kind in text


def test_streaks_json_is_exact(ok, data) -> None:
    for day in ("2026-11-01", "2026-11-02", "2026-11-20", "2026-11-21"):
        ok("done", "write", "--on", day)
    first, second = data("streaks")
    assert len(first.pop("id")) == 8
    assert 0 < first.pop("strength") < 1
    assert first == {
        "habit": "Write 500 words",
        "current": 2,
        "best": 2,
        "unit": "day",
        "breaks_in": 0,
        "best_list": [
            {"from": "2026-11-20", "to": "2026-11-21", "length": 2},
            {"from": "2026-11-01", "to": "2026-11-02", "length": 2},
        ],
    }
    assert (second["habit"], second["unit"], second["best_list"]) == ("写真の整理", "week", [])
    assert data("streaks", "--as-of", "2026-11-02")[0]["current"] == 2


def test_streaks_as_a_table(ok) -> None:
    ok("done", "write", "--on", "-1")
    assert ok("streaks") == (
        "action           stream       streak     best  days left  strength\n"
        "Write 500 words  Newsletter    1 day    1 day          0        5%\n"
        "写真の整理                   0 weeks  0 weeks          -        0%\n"
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("habit", "add", "X", "--at-least", "-5 km"), "“-5 km” is below zero. Type it without the minus."),
        (("habit", "add", "X", "--at-least", "0"), "“0” does not work as target: it has to be above zero."),
        (("habit", "add", "X", "--at-least", "1e400"), "“1e400” is not an amount."),
        (("stream", "add", "X", "--currency", "dollar"), "“dollar” does not work as currency: type three capital"),
        (("rate", "add", "US", "JPY", "3"), "“US” does not work as currency: type three capital letters, like USD."),
        (("rate", "add", "USD", "USD", "3"), "“USD USD” does not work as rate: the two currencies are the same."),
        (("rate", "add", "USD", "JPY", "-1"), "“-1” is below zero. Type it without the minus. See"),
        (("goal", "add", "X", "--save", "5", "--by", "soon"), "“soon” is not a day. Type it like 2027-06-01, 06-01,"),
    ],
)
def test_a_refusal_speaks_of_what_was_typed(run, book, args: tuple[str, ...], told: str) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    assert book.read_bytes() == before


def test_small_letters_name_a_currency(ok, data) -> None:
    ok("stream", "add", "X", "--currency", "usd")
    assert data("stream", "list")[-1]["currency"] == "USD"


def test_a_name_that_there_is_already_is_added_and_told(run, data) -> None:
    told = "There was one called Write 500 words already; if this is a slip, “pitrack undo” takes it back.\n"
    result = run("habit", "add", "ｗｒｉｔｅ 500 WORDS")
    assert (result.exit_code, result.stderr) == (0, told)
    result = run("stream", "add", "newsletter")
    assert (result.exit_code, result.stderr) == (0, told.replace("Write 500 words", "Newsletter"))
    assert len(data("habit", "list")) == 3
    assert len(data("stream", "list")) == 3
    for line in (("goal", "add", "Camera", "--save", "1200"), ("template", "add", "Camera", "12", "--kind", "expense")):
        assert run(*line).stderr == ""
        assert run(*line).stderr == told.replace("Write 500 words", "Camera")


def test_goals_of_one_name_are_told_apart_by_their_ids(run, ok, data) -> None:
    for name in ("Camera", "ｃａｍｅｒａ", "Camera bag"):
        assert run("goal", "add", name, "--save", "1200").exit_code == 0
    ids = {one["name"]: one["id"] for one in data("goal", "list")}
    told = {name: f"{ids[name]} ({name})" for name in ("Camera", "ｃａｍｅｒａ")} | {"Camera bag": "Camera bag"}
    both, three = (", ".join(told[name] for name in ids if name in some) for some in (list(told)[:2], told))
    assert run("goal", "show", "Camera").stderr == f"“Camera” could mean: {both}. Type the id of one.\n"
    assert run("goal", "show", "cam").stderr == f"“cam” could mean: {three}. Type more of the name.\n"
    ok("goal", "delete", ids["ｃａｍｅｒａ"])
    assert ok("goal", "archive", "camera") == "Archived Camera.\n"


@pytest.mark.parametrize(
    "args",
    [
        ("habit", "add", "X", "--every", "sometimes"),
        ("habit", "add", "X", "--every", "9/week"),
        ("habit", "add", "X", "--at-least", "words"),
        ("habit", "add", "X", "--at-least", "1e5"),
        ("habit", "add", "X", "--at-least", "1e400"),
        ("habit", "add", "X", "--at-least", "0 words"),
        ("habit", "add", "X", "--at-least", "-5 km"),
        ("habit", "add", "X", "--at-most", ""),
        ("habit", "add", "X", "--at-least", "5", "--at-most", "6"),
        ("habit", "add", "X", "--alias", "write"),
        ("habit", "add", "X", "--alias", "日記"),
        ("habit", "add", "X", "--stream", "nobody"),
        ("habit", "add", "  "),
        ("habit", "add", "x" * 201),
        ("habit", "edit", "write", "--yes-no", "--at-least", "5"),
        ("habit", "paint", "write"),
        ("stream", "add", "X", "--role", "boss"),
        ("stream", "add", "X", "--currency", "dollars"),
        ("rate", "add", "USD", "USD", "1"),
        ("rate", "add", "USD", "JPY", "0"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(run, book, args: tuple[str, ...]) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert book.read_bytes() == before
