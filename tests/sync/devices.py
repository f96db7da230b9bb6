"""Two devices of one person, what they record apart from each other, and what both have to show in the end."""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.test_end_to_end import Device

BOOK = "pitrack.json"
TODAY = "2026-11-22"
QUIET = 4.5
"""Seconds of quiet after which neither an app nor a sync program has anything left that it was waiting to do."""
RECEIVING = ".syncthing."
"""How the names of Syncthing's temporary files begin."""

Files = dict[str, tuple[int, int, bytes]]


def device(home: Path, folder: Path) -> Device:
    """A computer with a state of its own, whose book lies in a synced folder."""
    return Device(home, PITRACK_FILE=str(folder / BOOK))


def files(folder: Path) -> Files:
    """Every file in a folder: its inode, its time and its bytes."""
    found = {}
    for name in names(folder):
        with contextlib.suppress(FileNotFoundError):  # it went while it was looked at
            stat = (folder / name).stat()
            found[name] = (stat.st_ino, stat.st_mtime_ns, (folder / name).read_bytes())
    return found


def names(folder: Path) -> list[str]:
    """The names of the files in a folder, without what Syncthing has begun to receive and keeps for a day."""
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith(RECEIVING))


def stays_quiet(folders: Sequence[Path], seconds: float, wait: Callable[[float], object] = time.sleep) -> None:
    """Nothing in the folders is written, replaced, made or removed for so long."""
    before = [files(folder) for folder in folders]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wait(0.1)
        assert [files(folder) for folder in folders] == before


def wait_quiet(
    folders: Sequence[Path], seconds: float, wait: Callable[[float], object] = time.sleep, timeout: float = 30.0
) -> None:
    """Until the folders have been left alone for so long; TimeoutError where they never are."""
    end = time.monotonic() + timeout
    seen, since = [files(folder) for folder in folders], time.monotonic()
    while time.monotonic() - since < seconds:
        wait(0.1)
        if (now := [files(folder) for folder in folders]) != seen:
            seen, since = now, time.monotonic()
        if since > end:
            raise TimeoutError(f"written again and again: {[sorted(found) for found in seen]}")


def merge(*devices: Device) -> None:
    """``pitrack merge`` on all the devices at once."""
    running = [one.start("merge") for one in devices]
    for process in running:
        said = process.communicate(timeout=60)[0]
        assert process.returncode == 0, said


def merge_until_quiet(sync: Callable[[], object], *devices: Device, rounds: int = 5) -> None:
    """Merge on the devices and let the sync program run, in turns, until a turn changes nothing."""
    folders = [one.book.parent for one in devices]
    sync()
    for _ in range(rounds):
        before = [files(folder) for folder in folders]
        merge(*devices)
        sync()
        if [files(folder) for folder in folders] == before:
            return
    pytest.fail(f"still not quiet after {rounds} turns: {[names(folder) for folder in folders]}")


@dataclass(frozen=True)
class Begun:
    """The ids of the entries of a book that both devices have, by what is going to happen to them."""

    apart: str
    same: str
    gone: str
    back: str


def begin(here: Device) -> Begun:
    """A book with an action, a stream and four entries."""
    habit = ("habit", "add", "Write 500 words", "--at-least", "500 words", "--since", "2026-11-01")
    assert here.run("--new", *habit).returncode == 0
    here.ok("stream", "add", "Newsletter", "--currency", "USD")
    for note in ("apart", "same", "gone", "back"):
        here.ok("earn", "news", "10", "--note", note)
    return Begun(**{one["note"]: one["id"] for one in here.data("entry", "list")})


def edit_apart(begun: Begun, first: Device, second: Device) -> None:
    """Of every pair of edits that meet, the one on ``second`` is the later; its file is the newer one, too."""
    first.ok("earn", "news", "1", "--note", "of first")
    first.ok("done", "write", "300", "--on", "2026-11-20")
    first.ok("entry", "edit", begun.apart, "--amount", "11")
    first.ok("entry", "edit", begun.same, "--note", "early")
    first.ok("entry", "edit", begun.gone, "--note", "edited before it was deleted")
    first.ok("entry", "delete", begun.back)
    first.ok("done", "write", "+5")

    second.ok("earn", "news", "2", "--note", "of second")
    second.ok("done", "write", "400", "--on", "2026-11-21")
    second.ok("entry", "edit", begun.apart, "--note", "sponsor")
    second.ok("entry", "edit", begun.same, "--note", "late")
    second.ok("entry", "delete", begun.gone)
    second.ok("entry", "edit", begun.back, "--amount", "44")
    second.ok("done", "write", "7")


def assert_shows_all(begun: Begun, *devices: Device) -> None:
    """Each shows what both have recorded."""
    for one in devices:
        by_id = {entry["id"]: (entry["gross"], entry["note"]) for entry in shown(one, "entry", "list")}
        assert {name: by_id.pop(record, None) for name, record in vars(begun).items()} == {
            "apart": ("11", "sponsor"),
            "same": ("10", "late"),
            "gone": None,
            "back": ("44", "back"),
        }
        assert sorted(by_id.values()) == [("1", "of first"), ("2", "of second")]
        assert [amount(one, day) for day in ("2026-11-20", "2026-11-21", TODAY)] == ["300", "400", "12"]


def assert_nothing_lost(begun: Begun, first: Device, second: Device) -> None:
    """Both show every edit of both, and the device that lost a value still has it."""
    assert_shows_all(begun, first, second)
    assert ("entries", begun.same, "note", "early") in lost(first)
    assert ("entries", begun.same, "note", "late") not in lost(second)


def assert_equal_and_clean(first: Device, second: Device, *others: str) -> None:
    """Both folders hold the same book, byte by byte, and besides it only the files named."""
    assert first.book.read_bytes() == second.book.read_bytes()
    for one in (first, second):
        assert names(one.book.parent) == sorted([BOOK, *others])


def amount(one: Device, day: str) -> str | None:
    """What the only action has come to on a day."""
    (action,) = shown(one, "today", "--on", day)["actions"]
    value: str | None = action["value"]
    return value


def shown(one: Device, *args: str) -> Any:
    """What a reading command prints as JSON; that the book's file is missing it says, and nothing else."""
    read = one.run(*args, "--json")
    missing = f"This is what this device holds; {one.book} is behind: the file is missing. "
    assert read.returncode == 0
    assert read.stderr == "" if one.book.exists() else read.stderr.startswith(missing)
    return json.loads(read.stdout)


def lost(one: Device) -> list[tuple[Any, ...]]:
    """The values of a device that lost a merge: table, id, field, value."""
    return [
        (value["table"], value["id"], value["field"], json.loads(value["value"] or "null"))
        for value in one.data("history")
    ]


def run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a sync program to its end; how it ended is up to the caller."""
    return subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
