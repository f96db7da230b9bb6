"""Money that recurs and the month close, by command."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def begun(run) -> None:
    run("stream", "add", "写真素材", "--currency", "JPY", "--alias", "photos")


@pytest.fixture
def rent(ok) -> None:
    ok("template", "add", "家賃", "80000", "JPY", "--kind", "expense", "--every", "毎月", "--since", "2026-09-30")


def test_what_is_due_waits_and_is_booked_changed_or_skipped(ok, data, rent: None) -> None:
    assert ok("template", "list") == (
        "家賃  80,000 JPY  expense  every month, asks first  next 2026-11-30\n"
        "2 wait to be booked:\n"
        "  2026-09-30  家賃  80,000 JPY\n"
        "  2026-10-30  家賃  80,000 JPY\n"
        "Book one: pitrack template post r1\n"
    )
    assert ok("template", "post", "家賃", "--amount", "81000", "--on", "2026-10-01") == (
        "No stream -81,000 JPY on 2026-10-01 (家賃)\n"
    )
    assert ok("template", "skip", "家") == "Left out: 家賃 of 2026-10-30. “pitrack undo” proposes it again.\n"
    assert data("template", "show", "r1")["waiting"] == []
    ok("undo")
    assert data("template", "show", "r1")["waiting"] == ["2026-10-30"]
    assert ok("template", "run", "--all") == "No stream -80,000 JPY on 2026-10-30 (家賃)\n"
    assert ok("template", "run") == "Nothing is due.\n"


def test_json_is_exact(data, ok, rent: None) -> None:
    ok("template", "edit", "家賃", "--stream", "photos", "--fee", "100", "--until", "2027-01-31", "--tag", "home")
    (found,) = data("template", "list")
    assert len(found.pop("id")) == 8
    assert found == {
        "alias": "r1",
        "name": "家賃",
        "kind": "expense",
        "stream": "写真素材",
        "amount": "80000",
        "fee": "100",
        "withheld": "0",
        "currency": "JPY",
        "every": "month",
        "since": "2026-09-30",
        "until": "2027-01-31",
        "auto": False,
        "note": "",
        "tags": ["home"],
        "archived": False,
        "next": "2026-11-30",
        "waiting": ["2026-09-30", "2026-10-30"],
    }


def test_what_books_itself_is_booked_by_run_and_add_and_no_reading_command(ok, data) -> None:
    added = ok("template", "add", "Host", "12", "USD", "--kind", "expense", "--since", "2026-10-05", "--auto")
    assert added == (
        "Added Host: expense, 12.00 USD, every month, books itself.\n"
        "No stream -12.00 USD on 2026-10-05 (Host)\n"
        "No stream -12.00 USD on 2026-11-05 (Host)\n"
    )
    ok("template", "edit", "host", "--ask")
    ok("template", "edit", "host", "--since", "2026-09-06")
    ok("template", "edit", "host", "--auto")
    for reading in (("today",), ("growth",), ("template", "list"), ("entry", "list")):
        ok(*reading)
    assert len(data("entry", "list")) == 2
    assert ok("template", "run") == "No stream -12.00 USD on 2026-09-06 (Host)\n"
    assert [one["day"] for one in data("entry", "list")] == ["2026-11-05", "2026-10-05", "2026-09-06"]


def test_a_recurring_entry_is_found_by_the_end_of_its_id(ok, data, rent: None) -> None:
    ok("template", "post", "家賃")
    (entry,) = data("entry", "list")
    shown = entry["id"][2:].replace("|", "/")
    assert shown in ok("entry", "list")
    ok("entry", "delete", shown)
    assert data("entry", "list") == []
    assert data("template", "show", "r1")["waiting"] == ["2026-10-30"]


def test_archive_restore_delete(ok, data, rent: None) -> None:
    assert ok("template", "archive", "家賃") == "Archived 家賃.\n"
    assert ok("template", "list").startswith("No template yet.")
    assert data("template", "list")[0]["waiting"] == []
    assert "archived" in ok("template", "show", "r1")
    assert ok("template", "restore", "家賃") == "Restored 家賃.\n"
    assert ok("template", "delete", "家賃") == "Deleted 家賃; “pitrack undo” brings it back.\n"
    assert data("template", "list") == []


def test_another_rhythm_asks_about_nothing_before_today(ok, data, rent: None) -> None:
    ok("template", "edit", "家賃", "--every", "2 weeks", "--name", "Rent [b]")
    (found,) = data("template", "list")
    assert (found["every"], found["since"], found["waiting"]) == ("2 weeks", "2026-11-22", ["2026-11-22"])
    assert ok("template", "edit", "r1") == "Nothing to change on Rent [b].\n"


@pytest.mark.parametrize(
    ("typed", "every"),
    [
        ("month", "month"), ("monthly", "month"), ("3 months", "3 months"), ("every 3 months", "3 months"),
        ("quarterly", "3 months"), ("３か月ごと", "3 months"), ("毎週", "week"), ("2 weeks", "2 weeks"),
        ("year", "year"), ("毎年", "year"), ("2年", "2 years"),
    ],
)  # fmt: skip
def test_how_often_is_read(ok, data, typed: str, every: str) -> None:
    ok("template", "add", "x", "5", "--every", typed)
    assert data("template", "list")[0]["every"] == every


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("add", "x", "five"), "“five” is not an amount."),
        (("add", "x", "0"), "“0” does not work as amount"),
        (("add", "", "5"), "Check the name"),
        (("add", "x", "5", "--every", "fortnight"), "“fortnight” is not how often money recurs."),
        (("add", "x", "5", "--every", "0 months"), "“0 months” is not how often"),
        (("add", "x", "5", "--stream", "nope"), "There is no stream called “nope”"),
        (("add", "x", "5", "--since", "never"), "never"),
        (("add", "x", "5", "--until", "2026-01-01"), "2026-01-01"),
        (("add", "x", "5", "--until", "11-21"), "“2026-11-21” does not work as day: it lies before the start."),
        (("post", "nope"), "There is no template called “nope”, nor any other yet."),
    ],
)
def test_wrong_input_is_one_plain_sentence(run, args: tuple[str, ...], said: str) -> None:
    result = run("template", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_nothing_waits(run, ok, rent: None) -> None:
    ok("template", "run", "--all")
    result = run("template", "skip", "家賃")
    assert (result.exit_code, result.stderr) == (1, "Nothing of 家賃 waits to be booked.\n")


@pytest.fixture
def usual(ok, rent: None) -> None:
    for month in ("07", "08", "09"):
        ok("earn", "photos", "900", "--on", f"2026-{month}-20", "--paid", f"2026-{month}-25")
    ok("stream", "add", "Newsletter", "--currency", "USD")
    ok("earn", "news", "112", "--on", "2026-10-10", "--pending")


OPEN = (
    "Still pending in October 2026:\n"
    "  Newsletter +112.00 USD on 2026-10-10, pending\n"
    "Usual payouts that have not come:\n"
    "  写真素材, usually by the 25th\n"
    "Recurring, not booked yet:\n"
    "  家賃, 80,000 JPY, due 2026-09-30\n"
    "  家賃, 80,000 JPY, due 2026-10-30\n"
)


def test_close_lists_what_is_open_and_closes(ok, data, usual: None) -> None:
    assert ok("close", "--list") == OPEN + "October 2026 is provisional.\n"
    assert data("growth")["missing"] == [{"stream": "写真素材", "by": 25}]
    assert "Not come yet: 写真素材, usually by the 25th\n" in ok("growth")
    lesson = "Write what it taught: pitrack review 2026-10 --lesson TEXT\n"
    assert ok("close") == OPEN + "October 2026 is closed.\n" + lesson
    assert data("growth")["missing"] == []


def test_a_month_that_is_not_over_is_refused_before_anything_is_listed(run, usual: None) -> None:
    result = run("close", "2026-11")
    assert (result.exit_code, result.stdout) == (2, "")


def test_nothing_came(ok, data, run, usual: None) -> None:
    said = ok("close", "--nothing", "photos", "--list")
    assert said.startswith("Nothing came from 写真素材 in October 2026.\nStill pending")
    assert "Usual payouts" not in said
    ok("undo")
    found = data("close", "--list")
    (pending,) = found.pop("pending")
    assert (pending["stream"], pending["amount"]) == ("Newsletter", "112")
    assert found == {
        "month": "2026-10",
        "closed": False,
        "lesson": "",
        "missing": [{"stream": "写真素材", "by": 25}],
        "recurring": [
            {"template": "家賃", "day": day, "amount": "80000", "currency": "JPY"}
            for day in ("2026-09-30", "2026-10-30")
        ],
    }
    assert data("close", "--nothing", "photos")["closed"] is True
    result = run("close", "this", "--nothing", "photos")
    assert (result.exit_code, result.stdout) == (2, "")
    assert run("close", "--nothing", "nope").exit_code == 2
