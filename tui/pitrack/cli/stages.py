"""The steps of the launch method as they are typed."""

from __future__ import annotations

from typing import Any

import click

from pitrack.cli.failures import WrongUsage
from pitrack.cli.parts import OneOf
from pitrack.core.launch import TRACK
from pitrack.core.model import Stage
from pitrack.text import words
from pitrack.text.i18n import _
from pitrack.text.plain import printable
from pitrack.text.reading import normal

STEPS: tuple[Stage, ...] = (*TRACK, "stopped")
_NAMES: dict[Stage, str] = {"idea": "problem"}
"""The step that starts everything, as it is shown; its code is understood, too."""


class StepName(OneOf):
    """A step by its name, or as it is shown, as the stage that it stands for."""

    def __init__(self) -> None:
        self.stages = {step_name(stage): stage for stage in STEPS}
        super().__init__([*self.stages], self._step, self._stage)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if found := self.find(value):
            return self.stages[found]
        for stage in STEPS:
            if normal(value) == stage:
                return stage
        said = _("“{name}” is no step. Choose one of: {steps}.")
        raise WrongUsage(said.format(name=printable(value), steps=self.listed()))

    def _step(self, name: str) -> str:
        from pitrack.text.launch import step

        return step(self.stages[name])

    def _stage(self, name: str) -> str:
        return words.stage(self.stages[name])


def step_name(stage: Stage) -> str:
    """What is typed for a stage."""
    return _NAMES.get(stage, stage)
