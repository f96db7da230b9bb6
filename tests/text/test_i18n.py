"""The language is the one asked for, and sentences follow it at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from pitrack.text import i18n
from pitrack.text.i18n import N_, _, ngettext, pgettext


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": "ja_JP"}, "ja"),
        ({"LC_ALL": "ja_JP", "LANGUAGE": "en"}, "en"),
        ({"LANGUAGE": "de:ja:en"}, "ja"),
        ({"LANGUAGE": "", "LANG": "ja"}, "ja"),
    ],
)
def test_the_system_chooses(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: str) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    i18n.setup()
    assert i18n.language() == expected


@pytest.mark.parametrize(("asked", "expected"), [("ja", "ja"), ("ja-JP", "ja"), ("EN", "en"), ("fr", "en")])
def test_an_argument_wins_over_the_system(monkeypatch: pytest.MonkeyPatch, asked: str, expected: str) -> None:
    monkeypatch.setenv("LANGUAGE", "ja" if expected == "en" else "en")
    i18n.setup(asked)
    assert i18n.language() == expected


@pytest.mark.parametrize(
    ("language", "environ", "expected"),
    [
        ("en", {}, "en_US"),
        ("ja", {}, "ja_JP"),
        ("en", {"LANG": "en_GB.UTF-8"}, "en_GB"),
        ("en", {"LANG": "en_GB", "LC_MONETARY": "en_IE@euro"}, "en_IE"),
        ("en", {"LANG": "en_GB", "LC_ALL": "en_AU"}, "en_AU"),
        ("ja", {"LANG": "en_GB.UTF-8"}, "ja_JP"),
        ("en", {"LANG": "C.UTF-8"}, "en_US"),
        ("en", {"LANG": "en_419"}, "en_US"),
    ],
)
def test_formats_follow_the_language(
    monkeypatch: pytest.MonkeyPatch, language: str, environ: dict[str, str], expected: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    i18n.setup(language)
    assert i18n.locale_code() == expected


def test_sentences_are_looked_up_when_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    catalogue = Catalog(locale="ja")
    catalogue.add("nothing due", "予定なし")
    catalogue.add(("{n} day", "{n} days"), ("{n}日",))
    catalogue.add("open", "未完了", context="action")
    written = io.BytesIO()
    write_mo(written, catalogue)
    folder = tmp_path / "ja" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "pitrack.mo").write_bytes(written.getvalue())
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)

    marked = N_("nothing due")
    assert _(marked) == "nothing due"
    i18n.setup("ja")
    assert _(marked) == "予定なし"
    assert ngettext("{n} day", "{n} days", 3) == "{n}日"
    assert pgettext("action", "open") == "未完了"
    assert pgettext("idea", "open") == "open"
    i18n.setup("en")
    assert _(marked) == "nothing due"
    assert ngettext("{n} day", "{n} days", 3) == "{n} days"


def test_no_catalogue_means_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    i18n.setup("ja")
    assert i18n.language() == "ja"
    assert _("nothing due") == "nothing due"
    assert ngettext("{n} day", "{n} days", 1) == "{n} day"
