"""The pages: one handler for each kind of address. Each asks the graph and fills a template."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..queries.catalogue import questions
from .addresses import Links
from .rendering import render


def chosen(request: Request) -> Links:
    """Return how the page links on: with the place and the day that the request names."""
    asked = request.query_params
    return Links(asked.get("area", "").strip(), asked.get("on", "").strip())


def start(request: Request) -> Response:
    """Show the start page."""
    return HTMLResponse(render("start.html", chosen(request), title="Ask"))


def question_list(request: Request) -> Response:
    """List the catalogued questions."""
    return HTMLResponse(render("questions.html", chosen(request), title="Questions", questions=questions()))


ROUTES = [
    Route("/", start, name="start"),
    Route("/question", question_list, name="questions"),
]
