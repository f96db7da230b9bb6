"""Themes: the built-in ones are readable, bad files are left out with a reason, foreign themes get our variables."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Static

from pitrack.widgets.theming import HEAT, OWN, STREAMS, builtin_folder, load_themes, variable_defaults

BUILT_IN = load_themes().themes
PAINTED = [theme for theme in BUILT_IN.values() if not theme.ansi]
AA_TEXT = 4.5
AA_SHAPE = 3.0

GOOD = (builtin_folder() / "paper.toml").read_text(encoding="utf-8")


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in (colour.r, colour.g, colour.b))
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1-21 (WCAG 2.1)."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_five_themes_dark_light_and_ansi() -> None:
    assert load_themes().problems == ()
    assert sorted((theme.dark, theme.ansi) for theme in BUILT_IN.values()) == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_every_word_is_readable(theme) -> None:  # type: ignore[no-untyped-def]
    grounds = {"background": theme.background, "surface": theme.surface, "panel": theme.panel}
    words = {name: getattr(theme, name) for name in ("foreground", "primary", "secondary", "accent")}
    words |= {name: getattr(theme, name) for name in ("success", "warning", "error")} | {
        name: colour for name, colour in theme.variables.items() if name == "quiet" or name.startswith("stream-")
    }
    faint = {
        (word, ground): round(contrast(colour, on), 2)
        for word, colour in words.items()
        for ground, on in grounds.items()
        if contrast(colour, on) < AA_TEXT
    }
    assert faint == {}


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_letters_on_bars_and_the_cursor_row_are_readable(theme) -> None:  # type: ignore[no-untyped-def]
    ink = theme.variables["ink"]
    for number in range(1, STREAMS + 1):
        assert contrast(ink, theme.variables[f"stream-{number}"]) >= AA_TEXT
    assert contrast(theme.variables["block-cursor-foreground"], theme.variables["block-cursor-background"]) >= AA_TEXT


@pytest.mark.parametrize("theme", PAINTED, ids=lambda theme: theme.name)
def test_heat_rises_away_from_the_ground(theme) -> None:  # type: ignore[no-untyped-def]
    ladder = [contrast(theme.variables[f"heat-{level}"], theme.background) for level in range(1, HEAT + 1)]
    assert ladder == sorted(ladder)
    assert ladder[-1] >= AA_SHAPE


def test_a_theme_of_the_terminal_names_its_colours_only() -> None:
    (theme,) = (theme for theme in BUILT_IN.values() if theme.ansi)
    values = [theme.primary, theme.background, theme.foreground, *theme.variables.values()]
    assert [value for value in values if not str(value).startswith("ansi_")] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("name = ", "Invalid value"),
        (GOOD.replace('name = "paper"', 'name = "My Theme"'), "lower-case letters"),
        (GOOD.replace('quiet = "#', 'quiet = "#zz'), "is not a colour (quiet)"),
        (GOOD.replace("ink =", "inc ="), "the colour ink is missing"),
        (GOOD.replace("heat = [", 'heat = ["#000000", '), "heat must be a list of 4 colours"),
        (GOOD.replace("dark = false", 'dark = "no"'), "dark and ansi must be true or false"),
        ('name = "bare"', "it has no colours"),
        ('colour = "red"\n' + GOOD, "colour is not known"),
        (b"\xff\xfe", "utf-8"),
    ],
)
def test_a_bad_file_is_left_out_and_named(tmp_path: Path, content: str | bytes, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    themes, problems = load_themes(tmp_path)
    assert themes.keys() == BUILT_IN.keys()
    assert len(problems) == 1
    assert problems[0].startswith("Theme mine.toml was left out: ")
    assert reason in problems[0]


def test_a_theme_of_ones_own_is_added_and_may_replace(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD.replace('"paper"', '"mine"'), encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD.replace("#f8f3e9", "#ffffff"), encoding="utf-8")
    themes, problems = load_themes(tmp_path)
    assert problems == ()
    assert set(themes) == {*BUILT_IN, "mine"}
    assert themes["paper"].background == "#ffffff"


def test_a_folder_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert load_themes(tmp_path / "none") == load_themes()


@pytest.mark.parametrize("dark", [True, False])
def test_foreign_themes_get_every_variable(dark: bool) -> None:
    theme = next(iter(PAINTED))
    own = {name for name in theme.variables if name in OWN or name.startswith(("stream-", "heat-"))}
    assert set(variable_defaults(dark)) == own


class Swatch(App[None]):
    CSS = "Static { color: $quiet; background: $surface; border: solid $line; } #bar { background: $stream-3; }"

    def compose(self) -> ComposeResult:
        yield Static("quiet")
        yield Static("bar", id="bar")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme.dark)


async def test_styles_hold_under_every_theme_ours_or_not() -> None:
    app = Swatch()
    async with app.run_test() as pilot:
        for theme in BUILT_IN.values():
            app.register_theme(theme)
        for name in (*BUILT_IN, "nord", "textual-light"):
            app.theme = name
            await pilot.pause()
            assert app.query_one("#bar").styles.background == Color.parse(app.theme_variables["stream-3"])
