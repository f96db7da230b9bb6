"""The command as a whole: which book, which language, and every way that it can end."""

from __future__ import annotations

import gettext
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pitrack import __version__
from pitrack.cli.failures import explained, guarded
from pitrack.cli.main import cli
from pitrack.text import i18n

TODAY = [sys.executable, "-m", "pitrack", "today"]


def test_version(ok) -> None:
    assert ok("--version") == f"pitrack {__version__}\n"


def test_the_first_writing_command_begins_the_default_book_and_says_so_once(run, ok, book: Path) -> None:
    result = run("habit", "add", "Read")
    assert (result.exit_code, result.stdout) == (0, "Added Read, every day. Type “pitrack done read”.\n")
    assert result.stderr == f"Began a new book: {book} (zone Asia/Tokyo, currency USD).\n"
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    settings = json.loads(book.read_text())["_book"]["book"]
    assert (settings["zone"], settings["currency"]) == ("Asia/Tokyo", "USD")
    ok("idea", "More")


def test_a_chosen_path_is_never_made_without_new(run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "cloud" / "本.json"
    told = (
        f"There is no book at {path}, so nothing was recorded. "
        "Add --new to start one there, or check whether your cloud has delivered it yet.\n"
    )
    for command in ("today", "idea"):
        result = run("--file", str(path), command, *(["x"] if command == "idea" else []))
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)
    monkeypatch.setenv("PITRACK_FILE", str(path))
    assert run("idea", "x").stderr == told
    assert not path.parent.exists()
    assert run("--new", "idea", "x").exit_code == 0
    assert run("idea").stdout == "2026-11-22  x\n"
    result = run("--new", "idea", "y")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"There is already a book at {path}.")


def test_the_option_wins_over_the_environment(run, ok, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PITRACK_FILE", str(home / "b.json"))
    run("--file", str(home / "a.json"), "--new", "idea", "x")
    assert not (home / "b.json").exists()
    assert "chosen by --file" in ok("--file", str(home / "a.json"), "where")
    assert "chosen by PITRACK_FILE, not there yet" in ok("where")


def test_an_empty_path_is_refused_and_an_empty_variable_is_none(
    run, ok, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run("--file", "", "today")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "--file needs the path of a book.\n"
    monkeypatch.setenv("PITRACK_FILE", "")
    assert str(book) in ok("where")


@pytest.mark.parametrize("language", ["fr", "", "xx:yy"])
def test_a_language_there_is_not_is_refused(run, language: str) -> None:
    result = run("--lang", language, "today")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"“{language}” is not a language of pitrack: choose en or ja.\n"


@pytest.mark.parametrize("language", ["en", "ja", "JA", "ja_JP.UTF-8", "en-GB"])
def test_a_language_may_bring_its_region(ok, language: str) -> None:
    assert ok("--lang", language, "--version") == f"pitrack {__version__}\n"


def test_global_options_go_before_the_command(run, started: None) -> None:
    result = run("today", "--file", "x.json")
    assert result.exit_code == 2
    assert result.stderr.startswith("--file goes before the command, as in: pitrack --file ... COMMAND.")


def test_a_closed_standard_input_is_no_error(started: None) -> None:
    command = f"{sys.executable} -m pitrack <&- && {sys.executable} -m pitrack checkin <&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert "0 answered, 2 open" in result.stdout
    assert result.stderr == "The app needs a keyboard and standard input is none, so here is today's list.\n"


def test_a_damaged_book_that_this_device_never_saw_is_one_sentence(run, tmp_path: Path) -> None:
    book = tmp_path / "delivered.json"
    book.write_text('{"_book": {"book": ')
    for args in (("today",), ("earn", "news", "5"), ("done", "write"), ("habit", "add", "x")):
        refused = run("--file", str(book), *args)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"The book at {book} cannot be read: ")
        assert "Nothing was recorded and the file was left as it is." in refused.stderr
        assert refused.stderr.count("\n") == 1
    assert book.read_text() == '{"_book": {"book": '


def test_a_file_that_cannot_be_written_is_told_and_the_change_recorded(ok, run, book: Path, started: None) -> None:
    """Tests may run as root, whom no mode stops: the one call that replaces the file fails instead."""
    before = book.read_bytes()
    change = "\n".join(
        [
            "from pathlib import Path",
            "import pitrack.store.files as files",
            "def refuse(*_given, **_named): raise OSError(28, 'No space left on device')",
            "real = files.replace",
            "files.replace = lambda path, data, **given: refuse() if path.suffix == '.json' and path.name == "
            "'pitrack.json' else real(path, data, **given)",
            "from pitrack.cli.main import cli",
            "cli(['done', 'write', '620'])",
        ]
    )
    result = subprocess.run([sys.executable, "-c", change], env=os.environ, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "Write 500 words: 620 of 500 words, 1 day.\n")
    assert result.stderr == (f"This is recorded on this device, but {book} is behind: No space left on device.\n")
    assert book.read_bytes() == before
    assert "620 / 500 words" in ok("today")
    ok("idea", "x")
    assert b"620" in book.read_bytes()


def test_a_wrong_day_in_the_environment_is_one_sentence(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PITRACK_TODAY", "soon")
    result = run("today")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "PITRACK_TODAY" in result.stderr


def test_help_speaks_the_language_that_was_asked_for(run) -> None:
    english = run("--help").stdout
    assert "Usage: pitrack [OPTIONS]" in english
    assert "Show this help." in english
    for name in ("today", "done", "earn", "habit", "completion"):
        assert f"\n  {name} " in english
    assert run("--lang", "ja", "--help").exit_code == 0
    assert run("done", "--help").stdout.startswith("Usage: pitrack done [OPTIONS] HABIT [AMOUNT|+AMOUNT]\n")


class Shouting(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()


def every_command(group: click.Group, ctx: click.Context) -> Iterator[click.Command]:
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from every_command(command, ctx)


def test_every_help_text_is_looked_up_when_it_is_shown(run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "What is due" in run("--help").stdout
    monkeypatch.setattr(i18n, "_load", lambda _language: Shouting())
    shown = run("--help").stdout
    assert "WHAT IS DUE AND WHAT IS DONE." in shown
    assert "USAGE: pitrack" in shown
    assert "\nCOMMANDS:\n" in shown
    assert "SHOW THIS HELP." in shown
    commands = list(every_command(cli, click.Context(cli)))
    assert len(commands) > 40
    for command in commands:
        assert command.help, command.name
        assert command.help == command.help.upper()
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (command.name, param.name)
                assert param.help == param.help.upper()


def test_changes_of_several_processes_at_once_are_all_kept(ok, data, started: None) -> None:
    command = [sys.executable, "-m", "pitrack", "done", "write", "+5"]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(6)]
    assert [process.wait(60) for process in running] == [0] * 6
    assert "30" in [action["value"] for action in data("today")["actions"]]


@pytest.mark.parametrize("command", ["habit", "stream", "goal", "entry", "rate"])
def test_groups_without_a_command_show_their_help(run, command: str) -> None:
    result = run(command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Usage: pitrack {command} [OPTIONS] COMMAND [ARGS]...\n")
    assert "\n  list " in result.stderr


def test_anything_unexpected_is_one_sentence(capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a [bold]secret[/]\x1b")

    assert guarded(broken) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "Something went wrong inside pitrack (ZeroDivisionError: a [bold]secret[/]\\x1b). "
        "Set PITRACK_DEBUG=1 and try again to see where.\n"
    )
    monkeypatch.setenv("PITRACK_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        guarded(broken)


def test_system_errors_name_the_path() -> None:
    assert explained(PermissionError(13, "Permission denied", "/x\x1b")) == (
        "/x\\x1b cannot be used: Permission denied.",
        1,
    )


def test_ctrl_c_ends_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert guarded(interrupted) == 130
    assert capsys.readouterr() == ("", "")


def test_ctrl_c_while_a_question_waits(started: None) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pitrack", "checkin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("y done")
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr
        assert process.stderr.read().strip() == ""


def test_a_reader_that_has_seen_enough_is_no_error(started: None) -> None:
    command = f"{sys.executable} -m pitrack --help | true"
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "pitrack", "today"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
        check=False,
    )
    os.close(writer)
    assert result.stderr == ""
    assert subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False).stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_for_the_output_is_one_sentence(started: None) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "pitrack", "today"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ,
            check=False,
        )
    assert (result.returncode, result.stderr) == (1, "The system refused: No space left on device.\n")


def test_a_character_set_without_japanese(shell, started: None) -> None:
    result = shell("today", PYTHONIOENCODING="latin-1")
    assert result.returncode == 0
    assert "\\u5199\\u771f" in result.stdout
    assert shell("today", "--json", PYTHONIOENCODING="utf-8").stdout.count("写真の整理") == 1


def test_bytes_that_are_no_text_on_the_command_line(started: None, book: Path) -> None:
    command = [sys.executable.encode(), b"-m", b"pitrack", b"spend", b"-", b"5", b"--tag", b"caf\xe9"]
    result = subprocess.run([*command, b"--note", b"\xff"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "No stream -5.00 USD on 2026-11-22 (?)\n")
    assert '"tag@caf?":true' in book.read_text()


def test_without_a_terminal_the_list_is_printed_with_the_reason(shell, started: None) -> None:
    result = shell()
    assert result.returncode == 0
    assert result.stdout.startswith("Sun 2026-11-22: 2 open, 0 done\n\nOPEN\n")
    assert result.stderr == "The app needs a keyboard and standard input is none, so here is today's list.\n"


def test_without_a_terminal_and_without_a_book(shell, book: Path) -> None:
    result = shell()
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("There is no book yet.")
    assert not book.exists()


def test_demo_to_a_file(ok, run, home: Path) -> None:
    path = home / "demo.json"
    assert ok("demo", "--to", str(path)) == f"Wrote a sample book to {path}.\n"
    before = path.read_bytes()
    result = run("demo", "--to", str(path))
    assert (result.exit_code, result.stderr) == (1, f"There is already something at {path}; choose another name.\n")
    assert path.read_bytes() == before
    assert ok("--file", str(path), "today").startswith("Sun 2026-11-22: ")
    assert run("demo", "--to", str(home / "none" / "x.json")).exit_code == 1
    assert run("demo", "--to", str(home / "y.json"), "--size", "XXL").exit_code == 2


def test_demo_without_a_terminal_leaves_nothing_behind(shell, home: Path) -> None:
    folder = home / "tmp"
    folder.mkdir()
    result = shell("demo", TMPDIR=str(folder))
    assert result.returncode == 0
    assert result.stdout.startswith("Sun 2026-11-22: ")
    assert list(folder.iterdir()) == []
    assert not (home / "data").exists()
    assert not (home / "state" / "pitrack" / "books").exists()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_scripts(ok, name: str) -> None:
    assert f"_PITRACK_COMPLETE={name}_complete" in ok("completion", name)


def test_completion_of_a_shell_that_is_not_known(run) -> None:
    result = run("completion", "tcsh")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_names_of_the_book_complete(shell, started: None) -> None:
    def completed(words: str, at: int, **env: str) -> list[str]:
        found = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(at), **env)
        assert found.stderr == ""
        return [line.partition(",")[2] for line in found.stdout.splitlines() if line]

    assert completed("pitrack done ", 2) == ["write", "sort"]
    assert completed("pitrack done so", 2) == ["sort"]
    assert completed("pitrack earn ", 2) == ["newsletter", "photos"]
    assert completed("pitrack habit add X --stream ph", 5) == ["photos"]
    assert completed("pitrack strea", 1) == ["streaks", "stream"]
    assert completed("pitrack done ", 2, PITRACK_FILE="/nowhere/book.json") == []
