"""Maps as files: one layout, drawn the same way every time, with every fact's law, and nothing that can break out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dutygraph.errors import BadInput, MissingExtra, StoreError, UnknownName
from dutygraph.graph.builds import fill
from dutygraph.graph.drawings import STROKES, STYLES, to_svg
from dutygraph.graph.groups import condense
from dutygraph.graph.layouts import Layout, lay_out, outline, text_width, wrap
from dutygraph.graph.maps import ENDINGS, write_map
from dutygraph.graph.networks import (
    MEMBER_OF_CLASS,
    PART_OF,
    SERVES,
    SITS_ON,
    Basis,
    Edge,
    Network,
    Node,
    Strip,
    Support,
    to_networkx,
    widen,
)
from dutygraph.graph.pages import policy_of, to_page
from dutygraph.graph.store import OxigraphStore
from dutygraph.graph.stories import place_story, read_story
from dutygraph.graph.twins import law_address
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.register import FOLDER

ACT = Basis("Safe Places Act 1998, s. 5(1)", "http://www.legislation.gov.uk/id/ukpga/1998/901/section/5/1")
SURE = Support((ACT,), "1998-09-30", None, checked="2026-01-31", evidence=("statute",))
UNSURE = Support(grade="C", evidence=("paper",), sources=("Board paper §2",))
HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&{{title}}\x00"
LANES = (Strip("law", "Law"), Strip("body", "Bodies"), Strip("partnership", "Partnerships"), Strip("place", "Places"))
BANDS = (Strip("county", "County"), Strip("district", "District"))


def small(label: str = "Netherby Borough Council") -> Network:
    nodes = (
        Node("class", "responsible authorities", "class", "class that the law names", "law", support=SURE),
        Node("council", label, "body", "district council", "body", "district", support=SURE),
        Node("post", "Chief Constable of Amberland Police", "post", "chief officer", "body", "county", support=UNSURE),
        Node(
            "csp",
            "Netherby Community Safety Partnership",
            "partnership",
            "CSP",
            "partnership",
            "district",
            support=SURE,
        ),
        Node("board", "Ambershire Board", "partnership", "board", "partnership", "county", support=SURE),
        Node("place", "Netherby", "area", "district", "place", "district"),
    )
    edges = (
        Edge(
            "council", "class", MEMBER_OF_CLASS, f"{label} is in the class.", areas=("Netherby", "Overby"), support=SURE
        ),
        Edge("council", "csp", SITS_ON, f"{label} sits on it as chair.", "chair", support=UNSURE),
        Edge("csp", "board", PART_OF, "It is part of the board.", support=SURE),
        Edge("council", "place", SERVES, "It serves Netherby.", support=SURE, quiet=True),
    )
    return Network(label, "2026-11-24", LANES, BANDS, nodes, edges, ("A note.",), "Who works together.")


@pytest.fixture(scope="module")
def real() -> KnowledgeGraph:
    return KnowledgeGraph(OxigraphStore(fill([FOLDER]), "memory"))


def overlapping(layout: Layout) -> list[tuple[str, str]]:
    return [
        (one.node.label, other.node.label)
        for one, other in combinations(layout.boxes, 2)
        if abs(one.x - other.x) < (one.width + other.width) / 2
        and abs(one.y - other.y) < (one.height + other.height) / 2
    ]


# Layout


def test_no_two_boxes_overlap_and_all_lie_on_the_map() -> None:
    layout = lay_out(small())
    assert overlapping(layout) == []
    for box in layout.boxes:
        assert box.x - box.width / 2 > 0 and box.x + box.width / 2 < layout.width
        assert box.y - box.height / 2 > 0 and box.y + box.height / 2 < layout.height


def test_labels_fit_their_boxes() -> None:
    for box in lay_out(small()).boxes:
        assert all(text_width(line) < box.width for line in box.lines)


def test_wider_tiers_stand_above_and_the_law_stands_on_one_side() -> None:
    boxes = {box.node.id: box for box in lay_out(small()).boxes}
    assert boxes["board"].y < boxes["csp"].y and boxes["post"].y < boxes["council"].y
    assert boxes["class"].x < boxes["council"].x < boxes["csp"].x < boxes["place"].x


def test_every_kind_has_a_shape_or_colour_of_its_own() -> None:
    assert len({(style.shape, style.stroke) for style in STYLES.values()}) == len(STYLES)
    assert len({style.shape for family, style in STYLES.items() if family != "words"}) == len(STYLES) - 1
    assert len({stroke.label for stroke in STROKES.values()}) == len(STROKES)


@pytest.mark.parametrize("shape", sorted({style.shape for style in STYLES.values()}))
def test_a_shape_stays_in_its_box(shape: str) -> None:
    assert all(abs(x) <= 100 and abs(y) <= 30 for x, y in outline(shape, 200, 60))


@pytest.mark.parametrize("text", ["", "a" * 500, "word " * 200, "Ŵyłk–", HOSTILE])
def test_any_label_is_wrapped_to_at_most_five_lines_that_fit(text: str) -> None:
    lines = wrap(text, 180)
    assert 1 <= len(lines) <= 5 and all(text_width(line) <= 180 for line in lines)


# Too much to be read


def many(count: int) -> Network:
    acts = [Basis(f"Act {number % 3}, s. {number}", "") for number in range(count)]
    classes = tuple(
        Node(f"c{number}", f"class {number}", "class", "class", "law", support=replace(SURE, basis=(act,)))
        for number, act in enumerate(acts)
    )
    edges = tuple(
        Edge("council", node.id, MEMBER_OF_CLASS, f"It is in {node.label}.", support=SURE) for node in classes
    )
    network = small()
    return replace(network, nodes=network.nodes + classes, edges=network.edges + edges)


def test_few_classes_stand_for_themselves() -> None:
    assert condense(many(10)) == many(10)


def test_many_classes_go_together_by_act_and_every_fact_is_still_said() -> None:
    network = many(40)
    drawn = condense(network)
    groups = [node for node in drawn.nodes if node.id.startswith("group ")]
    assert sorted(node.label for node in groups) == ["Act 0: 14 classes", "Act 1: 13 classes", "Act 2: 13 classes"]
    assert {name for node in groups for name, _law in node.facts} == {f"class {number}" for number in range(40)}
    said = {sentence for edge in drawn.edges for sentence in edge.sentence.split("\n")}
    assert said == {edge.sentence for edge in network.edges}


def test_two_facts_together_are_as_sure_as_the_weaker_and_as_long_as_both() -> None:
    one, other = replace(SURE, valid_until="2010-01-01"), replace(UNSURE, valid_from="1990-01-01", attested=True)
    both = widen(one, other)
    assert (both.valid_from, both.valid_until, both.attested) == ("1990-01-01", None, True)
    assert not both.checked and both.weak and both.basis == (ACT,)


# Files


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_map_is_the_same_file_byte_for_byte(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        write_map(small(), str(tmp_path / f"{name}.{ending}"))
    one, two = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("one", "two"))
    assert one and one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"one.{ending}", f"two.{ending}"]


@pytest.mark.parametrize("name", ["map.pdf", "map", "map.", ".html", "map.html.bak"])
def test_an_ending_that_names_no_form_is_refused_with_those_that_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="The ending must be one of: html, svg, png, graphml, gexf, pptx"):
        write_map(small(), str(tmp_path / name))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_map(small(), str(tmp_path / "absent" / "map.svg"))


def test_a_map_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "map.svg").mkdir()
    with pytest.raises(StoreError):
        write_map(small(), str(tmp_path / "map.svg"))
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


def test_without_pillow_a_picture_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(MissingExtra, match=r"dutygraph\[maps\]"):
        write_map(small(), str(tmp_path / "map.png"))
    assert not list(tmp_path.iterdir())


def test_svg_is_sound_and_says_law_and_doubt_of_each_thing() -> None:
    root = ElementTree.fromstring(to_svg(small(), lay_out(small())))
    titles = [item.text or "" for item in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any("Safe Places Act 1998, s. 5(1)" in title for title in titles)
    assert any("unchecked; weak evidence" in title for title in titles)
    assert any(item.get("stroke-dasharray") for item in root.iter())
    words = "".join(root.itertext())
    assert "As at 24 November 2026. Guidance, not legal advice." in words and "Open Government Licence" in words


def test_graphml_reads_back_with_law_dates_and_evidence(tmp_path: Path) -> None:
    import networkx

    write_map(small(), str(tmp_path / "map.graphml"))
    back = networkx.read_graphml(tmp_path / "map.graphml", force_multigraph=True)
    assert set(back) == {"class", "council", "post", "csp", "board", "place"} and back.number_of_edges() == 4
    (link,) = back.get_edge_data("council", "class").values()
    assert (link["law"], link["valid_from"], link["areas"]) == (
        "Safe Places Act 1998, s. 5(1)",
        "1998-09-30",
        "Netherby; Overby",
    )
    assert back.nodes["post"]["grade"] == "C" and to_networkx(small()).graph["as_at"] == "2026-11-24"


# The page


def test_the_page_has_language_title_headings_tables_and_footer() -> None:
    page = to_page(small())
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">') and "<title>Netherby Borough Council – map" in page
    assert page.count("<h1>") == 1 and page.count("<caption>") == page.count("<table>") == 9
    for words in ("Guidance, not legal advice.", "Open Government Licence v3.0", "24 November 2026", "A note."):
        assert words in page
    assert '<a href="https://www.legislation.gov.uk/ukpga/1998/901/section/5/1"' in page
    assert "unchecked; weak evidence: inferred, a lead only" in page


def test_the_page_loads_nothing_and_forbids_itself_to() -> None:
    page = to_page(small())
    policy = page.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.startswith("default-src 'none'; img-src data:; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy
    assert "<script src" not in page and "@import" not in page and 'rel="stylesheet"' not in page
    assert "sourceMappingURL" not in page


def test_a_server_can_send_the_policy_of_a_page_or_its_own_nonce() -> None:
    plain, nonced = to_page(small()), to_page(small(), nonce="r4nd0m")
    assert policy_of(plain).startswith("default-src 'none'") and "nonce" not in policy_of(plain)
    assert "script-src 'nonce-r4nd0m'; style-src 'nonce-r4nd0m'" in policy_of(nonced)
    assert nonced.count(' nonce="r4nd0m"') == 3 and "sha256-" not in nonced


def test_hostile_names_stay_names_in_every_form() -> None:
    page = to_page(small(HOSTILE))
    data = page.partition('id="data">')[2]
    assert "<script>alert" not in page and "<img" not in page
    assert "<" not in data[: data.index("</script>")]
    assert page.count("</script>") == 2
    ElementTree.fromstring(to_svg(small(HOSTILE), lay_out(small(HOSTILE))))


@pytest.mark.parametrize("ending", ENDINGS)
def test_hostile_names_can_be_written(tmp_path: Path, ending: str) -> None:
    write_map(small(HOSTILE), str(tmp_path / f"map.{ending}"))
    if ending in ("svg", "graphml"):
        ElementTree.parse(tmp_path / f"map.{ending}")


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "https://example.org/x",
        'http://www.legislation.gov.uk/id/"onclick=x',
        "http://www.legislation.gov.uk/id/",
    ],
)
def test_only_legislation_is_linked(iri: str) -> None:
    assert law_address(iri) is None


# The invented and the real register


def test_a_body_in_a_class_for_many_areas_has_one_line_with_the_list(kg: KnowledgeGraph, tmp_path: Path) -> None:
    network = kg.map(str(tmp_path / "map.svg"), area="Ambershire", on="2005-06-01")
    labels = {node.id: node.label for node in network.nodes}
    lines = [
        edge
        for edge in network.edges
        if (labels[edge.source], labels[edge.target]) == ("Ambershire County Council", "responsible authorities")
    ]
    (line,) = lines
    assert len(line.areas) > 1 and line.support.basis and line.support.valid_from


def test_what_was_not_there_on_the_day_is_not_drawn(kg: KnowledgeGraph, tmp_path: Path) -> None:
    def drawn(on: str) -> set[str]:
        return {node.label for node in kg.map(str(tmp_path / "map.svg"), area="Netherby", on=on).nodes}

    assert "Amberland Police Authority" in drawn("2005-06-01")
    assert "Amberland Police Authority" not in drawn("2015-01-01")
    assert "Police and Crime Commissioner for Amberland" not in drawn("2005-06-01")


@pytest.mark.parametrize("question", [{}, {"area": "Netherby", "act": "Safe Places Act 1998"}])
def test_a_map_is_of_exactly_one_thing(kg: KnowledgeGraph, tmp_path: Path, question: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="one thing"):
        kg.map(str(tmp_path / "map.svg"), **question)  # type: ignore[arg-type]


def test_a_place_that_is_not_held_is_unknown_and_nothing_is_written(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        kg.map(str(tmp_path / "map.html"), area="Atlantis")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("question", "families"),
    [
        ({"area": "Warwickshire"}, {"class", "body", "post", "partnership", "area"}),
        ({"partnership": "Rugby CSP"}, {"class", "body", "partnership"}),
        ({"act": "Police, Crime, Sentencing and Courts Act 2022"}, {"class", "duty"}),
        ({"holder": "Chief Constable of Warwickshire Police"}, {"class", "post", "duty", "power"}),
    ],
    ids=["area", "partnership", "act", "holder"],
)
def test_the_real_register_gives_a_map_without_overlaps(
    real: KnowledgeGraph, tmp_path: Path, question: dict[str, str], families: set[str]
) -> None:
    network = real.map(str(tmp_path / "map.html"), on="2026-11-01", **question)  # type: ignore[arg-type]
    assert families <= {node.family for node in network.nodes}
    drawn = condense(network)
    assert overlapping(lay_out(drawn)) == []
    ends = {node.id for node in drawn.nodes}
    assert all({edge.source, edge.target} <= ends for edge in drawn.edges)
    assert all(edge.sentence for edge in network.edges)


def test_the_real_map_of_a_county_is_the_same_file_twice(real: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        real.map(str(tmp_path / name), area="Warwickshire", on="2026-11-01")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    ("story", "question"),
    [
        ("community-safety-partnership", {}),
        ("community-safety-partnership", {"partnership": "South Warwickshire CSP"}),
        ("serious-violence-duty", {}),
        ("serious-violence-duty", {"area": "Warwickshire"}),
        ("serious-violence-duty", {"area": "Birmingham"}),
    ],
)
def test_the_stories_that_come_with_dutygraph_are_told_of_several_places(
    real: KnowledgeGraph, tmp_path: Path, story: str, question: dict[str, str]
) -> None:
    network = real.map(str(tmp_path / "map.html"), on="2026-11-01", story=story, **question)  # type: ignore[arg-type]
    placed = place_story(read_story(story), network)
    assert len(placed.steps) == 6 and all(step.text for step in placed.steps)
    assert all(step.law for step in placed.steps[:2])
    for step in placed.steps:
        drawn = lay_out(step.network_of(network)) if step.shown else None
        assert drawn is None or (overlapping(drawn) == [] and len(drawn.boxes) >= 3)


def test_reading_imports_no_drawing_library() -> None:
    code = (
        "import sys, dutygraph.cli, dutygraph.knowledge, dutygraph.graph.maps, dutygraph.queries.maps; "
        "print([name for name in ('pyvis', 'networkx', 'PIL', 'IPython', 'rdflib') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
