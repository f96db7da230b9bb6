"""A report as a page: sound HTML, no script, no address, the book's texts as texts, and a chart of the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.exchange.report.blocks import Chart, Document, Series, Table
from pitrack.exchange.report.chart import NARROW, WIDE, Frame, as_svg, scale_for
from pitrack.exchange.report.page import as_page
from pitrack.exchange.report.telling import document
from pitrack.text import i18n
from pitrack.text.plain import printable
from tests.core.books import NEWS, PHOTOS, entry
from tests.core.memory import by_id
from tests.exchange.report.months import JOB, october_report
from tests.test_hostile_text import NAMES, harmless

VOID = {"meta", "link"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp;",
    "]]>--><!--",
    "مرحبا بكم",
    *NAMES,
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.setup("en")
    yield
    i18n.setup("en")


class Elements(HTMLParser):
    """The elements of a page in order, each with its attributes and what encloses it; they must be nested soundly."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.within: list[str] = []
        self.feed(page)
        self.close()
        assert not self.within

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.within.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.within[-1:] != ["style"]:
            self.texts.append(data)

    def named(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, given) for tag, given in self.found if tag in tags]


def chart_of(made: Document) -> tuple[Chart, Table]:
    chart, table = made.sections[1].blocks
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    return chart, table


def test_the_page_is_sound_and_needs_nothing_else() -> None:
    page = as_page(document(october_report()))
    elements = Elements(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert not elements.named("script", "img", "iframe", "object", "form", "a")
    assert not re.findall(r"https?:|url\((?!#)|@import|javascript:", page)
    ids = [given["id"] for _tag, given in elements.found if "id" in given]
    assert len(ids) == len(set(ids))
    named = {name for _tag, given in elements.found for name in (given.get("aria-labelledby") or "").split()}
    assert named <= set(ids)


def test_headings_are_in_order_and_tables_are_named() -> None:
    elements = Elements(as_page(document(october_report())))
    headings = [tag for tag, _given in elements.named("h1", "h2", "h3")]
    assert headings == ["h1", *["h2"] * 10]
    count = len(elements.named("table"))
    assert count == 8
    assert len(elements.named("caption")) == count
    assert all(given["scope"] in ("col", "row") for _tag, given in elements.named("th"))
    pictures = [given for tag, given in elements.found if tag == "svg" and given.get("role") == "img"]
    assert len(pictures) == 2
    assert len(elements.named("title")) == 1 + 2
    assert len(elements.named("desc")) == 2


def test_the_page_speaks_the_language_in_use() -> None:
    i18n.setup("ja")
    page = as_page(document(october_report()))
    assert '<html lang="ja">' in page
    assert "<h1>2026年10月</h1>" in page


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_of_the_book_are_texts(name: str) -> None:
    plain = Elements(as_page(document(october_report())))
    streams = by_id(NEWS._replace(name=name), PHOTOS, JOB)
    page = as_page(document(october_report(streams=streams)))
    elements = Elements(page)
    assert [tag for tag, _given in elements.found if tag != "bdi"] == [
        tag for tag, _given in plain.found if tag != "bdi"
    ]
    assert all(given.keys().isdisjoint({"onerror", "onmouseover"}) for _tag, given in elements.found)
    assert printable(name) in elements.texts
    harmless(page)


def test_bars_are_as_high_as_the_numbers_are() -> None:
    """Of the picture's 800 pixels a step of 50 has 200: heights are four times the amounts."""
    chart, table = chart_of(document(october_report()))
    frame = Frame(1000, 862, 50)
    bars = rects(as_svg(chart, "c", frame))
    assert [each.values for each in chart.series] == [
        (Decimal(100), Decimal(150), Decimal(200)),
        (Decimal(50), Decimal(50), Decimal(0)),
    ]
    assert bars == [("c-p0", 400), ("c-p1", 200), ("c-p0", 600), ("c-p1", 200), ("c-p0", 800)]
    assert [row[1].text for row in table.rows] == ["$100", "$150", "$200"]


def test_what_was_given_back_stands_below_nothing() -> None:
    chart = Chart(
        "t", "d", (("Jan", "2026"),), (Series("a", (Decimal(-50),)), Series("b", (Decimal(100),))), None, str, ""
    )
    drawing = as_svg(chart, "c", Frame(400, 362, 50))
    zero = next(each for each in svg(drawing).iter() if each.get("class") == "zero")
    assert zero.get("y1") == "224"
    assert [(each.get("y"), each.get("height")) for each in parts(drawing)] == [("224", "100"), ("24", "200")]


def test_net_is_a_line_only_where_it_differs() -> None:
    with_costs, _table = chart_of(document(october_report()))
    assert with_costs.line
    assert [str(value) for value in with_costs.line.values] == ["150", "200", "170"]
    without, _table = chart_of(document(october_report(entries=(entry("2026-10-01", "5"),))))
    assert without.line is None


@given(
    st.lists(st.decimals(-1_000_000_000, 1_000_000_000, allow_nan=False, allow_infinity=False, places=2), max_size=8)
)
def test_a_scale_holds_every_value_in_a_few_round_steps(values: list[Decimal]) -> None:
    scale = scale_for(values)
    assert scale.low <= min([Decimal(0), *values])
    assert scale.high >= max([Decimal(0), *values])
    ticks = list(scale.ticks())
    assert 2 <= len(ticks) <= 8
    assert 0 in ticks
    assert ticks[-1] == scale.high
    assert scale.step.normalize().as_tuple().digits in ((1,), (2,), (5,))


@pytest.mark.parametrize("frame", [WIDE, NARROW])
@pytest.mark.parametrize("months", [1, 2, 11, 12])
def test_names_of_months_stand_apart_and_each_year_is_named(frame: Frame, months: int) -> None:
    columns = tuple((f"M{at}", "2025" if at < 2 else "2026") for at in range(months))
    chart = Chart("t", "d", columns, (Series("a", (Decimal(5),) * months),), None, str, "5")
    texts = [each for each in svg(as_svg(chart, "c", frame)).iter() if each.get("class") == "axis middle"]
    places = [float(each.get("x", "")) for each in texts if (each.text or "").startswith("M")]
    assert all(b - a >= 24 for a, b in pairwise(places))
    assert (texts[-1].text or texts[-2].text) in (f"M{months - 1}", "2025", "2026")
    years = [each.text for each in texts if not (each.text or "").startswith("M")]
    assert years == sorted(set(years))  # type: ignore[type-var]


def svg(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def parts(drawing: str) -> list[ElementTree.Element]:
    return [each for each in svg(drawing).iter() if each.get("class") == "part"]


def rects(drawing: str) -> list[tuple[str, float]]:
    """The pattern and the height of each part, in order."""
    return [((each.get("fill") or "")[5:-1], float(each.get("height", ""))) for each in parts(drawing)]
