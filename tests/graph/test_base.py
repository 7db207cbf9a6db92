"""Who is in a class is asked of a store without the layers, which are large: it must answer what the whole one does."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from dutygraph.cli import main
from dutygraph.errors import DutyGraphError
from dutygraph.graph.builds import build
from dutygraph.graph.current import BASE, BUILDS, read_build
from dutygraph.graph.layers import Loading, add_layer
from dutygraph.graph.store import GraphStore, OxigraphStore, base_of, memory_store
from dutygraph.knowledge import load_into, open_graph, rebuild
from dutygraph.loaders.powers_duties import COLUMNS
from dutygraph.queries.members import members
from dutygraph.queries.membership import is_member
from dutygraph.queries.panels import panel
from dutygraph.queries.successions import successors
from dutygraph.queries.timelines import timeline
from dutygraph.sources import SOURCES

LEG = "http://www.legislation.gov.uk/id/"
ACT = f"{LEG}ukpga/1998/901"
LIST = (
    "Identifier,Label,AlternativeLabels,Type,Description,LegislationLabel,LegislationUrl,Modified,ApplicableFrom,"
    "ApplicableTo,History,IsDraft,IsComplete\n"
    f"7,Netherby Borough Council,,D,Make the strategy,Safe Places Act 1998 s. 6,{ACT}/section/6,,2005-04-01,,,false,true\n"
)
TEXT = f"""<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation" IdURI="{ACT}"
  DocumentURI="http://www.legislation.gov.uk/ukpga/1998/901" RestrictExtent="E+W" RestrictStartDate="2010-01-01">
  <Metadata xmlns="http://www.legislation.gov.uk/namespaces/metadata"><title>Safe Places Act 1998</title></Metadata>
  <Primary><Body><P1group><Title>Authorities</Title><P1 IdURI="{ACT}/section/5" id="section-5"><Pnumber>5</Pnumber><P1para>
    <P2 IdURI="{ACT}/section/5/1" id="section-5-1"><Pnumber>1</Pnumber><P2para>
      <Text>The responsible authorities must meet.</Text></P2para></P2></P1para></P1></P1group></Body></Primary>
</Legislation>"""
PAPER = """Report to the cabinet of Netherby Borough Council

The Netherby Safe Places Board met on 5 May 2023. Netherby Borough Council and Amberland Police are members of the board.
"""
AREAS = ("Netherby", "Overby", "Quillport", "Wenshire", "Ambershire", "Netherbi", "Nowhere")
DAYS = (date(2000, 6, 1), date(2005, 6, 1), date(2024, 6, 1))


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    """Builds take the invented register, for this module."""
    import dutygraph.graph.builds
    import dutygraph.register

    register = Path(__file__).parents[1] / "fixtures" / "register"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dutygraph.graph.builds, "FOLDER", register)
        patch.setattr(dutygraph.register, "FOLDER", register)
        yield


@pytest.fixture(scope="module")
def everything(small: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder with one layer of each kind of source in it, all about the same Act and bodies."""
    base = tmp_path_factory.mktemp("everything")
    graph = base / "graph"
    build(graph)
    with (base / "part.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, actor in enumerate(["responsible authority", "Netherby Borough Council", "directing minister"]):
            values = {
                "dutyTempId": str(number), "duty_uri": f"{LEG}duties/ukpga/1998/901/2014-01-23/duty/{number:04}",
                "enactment": ACT, "enactmentTitle": "Safe Places Act 1998", "enactmentType": "ukpga",
                "enactmentYear": "1998", "section": f"{ACT}/section/5/1", "actor": actor, "modality": "duty",
                "action": "meet", "inference": "explicit", "priority": "primary",
            }  # fmt: skip
            writer.writerow([values.get(name, "") for name in COLUMNS])
    for kind, name, text in (("lga-powers", "list.csv", LIST), ("clml", "act.xml", TEXT), ("papers", "a.txt", PAPER)):
        (base / name).write_text(text, encoding="utf-8")
        load_into(graph, kind, [str(base / name)])
    load_into(graph, "powers-duties", [str(base / "part.csv")])
    asked = CliRunner().invoke(main, ["holders", "--format", "csv", "--store", str(graph)])
    judged = list(csv.DictReader(asked.stdout.splitlines()))
    with (base / "review.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, judged[0])
        table.writeheader()
        table.writerows(row | {"decision": "yes" if row["candidate_iri"] else ""} for row in judged)
    load_into(graph, "holders", [str(base / "review.csv")])
    return graph


def harbours(*, apart: bool, name: str = "harbours") -> Loading:
    graph = NamedNode(f"https://w3id.org/dutygraph/graph/{name}")
    board = NamedNode("https://w3id.org/dutygraph/id/body/harbour-board")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    return Loading(
        name, name, (Path("h.csv"),), [Quad(board, label, Literal("Harbour Board"), graph)], "H", apart=apart
    )


def opened(graph: Path) -> OxigraphStore:
    store = open_graph(graph).store
    assert isinstance(store, OxigraphStore)
    return store


def said(ask: Any, *values: Any) -> Any:
    try:
        return ask(*values).to_dict()
    except DutyGraphError as error:
        return str(error)


def answers(store: GraphStore) -> Iterator[Any]:
    for name, area, day in product(
        ("responsible authorities", "directing ministers", "specified authorities", "local policing bodies"),
        AREAS,
        DAYS,
    ):
        yield said(members, store, name, area, day)
        yield said(is_member, store, "Netherby Borough Council", name, area, day)
        yield said(is_member, store, "Harbour Board", name, area, day)
    for area in AREAS:
        yield said(timeline, store, area, "responsible authorities", DAYS[-1])
    for body in ("Amberland Police Authority", "Netherby Borough Council", "Netherby Borogh Council"):
        yield said(successors, store, body, DAYS[1])
    yield said(panel, store, "responsible authorities", list(DAYS), None, None)


def test_with_every_kind_of_source_loaded_both_answer_the_same(everything: Path) -> None:
    held = read_build(everything)
    assert held is not None and {layer.kind for layer in held.layers} == set(SOURCES)
    store = opened(everything)
    base = store.base
    assert base is not store and base_of(store) is base
    assert len(base.store) == held.quads - sum(layer.quads for layer in held.layers)
    found = list(answers(base))
    assert found == list(answers(store))
    assert sum(isinstance(answer, dict) and answer["answer"] == "yes" for answer in found) > 20


def test_a_rebuild_makes_it_anew(everything: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(everything, tmp_path / "graph"))
    before = len(opened(graph).base.store)
    made, _folder = rebuild(graph)
    assert len(made.layers) == len(SOURCES)
    assert opened(graph).base is not opened(graph) and len(opened(graph).base.store) == before
    assert list(answers(opened(graph).base)) == list(answers(opened(graph)))


def test_the_api_asks_it(everything: Path) -> None:
    kg = open_graph(everything)
    asked: list[str] = []
    store = opened(everything).base
    base = OxigraphStore(store.store, store.location)
    kg.store.base = base  # type: ignore[attr-defined]
    query = base.query
    base.query = lambda sparql: (asked.append(sparql), query(sparql))[1]  # type: ignore[method-assign]
    for question in (
        lambda: kg.members("responsible authorities", "Netherby"),
        lambda: kg.is_member("Netherby Borough Council", "responsible authorities", "Netherby"),
        lambda: kg.panel("responsible authorities"),
        lambda: kg.timeline("Netherby"),
        lambda: kg.successors("Amberland Police Authority"),
    ):
        asked.clear()
        assert question().verdict == "yes" and asked


def test_a_layer_that_brings_bodies_is_asked_too(small: None, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build(graph)
    add_layer(graph, harbours(apart=True, name="texts"))
    assert opened(graph).base is not opened(graph)
    made = add_layer(graph, harbours(apart=False))
    store = opened(graph)
    assert store.base is store and not (graph / BUILDS / made.folder / BASE).exists()
    add_layer(graph, harbours(apart=True, name="more"))
    store = opened(graph)
    assert store.base is store


def test_a_damaged_one_is_passed_over(everything: Path, tmp_path: Path) -> None:
    graph = Path(shutil.copytree(everything, tmp_path / "graph"))
    held = read_build(graph)
    assert held is not None
    (graph / BUILDS / held.folder / BASE / "CURRENT").write_text("MANIFEST-000000\n", encoding="utf-8")
    store = opened(graph)
    assert store.base is store
    assert open_graph(graph).members("responsible authorities", "Netherby").verdict == "yes"


def test_other_stores_have_no_part_of_their_own() -> None:
    store = memory_store()
    assert store.base is store and base_of(store) is store
