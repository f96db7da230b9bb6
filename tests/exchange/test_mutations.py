"""Files that were damaged anywhere are read, told or refused and nothing else, and what is read fits a book."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitrack.core.model import Settings
from pitrack.exchange.beaver import read_beaver
from pitrack.exchange.dijo import read_dijo
from pitrack.exchange.found import Refused
from pitrack.exchange.habitbull import read_habitbull
from pitrack.exchange.harsh import read_harsh
from pitrack.exchange.loop import read_csv, read_loop
from pitrack.exchange.planning import plan
from pitrack.exchange.presets import Reader
from pitrack.exchange.work import read_timewarrior, read_watson
from pitrack.store import edits
from pitrack.store.book import Book
from pitrack.store.log import Line
from pitrack.store.replay import replay
from pitrack.store.snapshot import BookSnapshot
from tests.exchange.files import DATA, SETTING, TODAY, loop_backup


def files(*names: str) -> dict[str, bytes]:
    return {name.rpartition("/")[2]: (DATA / name).read_bytes() for name in names}


LOOP_CSV = {str(path.relative_to(DATA / "loop-csv")): path.read_bytes() for path in (DATA / "loop-csv").rglob("*.csv")}
SAMPLES: dict[str, tuple[str, Reader, Mapping[str, bytes]]] = {
    "loop backup": ("loop", read_loop, {"backup.db": loop_backup()}),
    "loop csv": ("loop", read_csv, LOOP_CSV),
    "harsh": ("harsh", read_harsh, files("harsh/habits", "harsh/log")),
    "habitbull": ("habitbull", read_habitbull, files("habitbull.csv")),
    "dijo": ("dijo", read_dijo, files("dijo.json")),
    "beaver": ("beaver", read_beaver, files("beaver.json")),
    "timewarrior": ("timewarrior", read_timewarrior, files("timewarrior/2016-01.data")),
    "watson": ("watson", read_watson, files("watson-frames.json")),
}
PIECES = [
    b"", b"\0", b"\xff", b"\x1b[31m", b"-", b'"', b"'", b",", b":", b" : ", b"\n", b"\r", b"[", b"}", b"null", b"true",
    b"-1", b"0", b"99999999999999999999", b"1e999", b"1e-999", b"NaN", b"9999-12-31", b"0000-00-00", b"=1+1",
    "写".encode(), b"\xe2\x80\xae", b"x" * 300,
]  # fmt: skip


STAMP = "2026-11-22T10:00:00.000Z-0000-aaaaaaaa"


@pytest.fixture(scope="module", name="snap")
def _snap(tmp_path_factory: pytest.TempPathFactory) -> BookSnapshot:
    folder = tmp_path_factory.mktemp("book")
    settings = Settings("", zone="Europe/Paris", day_start=3)
    book = Book.create(folder / "pitrack.json", settings, state=folder / "state")
    book.apply(edits.add_stream(book.snapshot(), "Newsletter"))
    return book.snapshot()


@pytest.mark.parametrize("sample", SAMPLES)
@given(data=st.data())
def test_damage_does_no_harm(snap: BookSnapshot, sample: str, data: st.DataObject) -> None:
    preset, read, parts = SAMPLES[sample]
    parts = dict(parts)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(parts)))
        content = parts[name]
        at = data.draw(st.integers(0, len(content)))
        end = min(len(content), at + data.draw(st.integers(0, 12)))
        parts[name] = content[:at] + data.draw(st.sampled_from(PIECES) | st.binary(max_size=6)) + content[end:]
    try:
        found = read(parts, SETTING)
    except Refused:
        return
    planned = plan(snap, found, preset, TODAY)
    after = BookSnapshot(replay(snap.document, [Line(STAMP, planned.change, ())]))
    assert after.invalid() == ()
    assert len(after.habits) == len(found.habits)
