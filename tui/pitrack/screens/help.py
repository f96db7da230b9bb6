"""The keys that act on a screen, each with what it does; above them why the file is behind, where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from pitrack.screens.base import BookScreen, own_bindings
from pitrack.text.i18n import N_, _
from pitrack.text.plain import cells, pad
from pitrack.text.standing import shown_from_here
from pitrack.widgets.pieces import Line, Lines
from pitrack.widgets.wrapping import broken

if TYPE_CHECKING:
    from pitrack.screens.playbooks.page import PlaybookScreen
    from pitrack.screens.today.habit import HabitScreen

Pair = tuple[str, str]


class HelpScreen(ModalScreen[None]):
    """All keys of the screen beneath, read from its bindings. Any of ``?``, escape, enter and ``q`` closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", N_("close"), show=False),
        Binding("down,j", "scroll(1)", N_("down"), show=False),
        Binding("up,k", "scroll(-1)", N_("up"), show=False),
        Binding("pagedown,space", "scroll(10)", N_("page down"), show=False),
        Binding("pageup", "scroll(-10)", N_("page up"), show=False),
        Binding("home,g", "scroll(-1000)", N_("first line"), show=False),
        Binding("end,G", "scroll(1000)", N_("last line"), show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: auto; height: auto; max-width: 100%; max-height: 100%;
        background: $surface; border: round $primary; border-title-color: $text-primary; padding: 0 1;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, beneath: BookScreen | HabitScreen | PlaybookScreen) -> None:
        super().__init__()
        self.groups = key_groups(beneath)
        keeper = beneath.pitrack.keeper
        sync = keeper.sync if keeper else None
        self.trouble = ""
        if keeper and sync and sync.reason:
            self.trouble = shown_from_here(str(keeper.book.path), sync.reason, sync.details)

    def compose(self) -> ComposeResult:
        columns = 2 if self.app.size.width >= 76 else 1
        width = min(36, self.app.size.width - 5)
        told = broken([(self.trouble, "warn")], columns * width) if self.trouble else []
        table = Lines(*told, *([()] if told else []), *lay_out_keys(self.groups, columns, width))
        table.styles.height = len(table.lines)
        table.styles.width = columns * width
        box = VerticalScroll(table)
        box.border_title = _("Keys")
        is_long = len(table.lines) + 2 > self.app.size.height
        box.border_subtitle = _("arrows scroll  esc close") if is_long else _("esc close")
        yield box

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def key_groups(screen: BookScreen | HabitScreen | PlaybookScreen) -> list[tuple[str, list[Pair]]]:
    """The keys of a screen, of the app, and of moving about: (heading, [(keys, what they do)])."""
    keys: dict[str, list[str]] = {}
    nodes: dict[str, object] = {}
    for node, binding, _enabled, _tip in screen.active_bindings.values():
        if binding.id:
            keys.setdefault(binding.action, []).append(screen.pitrack.key_name(binding))
            nodes[binding.action] = node
    groups: dict[str, list[Pair]] = {_("This screen"): [], _("Everywhere"): [], _("Moving"): []}
    here, everywhere, moving = groups.values()
    for binding in own_bindings(screen):
        owner = nodes[binding.action]
        group = here if owner is screen else everywhere if owner is screen.app else moving
        group.append((" ".join(keys[binding.action]), _(binding.tooltip or binding.description)))
    return [group for group in groups.items() if group[1]]


def lay_out_keys(groups: list[tuple[str, list[Pair]]], columns: int, width: int) -> list[Line]:
    """Groups one under the other; in two columns the first group stands left of the others."""
    blocks = [
        [_heading(title, width), *(line for pair in pairs for line in _key(pair, width))] for title, pairs in groups
    ]
    if columns == 1:
        return [line for block in blocks for line in (*block, ())][:-1]
    left, right = blocks[0], [line for block in blocks[1:] for line in (*block, ())][:-1]
    blank: Line = ((" " * width, ""),)
    return [
        (*(left[y] if y < len(left) else blank), *(right[y] if y < len(right) else ()))
        for y in range(max(len(left), len(right)))
    ]


def _heading(title: str, width: int) -> Line:
    return ((pad(title.upper(), width), "head"),)


def _key(pair: Pair, width: int) -> Iterator[Line]:
    """The keys, and beside them what they do, over as many lines as that needs."""
    keys, does = pair
    room = max(12, cells(keys) + 1)
    for line in broken([(does, "")], width - room - 1):
        yield (pad(keys, room), "accent"), (pad("".join(text for text, _role in line), width - room), "")
        keys = ""
