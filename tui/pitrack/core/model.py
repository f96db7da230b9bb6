"""The typed records of a book: what was recorded, never what is derived from it.

They are named tuples because a one-shot command defines them all at its start: a data class takes four times as long.
Their annotations are evaluated, for as texts each would be compiled at its definition.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from pitrack.core.days import MONDAY, Month

if TYPE_CHECKING:
    from pitrack.core.building import Automation, Metric, Review, Step

HabitKind = Literal["yes_no", "at_least", "at_most"]
Every = Literal["day", "weekdays", "week", "month", "window", "interval", "after"]
LONGEST_WINDOW = 366
"""Days over which a schedule may count."""
Word = Literal["no", "yes", "skip"]
Mark = Word | Decimal
"""What a check-in says of its day: a word, or the day's amount."""

Stage = Literal["idea", "niche", "offer", "commitment", "test", "live", "automated", "stopped"]
Role = Literal["passive", "service", "job"]
EntryKind = Literal["income", "expense", "refund"]
Status = Literal["pending", "cleared", "void"]
TimeKind = Literal["make", "market", "learn", "serve", "routine"]
Motive = Literal["save", "living", "job", "skill"]
IdeaState = Literal["open", "taken", "dropped"]
Beat = Literal["week", "month", "year"]


class Settings(NamedTuple):
    """What must agree on all devices. ``day_start`` in hours (0-12), ``week_start`` an ISO weekday.
    ``hourly``: what an hour of the user's own is worth to them, in ``currency``."""

    store: str
    name: str = ""
    zone: str = "UTC"
    day_start: int = 0
    week_start: int = MONDAY
    currency: str = "USD"
    hourly: Decimal | None = None


class Schedule(NamedTuple):
    """When a habit is due: every day, on ``days`` (ISO weekdays), ``times`` a calendar week or month, ``times`` in any
    ``within`` days (*window*), every ``within`` days from ``anchor`` on, which is the rule's first day where it is None
    (*interval*), or ``within`` days after it was last done (*after*)."""

    every: Every = "day"
    times: int = 1
    days: frozenset[int] = frozenset()
    within: int = 1
    anchor: dt.date | None = None


class Rule(NamedTuple):
    """What a habit asks from ``since`` on, until a later rule takes over. ``target`` is None for yes/no."""

    since: dt.date
    kind: HabitKind = "yes_no"
    schedule: Schedule = Schedule()
    target: Decimal | None = None
    unit: str = ""


class Habit(NamedTuple):
    """A daily action. ``rules`` are sorted by ``since`` and never empty."""

    id: str
    alias: str
    name: str
    rules: tuple[Rule, ...]
    stream: str | None = None
    archived: bool = False
    order: Decimal = Decimal(0)
    absent_is_success: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[Decimal, str]:
        """Sorts habits in the order that the user made."""
        return self.order, self.id

    def rule_on(self, day: dt.date) -> Rule:
        """The rule in force on a day; before the first one, the first."""
        return next((rule for rule in reversed(self.rules) if rule.since <= day), self.rules[0])


class History:
    """All check-ins of a habit by day ordinal (``date.toordinal()``); compared by identity, so that views can cache it.

    ``marks`` holds the day's total amount (typed plus additions) or its word; an absent day is not a key.
    ``paused`` are half-open ordinal ranges ``(first, end)`` of the habit's own and the book's pauses, sorted.
    """

    __slots__ = ("__weakref__", "marks", "notes", "paused")

    def __init__(
        self,
        marks: Mapping[int, Mark] | None = None,
        notes: Mapping[int, str] | None = None,
        paused: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.marks: Mapping[int, Mark] = marks or {}
        self.notes: Mapping[int, str] = notes or {}
        self.paused = paused


class Stream(NamedTuple):
    """A source of income; one of them may be the job. ``since`` is its first day where the user set one."""

    id: str
    alias: str
    name: str
    stage: Stage = "live"
    role: Role = "passive"
    currency: str = "USD"
    playbook: str | None = None
    archived: bool = False
    order: Decimal = Decimal(0)
    since: dt.date | None = None
    note: str = ""


class Entry(NamedTuple):
    """Money in or out. All amounts are >= 0 in ``currency``; ``kind`` gives the sign. ``received`` is in the book's
    currency and overrides the rate. ``net`` is derived: gross - fee."""

    id: str
    day: dt.date
    kind: EntryKind
    gross: Decimal
    currency: str
    stream: str | None = None
    fee: Decimal = Decimal(0)
    withheld: Decimal = Decimal(0)
    status: Status = "cleared"
    paid: dt.date | None = None
    received: Decimal | None = None
    units: Decimal | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    asset: str | None = None
    source_id: str | None = None

    @property
    def net(self) -> Decimal:
        return self.gross - self.fee


class TimeEntry(NamedTuple):
    """Minutes worked on a stream, or on none."""

    id: str
    day: dt.date
    minutes: int
    stream: str | None = None
    kind: TimeKind = "make"
    task: str = ""
    note: str = ""
    asset: str | None = None


class Asset(NamedTuple):
    """A thing made once that may earn for years: an article, a book, a course, a photo set. ``published``: the day it
    could first earn, None while it is in the making. ``minutes``: work on it that no time entry tells of."""

    id: str
    alias: str
    name: str
    stream: str | None = None
    published: dt.date | None = None
    minutes: int = 0
    archived: bool = False
    order: Decimal = Decimal(0)
    note: str = ""


class Template(NamedTuple):
    """Money that recurs: due first on ``since``, then every ``interval`` weeks, months or years until ``until`` (the
    last day that may be due; None: without end). The day of the month of ``since`` is the due day. ``auto``: it is
    booked without asking."""

    id: str
    alias: str
    name: str
    kind: EntryKind
    gross: Decimal
    currency: str
    since: dt.date
    every: Beat = "month"
    interval: int = 1
    until: dt.date | None = None
    auto: bool = False
    stream: str | None = None
    fee: Decimal = Decimal(0)
    withheld: Decimal = Decimal(0)
    note: str = ""
    tags: tuple[str, ...] = ()
    asset: str | None = None
    archived: bool = False
    order: Decimal = Decimal(0)


class Goal(NamedTuple):
    """What the income is for. ``save``: ``amount`` in ``currency`` received since ``since``. ``living``: ``amount`` a
    month. ``job``: ``amount`` percent of the job's income. ``skill``: ``amount`` hours of time (kind learn or make).
    ``streams`` empty means all but the job."""

    id: str
    name: str
    motive: Motive
    amount: Decimal
    currency: str | None = None
    streams: tuple[str, ...] = ()
    since: dt.date | None = None
    by: dt.date | None = None
    archived: bool = False


class Idea(NamedTuple):
    """One line of the idea inbox: a problem that people have."""

    id: str
    text: str
    day: dt.date
    state: IdeaState = "open"


class Pause(NamedTuple):
    """Days off, ``first`` to ``last`` (both counted; None while the end is open), of one habit or, where ``habit`` is
    None, of all."""

    id: str
    first: dt.date
    last: dt.date | None = None
    habit: str | None = None
    note: str = ""


class Timer(NamedTuple):
    """Work that goes on since ``start`` (UTC), on a habit or on a stream, begun on ``device``. The ``kind`` and
    ``task`` are those of the time that a stream's timer will book."""

    id: str
    start: dt.datetime
    device: str
    habit: str | None = None
    stream: str | None = None
    kind: TimeKind = "make"
    task: str = ""

    @property
    def target(self) -> str:
        """What it is about: ``h:HABIT`` or ``s:STREAM``, by id."""
        return f"h:{self.habit}" if self.habit is not None else f"s:{self.stream}"


class Rate(NamedTuple):
    """One unit of ``base`` was worth ``rate`` units of ``quote`` on ``day``."""

    day: dt.date
    base: str
    quote: str
    rate: Decimal


class Snapshot(Protocol):
    """A book at one moment: immutable, compact, read once per version. Sequences are sorted by (day, id)."""

    @property
    def settings(self) -> Settings: ...
    @property
    def habits(self) -> Mapping[str, Habit]: ...
    @property
    def streams(self) -> Mapping[str, Stream]: ...
    @property
    def entries(self) -> Sequence[Entry]: ...
    @property
    def times(self) -> Sequence[TimeEntry]: ...
    @property
    def assets(self) -> Mapping[str, Asset]: ...
    @property
    def goals(self) -> Mapping[str, Goal]: ...
    @property
    def ideas(self) -> Mapping[str, Idea]: ...
    @property
    def rates(self) -> Sequence[Rate]: ...
    @property
    def pauses(self) -> Sequence[Pause]: ...
    @property
    def timers(self) -> Sequence[Timer]: ...
    @property
    def closed_months(self) -> frozenset[Month]: ...
    @property
    def nothing_came(self) -> frozenset[tuple[Month, str]]:
        """Months of which it is known that a stream, by id, brought nothing."""
        ...

    @property
    def automations(self) -> "Mapping[str, Automation]": ...
    @property
    def metrics(self) -> "Mapping[str, Metric]": ...
    @property
    def steps(self) -> "Sequence[Step]": ...
    @property
    def reviews(self) -> "Mapping[str, Review]": ...
    @property
    def templates(self) -> Mapping[str, Template]: ...

    def postings(self, template: str) -> Mapping[str, bool]:
        """The periods of a template, by id, that were ever booked or left out: whether that stands; False where it was
        taken back, so that it waits for a person again."""
        ...

    def readings(self, metric: str) -> Mapping[dt.date, Decimal]:
        """What was read of a metric, by id: a day's total each, in no order; empty for an unknown one."""
        ...

    def history(self, habit: str) -> History:
        """The check-ins of a habit, by id; an empty history for an unknown one."""
        ...
