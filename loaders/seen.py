"""Remember millions of texts in a few bytes each, so that repeats are found while a file streams by."""

from __future__ import annotations

from array import array

_CONTENT_BITS = 20
_CONTENT = (1 << _CONTENT_BITS) - 1
_KEY = (1 << 44) - 1


class Seen:
    """Which texts have been seen, and with which content: eight bytes a slot, at most two thirds full.

    A text is known by 44 bits of its hash and its content by 20, so two texts in 17 million million are taken for
    one: among two million that happens once in some ten loads.

    >>> seen = Seen()
    >>> seen.see("a", ("one",)), seen.see("a", ("one",)), seen.see("a", ("two",)), seen.see("b", ("one",))
    (0, 1, 2, 0)
    """

    NEW, SAME, OTHER = 0, 1, 2

    def __init__(self) -> None:
        self._mask = (1 << 14) - 1
        self._slots = array("Q", bytes(8 << 14))
        self._room = (1 << 15) // 3

    def see(self, text: str, content: tuple[str, ...] = ()) -> int:
        """Say whether a text is new (0), was seen with the same content (1) or with another (2), and remember it."""
        key = (hash(text) >> 16) & _KEY or 1
        word = key << _CONTENT_BITS | (hash(content) & _CONTENT)
        slots, mask = self._slots, self._mask
        place = key & mask
        while held := slots[place]:
            if held >> _CONTENT_BITS == key:
                return 1 if held == word else 2
            place = (place + 1) & mask
        slots[place] = word
        self._room -= 1
        if not self._room:
            self._grow()
        return 0

    def _grow(self) -> None:
        old, size = self._slots, (self._mask + 1) * 2
        slots, mask = array("Q", bytes(8 * size)), size - 1
        for word in old:
            if word:
                place = (word >> _CONTENT_BITS) & mask
                while slots[place]:
                    place = (place + 1) & mask
                slots[place] = word
        self._slots, self._mask = slots, mask
        self._room = size * 2 // 3 - (size // 2) * 2 // 3


class SeenNumbers:
    """Which identifiers have been seen: a bit for each number below a hundred million, a slot for any other text.

    >>> seen = SeenNumbers()
    >>> seen.see("17"), seen.see("17"), seen.see("a17"), seen.see("a17"), seen.see("18")
    (False, True, False, True, False)
    """

    def __init__(self) -> None:
        self._bits = bytearray(1 << 16)
        self._others = Seen()

    def see(self, text: str) -> bool:
        """Say whether an identifier was seen before, and remember it."""
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            return self._others.see(text) != Seen.NEW
        place, bit = divmod(int(text), 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits) + (1 << 16)))
        held = self._bits[place]
        self._bits[place] = held | 1 << bit
        return bool(held >> bit & 1)
