"""What of an imported file cannot be read: told line by line, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pitrack.cli.output import warn
from pitrack.exchange.found import Trouble
from pitrack.text.i18n import _, ngettext
from pitrack.text.importing import trouble

SHOWN = 20
"""Troubles that are told one by one."""


def tell_troubles(troubles: Sequence[Trouble], stops: bool) -> None:
    """The first troubles, on stderr; ``stops``: nothing is imported for them."""
    if not troubles:
        return
    warn(_("Cannot be read:") if stops else _("Left out, since it cannot be read:"))
    for one in troubles[:SHOWN]:
        warn("  " + trouble(one.why, one.file, one.line, place=one.place, column=one.column, value=one.value))
    if (more := len(troubles) - SHOWN) > 0:
        warn("  " + ngettext("and {n} more", "and {n} more", more).format(n=more))


def as_data(troubles: Sequence[Trouble]) -> list[dict[str, Any]]:
    """The documented shape of ``unreadable`` in ``import --json``."""
    return [
        {
            "file": one.file,
            "line": one.line,
            "place": one.place or None,
            "column": one.column or None,
            "value": one.value,
            "why": one.why,
        }
        for one in troubles
    ]
