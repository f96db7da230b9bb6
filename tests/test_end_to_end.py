"""The whole program, as a person meets it: real processes, a real terminal, an empty home."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pitrack.store import format
from pitrack.store.book import Book
from tests.pty import Terminal, clean_env

PITRACK = [sys.executable, "-m", "pitrack"]
TODAY = "2026-11-22"
OPENS = 30.0
"""Seconds within which the app opens, however busy the machine is."""
FEEDBACK = 5.0
"""Seconds within which an open app shows what another process did."""


class Device:
    """A computer of one person: commands and the app in a home of its own, on a fixed day."""

    def __init__(self, home: Path, **extra: str) -> None:
        home.mkdir(exist_ok=True)
        self.home = home
        self.env = clean_env(home, {"PITRACK_TODAY": TODAY, "TZ": "UTC"} | extra)

    @property
    def book(self) -> Path:
        return Path(self.env.get("PITRACK_FILE") or self.home / ".local/share/pitrack/pitrack.json")

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A command without a terminal; how it ended is up to the caller."""
        return subprocess.run(
            [*PITRACK, *args],
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def ok(self, *args: str) -> str:
        """A command that succeeds without complaint; what it printed."""
        done = self.run(*args)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def data(self, *args: str) -> Any:
        return json.loads(self.ok(*args, "--json"))

    def start(self, *args: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*PITRACK, *args], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )

    def app(self, *args: str, columns: int = 80, rows: int = 24) -> Terminal:
        return Terminal([*PITRACK, *args], env=self.env, columns=columns, rows=rows)


def line(app: Terminal, wanted: str) -> str:
    """The first line of the screen that has the text, once there is one."""
    app.wait_for(wanted)
    return next(line for line in app.lines() if wanted in line)


@pytest.fixture
def device(home: Path) -> Device:
    return Device(home)


@pytest.fixture
def started(device: Device) -> Device:
    """With an action, and a stream."""
    device.run("habit", "add", "Write 500 words", "--every", "day", "--since", "2026-01-01")
    device.ok("stream", "add", "Newsletter", "--currency", "USD")
    return device


def figures(month: str, income: str, label: str, **marks: bool) -> dict[str, Any]:
    """A month of ``growth --json`` that has income only."""
    return {
        "month": month,
        "income": income,
        "expense": "0.00",
        "net": income,
        "pending": "0.00",
        "delta": None,
        "mom": None,
        "label": label,
        "open": False,
        "provisional": False,
    } | marks


# A day in ten seconds


@pytest.fixture
def with_six(device: Device) -> Device:
    """Six actions, one of them counted, all but one done yesterday."""
    for name in ("Upload", "Sponsor", "写真の整理", "Words", "Stretch", "Shop"):
        counted = ("--at-least", "500 words") if name == "Words" else ()
        device.run("habit", "add", name, "--every", "day", "--since", "2026-11-01", *counted)
        device.ok("no" if name == "Upload" else "done", name, "--on", "2026-11-21")
    return device


@pytest.mark.parametrize("rest", [0.2, 0.0], ids=["seen", "typed ahead"])
def test_a_day_takes_sixteen_keys_beyond_what_is_typed(with_six: Device, rest: float) -> None:
    """Check three actions, type an amount, skip one with a note, go back a day and mend it, quit."""
    typed = "space down space down enter [620] enter down space down s n [a long day] enter left down space q"
    keys = re.findall(r"\[.*?\]|\S+", typed)
    assert sum(not key.startswith("[") for key in keys) == 16
    with with_six.app() as app:
        app.wait_for("Sponsor", OPENS)
        for key in keys:
            app.press(key.strip("[]"))
            if rest:
                app.settle(rest)
        assert app.wait_exit() == 0
    book = with_six.data("today")
    assert {one["habit"]: (one["state"], one["value"]) for one in book["actions"]} == {
        "Sponsor": ("yes", None),
        "写真の整理": ("yes", None),
        "Words": ("amount", "620"),
        "Stretch": ("yes", None),
        "Shop": ("skip", None),
        "Upload": ("absent", None),
    }
    snapshot = Book.open(with_six.book, state=with_six.home / ".local/state/pitrack").snapshot()
    shop, upload = (next(one.id for one in snapshot.habits.values() if one.name == name) for name in ("Shop", "Upload"))
    assert snapshot.history(shop).notes == {dt.date(2026, 11, 22).toordinal(): "a long day"}
    assert snapshot.history(upload).marks == {dt.date(2026, 11, 21).toordinal(): "yes"}


# A first day


def test_the_first_day(device: Device) -> None:
    began = device.run("habit", "add", "Write 500 words", "--every", "day")
    assert began.returncode == 0
    assert began.stdout == "Added Write 500 words, every day. Type “pitrack done write”.\n"
    assert began.stderr == f"Began a new book: {device.book} (zone UTC, currency USD).\n"
    assert "pitrack earn newsletter AMOUNT" in device.ok("stream", "add", "Newsletter", "--currency", "USD")
    assert device.ok("done", "write") == "Write 500 words: done, 1 day.\n"
    booked = device.ok("earn", "news", "120.50", "--on", "2026-10-31", "--note", "sponsor")
    assert booked == "Newsletter +120.50 USD on 2026-10-31 (sponsor)\n"
    months = [
        figures("2026-10", "120.50", "first", provisional=True),
        figures("2026-11", "0.00", "open", open=True),
    ]
    pace = {
        "t3m": "120.50",
        "cmgr": None,
        "doubling_months": None,
        "yoy": None,
        "run_rate": "1446.00",
        "to_date": "0.00",
        "hours": "0.00",
        "per_hour": None,
    }
    assert device.data("growth") == {
        "currency": "USD",
        "as_of": TODAY,
        "of": "income",
        "months": months,
        **pace,
        "to_date_before": "0.00",
        "coverage": None,
        "sources": 1.0,
        "sources_with_job": 1.0,
        "streams": [{"stream": "Newsletter", "months": months, **pace, "share": 1.0}],
        "missing_rates": [],
        "missing": [],
    }
    device.ok("habit", "add", "Ask a sponsor")

    with device.app() as app:
        app.wait_for("Ask a sponsor", OPENS)
        assert line(app, "Write 500 words").split()[:7] == ["✓", "Write", "500", "words", "done", "1", "day"]
        assert "1 open, 1 done" in app.lines()[1]
        app.press("space")
        app.wait_for("all answered, 2 done")

        app.press("2")
        assert line(app, "+$120.50").split() == [">", "Sat", "31", "Newsletter", "income", "+$120.50", "sponsor"]
        for typed, read, shown in (
            (
                "80 usd news talk #q4 @yesterday",
                "income  +80.00 USD  Newsletter  Sat 2026-11-21  “talk”  #q4",
                "+$80.00",
            ),
            ("5 news by mistake", "income  +5.00 USD  Newsletter  Sun 2026-11-22  “by mistake”", "+$5.00"),
        ):
            app.press("a")
            app.wait_for("enter book")
            app.press(typed)
            app.wait_for(read)
            app.press("enter")
            app.wait_for(lambda screen, shown=shown: shown in screen and "enter book" not in screen)
        app.press("u")
        app.wait_for("Undid: booked income (Newsletter).")
        app.wait_for(lambda screen: "+$5.00" not in screen)

        app.press("3")
        app.wait_for("October")
        assert "$120" in app.text()
        app.press("q")
        assert app.wait_exit() == 0

    assert [(one["habit"], one["state"], one["streak"]) for one in device.data("today")["actions"]] == [
        ("Write 500 words", "yes", 1),
        ("Ask a sponsor", "yes", 1),
    ]
    entries = device.data("entry", "list")
    assert [(one["day"], one["gross"], one["note"], one["tags"]) for one in entries] == [
        ("2026-11-21", "80", "talk", ["q4"]),
        ("2026-10-31", "120.50", "sponsor", []),
    ]
    assert device.data("growth")["months"][1]["income"] == "80.00"
    assert device.ok("redo") == "Did again: booked income (Newsletter), Sun 2026-11-22.\n"
    assert len(device.data("entry", "list")) == 3


# Several at once

LOOP = """
import sys
from contextlib import redirect_stdout
from pitrack.cli.main import cli

name, count = sys.argv[1], int(sys.argv[2])
for number in range(count):
    line = ["done", "write", "+1"] if number % 2 else ["earn", "news", "1", "--note", f"{name}-{number}"]
    try:
        with redirect_stdout(sys.stderr):
            cli(line)
    except SystemExit as end:
        assert not end.code, (line, end.code)
        print(" ".join(line), flush=True)
"""


def test_commands_at_once_lose_nothing_and_the_open_app_shows_them(started: Device) -> None:
    device, each, more = started, 200, 10
    device.ok("habit", "edit", "write", "--at-least", "500 words")
    with device.app() as app:
        app.wait_for("0 / 500", OPENS)
        loops = [
            subprocess.Popen(
                [sys.executable, "-c", LOOP, name, str(each)],
                env=device.env,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            for name in ("one", "two")
        ]
        for number in range(more):
            device.ok("earn", "news", "1", "--note", f"three-{number}")
            device.ok("done", "write", "+1")
        for loop in loops:
            printed, _none = loop.communicate(timeout=120)
            assert len(printed.splitlines()) == each
        total = each + more
        app.wait_for(f"{total} / 500", FEEDBACK)
        app.wait_for(f"${total}")
        entries = device.data("entry", "list")
        wanted = {f"{name}-{number}" for name in ("one", "two") for number in range(0, each, 2)}
        assert sorted(one["note"] for one in entries) == sorted(wanted | {f"three-{number}" for number in range(more)})
        app.press("2")
        app.wait_for(f"{total} entries")
        app.wait_for(entries[0]["note"])
        assert device.data("today")["actions"][0]["value"] == str(total)
        app.press("q")
        assert app.wait_exit() == 0
    assert len(format.read(device.book.read_bytes()).values("amounts")) == total


def test_killed_at_any_moment_a_save_that_was_reported_stands(started: Device) -> None:
    device, chance = started, random.Random(20261122)
    reported: set[dt.date] = set()
    killed = 0
    whole = 0.0  # seconds that a command takes when it is let through, as every fifth is
    for number in range(100):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        begun = time.monotonic()
        process = device.start("done", "write", "--on", str(day))
        if number % 5:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.random() * 1.1 * whole)
            process.kill()
        said = process.communicate(timeout=60)[0]
        if number % 5 == 0:
            assert process.returncode == 0
            whole = time.monotonic() - begun
        if process.returncode == 0 or said.endswith("\n"):
            reported.add(day)
        killed += process.returncode == -signal.SIGKILL
        data = device.book.read_bytes()
        assert format.read(data).data == data  # whole, whatever the moment
    assert killed > 10
    assert len(reported) >= 20
    snap = Book.open(device.book, state=device.home / ".local/state/pitrack").snapshot()
    (habit,) = snap.habits
    assert {day.toordinal() for day in reported} <= snap.history(habit).marks.keys()


def test_what_another_device_wrote_appears_in_place_under_a_still_cursor(tmp_path: Path) -> None:
    shared = str(tmp_path / "pitrack.json")
    here, there = (Device(tmp_path / name, PITRACK_FILE=shared) for name in ("here", "there"))
    assert here.run("--new", "habit", "add", "Write 500 words").returncode == 0
    for name in ("Upload photos", "Ask a sponsor", "Read a page"):
        here.ok("habit", "add", name)
    with here.app() as app:
        app.wait_for("4 open", OPENS)
        app.wait_for("? keys")
        app.press("down", "down")
        whole = re.compile(r"^ > .*Ask a sponsor .*\? *$", re.MULTILINE)  # drawn to its end, the sign of today
        app.wait_for(lambda screen: whole.search(screen) is not None)
        below = line(app, "Ask a sponsor")
        place = app.lines().index(below)
        there.ok("done", "write")
        app.wait_for("3 open, 1 done", FEEDBACK)
        app.wait_for(lambda _screen: "\u2713" in line(app, "Write 500 words"))
        assert app.lines()[place] == below
        there.ok("habit", "add", "Call mum")
        app.wait_for("Call mum", FEEDBACK)
        assert app.lines()[place] == below
        app.press("space")
        app.wait_for("3 open, 2 done")
        app.press("q")
        assert app.wait_exit() == 0
    done = [one["habit"] for one in there.data("today")["actions"] if one["done"]]
    assert sorted(done) == ["Ask a sponsor", "Write 500 words"]


# What sync services do under the open app


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Device, Device]:
    """Two devices, one folder between them, and an action."""
    folder = tmp_path / "shared"
    folder.mkdir()
    here, there = (Device(tmp_path / name, PITRACK_FILE=str(folder / "pitrack.json")) for name in ("here", "there"))
    assert here.run("--new", "habit", "add", "Write 500 words").returncode == 0
    here.ok("habit", "add", "Ask a sponsor")
    there.ok("today")
    return here, there


def copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", str(source), str(target)], check=True)


def wait_until(app: Terminal, holds: Callable[[], bool], seconds: float = FEEDBACK) -> None:
    """Let the app run until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, app.text()
        app.watch(0.05)


def assert_quiet(app: Terminal, book: Path, seconds: float = 5.0) -> None:
    """Nothing is written to the book or beside it for a while."""
    before = [(path.name, path.stat()[:8], path.stat().st_mtime_ns) for path in sorted(book.parent.iterdir())]
    app.watch(seconds)
    after = [(path.name, path.stat()[:8], path.stat().st_mtime_ns) for path in sorted(book.parent.iterdir())]
    assert after == before


def marks(book: Path) -> int:
    """How many check-ins a file holds."""
    with contextlib.suppress(format.Unreadable, OSError):
        return len(format.read(book.read_bytes()).values("checkins"))
    return 0


def test_an_earlier_version_put_in_its_place_is_healed(shared: tuple[Device, Device], tmp_path: Path) -> None:
    here, there = shared
    copy(here.book, tmp_path / "earlier.json")
    with here.app() as app:
        app.wait_for("2 open", OPENS)
        app.wait_for("? keys")
        app.press("space")
        app.wait_for("1 open, 1 done")
        wait_until(app, lambda: marks(here.book) == 1)
        there.ok("done", "ask")
        app.wait_for("all answered, 2 done", FEEDBACK)
        wait_until(app, lambda: marks(here.book) == 2)
        whole = here.book.read_bytes()
        copy(tmp_path / "earlier.json", here.book)
        assert marks(here.book) == 0
        wait_until(app, lambda: here.book.read_bytes() == whole)
        assert "all answered, 2 done" in app.text()
        app.wait_for(" merged ")
        assert_quiet(app, here.book)
        app.press("q")
        assert app.wait_exit() == 0
    assert here.book.read_bytes() == whole


def test_a_book_that_is_deleted_is_told_until_it_is_back(shared: tuple[Device, Device], tmp_path: Path) -> None:
    here, _there = shared
    copy(here.book, tmp_path / "kept.json")
    with here.app() as app:
        app.wait_for("2 open", OPENS)
        app.wait_for("? keys")
        here.book.unlink()
        app.wait_for("not synced: the file is missing", FEEDBACK)
        app.press("space")
        app.wait_for("1 open, 1 done")
        app.watch(2)
        assert not here.book.exists()
        copy(tmp_path / "kept.json", here.book)
        app.wait_for(lambda screen: " synced" in screen and "not synced" not in screen, FEEDBACK)
        wait_until(app, lambda: marks(here.book) == 1)
        here.book.unlink()
        app.wait_for("not synced: the file is missing", FEEDBACK)
        app.press("!")
        app.wait_for("w Write the file anew")
        app.press("w")
        app.wait_for("The file holds all there is.")
        assert marks(here.book) == 1
        app.press("escape")
        app.wait_for(lambda screen: "How the book is synced" not in screen)
        app.press("q")
        assert app.wait_exit() == 0


def test_a_conflict_copy_is_taken_in_and_put_away(shared: tuple[Device, Device], tmp_path: Path) -> None:
    here, there = shared
    copy(here.book, tmp_path / "earlier.json")
    there.ok("done", "ask")
    copy(here.book, tmp_path / "theirs.json")
    copy(tmp_path / "earlier.json", here.book)
    with here.app() as app:
        app.wait_for("2 open", OPENS)
        app.wait_for("? keys")
        conflict = here.book.with_name("pitrack (Ada's conflicted copy 2026-11-22).json")
        copy(tmp_path / "theirs.json", conflict)
        app.wait_for("Merged 1 change.", FEEDBACK)
        app.wait_for("1 open, 1 done")
        wait_until(app, lambda: marks(here.book) == 1 and not conflict.exists())
        assert_quiet(app, here.book)
        app.press("q")
        assert app.wait_exit() == 0
    (kept,) = here.home.rglob("quarantine/*")
    assert kept.read_bytes() == (tmp_path / "theirs.json").read_bytes()


def test_another_book_in_its_place_is_kept_apart(shared: tuple[Device, Device], tmp_path: Path) -> None:
    here, _there = shared
    other = Device(tmp_path / "other", PITRACK_FILE=str(tmp_path / "other.json"))
    assert other.run("--new", "habit", "add", "Call mum").returncode == 0
    ours = here.book.read_bytes()
    with here.app(columns=44, rows=30) as app:
        app.wait_for("2 open", OPENS)
        app.wait_for("? keys")
        copy(other.book, here.book)
        app.wait_for("K Keep apart", FEEDBACK)
        assert "read-only: another book" in app.text()
        app.press("K")
        app.wait_for("You see the other book now.")
        app.press("escape")
        app.wait_for(lambda screen: "Call mum" in screen and "You see" not in screen)
        app.press("space")
        app.wait_for("all answered, 1 done")
        wait_until(app, lambda: marks(here.book) == 1)
        app.press("q")
        assert app.wait_exit() == 0
    (apart,) = [path for path in here.book.parent.iterdir() if path != here.book]
    assert apart.read_bytes() == ours


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KiB; skipped where mounting is not permitted."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not permitted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(filler: Path) -> None:
    """A file as large as its disk lets it be."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)


def test_a_full_disk_is_told_and_the_next_command_heals_the_file(small_disk: Path, tmp_path: Path) -> None:
    device = Device(tmp_path / "home", PITRACK_FILE=str(small_disk / "pitrack.json"))
    assert device.run("--new", "stream", "add", "Newsletter", "--currency", "USD").returncode == 0
    filler = small_disk / "filler"
    fill(filler)
    before = device.book.read_bytes()
    full = device.run("earn", "news", "5", "--note", "on a full disk")
    assert full.returncode == 0
    assert full.stdout == f"Newsletter +5.00 USD on {TODAY} (on a full disk)\n"
    assert full.stderr == (f"This is recorded on this device, but {device.book} is behind: No space left on device.\n")
    assert device.book.read_bytes() == before
    assert sorted(file.name for file in small_disk.iterdir()) == ["filler", "pitrack.json"]
    assert [one["gross"] for one in device.data("entry", "list")] == ["5"]
    filler.unlink()
    device.ok("earn", "news", "6")
    book = format.read(device.book.read_bytes())
    assert len(book.values("entries")) == 2


def test_the_app_says_that_the_disk_is_full_and_saves_when_it_no_longer_is(small_disk: Path, tmp_path: Path) -> None:
    device = Device(tmp_path / "home", PITRACK_FILE=str(small_disk / "pitrack.json"))
    assert device.run("--new", "stream", "add", "Newsletter", "--currency", "USD").returncode == 0
    filler = small_disk / "filler"
    fill(filler)
    assert "is behind" in device.run("earn", "news", "5").stderr
    with device.app() as app:
        app.wait_for("not synced: No space left", OPENS)
        filler.unlink()
        app.wait_for(lambda screen: " synced" in screen and "not synced" not in screen)
        assert len(format.read(device.book.read_bytes()).values("entries")) == 1
        app.press("q")
        assert app.wait_exit() == 0


# Where there is no terminal


def plain(output: bytes) -> str:
    """Output of a program that found no terminal: text and line ends only."""
    text = output.decode()
    assert text.replace("\n", "").isprintable(), text
    return text


LIST = f"Sun {TODAY}: 1 open, 0 done\n\nOPEN\n  Write 500 words  0 days\n"


def test_without_a_keyboard_or_a_screen_the_list_is_printed(started: Device) -> None:
    device = started
    listed = subprocess.run(
        PITRACK, env=device.env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True
    )
    assert plain(listed.stdout) == LIST
    assert plain(listed.stderr) == "The app needs a keyboard and standard input is none, so here is today's list.\n"


def test_into_a_pipe_the_list_is_printed(started: Device) -> None:
    shell = ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m pitrack 2>errors | cat >list"]
    with Terminal(["env", "-C", str(started.home), *shell], env=started.env) as terminal:
        assert terminal.wait_exit(30) == 0
    assert plain((started.home / "list").read_bytes()) == LIST
    errors = plain((started.home / "errors").read_bytes())
    assert errors == "The app needs a screen and standard output is none, so here is today's list.\n"


def test_a_dumb_terminal_gets_no_escape(started: Device) -> None:
    started.env["TERM"] = "dumb"
    with started.app() as app:
        assert app.wait_exit(30) == 0
        assert plain(app.output.replace(b"\r\n", b"\n")).startswith(LIST)


# Looking around


def test_the_demo_leaves_the_terminal_and_the_home_as_they_were(device: Device) -> None:
    with device.app("demo") as app:
        app.wait_for("Write 500 words", OPENS)
        app.wait_for("? keys")
        assert not app.is_echoing
        for key, shown in (("2", "All streams"), ("3", "Year"), ("4", "Ideas"), ("1", "streak")):
            app.press(key)
            app.wait_for(shown)
        app.press("?")
        app.wait_for("EVERYWHERE")
        app.press("escape")
        app.wait_for(lambda screen: "EVERYWHERE" not in screen)
        app.press(":")
        app.wait_for("Type what you want to do")
        app.press("escape")
        app.wait_for(lambda screen: "$" in screen and "Type what" not in screen)
        app.press("m")
        app.wait_for(lambda screen: "***" in screen and "$" not in screen)
        app.press("space")
        app.press("q")
        assert app.wait_exit() == 0
        assert app.is_echoing
        modes = dict(re.findall(rb"\x1b\[\?([0-9]+)([hl])", app.output))
    assert modes[b"1049"] == b"l"  # the alternate screen
    assert modes[b"25"] == b"h"  # the cursor
    assert {state for mode, state in modes.items() if mode not in (b"25", b"7")} == {b"l"}  # mouse, paste and the like
    assert [path for path in device.home.rglob("*") if path.is_file()] == []
