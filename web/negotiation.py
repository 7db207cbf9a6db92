"""Which of several media types a client wants most, by its Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that the header wants most; the first of several that it wants alike.

    Args:
        accept: the header; empty means that anything will do.
        offered: media types, the server's own favourite first.

    Returns:
        One of them, or None if the header accepts none.

    >>> preferred("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> preferred("text/*", ["application/json", "text/csv"])
    'text/csv'
    >>> preferred("", ["application/json"])
    'application/json'
    >>> preferred("image/png", ["application/json"])
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, most = None, 0.0
    for name in offered:
        quality = _quality(name, ranges)
        if quality > most:
            best, most = name, quality
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    given = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(given)))
    except ValueError:
        return name, 0.0


def _quality(name: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers a media type."""
    for pattern in (name, f"{name.partition('/')[0]}/*", "*/*"):
        found = [quality for asked, quality in ranges if asked == pattern]
        if found:
            return max(found)
    return 0.0
