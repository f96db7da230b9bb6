"""Several processes, sudden death, a full disk: the real thing, no injection."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.errors import BookError
from pitrack.store.format import read
from tests.store.books import DAY, desk

WRITER = """
import sys
from decimal import Decimal
from datetime import date
from pathlib import Path
from pitrack.store import edits
from pitrack.store.book import Book
path, state, count, gross = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
book = Book.open(path, state=state)
for number in range(count):
    money = {"gross": Decimal(gross), "currency": "USD"}
    change = edits.add_entry(book.snapshot(), kind="income", day=date(2026, 11, 22), **money)
    book.apply(change)
    print(change.writes[0].id, flush=True)
    book.save()
"""


def writer(path: Path, state: Path, count: int, gross: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(state), str(count), gross]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_three_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    processes = [writer(fresh.path, fresh.state, 60, str(gross)) for gross in (1, 2, 3)]
    while any(process.poll() is None for process in processes):
        fresh.book.refresh()  # an app that has the book open
        time.sleep(0.01)
    confirmed = {line for process in processes for line in process.communicate()[0].split()}
    assert len(confirmed) == 180
    fresh.book.refresh()
    assert {entry.id for entry in fresh.book.snapshot().entries} == confirmed
    data = fresh.path.read_bytes()
    assert read(data).data == data
    assert read(data).values("entries").keys() == confirmed


def test_killed_at_any_moment_the_book_reads_and_holds_what_was_confirmed(tmp_path: Path) -> None:
    fresh = desk(tmp_path)
    chance = random.Random(20261122)
    confirmed: set[str] = set()
    for _ in range(25):
        process = writer(fresh.path, fresh.state, 10_000, "1")
        assert process.stdout is not None
        confirmed.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        lines = process.communicate()[0].splitlines(keepends=True)
        confirmed |= {line.strip() for line in lines if line.endswith("\n")}
        data = fresh.path.read_bytes()
        assert read(data).data == data  # whole, whatever the moment
        book = fresh.again()
        assert confirmed <= {entry.id for entry in book.snapshot().entries}
    book.save()
    assert book.status.behind is None
    assert confirmed <= read(fresh.path.read_bytes()).values("entries").keys()
    assert len(confirmed) >= 25  # one a round at least, however slow the machine


def fill(path: Path) -> None:
    """A file as large as its disk lets it be."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A real file system of 64 KiB; skipped where mounting is not permitted (a save's errors are injected in
    test_book.py in any case)."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not permitted here")
    return folder


def test_a_full_disk_leaves_the_old_book_whole_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    try:
        path = small_disk / "pitrack.json"
        shutil.move(desk(tmp_path).path, path)
        book = Book.open(path, state=tmp_path / "state")
        filler = small_disk / "filler"
        fill(filler)
        before = path.read_bytes()
        book.apply(edits.add_entry(book.snapshot(), kind="income", day=DAY, gross=Decimal(5), currency="USD"))
        book.save()
        assert book.status.behind == "No space left on device"
        assert path.read_bytes() == before
        assert sorted(file.name for file in small_disk.iterdir()) == ["filler", "pitrack.json"]
        filler.unlink()
        again = Book.open(path, state=tmp_path / "state")
        again.save()
        assert again.status.behind is None
        assert b'"gross":"5"' in path.read_bytes()
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)


def test_a_full_disk_under_the_log_refuses_the_change(small_disk: Path, tmp_path: Path) -> None:
    try:
        fresh = desk(tmp_path)
        state = small_disk / "state"
        book = Book.open(fresh.path, state=state)
        filler = small_disk / "filler"
        fill(filler)
        with pytest.raises(BookError) as caught:
            book.apply(edits.add_entry(book.snapshot(), kind="income", day=DAY, gross=Decimal(5), currency="USD"))
        assert caught.value.code == "refused"
        assert caught.value.details["reason"] == "No space left on device"
        filler.unlink()
        assert not Book.open(fresh.path, state=state).snapshot().entries
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)
