"""Words of a sentence with their places; brackets and quotations are masked, so that places in the text stay true."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|\d+(?:\.\d+)*\w*|[,;:—–.…]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TITLE_WITH_COMMAS = re.compile(
    r"\b[A-Z][\w’'-]+(?:(?:,| and| of| for| to| in)* [A-Z][\w’'-]+)*, (?:[A-Z][\w’'-]+(?:,| and| of)* )*Act (?=\d{4}\b)"
)
_SHORT_DASH = re.compile(r"–(?=\s|$)")
_PARENTHESIS = re.compile(r"[()]")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’(?!\w)|\"[^\"]*\"")
_SENTENCE_END = re.compile(r"(?<![ .]\w)(?<!\bNo)(?<!\bSt)(?<!\bMr)(?<!\bArt)\.(?:\s+(?=[A-Z“(])|(?=[A-Z][a-z]))")


class Token(NamedTuple):
    """A word or mark: as written, in lower case, and where."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Say whether it is a word or number, not a mark."""
        return self.text[0].isalnum()


_NEW_TOKEN: Callable[[type[Token], Iterable[object]], Token] = tuple.__new__
"""The constructor of a named tuple takes twice as long."""
_START, _END = re.Match.start, re.Match.end


@lru_cache(maxsize=1024)
def mask(text: str) -> str:
    """Blank out brackets and fill quotations with a word that means nothing; the length stays.

    >>> mask("the officer (if any) of “the body” must (but (see 3) not) act")
    'the officer          of xxxxxxxxxx must                   act'
    >>> mask("the plan must – include sections 5–7")
    'the plan must — include sections 5–7'
    >>> mask("under the Local Democracy, Economic Development and Construction Act 2009, the body may act")
    'under the Local Democracy  Economic Development and Construction Act 2009, the body may act'
    """
    if "–" in text:  # some drafters' dash before a list is the short one
        text = _SHORT_DASH.sub("—", text)
    if "," in text and "Act " in text:
        text = _TITLE_WITH_COMMAS.sub(lambda found: found[0].replace(",", " "), text)
    before = ""
    while before != text and ("(" in text or "[" in text):
        before, text = text, _BRACKETS.sub(lambda found: " " * len(found[0]), text)
    if "“" in text or "‘" in text or '"' in text:
        text = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    return text


def brackets(text: str) -> list[tuple[int, int]]:
    """Return the places of the outermost brackets' contents that are long enough to hold a clause.

    >>> text = "may act (but must not (see 3) delay) in (a)"
    >>> [text[start:end] for start, end in brackets(text)]
    ['but must not (see 3) delay']
    """
    if "(" not in text:
        return []
    found, depth, start = [], 0, 0
    for mark in _PARENTHESIS.finditer(text):
        place = mark.start()
        if text[place] == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif depth:
            depth -= 1
            if not depth and place - start > 12:
                found.append((start, place))
    return found


@lru_cache(maxsize=1024)
def tokenize(masked: str) -> tuple[Token, ...]:
    """Split a masked text into words and marks.

    >>> [token.low for token in tokenize("The authority must, if so, act.")]
    ['the', 'authority', 'must', ',', 'if', 'so', ',', 'act', '.']
    """
    return tuple(_tokens(masked, 0))


def tokenize_after(masked: str, lead: int) -> tuple[Token, ...]:
    """Split a text whose first ``lead`` characters, a whole number of words, begin other texts as well.

    >>> [token.low for token in tokenize_after("He must act at once", 8)]
    ['he', 'must', 'act', 'at', 'once']
    """
    return (*tokenize(masked[:lead]), *_tokens(masked, lead)) if lead else tokenize(masked)


def _tokens(masked: str, start: int) -> Iterator[Token]:
    """Make tokens column by column, so that no line of Python is run for a single one: an Act has tens of thousands."""
    found = list(_TOKEN.finditer(masked, start))
    texts = [match[0] for match in found]
    rows = zip(texts, map(str.lower, texts), map(_START, found), map(_END, found), strict=True)
    return map(_NEW_TOKEN, repeat(Token), rows)


def sentence_ends(text: str) -> list[int]:
    """Return where new sentences begin inside a text.

    >>> text = "He may act. The notice (see s. 3. No) must say so."
    >>> [text[place:place + 3] for place in sentence_ends(text)]
    ['The']
    """
    if text.find(".", 0, -1) < 0:
        return []
    return [found.end() for found in _SENTENCE_END.finditer(mask(text))]
