"""Pictures of Today at a phone's, a default and a wide size."""

from __future__ import annotations

from typing import Protocol

import pytest
from textual.pilot import Pilot

from pitrack.app import PitrackApp


class Compare(Protocol):
    def __call__(self, app: PitrackApp, **how: object) -> bool: ...


async def _settled(pilot: Pilot[None]) -> None:
    workers = pilot.app.workers
    if running := [worker for worker in workers if worker.group == "money"]:
        await workers.wait_for_complete(running)
    await pilot.press("j")
    await pilot.pause()


@pytest.mark.parametrize("size", [(44, 30), (80, 24), (120, 40)], ids=["phone", "default", "wide"])
def test_today(app: PitrackApp, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=_settled)
