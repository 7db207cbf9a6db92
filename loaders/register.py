"""Turn the rows of a register into quads.

In go the checked rows of :mod:`dutygraph.loaders.tables`; out come quads in one named graph a register, in the
vocabulary of ``ontology/dutygraph.ttl``. Every row keeps where it comes from (``prov:wasDerivedFrom``), on
which kind of evidence, and the day on which it was checked against its provision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from ..citations import cite, split_path
from ..dates import NEVER_YET
from ..ontology.namespaces import (
    DCTERMS,
    DG,
    ELI,
    ENGLAND,
    GEO,
    ID,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    WALES,
    XSD,
    area_iri,
    legislation_iri,
    term,
    thing,
)
from .tables import Row

Rows = Mapping[str, Sequence[Row]]
_Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
ALT_LABEL = NamedNode(SKOS + "altLabel")
DESCRIPTION = NamedNode(DCTERMS + "description")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
_DATE = NamedNode(XSD + "date")
_NATIONS = {"E": (ENGLAND,), "W": (WALES,), "EW": (ENGLAND, WALES)}
_EVIDENCE = {
    "legislation": "Statute",
    "guidance": "Guidance",
    "paper": "Paper",
    "table": "OfficialTable",
    "page": "PublicPage",
}


class _Context:
    """What a row needs to know of the other rows, of all registers loaded together."""

    def __init__(self, registers: Sequence[Rows]) -> None:
        def column(table: str, key: str, value: str) -> dict[str, Any]:
            return {row[key]: row[value] for rows in registers for row in rows.get(table, ())}

        self.kind_terms: dict[str, str] = column("kinds", "id", "term")
        self.kind_families: dict[str, str] = column("kinds", "id", "family")
        self.kind_broader: dict[str, tuple[str, ...]] = column("kinds", "id", "broader")
        self.body_kinds: dict[str, str] = column("bodies", "id", "kind")
        self.citations: dict[str, str] = column("instruments", "id", "cite_as")
        self.source_kinds: dict[str, str] = column("sources", "id", "kind")
        self.class_area_kinds: dict[str, str] = column("classes", "id", "area_kind")

    def kind(self, name: str) -> NamedNode:
        """Return the class of the ontology for a kind."""
        return NamedNode(term(self.kind_terms[name]))

    def is_kind_of(self, name: str, wider: str) -> bool:
        """Say whether a kind is another kind or narrower than it."""
        return name == wider or any(self.is_kind_of(broader, wider) for broader in self.kind_broader.get(name, ()))

    def body(self, name: str) -> NamedNode:
        """Return the IRI of a body or post."""
        family = self.kind_families[self.body_kinds[name]]
        return NamedNode(thing("post" if family == "post" else "body", name))

    def reference(self, word: str) -> NamedNode:
        """Return the IRI that ``class:…``, ``body:…``, ``partnership:…``, ``area:…`` or ``text:…`` stands for."""
        prefix, _, name = word.partition(":")
        if prefix == "body":
            return self.body(name)
        if prefix == "area":
            return NamedNode(area_iri(name))
        if prefix == "text":
            return _hashed("described", name)
        return NamedNode(thing(prefix, name))


def register_quads(registers: Sequence[Rows], graphs: Sequence[str]) -> Iterator[Quad]:
    """Turn registers that were read together into quads.

    Args:
        registers: rows by table, as :func:`dutygraph.loaders.tables.read_tables` returns them.
        graphs: for each register the IRI of its named graph.

    Yields:
        The quads, register by register.

    Raises:
        ValueError: if a name in a row cannot be part of an IRI (the schema's patterns prevent that).
    """
    context = _Context(registers)
    for rows, graph in zip(registers, graphs, strict=True):
        name = NamedNode(graph)
        for table, turn in _TURNS.items():
            for row in rows.get(table, ()):
                for subject, predicate, value in turn(row, context):
                    yield Quad(subject, predicate, value, name)


def _hashed(kind: str, *parts: object) -> NamedNode:
    """Return an IRI made of the content, so that a second build makes the same one."""
    digest = hashlib.sha1("\x1f".join(str(part) for part in parts).encode(), usedforsecurity=False)
    return NamedNode(f"{ID}{kind}/{digest.hexdigest()[:20]}")


_KEPT = 10_000
"""How many addresses of a kind are remembered: rows that follow each other name the same ones."""


@cache
def _dg(name: str) -> NamedNode:
    return NamedNode(DG + name)


def _text(value: str) -> Literal:
    return Literal(value, language="en")


def _day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=_DATE)


def _texts(subject: NamedNode, row: Row, pairs: Mapping[str, NamedNode]) -> Iterator[_Triple]:
    """One text triple for each filled cell."""
    for column, predicate in pairs.items():
        value = row.values.get(column)
        for item in value if isinstance(value, tuple) else (value,) if value else ():
            yield subject, predicate, _text(item)


def _links(
    subject: NamedNode, predicate: NamedNode, words: Any, resolve: Callable[[str], NamedNode]
) -> Iterator[_Triple]:
    """One link for each word of a cell."""
    for word in words if isinstance(words, tuple) else (words,) if words else ():
        yield subject, predicate, resolve(word)


@lru_cache(_KEPT)
def _legislation(path: str) -> NamedNode:
    return NamedNode(legislation_iri(path))


@lru_cache(_KEPT)
def _area(code: str) -> NamedNode:
    return NamedNode(area_iri(code))


@cache
def _named(kind: str) -> Callable[[str], NamedNode]:
    return lru_cache(_KEPT)(lambda name: NamedNode(thing(kind, name)))


_DATES = {
    "valid_from": _dg("validFrom"),
    "valid_until": _dg("validUntil"),
    "attested_from": _dg("attestedFrom"),
    "checked_on": _dg("checkedOn"),
    "period_from": _dg("validFrom"),
    "period_until": _dg("validUntil"),
    "made_on": NamedNode(ELI + "date_document"),
}


def _common(subject: NamedNode, row: Row, context: _Context) -> Iterator[_Triple]:
    """What every table may have: dates, nations, basis, evidence, source, grade, note."""
    for column, predicate in _DATES.items():
        if row.values.get(column):
            yield subject, predicate, _day(row[column])
    if row.values.get("prospective"):
        yield subject, _dg("prospective"), Literal(True)
        yield subject, _dg("validFrom"), _day(NEVER_YET)
    for nation in row.values.get("applies_in") or ():
        yield subject, _dg("appliesIn"), NamedNode(_NATIONS[nation][0])
    yield from _links(subject, _dg("basis"), row.values.get("basis"), _legislation)
    yield from _links(subject, _dg("confinedTo"), row.values.get("only_areas"), _area)
    yield from _links(subject, DERIVED_FROM, row.values.get("source"), _named("source"))
    for name in sorted(_evidence(row, context)):
        yield subject, _dg("evidence"), _dg(name)
    if row.values.get("grade"):
        yield subject, _dg("grade"), Literal(row["grade"])
    yield from _texts(
        subject,
        row,
        {"note": NamedNode(RDFS + "comment"), "locator": _dg("locator"), "also_called": ALT_LABEL},
    )


def _evidence(row: Row, context: _Context) -> set[str]:
    if row.values.get("evidence"):
        return {row["evidence"]}
    return {_EVIDENCE[context.source_kinds[name]] for name in row.values.get("source") or ()}


def _source(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("source", row["id"]))
    yield subject, TYPE, _dg("Source")
    yield subject, LABEL, _text(row["title"])
    yield subject, _dg("sourceKind"), Literal(row["kind"])
    for column, name in (
        ("publisher", "publisher"),
        ("date", "issued"),
        ("licence", "license"),
        ("address", "source"),
    ):
        if row[column]:
            yield subject, NamedNode(DCTERMS + name), Literal(row[column])
    yield subject, NamedNode(DCTERMS + "title"), _text(row["title"])
    yield from _common(subject, row, context)


def _instrument(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = _legislation(row["id"])
    yield subject, TYPE, NamedNode(ELI + "LegalResource")
    yield subject, LABEL, _text(row["cite_as"])
    yield from _texts(subject, row, {"title": NamedNode(ELI + "title"), "about": DESCRIPTION})
    yield from _common(subject, row, context)


def _provision(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = _legislation(row["id"])
    instrument, path = split_path(row["id"])
    if path:
        yield subject, TYPE, NamedNode(ELI + "LegalResourceSubdivision")
        yield subject, NamedNode(ELI + "is_part_of"), _legislation(row["instrument"])
        yield subject, LABEL, _text(cite(context.citations.get(instrument, instrument), path))
    yield from _texts(subject, row, {"about": DESCRIPTION, "commenced_by": _dg("commencedBy")})
    yield from _common(subject, row, context)


def _topic(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("topic", row["id"]))
    yield subject, TYPE, NamedNode(SKOS + "Concept")
    yield from _texts(subject, row, {"label": LABEL})
    yield subject, NamedNode(SKOS + "prefLabel"), _text(row["label"])
    yield from _links(subject, NamedNode(SKOS + "broader"), row["broader"], _named("topic"))
    yield from _common(subject, row, context)


def _role(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("role", row["id"]))
    yield subject, TYPE, NamedNode(ORG + "Role")
    yield from _texts(subject, row, {"label": LABEL})
    yield from _common(subject, row, context)


def _kind(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = context.kind(row["id"])
    yield subject, TYPE, NamedNode(OWL + "Class")
    yield subject, LABEL, _text(row["label"])
    yield from _links(subject, NamedNode(RDFS + "subClassOf"), row["broader"], context.kind)
    yield from _texts(subject, row, {"also_called": ALT_LABEL, "note": NamedNode(RDFS + "comment")})


def _holder_class(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("class", row["id"]))
    yield subject, TYPE, _dg("HolderClass")
    yield from _texts(subject, row, {"label": LABEL, "definition": NamedNode(SKOS + "definition")})
    yield subject, _dg("areaKind"), context.kind(row["area_kind"])
    yield subject, _dg("closed"), Literal(row["closed"] == "yes")
    yield from _common(subject, row, context)


def _rule(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("rule", row["id"]))
    yield subject, TYPE, _dg("MembershipRule")
    yield subject, _dg("fills"), NamedNode(thing("class", row["class"]))
    yield subject, _dg("bodyKind"), context.kind(row["kind"])
    yield subject, _dg("route"), Literal(row["route"])
    yield subject, _dg("relation"), Literal(row["relation"])
    area_kind = row["area_kind"] or context.class_area_kinds[row["class"]]
    yield subject, _dg("areaKind"), context.kind(area_kind)
    yield from _texts(subject, row, {"capacity": _dg("capacity"), "phrase": _dg("phrase")})
    yield from _common(subject, row, context)


def _exclusion(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("exclusion", row["id"]))
    yield subject, TYPE, _dg("Exclusion")
    yield subject, _dg("excludedFrom"), NamedNode(thing("class", row["class"]))
    yield subject, _dg("bodyKind"), context.kind(row["kind"])
    yield from _texts(subject, row, {"because": _dg("because")})
    yield from _common(subject, row, context)


def _norm(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("norm", row["id"]))
    yield subject, TYPE, _dg(row["kind"].capitalize())
    columns = ("action", "condition", "frequency")
    yield from _texts(subject, row, {"label": LABEL, "in_part": _dg("inPart")} | {name: _dg(name) for name in columns})
    for column in ("holder", "toward"):
        yield from _links(subject, _dg(column), row[column], context.reference)
        yield from _described(row[column])
    if row["deadline"]:
        yield subject, _dg("deadline"), _deadline(row["deadline"])
    yield from _links(subject, _dg("produces"), row["produces"], _named("product"))
    yield from _links(subject, _dg("topic"), row["topics"], _named("topic"))
    yield from _links(subject, NamedNode(PROV + "wasRevisionOf"), row["revision_of"], _named("norm"))
    yield from _common(subject, row, context)


def _deadline(words: str) -> Literal:
    try:
        return _day(date.fromisoformat(words))
    except ValueError:
        return _text(words)


def _described(words: Iterable[str]) -> Iterator[_Triple]:
    """Persons whom the law describes and no row names."""
    for word in words:
        prefix, _, text = word.partition(":")
        if prefix == "text":
            subject = _hashed("described", text)
            yield subject, TYPE, _dg("DescribedPersons")
            yield subject, LABEL, _text(text)


def _product(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("product", row["id"]))
    yield subject, TYPE, _dg("Product")
    yield from _texts(subject, row, {"label": LABEL, "about": DESCRIPTION, "contents": _dg("contents")})
    yield from _links(subject, _dg("preparedFrom"), row["prepared_from"], _named("product"))
    yield from _common(subject, row, context)


def _area_row(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = _area(row["code"])
    yield subject, TYPE, context.kind(row["kind"])
    yield subject, TYPE, _dg("Area")
    yield subject, NamedNode(SKOS + "notation"), Literal(row["code"])
    yield from _texts(subject, row, {"label": LABEL})
    for nation in _NATIONS[row["nation"]]:
        yield subject, _dg("nation"), NamedNode(nation)
    yield from _links(subject, NamedNode(DCTERMS + "isReplacedBy"), row["successors"], _area)
    yield from _common(subject, row, context)


def _area_relation(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = _hashed("area-relation", row["area"], row["relation"], row["other"], row["valid_from"])
    part, whole = _area(row["area"]), _area(row["other"])
    yield subject, TYPE, _dg("AreaRelation")
    yield subject, _dg("part"), part
    yield subject, _dg("whole"), whole
    yield subject, _dg("relation"), Literal(row["relation"])
    yield part, NamedNode(GEO + ("sfWithin" if row["relation"] == "within" else "sfOverlaps")), whole
    yield from _common(subject, row, context)


def _body(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = context.body(row["id"])
    is_post = context.kind_families[row["kind"]] == "post"
    yield subject, TYPE, context.kind(row["kind"])
    yield subject, TYPE, NamedNode(ORG + "Post") if is_post else _dg("PublicBody")
    yield from _texts(subject, row, {"label": LABEL})
    yield from _links(subject, _dg("area"), row["area"], _area)
    for code in row["codes"]:
        yield subject, NamedNode(ORG + "identifier"), Literal(code)
    yield from _successions(subject, row, context)
    yield from _common(subject, row, context)
    yield from _main_capacity(subject, row, context)


def _successions(subject: NamedNode, row: Row, context: _Context) -> Iterator[_Triple]:
    for name in row["successors"]:
        successor = context.body(name)
        event = _hashed("event", row["id"], name)
        yield subject, _dg("successor"), successor
        yield event, TYPE, NamedNode(ORG + "ChangeEvent")
        yield event, LABEL, _text(f"{row['label']} gave way to a successor")
        yield event, NamedNode(ORG + "originalOrganization"), subject
        yield event, NamedNode(ORG + "resultingOrganization"), successor
        if row["valid_until"]:
            yield event, NamedNode(DCTERMS + "date"), _day(row["valid_until"])
        yield from _links(event, NamedNode(DCTERMS + "source"), row["source"], _named("source"))


def _main_capacity(subject: NamedNode, row: Row, context: _Context) -> Iterator[_Triple]:
    """The body acting as what it is, for its own area: what membership rules are matched with."""
    if not row["area"]:
        return
    capacity = NamedNode(thing("capacity", "-".join(subject.value.rsplit("/", 2)[1:])))
    yield capacity, TYPE, _dg("Capacity")
    yield capacity, _dg("capacityOf"), subject
    yield capacity, _dg("bodyKind"), context.kind(row["kind"])
    yield capacity, _dg("area"), _area(row["area"])
    yield from _links(capacity, DERIVED_FROM, row["source"], _named("source"))
    for column in ("valid_from", "attested_from", "valid_until"):
        if row[column]:
            yield capacity, _DATES[column], _day(row[column])


def _capacity(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("capacity", row["id"]))
    yield subject, TYPE, _dg("Capacity")
    yield subject, _dg("capacityOf"), context.body(row["body"])
    yield subject, _dg("bodyKind"), context.kind(row["kind"])
    yield subject, _dg("area"), _area(row["area"])
    yield from _texts(subject, row, {"capacity": _dg("capacity")})
    yield from _common(subject, row, context)


def _name(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = _hashed("name", row["thing"], row["name"], row["valid_from"])
    named = context.reference(row["thing"])
    yield subject, TYPE, _dg("DatedName")
    yield subject, _dg("nameOf"), named
    yield subject, LABEL, _text(row["name"])
    yield named, ALT_LABEL, _text(row["name"])
    yield from _common(subject, row, context)


def _partnership(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("partnership", row["id"]))
    yield subject, TYPE, context.kind(row["kind"])
    yield subject, TYPE, _dg("Partnership" if context.is_kind_of(row["kind"], "partnership") else "Arrangement")
    yield from _texts(subject, row, {"label": LABEL, "about": DESCRIPTION, "set_up_by": _dg("setUpBy")})
    yield from _links(subject, _dg("area"), row["area"], _area)
    if row["statutory"]:
        yield subject, _dg("statutory"), Literal(row["statutory"] == "yes")
    yield from _links(subject, _dg("partOf"), row["part_of"], _named("partnership"))
    yield from _links(subject, _dg("reportsTo"), row["reports_to"], context.reference)
    yield from _described(row["reports_to"])
    yield from _common(subject, row, context)
    yield from _main_capacity(subject, row, context)


def _membership(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("membership", row["id"]))
    yield subject, TYPE, NamedNode(ORG + "Membership")
    yield subject, NamedNode(ORG + "member"), context.reference(row["member"])
    yield from _described((row["member"],))
    yield subject, NamedNode(ORG + "organization"), NamedNode(thing("partnership", row["organization"]))
    yield subject, NamedNode(ORG + "role"), NamedNode(thing("role", row["role"]))
    yield from _common(subject, row, context)


def _funding(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("funding", row["id"]))
    yield subject, TYPE, _dg("FundingAward")
    for column in ("funder", "recipient"):
        yield subject, _dg(column), context.reference(row[column])
        yield from _described((row[column],))
    amount: Decimal | None = row["amount"]
    if amount is not None:
        yield subject, _dg("amount"), Literal(str(amount), datatype=NamedNode(XSD + "decimal"))
    yield from _texts(subject, row, {"fund": _dg("fund"), "purpose": _dg("purpose")})
    yield from _common(subject, row, context)


def _difference(row: Row, context: _Context) -> Iterator[_Triple]:
    subject = NamedNode(thing("difference", row["id"]))
    yield subject, TYPE, _dg("Difference")
    yield subject, NamedNode(DCTERMS + "subject"), context.reference(row["about"])
    yield from _described((row["about"],))
    yield from _texts(subject, row, {"label": LABEL})
    for side in ("first", "second"):
        statement = NamedNode(thing("statement", f"{row['id']}-{side}"))
        yield subject, _dg(f"{side}Statement"), statement
        yield statement, TYPE, _dg("Statement")
        yield statement, LABEL, _text(row[f"{side}_says"])
        yield statement, DERIVED_FROM, NamedNode(thing("source", row[f"{side}_source"]))
        yield statement, _dg("locator"), _text(row[f"{side}_locator"])
        yield statement, _dg("evidence"), _dg(_EVIDENCE[context.source_kinds[row[f"{side}_source"]]])
    if row["on"]:
        yield subject, _dg("on"), _day(row["on"])
    yield from _common(subject, row, context)


_TURNS: dict[str, Callable[[Row, _Context], Iterator[_Triple]]] = {
    "sources": _source,
    "instruments": _instrument,
    "provisions": _provision,
    "topics": _topic,
    "roles": _role,
    "kinds": _kind,
    "classes": _holder_class,
    "rules": _rule,
    "exclusions": _exclusion,
    "norms": _norm,
    "products": _product,
    "areas": _area_row,
    "area_relations": _area_relation,
    "bodies": _body,
    "names": _name,
    "capacities": _capacity,
    "partnerships": _partnership,
    "memberships": _membership,
    "funding": _funding,
    "differences": _difference,
}
