"""Read RDF files (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD) into quads of one named graph."""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from ..errors import BadInput

_ENTITY = re.compile(rb"<!ENTITY")
_PLAIN_ENTITY = re.compile(rb'<!ENTITY\s+[^\s"<>%]+\s+"[^"<>&%]{0,200}"\s*>')

EXTENSIONS = "ttl, nt, nq, trig, rdf, xml, jsonld"


def document_quads(path: Path, graph: str) -> Iterator[Quad]:
    """Read an RDF file.

    Args:
        path: the file; its ending names the format.
        graph: IRI of the named graph that takes its statements, whatever graphs the file itself names.

    Yields:
        Its statements.

    Raises:
        BadInput: if the file is missing, in no known format, or broken; the message has the line.
    """
    ending = path.suffix.lstrip(".").lower()
    rdf_format = RdfFormat.from_extension("rdf" if ending == "xml" else ending) if ending else None
    if rdf_format is None:
        raise BadInput(
            f"{path.name} is in no RDF format that dutygraph reads. The ending must be one of: {EXTENSIONS}."
        )
    name = NamedNode(graph)
    try:
        if rdf_format == RdfFormat.RDF_XML:
            _refuse_entities(path)
        for quad in parse(path=str(path), format=rdf_format):
            if isinstance(quad.object, Triple):
                raise BadInput(f"{path.name} holds a statement about a statement, which dutygraph does not load.")
            yield Quad(quad.subject, quad.predicate, quad.object, name)
    except BadInput:
        raise
    except SyntaxError as error:
        place = f", line {error.lineno}" if error.lineno else ""
        raise BadInput(f"{path.name}{place}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}") from error


def _refuse_entities(path: Path) -> None:
    """Refuse XML whose entities could blow up: pyoxigraph expands them without a limit.

    Short entities of plain text, as ontology editors write them for namespaces, stay allowed.
    """
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            sound = {match.start() for match in _PLAIN_ENTITY.finditer(data)}
            if any(match.start() not in sound for match in _ENTITY.finditer(data)):
                raise BadInput(
                    f"{path.name} declares XML entities that are long or made of other entities, which dutygraph "
                    "does not expand. Save it as Turtle."
                )
