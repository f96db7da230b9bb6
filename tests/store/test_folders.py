"""The folders of this device are platformdirs', answered without importing it where that is plain."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from pitrack.store.folders import config_folder, data_folder, state_folder

XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.mark.parametrize("xdg", [None, "", "/somewhere", "//somewhere/", "relative", "~/x", "/a b/写真"])
@pytest.mark.parametrize("home", ["/home/me", "/", "/home/me/", None, "", "relative"])
def test_they_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, xdg: str | None, home: str | None) -> None:
    for name, value in (*((name, xdg) for name in XDG), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert config_folder() == platformdirs.user_config_path("pitrack", appauthor=False)
    assert data_folder() == platformdirs.user_data_path("pitrack", appauthor=False)
    assert state_folder() == platformdirs.user_state_path("pitrack", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="where the folders follow the XDG specification alone")
def test_an_android_asks_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(platformdirs, "PlatformDirs", lambda *args, **given: asked.append(args) or _Dirs())
    monkeypatch.setenv("ANDROID_DATA", "/data")
    assert state_folder() == "state"
    assert asked == [("pitrack",)]


class _Dirs:
    user_state_path = "state"
