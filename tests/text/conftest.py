"""Each test of words starts in English, whatever the machine speaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pitrack.text import i18n


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_MONETARY", "LANG"):
        monkeypatch.delenv(name, raising=False)
    i18n.setup("en")
    yield
    i18n.setup("en")
