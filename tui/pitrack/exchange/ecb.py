"""The reference rates of the European Central Bank, from the files that it offers: units of a currency for one euro.

The bank's page "Euro foreign exchange reference rates" has them as CSV, zipped or not, and as XML: those of the last
day, and those of all days since 1999. Nothing is ever fetched from there; the user downloads a file and names it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pitrack.core.money import PIVOT
from pitrack.exchange.found import Bad, Refused, Setting, in_range, read_day, read_number
from pitrack.exchange.opening import ZIP, lines_of, open_parts, text_of, unzipped

T = TypeVar("T")
Quotes = Mapping[str, Mapping[dt.date, Decimal]]
"""By currency and day: how many units of it one euro was worth. A currency of the file may have no day."""

LONGEST_LINE = 2_000
"""Characters; those of the bank have some 350."""
MISSING = ("", "N/A")
_CODE = re.compile(r"[A-Z]{3}")
_DAILY = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")
MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        1,
    )
}
"""As the daily file spells them; the words of this device's language have no say here."""


def read_ecb(path: Path, setting: Setting, currencies: Collection[str]) -> Quotes:
    """The rates of those ``currencies`` that the file has. Refused where it is no file of the bank, or one value of it
    cannot be read; OSError."""
    wanted = {code for code in currencies if _CODE.fullmatch(code) and code != PIVOT}  # a book may be edited by hand
    ((name, data),) = open_parts(path).items()
    if data.startswith(ZIP):
        tables = unzipped(data, ".csv")
        if len(tables) != 1:
            raise Refused("not-ecb")
        ((name, data),) = tables.items()
        name = PurePosixPath(name).name
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _Xml(name, setting, wanted).read(data)
    return _read_csv(text_of(data), name, setting, wanted)


class _Quotes(dict[str, dict[dt.date, Decimal]]):
    """Rates in the making; one is read where it stands, so that what cannot be is refused with its place."""

    def __init__(self, file: str, setting: Setting) -> None:
        super().__init__()
        self.file = file
        self.setting = setting
        self.seen: set[dt.date] = set()

    def cell(self, line: int, column: str, text: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(text)
        except Bad as error:
            raise Refused("cell", file=self.file, line=line, column=column, value=text[:40], why=error.code) from error

    def day(self, line: int, column: str, text: str) -> dt.date:
        """A day that was not there before."""
        return self.cell(line, column, text, self._new_day)

    def add(self, line: int, column: str, code: str, day: dt.date, text: str) -> None:
        of_code = self.setdefault(code, {})
        if text not in MISSING:
            of_code[day] = self.cell(line, column, text, _rate)

    def whole(self) -> Quotes:
        """All of them, at the end of a file; Refused("not-ecb") where that has no day."""
        if not self.seen:
            raise Refused("not-ecb")
        return self

    def _new_day(self, text: str) -> dt.date:
        day = _day(text, self.setting)
        if day in self.seen:
            raise Bad("day-twice")
        self.seen.add(day)
        return day


def _read_csv(text: str, file: str, setting: Setting, currencies: Collection[str]) -> Quotes:
    # The bank quotes nothing, so a line is a row; to the csv module a stray quotation mark would swallow many.
    lines = lines_of(text)
    if max(map(len, lines)) > LONGEST_LINE:
        raise Refused("not-ecb")
    codes = [cell.strip() for cell in lines[0].split(",")]
    while codes and not codes[-1]:
        codes.pop()
    if len(codes) < 2 or codes[0] != "Date" or not all(map(_CODE.fullmatch, codes[1:])) or _is_twice(codes):
        raise Refused("not-ecb")
    wanted = [(place, code) for place, code in enumerate(codes) if code in currencies]
    quotes = _Quotes(file, setting)
    quotes.update({code: {} for _, code in wanted})
    for line, row in enumerate(lines[1:], 2):
        if not row.strip():
            continue
        cells = [cell.strip() for cell in row.split(",")]
        day = quotes.day(line, "Date", cells[0])
        if len(cells) < len(codes) or any(cells[len(codes) :]):
            raise Refused("cell", file=file, line=line, column="Date", value=cells[0][:40], why="fields")
        for place, code in wanted:
            quotes.add(line, code, code, day, cells[place])
    return quotes.whole()


class _Xml:
    """Reads ``<Cube time="2026-11-20"><Cube currency="USD" rate="1.08"/>…``, piece by piece, and holds no tree. A
    document type is refused, and with it whatever entities could unfold to."""

    def __init__(self, file: str, setting: Setting, currencies: Collection[str]) -> None:
        self._currencies = currencies
        self._quotes = _Quotes(file, setting)
        self._day: dt.date | None = None

    def read(self, data: bytes) -> Quotes:
        from xml.parsers import expat

        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # it may name an encoding that there is not
            raise Refused("xml", file=self._quotes.file, line=self._parser.CurrentLineNumber) from error
        return self._quotes.whole()

    def _refuse(self, *_declared: object) -> None:
        raise Refused("doctype")

    def _begin(self, name: str, given: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        line = self._parser.CurrentLineNumber
        if "time" in given:
            self._day = self._quotes.day(line, "time", given["time"].strip())
        elif (code := given.get("currency", "")) in self._currencies:
            if self._day is None:
                raise Refused("not-ecb")
            self._quotes.add(line, "rate", code, self._day, given.get("rate", "").strip())


def _is_twice(codes: Collection[str]) -> bool:
    return len(set(codes)) < len(codes)


def _rate(text: str) -> Decimal:
    rate = read_number(text)
    if not rate:
        raise Bad("zero")
    return rate


def _day(text: str, setting: Setting) -> dt.date:
    """``2026-11-20``, or ``20 November 2026``."""
    match = _DAILY.fullmatch(text)
    if match is None:
        return read_day(text, setting)
    try:
        return in_range(dt.date(int(match[3]), MONTHS.get(match[2], 0), int(match[1])), setting)
    except ValueError as error:
        raise error if isinstance(error, Bad) else Bad("day") from error
