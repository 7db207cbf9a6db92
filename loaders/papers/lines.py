"""Put the physical lines of a paper together: what was wrapped or torn apart by a page becomes one line again.

Page furniture goes: protective markings (the classes of the Government Security Classifications and their
forerunners), page numbers, and lines that return at the head or foot of three pages or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import Line

_MARKING = re.compile(
    r"\W*(?:NOT\s+PROTECTIVELY\s+MARKED|UNCLASSIFIED|PROTECT|RESTRICTED|OFFICIAL|SECRET)"
    r"(?:\s*[-–—:]\s*(?:SENSITIVE|[A-Z ]{3,30}))?\W*",
)
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*|page", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-•●▪◦‣∙·*\uf0b7\uf0a7\u2023]|[oO](?=\s+[a-z]))(?=\s|$)\s*(?:(?:[·•]|o(?=\s+[a-z]))\s+)?")
_NUMBER = re.compile(
    r"\s*(?:\*\*)?(?P<mark>\d{1,3}(?:\.\d{1,2}){1,3}(?=[.):]?\**\s)|\d{1,3}(?=[.):]+\**[\s*]|[.)][A-Z])|\d{1,3}"
    r"(?=\**\s+\**[A-Z])"
    r"|\(?[a-zA-Z](?=[.)])|\(?[ivx]{1,5}(?=[.)])|\(\d{1,2}(?=\)))[.):]{0,2}(?:\*\*)?(?:\s+|(?=[A-Z*]))",
)
_STOP = re.compile(r"[.:;!?][\"'”’)\]*]*$")
_TORN = re.compile(r"(?:,|\b(?:the|a|an|of|and|or|to|for|in|on|at|by|with|from|that|as|is|are|be|its|their|my|this))$")


@dataclass
class Block:
    """A whole line of the paper.

    Args:
        text: its words, without the marker.
        marker: the bullet, number or letter before it; ``•`` for a bullet.
        indent: how far it stands in.
        level: the level of a heading where the format says that it is one.
        gap: whether an empty line stands before it.
    """

    text: str
    marker: str = ""
    indent: int = 0
    level: int = 0
    page: int | None = None
    gap: bool = False
    row: bool = False
    bulleted: bool = False


def whole_lines(lines: Sequence[Line]) -> list[Block]:
    """Join what belongs together and leave out page furniture.

    >>> [block.text for block in whole_lines([Line("The board meets"), Line("each month."), Line("OFFICIAL")])]
    ['The board meets each month.']
    """
    width = _width(lines)
    running = _running_lines(lines)
    blocks: list[Block] = []
    gap, last, orphans = True, "", 0
    for line in lines:
        text = line.text.strip("\n").replace("\u00a0", " ")
        if not text.strip():
            gap = True
            continue
        if _is_furniture(text, line.page, running):
            gap = True
            continue
        block = _block(line, text, gap)
        if not block.text and block.bulleted:
            orphans += 1
            if orphans > 1:
                continue
        if orphans > 1 and block.text[:1].isupper() and not block.marker and blocks and blocks[-1].text:
            block.marker, block.bulleted, orphans = "•", True, orphans - 1
            blocks.append(block)
        elif blocks and _belongs(blocks[-1], last, block, text, 0 if orphans > 1 else width):
            _join(blocks[-1], block, text)
        else:
            orphans = orphans if not block.text or (orphans > 1 and not block.marker) else 0
            blocks.append(block)
        gap, last = False, text
    return [block for block in blocks if block.text]


def _block(line: Line, text: str, gap: bool) -> Block:
    if line.level:
        marker, rest = _number(text.strip())
        return Block(rest, marker, 0, line.level, line.page, gap)
    if "\t" in text:
        cells = [" ".join(cell.split()) for cell in text.rstrip().split("\t")]
        return Block("\t".join(cells), page=line.page, gap=gap, row=True)
    indent = len(text) - len(text.lstrip())
    bullet = _BULLET.match(text)
    if bullet and not text.lstrip().startswith("**"):
        marker, rest = _number(text[bullet.end() :])
        return Block(_single(rest), marker or "•", indent, 0, line.page, gap, bulleted=True)
    marker, rest = _number(text)
    return Block(_single(rest), marker, indent, 0, line.page, gap)


def _number(text: str) -> tuple[str, str]:
    found = _NUMBER.match(text)
    if not found or not text[found.end() :].strip():
        return "", text.strip()
    opened = found[0].count("**") % 2
    rest = ("**" if opened else "") + text[found.end() :].strip()
    return found["mark"].lstrip("("), rest


def _single(text: str) -> str:
    return " ".join(text.split())


def _belongs(before: Block, last: str, block: Block, text: str, width: int) -> bool:
    """Say whether a line carries on the block before it."""
    if block.row or before.row or block.level or before.level:
        return False
    if before.marker and not before.text:
        return not block.marker
    stopped = bool(_STOP.search(before.text))
    if block.marker and not (block.marker == "•" and block.text.startswith("(") and not stopped):
        return False
    if stopped and not (not block.gap and width and _wrapped(last, text, width)):
        return False
    if before.text.count("(") > before.text.count(")") and len(block.text) < 90:
        return True
    lower = block.text[:1].islower() or block.text[:1] == "("
    if block.gap:
        return (bool(_TORN.search(before.text)) and len(before.text) > 30) or (lower and len(before.text) > 60)
    if width:
        return lower or _wrapped(last, text, width)
    return lower or text[:1] == " " or 60 <= len(last.strip()) < 130


def _wrapped(last: str, text: str, width: int) -> bool:
    """Say whether a line was broken because its next word had no room."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    torn = _TORN.search(last.rstrip()) and len(last) > 0.7 * width
    return bool(torn) or len(last.rstrip()) + 1 + len(first) > 0.94 * width


def _join(before: Block, block: Block, text: str) -> None:
    dash = before.text.endswith("-") and not before.text.endswith(" -") and block.text[:1].islower()
    mark = f"{text.strip()[:1]} " if block.bulleted else ""  # a stray bullet stays, so that quotations stay true
    before.text = (before.text + ("" if dash or not before.text else " ") + mark + block.text).strip()


def _width(lines: Iterable[Line]) -> int:
    """The width to which the lines were wrapped, or 0 if each paragraph is one line."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if len(line.text) > 40 and "\t" not in line.text)
    if len(lengths) < 8 or lengths[-1] > 160:
        return 0
    return lengths[int(len(lengths) * 0.98)]


def _running_lines(lines: Sequence[Line]) -> set[str]:
    """The lines that stand first or last on three pages or more, numbers folded."""
    ends: dict[int, list[str]] = {}
    for line in lines:
        if line.page is not None and line.text.strip():
            ends.setdefault(line.page, []).append(_folded(line.text))
    counted = Counter(text for texts in ends.values() for text in {*texts[:2], *texts[-2:]} if len(text) < 120)
    return {text for text, times in counted.items() if times >= 3 and times * 3 >= len(ends)}


def _folded(text: str) -> str:
    return re.sub(r"\d+", "#", _single(text)).casefold()


def _is_furniture(text: str, page: int | None, running: set[str]) -> bool:
    bare = text.strip()
    return bool(
        (len(bare) < 60 and _MARKING.fullmatch(bare) and bare.upper() == bare)
        or _PAGE_NUMBER.fullmatch(bare)
        or (page is not None and _folded(text) in running)
    )
