"""Demo books: the same every time, valid to the last record, and worth looking at."""

from __future__ import annotations

import datetime as dt
import stat
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.days import Month
from pitrack.core.views.assets import asset_lines
from pitrack.core.views.habits import ranking
from pitrack.core.views.income.growth import growth
from pitrack.core.views.income.stack import stack
from pitrack.core.views.plan import plan
from pitrack.core.views.streams import stream_lines
from pitrack.core.views.today import today
from pitrack.exchange.demo import demo_tables, write_demo
from pitrack.store.book import Book
from pitrack.store.clock import is_stamp
from pitrack.store.format import canonical, read
from pitrack.store.snapshot import BookSnapshot

DAY = dt.date(2026, 11, 22)
DAYS = [DAY, dt.date(2026, 11, 23), dt.date(2026, 11, 30), dt.date(2028, 2, 29), dt.date(2027, 1, 1)]


def snapshot(day: dt.date = DAY, size: str = "demo") -> BookSnapshot:
    return BookSnapshot(read(canonical(demo_tables(day, size))))


@pytest.mark.parametrize("size", ["demo", "S"])
def test_equal_arguments_give_equal_bytes(size: str) -> None:
    assert canonical(demo_tables(DAY, size)) == canonical(demo_tables(DAY, size))


def test_other_days_seeds_and_sizes_are_other_books() -> None:
    stores = {
        demo_tables(day, size, seed=seed)["_book"]["book"]["store"]
        for day, size, seed in [
            (DAY, "demo", "a"),
            (DAY, "demo", "b"),
            (DAY, "S", "a"),
            (DAY + dt.timedelta(days=1), "demo", "a"),
        ]
    }
    assert len(stores) == 4


def test_zone_is_the_callers_where_given() -> None:
    assert demo_tables(DAY)["_book"]["book"]["zone"] == "Asia/Tokyo"
    assert demo_tables(DAY, zone="Europe/Paris")["_book"]["book"]["zone"] == "Europe/Paris"


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(KeyError):
        demo_tables(DAY, "XXL")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("size", ["demo", "S"])
def test_every_record_is_stamped_in_the_past_of_its_day_and_refers_to_what_exists(day: dt.date, size: str) -> None:
    tables = demo_tables(day, size)
    records = [record for table in tables.values() for record in table.values()]
    stamps = [str(record["t"]) for record in records]
    assert all(map(is_stamp, stamps))
    assert len(set(stamps)) == len(stamps)
    assert max(stamps) < f"{day}T"
    streams, habits = tables["streams"], tables["habits"]
    assert all(record["stream"] in streams for name in ("entries", "times") for record in tables[name].values())
    assert all(habit.get("stream", next(iter(streams))) in streams for habit in habits.values())
    assert all(key.split("|")[0] in habits for name in ("rules", "checkins") for key in tables[name])
    assert all(set(goal["streams"]) <= set(streams) for goal in tables["goals"].values())


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("size", ["demo", "S"])
def test_no_record_is_invalid(day: dt.date, size: str) -> None:
    tables, snap = demo_tables(day, size), snapshot(day, size)
    for name in ("habits", "streams", "entries", "times", "goals", "ideas", "rates"):
        assert len(getattr(snap, name)) == len(tables[name]), name
    assert sum(len(habit.rules) for habit in snap.habits.values()) == len(tables["rules"])
    assert len(snap.closed_months) == sum("closed" in review for review in tables["reviews"].values())
    days = {key[:19] for name in ("checkins", "amounts") for key in tables.get(name, {})}
    assert sum(len(snap.history(habit).marks) for habit in snap.habits) == len(days)


@pytest.mark.parametrize(("size", "habits", "streams", "checkins", "entries"), [
    ("S", 6, 3, 1_900, 130),
    ("M", 10, 5, 9_000, 700),
    ("L", 25, 10, 73_000, 5_000),
    ("XL", 25, 10, 73_000, 105_000),
])  # fmt: skip
def test_reference_books_have_their_sizes(size: str, habits: int, streams: int, checkins: int, entries: int) -> None:
    tables = demo_tables(DAY, size)
    assert (len(tables["habits"]), len(tables["streams"])) == (habits, streams)
    assert len(tables["checkins"]) == pytest.approx(checkins, rel=0.03)
    assert len(tables["entries"]) == pytest.approx(entries, rel=0.03)


def test_a_written_demo_opens_as_a_book_and_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    write_demo(path, DAY)
    written = path.read_bytes()
    assert written == canonical(demo_tables(DAY)) == read(written).data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    snap = Book.open(path, state=tmp_path / "state").snapshot()
    assert (len(snap.habits), len(snap.streams), snap.settings.currency) == (8, 6, "USD")
    assert path.read_bytes() == written
    with pytest.raises(FileExistsError):
        write_demo(path, DAY)
    assert path.read_bytes() == written


def test_the_demo_has_two_currencies_late_payouts_and_one_month_left_to_close() -> None:
    snap = snapshot()
    assert {entry.currency for entry in snap.entries} == {"USD", "JPY"}
    assert {entry.kind for entry in snap.entries} == {"income", "expense", "refund"}
    pending = [entry for entry in snap.entries if entry.status == "pending"]
    assert pending
    assert all(entry.day > DAY - dt.timedelta(days=62) and entry.paid is None for entry in pending)
    assert all(entry.day <= DAY and (entry.paid is None or entry.paid <= DAY) for entry in snap.entries)
    assert any(entry.fee for entry in snap.entries)
    assert any(entry.withheld for entry in snap.entries)
    assert max(snap.closed_months) == Month(2026, 9)
    assert min(snap.closed_months) == Month(2025, 6)


@pytest.mark.parametrize("day", DAYS)
def test_today_has_one_streak_that_ends_tonight_beside_open_and_answered_actions(day: dt.date) -> None:
    actions = {action.habit.alias: action for action in today(snapshot(day), day).actions}
    tonight = [alias for alias, action in actions.items() if action.group == "tonight"]
    assert tonight == ["photos"]
    assert actions["photos"].standing.current == 31
    assert actions["photos"].standing.best == 44
    assert actions["read"].group == "open"
    assert (actions["words"].value, actions["words"].done, actions["words"].standing.current) == (
        Decimal(620),
        True,
        13,
    )
    assert (actions["sort"].state, actions["sort"].standing.current) == ("yes", 4)
    assert actions["sites"].state == "skip"


def test_streaks_are_ranked() -> None:
    ranked = ranking(snapshot(), DAY)
    assert len(ranked) == 8
    assert ranked[0].habit.alias == "photos"
    assert all(item.standing.strength > 0 for item in ranked)


@pytest.mark.parametrize("day", DAYS)
def test_income_compounds_and_nothing_is_missing(day: dt.date) -> None:
    view = growth(snapshot(day), day)
    assert view.missing_rates == ()
    assert len(view.months) == 18
    assert view.headline is not None
    assert view.headline.provisional
    assert view.headline.income > 3 * view.months[0].income
    assert view.cmgr is not None
    assert 0.03 < view.cmgr < 0.15
    assert view.t3m is not None
    assert view.t3m > 1000  # the rent goal is reached
    assert view.coverage is not None
    assert 0.2 < view.coverage < 0.35
    course = next(stream for stream in view.streams if stream.name == "Online course")
    assert sum(month.income for month in course.months) == 0
    assert course.hours > 0


def test_plan_and_ledger_have_something_to_show() -> None:
    view = plan(snapshot(), DAY)
    goals = {progress.goal.motive: progress for progress in view.goals}
    assert set(goals) == {"save", "living", "skill"}
    assert 0.5 < goals["save"].fraction < 0.9
    assert goals["living"].reached
    assert 0.5 < goals["skill"].fraction < 1
    assert len(view.ideas) == 6
    lines = stream_lines(snapshot(), DAY)
    assert [line.stream.alias for line in lines] == ["news", "photo", "shop", "ebook", "course", "job"]
    assert all(line.entries for line in lines)


def test_assets_are_named_by_what_came_after_their_publishing() -> None:
    snap = snapshot()
    lines = asset_lines(snap, DAY)
    assert {snap.streams[line.asset.stream or ""].alias for line in lines} == {"news", "photo", "ebook", "course"}
    assert [line.asset.alias for line in lines if not line.income] == ["lessons"]
    assert all(line.hours for line in lines)
    for entry in snap.entries:
        if entry.asset is not None:
            asset = snap.assets[entry.asset]
            assert asset.published is not None
            assert asset.published <= entry.day
            assert (asset.stream, entry.kind == "expense") == (entry.stream, False)
    assert stack(snap, DAY).old_work.share.value is not None
