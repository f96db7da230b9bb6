"""What figures are called, how each is made, and why there may be none: the sentences of ``text.figures``."""

from __future__ import annotations

from collections.abc import Mapping

from pitrack.core.views.explained.shapes import Figure, Why
from pitrack.text.i18n import N_

NAMES: Mapping[Figure, str] = {
    "mom": N_("Change"),
    "t3m": N_("3-month mean"),
    "run-rate": N_("Year's pace"),
    "cmgr": N_("Growing"),
    "doubling": N_("Doubles in"),
    "yoy": N_("On last year"),
    "share": N_("Share"),
    "sources": N_("Real sources"),
    "coverage": N_("Streams pay"),
    "away": N_("Away income"),
    "holiday": N_("Days off brought"),
    "per-hour": N_("Net per hour"),
    "units-per-hour": N_("Units per hour"),
    "break-even": N_("Costs covered on"),
    "paid-back": N_("Paid back"),
    "back-catalogue": N_("Year-old work"),
    "built": N_("Built"),
    "neglect": N_("Untended"),
}

FORMULAS: Mapping[Figure, str] = {
    "mom": N_("The last complete month less the one before, and that over the one before. The open month is left out."),
    "t3m": N_("The mean of the last three complete months. Empty months count, months before the start do not."),
    "run-rate": N_("Twelve months at the 3-month mean."),
    "cmgr": N_(
        "Compound monthly growth: the rate that leads from the mean of the first three of the last twelve months to "
        "the mean of the last three. It takes six complete months."
    ),
    "doubling": N_("How long it takes to double at that rate: ln 2 / ln(1 + rate). A description, not a promise."),
    "yoy": N_("The last complete month against the same month a year before."),
    "share": N_("Its part of the income of all streams, without the job, in the last twelve complete months."),
    "sources": N_(
        "How many equal streams would spread the risk as much: 1 over the sum of the squared shares of twelve months."
    ),
    "coverage": N_("The streams' income of the last complete month over the job's."),
    "away": N_(
        "The part of the month's income that came on days without any time logged on its stream. Only passive streams "
        "that log time and sell on more than three days a month can tell."
    ),
    "holiday": N_("What the streams brought while everything was paused, of the newest days off that are over."),
    "per-hour": N_("The month's income less its expenses and fees, over the hours logged that month."),
    "units-per-hour": N_("Units sold in the month, less those given back, over the hours logged on what sold them."),
    "break-even": N_(
        "The first day of the last complete month by which income less fees had made up what the month costs whatever "
        "is sold: expenses that recur, and automations."
    ),
    "paid-back": N_("The month since which all income has been no less than all expenses and fees."),
    "back-catalogue": N_(
        "The part of the month's income that assets brought which were published twelve months before, or earlier."
    ),
    "built": N_("Assets published and automations begun in the last complete month; hours of learning beside them."),
    "neglect": N_(
        "How many kinds of continuing effort, of marketing, learning and serving customers, were last made four weeks "
        "ago or longer, or never."
    ),
}

SHARES = N_("The part that each stream has of the income of all, without the job, in the last twelve complete months.")
SHARE_OF_JOB = N_("Its part of all income, its own and that of the streams, in the last twelve complete months.")

WHY: Mapping[Why, str] = {
    "early": N_("too early to say"),
    "new": N_("new: nothing came before"),
    "nothing": N_("nothing came, now or before"),
    "not positive": N_("no percentage: an end of it is not above zero"),
    "no growth": N_("it does not grow"),
    "by stream": N_("each stream has its own"),
    "no income": N_("no income"),
    "no job": N_("no income from a job"),
    "no rate": N_("no rate for the income from the job"),
    "no hours": N_("no hours logged"),
    "no units": N_("no units on the entries"),
    "no time": N_("no time logged"),
    "no stream": N_("income without a stream"),
    "lump": N_("payouts, which do not tell when the sales were"),
    "service": N_("a service, which takes hours by its nature"),
    "job": N_("the job"),
    "no pause": N_("no days off that are over"),
    "no cost": N_("no costs that recur"),
    "not covered": N_("not covered that month"),
    "no investment": N_("nothing was invested"),
    "before income": N_("before the first income"),
    "not yet": N_("not yet"),
}

KINDS = {
    "time": N_("time"),
    "habit": N_("action"),
    "asset": N_("asset"),
    "pause": N_("pause"),
    "template": N_("template"),
    "automation": N_("automation"),
}
