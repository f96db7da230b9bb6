"""Two devices whose book is in a folder of a real Syncthing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.devices import (
    QUIET,
    assert_equal_and_clean,
    assert_nothing_lost,
    begin,
    device,
    edit_apart,
    merge,
    merge_until_quiet,
    names,
    stays_quiet,
    wait_quiet,
)
from tests.sync.syncthing import PROGRAM, SYNCS, Syncthing
from tests.test_end_to_end import OPENS, Device

pytestmark = [
    pytest.mark.sync,
    pytest.mark.timeout(300),
    pytest.mark.skipif(PROGRAM is None, reason="syncthing is not installed"),
]


@pytest.fixture(scope="module")
def syncthing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Syncthing]:
    with Syncthing(tmp_path_factory.mktemp("sync")) as running:
        yield running


@pytest.fixture
def devices(syncthing: Syncthing, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Device, Device]:
    """Two computers with a part of the synced folder that no other test uses."""
    part = request.node.name
    for instance in (syncthing.a, syncthing.b):
        (instance.folder / part).mkdir()
    one, two = (
        device(tmp_path / name, instance.folder / part)
        for name, instance in (("one", syncthing.a), ("two", syncthing.b))
    )
    return one, two


def conflicts(one: Device) -> list[str]:
    return [name for name in names(one.book.parent) if "sync-conflict" in name]


def test_edits_made_apart_come_together_when_both_merge_at_once(
    syncthing: Syncthing, devices: tuple[Device, Device]
) -> None:
    one, two = devices
    begun = begin(one)
    syncthing.wait_idle()
    syncthing.disconnect()
    edit_apart(begun, one, two)
    syncthing.connect()
    syncthing.wait_idle()
    for each in devices:
        (copy,) = conflicts(each)
        assert re.fullmatch(r"pitrack\.sync-conflict-\d{8}-\d{6}-[A-Z2-7]{7}\.json", copy)
    merge(one, two)
    merge_until_quiet(syncthing.wait_idle, one, two)
    assert_equal_and_clean(one, two)
    assert_nothing_lost(begun, one, two)
    stays_quiet([each.book.parent for each in devices], 5)


def test_merging_while_the_other_version_is_still_arriving(
    syncthing: Syncthing, devices: tuple[Device, Device]
) -> None:
    one, two = devices
    begun = begin(one)
    syncthing.wait_idle()
    syncthing.disconnect()
    edit_apart(begun, two, one)
    syncthing.connect()
    for _ in range(3):
        merge(one, two)
    merge_until_quiet(syncthing.wait_idle, one, two)
    assert_equal_and_clean(one, two)
    assert_nothing_lost(begun, two, one)
    stays_quiet([each.book.parent for each in devices], 5)


def test_an_app_left_open_merges_by_itself_and_then_writes_no_more(
    syncthing: Syncthing, devices: tuple[Device, Device]
) -> None:
    one, two = devices
    folders = [each.book.parent for each in devices]
    begun = begin(one)
    syncthing.wait_idle()
    with one.app() as app:
        app.wait_for("Write 500 words", OPENS)
        app.wait_for("? keys")
        syncthing.disconnect()
        edit_apart(begun, two, one)
        app.wait_for("7 / 500", OPENS)
        syncthing.connect()

        def sync() -> None:
            wait_quiet(folders, QUIET, app.watch)
            syncthing.wait_idle()

        sync()
        assert not conflicts(one)  # it has done so without being asked
        app.wait_for("12 / 500")
        merge_until_quiet(sync, two)
        assert_equal_and_clean(one, two)
        assert_nothing_lost(begun, two, one)
        stays_quiet(folders, 30, app.watch)
        app.press("q")
        assert app.wait_exit() == 0
    assert_equal_and_clean(one, two)


def test_two_open_apps_come_to_rest_by_themselves(syncthing: Syncthing, devices: tuple[Device, Device]) -> None:
    one, two = devices
    folders = [each.book.parent for each in devices]
    begun = begin(one)
    syncthing.wait_idle()
    with one.app() as first, two.app() as second:

        def watch(seconds: float) -> None:
            first.watch(seconds / 2)
            second.watch(seconds / 2)

        for app in (first, second):
            app.wait_for("Write 500 words", OPENS)
            app.wait_for("? keys")
        syncthing.disconnect()
        edit_apart(begun, one, two)
        first.wait_for("5 / 500", OPENS)
        second.wait_for("7 / 500", OPENS)
        syncthing.connect()
        for app in (first, second):
            app.wait_for("12 / 500", SYNCS)
        wait_quiet(folders, QUIET, watch)
        syncthing.wait_idle()
        assert_equal_and_clean(one, two)
        assert_nothing_lost(begun, one, two)
        stays_quiet(folders, 5, watch)
        for app in (first, second):
            app.press("q")
            assert app.wait_exit() == 0
    assert_equal_and_clean(one, two)
