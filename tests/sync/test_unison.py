"""Two devices whose folders a real Unison keeps the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty import clean_env
from tests.sync.devices import (
    assert_equal_and_clean,
    assert_nothing_lost,
    begin,
    device,
    edit_apart,
    merge_until_quiet,
    names,
    run,
    stays_quiet,
)
from tests.test_end_to_end import Device

pytestmark = [
    pytest.mark.sync,
    pytest.mark.skipif(shutil.which("unison") is None, reason="unison is not installed"),
]


@pytest.fixture
def devices(tmp_path: Path) -> tuple[Device, Device]:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    return device(tmp_path / "one", tmp_path / "a"), device(tmp_path / "two", tmp_path / "b")


@pytest.fixture
def unison(tmp_path: Path, devices: tuple[Device, Device]) -> Callable[[], None]:
    """Run Unison once: the newer file wins, and a copy of the other stays where it was."""
    home = tmp_path / "unison"
    home.mkdir()
    env = clean_env(home, {"UNISON": str(home / "archives"), "UNISONLOCALHOSTNAME": "localhost"})
    roots = [str(one.book.parent) for one in devices]
    options = ["-ui", "text", "-batch", "-copyonconflict", "-prefer", "newer"]

    def unison() -> None:
        done = run(["unison", *roots, *options], env)
        assert done.returncode == 0, done

    return unison


@pytest.mark.parametrize("later", ["one", "two"])
def test_what_unison_put_aside_comes_back(
    devices: tuple[Device, Device], unison: Callable[[], None], later: str
) -> None:
    first, second = devices if later == "two" else devices[::-1]
    begun = begin(first)
    unison()
    edit_apart(begun, first, second)
    unison()
    (copy,) = set(names(first.book.parent)) - {"pitrack.json"}
    assert re.fullmatch(r"pitrack \(conflict_on_\d{4}-\d\d-\d\d\)\.json", copy)
    assert names(second.book.parent) == ["pitrack.json"]
    merge_until_quiet(unison, first, second)
    assert_equal_and_clean(first, second)
    assert_nothing_lost(begun, first, second)
    stays_quiet([one.book.parent for one in devices], 1)


def test_the_copy_of_a_second_conflict_on_one_day_comes_back_too(
    devices: tuple[Device, Device], unison: Callable[[], None]
) -> None:
    first, second = devices
    begun = begin(first)
    unison()
    edit_apart(begun, first, second)
    unison()
    (copy,) = set(names(first.book.parent)) - {"pitrack.json"}
    path = first.book.with_name(copy)
    path.rename(path.with_name(path.name.replace("conflict", "conflict #1")))  # Unison's own name for the second
    merge_until_quiet(unison, first, second)
    assert_equal_and_clean(first, second)
    assert_nothing_lost(begun, first, second)
