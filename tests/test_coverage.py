"""The register against an Act's text, both ways: what is missing, what is not in the text, what changed since its check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from dutygraph.cli import main
from dutygraph.coverage import coverage, find_document, held_norms
from dutygraph.graph.store import OxigraphStore
from dutygraph.loaders.clml.model import Document, Provision, Words
from dutygraph.loaders.clml.reader import read_document

ACT = "http://www.legislation.gov.uk/id/ukpga/2999/7"
FILE = Path(__file__).parent / "loaders" / "clml" / "files" / "small_act.xml"


def section(path: str, text: str, start: str = "2999-01-05", status: str = "") -> Provision:
    return Provision(
        f"{ACT}/{path}", path, "section", "P1", start=start, status=status, content=(Words(text),)  # type: ignore[arg-type]
    )  # fmt: skip


TEXT = Document(
    iri=ACT,
    title="Lanterns Act 2999",
    valid_on="2999-06-01",
    provisions=(
        section("section/1", "The council must keep a register of lanterns."),
        section("section/2", "The council must publish a plan.", start="2999-05-01"),
        section("section/3", "The council may charge a fee."),
        section("section/4", ". . . .", status="repealed"),
    ),
)


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    """A register with a norm that agrees, one that changed, one of another kind, one repealed, one ended, one extracted."""
    made = Store()
    rows = [
        ("keep", "Duty", "section/1", "dg:checkedOn '2999-02-01'"),
        ("publish", "Duty", "section/2", "dg:checkedOn '2999-02-01'"),
        ("charge", "Duty", "section/3", "dg:checkedOn '2999-02-01'"),
        ("report", "Duty", "section/4", "dg:checkedOn '2999-02-01'"),
        ("old", "Power", "section/3", "dg:validUntil '2999-01-09'"),
        ("guess", "Power", "section/3", "dg:evidence dg:RuleExtracted"),
        ("elsewhere", "Power", "../70/section/3", "dg:grade 'A'"),
    ]
    for name, kind, place, more in rows:
        made.update(
            "PREFIX dg: <https://w3id.org/dutygraph/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            f"INSERT DATA {{ GRAPH <https://w3id.org/dutygraph/graph/register> {{ <https://w3id.org/dutygraph/id/norm/{name}> "
            f"a dg:{kind} ; rdfs:label '{name}' ; dg:basis <{ACT.replace('/7', '/70') if '..' in place else ACT}/{place.replace('../70/', '')}> ; {more} }} }}"
        )
    return OxigraphStore(made, "memory")


def findings(store: OxigraphStore, on: date | None = None) -> set[tuple[str, str, str]]:
    return {(row["finding"], row["provision"]["citation"], row["kind"]) for row in coverage(store, TEXT, on)}


def test_both_ways(store: OxigraphStore) -> None:
    assert findings(store) == {
        ("agreed", "s. 1", "duty"),
        ("changed", "s. 2", "duty"),
        ("unmatched", "s. 3", "duty"),
        ("missing", "s. 3", "power"),
        ("unmatched", "s. 4", "duty"),
    }


def test_a_norm_that_held_on_that_day_counts(store: OxigraphStore) -> None:
    assert ("agreed", "s. 3", "power") in findings(store, date(2999, 1, 6))
    assert ("missing", "s. 3", "power") in findings(store, date(2999, 1, 9))


def test_what_changed_says_since_when(store: OxigraphStore) -> None:
    (changed,) = [row for row in coverage(store, TEXT) if row["finding"] == "changed"]
    assert changed["because"] == "its text is of 2999-05-01, the check of 2999-02-01"


def test_extracted_norms_and_those_of_another_act_are_no_register(store: OxigraphStore) -> None:
    assert {norm.label for norm in held_norms(store, ACT)} == {"keep", "publish", "charge", "report", "old"}


def test_the_fullest_text_of_the_instrument_is_taken(tmp_path: Path) -> None:
    whole = FILE.read_text(encoding="utf-8")
    (tmp_path / "whole.xml").write_text(whole, encoding="utf-8")
    (tmp_path / "other.xml").write_text(whole.replace("/2999/7", "/2999/8"), encoding="utf-8")
    found = find_document("ukpga/2999/7", [tmp_path])
    assert found.iri == ACT and len(list(found.walk())) == len(list(read_document(FILE).walk()))


def test_the_command_prints_what_is_missing(store_folder: Path) -> None:
    done = CliRunner().invoke(
        main, ["coverage", "ukpga/2999/7", "--file", str(FILE), "--store", str(store_folder), "--only", "missing"]
    )
    assert done.exit_code == 0, done.output
    assert "missing" in done.output and "light it" in done.output
    done = CliRunner().invoke(main, ["coverage", "lanterns", "--store", str(store_folder)])
    assert done.exit_code == 1 and "type, year and number" in done.output
