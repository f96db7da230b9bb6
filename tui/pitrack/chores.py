"""What is done to a book now and then, from any screen: closing a month, its rates and settings,
bringing back an action, merging."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pitrack.core.changes import Change
from pitrack.core.days import Month
from pitrack.keeper import Apply
from pitrack.store import edits
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import printable

if TYPE_CHECKING:
    from pitrack.app import PitrackApp
    from pitrack.core.model import Habit
    from pitrack.exchange.rating import RatePlan
    from pitrack.store.holding import Merged

TOLD_FOR = 20.0
"""Seconds that the outcome of an import is shown."""


def close_month(app: PitrackApp) -> None:
    """Close the last complete month, and say what is still pending in it; or that it is closed already."""
    from pitrack.text.dates import month_year

    snapshot = app.snapshot
    if snapshot is None:
        return
    month = Month.of(app.today).shift(-1)
    name = month_year(month)
    if month in snapshot.closed_months:
        app.say(_("{month} is closed already.").format(month=name), "warn")
        return
    app.post_message(Apply(edits.close_month(snapshot, month, app.today)))
    pending = sum(entry.status == "pending" and Month.of(entry.day) == month for entry in snapshot.entries)
    if pending:
        app.say(
            ngettext(
                "{month} is closed, with {n} entry still pending in it. u opens it again.",
                "{month} is closed, with {n} entries still pending in it. u opens it again.",
                pending,
            ).format(month=name, n=pending),
            "warn",
        )
    else:
        app.say(_("{month} is closed. u opens it again.").format(month=name))


def post_recurring(app: PitrackApp) -> None:
    """Book what recurs, is due and books itself, and say how much that was."""
    from pitrack.store.recurring import due_by_itself, post_due

    snapshot = app.snapshot
    if snapshot is None or not (found := due_by_itself(snapshot, app.today)):
        return
    count = len(found)
    said = ngettext(
        "{n} recurring entry booked itself. u takes it back.",
        "{n} recurring entries booked themselves. u takes them back.",
        count,
    ).format(n=count)
    app.post_message(Apply(post_due(snapshot, app.today), said))


def add_rate(app: PitrackApp) -> None:
    """Ask what a currency is worth."""
    from pitrack.screens.dialogs.rate import RateDialog

    if app.snapshot:
        _ask(app, RateDialog(app.snapshot, app.today))


def import_rates(app: PitrackApp) -> None:
    """Ask for a file of the European Central Bank, take in the rates that are of use, and say what that came to."""
    from pitrack.screens.dialogs.rate_file import RateFileDialog

    def answered(plan: RatePlan | None) -> None:
        if plan is None or app.keeper is None:
            return

        def said(_stamp: str = "") -> None:
            from pitrack.text.rates import told

            # Sentences that the foot of a screen has no room for.
            app.notify("\n".join(told(plan)), timeout=TOLD_FOR, markup=False)

        app.attempt(app.keeper.apply(plan.change), said) if plan.change.writes else said()

    if app.snapshot:
        app.push_screen(RateFileDialog(app.snapshot, app.today), answered)


def edit_settings(app: PitrackApp) -> None:
    """Ask for the book's zone, its days and weeks, its currency, and what an hour is worth."""
    from pitrack.screens.dialogs.settings import SettingsDialog

    if app.snapshot:
        _ask(app, SettingsDialog(app.snapshot, app.clock))


def merge_now(app: PitrackApp) -> None:
    """Take in what there is and write the file, a missing or damaged one anew; say what that came to."""
    from pitrack.text.syncing import outcome

    keeper = app.keeper
    if keeper is None:
        return
    before = keeper.sync.reason

    def said(merged: Merged | None) -> None:
        if merged:
            now = keeper.sync
            mended = str(keeper.book.path) if before in ("missing", "unreadable") and not now.reason else ""
            app.say(*outcome(merged.records, merged.lost, now.reason, now.details, mended))

    app.attempt(keeper.merge(), said)


def show_history(app: PitrackApp) -> None:
    """Show what lost in a merge."""
    from pitrack.screens.dialogs.history import HistoryDialog

    if app.keeper:
        app.push_screen(HistoryDialog(app.keeper))


def show_archived(app: PitrackApp) -> None:
    """List the archived actions, and take the chosen one up again."""
    from pitrack.screens.dialogs.archived import ArchivedDialog

    snapshot = app.snapshot
    if snapshot is None:
        return
    archived = sorted((habit for habit in snapshot.habits.values() if habit.archived), key=lambda habit: habit.name)
    if archived:
        app.push_screen(ArchivedDialog(archived, snapshot.settings.week_start), partial(_take_up, app))
    else:
        app.say(_("No action is archived."))


def _take_up(app: PitrackApp, habit: Habit | None) -> None:
    if habit and app.snapshot and habit.id in app.snapshot.habits:
        said = _("Back again: {name}. u archives it as before.").format(name=printable(habit.name))
        app.post_message(Apply(edits.edit_habit(app.snapshot, habit.id, archived=False), said))


def _ask(app: PitrackApp, dialog: Any) -> None:
    def answered(change: Change | None) -> None:
        if change:
            app.post_message(Apply(change))

    app.push_screen(dialog, answered)
