"""Read RDF files (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD) into quads of one named graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from ..errors import BadInput

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
        for quad in parse(path=str(path), format=rdf_format):
            if not isinstance(quad.subject, NamedNode | BlankNode):
                raise BadInput(f"{path.name} holds a statement about a statement, which dutygraph does not load.")
            yield Quad(quad.subject, quad.predicate, quad.object, name)
    except SyntaxError as error:
        raise BadInput(f"{path.name}, line {error.lineno or '?'}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}") from error
