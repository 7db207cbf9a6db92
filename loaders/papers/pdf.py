"""Read a PDF into lines: the text as it stands on the page, by the places of its letters; nothing in it is run.

pdfminer.six gives the lines of each page with their boxes. Here they become rows (several boxes at one height that
stand apart), whole lines (a line that ran to the right edge carries on) and gaps.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ...errors import BadInput, MissingExtra
from .model import Line

MOST_PAGES = 2_000
LONGEST_SECONDS = 300
"""A paper that takes longer is given up: a malformed PDF may otherwise go on for ever."""

_CELL_GAP = 1.2
"""How many line heights apart two texts at one height must stand to be two cells."""


@dataclass
class _Piece:
    """A run of text on a page: where it begins and ends, its foot and its height."""

    left: float
    right: float
    foot: float
    height: float
    text: str


def pdf_lines(data: bytes, name: str) -> list[Line]:
    """Read the text of a PDF.

    Raises:
        BadInput: if the file is broken, locked, too long, or a scan without text.
        MissingExtra: if pdfminer.six is not installed.
    """
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
    except ImportError as error:
        raise MissingExtra('Reading PDF needs pdfminer.six: python -m pip install "dutygraph[papers]"') from error
    if b"%PDF-" not in data[:2048]:
        raise BadInput(f"{name} is no PDF.")
    lines: list[Line] = []
    letters = pages = 0
    ends = time.monotonic() + LONGEST_SECONDS
    try:
        layout = LAParams(boxes_flow=None, char_margin=1.0, line_margin=0.01, detect_vertical=False)
        for pages, page in enumerate(extract_pages(io.BytesIO(data), laparams=layout, maxpages=MOST_PAGES), start=1):
            if time.monotonic() > ends:
                raise BadInput(
                    f"{name} takes longer than {LONGEST_SECONDS // 60} minutes to read. Split it into its reports."
                )
            found = list(_page_lines(list(_pieces(page)), pages))
            letters += sum(len(line.text.strip()) for line in found)
            lines += [*found, Line("", pages)]
    except BadInput:
        raise
    except Exception as error:  # whatever a malformed PDF makes the library raise ends in one clear line
        if type(error).__name__ in ("PDFPasswordIncorrect", "PDFTextExtractionNotAllowed", "PDFEncryptionError"):
            raise BadInput(f"{name} is locked with a password. Save a copy without one.") from error
        raise BadInput(
            f"{name} cannot be read as PDF ({type(error).__name__}). Save or print it anew as PDF."
        ) from error
    if not pages:
        raise BadInput(f"{name} has no pages that can be read.")
    if letters < 20 * pages and letters < 200:
        raise BadInput(f"{name} is a PDF without text, such as a scan. Run text recognition (OCR) on it first.")
    return lines


def _pieces(element: Any) -> Iterator[_Piece]:
    from pdfminer.layout import LTContainer, LTTextLine

    stack = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, LTTextLine):
            text = item.get_text().replace("\u00ad", "").strip("\n")
            if text.strip():
                yield _Piece(item.x0, item.x1, item.y0, max(item.height, 1.0), text)
        elif isinstance(item, LTContainer):
            stack.extend(item)


def _page_lines(pieces: list[_Piece], page: int) -> Iterator[Line]:
    """Put the pieces of a page into lines from top to bottom, with gaps where the page has them."""
    rows = _rows(pieces)
    if not rows:
        return
    margin = max(row[-1].right for row in rows)
    edge = min(row[0].left for row in rows)
    before: list[_Piece] | None = None
    text = ""
    for row in rows:
        cells = len(row) > 1
        new = before is None or cells or len(before) > 1 or _new_line(before[0], row[0], margin, edge)
        if not new:
            text += ("" if text.endswith("-") and row[0].text[:1].islower() else " ") + row[0].text.strip()
        else:
            if text:
                yield Line(text, page)
            if before is not None and _gap(before[0], row[0]):
                yield Line("", page)
            indent = " " * round(max(0.0, row[0].left - edge) / 6)
            text = "\t".join(piece.text.strip() for piece in row) if cells else indent + row[0].text.strip()
        before = row
    if text:
        yield Line(text, page)


def _rows(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Gather the pieces at one height; what stands close together is one piece."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.foot, piece.left)):
        if rows and abs(rows[-1][0].foot - piece.foot) < 0.4 * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_merged(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _merged(row: list[_Piece]) -> list[_Piece]:
    merged = [row[0]]
    for piece in row[1:]:
        last = merged[-1]
        if piece.left - last.right < _CELL_GAP * last.height:
            between = "" if last.text.endswith(" ") or piece.text.startswith(" ") else " "
            merged[-1] = _Piece(
                last.left, max(last.right, piece.right), last.foot, last.height, last.text + between + piece.text
            )
        else:
            merged.append(piece)
    return merged


def _gap(before: _Piece, piece: _Piece) -> bool:
    return before.foot - piece.foot > 1.45 * max(before.height, piece.height) or piece.foot > before.foot


def _new_line(before: _Piece, piece: _Piece, margin: float, edge: float) -> bool:
    """Say whether a line starts afresh: after a gap, or where its first word would have had room above."""
    if _gap(before, piece) or abs(before.height - piece.height) > 0.15 * before.height:
        return True
    letters = max(1, len(piece.text.strip()))
    word = len(piece.text.split(maxsplit=1)[0]) + 1 if piece.text.strip() else 0
    room = (piece.right - piece.left) / letters * word
    return before.right + room < margin - 0.02 * (margin - edge)
