"""``pitrack import``: what it shows, what it records, what it refuses."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.exchange.files import DATA, loop_backup, loop_zip, zipped

HARSH = str(DATA / "harsh")


@pytest.fixture
def backup(home: Path) -> str:
    path = home / "Loop Habits Backup.db"
    path.write_bytes(loop_backup())
    return str(path)


def test_a_dry_run_records_nothing(ok, book: Path, started: None) -> None:
    before = book.read_bytes()
    assert ok("import", "harsh", HARSH, "--dry-run") == (
        "Gym       new            3 times in any 7 days  4 new days\n"
        "Call Mom  new            once in any 7 days     1 new day\n"
        "Walk      new            every day\n"
        "Coffee    new            once in any 366 days\n"
        "Old       new, archived  every day              1 new day\n"
        "Still     new            once in any 2 days\n"
        "Dropped   new, archived  once in any 366 days   1 new day\n"
        "Nothing was recorded: this was a dry run.\n"
    )
    assert book.read_bytes() == before


def test_an_import_a_second_one_and_undo(ok, run, started: None) -> None:
    assert ok("import", "harsh", HARSH).endswith("Imported from harsh. “pitrack undo” takes it back.\n")
    listed = ok("habit", "list")
    assert "Gym              gym     3 times in any 7 days" in listed
    assert ok("import", "harsh", HARSH) == (
        "Gym       there as gym      4 there already\n"
        "Call Mom  there as call     1 there already\n"
        "Walk      there as walk\n"
        "Coffee    there as coffee\n"
        "Old       there as old      1 there already\n"
        "Still     there as still\n"
        "Dropped   there as dropped  1 there already\n"
        "Nothing new: the book has it all.\n"
    )
    assert ok("undo") == "Undid: imported harsh.\n"
    assert "Gym" not in ok("habit", "list", "--all")
    assert ok("redo") == "Did again: imported harsh.\n"
    assert ok("habit", "list") == listed


def test_an_answer_of_the_book_stays(ok, data, started: None) -> None:
    ok("habit", "add", "gym", "--since", "2025-01-01")
    ok("no", "gym", "--on", "2025-01-15")
    shown = ok("import", "harsh", HARSH)
    assert shown.splitlines()[0].split("  ")[-1].strip() == "3 new days, 1 answered otherwise: yours stays"
    gym = next(one for one in data("import", "harsh", HARSH)["actions"] if one["name"] == "Gym")
    assert (gym["alias"], gym["added"], gym["same"], gym["kept"]) == ("gym", 0, 3, 1)


def test_json(data, backup: str, started: None) -> None:
    assert data("import", "loop", backup, "--dry-run")["imported"] is False
    made = data("import", "loop", backup)
    assert made["imported"] is True
    run, meditate, phone = made["actions"]
    assert len(run.pop("id")) == 8
    assert run == {
        "name": "Run",
        "alias": "run",
        "state": "new",
        "kind": "at_least",
        "schedule": "1/7 days",
        "target": "20.5",
        "unit": "km",
        "archived": True,
        "added": 4,
        "same": 0,
        "kept": 0,
        "cleared": 0,
        "first": "2015-01-22",
        "last": "2015-01-25",
    }
    assert (meditate["schedule"], phone["kind"]) == ("3/7 days", "at_most")
    assert (made["times"], made["left_out"], made["unreadable"]) == ([], [], [])


def test_bad_rows_stop_the_import_unless_they_are_skipped(run, book: Path, home: Path, started: None) -> None:
    path = home / "log"
    path.write_text("2025-01-15 : Gym : y\n2025-01-16 : Gym : maybe\n2025-02-30 : Gym : y\n")
    before = book.read_bytes()
    stopped = run("import", "harsh", str(path))
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    assert stopped.stderr == (
        "Cannot be read:\n"
        "  log, line 2, column answer, “maybe”: it is no answer of that tool\n"
        "  log, line 3, column day, “2025-02-30”: it is not a day like 2026-11-22\n"
        "Nothing was imported. Mend the file, or add --skip-bad to import the rest.\n"
    )
    assert book.read_bytes() == before
    dry = run("import", "harsh", str(path), "--dry-run")
    assert (dry.exit_code, dry.stdout) == (
        1,
        "Gym  new  every day  1 new day\nNothing was recorded: this was a dry run.\n",
    )
    skipped = run("import", "harsh", str(path), "--skip-bad")
    assert skipped.exit_code == 0
    assert skipped.stderr.startswith("Left out, since it cannot be read:\n  log, line 2")
    assert skipped.stdout == "Gym  new  every day  1 new day\nImported from harsh. “pitrack undo” takes it back.\n"
    unread = json.loads(run("import", "harsh", str(path), "--json").stdout)
    assert unread["imported"] is False
    assert unread["unreadable"][0] == {
        "file": "log",
        "line": 2,
        "place": None,
        "column": "answer",
        "value": "maybe",
        "why": "answer",
    }


def test_only_the_first_twenty_bad_rows_are_listed(run, home: Path, started: None) -> None:
    path = home / "log"
    path.write_text("2025-01-15 : Gym : maybe\n" * 25)
    lines = run("import", "harsh", str(path)).stderr.splitlines()
    assert (len(lines), lines[21]) == (23, "  and 5 more")


def test_time_needs_a_stream(run, ok, data, started: None) -> None:
    file = str(DATA / "watson-frames.json")
    stopped = run("import", "watson", file)
    assert (stopped.exit_code, stopped.stderr) == (0, "")
    assert stopped.stdout == (
        "Newsletter  1 new entry  1 h\n"
        "写真素材    1 new entry  30 min\n"
        "Imported from Watson. “pitrack undo” takes it back.\n"
    )
    assert ok("import", "watson", file).startswith("Newsletter  0 new entries  1 there already\n")
    timed = str(DATA / "timewarrior")
    made = data("import", "timewarrior", timed, "--dry-run")
    assert made["times"] == [{"stream": "Newsletter", "added": 3, "minutes": 151, "same": 0, "deleted": 0}]
    assert made["left_out"] == [{"why": "running", "name": "20160103T090000Z"}]
    ok("stream", "archive", "news")
    stopped = run("import", "timewarrior", timed)
    assert (stopped.exit_code, stopped.stderr.splitlines()[1]) == (
        1,
        "  2016-01.data, line 1, “newsletter, two words”: no stream has that name; add --stream",
    )
    assert run("import", "timewarrior", timed, "--stream", "photos").exit_code == 0
    assert run("import", "timewarrior", timed, "--stream", "nothing").exit_code == 2


def test_what_is_deleted_comes_again_only_when_asked(ok, started: None) -> None:
    ok("import", "harsh", HARSH)
    ok("habit", "delete", "gym")
    shown = ok("import", "harsh", HARSH)
    assert shown.startswith("Gym       deleted in the book  3 times in any 7 days\n")
    assert "What was deleted, cleared or undone in this book stays so; --again brings it back.\n" in shown
    assert "Gym       new" in ok("import", "harsh", HARSH, "--again")
    assert "Gym" in ok("habit", "list")


def test_a_first_import_begins_the_book_and_a_refused_one_does_not(run, book: Path, home: Path) -> None:
    bad = home / "x.db"
    bad.write_bytes(b"SQLite format 3\0 and no more")
    refused = run("import", "loop", str(bad))
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"{bad} cannot be imported: it is a damaged database. Nothing was imported.\n",
    )
    assert not book.exists()
    dry = run("import", "harsh", HARSH, "--dry-run")
    assert (dry.exit_code, book.exists()) == (1, False)
    made = run("import", "harsh", HARSH)
    assert made.exit_code == 0
    assert made.stderr == f"Began a new book: {book} (zone Asia/Tokyo, currency {currency(book)}).\n"


def currency(book: Path) -> str:
    return str(json.loads(book.read_bytes())["_book"]["book"]["currency"])


def test_files_made_to_harm_are_refused_in_one_sentence(run, home: Path, started: None) -> None:
    made = {
        "bomb.zip": zipped({"Habits.csv": b"0" * 3_000_000}),
        "out.zip": zipped({"Habits.csv": "Position,Name\n", "../../\x1b[31mx.csv": "x"}),
        "nul.zip": zipped({"Habits.csv": "Position,Name\n001,a\0\n"}),
        "text.zip": b"hello",
    }
    said = {}
    for name, content in made.items():
        (home / name).write_bytes(content)
        result = run("import", "loop", str(home / name))
        assert (result.exit_code, result.stdout) == (1, "")
        said[name] = result.stderr.removeprefix(f"{home / name} cannot be imported: ")
    assert said == {
        "bomb.zip": "it is a zip file that unpacks to far more than it should (at most 50 MB). Nothing was imported.\n",
        "out.zip": "it is a zip file with the path “../../\\x1b[31mx.csv”, which leads out of its folder. "
        "Nothing was imported.\n",
        "nul.zip": "line 2 holds a zero byte, so it is not text. Nothing was imported.\n",
        "text.zip": "it is neither a backup nor a CSV export of Loop Habit Tracker. Nothing was imported.\n",
    }
    deep = home / "deep.json"
    deep.write_bytes(b"[" * 100_000)
    for preset in ("dijo", "beaver", "watson"):
        assert "it is nested too deeply" in run("import", preset, str(deep)).stderr
    os.mkfifo(home / "pipe")
    assert "it is not an ordinary file" in run("import", "harsh", str(home / "pipe")).stderr
    assert (
        "it is a folder; name the file itself, or the zip that it was unpacked from"
        in run("import", "dijo", HARSH).stderr
    )
    assert run("import", "dijo", str(home / "nothing")).stderr == (
        f"{home / 'nothing'} cannot be used: No such file or directory.\n"
    )


def test_names_with_control_characters_are_spelt(run, home: Path, started: None) -> None:
    path = home / "log"
    path.write_bytes(b"2025-01-15 : \x1b[31mred\x07 : y\n2025-01-15 : \x1b]0;x\x07 : q\n")
    result = run("import", "harsh", str(path), "--skip-bad")
    assert "\x1b" not in result.output
    assert "\\x1b[31mred\\x07  new  every day  1 new day\n" in result.stdout


def test_an_unknown_preset_is_wrong_usage(run, started: None) -> None:
    result = run("import", "fitbit", HARSH)
    assert result.exit_code == 2
    assert "loop, harsh, habitbull, dijo, beaver, timewarrior, watson" in result.stderr


@pytest.mark.parametrize(
    ("preset", "file", "names"),
    [
        ("habitbull", "habitbull.csv", ["Floss", "Pages"]),
        ("dijo", "dijo.json", ["lift", "water", "run", "coffee"]),
        ("beaver", "beaver.json", ["Swim", "Stretch", "Bills", "Plants", "Haircut"]),
    ],
)
def test_every_preset_reads_its_sample(data, preset: str, file: str, names: list[str], started: None) -> None:
    made = data("import", preset, str(DATA / file))
    assert [(one["name"], one["state"]) for one in made["actions"]] == [(name, "new") for name in names]
    again = data("import", preset, str(DATA / file))
    assert {one["state"] for one in again["actions"]} == {"there"}
    assert sum(one["added"] for one in again["actions"]) == 0
    assert sum(one["same"] for one in again["actions"]) == sum(one["added"] for one in made["actions"])


def test_an_export_after_a_backup_finds_the_same_actions(data, backup: str, home: Path, started: None) -> None:
    data("import", "loop", backup)
    path = home / "export.zip"
    path.write_bytes(loop_zip())
    made = data("import", "loop", str(path))
    assert [(one["name"], one["state"], one["added"], one["same"], one["kept"]) for one in made["actions"]] == [
        ("Meditate", "there", 4, 1, 0),
        ("Run", "there", 3, 3, 0),
        ("電話", "new", 1, 0, 0),
    ]


def test_a_file_of_another_format_is_told_by_its_columns(run, home: Path) -> None:
    (home / "habits.json").write_text('[{"type":"Bit","name":"lift"}, "a"b]\n')
    told = run("import", "habitbull", str(home / "habits.json")).stderr
    assert told.endswith("habits.json has no column HabitName, CalendarDate, Value. Nothing was imported.\n")
