"""Quick entry completes what is typed, and forms offer the assets of the stream that is chosen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input

from pitrack.app import PitrackApp
from pitrack.screens.dialogs.entry import EntryDialog
from pitrack.screens.dialogs.quick import QuickEntry, known_words
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.widgets.pick import Pick
from pitrack.widgets.pieces import Lines


@pytest.fixture
def assets(book: Book) -> Book:
    """Two assets, one of the stream and one of another."""
    (photos,) = book.snapshot().streams
    book.apply(edits.add_stream(book.snapshot(), "Newsletter"))
    news = list(book.snapshot().streams)[1]
    book.apply(edits.add_asset(book.snapshot(), "Autumn set", stream=photos, alias="autumn"))
    book.apply(edits.add_asset(book.snapshot(), "写真の本", stream=news, alias="hon"))
    day = dt.date(2026, 11, 20)
    given: dict[str, Any] = {"kind": "income", "gross": Decimal(5), "currency": "EUR", "tags": ("q4", "Sponsor")}
    book.apply(edits.add_entry(book.snapshot(), day=day, **given))
    return book


def test_all_that_is_known_is_offered(assets: Book) -> None:
    words = known_words(assets.snapshot())
    assert words[:9] == [
        "Stock photos",
        "Newsletter",
        "#Sponsor",
        "#q4",
        "&autumn",
        "&hon",
        "&写真の本",
        "@yesterday",
        "@today",
    ]
    assert words[-6:-3] == ["usd", "eur", "pending"]


async def quick(pilot: Pilot[None], text: str) -> QuickEntry:
    await pilot.press("i")
    await pilot.pause()
    assert isinstance(pilot.app.screen, QuickEntry)
    pilot.app.screen.query_one(Input).insert_text_at_cursor(text)
    await pilot.pause()
    return pilot.app.screen


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("5 ne", "5 Newsletter "),
        ("5 #q", "5 #q4 "),
        ("5 #sp", "5 #Sponsor "),
        ("5 @y", "5 @yesterday "),
        ("5 &au", "5 &autumn "),
        ("5 &写", "5 &写真の本 "),
        ("5 eu", "5 eur "),
        ("5 ＆ａ", "5 &autumn "),
        ("5　＠ｆｒ", "5　@friday "),
        ("5 news pe", "5 news pending "),
    ],
)
@pytest.mark.parametrize("key", ["tab", "right"])
async def test_a_key_takes_what_is_shown_dim(
    assets: Book, app: PitrackApp, typed: str, completed: str, key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await quick(pilot, typed)
        assert str(dialog.query_one(VerticalScroll).border_subtitle) == "enter book  tab complete  esc leave"
        await pilot.press(key)
        assert dialog.typed == completed
        assert str(dialog.query_one(VerticalScroll).border_subtitle) == "enter book  tab all fields  esc leave"
        await pilot.press("tab")
        await pilot.pause()
        assert isinstance(app.screen, EntryDialog)


async def test_the_next_word_does_not_stick_to_what_was_completed(assets: Book, app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await quick(pilot, "5 ne")
        await pilot.press("tab", *"sponsor", "space", *"fe", "right", "2")
        assert dialog.typed == "5 Newsletter sponsor fee:2"


async def test_where_no_stream_is_understood_it_is_said(assets: Book, app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await quick(pilot, "5 newsleter")
        assert ("no stream: name one  ", "warn") in dialog.query_one(Lines).lines[0]
        before = len(assets.snapshot().entries)
        await pilot.press("enter")
        told = "".join(text for line in dialog.query_one(Lines).lines for text, _role in line)
        assert told == "No stream of yours is named. Enter once more books it without a stream."
        assert app.screen is dialog
        await pilot.press("x", "backspace", "enter", "enter")  # what is typed anew is asked about anew
        while app.screen is dialog or len(assets.snapshot().entries) == before:
            await pilot.pause(0.01)
    newest = max(assets.snapshot().entries, key=lambda entry: entry.id)
    assert (newest.stream, newest.note, len(assets.snapshot().entries)) == (None, "newsleter", before + 1)


async def test_the_asset_is_told_and_brings_its_stream(assets: Book, app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await quick(pilot, "5 &au")
        told = "".join(text for line in dialog.query_one(Lines).lines for text, _role in line)
        assert told == "income  +5.00 USD  Stock photos  Sun 2026-11-22  asset Autumn set  "
        await pilot.press("enter")
        while app.screen is dialog or len(assets.snapshot().entries) < 5:
            await pilot.pause(0.01)
    entry = max(assets.snapshot().entries, key=lambda entry: entry.id)
    assert assets.snapshot().assets[entry.asset or ""].name == "Autumn set"
    assert assets.snapshot().streams[entry.stream or ""].name == "Stock photos"


async def test_an_asset_that_is_not_there_is_told(assets: Book, app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = await quick(pilot, "5 &zzz")
        told = "".join(text for line in dialog.query_one(Lines).lines for text, _role in line)
        assert "There is no asset called “zzz”." in told


async def test_the_form_offers_the_assets_of_the_stream(assets: Book, app: PitrackApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await quick(pilot, "5 &autumn")
        await pilot.press("ctrl+e")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, EntryDialog)
        pick, stream = form.field("asset").entry, form.field("stream").entry
        assert isinstance(pick, Pick)
        assert isinstance(stream, Pick)
        assert [text for _code, text in pick.options] == ["Autumn set", "none"]
        pick.choose("")
        stream.choose(stream.options[1][0])
        await pilot.pause()
        assert [text for _code, text in pick.options] == ["写真の本", "none"]
        stream.choose("")
        await pilot.pause()
        assert [text for _code, text in pick.options] == ["Autumn set", "写真の本", "none"]
