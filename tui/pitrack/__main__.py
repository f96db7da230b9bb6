"""``pitrack`` and ``python -m pitrack``."""

from __future__ import annotations


def main() -> None:
    from pitrack.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
