"""What the playbook of a stream says about the steps of the launch method."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.config import playbooks_folder
from pitrack.core.model import Stage
from pitrack.exchange.playbooks import find_playbook


def advice(playbook: str | None, language: str) -> Mapping[Stage, str]:
    """The playbook's words about each step, in a language; read from its file."""
    found = find_playbook(playbooks_folder(), playbook, language)
    return found.advice if found else {}
