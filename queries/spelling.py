"""Names that are nearly those held: which one is meant, which are the nearest, and saying so in the answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import ParamSpec, Protocol

from .results import Answer

_SAME_WORD = 0.8
"""How alike two words must be for one to be the other misspelt; of the ratio that difflib reckons, 0 to 1."""
_ENOUGH = 0.5
"""How alike all the words of a name must be on average for it to be suggested."""
_ALIKE = 0.6
"""How alike two words must be for one to be suggested for the other."""

_readings: ContextVar[list[str] | None] = ContextVar("readings", default=None)
"""What the question that is being answered has had to read otherwise than it was written."""

Asked = ParamSpec("Asked")


class Described(Protocol):
    """What can say what it is."""

    def describe(self) -> str:
        """Write the thing with what tells it from its namesakes."""


@contextmanager
def readings() -> Iterator[list[str]]:
    """Collect the notes on names that are read otherwise than they were written."""
    notes: list[str] = []
    token = _readings.set(notes)
    try:
        yield notes
    finally:
        _readings.reset(token)


def says_how_names_were_read(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Put a note into the answer of a question for each name that was read otherwise than it was written.

    Args:
        question: what answers; of questions that ask others only the outermost adds the notes.
    """

    @functools.wraps(question)
    def noting(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if _readings.get() is not None:
            return question(*args, **kwargs)
        with readings() as notes:
            answer = question(*args, **kwargs)
        return replace(answer, notes=(*dict.fromkeys(notes), *answer.notes)) if notes else answer

    return noting


def note_reading(written: str, read_as: Sequence[Described]) -> None:
    """Keep, for the answer that is being made, that a name was read otherwise than it was written.

    Args:
        written: the name as it was written.
        read_as: the things that it was read as.
    """
    notes = _readings.get()
    if notes is not None:
        said = " · ".join(dict.fromkeys(thing.describe() for thing in read_as))
        notes.append(f'Nothing held is called "{written.strip()}": it was read as {said}.')


def mend(words: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return the names that some words are, each word held or misspelt.

    Args:
        words: the telling words of the name as it was written.
        names: keys of the names held.
    """
    names = list(names)
    vocabulary = {word for name in names for word in name.split()}
    mended = [_word(word, vocabulary) for word in words]
    whole = " ".join(sorted({word for word in mended if word}))
    return [name for name in names if name == whole] if all(mended) else []


def _word(word: str, vocabulary: set[str]) -> str | None:
    import difflib

    if word in vocabulary:
        return word
    close = difflib.get_close_matches(word, vocabulary, n=1, cutoff=_SAME_WORD)
    return close[0] if close else None


def nearest(words: Iterable[str], names: Iterable[str], most: int = 3) -> list[str]:
    """Return the names that are most like what was written, word by word: the likest first, then the shortest.

    Args:
        words: the telling words of the name as it was written.
        names: keys of the names held.
        most: how many at most.

    >>> nearest(["nuneton"], ["congleton", "luton", "bedworth nuneaton"], 1)
    ['bedworth nuneaton']
    """
    names, wanted = list(names), set(words)
    vocabulary = {word for name in names for word in name.split()}
    alike = {word: _alike(word, vocabulary) for word in wanted}

    def closeness(name: str) -> float:
        held = name.split()
        return sum(max((ratios.get(word, 0.0) for word in held), default=0.0) for ratios in alike.values())

    ranked = sorted((-closeness(name), len(name.split()), name) for name in names)
    return [name for close, _length, name in ranked[:most] if -close >= len(wanted) * _ENOUGH]


def _alike(word: str, vocabulary: set[str]) -> Mapping[str, float]:
    """How alike the words held are to one, for those that are."""
    import difflib

    matcher = difflib.SequenceMatcher(b=word)
    ratios = {}
    for held in vocabulary:
        matcher.set_seq1(held)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            ratios[held] = matcher.ratio()
    return {held: ratio for held, ratio in ratios.items() if ratio >= _ALIKE}
