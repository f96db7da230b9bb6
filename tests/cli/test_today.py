"""What today, status and checkin print."""

from __future__ import annotations

from pathlib import Path

import pytest

from pitrack.text.plain import cells


def test_today_in_groups(ok, started: None) -> None:
    for day in ("-2", "-1"):
        ok("done", "write", "500", "--on", day)
    ok("habit", "add", "Read")
    ok("habit", "add", "Plan", "--every", "mon")
    ok("skip", "read")
    assert ok("today") == (
        "Sun 2026-11-22: 2 open, 0 done, 1 skipped\n"
        "\n"
        "ENDS TONIGHT\n"
        "  Write 500 words  Newsletter  0 / 500 words         2 days\n"
        "\n"
        "OPEN\n"
        "  写真の整理                   0 / 3 this week      0 weeks\n"
        "\n"
        "ANSWERED\n"
        "  Read                         skipped               0 days\n"
        "\n"
        "NOT DUE\n"
        "  Plan                         next Mon 2026-11-23   0 days\n"
    )


def test_today_json_is_exact(ok, data, started: None) -> None:
    ok("done", "write", "620.50")
    view = data("today")
    assert list(view) == ["day", "actions"]
    assert view["day"] == "2026-11-22"
    ids = [action.pop("id") for action in view["actions"]]
    strengths = [action.pop("strength") for action in view["actions"]]
    assert view["actions"] == [
        {
            "habit": "写真の整理",
            "alias": "sort",
            "stream": None,
            "state": "absent",
            "value": None,
            "target": None,
            "unit": "",
            "due": True,
            "done": False,
            "streak": 0,
            "streak_unit": "week",
            "breaks_in": None,
            "next_due": None,
        },
        {
            "habit": "Write 500 words",
            "alias": "write",
            "stream": "Newsletter",
            "state": "amount",
            "value": "620.50",
            "target": "500",
            "unit": "words",
            "due": True,
            "done": True,
            "streak": 1,
            "streak_unit": "day",
            "breaks_in": None,
            "next_due": None,
        },
    ]
    assert {item["id"] for item in data("habit", "list")} == set(ids)
    assert all(0 <= strength < 1 for strength in strengths)


def test_exit_code_says_whether_something_is_open(run, ok, started: None) -> None:
    assert run("today", "--exit-code").exit_code == 3
    ok("done", "write")
    for day in ("-2", "-1", "today"):
        ok("done", "sort", "--on", day)
    assert run("today", "--exit-code").exit_code == 0


def test_today_of_another_day(ok, started: None) -> None:
    ok("done", "write", "--on", "2026-11-20")
    assert ok("today", "--on", "fri").startswith("Fri 2026-11-20: 1 open, 1 done\n")


def test_a_night_that_is_over_is_not_tonight(ok, started: None) -> None:
    ok("done", "write", "--on", "2026-11-18")
    assert "\nENDS THAT NIGHT\n  Write 500 words" in ok("today", "--on", "2026-11-19")
    assert ok("why", "write", "--on", "2026-11-19").splitlines()[1].endswith("best 1 day, ends that night")
    asked = ok("checkin", "--on", "2026-11-19", typed="q\n").splitlines()[1]
    assert asked.startswith("1 of 2, Thu 2026-11-19: Write 500 words (0 / 500 words, 1 day): ")
    ok("done", "write", "--on", "2026-11-21")
    assert "\nENDS TONIGHT\n" in ok("today")
    assert ok("why", "write").splitlines()[1].endswith("ends tonight")


@pytest.mark.parametrize(
    "args",
    [
        ("today",), ("status",), ("streaks",), ("growth",), ("habit", "list"), ("undo",), ("earn", "news", "5"),
        ("done", "x"),
    ],
)  # fmt: skip
def test_reading_commands_never_make_a_book(run, book: Path, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        'There is no book yet. Start one with “pitrack”, or with: pitrack habit add "Write 500 words" --every day\n'
    )
    assert not book.exists()


@pytest.mark.parametrize("args", [("today",), ("status",), ("streaks", "--json"), ("entry", "list"), ("goals",)])
def test_reading_commands_never_write_the_book(ok, book: Path, started: None, args: tuple[str, ...]) -> None:
    before = book.read_bytes(), book.stat().st_mtime_ns
    ok(*args)
    assert (book.read_bytes(), book.stat().st_mtime_ns) == before


def test_an_empty_book_says_what_to_do_first(ok, run) -> None:
    assert run("--new", "status").stdout == "0 open, 0 done\n"
    assert ok("today") == ('Sun 2026-11-22\nNo action yet. Add one: pitrack habit add "Write 500 words" --every day\n')
    assert ok("streaks") == "No action yet.\n"
    assert ok("growth") == "No income yet. Book some: pitrack earn STREAM 120.50\n"
    assert ok("entry", "list") == "No entry.\n"


HOSTILE = {
    "markup": "[bold red]x[/] [@click=app.quit]y[/]",
    "escape": "a\x1b[2J\x1b]0;title\x07b",
    "bidi": "abc\u202edef",
    "family": "👨‍👩‍👧‍👦 walk",
    "newline": "one\ntwo",
    "template": "{name} {0} %s",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_names_are_shown_harmlessly_in_aligned_columns(ok, started: None, name: str) -> None:
    ok("habit", "add", name, "--alias", "hostile", "--note", name)
    shown = ok("done", "hostile") + ok("today") + ok("streaks") + ok("habit", "list") + ok("habit", "show", "hostile")
    assert not set(shown) & set("\x1b\x07\u202e\r")
    if name.isprintable():
        assert name in shown
    rows = [line for line in ok("streaks").splitlines() if line]
    assert len({cells(row) for row in rows}) == 1


def test_status(ok, started: None) -> None:
    ok("done", "write", "500", "--on", "-1")
    assert ok("status") == "2 open, 0 done, 1 ends tonight\n"
    assert ok("status", "--format", "{open}/{total} {done} {skipped} {tonight} {streak} {next} {day}") == (
        "2/2 0 0 1 1 Write 500 words 2026-11-22\n"
    )
    assert ok("status", "--format", "{ { open } 100% {open}") == "{ { open } 100% 2\n"


def test_what_is_quiet_says_nothing_once_nothing_is_open(run, ok, started: None) -> None:
    assert ok("status", "--quiet", "--format", "{open}!") == "2!\n"
    assert ok("today", "--open").splitlines()[:2] == ["Sun 2026-11-22: 2 open, 0 done", ""]
    ok("done", "write")
    assert [line.split()[0] for line in ok("today", "--open").splitlines()[2:]] == ["OPEN", "写真の整理"]
    ok("skip", "写真")
    assert (ok("status", "--quiet"), ok("today", "--open")) == ("", "")
    assert run("today", "--open", "--exit-code").exit_code == 0


def test_a_prompt_is_quiet_where_there_is_no_book_to_read(run, book: Path) -> None:
    assert (run("status", "--quiet").exit_code, run("status", "--quiet").stderr) == (0, "")
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_text("{")
    assert (run("status", "--quiet").exit_code, run("status", "--quiet").output) == (0, "")
    assert run("status").exit_code == 1


def test_status_keeps_the_colours_of_a_template(ok, started: None) -> None:
    assert ok("status", "--format", "\x1b[31m{open}\x1b[0m") == "\x1b[31m2\x1b[0m\n"


@pytest.mark.parametrize(("template", "field"), [("{open", "{open"), ("{done} {ope n}", "{ope"), ("{{open}", "")])
def test_status_refuses_a_field_that_is_not_closed(run, started: None, template: str, field: str) -> None:
    result = run("status", "--format", template)
    told = f"“{field}” in --format lacks its closing brace.\n" if field else ""
    assert (result.exit_code, result.stderr) == (2 if field else 0, told)


def test_status_refuses_unknown_fields(run, started: None) -> None:
    result = run("status", "--format", "{open} {__class__}")
    assert result.exit_code == 2
    assert result.stderr.startswith("“{__class__}” is not known in --format. Choose from: {day}, {open}, ")


def test_checkin_reads_lines_of_a_pipe(ok, data, started: None) -> None:
    ok("habit", "add", "Read")
    ok("habit", "add", "Walk")
    shown = ok("checkin", typed="many\n＋５５０\n\nｎ\n5\nｓ\n")
    asked = [line.partition(" (")[0] for line in shown.splitlines() if line.endswith(": ")]
    assert asked == [
        "1 of 4: Write 500 words",
        "1 of 4: Write 500 words",
        "2 of 4: 写真の整理",
        "3 of 4: Read",
        "4 of 4: Walk",
        "4 of 4: Walk",
    ]
    assert "“many” is not an amount." in shown
    assert "Walk is answered with yes or no, and takes no amount such as “5”." in shown
    assert {action["alias"]: (action["state"], action["value"]) for action in data("today")["actions"]} == {
        "write": ("amount", "550"),
        "sort": ("absent", None),
        "read": ("no", None),
        "walk": ("skip", None),
    }
    assert shown.endswith("3 answered, 1 open\n")


def test_checkin_stops_at_q_and_at_the_end_of_input(ok, started: None) -> None:
    assert ok("checkin", typed="ｑ\n").endswith("0 answered, 2 open\n")
    assert ok("checkin", typed="").endswith("0 answered, 2 open\n")
    assert ok("checkin", typed="y\n").endswith("1 answered, 1 open\n")


def test_checkin_goes_back_and_takes_notes(ok, data, started: None) -> None:
    ok("done", "write", "+50", "--note", "morning")
    shown = ok("checkin", typed="+100\nu\nt\n夜も\n?\nn\nu\nq\n")
    (write,) = [action for action in data("today")["actions"] if action["alias"] == "write"]
    assert (write["state"], write["value"]) == ("amount", "50")
    assert shown.count("y done, n no, s skip") == 2
    assert shown.count("c catches up first: ") == 2
    assert shown.splitlines()[-1] == "0 answered, 2 open"


def test_checkin_catches_up_with_the_days_before(ok, data, started: None) -> None:
    ok("done", "write", "--on", "-3")
    shown = ok("checkin", "--catch-up", typed="n\n\n\n\n\n\n\n\n\n")
    assert "1 of 8, Sun 2026-11-15: Write 500 words (0 / 500 words, 0 days): " in shown
    assert [action["state"] for action in data("today", "--on", "2026-11-15")["actions"]].count("no") == 1
    assert ok("checkin", "--on", "-2", typed="y\n").splitlines()[1].startswith("1 of 2, Fri 2026-11-20: Write 500")


def test_checkin_with_nothing_open(ok, run) -> None:
    run("--new", "status")
    assert ok("checkin") == "Nothing is open today.\n"
