"""What an import of payouts would do to a book: one change, and how many rows are new, there already, or changed.

New entries bear the stamp of what no person typed. What the platform says otherwise than it said last is written as
an edit, unless a person changed that field; what was deleted in the book stays away, unless it is asked for again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

from pitrack.core.changes import Change, Value, Write
from pitrack.core.currencies import EXACT, quantized
from pitrack.core.days import Month
from pitrack.core.model import Asset, Entry
from pitrack.exchange.found import Refused, Trouble, plain
from pitrack.exchange.matching import derived_id
from pitrack.exchange.payouts.preset import PayoutPreset
from pitrack.exchange.payouts.reading import FoundPayouts, Payout
from pitrack.store import fields as of
from pitrack.store.edits.parts import derived
from pitrack.store.names import fold, labels, make_alias
from pitrack.store.records import INVALID, alive
from pitrack.store.snapshot import BookSnapshot

SAID = "imported"
"""The field with what the platform said last."""
ESTIMATES = "estimate_of"
CONFIRMS = "confirms"
FOLLOWED = ("day", "kind", "money", "status", "paid", "received", "units")
"""Fields in which an entry follows what the platform says."""
EVERY = 200
"""Rows between two reports of progress."""

Progress = Callable[[int, int], None]


class Totals(NamedTuple):
    """Sums of new rows in one currency."""

    income: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    refunds: Decimal = Decimal(0)


class PayoutPlan(NamedTuple):
    """What an import does. Rows by what becomes of them: ``new``, the ``same``, ``changed`` by the platform, ``kept``
    as a person changed them, ``gone`` (deleted in the book), ``blocked`` (estimates of months that are confirmed).
    ``replaced``: estimates that make room for what is confirmed. ``totals`` of the new rows that count by currency."""

    change: Change
    new: int
    same: int
    changed: int
    kept: int
    gone: int
    blocked: int
    assets_new: tuple[str, ...]
    totals: Mapping[str, Totals]
    first: dt.date | None
    last: dt.date | None
    troubles: tuple[Trouble, ...]
    skipped: Mapping[str, int]
    stream: str
    replaced: int = 0


def plan_payouts(
    snap: BookSnapshot,
    found: FoundPayouts,
    preset: PayoutPreset,
    today: dt.date,
    *,
    stream: str | None = None,
    account: str = "",
    again: bool = False,
    on_progress: Progress | None = None,
) -> PayoutPlan:
    """Compare what a file holds with the book. Refused("which-stream" | "no-streams") where none is given or known."""
    to = stream or known_stream(snap, preset)
    if to is None:
        living = [one for one in snap.streams.values() if not one.archived]
        raise Refused("which-stream" if living else "no-streams", candidates=labels(living))
    planner = _Planner(snap, preset, to, account, again)
    for place, row in enumerate(found.rows):
        with localcontext(EXACT):
            planner.row(row)
        if on_progress and place % EVERY == 0:
            on_progress(place, len(found.rows))
    planner.replace()
    if on_progress:
        on_progress(len(found.rows), len(found.rows))
    return planner.done(found)


def known_stream(snap: BookSnapshot, preset: PayoutPreset) -> str | None:
    """The stream that an import goes to where none is named: that of earlier ones, else the one that is called so."""
    start = f"{preset.source}-1-"
    living = {one.id: one for one in snap.streams.values() if not one.archived}
    used = Counter(one.stream for one in snap.entries if one.id.startswith(start) and one.stream in living)
    if used:
        return used.most_common(1)[0][0]
    names = {fold(preset.source), fold(preset.name), fold(preset.title), *map(fold, preset.title.split()[:1])}
    same = [one.id for one in living.values() if {fold(one.name), fold(one.alias)} & names]
    return same[0] if len(same) == 1 else None


class _Planner:
    def __init__(self, snap: BookSnapshot, preset: PayoutPreset, stream: str, account: str, again: bool) -> None:
        self.snap = snap
        self.preset = preset
        self.stream = stream
        self.account = fold(account)
        self.again = again
        self.records: Mapping[str, Any] = snap.document.values("entries")
        self.writes: list[Write] = []
        self.assets = _Assets(snap, preset, stream, again)
        self.counts: Counter[str] = Counter()
        self.totals: dict[str, Totals] = {}
        self.days: list[dt.date] = []
        self.confirmed: set[Month] = set()
        self.blocked = set(self._months(CONFIRMS, preset.estimate_of)) if preset.estimate_of else set()
        self.replaced = 0

    def row(self, row: Payout) -> None:
        month = Month.of(row.day)
        self.confirmed.add(month)
        if month in self.blocked:
            self.counts["blocked"] += 1
            return
        key = f"{self.preset.source}-1-{derived_id('entry', self.preset.source, self.account, *row.key, length=16)}"
        state = _state(self.records, key)
        if state == "there":
            self._follow(key, row)
        elif state == "new" or self.again:
            self._add(key, row, state)
        else:
            self.counts["gone"] += 1

    def replace(self) -> None:
        """Take away the estimates of the months that are confirmed now."""
        if not self.preset.confirms:
            return
        family = self._family(self.preset.confirms)
        for key, fields in self.records.items():
            if fields_of(fields).get(ESTIMATES) == family and _is_alive(fields) and _month(fields) in self.confirmed:
                self.writes.append(Write("entries", key, None))
                self.replaced += 1

    def done(self, found: FoundPayouts) -> PayoutPlan:
        counts = {name: self.counts[name] for name in ("new", "same", "changed", "kept", "gone", "blocked")}
        return PayoutPlan(
            change=Change("import", (*self.assets.writes, *self.writes), self.preset.title),
            **counts,
            assets_new=tuple(self.assets.made),
            totals=dict(sorted(self.totals.items())),
            first=min(self.days, default=None),
            last=max(self.days, default=None),
            troubles=found.troubles,
            skipped=found.skipped,
            stream=self.stream,
            replaced=self.replaced,
        )

    def _family(self, name: str) -> str:
        return f"{name}/{self.account}" if self.account else name

    def _months(self, field: str, family: str) -> Iterator[Month]:
        wanted = self._family(family)
        for fields in self.records.values():
            if fields_of(fields).get(field) == wanted and _is_alive(fields) and (month := _month(fields)):
                yield month

    def _add(self, key: str, row: Payout, state: str) -> None:
        asset = self.assets.of(row.title, row.published)
        named = row.note if asset else " – ".join(filter(None, (row.title, row.note)))
        entry = self._entry(key, row)._replace(asset=asset, note=named)
        fields = {name: value for name, value in of.of_entry(entry).items() if value is not None}
        if self.preset.estimate_of:
            fields[ESTIMATES] = self._family(self.preset.estimate_of)
        if self.preset.confirms:
            fields[CONFIRMS] = self._family(self.preset.confirms)
        fields[SAID] = _said(fields)
        write = Write("entries", key, fields)
        self.writes += [write] if state == "gone" else derived([write])
        self.counts["new"] += 1
        self.days.append(row.day)
        if row.status == "void":
            return
        sums = self.totals.get(row.currency, Totals())
        income, refund = (row.gross if row.kind == kind else Decimal(0) for kind in ("income", "refund"))
        cost = row.fee + (row.gross if row.kind == "expense" else 0)
        self.totals[row.currency] = Totals(sums.income + income, sums.fee + cost, sums.refunds + refund)

    def _entry(self, key: str, row: Payout) -> Entry:
        def tidy(amount: Decimal) -> Decimal:
            whole = quantized(amount, row.currency)
            return whole if whole == amount else plain(amount)

        received = row.received if self.snap.settings.currency != row.currency else None
        return Entry(
            id=key,
            day=row.day,
            kind=row.kind,
            gross=tidy(row.gross),
            currency=row.currency,
            stream=self.stream,
            fee=tidy(row.fee),
            withheld=tidy(row.withheld),
            status=row.status,
            paid=row.paid,
            received=received,
            units=None if row.units is None else plain(row.units),
            note=row.note,
            source_id=row.source_id,
        )

    def _follow(self, key: str, row: Payout) -> None:
        """Write what the platform says otherwise than last time, where nobody changed it."""
        now = fields_of(self.records[key])
        last = now.get(SAID)
        if not isinstance(last, dict):
            self.counts["same"] += 1
            return
        said = _said(of.of_entry(self._entry(key, row)))
        changed: dict[str, Value] = {}
        is_kept = False
        for name in FOLLOWED:
            value, before, new = now.get(name), last.get(name), said.get(name)
            if value == new:
                continue
            if new != before and value == before:
                changed[name] = new
            else:
                is_kept = True
        if said != last and (changed or not is_kept):
            self.writes.append(Write("entries", key, {**changed, SAID: dict(said)}))
        self.counts["changed" if changed else "kept" if is_kept else "same"] += 1


class _Assets:
    """The things that titles name: those of the stream, and new ones where the preset makes them."""

    def __init__(self, snap: BookSnapshot, preset: PayoutPreset, stream: str, again: bool) -> None:
        self.writes: list[Write] = []
        self.made: list[str] = []
        self._preset = preset
        self._stream = stream
        self._again = again
        self._records: Mapping[str, Any] = snap.document.values("assets") if preset.assets != "no" else {}
        self._there = snap.assets
        self._aliases = [asset.alias for asset in snap.assets.values()]
        self._order = max((asset.order for asset in snap.assets.values()), default=Decimal(0)).to_integral_value()
        self._known: dict[str, str | None] = {}
        for own in (None, stream):  # the stream's own last, so that they count more
            self._known |= {fold(asset.name): asset.id for asset in snap.assets.values() if asset.stream == own}

    def of(self, title: str, published: dt.date | None) -> str | None:
        """The asset that a title names; None where it is none."""
        name = fold(title)
        if not name or self._preset.assets == "no":
            return None
        if name not in self._known:
            self._known[name] = self._made(title, name, published)
        return self._known[name]

    def _made(self, title: str, name: str, published: dt.date | None) -> str | None:
        record = derived_id("asset", self._preset.source, name)
        if record in self._there:  # it has another name now
            return record
        is_gone = record in self._records
        if self._preset.assets != "create" or (is_gone and not self._again):
            return None
        alias = make_alias(title, self._aliases, fallback="a")
        self._aliases.append(alias)
        self._order += 1
        asset = Asset(record, alias, of.name(title), self._stream, published, order=self._order)
        fields = {key: value for key, value in of.of_asset(asset).items() if value is not None}
        write = Write("assets", record, fields)
        self.writes += [write] if is_gone else derived([write])
        self.made.append(asset.name)
        return record


def fields_of(fields: Any) -> Mapping[str, Any]:
    return fields if isinstance(fields, dict) else {}


def _said(fields: Mapping[str, Any]) -> dict[str, Value]:
    return {name: fields[name] for name in FOLLOWED if fields.get(name) is not None}


def _state(records: Mapping[str, Any], key: str) -> str:
    if key not in records:
        return "new"
    return "there" if _is_alive(records[key]) else "gone"


def _is_alive(fields: Any) -> bool:
    try:
        return alive(fields)
    except INVALID:
        return True


def _month(fields: Any) -> Month | None:
    try:
        return Month.parse(fields["day"][:7])
    except INVALID:
        return None
