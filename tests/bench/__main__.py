"""``python -m tests.bench [--quick] [--only GROUP]``: measure and print, with the goal beside each figure."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import GROUPS, Figure
from tests.bench.setting import Bench, compile_bytecode

VERDICTS = {True: "ok", False: "missed", None: ""}


def main() -> int:
    """Exit 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure pitrack against its budgets.")
    parser.add_argument("--quick", action="store_true", help="fewer runs, a shorter idle watch")
    parser.add_argument("--only", action="append", choices=list(GROUPS), help="only this group (repeatable)")
    options = parser.parse_args()
    compile_bytecode()
    with tempfile.TemporaryDirectory(prefix="pitrack-bench-") as folder:
        bench = Bench(Path(folder), runs=3 if options.quick else 9, idle=2 if options.quick else 5)
        try:
            figures = [_show(figure) for group in options.only or GROUPS for figure in GROUPS[group](bench)]
        except TimeoutError as error:
            raise SystemExit(str(error)) from None
    return 1 if any(figure.met is False for figure in figures) else 0


def _show(figure: Figure) -> Figure:
    places = {"x": 2, "KB": 2, "%": 1}.get(figure.unit, 0)
    goal = "" if figure.goal is None else f"{'>=' if figure.at_least else '<='} {figure.goal:g} {figure.unit}"
    against = f" {figure.against}" if figure.against else ""
    value = f"{figure.value:.{places}f} {figure.unit}"
    print(f"{figure.name:<30}{value:>12}   {goal:<11}{VERDICTS[figure.met]:<7}{against}".rstrip(), flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main())
