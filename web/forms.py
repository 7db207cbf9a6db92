"""The forms in which a page can be taken away, and how a request says which it wants.

By the ending of the address (``.docx``, ``.csv``, ``.json``, ``.ttl`` …) or by the Accept header, after RFC 9110,
section 12.5.1.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from ..errors import BadInput
from ..queries.profiles import Profile
from .addresses import Links
from .negotiation import preferred

if TYPE_CHECKING:
    from ..knowledge import KnowledgeGraph

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {"docx": "Word", "csv": "Spreadsheet (CSV)", "json": "JSON", "ttl": "Turtle (RDF)"}
"""The forms that a page offers, by the ending of their address."""

TYPES = {
    "html": "text/html",
    "json": "application/json",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "csv": "text/csv",
    "docx": WORD,
}
GRAPHS = ("ttl", "jsonld", "nt")


def split_ending(path: str) -> tuple[str, str | None]:
    """Part a path into the thing and the form that its ending asks for, None if it has no such ending.

    >>> split_ending("ukpga/1998/37.ttl"), split_ending("a/1.5")
    (('ukpga/1998/37', 'ttl'), ('a/1.5', None))
    """
    rest, dot, ending = path.rpartition(".")
    return (rest, ending) if dot and ending in TYPES else (path, None)


def form_asked(request: Request) -> str:
    """Return the form that the Accept header likes best of those that there are; a page if it has no wish."""
    wanted = preferred(request.headers.get("accept", "")[:1000], list(TYPES.values()))
    return next((form for form, media in TYPES.items() if media == wanted), "html")


def as_form(kg: KnowledgeGraph, profile: Profile, form: str, name: str) -> Response:
    """Return a profile in one of the forms, as a file of that name where it is a file.

    Raises:
        BadInput: if an answer is asked for as a graph: it is no thing.
    """
    headers = {"Vary": "Accept"}
    if form in ("docx", "csv"):
        safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))[:80]
        headers["Content-Disposition"] = f'attachment; filename="{safe or "dutygraph"}.{form}"'
    return Response(write_form(kg, profile, form), media_type=TYPES[form], headers=headers)


def write_form(kg: KnowledgeGraph, profile: Profile, form: str) -> bytes:
    """Write a profile in one of the forms.

    Raises:
        BadInput: if an answer is asked for as a graph: it is no thing.
    """
    if form in GRAPHS:
        if not profile.iri:
            raise BadInput("An answer is no thing, so it is had as JSON or CSV, not as a graph.")
        return kg.description(profile.iri, form)
    if form == "docx":
        from .documents import to_docx

        return to_docx(profile)
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(_harmless(row) for row in profile.rows())
        return b"\xef\xbb\xbf" + out.getvalue().encode()
    return json.dumps(profile.to_dict(), indent=2, ensure_ascii=False).encode()


def _harmless(row: list[str]) -> list[str]:
    """Let no cell begin like a formula, which a spreadsheet would run."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in row]


def taken_away(
    path: str, kept: dict[str, str], profile: Profile | None, forms: tuple[str, ...]
) -> list[dict[str, str]]:
    """Return the links under "Take it away": the forms, and the link that brings back this place and day."""
    if profile is None:
        return []
    fixed = {**kept, "on": profile.as_at} if "/" not in profile.as_at else kept
    bare = Links()
    offered = [{"words": ENDINGS[form], "address": bare.page(f"{path}.{form}", **fixed)} for form in forms]
    again = {
        "words": "Link to this page with this place and day",
        "address": bare.page(path, **fixed),
        "rel": "bookmark",
    }
    return [*offered, again]
