"""Which preset a file is of, told by its header only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.preset import PayoutPreset
from pitrack.exchange.payouts.sheet import Table, folded, header, heads


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
        missing = [name for name in _asked(preset) if not header(name, there)]
        raise Refused("columns", file=tables[0].file, missing=missing or list(_asked(preset)))
    return found


def _asked(preset: PayoutPreset) -> tuple[str, ...]:
    """The columns without which a table is none of a preset, as people are told them."""
    money = preset.columns.get("gross") or preset.columns.get("net", ())
    return preset.needed or (*preset.columns.get("day", ())[:1], *money[:1])


def _headed(preset: PayoutPreset, table: Table) -> Table | None:
    if preset.sheets and folded(table.name) not in {folded(name) for name in preset.sheets}:
        return None
    without = {folded(name) for name in preset.without}
    for headed in heads(table):
        there = {folded(name) for name in headed.columns}
        if _fits(preset, there) and not without & there:
            return headed
    return None


def _fits(preset: PayoutPreset, there: set[str]) -> bool:
    if preset.needed:
        return all(header(name, there) for name in preset.needed)
    days, money = (
        [name for meaning in meanings for name in preset.columns.get(meaning, ())]
        for meanings in (("day",), ("gross", "net"))
    )
    return any(header(name, there) for name in money) and (not days or any(header(name, there) for name in days))
