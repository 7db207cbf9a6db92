"""Templates: Jinja2 with everything escaped, and the few words that pages share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from ..citations import group_citations
from ..dates import say_date, say_interval
from ..graph.twins import law_address
from ..version import __version__
from .addresses import Links

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER / "static"


@cache
def environment() -> Environment:
    """Return the templates' environment; what is not defined is an error, never a blank."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(law_address=law_address, version=__version__)
    made.filters.update(say_date=say_date, group_citations=group_citations)
    made.globals.update(say_interval=say_interval)
    return made


def html_answer(template: str, links: Links, **values: Any) -> HTMLResponse:
    """Return a filled template as an answer, which depends on what form the reader asked for."""
    return HTMLResponse(render(template, links, **values), headers={"Vary": "Accept"})


def render(template: str, links: Links, **values: Any) -> str:
    """Fill a template.

    Args:
        template: its file name.
        links: how the page links to others.
        values: what the template shows.
    """
    return environment().get_template(template).render(links=links, **values)
