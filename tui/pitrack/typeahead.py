"""Keys typed ahead: each is handled where the one before has led, as over a slow line or by a quick hand."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

PATIENCE = 3.0
"""Seconds after which a key that got lost with its widget holds up the next ones no longer."""


class Handled(Message):
    """Follows a key up from the widget that it was sent to; once it arrives, the key has been dealt with."""


class TypeAheadApp(App[None]):
    """An app that hands out keys and pasted text one by one. Textual sends all of them at once to the widget that has
    the focus when they arrive, so that those after a key that opens a dialog would miss it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._sent_on: Screen[Any] | None = None
        """The screen on which a key is being dealt with."""
        self._count = 0

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if self._sent_on is None:
                await self._send()
            elif len(self._typed) == 1:
                self.set_timer(PATIENCE, partial(self._go_on_without, self._count))
        else:
            await super().on_event(event)

    async def send_typed(self, event: events.Key | events.Paste) -> None:
        """Hand a key or a pasted text to the widget that is to have it."""
        await super().on_event(event)

    async def _send(self) -> None:
        self._sent_on = self.screen
        self._count += 1
        target = self.focused or self.screen
        await self.send_typed(self._typed.popleft())
        if not target.post_message(Handled()):
            await self._go_on()

    async def on_handled(self) -> None:
        if self.screen is self._sent_on:
            await self._go_on()
        elif self._sent_on is not None:  # the key has led to another screen, which is to be ready for the next one
            self.screen.call_after_refresh(self._go_on)

    async def _go_on_without(self, number: int) -> None:
        if self._sent_on is not None and self._count == number:
            await self._go_on()

    async def _go_on(self) -> None:
        self._sent_on = None
        if self._typed and self.is_running:
            await self._send()
