"""A report in a real Chromium: nothing in its console, nothing from the network, nothing in the way of anybody.

The checks are those of axe-core for WCAG 2.2 AA, on the demo book's page: in the light and the dark, on a desk and on a
phone, in both languages, with amounts and without.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

from pitrack.exchange.demo import demo_tables
from pitrack.exchange.report.model import report
from pitrack.exchange.report.page import as_page
from pitrack.exchange.report.telling import document
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot
from pitrack.text import i18n
from tests.core.books import NEWS, entry
from tests.core.memory import by_id
from tests.exchange.report.months import DAY, OCTOBER, october_report
from tests.exchange.report.test_page import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = (380, 800), (1100, 900)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


class Seen(NamedTuple):
    """A page as it was opened; what its console said, and the addresses that it asked for."""

    page: Page
    said: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="the extra [browser] is not installed")
    with api.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET, env=_own_home())
        yield chromium
        chromium.close()


def _own_home() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PITRACK_"))}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.setup("en")
    yield
    i18n.setup("en")


def demo_page(*, amounts: bool = True) -> str:
    snap = BookSnapshot(read(canonical(demo_tables(DAY))))
    return as_page(document(report(snap, OCTOBER, DAY), amounts=amounts))


def seen(
    browser: Browser,
    folder: Path,
    page: str,
    scheme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = DESK,
) -> Seen:
    path = folder / "report.html"
    path.write_text(page, encoding="utf-8")
    width, height = size
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
    found = Seen(context.new_page(), [], [])
    found.page.on("console", lambda message: found.said.append(message.text))
    found.page.on("pageerror", lambda error: found.said.append(str(error)))
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.goto(path.as_uri())
    assert found.asked == [path.as_uri()]
    assert not found.said
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line each; what it cannot judge for itself (text over a picture) is not among them."""
    from axe_playwright_python.sync_playwright import Axe

    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [f"{each['id']}: {node['html']}" for each in result["violations"] for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_is_quiet_and_accessible(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], size: tuple[int, int], language: str
) -> None:
    i18n.setup(language)
    opened = seen(browser, tmp_path, demo_page(), scheme, size)
    assert violations(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert opened.page.locator("svg[role=img]:visible").count() == 1
    assert not opened.said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_picture_has_contrast(
    browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    """axe-core does not judge texts in SVG: 4.5 to 1 against the page, and 3 to 1 for each bar."""
    page = seen(browser, tmp_path, demo_page(), scheme).page
    paper = _colour(page, "body", "backgroundColor")
    texts = page.locator("svg[role=img]:visible text").count()
    assert texts > 20
    for number in range(texts):
        fill = page.locator("svg[role=img]:visible text").nth(number).evaluate("node => getComputedStyle(node).fill")
        assert contrast(_rgb(fill), paper) >= 4.5
    fills = page.eval_on_selector_all(
        ".wide pattern rect:not(.hatch)", "nodes => nodes.map(node => getComputedStyle(node).fill)"
    )
    assert len(fills) == 4
    assert all(contrast(_rgb(fill), paper) >= 3 for fill in fills)


def test_the_page_prints_light_on_a4_even_in_the_dark(browser: Browser, tmp_path: Path) -> None:
    page = seen(browser, tmp_path, demo_page(), "dark").page
    data = page.pdf(prefer_css_page_size=True)
    assert data.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in data or b"/MediaBox [0 0 595 842]" in data
    page.emulate_media(media="print", color_scheme="dark")
    assert _colour(page, "body", "backgroundColor") == (255, 255, 255)


def test_without_amounts_the_page_is_accessible_too(browser: Browser, tmp_path: Path) -> None:
    opened = seen(browser, tmp_path, demo_page(amounts=False))
    assert violations(opened.page) == []
    assert "$" not in opened.page.inner_text("body")


def test_hostile_names_do_nothing_and_are_read(browser: Browser, tmp_path: Path) -> None:
    streams = [NEWS._replace(id=f"s{n}", alias=f"s{n}", name=name) for n, name in enumerate(HOSTILE)]
    entries = tuple(entry("2026-10-02", "10", stream.id) for stream in streams)
    opened = seen(browser, tmp_path, as_page(document(october_report(streams=by_id(*streams), entries=entries))))
    assert "<script>alert(1)</script>" in opened.page.inner_text("main")
    assert opened.page.locator("script, img").count() == 0
    assert violations(opened.page) == []


def _colour(page: Page, selector: str, name: str) -> tuple[int, int, int]:
    return _rgb(page.locator(selector).first.evaluate(f"node => getComputedStyle(node).{name}"))


def _rgb(written: str) -> tuple[int, int, int]:
    red, green, blue = (int(part) for part in written.removeprefix("rgb(").removesuffix(")").split(","))
    return red, green, blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
