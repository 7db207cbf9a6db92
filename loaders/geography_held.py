"""Hold a look-up table against what is held, and turn it into quads of a graph of its own.

A statement that is held already gets the table as one more source; a new one is made, evidenced from the day for
which the table stands (``dg:attestedFrom``: a table does not say since when); where the table and what is held
exclude one another, both stay and a ``dg:Difference`` says so. Nothing is ever ended because a table leaves it out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from ..ontology.namespaces import DCTERMS, DG, ENGLAND, GEO, ID, PROV, RDF, RDFS, SKOS, WALES, XSD, area_iri, thing
from .geography import EXCLUSIVE, Lookup, NamedArea, StatedRelation

FAMILY_KINDS: Mapping[str, frozenset[str]] = {
    "district": frozenset(
        {
            "UnitaryArea",
            "District",
            "MetropolitanDistrict",
            "LondonBorough",
            "CityOfLondonArea",
            "IslesOfScillyArea",
            "WelshPrincipalArea",
        }
    ),
    "csp": frozenset({"CSPArea", "CombinedCSPArea"}),
    "police": frozenset({"PoliceArea"}),
    "fire": frozenset({"FireArea"}),
    "county": frozenset({"County", "MetropolitanCounty"}),
    "health": frozenset({"HealthArea"}),
    "combined": frozenset({"CombinedAuthorityArea"}),
    "country": frozenset({"Country"}),
}
"""The kinds of area (terms of the ontology) that a family of a look-up table stands for."""


@dataclass(frozen=True)
class HeldArea:
    """An area that is held; days are ISO dates, None where not held. ``codes`` has all its codes."""

    iri: str
    label: str
    names: frozenset[str]
    codes: frozenset[str]
    kinds: frozenset[str]
    valid_from: str | None
    valid_until: str | None

    def there(self, day: str) -> bool:
        """Say whether it is there on a day; an unknown start counts as there."""
        return (self.valid_from or "") <= day < (self.valid_until or "9999-12-31")


@dataclass(frozen=True)
class HeldRelation:
    """A relation of two areas that is held; ``start`` is its first or its earliest evidenced day."""

    iri: str
    part: str
    word: str
    whole: str
    start: str | None
    until: str | None
    source: str | None
    evidence: str | None

    def there(self, day: str) -> bool:
        """Say whether it holds on a day."""
        return (self.start or "") <= day < (self.until or "9999-12-31")


@dataclass(frozen=True)
class HeldGeography:
    """The areas and their relations that are held, apart from the table that is compared."""

    areas: Mapping[str, HeldArea]
    relations: Mapping[str, list[HeldRelation]]
    by_code: Mapping[str, HeldArea]

    def iri(self, code: str) -> str:
        """Return the IRI of the area with a code: the held one, which may go under another code now."""
        held = self.by_code.get(code)
        return held.iri if held else area_iri(code)

    def kind_family(self, iri: str) -> str | None:
        """Return the family of a held area."""
        kinds = self.areas[iri].kinds if iri in self.areas else frozenset()
        return next((name for name, terms in FAMILY_KINDS.items() if kinds & terms), None)


@dataclass(frozen=True)
class Moved:
    """A relation of the table that excludes what is held for the same day."""

    stated: StatedRelation
    held: tuple[HeldRelation, ...]


@dataclass
class Comparison:
    """A look-up table beside what is held."""

    lookup: Lookup
    held: HeldGeography
    new_areas: list[NamedArea] = field(default_factory=list)
    not_there: list[tuple[NamedArea, HeldArea]] = field(default_factory=list)
    """Areas that by what is held are not there on the day of the table."""
    missing: list[HeldArea] = field(default_factory=list)
    """Areas of a kind and nation that the table lists, held for its day and not in it."""
    renamed: list[tuple[NamedArea, HeldArea]] = field(default_factory=list)
    other_dates: list[tuple[NamedArea, HeldArea]] = field(default_factory=list)
    confirmed: list[tuple[StatedRelation, HeldRelation]] = field(default_factory=list)
    earlier: list[tuple[StatedRelation, HeldRelation]] = field(default_factory=list)
    """Relations that are held, but only from a later day."""
    added: list[StatedRelation] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    other_extent: list[Moved] = field(default_factory=list)
    gone: list[HeldRelation] = field(default_factory=list)
    """Relations held for the day of parts that the table lists, and not in it."""
    without_partnership: list[str] = field(default_factory=list)
    """Codes of districts for which neither the table nor what is held has a partnership area on the day."""


def compare(lookup: Lookup, held: HeldGeography) -> Comparison:
    """Hold a look-up table against what is held for the day for which it stands."""
    made = Comparison(lookup, held)
    day = lookup.as_at.isoformat()
    for area in lookup.areas.values():
        _compare_area(made, area, day)
    made.missing = _missing(lookup, held, day)
    wholes: dict[tuple[str, str], set[str]] = {}
    for stated in lookup.relations:
        wholes.setdefault((held.iri(stated.part), stated.family), set()).add(held.iri(stated.whole))
    for stated in lookup.relations:
        _compare_relation(made, stated, day, wholes)
    listed = {stated.whole for stated in lookup.relations}
    begins = {code[:3] for code in listed}
    for (part, family), found in wholes.items():
        for relation in _on(held, part, family, day):
            codes = held.areas[relation.whole].codes if relation.whole in held.areas else frozenset()
            told = any(code[:3] in begins for code in codes)
            if relation.whole not in found and family not in EXCLUSIVE and told:
                made.gone.append(relation)
    made.without_partnership = _without_partnership(lookup, held, day)
    return made


def _compare_area(made: Comparison, area: NamedArea, day: str) -> None:
    known = made.held.by_code.get(area.code)
    if known is None:
        made.new_areas.append(area)
        return
    wanted = area.valid_from or area.valid_until
    if not known.there(day) and not wanted:
        made.not_there.append((area, known))
    if area.name and not _same_name(area.name, known):
        made.renamed.append((area, known))
    if wanted and (
        (area.valid_from and known.valid_from and area.valid_from != known.valid_from)
        or (area.valid_until or "") != (known.valid_until or "")
    ):
        made.other_dates.append((area, known))


def _same_name(name: str, known: HeldArea) -> bool:
    """Say whether the held area goes by that name; our labels may add what kind of area it is."""
    wanted = _plain(name)
    return any(wanted == plain or plain.startswith(wanted + " ") for plain in map(_plain, known.names))


def _plain(name: str) -> str:
    """Letters and digits of a name: "Bristol, City of" and "City of Bristol" alike.

    >>> _plain("Bristol, City of") == _plain("Bristol")
    True
    """
    words = re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and ").replace("'", ""))
    text = " ".join("st" if word == "saint" else word for word in words)
    text = re.sub(r" (city|county) of$|^(city|county|the city) of ", "", text)
    return re.sub(r" ccg$", " clinical commissioning group", text)


def _missing(lookup: Lookup, held: HeldGeography, day: str) -> list[HeldArea]:
    """Held areas that the table leaves out, for those first characters of codes of which it has nearly all."""
    listed = {held.iri(code) for code in lookup.areas}
    begins = {code[:3] for code in lookup.areas}
    there: dict[str, list[HeldArea]] = {}
    for area in held.areas.values():
        code = area.iri.rsplit("/", 1)[1]
        if code[:3] in begins and area.there(day):
            there.setdefault(code[:3], []).append(area)
    found = []
    for areas in there.values():
        out = [area for area in areas if area.iri not in listed]
        if len(out) * 4 <= len(areas):
            found += out
    return sorted(found, key=lambda area: area.iri)


def _on(held: HeldGeography, part: str, family: str, day: str) -> list[HeldRelation]:
    return [
        relation
        for relation in held.relations.get(part, ())
        if relation.there(day) and held.kind_family(relation.whole) == family
    ]


def _compare_relation(
    made: Comparison, stated: StatedRelation, day: str, wholes: Mapping[tuple[str, str], set[str]]
) -> None:
    held = made.held
    part, whole = held.iri(stated.part), held.iri(stated.whole)
    now = _on(held, part, stated.family, day)
    same = [relation for relation in now if relation.whole == whole]
    if same:
        if any(relation.word == stated.word for relation in same):
            made.confirmed.append((stated, same[0]))
        else:
            made.other_extent.append(Moved(stated, (same[0],)))
        return
    later = [r for r in held.relations.get(part, ()) if r.whole == whole and (r.start or "") > day]
    others = tuple(relation for relation in now if relation.whole not in wholes[part, stated.family])
    if stated.family in EXCLUSIVE and others:
        made.moved.append(Moved(stated, others))
    elif later:
        made.earlier.append((stated, later[0]))
    else:
        made.added.append(stated)


def _without_partnership(lookup: Lookup, held: HeldGeography, day: str) -> list[str]:
    placed = {relation.part for relation in lookup.relations if relation.family == "csp"}
    return sorted(
        code
        for code, area in lookup.areas.items()
        if area.kind_term in FAMILY_KINDS["district"]
        and code not in placed
        and not (area.valid_until and area.valid_until <= day)
        and (code not in held.by_code or held.by_code[code].there(day))
        and not _on(held, held.iri(code), "csp", day)
    )


# Quads


_Node = NamedNode | Literal
_Triple = tuple[NamedNode, NamedNode, _Node]


def lookup_quads(comparison: Comparison, graph: str) -> Iterator[Quad]:
    """Turn a look-up table, compared with what is held, into quads.

    Args:
        comparison: as :func:`compare` returns it.
        graph: IRI of the table's own named graph.

    Yields:
        The source, the areas, the relations and the differences.
    """
    name = NamedNode(graph)
    source = source_iri(comparison.lookup.file)
    parts = (_source(comparison.lookup, source), _areas(comparison, source), _relations(comparison, source))
    for triples in (*parts, _differences(comparison, source)):
        for subject, predicate, value in triples:
            yield Quad(subject, predicate, value, name)


def source_iri(file: str) -> NamedNode:
    """Return the IRI of the source that a look-up table is."""
    slug = "-".join(re.findall(r"[a-z0-9]+", Path(file).stem.lower()))
    return NamedNode(thing("source", f"lookup-{slug}"))


def _dg(name: str) -> NamedNode:
    return NamedNode(DG + name)


def _text(value: str) -> Literal:
    return Literal(value, language="en")


def _day(value: str | date) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "date"))


_TYPE, _LABEL = NamedNode(RDF + "type"), NamedNode(RDFS + "label")
_FROM = NamedNode(PROV + "wasDerivedFrom")


def _hashed(kind: str, *parts: str) -> NamedNode:
    digest = hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()[:20]
    return NamedNode(f"{ID}{kind}/{digest}")


def _source(lookup: Lookup, source: NamedNode) -> Iterator[_Triple]:
    title = _text(f"Look-up table {lookup.file}, as at {lookup.as_at.isoformat()}")
    yield source, _TYPE, _dg("Source")
    yield source, _LABEL, title
    yield source, NamedNode(DCTERMS + "title"), title
    yield source, _dg("sourceKind"), Literal("table")
    yield source, NamedNode(DCTERMS + "publisher"), Literal(lookup.publisher)
    yield source, NamedNode(DCTERMS + "license"), Literal(lookup.licence)
    yield source, NamedNode(DCTERMS + "source"), Literal(lookup.address)
    yield source, NamedNode(DCTERMS + "issued"), Literal(lookup.as_at.isoformat())
    yield source, NamedNode(RDFS + "comment"), _text("publisher and licence by the form of the columns")


def _said_by(subject: NamedNode, source: NamedNode) -> Iterator[_Triple]:
    yield subject, _FROM, source
    yield subject, _dg("evidence"), _dg("OfficialTable")


def _areas(comparison: Comparison, source: NamedNode) -> Iterator[_Triple]:
    for area in comparison.lookup.areas.values():
        if area.code in comparison.held.by_code:
            yield NamedNode(comparison.held.iri(area.code)), _FROM, source
    for area, known in comparison.renamed:
        yield NamedNode(known.iri), NamedNode(SKOS + "altLabel"), _text(area.name)
    for area in comparison.new_areas:
        yield from _new_area(area, comparison, source)


def _new_area(area: NamedArea, comparison: Comparison, source: NamedNode) -> Iterator[_Triple]:
    subject = NamedNode(area_iri(area.code))
    yield subject, _TYPE, _dg(area.kind_term)
    yield subject, _TYPE, _dg("Area")
    yield subject, _LABEL, _text(area.name or area.code)
    yield subject, NamedNode(SKOS + "notation"), Literal(area.code)
    yield subject, _dg("nation"), NamedNode(ENGLAND if area.code.startswith("E") else WALES)
    if area.valid_from:
        yield subject, _dg("validFrom"), _day(area.valid_from)
    else:
        yield subject, _dg("attestedFrom"), _day(comparison.lookup.as_at)
    if area.valid_until:
        yield subject, _dg("validUntil"), _day(area.valid_until)
    for code in area.successors:
        yield subject, NamedNode(DCTERMS + "isReplacedBy"), NamedNode(comparison.held.iri(code))
    yield from _said_by(subject, source)


def _relations(comparison: Comparison, source: NamedNode) -> Iterator[_Triple]:
    for _stated, known in comparison.confirmed:
        yield NamedNode(known.iri), _FROM, source
    moved = (item.stated for item in (*comparison.moved, *comparison.other_extent))
    for stated in (*comparison.added, *moved):
        yield from _new_relation(stated, comparison, source)


def _new_relation(stated: StatedRelation, comparison: Comparison, source: NamedNode) -> Iterator[_Triple]:
    part, whole = (NamedNode(comparison.held.iri(code)) for code in (stated.part, stated.whole))
    day = comparison.lookup.as_at
    subject = _hashed("area-relation", source.value, part.value, stated.word, whole.value)
    yield subject, _TYPE, _dg("AreaRelation")
    yield subject, _dg("part"), part
    yield subject, _dg("whole"), whole
    yield subject, _dg("relation"), Literal(stated.word)
    yield part, NamedNode(GEO + ("sfWithin" if stated.word == "within" else "sfOverlaps")), whole
    yield subject, _dg("attestedFrom"), _day(day)
    yield subject, _dg("locator"), _text(f"line {stated.line}")
    if stated.share is not None and stated.word == "overlaps":
        yield subject, NamedNode(RDFS + "comment"), _text(f"{stated.share:.1%} of its small areas lie there")
    yield from _said_by(subject, source)


def _differences(comparison: Comparison, source: NamedNode) -> Iterator[_Triple]:
    lookup, held = comparison.lookup, comparison.held
    for item in (*comparison.moved, *comparison.other_extent):
        known = item.held[0]
        part = NamedNode(held.iri(item.stated.part))
        if known.source is None or known.whole not in held.areas:
            continue
        subject = _hashed("difference", source.value, part.value, item.stated.whole)
        yield subject, _TYPE, _dg("Difference")
        yield subject, NamedNode(DCTERMS + "subject"), part
        here = lookup.areas[item.stated.part].name or item.stated.part
        yield subject, _LABEL, _text(f"where {here} lies on {lookup.as_at.isoformat()}")
        yield subject, _dg("on"), _day(lookup.as_at)
        there = lookup.areas[item.stated.whole].name or item.stated.whole
        says = _say(item.stated.word, f"{there} ({item.stated.whole})")
        yield from _statement(subject, "first", says, source, f"line {item.stated.line}", "OfficialTable")
        evidence = known.evidence or "OfficialTable"
        says = _say(known.word, held.areas[known.whole].label)
        yield from _statement(subject, "second", says, NamedNode(known.source), "relations of areas", evidence)
        yield from _said_by(subject, source)


def _say(word: str, whole: str) -> str:
    return f"it {'lies in' if word == 'within' else 'lies in part in'} {whole}"


def _statement(
    subject: NamedNode, side: str, says: str, source: NamedNode, locator: str, evidence: str
) -> Iterable[_Triple]:
    statement = NamedNode(thing("statement", f"{subject.value.rsplit('/', 1)[1]}-{side}"))
    yield subject, _dg(f"{side}Statement"), statement
    yield statement, _TYPE, _dg("Statement")
    yield statement, _LABEL, _text(says)
    yield statement, _FROM, source
    yield statement, _dg("locator"), _text(locator)
    yield statement, _dg("evidence"), _dg(evidence)
