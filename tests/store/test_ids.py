"""Ids sort as they were given."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pitrack.store import ids


def test_ulids_of_one_millisecond_sort_in_the_order_they_were_given() -> None:
    given = [ids.ulid() for _ in range(5_000)]
    assert given == sorted(set(given))
    assert {len(one) for one in given} == {26}


def test_a_clock_set_back_does_not_put_a_new_entry_before_an_older_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.ulid()
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    assert ids.ulid() > before


def test_threads_are_never_given_the_same() -> None:
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: ids.ulid(), range(4_000)))
    assert len(set(given)) == 4_000
