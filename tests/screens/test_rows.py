"""The virtual list: headings, a cursor that follows its row, many rows, what is redrawn."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from pitrack.widgets.rows import RowList


class Listing(App[None]):
    def __init__(self, items: Sequence[str], heads: Sequence[int] = (), lines: int = 1) -> None:
        super().__init__()
        self.items = items
        self.heads = {index: lambda _width: (("HEAD", "head"),) for index in heads}
        self.lines = lines
        self.chosen: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield RowList[str](
            lambda item, line, _width: ((f"{item} {line}", ""),),
            str,
            lines=self.lines,
            empty=lambda: ((), (("press a", "muted"),)),
        )

    def on_mount(self) -> None:
        self.rows.show(self.items, self.heads)

    @property
    def rows(self) -> RowList[str]:
        return self.query_one(RowList)

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        self.chosen.append(message.key)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        self.chosen.append(f"selected {message.key}")

    def seen(self) -> list[str]:
        return [self.rows.render_line(y).text.rstrip() for y in range(self.rows.size.height)]


async def test_headings_stand_above_their_rows_and_cannot_be_chosen() -> None:
    app = Listing(["a", "b", "c"], heads=(0, 2))
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("j", "j")
        assert app.seen()[:6] == ["  HEAD", "  a 0", "  b 0", "  HEAD", "> c 0", ""]


async def test_two_lines_a_row() -> None:
    app = Listing(["a", "b"], heads=(1,), lines=2)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("down")
        assert app.seen()[:5] == ["  a 0", "  a 1", "  HEAD", "> b 0", "  b 1"]


@pytest.mark.parametrize(
    ("height", "heads", "seen"),
    [
        (5, (), ["  b 0", "  b 1", "> c 0", "  c 1", ""]),
        (5, (2,), ["  b 0", "  b 1", "  HEAD", "> c 0", "  c 1"]),
        (3, (), ["> c 0", "  c 1", ""]),
        (1, (), ["> c 0"]),
    ],
)
async def test_the_row_at_the_top_is_seen_whole(height: int, heads: Sequence[int], seen: list[str]) -> None:
    app = Listing(["a", "b", "c"], heads=heads, lines=2)
    async with app.run_test(size=(40, height)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert app.seen() == seen
        await pilot.press("up")
        app.rows.show(["0", "a", "b", "c"], {})
        await pilot.pause()
        assert app.seen()[0].endswith(" 0")


async def test_the_cursor_follows_its_row_when_rows_change() -> None:
    app = Listing(["a", "b", "c"])
    async with app.run_test() as pilot:
        await pilot.press("j")
        app.rows.show(["x", "y", "a", "b"])
        assert app.rows.highlighted == "b"
        app.rows.show(["x", "y"])
        await pilot.pause()
        assert app.rows.highlighted == "y"
        assert app.chosen == ["a", "b", "y"]


async def test_a_row_stays_where_it_is_seen_when_others_come_above_it() -> None:
    app = Listing([str(n) for n in range(100)])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("G", "k", "k")
        await pilot.pause()
        place = app.seen().index("> 97 0")
        app.rows.show(["new", "newer", *app.items])
        await pilot.pause()
        assert app.seen()[place] == "> 97 0"
        app.rows.show(app.items[40:])
        await pilot.pause()
        assert app.seen()[place] == "> 97 0"


async def test_the_first_rows_are_seen_when_others_come_above_them() -> None:
    app = Listing([str(n) for n in range(100)])
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.show(["new", *app.items])
        await pilot.pause()
        assert app.seen()[:2] == ["  new 0", "> 0 0"]
        await pilot.press(*"jjjjjjjj")
        app.rows.show(["newer", "new", *app.items])
        await pilot.pause()
        assert app.seen()[-1] == "> 8 0"


async def test_an_empty_list_says_what_to_press() -> None:
    app = Listing([])
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("j", "G")
        assert app.rows.highlighted is None
        assert app.seen()[:2] == ["", "press a"]


async def test_a_hundred_thousand_rows() -> None:
    app = Listing([str(n) for n in range(100_000)], heads=(0, 50_000))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("G")
        assert app.seen()[-1] == "> 99999 0"
        await pilot.press("g")
        assert app.seen()[:2] == ["  HEAD", "> 0 0"]
        app.rows.move_to_key("50000")
        await pilot.pause()
        assert "  HEAD" in app.seen()
        assert "> 50000 0" in app.seen()


async def test_a_move_redraws_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Listing([str(n) for n in range(100)])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        drawn: list[Region] = []
        refresh = app.rows.refresh
        monkeypatch.setattr(app.rows, "refresh", lambda *regions, **how: (drawn.extend(regions), refresh(*regions))[1])
        app.rows.move_to(1)
        assert [region.y for region in drawn] == [0, 1]
        await pilot.pause()
        drawn.clear()
        app.rows.show(["0", "1", "two", *app.items[3:]])
        assert [region.y for region in drawn] == [2]


async def test_a_click_chooses_and_a_second_one_selects() -> None:
    app = Listing(["a", "b", "c"], heads=(0,))
    async with app.run_test() as pilot:
        await pilot.click(RowList, offset=(3, 0))
        await pilot.click(RowList, offset=(3, 2))
        await pilot.click(RowList, offset=(3, 2))
        assert app.chosen == ["a", "b", "selected b"]
