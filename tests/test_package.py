"""The package as a stranger gets it: built, installed into an empty environment, run."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_wheel_holds_code_themes_and_catalogues(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert sum(name.startswith("pitrack/themes/") and name.endswith(".toml") for name in names) == 5
    for needed in (
        "pitrack/app.py",
        "pitrack/py.typed",
        "pitrack/screens/today/today.tcss",
        "pitrack/locale/ja/LC_MESSAGES/pitrack.mo",
        "pitrack/exchange/presets/gumroad-sales.toml",
    ):
        assert needed in names
    assert not [name for name in names if name.startswith(("tests/", "tui/"))]


def test_the_source_distribution_holds_all_that_a_build_needs(dist: Path) -> None:
    (source,) = dist.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "requirements.lock", "tui/pitrack/app.py"} <= names
    assert sum(name.startswith("themes/") for name in names) == 5


def test_the_installed_wheel_runs_in_an_empty_environment(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    bin_ = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = [bin_ / "python", "-m", "pip", "install", "-q", "-c", ROOT / "requirements.lock", wheel]
    subprocess.run(install, check=True, capture_output=True)

    def run(*words: str, **env: str) -> str:
        done = subprocess.run(
            [bin_ / "pitrack", *words], capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | env
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("demo", "--to", "book.json", PITRACK_TODAY="2026-11-22")
    assert "写真" in run("--file", "book.json", "stream", "list")
    english, japanese = (run("--file", "book.json", "--lang", lang, "streaks") for lang in ("en", "ja"))
    assert english != japanese
    themes = "from pitrack.widgets.theming import load_themes; print(len(load_themes()[0]))"
    shown = subprocess.run([bin_ / "python", "-c", themes], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert shown.stdout.strip() == "5"
