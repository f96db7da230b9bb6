"""Killed before and after every file-system call: the book reads, holds what was confirmed, and heals."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.store.kills import CASES

ROOT = Path(__file__).parents[2]
SHM = Path("/dev/shm")


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("case", CASES)
def test_a_death_at_any_file_system_call_costs_nothing(case: str) -> None:
    with tempfile.TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        command = [sys.executable, "-m", "tests.store.kills", case, folder]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == 0, "\n".join(found["troubles"])
    assert found["points"] > 40
