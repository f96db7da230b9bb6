"""What the playbook of a stream says about a step of the launch method."""

from __future__ import annotations

from pitrack.core.model import Stage


def advice(_playbook: str | None, _stage: Stage, _language: str) -> str:
    """The playbook's words about a step, in a language; empty where there are none."""
    return ""
