"""A file with the presets that may read it, and what is planned of it: all that the dialogs do in threads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from pitrack.config import presets_folder
from pitrack.exchange.found import Refused, Setting
from pitrack.exchange.payouts.guess import guess
from pitrack.exchange.payouts.planning import PayoutPlan, known_stream, plan_payouts
from pitrack.exchange.payouts.preset import PayoutPreset, all_presets
from pitrack.exchange.payouts.reading import FoundPayouts, read_payouts, together
from pitrack.exchange.payouts.recognise import fitting, recognise
from pitrack.exchange.payouts.sheet import Table, folded, heads, open_tables
from pitrack.screens.importing.lines import look_of
from pitrack.screens.importing.mapping import Look, Mapped
from pitrack.screens.importing.target import Format, Progress, Target
from pitrack.store.snapshot import BookSnapshot
from pitrack.text.i18n import _
from pitrack.text.importing import refusal

BY_COLUMNS = "csv"
"""Name and source of a mapping that is not kept."""
SEEN = 2_000
"""Rows that the first ones are shown from, and by which days and decimals are told."""


MOST_WORDS = 50
"""Different words of a column up to which it can be one of statuses."""
_KINDS = {
    "refund": "refund refunded reversal chargeback return 返金 返品 erstattung rückerstattung remboursement",
    "expense": "expense fee charge cost 費用 経費 手数料 gebühr frais",
}
_STATUSES = {
    "pending": "pending processing open unpaid due 未確定 未払い 保留 処理中 ausstehend offen attente",
    "void": "void cancelled canceled failed declined キャンセル 取消 無効 storniert annulé",
}


class Source(NamedTuple):
    """A file's tables, the presets that fit them, the best first, and those of one's own that cannot be used."""

    tables: tuple[Table, ...]
    presets: Mapping[str, PayoutPreset]
    bad: Mapping[str, str]

    def formats(self) -> list[Format]:
        by_hand = _("Columns chosen by hand")
        return [
            Format(preset.name, by_hand if preset.name == BY_COLUMNS else preset.title, preset.ask == "month")
            for preset in self.presets.values()
        ]


class Planned(NamedTuple):
    """What would come of a file, and with which preset."""

    preset: PayoutPreset
    plan: PayoutPlan


def open_source(path: Path) -> Source:
    """Read a file and see what it may be. Refused; OSError."""
    tables = open_tables(path)
    presets, bad = all_presets(presets_folder())
    fits = {preset.name: preset for preset, _table in recognise(tables, presets)}
    return Source(tables, fits, bad)


def offered_stream(snapshot: BookSnapshot, source: Source, chosen: str) -> str:
    """The stream that earlier imports went to, else the one that is called so, else the chosen one."""
    found = (known_stream(snapshot, preset) for preset in source.presets.values())
    return next(filter(None, found), chosen)


def plan_source(
    source: Source,
    snapshot: BookSnapshot,
    today: dt.date,
    target: Target,
    progress: Progress | None = None,
    *,
    again: bool = False,
) -> Planned:
    """What would come of a file; ``again`` brings back what was deleted. Refused."""
    preset = source.presets[target.format]
    setting = Setting(today)
    found = together(read_payouts(preset, table, setting, target.month) for table in fitting(preset, source.tables))
    plan = plan_payouts(
        snapshot,
        found,
        preset,
        today,
        stream=target.stream,
        account=target.account,
        again=again,
        on_progress=progress,
    )
    return Planned(preset, plan)


# Columns by hand


def main_table(source: Source) -> Table:
    """The largest table; its header is the first line that has the most cells."""
    largest = max(source.tables, key=lambda table: len(table.rows))
    return max(heads(largest), key=lambda table: len(table.columns))


def samples(table: Table) -> dict[str, str]:
    """A value of each column."""
    found: dict[str, str] = {}
    for row in table.rows[:SEEN]:
        for name, cell in row.cells.items():
            if cell.strip() and name not in found:
                found[name] = cell.strip()
        if len(found) == len(table.columns):
            break
    return found


def draft(table: Table, currency: str) -> Mapped:
    """What the columns seem to mean; ``currency`` where the file names none."""
    guessed = guess(table)
    columns = {meaning: names[0] for meaning, names in guessed.columns.items() if names}
    if guessed.ids:
        columns["id"] = guessed.ids[0]
    first = samples(table).get(columns.get("day", ""), "")
    days = "YMD" if re.match(r"\d{4}\D", first) else guessed.days
    return Mapped(columns, days, guessed.decimal, guessed.currency or currency)


def preset_of(mapped: Mapped, table: Table) -> PayoutPreset:
    """The preset that reads what was chosen, known again by all columns of the file."""
    columns = {meaning: (name,) for meaning, name in mapped.columns.items() if meaning != "id"}
    name = mapped.name or BY_COLUMNS
    return PayoutPreset(
        name=name,
        title=mapped.name or table.file,
        source=guess(table._replace(rows=())).source,  # that of its columns, so that the command makes the same entries
        columns=columns,
        currency=mapped.currency,
        decimal=mapped.decimal,
        days=mapped.days,
        needed=table.columns,
        ids=(mapped.columns["id"],) if "id" in mapped.columns else (),
        cells=True,
        kinds=_meant(_KINDS, _words(table, mapped.columns.get("kind"))),
        statuses=_meant(_STATUSES, _words(table, mapped.columns.get("status")), "cleared"),
    )


def _words(table: Table, column: str | None) -> list[str]:
    """The different words of a column."""
    if column is None:
        return []
    words = list(dict.fromkeys(folded(row.cells.get(column, "")) for row in table.rows))
    return [word for word in words if word] if len(words) <= MOST_WORDS else []


def _not_yet(error: Refused) -> Look:
    """Why nothing can be shown, and where that is to be chosen."""
    match error.code:
        case "which-days":
            return Look((), _("Choose in which order the days of this file are written."), "days")
        case "which-decimal":
            return Look((), _("Choose which sign stands before the decimals in this file."), "decimal")
    return Look((), _("Not yet: {reason}.").format(reason=refusal(error.code, error.details)))


def _meant(known: Mapping[str, str], words: list[str], otherwise: str = "") -> dict[str, str]:
    """What each word stands for."""
    codes = {word: code for code, listed in known.items() for word in listed.split()}
    meant = {word: codes.get(word, otherwise) for word in words}
    return {word: code for word, code in meant.items() if code}


def looker(table: Table, today: dt.date) -> Callable[[Mapped], Look]:
    """Says how the first rows would be booked."""
    some = table._replace(rows=table.rows[:SEEN])

    def look(mapped: Mapped) -> Look:
        try:
            found: FoundPayouts = read_payouts(preset_of(mapped, table), some, Setting(today))
        except Refused as error:
            return _not_yet(error)
        return look_of(found)

    return look
