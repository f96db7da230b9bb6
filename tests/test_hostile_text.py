"""Text from the book is shown as it is written: no markup, no escape, no crooked column, whatever it holds."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from pitrack.app import PitrackApp
from pitrack.cli.main import cli
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.text.plain import cells, fit, printable

TODAY = dt.date(2026, 11, 22)
NAMES = {
    "[bold red]x[/]": "[bold red]x[/]",
    "[@click=app.quit]go[/]": "[@click=app.quit]go[/]",
    "\x1b[31mred": "\\x1b[31mred",
    "\x1b]0;title\x07": "\\x1b]0;title\\x07",
    "日本語の習慣": "日本語の習慣",
    "👨‍👩‍👧‍👦 kin": "👨‍👩‍👧‍👦 kin",
    "pay \u202egnp.exe": "pay \\u202egnp.exe",
    "no\u200djoin": "no\\u200djoin",
    "tab\tand\nline\r\nend": "tab and line end",
    "{open} {0} %s %(n)d": "{open} {0} %s %(n)d",
    "ｶﾞ ｷﾞ half": "ｶﾞ ｷﾞ half",
    "cafe\u0301 🇯🇵": "café 🇯🇵",
    "c1 \x9b31m \x7f": "c1 \\x9b31m \\x7f",
}
"""What was written, and how it is shown."""
SHOWN = list(NAMES.values())
LONG = "long [red]" + "写真 word " * 1_250
"""A note of 10,010 characters."""
DIRECTIONS = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
SIZES = [(44, 30), (80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PITRACK_TODAY", str(TODAY))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("COLUMNS", raising=False)
    i18n.setup("en")
    yield
    i18n.setup("en")


def run(*args: str, typed: str | None = None, code: int = 0) -> str:
    """What a command prints, on stdout and stderr; escapes are kept, as in a terminal."""
    result = CliRunner().invoke(cli, args, input=typed, color=True)
    assert result.exit_code == code, (args, result.output)
    return result.output


def harmless(text: str) -> str:
    """The text, which holds nothing that moves a cursor or turns a line around."""
    for character in set(text) - {"\n"}:
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp"), repr(text)
        assert unicodedata.bidirectional(character) not in DIRECTIONS, repr(text)
    return text


def offsets(printed: str, later: str) -> list[int]:
    """Where, in cells, a later column begins: one offset for each name, in their order."""
    found = []
    for shown in SHOWN:
        (line,) = (line for line in printed.splitlines() if line.strip().startswith(shown + "  "))
        found.append(cells(line[: line.rindex(later)]))
    return found


def ends(printed: str) -> list[int]:
    """How wide, in cells, the lines of the names are."""
    return [cells(line) for shown in SHOWN for line in printed.splitlines() if line.strip().startswith(shown + "  ")]


@pytest.fixture
def book(home: Path) -> Path:
    """Every text in every place there is for one, put there by the commands."""
    for number, name in enumerate(NAMES, 1):
        tag = "#" + "".join(name.split())
        lines = (
            ("stream", "add", name, "--currency", "USD", "--alias", f"s{number}", "--note", name),
            ("habit", "add", name, "--alias", f"h{number}", "--stream", f"s{number}", "--note", name, "--since", "-9"),
            ("habit", "edit", f"h{number}", "--tag", tag),
            ("done", f"h{number}", "--on", "-1", "--note", name),
            ("earn", f"s{number}", "10", "--on", "2026-10-05", "--note", name, "--tag", tag),
            ("earn", f"s{number}", "10", "--on", "2026-11-05", "--note", name, "--tag", tag, "--pending"),
            ("goal", "add", name, "--save", "1000", "--stream", f"s{number}"),
            ("idea", name),
            ("asset", "add", name, "--stream", f"s{number}", "--alias", f"a{number}", "--note", name),
            ("time", f"s{number}", "1h", "--task", name, "--note", name, "--asset", f"a{number}"),
            ("asset", "show", f"a{number}"),
            ("metric", "add", name, "--stream", f"s{number}", "--alias", f"m{number}", "--unit", name),
            ("metric", "log", f"m{number}", "3"),
            ("review", f"2026-W{number}", "--lesson", name, "--kind", "problem", "--focus", name),
            ("review", f"2026-W{number}"),
        )
        for line in lines:
            harmless(run(*line))
    for line in (
        ("done", "h1", "--note", LONG),
        ("earn", "s1", "7", "--note", LONG),
        ("idea", LONG),
        ("habit", "edit", "h2", "--note", LONG),
        ("stream", "edit", "s2", "--note", LONG),
    ):
        harmless(run(*line))
    return home / "data" / "pitrack" / "pitrack.json"


def test_the_book_keeps_what_was_written(book: Path) -> None:
    written = {unicodedata.normalize("NFC", name) for name in NAMES}
    for command in (("habit", "list"), ("stream", "list"), ("goal", "list")):
        assert {one["name"] for one in json.loads(run(*command, "--json"))} == written
    entries = json.loads(run("entry", "list", "--json"))
    assert {one["note"] for one in entries} == written | {LONG}
    assert len(LONG) > 10_000


def test_lists_show_every_text_and_stay_aligned(book: Path) -> None:
    def printed(*args: str) -> str:
        text = harmless(run(*args))
        for shown in SHOWN:
            assert shown in text, (args, shown)
        return text

    for args, later in (
        (("habit", "list"), "every day"),
        (("stream", "list"), "passive stream"),
        (("goal", "list"), "save up"),
        (("goals",), " of 1,000.00 USD"),
        (("asset", "list"), "in the making"),
        (("entry", "list", "--month", "2026-10"), "2026-10-05"),
    ):
        text = printed(*args)
        assert len(set(offsets(text, later))) == 1, text
    for args in (("metric", "list"), ("card", "--names"), ("review", "2026-W20"), ("review", "2026-11")):
        harmless(run(*args))
    assert all(shown in run("metric", "list") for shown in SHOWN)
    for args in (("today",), ("streaks",), ("growth",)):
        text = printed(*args)
        assert len(set(ends(text))) == 1, text
    assert f"{TODAY}  {fit(printable(LONG.strip()), 200)}\n" in printed("idea")


def test_one_line_answers_show_the_name(book: Path) -> None:
    for number, (name, shown) in enumerate(NAMES.items(), 1):
        for args in (
            ("habit", "show", f"h{number}"),
            ("stream", "show", f"s{number}"),
            ("entry", "list", "--stream", f"s{number}"),
            ("done", f"h{number}", "--on", "-2"),
            ("no", f"h{number}", "--on", "-3"),
            ("earn", f"s{number}", "1", "--note", shown),
            ("spend", f"s{number}", "1"),
            ("undo",),
            ("redo",),
            ("habit", "archive", f"h{number}"),
            ("undo",),
            ("goal", "show", name),
            ("metric", "show", f"m{number}"),
            ("review", f"2026-W{number}"),
        ):
            assert shown in harmless(run(*args)), args


def test_long_texts_are_cut_in_lists_and_kept_in_the_book(book: Path) -> None:
    for args in (("habit", "show", "h2"), ("stream", "show", "s2"), ("entry", "list"), ("idea",), ("today",)):
        assert max(map(cells, harmless(run(*args)).splitlines())) < 250, args
    assert [one["note"] for one in json.loads(run("entry", "list", "--json", "long"))] == [LONG]


def test_what_asks_and_what_refuses_shows_the_names(book: Path) -> None:
    waiting = len(SHOWN) - 1
    asked = harmless(run("checkin", typed="\n" * waiting))
    assert all(shown in asked for shown in SHOWN[1:])
    for name in ("\x1b[32m", "[bold]x", "日\u202e"):
        shown = printable(name)
        for args in (
            ("done", name),
            ("earn", name, "5"),
            ("goal", "show", name),
            ("habit", "edit", "h1", "--every", name),
        ):
            said = harmless(run(*args, code=2))
            assert f"“{shown}”" in said, args
    run("habit", "add", "twin \x1b[31mone [b]")
    run("habit", "add", "twin \x1b[32mtwo [i]")
    said = harmless(run("done", "twin", code=0))
    assert said.startswith("twin \\x1b[31mone [b]")
    said = harmless(run("done", "twi", code=2))
    assert "twin \\x1b[31mone [b]" in said
    assert "twin \\x1b[32mtwo [i]" in said
    assert harmless(run("status", "--format", "{next}")).strip() in SHOWN


def test_undo_that_leaves_a_later_edit_names_it_harmlessly(
    book: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("earn", "s1", "3", "--note", "kept", "--tag", "#\x1b[31mred")
    ours = json.loads(run("entry", "list", "--json", "kept"))[0]["id"]
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "elsewhere"))
    run("entry", "edit", ours, "--tag", "-")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    said = harmless(run("undo"))
    assert "changed later" in said
    assert "\\x1b[31mred" in said


# The screens

Press = Callable[..., Awaitable[str]]


def seen(app: PitrackApp) -> str:
    """What the screen shows, every line as wide as the terminal and without a control character."""
    strips = app.screen._compositor.render_strips()
    width, height = app.size
    assert len(strips) == height
    for strip in strips:
        assert strip.cell_length == width, strip.text
        # Of a character that a dialog half covers, Textual leaves a part that cannot be measured.
        assert app.screen.is_modal or cells(strip.text) == width, strip.text
    return harmless("\n".join(strip.text for strip in strips))


async def settled(pilot: Pilot[None]) -> str:
    await pilot.pause()
    while any(not one.is_finished for one in pilot.app.workers if one.group != "watch"):
        await pilot.pause(0.01)
    await pilot.pause()
    assert isinstance(pilot.app, PitrackApp)
    return seen(pilot.app)


async def walk(pilot: Pilot[None], *keys: str) -> str:
    """All that is seen after the keys, and on the way down the list."""
    await pilot.press(*keys)
    frames = [await settled(pilot)]
    for key in ("down", *("pagedown",) * 3, "end"):
        await pilot.press(key)
        frames.append(await settled(pilot))
    return "\n".join(frames)


def assert_shown(text: str, width: int = 8) -> None:
    """Every name is there, as much of it as the narrowest column has room for."""
    for shown in SHOWN:
        assert fit(shown, width, "").rstrip() in text, shown


@pytest.mark.parametrize("size", SIZES, ids=["phone", "default", "wide"])
async def test_every_screen_shows_every_text(book: Path, home: Path, size: tuple[int, int]) -> None:
    app = PitrackApp(Book.open(book, state=home / "state" / "pitrack"), DayClock(TODAY))
    async with app.run_test(size=size, notifications=True) as pilot:
        assert_shown(await walk(pilot))
        for dialog in ("e", "n", "enter", "a", "i", "t"):
            await pilot.press("1", dialog)
            await settled(pilot)
            await pilot.press("escape")
        await pilot.press("w")
        pages = ""
        for _name in NAMES:
            pages += await walk(pilot, "home")
            await pilot.press("right")
        assert_shown(pages)
        await pilot.press("escape")
        assert_shown(await walk(pilot, "2"))
        assert_shown(await walk(pilot, "h"))
        await walk(pilot, "home")
        assert_shown(await walk(pilot, "home", "v"))
        await walk(pilot, "enter")
        await pilot.press("escape", "escape")
        assert_shown(await walk(pilot, "w"))
        await pilot.press("escape")
        assert_shown(await walk(pilot, "home", "o"))
        for dialog in ("enter", "e", "a"):
            await pilot.press(dialog)
            await settled(pilot)
            await pilot.press("escape")
        await pilot.press("escape")
        assert_shown(await walk(pilot, "3") + await walk(pilot, "v"))
        await walk(pilot, "enter", "escape")
        assert_shown(await walk(pilot, "4"))
        assert_shown(await walk(pilot, "tab"))
        assert_shown(await walk(pilot, "w", "v"))
        await walk(pilot, "enter")
        await pilot.press("escape", "escape")
        for key in "1234":
            await pilot.press(key, "question_mark")
            await settled(pilot)
            await pilot.press("escape")
        await pilot.press("colon", *"[b]日")
        await settled(pilot)
        await pilot.press("escape")


def held() -> list[str]:
    """Everything in the book that has a name or a note."""
    lists = [run(what, "list", "--json") for what in ("habit", "stream", "asset", "metric", "goal", "entry", "time")]
    return [*lists, run("idea"), run("habit", "show", "h3")]


@pytest.mark.parametrize(
    ("keys", "edit"),
    [
        (("1",), "e"),
        (("1",), "n"),
        (("2", "h", "down"), "E"),
        (("2",), "enter"),
        (("2", "v"), "e"),
        (("2", "w"), "e"),
        (("2", "o"), "e"),
        (("4",), "e"),
        (("4", "tab"), "e"),
    ],
    ids=["action", "note", "stream", "entry", "asset", "time", "metric", "goal", "idea"],
)
async def test_forms_hold_what_was_written(book: Path, home: Path, keys: tuple[str, ...], edit: str) -> None:
    before = held()
    app = PitrackApp(Book.open(book, state=home / "state" / "pitrack"), DayClock(TODAY))
    shown = ""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        for _row in range(5):
            await pilot.press(edit)
            shown += await settled(pilot)
            assert app.screen.is_modal
            await pilot.press("enter")
            shown += await settled(pilot)
            assert not app.screen.is_modal, shown
            await pilot.press("down")
    assert sum(name in shown for name in SHOWN) >= 3
    assert held() == before
