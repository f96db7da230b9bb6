"""What a message tells people to type exists: every command, every option."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from pitrack.cli.main import cli
from tests import catalogue

COMMAND = re.compile(r"(?::|[^\x00-\x7f]) ?pitrack ((?:[a-z]+|\{command\}))(?: ([a-z]+)\b)?(?![a-z])")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
KINDS = ("habit", "stream", "asset", "goal")
"""What ``{command}`` may stand for."""


def texts() -> Iterator[str]:
    """Every message, in every language."""
    for message in catalogue.extracted():
        yield from message.id if isinstance(message.id, tuple) else [message.id]
    for path in catalogue.languages():
        with path.open("rb") as file:
            for message in catalogue.read_po(file):
                yield from catalogue.strings(message)


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    return {name: found for name in cli.list_commands(context) if (found := cli.get_command(context, name))}


def named() -> list[tuple[str, str]]:
    found = {match.groups(default="") for text in texts() for match in COMMAND.finditer(text)}
    return sorted({(kind, verb) for name, verb in found for kind in (KINDS if name == "{command}" else (name,))})


def options(command: click.Command) -> set[str]:
    own = {option for parameter in command.params for option in parameter.opts}
    parts = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options, parts))


def test_the_named_ones_were_found() -> None:
    assert {("undo", ""), ("habit", "add"), ("goal", "add"), ("earn", "")} <= {*named()}


@pytest.mark.parametrize(("name", "verb"), named())
def test_a_command_that_is_named_exists(name: str, verb: str) -> None:
    command = commands()[name]
    if isinstance(command, click.Group) and verb:
        assert verb in command.list_commands(click.Context(command))


def test_an_option_that_is_named_exists() -> None:
    known = {"--help", *options(cli)}.union(*map(options, commands().values()))
    mentioned = {option for text in texts() for option in OPTION.findall(text)}
    assert {"--new", "--save", "--file"} <= mentioned
    assert mentioned <= known
