"""This device's settings, and what it says of its user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pitrack.config import Config, load, save, warning
from pitrack.locality import local_currency


def test_without_a_file_everything_is_at_its_default(home: Path) -> None:
    assert load() == Config()
    assert warning(load()) == ""


def test_what_it_reads(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('language = "ja"\ntheme = "paper"\nglyphs = "ascii"\nbook = "cloud/book.json"\nkeys = 5\n')
    assert load(file) == Config("ja", "paper", "ascii", tmp_path / "cloud/book.json")


def test_a_home_is_expanded(tmp_path: Path, home: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('book = "~/book.json"')
    assert load(file).book == home / "book.json"


@pytest.mark.parametrize("content", [b"theme = [", b"\xff\xfe", b"theme = 'a'\ntheme = 'b'"])
def test_a_broken_file_is_one_warning(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    config = load(file)
    assert config == Config(problem=config.problem)
    assert warning(config, file).startswith(f"Your settings in {file} cannot be read and are left out: ")
    assert "\n" not in warning(config, file)


def test_a_folder_in_its_place_is_one_warning(tmp_path: Path) -> None:
    assert warning(load(tmp_path), tmp_path).endswith("are left out: Is a directory")


def test_values_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = 3\nglyphs = ["a"]\nlanguage = "ja"\n')
    config = load(file)
    assert (config.language, config.wrong) == ("ja", ("theme", "glyphs"))
    assert warning(config, file) == (f"In {file}, theme, glyphs are left out: their values have to be texts in quotes.")


def test_save_keeps_the_rest_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    save({"language": "ja"}, file)
    assert file.read_text() == 'language = "ja"\n'
    file.write_text('# mine\nlanguage = "ja"  # old\n[keys]\nundo = "z"\n')
    save({"language": "en", "book": 'a"b\\c.json'}, file)
    assert file.read_text() == 'book = "a\\"b\\\\c.json"\n# mine\nlanguage = "en"\n[keys]\nundo = "z"\n'
    assert load(file).book == file.parent / 'a"b\\c.json'


@pytest.mark.parametrize("content", ["theme = [\n", 'language = """\nja"""\n'])
def test_save_leaves_a_file_alone_that_it_does_not_understand(tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    save({"language": "en"}, file)
    assert file.read_text() == content


def test_commands_warn_once_and_go_on(run, home: Path) -> None:
    run("--new", "status")
    folder = home / "config" / "pitrack"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("theme = [")
    result = run("status")
    assert (result.exit_code, result.stdout) == (0, "0 open, 0 done\n")
    assert result.stderr.count("\n") == 1


def test_the_book_of_the_settings_is_used_and_never_made(run, ok, home: Path) -> None:
    folder = home / "config" / "pitrack"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('book = "mine.json"')
    assert run("idea", "x").exit_code == 1
    assert run("--new", "idea", "x").exit_code == 0
    (first, *_rest) = ok("where").splitlines()
    assert first.split() == ["Book", str(folder / "mine.json"), "chosen", "in", "config.toml"]


@pytest.mark.parametrize(
    ("locale", "currency"),
    [("ja_JP.UTF-8", "JPY"), ("de_DE@euro", "EUR"), ("en-GB", "GBP"), ("C.UTF-8", "USD"), ("en", "USD"), ("", "USD")],
)
def test_the_currency_of_the_locale(monkeypatch: pytest.MonkeyPatch, locale: str, currency: str) -> None:
    monkeypatch.setenv("LANG", locale)
    assert local_currency() == currency


def system_zone(zone: str) -> str:
    code = "from pitrack.locality import local_zone; print(local_zone())"
    env = os.environ | {"TZ": zone}
    result = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return result.stdout.strip()


def test_the_zone_of_the_system() -> None:
    assert system_zone("Europe/Berlin") == "Europe/Berlin"
    assert system_zone(":Asia/Tokyo") == "Asia/Tokyo"
    assert ZoneInfo(system_zone("Nowhere/Land"))


def test_hidden_amounts(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    save({"hidden": True, "theme": "paper"}, file)
    assert "hidden = true\n" in file.read_text()
    assert load(file) == Config(theme="paper", hidden=True)
    save({"hidden": False}, file)
    assert load(file) == Config(theme="paper")
