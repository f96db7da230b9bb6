"""Templates of money that recurs, and what becomes of each period of them.

A booked period is the entry ``TEMPLATE|PERIOD``, so that all devices meet in one record. Beside it stands what became
of the period, as ``recurrences`` ``TEMPLATE|PERIOD``: *posted* or *skipped*; undo takes that away with the entry, and
the period waits again, while an entry that was deleted is never proposed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pitrack.core.changes import Change, Write
from pitrack.core.model import Entry, Template
from pitrack.core.recurring import period
from pitrack.core.views.recurring import Proposal, posting_themselves
from pitrack.store import fields as of
from pitrack.store.clock import BOTTOM
from pitrack.store.edits.parts import (
    derived,
    difference,
    edit_word,
    known,
    last_order,
    maybe,
    new,
    new_alias,
    with_alias,
)
from pitrack.store.errors import BookError
from pitrack.store.fields import Fields
from pitrack.store.ids import short_id
from pitrack.store.merge import decode
from pitrack.store.snapshot import BookSnapshot


def add_template(
    snap: BookSnapshot, name: str, *, alias: str | None = None, booked: dt.date | None = None, **given: Any
) -> Change:
    """Money that recurs: kind, gross, currency, since. Optional: every, interval, until, auto, stream, fee, withheld,
    note, tags, asset. ``booked``: a day whose period is booked already, by an entry that the template was made from."""
    template = Template(
        id=short_id(),
        alias=new_alias(snap.templates, "template", alias, of.name(name), "r"),
        name=of.name(name),
        order=last_order(snap.templates),
        **given,
    )
    _check(snap, template)
    writes = [new("templates", template.id, of.of_template(template))]
    if booked is not None:
        writes.append(_answer(f"{template.id}|{period(template.every, booked)}", "posted"))
    return Change("template.add", tuple(writes), template.name)


def edit_template(snap: BookSnapshot, template_id: str, **given: Any) -> Change:
    """Set the given fields of a template; what is booked already stays as it is."""
    template = known(snap.templates, "template", template_id)
    edited = template._replace(**with_alias(snap.templates, "template", template.id, given))
    _check(snap, edited)
    write = difference("templates", template.id, of.of_template(template), of.of_template(edited))
    return Change(edit_word("template", given), write, template.name)


def delete_template(snap: BookSnapshot, template_id: str) -> Change:
    """Take a template away; what it booked stays, and undo brings it back."""
    template = known(snap.templates, "template", template_id)
    return Change("template.delete", (Write("templates", template.id, None),), template.name)


def post(snap: BookSnapshot, proposal: Proposal, **given: Any) -> Change:
    """Book what is due, as proposed or with the given fields of the entry in place of the proposed ones."""
    entry = proposal.entry._replace(**given)
    of.check_amounts(entry, snap.settings.currency)
    maybe(snap.streams, "stream", given.get("stream"))
    return Change("post", _booking(snap, entry), proposal.template.name, entry.day)


def post_all(snap: BookSnapshot, found: Iterable[Proposal]) -> Change:
    """Book several proposals as they are."""
    found = tuple(found)
    writes = tuple(write for one in found for write in _booking(snap, one.entry))
    return Change("post", writes, found[0].template.name if len(found) == 1 else "")


def skip(proposal: Proposal) -> Change:
    """Leave a period out: it is never proposed again, and what another device booked for it goes."""
    writes = (Write("entries", proposal.id, None), _answer(proposal.id, "skipped"))
    return Change("pass", writes, proposal.template.name, proposal.day)


def due_by_itself(snap: BookSnapshot, today: dt.date) -> tuple[Proposal, ...]:
    """What is due and books itself. What an edit by hand made odd waits for a person instead, who is told why."""
    return tuple(one for one in posting_themselves(snap, today) if _is_sound(one.entry))


def _is_sound(entry: Entry) -> bool:
    try:
        of.of_entry(entry)
    except BookError:
        return False
    return True


def post_due(snap: BookSnapshot, today: dt.date) -> Change:
    """Book what books itself. Each period once, whatever the number of devices: the values bear no time of this
    device (``_under``), so that any edit or deletion of the entry, by anyone at any time, counts more."""
    found = due_by_itself(snap, today)
    writes = tuple(write for one in found for write in _derived(snap, one))
    return Change("post", writes, found[0].template.name if len(found) == 1 else "")


def _derived(snap: BookSnapshot, proposal: Proposal) -> tuple[Write, ...]:
    booking = _booking(snap, proposal.entry)
    return derived(booking, _under(snap, proposal, str(of.of_entry(proposal.entry))))


def _under(snap: BookSnapshot, proposal: Proposal, values: str) -> str:
    """The stamp of what a template books by itself. Its moment is that of the template's newest stamp, so that a
    corrected template counts more than what it said before; but none later than the eve of the due day, before which
    nobody can have edited the entry. Its end comes from the values: where two devices know the template differently,
    they give different stamps, and neither's entry looks edited by hand to the other."""
    from hashlib import sha256

    text = snap.document.get("templates", proposal.template.id)
    record = decode(text) if text else None
    eve = str(proposal.day - dt.timedelta(days=1)) + BOTTOM[10:] if proposal.day > dt.date.min else BOTTOM
    moment = min(record.newest if record and record.newest else BOTTOM, eve).partition("Z")[0]
    digest = sha256(values.encode()).hexdigest()
    return f"{moment}Z-{digest[:4]}-{digest[4:12]}"


def _booking(snap: BookSnapshot, entry: Entry) -> tuple[Write, Write]:
    """The entry, and that its period is booked."""
    return _entry(snap, entry), _answer(entry.id, "posted")


def _entry(snap: BookSnapshot, entry: Entry) -> Write:
    """All fields of an entry; those that an earlier booking under the same id left give way."""
    given, text = of.of_entry(entry), snap.document.get("entries", entry.id)
    left = decode(text) if text else None
    if left is None or not left.fields:
        return new("entries", entry.id, given)
    gone: Fields = {name: False for name in left.fields if name.startswith("tag@") and name not in given}
    return Write("entries", entry.id, given | gone)


def _answer(record: str, answer: str) -> Write:
    return Write("recurrences", record, {"answer": answer})


def _check(snap: BookSnapshot, template: Template) -> None:
    of.check_amounts(Proposal(template, "", template.since).entry, snap.settings.currency)
    maybe(snap.streams, "stream", template.stream)
    maybe(snap.assets, "asset", template.asset)
