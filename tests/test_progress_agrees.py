"""Every figure that Progress shows is the one that a command gives for the same day and currency."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widget import Widget

from pitrack.app import PitrackApp
from pitrack.cli.main import cli
from pitrack.core.days import Month
from pitrack.exchange.demo import write_demo
from pitrack.screens.progress.screen import ProgressScreen
from pitrack.store.book import Book
from pitrack.store.clock import DayClock
from pitrack.text import i18n
from pitrack.text.dates import month_name, month_year, short_day, short_month
from pitrack.text.money import money, number, percent
from pitrack.widgets.rows import RowList

TODAY = dt.date(2026, 11, 22)
SIZES = [(80, 24), (200, 50)]
ASKED = [("USD", 0), ("JPY", 0), ("USD", 3)]
"""A currency, and how many months one looks back."""
NEGLECTED = {"market": "marketing", "learn": "learning", "serve": "customers"}
AWAY = {"lump": "lump payouts", "no time": "no time logged", "service": "a service"}
TITLES = {"WHAT CARRIES IT", "WITHOUT YOUR HOURS", "BUILT AND PAID BACK", "GROWTH"}
MERITS = {
    "efficiency": "Efficiency",
    "cost": "Cost",
    "scalability": "Scalability",
    "always-on": "Always on",
    "core-focus": "Core focus",
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PITRACK_TODAY", TODAY.isoformat())
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    i18n.setup("en")
    path = tmp_path / "demo.json"
    write_demo(path, TODAY)
    return path


class Commands:
    """What the commands say of a book as known on a day, in a currency."""

    def __init__(self, path: Path, day: dt.date, currency: str) -> None:
        self.path = path
        self.day = day
        self.currency = currency
        self.growth = self.json("growth", "--by", "asset", *self.asked)
        self.stack = self.json("stack", *self.asked)
        self.merits = self.json("merits", *self.asked)
        self.last = self.growth["months"][-2]
        self.month = Month(*map(int, self.last["month"].split("-")))

    @property
    def asked(self) -> list[str]:
        return ["--as-of", self.day.isoformat(), "--currency", self.currency]

    def json(self, *args: str) -> Any:
        result = CliRunner().invoke(cli, ["--file", str(self.path), *args, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    def money(self, amount: str | None, *, sign: bool = False) -> str:
        return "-" if amount is None else money(Decimal(amount), self.currency, whole=True, sign=sign)


def tenths(value: float | str) -> str:
    return format(Decimal(str(value)).quantize(Decimal("0.1")), ",f")


def change(month: dict[str, Any]) -> str:
    if month["label"] == "percent":
        return percent(month["mom"])
    return {"new": "new", "none": "-", "n/m": "n/m", "first": "-"}[month["label"]]


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


# What is to be seen


def headline(say: Commands) -> str:
    last = say.last
    name = month_name(say.month) + (", provisional:" if last["provisional"] else ":")
    delta = say.money(last["delta"], sign=True)
    return f"{name} {say.money(last['income'])} {delta} {change(last)} on {month_name(say.month.shift(-1))}"


def so_far(say: Commands) -> str:
    day, to_date = say.day, say.money(say.growth["to_date"])
    if day == TODAY:
        before = say.money(say.growth["to_date_before"])
        name = month_name(say.month)
        return f"{month_name(Month.of(day))} 1-{day.day}: {to_date} against {before} by the same day of {name}"
    whole = say.money(say.last["income"])
    return f"All of {month_name(Month.of(day))}: {to_date} against {whole} in {month_name(say.month)}"


def figures(say: Commands) -> dict[str, list[str]]:
    """By name, the figures beside the chart, each in the words that it may be said in, which depends on the room."""
    growth, stack, whole = say.growth, say.stack, say.stack["all"]
    old, built, away = stack["back_catalogue"], stack["built"][-1], whole["away"]
    parts = [
        counted(built["assets"], "asset", "assets") if built["assets"] else "",
        counted(built["automations"], "system", "systems") if built["automations"] else "",
        f"{number(Decimal(tenths(built['learning_hours'])))} h learning" if Decimal(built["learning_hours"]) else "",
    ]
    cost, day = whole["break_even"]["cost"], whole["break_even"]["day"]
    parts = [*filter(None, parts)]
    found = {
        "Streams pay": f"{percent(growth['coverage'], sign=False)} of the job",
        "Real sources": f"{tenths(growth['sources'])}, with job {tenths(growth['sources_with_job'])}",
        "Away income": AWAY.get(away["why"], "-"),
        "Year-old work": f"{say.money(old['income'])}  {percent(old['value'], sign=False)}",
        "Built": ", ".join(parts) or "nothing new",
        "Paid back": f"since {month_year(Month(*map(int, whole['payback']['month'].split('-'))))}",
        "Growing": f"{percent(growth['cmgr'])} a month",
        "3-month mean": say.money(growth["t3m"]),
        "Year's pace": say.money(growth["run_rate"]),
    }
    if away["income"] is not None:
        found["Away income"] = f"{say.money(away['income'])}  {percent(away['value'], sign=False)}"
    if Decimal(cost):
        covered = f"by {short_day(dt.date.fromisoformat(day))}" if day else "not covered"
        found["Fixed cost"] = f"{say.money(cost)}, {covered}"
    if stack["holidays"]:
        off = stack["holidays"][0]
        found["Days off"] = f"{counted(off['days'], 'day', 'days')} paid {say.money(off['income'])}"
    if growth["doubling_months"] is not None:
        found["Doubles in"] = counted(round(growth["doubling_months"]), "month", "months")
    if growth["yoy"] is not None:
        found["On last year"] = percent(growth["yoy"])
    forms = {name: [" ".join(value.split())] for name, value in found.items()}
    forms["Real sources"].append(f"{tenths(growth['sources'])} (+ job: {tenths(growth['sources_with_job'])})")
    forms["Built"] += [", ".join(parts[:most]) for most in range(1, len(parts))]
    if day:
        forms["Fixed cost"].append(f"by {short_day(dt.date.fromisoformat(day))}")
    if "Days off" in found:
        forms["Days off"].append(say.money(stack["holidays"][0]["income"]))
    assert growth["coverage"] == stack["coverage"]["value"]
    assert growth["sources"] == stack["sources"]["value"]
    assert growth["sources_with_job"] == stack["sources_with_job"]["value"]
    return forms


def streams(say: Commands) -> dict[str, dict[str, str]]:
    """By name, the row of each stream, of all and of the job, by the columns' headings."""
    efforts = {line["stream"]: line["efforts"] for line in say.stack["streams"]}
    rows = {line["stream"]: _row(say, line, efforts[line["stream"]]) for line in say.growth["streams"]}
    for line in say.stack["streams"]:
        if line["role"] == "job":
            rows[line["stream"]]["share"] = "-"  # it is of another whole than those above it
    return rows | {"All": _row(say, say.growth | {"share": 1.0}, ())}


def _row(say: Commands, line: dict[str, Any], efforts: Sequence[dict[str, Any]]) -> dict[str, str]:
    last = line["months"][-2]
    idle = sorted((one for one in efforts if one["neglected"]), key=lambda one: -(one["weeks"] or 10_000))
    told = ["never" if one["weeks"] is None else f"{one['weeks']} wk" for one in idle]
    return {
        short_month(say.month): say.money(last["income"]),
        "change": say.money(last["delta"], sign=True),
        "": change(last),
        "3-month": say.money(line["t3m"]),
        "hours": tenths(line["hours"]) if Decimal(line["hours"]) else "-",
        "per hour": say.money(line["per_hour"]),
        "share": percent(line["share"], sign=False),
        "untended": f"{NEGLECTED[idle[0]['kind']]} {told[0]}" if idle else "",
    }


def assets(say: Commands) -> dict[str, dict[str, str]]:
    """By name, the row of each asset."""
    known = {one["id"]: one for one in say.json("asset", "list")} if say.day == TODAY else {}
    rows = {}
    for line in say.growth["assets"]:
        last = line["months"][-2]
        row = {
            short_month(say.month): say.money(last["income"]),
            "": change(last),
            "share": percent(line["share"], sign=False),
        }
        if one := known.get(line["id"]):
            row["lifetime"] = money(Decimal(one["income"]), one["currency"], whole=True)
            age = one["age_months"]
            row["age"] = "in the making" if age is None else counted(age, "month", "months")
        rows[line["asset"]] = row
    return rows


def merits(say: Commands) -> dict[str, tuple[str, str]]:
    """By name, the figure of each merit, and its change."""
    return {MERITS[one["id"]]: (_figure(one, one["figure"]), _change(one)) for one in say.merits["all"]["merits"]}


def _figure(merit: dict[str, Any], value: float | str | None, *, sign: bool = False) -> str:
    if value is None:
        return "-"
    scale = 100 if merit["measure"] == "share" else 1
    rounded = (scale * Decimal(str(value))).quantize(Decimal("0.1"))
    text = format(rounded, "+,f" if sign and rounded else ",f")
    return {"hours": f"{text} h", "share": f"{text}%", "units an hour": text}[merit["measure"]]


def _change(merit: dict[str, Any]) -> str:
    found = merit["change"]
    if found is None:
        return ""
    if merit["measure"] == "units an hour":
        return percent(found["ratio"])
    return _figure(merit, found["delta"], sign=True).replace("%", " points")


def automations(say: Commands) -> dict[str, tuple[str, str]]:
    """By name, what each automation costs a month, and the hours it saves."""
    rows = {}
    for one in say.merits["all"]["automations"]:
        cost = money(Decimal(one["cost"]), one["currency"]) if Decimal(one["cost"]) else "-"
        rows[one["name"]] = cost, "-" if one["hours_saved"] is None else f"{tenths(one['hours_saved'])} h"
    return rows


# What is seen


def lines_of(widget: Widget) -> list[str]:
    """The lines that a widget shows, as they are drawn."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


def words_of(widget: Widget) -> str:
    return " ".join(" ".join(lines_of(widget)).split())


async def rows_of(pilot: Pilot[None], screen: ProgressScreen, name: str) -> tuple[str, list[list[str]]]:
    """The heading of a list, and all its rows cut into cells: walked through from the first to the last."""
    rows = screen.query_one(f"#{name}", RowList)
    rows.focus()
    await pilot.press("g")
    await pilot.pause()
    gutter = 3 if rows.size.width >= 60 else 2
    heading = lines_of(rows)[0][gutter:]
    found: dict[str, list[str]] = {}
    for _step in rows.items:
        for line in (line[gutter:] for line in lines_of(rows)):
            if line and line != heading:
                cells = re.split(r"\s{2,}", line.strip())
                found.setdefault(cells[0], cells)
        await pilot.press("down")
        await pilot.pause()
    return heading, list(found.values())


@pytest.fixture(params=ASKED, ids=str)
def asked(request: pytest.FixtureRequest) -> tuple[str, int]:
    return request.param  # type: ignore[no-any-return]


async def opened(pilot: Pilot[None], currency: str, back: int) -> ProgressScreen:
    await pilot.pause()
    await pilot.press("3")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, ProgressScreen)
    for _press in range(8):
        if screen.growth and screen.growth.currency == currency:
            break
        await pilot.press("c")
        await pilot.pause()
    for _press in range(back):
        await pilot.press("left")
        await pilot.pause()
    assert screen.growth
    assert screen.growth.currency == currency
    return screen


def day_of(back: int) -> dt.date:
    return Month.of(TODAY).shift(-back).last if back else TODAY


def app_of(path: Path, tmp_path: Path) -> PitrackApp:
    return PitrackApp(Book.open(path, state=tmp_path / "seen"), DayClock(TODAY))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_income(path: Path, tmp_path: Path, asked: tuple[str, int], size: tuple[int, int]) -> None:
    currency, back = asked
    say, app = Commands(path, day_of(back), currency), app_of(path, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, currency, back)
        assert words_of(screen.query_one("#headline")).startswith(headline(say))
        assert words_of(screen.query_one("#so-far")).startswith(so_far(say))
        pending = screen.query_one("#notes")
        assert (say.money(say.last["pending"]) in words_of(pending)) == bool(Decimal(say.last["pending"]))
        first, shown = await rows_of(pilot, screen, "figures")
        texts = [" ".join(first.split()), *(" ".join(cells) for cells in shown)]
        wanted = figures(say)
        assert len([text for text in texts if text not in TITLES]) == len(wanted)
        for name, forms in wanted.items():
            text = next(text for text in texts if text.startswith(f"{name} ")).removeprefix(f"{name} ")
            assert any(text == form or (size[0] >= 180 and text.startswith(f"{form} ")) for form in forms), (
                text,
                forms,
            )
        heading, shown = await rows_of(pilot, screen, "streams")
        for name, row in streams(say).items():
            line = next(line for line in shown if re.sub(r"^[a-z] ", "", line[0])[:8] == name[:8])
            kept = {title: cell for title, cell in row.items() if title == "" or title in heading}
            assert line[1 : 1 + len(kept)] == [cell for cell in kept.values() if cell], name


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_assets(path: Path, tmp_path: Path, asked: tuple[str, int], size: tuple[int, int]) -> None:
    currency, back = asked
    say, app = Commands(path, day_of(back), currency), app_of(path, tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, currency, back)
        await pilot.press("v", "v")
        _heading, shown = await rows_of(pilot, screen, "assets")
        wanted = assets(say)
        assert len(shown) == len(wanted)
        for name, row in wanted.items():
            line = next(line for line in shown if line[0].rstrip(".") in name)
            assert set(row.values()) <= set(line[1:]), (name, line)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_automation(path: Path, tmp_path: Path, asked: tuple[str, int], size: tuple[int, int]) -> None:
    currency, back = asked
    say, app = Commands(path, day_of(back), currency), app_of(path, tmp_path)
    costs = say.merits["all"]["costs"]
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, currency, back)
        await pilot.press("v", "v", "v")
        _heading, shown = await rows_of(pilot, screen, "merits")
        assert [line[0] for line in shown] == [*merits(say)]
        for (figure, change_), line in zip(merits(say).values(), shown, strict=True):
            assert line[1] == figure
            assert change_ in ("", line[-1])
        _heading, shown = await rows_of(pilot, screen, "automations")
        assert {line[0]: (line[-2], line[-1]) for line in shown} == automations(say)
        facts = words_of(screen.query_one("#facts"))
        assert f"Fixed {money(Decimal(costs['fixed']), currency)} a month" in facts
        assert f"automations cost {money(Decimal(costs['automations']), currency)} a month" in facts


@pytest.mark.parametrize("back", [0, 3])
async def test_actions(path: Path, tmp_path: Path, back: int) -> None:
    say, app = Commands(path, day_of(back), "USD"), app_of(path, tmp_path)
    ranked = say.json("streaks", "--as-of", say.day.isoformat())
    async with app.run_test(size=(200, 50)) as pilot:
        screen = await opened(pilot, "USD", back)
        await pilot.press("v")
        _heading, shown = await rows_of(pilot, screen, "ranking")
        assert [line[0] for line in shown] == [one["habit"] for one in ranked]
        for line, one in zip(shown, ranked, strict=True):
            assert line[1].split()[0] == str(one["current"])
            assert line[4].split()[0] == str(one["best"])
            assert line[5] == f"{one['strength']:.0%}"
