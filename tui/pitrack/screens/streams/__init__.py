"""The stream ledger and its rooms: assets, metrics, what recurs, the work log, the close of a month."""
