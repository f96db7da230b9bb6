"""What is measured: each function measures one group and gives figures with their goals."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from pitrack.core.views.streams import filter_entries
from pitrack.store.book import Book
from pitrack.store.snapshot import BookSnapshot
from tests.bench.forecasts import all_trials, score
from tests.bench.setting import Bench
from tests.pty import Terminal

KB = 1000
SCREENS = ("2", "3", "4", "1")
FILTERS = {"word": "photo", "amount": ">100", "month": "2026-1", "negation": "-photo"}
DRAWS = 10
"""How often each generated history is drawn."""
PATIENCE = 3.0
"""Seconds that a key may take until it shows something."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A ``value`` in ``unit``, mostly a median, and the most it may be, or where ``at_least`` the least; a ratio names
    what it is measured ``against``."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    against: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def commands(bench: Bench) -> Iterator[Figure]:
    """One-shot commands beside a Python that does nothing, taken in turn so that noise falls on all alike."""
    words = {(name, size): _words(name) for size in ("M", "L") for name in ("done", "today")}
    for (_, size), command in words.items():  # the first run takes the book in
        bench.seconds(bench.pitrack(*command), bench.env(size))
    bare: list[float] = []
    taken: dict[tuple[str, str], list[float]] = {key: [] for key in words}
    for run in range(1, bench.runs + 1):
        for key, command in words.items():
            bare.append(bench.seconds([sys.executable, "-c", "pass"], bench.env("M")))
            taken[key].append(bench.seconds(bench.pitrack(*command), bench.env(key[1], later=run)))
    yield Figure("python -c pass", median(bare) * 1000, "ms")
    for (name, size), times in taken.items():
        yield Figure(f"pitrack {name}, {size}", median(times) * 1000, "ms")
        yield Figure(
            f"pitrack {name}, {size}", median(times) / median(bare), "x", 8 if size == "M" else 15, "python -c pass"
        )


def _words(name: str) -> tuple[str, ...]:
    return ("done", "h1") if name == "done" else (name,)


def frame(bench: Bench) -> Iterator[Figure]:
    """The first frame that shows the actions beside the first frame of a bare Textual app, in turn."""
    shows = bench.shows_actions("M")
    starts: dict[str, Callable[[], Terminal]] = {"bare": bench.bare_app, "ours": lambda: bench.app("M")}
    taken: dict[str, list[float]] = {name: [] for name in starts}
    sizes: dict[str, list[int]] = {name: [] for name in starts}
    for run in range(bench.runs + 1):
        for name, start in starts.items():
            with start() as terminal:
                terminal.wait_for("ready" if name == "bare" else shows, timeout=60)
                elapsed = terminal.last_output - terminal.started
                terminal.settle()
                if run:  # the first run warms the disk and takes the book in
                    taken[name].append(elapsed)
                    sizes[name].append(terminal.received)
    bare, ours = median(taken["bare"]), median(taken["ours"])
    yield Figure("bare Textual, first frame", bare * 1000, "ms")
    yield Figure("app, first frame, M", ours * 1000, "ms")
    yield Figure("app, first frame, M", ours / bare, "x", 1.5, "bare Textual")
    yield Figure("bare Textual, until quiet", median(sizes["bare"]) / KB, "KB")
    yield Figure("app, until quiet, M", median(sizes["ours"]) / KB, "KB", 20)


def keys(bench: Bench) -> Iterator[Figure]:
    """Bytes that a key costs, and that an idle app sends, at M in 80x24."""
    with _shown(bench, "M", later=bench.runs + 2) as terminal:
        arrows = [_bytes(terminal, key) for key in ("down", "down", "down", "up", "up", "up")]
        yield Figure("arrow key", median(arrows) / KB, "KB", 1)
        check_ins = []
        for _ in range(3):
            check_ins.append(_bytes(terminal, "space", quiet=1))  # with what the save says afterwards
            _bytes(terminal, "down")
        yield Figure("check-in", median(check_ins) / KB, "KB", 1.5)
        for screen in SCREENS:  # a screen is made at its first showing
            _bytes(terminal, screen)
        sizes, delays = [], []
        for screen in SCREENS:
            pressed = time.perf_counter()
            sizes.append(_bytes(terminal, screen))
            delays.append(terminal.last_output - pressed)
        yield Figure("mode switch, largest", max(sizes) / KB, "KB", 10)
        yield Figure("mode switch, slowest", max(delays) * 1000, "ms", 120)
        terminal.settle(quiet=1)
        yield Figure(f"idle for {bench.idle:g} s", terminal.watch(bench.idle), "B", 0)


def days(bench: Bench) -> Iterator[Figure]:
    """With ten years of records: from the key to the last byte of the day before, and the day after it again."""
    with _shown(bench, "L") as terminal:
        for key in ("left", "right"):
            _bytes(terminal, key)
        delays, sizes = [], []
        for key in ["left"] * 7 + ["right"] * 7:
            pressed = time.perf_counter()
            sizes.append(_bytes(terminal, key))
            delays.append(terminal.last_output - pressed)
        yield Figure("a day back or on, L", median(delays) * 1000, "ms", 50)
        yield Figure("a day back or on, L", median(sizes) / KB, "KB")


def memory(bench: Bench) -> Iterator[Figure]:
    """Resident memory of the app with ten years of records: a book it has never seen, then as every day."""
    with _shown(bench, "L") as terminal:
        yield Figure("app at L, a new book", terminal.memory() / 1e6, "MB")
    with _shown(bench, "L") as terminal:
        yield Figure("app at L", terminal.memory() / 1e6, "MB", 120)
        for screen in SCREENS:
            _bytes(terminal, screen)
        yield Figure("app at L, all screens seen", terminal.memory() / 1e6, "MB", 120)


def ledger(bench: Bench) -> Iterator[Figure]:
    """With 100,000 entries: from a key until the list that it leads to is painted, and memory after all of it."""
    book = Book.open(bench.book("XL"), state=bench.folder / "counted")
    entries = book.snapshot()
    with _shown(bench, "XL") as terminal:  # the first time takes the book in
        terminal.press("q")
    with _shown(bench, "XL") as terminal:
        every = _entries(entries, "")
        yield Figure("the ledger opens, XL", _painted(terminal, "2", every), "ms", 100)
        for name, query in FILTERS.items():
            terminal.settle(quiet=1)
            _bytes(terminal, "/")
            delays = []
            for end in range(1, len(query) + 1):
                before, after = _entries(entries, query[: end - 1]), _entries(entries, query[:end])
                if before == after:
                    _bytes(terminal, query[end - 1])
                else:
                    delays.append(_painted(terminal, query[end - 1], after))
                    terminal.settle()
            yield Figure(f"filter key, {name}, slowest", max(delays), "ms", 100)
            _bytes(terminal, "escape")
        delays = []
        for gone in (1, 2, 3):
            terminal.settle(quiet=1)
            delays.append(_painted(terminal, "d", _entry_count(len(entries.entries) - gone)))
        yield Figure("an entry is deleted, XL", median(delays), "ms", 250)
        terminal.settle(quiet=1)
        yield Figure("app at XL, filtered and changed", terminal.memory() / 1e6, "MB", 300)


def _entries(snapshot: BookSnapshot, query: str) -> str:
    """What the ledger says over the entries that a query finds."""
    return _entry_count(len(filter_entries(snapshot, query)))


def _entry_count(count: int) -> str:
    return f"All streams  {count:,} {'entry' if count == 1 else 'entries'} "


def _painted(terminal: Terminal, key: str, shows: str) -> float:
    """Milliseconds from a key until the text is on the screen."""
    pressed = time.perf_counter()
    terminal.press(key)
    terminal.wait_for(shows, timeout=30)
    return (terminal.last_output - pressed) * 1000


def payouts(bench: Bench) -> Iterator[Figure]:
    """The command that takes in a platform's file of 10,000 sales, into the books of the reference sizes."""
    for size in ("M", "L"):
        times = []
        for run in range(bench.runs):
            command = bench.pitrack("import", "csv", str(bench.sales()), "--map", "currency=USD", *_sold(run))
            times.append(bench.seconds(command, bench.env(size)))
        yield Figure(f"import of 10,000 sales, {size}", median(times), "s", 5)


def _sold(run: int) -> tuple[str, ...]:
    """A stream, and an account of its own for each run, so that all is new each time."""
    return "--stream", "s1", "--account", f"run {run}"


def forecasts(bench: Bench) -> Iterator[Figure]:
    """The forecast beside T3M on twelve generated histories, whose last six months neither sees."""
    found = score(all_trials(DRAWS))
    yield Figure("T3M, median error", found.t3m, "%")
    yield Figure("forecast, median error", found.point, "%")
    yield Figure("forecast, median error", found.point / found.t3m, "x", 1.1, "T3M")
    yield Figure("rough range holds a month", found.coverage, "%", 65, at_least=True)
    yield Figure("rough range holds a sum", found.coverage_of_sums, "%", 65, at_least=True)


@contextmanager
def _shown(bench: Bench, size: str, later: int = 0) -> Iterator[Terminal]:
    """The app with its actions on the screen and nothing more to draw."""
    with bench.app(size, later) as terminal:
        terminal.wait_for(bench.shows_actions(size), timeout=60)
        terminal.settle(quiet=1)
        yield terminal


def _bytes(terminal: Terminal, key: str, quiet: float = 0.3) -> int:
    """What the app writes for a key, until it was quiet for so many seconds."""
    terminal.press(key)
    written = terminal.settle(quiet, patience=PATIENCE)
    if terminal.ended:
        raise SystemExit(f"the app ended at the key {key!r}\n{terminal.text()}")
    return written


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "commands": commands,
    "frame": frame,
    "keys": keys,
    "days": days,
    "memory": memory,
    "ledger": ledger,
    "payouts": payouts,
    "forecast": forecasts,
}
