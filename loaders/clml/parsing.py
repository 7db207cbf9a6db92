"""XML told as it is parsed, and no more than that: no entity, no other file, no address, bounded size.

The parser is Python's own (expat). What a file holds is told element by element to three handlers, so that a reader
makes its values in one pass and no tree is built: a tree of a large Act costs more than what is read from it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from ...errors import BadInput

MOST_BYTES = 256 * 1024 * 1024
"""The largest file that is read; the largest Act published is a tenth of that."""

Attributes = dict[str, str]


class Handlers(NamedTuple):
    """What is told of elements: their beginnings and their ends. ``parser.tell(handlers)`` changes who is told."""

    start: Callable[[str, Attributes], object]
    end: Callable[[str], object]


class Parser:
    """One parse of one file.

    Args:
        name: the file's name, for messages.
        data: its bytes.
        text: told each run of text; what stands between two tags comes in one piece up to 64 KB.
    """

    def __init__(self, name: str, data: bytes, text: Callable[[str], object]) -> None:
        self.name = name
        self.data = data
        self._expat = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.CharacterDataHandler = text
        parser.EntityDeclHandler = self._refuse_entities
        parser.SkippedEntityHandler = self._refuse_entities

    def tell(self, handlers: Handlers) -> None:
        """Tell these handlers from now on; may be called by a handler."""
        self._expat.StartElementHandler, self._expat.EndElementHandler = handlers

    def parse(self) -> None:
        """Parse the whole file.

        Raises:
            BadInput: if it is no XML, or declares or uses entities of its own.
        """
        try:
            self._expat.Parse(self.data, True)
        except BadInput:  # a ValueError too, raised by a handler: it says itself what is wrong
            raise
        except expat.ExpatError as error:
            why = expat.ErrorString(error.code)
            raise BadInput(f"{self.name}, line {error.lineno}: this is no XML ({why}).") from error
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            raise BadInput(f"{self.name}: this is no XML ({error}).") from error
        finally:
            del self._expat

    def _refuse_entities(self, *_declared: object) -> None:
        raise BadInput(f"{self.name} declares XML entities, which legislation.gov.uk's files never do. It is not read.")


def bytes_of(path: Path, data: bytes | None) -> bytes:
    """Return a file's bytes, unless they are at hand.

    Raises:
        BadInput: if it cannot be read, or is larger than :data:`MOST_BYTES`.
    """
    try:
        data = path.read_bytes() if data is None else data
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise BadInput(f"{path.name} is larger than {MOST_BYTES >> 20} MB, more than any Act. It is not read.")
    return data
