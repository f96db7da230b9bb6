"""Builders of changes: what a person does to a book, as the field writes that it makes.

All raise BookError("invalid" | "unknown" | "taken") on what cannot be recorded; ids come from the snapshot. Every
``add_*`` names the new record in ``change.writes[0].id``. A builder's part is imported when it is first asked for: a
command needs one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pitrack.store.edits.actions import (
        add_amount,
        add_habit,
        add_pause,
        answer_all,
        check,
        clear,
        delete_habit,
        delete_pause,
        edit_habit,
        edit_pause,
        end_pause,
        place_habit,
        set_note,
        set_rule,
    )
    from pitrack.store.edits.assets import add_asset, delete_asset, edit_asset
    from pitrack.store.edits.building import (
        add_automation,
        add_metric,
        add_reading,
        add_step,
        delete_automation,
        delete_metric,
        delete_step,
        edit_automation,
        edit_metric,
        set_reading,
        write_review,
    )
    from pitrack.store.edits.launching import take_idea
    from pitrack.store.edits.ledger import (
        add_entry,
        add_rate,
        add_stream,
        add_time,
        close_month,
        delete_entry,
        delete_stream,
        delete_time,
        edit_entry,
        edit_stream,
        edit_time,
        note_nothing,
        reopen_month,
    )
    from pitrack.store.edits.many import attach_entries, clear_entries, copy_entries, delete_entries, edit_entries
    from pitrack.store.edits.plans import (
        add_goal,
        add_idea,
        delete_goal,
        delete_idea,
        edit_goal,
        edit_idea,
        edit_settings,
    )

__all__ = [
    "add_amount",
    "add_asset",
    "add_automation",
    "add_entry",
    "add_goal",
    "add_habit",
    "add_idea",
    "add_metric",
    "add_pause",
    "add_rate",
    "add_reading",
    "add_step",
    "add_stream",
    "add_time",
    "answer_all",
    "attach_entries",
    "check",
    "clear",
    "clear_entries",
    "close_month",
    "copy_entries",
    "delete_asset",
    "delete_automation",
    "delete_entries",
    "delete_entry",
    "delete_goal",
    "delete_habit",
    "delete_idea",
    "delete_metric",
    "delete_pause",
    "delete_step",
    "delete_stream",
    "delete_time",
    "edit_asset",
    "edit_automation",
    "edit_entries",
    "edit_entry",
    "edit_goal",
    "edit_habit",
    "edit_idea",
    "edit_metric",
    "edit_pause",
    "edit_settings",
    "edit_stream",
    "edit_time",
    "end_pause",
    "note_nothing",
    "place_habit",
    "reopen_month",
    "set_note",
    "set_reading",
    "set_rule",
    "take_idea",
    "write_review",
]

_PARTS = ("actions", "ledger", "assets", "many", "plans", "building", "launching")
"""In the order in which they are searched: those of every day first."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in __all__:
            for part in _PARTS:
                if builder := getattr(import_module(f"{__name__}.{part}"), name, None):
                    return builder
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
