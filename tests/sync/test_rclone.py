"""Two devices whose folders a real ``rclone bisync`` keeps the same; in a conflict it leaves two copies and no book."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty import clean_env
from tests.sync.devices import (
    BOOK,
    QUIET,
    Begun,
    assert_equal_and_clean,
    assert_nothing_lost,
    assert_shows_all,
    begin,
    device,
    edit_apart,
    files,
    merge,
    names,
    run,
    stays_quiet,
    wait_quiet,
)
from tests.sync.syncthing import wait_until
from tests.test_end_to_end import OPENS, Device

pytestmark = pytest.mark.sync
needs_rclone = pytest.mark.skipif(shutil.which("rclone") is None, reason="rclone is not installed")

OTHERS = [f"photo-{number}.txt" for number in range(4)]
"""Other files in the folder: where more than half of all files went or changed, bisync would rather stop."""
OLD = ("pitrack.json..path1", "pitrack.json..path2")
"""What rclone before 1.66 makes of a conflict."""
SHAPES = [
    OLD,
    ("pitrack.json.conflict1", "pitrack.json.conflict2"),
    ("pitrack.conflict1.json", "pitrack.conflict2.json"),
]
"""And what later versions make of it, as they are told."""


@pytest.fixture
def devices(tmp_path: Path) -> tuple[Device, Device]:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    return device(tmp_path / "one", tmp_path / "a"), device(tmp_path / "two", tmp_path / "b")


@pytest.fixture
def bisync(tmp_path: Path, devices: tuple[Device, Device]) -> Callable[..., None]:
    """Run ``rclone bisync`` once between the two folders."""
    home = tmp_path / "rclone"
    home.mkdir()
    (home / "rclone.conf").touch()
    env = clean_env(home, {"RCLONE_CONFIG": str(home / "rclone.conf")})
    folders = [str(one.book.parent) for one in devices]

    def bisync(*options: str) -> None:
        done = run(["rclone", "bisync", *folders, "--workdir", str(home / "work"), *options], env)
        assert done.returncode == 0, done

    return bisync


@pytest.fixture
def begun(devices: tuple[Device, Device], bisync: Callable[..., None]) -> Begun:
    """A conflict that rclone has just found, ``two`` having written the later edits."""
    one, two = devices
    for name in OTHERS:
        (one.book.parent / name).write_text(name)
    begun = begin(one)
    bisync("--resync")
    edit_apart(begun, one, two)
    bisync()
    return begun


def reading_writes_nothing(begun: Begun, *devices: Device) -> None:
    """All devices show everything, and their folders stay what they were."""
    before = [files(one.book.parent) for one in devices]
    assert_shows_all(begun, *devices)
    assert [files(one.book.parent) for one in devices] == before


@needs_rclone
def test_rclone_leaves_two_copies_and_no_book(devices: tuple[Device, Device], begun: Begun) -> None:
    for one in devices:
        assert tuple(sorted({*names(one.book.parent)} - {*OTHERS})) in SHAPES
    reading_writes_nothing(begun, *devices)


@needs_rclone
def test_one_device_merges_and_rclone_brings_the_book_to_the_other(
    devices: tuple[Device, Device], begun: Begun, bisync: Callable[..., None]
) -> None:
    one, two = devices
    for merging in (one, two):
        merge(merging)
        bisync()
        assert_equal_and_clean(one, two, *OTHERS)
    assert_nothing_lost(begun, one, two)
    before = [files(each.book.parent) for each in devices]
    merge(one, two)
    bisync()
    assert [files(each.book.parent) for each in devices] == before


@needs_rclone
def test_of_two_open_apps_the_one_with_the_newest_change_puts_the_book_back(
    devices: tuple[Device, Device], begun: Begun, bisync: Callable[..., None]
) -> None:
    """Two new files would be a conflict again, to rclone before 1.66 even where they are equal."""
    one, two = devices
    folders = [each.book.parent for each in devices]
    with one.app() as waits, two.app() as puts:
        for app in (waits, puts):
            app.wait_for("12 / 500", OPENS)
        wait_until(lambda: puts.settle() >= 0 and two.book.exists(), OPENS, puts.text)
        wait_quiet(folders, QUIET, puts.watch)
        assert names(two.book.parent) == sorted([BOOK, *OTHERS])
        assert not one.book.exists()
        waits.wait_for("not synced: the file is missing", OPENS)
        bisync()
        waits.wait_for(lambda screen: "not synced" not in screen and ("synced" in screen or "merged" in screen), OPENS)
        wait_quiet(folders, QUIET, waits.watch)
        bisync()
        assert_equal_and_clean(one, two, *OTHERS)
        assert_nothing_lost(begun, one, two)
        stays_quiet(folders, 3, waits.watch)
        for app in (waits, puts):
            app.press("q")
            assert app.wait_exit() == 0


@needs_rclone
def test_both_devices_merge_before_rclone_runs_again(
    devices: tuple[Device, Device], begun: Begun, bisync: Callable[..., None]
) -> None:
    one, two = devices
    merge(one, two)
    assert_equal_and_clean(one, two, *OTHERS)
    bisync()  # versions before 1.66 call it a conflict again, though both files are the same
    reading_writes_nothing(begun, one, two)
    for merging in (two, one):
        merge(merging)
        bisync()
    assert_equal_and_clean(one, two, *OTHERS)
    assert_nothing_lost(begun, one, two)
    stays_quiet([each.book.parent for each in devices], 1)


@pytest.mark.parametrize("shape", SHAPES, ids="-".join)
def test_every_shape_of_a_conflict_is_read_and_merged(devices: tuple[Device, Device], shape: tuple[str, str]) -> None:
    one, two = devices
    here, there = (each.book.parent for each in devices)
    begun = begin(one)
    shutil.copy2(one.book, two.book)
    edit_apart(begun, one, two)
    one.book.rename(here / shape[0])
    two.book.rename(there / shape[1])
    shutil.copy2(here / shape[0], there)
    shutil.copy2(there / shape[1], here)
    assert names(here) == names(there) == sorted(shape)
    reading_writes_nothing(begun, one, two)
    merge(one)
    assert names(here) == [BOOK]
    for copy in shape:
        (there / copy).unlink()
    shutil.copy2(one.book, two.book)
    before = [files(folder) for folder in (here, there)]
    merge(one, two)
    assert [files(folder) for folder in (here, there)] == before
    assert_nothing_lost(begun, one, two)
