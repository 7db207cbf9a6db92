"""The SPARQL 1.1 endpoint, ``/sparql``: the W3C protocol for reading, its service description, CORS.

Time and row limits are said in every answer's headers, and in words where one of them was reached.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..errors import DutyGraphError
from ..graph.store import GraphStore
from ..ontology.namespaces import DCTERMS, PREFIXES, RDF, RDFS
from ..queries.rows import run
from .negotiation import preferred
from .protocol import Asked, Refused, read_get, read_post
from .workers import Limits, Workers

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Dutygraph-Row-Limit, Dutygraph-Time-Limit, Dutygraph-Cut",
}
_PREFLIGHT = _CORS | {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_FOR_PROGRAMS_OR_PEOPLE = ("application/sparql-results+json", "text/turtle", "text/html")
_DESCRIBED_AS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
}


def workers_of(request: Request) -> Workers:
    """Return the processes that answer the site's queries."""
    return request.app.state.workers  # type: ignore[no-any-return]


async def endpoint(request: Request) -> Response:
    """Answer one request of the protocol."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    try:
        return await _answer(request)
    except Refused as refused:
        return _text(str(refused), refused.status)


async def _answer(request: Request) -> Response:
    accept = ", ".join(request.headers.getlist("accept"))
    query_string = request.url.query
    if request.method in ("GET", "HEAD"):
        asked = read_get(query_string, accept)
        if "format" not in request.query_params and preferred(accept, _FOR_PROGRAMS_OR_PEOPLE) == "text/html":
            return RedirectResponse(f"/query?{query_string}" if query_string else "/query", 303, _CORS)
        if asked is None:
            return await run_in_threadpool(_description, request, accept)
    else:
        body = await body_of(request, workers_of(request).limits.length)
        asked = read_post(request.headers.get("content-type", ""), query_string, body, accept)
    return await run_in_threadpool(_run, workers_of(request), asked)


async def body_of(request: Request, most: int) -> bytes:
    """Return a request's body.

    Raises:
        Refused: if it is longer than ``most`` bytes; no more than that is read.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise Refused(413, f"The request is longer than {most:,} bytes.")
    return bytes(body)


def ask(workers: Workers, asked: Asked, rows: int) -> tuple[dict[str, Any], bytes]:
    """Run a query in a process of its own; see :func:`dutygraph.web.worker.answer`."""
    return workers.ask(
        {
            "sparql": asked.sparql,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "rows_as": asked.rows_as,
            "graph_as": asked.graph_as,
            "rows": rows,
        }
    )


def _run(workers: Workers, asked: Asked) -> Response:
    limits = workers.limits
    try:
        head, data = ask(workers, asked, limits.rows)
    except DutyGraphError as error:
        raise Refused(503, str(error)) from error
    headers = _limits(limits)
    if head["cut"]:
        headers["Dutygraph-Cut"] = (
            f"There are more than {limits.rows:,} rows; these are the first. Use LIMIT and OFFSET."
        )
    return Response(data, head["status"], headers, media_type=head["type"])


def _limits(limits: Limits) -> dict[str, str]:
    return _CORS | {
        "Dutygraph-Time-Limit": f"{limits.seconds:g} seconds",
        "Dutygraph-Row-Limit": f"{limits.rows} rows",
        "Vary": "Accept",
    }


def _text(text: str, status: int) -> Response:
    retry = {"Retry-After": "5"} if status == 503 else {}
    return Response(f"{text}\n", status, _CORS | retry, media_type="text/plain; charset=utf-8")


def _description(request: Request, accept: str) -> Response:
    """Describe the service, as SPARQL 1.1 Service Description has it."""
    media = preferred(accept, list(_DESCRIBED_AS))
    if media is None:
        raise Refused(406, f"The service description comes as one of: {', '.join(_DESCRIBED_AS)}.")
    workers = workers_of(request)
    triples = describe(str(request.url.replace(query="")), workers.store, workers.limits)
    data = serialize(triples, format=_DESCRIBED_AS[media], prefixes=PREFIXES | {"sd": SD, "format": FORMATS}) or b""
    return Response(data, 200, _limits(workers.limits), media_type=media)


def describe(address: str, store: GraphStore, limits: Limits) -> list[Triple]:
    """Return the service description.

    Args:
        address: of the endpoint.
        store: what it answers over; its named graphs are listed.
        limits: what one query may take.
    """
    service, dataset = NamedNode(address), BlankNode("dataset")
    kind = NamedNode(RDF + "type")

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    about = (
        f"Read-only. A query may take {limits.seconds:g} seconds and give {limits.rows} rows. The default graph is the "
        "union of all named graphs. SERVICE is refused."
    )
    triples = [
        Triple(service, kind, sd("Service")),
        Triple(service, sd("endpoint"), service),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(service, NamedNode(RDFS + "comment"), Literal(about, language="en")),
        Triple(dataset, kind, sd("Dataset")),
        Triple(dataset, NamedNode(DCTERMS + "title"), Literal("dutygraph", language="en")),
    ]
    for name in (
        "SPARQL_Results_JSON",
        "SPARQL_Results_XML",
        "SPARQL_Results_CSV",
        "SPARQL_Results_TSV",
        "Turtle",
        "N-Triples",
        "RDF_XML",
        "JSON-LD",
    ):
        triples.append(Triple(service, sd("resultFormat"), NamedNode(FORMATS + name)))
    for number, row in enumerate(run(store, "data-sets")):
        graph = BlankNode(f"graph{number}")
        triples += [
            Triple(dataset, sd("namedGraph"), graph),
            Triple(graph, kind, sd("NamedGraph")),
            Triple(graph, sd("name"), NamedNode(row["graph"])),
        ]
    return triples


ROUTES = [Route("/sparql", endpoint, methods=["GET", "POST", "OPTIONS"], name="sparql")]
