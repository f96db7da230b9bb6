"""Click's parts, with help in the language in use and words in place of its own messages."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pitrack.cli.failures import WrongUsage, see_help
from pitrack.text.i18n import N_, _, pgettext
from pitrack.text.plain import printable
from pitrack.text.reading import normal

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])
HEADINGS = (N_("Options"), N_("Commands"))
"""Headings of help pages, as click names them."""


class _Formatter(click.HelpFormatter):
    """A help page with its headings in the language in use."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage:") + " ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_(name)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter


class _LookedUp:
    """An attribute that holds a marked text, and gives it in the language in use."""

    def __get__(self, owner: Any, kind: type | None = None) -> str | None:
        source: str | None = vars(owner)["_help"]
        return _(source) if source else None

    def __set__(self, owner: Any, source: str | None) -> None:
        vars(owner)["_help"] = source


class Option(click.Option):
    """An option whose ``help`` is looked up when it is shown."""

    help: Any = _LookedUp()


def _show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


class _Helped(click.Command):
    """A command whose ``help`` is looked up when it is shown."""

    context_class = _Context
    help: Any = _LookedUp()

    def get_short_help_str(self, limit: int = 45) -> str:  # lists wrap a sentence, never cut it
        return self.help or ""

    _help_page: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        # Not click's own, which looks for a catalogue of its words each time it makes one.
        if self._help_page is None:
            self._help_page = Option(
                [*self.get_help_option_names(ctx), "help_page"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_help,
                help=N_("Show this help."),
            )
        return self._help_page


class Command(_Helped):
    """A command that says which words are too many, and unknown options in full; bytes that are no text become
    question marks."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        typed = [text.encode("utf-8", "replace").decode() for text in args]
        try:
            rest = super().parse_args(ctx, [*typed])
        except click.NoSuchOption as error:
            name = error.option_name
            if name.startswith("--"):
                raise
            # click looks at -500 letter by letter
            raise click.NoSuchOption(next((text for text in typed if text.startswith(name)), name), ctx=ctx) from None
        if ctx.args and not ctx.resilient_parsing:
            raise WrongUsage(
                _("“{word}” is one word too many; put quotes around a text of several words.").format(
                    word=printable(ctx.args[0])
                ),
                ctx,
            )
        return rest


class Group(_Helped, click.Group):
    """Commands by name, each from the module and attribute named in ``lazy`` (``module:attribute``), loaded when it
    is used."""

    command_class = Command

    def __init__(self, *args: Any, lazy: dict[str, str] | None = None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.lazy = lazy or {}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            raise WrongUsage(ctx.get_help())
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.lazy]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy:
            module, _sep, name = self.lazy[cmd_name].partition(":")
            found: click.Command = getattr(import_module(module), name)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = unicodedata.normalize("NFKC", args[0])
        if name not in self.list_commands(ctx) and not ctx.resilient_parsing and not name.startswith("-"):
            self._no_such_command(ctx, name)
        return super().resolve_command(ctx, [name, *args[1:]])

    def _no_such_command(self, ctx: click.Context, name: str) -> NoReturn:
        from difflib import get_close_matches

        close = get_close_matches(name, self.list_commands(ctx), 1)
        text = _("There is no command “{name}”.").format(name=printable(name))
        if close:
            text += " " + _("Did you mean “{name}”?").format(name=close[0])
        raise WrongUsage(text, ctx)


class OneOf(click.Choice[str]):
    """One of some words, also in full-width letters, or as it is shown in the language in use: each of ``shown`` gives
    what a choice is called, the first of them as it is listed."""

    def __init__(self, choices: Sequence[str], *shown: Callable[[str], str]) -> None:
        super().__init__(choices)
        self.shown = shown

    def find(self, text: str) -> str | None:
        """The choice that was typed."""
        typed = normal(text)
        calls: tuple[Callable[[str], str], ...] = (str, *self.shown)
        for called in calls:
            for choice in self.choices:
                if normal(called(choice)) == typed:
                    return choice
        return None

    def listed(self) -> str:
        """``make, market (集客)``: what can be typed."""
        return pgettext("between names", ", ").join(self._listed(choice) for choice in self.choices)

    def _listed(self, choice: str) -> str:
        called = self.shown[0](choice) if self.shown else choice
        if normal(called) == normal(choice):
            return choice
        return _("{choice} ({shown})").format(choice=choice, shown=called)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = self.find(value)
        if found is None:
            text = _("“{value}” is not one of: {choices}.").format(value=printable(value), choices=self.listed())
            raise WrongUsage(see_help(text, ctx))
        return found


def command(name: str, help: str) -> Callable[[Callable[..., Any]], Command]:  # noqa: A002  (click's name)
    """A command; ``help`` is marked with ``N_``."""
    return click.command(name, cls=Command, help=help)


def option(*declarations: str, **given: Any) -> Callable[[F], F]:
    """An option; ``help`` is marked with ``N_``."""
    return click.option(*declarations, cls=Option, **given)


def group(name: str, help: str, lazy: dict[str, str] | None = None) -> Callable[[Callable[..., Any]], Group]:  # noqa: A002
    """A group of commands on one kind of thing; the ``lazy`` ones come last."""
    return click.group(name, cls=Group, help=help, lazy=lazy)


def read_code(text: str) -> str:
    """The currency typed; BookError("invalid") where it names none."""
    from pitrack.store.errors import BookError
    from pitrack.text.amounts import currency

    code = currency(text)
    if code is None:
        raise BookError("invalid", what="currency", value=text, why="three-letters")
    return code


json_option = option("--json", "as_json", is_flag=True, help=N_("Print JSON, for scripts."))
on_option = option(
    "--on", "day", metavar="DAY", help=N_("The day: 2026-11-20, yesterday, -2, fri (today if left out).")
)
currency_option = option(
    "--currency", metavar="CURRENCY", help=N_("The currency to count in (the book's if left out).")
)
as_of_option = option("--as-of", "day", metavar="DAY", help=N_("As it stood on that day."))


def complete_names(names: str) -> Callable[[click.Context, click.Parameter, str], Sequence[CompletionItem]]:
    """For which the shell offers the names of ``habits``, ``streams``, ``assets``, ``automations`` or ``metrics``, or
    the ``tasks`` that were done before."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> Sequence[CompletionItem]:
        from pitrack.cli.completion import known_names

        return known_names(ctx, names, incomplete)

    return complete


def complete_playbooks(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The shell offers the ids of playbooks."""
    from pitrack.cli.playbook import offered

    return offered(incomplete)


def names_argument(names: str, parameter: str, metavar: str, *, required: bool = True) -> Callable[[F], F]:
    """An argument for which the shell offers the names of ``habits``, ``streams`` or ``assets``, or (``timed``) of the
    first two."""
    return click.argument(parameter, metavar=metavar, required=required, shell_complete=complete_names(names))


habit_argument = names_argument("habits", "habit", "HABIT")
stream_argument = names_argument("streams", "stream", "STREAM")
asset_argument = names_argument("assets", "asset", "ASSET")
stream_option = option("--stream", metavar="STREAM", shell_complete=complete_names("streams"), help=N_("The stream."))
asset_option = option("--asset", metavar="ASSET", shell_complete=complete_names("assets"), help=N_("The asset."))
task_option = option("--task", metavar="NAME", shell_complete=complete_names("tasks"), help=N_("The task."))
