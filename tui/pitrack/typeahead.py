"""Keys typed ahead: each is handled where the one before has led, as over a slow line or by a quick hand."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

LAPS = 2
"""A key may make a widget send a message, which follows the same way: once for the key, once for that."""
PATIENCE = 3.0
"""Seconds after which a key that got lost with its widget holds up the next ones no longer."""


class Passed(Message):
    """Follows a key on its way up from the widget that it was sent to: once it arrives, the key has been there."""

    def __init__(self, target: MessagePump, number: int, lap: int) -> None:
        super().__init__()
        self.target = target
        self.number = number
        self.lap = lap


class TypeAheadApp(App[None]):
    """An app that hands out keys and pasted text one by one.

    Textual sends each at once to the widget that has the focus when it arrives, so that those after a key that opens a
    dialog, or closes one, miss their place.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._number = 0
        """Number of the key that was sent last."""
        self._is_sent = False
        """Whether that key is still being dealt with."""
        self._screen_of_key: Screen[Any] | None = None

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._screen_changed, immediate=True)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if not self._is_sent:
                await self._send()
            elif len(self._typed) == 1:
                self.set_timer(PATIENCE, partial(self._go_on, self._number))
        else:
            await super().on_event(event)

    async def send_typed(self, event: events.Key | events.Paste) -> None:
        """Hand a key or a pasted text to the widget that is to have it."""
        await super().on_event(event)

    async def _send(self) -> None:
        self._number += 1
        self._is_sent = True
        self._screen_of_key = self.screen
        number, target = self._number, self.focused or self.screen
        await self.send_typed(self._typed.popleft())
        await self._follow(target, number, 1)

    async def _follow(self, target: MessagePump, number: int, lap: int) -> None:
        if lap > LAPS or not target.post_message(Passed(target, number, lap)):
            await self._go_on(number)

    async def on_passed(self, passed: Passed) -> None:
        if self.screen is self._screen_of_key:
            await self._follow(passed.target, passed.number, passed.lap + 1)

    def _screen_changed(self, screen: Screen[Any]) -> None:
        """The key has led to another screen, which is to be ready for the next one."""
        if self._is_sent:
            screen.call_after_refresh(self._go_on, self._number)

    async def _go_on(self, number: int) -> None:
        """Send the next key, where ``number`` is the one that is being dealt with."""
        if self._is_sent and self._number == number:
            self._is_sent = False
            if self._typed and self.is_running:
                await self._send()
