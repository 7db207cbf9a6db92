"""The query page, ``/query``: write SPARQL or take a catalogued question, run it, read the rows, take them away.

It works without JavaScript and offline. What runs is run as the endpoint runs it, in a process that can be stopped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..errors import DutyGraphError
from ..ontology.namespaces import PREFIXES, shorten
from ..queries.catalogue import Question, questions
from .addresses import Links, path_of
from .protocol import FORM, Refused, read_get, read_post
from .rendering import render
from .sparql import ask, body_of, workers_of

SHOWN = 500
"""Rows that the page shows; the files have all of them."""

LONGEST_LINK = 3500
"""Characters of a query up to which a link brings it back."""

_ACCEPT = "application/sparql-results+json, text/turtle"
_EXAMPLE = """PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label ?action WHERE {
  ?norm a dg:Duty ; rdfs:label ?label ; dg:action ?action .
}
ORDER BY ?label
LIMIT 20"""


@dataclass(frozen=True)
class Cell:
    """A value of a row: its words, and the page of the thing it stands for."""

    text: str
    path: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a query: a problem, or rows, or a graph as Turtle, or yes or no."""

    problem: str = ""
    titles: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    turtle: str = ""
    verdict: str = ""
    cut: bool = False

    @property
    def said(self) -> str:
        """How many rows there are, in words."""
        if self.cut:
            return f"The first {SHOWN} rows; there are more. Take all of them away as a file."
        return f"{len(self.rows)} rows" if len(self.rows) != 1 else "1 row"


async def show(request: Request) -> Response:
    """Show the page; with a query, its outcome too."""
    links = Links(request.query_params.get("area", "").strip(), request.query_params.get("on", "").strip())
    name = request.query_params.get("name", "")
    taken = next((item for item in questions() if item.name == name), None)
    try:
        sparql = await _sparql(request)
        outcome = await run_in_threadpool(_run, request, sparql) if sparql else None
    except Refused as refused:
        sparql, outcome = "", Outcome(problem=str(refused))
    return _page(links, sparql, outcome, taken)


def _page(links: Links, sparql: str, outcome: Outcome | None, taken: Question | None) -> Response:
    code = 400 if outcome is not None and outcome.problem else 200
    text = sparql or (taken.sparql if taken else _EXAMPLE)
    short = len(text) <= LONGEST_LINK
    page = render(
        "query.html",
        links,
        title="Query",
        sparql=text,
        outcome=outcome,
        taken=taken,
        catalogue=questions(),
        prefixes=PREFIXES,
        link=f"/query?{urlencode({'query': text})}" if short and outcome else "",
    )
    return HTMLResponse(page, code)


async def _sparql(request: Request) -> str:
    """Return the query that was sent, by link or by form, or nothing."""
    limits = workers_of(request).limits
    if request.method == "POST":
        body = await body_of(request, limits.length)
        return read_post(request.headers.get("content-type", FORM), "", body, _ACCEPT).sparql
    asked = read_get(request.url.query, _ACCEPT)
    return asked.sparql if asked else ""


def _run(request: Request, sparql: str) -> Outcome:
    try:
        asked = read_get(urlencode({"query": sparql}), _ACCEPT)
        head, data = ask(workers_of(request), asked, SHOWN) if asked else ({}, b"")
    except (Refused, DutyGraphError) as error:
        return Outcome(problem=str(error))
    if head["status"] != 200:
        return Outcome(problem=data.decode().rstrip())
    if head["type"] == "text/turtle":
        return Outcome(turtle=data.decode(), cut=head["cut"])
    return _rows(json.loads(data), cut=head["cut"])


def _rows(results: dict[str, Any], *, cut: bool) -> Outcome:
    if "boolean" in results:
        return Outcome(verdict="yes" if results["boolean"] else "no")
    titles = tuple(results["head"]["vars"])
    rows = tuple(tuple(_cell(row.get(title)) for title in titles) for row in results["results"]["bindings"])
    return Outcome(titles=titles, rows=rows, cut=cut)


def _cell(value: dict[str, str] | None) -> Cell:
    if value is None:
        return Cell("")
    if value["type"] == "uri":
        return Cell(shorten(value["value"]), path_of(value["value"]))
    return Cell(value["value"])


ROUTES = [Route("/query", show, methods=["GET", "POST"], name="query")]
