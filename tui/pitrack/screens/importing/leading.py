"""Leads through an import: from the file to what would come of it, to the book. Leaving at any step leaves all as it
was."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from pitrack.config import presets_folder
from pitrack.core.currencies import CURRENCIES
from pitrack.exchange.payouts.guess import settled
from pitrack.exchange.payouts.preset import PayoutPreset, is_taken, save_preset
from pitrack.screens.importing.file import FileDialog, Opened
from pitrack.screens.importing.lines import outcome
from pitrack.screens.importing.mapping import Mapped, MappingDialog
from pitrack.screens.importing.preview import ApplyingDialog, PreviewDialog
from pitrack.screens.importing.source import (
    Planned,
    Source,
    draft,
    looker,
    main_table,
    offered_stream,
    open_source,
    plan_source,
    preset_of,
    samples,
)
from pitrack.screens.importing.target import BY_HAND, Progress, Target, TargetDialog
from pitrack.store.errors import BookError
from pitrack.text.i18n import _, ngettext
from pitrack.text.plain import fit, printable
from pitrack.text.words import plain_number

if TYPE_CHECKING:
    from pitrack.app import PitrackApp

MANY = 500
"""Writes from which a bar is shown while the book takes them in."""


def import_payouts(app: PitrackApp, stream: str = "") -> None:
    """Ask for a file and lead on from there; ``stream`` is offered where none is known of the platform."""
    app.run_worker(_lead(app, stream), group="import", exclusive=True)


async def _lead(app: PitrackApp, stream: str) -> None:
    opened = await app.push_screen_wait(FileDialog(open_source, app.import_folder))
    if opened is None or app.snapshot is None:
        return
    app.import_folder = "".join(opened.typed.rpartition("/")[:2])
    source, kept = opened.content, None
    _warn_of_bad(app, source)
    target = Target(next(iter(source.presets), BY_HAND), offered_stream(app.snapshot, source, stream))
    while True:
        if target.format == BY_HAND:
            preset = await _map(app, opened)
            if preset is None:
                return
            source, kept = source._replace(presets={preset.name: preset}), preset
            target = target._replace(format=preset.name)
        chosen = await app.push_screen_wait(_target_dialog(app, opened.path.name, source, target))
        if chosen is None:
            return
        if chosen.plan:
            break
        target = chosen.target
    await _confirm(app, opened.path.name, chosen.plan, kept, partial(plan_source, source, target=chosen.target))


def _warn_of_bad(app: PitrackApp, source: Source) -> None:
    """Tell of presets of one's own that cannot be used."""
    for file, reason in source.bad.items():
        said = _("Your preset {file} cannot be used and is left out: {reason}")
        text = said.format(file=printable(file), reason=fit(printable(reason), 200))
        app.notify(text, severity="warning", markup=False)


async def _map(app: PitrackApp, opened: Opened[Source]) -> PayoutPreset | None:
    """A preset whose columns are chosen by hand."""
    assert app.snapshot
    table = main_table(opened.content)
    snapshot = app.snapshot
    offered = await to_thread(draft, table, snapshot.settings.currency)
    used = {snapshot.settings.currency, *(stream.currency for stream in snapshot.streams.values())}

    def is_other(mapped: Mapped) -> bool:
        return is_taken(mapped.name, settled(preset_of(mapped, table), table), presets_folder())

    dialog = MappingDialog(
        opened.path.name,
        table.columns,
        samples(table),
        offered,
        looker(table, app.today),
        is_taken=is_other,
        currencies=CURRENCIES | used,
    )
    mapped = await app.push_screen_wait(dialog)
    return await to_thread(settled, preset_of(mapped, table), table) if mapped else None


def _target_dialog(app: PitrackApp, file: str, source: Source, target: Target) -> TargetDialog[Planned]:
    def plan(chosen: Target, progress: Progress) -> Planned:
        assert app.snapshot
        return plan_source(source, app.snapshot, app.today, chosen, progress)

    assert app.snapshot
    return TargetDialog(file, app.snapshot, source.formats(), target, plan)


async def _confirm(
    app: PitrackApp, file: str, planned: Planned, kept: PayoutPreset | None, plan: Callable[..., Planned]
) -> None:
    """Show what would come of it, also once more with what was deleted here, and do it where that is wanted."""
    assert app.snapshot
    platform, of = printable(planned.preset.title), printable(file)
    title = of if platform == of else _("{platform}: {file}").format(platform=platform, file=of)
    name = app.snapshot.streams[planned.plan.stream].name
    answer = await app.push_screen_wait(PreviewDialog(outcome(title, name, planned.plan, hidden=app.hidden)))
    if answer == "again":
        planned = await to_thread(plan, app.snapshot, app.today, again=True)
        answer = await app.push_screen_wait(PreviewDialog(outcome(title, name, planned.plan, hidden=app.hidden)))
    if answer is None:
        return
    if kept and kept.name == planned.preset.name and kept.title == kept.name:
        await _keep(app, kept)
    await _apply(app, planned)


async def _keep(app: PitrackApp, preset: PayoutPreset) -> None:
    """Keep a preset of one's own, to know such files again."""
    try:
        await to_thread(partial(save_preset, presets_folder(), preset))
    except OSError as error:
        said = _("{name} could not be kept: {reason}.")
        reason = printable(error.strerror or str(error))
        app.notify(said.format(name=preset.name, reason=reason), severity="warning", markup=False)


async def _apply(app: PitrackApp, planned: Planned) -> None:
    """Hand it to the book, with a bar where that takes a moment; then say what came of it."""
    if app.keeper is None:
        return
    change = planned.plan.change
    bar = ApplyingDialog(len(change.writes)) if len(change.writes) >= MANY else None
    work = app.keeper.apply(change)
    if bar:
        app.push_screen(bar)
    try:
        await work
    except BookError as error:
        app.refuse(error)
        return
    finally:
        if bar and bar.is_current:
            bar.dismiss()
    n = Decimal(planned.plan.new or planned.plan.changed)
    said = ngettext(
        "Imported {n} from {platform}. u takes it back.", "Imported {n} from {platform}. u takes it back.", int(n)
    )
    app.say(said.format(n=plain_number(n), platform=fit(printable(planned.preset.title), 30)))
