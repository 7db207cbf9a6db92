"""The page of a catalogued question: a form with its parameters, its answer, its SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from ..errors import QueryError
from ..queries.catalogue import question
from .addresses import Links
from .forms import TYPES, form_asked, split_ending
from .rendering import html_answer

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

_SHOWN = 200
_WORDS = {"csv": "Spreadsheet (CSV)", "json": "JSON (SPARQL results)", "ttl": "Turtle (RDF)"}


def question_page(request: Request) -> Response:
    """Show a catalogued question with its answer, in the form that is asked for."""
    name, ending = split_ending(request.path_params["name"])
    asked = question(name)
    given = {key: request.query_params.get(key, "").strip() for key in asked.parameters}
    values = {key: value for key, value in given.items() if value}
    form = ending or form_asked(request)
    kg = request.app.state.kg
    if form != "html":
        return Response(_written(kg, name, values, form), media_type=TYPES[form])
    answer = kg.answered(name, values)
    forms = ("ttl",) if answer.is_graph else ("csv", "json")
    taken = [{"words": _WORDS[form], "address": Links().page(f"/question/{name}.{form}", **values)} for form in forms]
    return html_answer(
        "question.html",
        Links(request.query_params.get("area", "") if "area" not in given else "", ""),
        title=asked.question,
        question=asked,
        given={key: value or answer.examples.get(key, "") for key, value in given.items()},
        here=f"/question/{name}",
        titles=answer.titles,
        rows=answer.rows[:_SHOWN],
        count=len(answer.rows),
        sparql=answer.sparql,
        taken=taken,
    )


def _written(kg: KnowledgeGraph, name: str, values: dict[str, str], form: str) -> str:
    """Write the answer; an error leaves without the query's rows, which only this thread may let go."""
    try:
        return kg.answer_as(name, values, form)
    except QueryError as error:
        said = str(error)
    raise QueryError(said)
