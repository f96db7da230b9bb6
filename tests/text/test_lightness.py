"""What one-shot commands need of the words loads none of the slow libraries."""

from __future__ import annotations

import subprocess
import sys

LIGHT = "i18n, plain, parse, words, errors, reasons"
SLOW = {"babel", "pendulum", "textual", "rich", "pitrack.store"}


def test_light_modules_stay_light() -> None:
    code = f"""
import sys
from pitrack.text import {LIGHT}
i18n.setup()
plain.fit("plain ASCII text", 8)
print(*sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "pitrack.text.words" in loaded
    assert not loaded & SLOW
