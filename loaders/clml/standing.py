"""Whether a provision still stands, as its own text shows: many repealed provisions have no ``Status``.

Dots for text: repealed. All of it inside retained repeals: it has ceased to have effect, or, where the repeal is for
some extent only, it has ceased for that extent.
"""

from __future__ import annotations

from collections.abc import Iterator

from .model import Change, Entry, Part, Provision, Quotation, Status, Table, Words

_LIVE = "live"


def standing_of(content: tuple[Part, ...]) -> tuple[Status, str]:
    """Return the status that a content shows and the only countries for which it holds (empty = all).

    >>> standing_of((Words(". . . . ."),))
    ('repealed', '')
    >>> standing_of((Words("The council must report.", (Change(0, 24, "repeal", True, "W"),)),))
    ('repealed', 'W')
    >>> standing_of((Words("The council must report."),))
    ('', '')
    """
    first = content[0] if content else None
    if isinstance(first, Words) and first.text and not first.changes and not first.dots:
        return "", ""  # as most show at their first words
    extents: set[str] = set()
    for part in content:
        for standing in _standings(part):
            if standing == _LIVE:  # as most do at their first words: the rest need not be looked at
                return "", ""
            extents.add(standing)
    if not extents:
        return "", ""
    return "repealed", "+".join(sorted(extents - {""}))


def _standings(part: Part) -> Iterator[str]:
    """Yield ``live`` for what stands, else the extent of its repeal."""
    if isinstance(part, Words):
        yield from _standing_of_words(part)
    elif isinstance(part, Provision):
        yield part.status_extent if part.status == "repealed" else _LIVE
    elif isinstance(part, Entry):
        for inner in part.content:
            yield from _standings(inner)
    elif isinstance(part, Quotation | Table):
        yield _LIVE


def _standing_of_words(words: Words) -> Iterator[str]:
    if words.dots:
        yield ""
    elif words.text:
        repeals = [change for change in words.changes if change.kind == "repeal"]
        yield _covering_extent(words, repeals) if repeals else _LIVE


def _covering_extent(words: Words, repeals: list[Change]) -> str:
    """Return the extent of repeals that cover every word, or ``live``."""
    rest = list(words.text)
    for change in repeals:
        rest[change.start : change.end] = " " * len(rest[change.start : change.end])
    if any(character.isalnum() for character in rest):
        return _LIVE
    extents = {change.extent or ("purposes" if change.replaced else "") for change in repeals}
    return "+".join(sorted(extents - {""}))
