"""The merits that the playbooks of a book's streams name, which stand first there."""

from __future__ import annotations

from pathlib import Path

from pitrack.core.model import Snapshot
from pitrack.exchange.playbooks import find_playbook


def named_merits(snapshot: Snapshot, folder: Path, language: str) -> dict[str, tuple[str, ...]]:
    """By a stream's id; a stream without a playbook that can be used is left out. ``folder``: a person's own ones."""
    known = {one.playbook for one in snapshot.streams.values() if one.playbook}
    found = {name: find_playbook(folder, name, language) for name in known}
    return {
        one.id: book.merits
        for one in snapshot.streams.values()
        if one.playbook and (book := found[one.playbook]) is not None
    }
