"""``pitrack import`` of what platforms paid: what it says, what it records, what it refuses; ``pitrack preset``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.exchange.files import DATA

GUMROAD = str(DATA / "payouts" / "gumroad-sales.csv")
SALES = 'Sale Day,Thing,Paid To Me,Costs\n13.10.2026,Book,"1.000,50","0,50"\n14.10.2026,Book,"-5,00",\n'


@pytest.fixture
def sales(home: Path) -> str:
    path = home / "sales.csv"
    path.write_text(SALES, "utf-8")
    return str(path)


@pytest.fixture
def shop(run) -> None:
    """A book with one stream."""
    assert run("stream", "add", "Gumroad", "--currency", "USD").exit_code == 0


def bad_row(home: Path) -> str:
    path = home / "bad.csv"
    path.write_text("Date,Amount,Item\n2026-10-01,5.00,Book\n2026-10-02,five,Book\n", "utf-8")
    return str(path)


MAPPED = ("--map", "day=Sale Day", "--map", "gross=Paid To Me", "--map", "fee=Costs", "--map", "title=Thing")
EURO = ("--map", "currency=EUR")


def test_a_file_is_known_by_its_header(ok, shop: None) -> None:
    said = ok("import", GUMROAD).splitlines()
    assert said[0] == "This is a file of Gumroad (gumroad-sales)."
    assert said[-1] == "Imported from Gumroad. “pitrack undo” takes it back."
    listed = ok("entry", "list")
    assert listed
    again = ok("import", "gumroad-sales", GUMROAD).splitlines()
    assert again[-1] == "Nothing new."
    assert ok("undo") == "Undid: imported Gumroad.\n"
    assert ok("entry", "list") != listed
    assert "stay so; --again brings" in ok("import", GUMROAD)
    ok("import", GUMROAD, "--again")
    assert ok("entry", "list") == listed


def test_a_dry_run_records_nothing(ok, book: Path, shop: None) -> None:
    before = book.read_bytes()
    assert ok("import", GUMROAD, "--dry-run").endswith("Nothing was recorded: this was a dry run.\n")
    assert book.read_bytes() == before


def test_a_mapping_is_kept_as_a_preset(ok, data, sales: str, home: Path, shop: None) -> None:
    said = ok("import", "csv", sales, *MAPPED, *EURO, "--stream", "gum", "--save", "my-shop")
    assert said == (
        "2 new entries, from 2026-10-13 to 2026-10-14.\n"
        "EUR: income 1,000.50 EUR, refunds 5.00 EUR, fees and costs 0.50 EUR\n"
        "Kept as the preset my-shop: “pitrack import FILE” knows such files now.\n"
        "Imported from my-shop. “pitrack undo” takes it back.\n"
    )
    assert ok("import", sales) == ("This is a file of my-shop (my-shop).\n2 entries are there already.\nNothing new.\n")
    assert {"name": "my-shop", "title": "my-shop", "own": True} in data("preset", "list")
    shown = ok("preset", "show", "my-shop")
    assert shown.startswith('title = "my-shop"\nsource = "csv-')
    assert '\ncurrency = "EUR"\n' in shown
    assert shown == (home / "config" / "pitrack" / "presets" / "my-shop.toml").read_text("utf-8")


def test_a_mapping_that_is_kept_later_knows_what_came_before(ok, sales: str, shop: None) -> None:
    words = ("import", "csv", sales, *MAPPED, *EURO, "--stream", "gum")
    ok(*words)
    assert ok(*words, "--save", "my-shop").startswith("2 entries are there already.\nNothing new.\n")


def test_a_dry_run_keeps_no_preset(ok, sales: str, home: Path, shop: None) -> None:
    said = ok("import", "csv", sales, *MAPPED, *EURO, "--stream", "gum", "--save", "my-shop", "--dry-run")
    assert said == (
        "2 new entries, from 2026-10-13 to 2026-10-14.\n"
        "EUR: income 1,000.50 EUR, refunds 5.00 EUR, fees and costs 0.50 EUR\n"
        "Nothing was recorded: this was a dry run.\n"
    )
    assert not (home / "config" / "pitrack" / "presets").exists()


@pytest.mark.parametrize("name", ["my-shop", "gumroad-sales", "loop", "csv", "broken"])
def test_a_preset_takes_the_place_of_no_other(run, ok, sales: str, home: Path, shop: None, *, name: str) -> None:
    words = ("import", "csv", sales, *MAPPED, *EURO, "--stream", "gum")
    ok(*words, "--save", "my-shop")
    folder = home / "config" / "pitrack" / "presets"
    (folder / "broken.toml").write_text("title = ")
    before = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    ok("undo")
    refused = run(*words, "--again", "--map", "note=Thing", "--save", name)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"Another preset has the name {name} already; choose another for --save. Nothing was im" in refused.stderr
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == before
    assert run("entry", "list", "--json").stdout == "[]\n"
    assert "Kept as the preset my-shop" in ok(*words, "--save", "my-shop")  # the same mapping is no other


def test_one_id_in_files_of_two_kinds_is_two_entries(data, home: Path, shop: None) -> None:
    for name, header in (("one", "Date,Amount,Order ID"), ("two", "Day,Price,Order ID")):
        (home / name).write_text(f"{header}\n2026-10-01,5.00,1001\n", "utf-8")
        made = data("import", "csv", str(home / name), "--map", "currency=USD", "--stream", "gum")
        assert (made["new"], made["same"]) == (1, 0)


def test_what_is_not_mapped_is_guessed(data, home: Path, shop: None) -> None:
    path = home / "guessed.csv"
    path.write_text("Date,Amount ($),Fee,Product\n2026-10-01,10.00,1.00,Book\n", "utf-8")
    made = data("import", "csv", str(path), "--stream", "gum")
    assert made == {
        "preset": "csv",
        "title": "CSV",
        "imported": True,
        "stream": "Gumroad",
        "new": 1,
        "same": 0,
        "changed": 0,
        "kept": 0,
        "gone": 0,
        "blocked": 0,
        "replaced": 0,
        "first": "2026-10-01",
        "last": "2026-10-01",
        "totals": [{"currency": "USD", "income": "10.00", "fee": "1.00", "refunds": "0.00"}],
        "new_assets": [],
        "left_out": {},
        "unreadable": [],
    }


def test_where_nothing_says_the_currency_it_is_the_streams(ok, run, data, sales: str, shop: None) -> None:
    ok("stream", "add", "Livres", "--currency", "EUR")
    ok("import", "csv", sales, *MAPPED, "--stream", "livres")
    assert {one["currency"] for one in data("entry", "list", "--stream", "livres")} == {"EUR"}


def test_a_mapping_of_currency_goes_before_the_streams(ok, data, sales: str, shop: None) -> None:
    ok("import", "csv", sales, *MAPPED, "--map", "currency=CHF", "--stream", "gumroad")
    assert {one["currency"] for one in data("entry", "list", "--stream", "gumroad")} == {"CHF"}


def test_a_file_that_is_mapped_otherwise_is_the_same_file(ok, data, home: Path, shop: None) -> None:
    path = home / "photos.csv"
    path.write_text("Date,Amount,Thing\n2026-10-01,5.00,Sea\n2026-10-01,5.00,Sea\n2026-10-02,5.00,Sky\n", "utf-8")
    ok("stream", "add", "Photos", "--currency", "EUR")
    words = ("import", "csv", str(path))

    def counts(*more: str) -> tuple[int, int, int]:
        made = data(*words, *more)
        return made["new"], made["same"], made["changed"]

    assert counts("--stream", "gum") == (3, 0, 0)
    assert counts("--stream", "gum") == (0, 3, 0)
    assert counts("--map", "title=Thing", "--stream", "gum") == (0, 3, 0)
    assert counts("--map", "note=Thing", "--map", "currency=USD", "--stream", "photos") == (0, 3, 0)
    assert counts("--map", "currency=EUR", "--stream", "gum") == (0, 0, 3)  # now the file is said to be in another
    assert counts("--map", "currency=EUR", "--stream", "gum", "--save", "photos") == (0, 3, 0)
    assert ok("import", str(path)).endswith("3 entries are there already.\nNothing new.\n")
    assert "[id]\ncells = true\n" in ok("preset", "show", "photos")
    assert len(data("entry", "list")) == 3


def test_nothing_of_a_file_with_troubles_unless_it_is_asked_for(run, ok, home: Path, shop: None) -> None:
    path = bad_row(home)
    words = ("import", "csv", path, "--map", "gross=Amount", "--map", "currency=USD", "--stream", "gum")
    failed = run(*words, "--save", "own")
    assert failed.exit_code == 1
    assert failed.stderr == (
        "Cannot be read:\n"
        "  bad.csv, line 3, column Amount, “five”: it is not a number\n"
        "Nothing was imported. Mend the file, or add --skip-bad to import the rest.\n"
    )
    assert failed.stdout == ""
    assert not (home / "config" / "pitrack" / "presets").exists()
    done = run(*words, "--skip-bad")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "1 new entry, of 2026-10-01.")
    assert "Left out, since it cannot be read:" in done.stderr
    failed = run(*words, "--json")
    assert '"why": "number"' in failed.stdout
    assert failed.exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["import", "{sales}"], 1, "No preset knows the columns of"),
        (["import", "gumroad", "{sales}"], 2, "“gumroad” is not one of: loop, harsh, "),
        (["import", "gumroad", "{sales}"], 2, "youtube. “pitrack preset list” shows what they are of.\n"),
        (["import", "gumroad-sales", "{sales}"], 1, "has no column"),
        (["import", "gumroad-sales", "none.csv"], 1, "none.csv cannot be used: No such file or directory."),
        (["import", "harsh"], 2, "FILE is missing."),
        (["import", "harsh", "x", "--month", "2026-10"], 2, "are for the files of platforms."),
        (["import", "{sales}", "--month", "soon"], 2, "“soon” is not a month like 2026-10."),
        (["import", "{sales}", "--map", "gross=Paid To Me"], 2, "--map and --save go with"),
        (["import", "csv", "{sales}", "--map", "gross"], 2, "“gross” is no mapping; say MEANING=COLUMN"),
        (
            ["import", "csv", "{sales}", "--map", "colour=Thing"],
            2,
            "“colour=Thing” is no mapping; say MEANING=COLUMN, with one of: day, gross, fee, net, withheld, received, "
            "currency, title, note, units, kind, status, paid, published, id, days, decimal, assets, fee_sign.\n",
        ),
        (["import", "csv", "{sales}", "--map", "gross=Nothing"], 1, "has no column Nothing"),
        (
            ["import", "csv", "{sales}", *MAPPED, "--map", "days=backwards"],
            2,
            "--map cannot set days to that; choose one of: YMD, DMY, MDY, auto\n",
        ),
        (
            ["import", "csv", "{sales}", *MAPPED, "--map", "currency=euros"],
            2,
            "--map cannot set currency to that; say, for instance, --map currency=EUR.\n",
        ),
        (
            ["import", "gumroad-sales", GUMROAD, "--map", "fee_sign=?"],
            2,
            "fee_sign to that; choose one of: auto, +, -\n",
        ),
        (
            ["import", "gumroad-sales", GUMROAD, "--map", "title=Thing"],
            2,
            "takes --map for these only: currency, days, decimal, status, assets, fee_sign.\n",
        ),
        (["import", "csv", "{sales}", *MAPPED, "--save", "../x"], 2, "A preset's name has small letters"),
        (["import", "csv", "{sales}", *MAPPED, *EURO], 1, "no stream is known for it; add --stream, one of: gumroad"),
        (["import", "csv", "{sales}", *MAPPED, *EURO, "--stream", "x"], 2, "“x”"),
        (["preset", "show", "none"], 2, "“none” is not one of: "),
    ],
)
def test_what_is_refused(run, sales: str, shop: None, *, words: list[str], code: int, said: str) -> None:
    result = run(*(word.format(sales=sales) for word in words))
    assert said in result.stderr
    assert (result.exit_code, result.stdout) == (code, "")
    assert run("entry", "list", "--json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Amount,Item\n5.00,Book\n",
            "no column for the day was found; say which it is, --map day=COLUMN, or if there is none, "
            "add --month 2026-10",
        ),
        (
            "Date,Amount\n01/02/2026,5.00\n",
            "in the column Date, it cannot be told which is the day and which the month; add --map days=DMY or "
            "--map days=MDY",
        ),
        (
            "Date,Amount\n2026-10-01,1.234\n",
            "in Amount, it cannot be told what stands before the decimals; add --map decimal=. (a point) or "
            "--map decimal=, (a comma)",
        ),
        (
            'Date,Amount\n2026-10-01,1\n2026-10-02,"2\n',
            "odd.csv is not sound CSV in line 3; look for a quotation mark that is not closed",
        ),
    ],
)
def test_why_a_table_cannot_be_read(run, home: Path, shop: None, *, text: str, said: str) -> None:
    path = home / "odd.csv"
    path.write_text(text, "utf-8")
    refused = run("import", "csv", str(path), "--stream", "gum")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == f"{path} cannot be imported: {said}. Nothing was imported.\n"


def test_what_the_file_left_no_doubt_of_is_kept(ok, home: Path, shop: None) -> None:
    path = home / "wann.csv"
    path.write_text("X;Y;Z\n13/10/2026;5,50;7,25\n01/02/2026;6,00;8,00\n", "utf-8")
    ok("import", "csv", str(path), "--map", "day=X", "--map", "gross=Z", "--stream", "gum", "--save", "wann")
    shown = ok("preset", "show", "wann").splitlines()
    assert {'days = "DMY"', 'decimal = ","', 'day = ["X"]', 'gross = ["Z"]'} <= set(shown)
    path.write_text("X;Y;Z\n02/03/2026;;1.234\n", "utf-8")
    assert "1 new entry, of 2026-03-02.\nUSD: income 1,234.00 USD\n" in ok("import", str(path))


def test_the_column_of_the_id_can_be_mapped(data, ok, home: Path, shop: None) -> None:
    path = home / "ids.csv"
    words = ("import", "csv", str(path), "--map", "id=Title", "--map", "gross=Much", "--stream", "gum")
    path.write_text("Date,Much,Title\n2026-10-01,5.00,a-1\n2026-10-02,6.00,a-2\n", "utf-8")
    assert data(*words)["new"] == 2
    path.write_text("Date,Much,Title\n2026-10-01,7.00,a-1\n", "utf-8")
    assert data(*words, "--save", "mine")["changed"] == 1
    assert '[id]\ncolumns = ["Title"]\ncells = true\n' in ok("preset", "show", "mine")


def test_a_file_without_days_is_kept_as_one_that_asks_for_the_month(ok, run, home: Path, shop: None) -> None:
    path = home / "month.csv"
    path.write_text("Amount,Item\n5.00,Book\n", "utf-8")
    ok("import", "csv", str(path), "--month", "2026-10", "--stream", "gum", "--save", "monthly")
    asked = run("import", str(path))
    assert "it does not say when this was earned; add --month 2026-10." in asked.stderr
    assert "1 new entry, of 2026-09-30." in ok("import", str(path), "--month", "2026-09")


def test_a_preset_may_be_read_with_another_setting(ok, data, home: Path, shop: None) -> None:
    ok("import", GUMROAD, "--map", "currency=EUR")
    assert {one["currency"] for one in data("entry", "list")} == {"EUR"}
    assert "there already" in ok("import", "gumroad-sales", GUMROAD, "--map", "currency=EUR")


def test_several_presets_that_fit(run, ok, sales: str, home: Path, shop: None) -> None:
    for name in ("one", "two"):
        ok("import", "csv", sales, *MAPPED, *EURO, "--stream", "gum", "--save", name)
    failed = run("import", sales)
    assert failed.exit_code == 1
    assert "may be of several presets; name one of them: one, two." in failed.stderr


def test_a_preset_of_ones_own_that_is_broken_is_told_of(run, home: Path, shop: None) -> None:
    folder = home / "config" / "pitrack" / "presets"
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text("title = ")
    (folder / "half.toml").write_text('title = "x"\n[columns]\nday = "Date"\n')
    (folder / "Bad Name.toml").write_text('[columns]\ngross = "x"\n')
    (folder / "gumroad-sales.toml").write_text(
        'title = "Mine\x1b"\n[recognise]\ncolumns = ["Purchase ID"]\n[columns]\ngross = "Sale Price ($)"\n'.replace(
            "\x1b", "\\u001b"
        )
    )
    listed = run("preset", "list")
    assert listed.exit_code == 0
    assert [line.split("preset ")[1].split(" ")[0] for line in listed.stderr.splitlines()] == [
        "Bad",
        "broken.toml",
        "half.toml",
    ]
    mine = next(line for line in listed.stdout.splitlines() if line.startswith("gumroad-sales"))
    assert "\x1b" not in mine
    assert mine.endswith("your own")


def test_every_preset_can_be_shown(ok, data) -> None:
    found = [one["name"] for one in data("preset", "list")]
    assert "gumroad-sales" in found
    for name in found:
        assert "[columns]" in ok("preset", "show", name)


def test_a_hostile_file_harms_no_terminal(run, home: Path, shop: None) -> None:
    path = home / "evil.csv"
    path.write_text('Date,Amount,Item\n2026-10-01,"\x1b[31m9x",[bold]x[/]\n', "utf-8")
    result = run("import", "csv", str(path), "--map", "gross=Amount", "--map", "currency=USD", "--stream", "gum")
    assert result.exit_code == 1
    assert "\x1b" not in result.output


def test_a_pipe_is_refused(run, home: Path, shop: None) -> None:
    os.mkfifo(home / "pipe.csv")
    result = run("import", str(home / "pipe.csv"))
    assert (result.exit_code, "it is not an ordinary file" in result.stderr) == (1, True)
