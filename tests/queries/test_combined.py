"""A combined partnership shows the areas that it combines and by which instrument, or that none is held (#4)."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, Store

from dutygraph.graph.store import memory_store
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.ontology.namespaces import DG, area_iri, legislation_iri, thing

COMBINED = area_iri("netherby-and-overby")
ORDER = legislation_iri("uksi/2007/9901/regulation/9")


def combined(small_store: Store, *, by_order: bool) -> KnowledgeGraph:
    """The invented graph, in which one partnership acts for the combined area."""
    graph = NamedNode("https://example.org/graph")
    partnership = NamedNode(thing("partnership", "netherby-csp"))
    quads = [*small_store, Quad(partnership, NamedNode(DG + "area"), NamedNode(COMBINED), graph)]
    if by_order:
        links = small_store.quads_for_pattern(None, NamedNode(DG + "whole"), NamedNode(COMBINED))
        quads += [Quad(link.subject, NamedNode(DG + "basis"), NamedNode(ORDER), graph) for link in links]
    return KnowledgeGraph(memory_store(quads))


def told(kg: KnowledgeGraph, what: str, on: str = "2015-06-01") -> dict[str, list[str]]:
    rows = kg.partnership("Netherby Community Safety Partnership", on=on).rows
    return {row["value"]: [law["citation"] for law in row["basis"]] for row in rows if row["what"] == what}


def test_without_an_instrument_both_areas_are_shown_and_that_none_is_held(small_store: Store) -> None:
    kg = combined(small_store, by_order=False)
    assert told(kg, "combines") == {"Netherby": [], "Overby": []}
    (words,) = told(kg, "combined by")
    assert "the instrument is not held" in words


def test_with_an_order_each_area_is_shown_with_it(small_store: Store) -> None:
    kg = combined(small_store, by_order=True)
    assert told(kg, "combines") == {name: ["SI 2007/9901, reg. 9"] for name in ("Netherby", "Overby")}
    assert told(kg, "combined by") == {}


@pytest.mark.parametrize("on", ["2014-03-31", "2020-04-01"])
def test_outside_its_time_nothing_is_combined(small_store: Store, on: str) -> None:
    kg = combined(small_store, by_order=False)
    assert told(kg, "combines", on) == {} == told(kg, "combined by", on)
