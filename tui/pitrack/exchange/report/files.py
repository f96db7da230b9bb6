"""Reports as files: what each form holds, and where one is put unless another place is named."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pitrack.core.days import Month
from pitrack.exchange.report.blocks import Document

Form = Literal["html", "markdown"]
ENDINGS: dict[Form, str] = {"html": "html", "markdown": "md"}


def written(document: Document, form: Form) -> bytes:
    """The report in one form, as the bytes of a file."""
    if form == "html":
        from pitrack.exchange.report.page import as_page

        return as_page(document).encode()
    from pitrack.exchange.report.markdown import as_markdown

    return as_markdown(document).encode()


def usual_place(month: Month, form: Form) -> str:
    """The user's documents, or else the home folder: ``~/Documents/pitrack-2026-10.html``."""
    from platformdirs import user_documents_path

    documents, home = user_documents_path(), Path.home()
    folder = documents if documents.is_dir() else home
    shown = f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
    return f"{shown.removesuffix('/.')}/pitrack-{month}.{ENDINGS[form]}"
