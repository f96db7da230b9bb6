"""``pitrack sync`` with a real rclone: folders, a configured remote, a WebDAV server, others who write meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pitrack.cli.main import cli
from pitrack.store import remote as remotes
from pitrack.store.files import MOST
from pitrack.store.format import read

RCLONE = shutil.which("rclone")
pytestmark = [
    pytest.mark.sync,
    pytest.mark.skipif(RCLONE is None, reason="rclone is not installed"),
]
TODAY = "2026-11-22"


@dataclass
class Device:
    """A device with a book and a state of its own."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "pitrack.json"

    @property
    def env(self) -> dict[str, str]:
        homes = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("STATE", "DATA", "CONFIG")}
        return homes | {"PITRACK_TODAY": TODAY, "TZ": "Asia/Tokyo", "PITRACK_FILE": str(self.path)}

    def run(self, *args: str, **env: str) -> Result:
        return CliRunner().invoke(cli, args, env=self.env | env)

    def ok(self, *args: str, **env: str) -> str:
        result = self.run(*args, **env)
        assert (result.exit_code, result.stderr) == (0, ""), result.stdout
        return result.stdout

    def data(self, *args: str) -> Any:
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str, **env: str) -> str:
        """The one sentence that a command ends with."""
        before = self.path.read_bytes() if self.path.exists() else None
        result = self.run(*args, **env)
        assert (result.exit_code, result.stdout) == (1, ""), result.stderr
        assert result.stderr.count("\n") == 1
        assert (self.path.read_bytes() if self.path.exists() else None) == before
        return result.stderr.rstrip("\n")

    def notes(self) -> set[str]:
        return {entry["note"] for entry in self.data("entry", "list")}

    def earn(self, note: str) -> None:
        self.ok("earn", "newsletter", "5", "--note", note)


@dataclass
class Place:
    """A remote as it is typed, and the file behind it."""

    typed: str
    file: Path


@pytest.fixture(autouse=True)
def rclone_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No remote of this machine is seen; temporary files are."""
    for name in [name for name in os.environ if name.startswith("RCLONE_")]:
        monkeypatch.delenv(name)
    path = tmp_path / "rclone.conf"
    path.write_text("", "utf-8")
    monkeypatch.setenv("RCLONE_CONFIG", str(path))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return path


@pytest.fixture
def laptop(tmp_path: Path) -> Device:
    """A device with a book that has a stream and an action."""
    device = Device(tmp_path / "laptop")
    device.folder.mkdir()
    device.ok("--new", "stream", "add", "Newsletter", "--currency", "USD")
    device.ok("habit", "add", "写真の整理", "--alias", "sort")
    return device


@pytest.fixture
def phone(tmp_path: Path, laptop: Device) -> Device:
    """A second device, with a copy of the same book."""
    device = Device(tmp_path / "phone")
    device.folder.mkdir()
    shutil.copy(laptop.path, device.path)
    return device


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that all remotes keep their files in."""
    path = tmp_path / "雲"
    path.mkdir()
    return path


@pytest.fixture
def webdav(folder: Path) -> Iterator[str]:
    """The folder, served by a WebDAV server, as an rclone path without a configuration."""
    assert RCLONE is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [RCLONE, "serve", "webdav", "--addr", f"127.0.0.1:{port}", "--dir-cache-time", "0s", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f':webdav,url="http://127.0.0.1:{port}":'
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(params=["file", "folder", "configured", "webdav"])
def place(request: pytest.FixtureRequest, folder: Path, rclone_config: Path) -> Place:
    if request.param == "webdav":
        return Place(request.getfixturevalue("webdav") + "books/pitrack.json", folder / "books" / "pitrack.json")
    if request.param == "configured":
        rclone_config.write_text(f"[nas]\ntype = alias\nremote = {folder}\n", "utf-8")
        return Place("nas:", folder / "pitrack.json")
    if request.param == "folder":
        return Place(f"{folder}/deep/", folder / "deep" / "pitrack.json")
    return Place(f"{folder}/my book.json", folder / "my book.json")


@pytest.fixture
def here(folder: Path) -> Place:
    """The plainest remote."""
    return Place(str(folder / "pitrack.json"), folder / "pitrack.json")


def test_two_devices_through_one_remote(laptop: Device, phone: Device, place: Place) -> None:
    assert laptop.ok("sync", place.typed, "--first").endswith(": what was new here is there now.\n")
    assert place.file.read_bytes() == laptop.path.read_bytes()
    laptop.earn("from the laptop")
    phone.earn("電話から")
    phone.ok("done", "sort")
    assert phone.data("sync", place.typed) == {"remote": remote_path(place), "records": 0, "lost": 0, "put": True}
    assert laptop.data("sync", place.typed) == {"remote": remote_path(place), "records": 2, "lost": 0, "put": True}
    assert phone.ok("sync", place.typed).endswith(": 1 record came from there.\n")
    assert laptop.path.read_bytes() == phone.path.read_bytes() == place.file.read_bytes()
    assert laptop.notes() == phone.notes() == {"from the laptop", "電話から"}


def remote_path(place: Place) -> str:
    return place.typed + "pitrack.json" if place.typed[-1] in "/:" else place.typed


def test_nothing_new_writes_nothing(laptop: Device, place: Place) -> None:
    laptop.ok("sync", place.typed, "--first")
    before = place.file.stat()
    own = laptop.path.stat()
    assert laptop.ok("sync", place.typed).endswith(": nothing was new.\n")
    after = place.file.stat()
    assert (after.st_mtime_ns, after.st_ino, after.st_size) == (before.st_mtime_ns, before.st_ino, before.st_size)
    assert (laptop.path.stat().st_mtime_ns, laptop.path.stat().st_ino) == (own.st_mtime_ns, own.st_ino)


def test_another_text_of_the_same_length_is_put_there(laptop: Device, place: Place) -> None:
    laptop.ok("sync", place.typed, "--first")
    sizes = set()
    for name in ("Ab", "Cd", "Ef"):
        laptop.ok("stream", "edit", "newsletter", "--name", name)
        laptop.ok("sync", place.typed)
        sizes.add(place.file.stat().st_size)
        assert place.file.read_bytes() == laptop.path.read_bytes()
    assert len(sizes) == 1


def test_a_place_is_never_chosen_unasked(laptop: Device, place: Place) -> None:
    told = laptop.refused("sync", place.typed)
    assert told.startswith("There is no book at ")
    assert told.endswith(" yet. If that is the right place, put the book there by adding --first.")
    assert not place.file.exists()
    laptop.ok("sync", place.typed, "--first")
    laptop.earn("later")
    laptop.ok("sync", place.typed, "--first")
    assert place.file.read_bytes() == laptop.path.read_bytes()


@pytest.mark.parametrize("origin", ["default", "chosen"])
def test_a_device_without_a_book_takes_that_of_the_remote(
    tmp_path: Path, laptop: Device, here: Place, origin: str
) -> None:
    laptop.earn("before")
    laptop.ok("sync", here.typed, "--first")
    new = Device(tmp_path / "new")
    if origin == "default":
        told = new.ok("sync", here.typed, PITRACK_FILE="")
        path = new.folder / "data" / "pitrack" / "pitrack.json"
    else:
        assert "Add --new to start one there" in new.refused("sync", here.typed)
        told = new.ok("--new", "sync", here.typed)
        path = new.path
    assert told.startswith("Took over the book at ")
    assert path.read_bytes() == laptop.path.read_bytes() == here.file.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_device_without_a_book_takes_no_damaged_one(tmp_path: Path, here: Place) -> None:
    new = Device(tmp_path / "new")
    assert "There is no book at" in new.refused("--new", "sync", here.typed)
    here.file.write_text('{"_book": {', "utf-8")
    assert "cannot be read: it is not valid JSON in line 1" in new.refused("--new", "sync", here.typed)
    assert not new.path.exists()


def test_the_first_device_may_begin_with_the_remote(tmp_path: Path, here: Place) -> None:
    new = Device(tmp_path / "new")
    new.folder.mkdir()
    assert new.ok("--new", "sync", here.typed, "--first").endswith(": what was new here is there now.\n")
    assert here.file.read_bytes() == new.path.read_bytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b'{"_book": {"book"', "it is not valid JSON in line 1"),
        (b'{\n "habits": {}\n}\n', "it is not a book of pitrack"),
        (b"\xff\xfe{}", "it is not text in UTF-8"),
    ],
)
def test_a_damaged_book_is_left_alone(laptop: Device, here: Place, data: bytes, reason: str) -> None:
    here.file.write_bytes(data)
    for args in ((), ("--first",), ("--join",)):
        told = laptop.refused("sync", here.typed, *args)
        assert f"cannot be read: {reason}. It was left as it is." in told
        assert here.file.read_bytes() == data


def test_a_book_of_a_newer_version_is_left_alone(laptop: Device, here: Place) -> None:
    data = laptop.path.read_bytes().replace(b'"format":1', b'"format":2')
    here.file.write_bytes(data)
    told = laptop.refused("sync", here.typed)
    assert "was written by a newer pitrack (format 2). It was left as it is." in told
    assert here.file.read_bytes() == data


def test_another_book_is_joined_only_when_asked(tmp_path: Path, laptop: Device, here: Place) -> None:
    other = Device(tmp_path / "other")
    other.folder.mkdir()
    other.ok("--new", "stream", "add", "写真素材", "--currency", "JPY")
    other.ok("sync", here.typed, "--first")
    before = here.file.read_bytes()
    told = laptop.refused("sync", here.typed)
    assert told.startswith("Another book lies at ")
    assert "--join" in told
    assert here.file.read_bytes() == before
    laptop.ok("sync", here.typed, "--join")
    assert here.file.read_bytes() == laptop.path.read_bytes()
    assert {one["name"] for one in laptop.data("stream", "list")} == {"Newsletter", "写真素材"}
    assert laptop.ok("sync", here.typed).endswith(": nothing was new.\n")


def test_another_book_in_the_place_of_this_one_is_not_put_there(tmp_path: Path, laptop: Device, here: Place) -> None:
    laptop.ok("sync", here.typed, "--first")
    before = here.file.read_bytes()
    other = Device(tmp_path / "other")
    other.folder.mkdir()
    other.ok("--new", "stream", "add", "Shop")
    shutil.copy(other.path, laptop.path)
    told = laptop.refused("sync", here.typed)
    assert told.startswith(f"Nothing was recorded, for another book lies at {laptop.path} now.")
    assert here.file.read_bytes() == before


def test_a_synced_file_that_is_missing_keeps_nothing_back(laptop: Device, phone: Device, here: Place) -> None:
    laptop.earn("laptop")
    phone.earn("phone")
    phone.ok("sync", here.typed, "--first")
    laptop.path.unlink()
    result = laptop.run("sync", here.typed)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert "is behind: the file is missing" in result.stderr
    assert not laptop.path.exists()
    phone.ok("sync", here.typed)
    assert phone.notes() == {"laptop", "phone"}


def test_a_value_that_gave_way_is_counted(laptop: Device, phone: Device, here: Place) -> None:
    laptop.ok("sync", here.typed, "--first")
    laptop.ok("stream", "edit", "newsletter", "--name", "Letter")
    phone.ok("stream", "edit", "newsletter", "--name", "News")
    phone.ok("sync", here.typed)
    told = laptop.ok("sync", here.typed)
    assert told.splitlines() == [
        f"Synced with {here.typed}: 1 record came from there.",
        "1 value of this device was replaced by a later one: see “pitrack history”.",
    ]


def test_what_is_no_file_or_too_large(laptop: Device, here: Place) -> None:
    (here.file / "pitrack.json").mkdir(parents=True)
    assert "is a folder, where the book should be" in laptop.refused("sync", here.typed)
    shutil.rmtree(here.file)
    with here.file.open("wb") as file:
        file.truncate(MOST + 1)
    assert "is too large to be a book" in laptop.refused("sync", here.typed)
    assert here.file.stat().st_size == MOST + 1


def test_a_name_that_looks_like_an_option(laptop: Device, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    laptop.ok("sync", "--first", "--", "-P.json")
    assert (folder / "-P.json").read_bytes() == laptop.path.read_bytes()


def test_without_rclone(laptop: Device, here: Place, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in ("", str(tmp_path / "empty")):
        told = laptop.refused("sync", "nas:", "--first", PATH=path)
        assert told.startswith("There is no rclone on this device, the program that would bring the book to “nas:”.")
        assert "rclone.org" in told


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("nowhere:pitrack.json", "didn't find section in config file"),
        ("no\x1b[31mwhere:pitrack.json", "rclone failed on “no"),
        (":nothing:pitrack.json", "didn't find backend called"),
        (':webdav,url="http://127.0.0.1:{port}":pitrack.json', "connection refused"),
    ],
)
def test_what_rclone_says_is_told_in_one_line(laptop: Device, typed: str, reason: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        told = laptop.refused("sync", typed.replace("{port}", str(closed.getsockname()[1])), "--first")
    assert told.startswith("rclone failed on ")
    assert reason in told
    assert told.isprintable()
    assert not told[told.index(": ") + 2 :].startswith("20")  # no time of day
    assert told.endswith("The book on this device is whole. Put that right and try again.")


def test_a_configuration_with_a_password_asks_nobody(laptop: Device, rclone_config: Path) -> None:
    rclone_config.write_text("# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\n" + "QUJD" * 20, "utf-8")
    told = laptop.refused("sync", "nas:", "--first")
    assert "RCLONE_CONFIG_PASS" in told


def test_an_empty_name_is_refused(laptop: Device) -> None:
    result = laptop.run("sync", " ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("REMOTE needs a path that rclone knows")


@dataclass
class Meddler:
    """An ``rclone`` that first does something else at each run that copies, and notes what it was asked."""

    folder: Path

    def at(self, copies: str, command: str) -> dict[str, str]:
        """The environment in which ``command`` runs before the copies whose numbers the shell pattern matches."""
        script = f"""#!/bin/sh
if [ "$1" = copyto ]; then
    for last; do before=$here; here=$last; done
    case $here in "$TMPDIR"/*) ;; *) stat -c '%a' "$before" "$(dirname "$before")" >> {self.folder}/modes ;; esac
    echo >> {self.folder}/copies
    case $(wc -l < {self.folder}/copies) in {copies}) {command} ;; esac
fi
exec {RCLONE} "$@"
"""
        path = self.folder / "rclone"
        path.write_text(script, "utf-8")
        path.chmod(0o755)
        return {"PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}

    @property
    def copies(self) -> int:
        return (self.folder / "copies").read_bytes().count(b"\n")

    @property
    def modes(self) -> list[str]:
        return (self.folder / "modes").read_text("utf-8").split()


@pytest.fixture
def meddler(tmp_path: Path) -> Meddler:
    folder = tmp_path / "bin"
    folder.mkdir()
    return Meddler(folder)


@pytest.mark.parametrize(
    "when",  # the copy before which it happens, how many there are then, whether this sync sees it
    [
        (1, 4, True),  # before it fetches
        (2, 5, True),  # before it looks again
        (3, 4, False),  # before it puts: overwritten, and the other one has to notice
        (4, 7, True),  # before it reads back
    ],
)
def test_who_writes_meanwhile_loses_nothing(
    laptop: Device, phone: Device, meddler: Meddler, here: Place, when: tuple[int, int, bool]
) -> None:
    copy, copies, seen = when
    laptop.ok("sync", here.typed, "--first")
    laptop.earn("laptop")
    phone.earn("phone")
    env = meddler.at(str(copy), f"cp '{phone.path}' '{here.file}'")
    laptop.ok("sync", here.typed, **env)
    assert meddler.copies == copies
    assert laptop.path.read_bytes() == here.file.read_bytes()
    assert ("phone" in laptop.notes()) is seen
    phone.ok("sync", here.typed)
    laptop.ok("sync", here.typed)
    assert laptop.path.read_bytes() == phone.path.read_bytes() == here.file.read_bytes()
    assert laptop.notes() == {"laptop", "phone"}


def test_a_book_that_is_just_being_written_is_waited_for(
    laptop: Device, phone: Device, here: Place, meddler: Meddler
) -> None:
    phone.earn("phone")
    here.file.write_bytes(phone.path.read_bytes()[:200])
    laptop.ok("sync", here.typed, **meddler.at("2", f"cp '{phone.path}' '{here.file}'"))
    assert laptop.notes() == {"phone"}


def test_a_remote_that_vanishes_is_not_made_anew(laptop: Device, here: Place, meddler: Meddler) -> None:
    laptop.ok("sync", here.typed, "--first")
    laptop.earn("x")
    laptop.refused("sync", here.typed, **meddler.at("2", f"rm '{here.file}'"))
    assert not here.file.exists()


def test_a_remote_that_never_rests_ends_in_a_sentence(
    laptop: Device, here: Place, meddler: Meddler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remotes, "_pause", lambda: None)
    laptop.ok("sync", here.typed, "--first")
    env = meddler.at("*", f"echo >> '{here.file}'")
    told = laptop.refused("sync", here.typed, **env)
    assert told.endswith(
        "was changed again and again meanwhile. Nothing is lost: the book on this device holds it all. "
        "Try again in a while."
    )
    assert meddler.copies == remotes.ROUNDS + 1


def test_a_put_that_fails_is_told_and_leaves_the_book_whole(
    laptop: Device, phone: Device, here: Place, meddler: Meddler
) -> None:
    phone.earn("phone")
    phone.ok("sync", here.typed, "--first")
    laptop.earn("laptop")
    result = laptop.run("sync", here.typed, **meddler.at("3", "echo 'ERROR : no room' >&2; exit 1"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert ": ERROR : no room. The book on this device is whole." in result.stderr
    assert laptop.notes() == {"laptop", "phone"}
    assert here.file.read_bytes() == phone.path.read_bytes()
    laptop.ok("sync", here.typed)
    assert here.file.read_bytes() == laptop.path.read_bytes()


def test_copies_are_for_nobody_else_and_go_away(laptop: Device, here: Place, meddler: Meddler, tmp_path: Path) -> None:
    laptop.ok("sync", here.typed, "--first", **meddler.at("none", ""))
    assert meddler.modes == ["600", "700"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_hand_edit_on_the_remote_comes_in(laptop: Device, here: Place) -> None:
    laptop.earn("typo")
    laptop.ok("sync", here.typed, "--first")
    here.file.write_bytes(b"\xef\xbb\xbf" + here.file.read_bytes().replace(b"\n", b"\r\n"))
    laptop.ok("sync", here.typed)
    assert here.file.read_bytes() == laptop.path.read_bytes() == read(laptop.path.read_bytes()).data


def test_devices_at_the_same_time_lose_nothing(tmp_path: Path, laptop: Device, place: Place) -> None:
    laptop.ok("sync", place.typed, "--first")
    devices = [Device(tmp_path / f"device {number}") for number in range(3)]
    for number, device in enumerate(devices):
        device.folder.mkdir()
        shutil.copy(laptop.path, device.path)
        device.earn(f"note {number}")
    command = [sys.executable, "-m", "pitrack", "sync", place.typed]
    running = [
        subprocess.Popen(command, env=os.environ | device.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for device in devices
    ]
    for process in running:
        process.communicate(timeout=100)
    for device in (*devices, *devices):
        device.ok("sync", place.typed)
    assert {device.path.read_bytes() for device in devices} == {place.file.read_bytes()}
    assert devices[0].notes() == {"note 0", "note 1", "note 2"}
