"""What is exported is the whole graph, and reads back as the same graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, Store, parse

from dutygraph.errors import BadInput, StoreError
from dutygraph.graph.exports import export_graph
from dutygraph.graph.store import EndpointStore, disk_store
from dutygraph.knowledge import KnowledgeGraph


def named(quads: object) -> set[Quad]:
    """The statements without blank nodes, whose names mean nothing outside one file."""
    return {
        quad
        for quad in quads  # type: ignore[attr-defined]
        if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    }


def read(path: Path) -> list[Quad]:
    ending = {"xml": "rdf"}.get(path.suffix[1:], path.suffix[1:])
    rdf_format = RdfFormat.from_extension(ending)
    assert rdf_format is not None
    return list(parse(path=str(path), format=rdf_format))


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_formats_with_named_graphs_give_every_statement_in_its_graph(
    kg: KnowledgeGraph, small_store: Store, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"graph.{ending}"
    count = export_graph(kg.store, str(path))
    back = read(path)
    assert count == len(small_store) == len(set(back))
    assert named(back) == named(small_store)


@pytest.mark.parametrize("ending", ["ttl", "nt", "rdf", "xml"])
def test_formats_without_named_graphs_give_the_union(
    kg: KnowledgeGraph, small_store: Store, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"graph.{ending}"
    count = export_graph(kg.store, str(path))
    back = read(path)
    union = {Quad(quad.subject, quad.predicate, quad.object) for quad in small_store}
    assert count == len(union) == len(set(back))
    assert named(back) == named(union)


def test_the_disk_store_exports_the_same(store_folder: Path, small_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    assert export_graph(disk_store(store_folder), str(path)) == len(small_store)
    assert named(read(path)) == named(small_store)


def test_an_export_has_the_prefixes_of_the_house(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    export_graph(kg.store, str(path))
    assert "@prefix dg: <https://w3id.org/dutygraph/def#> ." in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["graph.csv", "graph", "graph.", ".nq", "graph.html"])
def test_an_ending_that_names_no_format_is_refused_with_those_that_do(
    kg: KnowledgeGraph, tmp_path: Path, name: str
) -> None:
    with pytest.raises(BadInput, match="The ending must be one of: ttl, nt, nq, trig, rdf, xml, jsonld"):
        export_graph(kg.store, str(tmp_path / name))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said_in_a_line(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        export_graph(kg.store, str(tmp_path / "absent" / "graph.nq"))


def test_a_file_that_is_in_the_way_is_replaced_whole(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old", encoding="utf-8")
    export_graph(kg.store, str(path))
    assert read(path) and [item.name for item in tmp_path.iterdir()] == ["graph.nq"]


def test_a_folder_in_the_way_is_said_and_nothing_is_left(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").mkdir()
    with pytest.raises(StoreError):
        export_graph(kg.store, str(tmp_path / "graph.nq"))
    assert [item.name for item in tmp_path.iterdir()] == ["graph.nq"]


def test_a_remote_graph_is_exported_where_it_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is remote; export it there"):
        export_graph(EndpointStore("http://127.0.0.1:1/"), str(tmp_path / "graph.nq"))


def test_an_export_can_be_loaded_again(kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    export_graph(kg.store, str(path))
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    again = KnowledgeGraph(type(kg.store)(store, "memory"))  # type: ignore[call-arg]
    question = ("responsible authorities", "Netherby", "2005-06-01")
    assert again.members(*question).to_dict() == kg.members(*question).to_dict()
