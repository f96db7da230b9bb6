"""Watching the folders of a book, so that what others write is shown at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch


async def watch(
    folders: Callable[[], tuple[Path, ...]], look: Callable[[], Awaitable[None]], stop: asyncio.Event
) -> None:
    """Look now, and whenever something changes in the folders of a book, which are others once another book took the
    place of it; until ``stop`` is set, or where no more folders can be watched."""
    await look()
    watched: tuple[Path, ...] = ()
    with suppress(OSError, RuntimeError):
        while watched != folders():
            watched = folders()
            there = [folder for folder in watched if folder.is_dir()]
            async for _changes in awatch(*there, recursive=False, stop_event=stop):
                await look()
                if watched != folders():
                    break
