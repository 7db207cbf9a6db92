"""Make passages of the whole lines of a paper: headings, paragraphs, list items and table rows, each with its place.

Numbering starts anew in the reports of a pack, so a locator names the item or appendix first, then the section,
then paragraph or list item: ``Item 12 para 4``, ``3.2 f``, ``App A 5.1 (2)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .lines import Block, whole_lines
from .model import Line, Passage

_PLAIN_LEVEL = 9
_LEADS = re.compile(
    r"[:—–][\s\-–—]*$|\s-$|\b(?:are|is|of|from|includes?|following|to)\b(?: the)?(?: \W?\w+ \w+\W?)?;\s*$"
)
_TERMINAL = re.compile(r"[.;,!?]$")
_APPENDIX = re.compile(r"(?:appendix|annex|schedule)\s+([A-Z]|\d{1,2})\b", re.IGNORECASE)
_ITEM = re.compile(r"(?:agenda\s+)?item\s+(?:no\.?\s*)?(\d{1,2}[A-Za-z]?)\b", re.IGNORECASE)
_REPORT = re.compile(
    r"(?:\*\*)?(?:report\s+(?:to|of|author)|minutes of the|date of report|recommendations?$)", re.IGNORECASE
)
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")


@dataclass
class _Place:
    """Where the reader is in the paper."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    section: str = ""
    chapter: str = ""
    part: str = ""
    paragraph: str = ""
    items: list[tuple[int, str, int]] = field(default_factory=list)
    lead: int | None = None
    bare_list: bool = False
    report: int = 0
    fresh: bool = True
    agenda: dict[str, str] = field(default_factory=dict)

    def enter(self, level: int, title: str, number: str) -> None:
        """Go under a heading."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, title))
        self.items.clear()
        self.lead, self.paragraph = None, ""
        if number:
            self.section = number
            self.chapter = ""
        elif not self.section:
            self.chapter = title

    def part_starts(self, part: str) -> None:
        """Begin another report, item or appendix of a pack."""
        self.part, self.section, self.chapter, self.paragraph = part, "", "", ""
        self.headings.clear()
        self.report += 1

    def locator(self, item: str = "") -> str:
        """Cite the place."""
        words = [self.part, self.section or self.chapter]
        if self.paragraph:
            words = [self.part, self.paragraph if "." in self.paragraph else f"para {self.paragraph}"]
        words.append(item)
        return " ".join(word for word in words if word) or "header"


def make_passages(lines: Sequence[Line]) -> list[Passage]:
    """Make the passages of a paper.

    >>> lines = [Line("1. Purpose"), Line(""), Line("The board shall:"), Line("- a. meet; and"), Line("- b. report.")]
    >>> [(passage.kind, passage.locator, passage.lead) for passage in make_passages(lines)]
    [('heading', '1', None), ('paragraph', '1', None), ('item', '1 a', 1), ('item', '1 b', 1)]
    """
    blocks = whole_lines(lines)
    place = _Place(agenda=_agenda(blocks))
    passages: list[Passage] = []
    start = 0
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        passage = _passage(block, following, place, passages, start)
        passages.append(passage)
        start += len(passage.raw) + 1
    return passages


def _passage(block: Block, following: Block | None, place: _Place, before: list[Passage], start: int) -> Passage:
    level = _heading_level(block, following, place)
    if level:
        return _heading(block, level, place, len(before), start)
    if block.row:
        kind, marker = "row", ""
        place.items.clear()
        locator, lead, depth = place.locator(), place.lead, 0
    elif _is_item(block, place):
        return _item(block, place, before, start)
    else:
        kind, marker, depth = "paragraph", block.marker, 0
        place.items.clear()
        place.paragraph = marker if marker and marker[0].isdigit() else ("" if block.gap else place.paragraph)
        place.lead = len(before) if _LEADS.search(_bare(block.text)) else None
        place.bare_list = True
        locator, lead = place.locator(), None
    titles = tuple(title for _level, title in place.headings)
    return Passage(len(before), kind, block.text, titles, locator, marker, depth, block.page, lead, start, place.report)


def _heading(block: Block, level: int, place: _Place, number: int, start: int) -> Passage:
    title = _bare(block.text)
    minute = block.marker.isdigit() and len(block.marker) == 3
    part = None if minute else _part(block, title, place)
    if part is not None:
        place.part_starts(part)
    place.enter(level, title.rstrip(":"), block.marker if block.marker[:1].isdigit() else "")
    if minute:
        place.section = f"min {block.marker}"
    above = tuple(name for _level, name in place.headings[:-1])
    return Passage(
        number,
        "heading",
        block.text,
        above,
        place.locator(),
        block.marker,
        level,
        block.page,
        None,
        start,
        place.report,
    )


def _item(block: Block, place: _Place, before: list[Passage], start: int) -> Passage:
    """A list item: nested under the one before if it stands further in, or if its letters start anew."""
    depth, marker = block.indent, block.marker
    if re.fullmatch(r"\d+(?:\.\d+)+", marker):
        place.items.clear()  # a paragraph of its own, though it stands in a list: "1.3" is cited so, not as "1.2 1.3"
        place.paragraph, marker_shown = marker, False
    else:
        marker_shown = marker not in ("•", "")
    if place.items and place.items[-1][0] == depth and _opens_list(before[place.items[-1][2]], marker):
        depth += 1
    if place.items and _carries_on(before[place.items[-1][2]].marker, marker):
        depth = place.items[-1][0]
    sibling = ""
    while place.items and place.items[-1][0] >= depth:
        sibling = place.items.pop()[1]
    if marker == "•" and re.fullmatch(r"[a-y]", sibling) and not place.items:
        marker, marker_shown = chr(ord(sibling) + 1), True  # its letter was lost on the way; its neighbours give it
    outer = place.items[-1] if place.items else None
    if place.lead is None and marker == "1" and before and before[-1].kind == "paragraph":
        place.lead = len(before) - 1
    lead = place.lead
    if outer and _LEADS.search(before[outer[2]].raw):
        lead = outer[2]
    shown = outer[1] if outer and outer[1] else (marker if marker_shown else "")
    if shown.isdigit():
        shown = f"({shown})"
    place.items.append((depth, shown, len(before)))
    titles = tuple(title for _level, title in place.headings)
    return Passage(
        len(before),
        "item",
        block.text,
        titles,
        place.locator(shown),
        marker,
        len(place.items),
        block.page,
        lead,
        start,
        place.report,
    )


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _carries_on(marker: str, following: str) -> bool:
    """Say whether a small roman numeral carries on the one before: "ii" after "i", in the inner list too."""
    if marker not in _ROMAN or following not in _ROMAN:
        return False
    return _ROMAN.index(following) == _ROMAN.index(marker) + 1


def _opens_list(item: Passage, marker: str) -> bool:
    """Say whether an item leads in a list of its own, whose first mark does not carry on the outer letters."""
    return bool(_LEADS.search(item.raw)) and marker != item.marker and marker in ("i", "a", "1", "•", "A")


def _is_item(block: Block, place: _Place) -> bool:
    """Say whether a block is an item: bulleted or lettered, numbered under a lead, or short below a colon."""
    marker = block.marker
    if _next_paragraph(block, place) or _capital_among_letters(block, place):
        return False
    if block.bulleted and marker[:1].isdigit() and len(block.text) > 60 and place.lead is None:
        place.bare_list = False
        return False
    if block.bulleted or (marker and not marker[0].isdigit()):
        place.bare_list = False
        return True
    if marker and "." not in marker and (place.lead is not None or ("." in place.section and not place.paragraph)):
        place.bare_list = False
        return True
    if not marker and place.items and block.text[:1].islower():
        return True
    short = len(block.text) <= 90 and not re.search(r"[.:]$", block.text)
    return not marker and place.lead is not None and place.bare_list and short


def _next_paragraph(block: Block, place: _Place) -> bool:
    """Say whether a number carries on the numbered paragraphs, and is no item of the list in the last of them."""
    if not (block.marker.isdigit() and place.paragraph.isdigit()):
        return False
    return 0 < int(block.marker) - int(place.paragraph) <= 3 and len(block.text) > 30


def _capital_among_letters(block: Block, place: _Place) -> bool:
    """A long sentence with a bullet after lettered items is a paragraph whose number was lost."""
    lettered = place.items and re.fullmatch(r"[a-z]", place.items[-1][1])
    return bool(lettered) and block.marker == "•" and block.text[:1].isupper() and len(block.text) > 80


def _heading_level(block: Block, following: Block | None, place: _Place) -> int:
    """Return the level of a heading, or 0: as the format says, by its number, by emphasis, or by standing alone."""
    if block.level:
        return block.level
    bare = _bare(block.text)
    if block.row or len(bare) > 110 or not bare[:1].isupper() or re.search(r"[.;,!?]$", bare):
        return 0
    if re.search(r"£|\bTel:|@|https?:", bare):
        return 0
    numbered = block.marker[:1].isdigit() and not block.bulleted and len(bare) <= 80
    if numbered and (place.lead is None or "." in block.marker) and _ends_as_heading(bare, following):
        return 1 + block.marker.count(".")
    if block.marker:
        return 0
    if re.fullmatch(r"\*\*.+\*\*", block.text) and not bare.endswith(":"):
        return _PLAIN_LEVEL - 1
    if bare.isupper() and len(bare) > 5 and re.search(r"[A-Z]{4}", bare):
        return 1
    if _APPENDIX.fullmatch(bare) or (_ITEM.fullmatch(bare)):
        return 1
    return _PLAIN_LEVEL if _stands_alone(block, bare, following, place) else 0


def _ends_as_heading(bare: str, following: Block | None) -> bool:
    if _LEADS.search(bare):
        return len(bare.split()) <= 3
    if _MONTH.match(bare):
        return False
    return following is None or following.gap or not following.text[:1].islower()


def _stands_alone(block: Block, bare: str, following: Block | None, place: _Place) -> bool:
    """A short line alone between gaps, with the look of a title."""
    if not block.gap or following is None or len(bare) > 80 or _LEADS.search(bare) or len(bare.split()) > 11:
        return False
    if place.lead is not None and place.bare_list:
        return False
    return bool(re.search(r"[a-z]{3}|[A-Z]{3}", bare)) and not re.search(r"[\"“”|]|^Cllr|^Mrs? |\d{3,}", bare)


def _part(block: Block, title: str, place: _Place) -> str | None:
    """Say which part of a pack begins with a heading, if one does."""
    appendix = _APPENDIX.match(title) or re.search(r"\b[Aa]ppendix\s+([A-Z]|\d{1,2})$", title)
    item = _agenda_item(title, place)
    if item:
        return f"Item {item}" + (f" App {appendix[1]}" if appendix else "")
    if appendix and len(title) < 80:
        above = place.part.split(" App")[0] if place.part.startswith("Item") else ""
        return f"{above} App {appendix[1]}".strip()
    found = _ITEM.match(title)
    if found:
        return f"Item {found[1]}"
    if block.level and _REPORT.match(title) and block.level <= 2:
        return place.part if not place.part.startswith("App") else ""
    return None


def _agenda_item(title: str, place: _Place) -> str:
    """The item of the agenda under which a heading stands: the items come in order."""
    if re.match(r"minutes of", title, re.IGNORECASE):
        title = "confirmation minutes previous meeting"
    words = set(_key(re.sub(r"\W+appendix \w+$|^report to .{5,80}? - ", "", title, flags=re.IGNORECASE)).split())
    current = re.search(r"\d+", place.part)
    for agenda, item in place.agenda.items():
        others = set(agenda.split())
        common = len(words & others)
        near = common == len(words) == len(others) or (common >= 3 and common >= 0.75 * min(len(words), len(others)))
        if near and int(re.match(r"\d+", item)[0]) >= (int(current[0]) if current else 0):  # type: ignore[index]
            return item
    return ""


def _agenda(blocks: Sequence[Block]) -> dict[str, str]:
    """The items of the agenda of a pack, by their titles: rows whose first or second cell is a number."""
    titles: dict[str, str] = {}
    open_table = False
    for block in blocks:
        if not block.row:
            continue
        emphasised = re.sub(r"(?:<b>|\*\*)(.{4,150}?)(?:</b>|\*\*).*", r"\1", block.text.rsplit("\t", 1)[0])
        cells = [_bare(cell) for cell in (emphasised if "\t" in emphasised else block.text).split("\t")]
        if any(re.fullmatch(r"item(?: no\.?)?", cell, re.IGNORECASE) for cell in cells):
            open_table = True
            continue
        if not open_table:
            continue
        for cell, title in pairwise(cells[:3]):
            if re.fullmatch(r"\d{1,2}[A-Za-z]?", cell) and len(title) > 4:
                titles.setdefault(_key(title), cell)
    return titles


def _key(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold().replace("combatting", "combating"))
    return " ".join(re.sub(r"s$", "", word) for word in words if word not in ("the", "of", "and"))


def _bare(text: str) -> str:
    return re.sub(r"\*{2,3}|</?[a-z]{1,6}>|^#+\s*", "", text).strip()
