"""Where measuring happens: books of the reference sizes in a folder of their own, a clean environment, bytecode."""

from __future__ import annotations

import compileall
import datetime as dt
import importlib.util
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pitrack.exchange.demo import write_demo
from pitrack.exchange.demo_plan import reference_plan
from tests.pty import Terminal, clean_env

DAY = dt.date(2026, 11, 22)
BARE_APP = """
from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("ready")


Bare().run()
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder for one run, and how often each thing is measured."""

    folder: Path
    runs: int
    idle: float
    """Seconds for which an idle app is watched."""

    def book(self, size: str) -> Path:
        """A book of that size with a home of its own beside it, made at the first call."""
        path = self.folder / size / "pitrack.json"
        if not path.exists():
            path.parent.mkdir()
            write_demo(path, DAY, size)
        return path

    def sales(self) -> Path:
        """A platform's file of 10,000 sales, made at the first call."""
        path = self.folder / "sales.csv"
        if not path.exists():
            days = [DAY - dt.timedelta(days=number % 700) for number in range(10_000)]
            rows = [f"n{number},{day},{number % 90 + 5}.50,1.25,Print {number % 40}" for number, day in enumerate(days)]
            path.write_text("\n".join(["Order ID,Date,Amount,Fee,Product", *rows]))
        return path

    def pitrack(self, *words: str) -> list[str]:
        """The command as a person runs it."""
        script = Path(sys.executable).with_name("pitrack")
        return [
            str(script) if script.exists() else sys.executable,
            *([] if script.exists() else ["-m", "pitrack"]),
            *words,
        ]

    def env(self, size: str, later: int = 0) -> dict[str, str]:
        """The environment for a book; ``later`` moves today so many days on."""
        return clean_env(
            self.folder / size / "home",
            {"PITRACK_FILE": str(self.book(size)), "PITRACK_TODAY": str(DAY + dt.timedelta(days=later))},
        )

    def seconds(self, command: Sequence[str], env: dict[str, str]) -> float:
        """Wall time of a command that must succeed."""
        start = time.perf_counter()
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        elapsed = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
        return elapsed

    def app(self, size: str, later: int = 0) -> Terminal:
        """The app, just started in a terminal of 80x24."""
        return Terminal(self.pitrack(), env=self.env(size, later))

    def bare_app(self) -> Terminal:
        """A Textual app with nothing in it, just started."""
        script = self.folder / "bare.py"
        script.write_text(BARE_APP)
        return Terminal([sys.executable, str(script)], env=clean_env(self.folder))

    def shows_actions(self, size: str) -> Shows:
        """A test of a screen: does it show an action of that book?"""
        return Shows(tuple(habit.name for habit in reference_plan(DAY, size).habits))


@dataclass(frozen=True, slots=True)
class Shows:
    names: tuple[str, ...]

    def __call__(self, screen: str) -> bool:
        return any(name in screen for name in self.names)


def compile_bytecode() -> None:
    """Bytecode for the packages whose import is measured, as an installed program has it."""
    for package in ("pitrack", "textual", "rich", "click", "tinydb", "orjson", "filelock", "platformdirs"):
        found = importlib.util.find_spec(package)
        for folder in (found and found.submodule_search_locations) or ():
            compileall.compile_dir(folder, quiet=1)
