"""What goes wrong, as one plain sentence on stderr and an exit code; no traceback reaches a user."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from pitrack.store.errors import BookError
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.reading import ParseError

if TYPE_CHECKING:
    from typing import Any

FAILED = 1
WRONG_USAGE = 2
STILL_OPEN = 3
INTERRUPTED = 130

GLOBAL_OPTIONS = ("--file", "--new", "--lang", "--version")
_BOOKING = frozenset({"earn", "spend", "refund"})
_WRONG_INPUT = frozenset({"unknown", "ambiguous", "taken", "invalid", "timer-which", "pause-which"})
"""Codes of a ``BookError`` that are about what was typed, not about the book."""


class Failure(Exception):
    """A sentence for the user and the exit code that goes with it."""

    code = FAILED


class WrongUsage(Failure):
    """The command was typed in a way that it does not know."""

    code = WRONG_USAGE

    def __init__(self, text: str, ctx: click.Context | None = None) -> None:
        super().__init__(see_help(text, ctx))


def see_help(text: str, ctx: click.Context | None) -> str:
    """``text`` with the command that explains."""
    if ctx is None:
        return text
    return text + " " + _("See “{command} --help”.").format(command=ctx.command_path)


def guarded(work: Callable[[], Any]) -> int:
    """Run a command and return its exit code, whatever happens in it."""
    try:
        result = work()
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _drop_output()
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:
        text, code = explained(error)
        if os.environ.get("PITRACK_DEBUG") and not _is_expected(error):
            raise
        with suppress(OSError):
            click.echo(text, err=True)
        if isinstance(error, OSError):
            _drop_output()
        return code
    return result if isinstance(result, int) else 0


def explained(error: Exception) -> tuple[str, int]:
    """The sentence and the exit code for an error."""
    if isinstance(error, Failure):
        return str(error), error.code
    if isinstance(error, BookError | ParseError):
        is_wrong_usage = isinstance(error, ParseError) or error.code in _WRONG_INPUT
        return _sentence(error.code, error.details), WRONG_USAGE if is_wrong_usage else FAILED
    if isinstance(error, click.UsageError):
        return see_help(_usage(error), error.ctx), WRONG_USAGE
    if isinstance(error, click.ClickException):
        return printable(error.format_message()), error.exit_code
    if isinstance(error, OSError):
        return _system(error), FAILED
    text = _("Something went wrong inside pitrack ({error}). Set PITRACK_DEBUG=1 and try again to see where.")
    return text.format(error=printable(f"{type(error).__name__}: {error}"[:200])), FAILED


def _is_expected(error: Exception) -> bool:
    return isinstance(error, Failure | BookError | ParseError | click.ClickException)


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        if re.fullmatch(r"-[0-9.,¥$€£].*", unicodedata.normalize("NFKC", error.option_name)):
            is_booking = error.ctx is not None and error.ctx.info_name in _BOOKING
            return _sentence("negative-money" if is_booking else "negative", {"value": error.option_name})
        if error.option_name in GLOBAL_OPTIONS:
            return _("{name} goes before the command, as in: pitrack {name} ... COMMAND.").format(
                name=error.option_name
            )
        return _("There is no option {name}.").format(name=printable(error.option_name))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        name = error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name
        return _("{name} is missing.").format(name=name)
    if isinstance(error, click.BadOptionUsage):
        return _("{name} needs a value.").format(name=printable(error.option_name))
    return printable(error.format_message())


def _sentence(code: str, details: Mapping[str, Any]) -> str:
    from pitrack.text.errors import sentence  # here: most commands do not fail

    return sentence(code, details)


def _system(error: OSError) -> str:
    if error.filename is None:
        return _("The system refused: {reason}.").format(reason=error.strerror or type(error).__name__)
    from pitrack.text.errors import refusal

    return refusal(error, str(error.filename))


def _drop_output() -> None:
    """Nothing more can be written to stdout: let the interpreter's last flush go nowhere."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
