"""Assets by command: their register, what they brought, and what names them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("started")


@pytest.fixture
def guide(ok) -> None:
    """An asset of the newsletter with a sale, a fee and some hours."""
    ok("asset", "add", "Camera guide", "--stream", "news", "--published", "2026-03-01", "--hours", "10")
    ok("earn", "news", "120", "--on", "2026-10-31", "--fee", "20", "--units", "3", "--asset", "guide")
    ok("time", "news", "2h30", "--asset", "guide", "--on", "2026-10-01", "--task", "edit")


def test_an_asset_says_how_to_name_it(ok, run) -> None:
    assert ok("asset", "add", "写真集 1", "--stream", "photos", "--alias", "set") == (
        "Added 写真集 1. Name it where it earns: pitrack earn STREAM AMOUNT --asset set\n"
    )
    result = run("asset", "add", "写真集 1")
    assert result.stderr.startswith("There was one called 写真集 1 already;")


def test_asset_list_json_is_exact(guide: None, data) -> None:
    (asset,) = data("asset", "list")
    assert len(asset.pop("id")) == 8
    assert asset == {
        "alias": "camera",
        "name": "Camera guide",
        "stream": "Newsletter",
        "published": "2026-03-01",
        "age_months": 8,
        "archived": False,
        "note": "",
        "currency": "USD",
        "income": "120.00",
        "expense": "20.00",
        "net": "100.00",
        "income_12_months": "120.00",
        "trend": [*["0.00"] * 11, "120.00"],
        "units": "3",
        "hours": "12.50",
        "net_per_hour": "8.00",
        "first_income": "2026-10-31",
        "last_income": "2026-10-31",
        "entries": 1,
        "without_rate": [],
    }
    assert data("asset", "show", "guide")["net"] == "100.00"


def test_assets_are_listed_the_best_first(guide: None, ok) -> None:
    assert ok("asset", "list", "--stream", "photos") == "No asset yet. Add one: pitrack asset add NAME\n"
    ok("asset", "add", "写真集", "--stream", "photos", "--alias", "set")
    assert ok("asset", "list") == (
        "asset                 published             hours      income   12 months   an hour\n"
        "Camera guide  camera  2026-03-01, 8 months   12.5  120.00 USD  120.00 USD  8.00 USD\n"
        "写真集        set     in the making             -       0 JPY       0 JPY         -\n"
    )


def test_an_asset_is_shown(guide: None, ok) -> None:
    assert ok("asset", "show", "camera").splitlines() == [
        "name          Camera guide",
        "alias         camera",
        "stream        Newsletter",
        "published     2026-03-01, 8 months",
        "hours         12.5",
        "income        120.00 USD",
        "fees, costs   20.00 USD",
        "net           100.00 USD",
        "net an hour   8.00 USD",
        "12 months     120.00 USD",
        "units         3",
        "first income  2026-10-31",
        "last income   2026-10-31",
        "entries       1",
    ]


def test_an_asset_is_changed_put_aside_and_deleted(guide: None, ok, data) -> None:
    assert ok("asset", "edit", "camera", "--name", "Camera book", "--hours", "90m", "--published", "-") == (
        "Changed Camera book.\n"
    )
    assert ok("asset", "edit", "camera", "--hours", "1:30") == "Nothing to change on Camera book.\n"
    (asset,) = data("asset", "list")
    assert (asset["hours"], asset["published"], asset["age_months"]) == ("4.00", None, None)
    assert ok("asset", "archive", "camera") == "Archived Camera book.\n"
    assert ok("asset", "list").startswith("No asset yet.")
    assert "archived" in ok("asset", "list", "--all")
    assert ok("asset", "restore", "camera") == "Restored Camera book.\n"
    assert ok("asset", "delete", "camera") == "Deleted Camera book; “pitrack undo” brings it back.\n"
    (entry,) = data("entry", "list")
    assert (len(entry["asset"]), entry["asset_name"]) == (8, None)
    assert ok("undo") == "Undid: deleted Camera book.\n"
    assert data("entry", "list")[0]["asset_name"] == "Camera book"


def test_an_asset_into_another(guide: None, ok, data) -> None:
    ok("asset", "add", "Guide 2", "--published", "2026-02-01", "--hours", "2", "--alias", "g2", "--note", "n")
    assert ok("asset", "merge", "camera", "g2") == (
        "Merged Camera guide into Guide 2: 1 entry, 1 time entry. Undo with “pitrack undo”.\n"
    )
    (asset,) = data("asset", "list")
    assert (asset["stream"], asset["published"], asset["hours"], asset["net"]) == (
        "Newsletter",
        "2026-02-01",
        "14.50",
        "100.00",
    )
    ok("undo")
    assert [one["hours"] for one in data("asset", "list")] == ["12.50", "2.00"]


def test_an_asset_is_given_to_an_entry_and_taken_from_it(guide: None, ok, data) -> None:
    assert ok("earn", "news", "5", "--asset", "camera", "--pending") == (
        "Newsletter +5.00 USD on 2026-11-22, asset Camera guide, pending\n"
    )
    ok("earn", "photos", "700")
    assert [one["gross"] for one in data("entry", "list", "--asset", "camera")] == ["5", "120"]
    assert [one["gross"] for one in data("entry", "list", "--asset", "-")] == ["700"]
    short = data("entry", "list", "--asset", "-")[0]["id"][-6:]
    assert ok("entry", "edit", short, "--asset", "cam").endswith(", asset Camera guide\n")
    assert ok("entry", "edit", short, "--asset", "-") == "Changed: 写真素材 +700 JPY on 2026-11-22\n"


def test_a_stream_takes_its_assets_with_it(guide: None, ok, data) -> None:
    assert ok("stream", "merge", "news", "photos").startswith(
        "Merged Newsletter into 写真素材: 1 entry, 1 time entry, 1 action, 1 asset."
    )
    assert data("asset", "list")[0]["stream"] == "写真素材"


@pytest.mark.parametrize("word", ["earn", "spend", "refund"])
def test_a_dry_run_says_what_would_be_booked(guide: None, ok, data, word: str) -> None:
    before = data("entry", "list")
    sign = "+" if word == "earn" else "-"
    assert ok(word, "news", "5", "--asset", "guide", "--dry-run") == (
        f"Not booked: Newsletter {sign}5.00 USD on 2026-11-22, asset Camera guide\n"
    )
    assert data("entry", "list") == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("asset", "show", "nothing"), "There is no asset called “nothing”. Choose one of: camera (Camera guide).\n"),
        (("asset", "edit", "camera", "--hours", "soon"), "“soon” is not a time. Type hours like 12 or 1.5h,"),
        (("asset", "edit", "camera", "--hours", "9" * 9), "“59999999940” does not work as time entry:"),
        (("asset", "merge", "camera", "camera"), "“Camera guide” does not work as asset: it cannot be merged into"),
        (("earn", "news", "5", "--asset", "x"), "There is no asset called “x”."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(guide: None, run, args: tuple[str, ...], told: str) -> None:
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert result.stderr.startswith(told)


def test_the_shell_completes_their_names(guide: None, shell) -> None:
    for words in ("pitrack asset show c", "pitrack earn news 5 --asset c", "pitrack time news 5 --asset c"):
        count = str(len(words.split()) - 1)
        done = shell(_PITRACK_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=count)
        assert done.stdout.split() == ["plain,camera"]
