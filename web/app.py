"""The site as one Starlette application over a graph.

In goes a :class:`dutygraph.knowledge.KnowledgeGraph`, out comes an ASGI application. What pages say is asked of the
graph; here stand only the addresses, and how errors of dutygraph become clean pages. Other parts of the web add
their routes in :func:`routes`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from ..errors import AmbiguousName, DutyGraphError, MissingExtra, StoreError, UnknownName
from . import pages, query_page, sparql
from .addresses import Links
from .rendering import STATIC, render
from .security import LOCAL_NAMES, Guard
from .workers import DEFAULT_LIMITS, Limits, Workers

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph


def create_app(
    kg: KnowledgeGraph, hosts: tuple[str, ...] | None = LOCAL_NAMES, limits: Limits = DEFAULT_LIMITS
) -> Starlette:
    """Make the site over a graph.

    Args:
        kg: the graph that answers; handlers find it as ``request.app.state.kg``.
        hosts: names under which the site may be asked; None for any.
        limits: what one SPARQL query may take.
    """
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={DutyGraphError: _said, HTTPException: _refused, Exception: _failed},
        lifespan=_living,
    )
    app.state.kg = kg
    app.state.workers = Workers(kg.store, limits)
    return app


@asynccontextmanager
async def _living(app: Starlette) -> AsyncIterator[None]:
    """End the processes that run queries when the site ends."""
    yield
    app.state.workers.close()


def routes() -> list[BaseRoute]:
    """Return every address of the site; another part of the web adds its own list here."""
    return [
        *pages.ROUTES,
        *sparql.ROUTES,
        *query_page.ROUTES,
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        *pages.THINGS,
    ]


def _said(request: Request, error: Exception) -> Response:
    """An error of dutygraph is said as it is, with the code that fits it."""
    codes = {UnknownName: 404, AmbiguousName: 404, StoreError: 503, MissingExtra: 501}
    code = next((code for kind, code in codes.items() if isinstance(error, kind)), 400)
    titles = {404: "Not found", 400: "That cannot be answered", 501: "Not installed", 503: "The graph cannot be read"}
    return message_page(titles[code], str(error), code)


def _refused(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "There is no page at this address.", 405: "This address does not take that kind of request."}
    return message_page("Not found" if code == 404 else "Refused", words.get(code, "This cannot be answered."), code)


def _failed(request: Request, error: Exception) -> Response:
    """A fault of ours: nothing of its inside is shown."""
    return message_page("Something went wrong", "That is a fault of dutygraph, not of your question.", 500)


def message_page(title: str, text: str, code: int) -> HTMLResponse:
    """Return a page that only says something."""
    return HTMLResponse(render("message.html", Links(), title=title, text=text), status_code=code)
