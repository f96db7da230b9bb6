"""Files made to harm: refused plainly, nothing of them unpacked."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pitrack.exchange import opening
from pitrack.exchange.dijo import read_dijo
from pitrack.exchange.found import Refused
from pitrack.exchange.habitbull import read_habitbull
from pitrack.exchange.harsh import read_harsh
from pitrack.exchange.opening import open_parts, text_of, unzipped
from pitrack.exchange.presets import Reader
from pitrack.exchange.tables import plain_cell, safe
from pitrack.exchange.work import read_timewarrior
from tests.exchange.files import SETTING, zipped


def refused(call: object, *args: object) -> str:
    with pytest.raises(Refused) as error:
        call(*args)  # type: ignore[operator]
    return error.value.code


@pytest.mark.parametrize(
    "name", ["../../x", "a/../../x.csv", "/etc/x.csv", "..\\x.csv", "C:\\x.csv", "C:x.csv", "\\\\server\\x.csv", ".."]
)
def test_a_path_that_leads_out_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(unzipped, zipped({"Habits.csv": "x", name: "x"}), ".csv") == "leads-out"
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refused(unzipped, zipped({"Habits.csv": b"0" * 3_000_000}), ".csv") == "bomb"
    assert refused(unzipped, zipped({"a.bin": b"0" * 26_000_000, "b.bin": b"1" * 26_000_000}), ".csv") == "bomb"
    assert refused(unzipped, zipped({f"{number}.csv": "" for number in range(5_001)}), ".csv") == "many"


def test_a_dense_zip_of_a_sensible_size_is_read() -> None:
    assert unzipped(zipped({"a.csv": b"0" * 1_900_000}), ".csv") == {"a.csv": b"0" * 1_900_000}


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({"a.csv": b"x" * 1000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(unzipped, bytes(data), ".csv") == "damaged-zip"


def test_a_locked_zip_a_double_and_a_damaged_one_are_refused() -> None:
    data = bytearray(zipped({"a.csv": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(unzipped, bytes(data), ".csv") == "locked-zip"
    assert refused(unzipped, zipped({"a.csv": "1", "A.CSV": "2"})[:-5], ".csv") == "damaged-zip"
    with pytest.warns(UserWarning, match="Duplicate"):
        double = zipfile_of_doubles()
    assert refused(unzipped, double, ".csv") == "twice"


def zipfile_of_doubles() -> bytes:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "1")
        archive.writestr("a.csv", "2")
    return out.getvalue()


def test_only_members_of_the_ending_are_read() -> None:
    assert unzipped(zipped({"a.CSV": "1", "b.exe": "2"}), ".csv") == {"a.CSV": b"1"}


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert refused(open_parts, path) == "too-large"


def test_a_folder_counts_as_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 10)
    (tmp_path / "log").write_bytes(b"x" * 6)
    (tmp_path / "habits").write_bytes(b"x" * 4)
    (tmp_path / "else").write_bytes(b"x" * 100)
    assert open_parts(tmp_path, "habits|log") == {"habits": b"xxxx", "log": b"xxxxxx"}
    (tmp_path / "log").write_bytes(b"x" * 7)
    assert refused(open_parts, tmp_path, "habits|log") == "too-large"


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (read_harsh, b"2025-01-15 : A : x\n" * 10_001),
        (read_dijo, b"[" + b"1," * 10_000 + b"1]"),
        (read_timewarrior, b"x\n" * 10_001),
        (read_habitbull, b"HabitName,CalendarDate,Value\n" + b"A,x,1\n" * 10_001),
    ],
)
def test_a_file_of_nothing_but_troubles_is_refused(read: Reader, data: bytes) -> None:
    assert refused(read, {"x": data}, SETTING) == "hopeless"


def test_too_much_json_is_refused_unread() -> None:
    assert refused(read_dijo, {"x": b"[" + b"[]," * 7_000_000 + b"[]]"}, SETTING) == "too-large"


def test_a_folder_where_none_will_do_an_empty_one_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(open_parts, tmp_path) == "folder"
    assert refused(open_parts, tmp_path, "log") == "nothing"
    assert refused(open_parts, tmp_path / "pipe") == "special"
    with pytest.raises(FileNotFoundError):
        open_parts(tmp_path / "nothing")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_says_how_it_is_encoded(encoding: str) -> None:
    assert text_of("名前,é\n".encode(encoding)) == "名前,é\n"


@pytest.mark.parametrize(("data", "code", "line"), [(b"a\n\xe9", "encoding", 2), (b"a\n\nb\0", "binary", 3)])
def test_what_is_no_text_is_refused_with_its_line(data: bytes, code: str, line: int) -> None:
    with pytest.raises(Refused) as error:
        text_of(data)
    assert (error.value.code, error.value.details) == (code, {"line": line})


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=x", "''=x"),
        ("'x", "'x"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula_and_comes_back(cell: str, written: str) -> None:
    assert safe(cell) == written
    assert plain_cell(written) == cell
