"""Two real Syncthing instances that share one folder, on this machine only."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

PROGRAM = shutil.which("syncthing")
FOLDER = "book"
"""The id of the shared folder."""
STARTS = 30.0
"""Seconds within which an instance answers, however busy the machine is."""
SYNCS = 60.0
"""Seconds within which two instances agree."""
OPTIONS = {
    "reconnectionIntervalS": "5",
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "stunKeepaliveStartS": "0",
    "startBrowser": "false",
    "urAccepted": "-1",
    "crashReportingEnabled": "false",
    "autoUpgradeIntervalH": "0",
    "announceLANAddresses": "false",
    "setLowPriority": "false",
    "progressUpdateIntervalS": "-1",
    "minHomeDiskFree": "0",
}
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def wait_until(
    holds: Callable[[], object], timeout: float, what: Callable[[], object] | str, every: float = 0.1
) -> None:
    """Until the condition holds; TimeoutError says what was waited for."""
    end = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(what if isinstance(what, str) else str(what()))
        time.sleep(every)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback interface that nobody listens on, all different."""
    with contextlib.ExitStack() as held:
        found = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in found]


class Instance:
    """One Syncthing: ``folder`` is what it shares; everything else of it lies below ``home``."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.id = ""
        self._port, self._gui = free_ports(2)
        self._key = f"key-of-{home.name}"
        self._process: subprocess.Popen[bytes] | None = None
        home.mkdir(parents=True)
        folder.mkdir(parents=True)
        self._run("generate", f"--home={home}")
        own = ET.parse(home / "config.xml").find("device")
        assert own is not None
        self.id = own.attrib["id"]

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    @property
    def log(self) -> str:
        """What the program has said so far."""
        return (self.home / "output").read_text(errors="replace")

    def configure(self, other: Instance) -> None:
        """Share the folder with the other instance, and talk to nobody else."""
        path = self.home / "config.xml"
        tree = ET.parse(path)
        root = tree.getroot()
        for name in ("folder", "device"):
            for found in root.findall(name):
                root.remove(found)
        for instance in (self, other):
            device = ET.SubElement(root, "device", id=instance.id, name=instance.home.name)
            ET.SubElement(device, "address").text = instance.address
        shared = ET.SubElement(
            root,
            "folder",
            id=FOLDER,
            path=str(self.folder),
            type="sendreceive",
            rescanIntervalS="3600",
            fsWatcherEnabled="true",
            fsWatcherDelayS="1",
        )
        for instance in (self, other):
            ET.SubElement(shared, "device", id=instance.id)
        ET.SubElement(shared, "minDiskFree", unit="%").text = "0"
        ET.SubElement(shared, "maxConflicts").text = "10"
        gui = _child(root, "gui")
        gui.attrib |= {"enabled": "true", "tls": "false"}
        _child(gui, "address").text = f"127.0.0.1:{self._gui}"
        _child(gui, "apikey").text = self._key
        options = _child(root, "options")
        for name, value in (OPTIONS | {"listenAddress": self.address}).items():
            _child(options, name).text = value
        tree.write(path)

    def start(self) -> None:
        """Run it; returns once it answers."""
        with (self.home / "output").open("ab") as output:
            self._process = subprocess.Popen(
                [str(PROGRAM), "serve", f"--home={self.home}", "--no-browser", "--no-restart"],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self._answers, STARTS, lambda: f"no answer from {self.home.name}\n{self.log}")

    def stop(self) -> None:
        """End it and whatever it started: politely, then not."""
        process, self._process = self._process, None
        if process is None:
            return
        for number, patience in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)

    def get(self, path: str, **query: str) -> Any:
        """An answer of the REST interface."""
        return self._ask("GET", path, query)

    def post(self, path: str, **query: str) -> Any:
        """An order to the REST interface."""
        return self._ask("POST", path, query)

    def rescan(self) -> None:
        """Look at the folder now; returns when that is done."""
        self.post("db/scan", folder=FOLDER)

    def is_connected(self, other: Instance) -> bool:
        return bool(self.get("system/connections")["connections"].get(other.id, {}).get("connected"))

    def index(self) -> dict[str, Any]:
        """The version of every file that this instance has."""
        found = {}
        for name in _names(self.get("db/browse", folder=FOLDER)):
            told = self.get("db/file", folder=FOLDER, file=name)
            found[name] = (told["local"].get("version"), told["global"].get("version"))
        return found

    def unfinished(self, other: Instance) -> dict[str, Any]:
        """What is still to be done here, or by the other as far as it is known here; empty when nothing is."""
        status = self.get("db/status", folder=FOLDER)
        remote = self.get("db/completion", folder=FOLDER, device=other.id)
        found = {name: status[name] for name in ("needTotalItems", "needBytes", "errors", "pullErrors") if status[name]}
        found |= {name: remote[name] for name in ("needBytes", "needItems", "needDeletes") if remote[name]}
        if status["state"] != "idle":
            found["state"] = status["state"]
        if remote["completion"] != 100:
            found["completion"] = remote["completion"]
        return found

    @property
    def _env(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.home), "STNOUPGRADE": "1", "STNODEFAULTFOLDER": "1"}

    def _run(self, *args: str) -> None:
        subprocess.run([str(PROGRAM), *args], env=self._env, capture_output=True, check=True, timeout=STARTS)

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise ChildProcessError(f"{self.home.name} ended\n{self.log}")
        try:
            return bool(self.get("system/ping")["ping"] == "pong")
        except (OSError, http.client.HTTPException):
            return False

    def _ask(self, method: str, path: str, query: dict[str, str]) -> Any:
        url = f"http://127.0.0.1:{self._gui}/rest/{path}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(url, method=method, headers={"X-API-Key": self._key})
        with _DIRECT.open(request, timeout=SYNCS) as answer:
            text = answer.read()
        return json.loads(text) if text.strip() else None


class Syncthing:
    """Two instances below ``root`` that share a folder; use it as a context manager, which ends them."""

    def __init__(self, root: Path) -> None:
        self.a, self.b = (Instance(root / f"syncthing-{name}", root / name) for name in ("a", "b"))
        self.a.configure(self.b)
        self.b.configure(self.a)

    def __enter__(self) -> Syncthing:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Run both, and wait until they have met."""
        for instance in (self.a, self.b):
            instance.start()
        self._wait_connected(True)

    def stop(self) -> None:
        for instance in (self.a, self.b):
            instance.stop()

    def disconnect(self) -> None:
        """Let neither hear of the other; both go on looking at their folders."""
        self.a.post("system/pause", device=self.b.id)
        self._wait_connected(False)

    def connect(self) -> None:
        """Let them meet again."""
        self.a.post("system/resume", device=self.b.id)
        self._wait_connected(True)

    def rescan(self) -> None:
        for instance in (self.a, self.b):
            instance.rescan()

    def wait_idle(self, timeout: float = SYNCS) -> None:
        """Until both have seen all there is in their folders and have the same of it."""

        def is_idle() -> bool:
            self.rescan()
            return not self.difference()

        wait_until(is_idle, timeout, lambda: f"not in step: {self.difference()}\n{self.a.log}\n{self.b.log}")

    def difference(self) -> dict[str, Any]:
        """What keeps the two from being in step; empty when nothing does."""
        found: dict[str, Any] = {
            instance.home.name: left
            for instance, other in ((self.a, self.b), (self.b, self.a))
            if (left := instance.unfinished(other))
        }
        one, two = self.a.index(), self.b.index()
        for name in one.keys() | two.keys():
            versions = {*map(str, one.get(name, ())), *map(str, two.get(name, ()))}
            if len(versions) != 1 or name not in one or name not in two:
                found[name] = one.get(name), two.get(name)
        return found

    def _wait_connected(self, wanted: bool) -> None:
        def holds() -> bool:
            return self.a.is_connected(self.b) is wanted and self.b.is_connected(self.a) is wanted

        wait_until(holds, STARTS, lambda: f"connected is not {wanted}\n{self.a.log}\n{self.b.log}")


def _child(parent: ET.Element, name: str) -> ET.Element:
    found = parent.find(name)
    return ET.SubElement(parent, name) if found is None else found


def _names(tree: Any, prefix: str = "") -> Iterator[str]:
    """The paths of the files in an answer of db/browse, whose shape differs between versions."""
    entries = tree if isinstance(tree, list) else [{"name": name, "value": value} for name, value in tree.items()]
    for entry in entries:
        path = f"{prefix}{entry['name']}"
        children = entry.get("children")
        if children is None and isinstance(entry.get("value"), dict):
            children = entry["value"]
        if children is not None or entry.get("type") == "FILE_INFO_TYPE_DIRECTORY":
            yield from _names(children or [], f"{path}/")
        else:
            yield path
