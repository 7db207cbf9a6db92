"""Papers become layers of the graph: passages that can be found again, mentions that guess nothing, candidates."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from dutygraph.errors import BadInput
from dutygraph.loaders.papers.abbreviations import find_abbreviations
from dutygraph.loaders.papers.mentions import find_mentions
from dutygraph.loaders.papers.model import Line, Paper
from dutygraph.loaders.papers.passages import make_passages
from dutygraph.ontology.namespaces import DG, OA, RDF
from dutygraph.papers import read_papers

TEXT = """Report of the commissioner

1. Key legislation

The Police and Crime Commissioner (PCC) for Warwickshire and the Safer Warwickshire Partnership Board (SWPB) met on 5 May 2023.
The PCC has awarded £12,000 to Rugby CSP. The Crime and Disorder Act 1998, section 6 requires CSPs to formulate a strategy.
"""


def paper(*lines: str) -> Paper:
    return Paper("x.txt", tuple(make_passages([Line(line) for line in lines])))


def test_a_name_is_linked_with_its_reason() -> None:
    read = paper("The Safer Warwickshire Partnership Board (SWPB) met. SWPB agreed.")
    found = find_mentions(read, tuple(find_abbreviations(read)), "Warwickshire")
    named = [mention for mention in found if mention.links]
    assert {link.iri.rsplit("/", 1)[1] for mention in named for link in mention.links} == {
        "safer-warwickshire-partnership-board"
    }
    assert named[0].links[0].reason == "its name in the register"
    assert "the paper says that SWPB is" in named[-1].links[0].reason


def test_an_ambiguous_name_stays_ambiguous_until_the_area_tells() -> None:
    read = paper("The OPCC agreed.")
    (unclear,) = [mention for mention in find_mentions(read) if mention.text == "OPCC"]
    assert len(unclear.links) > 1 and all("things are called so" in link.reason for link in unclear.links)
    (clear,) = [mention for mention in find_mentions(read, (), "West Mercia") if mention.text == "OPCC"]
    assert len(clear.links) == 1 and "the one of West Mercia" in clear.links[0].reason


def test_legislation_money_and_dates_are_mentions() -> None:
    found = find_mentions(paper("Under section 6 of the Crime and Disorder Act 1998, £1.5m was paid on 5 May 2023."))
    kinds = {mention.kind: mention for mention in found}
    assert kinds["legislation"].links[0].iri.endswith("ukpga/1998/37/section/6")
    assert kinds["money"].text == "£1.5m" and kinds["date"].value == "2023-05-05"


@pytest.fixture
def loaded(tmp_path: Path) -> Store:
    path = tmp_path / "900 report.txt"
    path.write_text(TEXT, encoding="utf-8")
    (loading,) = read_papers([path])
    assert loading.name == "paper-900-report" and "candidate statements" in loading.notes()[0]
    store = Store()
    store.extend(loading.statements)
    assert {str(quad.graph_name.value) for quad in store} == {loading.graph}
    return store


def test_each_quotation_of_a_selector_stands_in_the_text_at_its_position(loaded: Store, tmp_path: Path) -> None:
    exact = [str(quad.object.value) for quad in loaded.quads_for_pattern(None, NamedNode(OA + "exact"), None)]
    text = " ".join(TEXT.split())
    assert exact and all(" ".join(words.split()) in text for words in exact)


def test_a_candidate_says_where_it_was_read_and_asserts_nothing(loaded: Store) -> None:
    answers = list(
        loaded.query(
            f"""SELECT ?name ?object ?quote ?locator WHERE {{ GRAPH ?g {{
            ?s a <{DG}CandidateStatement> ; <{DG}statementKind> "funding" ; <{DG}subjectName> ?name ; <{DG}objectName> ?object ;
               <{OA}exact> ?quote ; <{DG}evidence> <{DG}RuleExtracted> ;
               <http://www.w3.org/ns/prov#wasDerivedFrom> ?p . ?p a <{DG}Passage> ; <{DG}locator> ?locator }} }}"""
        )
    )
    assert [(row["object"].value, row["locator"].value) for row in answers] == [
        ("Rugby Community Safety Partnership", "1")
    ]
    awards = list(loaded.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(DG + "FundingAward")))
    assert awards == []


def test_two_papers_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(BadInput, match="would be called paper-report"):
        read_papers([tmp_path / "a", tmp_path / "b"])
