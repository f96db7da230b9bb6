"""The files of the European Central Bank: rates to the digit, and one plain reason for what is none of them."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.exchange.ecb import Quotes, read_ecb
from pitrack.exchange.found import Refused
from pitrack.text.importing import refusal
from tests.exchange.files import DATA, SETTING, d, zipped

ECB = DATA / "ecb"
NEWEST = dt.date(2026, 11, 20)
HEAD = "Date, USD, JPY, \n"


def quotes(data: str | bytes, folder: Path, *currencies: str) -> Quotes:
    path = folder / "file"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_ecb(path, SETTING, currencies or ("USD", "JPY"))


def refused(data: str | bytes, folder: Path) -> str:
    with pytest.raises(Refused) as error:
        quotes(data, folder)
    return refusal(error.value.code, error.value.details)


def test_only_the_currencies_asked_for_are_read() -> None:
    found = read_ecb(ECB / "eurofxref-hist.csv", SETTING, {"USD", "RUB", "TWD", "EUR"})
    assert found == {
        "USD": {
            NEWEST: d("1.08"),
            dt.date(2026, 11, 19): d("1.079"),
            dt.date(2026, 10, 30): d("1.25"),
            dt.date(2026, 10, 29): d("1.24"),
            dt.date(2026, 9, 11): d("1.2"),
            dt.date(2026, 9, 9): d("1.19"),
            dt.date(2025, 12, 31): d("1.1"),
            dt.date(2022, 3, 1): d("1.1162"),
        },
        "RUB": {dt.date(2022, 3, 1): d("117.201")},
    }


def test_the_daily_file_has_days_in_words_and_spaces() -> None:
    found = read_ecb(ECB / "eurofxref.csv", SETTING, {"USD", "GBP", "BGN"})
    assert found == {"USD": {NEWEST: d("1.08")}, "GBP": {NEWEST: d("0.86")}, "BGN": {}}


def test_xml_says_the_same() -> None:
    assert read_ecb(ECB / "eurofxref-daily.xml", SETTING, {"USD", "GBP", "BGN"}) == {
        "USD": {NEWEST: d("1.08")},
        "GBP": {NEWEST: d("0.86")},
    }
    history = read_ecb(ECB / "eurofxref-hist.xml", SETTING, {"JPY"})
    assert history == {"JPY": {NEWEST: d("160"), dt.date(2026, 11, 19): d("159.5"), dt.date(2026, 10, 30): d("150")}}


def test_a_euro_in_euros_and_a_code_that_is_none_are_not_read(tmp_path: Path) -> None:
    assert quotes("Date,EUR,USD,\n2026-11-20,2,1.08,\n", tmp_path, "EUR", "USD") == {"USD": {NEWEST: d("1.08")}}
    text = (ECB / "eurofxref-daily.xml").read_text().replace("GBP", "gbp").replace("JPY", "EUR")
    assert quotes(text, tmp_path, "EUR", "gbp", "USD") == {"USD": {NEWEST: d("1.08")}}


@pytest.mark.parametrize("name", ["eurofxref-hist.csv", "eurofxref.csv"])
def test_a_zip_says_the_same(name: str, tmp_path: Path) -> None:
    packed = quotes(zipped({name: (ECB / name).read_bytes()}), tmp_path)
    assert packed == read_ecb(ECB / name, SETTING, {"USD", "JPY"})
    assert packed["USD"][NEWEST] == Decimal("1.08")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_a_byte_order_mark_and_empty_lines(end: str, tmp_path: Path) -> None:
    text = "\ufeff" + f"{HEAD}2026-11-20, 1.08, 160,\n\n".replace("\n", end)
    assert quotes(text, tmp_path) == {"USD": {NEWEST: d("1.08")}, "JPY": {NEWEST: d("160")}}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2026-11-20,1.08,abc,", "line 2, column JPY, “abc”: it is not a number"),
        ("2026-11-20,1.08,160,\n2026-11-19,-1,160,", "line 3, column USD, “-1”: it cannot be below zero"),
        ("2026-11-20,0,160,", "line 2, column USD, “0”: it has to be above zero"),
        ("2026-11-20,1e99,160,", "line 2, column USD, “1e99”: it is too long"),
        ("2026-11-20,NaN,160,", "line 2, column USD, “NaN”: it is not a number"),
        ("2026-11-20,\x1b[31m,160,", "line 2, column USD, “\\x1b[31m”: it is not a number"),
        ("20/11/2026,1.08,160,", "line 2, column Date, “20/11/2026”: it is not a day like 2026-11-22"),
        ("31 November 2026,1.08,160,", "line 2, column Date, “31 November 2026”: it is not a day like 2026-11-22"),
        ("20 Novembre 2026,1.08,160,", "line 2, column Date, “20 Novembre 2026”: it is not a day like 2026-11-22"),
        ("2126-11-20,1.08,160,", "line 2, column Date, “2126-11-20”: the day lies too far away"),
        ("2026-11-20,1,1,\n\n2026-11-20,2,2,", "line 4, column Date, “2026-11-20”: the day is there twice"),
        ("2026-11-20,1.08", "line 2, column Date, “2026-11-20”: it has too few or too many parts"),
        ("2026-11-20,1,1,1,", "line 2, column Date, “2026-11-20”: it has too few or too many parts"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(rows: str, told: str, tmp_path: Path) -> None:
    assert refused(HEAD + rows, tmp_path) == told


NOT_ECB = "it is not a file of the ECB's reference rates, such as eurofxref-hist.zip"


@pytest.mark.parametrize(
    "data",
    [
        "",
        HEAD,
        "HabitName,CalendarDate\nRun,2026-11-20\n",
        "Date,Description,Amount\n2026-11-20,x,1\n",
        "Date,USD,USD\n2026-11-20,1,2\n",
        "Date\n2026-11-20\n",
        HEAD + "," * 3_000,
        '{"_book": {}}',
        "<html><body>not found</body></html>",
        "<a><Cube currency='USD' rate='1'/></a>",
        zipped({"readme.txt": "x"}),
        zipped({"a.csv": HEAD, "b.csv": HEAD}),
    ],
)
def test_another_file_is_refused(data: str | bytes, tmp_path: Path) -> None:
    assert refused(data, tmp_path) == NOT_ECB


def test_a_bad_value_in_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (ECB / "eurofxref-daily.xml").read_text()
    assert refused(text.replace("160.00", "x"), tmp_path) == "line 10, column rate, “x”: it is not a number"
    assert refused(text.replace("2026-11-20", "soon"), tmp_path) == (
        "line 8, column time, “soon”: it is not a day like 2026-11-22"
    )
    assert refused(text[:-20], tmp_path).startswith("it is not valid XML in line ")
    assert refused(text.replace("UTF-8", "klingon"), tmp_path).startswith("it is not valid XML in line ")


def test_entities_are_refused_before_they_unfold(tmp_path: Path) -> None:
    told = "it declares a document type, which no file of the ECB does"
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    assert refused(f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{lol}]><a>&l9;</a>', tmp_path) == told
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert refused(outside, tmp_path) == told


def test_what_harms_is_refused(tmp_path: Path) -> None:
    assert refused(zipped({"eurofxref.csv": b"0" * 3_000_000}), tmp_path) == (
        "it is a zip file that unpacks to far more than it should (at most 50 MB)"
    )
    assert refused(zipped({"eurofxref.csv": HEAD})[:-9], tmp_path) == "it is a damaged zip file"
    assert refused(HEAD.encode() + b"\xff", tmp_path) == "line 2 is not text in UTF-8"
    large = tmp_path / "large.csv"
    large.touch()
    os.truncate(large, 200_000_000)
    with pytest.raises(Refused) as error:
        read_ecb(large, SETTING, {"USD"})
    assert refusal(error.value.code, error.value.details) == "it is too large (over 50 MB)"
    with pytest.raises(Refused, match="folder"):
        read_ecb(tmp_path, SETTING, {"USD"})
    with pytest.raises(FileNotFoundError):
        read_ecb(tmp_path / "none.csv", SETTING, {"USD"})
