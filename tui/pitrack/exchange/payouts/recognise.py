"""Which preset a file is of, told by its header only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.preset import PayoutPreset
from pitrack.exchange.payouts.sheet import Table, folded, heads


def recognise(tables: Iterable[Table], presets: Mapping[str, PayoutPreset]) -> list[tuple[PayoutPreset, Table]]:
    """Presets with the tables that they fit, the one that asks for the most columns first; of an XLSX each sheet."""
    found = [
        (preset, headed)
        for table in tables
        for preset in presets.values()
        if preset.needed and (headed := _headed(preset, table)) is not None
    ]
    return sorted(found, key=lambda pair: (-len(pair[0].needed), -len(pair[0].without), pair[0].name))


def best(found: Sequence[tuple[PayoutPreset, Table]]) -> list[PayoutPreset]:
    """The presets that fit equally well; one where the file is known, none where it is not."""
    sizes = {preset.name: (len(preset.needed), len(preset.without)) for preset, _ in found}
    most = max(sizes.values(), default=(0, 0))
    return list({preset.name: preset for preset, _ in found if sizes[preset.name] == most}.values())


def fitting(preset: PayoutPreset, tables: Sequence[Table]) -> list[Table]:
    """The tables that a preset can read. Refused("columns")."""
    found = [headed for table in tables if (headed := _headed(preset, table)) is not None]
    if not found:
        there = {folded(name) for table in tables for head in heads(table) for name in head.columns}
        missing = [name for name in _asked(preset) if folded(name) not in there]
        raise Refused("columns", file=tables[0].file, missing=missing or list(_asked(preset)))
    return found


def _asked(preset: PayoutPreset) -> tuple[str, ...]:
    """The columns without which a table is none of a preset."""
    if preset.needed:
        return preset.needed
    return tuple(names[0] for meaning, names in preset.columns.items() if meaning in ("day", "gross", "net") and names)


def _headed(preset: PayoutPreset, table: Table) -> Table | None:
    if preset.sheets and folded(table.name) not in {folded(name) for name in preset.sheets}:
        return None
    needed = {folded(name) for name in _asked(preset)}
    without = {folded(name) for name in preset.without}
    for headed in heads(table):
        there = {folded(name) for name in headed.columns}
        if needed <= there and not without & there:
            return headed
    return None
