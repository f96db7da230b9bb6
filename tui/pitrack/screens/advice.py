"""What the playbook of a stream says about a step of the launch method."""

from __future__ import annotations

from pitrack.config import playbooks_folder
from pitrack.core.model import Stage
from pitrack.exchange.playbooks import find_playbook


def advice(playbook: str | None, stage: Stage, language: str) -> str:
    """The playbook's words about a step, in a language; empty where there are none."""
    found = find_playbook(playbooks_folder(), playbook, language)
    return found.advice.get(stage, "") if found else ""
