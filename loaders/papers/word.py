"""Read a Word document (.docx) into lines: no macro runs, nothing linked is fetched, and the archive may not swell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ...errors import BadInput, MissingExtra
from .model import Line

LARGEST_PART = 48 * 1024 * 1024
"""The most bytes that one part of the archive may unpack to."""

LARGEST_WHOLE = 256 * 1024 * 1024
_MOST_PARTS = 20_000


def word_lines(data: bytes, name: str) -> list[Line]:
    """Read the paragraphs and tables of a document in order; headings and lists as their styles say.

    Raises:
        BadInput: if the archive is broken, swells beyond measure, or is no document.
        MissingExtra: if python-docx is not installed.
    """
    _check_archive(data, name)
    try:
        import docx
    except ImportError as error:
        raise MissingExtra(
            'Reading Word documents needs python-docx: python -m pip install "dutygraph[papers]"'
        ) from error
    try:
        return list(_lines(docx.Document(io.BytesIO(data))))
    except (BadInput, MissingExtra):
        raise
    except Exception as error:  # whatever the library meets in a broken document ends in one clear line
        raise BadInput(
            f"{name} cannot be read as a Word document ({type(error).__name__}). Save it anew as .docx."
        ) from error


def _check_archive(data: bytes, name: str) -> None:
    """Refuse what is no archive or would unpack to a bomb: sizes are counted while unpacking, not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            whole = 0
            if len(parts) > _MOST_PARTS:
                raise BadInput(f"{name} has {len(parts)} parts, too many for a document.")
            for part in parts:
                whole += _size(archive, part)
                if whole > LARGEST_WHOLE:
                    raise BadInput(f"{name} unpacks to more than {LARGEST_WHOLE // 1024 // 1024} MB; it is not read.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"{name} is no sound Word document (.docx): {error}. Save it anew as .docx.") from error


def _size(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    limit = LARGEST_PART if part.filename.endswith((".xml", ".rels")) else LARGEST_WHOLE
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(1024 * 1024):
            size += len(chunk)
            if size > limit:
                raise BadInput(
                    f"{part.filename} in the document unpacks to more than {limit // 1024 // 1024} MB; it is not read."
                )
            if part.filename.endswith(".xml") and b"<!ENTITY" in chunk:
                raise BadInput(f"{part.filename} in the document declares XML entities, which are not expanded.")
    return size


def _lines(document: Any) -> Iterator[Line]:
    from docx.table import Table

    for element in document.iter_inner_content():
        if isinstance(element, Table):
            for row in element.rows:
                yield Line("\t".join(_cells(row)))
            yield Line("")
        else:
            yield from _paragraph(element)


def _cells(row: Any) -> Iterator[str]:
    """The texts of a row; a cell merged over several columns once."""
    before = None
    for cell in row.cells:
        if cell._tc is not before:
            yield " ".join(cell.text.split())
        before = cell._tc


def _paragraph(paragraph: Any) -> Iterator[Line]:
    text = paragraph.text.rstrip()
    if not text.strip():
        yield Line("")
        return
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = re.fullmatch(r"Heading ([1-9])", style)
    if heading or style == "Title":
        yield from (Line(""), Line(" ".join(text.split()), level=int(heading[1]) if heading else 1), Line(""))
        return
    listed = style.startswith("List ") and not re.match(r"\s*(?:[-•o*]|\(?\w{1,3}[.)])\s", text)
    for number, line in enumerate(text.split("\n")):
        yield Line(f"- {line.strip()}" if listed and number == 0 else line)
    if not listed:
        yield Line("")
