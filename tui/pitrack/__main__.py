"""``pitrack`` and ``python -m pitrack``."""

from __future__ import annotations

import gc


def main() -> None:
    # A command is over before its garbage would matter: looking for it took a fifth of the time, a good part of it at
    # the very end. The app turns it on again once it has read the book.
    gc.disable()
    try:
        from pitrack.cli.main import cli

        cli()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
