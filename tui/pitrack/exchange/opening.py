"""Opening a file that somebody else made: as bytes in memory, within limits, never unpacked to the disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pitrack.exchange.found import Refused

LARGEST = 50_000_000
"""Bytes of the largest file that is read, and of all that a zip holds: ten years of 25 habits take four."""
MOST_MEMBERS = 5_000
STEEPEST = 250
"""How many times larger the content of a zip may be than the zip; check-ins shrink to a thirtieth at most."""
SMALL = 2_000_000
"""Bytes below which a zip may be as dense as it likes."""

ZIP = b"PK\x03\x04"

Parts = Mapping[str, bytes]
"""Contents by name: of the file itself, of the files of a folder, or of the members of a zip."""


def open_parts(path: Path, folder: str = "") -> Parts:
    """The content of a file, by its name; of a folder, that of the files whose names match the pattern ``folder``
    (where that is empty, no folder will do). Refused("folder" | "too-large" | "special" | "nothing"); OSError."""
    if not path.is_dir():
        return {path.name: _content(path, LARGEST)}
    if not folder:
        raise Refused("folder")
    parts: dict[str, bytes] = {}
    left = LARGEST
    for file in sorted(path.iterdir()):
        if re.fullmatch(folder, file.name) and file.is_file():
            parts[file.name] = _content(file, left)
            left -= len(parts[file.name])
    if not parts:
        raise Refused("nothing")
    return parts


def _content(path: Path, most: int) -> bytes:
    now = path.stat()
    if not stat.S_ISREG(now.st_mode):
        raise Refused("special")
    if now.st_size > most:
        raise Refused("too-large", most=LARGEST // 1_000_000)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Refused("too-large", most=LARGEST // 1_000_000)
    return data


def unzipped(data: bytes, ending: str) -> Parts:
    """The members of a zip whose names have that ending, by name. Refused: what is unsafe or damaged is refused whole,
    even where it would not have been looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check(members, len(data))
            return {
                member.filename: archive.read(member) for member in members if member.filename.lower().endswith(ending)
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise Refused("damaged-zip") from error


def _check(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise Refused("many", most=MOST_MEMBERS)
    whole = sum(member.file_size for member in members)
    if whole > LARGEST or (whole > SMALL and whole > size * STEEPEST):
        raise Refused("bomb", most=LARGEST // 1_000_000)
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if _leads_out(member.orig_filename) or _leads_out(name):
            raise Refused("leads-out", name=name)
        if member.flag_bits & 1:
            raise Refused("locked-zip")
        if name in seen:
            raise Refused("twice", name=name)
        seen.add(name)


def _leads_out(name: str) -> bool:
    """Whether a path might point outside the folder that it is meant for."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or "\0" in name or name[1:2] == ":"


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it says so, with the line ends it has.

    Refused("encoding" | "binary")."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused("encoding", line=line) from error
    if "\0" in text:
        raise Refused("binary", line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def lines_of(text: str) -> list[str]:
    """The lines of a text; only the line ends of files end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
