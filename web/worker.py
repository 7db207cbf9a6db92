"""A process that answers SPARQL for the endpoint, so that a query that never ends can be ended.

``python -m dutygraph.web.worker FOLDER`` opens the store read-only and answers one request after the other: a line of
JSON on standard input, then on standard output a line of JSON and as many bytes as it says. It is killed when a
query takes too long; no query engine of ours can be interrupted otherwise.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from ..errors import DutyGraphError, QueryError
from ..graph.store import disk_store, explain_syntax, names_graphs, reading
from ..ontology.namespaces import PREFIXES
from .protocol import GRAPHS, RESULTS

MOST_MEMORY = 4 * 2**30
"""Bytes of address space a query may take; a store on disk is mapped into it too."""

_ROWS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_UNACCEPTABLE = "None of the formats that you accept fits what the query gives. "


class _Enough(Exception):
    """As many rows as are wanted have been written."""


class _FirstRows(io.RawIOBase):
    """Takes tab-separated rows, a line each, until there are enough."""

    def __init__(self, most: int) -> None:
        self.data = bytearray()
        self.lines_left = most + 1

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes.

        Raises:
            _Enough: once the header and one row more than wanted have come.
        """
        part = bytes(data)
        self.data += part
        self.lines_left -= part.count(b"\n")
        if self.lines_left < 0:
            raise _Enough
        return len(part)


def answer(store: Store, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run one query.

    Args:
        store: what is asked.
        asked: ``sparql``, ``default_graphs``, ``named_graphs``, ``rows_as``, ``graph_as`` (media types or None) and
            ``rows``, the most rows or triples to give.

    Returns:
        ``status`` (of HTTP), ``type`` (media type) and ``cut`` (whether there were more rows), and the answer.
    """
    try:
        with reading("this endpoint"):
            result = store.query(
                asked["sparql"],
                use_default_graph_as_union=not (asked["default_graphs"] or names_graphs(asked["sparql"])),
                default_graph=[NamedNode(iri) for iri in asked["default_graphs"]] or None,
                named_graphs=[NamedNode(iri) for iri in asked["named_graphs"]] or None,
            )
            if isinstance(result, QueryTriples):
                return _graph(result, asked)
            return _rows(result, asked)
    except SyntaxError as error:
        return _refusal(400, explain_syntax(asked["sparql"], str(error)))
    except QueryError as error:
        return _refusal(400, str(error))
    except (DutyGraphError, MemoryError) as error:
        return _refusal(500, str(error) or "The query needs more memory than it may have.")


def _refusal(status: int, why: str) -> tuple[dict[str, Any], bytes]:
    return {"status": status, "type": "text/plain; charset=utf-8", "cut": False}, f"{why}\n".encode()


def _graph(result: QueryTriples, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    if asked["graph_as"] is None:
        return _refusal(406, f"{_UNACCEPTABLE}A graph comes as one of: {', '.join(GRAPHS)}.")
    triples = list(islice(result, asked["rows"] + 1))
    cut = len(triples) > asked["rows"]
    data = serialize(triples[: asked["rows"]], format=_RDF[GRAPHS[asked["graph_as"]]], prefixes=PREFIXES) or b""
    return {"status": 200, "type": asked["graph_as"], "cut": cut}, data


def _rows(result: QuerySolutions | QueryBoolean, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    if asked["rows_as"] is None:
        return _refusal(406, f"{_UNACCEPTABLE}Rows come as one of: {', '.join(RESULTS)}.")
    form, cut = _ROWS[RESULTS[asked["rows_as"]]], False
    if isinstance(result, QuerySolutions):
        result, cut = _first(result, asked["rows"])
    data = result.serialize(format=form) or b""
    return {"status": 200, "type": asked["rows_as"], "cut": cut}, data


def _first(solutions: QuerySolutions, most: int) -> tuple[QuerySolutions | QueryBoolean, bool]:
    """Return the first rows, and whether there are more: through the engine's own tab-separated form."""
    out, cut = _FirstRows(most), False
    try:
        solutions.serialize(cast(BinaryIO, out), QueryResultsFormat.TSV)
    except _Enough:
        cut = True
    data = bytes(out.data)
    if cut:
        ends = [at for at, byte in enumerate(data) if byte == 10]
        data = data[: ends[most] + 1]
    return parse_query_results(data, QueryResultsFormat.TSV), cut


def _limit_memory() -> None:
    """Let a query that takes too much memory fail alone; not every system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def serve(store: Store, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        head, data = answer(store, json.loads(line))
        answers.write(json.dumps(head | {"length": len(data)}).encode() + b"\n" + data)
        answers.flush()


def main() -> None:
    """Open the store that the command line names and answer."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process itself
    store = disk_store(Path(sys.argv[1])).store
    _limit_memory()
    serve(store, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
