"""What keeps a book safe, as commands: merge, history, backup, doctor, fork, where --move."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

Ok = Callable[..., str]
Data = Callable[..., Any]
COPY = "pitrack.sync-conflict-20261122-134353-6222WNZ.json"


@pytest.fixture
def phone(run: Run, book: Path, started: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Run commands on another device, which has a copy of the book and a state of its own; its book is returned."""
    path = tmp_path / "phone" / "pitrack.json"
    path.parent.mkdir()
    shutil.copy(book, path)

    def act(*lines: tuple[str, ...]) -> Path:
        with monkeypatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(tmp_path / "phone-state"))
            for line in lines:
                result = run("--file", str(path), *line)
                assert (result.exit_code, result.stderr) == (0, ""), result.stderr
        return path

    return act


def grosses(data: Data) -> list[str]:
    return sorted(entry["gross"] for entry in data("entry", "list"))


def test_merge_takes_in_a_conflict_copy_and_puts_it_away(ok: Ok, data: Data, book: Path, phone: Any) -> None:
    ok("earn", "news", "5")
    shutil.copy(phone(("earn", "news", "7")), book.parent / COPY)
    before = book.read_bytes()
    assert grosses(data) == ["5", "7"]
    assert book.read_bytes() == before
    ok("merge")
    assert not (book.parent / COPY).exists()
    assert [entry.name for entry in book.parent.iterdir()] == ["pitrack.json"]
    assert grosses(data) == ["5", "7"]


def test_merge_says_what_it_did(ok: Ok, book: Path, phone: Any) -> None:
    ok("earn", "news", "5")
    shutil.copy(phone(("earn", "news", "7"), ("idea", "日本語")), book.parent / COPY)
    assert ok("merge") == "Merged 2 changes.\n"
    assert ok("merge") == "Nothing new: this device has it all.\n"
    assert json.loads(ok("merge", "--json")) == {"records": 0, "lost": 0, "mended": False, "behind": None}


def test_merge_of_a_named_file(ok: Ok, run: Run, data: Data, phone: Any, tmp_path: Path) -> None:
    other = phone(("earn", "news", "7"))
    assert ok("merge", str(other)) == "Merged 1 change.\n"
    assert grosses(data) == ["7"]
    for content, says in (("{", "cannot be read: it is not valid JSON"), ("[]", "it is not a book of pitrack")):
        wrong = tmp_path / "wrong.json"
        wrong.write_text(content)
        result = run("merge", str(wrong))
        assert (result.exit_code, result.stdout) == (1, "")
        assert says in result.stderr
        assert str(wrong) in result.stderr
    assert run("merge", str(tmp_path / "nowhere.json")).exit_code == 1


def test_another_book_is_joined_only_when_asked(ok: Ok, run: Run, data: Data, tmp_path: Path, started: None) -> None:
    other = tmp_path / "other.json"
    ok("--new", "--file", str(other), "stream", "add", "Course")
    ok("--file", str(other), "earn", "course", "9")
    refused = run("merge", str(other))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == f"{other} is another book, not a version of this one. Add --join to make both one.\n"
    assert "Merged" in ok("merge", str(other), "--join")
    assert grosses(data) == ["9"]


@pytest.fixture
def foreign(ok: Ok, book: Path, started: None, tmp_path: Path) -> Path:
    """Another book in the place of the one with two actions."""
    ok("earn", "news", "5")
    other = tmp_path / "other.json"
    ok("--new", "--file", str(other), "stream", "add", "Course")
    ok("--file", str(other), "earn", "course", "9")
    shutil.copy(other, book)
    return other


def test_another_book_in_its_place_is_read_only(run: Run, book: Path, foreign: Path) -> None:
    shown = run("entry", "list")
    assert (shown.exit_code, "5 USD" in shown.stdout or "5.00 USD" in shown.stdout) == (0, True)
    assert "another book lies in its place. “pitrack merge --join” makes both one" in shown.stderr
    refused = run("earn", "news", "6")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "--join" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert book.read_bytes() == foreign.read_bytes()
    undecided = run("merge")
    assert undecided.exit_code == 1
    assert book.read_bytes() == foreign.read_bytes()


def test_joining_it(ok: Ok, data: Data, foreign: Path) -> None:
    ok("merge", "--join")
    assert grosses(data) == ["5", "9"]
    ok("earn", "news", "6")
    assert grosses(data) == ["5", "6", "9"]


def test_keeping_it_apart(ok: Ok, data: Data, book: Path, foreign: Path) -> None:
    said = ok("merge", "--apart")
    (kept,) = [path for path in book.parent.iterdir() if path != book]
    assert f"The book that was here before is now {kept}." in said
    assert grosses(data) == ["9"]
    assert "5" in ok("--file", str(kept), "entry", "list")


def test_a_missing_and_a_damaged_file_are_mended(ok: Ok, run: Run, data: Data, book: Path, started: None) -> None:
    ok("earn", "news", "5")
    whole = book.read_bytes()
    for spoil in (book.unlink, lambda: book.write_text("{")):
        spoil()
        shown = run("entry", "list")
        assert shown.exit_code == 0
        assert shown.stderr.startswith(f"This is what this device holds; {book} is behind: ")
        assert "pitrack merge" in shown.stderr
        booked = run("idea", "x")
        assert (booked.exit_code, booked.stdout) == (0, "Noted: x\n")
        assert booked.stderr.startswith(f"This is recorded on this device, but {book} is behind: ")
        assert ok("merge") == f"Wrote {book} anew.\n"
        assert run("entry", "list").stderr == ""
    assert whole != book.read_bytes()
    assert len(data("entry", "list")) == 1


def test_a_hand_edit_is_an_edit_that_undo_takes_back(ok: Ok, data: Data, book: Path, started: None) -> None:
    ok("earn", "news", "1200")
    book.write_text(book.read_text().replace('"gross":"1200"', '"gross":"1300"'))
    assert grosses(data) == ["1300"]
    assert ok("undo") == "Undid: edits made in the file by hand.\n"
    assert grosses(data) == ["1200"]


def test_what_lost_is_listed_and_brought_back(ok: Ok, run: Run, data: Data, book: Path, phone: Any) -> None:
    assert ok("history") == "Nothing of this device was replaced in a merge.\n"
    ok("done", "write", "500", "--on", "yesterday")
    shutil.copy(phone(("done", "write", "620", "--on", "yesterday")), book.parent / COPY)
    said = ok("merge")
    assert said.endswith("1 value of this device was replaced by a later one: see “pitrack history”.\n")
    assert ok("history").split("  ")[-2:] == ["Write 500 words, 2026-11-21, answer", "500 -> 620\n"]
    (one,) = data("history")
    assert (one["n"], one["table"], one["field"], one["value"], one["winner"]) == (
        1,
        "checkins",
        "mark",
        '"500"',
        '"620"',
    )
    said = ok("history", "--restore", "1")
    assert said == "Brought back: Write 500 words, 2026-11-21, answer. Undo with “pitrack undo”.\n"
    assert "500 / 500 words" in ok("today", "--on", "yesterday")
    assert ok("undo") == "Undid: brought back a value of Write 500 words.\n"
    assert "620 / 500 words" in ok("today", "--on", "yesterday")
    wrong = run("history", "--restore", "9")
    assert (wrong.exit_code, wrong.stderr) == (1, "There is no number 9 in the history; “pitrack history” lists it.\n")


def test_backups_are_listed_and_gone_back_to(ok: Ok, run: Run, data: Data, started: None) -> None:
    ok("earn", "news", "5")
    (backup,) = data("backup", "list")
    assert backup["kind"] == "daily"
    ok("earn", "photos", "900")
    ok("habit", "archive", "write")
    ok("done", "sort")
    before = ok("entry", "list"), ok("habit", "list"), ok("today")
    said = ok("backup", "restore", backup["name"][:8])
    assert said == f"The book is as it was in {backup['name']}. Undo with “pitrack undo”.\n"
    assert data("entry", "list") == []
    assert ok("backup", "restore", backup["name"]) == "The book says already what it said then.\n"
    assert ok("undo") == f"Undid: went back to the backup {backup['name']}.\n"
    assert (ok("entry", "list"), ok("habit", "list"), ok("today")) == before
    unknown = run("backup", "restore", "1999")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert backup["name"] in unknown.stderr


def test_a_backup_of_a_damaged_file_says_how_to_look_at_it(ok: Ok, run: Run, data: Data, book: Path) -> None:
    run("stream", "add", "Newsletter")
    for damage in ("{", "[", "]"):
        book.write_text(damage)
        assert ok("merge") == f"Wrote {book} anew.\n"
    names = [one["name"] for one in data("backup", "list") if one["kind"] == "found"]
    assert len(set(names)) == 3
    refused = run("backup", "restore", names[0])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("That backup is a damaged file, kept as it was found")


def test_merge_says_that_it_wrote_what_the_file_lacked(ok: Ok, book: Path, started: None) -> None:
    old = book.read_bytes()
    ok("earn", "news", "5")
    book.write_bytes(old)
    assert ok("merge") == f"Wrote to {book} what it lacked.\n"
    assert ok("merge") == "Nothing new: this device has it all.\n"


def test_without_backups_one_is_told_when_they_are_made(run: Run, ok: Ok, tmp_path: Path) -> None:
    ok("--new", "--file", str(tmp_path / "new.json"), "today")
    listed = run("--file", str(tmp_path / "new.json"), "backup", "list")
    assert (listed.exit_code, listed.stdout) == (
        0,
        "There is no backup yet. One is made before the first change of each day.\n",
    )
    assert run("--file", str(tmp_path / "new.json"), "backup", "restore", "x").exit_code == 1


CHECKS = ["file", "lock", "log", "replica", "copies", "stamps", "records", "rates", "format"]


def test_the_doctor_finds_nothing_in_a_sound_book(ok: Ok, data: Data, started: None) -> None:
    assert [line.split()[0] for line in ok("doctor").splitlines()] == CHECKS
    assert data("doctor") == [{"check": check, "ok": True, "findings": []} for check in CHECKS]


def found(run: Run, check: str) -> list[dict[str, Any]]:
    """What the doctor finds in one check; all others are well."""
    result = run("doctor", "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    checks = {one["check"]: one["findings"] for one in json.loads(result.stdout)}
    assert [name for name, findings in checks.items() if findings] == [check]
    plain = run("doctor")
    assert all(one["say"] in plain.stdout for one in checks[check])
    findings: list[dict[str, Any]] = checks[check]
    return findings


def test_the_doctor_names_what_is_wrong(ok: Ok, run: Run, book: Path, started: None, home: Path) -> None:
    ok("idea", "one")
    book.write_bytes(book.read_bytes().replace(b'"text":"one"', b'"day":7,"text":"one"'))
    ok("merge")
    (finding,) = found(run, "records")
    assert (finding["code"], finding["n"]) == ("records-invalid", 1)
    ok("undo")

    book.unlink()
    (finding,) = found(run, "file")
    assert (finding["code"], finding["path"]) == ("behind", str(book))
    assert "pitrack merge" in finding["say"]
    ok("merge")

    book.write_bytes(book.read_bytes().replace(b'"format":1', b'"format":9'))
    (finding,) = found(run, "format")
    assert "Update pitrack" in finding["say"]
    book.write_bytes(book.read_bytes().replace(b'"format":9', b'"format":1'))

    copy = book.with_name("pitrack (1).json")
    shutil.copy(book, copy)
    assert [one["code"] for one in found(run, "copies")] == ["copy-stays"]
    copy.write_bytes(b"{")
    assert [one["code"] for one in found(run, "copies")] == ["copy-unusable"]
    copy.unlink()

    (log,) = home.rglob("log.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([lines[0], b"damage\n", *lines[1:]]))
    assert [(one["code"], one["n"]) for one in found(run, "log")] == [("log-damaged", 1)]
    log.write_bytes(b"".join(lines))

    (base,) = home.rglob("base-*.json")
    base.write_bytes(base.read_bytes()[:-5])
    assert [one["code"] for one in found(run, "replica")] == ["base-damaged"]


def test_the_doctor_names_a_missing_rate(run: Run, ok: Ok, started: None) -> None:
    ok("earn", "photos", "900")
    (finding,) = found(run, "rates")
    assert finding["say"].startswith("No rate for JPY. Add one with: pitrack rate add JPY USD RATE")


def test_a_fork_is_a_book_of_its_own(ok: Ok, run: Run, data: Data, book: Path, started: None) -> None:
    fork = book.with_name("pitrack-fork.json")
    assert f"Wrote {fork}, a book of its own." in ok("fork", str(fork))
    ok("--file", str(fork), "earn", "news", "5")
    ok("merge")
    assert data("entry", "list") == []
    assert fork.exists()
    taken = run("fork", str(fork))
    assert (taken.exit_code, taken.stdout) == (1, "")
    assert taken.stderr == f"There is already something at {fork}; choose another name.\n"


@pytest.mark.usefixtures("started")
def test_the_book_moves_to_another_folder(ok: Ok, run: Run, data: Data, book: Path, home: Path) -> None:
    ok("earn", "news", "5")
    nowhere = run("where", "--move", str(home / "cloud"))
    assert (nowhere.exit_code, nowhere.stderr) == (1, f"There is no folder {home / 'cloud'}. Make it first.\n")
    (home / "cloud").mkdir()
    assert run("where", "--move", "").exit_code == 2
    same = run("where", "--move", str(book.parent))
    assert (same.exit_code, same.stderr) == (1, f"There is already something at {book}; choose another name.\n")
    target = home / "cloud" / "pitrack.json"
    assert ok("where", "--move", str(home / "cloud")) == f"The book is now {target}.\n"
    assert not book.exists()
    assert grosses(data) == ["5"]
    assert ok("undo").startswith("Undid: booked income")
    assert str(target) in ok("where")
