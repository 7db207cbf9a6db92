"""A small paper of our own invention, rendered in each format."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

PAPER = """OFFICIAL

Community Safety in Amberland

Report Author\tAda Quill, Head of Partnerships
Report Date\t5 March 2024

1. Introduction

This report is about the Amberland Police and Crime Commissioner (PCC) and the Safer Amberland Partnership Board (SAPB). It sets out who takes part, what the law asks of them and which grants have been made in the county.

OFFICIAL

2. Law

2.1 Key legislation

The Crime and Disorder Act 1998 ("the Act") sets out that each strategy group:

- a. shall prepare a strategic assessment during each year; and
- b. shall send a copy of it to the PCC.

The PCC is **not** a responsible authority under the Act.

3. Money

The PCC has awarded these grants:

Agency\tFunding\tPurpose
Netherby Borough Council\t£12,500\tLighting
Quillport Town Council\t£7,250\tWardens
Total\t£19,750\t
"""


def _word(text: str, path: Path) -> Path:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    rows: list[list[str]] = []

    def write_table() -> None:
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, words in zip(cells.cells, row, strict=False):
                    cell.text = words
            rows.clear()

    for line in text.splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        write_table()
        if line.strip():
            document.add_paragraph("".join(letter for letter in line if letter.isprintable()))
    write_table()
    document.save(str(path))
    return path


def _pdf(text: str, path: Path) -> Path:
    """Render each line as a paragraph of its own, gaps as gaps, rows of a table as a table."""
    pytest.importorskip("reportlab")
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    style = getSampleStyleSheet()["BodyText"]
    style.spaceBefore = style.spaceAfter = 0
    small = getSampleStyleSheet()["BodyText"]
    small.fontSize, small.leading = 8, 10
    safe = lambda words: escape("".join(c if ord(c) < 256 or c in "‘’“”–—•" else " " for c in words))  # noqa: E731
    flow: list[Any] = []
    rows: list[list[str]] = []

    def write_table() -> None:
        if rows:
            columns = max(map(len, rows))
            cells = [[Paragraph(safe(cell), small) for cell in row + [""] * (columns - len(row))] for row in rows]
            flow.append(Table(cells, colWidths=[450 / columns] * columns))
            flow.append(Spacer(1, 8))
            rows.clear()

    for line in text.splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        write_table()
        if line.strip():
            indent = len(line) - len(line.lstrip())
            flow.append(Paragraph("&nbsp;" * indent + safe(line.strip()), style))
        else:
            flow.append(Spacer(1, 8))
    write_table()
    SimpleDocTemplate(str(path)).build(flow)
    return path


@pytest.fixture
def text_paper(tmp_path: Path) -> Path:
    path = tmp_path / "123_amberland.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def render_word() -> Callable[[str, Path], Path]:
    """Make a Word document of a text, a paragraph for each line."""
    return _word


@pytest.fixture(scope="session")
def render_pdf() -> Callable[[str, Path], Path]:
    """Make a PDF of a text."""
    return _pdf


@pytest.fixture
def bomb() -> bytes:
    """A small archive that unpacks to very much."""
    return zip_bomb()


def zip_bomb(inner: str = "word/document.xml", megabytes: int = 80) -> bytes:
    """A small archive that unpacks to very much."""
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(inner, b"\0" * (megabytes * 1024 * 1024))
    return stream.getvalue()
