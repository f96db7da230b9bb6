"""What the sample files of payouts hold and come to. All of it was worked out by hand from ``tests/data/payouts``."""

from __future__ import annotations

ROWS = {
    "stripe-balance": """
        2026-10-01 income 25 fee 1.03 USD cleared "Course: Ink and Wash" txn_1A001
        2026-10-02 income 19 fee 0.79 EUR cleared "Course: Ink and Wash" txn_1A002
        2026-10-05 income 3000 fee 108 JPY cleared "Brush set, digital" txn_1A003
        2026-10-06 refund 25 USD cleared "REFUND FOR CHARGE (Course: Ink and Wash)" txn_1A004
        2026-10-07 expense 2 USD cleared "Billing usage fee (2026-09)" txn_1A005
        2026-10-09 income 25 fee 1.03 USD cleared "Payment by for Ink and Wash" txn_1A008
        2026-10-31 refund 25 fee 15 USD cleared "Chargeback withdrawal" txn_1A009
        left out: 2 word""",
    "stripe-dashboard": """
        2026-09-30 income 1200 fee 35.1 USD cleared "Ink and Wash, licence for a school" txn_2B001
        2026-10-01 income 15 fee 0.74 USD cleared "Brush set" txn_2B002
        2026-10-01 income 15 fee 0.74 USD cleared "Brush set" txn_2B003
        2026-10-02 refund 15 USD cleared "REFUND FOR PAYMENT (Brush set)" txn_2B004
        2026-10-10 expense 0.06 USD cleared "Radar (2026-10-09)" txn_2B007
        2026-10-11 income 20 fee 0.88 EUR cleared "Brush set" txn_2B008
        left out: 2 word""",
    "paypal": """
        2026-10-01 income 1025 fee 36.07 USD cleared [Ink and Wash] 1AB00000000000001
        2026-10-13 income 20 fee 1.05 EUR cleared [Brush set] 1AB00000000000002
        2026-10-14 refund 25 USD cleared [Ink and Wash] 1AB00000000000003
        2026-10-20 expense 12 USD cleared [Font licence] 1AB00000000000010
        left out: 2 status, 4 word""",
    "paypal-de": """
        2026-10-01 income 1025 fee 25.98 EUR cleared [Ink and Wash] 2AB00000000000001
        2026-10-02 income 20 fee 0.85 EUR cleared [Brush set] 2AB00000000000002
        2026-10-03 refund 20 EUR cleared [Brush set] 2AB00000000000003
        2026-10-08 expense 9.99 EUR cleared [Font licence] 2AB00000000000008
        left out: 2 status, 2 word""",
    "paypal-fr": """
        2026-10-01 income 1025 fee 25.98 EUR cleared [Ink and Wash] 3AB00000000000001
        2026-10-02 income 2000 fee 50.35 EUR cleared [Brush set] 3AB00000000000002
        2026-10-13 refund 15 EUR cleared [Brush set] 3AB00000000000003
        2026-10-18 expense 9.99 EUR cleared [Font licence] 3AB00000000000008
        left out: 2 status, 2 word""",
    "paypal-personal": """
        2026-10-13 income 12.5 fee 0.66 GBP cleared "Website Payment" 4AB00000000000001
        2026-10-14 income 1000 GBP cleared "Mobile Payment" 4AB00000000000002
        2026-10-15 refund 12.5 GBP cleared "Payment Refund" 4AB00000000000003
        2026-10-17 expense 7.99 GBP cleared "PreApproved Payment Bill User Payment" 4AB00000000000005
        left out: 1 word""",
    "gumroad-sales": """
        2026-10-01 income 25 fee 3 USD cleared 1 unit [Ink and Wash] Pur001==
        2026-10-01 income 25 fee 3 USD cleared 1 unit [Ink and Wash] Pur002==
        2026-10-04 income 37.5 fee 4.25 USD cleared 3 units [Brush set, digital] Pur003==
        2026-10-09 income 25 fee 3 USD void 1 unit [Ink and Wash] Pur004==
        left out: 1 total, 1 zero""",
    "gumroad-payout": """
        2026-10-02 income 25 fee 3 USD cleared [Ink and Wash] Sale Pur101== 2026-10-02
        2026-10-02 income 25 fee 3 USD cleared [Ink and Wash] Sale Pur102== 2026-10-02
        2026-10-03 income 12.5 fee 1.75 USD cleared [Brush set, digital] Sale Pur103== 2026-10-03
        2026-10-05 refund 25 USD cleared [Ink and Wash] Full Refund Pur101== 2026-10-05
        2026-10-05 refund 4.5 USD cleared [Brush set, digital] Partial Refund Pur103== 2026-10-05
        2026-10-06 refund 22 USD cleared [Ink and Wash] Chargeback Pur102== 2026-10-06
        2026-10-07 income 4.2 USD cleared
        2026-10-09 expense 0.5 USD cleared
        left out: 1 total, 4 word""",
    "patreon": """
        2026-08-31 income 100 fee 19 USD cleared 2026-08 USD
        2026-09-30 income 130 fee 19.9 USD cleared 2026-09 USD
        2026-09-30 income 50 fee 7.75 EUR cleared 2026-09 EUR""",
    "kdp": """
        2026-10-31 income 8.36 USD cleared 4 units [Ink and Wash]
        2026-10-31 income 1.2 USD cleared [Ink and Wash]""",
    "kdp-ja": """
        2026-10-31 income 1395 JPY cleared 5 units [墨のにじみ]
        2026-10-31 income 2.09 USD cleared 1 unit [墨のにじみ]
        2026-10-31 income 54.01 JPY cleared [墨のにじみ]
        2026-10-31 income 3.004217196 JPY cleared [Ink and Wash]""",
    "kdp-estimate": """
        2026-10-03 income 4.18 USD pending 2 units [Ink and Wash]
        2026-10-03 income 4.18 USD pending 2 units [Ink and Wash]
        2026-10-05 refund 2.09 USD pending 1 unit [Ink and Wash]
        2026-11-02 income 1.75 EUR pending 1 unit [Ink and Wash]""",
    "kdp-estimate-ja": """
        2026-10-03 income 558 JPY pending 2 units [墨のにじみ]
        2026-10-03 income 558 JPY pending 2 units [墨のにじみ]
        2026-10-04 income 2.09 USD pending 1 unit [墨のにじみ]
        2026-10-05 refund 279 JPY pending 1 unit [Ink and Wash]
        2026-11-02 income 279 JPY pending 1 unit [墨のにじみ]""",
    "wise": """
        2026-10-01 income 1250 EUR cleared "Invoice 12" TRANSFER-1001
        2026-10-02 income 320.55 USD cleared TRANSFER-1002
        2026-10-03 expense 61.13 EUR cleared CARD-1003
        2026-10-05 expense 500 EUR cleared TRANSFER-1005
        2026-10-05 expense 1.2 EUR cleared FEE-TRANSFER-1005
        left out: 2 word""",
    "github-sponsors": """
        2026-10-07 income 4.52 USD cleared "$5 a month" ch_3N5001
        2026-10-03 income 3 USD cleared "$3 a month" ch_3N5002
        2026-10-03 income 3 USD cleared "$3 a month" ch_3N5003
        2026-10-20 income 1200 USD pending "$100 a month" ch_3N5004
        left out: 1 status""",
    "youtube": """
        2026-10-31 income 30.12 USD pending [Ink for beginners] since 2026-09-26 R26qwMQVoos
        2026-10-31 income 11.613 USD pending [Wash, and how to dry it] since 2024-01-06 1o9DxIZKzbc
        left out: 1 total, 1 zero""",
    "a8net": """
        2026-10-03 income 1200 JPY pending "水彩紙の店" 26100300001
        2026-10-02 income 3400 JPY cleared "水彩紙の店" 26100200002
        2026-10-02 income 800 JPY cleared "筆と墨～通販" 26100200003
        2026-10-01 income 500 JPY void "筆と墨～通販" 26100100004""",
    "booth": """
        2026-10-01 income 2400 JPY cleared "商品ID : 900001 / 数量 : 1 / 墨のにじみ素材集" 51000001
        2026-10-03 income 1000 JPY pending "商品ID : 900001 / 数量 : 1 / 墨のにじみ素材集" 51000002
        2026-10-04 income 700 JPY void "商品ID : 900002 / 数量 : 1 / 水彩ブラシ" 51000003
        2026-10-05 income 1000 JPY cleared "商品ID : 900001 / 数量 : 1 / 墨のにじみ素材集" 51000004
        left out: 1 continued""",
    "ko-fi": """
        2026-10-03 income 10 USD cleared [Ko-fi Support] t1-aaaa
        2026-10-04 income 5 USD cleared [Ko-fi Support] t2-bbbb
        2026-10-05 income 4 USD cleared [Sticker] t3-cccc
        2026-10-06 income 3 EUR cleared [Membership] t4-dddd
        2026-10-06 income 3 EUR cleared [Ko-fi Support] t5-eeee""",
    "amazon-associates": """
        2026-09-15 income 51.96 USD cleared 1 unit "Watercolour paper, 300 g"
        2026-09-16 income 0.54 USD cleared 2 units "Sumi ink"
        2026-09-16 income 0.54 USD cleared 2 units "Sumi ink"
        2026-09-17 refund 2 USD cleared "Kite"
        left out: 1 word""",
}
"""By preset all rows of its sample: a title in brackets, a note in quotes, the platform's id last."""

SUMS = {
    # 25 + 25 = 50; refunds 25 + 25; fees 1.03 + 1.03 + 15 = 17.06, and 2 of a fee of its own. One EUR, one JPY.
    ("stripe-balance", "USD", "cleared"): "income 50 refunds 50 fees 17.06 expenses 2",
    ("stripe-balance", "EUR", "cleared"): "income 19 refunds 0 fees 0.79 expenses 0",
    ("stripe-balance", "JPY", "cleared"): "income 3000 refunds 0 fees 108 expenses 0",
    # 1200 + 15 + 15 = 1230; fees 35.10 + 0.74 + 0.74 = 36.58, whatever their signs.
    ("stripe-dashboard", "USD", "cleared"): "income 1230 refunds 15 fees 36.58 expenses 0.06",
    ("stripe-dashboard", "EUR", "cleared"): "income 20 refunds 0 fees 0.88 expenses 0",
    ("paypal", "USD", "cleared"): "income 1025 refunds 25 fees 36.07 expenses 12",
    ("paypal", "EUR", "cleared"): "income 20 refunds 0 fees 1.05 expenses 0",
    # 1025 + 20; fees 25.98 + 0.85 = 26.83.
    ("paypal-de", "EUR", "cleared"): "income 1045 refunds 20 fees 26.83 expenses 9.99",
    # 1025 + 2000; fees 25.98 + 50.35 = 76.33.
    ("paypal-fr", "EUR", "cleared"): "income 3025 refunds 15 fees 76.33 expenses 9.99",
    ("paypal-personal", "GBP", "cleared"): "income 1012.5 refunds 12.5 fees 0.66 expenses 7.99",
    # The totals of the file, 112.5 and 13.25, less the sale of 25 with its fee of 3 that was refunded.
    ("gumroad-sales", "USD", "cleared"): "income 87.5 refunds 0 fees 10.25 expenses 0 units 5",
    ("gumroad-sales", "USD", "void"): "income 25 refunds 0 fees 3 expenses 0 units 1",
    # 25 + 25 + 12.5 + 4.2 = 66.7; 25 + (5 - 0.5) + (25 - 3) = 51.5, for what Gumroad gave back of its fees is no cost;
    # fees 3 + 3 + 1.75 = 7.75. Net 66.7 - 51.5 - 7.75 - 0.5 = 6.95, as the nets of the file: 22 + 22 + 10.75 - 25 - 4.5
    # - 22 + 4.2 - 0.5.
    ("gumroad-payout", "USD", "cleared"): "income 66.7 refunds 51.5 fees 7.75 expenses 0.5",
    # 81 + (8 + 1 + 9 + 1) = 100; 110.10 + (10.40 + 6.50 + 3) = 130; fees 19 + 19.90.
    ("patreon", "USD", "cleared"): "income 230 refunds 0 fees 38.9 expenses 0",
    # 42.25 + (4 + 2.50 + 1.25) = 50.
    ("patreon", "EUR", "cleared"): "income 50 refunds 0 fees 7.75 expenses 0",
    ("kdp", "USD", "cleared"): "income 9.56 refunds 0 fees 0 expenses 0 units 4",  # 8.36 + 1.20 of pages read
    ("kdp-ja", "JPY", "cleared"): "income 1452.014217196 refunds 0 fees 0 expenses 0 units 5",  # + 54.01 + 3.004217196
    ("kdp-ja", "USD", "cleared"): "income 2.09 refunds 0 fees 0 expenses 0 units 1",
    # Twice 4.18, the look-alike counts; 2 + 2 sold, and 1 given back: 2 + 2 + 1 moved.
    ("kdp-estimate", "USD", "pending"): "income 8.36 refunds 2.09 fees 0 expenses 0 units 5",
    ("kdp-estimate", "EUR", "pending"): "income 1.75 refunds 0 fees 0 expenses 0 units 1",
    ("kdp-estimate-ja", "JPY", "pending"): "income 1395 refunds 279 fees 0 expenses 0 units 6",  # 558 + 558 + 279
    ("kdp-estimate-ja", "USD", "pending"): "income 2.09 refunds 0 fees 0 expenses 0 units 1",
    ("wise", "EUR", "cleared"): "income 1250 refunds 0 fees 0 expenses 562.33",  # 61.13 + 500 + 1.20
    ("wise", "USD", "cleared"): "income 320.55 refunds 0 fees 0 expenses 0",
    ("github-sponsors", "USD", "cleared"): "income 10.52 refunds 0 fees 0 expenses 0",  # 4.52 + 3 + 3
    ("github-sponsors", "USD", "pending"): "income 1200 refunds 0 fees 0 expenses 0",
    ("youtube", "USD", "pending"): "income 41.733 refunds 0 fees 0 expenses 0",  # the file's own total
    ("a8net", "JPY", "pending"): "income 1200 refunds 0 fees 0 expenses 0",
    ("a8net", "JPY", "cleared"): "income 4200 refunds 0 fees 0 expenses 0",  # 3,400 of the 3,450 confirmed, and 800
    ("a8net", "JPY", "void"): "income 500 refunds 0 fees 0 expenses 0",
    ("booth", "JPY", "cleared"): "income 3400 refunds 0 fees 0 expenses 0",  # the order of two goods once: 2400 + 1000
    ("booth", "JPY", "pending"): "income 1000 refunds 0 fees 0 expenses 0",
    ("booth", "JPY", "void"): "income 700 refunds 0 fees 0 expenses 0",
    ("ko-fi", "USD", "cleared"): "income 19 refunds 0 fees 0 expenses 0",  # 10 + 5 + 4
    ("ko-fi", "EUR", "cleared"): "income 6 refunds 0 fees 0 expenses 0",
    # 51.96 + 0.54 + 0.54, less 2.00: the file's own total of 51.04. Units 1 + 2 + 2.
    ("amazon-associates", "USD", "cleared"): "income 53.04 refunds 2 fees 0 expenses 0 units 5",
}
