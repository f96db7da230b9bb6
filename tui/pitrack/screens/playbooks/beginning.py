"""What choosing a playbook would make, to be looked over: each part can be changed or left out before it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pitrack.core.model import Stage
from pitrack.exchange.playbooks import Action, Outcome, Playbook
from pitrack.exchange.starting import Start, plan_of, start_of
from pitrack.keeper import Apply
from pitrack.screens.base import BookScreen
from pitrack.screens.playbooks import lines as draw
from pitrack.store.errors import BookError
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.pieces import Line, spread
from pitrack.widgets.rows import RowList
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.store.snapshot import BookSnapshot

T = TypeVar("T")
NARROW = 76
"""Columns below which a row has two lines."""


class Part(NamedTuple):
    """One thing that would be made: the stream, an action or a metric by its place, or a step by its stage."""

    kind: str
    at: int = 0
    stage: Stage = "idea"

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.at}:{self.stage}"


class BeginningScreen(BookScreen):
    """Space leaves a part out or takes it back, e changes it, enter makes all that is taken as one change."""

    MODE = "plan"
    CSS_PATH = "playbooks.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-plain")]  # noqa: RUF012 (Textual's)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", N_("make it"), id="beginning.make", key_display="enter", tooltip=N_("make it all")),
        Binding("space", "take", N_("take or leave"), id="beginning.take", tooltip=N_("leave it out, or take it")),
        Binding("e", "edit", N_("edit"), id="beginning.edit", tooltip=N_("change name, target, answers")),
        Binding("escape,q", "leave", N_("back"), id="beginning.back", key_display="esc"),
    ]

    def __init__(self, playbook: Playbook) -> None:
        super().__init__()
        self.playbook = playbook
        self.snapshot: BookSnapshot | None = None
        self.start: Start | None = None
        """All parts, those that are left out too."""
        self.left_out: set[str] = set()
        self._made = False

    def body(self) -> ComposeResult:
        yield Told(id="title")
        yield RowList[Part](self._line, lambda part: part.key, id="parts-to-make")
        yield Told(id="foot")

    @property
    def rows(self) -> RowList[Part]:
        rows: RowList[Part] = self.query_one("#parts-to-make", RowList)
        return rows

    @property
    def taken(self) -> Start:
        """What would be made as it stands."""
        assert self.start
        is_taken = self._is_taken
        return self.start._replace(
            actions=tuple(one for at, one in enumerate(self.start.actions) if is_taken(Part("action", at))),
            metrics=tuple(one for at, one in enumerate(self.start.metrics) if is_taken(Part("metric", at))),
            answers={
                stage: given
                for stage, answers in self.start.answers.items()
                if is_taken(Part("step", stage=stage)) and (given := _given(answers))
            },
        )

    def _is_taken(self, part: Part) -> bool:
        return part.key not in self.left_out

    # Showing

    def view(self, snapshot: BookSnapshot, today: dt.date) -> None:
        self.snapshot = snapshot
        self.start = self.start or start_of(self.playbook, snapshot.settings.currency)
        self._draw()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        start = self.start
        if start is None:
            return
        parts: list[tuple[str, Sequence[Part]]] = [
            (_("Stream"), [Part("stream")]),
            (_("Actions"), [Part("action", at) for at in range(len(start.actions))]),
            (_("What to count"), [Part("metric", at) for at in range(len(start.metrics))]),
            (_("Launch steps, to begin with"), [Part("step", stage=stage) for stage in start.answers]),
        ]
        items: list[Part] = []
        heads = {}
        for title, found in parts:
            if found:
                heads[len(items)] = partial(_head, title)
                items += found
        self._names = draw.widest(self._texts(part) for part in items if part.kind != "stream")
        self.query_one("#title", Told).tell(self._title)
        self.rows.show(items, heads, lines=2 if self.size.width < NARROW else 1)
        self.rows.redraw()
        self._draw_foot()
        self.refresh_bindings()

    def _title(self, width: int) -> list[Line]:
        name: Line = ((" " + _("Begin with a playbook"), "strong"),)
        return [spread(name, ((printable(self.playbook.name) + " ", "muted"),), width)]

    def _texts(self, part: Part) -> tuple[str, str]:
        assert self.start
        assert self.snapshot
        match part.kind:
            case "action":
                return draw.action_texts(self.start.actions[part.at], self.snapshot.settings.week_start)
            case "metric":
                return draw.metric_texts(self.start.metrics[part.at])
            case _:
                return draw.step_texts(part.stage, self.start.answers[part.stage])

    def _line(self, part: Part, line: int, width: int) -> Line:
        assert self.start
        if part.kind == "stream":
            one_line = self.rows.lines == 1
            return draw.stream_row(self.taken, width) if one_line else draw.stream_rows(self.taken, line, width)
        name, detail = self._texts(part)
        if self.rows.lines == 1:
            return draw.choice_row(self._is_taken(part), name, detail, min(self._names, width // 2), width)
        return draw.choice_rows(self._is_taken(part), name, detail, line, width)

    def _draw_foot(self) -> None:
        self.query_one("#foot", Told).tell(self._foot)

    def _foot(self, width: int) -> list[Line]:
        if self.start is None or self.snapshot is None:
            return []
        return [((" ", ""), *line) for line in draw.made(self.taken, width - 2)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        chosen = self.rows.highlighted if self.is_mounted else None
        return chosen is not None and chosen.kind != "stream" if action == "take" else True

    def on_row_list_highlighted(self) -> None:
        self.refresh_bindings()

    def on_row_list_selected(self) -> None:
        self.action_edit()

    def action_take(self) -> None:
        if chosen := self.rows.highlighted:
            self.left_out ^= {chosen.key}
            self._draw()

    def action_edit(self) -> None:
        from pitrack.screens.dialogs import beginning as forms

        chosen, start, snapshot = self.rows.highlighted, self.start, self.snapshot
        if chosen is None or start is None or snapshot is None:
            return
        match chosen.kind:
            case "stream":
                self.app.push_screen(forms.StreamPart(snapshot, start), self._changed)
            case "action":
                form = forms.ActionPart(start.actions[chosen.at], snapshot.settings.week_start)
                self.app.push_screen(form, partial(self._action_changed, chosen))
            case "metric":
                self.app.push_screen(forms.MetricPart(start.metrics[chosen.at]), partial(self._metric_changed, chosen))
            case _:
                step = forms.StepPart(chosen.stage, start.answers[chosen.stage], self.playbook)
                self.app.push_screen(step, partial(self._step_changed, chosen))

    def _changed(self, start: Start | None) -> None:
        if start:
            self.start = start
            self._draw()

    def _action_changed(self, part: Part, action: Action | None) -> None:
        if action and self.start:
            self._keep(part, self.start._replace(actions=_with(self.start.actions, part.at, action)))

    def _metric_changed(self, part: Part, outcome: Outcome | None) -> None:
        if outcome and self.start:
            self._keep(part, self.start._replace(metrics=_with(self.start.metrics, part.at, outcome)))

    def _step_changed(self, part: Part, answers: dict[str, str] | None) -> None:
        if answers is not None and self.start:
            self._keep(part, self.start._replace(answers={**self.start.answers, part.stage: answers}))

    def _keep(self, part: Part, start: Start) -> None:
        """What was changed is taken."""
        self.left_out.discard(part.key)
        self._changed(start)

    def action_make(self) -> None:
        if self.snapshot is None or self.start is None or self._made:
            return
        taken = self.taken
        try:
            change = plan_of(self.snapshot, taken, self.pitrack.today)
        except BookError as error:
            self.pitrack.refuse(error)
            return
        self._made = True
        app = self.pitrack
        app.post_message(Apply(change))
        while len(app.screen_stack) > 1:
            app.pop_screen()
        from pitrack.screens.plan.screen import PlanScreen
        from pitrack.screens.playbooks.begun import BegunScreen

        if isinstance(app.screen, PlanScreen):
            app.screen.launch_part.expect(change.writes[0].id)
        app.push_screen(BegunScreen(self.playbook, taken))

    def action_leave(self) -> None:
        self.dismiss()


def _head(title: str, _width: int) -> Line:
    return ((title.upper(), "head"),)


def _given(answers: Mapping[str, str]) -> dict[str, str]:
    """Those that are not empty."""
    return {code: text for code, text in answers.items() if text}


def _with(parts: tuple[T, ...], at: int, part: T) -> tuple[T, ...]:
    return (*parts[:at], part, *parts[at + 1 :])
