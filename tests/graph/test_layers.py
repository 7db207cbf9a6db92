"""A layer is loaded beside the register whole or not at all, is replaced by its like, and outlives rebuilds."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import dutygraph
import dutygraph.graph.layers as layers_module
from dutygraph.errors import BadInput, StoreError
from dutygraph.graph import carrying
from dutygraph.graph.builds import build
from dutygraph.graph.current import read_build
from dutygraph.graph.layers import Loading, add_layer
from dutygraph.graph.switching import locked
from dutygraph.knowledge import load_into, open_graph, rebuild
from dutygraph.sources import SOURCES, Source

GRAPH = "https://w3id.org/dutygraph/graph/"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
BODY = NamedNode("https://w3id.org/dutygraph/def#PublicBody")


@pytest.fixture
def graph(tmp_path: Path, small_builds: Path) -> Path:
    """A graph folder with one build in it."""
    build(tmp_path / "graph")
    return tmp_path / "graph"


def harbour(name: str, count: int = 2, layer: str = "harbours") -> list[Quad]:
    """Statements of a layer: numbered bodies, each with a type and a label."""
    graph = NamedNode(GRAPH + layer)
    things = [NamedNode(f"https://w3id.org/dutygraph/id/body/{name.lower()}-{number}") for number in range(count)]
    quads = [Quad(thing, TYPE, BODY, graph) for thing in things]
    return quads + [Quad(thing, LABEL, Literal(f"{name} Harbour Board {n}"), graph) for n, thing in enumerate(things)]


def loading(statements: object, name: str = "harbours", **more: object) -> Loading:
    return Loading("harbours", name, (Path("harbours.csv"),), statements, "Harbour boards", **more)  # type: ignore[arg-type]


def labels(folder: Path, word: str = "Harbour Board") -> list[str]:
    found = open_graph(folder).query(
        f'SELECT ?l {{ ?s <{LABEL.value}> ?l FILTER(CONTAINS(?l, "{word}")) }} ORDER BY ?l'
    )
    return [row[0].value for row in found]  # type: ignore[index, union-attr]


def members(folder: Path) -> int:
    return len(open_graph(folder).members("responsible authorities", "Netherby", "2005-06-01"))


def statements(folder: Path) -> int:
    return int(next(iter(open_graph(folder).query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")))[0].value)  # type: ignore[arg-type, index, union-attr]


def test_a_layer_stands_beside_the_register_and_is_found_by_name(graph: Path) -> None:
    before = read_build(graph)
    made = add_layer(graph, loading(harbour("Amber")))
    assert before is not None and made.fingerprint == before.fingerprint
    assert labels(graph) == ["Amber Harbour Board 0", "Amber Harbour Board 1"] and members(graph) == 5
    assert open_graph(graph).body("harbour board 1 of Amber").verdict == "yes"
    assert made.layers[-1].name == "harbours" and made.quads == statements(graph)


def test_a_layer_says_in_its_graph_what_it_is_and_from_which_file(graph: Path) -> None:
    add_layer(graph, loading(harbour("Amber"), publisher="The Admiralty"))
    rows = open_graph(graph).query(
        f"""PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?publisher ?file {{ GRAPH <{GRAPH}harbours> {{ <{GRAPH}harbours> dcterms:publisher ?publisher ;
        prov:wasDerivedFrom ?from . ?from <{LABEL.value}> ?file }} }}"""
    )
    assert [[term.value for term in row] for row in rows] == [["The Admiralty", "harbours.csv"]]  # type: ignore[union-attr]


@pytest.mark.parametrize(("first", "second"), [(2, 3), (400, 3), (3, 400)])
def test_loading_again_replaces_what_the_layer_said(graph: Path, first: int, second: int) -> None:
    add_layer(graph, loading(harbour("Amber", first)))
    made = add_layer(graph, loading(harbour("Brack", second)))
    assert len(labels(graph)) == second and not labels(graph, "Amber Harbour")
    assert len(made.layers) == 1 and made.quads == statements(graph)
    with pytest.raises(dutygraph.UnknownName):
        open_graph(graph).body("Amber Harbour Board 1")


@pytest.mark.parametrize("dearer", [0, 10**9], ids=["graphs taken out", "graphs copied"])
def test_a_rebuild_carries_layers_over_either_way(graph: Path, monkeypatch: pytest.MonkeyPatch, dearer: int) -> None:
    add_layer(graph, loading(harbour("Amber")))
    add_layer(graph, loading(harbour("Brack", layer="quays"), name="quays"))
    monkeypatch.setattr(carrying, "_DEARER", dearer)
    made, _folder = rebuild(graph)
    assert [layer.name for layer in made.layers] == ["harbours", "quays"]
    assert len(labels(graph)) == 4 and members(graph) == 5 and made.quads == statements(graph)
    assert open_graph(graph).body("Brack Harbour Board 1").verdict == "yes"


def test_loading_a_document_keeps_the_layers(graph: Path, tmp_path: Path) -> None:
    add_layer(graph, loading(harbour("Amber")))
    (tmp_path / "extra.ttl").write_text("<https://example.org/a> <https://example.org/b> 'c' .", encoding="utf-8")
    assert len(load_into(graph, "rdf", [str(tmp_path / "extra.ttl")]).layers) == 1
    assert len(labels(graph)) == 2


def test_forgetting_drops_the_layers(graph: Path) -> None:
    add_layer(graph, loading(harbour("Amber")))
    assert rebuild(graph, forget=True)[0].layers == ()
    assert labels(graph) == [] and members(graph) == 5


def test_a_load_that_fails_leaves_the_graph_as_it_was(graph: Path) -> None:
    before = read_build(graph)

    def broken() -> Iterator[Quad]:
        yield from harbour("Amber")
        raise BadInput("line 7: no harbour has a negative depth")

    with pytest.raises(BadInput, match="line 7"):
        add_layer(graph, loading(broken()))
    assert read_build(graph) == before and labels(graph) == []
    assert len(list((graph / "builds").iterdir())) == 1 and not (graph / "building.lock").exists()


def test_a_load_that_is_broken_off_tidies_up(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(layers_module, "put_in_use", interrupt)
    with pytest.raises(KeyboardInterrupt):
        add_layer(graph, loading(harbour("Amber")))
    assert len(list((graph / "builds").iterdir())) == 1 and members(graph) == 5


def test_a_reader_reads_on_while_layers_are_loaded(graph: Path) -> None:
    reader = open_graph(graph)
    add_layer(graph, loading(harbour("Amber")))
    assert reader.members("responsible authorities", "Netherby", "2005-06-01").verdict == "yes"
    assert not list(reader.query(f"SELECT * {{ GRAPH <{GRAPH}harbours> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]


def test_a_second_builder_is_refused(graph: Path) -> None:
    with locked(graph), pytest.raises(StoreError, match="Another process is building"):
        add_layer(graph, loading(harbour("Amber")))


def test_a_builder_that_works_for_long_keeps_its_lock_fresh(graph: Path) -> None:
    lock = graph / "building.lock"
    with locked(graph) as at_work:
        os.utime(lock, (1, 1))
        at_work()
        assert lock.stat().st_mtime > 1_000_000


def test_statements_may_come_as_a_stream_of_n_triples(graph: Path) -> None:
    lines = b"".join(
        b'<https://example.org/%d> <%s> "Harbour Board %d" .\n' % (n, LABEL.value.encode(), n) for n in range(5)
    )
    made = add_layer(graph, loading(io.BytesIO(lines), count=lambda: 5))
    assert len(labels(graph)) == 5 and made.quads == statements(graph)


def test_a_pipe_that_another_thread_fills_is_a_stream(graph: Path) -> None:
    reading, writing = os.pipe()

    def fill() -> None:
        with os.fdopen(writing, "wb") as out:
            out.writelines(
                b'<https://example.org/%d> <%s> "Harbour Board" .\n' % (n, LABEL.value.encode()) for n in range(20_000)
            )

    thread = threading.Thread(target=fill)
    thread.start()
    with os.fdopen(reading, "rb") as stream:
        add_layer(graph, loading(stream, count=lambda: 20_000))
    thread.join()
    assert len(labels(graph)) == 20_000


@pytest.mark.parametrize("name", ["register", "derived", "quays"])
def test_a_layer_cannot_take_the_graph_of_something_else(graph: Path, name: str) -> None:
    add_layer(graph, loading(harbour("Brack", layer="quays"), name="quays"))
    more = {} if name != "quays" else {"more_graphs": (GRAPH + "quays",)}
    with pytest.raises(BadInput, match="holds something else"):
        add_layer(graph, loading([], name=name if name != "quays" else "harbours", **more))


def test_a_layer_that_adds_keeps_what_it_has_and_doubles_nothing(graph: Path) -> None:
    add_layer(graph, loading(harbour("Amber"), adds=True))
    once = add_layer(graph, loading(harbour("Coral"), adds=True))
    again = add_layer(graph, loading(harbour("Coral"), adds=True))
    assert len(labels(graph)) == 4 and open_graph(graph).body("harbour board 1 of Amber").verdict == "yes"
    assert once.quads == again.quads == statements(graph)
    assert [layer.name for layer in again.layers] == ["harbours"] and len(again.layers[0].paths) == 1


def test_a_loader_that_writes_outside_its_graph_is_stopped(graph: Path) -> None:
    with pytest.raises(BadInput, match="not its graph"):
        add_layer(graph, loading(harbour("Amber", layer="register")))


def test_a_kind_of_source_is_loaded_through_the_table(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source("harbours", lambda paths: [loading(harbour(paths[0].stem.title()), notes=lambda: ["two boards"])])
    monkeypatch.setitem(SOURCES, "harbours", source)
    (tmp_path / "amber.csv").write_text("", encoding="utf-8")
    assert load_into(graph, "harbours", [str(tmp_path / "amber.csv")]).layers[-1].notes == ("two boards",)
    assert len(labels(graph)) == 2
    with pytest.raises(BadInput, match="is not there"):
        load_into(graph, "harbours", [str(tmp_path / "absent.csv")])


def test_layers_of_a_build_that_is_gone_are_said_with_the_way_out(graph: Path) -> None:
    made = add_layer(graph, loading(harbour("Amber")))
    (graph / "builds" / made.folder / "CURRENT").unlink()
    with pytest.raises(StoreError, match="dutygraph build --forget"):
        rebuild(graph)
