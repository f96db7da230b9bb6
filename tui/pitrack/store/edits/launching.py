"""An idea becomes a stream."""

from __future__ import annotations

import datetime as dt

from pitrack.core.building import Step
from pitrack.core.changes import Change
from pitrack.store import building as records
from pitrack.store.edits.parts import known, new
from pitrack.store.edits.plans import edit_idea
from pitrack.store.ids import ulid
from pitrack.store.snapshot import BookSnapshot


def take_idea(snap: BookSnapshot, idea_id: str, added: Change, day: dt.date) -> Change:
    """``added``, which makes a stream, as one change with what an idea becomes: taken up, and the problem that the
    stream begins with."""
    idea = known(snap.ideas, "idea", idea_id)
    taken = edit_idea(snap, idea.id, state="taken")
    step = Step(ulid(), added.writes[0].id, day, "idea", {"problem": idea.text})
    problem = new("steps", step.id, records.of_step(step))
    return Change(added.word, (*added.writes, *taken.writes, problem), added.subject, added.day)
