"""When Python looks for garbage: not while a command runs or the app begins, and never among the records of a book."""

from __future__ import annotations

import gc


def settle() -> None:
    """Look for garbage from now on, but not among what is there by now: the records stay, and to look through a hundred
    thousand of them stops the app for a tenth of a second each time."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
