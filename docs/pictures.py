"""Draws the pictures of the README: ``python docs/pictures.py [NAME ...]`` writes docs/pictures/NAME.svg.

Each shows the demo book on the same day, so that equal screens give equal files.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pitrack.app import PitrackApp
from pitrack.exchange.demo import write_demo
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text.i18n import setup
from pitrack.text.plain import cells

FOLDER = Path(__file__).parent / "pictures"
DAY = dt.date(2026, 11, 22)
SYNCED = dt.datetime(2026, 11, 22, 13, 2, tzinfo=dt.timezone(dt.timedelta(hours=9)))
SETTLED = 0.3
"""Seconds after which a screen stands as it will stay."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen after some keys, in a terminal of ``columns`` by ``rows``."""

    name: str
    keys: tuple[str, ...] = ()
    columns: int = 80
    rows: int = 24


PICTURES = (
    Picture("today"),
    Picture("streams", ("2",)),
    Picture("progress", ("3",)),
    Picture("assets", ("2", "v")),
    Picture("plan", ("4",)),
    Picture("playbooks", ("4", "p")),
    Picture("automation", ("4", "s")),
    Picture("action", ("w",), columns=120, rows=34),
    Picture("today-phone", columns=44, rows=30),
)


async def draw(picture: Picture, book: Path, state: Path) -> str:
    """The SVG of one picture."""
    app = PitrackApp(Book.open(book, state=state), DayClock(DAY))
    app.animation_level = "none"
    async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
        await pilot.pause(SETTLED)
        for key in picture.keys:
            await pilot.press(key)
            await pilot.pause(SETTLED)
        return widened(app.export_screenshot(title="pitrack"))


def widened(svg: str) -> str:
    """Rich gives a text one cell a character; a Japanese one takes two, and would be squeezed."""

    def text(match: re.Match[str]) -> str:
        before, length, between, words = match.groups()
        characters = html.unescape(words)
        return f"{before}{float(length) * cells(characters) / len(characters):g}{between}{words}"

    return re.sub(r'(<text[^>]* textLength=")([\d.]+)("[^>]*>)([^<]+)', text, svg)


def main(names: list[str]) -> None:
    """Draw the named pictures, all of them where none is named."""
    setup("en")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "pitrack.json"
        write_demo(book, DAY)
        os.utime(book, (SYNCED.timestamp(), SYNCED.timestamp()))
        for picture in PICTURES:
            if not names or picture.name in names:
                svg = asyncio.run(draw(picture, book, Path(folder) / "state"))
                (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
                print(picture.name)


if __name__ == "__main__":
    main(sys.argv[1:])
