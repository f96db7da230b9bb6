"""A small book whose October can be worked out by hand, and its report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pitrack.core.building import Automation, Metric, Review
from pitrack.core.days import Month
from pitrack.core.model import Asset, Goal, Settings, Stream
from pitrack.exchange.report.model import Report, report
from tests.core.books import NEWS, PHOTOS, D, entry, months_of, time
from tests.core.habits import habit, marks, monthly, rule
from tests.core.memory import Memory, by_id, history

OCTOBER = Month(2026, 10)
DAY = dt.date(2026, 11, 22)
JOB = Stream(id="job", alias="j", name="Day job", role="job")

WRITE = habit(rule("2026-10-01"), name="write")
CALL = habit(rule("2026-08-01", monthly(1)), name="call")._replace(stream="news")


def october(**more: Any) -> Memory:
    """August to October: the newsletter earned 100, 150 and 200, of which 20 are pending and 60 came on a day of work,
    the photos 50, 50 and 0, the job 1000 a month. In October 30 were spent on the newsletter and it took ten hours.
    "write" was done on 27 of 31 days, the last 10 of them on end, "call" in August, September and October. The
    newsletter went from ten readers to twelve."""
    entries = [
        *months_of("2026-08", "100", "150"),
        *(entry(f"2026-10-{day}", "60") for day in ("03", "10", "17")),
        *months_of("2026-08", "50", "50", stream="photos"),
        *months_of("2026-08", "1000", "1000", "1000", stream="job"),
        entry("2026-10-28", "20", status="pending", note="sponsor"),
        entry("2026-10-11", "30", kind="expense"),
        entry("2026-10-12", "0", asset="post"),
    ]
    given: dict[str, Any] = {
        "settings": Settings("test", name="Ada's book"),
        "streams": by_id(NEWS, PHOTOS, JOB),
        "entries": tuple(sorted(entries, key=lambda each: (each.day, each.id))),
        "times": (time("2026-10-03", 480), time("2026-10-04", 120, kind="learn")),
        "habits": by_id(WRITE, CALL),
        "histories": {
            "write": history(marks("2026-10-01", "y" * 17 + "nnnn" + "y" * 10)),
            "call": history(dict.fromkeys((dt.date(2026, month, 9) for month in (8, 9, 10)), "yes")),
        },
        "assets": by_id(Asset("post", "post", "The long post", "news", published=dt.date(2026, 10, 20))),
        "automations": by_id(Automation("layout", "l", "Layout", dt.date(2026, 10, 5))),
        "metrics": by_id(
            Metric("readers", "r", "Readers", "news", "level"), Metric("later", "l", "Begun later", "news")
        ),
        "read": {
            "readers": {dt.date(2026, 9, 30): D(10), dt.date(2026, 10, 20): D(12), dt.date(2026, 11, 5): D(50)},
            "later": {dt.date(2026, 11, 1): D(7)},
        },
        "goals": by_id(
            Goal("camera", "Camera", "save", D(2000)),
            Goal("rent", "Rent", "living", D(150), by=dt.date(2027, 1, 31)),
        ),
        "reviews": by_id(
            Review("month|2026-10", DAY, "Ask before building.", "execution", "One landing page"),
            Review("month|2026-09", DAY, "Another month's"),
        ),
    }
    return Memory(**given | more)


def october_report(**more: Any) -> Report:
    return report(october(**more), OCTOBER, DAY)
