"""Sections that the profiles of several kinds of things share: facts, seats, money, norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..graph.store import GraphStore
from ..ontology.namespaces import DG, PROV
from .lookup import Found
from .norms import KINDS, load_norms
from .profiles import Line, Section, Support, Words, words
from .results import Record
from .rows import Row, run
from .supports import load_support, norm_line, parts_of
from .things import FACTS, combination_rows, fact_value

_ELSEWHERE = {
    f"{DG}{name}"
    for name in ("evidence", "grade", "checkedOn", "locator", "basis", "validFrom", "attestedFrom", "validUntil")
} | {f"{PROV}wasDerivedFrom"}
"""What a profile says in the columns on law, dates and evidence."""


def fact_section(store: GraphStore, found: Found, more: Iterable[Line] = ()) -> Section:
    """Return what is held of a thing itself; its own law, dates and evidence stand on the first line."""
    support = replace(load_support(store, [found.iri]).get(found.iri, Support()), note="")  # the note is a fact
    lines = [Line(((words("what it is"),), (words(found.kind_label),)), support)]
    for what, held in _grouped(run(store, "facts", {"thing": found.iri}), found.label).items():
        lines.append(Line(((words(what),), (held,))))
    names = run(store, "names-of", {"thing": found.iri})
    lines += [Line(((words("called"),), (words(row["label"]),)), _dated(row)) for row in names]
    return Section("about", "About", ("", ""), (*lines, *more))


def combination_lines(store: GraphStore, found: Found, on: date) -> list[Line]:
    """Return which areas it combines, with the law and the day where all have the same."""
    told: dict[str, list[Record]] = {}
    for row in combination_rows(store, found, on):
        told.setdefault(row["what"], []).append(row)
    lines = []
    for what, rows in told.items():
        starts = {(row["valid_from"], row["start_attested_only"]) for row in rows}
        since, attested = starts.pop() if len(starts) == 1 else (None, False)
        basis = {item["iri"]: item for row in rows for item in row["basis"]}
        support = Support(basis=tuple(basis.values()), valid_from=since, attested=attested)
        areas = parts_of({"label": row["value"], "iri": row["iri"]} for row in rows)
        lines.append(Line(((words(what),), (Words(areas),)), support))
    return lines


def _grouped(rows: Sequence[Row], label: str) -> dict[str, Words]:
    """The facts by what they are, in the order in which people read them."""
    held: dict[str, list[Record]] = {}
    order = list(FACTS)
    known = [row for row in rows if row["property"] in FACTS and row["property"] not in _ELSEWHERE]
    for row in sorted(known, key=lambda row: order.index(row["property"])):
        iri = row["value"] if "://" in row["value"] else None
        if row["value"] != label:
            held.setdefault(FACTS[row["property"]], []).append({"label": fact_value(row), "iri": iri})
    return {what: Words(parts_of(items)) for what, items in held.items()}


def _dated(row: Row) -> Support:
    return Support(valid_from=row.get("validFrom"), valid_until=row.get("validUntil"))


def supported(store: GraphStore, cells: Mapping[str, tuple[tuple[Words, ...], ...]]) -> tuple[Line, ...]:
    """Return a statement for each IRI with what it rests on, in the order given."""
    supports = load_support(store, cells)
    return tuple(Line(held, supports.get(iri, Support())) for iri, held in cells.items())


def seat_section(store: GraphStore, thing: str, on: date) -> Section:
    """Return who sits on a partnership, in what role."""
    rows = run(store, "seats-in", {"thing": thing, "on": on})
    cells = {row["link"]: ((words(row["label"], row["member"]),), (words(row["roleLabel"]),)) for row in rows}
    return Section(
        "members",
        "Members and roles",
        ("who", "role"),
        supported(store, cells),
        nothing="No member is held by name or class. That is a gap in dutygraph, not an answer that there is none.",
    )


def membership_section(
    store: GraphStore, found: Found, classes: Mapping[str, tuple[str, set[str]]], on: date
) -> Section:
    """Return the partnerships on which a body sits, itself or as one of a class.

    Args:
        store: the graph.
        found: the body or post.
        classes: the classes that it is in: for each IRI what it is called, and the areas with what lies around them.
        on: the day.
    """
    cells = {}
    for row in run(store, "seats-of", {"thing": [found.iri, *classes], "on": on}):
        through, areas = classes.get(row["thing"], ("", set()))
        if through and row.get("area") not in areas:
            continue
        said = [words(row["label"], row["partnership"])]
        said += [words(through, row["thing"], "as one of the")] if through else []
        cells[row["link"]] = (tuple(said), (words(row["roleLabel"]),))
    return Section(
        "partnerships",
        "Sits on",
        ("partnership", "role"),
        supported(store, cells),
        nothing="No seat on a partnership is held for that day.",
    )


def money_section(store: GraphStore, thing: str) -> Section:
    """Return the money that a body or partnership gave or got."""
    cells = {}
    for row in run(store, "awards-of", {"thing": thing}):
        about = [words(text) for text in (row.get("fund"), row.get("purpose")) if text]
        other = words(row["otherLabel"], row["other"], row["way"])
        cells[row["award"]] = ((other,), (words(f"£{Decimal(row['amount']):,}"),), tuple(about))
    return Section("money", "Money", ("whom", "amount", "what for"), supported(store, cells), folded=len(cells) > 15)


_KIND_HEADINGS = {"duty": ("duties", "Must"), "power": ("powers", "May"), "prohibition": ("prohibitions", "Must not")}


def norm_sections(norms: Sequence[Record], *, nothing: str = "") -> list[Section]:
    """Return norms as a section for each kind: what must, may and must not be done."""
    made = []
    for kind in KINDS:
        key, heading = _KIND_HEADINGS[kind]
        lines = tuple(norm_line(norm) for norm in norms if norm["kind"] == kind)
        made.append(Section(key, heading, ("what", "who"), lines))
    if not norms and nothing:
        made[0] = replace(made[0], nothing=nothing)
    return made


def linked_norms(store: GraphStore, things: Sequence[str], links: Sequence[str], on: date | None) -> list[Record]:
    """Return the norms that are linked to things, in force on a day (None: of any day), by citation."""
    wanted = {f"{DG}{link}" if "://" not in link else link for link in links}
    rows = run(store, "norms-linked", {"other": list(things)}) if things else []
    norms = load_norms(store, {row["norm"] for row in rows if row["link"] in wanted})
    return [norm for norm in in_order(norms) if on is None or in_force(norm, on)]


def in_force(norm: Record, on: date) -> bool:
    """Say whether a norm was in force; one whose start is not held was not, before its instrument was made."""
    day = on.isoformat()
    start = norm["valid_from"] or norm["not_before"] or ""
    return bool(start <= day < (norm["valid_until"] or "9999-12-31"))


def in_order(norms: Iterable[Record]) -> list[Record]:
    """Order norms as a lawyer reads: by kind, then by citation, s. 6 before s. 17."""
    from .things import citation_order

    return sorted(
        norms,
        key=lambda norm: (
            KINDS.index(norm["kind"]),
            citation_order(norm["basis"][0]["citation"] if norm["basis"] else ""),
        ),
    )
