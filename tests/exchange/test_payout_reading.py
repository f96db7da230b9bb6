"""The rows of a platform's file as payouts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pitrack.core.days import Month
from pitrack.exchange.found import Refused
from pitrack.exchange.payouts.guess import guess
from pitrack.exchange.payouts.reading import FoundPayouts
from pitrack.exchange.payouts.sheet import open_tables
from tests.exchange.shops import SHOP, day, found_in, shop

HEAD = "ID,Date,Gross,Fee,Net\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


def money(found: FoundPayouts) -> list[tuple[str, str, str]]:
    assert not found.troubles
    return [(row.kind, f"{row.gross:f}", f"{row.fee:f}") for row in found.rows]


def whys(found: FoundPayouts) -> list[tuple[int | None, str, str, str]]:
    return [(one.line, one.column, one.value, one.why) for one in found.troubles]


@pytest.mark.parametrize(
    ("row", "kind", "gross", "fee"),
    [
        ("10.00,1.00,9.00", "income", "10", "1"),
        ("10.00,-1.00,9.00", "income", "10", "1"),
        ("10.00,0,10.00", "income", "10", "0"),
        ("10.00,1.004,9.00", "income", "10", "1.004"),  # rounded there
        ("10.00,-1.00,11.00", "income", "11", "0"),  # a fee that came back
        ("-10.00,1.00,-9.00", "refund", "9", "0"),  # a refund with its fee given back
        ("-10.00,1.00,-11.00", "refund", "10", "1"),
        ("0,2.50,-2.50", "expense", "2.5", "0"),
    ],
)
def test_the_sign_of_a_fee_is_the_one_that_adds_up(path: Path, row: str, kind: str, gross: str, fee: str) -> None:
    assert money(found_in(path, f"{HEAD}a,2026-10-01,{row}\n")) == [(kind, gross, fee)]


def test_what_does_not_add_up_is_a_trouble(path: Path) -> None:
    found = found_in(path, HEAD + "a,2026-10-01,10,1,5\nb,2026-10-01,10,1,9\n")
    assert whys(found) == [(2, "Net", "5", "sums")]
    assert [row.source_id for row in found.rows] == ["b"]


def test_fees_are_summed_and_a_net_alone_will_do(path: Path) -> None:
    assert money(found_in(path, "Date,Fee,Tax on fee,Net\n2026-10-01,1,0.55,8.45\n2026-10-02,,,-3\n")) == [
        ("income", "10.00", "1.55"),
        ("refund", "3", "0"),
    ]
    assert money(found_in(path, "Date,Gross,Net\n2026-10-01,10,8.50\n")) == [("income", "10", "1.5")]


def test_kinds_states_and_what_is_left_out(path: Path) -> None:
    found = found_in(
        path,
        "ID,Date,Gross,Type,State,Item\n"
        "a,2026-10-01,10,Sale,done,Book\n"
        "b,2026-10-01,10,refund,Waiting,Book\n"
        "c,2026-10-01,-4,CHARGE,Void,\n"
        "d,2026-10-01,99,Payout,Done,\n"
        "e,2026-10-01,99,Sale,Hidden,\n"
        "f,2026-10-01,0.00,Sale,Done,\n"
        "Total,,218,,,\n"
        "g,2026-10-01,10,Sale,Lost,\n",
    )
    assert [(row.kind, row.gross, row.status) for row in found.rows] == [
        ("income", 10, "cleared"),
        ("refund", 10, "pending"),
        ("expense", 4, "void"),
    ]
    assert found.skipped == {"word": 1, "status": 1, "zero": 1, "total": 1}
    assert whys(found) == [(9, "State", "Lost", "status")]


def test_all_that_a_row_says(path: Path) -> None:
    (row,) = found_in(
        path,
        "ID,Date,Gross,Currency,Item,Qty,Note,Paid\n"
        "a-1,2026-10-01,1200,jpy,  Ink   and Wash ,2,for me@example.com with thanks,2026-11-30\n",
    ).rows
    assert row.key == ("id", "a-1", "1")
    assert (row.line, row.day, row.paid) == (2, day("2026-10-01"), day("2026-11-30"))
    assert (row.currency, row.title, row.units, row.note) == ("JPY", "Ink and Wash", 2, "for with thanks")
    assert (row.source_id, row.withheld, row.published, row.received) == ("a-1", 0, None, None)


def test_rows_that_look_alike_are_all_kept(path: Path) -> None:
    row = "2026-10-01,5.00,Photo\n"
    found = found_in(path, "Date,Gross,Item\n" + row * 2 + "2026-10-01,5,Photo\n2026-10-02,5,Photo\n")
    keys = [one.key for one in found.rows]
    assert len({*keys}) == 4
    assert [key[-1] for key in keys] == ["1", "2", "3", "1"]
    assert {key[:-1] for key in keys[:3]} == {("row", "2026-10-01", "Photo", "income", "", "USD", "5")}


def test_rows_may_be_known_by_their_cells(path: Path) -> None:
    text = "Item,Date,Gross,Extra\n Ink  Ｗash,2026-10-01,5,Ｘ\nink wash,2026-10-01,5,x\nink wash,2026-10-02,5\n"
    keys = [row.key for row in found_in(path, text, shop(cells=True)).rows]
    assert keys == [
        ("cells", "2026-10-01", "x", "5", "ink wash", "1"),
        ("cells", "2026-10-01", "x", "5", "ink wash", "2"),
        ("cells", "2026-10-02", "", "5", "ink wash", "1"),
    ]
    other = shop(cells=True, columns={"day": ("Date",), "gross": ("Gross",)}, currency="EUR")
    assert [row.key for row in found_in(path, text, other).rows] == keys
    monthly = shop(cells=True, columns={"gross": ("Gross",)})
    (row,) = found_in(path, "Gross,Item\n5,Ink\n", monthly, Month(2026, 2)).rows
    assert row.key == ("cells", "5", "ink", "2026-02", "1")


def test_troubles_name_line_column_and_value(path: Path) -> None:
    found = found_in(
        path,
        "ID,Date,Gross,Currency\n"
        "a,soon,5,USD\n"
        "b,2026-10-01,five,USD\n"
        "c,2026-10-01,5,DOLLAR\n"
        "d,2099-10-01,5,USD\n"
        "e,2026-10-01,,USD\n"
        "f,,5,USD\n"
        "g,2026-10-01,5,USD,more\n",
    )
    assert found.rows == ()
    assert whys(found) == [
        (2, "Date", "soon", "day-of"),
        (3, "Gross", "five", "number"),
        (4, "Currency", "DOLLAR", "currency"),
        (5, "Date", "2099-10-01", "range"),
        (6, "Gross", "", "empty"),
        (7, "Date", "", "empty"),
        (8, "5", "more", "more-cells"),
    ]


def test_more_kept_back_than_there_was(path: Path) -> None:
    found = found_in(path, HEAD + "a,2026-10-01,1,2,-1\n")
    assert whys(found) == [(2, "Fee", "2", "more-than-gross")]


def test_an_order_of_several_lines_counts_once(path: Path) -> None:
    preset = shop(carry=("ID", "Date", "Gross"))
    found = found_in(
        path,
        "ID,Date,Gross,Item\n1,2026-10-01,30,Brush\n,,,Ink\n2,2026-10-02,10,Ink\n",
        preset,
    )
    assert [(row.source_id, row.gross, row.title) for row in found.rows] == [("1", 30, "Brush"), ("2", 10, "Ink")]
    assert found.skipped == {"continued": 1}


def test_a_file_that_does_not_say_when(path: Path) -> None:
    preset = shop(columns={"gross": ("Gross",)}, ask="month")
    with pytest.raises(Refused, match="which-month"):
        found_in(path, "Gross,ID\n5,a\n", preset)
    (row,) = found_in(path, "Gross,ID\n5,a\n", preset, Month(2026, 2)).rows
    assert row.day == day("2026-02-28")


def test_columns_that_are_not_there(path: Path) -> None:
    with pytest.raises(Refused) as error:
        found_in(path, "ID,Date\na,2026-10-01\n", shop(needed=("ID",)))
    assert (error.value.code, error.value.details["missing"]) == ("columns", ["Gross", "Net"])
    with pytest.raises(Refused) as error:
        found_in(path, "ID,Gross\na,5\n", shop(needed=("ID",)))
    assert error.value.details["missing"] == ["Date"]


def test_a_file_of_troubles_only(path: Path) -> None:
    with pytest.raises(Refused, match="hopeless"):
        found_in(path, "Date,Gross\n" + "x,5\n" * 10_001)


def test_the_style_of_a_table_is_told_from_all_its_amounts(path: Path) -> None:
    preset = SHOP._replace(decimal="auto", days="auto")
    text = "Date;Gross;Fee;Net\n13.10.2026;1.000;100,00;900,00\n02.10.2026;10,00;1,00;9,00\n"
    assert money(found_in(path, text, preset)) == [("income", "1000", "100"), ("income", "10", "1")]
    assert [row.day for row in found_in(path, text, preset).rows] == [day("2026-10-13"), day("2026-10-02")]


@pytest.mark.parametrize(
    ("text", "columns", "currency"),
    [
        (
            "Order ID,Order Date,Product,Amount (USD),Commission,Customer Name,Email\n"
            "x1,2026-10-01,Book,10.00,1.00,Anna,a@b.c\nx2,2026-10-01,Book,12.00,1.00,Bert,b@b.c\n",
            {"day": "Order Date", "gross": "Amount (USD)", "fee": "Commission", "title": "Product"},
            "USD",
        ),
        (
            "Datum;Artikel;Betrag;Gebühr;Währung\n13.10.2026;Buch;1.000,50;10,00;EUR\n",
            {"day": "Datum", "gross": "Betrag", "fee": "Gebühr", "title": "Artikel", "currency": "Währung"},
            "",
        ),
        (
            "日付,商品名,売上金額,手数料,数量\n2026/10/01,写真集,￥1000,￥100,2\n",
            {"day": "日付", "title": "商品名", "gross": "売上金額", "fee": "手数料", "units": "数量"},
            "JPY",
        ),
        ("When,What,Much\n2026-10-01,Book,5.00\n", {"day": "When", "gross": "Much"}, ""),
        ("a,b\nx,y\n", {}, ""),
    ],
)
def test_a_guess(path: Path, text: str, columns: dict[str, str], currency: str) -> None:
    path.write_text(text, "utf-8")
    draft = guess(open_tables(path)[0])
    assert {meaning: names[0] for meaning, names in draft.columns.items()} == columns
    assert draft.currency == currency


def test_a_guess_takes_the_platforms_own_id(path: Path) -> None:
    path.write_text("Date,Amount,Order No,Transaction ID\n2026-10-01,5,7,a\n2026-10-02,6,7,b\n", "utf-8")
    assert guess(open_tables(path)[0]).ids == ("Transaction ID",)


def test_amounts_stay_exact(path: Path) -> None:
    (row,) = found_in(path, "Date,Gross\n2026-10-01,0.000123456789\n").rows
    assert row.gross == Decimal("0.000123456789")


def test_sums_of_long_amounts_lose_nothing(path: Path) -> None:
    (row,) = found_in(path, "Date,Fee,Net\n2026-10-01,0.00000000000001,99999999999999.99999999999998\n").rows
    assert row.gross == Decimal("99999999999999.99999999999999")


def test_a_long_text_takes_no_time(path: Path) -> None:
    (row,) = found_in(path, f"Date,Gross,Note,Item\n2026-10-01,5,{'x' * 99_999},{'ab ' * 30_000}\n").rows
    assert (len(row.note), len(row.title)) == (500, 200)


@pytest.mark.parametrize(
    ("text", "rows", "columns"),
    [
        (
            "Datum;Betrag;Gebühr;Titel\n13.10.2026;1.249,56;-12,30;Buch\nSumme;1.249,56;-12,30;\n",
            ["2026-10-13 1249.56 12.3 Buch"],
            {"day": "Datum", "gross": "Betrag", "fee": "Gebühr", "title": "Titel"},
        ),
        (
            "Date,Amount,Title\n2026-10-01,30.00,Book\nTotal,30.00,\n",
            ["2026-10-01 30 0 Book"],
            {"day": "Date", "gross": "Amount", "title": "Title"},
        ),
        (
            "タイトル,日付,金額\n写真集,2026/10/01,1200\n,合計,1200\n",
            ["2026-10-01 1200 0 写真集"],
            {"day": "日付", "gross": "金額", "title": "タイトル"},
        ),
        (
            "Date,Title,Amount\n2026-10-01,Total,10.00\n2026-10-02,Book,20.00\n,Sub-Total :,30.00\n"
            "2026-10-31,TOTAL:,30.00\n",
            ["2026-10-01 10 0 Total", "2026-10-02 20 0 Book"],
            {"day": "Date", "gross": "Amount", "title": "Title"},
        ),
    ],
)
def test_rows_that_sum_up_others(path: Path, text: str, rows: list[str], columns: dict[str, str]) -> None:
    path.write_text(text, "utf-8")
    draft = guess(open_tables(path)[0])
    assert {meaning: names[0] for meaning, names in draft.columns.items()} == columns
    found = found_in(path, text, draft._replace(currency="JPY"))
    assert [f"{row.day} {row.gross:f} {row.fee:f} {row.title}" for row in found.rows] == rows
    assert (found.skipped, found.troubles) == ({"total": len(text.splitlines()) - 1 - len(rows)}, ())


@pytest.mark.parametrize(
    "word",
    [
        *("total", "totals:", "Grand Total", "subtotal", "Sub-total", "sum"),
        *("Summe：", "Gesamt", "Gesamtsumme", "Zwischensumme", "insgesamt"),
        *("Total général", "somme", "合計", "総計", "計", "小計：", "ＴＯＴＡＬ"),
    ],
)
def test_words_for_a_sum(path: Path, word: str) -> None:
    found = found_in(path, f"Date,Item,Gross\n2026-10-01,Book,5\n{word},,5\n")
    assert ([row.title for row in found.rows], found.skipped) == (["Book"], {"total": 1})


def test_a_sum_hides_no_id(path: Path) -> None:
    path.write_text("Date,Amount,Order No\n2026-10-01,5,7\n2026-10-02,6,8\nTotal,11,\n", "utf-8")
    assert guess(open_tables(path)[0]).ids == ("Order No",)


@pytest.mark.parametrize(
    ("text", "currency", "amounts"),
    [
        ("Date,Gross\n2026-10-01,1.234\n2026-10-02,2.500\n", "USD", None),
        ("Date;Gross\n2026-10-01;1,234\n2026-10-02;0\n", "EUR", None),
        ("Date,Gross\n2026-10-01,1.234\n2026-10-02,2.500\n", "JPY", ["1234", "2500"]),
        ("Date;Gross;Currency\n2026-10-01;1,234;JPY\n2026-10-02;2,500;\n", "JPY", ["1234", "2500"]),
        ("Date;Gross;Currency\n2026-10-01;1,234;JPY\n2026-10-02;2,500;USD\n", "JPY", None),
        ("Date;Gross;Fee\n2026-10-01;1,234;0.50\n", "USD", ["1234"]),
    ],
)
def test_amounts_that_can_be_read_in_two_ways(path: Path, text: str, currency: str, amounts: list[str] | None) -> None:
    preset = shop(decimal="auto", currency=currency)
    if amounts is None:
        with pytest.raises(Refused, match="which-decimal"):
            found_in(path, text, preset)
        assert not found_in(path, text, shop(decimal=".", currency=currency)).troubles
        return
    assert [f"{row.gross:f}" for row in found_in(path, text, preset).rows] == amounts
