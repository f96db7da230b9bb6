"""What stands over and under the entries of the stream ledger: how many are shown and marked, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import sleep
from typing import TYPE_CHECKING

from pitrack.core.model import Entry
from pitrack.screens.streams.ledger import ALL, Ledger
from pitrack.text.i18n import N_, _
from pitrack.text.plain import printable
from pitrack.widgets.told import Told

if TYPE_CHECKING:
    from pitrack.screens.streams.lines import Sums

_ORDER_WORDS = {
    "day": N_("newest first"),
    "amount": N_("largest first"),
    "stream": N_("by stream"),
    "status": N_("by status"),
    "asset": N_("by asset"),
}

MANY = 2_000
"""Entries from which their totals are summed beside the typing, in a thread."""
REST = 0.05
"""Seconds of rest until a thread begins to count: first what was typed is seen."""
MOST_TOTALS = 3
"""Currencies whose totals are shown."""


class LedgerTotals(Ledger):
    """The title line and the totals. Those of many entries are summed in a thread, once the keys have rested."""

    def __init__(self) -> None:
        super().__init__()
        self._summing: Sequence[Entry] = ()

    def tell_found(self) -> None:
        from pitrack.screens.streams.lines import all_name
        from pitrack.screens.streams.title import Counts, title_line

        assert self.snapshot
        name = all_name() if self.stream == ALL else printable(self.snapshot.streams[self.stream].name)
        counts = Counts(len(self.found), len(self.marked), self.elsewhere)
        order = _(_ORDER_WORDS[self.order])
        if self.order == "amount" and len({entry.currency for entry in self.found}) > 1:
            order = _("by currency, largest first")
        self.query_one("#title", Told).tell(lambda width: [title_line(name, counts, order, width)])
        self._sum()

    def _sum(self) -> None:
        """Show what the marked entries come to, or else all that are shown."""
        from pitrack.screens.streams.lines import sums

        self._summing = self.marked or self.found
        if len(self._summing) < MANY:
            self._summed(sums(self._summing, self.jobs))
        else:
            self.run_worker(self._sum_many, thread=True, exclusive=True, group="totals")

    def _sum_many(self) -> None:
        from pitrack.screens.streams.lines import sums

        summing = self._summing
        sleep(REST)
        if summing is not self._summing:
            return
        summed = sums(summing, self.jobs)
        self.app.call_from_thread(lambda: self._summed(summed) if summing is self._summing else None)

    def _summed(self, sums: Sums) -> None:
        from pitrack.screens.streams.lines import total_lines

        assert self.snapshot
        first, marked = self.snapshot.settings.currency, bool(self.marked)
        draw = partial(total_lines, sums, first, hidden=self.pitrack.hidden, marked=marked)
        box = self.query_one("#totals", Told)
        box.styles.height = max(1, min(MOST_TOTALS, len({total.currency for one in sums for total in one})))
        box.tell(draw)
