"""What a request to the endpoint asks, by the SPARQL 1.1 Protocol (W3C, 21 March 2013), section 2.1, for reading only.

A query comes by GET, by POST as a form, or by POST as it stands; the graphs it is over may come beside it. Updates
are refused, and so is SERVICE, which would make this server ask other hosts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from ..graph.store import without_quotes
from .negotiation import preferred

RESULTS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of rows and of yes or no, our favourite first."""

GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "text/plain": "nt",
    "application/xml": "rdf",
    "application/json": "jsonld",
}
"""Media types of graphs, our favourite first."""

SHORT = {"json": "application/sparql-results+json", "xml": "application/sparql-results+xml"} | {
    name: media for table in (GRAPHS, RESULTS) for media, name in table.items() if name not in ("json", "xml")
}
"""What ``format=`` may name, for links where no header can be set; other values are passed over."""

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_ANY_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_ESCAPED = re.compile(r"\\[uU]")
_SERVICE = re.compile(r"(?<![\w?$:@.-])SERVICE\b(?!\s*:)", re.IGNORECASE)


class Refused(Exception):
    """A request that is not answered: the HTTP status, and why in a line."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """A query as it was asked.

    Attributes:
        sparql: the query.
        default_graphs: IRIs of the graphs that make the default graph; empty for the union of all.
        named_graphs: IRIs of the graphs that GRAPH may name; empty for all.
        rows_as: media type for rows, or None if the client takes none of ours.
        graph_as: media type for graphs, or None.
    """

    sparql: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    rows_as: str | None
    graph_as: str | None


def read_get(query_string: str, accept: str) -> Asked | None:
    """Read a GET request; None if it asks nothing, which is to ask for the service description.

    Raises:
        Refused: if it is an update or asks in a way that the protocol does not know.
    """
    values = _values(query_string)
    return _asked(values, accept) if values.keys() & {"query", "update", "default-graph-uri"} else None


def read_post(content_type: str, query_string: str, body: bytes, accept: str) -> Asked:
    """Read a POST request.

    Raises:
        Refused: if it is an update, of another media type, or asks in a way that the protocol does not know.
    """
    media = content_type.partition(";")[0].strip().lower()
    if media == UPDATE:
        raise Refused(403, READ_ONLY)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "The query is not UTF-8 text.") from None
    if media == FORM:
        return _asked(_values(text), accept)
    if media == QUERY:
        return _asked(_values(query_string) | {"query": [text]}, accept)
    raise Refused(415, f"Send the query as {FORM} or as {QUERY}.")


READ_ONLY = "This endpoint is read-only: updates are refused. To load data: dutygraph load."


def _values(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise Refused(400, "The parameters cannot be read: they must be UTF-8, and 200 at most.") from None


def _asked(values: Mapping[str, Sequence[str]], accept: str) -> Asked:
    if "update" in values:
        raise Refused(403, READ_ONLY)
    queries = values.get("query", ())
    if len(queries) != 1 or not queries[0].strip():
        raise Refused(400, "Give one query, in the parameter “query”.")
    bare = without_quotes(queries[0])
    if _SERVICE.search(bare):
        raise Refused(403, "SERVICE is refused: this endpoint asks no other host. Ask the other endpoint yourself.")
    if _ESCAPED.search(bare):
        raise Refused(400, "Write \\u escapes only inside texts and addresses.")
    accept = SHORT.get(values.get("format", [""])[0], accept)
    return Asked(
        queries[0],
        _iris(values.get("default-graph-uri", ())),
        _iris(values.get("named-graph-uri", ())),
        preferred(accept, list(RESULTS)),
        preferred(accept, list(GRAPHS)),
    )


def _iris(values: Sequence[str]) -> tuple[str, ...]:
    for value in values:
        if not _ANY_IRI.fullmatch(value):
            raise Refused(400, "A graph must be named by its whole address.")
    return tuple(values)
