"""The catalogues hold the app's sentences, all of them and nothing else; and what Japanese shows can be typed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from textual.binding import Binding

from pitrack.app import PitrackApp
from pitrack.screens.answering import AnsweringScreen
from pitrack.screens.plan.review import ReviewScreen
from pitrack.screens.plan.screen import PlanScreen
from pitrack.screens.progress.screen import ProgressScreen
from pitrack.screens.streams.asset import AssetScreen
from pitrack.screens.streams.assets import AssetsScreen
from pitrack.screens.streams.metrics import MetricsScreen
from pitrack.screens.streams.screen import StreamsScreen
from pitrack.screens.streams.work_log import WorkLogScreen
from pitrack.screens.today.catchup import CatchUpScreen
from pitrack.screens.today.screen import TodayScreen
from pitrack.text import i18n, parse, words
from pitrack.text.plain import cells
from pitrack.widgets.rows import RowList
from tests import catalogue

DAY = dt.date(2026, 11, 22)
FILES = catalogue.languages()
SOURCE = catalogue.extracted()
Key = tuple[str | None, object]
HELP = 24
"""Cells that the list of keys has for what a key does."""


def messages(path: Path) -> dict[Key, Message]:
    with path.open("rb") as file:
        return {key_of(message): message for message in read_po(file, abort_invalid=True) if message.id}


def key_of(message: Message) -> Key:
    return message.context, message.id


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def edges(text: str) -> tuple[bool, bool]:
    """Whether a space joins it to what stands before and behind; a separator's own spaces join nothing."""
    is_word = any(sign.isalnum() for sign in text)
    return is_word and text.startswith(" "), is_word and text.endswith(" ")


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Each translation, with the English it stands for: that of many things, where there are two."""
    for message in messages(path).values():
        for string in catalogue.strings(message):
            yield str(message.id[-1] if message.pluralizable else message.id), string


def test_there_is_japanese() -> None:
    assert [catalogue.language(path) for path in FILES] == ["ja"]
    assert len(SOURCE) > 500


@pytest.mark.parametrize("path", [catalogue.TEMPLATE, *FILES], ids=lambda path: path.name)
def test_a_catalogue_has_the_messages_of_the_source_and_no_others(path: Path) -> None:
    assert messages(path).keys() == {key_of(message) for message in SOURCE if message.id}


def test_the_template_is_as_updating_would_write_it() -> None:
    assert catalogue.TEMPLATE.read_bytes() == catalogue.text_of(SOURCE)


@pytest.mark.parametrize("path", FILES, ids=catalogue.language)
def test_a_translation_is_as_updating_would_write_it(path: Path) -> None:
    words_of = catalogue.translated(path, SOURCE)
    assert path.read_bytes() == catalogue.text_of(words_of)
    assert path.with_suffix(".mo").read_bytes() == catalogue.compiled(words_of)


@pytest.mark.parametrize("path", FILES, ids=catalogue.language)
def test_everything_is_translated(path: Path) -> None:
    with path.open("rb") as file:
        known = read_po(file)
    assert not known.obsolete
    assert [message.id for message in known if message.id and message.fuzzy] == []
    assert [english for english, string in pairs(path) if not string.strip()] == []


@pytest.mark.parametrize("path", FILES, ids=catalogue.language)
def test_placeholders_and_spaces_at_the_edges_agree(path: Path) -> None:
    assert [
        (english, string)
        for english, string in pairs(path)
        if placeholders(english) != placeholders(string) or edges(english) != edges(string)
    ] == []


@pytest.mark.parametrize("path", FILES, ids=catalogue.language)
def test_no_character_has_another_width_in_another_terminal(path: Path) -> None:
    assert {sign for _english, string in pairs(path) for sign in string if sign in "“”‘’…×÷→←↑↓±°§―"} == set()


def test_the_app_speaks_japanese() -> None:
    i18n.setup("ja")
    assert i18n._("Today") == "今日"
    assert i18n.ngettext("{n} day", "{n} days", 13).format(n=13) == "13日"
    assert i18n.pgettext("an answer", "no") == "できず"
    assert words.plain_day(DAY) == "2026-11-22(日)"
    assert cells(words.plain_day(DAY)) == cells(words.plain_day(dt.date(2026, 1, 5)))


def test_examples_in_japanese_can_be_typed() -> None:
    i18n.setup("ja")
    names = ["ニュースレター", "写真"]
    first = parse.entry(i18n._("120.50 usd newsletter sponsor #q4 @yesterday"), DAY, names)
    assert (first.amount, first.currency, first.stream, first.note) == (Decimal(12000), "JPY", "ニュースレター", "広告")
    assert (first.day, first.tags) == (DAY - dt.timedelta(days=1), ("4期",))
    second = parse.entry(i18n._("120.50 usd newsletter #sponsor @yesterday"), DAY, names)
    assert (second.amount, second.stream, second.tags) == (Decimal(12000), "ニュースレター", ("広告",))
    marked = parse.entry(" ".join(("1000", i18n._("fee:2.50"), i18n._("units:3"), i18n._("pending"))), DAY)
    assert (marked.fee, marked.units, marked.pending, marked.note) == (Decimal(250), Decimal(3), True, "")
    assert parse.entry(i18n._("spend 12: an expense"), DAY).kind == "expense"
    assert parse.entry(i18n._("refund 5"), DAY).kind == "refund"
    for day in i18n._("today, -1, fri, 2026-11-20").split("、"):
        assert parse.day(day, DAY) <= DAY
    for text in i18n._("daily, mon,wed,fri, 3/week, every 3 days").split("、"):
        assert parse.schedule(text)
    for text in i18n._("1h30m, 45, 1:15").split("、"):
        assert parse.duration(text) in (90, 45, 75)


SCREENS = [
    PitrackApp,
    AnsweringScreen,
    TodayScreen,
    CatchUpScreen,
    StreamsScreen,
    AssetsScreen,
    AssetScreen,
    WorkLogScreen,
    ProgressScreen,
    PlanScreen,
    MetricsScreen,
    ReviewScreen,
    RowList,
]


@pytest.mark.parametrize("owner", SCREENS)
def test_the_list_of_keys_has_room_for_what_they_do(owner: type) -> None:
    i18n.setup("ja")
    does = [i18n._(one.tooltip or one.description) for one in vars(owner)["BINDINGS"] if isinstance(one, Binding)]
    assert does
    assert [text for text in does if cells(text) > HELP] == []
