"""The pages: one handler for each kind of address. Each asks the graph and fills a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ..errors import BadInput, UnknownName
from ..graph.stories import story_names
from ..queries.asking import FAMILIES
from ..queries.catalogue import questions
from ..queries.memory import remembered
from ..queries.profiles import Profile
from .addresses import Links, iri_of
from .catalogue import question_page
from .forms import ENDINGS, TYPES, as_form, form_asked, split_ending, taken_away
from .rendering import html_answer

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

BROWSE = {
    "partnership": ("Partnerships and arrangements", "partnership"),
    "body": ("Bodies and posts", "body"),
    "place": ("Places", "area"),
    "class": ("Classes that the law names", "class"),
    "instrument": ("Acts and instruments", "instrument"),
    "product": ("Plans, reports and other products", "product"),
    "topic": ("Topics", "topic"),
    "source": ("Sources", "source"),
}
"""Lists of everything: the folder, what it is called, and the family of things in it."""

EXAMPLES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Who in Rugby holds the serious violence duty today?", "/ask", {"q": "serious violence", "area": "Rugby"}),
    (
        "Who were the responsible authorities for Rugby in 2005?",
        "/class/cda1998-responsible-authority",
        {"area": "Rugby", "on": "2005-06-01"},
    ),
    (
        "Is the Police and Crime Commissioner for Warwickshire a responsible authority?",
        "/is",
        {"name": "Warwickshire PCC", "class": "responsible authorities", "area": "Rugby"},
    ),
    ("What must Warwickshire County Council do, produce and by when?", "/ask", {"q": "Warwickshire County Council"}),
    ("Which partnerships are there in Warwickshire?", "/ask", {"q": "Warwickshire"}),
    ("What changed for Rugby on 1 July 2022?", "/changes", {"from": "2022-06-30", "to": "2022-07-01", "area": "Rugby"}),
    ("What of the Crime and Disorder Act 1998 is held?", "/instrument/ukpga/1998/37", {}),
    ("The map of Rugby in 2005 beside today", "/map", {"area": "Rugby", "compare": "2005-06-01"}),
    ("A story: how a community safety partnership works", "/map", {"story": "community-safety-partnership"}),
    ("A story: who holds the serious violence duty", "/map", {"story": "serious-violence-duty"}),
)

MOST_DAYS = 5
"""How many other days one map may show beside its own."""

_MAPPED = {"area": "area", "partnership": "partnership", "body": "holder", "class": "holder", "instrument": "act"}
"""Which families of things have a map, and as what it is asked for."""


def graph_of(request: Request) -> KnowledgeGraph:
    """Return the graph that answers."""
    kg: KnowledgeGraph = request.app.state.kg
    return kg


def chosen(request: Request) -> Links:
    """Return how the page links on: with the place and the day that the request names."""
    asked = request.query_params
    return Links(asked.get("area", "").strip(), asked.get("on", "").strip())


def kept(handler: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Keep the answers of a handler: the same address on the same day has the same answer while the graph is fixed."""

    @wraps(handler)
    def answer(request: Request) -> Response:
        day = date.today().isoformat()
        key = (str(request.url.path), request.url.query, request.headers.get("accept", "")[:200], day)
        made: Response = remembered(graph_of(request).store, ("pages", key), lambda: handler(request))
        return Response(made.body, made.status_code, dict(made.headers))

    return answer


@kept
def start(request: Request) -> Response:
    """Show the start page."""
    kg, links = graph_of(request), chosen(request)
    own = Links()  # a story is told of the place that it was written for, whatever was chosen
    examples = [
        {"words": text, "address": (own if "story" in values else links).page(path, **values)}
        for text, path, values in EXAMPLES
    ]
    browse = [
        {"words": words, "address": links.page(f"/{folder}"), "count": len(kg.listed(family))}
        for folder, (words, family) in BROWSE.items()
    ]
    return html_answer("start.html", links, title="Ask", examples=examples, browse=browse)


@kept
def ask(request: Request) -> Response:
    """Answer the one box: things that are called so, and norms by words."""
    links, asked = chosen(request), request.query_params
    ending = _ending(request)
    text = asked.get("q", "").strip()
    if not text:
        return html_answer("ask.html", links, title="Ask", asked=None, profile=None, taken=[])
    found = graph_of(request).look_up(text, links.area or None, links.on or None, asked.get("kind") or None)
    links = Links(found.area, links.on)
    profile = found.profile()
    if ending != "html" and profile:
        return as_form(graph_of(request), profile, ending, "answer")
    taken = taken_away("/ask", {"q": text, "area": links.area, "on": links.on}, profile, ("docx", "csv", "json"))
    shown = {"text": text, "asked": found, "profile": profile, "taken": taken if profile else []}
    return html_answer("ask.html", links, title=text, **shown)


@kept
def thing(request: Request) -> Response:
    """Show everything that is held about one thing, in the form that is asked for."""
    folder = request.path_params["folder"]
    rest, ending = split_ending(request.path_params["rest"])
    iri = iri_of(folder, rest)
    if iri is None:
        raise UnknownName("There is no page at this address.")
    links, form = chosen(request), ending or form_asked(request)
    profile = graph_of(request).profile(iri, links.area or None, links.on or None)
    if form != "html":
        return as_form(graph_of(request), profile, form, rest.replace("/", "-"))
    here = f"/{folder}/{rest}"
    taken = taken_away(here, {"area": links.area, "on": links.on}, profile, tuple(ENDINGS))
    taken[:0] = [
        {"words": words, "address": Links().page("/map", **target, on=links.on, **{"as": picture} if picture else {})}
        for words, target, picture in maps_of(profile.family, iri)
    ]
    return html_answer("profile.html", links, title=profile.title, profile=profile, here=here, taken=taken)


def maps_of(family: str, iri: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the maps that there are of a thing: what each is called, what it is asked for, and as which picture.

    The picture is empty for the network. Who sits on what is told of a place or a partnership.
    """
    if family in _MAPPED:
        yield "Map", {_MAPPED[family]: iri}, ""
    if family in ("area", "partnership"):
        yield "Who sits on what", {_MAPPED[family]: iri}, "matrix"


@kept
def everything(request: Request) -> Response:
    """List everything of one kind, by name."""
    folder, links = request.path_params["folder"], chosen(request)
    if folder not in BROWSE:
        raise UnknownName("There is no page at this address.")
    title, family = BROWSE[folder]
    held = graph_of(request).listed(family)
    items = [{"words": label, "address": links.thing(iri)} for iri, label in held if links.thing(iri)]
    return html_answer("list.html", links, title=title, items=items)


@kept
def is_in_class(request: Request) -> Response:
    """Answer whether a body is in a class."""
    asked, links = request.query_params, chosen(request)
    name, holder_class = asked.get("name", "").strip(), asked.get("class", "").strip()
    values = {"asked_name": name, "asked_class": holder_class}
    if not name or not holder_class:
        return html_answer("is.html", links, title="Is this body in that class?", **values)
    answer = graph_of(request).is_member(name, holder_class, links.area or None, links.on or None)
    kept = {"name": name, "class": holder_class, "area": links.area, "on": links.on}
    return _answered(request, "/is", answer.profile(), kept, form="isform.html", **values)


@kept
def changes(request: Request) -> Response:
    """Show what changed between two days."""
    asked, links = request.query_params, chosen(request)
    start, end = asked.get("from", "").strip(), asked.get("to", "").strip()
    if not start or not end:
        return html_answer("changes.html", links, title="Changes", dates=(start, end))
    answer = graph_of(request).changes(start, end, links.area or None)
    kept = {"from": start, "to": end, "area": links.area}
    return _answered(request, "/changes", answer.profile(), kept, form="changesform.html", dates=(start, end))


def _answered(request: Request, path: str, profile: Profile, kept: dict[str, str], **values: Any) -> Response:
    """Show an answer in the form that is asked for."""
    form = _ending(request)
    if form != "html":
        return as_form(graph_of(request), profile, form, path.strip("/"))
    taken = taken_away(path, kept, profile, ("docx", "csv", "json"))
    shown = {"title": profile.title, "profile": profile, "here": path, "taken": taken}
    return html_answer("profile.html", chosen(request), **shown, **values)


@kept
def question_list(request: Request) -> Response:
    """List the catalogued questions."""
    return html_answer("questions.html", chosen(request), title="Questions", questions=questions())


def map_of(request: Request) -> Response:
    """Show a map; its own Content-Security-Policy, which stands in it too, lets nothing else run."""
    asked = request.query_params
    targets = {name: asked[name] for name in ("area", "partnership", "holder", "act") if asked.get(name)}
    if len(targets) > 1:
        targets.pop("area", None)
    story, compare = asked.get("story") or None, [day for day in asked.getlist("compare") if day]
    if story and story not in story_names():  # a file may be named at the command line, never by who asks a server
        raise UnknownName(f"There is no such story here. There are: {', '.join(story_names())}.")
    if len(compare) > MOST_DAYS:
        raise BadInput(f"A map shows at most {MOST_DAYS} other days. Name fewer in compare=.")
    if len(targets) != 1 and not (story and not targets):
        raise BadInput("Say what to draw: area=, partnership=, holder= or act=, with a name; or a story=.")
    on, picture = asked.get("on") or None, asked.get("as") or "network"
    text, policy = graph_of(request).map_page(on=on, compare=compare, story=story, picture=picture, **targets)
    return HTMLResponse(text, headers={"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"})


def suggestions(request: Request) -> Response:
    """Return names that have in them what was typed, as JSON."""
    from starlette.responses import JSONResponse

    wanted = request.query_params.get("of", "all")
    families = FAMILIES if wanted == "all" else (wanted,)
    return JSONResponse(graph_of(request).suggest(request.query_params.get("q", "")[:100], families))


def go(request: Request) -> Response:
    """Lead from a place's page to that of another place, or to the same one on another day."""
    asked, links = request.query_params, chosen(request)
    iri = asked.get("here", "")
    if links.area:
        iri = graph_of(request).area(links.area, links.on or None).details["subject"]["iri"]
    return _lead(Links(on=links.on), iri)


def to_thing(request: Request) -> Response:
    """Lead from an IRI of dutygraph to the page of the thing."""
    return _lead(chosen(request), request.query_params.get("iri", ""))


def _lead(links: Links, iri: str) -> Response:
    address = links.thing(iri)
    if address is None:
        raise UnknownName("Nothing with that IRI has a page.")
    return RedirectResponse(address, status_code=303)


def _ending(request: Request) -> str:
    """The form that the address of an answer, or else the Accept header, asks for."""
    ending = request.path_params.get("ending")
    if ending is not None and ending not in TYPES:
        raise UnknownName("There is no page at this address.")
    return ending or form_asked(request)


ROUTES = [
    Route("/", start, name="start"),
    Route("/ask", ask),
    Route("/ask.{ending}", ask),
    Route("/is", is_in_class),
    Route("/is.{ending}", is_in_class),
    Route("/changes", changes),
    Route("/changes.{ending}", changes),
    Route("/map", map_of),
    Route("/suggest", suggestions),
    Route("/thing", to_thing),
    Route("/go", go),
    Route("/question", question_list, name="questions"),
    Route("/question/{name}", question_page),
]
THINGS = [
    Route("/{folder}", everything),
    Route("/{folder}/{rest:path}", thing),
]
"""Addresses that would take any other, so that they stand last."""
