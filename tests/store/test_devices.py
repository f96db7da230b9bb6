"""Three devices, clouds that do what clouds do, clocks that are wrong: nothing confirmed is lost, all end with the same
bytes, and then there is quiet."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pitrack.core.changes import Change
from pitrack.core.model import Rule, Settings
from pitrack.store import edits, holding
from pitrack.store.book import Book
from pitrack.store.copies import is_tame
from pitrack.store.document import Document
from pitrack.store.errors import BookError
from pitrack.store.jsontext import dumps
from pitrack.store.merge import Record, encode
from tests.store.books import DAY
from tests.store.devices import NAME, Device, decode, readable, record_of

SHM = Path("/dev/shm")
NOW = int(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC).timestamp() * 1000)
MINUTE, YEAR = 60_000, 365 * 86_400_000
NAMES = [
    "pitrack.sync-conflict-20261122-134353-6222WNZ.json",
    "pitrack (Ada's conflicted copy 2026-11-22).json",
    "pitrack (SFConflict ada 2026-11-22-13-35-00).json",
    "pitrack.json.conflict1",
    "pitrack (conflict_on_2026-11-22).json",
    "pitrack (1).json",
    "pitrack-LAPTOP.json",
    "pitrack.Conflict.json",
]
ON_HABIT = ("yes", "no", "skip", "typed", "more", "clear", "note")
ODD = ["1.10", "123456789012345678901234567890", '{"b":1.50,"a":[2,{}]}', "-0", "1e5"]
_SPELLED = re.compile(rb'("(?:[^"\\]|\\.)*")|([{}\[\],:])')

devices = st.integers(0, 2)
days = st.sampled_from([DAY, DAY - dt.timedelta(1)])
offsets = st.sampled_from([0, 0, MINUTE, -MINUTE, -3 * MINUTE, YEAR, -YEAR, -20 * YEAR, 30 * YEAR])


def spaced(data: bytes) -> bytes:
    """Another layout of the same text, every value to the letter."""
    return _SPELLED.sub(lambda match: match[1] or b"\r\n " + match[2] + b" ", data)


class NothingTo(Exception):
    """Nothing to undo or redo."""


def revert(book: Book, way: str) -> None:
    try:
        getattr(book, way)()
    except BookError as error:
        if error.code == f"nothing-to-{way}":
            raise NothingTo from error
        raise


class Devices(RuleBasedStateMachine):
    @initialize(numbers=st.lists(offsets, min_size=3, max_size=3), longest=st.sampled_from([4_000_000, 3_000]))
    def start(self, numbers: list[int], longest: int) -> None:
        """One device starts a book, the others get it."""
        self.before = sys.exc_info()[1]
        self.root = Path(tempfile.mkdtemp(dir=SHM if SHM.is_dir() else None))
        self.longest, holding.LONGEST_LOG = holding.LONGEST_LOG, longest
        self.ticks = 0
        self.serial = count(1)
        self.devices = [Device(number, self.root, lambda: NOW + self.ticks) for number in range(3)]
        first = self.devices[0]
        book = Book.create(first.path, Settings(store="0" * 8, zone="Asia/Tokyo"), state=first.state)
        stream = edits.add_stream(book.snapshot(), "Newsletter", currency="USD")
        habit = edits.add_habit(book.snapshot(), "Write", Rule(DAY.replace(month=1)))
        for change in (stream, habit):
            book.apply(change)
        book.save()
        self.stream, self.habit = stream.writes[0].id, habit.writes[0].id
        data = first.path.read_bytes()
        self.cloud: dict[str, bytes] = {NAME: data}
        self.versions = [data]
        self.unknown: dict[tuple[str, str, str], str] = {}
        for device, offset in zip(self.devices, numbers, strict=True):
            device.offset = offset
            device.put(data)
            device.synced = data
            device.open()
        self.settled = False

    # What people do

    def confirm(self, device: Device, change: Change, book: Book | None = None) -> None:
        """Apply a change; it must show at once, whatever the clocks say."""
        at = book or device.book
        if not change.writes:
            return
        stamp = at.apply(change)
        state = Document(at.data)
        for write in change.writes:
            record = record_of(state, write.table, write.id)
            if write.fields is None:
                assert (record.deleted, record.alive) == (stamp, False)
            for name, value in (write.fields or {}).items():
                assert record.fields[name] == (dumps(value), stamp)
        self.look(device, book)

    def look(self, device: Device, book: Book | None = None) -> None:
        device.check(book)
        self.note(device)

    def note(self, device: Device) -> None:
        """Keep the model up to date with a step of one device, and let a moment pass."""
        self.ticks += 1
        for other in self.devices:
            if other is not device and device.held is not None:
                other.has_reached([device.held])

    def edit(self, device: Device, what: str, day: dt.date, book: Book | None = None) -> None:
        snap, number = (book or device.book).snapshot(), next(self.serial)
        entries = [entry.id for entry in snap.entries]
        change = None
        if (self.habit not in snap.habits and what in ON_HABIT) or (
            self.stream not in snap.streams and what == "rename"
        ):
            return  # undone
        if what in ("yes", "no", "skip"):
            change = edits.check(snap, self.habit, day, what)  # type: ignore[arg-type]
        elif what == "typed":
            change = edits.check(snap, self.habit, day, Decimal(number))
        elif what == "more":
            change = edits.add_amount(snap, self.habit, day, Decimal(number))
        elif what == "clear":
            change = edits.clear(snap, self.habit, day)
        elif what == "note":
            change = edits.set_note(snap, self.habit, day, f"note {number} of 日本")
        elif what == "rename":
            change = edits.edit_stream(snap, self.stream, name=f"Letter {number}")
        elif what == "earn":
            change = edits.add_entry(snap, kind="income", day=day, gross=Decimal(number), currency="USD", note="n")
        elif what == "entry" and entries:
            change = edits.edit_entry(snap, entries[number % len(entries)], note=f"entry {number}")
        elif what == "gone" and entries:
            change = edits.delete_entry(snap, entries[number % len(entries)])
        elif what == "zone":
            change = edits.edit_settings(snap, name=f"Book {number}")
        if change is not None:
            self.confirm(device, change, book)

    everyday = st.sampled_from(
        ["yes", "no", "skip", "typed", "more", "clear", "note", "rename", "earn", "entry", "gone", "zone"]
    )

    @rule(device=devices, what=everyday, day=days, save=st.booleans())
    def does(self, device: int, what: str, day: dt.date, save: bool) -> None:
        at = self.devices[device]
        self.edit(at, what, day)
        if save:
            self.saves(device)

    @rule(device=devices, way=st.sampled_from(["undo", "undo", "redo"]))
    def reverts(self, device: int, way: str) -> None:
        at = self.devices[device]
        with suppress(NothingTo):
            revert(at.book, way)
        self.look(at)

    @rule(device=devices, what=everyday, day=days, save=st.booleans(), refresh=st.booleans())
    def does_in_another_process(self, device: int, what: str, day: dt.date, save: bool, refresh: bool) -> None:
        """A command while the app is open."""
        at = self.devices[device]
        book = at.opened()
        self.look(at, book)
        self.edit(at, what, day, book)
        if save:
            book.save()
            self.look(at, book)
        if refresh:
            at.refresh()
            self.note(at)

    @rule(device=devices)
    def saves(self, device: int) -> None:
        self.devices[device].save()
        self.note(self.devices[device])

    @rule(device=devices)
    def refreshes(self, device: int) -> None:
        self.devices[device].refresh()
        self.note(self.devices[device])

    @rule(device=devices, offset=offsets)
    def sets_the_clock(self, device: int, offset: int) -> None:
        self.devices[device].offset = offset

    @rule(device=devices, crash=st.sampled_from(["none", "torn", "marker", "empty", "temporary", "base", "copies"]))
    def restarts(self, device: int, crash: str) -> None:
        """Without a save, and with what a power cut leaves of files that were being written."""
        at = self.devices[device]
        folder = at.book.replica.folder
        if crash == "torn":
            with (folder / "log.jsonl").open("ab") as file:
                file.write(b'{"s":"2026-11-22T12:00:00.000Z-0000-' + b"a" * next(self.serial) * 100)
        elif crash in ("marker", "copies"):
            (folder / {"marker": "file.json", "copies": "copies.json"}[crash]).unlink(missing_ok=True)
        elif crash == "empty" and (folder / "file.json").exists():
            (folder / "file.json").write_bytes(b"")
        elif crash == "temporary":
            for place in (at.folder, folder):
                (place / f".~pitrack-{next(self.serial):08x}.tmp").write_bytes(b'{"_book":')
        elif crash == "base":
            for path in at.book.replica.bases():
                (folder / f"base-{'0' * 64}.json").write_bytes(path.read_bytes()[:100])
        at.open()
        self.note(at)

    # What services do

    def is_there(self, device: int) -> bool:
        return self.devices[device].data is not None

    @rule(device=devices)
    def uploads(self, device: int) -> None:
        """What lies in the cloud is overwritten, be it newer or older."""
        at = self.devices[device]
        if (data := at.data) is not None:
            self.store(data)
            at.synced = data

    @rule(device=devices, refresh=st.booleans())
    def downloads(self, device: int, refresh: bool) -> None:
        """What the device has not uploaded yet is overwritten."""
        at = self.devices[device]
        if NAME in self.cloud:
            at.put(self.cloud[NAME])
            at.synced = self.cloud[NAME]
        if refresh:
            self.refreshes(device)

    def store(self, data: bytes) -> None:
        self.cloud[NAME] = data
        self.versions.append(data)

    @rule(
        device=devices,
        name=st.sampled_from([*NAMES, "rclone"]),
        mine=st.booleans(),
        sides=st.sampled_from(["here", "there", "both"]),
    )
    def syncs(self, device: int, name: str, mine: bool, sides: str) -> None:
        """As a good service does: forward where one side stood still, else a copy of one beside the other."""
        at = self.devices[device]
        here, there = at.data, self.cloud.get(NAME)
        if here == there:
            pass
        elif here is None or here == at.synced:
            if there is not None:
                at.put(there)
        elif there is None or there == at.synced:
            self.store(here)
        elif name == "rclone":
            for side, data in (("path1", here), ("path2", there)):
                at.put(data, f"{NAME}..{side}")
                self.cloud[f"{NAME}..{side}"] = data
            at.put(None)
            del self.cloud[NAME]
        else:
            stays, goes = (here, there) if mine else (there, here)
            at.put(stays)
            self.store(stays)
            if sides != "there":
                at.put(goes, name)
            if sides != "here":
                self.cloud[name] = goes
        at.synced = at.data

    @rule(device=devices, deletes=st.booleans())
    def syncs_copies(self, device: int, deletes: bool) -> None:
        """Both sides get what the other has, or the cloud loses what the device has put away."""
        at = self.devices[device]
        here = at.copies()
        for name, data in [(name, data) for name, data in self.cloud.items() if name != NAME]:
            if name not in here and deletes:
                del self.cloud[name]
            elif name not in here:
                at.put(data, name)
        self.cloud |= {name: data for name, data in here.items() if name not in self.cloud}

    @rule(device=devices, which=st.integers(0, 20), everywhere=st.booleans())
    def puts_an_older_version_back(self, device: int, which: int, everywhere: bool) -> None:
        data = self.versions[which % len(self.versions)]
        if everywhere:
            self.cloud[NAME] = data
        else:
            self.devices[device].put(data)

    @rule(device=devices, heal=st.booleans())
    def loses_the_file(self, device: int, heal: bool) -> None:
        at = self.devices[device]
        at.put(None)
        if heal:
            at.save(heal=True)
            assert at.book.status.behind is None
            self.note(at)

    @rule(device=devices, part=st.sampled_from([0, 2, 3]), then=st.sampled_from(["nothing", "open", "save", "heal"]))
    def cuts_the_file(self, device: int, part: int, then: str) -> None:
        """A sync client in the middle of its work, or one that never finishes it."""
        at = self.devices[device]
        whole = at.data
        if whole is None:
            return
        at.put(whole[: len(whole) // part] if part else b"")
        if then == "open":
            at.open()
        elif then == "save":
            at.save()
            assert at.book.status.behind == "unreadable"
        elif then == "heal":
            at.save(heal=True)
            assert at.book.status.behind is None
        at.refresh()
        self.note(at)
        if then == "save":
            at.put(whole)
            self.refreshes(device)

    # What other programs do

    @rule(device=devices, how=st.sampled_from(["spaced", "indented", "backwards"]), refresh=st.booleans())
    def reformats(self, device: int, how: str, refresh: bool) -> None:
        """Layout alone is no news."""
        at = self.devices[device]
        document = at.document
        if document is None:
            return
        if how == "spaced" or self.unknown:
            data = spaced(document.data)
        else:
            tables = json.loads(document.data)
            if how == "backwards":
                tables = {name: dict(reversed(records.items())) for name, records in reversed(tables.items())}
            data = json.dumps(tables, indent=2).encode()
        assert readable(data) is not None
        known = at.book.data
        at.refresh()
        is_known = at.book.data != known or at.book.status.behind is None
        at.put(data)
        if refresh:
            before = at.book.data
            self.refreshes(device)
            assert not is_known or at.book.data == before

    @rule(device=devices, which=st.integers(0, 50), refresh=st.booleans())
    def edits_by_hand(self, device: int, which: int, refresh: bool) -> None:
        """One text changed in the file, under the stamp that it has."""
        at = self.devices[device]
        document = at.document
        if document is None:
            return
        texts = [
            (table, record, name)
            for table in ("checkins", "entries", "streams")
            for record, text in sorted(document.records(table).items())
            for name, (value, _) in sorted(decode(text).fields.items())  # type: ignore[union-attr]
            if name in ("note", "name") and value != "null"
        ]
        if not texts:
            return
        table, record, name = texts[which % len(texts)]
        found = record_of(document, table, record)
        value, stamp = dumps(f"by hand {next(self.serial)}"), found.fields[name][1]
        ours = record_of(Document(at.book.data), table, record).fields.get(name)
        edited = encode(Record({**found.fields, name: (value, stamp)}, found.deleted))
        at.put(document.splice({table: {record: edited}}).data)
        if refresh:
            self.refreshes(device)
            now = record_of(Document(at.book.data), table, record).fields[name]
            if ours == found.fields[name]:
                assert now[0] == value
                assert now[1] > stamp

    @rule(device=devices, which=st.integers(0, 50))
    def takes_a_line_out(self, device: int, which: int) -> None:
        """It comes back: a stale file looks the same."""
        at = self.devices[device]
        document = at.document
        if document is None:
            return
        tables = {name: document.records(name) for name in document.tables}
        lines = [(table, record) for table in tables for record in sorted(tables[table]) if table != "_book"]
        if not lines:
            return
        table, record = lines[which % len(lines)]
        at.refresh()
        before = at.book.data
        del tables[table][record]
        at.put(Document.build(tables, document.opaque).data)
        self.refreshes(device)
        assert at.book.data == before

    @rule(
        device=devices,
        kind=st.sampled_from(["table", "field", "opaque", "loose", "unstamped"]),
        value=st.sampled_from(ODD),
        ahead=st.booleans(),
        refresh=st.booleans(),
    )
    def a_newer_version_writes(self, device: int, kind: str, value: str, ahead: bool, refresh: bool) -> None:
        """What this version does not know, to the letter."""
        at = self.devices[device]
        document = at.document
        if document is None:
            return
        number = next(self.serial)
        stamp = f"{'2031' if ahead else '2026'}-11-22T10:00:00.000Z-{number:04x}-dddddddd"
        changes: dict[str, dict[str, bytes]] = {}
        table, record, field = {"opaque": "odd", "unstamped": "bare"}.get(kind, "moods"), f"m{number}", f"x{number}"
        if kind == "field":
            table = "streams"
            record = self.stream
            found = record_of(document, table, record)
            changes = {table: {record: encode(Record({**found.fields, field: (value, stamp)}, found.deleted))}}
        elif kind == "table":
            changes = {table: {record: encode(Record({field: (value, stamp), "known": ('"yes"', stamp)}))}}
        elif kind == "opaque":
            changes = {table: {record: f'{{"t":"never","{field}":{value}}}'.encode()}}
        elif kind == "unstamped":
            changes = {table: {record: f'{{"{field}":{value}}}'.encode()}}
        elif kind == "loose":
            table, record, field, value = f"loose{number}", "", "", f"[{value}]"
        for other in self.devices:
            other.has_reached([document])  # the writer's device had it
        at.put(document.splice(changes, {} if changes else {table: value.encode()}).data)
        self.unknown[table, record, field] = value
        if refresh:
            self.refreshes(device)
            if at.book.status.behind is None:
                self.has_unknown(Document(at.book.data), (table, record, field))

    def has_unknown(self, document: Document, *keys: tuple[str, str, str]) -> None:
        for key in keys:
            table, record, field = key
            value = self.unknown[key]
            if not record:
                assert document.opaque[table] == value.encode()
            elif table == "odd":
                assert document.get(table, record) == f'{{"t":"never","{field}":{value}}}'.encode()
            else:
                assert record_of(document, table, record).fields[field][0] == value

    @rule(device=devices, everywhere=st.booleans(), then=st.sampled_from(["refresh", "open", "save", "heal"]))
    def a_new_major_version_comes(self, device: int, everywhere: bool, then: str) -> None:
        """Its file is never written by this version; what is done here waits."""
        at = self.devices[device]
        document = at.document
        if document is None:
            return
        newer = document.data.replace(b'"format":1', b'"format":2').replace(b'"note"', b'"remark"')
        assert newer != document.data
        at.put(newer)
        if everywhere:
            self.cloud[NAME] = newer
        if then == "open":
            at.open()
        elif then in ("save", "heal"):
            at.save(heal=then == "heal")
        at.refresh()
        assert at.book.status.behind == "newer"
        self.edit(at, "note", DAY)
        at.save()
        self.note(at)
        assert at.data == newer

    # The end

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        try:
            if sys.exc_info()[1] is self.before:
                self.settle()
                self.rest()
        finally:
            holding.LONGEST_LOG = self.longest
            shutil.rmtree(self.root)

    def settle(self) -> None:
        """All are connected, and the services copy until nothing changes."""
        if readable(self.cloud.get(NAME)) is None:
            self.cloud[NAME] = self.versions[0]
        for device in self.devices:
            for name, data in self.cloud.items():
                if name != NAME and name not in device.copies():
                    device.put(data, name)
        rounds = 0
        before: list[bytes | None] = []
        while before != (now := [self.cloud[NAME], *(device.data for device in self.devices)]):
            before = now
            rounds += 1
            assert rounds < 10
            for device in self.devices:
                self.meet(device, beside=rounds < 3 and (rounds + device.number) % 2 == 0)
        assert len(set(now)) == 1
        final = readable(self.cloud[NAME])
        assert final is not None
        for device in self.devices:
            assert device.book.data == final.data
            device._holds_what_it_promised(final)
            assert device.held is not None
            left = {name for name, data in device.copies().items() if is_tame(device.path, name) and readable(data)}
            assert not left
        ever = [device.held for device in self.devices if device.held is not None]
        self.has_unknown(final, *(key for key in self.unknown if any(self.knows(held, key) for held in ever)))

    def knows(self, document: Document, key: tuple[str, str, str]) -> bool:
        table, record, field = key
        if not record:
            return table in document.opaque
        text = document.get(table, record)
        return text is not None and (table == "odd" or field in record_of(document, table, record).fields)

    def meet(self, device: Device, *, beside: bool) -> None:
        """The device gets the cloud's version, over its own or beside it, and the cloud what it makes of that."""
        there, here = self.cloud[NAME], device.data
        if beside and here != there and readable(here):
            device.put(there, NAMES[0])
        else:
            device.put(there)
        device.refresh()
        device.save()
        assert (device.book.status.pending, device.book.status.behind) == (False, None)
        self.note(device)
        data = device.data
        assert data is not None
        self.cloud[NAME] = data

    def rest(self) -> None:
        """Then there is quiet: nobody touches a file any more."""
        for device in self.devices:
            device.open()
            device.save()
        before = [(device.tree(), device.book.replica.log.end()) for device in self.devices]
        for _ in range(3):
            for device in self.devices:
                old = device.book
                device.open()
                assert not device.book.refresh()
                device.save()
                old.refresh()
                old.save()
                assert not device.book.status.pending
        assert [(device.tree(), device.book.replica.log.end()) for device in self.devices] == before


TestDevices = Devices.TestCase
TestDevices.settings = settings(stateful_step_count=30)
TestDevices = pytest.mark.timeout(3600)(TestDevices)
