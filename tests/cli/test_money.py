"""Booking money and time, and what it comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("started")


def test_earn_says_what_was_booked(ok) -> None:
    assert ok("earn", "news", "120.50", "--on", "2026-10-31", "--note", "sponsor") == (
        "Newsletter +120.50 USD on 2026-10-31 (sponsor)\n"
    )
    assert ok("earn", "news", "1,200", "jpy", "--fee", "2", "--withheld", "¥10", "--pending") == (
        "Newsletter +1,200 JPY on 2026-11-22, fee 2 JPY, withheld 10 JPY, pending\n"
    )
    assert ok("earn", "photos", "１２００円") == "写真素材 +1,200 JPY on 2026-11-22\n"
    assert ok("earn", "photos", "$5") == "写真素材 +5.00 USD on 2026-11-22\n"
    assert ok("spend", "-", "30", "--note", "desk") == "No stream -30.00 USD on 2026-11-22 (desk)\n"
    assert ok("refund", "news", "5") == "Newsletter -5.00 USD on 2026-11-22\n"


def test_entry_list_json_is_exact(ok, data) -> None:
    ok(
        *("earn", "news", "120.50", "--on", "2026-10-31", "--note", "sponsor", "--fee", "2.5", "--withheld", "10"),
        *("--units", "3", "--paid", "2026-11-02", "--received", "108", "--tag", "q4", "--tag", "#ad", "--id", "INV-7"),
    )
    (entry,) = data("entry", "list")
    assert len(entry.pop("id")) == 26
    assert entry == {
        "day": "2026-10-31",
        "paid": "2026-11-02",
        "stream": "Newsletter",
        "kind": "income",
        "status": "cleared",
        "gross": "120.50",
        "fee": "2.5",
        "withheld": "10",
        "net": "118.00",
        "currency": "USD",
        "units": "3",
        "note": "sponsor",
        "tags": ["ad", "q4"],
        "asset": None,
        "asset_name": None,
        "source_id": "INV-7",
    }


def test_a_payer_s_number_is_booked_once(ok, data) -> None:
    ok("earn", "news", "5", "--id", "INV-7")
    assert ok("earn", "news", "5", "--id", "INV-7") == (
        "An entry with the number INV-7 is booked already; nothing was added.\n"
    )
    assert len(data("entry", "list")) == 1


def test_entries_are_found_as_in_the_app(ok, data) -> None:
    ok("earn", "news", "10", "--on", "2026-10-31", "--note", "two words", "--fee", "1")
    ok("earn", "news", "20", "--on", "2026-11-01", "--note", "words two", "--pending")
    ok("spend", "-", "30", "--on", "2026-11-02", "--note", "desk")

    def amounts(query: str) -> list[str]:
        return [one["gross"] for one in data("entry", "list", "--find", query)]

    assert amounts("10..20 -pending") == ["10"]
    assert amounts('"two words"') == ["10"]
    assert amounts("no stream") == ["30"]
    assert amounts("fee >2026-10-01") == ["10"]
    assert [one["gross"] for one in data("entry", "list", "words", "--find=-fee")] == ["20"]


def test_entries_are_filtered(ok, data) -> None:
    ok("earn", "news", "10", "--on", "2026-10-31", "--note", "sponsor")
    ok("earn", "news", "20", "--on", "2026-11-01")
    ok("earn", "photos", "300", "--on", "2026-10-05")
    assert [one["gross"] for one in data("entry", "list")] == ["20", "10", "300"]
    assert [one["gross"] for one in data("entry", "list", "--stream", "news", "--month", "2026-10")] == ["10"]
    assert [one["gross"] for one in data("entry", "list", "--month", "先月", ">50")] == ["300"]
    shown = ok("entry", "list", "--month", "oct").splitlines()
    assert shown[0].startswith("Newsletter  2026-10-31  10.00 USD")
    assert shown[0].endswith("sponsor")
    assert shown[-1] == "USD: income 10.00 USD, expense 0.00 USD, net 10.00 USD"


def test_entries_are_changed_and_deleted_by_the_end_of_their_id(ok, data) -> None:
    ok("earn", "news", "10", "--note", "a", "--tag", "x", "--paid", "today")
    short = data("entry", "list")[0]["id"][-6:].lower()
    assert ok(
        "entry", "edit", short, "--amount", "$12.5", "--on", "-1", "--note", "b", "--tag", "y", "--paid", "-"
    ) == ("Changed: Newsletter +12.50 USD on 2026-11-21 (b)\n")
    (entry,) = data("entry", "list")
    assert (entry["gross"], entry["tags"], entry["paid"]) == ("12.5", ["y"], None)
    assert ok("entry", "edit", short, "--note", "b") == "Nothing to change: Newsletter +12.50 USD on 2026-11-21 (b)\n"
    assert ok("entry", "edit", short, "--stream", "-", "--status", "void").startswith("Changed: No stream +12.50")
    assert ok("entry", "delete", short).startswith("Deleted: No stream +12.50 USD on 2026-11-21 (b), void;")
    assert data("entry", "list") == []
    ok("undo")
    assert len(data("entry", "list")) == 1


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("earn", "news", "abc"), "“abc” is not an amount."),
        (
            ("earn", "news", "-5"),
            "“-5” is below zero. Type it without the minus; “spend” and “refund” take money away.",
        ),
        (("earn", "news", "-500"), "“-500” is below zero. Type it without the minus; “spend” and “refund”"),
        (("earn", "news", "-１２００"), "“-１２００” is below zero. Type it without the minus; “spend” and “refund”"),
        (("spend", "news", "-5.50usd"), "“-5.50usd” is below zero."),
        (("earn", "photos", "1,50"), "“1,50” is unclear: a comma groups thousands here, as in 1,200."),
        (("earn", "photos", "12,00"), "“12,00” is unclear: a comma groups thousands here, as in 1,200."),
        (("earn", "news", "12,00円"), "“12,00円” is unclear: a comma groups thousands here, as in 1,200."),
        (("earn", "news", "12,00", "jpy"), "“12,00” is unclear: a comma groups thousands here, as in 1,200."),
        (("earn", "photos", "500", "--fee", "12,00"), "“12,00” is unclear: a comma groups thousands here"),
        (("rate", "add", "USD", "JPY", "ゼロ"), "“ゼロ” is not a rate. Type it like 150.25."),
        (("earn", "--", "news", "-5"), "“-5” is below zero. Type it without the minus; “spend” and “refund”"),
        (("earn", "news", "5", "--fee", "-1"), "“-1” is below zero. Type it without the minus."),
        (("earn", "news", "0"), "“0” does not work as amount: it has to be above zero."),
        (("earn", "news", "1.234"), "“1.234” does not work as amount: USD has 2 decimal places."),
        (("earn", "photos", "1.5"), "“1.5” does not work as amount: JPY has no decimal places."),
        (("earn", "news", "5", "--fee", "0.001"), "“0.001” does not work as fee: USD has 2 decimal places."),
        (("time", "news", "25h"), "“25h” is not possible: one entry holds from 1 minute to 24 hours."),
        (("time", "news", "0"), "“0” is not possible: one entry holds from 1 minute to 24 hours."),
        (("time", "news", "--", "-1h"), "“-1h” is below zero. Type it without the minus.\n"),
        (("earn", "news", "$5", "eur"), "“$5 eur” names two currencies."),
        (
            ("earn", "news", "5", "dollars"),
            "“dollars” does not work as currency: type three capital letters, like USD.",
        ),
        (("earn", "news", "9" * 31), f"“{'9' * 31}” is too large."),
        (("earn", "nobody", "5"), "There is no stream called “nobody”. Choose one of: newsletter, photos (写真素材)."),
        (("earn", "news"), "AMOUNT is missing."),
        (("time", "news", "soon"), "“soon” is not a time."),
        (("time", "news", "1h", "--kind", "play"), "“play” is not one of: make (making), market (marketing),"),
        (("entry", "delete", "zzzz"), "There is no entry called “zzzz”"),
        (("growth", "--currency", "dollars"), "“dollars” does not work as currency"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_2(run, book: Path, args: tuple[str, ...], told: str) -> None:
    before = book.read_bytes()
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert result.stderr.count("\n") == 1
    assert book.read_bytes() == before


def test_a_currency_new_in_the_book_is_told_once(run, ok) -> None:
    told = "UDS is new in this book; if it is a slip, “pitrack undo” takes it back.\n"
    result = run("earn", "news", "5", "UDS")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Newsletter +5.00 UDS on 2026-11-22\n", told)
    ok("spend", "news", "5", "UDS")
    ok("rate", "add", "GBP", "USD", "1.3")
    ok("earn", "news", "5", "gbp")
    ok("earn", "news", "5", "jpy")


@pytest.mark.parametrize(
    "args", [("earn", "news", "5"), ("spend", "news", "5"), ("refund", "news", "5"), ("time", "news", "1h")]
)
def test_a_day_to_come_is_booked_and_told(run, ok, args: tuple[str, ...]) -> None:
    result = run(*args, "--on", "2026-11-23")
    assert (result.exit_code, result.stderr) == (0, "2026-11-23 has not come yet: this counts from that day on.\n")
    assert "2026-11-23" in result.stdout
    ok(*args, "--on", "2026-11-22")


def test_an_entry_edited_to_what_cannot_be_stays(run, ok, data) -> None:
    ok("earn", "news", "5")
    (before,) = data("entry", "list")
    for args, told in (
        (("--currency", "dollars"), "“dollars” does not work as currency: type three capital letters, like USD.\n"),
        (("--amount", "0"), "“0” does not work as amount: it has to be above zero.\n"),
        (("--amount", "5.5", "--currency", "jpy"), "“5.5” does not work as amount: JPY has no decimal places.\n"),
    ):
        result = run("entry", "edit", before["id"], *args)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)
    assert data("entry", "list") == [before]


def earn_monthly(ok, first: int, *amounts: str) -> None:
    for month, amount in enumerate(amounts, first):
        ok("earn", "news", amount, "--on", f"2026-{month:02}-10")


def test_an_arrival_is_told_as_a_month(ok, data) -> None:
    earn_monthly(ok, 3, *["92"] * 8)
    ok("goal", "add", "Camera", "--save", "920", "--since", "2026-01-01")
    # 184 more at 92 a month: 60.875 days from 22 November on.
    (told,) = data("goals")
    assert (told["outlook"], told["eta"], told["eta_from"], told["eta_to"]) == ("on-track", *["2027-01-22"] * 3)
    assert (told["pace"], told["trend"], told["short"], told["reason"], told["wait"]) == (
        "92.00",
        "0.00",
        None,
        None,
        0,
    )
    assert ok("goals") == "Camera  736.00 USD of 920.00 USD  80%  about January 2027\n"
    assert "2027年1月" in ok("--lang", "ja", "goals")
    ok("goal", "edit", "cam", "--save", "92000")
    assert ok("goal", "show", "cam") == (
        "Camera  736.00 USD of 92,000.00 USD  1%  not on this trend  takes 760.53 USD a month\n"
        "  At 92.00 USD a month it takes over ten years; 760.53 USD a month would do.\n"
        "  since 2026-01-01\n"
    )
    (told,) = data("goals")
    assert (told["outlook"], told["reason"], told["eta"], told["short"]) == ("not-on-trend", "far", None, "760.53")


def test_an_arrival_has_a_rough_range(ok, data) -> None:
    # 100 a month and 160 in October: 700 more take 178 days at 120 a month, 126 at the most that it came to before.
    earn_monthly(ok, 3, *["100"] * 7, "160")
    ok("goal", "add", "Camera", "--save", "1560", "--since", "2026-03-01", "--by", "2027-04-01")
    (told,) = data("goals")
    assert (told["outlook"], told["eta_from"], told["eta"], told["eta_to"]) == (
        "late",
        *("2027-03-28", "2027-05-19", "2027-05-19"),
    )
    assert ok("goals") == (
        "Camera  860.00 USD of 1,560.00 USD  55%  about May 2027, rough range Mar to May 2027, late"
        "  by 2027-04-01: needs 163.89 USD a month\n"
    )
    assert ok("goal", "show", "cam").splitlines()[1:] == [
        "  From the last three whole months; the range tells how far off that was before.",
        "  since 2026-03-01",
    ]
    assert data("goals", "--as-of", "2026-10-31")[0]["outlook"] == "too-early"
    assert "too early to say: 1 more month " in ok("goals", "--as-of", "2026-10-31")


def test_a_goal_may_be_a_part_of_the_job(ok, data, run) -> None:
    ok("stream", "add", "Desk", "--role", "job")
    assert (
        ok("goal", "add", "Free", "--job", "50%", "--by", "2027-11-22")
        == "Added Free: replace the job, 50% of the job.\n"
    )
    assert ok("goals") == (
        "Free  0% of the job, 50% wanted  0%  no income of a job to measure by"
        "  by 2027-11-22: needs 4.2% more each month\n"
    )
    for month in (8, 9, 10):
        ok("earn", "desk", "4000", "--on", f"2026-{month:02}-25")
    earn_monthly(ok, 3, *["100"] * 5, "200", "300", "400")
    assert ok("goals", "--currency", "XYZ").splitlines() == [
        "Free  0% of the job, 50% wanted  0%  no rate for the job's income  by 2027-11-22: needs 4.2% more each month",
        "Free: left out for want of a rate: USD",
    ]
    (told,) = data("goals")
    assert (told["motive"], told["amount"], told["currency"], told["value"]) == ("job", "50.00", None, "7.50")
    assert (told["outlook"], told["reason"], told["pace"], told["short"]) == ("not-on-trend", "below", "7.50", "39.52")
    assert ok("goal", "show", "free").splitlines()[1] == "  The trend leads to 10.5% a month; 39.5% more is needed."
    assert data("goal", "list")[0]["currency"] is None
    assert run("goal", "edit", "free", "--job", "much").exit_code == 2
    assert ok("goal", "edit", "free", "--job", "7") == "Changed Free.\n"
    assert data("goals")[0]["held"] == 2


def test_goals_of_money_are_told_in_another_currency(ok, data) -> None:
    ok("earn", "news", "300")
    ok("goal", "add", "Camera", "--save", "1200")
    ok("goal", "add", "Flat", "--living", "900 GBP")
    ok("goal", "add", "Video", "--hours", "120")
    ok("rate", "add", "USD", "JPY", "150", "--on", "2026-01-01")
    told = [(one["amount"], one["value"], one["currency"]) for one in data("goals", "--currency", "jpy")]
    assert told == [("180000", "45000", "JPY"), ("900.00", "0.00", "GBP"), ("120.00", "0.00", None)]
    assert "Flat: left out for want of a rate: USD\n" in ok("goals")
    assert data("goals")[1]["missing_rates"] == ["USD"]


def test_a_long_note_is_kept_whole_and_shown_short(ok, data) -> None:
    note = "長い" * 5_000
    shown = ok("earn", "news", "5", "--note", note)
    assert len(shown) < 200
    assert data("entry", "list")[0]["note"] == note
    assert max(map(len, ok("entry", "list").splitlines())) < 200


def test_time(ok) -> None:
    assert ok("time", "news", "1h30m", "--kind", "market", "--task", "letters") == (
        "Newsletter: 1 h 30 min marketing on 2026-11-22 (letters)\n"
    )
    assert ok("time", "-", "２時間30分", "--kind", "ＬＥＡＲＮ") == "No stream: 2 h 30 min learning on 2026-11-22\n"


def test_growth_json_is_exact(ok, data) -> None:
    ok("earn", "news", "100", "--on", "2026-09-10")
    ok("earn", "news", "112", "--on", "2026-10-10", "--fee", "2")
    ok("earn", "news", "8", "--on", "2026-10-11", "--pending")
    ok("earn", "-", "1", "--on", "2026-11-01")
    ok("earn", "photos", "300", "--on", "2026-11-02")
    ok("close", "sep")
    view = data("growth")

    def month(name: str, income: str, **given: object) -> dict[str, object]:
        plain = {"expense": "0.00", "net": income, "pending": "0.00", "delta": None, "mom": None, "label": "first"}
        return {"month": name, "income": income, **plain, "open": False, "provisional": False, **given}

    october = {
        "net": "118.00",
        "expense": "2.00",
        "pending": "8.00",
        "delta": "20.00",
        "mom": pytest.approx(0.2),
        "label": "percent",
        "provisional": True,
    }
    open_month = {"label": "open", "open": True}
    no_pace = {"cmgr": None, "doubling_months": None, "yoy": None, "hours": "0.00", "per_hour": None}
    assert view == {
        "currency": "USD",
        "as_of": "2026-11-22",
        "of": "income",
        "months": [
            month("2026-09", "100.00"),
            month("2026-10", "120.00", **october),
            month("2026-11", "1.00", **open_month),
        ],
        "t3m": "110.00",
        "run_rate": "1320.00",
        "to_date": "1.00",
        "to_date_before": "120.00",
        **no_pace,
        "coverage": None,
        "sources": 1.0,
        "sources_with_job": 1.0,
        "streams": [
            {
                "stream": "Newsletter",
                "months": [
                    month("2026-09", "100.00"),
                    month("2026-10", "120.00", **october),
                    month("2026-11", "0.00", **open_month),
                ],
                "t3m": "110.00",
                "run_rate": "1320.00",
                "to_date": "0.00",
                "share": 1.0,
                **no_pace,
            },
            {
                "stream": "写真素材",
                "months": [
                    month("2026-09", "0.00"),
                    month("2026-10", "0.00", delta="0.00", label="none", provisional=True),
                    month("2026-11", "0.00", **open_month),
                ],
                "t3m": None,
                "run_rate": None,
                "to_date": "0.00",
                "share": 0.0,
                **no_pace,
            },
            {
                "stream": None,
                "months": [
                    month("2026-09", "0.00"),
                    month("2026-10", "0.00", delta="0.00", label="none", provisional=True),
                    month("2026-11", "1.00", **open_month),
                ],
                "t3m": None,
                "run_rate": None,
                "to_date": "1.00",
                "share": 0.0,
                **no_pace,
            },
        ],
        "missing": [],
        "missing_rates": [{"currency": "JPY", "day": "2026-11-02", "amount": "300"}],
    }


def test_growth_in_another_currency_and_on_an_earlier_day(ok, data) -> None:
    ok("earn", "news", "10", "--on", "2026-10-10")
    assert ok("rate", "add", "USD", "JPY", "155.2", "--on", "2026-10-01") == "1 USD = 155.2 JPY from 2026-10-01 on\n"
    view = data("growth", "--currency", "jpy", "--as-of", "2026-10-31")
    assert (view["currency"], view["as_of"], view["missing_rates"]) == ("JPY", "2026-10-31", [])
    assert [(month["month"], month["income"], month["label"]) for month in view["months"]] == [
        ("2026-10", "1552", "open")
    ]
    assert data("rate", "list") == [{"day": "2026-10-01", "base": "USD", "quote": "JPY", "rate": "155.2"}]


def test_growth_as_a_table(ok) -> None:
    ok("earn", "news", "100", "--on", "2026-09-10")
    ok("earn", "news", "112", "--on", "2026-10-10", "--pending")
    ok("earn", "photos", "300", "--on", "2026-11-02")
    assert ok("growth") == (
        "month            income   change              net\n"
        "September 2026  $100.00                   $100.00  provisional\n"
        "October 2026    $112.00  +$12.00  +12.0%  $112.00  provisional, $112.00 pending\n"
        "November 2026     $0.00                     $0.00  so far\n"
        "\n"
        "Mean of three months      $106.00\n"
        "At this rate in a year  $1,272.00\n"
        "\n"
        "October 2026   income   change\n"
        "Newsletter    $112.00  +$12.00  +12.0%\n"
        "写真素材        $0.00    $0.00       -\n"
        "Left out for want of a rate: ¥300. Add it: pitrack rate add JPY USD RATE --on 2026-11-02\n"
    )


def test_close_lists_what_is_pending(ok) -> None:
    ok("earn", "news", "112", "--on", "2026-10-10", "--pending")
    assert ok("close") == (
        "Still pending in October 2026:\n  Newsletter +112.00 USD on 2026-10-10, pending\nOctober 2026 is closed.\n"
        "Write what it taught: pitrack review 2026-10 --lesson TEXT\n"
    )
    assert ok("close", "2026-10").endswith("October 2026 is closed already; --reopen makes it provisional again.\n")
    assert ok("close", "--reopen") == "October 2026 is provisional again.\n"
    assert ok("close", "--reopen") == "October 2026 is not closed.\n"


def test_an_open_month_cannot_be_closed(run) -> None:
    result = run("close", "this")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_goals(ok, data) -> None:
    assert ok("goal", "add", "Camera カメラ", "--save", "1200", "--by", "2027-06-01") == (
        "Added Camera カメラ: save up, 1,200.00 USD.\n"
    )
    ok("goal", "add", "Rent", "--living", "$1000", "--stream", "news")
    ok("goal", "add", "Video", "--hours", "120")
    ok("earn", "news", "300")
    assert [(one["name"], one["value"], one["amount"], one["currency"]) for one in data("goals")] == [
        ("Camera カメラ", "300.00", "1200.00", "USD"),
        ("Rent", "0.00", "1000.00", "USD"),
        ("Video", "0.00", "120.00", None),
    ]
    assert ok("goal", "edit", "cam", "--save", "1500") == "Changed Camera カメラ.\n"
    assert ok("goal", "show", "cam") == (
        "Camera カメラ  300.00 USD of 1,500.00 USD  20%  too early to say: 8 more months"
        "  by 2027-06-01: needs 191.23 USD a month\n"
        "  A forecast is made from 8 whole months: 8 more are to come.\n"
        "  since 2026-11-22\n"
    )
    assert ok("goal", "archive", "カメラ") == "Archived Camera カメラ.\n"
    assert [one["name"] for one in data("goals")] == ["Rent", "Video"]
    assert ok("goal", "restore", "cam") == "Restored Camera カメラ.\n"
    assert ok("goal", "delete", "video") == "Deleted Video; “pitrack undo” brings it back.\n"
    assert {one["name"] for one in data("goal", "list")} == {"Camera カメラ", "Rent"}


def test_a_new_goal_counts_from_today_on(ok, data) -> None:
    ok("earn", "news", "300", "--on", "2026-10-05")
    ok("earn", "news", "12")
    ok("goal", "add", "Bike", "--save", "1200", "--by", "2027-06-01")
    ok("goal", "add", "Rent", "--living", "1000")
    assert sorted(ok("goal", "list").splitlines()) == [
        "Bike  save up             1,200.00 USD  since 2026-11-22  by 2027-06-01",
        "Rent  live on it  1,000.00 USD a month",
    ]
    assert [one["value"] for one in data("goals")] == ["12.00", "300.00"]
    assert ok("goal", "edit", "bike", "--since", "-") == "Changed Bike.\n"
    assert data("goals")[0]["value"] == "312.00"
    assert ok("goal", "edit", "bike", "--since", "2026-11-22") == "Changed Bike.\n"
    ok("goal", "add", "Video", "--hours", "9", "--since", "-")
    assert {one["name"]: one["since"] for one in data("goal", "list")} == {
        "Bike": "2026-11-22",
        "Rent": None,
        "Video": None,
    }


def test_a_goal_has_one_amount(run) -> None:
    assert run("goal", "add", "X").stderr == (
        "A goal needs --save AMOUNT, --living AMOUNT (a month), --job PERCENT or --hours N.\n"
    )
    result = run("goal", "add", "X", "--save", "5", "--hours", "3")
    assert (result.exit_code, result.stderr) == (2, "A goal has one amount: --save, --living, --job or --hours.\n")


def test_ideas(ok, run) -> None:
    assert ok("idea", "Teachers", "need", "worksheets") == "Noted: Teachers need worksheets\n"
    assert ok("idea") == "2026-11-22  Teachers need worksheets\n"
    assert run("idea", " ").exit_code == 2


def test_what_changes_a_closed_month_is_told(ok, run, data) -> None:
    ok("earn", "news", "10", "--on", "2026-10-05")
    ok("close", "2026-10")
    told = "2026-10 was closed as final; its figures change with this.\n"
    assert run("earn", "news", "5", "--on", "2026-10-15").stderr == told
    assert run("earn", "news", "5", "--on", "2026-11-15").stderr == ""
    one = data("entry", "list", "--month", "2026-11")[0]["id"]
    assert run("entry", "edit", one, "--on", "2026-10-31").stderr == told
    assert run("entry", "edit", one, "--on", "2026-10-31").stderr == ""  # nothing to change
    assert run("entry", "delete", one).stderr == told


def test_the_list_of_entries_says_what_is_no_income(ok) -> None:
    ok("spend", "news", "12", "--note", "host")
    ok("refund", "news", "5", "--pending")
    refund, expense = sorted(ok("entry", "list").splitlines()[:2], key=lambda line: "expense" in line)
    assert "-5.00 USD  refund, pending  " in refund
    assert "-12.00 USD  expense  " in expense


def test_a_goal_stands_at_a_hundred_only_once_it_is_reached(ok) -> None:
    ok("goal", "add", "Camera", "--save", "1000")
    ok("earn", "news", "999")
    assert ok("goals").startswith("Camera  999.00 USD of 1,000.00 USD  99%  ")
    ok("earn", "news", "1")
    assert ok("goals").startswith("Camera  1,000.00 USD of 1,000.00 USD  100%  reached\n")
