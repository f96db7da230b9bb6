"""Each preset for payouts on a file of its platform: what is read, and what it comes to in the book."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.days import Month
from pitrack.core.model import Settings
from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.planning import PayoutPlan, plan_payouts
from pitrack.exchange.payouts.preset import (
    FOLDER,
    BadPreset,
    PayoutPreset,
    builtin_presets,
    is_taken,
    preset_of,
    save_preset,
    written,
)
from pitrack.exchange.payouts.reading import FoundPayouts, Payout, read_payouts, together
from pitrack.exchange.payouts.recognise import best, fitting, recognise
from pitrack.exchange.payouts.sheet import Table, open_tables
from pitrack.store import edits
from pitrack.store.book import Book
from tests.exchange.files import SETTING, TODAY, d
from tests.exchange.payout_figures import ROWS, SUMS
from tests.exchange.payouts import PAYOUTS, sample, workbook
from tests.store.books import another_device, exchange

PRESETS = builtin_presets()
OCTOBER = Month(2026, 10)

PEOPLE = (
    *("Anna", "Buyer", "Bert", "Kaeufer", "Chie", "Kaite", "Dora", "Emil", "Acheteur", "Elm", "elmworks", "annabuyer"),
    *(
        "Springfield",
        "Ulmenweg",
        "Ormes",
        "Mina Owner",
        "DE00123",
        "1234",
        "買手花子",
        "千代田",
        "03-0000-0000",
        "uid-0001",
    ),
    *("example.com", "example.de", "example.jp", "example.org", "example.fr", "example.net", "@"),
)
"""Of buyers, and of the owner: all that a platform's file says of them and a book need not know."""


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Book:
    made = Book.create(tmp_path / "book.json", Settings("", zone="Asia/Tokyo"), state=tmp_path / "state")
    made.apply(edits.add_stream(made.snapshot(), "Shop"))
    return made


def read(name: str, tables: Iterable[Table], month: Month | None = None) -> FoundPayouts:
    preset = PRESETS[name]
    month = month or (OCTOBER if name == "youtube" else None)
    return together(read_payouts(preset, one, SETTING, month) for one in fitting(preset, tuple(tables)))


def found(name: str, folder: Path, month: Month | None = None) -> FoundPayouts:
    return read(name, open_tables(sample(name, folder), PRESETS[name].encodings), month)


def run(book: Book, name: str, what: FoundPayouts, **given: object) -> PayoutPlan:
    snap = book.snapshot()
    planned = plan_payouts(snap, what, PRESETS[name], TODAY, stream=next(iter(snap.streams)), **given)  # type: ignore[arg-type]
    if planned.change.writes:
        book.apply(planned.change)
    return planned


def counts(planned: PayoutPlan) -> tuple[int, ...]:
    return planned.new, planned.same, planned.changed, planned.kept, planned.gone, planned.blocked


def told(row: Payout) -> str:
    assert row.withheld == 0
    return " ".join(filter(None, (
        f"{row.day} {row.kind} {_plain(row.gross)}",
        f"fee {_plain(row.fee)}" if row.fee else "",
        f"{row.currency} {row.status}",
        f"{_plain(row.units)} unit{'' if row.units == 1 else 's'}" if row.units else "",
        f"[{row.title}]" if row.title else "",
        f'"{row.note}"' if row.note else "",
        f"since {row.published}" if row.published else "",
        row.source_id,
    )))  # fmt: skip


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_a_sample_and_its_figures(name: str) -> None:
    assert (PAYOUTS / f"{name}.csv").exists() or (PAYOUTS / f"{name}.sheets").exists()
    assert name in ROWS
    assert name in {preset for preset, _, _ in SUMS}
    assert (FOLDER / f"{name}.toml").read_text("utf-8").startswith("# "), "where a user finds the file"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_being_written(name: str) -> None:
    assert preset_of(name, tomllib.loads(written(PRESETS[name]))) == PRESETS[name]


def test_the_document_names_every_preset_and_its_example_is_one() -> None:
    text = (Path(__file__).parents[2] / "docs/presets.md").read_text("utf-8")
    assert [name for name in PRESETS if f"`{name}`" not in text] == []
    example = text.split("```toml\n")[1].split("```")[0]
    shop = preset_of("my-shop", tomllib.loads(example))
    assert (shop.source, shop.needed, shop.ids) == ("my-shop", ("Order", "Paid on", "Amount"), ("Order",))
    assert shop.cells


def test_no_figures_are_without_a_preset() -> None:
    assert ROWS.keys() == PRESETS.keys() == {preset for preset, _, _ in SUMS}
    assert {path.stem for path in PAYOUTS.iterdir()} == PRESETS.keys()


@pytest.mark.parametrize("name", PRESETS)
def test_a_file_is_recognised_by_its_header_and_as_nothing_else(name: str, tmp_path: Path) -> None:
    known = recognise(open_tables(sample(name, tmp_path), PRESETS[name].encodings), PRESETS)
    assert [preset.name for preset in best(known)] == [name]
    assert {preset.name for preset, _ in known} == {name}
    if not PRESETS[name].sheets:
        lines = (PAYOUTS / f"{name}.csv").read_bytes().splitlines(keepends=True)
        header = tmp_path / "header.csv"
        header.write_bytes(b"".join(lines[: 2 if name == "amazon-associates" else 1]))
        assert [preset.name for preset, _ in recognise(open_tables(header), PRESETS)] == [name]


@pytest.mark.parametrize("name", PRESETS)
def test_rows_are_read_to_the_last_digit(name: str, tmp_path: Path) -> None:
    what = found(name, tmp_path)
    left_out = ", ".join(f"{times} {reason}" for reason, times in sorted(what.skipped.items()))
    lines = [*map(told, what.rows), *([f"left out: {left_out}"] if left_out else [])]
    assert lines == [line.strip() for line in ROWS[name].strip().splitlines()]
    assert what.troubles == ()


@pytest.mark.parametrize("name", PRESETS)
def test_entries_of_the_book_come_to_the_sums_worked_out_by_hand(name: str, tmp_path: Path, book: Book) -> None:
    run(book, name, found(name, tmp_path))
    entries = book.snapshot().entries
    sums = {}
    for currency, status in {(entry.currency, entry.status) for entry in entries}:
        own = [entry for entry in entries if (entry.currency, entry.status) == (currency, status)]
        of = {kind: sum(one.gross for one in own if one.kind == kind) for kind in ("income", "refund", "expense")}
        units = sum(one.units or 0 for one in own)
        sums[name, currency, status] = (
            f"income {_plain(Decimal(of['income']))} refunds {_plain(Decimal(of['refund']))}"
            f" fees {_plain(Decimal(sum(one.fee for one in own)))} expenses {_plain(Decimal(of['expense']))}"
            + (f" units {_plain(Decimal(units))}" if units else "")
        )
        assert sum(one.withheld for one in own) == 0
    assert sums == {key: text for key, text in SUMS.items() if key[0] == name}


@pytest.mark.parametrize("name", PRESETS)
def test_importing_twice_adds_nothing(name: str, tmp_path: Path, book: Book) -> None:
    size = len(found(name, tmp_path).rows)
    assert counts(run(book, name, found(name, tmp_path))) == (size, 0, 0, 0, 0, 0)
    before = book.path.read_bytes()
    again = run(book, name, found(name, tmp_path))
    assert counts(again) == (0, size, 0, 0, 0, 0)
    assert again.change.writes == ()
    assert book.path.read_bytes() == before


@pytest.mark.parametrize("name", PRESETS)
def test_two_devices_that_import_the_same_file_hold_it_once_and_as_one_edited_it(
    name: str, tmp_path: Path, book: Book
) -> None:
    there = another_device(book, tmp_path, ahead_ms=-1000)
    what = found(name, tmp_path)
    run(there, name, what)
    edited = there.snapshot().entries[0]
    there.apply(edits.edit_entry(there.snapshot(), edited.id, note="mine", status="void"))
    run(book, name, what)  # later than the edit, and counts less
    exchange(book, there)
    assert len(book.snapshot().entries) == len(what.rows)
    by_id = {entry.id: entry for entry in book.snapshot().entries}
    assert (by_id[edited.id].note, by_id[edited.id].status) == ("mine", "void")
    assert counts(run(book, name, what))[0] == 0


@pytest.mark.parametrize("name", PRESETS)
def test_nothing_of_a_buyer_is_imported(name: str, tmp_path: Path, book: Book) -> None:
    run(book, name, found(name, tmp_path))
    text = book.path.read_text("utf-8")
    assert [one for one in PEOPLE if one in text] == []


def test_the_files_do_name_buyers() -> None:
    text = "".join(path.read_bytes().decode("utf-8", "replace") for path in PAYOUTS.iterdir())
    assert [one for one in PEOPLE if one not in text] == []


def kdp(book: Book, name: str, folder: Path, month: Month | None = None) -> PayoutPlan:
    return run(book, name, found(name, folder, month))


def statuses(book: Book) -> list[tuple[str, str, str]]:
    return sorted(
        (f"{one.day:%Y-%m}", one.status, f"{_plain(one.gross)} {one.currency}") for one in book.snapshot().entries
    )


@pytest.mark.parametrize(("estimate", "confirmed"), [("kdp-estimate-ja", "kdp-ja"), ("kdp-estimate-ja", "kdp")])
def test_what_kdp_confirms_replaces_its_estimate(estimate: str, confirmed: str, tmp_path: Path, book: Book) -> None:
    kdp(book, estimate, tmp_path)
    assert {status for _, status, _ in statuses(book)} == {"pending"}
    planned = kdp(book, confirmed, tmp_path)
    size = len(found(confirmed, tmp_path).rows)
    assert (planned.new, planned.replaced) == (size, 4)  # the estimates of October; that of November stays
    assert [one for one in statuses(book) if one[1] == "pending"] == [("2026-11", "pending", "279 JPY")]
    assert sum(status == "cleared" for _, status, _ in statuses(book)) == size

    later = kdp(book, estimate, tmp_path)
    assert counts(later) == (0, 1, 0, 0, 0, 4)
    assert sum(status == "pending" for _, status, _ in statuses(book)) == 1

    book.undo()  # of the confirmed: the estimates are back
    assert [one[:2] for one in statuses(book)] == [("2026-10", "pending")] * 4 + [("2026-11", "pending")]


def test_each_title_of_kdp_is_one_asset(tmp_path: Path, book: Book) -> None:
    kdp(book, "kdp-estimate-ja", tmp_path)
    kdp(book, "kdp-ja", tmp_path)
    snap = book.snapshot()
    assert sorted(asset.name for asset in snap.assets.values()) == ["Ink and Wash", "墨のにじみ"]
    assert {entry.asset for entry in snap.entries} == set(snap.assets)


def test_a_video_earns_in_each_month_anew(tmp_path: Path, book: Book) -> None:
    assert counts(run(book, "youtube", found("youtube", tmp_path)))[:2] == (2, 0)
    assert counts(run(book, "youtube", found("youtube", tmp_path, OCTOBER.shift(-1))))[:2] == (2, 0)
    assert counts(run(book, "youtube", found("youtube", tmp_path)))[:2] == (0, 2)
    assert {entry.day.month for entry in book.snapshot().entries} == {9, 10}
    assert {str(asset.published) for asset in book.snapshot().assets.values()} == {"2026-09-26", "2024-01-06"}


def test_a_result_of_a8net_that_is_confirmed_later_is_changed_in_its_place(tmp_path: Path, book: Book) -> None:
    run(book, "a8net", found("a8net", tmp_path))
    file = sample("a8net", tmp_path)
    data = file.read_bytes().decode("cp932").replace("未確定", "成果確定").replace(",1200,0,0,", ",1200,1150,0,")
    file.write_bytes(data.encode("cp932"))
    assert counts(run(book, "a8net", read("a8net", open_tables(file)))) == (0, 3, 1, 0, 0, 0)
    [entry] = [one for one in book.snapshot().entries if one.source_id == "26100300001"]
    assert (entry.status, entry.gross) == ("cleared", d("1150"))


def test_a_title_that_is_no_asset_is_the_note(tmp_path: Path, book: Book) -> None:
    book.apply(edits.add_asset(book.snapshot(), "Sticker", stream=next(iter(book.snapshot().streams))))
    run(book, "ko-fi", found("ko-fi", tmp_path))
    named = {(one.note, one.asset is not None) for one in book.snapshot().entries}
    assert named == {("Ko-fi Support", False), ("Membership", False), ("", True)}


BANK = {
    "columns": {"day": "Day", "gross": ["Final", "Amount"], "kind": "What"},
    "currency": "USD",
    "days": "YMD",
    "decimal": ".",
    "kinds": {"refund": "refund"},
}


def own(folder: Path, rows: str, **more: str) -> list[str]:
    """What a preset of one's own reads of a file."""
    preset: PayoutPreset = preset_of("bank", BANK | more)
    assert preset_of("bank", tomllib.loads(written(preset))) == preset
    file = folder / "bank.csv"
    file.write_text("Day,What,Amount,Final\n" + rows, "utf-8")
    what = together(read_payouts(preset, one, SETTING) for one in open_tables(file))
    assert what.troubles == ()
    return [f"{row.kind} {_plain(row.gross)}" for row in what.rows]


def test_where_money_out_is_an_expense_the_sign_tells_whose_a_refund_is(tmp_path: Path) -> None:
    rows = "2026-10-01,sale,5,\n2026-10-02,card,-3,\n2026-10-03,refund,-2,\n2026-10-04,refund,1,\n"
    assert own(tmp_path, rows, negative="expense") == ["income 5", "expense 3", "refund 2", "income 1"]
    assert own(tmp_path, rows) == ["income 5", "refund 3", "refund 2", "refund 1"]
    with pytest.raises(BadPreset, match="negative"):
        preset_of("bank", BANK | {"negative": "income"})


def test_of_several_columns_the_first_amount_that_is_more_than_nothing_is_the_gross(tmp_path: Path) -> None:
    rows = "2026-10-01,sale,5,4\n2026-10-02,sale,5,0\n2026-10-03,sale,5,\n2026-10-04,sale,0,0\n"
    assert own(tmp_path, rows) == ["income 4", "income 5", "income 5"]


@pytest.mark.parametrize("above", ["10月 2026", "October 2026", "2026-10", "2026年10月", "Okt. 2026"])
def test_a_line_above_the_header_says_the_month(above: str, tmp_path: Path) -> None:
    text = (PAYOUTS / "kdp.sheets").read_text("utf-8")
    assert "October 2026" in text
    tables = open_tables(workbook(tmp_path / "a.xlsx", text.replace("October 2026", above)))
    assert {str(row.day) for row in read("kdp", tables).rows} == {"2026-10-31"}
    assert {str(row.day) for row in read("kdp", tables, OCTOBER.shift(-1)).rows} == {"2026-09-30"}


@pytest.mark.parametrize("above", ["", "13月 2026", "All months", "2026"])
def test_where_no_line_says_the_month_it_must_be_said(above: str, tmp_path: Path) -> None:
    text = (PAYOUTS / "kdp.sheets").read_text("utf-8").replace("October 2026", above)
    with pytest.raises(Refused, match="which-month"):
        read("kdp", open_tables(workbook(tmp_path / "a.xlsx", text)))


def test_what_is_void_is_in_no_total(tmp_path: Path, book: Book) -> None:
    # 1200 pending, 3400 and 800 confirmed; not the 500 that were rejected.
    assert run(book, "a8net", found("a8net", tmp_path)).totals == {"JPY": (d("5400"), d("0"), d("0"))}


def test_the_name_of_a_column_says_the_currency(tmp_path: Path) -> None:
    file = sample("youtube", tmp_path)
    file.write_bytes(file.read_bytes().replace(b"(USD)", b"(JPY)"))
    tables = open_tables(file)
    assert [preset.name for preset, _ in recognise(tables, PRESETS)] == ["youtube"]
    assert {row.currency for row in read("youtube", tables, OCTOBER).rows} == {"JPY"}
    file.write_bytes(file.read_bytes().replace(b"(JPY)", b"(total)"))
    assert recognise(open_tables(file), PRESETS) == []


def test_a_name_is_taken_by_another_mapping_only(tmp_path: Path) -> None:
    bank = preset_of("bank", BANK)
    assert not is_taken("bank", bank, tmp_path / "none")
    save_preset(tmp_path, bank)
    assert not is_taken("bank", bank._replace(title="My bank"), tmp_path)
    assert is_taken("bank", bank._replace(currency="EUR"), tmp_path)
    assert is_taken("gumroad-sales", bank, tmp_path)
    assert not is_taken("gumroad-sales", PRESETS["gumroad-sales"], tmp_path)


def test_whether_rows_are_known_by_their_cells_is_written() -> None:
    assert [name for name, preset in PRESETS.items() if preset.cells] == []
    bank = preset_of("bank", BANK | {"id": {"cells": True}})
    assert "\n[id]\ncells = true\n" in written(bank)
    assert preset_of("bank", tomllib.loads(written(bank))) == bank
    with pytest.raises(BadPreset, match=r"id\.cells"):
        preset_of("bank", BANK | {"id": {"cells": "yes"}})
