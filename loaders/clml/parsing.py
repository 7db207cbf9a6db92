"""XML as a tree, and no more than that: no entity, no other file, no address, bounded size.

The parser (expat) and the tree are those of :mod:`xml.etree.ElementTree`, which work hand in hand without a line of
Python between them: a tree costs less than being told of each element would.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from ...errors import BadInput

MOST_BYTES = 256 * 1024 * 1024
"""The largest file that is read; the largest Act published is a tenth of that."""
MOST_TAGS = 4_000_000
"""The most tags that are read: fifty times those of the Housing Act 2004. They, not the bytes, fill the memory."""

_SHORTEST_TAG = len(b"<a>")
_NO_DOCUMENT_TYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*<\?[^<>]*\?>)*\s*<[A-Za-z]")
"""How nearly all files begin. An entity can only be declared in a document type, which stands before the first tag."""


def tree_of(name: str, data: bytes) -> Element:
    """Parse a file.

    Args:
        name: its name, for messages.
        data: its bytes.

    Returns:
        Its outermost element; local names are what counts of tags, since only some trees have their namespaces.

    Raises:
        BadInput: if it is no XML, declares or uses entities of its own, or has more than :data:`MOST_TAGS` tags.
    """
    if len(data) > _SHORTEST_TAG * MOST_TAGS and data.count(b"<") > MOST_TAGS:
        raise BadInput(f"{name} has more than {MOST_TAGS:,} XML tags, more than any Act. It is not read.")
    tree = _plain_tree(data)
    return _guarded_tree(name, data) if tree is None else tree


def _plain_tree(data: bytes) -> Element | None:
    """Parse a file that can declare no entity and has nothing wrong with it; None for others."""
    if not _NO_DOCUMENT_TYPE.match(data):
        return None
    parser = XMLParser()
    try:
        parser.feed(data)
        return parser.close()
    except (ParseError, LookupError, ValueError):
        return None


def _guarded_tree(name: str, data: bytes) -> Element:
    """Parse a file with a guard against entities, or say what is wrong with it.

    Prefixes stay as they are: a cut out of a file may have some that nothing in it declares.
    """

    def refuse_entities(*_declared: object) -> None:
        raise BadInput(f"{name} declares XML entities, which legislation.gov.uk's files never do. It is not read.")

    tree = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parser.EntityDeclHandler = refuse_entities
    parser.SkippedEntityHandler = refuse_entities
    try:
        parser.Parse(data, True)
    except BadInput:  # a ValueError too, raised by a handler: it says itself what is wrong
        raise
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise BadInput(f"{name}, line {error.lineno}: this is no XML ({why}).") from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise BadInput(f"{name}: this is no XML ({error}).") from error
    return tree.close()


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
