"""The profiles of what is written: sources with what they say and where they differ, products, topics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..errors import UnknownName
from ..graph.store import GraphStore
from .comparisons import differences
from .lookup import Found
from .profile_parts import fact_section, linked_norms, norm_sections
from .profiles import Line, Part, Profile, Section, Support, Words, words
from .results import Record
from .rows import Row, run
from .supports import place_in

_SOURCE_FACTS = (
    ("publisher", "publisher"),
    ("issued", "date"),
    ("licence", "licence"),
    ("address", "address"),
    ("note", "note"),
)


def source_profile(store: GraphStore, iri: str, on: date) -> Profile:
    """Return a source: what it is, what it says place by place, and where it differs from the law.

    Raises:
        UnknownName: if there is no such source.
    """
    rows = run(store, "source", {"source": iri})
    if not rows:
        raise UnknownName(f"No source is held at {iri.rpartition('/')[2]}.")
    own = rows[0]
    facts = [Line(((words(what),), (words(own[name]),))) for name, what in _SOURCE_FACTS if name in own]
    return Profile(
        family="source",
        iri=iri,
        title=own["title"],
        kind=own["kind"],
        verdict="yes",
        as_at=on.isoformat(),
        message="What dutygraph draws from it, in our words.",
        sections=(
            Section("about", "About", ("", ""), tuple(facts)),
            _differences(store, iri, on),
            _said(run(store, "said-by-a-source", {"source": iri}), iri),
        ),
    )


def _said(rows: Sequence[Row], source: str) -> Section:
    """What it says, ordered by place as a reader goes through it."""
    told: dict[tuple[str, str], Line] = {}
    for row in rows:
        place = place_in(row.get("locator", ""), source) or "place not held"
        told.setdefault((place, row["of"]), Line(((words(place),), (_statement(row),))))
    order = sorted(told, key=lambda key: _place_order(key[0]))
    return Section(
        "says",
        "What it says, place by place",
        ("where", "what"),
        tuple(told[key] for key in order),
        nothing="Nothing is drawn from it by name.",
        folded=len(told) > 60,
    )


def _place_order(place: str) -> tuple[int, list[int]]:
    import re

    numbers = [int(number) for number in re.findall(r"\d+", place)[:6]]
    return (0, numbers) if numbers else (1, [])


def _statement(row: Row) -> Words:
    if "member" in row:
        return Words(
            (
                Part(row["memberLabel"], row["member"]),
                Part(f"{row['roleLabel']} of"),
                Part(row["organizationLabel"], row["organization"]),
            ),
            separate=False,
        )
    if "funder" in row:
        return Words(
            (
                Part(row["funderLabel"], row["funder"]),
                Part(f"gives £{Decimal(row['amount']):,} to"),
                Part(row["recipientLabel"], row["recipient"]),
            ),
            separate=False,
        )
    return words(row.get("label", row["of"].rpartition("/")[2].replace("-", " ")), row["of"])


def _differences(store: GraphStore, iri: str, on: date) -> Section:
    """Where it says otherwise than the law or another source: both statements stay."""
    lines = []
    for record in differences(store, None, on).rows:
        if iri in (record["first"].get("iri"), record["second"].get("iri")):
            lines.append(difference_line(record))
    return Section(
        "differences",
        "Where it differs from the law, or from another source",
        ("point", "one says", "the other says"),
        tuple(lines),
    )


def difference_line(record: Record) -> Line:
    """Return a point on which sources differ as a statement, with both sides."""

    def side(held: Record) -> tuple[Words, ...]:
        where = " ".join(filter(None, (held["source"], held["locator"])))
        return (words(held["says"]), words(where, held.get("iri"), "source"))

    return Line(
        (
            (words(record["label"]), words(record["about"], label="about")),
            side(record["first"]),
            side(record["second"]),
        ),
        Support(basis=tuple(record["basis"]), checked=record["checked"] or "", note=record["note"] or ""),
    )


def product_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return a product: what it is, what is in it, who must make it by when and who gets it."""
    norms = linked_norms(store, [found.iri], ["produces"], on)
    return _about_norms(store, found, on, norms, "No duty to make it was in force on that day, as far as held.")


def topic_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return a topic: every norm about it that is in force on the day."""
    norms = linked_norms(store, [found.iri], ["topic"], on)
    return _about_norms(store, found, on, norms, "No norm about it was in force on that day, as far as held.")


def _about_norms(store: GraphStore, found: Found, on: date, norms: Sequence[Record], nothing: str) -> Profile:
    return Profile(
        family=found.family,
        iri=found.iri,
        title=found.label,
        kind=found.kind_label,
        verdict="yes",
        as_at=on.isoformat(),
        message=f"{len(norms)} duties, powers and prohibitions in force." if norms else nothing,
        sections=(fact_section(store, found), *norm_sections(norms)),
    )
