"""Which kinds of continuing effort have been left for weeks."""

from __future__ import annotations

import pytest

from pitrack.core.model import Stream
from pitrack.core.neglect import Effort, efforts, touched
from tests.core.books import JOB, NEWS, day, time

TODAY = day("2026-11-22")
SERVICE = Stream(id="news", alias="n", name="Care", role="service")


def found(*times: tuple[str, str], stream: Stream = NEWS, began: str | None = "2026-01-01") -> dict[str, Effort]:
    newest = touched([time(on, 30, kind=kind) for on, kind in times], TODAY)
    return {one.kind: one for one in efforts(stream, newest, day(began) if began else None, TODAY)}


def test_whole_weeks_since_the_last_of_each_kind() -> None:
    # 22 Nov less 25 Oct is 28 days: 4 weeks, neglected. Less 26 Oct: 27 days, 3 weeks. Learning: never, in 46 weeks.
    assert found(("2026-10-25", "market"), ("2026-09-01", "market")) == {
        "market": Effort("market", day("2026-10-25"), 4, True),
        "learn": Effort("learn", None, None, True),
    }
    assert found(("2026-10-26", "market"), ("2026-11-22", "learn")) == {
        "market": Effort("market", day("2026-10-26"), 3, False),
        "learn": Effort("learn", TODAY, 0, False),
    }


def test_what_was_never_done_is_neglected_in_a_stream_of_four_weeks() -> None:
    assert found(("2026-11-20", "make"), began="2026-10-26")["market"].neglected is False
    assert found(("2026-11-20", "make"), began="2026-10-25")["market"].neglected is True
    assert found(("2026-11-20", "make"), began=None)["market"].neglected is False


def test_serving_counts_in_a_service_and_where_it_was_done_before() -> None:
    assert set(found(("2026-11-20", "make"))) == {"market", "learn"}
    assert set(found(("2026-11-20", "make"), stream=SERVICE)) == {"market", "learn", "serve"}
    assert found(("2026-06-20", "serve"))["serve"].weeks == 22


@pytest.mark.parametrize(
    "stream",
    [
        JOB._replace(id="news"),
        NEWS._replace(archived=True),
        *(NEWS._replace(stage=stage) for stage in ("idea", "niche", "offer", "commitment", "stopped")),
    ],
)
def test_nothing_is_said_of_what_has_nothing_to_tend(stream: Stream) -> None:
    assert found(("2026-11-20", "make"), stream=stream) == {}


def test_nothing_is_said_of_a_stream_without_logged_time() -> None:
    assert found() == {}
    assert efforts(NEWS, touched([time("2026-11-01", 30, stream="photos")], TODAY), day("2026-01-01"), TODAY) == ()


def test_what_is_dated_later_is_not_known_yet() -> None:
    assert found(("2026-11-23", "market"), ("2026-11-01", "make"))["market"].last is None
