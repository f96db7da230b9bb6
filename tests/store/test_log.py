from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pitrack.core.changes import Change, Write
from pitrack.store import log as log_module
from pitrack.store.log import Before, Line, Log, Position
from tests.store.books import stamp


def line(number: int, subject: str = "Write") -> Line:
    write = Write("checkins", f"h|2026-11-{number:02}", {"mark": "yes"})
    found = Before({"mark": ('"no"', stamp(1))}, True)
    return Line(stamp(2, counter=number), Change("done", (write,), subject, dt.date(2026, 11, number)), (found,))


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    lines = [line(1), line(2, "日本語 \n [b]x[/] \x1b")]
    for one in lines:
        log.append(one)
    assert log.read() == (lines, log.end())
    assert (tmp_path / "log.jsonl").stat().st_mode & 0o777 == 0o600


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(line(1))
    _, end = log.read()
    log.append(line(2))
    assert log.read(end)[0] == [line(2)]
    assert log.read(log.end()) == ([], log.end())


def test_a_torn_last_line_was_never_confirmed(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    whole = log.append(line(1))
    with log.path.open("ab") as file:
        file.write(b'{"s":"2026-')
    assert log.read() == ([line(1)], whole)
    log.append(line(2))
    assert log.read()[0] == [line(1), line(2)]


def test_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(line(1))
    with log.path.open("ab") as file:
        file.write(b'\x00\x00\x00\n{"s":"x","e":[]}\n[]\n')
    log.append(line(2))
    assert log.read()[0] == [line(1), line(2)]


def test_a_log_made_shorter_from_outside_is_read_whole(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(line(1))
    assert log.read(Position(1, 10_000))[0] == [line(1)]


def test_a_failed_write_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(tmp_path / "log.jsonl")
    before = log.append(line(1))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log_module, "sync", full)
    with pytest.raises(OSError, match="No space"):
        log.append(line(2))
    assert log.end() == before
    assert log.read()[0] == [line(1)]


def test_no_log_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert Log(tmp_path / "log.jsonl").read() == ([], Position())


def test_a_log_is_trimmed_to_its_newest_lines(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    lines = [line(number) for number in range(1, 21)]
    for one in lines:
        log.append(one)
    limit = log.end().offset // 2
    assert log.trim(limit) == log.end()
    kept = log.read()[0]
    assert kept == lines[-len(kept) :]
    assert limit / 4 < log.end().offset <= limit / 2
    assert log.trim(limit) is None


@pytest.mark.parametrize("whole", [0, 1, 2, 3])
def test_a_log_with_a_long_torn_line_is_trimmed_to_what_was_confirmed(tmp_path: Path, whole: int) -> None:
    log = Log(tmp_path / "log.jsonl")
    lines = [line(number) for number in range(1, whole + 1)]
    for one in lines:
        log.append(one)
    with log.path.open("ab") as file:
        file.write(b'{"s":"' + b"x" * 5000)
    assert log.trim(4000) == log.end()
    assert log.read()[0] == lines


def test_the_last_line_of_a_log_stays_however_long_it_is(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(line(1))
    log.append(line(2, "x" * 5000))
    log.trim(4000)
    assert log.read()[0] == [line(2, "x" * 5000)]
    assert log.trim(4000) is None
