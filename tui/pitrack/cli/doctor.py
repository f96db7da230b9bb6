"""``pitrack doctor``: what is wrong with the book or with what this device keeps of it, and what to do."""

from __future__ import annotations

import click

from pitrack.cli.failures import FAILED
from pitrack.cli.output import say, say_json
from pitrack.cli.parts import command, json_option
from pitrack.cli.session import Session
from pitrack.text.doctor import check as name_of
from pitrack.text.doctor import finding, ok
from pitrack.text.i18n import N_
from pitrack.text.plain import pad


@command("doctor", N_("Check the book and what this device keeps of it; exit code 1 where something is found."))
@json_option
@click.pass_obj
def doctor(session: Session, /, *, as_json: bool) -> int:
    from pitrack.store.doctor import examine

    checks = examine(session.book())
    session.told()
    if as_json:
        say_json(
            [
                {
                    "check": check.name,
                    "ok": not check.findings,
                    "findings": [{"code": one.code, **one.details, "say": finding(*one)} for one in check.findings],
                }
                for check in checks
            ]
        )
    else:
        for check in checks:
            for line in [finding(*one) for one in check.findings] or [ok()]:
                say(f"{pad(name_of(check.name), 8)} {line}")
    return FAILED if any(check.findings for check in checks) else 0
