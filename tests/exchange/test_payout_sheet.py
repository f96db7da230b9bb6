"""Opening files of platforms: their encodings and shapes, and those that mean harm."""

from __future__ import annotations

import datetime as dt
import io
import os
import resource
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.recognise import best, fitting, recognise
from pitrack.exchange.payouts.sheet import Table, open_tables
from tests.exchange.files import zipped
from tests.exchange.shops import SHOP, shop


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def opened(path: Path, data: bytes) -> Table:
    path.write_bytes(data)
    (table,) = open_tables(path)
    return table


def refused(path: Path, data: bytes) -> Refused:
    path.write_bytes(data)
    with pytest.raises(Refused) as error:
        open_tables(path)
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_encodings(path: Path, encoding: str) -> None:
    table = opened(path, "日付,金額\r\n2026-10-01,100\r\n".encode(encoding))
    assert table.columns == ("日付", "金額")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [(2, {"日付": "2026-10-01", "金額": "100"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(path: Path, delimiter: str) -> None:
    table = opened(path, delimiter.join("abc").encode() + b"\n" + delimiter.join(['"1,5;2"', "3", "4"]).encode())
    assert table.columns == ("a", "b", "c")
    assert dict(table.rows[0].cells) == {"a": "1,5;2", "b": "3", "c": "4"}


def test_decimal_commas_do_not_part_cells(path: Path) -> None:
    assert opened(path, b"a;b;c\n1,5;2,5;3,5\n").columns == ("a", "b", "c")


def test_headers_of_one_name_are_kept_apart(path: Path) -> None:
    assert opened(path, b" Fee ,fee,,X\n1,2,3,4\n").columns == ("Fee", "fee (2)", "(3)", "X")


def test_titles_above_the_header_are_passed_over(path: Path) -> None:
    table = opened(path, b"Report of October\n\nfor me, myself\nID,Gross,Date\n1,5,2026-10-01\n")
    (headed,) = fitting(shop(needed=("Gross", "ID")), [table])
    assert headed.columns == ("ID", "Gross", "Date")
    assert [row.line for row in headed.rows] == [5]


def test_a_preset_is_told_by_the_header_only(path: Path) -> None:
    table = opened(path, "ｉｄ, GROSS ,Date,Type\n1,5,2026-10-01,x\n".encode())
    presets = {
        "wide": shop(name="wide", needed=("ID", "Gross", "Date")),
        "narrow": shop(name="narrow", needed=("ID",)),
        "other": shop(name="other", needed=("ID", "Gross"), without=("Type",)),
        "none": shop(name="none", needed=("Amount",)),
        "own": shop(name="own"),
    }
    found = recognise([table], presets)
    assert [preset.name for preset, _ in found] == ["wide", "narrow"]
    assert [preset.name for preset in best(found)] == ["wide"]
    assert best([]) == []
    with pytest.raises(Refused) as error:
        fitting(presets["none"], [table])
    assert (error.value.code, error.value.details) == ("columns", {"file": "file.csv", "missing": ["Amount"]})


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'a,b\n1,2\n"3,4\n5,6\n', "csv", 3),
        (b"a,b\n1,\x002\n", "binary", 2),
        (b"a,b\n\x81,\xfd\n", "encoding", 2),
        (b"a,b\n" + b"x" * 100_001 + b",2\n", "long-cell", 2),
        (b'a,b\n"' + b"x,\n" * 100_000, "long-cell", 2),
        (b"a," * 1_000_000, "wide", 1),
        (b"a,b\n" + b"1," * 1_000_000 + b"1", "wide", 2),
    ],
    ids=["lone quote", "zero byte", "no text", "long cell", "open quote", "wide header", "wide row"],
)
def test_what_is_no_table(path: Path, data: bytes, code: str, line: int) -> None:
    error = refused(path, data)
    assert (error.code, error.details["line"]) == (code, line)


@pytest.mark.parametrize("data", [b"", b"\n\n", b" , ,\n"])
def test_a_file_without_anything(path: Path, data: bytes) -> None:
    assert refused(path, data).code == "no-table"


def test_a_line_of_a_gigabyte_is_refused_unread(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused, match="too-large"):
        open_tables(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder"):
        open_tables(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_tables(tmp_path / "none.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(Refused, match="special"):
        open_tables(tmp_path / "pipe.csv")


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheets_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(
        workbook(
            Sales=[["Report"], [], ["ID", "Gross", "Date"], ["a", 2.79, dt.datetime(2026, 10, 1, 5)], ["b", 3, None]],
            Empty=[],
            Other=[["x"], [True]],
        )
    )
    sales, other = open_tables(path)
    assert (sales.name, other.name) == ("Sales", "Other")
    (headed,) = fitting(shop(needed=("Gross",), sheets=("sales",)), [sales, other])
    assert [(row.line, dict(row.cells)) for row in headed.rows] == [
        (4, {"ID": "a", "Gross": "2.79", "Date": "2026-10-01"}),
        (5, {"ID": "b", "Gross": "3"}),
    ]


def test_sums_of_a_workbook_are_those_that_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(A=[["Gross"], [0.1 + 0.2], [1e15], [-0.5]]))
    assert [row.cells["Gross"] for row in open_tables(path)[0].rows] == ["0.3", "1000000000000000", "-0.5"]


def swapped(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return zipped({**members, name: content})


def test_workbooks_that_mean_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    good = workbook(A=[["Gross"], [1]])
    sheet = "xl/worksheets/sheet1.xml"
    far = b'<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for data, code in (
        (good[:200], "damaged-zip"),
        (zipped({"a.txt": "x"}), "not-xlsx"),
        (swapped(good, sheet, b" " * 60_000_000), "bomb"),
        (swapped(good, sheet, b"<worksheet><broken"), "not-xlsx"),
        (swapped(good, sheet, b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), "not-xlsx"),
        (swapped(good, sheet, far.replace(b"<worksheet", b"<worksheet " + main)), "many-rows"),
    ):
        assert refused(path, data).code == code


def test_a_preset_with_sheets_reads_no_csv(path: Path) -> None:
    with pytest.raises(Refused, match="columns"):
        fitting(SHOP._replace(sheets=("Sales",)), [opened(path, b"Date,Gross,Net\n")])
