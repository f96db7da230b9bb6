"""What this device says of its user, for a new book: the time zone and the currency."""

from __future__ import annotations

import os

DEFAULT_CURRENCY = "USD"


def local_zone() -> str:
    """IANA name of the system's zone (TZ, /etc/localtime); UTC when it has no name."""
    import warnings
    from zoneinfo import ZoneInfo

    from pendulum.tz import get_local_timezone

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = str(get_local_timezone().name)
        return ZoneInfo(name).key
    except (KeyError, OSError, RuntimeError, ValueError):  # unknown, unreadable or ambiguous
        return "UTC"


def local_currency() -> str:
    """ISO code of the currency of the locale's territory; USD when it names none."""
    code = next((value for name in ("LC_ALL", "LC_MONETARY", "LANG") if (value := os.environ.get(name))), "")
    territory = code.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[2].upper()
    if not territory.isalpha() or len(territory) != 2:
        return DEFAULT_CURRENCY
    from babel.numbers import get_territory_currencies

    known: list[str] = get_territory_currencies(territory)
    return known[0] if known else DEFAULT_CURRENCY
