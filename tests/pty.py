"""A real terminal for tests and benchmarks: runs a command in a pty, types keys, reads the emulated screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
}
_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_PYTE_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\")
"""Sequences that pyte would print as text."""
_SYNCHRONISED = b"2026"
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"


def clean_env(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a person who has just arrived: everything of theirs lies below ``home``."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }
    for name, folder in {
        "CONFIG": ".config",
        "DATA": ".local/share",
        "STATE": ".local/state",
        "CACHE": ".cache",
    }.items():
        env[f"XDG_{name}_HOME"] = str(home / folder)
    return env | dict(extra or {})


def key_bytes(key: str) -> bytes:
    """What a terminal sends for a key: a name of KEYS, ``ctrl+x``, or plain text."""
    if key in KEYS:
        return KEYS[key].encode()
    if key.startswith("ctrl+") and len(key) == 6:
        return bytes([ord(key[-1].upper()) & 0x1F])
    return key.encode()


def answers(output: bytes) -> bytes:
    """What a modern terminal says back to the queries in ``output``: it knows synchronised output, no other mode."""
    back = b"".join(
        b"\x1b[?%b;%d$y" % (mode, 2 if mode == _SYNCHRONISED else 0) for mode in _MODE_QUERY.findall(output)
    )
    if re.search(rb"\x1b\[0?c", output):
        back += b"\x1b[?62;22c"
    if b"\x1b[6n" in output:
        back += b"\x1b[1;1R"
    if b"\x1b]10;?" in output:
        back += b"\x1b]10;rgb:e0e0/e0e0/e0e0\x1b\\"
    if b"\x1b]11;?" in output:
        back += b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"
    return back


class Terminal:
    """A command in a pty of ``columns`` by ``rows``; use it as a context manager, which ends the command.

    ``output`` is all that the command wrote, ``received`` its length; ``last_output`` is the time of the newest.
    """

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        self.received = 0
        self.output = b""
        self.started = self.last_output = time.perf_counter()
        self.exit_code: int | None = None
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread = b""
        self._open = True
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(self._master)
                os.login_tty(slave)
                os.execvpe(command[0], list(command), dict(env))
            finally:
                os._exit(127)
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def press(self, *keys: str) -> None:
        """Type keys, each a name of KEYS, ``ctrl+x`` or plain text."""
        for key in keys:
            os.write(self._master, key_bytes(key))

    @property
    def ended(self) -> bool:
        """Whether the command has let go of the terminal."""
        return not self._open

    @property
    def is_echoing(self) -> bool:
        """Whether the terminal shows what is typed by itself, as it does for a shell."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def kill(self, number: signal.Signals) -> None:
        """Send the command a signal."""
        os.kill(self.pid, number)

    def lines(self) -> list[str]:
        """The screen as it stands, trailing blanks cut. A wide character fills one place of its two."""
        self._draw()
        return [line.rstrip() for line in self._screen.display]

    def text(self) -> str:
        return "\n".join(self.lines())

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 15.0) -> None:
        """Until the text is on the screen (or the test of the screen holds); TimeoutError shows the screen instead."""
        found = wanted if callable(wanted) else lambda screen: wanted in screen
        end = time.perf_counter() + timeout
        while not found(self.text()):
            if time.perf_counter() > end or (not self._read(0.05) and not self._open):
                raise TimeoutError(f"not on the screen: {wanted!r}\n{self.text()}")

    def settle(self, quiet: float = 0.3, timeout: float = 10.0, patience: float = 0.0) -> int:
        """Until nothing was written for ``quiet`` seconds, the first of it within ``patience``; returns the bytes."""
        before, end = self.received, time.perf_counter() + timeout
        wait = max(quiet, patience)
        while self._open and self._read(wait) and time.perf_counter() < end:
            wait = quiet
        return self.received - before

    def watch(self, seconds: float) -> int:
        """The bytes written in so many seconds."""
        before, end = self.received, time.perf_counter() + seconds
        while self._open and (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.received - before

    def wait_exit(self, timeout: float = 10.0) -> int:
        """The exit code, once the command has ended by itself (negative: the signal); TimeoutError otherwise."""
        end = time.perf_counter() + timeout
        while self.exit_code is None:
            if time.perf_counter() > end:
                raise TimeoutError(f"still running\n{self.text()}")
            if self._open:
                self._read(0.05)
            self._reap()
        return self.exit_code

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window; the command gets SIGWINCH."""
        self._draw()
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def memory(self) -> int:
        """Resident memory of the command now, in bytes (Linux)."""
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        assert found is not None
        return int(found.group(1)) * 1024

    def hang_up(self) -> None:
        """Lose the terminal, as when a window is closed or a connection breaks; the command gets SIGHUP."""
        os.close(self._master)
        self._master = -1
        self._open = False

    def close(self) -> None:
        """End the command: politely, then not."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.perf_counter() + 3
            if self.exit_code is None:
                os.kill(self.pid, number)
            while self.exit_code is None and time.perf_counter() < end:
                if self._open:
                    self._read(0.02)
                self._reap()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        self._open = False

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, timeout: float) -> bytes:
        """What was written within ``timeout`` seconds; nothing when it was quiet or the command is gone."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return b""
        try:
            output = os.read(self._master, 1 << 18)
        except OSError:  # Linux: EIO when the other side is gone
            output = b""
        if not output:
            self._open = False
            return b""
        self.received += len(output)
        self.last_output = time.perf_counter()
        self.output += output
        self._unread += output
        if back := answers(output):
            os.write(self._master, back)
        return output

    def _draw(self) -> None:
        """Bring the emulated screen up to date. A sequence that is cut off at the end waits for its rest, and a frame
        for its end: no terminal that knows synchronised output shows half of one."""
        whole = self._unread
        begun = whole.rfind(_FRAME_BEGINS)
        if self._open and begun > whole.rfind(_FRAME_ENDS):
            whole = whole[:begun]
        cut = whole.rfind(b"\x1b", -64)
        if cut >= 0 and not re.match(
            rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P].*(?:\x07|\x1b\\)|[^\[\]P])", whole[cut:], re.S
        ):
            whole = whole[:cut]
        self._unread = self._unread[len(whole) :]
        self._stream.feed(_PYTE_UNKNOWN.sub(b"", whole))

    def _reap(self) -> None:
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.exit_code = os.waitstatus_to_exitcode(status)
