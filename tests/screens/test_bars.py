"""The line of keys: what fits, in order, the last hint always."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from pitrack.text import marks
from pitrack.widgets.bars import Hint, ScreenBar, Tab, lay_out
from pitrack.widgets.pieces import width_of

HINTS = [Hint("space", "done"), Hint("x", "no"), Hint("enter", "amount"), Hint("?", "keys")]


def texts(width: int, height: int) -> list[str]:
    return ["".join(text for text, _role in line) for line in lay_out(HINTS, width, height)]


def test_all_fit_on_one_line() -> None:
    assert texts(60, 1) == [" space done  x no  enter amount  ? keys "]


def test_the_last_hint_stays_where_others_do_not_fit() -> None:
    assert texts(24, 1) == [" space done  ? keys "]


def test_a_second_line_takes_the_rest() -> None:
    assert texts(28, 2) == [" space done  x no ", " enter amount  ? keys "]


@given(
    st.lists(st.builds(Hint, st.text("abcxyz写", min_size=1, max_size=6), st.text("defghi", max_size=9)), min_size=1),
    st.integers(20, 140),
    st.integers(1, 2),
)
def test_lines_never_run_over(hints: list[Hint], width: int, height: int) -> None:
    lines = lay_out(hints, width, height)
    assert len(lines) == height
    others = [line for line in lines if line]
    assert all(width_of(line) < width or len(line) == 2 for line in others)
    assert (f" {hints[-1].key} ", "strong") in others[-1]


class Bar(App[None]):
    """A bar of four screens, of which the one with the longest name is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def on_screen_bar_chosen(self, message: ScreenBar.Chosen) -> None:
        self.chosen.append(message.mode)

    def compose(self) -> ComposeResult:
        names = ("Today", "Streams", "Progress", "Plan")
        yield ScreenBar([Tab(str(n), name.lower(), name) for n, name in enumerate(names, 1)], "progress")

    def shown(self) -> str:
        return self.query_one(ScreenBar).render_line(0).text


NOON = dt.datetime(2026, 11, 22, 13, 2, tzinfo=dt.UTC)
GOOD = {"synced": marks.synced(NOON), "merged": marks.merged(NOON), "saving": marks.saving()}


@pytest.mark.parametrize("state", GOOD)
async def test_a_mark_shows_the_time_where_it_has_room_and_leaves_the_names(state: str) -> None:
    app = Bar()
    async with app.run_test(size=(80, 4)) as pilot:
        app.query_one(ScreenBar).tell(GOOD[state])
        assert app.shown().endswith(f"  4 Plan {GOOD[state][0]:>36}  ? ")
        await pilot.resize_terminal(44, 4)
        await pilot.pause()
        assert app.shown() == f" 1 Today 2 Streams 3 PROGRESS 4 Plan {state} "


@pytest.mark.parametrize(
    ("code", "wide", "narrow"),
    [
        ("missing", "not synced: the file is missing", "not synced: missing"),
        ("unreadable", "not synced: the file cannot be read", "not synced: damaged"),
        ("newer", "not synced: the file was written by a newer pitrack", "not synced: too new"),
        ("foreign", "read-only: another book lies in its place", "read-only: another book"),
        ("locked", "not synced: another pitrack is busy with it", "not synced: busy"),
        ("No space left on device", "not synced: No space left on device", "not synced"),
    ],
)
async def test_bad_news_is_whole_at_any_width(code: str, wide: str, narrow: str) -> None:
    app = Bar()
    async with app.run_test(size=(80, 4)) as pilot:
        app.query_one(ScreenBar).tell(marks.behind(code), "warn")
        assert app.shown().endswith(f" {wide}  ? ")
        await pilot.resize_terminal(44, 4)
        await pilot.pause()
        assert app.shown().startswith(" 1 2 3 PROGRESS 4 ")
        assert f" {narrow} " in app.shown()


async def test_a_click_finds_the_screen_whose_name_gave_way() -> None:
    app = Bar()
    async with app.run_test(size=(44, 4)) as pilot:
        app.query_one(ScreenBar).tell(marks.behind("missing"), "warn")
        for x in (1, 3, 10, 16):
            await pilot.click(ScreenBar, offset=(x, 0))
        assert app.chosen == ["today", "streams", "progress", "plan"]


def test_what_a_merge_changed() -> None:
    assert marks.news(1, 0) == "Merged 1 change."
    assert marks.news(3, 0) == "Merged 3 changes."
    assert marks.news(3, 1) == "Merged 3 changes; 1 replaced a value of yours (: history)."
    assert marks.news(3, 2) == "Merged 3 changes; 2 replaced values of yours (: history)."
