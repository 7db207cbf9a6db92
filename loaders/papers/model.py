"""What a paper is once it is read: passages with the exact text of the paper, and the sentences in them.

A quotation must stand in the paper letter for letter (white space apart), while rules are easier to write for
text without marks of emphasis. So each passage keeps both, and a map from the one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

LONGEST_QUOTE = 200
"""The most letters of a quotation, by the annotation guide of the papers."""

LONGEST_SENTENCE = 1_200
"""The most letters of a sentence; what is longer is taken in pieces."""

_MARKS = re.compile(
    r"\*{1,3}|</?(?:b|i|u|em|strong|sup|sub|p|br|ol|ul|li|span|a|div)\b[^<>]{0,200}>|\[(?=[^\[\]\n]{1,200}\]\()"
    r"|(?<=[^\s\]])\]\([^()\s]{0,300}\)|\\(?=[()\[\]*_])|\$[^$]{0,60}\$",
)
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u2011": "-"})
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9£])")
_NO_END = re.compile(
    r"\b(?:e\.g|i\.e|inc|etc|cf|viz|No|Nos|s|ss|reg|regs|art|para|paras|Sch|Pt|p|pp|Mr|Mrs|Ms|Dr|St|Cllr|Cllrs|Det"
    r"|Supt|Insp|Sgt|Govt|approx|vs|[A-Z])\.$"
)


@dataclass(frozen=True)
class Line:
    """A line of the paper as its format gives it.

    Args:
        text: what stands there; cells of a table row are parted by tabs.
        page: the number of the page, where the format has pages.
        level: the level of a heading where the format says that it is one; 0 otherwise.
    """

    text: str
    page: int | None = None
    level: int = 0


@dataclass(frozen=True)
class Sentence:
    """A sentence, or the one line of a heading, item or row, at its place in its passage."""

    passage: Passage
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """The words without marks of emphasis."""
        return self.passage.text[self.start : self.end]

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """Return the paper's own words between two places of the sentence, shortened to what may be quoted."""
        stop = len(self.text) if end is None else end
        return self.passage.quote(self.start + start, self.start + stop)


@dataclass(frozen=True, eq=False)
class Passage:
    """A place in a paper that can be cited: a heading, a paragraph, a list item or a table row.

    Args:
        number: its place among the passages of the paper, from 0.
        kind: ``heading``, ``paragraph``, ``item`` or ``row``.
        raw: the paper's words, white space made single.
        headings: the headings above it, outermost first.
        locator: how the place is cited: section and paragraph or item as printed.
        marker: the number, letter or bullet that is printed before it.
        level: the depth of a heading, or of an item in its list.
        page: the page on which it begins, where known.
        lead: the number of the passage that leads a list in ("the Act sets out that each group shall:").
        start: where ``raw`` begins in the text of the paper.
        report: which report of a pack it belongs to, from 0.
    """

    number: int
    kind: str
    raw: str
    headings: tuple[str, ...] = ()
    locator: str = ""
    marker: str = ""
    level: int = 0
    page: int | None = None
    lead: int | None = None
    start: int = 0
    report: int = 0

    @cached_property
    def _plain(self) -> tuple[str, tuple[int, ...]]:
        letters: list[str] = []
        places: list[int] = []
        position = 0
        for match in (*_MARKS.finditer(self.raw), None):
            stop = match.start() if match else len(self.raw)
            for place in range(position, stop):
                if self.raw[place] == " " and (not letters or letters[-1] == " "):
                    continue
                letters.append(self.raw[place])
                places.append(place)
            position = match.end() if match else stop
        return "".join(letters).translate(_PLAIN), tuple(places)

    @property
    def text(self) -> str:
        """The words without marks of emphasis, with straight quotation marks."""
        return self._plain[0]

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table row; a passage of another kind is one cell."""
        return tuple(cell.strip() for cell in self.text.split("\t")) if self.kind == "row" else (self.text,)

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """Return the paper's own words between two places of :attr:`text`, at most 200 letters."""
        places = self._plain[1]
        stop = min(len(places), len(places) if end is None else end)
        if start >= stop:
            return ""
        while start > 0 and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1  # a quotation begins with a whole word, and ends with one
        while stop < len(places) and self.text[stop - 1].isalnum() and self.text[stop].isalnum():
            stop += 1
        found = " ".join(self.raw[places[start] : places[stop - 1] + 1].split())
        if len(found) > LONGEST_QUOTE:
            found = found[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        return found.strip()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences; headings, and rows of tables, are one each."""
        if self.kind in ("heading", "row"):
            return tuple(self._pieces(0, len(self.text)))
        return tuple(piece for start, end in self._split() for piece in self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Iterator[Sentence]:
        """Cut what is too long for a sentence at spaces: rules must not be kept busy by a text without full stops."""
        while end - start > LONGEST_SENTENCE:
            cut = self.text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            cut = cut if cut > start else start + LONGEST_SENTENCE
            yield Sentence(self, start, cut)
            start = cut + (self.text[cut : cut + 1] == " ")
        yield Sentence(self, start, end)

    def _split(self) -> Iterator[tuple[int, int]]:
        start = 0
        for match in _END.finditer(self.text):
            if _NO_END.search(self.text[max(start, match.start() - 10) : match.start()]):
                continue
            yield start, match.start()
            start = match.end()
        if start < len(self.text):
            yield start, len(self.text)


@dataclass(frozen=True)
class Paper:
    """A paper that was read.

    Args:
        name: the name of the file.
        passages: its passages in reading order, without page furniture.
        title: the paper's title as printed.
        author: who wrote it, as printed.
        date: its own date as ``YYYY-MM-DD``, or empty.
        body: the body to which it was put.
        meeting: the date of the meeting as ``YYYY-MM-DD``, or empty.
    """

    name: str
    passages: tuple[Passage, ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""
    body: str = ""
    meeting: str = ""
    format: str = "txt"
    digest: str = field(default="", repr=False)

    @property
    def doc(self) -> str:
        """The first three digits of the file's name where there are any, else the name without its ending.

        >>> Paper("003_report.txt").doc, Paper("minutes.pdf").doc
        ('003', 'minutes')
        """
        found = re.match(r"\d{3}", self.name)
        return found[0] if found else self.name.rsplit(".", 1)[0]

    @cached_property
    def text(self) -> str:
        """The whole text: the passages, one a line. Position selectors count in it."""
        return "\n".join(passage.raw for passage in self.passages)

    def sentences(self) -> Iterator[Sentence]:
        """Go through all sentences in reading order."""
        for passage in self.passages:
            yield from passage.sentences

    def list_under(self, lead: Passage) -> Sequence[Passage]:
        """Return the items of the list that a passage leads in."""
        return [passage for passage in self.passages[lead.number + 1 :] if passage.lead == lead.number]
