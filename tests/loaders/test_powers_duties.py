"""Each known defect of the national extract is handled and counted; an extract is loaded whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions

from dutygraph.cli import main
from dutygraph.errors import BadInput
from dutygraph.graph.builds import build
from dutygraph.graph.current import read_build
from dutygraph.graph.extracts import ExtractWriter
from dutygraph.knowledge import load_into, open_graph, rebuild
from dutygraph.loaders.defects import Report
from dutygraph.loaders.powers_duties import COLUMNS, DEFECTS, Norm, Reader, find_members, new_report
from dutygraph.loaders.seen import Seen

LEG = "http://www.legislation.gov.uk/id/"
ACT = f"{LEG}ukpga/2004/34"
GRAPH = "https://w3id.org/dutygraph/graph/powers-duties"


def row(number: int | str = 1, **values: str) -> list[str]:
    """One row of an invented Act; what is given differs from the usual."""
    usual = {
        "dutyTempId": str(number),
        "duty_uri": f"{LEG}duties/ukpga/2004/34/2026-01-23/duty/{number:0>4}",
        "enactment": ACT,
        "enactmentTitle": "Harbour Act 2004",
        "enactmentYear": "2004",
        "enactmentType": "ukpga",
        "enactmentNum": "34",
        "section": f"{ACT}/section/{number}",
        "actor": "harbour board",
        "modality": "duty",
        "action": f"light lamp {number}",
        "inference": "explicit",
        "priority": "primary",
    }
    return [(usual | values).get(name, "") for name in COLUMNS]


def write(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def read(tmp_path: Path, *rows: Sequence[str]) -> tuple[list[Norm], Report]:
    members = find_members([write(tmp_path / "part.csv", rows)])
    report = new_report(members)
    return list(Reader(members, report).norms()), report


def test_a_row_becomes_a_norm_with_the_day_of_its_address(tmp_path: Path) -> None:
    [norm], report = read(tmp_path, row(7, subsection="2|3", condition="at night", inference="implicit"))
    assert norm.iri == f"{LEG}duties/ukpga/2004/34/2026-01-23/duty/0007" and norm.as_at == "2026-01-23"
    assert norm.provisions == (f"{ACT}/section/7/2", f"{ACT}/section/7/3")
    assert (norm.kind, norm.actor, norm.condition, norm.implicit) == ("duty", "harbour board", "at night", True)
    assert report.found == {} and report.counts == {"files": 1, "rows": 1, "duties": 1, "powers": 0}


def test_rows_of_one_duty_are_one_norm_with_all_aliases(tmp_path: Path) -> None:
    rows = [row(1, actorIsAlias=name, body_uri=f"{LEG}organisation/{n}") for n, name in enumerate(("port", "pier"))]
    [norm, _second], report = read(tmp_path, *rows, row(2))
    assert norm.aliases == ("port", "pier") and norm.bodies == (f"{LEG}organisation/0", f"{LEG}organisation/1")
    assert report.found == {"alias": 1} and report.samples["alias"][0]["line"] == 3


def test_an_alias_row_far_from_its_duty_makes_no_second_norm(tmp_path: Path) -> None:
    norms, report = read(tmp_path, row(1), row(2), row(1, actorIsAlias="pier"))
    assert len(norms) == 2 and report.found == {"scattered": 1}


def test_an_address_used_again_is_one_norm_if_the_content_is_the_same_and_two_if_not(tmp_path: Path) -> None:
    address = row(1)[1]
    same = row(5, duty_uri=address, section=f"{ACT}/section/1", action="light lamp 1")
    norms, report = read(tmp_path, row(1), same, row(6, duty_uri=address))
    assert [norm.iri for norm in norms] == [address, f"{address}#6"]
    assert report.found == {"repeated": 1, "reused": 1}


@pytest.mark.parametrize("modality", ["duty|power", "power and duty"])
def test_a_provision_that_is_both_power_and_duty_is_two_norms(tmp_path: Path, modality: str) -> None:
    norms, report = read(tmp_path, row(1, modality=modality))
    assert [(norm.kind, norm.iri.partition("#")[2]) for norm in norms] == [("duty", ""), ("power", "power")]
    assert report.found == {"both": 1} and report.counts["powers"] == 1


def test_a_missing_modality_is_taken_from_the_address_and_a_placeholder_is_left_out(tmp_path: Path) -> None:
    power = row(1, duty_uri=f"{LEG}duties/ukpga/2004/34/2026-01-23/power/0001", modality="Missing")
    empty = row(2, modality="Missing", action="Missing", inference="Missing", priority="Missing")
    norms, report = read(tmp_path, power, empty)
    assert [norm.kind for norm in norms] == ["power"]
    assert report.found == {"modality": 1, "placeholder": 1}


def test_duties_and_obligations_are_both_addresses(tmp_path: Path) -> None:
    address = f"{LEG}obligations/ukpga/2004/34/2026-03-24/duty/0001"
    [norm], report = read(tmp_path, row(1, duty_uri=address))
    assert norm.iri == address and norm.as_at == "2026-03-24" and report.found == {"obligations": 1}


@pytest.mark.parametrize(("code", "name"), [("eudr", "EuropeanUnionDirective"), ("asp", "ScottishAct")])
def test_a_type_that_is_spelled_out_is_the_code_of_the_address(tmp_path: Path, code: str, name: str) -> None:
    [norm], report = read(tmp_path, row(1, enactment=f"{LEG}{code}/2004/34", enactmentType=name, section=""))
    assert norm.enactment.type == code and report.found == {"type": 1, "section": 1}
    assert norm.provisions == (f"{LEG}{code}/2004/34",)


def test_a_year_by_reign_is_the_year_of_the_title(tmp_path: Path) -> None:
    act = f"{LEG}ukpga/Vict/52-53/39"
    values = {"enactment": act, "enactmentYear": "Vict/52-53", "enactmentTitle": "Judicial Lamps (Scotland) Act 1889"}
    [norm], report = read(tmp_path, row(1, **values, section=f"{act}/section/7"))
    assert (norm.enactment.year, norm.enactment.iri) == ("1889", act) and report.found == {"regnal": 1}


def test_a_line_break_in_quotes_is_a_space_and_lines_are_those_of_the_file(tmp_path: Path) -> None:
    norms, report = read(tmp_path, row(1, action="light\nthe lamp"), row(2, modality="odd"))
    assert norms[0].action == "light the lamp"
    assert report.samples["break"][0]["line"] == 2 and report.samples["modality"][0]["line"] == 4


@pytest.mark.parametrize("address", ["", "not an address", f"{LEG}duties/<script>/2026-01-23/duty/1", "urn:x:1"])
def test_an_address_that_is_none_is_replaced(tmp_path: Path, address: str) -> None:
    [norm], report = read(tmp_path, row(9, duty_uri=address))
    assert norm.iri == "https://w3id.org/dutygraph/id/norm/powers-duties-9" and report.found == {"address": 1}


def test_an_address_without_a_date_gives_no_date(tmp_path: Path) -> None:
    [norm], report = read(tmp_path, row(1, duty_uri=f"{LEG}duties/ukpga/2004/34/duty/0001"))
    assert norm.as_at == "" and report.found == {"date": 1}


def test_what_else_is_wrong_is_counted(tmp_path: Path) -> None:
    bad = row(1, inference="perhaps", priority="", actorIsBody="Harbour Board")
    [norm], report = read(tmp_path, bad, ["1", "too short"])
    assert norm.aliases == ("Harbour Board",)
    assert report.found == {"inference": 1, "priority": 1, "body": 1, "columns": 1}


def test_the_header_may_have_another_order_but_no_column_missing(tmp_path: Path) -> None:
    turned = write(tmp_path / "turned.csv", [row(1)[::-1]], COLUMNS[::-1])
    [norm] = Reader(find_members([turned]), Report("", DEFECTS)).norms()
    assert norm.action == "light lamp 1"
    with pytest.raises(BadInput, match=r"short\.csv, line 1: the header has no column action"):
        short = write(tmp_path / "short.csv", [], [name for name in COLUMNS if name != "action"])
        list(Reader(find_members([short]), Report("", DEFECTS)).norms())


def test_folders_and_archives_are_read_as_their_files(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    write(tmp_path / "extract" / "a.csv", [row(1)])
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, row(2)])
        archive.writestr("b.csv", text.getvalue())
    members = find_members([tmp_path / "extract", tmp_path / "more.zip"])
    assert [norm.action for norm in Reader(members, new_report(members)).norms()] == ["light lamp 1", "light lamp 2"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="no CSV file"):
        find_members([tmp_path / "empty"])


def test_checking_counts_what_reading_counts(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(1, actorIsAlias="pier"),
        row(2, modality="duty|power"),
        row(3, action=""),
        row(4, inference="x"),
    ]
    _norms, report = read(tmp_path, *rows)
    members = find_members([tmp_path / "part.csv"])
    checked = new_report(members)
    Reader(members, checked).check()
    assert checked.to_dict() == report.to_dict()


def test_the_report_says_what_its_publisher_can_do(tmp_path: Path) -> None:
    path = write(tmp_path / "part.csv", [row(1, modality="duty|power", action="say a|b")])
    result = CliRunner().invoke(main, ["load", "powers-duties", str(path), "--check", "--format", "md"])
    assert "| part.csv | 2 | 1 | duty\\|power |" in result.stdout and "--check --format md" in result.stdout
    data = json.loads(
        CliRunner().invoke(main, ["load", "powers-duties", str(path), "--check", "--format", "json"]).stdout
    )
    assert {item["code"]: item["count"] for item in data["defects"]}["both"] == 1


def test_seen_finds_every_repeat_however_many_there_are() -> None:
    seen = Seen()
    assert [seen.see(str(n)) for n in range(60_000)].count(Seen.NEW) == 60_000
    assert all(seen.see(str(n)) == Seen.SAME for n in range(0, 60_000, 7))


# In the graph


@pytest.fixture
def graph(tmp_path: Path, small_builds: Path) -> Path:
    """A graph folder with an extract of three norms in it."""
    build(tmp_path / "graph")
    rows = [
        row(2, actorIsAlias="port", condition='if "dark" \\ or not'),
        row(10, modality="power", priority="secondary"),
        row(1, enactment=f"{LEG}ukpga/2005/1", enactmentTitle="Other Act 2005", section=f"{LEG}ukpga/2005/1/section/3"),
    ]
    load_into(tmp_path / "graph", "powers-duties", [str(write(tmp_path / "part.csv", rows))])
    return tmp_path / "graph"


def ask(folder: Path, where: str) -> list[list[str]]:
    prefixes = "PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    prefixes += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX eli: <http://data.europa.eu/eli/ontology#> "
    rows = open_graph(folder).query(f"{prefixes} SELECT * {{ GRAPH <{GRAPH}> {{ {where} }} }}")
    assert isinstance(rows, QuerySolutions)
    return [[term.value for term in solution if term is not None] for solution in rows]


def test_a_norm_says_its_evidence_and_the_day_it_was_true(graph: Path) -> None:
    assert len(ask(graph, "?n dg:evidence dg:ModelExtracted ; dg:asAt ?day ; dg:action ?a ; dg:holder ?h")) == 3
    assert len(ask(graph, "?n a dg:Duty")) == 2 and len(ask(graph, "?n a dg:Power ; dg:secondary true")) == 1
    assert ask(graph, "SELECT ?c { ?n dg:condition ?c }")[0] == ['if "dark" \\ or not']


def test_the_same_words_in_two_acts_are_two_actors(graph: Path) -> None:
    actors = ask(graph, 'SELECT ?a { ?a a dg:NamedActor ; rdfs:label "harbour board" }')
    assert len(actors) == 2
    assert ask(graph, '?a skos:altLabel "port"') == [
        ["https://w3id.org/dutygraph/id/actor/ukpga-2004-34-harbour-board"]
    ]


def test_the_layer_counts_its_statements_and_says_what_was_read(graph: Path) -> None:
    held = read_build(graph)
    assert held is not None and held.layers[-1].notes[:2] == ("files: 1", "rows: 3")
    counted = open_graph(graph).query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert [row[0].value for row in counted] == [str(held.quads)]  # type: ignore[index, union-attr]


def test_what_was_extracted_is_found_by_words_and_an_act_by_name(graph: Path) -> None:
    kg = open_graph(graph)
    hit = next(iter(kg.search("lighting lamp 10", on="2026-01-01")))
    assert (hit["kind"], hit["label"], hit["law"]) == ("power", "harbour board", "Harbour Act 2004, s. 10")
    assert kg.act("Harbour Act 2004", "2026-01-01").verdict is not None


def test_answers_on_the_register_are_as_they_were(graph: Path) -> None:
    before, after = open_graph(graph), rebuild(graph)
    assert after[0].layers[-1].name == "powers-duties"
    for kg in (before, open_graph(graph)):
        assert len(kg.members("responsible authorities", "Netherby", "2005-06-01")) == 5
        assert all(row["evidence"] != "ModelExtracted" for row in kg.who("plan", on="2015-06-01"))


def test_an_extract_that_breaks_off_leaves_the_graph_as_it_was(graph: Path, tmp_path: Path) -> None:
    held = read_build(graph)
    (tmp_path / "more").mkdir()
    write(tmp_path / "more" / "a.csv", [row(5)])
    (tmp_path / "more" / "b.csv").write_text("dutyTempId,nothing\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"b\.csv, line 1"):
        load_into(graph, "powers-duties", [str(tmp_path / "more")])
    assert read_build(graph) == held and len(ask(graph, "?n dg:asAt ?day")) == 3


def test_no_text_of_a_source_can_break_out_of_its_quotes(tmp_path: Path) -> None:
    nasty = 'a" . <urn:x> <urn:y> <urn:z> . \\ \t " ü 𝄞'
    members = find_members([write(tmp_path / "part.csv", [row(1, action=nasty, actor=nasty, actorDefinition=nasty)])])
    out = io.BytesIO()
    writer = ExtractWriter(out, None)
    writer.write(Reader(members, new_report(members)).norms())
    from pyoxigraph import RdfFormat, parse

    quads = list(parse(out.getvalue(), RdfFormat.TURTLE))
    assert len(quads) == writer.statements and not any(q.subject.value == "urn:x" for q in quads)  # type: ignore[union-attr]
    assert {" ".join(nasty.split())} <= {q.object.value for q in quads}  # type: ignore[union-attr]


def test_the_counts_of_an_index_are_those_of_its_norms(tmp_path: Path) -> None:
    other = {"enactment": f"{LEG}uksi/2009/942", "enactmentTitle": "Lamp Order 2009", "enactmentType": "uksi"}
    rows = [
        row(1),
        row(2, modality="power and duty"),
        row(3, actor="harbour master"),
        row(4, **other),
        row(5, **other, modality="power"),
        row(6, action="Missing"),
        row(7),  # of an enactment that was left and comes again
    ]
    members = find_members([write(tmp_path / "part.csv", rows)])
    writer = ExtractWriter(io.BytesIO(), tmp_path / "index.sqlite")
    writer.write(Reader(members, new_report(members)).norms())
    writer.finish()
    index = sqlite3.connect(tmp_path / "index.sqlite")
    held = "SELECT enactment, actor, COUNT(*) FROM norm WHERE kind > 0 GROUP BY 1, 2 ORDER BY 1, 2"
    parts = index.execute(held).fetchall()
    assert len(parts) == 3 and sum(count for *_, count in parts) == 7
    assert index.execute("SELECT enactment, actor, norms FROM part ORDER BY 1, 2").fetchall() == parts
    assert index.execute("SELECT kind, type, norms FROM tally ORDER BY 2, 1").fetchall() == [
        ("duty", "ukpga", 4),
        ("power", "ukpga", 1),
        ("duty", "uksi", 1),
        ("power", "uksi", 1),
    ]
    index.close()
