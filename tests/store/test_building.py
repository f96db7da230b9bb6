from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.building import Automation, Metric, Review
from pitrack.store import edits
from pitrack.store.errors import BookError
from pitrack.store.names import find_automation, find_metric
from tests.store.books import DAY, Desk, desk

D = Decimal
EVE = DAY - dt.timedelta(days=1)


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def test_an_automation_is_kept_whole_and_edited_field_by_field(desk: Desk) -> None:
    book = desk.book
    change = edits.add_automation(
        book.snapshot(), "請求書", since=DAY, stream=desk.stream, tool="invoices", task="billing", cost=D("6.50")
    )
    book.apply(change)
    key = change.writes[0].id
    whole = Automation(
        key, "auto1", "請求書", DAY, desk.stream, "invoices", "billing", None, D("6.50"), "USD", order=D(1)
    )
    assert book.snapshot().automations == {key: whole}
    assert find_automation(book.snapshot(), "請求").id == key
    edit = edits.edit_automation(book.snapshot(), key, until=DAY)
    assert edit.writes[0].fields == {"until": DAY.isoformat()}
    with pytest.raises(BookError, match="invalid"):
        edits.edit_automation(book.snapshot(), key, until=EVE)


def test_readings_of_a_count_add_up_and_a_typed_total_takes_their_place(desk: Desk) -> None:
    book = desk.book
    change = edits.add_metric(book.snapshot(), "Sales", stream=desk.stream, unit="copies")
    book.apply(change)
    key = change.writes[0].id
    assert find_metric(book.snapshot(), "sales") == Metric(
        key, "sales", "Sales", desk.stream, unit="copies", order=D(1)
    )
    for amount in ("2", "1.5"):
        book.apply(edits.add_reading(book.snapshot(), key, DAY, D(amount)))
    assert book.snapshot().readings(key) == {DAY: D("3.5")}
    book.apply(edits.set_reading(book.snapshot(), key, DAY, D(3)))
    book.apply(edits.add_reading(book.snapshot(), key, DAY, D(1)))
    book.apply(edits.add_reading(book.snapshot(), key, EVE, D(9)))
    assert book.snapshot().readings(key) == {DAY: D(4), EVE: D(9)}
    assert edits.set_reading(book.snapshot(), key, EVE, D(9)).writes
    book.apply(edits.set_reading(book.snapshot(), key, DAY, None))
    assert book.snapshot().readings(key) == {EVE: D(9)}
    book.undo()
    assert book.snapshot().readings(key) == {DAY: D(4), EVE: D(9)}


def test_what_is_added_to_a_level_is_added_to_its_newest_reading(desk: Desk) -> None:
    book = desk.book
    change = edits.add_metric(book.snapshot(), "Subscribers", kind="level")
    book.apply(change)
    key = change.writes[0].id
    book.apply(edits.set_reading(book.snapshot(), key, EVE, D(40)))
    book.apply(edits.set_reading(book.snapshot(), key, DAY + dt.timedelta(days=1), D(99)))
    for stands in (D(42), D(44)):
        book.apply(edits.add_reading(book.snapshot(), key, DAY, D(2)))
        assert book.snapshot().readings(key)[DAY] == stands


def test_a_decision_moves_the_stream_and_one_undo_takes_both_back(desk: Desk) -> None:
    book = desk.book
    before = book.snapshot().streams[desk.stream].stage
    niche = {"platform": "mail", "audience": "studios", "task": "", "extra": "x"}
    with pytest.raises(BookError, match="invalid"):
        edits.add_step(book.snapshot(), desk.stream, "niche", niche, DAY)
    del niche["extra"]
    book.apply(edits.add_step(book.snapshot(), desk.stream, "niche", niche, DAY, to="offer"))
    (step,) = book.snapshot().steps
    assert step.answers == {"platform": "mail", "audience": "studios"}
    assert (step.stage, step.to, book.snapshot().streams[desk.stream].stage) == ("niche", "offer", "offer")
    book.undo()
    assert (book.snapshot().steps, book.snapshot().streams[desk.stream].stage) == ((), before)


def test_a_review_keeps_its_first_day_and_leaves_the_close_alone(desk: Desk) -> None:
    book = desk.book
    month = "month|2026-10"
    book.apply(edits.write_review(book.snapshot(), month, EVE, lesson="Ask earlier", kind="execution"))
    book.apply(edits.write_review(book.snapshot(), month, DAY, focus="Ask three"))
    assert book.snapshot().reviews[month] == Review(month, EVE, "Ask earlier", "execution", "Ask three")
    assert not book.snapshot().closed_months
    with pytest.raises(BookError) as refused:
        edits.write_review(book.snapshot(), "week|2026-W54", DAY, lesson="x")
    assert refused.value.details["why"] == "week-or-month"


def test_what_an_hour_is_worth_is_a_setting_that_can_be_taken_back(desk: Desk) -> None:
    book = desk.book
    book.apply(edits.edit_settings(book.snapshot(), hourly=D("25.50")))
    assert book.snapshot().settings.hourly == D("25.50")
    book.apply(edits.edit_settings(book.snapshot(), hourly=None))
    assert book.snapshot().settings.hourly is None
