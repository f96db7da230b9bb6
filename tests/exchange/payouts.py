"""The sample files of payouts: those of ``tests/data/payouts``, of which ``.sheets`` are to be made into workbooks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from tests.exchange.files import DATA

PAYOUTS = DATA / "payouts"


def workbook(path: Path, text: str) -> Path:
    """An XLSX of a text: ``= Name`` begins a sheet, its lines are rows, tabs part their cells, numbers are numbers."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for line in text.splitlines():
        if line.startswith("= "):
            sheet = made.create_sheet(line.removeprefix("= "))
        else:
            sheet.append([_value(cell) for cell in line.split("\t")])
    made.save(path)
    return path


def _value(cell: str) -> str | float:
    try:
        return float(cell)
    except ValueError:
        return cell


def sample(preset: str, folder: Path) -> Path:
    """The sample file of a preset, under a name that tells nothing of it."""
    sheets = PAYOUTS / f"{preset}.sheets"
    if sheets.exists():
        return workbook(folder / "export.xlsx", sheets.read_text("utf-8"))
    path = folder / "export.csv"
    path.write_bytes((PAYOUTS / f"{preset}.csv").read_bytes())
    return path
