"""What a document says as quads: structure, versions, links, notes, commencements, other enactments' text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, Store

from dutygraph.loaders.clml.model import Note
from dutygraph.loaders.clml.notes import commencements_of
from dutygraph.loaders.clml.quads import document_quads
from dutygraph.loaders.clml.reader import read_document
from dutygraph.ontology.namespaces import sparql_prefixes

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[4] / "shared" / "clml"
ACT = "http://www.legislation.gov.uk/id/ukpga/2999/7"
GRAPH = "https://w3id.org/dutygraph/graph/legislation"


def quads(path: Path) -> list[Quad]:
    return list(document_quads(read_document(path), GRAPH))


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(quads(FILES / "small_act.xml"))
    return made


def rows(store: Store, pattern: str) -> list[tuple[str, ...]]:
    solutions = store.query(f"{sparql_prefixes()} SELECT * {pattern}", use_default_graph_as_union=True)
    return sorted(tuple("" if term is None else term.value for term in row) for row in solutions)  # type: ignore[union-attr]


def values(store: Store, subject: str, predicate: str) -> set[str]:
    return {row[0] for row in rows(store, f"{{ <{subject}> {predicate} ?value }}")}


def test_the_instrument_is_an_eli_resource_with_title_and_date(store: Store) -> None:
    assert values(store, ACT, "a") == {"http://data.europa.eu/eli/ontology#LegalResource"}
    assert values(store, ACT, "eli:title|rdfs:label") == {"Lanterns Act 2999"}
    assert values(store, ACT, "eli:date_document") == {"2999-01-05"}


def test_each_provision_is_part_of_what_it_stands_in(store: Store) -> None:
    assert values(store, f"{ACT}/section/1/1/a", "eli:is_part_of") == {f"{ACT}/section/1/1"}
    assert values(store, f"{ACT}/section/1", "eli:is_part_of") == {f"{ACT}/part/1"}
    assert values(store, f"{ACT}/schedule/1/paragraph/1", "eli:is_part_of") == {f"{ACT}/schedule/1"}
    assert values(store, f"{ACT}/section/1/1/a", "rdfs:label") == {"Lanterns Act 2999, s. 1(1)(a)"}


def test_what_is_read_in_an_act_has_the_act_for_evidence(store: Store) -> None:
    assert values(store, f"{ACT}/section/1/1/a", "dg:evidence") == {"https://w3id.org/dutygraph/def#Statute"}


def test_dates_and_extent_belong_to_a_version_of_the_text(store: Store) -> None:
    version = "http://www.legislation.gov.uk/ukpga/2999/7/section/1/1/b/2999-01-05"
    assert values(store, version, "eli:realizes") == {f"{ACT}/section/1/1/b"}
    assert values(store, version, "dg:validFrom") == {"2999-01-05"}
    assert values(store, version, "dg:validUntil") == {"2999-02-01"}
    assert values(store, version, "dg:extent") == {"W"}
    assert values(store, version, "dg:text") == {"keep a wick,"}
    assert not values(store, f"{ACT}/section/1/1/b", "dg:validFrom|dg:extent")


@pytest.mark.parametrize(
    ("address", "status", "extent"),
    [
        ("section/2/prospective", "prospective", ""),
        ("section/3/2999-04-01", "repealed", ""),
        ("section/4/2999-04-01", "repealed", "W"),
    ],
)
def test_what_does_not_stand_is_marked(store: Store, address: str, status: str, extent: str) -> None:
    version = f"http://www.legislation.gov.uk/ukpga/2999/7/{address}"
    assert values(store, version, "dg:textStatus") == {status}
    assert values(store, version, "dg:textStatusExtent") == ({extent} if extent else set())


def test_citations_are_links(store: Store) -> None:
    assert values(store, f"{ACT}/section/1/1", "eli:cites") == {"http://www.legislation.gov.uk/id/ukpga/2998/3"}


def test_a_textual_amendment_links_to_what_made_it(store: Store) -> None:
    assert values(store, f"{ACT}/section/1/1", "eli:amended_by") == {
        "http://www.legislation.gov.uk/id/ukpga/2998/3/section/9"
    }


def test_notes_are_typed_and_commencements_are_read_from_them(store: Store) -> None:
    kinds = {row[0] for row in rows(store, f"{{ <{ACT}/section/1> dg:note/dg:noteKind ?kind }}")}
    assert kinds == {"F", "I"}
    found = rows(
        store,
        f"{{ ?start dg:commences <{ACT}/section/1> ; dg:validFrom ?day ; dg:extent ?extent ; dg:broughtInBy ?by ; prov:wasDerivedFrom ?note }}",
    )
    ((_by, *_rest),) = found
    assert {"2999-02-01", "W", "http://www.legislation.gov.uk/id/wsi/2999/11/article/2"} <= set(found[0])


def test_text_for_another_act_belongs_to_that_act(store: Store) -> None:
    ((*found,),) = rows(
        store, "{ ?text a dg:InsertedText ; dg:insertedBy ?by ; dg:insertedInto ?into ; dg:text ?words }"
    )
    assert f"{ACT}/section/1/2" in found
    assert any("trim the wick" in each for each in found)
    assert not rows(store, "{ ?version a eli:LegalExpression ; dg:text ?words FILTER(CONTAINS(?words, 'trim')) }")


def test_loading_twice_says_nothing_new() -> None:
    first, second = quads(FILES / "small_act.xml"), quads(FILES / "small_act.xml")
    assert set(first) == set(second)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside this checkout")
def test_a_cut_of_an_act_adds_no_provision_version_or_note_to_the_whole() -> None:
    whole, cut = (set(quads(SHARED / f"{name}.xml")) for name in ("ukpga-2004-34-revised-data", "housing_act_sample"))
    assert {quad.subject for quad in cut} <= {quad.subject for quad in whole}
    dated = {quad for quad in cut if quad.predicate.value.endswith(("validFrom", "is_part_of", "#text", "noteKind"))}
    assert dated <= whole


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside this checkout")
def test_every_provision_made_stands_in_the_published_file() -> None:
    for path in sorted(SHARED.glob("*.xml")):
        text = path.read_text(encoding="utf-8")
        made = {
            quad.subject.value
            for quad in quads(path)
            if quad.object.value.endswith("LegalResourceSubdivision")  # type: ignore[union-attr]
        }
        assert made and all(f'IdURI="{iri}"' in text for iri in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S. 9 in force at 1.4.2005", [("S. 9", "2005-04-01", "", "", False)]),
        ("S. 9 in force at 1.4.2005 for E. by S.I. 2005/1, art. 2", [("S. 9", "2005-04-01", "E", "", False)]),
        ("S. 9 in force for W. at 16.6.2006 by S.I. 2006/1535", [("S. 9", "2006-06-16", "W", "", False)]),
        ("S. 9 wholly in force at 16.6.2006", [("S. 9", "2006-06-16", "", "", True)]),
        ("S. 9 in force for E. at. 4.7.2005 by S.I. 2005/1729", [("S. 9", "2005-07-04", "E", "", False)]),
        ("S. 9 in force at 1.4.2005 for specified purposes by S.I. 2005/1", [("S. 9", "2005-04-01", "", "for specified purposes", False)]),
        ("S. 9 in force at Royal Assent for certain purposes see s. 27", [("S. 9", "1999-07-01", "", "for certain purposes", False)]),
        ("S. 9 not in force at Royal Assent see s. 27(1)", []),
        ("S. 9 partly in force; s. 9 in force at 31.2.2005", []),
        ("S. 9 to come into force", []),
        ("S. 9 in force for W. at 1.6.2006 (with Sch.; art. 3); s. 9 in force for E. at 2.6.2006", [("S. 9", "2006-06-01", "W", "", False), ("s. 9", "2006-06-02", "E", "", False)]),
    ],
)  # fmt: skip
def test_a_commencement_is_read_or_left_alone(text: str, expected: list[tuple[str, str, str, str, bool]]) -> None:
    found = commencements_of(Note("c", "I", text), assent="1999-07-01")
    assert [(each.subject, each.day, each.extent, each.purposes, each.wholly) for each in found] == expected


def test_royal_assent_without_its_date_is_not_guessed() -> None:
    assert commencements_of(Note("c", "I", "S. 9 in force at Royal Assent")) == []


def test_words_are_in_the_documents_language(store: Store) -> None:
    (words,) = [
        quad.object
        for quad in store
        if quad.predicate.value.endswith("#text") and quad.subject.value.endswith("section/1/1/b/2999-01-05")  # type: ignore[union-attr]
    ]
    assert isinstance(words, Literal) and words.language == "en"


def test_a_welsh_instrument_is_cited_by_both_its_numbers() -> None:
    """Welsh instruments are numbered among all statutory instruments, with their number in the Welsh series behind."""
    text = """<Legislation IdURI="http://www.legislation.gov.uk/id/wsi/2999/7"><Metadata><SecondaryMetadata>
    <Number Value="7"/><AlternativeNumber Category="C" Value="3"/><AlternativeNumber Category="W" Value="2"/>
    </SecondaryMetadata></Metadata><Body>
    <P1 IdURI="http://www.legislation.gov.uk/id/wsi/2999/7/regulation/4"><P1para><Text>Light it.</Text></P1para></P1>
    </Body></Legislation>"""
    known = read_document(Path("welsh.xml"), text.encode())
    unknown = read_document(Path("welsh.xml"), text.replace('Category="W"', 'Category="L"').encode())
    labels = [{each.object.value for each in document_quads(found, GRAPH) if each.predicate.value.endswith("label")}
              for found in (known, unknown)]  # fmt: skip
    assert labels == [{"SI 2999/7 (W. 2)", "SI 2999/7 (W. 2), reg. 4"}, {"SI 2999/7", "SI 2999/7, reg. 4"}]
