"""What is held of areas and how they lie, read from a store for the comparison with a look-up table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from ..errors import BadInput
from ..loaders.geography import read_lookup
from ..loaders.geography_held import Comparison, HeldArea, HeldGeography, HeldRelation, compare, lookup_quads
from ..ontology.namespaces import DG, PROV, RDF, RDFS, SKOS, is_gss

_SUFFIX = ".csv"


def is_lookup(path: Path) -> bool:
    """Say whether a document beside the registers is a look-up table; all others are RDF."""
    return path.suffix.lower() == _SUFFIX


def geography_quads(store: Store, path: Path, graph: str) -> Iterator[Quad]:
    """Read a look-up table into quads, beside what a store holds.

    Args:
        store: everything that was loaded before.
        path: the table.
        graph: IRI of its named graph.

    Raises:
        BadInput: if it cannot be used.
    """
    comparison = compare(read_lookup(path), held_geography(store, graph))
    refuse_broken(comparison)
    return lookup_quads(comparison, graph)


def refuse_broken(comparison: Comparison) -> None:
    """Raise :class:`dutygraph.errors.BadInput` with the broken rows of a look-up table, if it has any."""
    lookup = comparison.lookup
    if lookup.broken:
        more = lookup.broken_rows - len(lookup.broken)
        said = [*lookup.broken, *([f"{more} more broken rows."] if more else [])]
        raise BadInput("\n".join((*said, f"{lookup.file}: nothing was loaded.")))


def compare_lookups(store: Store, graphs: Mapping[Path, str]) -> list[Comparison]:
    """Read look-up tables and hold each against a store, leaving out what came from the table itself.

    Args:
        store: the graph.
        graphs: for each table the IRI of its named graph.

    Raises:
        BadInput: if a file is no look-up table.
    """
    lookups = {graph: read_lookup(path) for path, graph in graphs.items()}
    loaded = {graph for graph in lookups if store.contains_named_graph(NamedNode(graph))}
    everything = held_geography(store) if loaded != lookups.keys() else None
    return [
        compare(lookup, held_geography(store, graph) if everything is None or graph in loaded else everything)
        for graph, lookup in lookups.items()
    ]


def held_geography(store: Store, without: str = "") -> HeldGeography:
    """Return the areas and their relations that a store holds.

    Args:
        store: the graph.
        without: IRI of a named graph that is left out.
    """
    areas = {iri: _area(store, iri, without) for iri in _instances(store, "Area", without)}
    relations: dict[str, list[HeldRelation]] = {}
    for iri in _instances(store, "AreaRelation", without):
        relation = _relation(store, iri, without)
        relations.setdefault(relation.part, []).append(relation)
    by_code = {code: area for area in areas.values() for code in area.codes}
    by_code |= {area.iri.rsplit("/", 1)[1]: area for area in areas.values()}
    return HeldGeography(areas, relations, by_code)


def _instances(store: Store, term: str, without: str) -> list[str]:
    quads = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(DG + term), None)
    return sorted({quad.subject.value for quad in quads if quad.graph_name.value != without})  # type: ignore[union-attr]


def _facts(store: Store, iri: str, without: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
        if quad.graph_name.value != without and isinstance(quad.object, NamedNode | Literal):  # type: ignore[union-attr]
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return found


def _first(facts: dict[str, list[str]], *predicates: str) -> str | None:
    return next((min(facts[predicate]) for predicate in predicates if predicate in facts), None)


def _area(store: Store, iri: str, without: str) -> HeldArea:
    facts = _facts(store, iri, without)
    names = frozenset((*facts.get(RDFS + "label", ()), *facts.get(SKOS + "altLabel", ())))
    codes = {*facts.get(SKOS + "notation", ()), *(name for name in names if is_gss(name))}
    return HeldArea(
        iri=iri,
        label=_first(facts, RDFS + "label") or iri,
        names=names,
        codes=frozenset(codes),
        kinds=frozenset(kind.removeprefix(DG) for kind in facts.get(RDF + "type", ())),
        valid_from=_first(facts, DG + "validFrom"),
        valid_until=_first(facts, DG + "validUntil"),
    )


def _relation(store: Store, iri: str, without: str) -> HeldRelation:
    facts = _facts(store, iri, without)
    return HeldRelation(
        iri=iri,
        part=_first(facts, DG + "part") or "",
        word=_first(facts, DG + "relation") or "",
        whole=_first(facts, DG + "whole") or "",
        start=_first(facts, DG + "validFrom", DG + "attestedFrom"),
        until=_first(facts, DG + "validUntil"),
        source=_first(facts, PROV + "wasDerivedFrom"),
        evidence=(_first(facts, DG + "evidence") or "").removeprefix(DG) or None,
    )
