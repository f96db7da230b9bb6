"""``pitrack preset``: the presets by which files of platforms are imported."""

from __future__ import annotations

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.output import say, say_json, say_table, short
from pitrack.cli.parts import group, json_option
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import printable


@group("preset", N_("The presets by which files of platforms are imported: list them, show one to copy it."))
def preset() -> None:
    pass


@preset.command("list", help=N_("All presets, your own marked."))
@json_option
def list_presets(as_json: bool) -> None:
    from pitrack.cli.payouts import known_presets
    from pitrack.config import presets_folder
    from pitrack.exchange.payouts.preset import user_presets

    own = user_presets(presets_folder())[0]
    found = known_presets()
    if as_json:
        say_json([{"name": name, "title": one.title, "own": name in own} for name, one in found.items()])
        return
    say_table([(name, short(one.title), _("your own") if name in own else "") for name, one in found.items()], "lll")


@preset.command("show", help=N_("A preset as its file, to read or to copy."))
@click.argument("name", metavar="NAME")
def show_preset(name: str) -> None:
    from pitrack.cli.payouts import known_presets
    from pitrack.config import presets_folder
    from pitrack.exchange.payouts.preset import FOLDER

    found = known_presets()
    if name not in found:
        raise WrongUsage(
            _("“{value}” is not one of: {choices}. “pitrack preset list” shows what they are of.").format(
                value=printable(name), choices=pgettext("between names", ", ").join(found)
            )
        )
    paths = (folder / f"{name}.toml" for folder in (presets_folder(), FOLDER))
    text = next(path for path in paths if path.is_file()).read_text("utf-8")
    say("\n".join(map(printable, text.splitlines())))
