from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Settings
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.clock import BOTTOM, DayClock, StampClock, is_stamp
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.format import stamps as stamps_of
from tests.store.books import DAY, desk

MS = 1_795_354_500_123  # 2026-11-22T13:35:00.123Z


def test_a_stamp_reads_as_documented() -> None:
    clock = StampClock("a1b2c3d4", wall_ms=lambda: MS)
    assert clock.next() == "2026-11-22T13:35:00.123Z-0000-a1b2c3d4"
    assert clock.next() == "2026-11-22T13:35:00.123Z-0001-a1b2c3d4"


@given(st.lists(st.integers(MS - 10_000, MS + 10_000), min_size=2, max_size=30))
def test_stamps_only_grow_whatever_the_wall_clock_does(readings: list[int]) -> None:
    wall = iter(readings)
    clock = StampClock("a1b2c3d4", wall_ms=lambda: next(wall))
    stamps = [clock.next() for _ in readings]
    assert stamps == sorted(set(stamps))
    assert all(is_stamp(stamp) for stamp in stamps)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, -1, 60_000, -60_000, 10**10, -(10**12)]),
            st.sampled_from(["go on", "start anew", "without the marker", "without the file"]),
            st.booleans(),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_a_books_stamps_only_grow_over_restarts_under_a_clock_set_back(steps: list[tuple[int, str, bool]]) -> None:
    now = [MS]
    with tempfile.TemporaryDirectory() as folder:
        fresh = desk(Path(folder))
        stamps = [max(stamps_of(Document(fresh.book.data)))]
        book = fresh.book
        for number, (shift, start, save) in enumerate(steps):
            now[0] += shift
            if start != "go on":
                if start == "without the marker":
                    (book.replica.folder / "file.json").unlink(missing_ok=True)
                elif start == "without the file":
                    book.save(heal=True)
                    book.path.unlink()
                book = Book.open(fresh.path, state=fresh.state, patience=0, wall=lambda: now[0])
            stamps.append(book.apply(edits.set_note(book.snapshot(), fresh.habit, DAY, str(number))))
            if save:
                book.save()
            assert book.snapshot().history(fresh.habit).notes == {DAY.toordinal(): str(number)}
        assert stamps == sorted(set(stamps))


def test_a_stamp_is_later_than_one_seen_from_the_future() -> None:
    clock = StampClock("00000000", wall_ms=lambda: MS)
    clock.see("2031-01-01T00:00:00.000Z-0005-ffffffff")
    assert clock.next() == "2031-01-01T00:00:00.000Z-0006-00000000"


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    clock = StampClock("00000000", wall_ms=lambda: MS)
    clock.see("2026-12-31T23:59:59.999Z-ffff-ffffffff")
    assert clock.next() == "2027-01-01T00:00:00.000Z-0000-00000000"


def test_time_runs_out_with_a_sentence_not_with_a_wrong_stamp() -> None:
    clock = StampClock("00000000", wall_ms=lambda: MS)
    clock.see("9998-12-31T23:59:59.999Z-ffff-ffffffff")
    with pytest.raises(BookError):
        clock.next()


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30T00:00:00.000Z-0000-a1b2c3d4",
        "9999-01-01T00:00:00.000Z-0000-a1b2c3d4",
        "2026-11-22T24:00:00.000Z-0000-a1b2c3d4",
        "2026-11-22T13:35:00.123Z-0000-A1B2C3D4",
        "2026-11-22T13:35:00.123Z-0000-a1b2c3d4\n",
        "2026-11-22",
        None,
        7,
    ],
)
def test_what_is_no_stamp(text: object) -> None:
    assert not is_stamp(text)


def test_the_bottom_stamp_is_valid_and_earlier_than_any() -> None:
    assert is_stamp(BOTTOM)
    assert StampClock("00000000").next() > BOTTOM


def test_the_day_is_fixed_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "2026-11-22")
    assert DayClock.from_env().today(Settings("s")) == dt.date(2026, 11, 22)
    monkeypatch.setenv("PITRACK_TODAY", "tomorrow")
    with pytest.raises(BookError):
        DayClock.from_env()


def test_the_day_is_that_of_the_books_zone() -> None:
    kiritimati, midway = (
        DayClock().today(Settings("s", zone=zone)) for zone in ("Pacific/Kiritimati", "Pacific/Midway")
    )
    assert kiritimati - midway >= dt.timedelta(days=1)


def test_an_unknown_zone_counts_as_utc() -> None:
    assert DayClock().today(Settings("s", zone="../../etc/passwd")) in {
        DayClock().today(Settings("s", zone="UTC")),
        dt.datetime.now(dt.UTC).date(),
    }


def test_a_fixed_day_has_the_time_of_the_moment() -> None:
    settings = Settings(store="s1", zone="Asia/Tokyo", day_start=3)
    moment = dt.datetime(2031, 5, 4, 17, 0, tzinfo=dt.UTC)  # 2:00 of the fifth in Tokyo, still the fourth
    assert DayClock(moment=moment).today(settings) == dt.date(2031, 5, 4)
    assert DayClock(moment=moment).now(settings) == moment
    clock = DayClock(dt.date(2026, 11, 22), moment)
    assert clock.today(settings) == dt.date(2026, 11, 22)
    assert clock.now(settings) == dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)
