"""Merging two actions or two streams that are one."""

from __future__ import annotations

import datetime as dt

import pytest

from pitrack.core.changes import Change, Write
from pitrack.core.model import Rule
from pitrack.store.book import Book
from pitrack.store.fields import of_rule

pytestmark = pytest.mark.usefixtures("started")


def test_an_action_into_another(ok, data) -> None:
    ok("habit", "add", "Write", "--at-least", "300 words", "--since", "2026-10-01", "--alias", "w")
    for day in ("2026-10-02", "2026-10-03", "2026-11-20"):
        ok("done", "w", "--on", day)
    ok("done", "w", "+200")
    ok("done", "w", "+50")
    ok("done", "write 500", "300", "--on", "2026-11-20")
    assert ok("habit", "merge", "w", "words") == (
        "Merged Write into Write 500 words: 4 days, 2 additions. Undo with “pitrack undo”.\n"
    )
    assert [one["alias"] for one in data("habit", "list")] == ["write", "sort"]
    assert "since     2026-10-01\n" in ok("habit", "show", "write")
    assert ok("undo") == "Undid: merged Write.\n"
    assert [one["alias"] for one in data("habit", "list")] == ["write", "sort", "w"]
    assert ok("redo") == "Did again: merged Write.\n"


def test_an_action_without_an_answer(ok) -> None:
    ok("habit", "add", "整理", "--alias", "seiri")
    assert ok("habit", "merge", "整理", "写真の整理") == ("Merged 整理 into 写真の整理. Undo with “pitrack undo”.\n")


def test_a_stream_into_another(ok, data) -> None:
    ok("stream", "add", "ストック写真", "--currency", "USD", "--alias", "stock")
    ok("earn", "stock", "5")
    ok("earn", "stock", "700 JPY")
    ok("earn", "photos", "100")
    ok("time", "stock", "1h")
    ok("habit", "edit", "sort", "--stream", "stock")
    ok("goal", "add", "Camera", "--save", "1200", "--stream", "stock")
    assert ok("stream", "merge", "ストック", "写真素材") == (
        "Merged ストック写真 into 写真素材: 2 entries, 1 time entry, 1 action, 1 goal. Undo with “pitrack undo”.\n"
    )
    assert [one["alias"] for one in data("stream", "list")] == ["newsletter", "photos"]
    assert ok("stream", "show", "photos").splitlines()[-3:] == [
        "entries   3",
        "in all    income 800 JPY, net 800 JPY",
        "in all    income 5.00 USD, net 5.00 USD",
    ]
    assert {one["stream"] for one in data("entry", "list")} == {"写真素材"}
    ok("undo")
    assert ok("stream", "show", "stock").count("in all") == 2


def test_a_stream_that_nothing_names(ok) -> None:
    ok("stream", "add", "News", "--alias", "n2")
    assert ok("stream", "merge", "n2", "newsletter") == "Merged News into Newsletter. Undo with “pitrack undo”.\n"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ("habit", "merge", "read", "write"),
            "There is no action called “read”. Choose one of: write (Write 500 words), sort (写真の整理).\n",
        ),
        (
            ("habit", "merge", "write", "絵"),
            "There is no action called “絵”. Choose one of: write (Write 500 words), sort (写真の整理).\n",
        ),
        (
            ("stream", "merge", "newsletter", "shop"),
            "There is no stream called “shop”. Choose one of: newsletter, photos (写真素材).\n",
        ),
        (
            ("habit", "merge", "sort", "写真"),
            "“写真の整理” does not work as action: it cannot be merged into itself.\n",
        ),
        (
            ("stream", "merge", "news", "newsletter"),
            "“Newsletter” does not work as stream: it cannot be merged into itself.\n",
        ),
        (("habit", "merge", "write"), "INTO is missing. See “pitrack habit merge --help”.\n"),
        (("stream", "merge"), "FROM is missing. See “pitrack stream merge --help”.\n"),
    ],
)
def test_what_cannot_be_merged_is_refused(run, book, args: tuple[str, ...], told: str) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)
    assert book.read_bytes() == before


def test_two_of_one_name_and_alias_are_told_apart_by_their_ids(run, ok, data, book) -> None:
    """As two devices make them that have not met yet."""
    (write,) = (one["id"] for one in data("habit", "list") if one["alias"] == "write")
    device = Book.open(book)
    twin = {"name": "Write 500 words", "alias": "write", "order": "9"}
    rule = of_rule(Rule(dt.date(2026, 11, 1)))
    device.apply(Change("habit.add", (Write("habits", "zzzzzzzz", twin), Write("rules", "zzzzzzzz|2026-11-01", rule))))
    device.save()
    result = run("habit", "merge", "write", "write")
    assert (result.exit_code, result.stderr) == (
        2,
        f"“write” could mean: {write} (Write 500 words), zzzzzzzz (Write 500 words). Type the id of one.\n",
    )
    assert ok("habit", "merge", "zzzzzzzz", write) == (
        "Merged Write 500 words into Write 500 words. Undo with “pitrack undo”.\n"
    )
    assert [one["id"] for one in data("habit", "list") if one["alias"] == "write"] == [write]


@pytest.mark.parametrize("what", ["habit", "stream"])
def test_help_names_it_after_the_others(ok, what: str) -> None:
    page = ok(what, "--help")
    assert page.index("\n  delete ") < page.index("\n  merge ")
