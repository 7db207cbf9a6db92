"""Which picture for which question: the tree, the flows of money and the matrix say what the network says."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dutygraph.errors import BadInput
from dutygraph.graph.layouts import lay_out
from dutygraph.graph.maps import write_map
from dutygraph.graph.matrices import matrix_of, roles_of, sign_of, to_matrix_page
from dutygraph.graph.networks import PART_OF, PAYS, REPORTS_TO, SITS_ON, Basis, Edge, Network, Node, Strip, Support
from dutygraph.graph.pictures import governance, money_flows, say_pounds
from dutygraph.knowledge import KnowledgeGraph

ACT = Basis("Safe Places Act 1998, s. 5(1)", "http://www.legislation.gov.uk/id/ukpga/1998/901/section/5/1")
SURE = Support((ACT,), checked="2026-01-31")
LANES = (Strip("body", "Bodies"), Strip("partnership", "Partnerships"))


def network(*edges: Edge, picture: str = "network") -> Network:
    ids = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    nodes = tuple(
        Node(id, f"The {id}", "partnership", "board", "partnership") if id.islower() else Node(id, id, "body", "council", "body")
        for id in ids
    )  # fmt: skip
    return Network("Ambershire", "2026-01-01", LANES, (), nodes, edges, picture=picture)


def link(source: str, target: str, kind: str, role: str = "", support: Support = SURE, amount: float = 0) -> Edge:
    return Edge(source, target, kind, f"{source} {kind} {target}.", role, support=support, amount=amount)


def places(drawn: Network) -> dict[str, tuple[float, float]]:
    return {box.node.id: (box.x, box.y) for box in lay_out(drawn).boxes}


def test_in_a_tree_each_thing_stands_right_of_what_it_is_part_of_and_amid_its_parts() -> None:
    tree = governance(network(link("b", "a", PART_OF), link("c", "a", PART_OF), link("d", "b", REPORTS_TO)))
    at = places(tree)
    assert at["a"][0] < at["b"][0] == at["c"][0] < at["d"][0]
    assert at["a"][1] == (at["b"][1] + at["c"][1]) / 2 and at["d"][1] == at["b"][1]


def test_what_has_two_above_it_keeps_both_lines_and_a_ring_is_no_trap() -> None:
    tree = governance(network(link("a", "b", PART_OF), link("b", "a", PART_OF), link("a", "c", REPORTS_TO)))
    assert len(tree.edges) == 3 and {node.id for node in tree.nodes} == {"a", "b", "c"}
    assert len(places(tree)) == 3


def test_many_trees_stand_beside_each_other_and_no_boxes_overlap() -> None:
    edges = [link(f"p{tree}{part}", f"t{tree}", PART_OF) for tree in range(12) for part in range(3)]
    boxes = lay_out(governance(network(*edges))).boxes
    assert len({box.x for box in boxes if box.node.id.startswith("t")}) > 1
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= (one.height + other.height) / 2


def test_where_nothing_is_part_of_anything_there_is_no_tree() -> None:
    with pytest.raises(BadInput, match="there is no tree"):
        governance(network(link("A", "b", SITS_ON, "chair")))


def test_money_stands_by_who_pays_and_who_is_paid_with_the_sums() -> None:
    flows = money_flows(
        network(link("H", "P", PAYS, amount=100), link("P", "x", PAYS, amount=60), link("P", "y", PAYS, amount=30.5))
    )
    held = {node.id: (node.lane, node.label) for node in flows.nodes}
    assert held == {
        "H": ("payer", "H: pays £100"),
        "P": ("both", "P: pays £90.50, gets £100"),
        "x": ("payee", "The x: gets £60"),
        "y": ("payee", "The y: gets £30.50"),
    }
    at = places(flows)
    assert at["H"][0] < at["P"][0] < at["x"][0]


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "£0"), (999_999, "£999,999"), (1_250_000, "£1.25 million"), (3e9, "£3 billion")]
)
def test_pounds_are_said_for_people(amount: float, said: str) -> None:
    assert say_pounds(amount) == said


def test_a_matrix_has_a_cell_for_each_seat_and_the_busiest_first() -> None:
    held = network(
        link("A", "x", SITS_ON, "member"),
        link("B", "x", SITS_ON, "chair"),
        link("B", "y", SITS_ON, "guest", Support()),
        link("B", "x", SITS_ON, "member, as one of the responsible authorities"),
    )
    matrix = matrix_of(held)
    assert [node.id for node in matrix.rows] == ["B", "A"] and [node.id for node in matrix.columns] == ["x", "y"]
    assert {key: sign_of(seats) for key, seats in matrix.cells.items()} == {
        ("A", "x"): "■",
        ("B", "x"): "◆",
        ("B", "y"): "□",
    }
    assert (
        roles_of(matrix.cells["B", "x"]) == "chair, member" and roles_of(matrix.cells["B", "y"]) == "guest (unchecked)"
    )


def test_a_matrix_page_is_a_table_with_the_law_of_each_role_and_no_script() -> None:
    page = to_matrix_page(network(link("<b>A</b>", "x", SITS_ON, "chair")))
    assert '<th scope="row">&lt;b&gt;A&lt;/b&gt;</th>' in page and "<script" not in page
    assert "https://www.legislation.gov.uk/ukpga/1998/901/section/5/1" in page and "script-src 'none'" not in page.replace("script-src 'none'", "")  # fmt: skip
    assert "script-src &#39;none&#39;" in page or "script-src 'none'" in page


@pytest.mark.parametrize("ending", ["html", "svg", "png", "graphml", "gexf"])
def test_a_matrix_is_the_same_file_twice(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        write_map(network(link("A", "x", SITS_ON, "chair"), picture="matrix"), str(tmp_path / f"{name}.{ending}"))
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
    if ending == "svg":
        assert "A SITS" in "".join(ElementTree.parse(tmp_path / "one.svg").getroot().itertext()).upper()


def test_a_matrix_is_no_slide(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no slide is large enough"):
        write_map(network(link("A", "x", SITS_ON, "chair"), picture="matrix"), str(tmp_path / "m.pptx"))


def test_the_invented_register_has_money_with_its_source(kg: KnowledgeGraph, tmp_path: Path) -> None:
    drawn = kg.map(str(tmp_path / "money.html"), area="Netherby", on="2015-06-01", picture="money")
    (flow,) = drawn.edges
    assert (
        flow.amount == 12500.5
        and flow.sentence == "£12,500.50 for lamps (Harbour Fund) from 1 April 2015 until 1 April 2016."
    )
    assert "£12,500.50" in (tmp_path / "money.html").read_text(encoding="utf-8")
    with pytest.raises(BadInput, match="No money is held for Netherby on 1 June 2025"):
        kg.map(str(tmp_path / "no.html"), area="Netherby", on="2025-06-01", picture="money")


def test_a_picture_that_there_is_not_is_refused_with_those_that_there_are(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="network, tree, money, matrix"):
        kg.map(str(tmp_path / "map.html"), area="Netherby", picture="pie")


@pytest.mark.parametrize("picture", ["matrix", "money"])
def test_no_rule_of_wcag_is_broken_by_other_pictures(
    browser: Any, kg: KnowledgeGraph, tmp_path: Path, picture: str
) -> None:
    path = tmp_path / "map.html"
    kg.map(str(path), area="Netherby", on="2015-06-01", picture=picture)
    browser.open(path.as_uri())
    assert browser.violations() == [] and browser.complaints() == [] and browser.requests() == [path.as_uri()]
    browser.size(320, 640)
    assert browser.run("return document.documentElement.scrollWidth") <= 320
    browser.size(0, 0)


def test_the_command_draws_a_timeline_of_a_place_and_of_nothing_else(store_folder: Path, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from dutygraph.cli import main

    asked = ["map", "--as", "timeline", "--store", str(store_folder), "-o", str(tmp_path / "t.svg")]
    done = CliRunner().invoke(main, [*asked, "--area", "Netherby"])
    assert done.exit_code == 0, done.output
    assert "Amberland Police Authority" in (tmp_path / "t.svg").read_text(encoding="utf-8")
    done = CliRunner().invoke(main, [*asked, "--act", "SPA 1998"])
    assert done.exit_code == 2 and "A timeline is of a place" in done.output
