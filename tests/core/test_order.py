from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.order import between

places = st.decimals(0, 10**6, places=6)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [("1", "2", "1.5"), ("1", "3", "2"), ("0", "1", "0.5"), ("1.5", "2", "1.7"), ("7", None, "8"), ("7.2", None, "8")],
)
def test_the_shortest_place_between(low: str, high: str | None, expected: str) -> None:
    assert between(Decimal(low), Decimal(high) if high else None) == Decimal(expected)


@given(places, places)
def test_a_place_between_is_between(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    place = between(low, high)
    assert (place is None) == (low == high)
    assert place is None or low < place < high


def test_fifty_things_can_be_put_before_the_same_one() -> None:
    high = Decimal(2)
    for _ in range(50):
        place = between(Decimal(1), high)
        assert place is not None
        high = place
    assert len(str(high)) < 22


def test_numbers_of_forty_digits_are_no_trouble() -> None:
    assert between(Decimal("9" * 40), Decimal("9" * 40 + ".5")) == Decimal("9" * 40 + ".2")
