"""From provisions to sentences, and from a sentence with a list to the lines that a reader would read aloud.

A sentence is a row of texts and items. Read aloud, "The authority must— (a) consult X; (b) consider Y." is two lines:
"The authority must consult X" and "The authority must consider Y". A line remembers which provision each part of
it stands in, and from where on it is new: what stands before was read already in another line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .passages import Passage
from .tokens import sentence_ends


@dataclass(slots=True)
class Text:
    """A stretch of text and the provision it stands in."""

    words: str
    of: Passage


@dataclass(slots=True)
class Sentence:
    """Texts and lists of items (each a sentence of its own kind) in the order of the page."""

    of: Passage
    parts: list[Text | list[Sentence]] = field(default_factory=list)

    def flat(self) -> Iterator[Text]:
        """Yield every stretch of text, items included."""
        for part in self.parts:
            if isinstance(part, Text):
                yield part
            else:
                for item in part:
                    yield from item.flat()

    def words(self) -> str:
        """Return the whole as one text."""
        return " ".join(text.words for text in self.flat())


@dataclass(slots=True)
class Line:
    """One way through a sentence. ``fresh`` is where its new text begins; ``rest`` is what follows in a list,
    ``listed`` the first item of the list before, ``heard`` all items of lists before.
    ``settled`` is set by who reads the line: its modals have their verbs, so items without a modal add nothing."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    owners: list[Passage] = field(default_factory=list)
    fresh: int = 0
    rest: str = ""
    listed: str = ""
    heard: str = ""
    settled: bool = False
    lead_settled: bool = False
    in_list: bool = False

    def plus(self, text: Text, fresh: bool = True) -> Line:
        """Return the line with a text added."""
        before = self.text + " " if self.text else ""
        return Line(
            before + text.words,
            [*self.starts, len(before)],
            [*self.owners, text.of],
            len(before) if fresh else self.fresh,
            listed=self.listed,
            heard=self.heard,
            lead_settled=self.settled,
            in_list=self.in_list,
        )

    def owner(self, place: int) -> Passage:
        """Return the provision in which a place of the text stands."""
        return self.owners[max(0, bisect_right(self.starts, place) - 1)]

    def segment(self, place: int) -> tuple[int, int]:
        """Return where the stretch of text that holds a place begins and ends."""
        at = max(0, bisect_right(self.starts, place) - 1)
        return self.starts[at], self.starts[at + 1] - 1 if at + 1 < len(self.starts) else len(self.text)


def sentences(provision: Passage) -> Iterator[Sentence]:
    """Yield a provision's sentences, and then those of its parts that are no items of a list.

    Args:
        provision: an outermost provision.

    Yields:
        Sentences in the order of the text.
    """
    current: Sentence | None = None
    for part in provision.parts:
        if isinstance(part, str):
            for text, begins in _split(part):
                if current is not None and (begins or _is_new(current, text)):
                    yield current
                    current = None
                current = current or Sentence(provision)
                current.parts.append(Text(text, provision))
        elif current is not None and _is_open(current):
            _add_item(current, part)
        else:
            if current is not None:
                yield current
                current = None
            yield from sentences(part)
    if current is not None:
        yield current


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of one text, each with whether it surely begins one."""
    places = [0, *sentence_ends(text), len(text)]
    for number, (start, end) in enumerate(pairwise(places)):
        if text[start:end].strip():
            yield text[start:end].strip(), number > 0


def _last_words(sentence: Sentence) -> str:
    last = sentence.parts[-1]
    while isinstance(last, list):
        last = last[-1].parts[-1] if last[-1].parts else Text("", sentence.of)
    return last.words


def _is_new(sentence: Sentence, text: str) -> bool:
    """Say whether a text begins a sentence of its own after what is there."""
    ended = _last_words(sentence).rstrip("”’\"' ").endswith(".")
    return ended and not text[:1].islower()


def _is_open(sentence: Sentence) -> bool:
    """Say whether a sentence waits for items: its last words do not end it."""
    last = sentence.parts[-1]
    return isinstance(last, list) or not last.words.rstrip("”’\"' ").endswith(".")


def _add_item(sentence: Sentence, part: Passage) -> None:
    item = _item(part)
    if isinstance(sentence.parts[-1], list):
        sentence.parts[-1].append(item)
    else:
        sentence.parts.append([item])


def _item(provision: Passage) -> Sentence:
    made = Sentence(provision)
    for part in provision.parts if provision.in_force else ():
        if isinstance(part, str):
            made.parts.append(Text(part, provision))
        elif made.parts and isinstance(made.parts[-1], list):
            made.parts[-1].append(_item(part))
        else:
            made.parts.append([_item(part)])
    return made


def lines(sentence: Sentence, before: Line | None = None) -> Iterator[Line]:
    """Yield the lines of a sentence: lead-in, each item after the lead-in, the tail after the lead-in.

    >>> of = Passage("p")
    >>> def item(words): return Sentence(of, [Text(words, of)])
    >>> whole = Sentence(of, [Text("He must—", of), [item("go;"), item("stay")], Text("at once.", of)])
    >>> [line.text for line in lines(whole)]
    ['He must—', 'He must— go;', 'He must— stay', 'He must— … at once.']
    """
    line = before or Line()
    for number, part in enumerate(sentence.parts):
        if isinstance(part, Text):
            line = line.plus(part)
            following = sentence.parts[number + 1] if number + 1 < len(sentence.parts) else None
            if isinstance(following, list):
                line.rest = " ".join(item.words() for item in following)
            yield line
        else:
            line.in_list = True
            for item in part:
                yield from lines(item, line)
            first = next(part[0].flat(), None)
            line = line.plus(Text(ITEMS, first.of if first else sentence.of), fresh=False)
            line.in_list = before is not None and before.in_list
            line.listed = first.words if first else ""
            line.heard = " ".join([line.heard, *(item.words() for item in part)]).strip()


ITEMS = "…"
"""What stands in a line for the items of a list that were read before."""
