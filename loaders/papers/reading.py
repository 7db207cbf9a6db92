"""Read the file of a paper into lines, whatever its format, without trusting it.

A paper comes from outside: its size is limited, an archive may not swell, nothing in it is run and nothing is
fetched. What cannot be read gives :class:`~dutygraph.errors.BadInput` with what to do next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from ...errors import BadInput
from .model import Line, Paper

LARGEST_FILE = 64 * 1024 * 1024
"""The most bytes of a file that is read."""

LARGEST_TEXT = 16 * 1024 * 1024
"""The most letters of text that are taken from a file."""

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")


def read_paper(path: Path | str) -> Paper:
    """Read a paper.

    Args:
        path: a file whose ending names its format: pdf, docx, html, htm, md or txt.

    Returns:
        The paper: its passages in reading order and its metadata.

    Raises:
        BadInput: if the file is missing, too large, broken, in another format, or without text.
        MissingExtra: if the library for the format is not installed.
    """
    from .metadata import describe
    from .passages import make_passages

    path = Path(path)
    data = _bytes_of(path)
    form = path.suffix.lower().lstrip(".")
    lines = _reader(path)(data, path.name)
    if sum(len(line.text) for line in lines) > LARGEST_TEXT:
        raise BadInput(
            f"{path.name} holds more than {LARGEST_TEXT // 1024 // 1024} MB of text. Split it into its reports."
        )
    passages = make_passages(lines)
    if not any(re.search(r"\w{3}", passage.raw) for passage in passages):
        raise BadInput(f"{path.name} holds no text. If it is a scan, run text recognition (OCR) on it first.")
    return describe(Paper(path.name, tuple(passages), format=form, digest=hashlib.sha256(data).hexdigest()))


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BadInput(f"There is no file {path}.")
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"{path.name} is larger than {LARGEST_FILE // 1024 // 1024} MB. Split it into its reports.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}") from error


def _reader(path: Path) -> Callable[[bytes, str], list[Line]]:
    from .markup import html_lines
    from .pdf import pdf_lines
    from .word import word_lines

    readers: dict[str, Callable[[bytes, str], list[Line]]] = {
        ".txt": text_lines,
        ".md": text_lines,
        ".markdown": text_lines,
        ".html": html_lines,
        ".htm": html_lines,
        ".docx": word_lines,
        ".pdf": pdf_lines,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        old = " Save it as .docx first." if path.suffix.lower() in (".doc", ".docm", ".odt", ".rtf") else ""
        raise BadInput(f"{path.name} is in no format that papers are read from: pdf, docx, html, md, txt.{old}")
    return reader


def text_lines(data: bytes, name: str) -> list[Line]:
    """Read plain text or Markdown, in UTF-8 or, failing that, in the Windows encoding of Western Europe."""
    if b"\0" in data[:4096]:
        raise BadInput(f"{name} is no text file. Give it the ending of its own format.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return [_text_line(line) for line in re.sub(r"\r\n?", "\n", text).replace("\f", "\n\n").split("\n")]


def _text_line(line: str) -> Line:
    heading = _HEADING.match(line.strip())
    if heading:
        return Line(heading[2], level=len(heading[1]))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 2:
        if _TABLE_RULE.fullmatch(stripped):
            return Line("")
        return Line("\t".join(cell.strip() for cell in stripped.strip("|").split("|")))
    return Line(line.rstrip(" \r"))
