"""What ``pitrack import`` does with a file of a platform: CSV or XLSX, by a preset or by a mapping of columns."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click

from pitrack.cli.failures import FAILED, Failure, WrongUsage
from pitrack.cli.output import rounded, say, say_json, warn
from pitrack.cli.session import Session, first_settings
from pitrack.cli.troubles import as_data, tell_troubles
from pitrack.config import presets_folder
from pitrack.core.days import Month
from pitrack.exchange.found import Refused, Setting
from pitrack.exchange.payouts.guess import guess, settled
from pitrack.exchange.payouts.planning import PayoutPlan, plan_payouts
from pitrack.exchange.payouts.preset import (
    CHOICES,
    CSV,
    MEANINGS,
    PayoutPreset,
    all_presets,
    is_name,
    is_taken,
    save_preset,
)
from pitrack.exchange.payouts.reading import FoundPayouts, read_payouts, together
from pitrack.exchange.payouts.recognise import best, fitting, recognise
from pitrack.exchange.payouts.sheet import Table, folded, heads, open_tables
from pitrack.store.names import find_stream
from pitrack.text.i18n import _, pgettext
from pitrack.text.importing import cannot
from pitrack.text.payouts import told
from pitrack.text.plain import printable

ID = "id"
"""What the column of the platform's own id means."""
BIG = 1_000
"""Rows from which progress is shown."""
SETTINGS = ("currency", "days", "decimal", "status", "assets", "fee_sign")
"""Keys of a preset that ``--map`` may set, too."""


class Wishes(NamedTuple):
    """What was asked for besides preset and file."""

    stream: str | None = None
    account: str = ""
    month: str | None = None
    dry_run: bool = False
    skip_bad: bool = False
    again: bool = False
    as_json: bool = False
    mapped: tuple[str, ...] = ()
    save: str | None = None


def known_presets() -> dict[str, PayoutPreset]:
    """All presets by name; a file that cannot be used is told of."""
    found, bad = all_presets(presets_folder())
    for file, reason in bad.items():
        warn(
            _("Your preset {file} cannot be used and is left out; look at: {reason}").format(
                file=printable(file), reason=printable(reason[:200])
            )
        )
    return found


def import_payouts(session: Session, name: str | None, file: Path, wishes: Wishes) -> int:
    """Take in a file by the preset of that name; where none is named, by the one that its header tells."""
    month = _month(wishes.month)
    try:
        preset, tables = _chosen(session, name, file, wishes)
        found = _read(session, preset, tables, month)
    except Refused as error:
        is_by_hand = name == CSV and error.code == "which-month"
        raise Failure(cannot(str(file), "which-day" if is_by_hand else error.code, error.details)) from error
    planned = _plan(session, file, preset, found, wishes)
    stops = bool(planned.troubles) and not wishes.skip_bad
    done = not (wishes.dry_run or stops)
    if done:
        session.apply(planned.change)
    if wishes.save and done:
        save_preset(presets_folder(), preset)
    if wishes.as_json:
        say_json(_data(session, planned, preset, done=done))
    else:
        _say(planned, preset, wishes, stops=stops, is_told=name is None)
    return FAILED if stops else 0


def _month(text: str | None) -> Month | None:
    if text is None:
        return None
    try:
        return Month.parse(text)
    except ValueError:
        raise WrongUsage(_("“{value}” is not a month like 2026-10.").format(value=printable(text))) from None


# The preset


def _chosen(session: Session, name: str | None, file: Path, wishes: Wishes) -> tuple[PayoutPreset, list[Table]]:
    """The preset, and the tables that it reads."""
    if name == CSV:
        return _mapped(session, open_tables(file), wishes)
    set_too = _only_set(wishes)
    presets = known_presets()
    if name is not None:
        if name not in presets:
            raise WrongUsage(_no_preset(name, presets))
        tables = open_tables(file, presets[name].encodings)
        return _set(presets[name], set_too), fitting(presets[name], tables)
    found = recognise(open_tables(file), presets)
    candidates = best(found)
    if len(candidates) != 1:
        raise Failure(_not_one(file, candidates))
    (preset,) = candidates
    return _set(preset, set_too), [table for one, table in found if one.name == preset.name]


def _only_set(wishes: Wishes) -> dict[str, Any]:
    """What is set besides a preset, of which the columns stay."""
    given = [_pair(text) for text in wishes.mapped]
    if wishes.save or any(key not in SETTINGS for key, _value in given):
        raise WrongUsage(
            _(
                "--map and --save go with a file of your own mapping: pitrack import csv FILE --map ... "
                "Any other preset takes --map for these only: {choices}."
            ).format(choices=pgettext("between names", ", ").join(SETTINGS))
        )
    return dict(given)


def _set(preset: PayoutPreset, values: dict[str, Any]) -> PayoutPreset:
    return _checked(preset._replace(**values)) if values else preset


def _no_preset(name: str, presets: dict[str, PayoutPreset]) -> str:
    from pitrack.exchange.presets import PRESETS

    return _("“{value}” is not one of: {choices}. “pitrack preset list” shows what they are of.").format(
        value=printable(name), choices=pgettext("between names", ", ").join([*PRESETS, CSV, *presets])
    )


def _not_one(file: Path, candidates: Sequence[PayoutPreset]) -> str:
    path = printable(str(file))
    if candidates:
        return _("{path} may be of several presets; name one of them: {names}.").format(
            path=path, names=pgettext("between names", ", ").join(preset.name for preset in candidates)
        )
    return _(
        "No preset knows the columns of {path}. “pitrack preset list” shows all presets; any CSV can be mapped: "
        "pitrack import csv FILE --map day=Date --map gross=Amount"
    ).format(path=path)


def _mapped(session: Session, tables: Sequence[Table], wishes: Wishes) -> tuple[PayoutPreset, list[Table]]:
    """A preset from what was typed, the rest of it guessed."""
    given = [_pair(text) for text in wishes.mapped]
    there = {folded(name) for table in tables for head in heads(table) for name in head.columns}
    told = [(key, value) for key, value in given if _is_column(key, value, there)]
    table = _with_columns(tables, [value for _key, value in told])
    draft = guess(table)
    columns, ids = _columns(draft, told)
    if not columns.keys() & {"gross", "net"}:
        raise WrongUsage(_("Which column holds the amount? Say, for instance, --map gross=Amount"))
    if wishes.save and not is_name(wishes.save):
        raise WrongUsage(_("A preset's name has small letters a-z, digits and hyphens only."))
    used = {name for names in columns.values() for name in names}
    changed: dict[str, Any] = {key: value for key, value in given if (key, value) not in told}
    if not (draft.currency or "currency" in columns):
        changed.setdefault("currency", _currency(session, wishes))
    if wishes.month and "day" not in columns:
        changed["ask"] = "month"
    draft = draft._replace(
        name=wishes.save or CSV,
        title=wishes.save or draft.title,
        columns=columns,
        days="auto",
        decimal="auto",
        needed=tuple(one for one in table.columns if one in used),
        ids=ids or draft.ids,
    )
    preset = settled(_checked(draft._replace(**changed)), table)
    if wishes.save and is_taken(wishes.save, preset, presets_folder()):
        raise WrongUsage(
            _("Another preset has the name {name} already; choose another for --save. Nothing was imported.").format(
                name=wishes.save
            )
        )
    return preset, [table]


def _columns(
    draft: PayoutPreset, told: Sequence[tuple[str, str]]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The columns of each meaning, those typed before those guessed, and the columns of the id that were typed."""
    typed = {key: tuple(value for one, value in told if one == key) for key, _value in told}
    taken = {folded(value) for _key, value in told}
    guessed = {meaning: its for meaning, its in draft.columns.items() if not taken & set(map(folded, its))}
    ids = typed.pop(ID, ())
    return guessed | typed, ids


def _currency(session: Session, wishes: Wishes) -> str:
    """Of a table that does not say: that of the stream, or of the book."""
    if not session.is_there:
        return first_settings().currency
    snap = session.snapshot
    return snap.settings.currency if wishes.stream is None else find_stream(snap, wishes.stream).currency


def _checked(preset: PayoutPreset) -> PayoutPreset:
    """The preset as its file would be read."""
    import tomllib

    from pitrack.exchange.payouts.preset import BadPreset, preset_of, written

    try:
        return preset_of(preset.name, tomllib.loads(written(preset)))
    except BadPreset as error:
        raise WrongUsage(_cannot_set(str(error))) from None


def _cannot_set(key: str) -> str:
    choices = CHOICES.get(key)
    if choices is None:
        return _("--map cannot set {key} to that; say, for instance, {example}.").format(
            key=printable(key), example="--map currency=EUR"
        )
    return _("--map cannot set {key} to that; choose one of: {choices}").format(
        key=printable(key), choices=pgettext("between names", ", ").join(filter(None, choices))
    )


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    key = key.strip().lower()
    if not equals or key not in (*MEANINGS, ID, *SETTINGS):
        raise WrongUsage(
            _("“{value}” is no mapping; say MEANING=COLUMN, with one of: {choices}.").format(
                value=printable(text),
                choices=pgettext("between names", ", ").join(dict.fromkeys((*MEANINGS, ID, *SETTINGS))),
            )
        )
    return key, value.strip()


def _is_column(key: str, value: str, there: set[str]) -> bool:
    """Whether a mapping names a column; a currency and a status may be that of all rows, too."""
    return key in (*MEANINGS, ID) and (key not in SETTINGS or folded(value) in there)


def _with_columns(tables: Sequence[Table], names: Sequence[str]) -> Table:
    """The table that has all of these columns, its header wherever it stands."""
    wanted = {folded(name) for name in names}
    for table in tables:
        for headed in heads(table):
            if wanted <= {folded(name) for name in headed.columns}:
                return headed
    there = {folded(name) for table in tables for name in table.columns}
    raise Refused("columns", file=tables[0].file, missing=[name for name in names if folded(name) not in there])


# The work


def _read(session: Session, preset: PayoutPreset, tables: Sequence[Table], month: Month | None) -> FoundPayouts:
    """What the tables hold; they are read first, so that no book is begun for a file that cannot be."""
    today = session.today if session.is_there else session.clock.today(first_settings())
    return together(read_payouts(preset, table, Setting(today), month) for table in tables)


def _plan(session: Session, file: Path, preset: PayoutPreset, found: FoundPayouts, wishes: Wishes) -> PayoutPlan:
    snap = session.snapshot
    to = find_stream(snap, wishes.stream).id if wishes.stream is not None else None
    try:
        with _progress(len(found.rows)) as on_progress:
            return plan_payouts(
                snap,
                found,
                preset,
                session.today,
                stream=to,
                account=wishes.account,
                again=wishes.again,
                on_progress=on_progress,
            )
    except Refused as error:
        raise Failure(cannot(str(file), error.code, error.details)) from error


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr, where that is a terminal and there is much to do."""
    if rows < BIG or not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    with click.progressbar(length=rows, file=sys.stderr) as bar:
        yield lambda done, _all: bar.update(done - bar.pos)


def _say(planned: PayoutPlan, preset: PayoutPreset, wishes: Wishes, *, stops: bool, is_told: bool) -> None:
    if is_told:
        say(_("This is a file of {title} ({name}).").format(title=printable(preset.title), name=preset.name))
    tell_troubles(planned.troubles, stops)
    if stops:
        warn(_("Nothing was imported. Mend the file, or add --skip-bad to import the rest."))
        if not wishes.dry_run:
            return
    for sentence in told(planned):
        say(sentence)
    if not planned.change.writes:
        say(_("Nothing new."))
    if wishes.save and not (stops or wishes.dry_run):
        say(_("Kept as the preset {name}: “pitrack import FILE” knows such files now.").format(name=preset.name))
    if wishes.dry_run:
        say(_("Nothing was recorded: this was a dry run."))
    elif planned.change.writes:
        say(_("Imported from {title}. “pitrack undo” takes it back.").format(title=printable(planned.change.subject)))


def _data(session: Session, planned: PayoutPlan, preset: PayoutPreset, *, done: bool) -> dict[str, Any]:
    """The documented shape of ``import --json`` for payouts."""
    counts = ("new", "same", "changed", "kept", "gone", "blocked", "replaced")
    return {
        "preset": preset.name,
        "title": preset.title,
        "imported": done,
        "stream": session.snapshot.streams[planned.stream].name,
        **{name: getattr(planned, name) for name in counts},
        "first": _iso(planned.first),
        "last": _iso(planned.last),
        "totals": [
            {"currency": code, **{name: rounded(value, code) for name, value in sums._asdict().items()}}
            for code, sums in planned.totals.items()
        ],
        "new_assets": list(planned.assets_new),
        "left_out": dict(planned.skipped),
        "unreadable": as_data(planned.troubles),
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
