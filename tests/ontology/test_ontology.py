"""The vocabulary is whole, says where it comes from, and stands in one world with those that it reuses."""

# Rows of Turtle and of names are kept whole.

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import dutygraph
from dutygraph.ontology.checks import (
    ONTOLOGY_FILE,
    SHAPES_FILE,
    OntologyInconsistent,
    OntologyMisread,
    ReasonerMissing,
    check_consistency,
    check_reused_terms,
)
from dutygraph.ontology.namespaces import DG, ONTOLOGY, PREFIXES

rdflib = pytest.importorskip("rdflib")
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef  # noqa: E402

HERE = Path(__file__).parent
REGISTER = Path(dutygraph.__path__[0]) / "register"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
FAMILIES = {
    "body": "org:FormalOrganization",
    "post": "org:Post",
    "area": "dg:Area",
    "partnership": "dg:Partnership",
}

FIXED_CLASSES = """Norm Duty Power Prohibition HolderClass MembershipRule ClassMembership PublicBody Partnership Area
    Product FundingAward Source Passage Exclusion AreaRelation Capacity DatedName DescribedPersons Evidence ClassExclusion"""
FIXED_PROPERTIES = """holder toward action condition deadline frequency produces topic basis validFrom validUntil
    appliesIn inClass member forArea byRule capacity area partOf reportsTo statutory evidence areaKind closed fills
    bodyKind route relation confinedTo phrase excludedFrom because inPart contents preparedFrom nation part whole
    attestedFrom successor capacityOf nameOf funder recipient fund amount purpose sourceKind checkedOn grade locator
    startAttested commencedBy excluded byExclusion nameKey"""
FIXED_EVIDENCE = "Statute Guidance Paper RuleExtracted ModelExtracted Derived OfficialTable PublicPage"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ONTOLOGY_FILE)


def own_terms(graph: Graph) -> list[URIRef]:
    return sorted({term for term in graph.subjects() if isinstance(term, URIRef) and term.startswith(DG)})


def kinds() -> list[dict[str, str]]:
    with (REGISTER / "kinds.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def iri(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def test_header_names_version_licence_prefix_and_dates(graph: Graph) -> None:
    header = URIRef(ONTOLOGY)
    version = str(graph.value(header, OWL.versionInfo))
    assert (header, RDF.type, OWL.Ontology) in graph
    assert graph.value(header, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert str(graph.value(header, iri("vann:preferredNamespacePrefix"))) == "dg"
    assert str(graph.value(header, iri("vann:preferredNamespaceUri"))) == DG
    for name in (
        "dcterms:created",
        "dcterms:modified",
        "dcterms:license",
        "dcterms:creator",
        "dcterms:title",
    ):
        assert graph.value(header, iri(name)) is not None, name
    assert version == "0.1.0" or graph.value(header, OWL.priorVersion) is not None


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (FIXED_CLASSES, {OWL.Class}),
        (FIXED_PROPERTIES, {OWL.ObjectProperty, OWL.DatatypeProperty}),
        (FIXED_EVIDENCE, {iri("dg:Evidence")}),
    ],
)
def test_every_fixed_term_is_declared(names: str, kinds: set[URIRef], graph: Graph) -> None:
    missing = [name for name in names.split() if not kinds & set(graph.objects(URIRef(DG + name), RDF.type))]
    assert missing == []


@pytest.mark.parametrize("row", kinds(), ids=lambda row: str(row["id"]))
def test_every_kind_of_the_register_is_a_class_with_its_label_and_wider_kinds(
    row: dict[str, str], graph: Graph
) -> None:
    term = URIRef(DG + row["term"])
    supers = set(graph.transitive_objects(term, RDFS.subClassOf))
    terms = {kind["id"]: kind["term"] for kind in kinds()}
    assert (term, RDF.type, OWL.Class) in graph
    assert Literal(row["label"], lang="en") in set(graph.objects(term, RDFS.label))
    is_arrangement = row["family"] == "partnership" and iri("dg:Arrangement") in supers
    assert is_arrangement or iri(FAMILIES[row["family"]]) in supers
    for wider in filter(None, row["broader"].split(";")):
        assert URIRef(DG + terms[wider.strip()]) in supers


def test_every_own_term_says_what_it_is_in_english_and_welsh(graph: Graph) -> None:
    for term in own_terms(graph):
        labels = [label.language for label in graph.objects(term, RDFS.label)]
        (definition,) = graph.objects(term, SKOS.definition)
        assert sorted(labels) == ["cy", "en"], term
        assert re.fullmatch(r"[A-Z][^.]*(\.\d[^.]*|s\. [^.]*)*\.", str(definition)), f"{term}: one sentence, please"
        assert list(graph.objects(term, SKOS.example)), term
        assert graph.value(term, RDFS.isDefinedBy) == URIRef(ONTOLOGY), term


def test_every_own_term_has_a_wider_one_or_says_why_not(graph: Graph) -> None:
    for term in own_terms(graph):
        wider = [graph.value(term, name) for name in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.scopeNote)]
        assert any(wider), term


def test_no_two_terms_have_the_same_definition(graph: Graph) -> None:
    definitions = [str(text) for text in graph.objects(None, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_everything_used_is_declared_so_that_no_import_is_needed(graph: Graph) -> None:
    builtin = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
    for predicate in set(graph.predicates()):
        assert str(predicate).startswith(builtin) or graph.value(predicate, RDF.type), predicate
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, SKOS.closeMatch):
        for used in graph.objects(None, relation):
            assert str(used).startswith(builtin) or graph.value(used, RDF.type), used


def test_no_term_is_both_an_object_and_a_value_property(graph: Graph) -> None:
    properties = [set(graph.subjects(RDF.type, OWL[name])) for name in ("ObjectProperty", "DatatypeProperty")]
    properties.append(set(graph.subjects(RDF.type, OWL.AnnotationProperty)))
    assert sum(map(len, properties)) == len(set.union(*properties))


def test_every_kind_of_area_is_checked_by_the_shape_of_areas(graph: Graph) -> None:
    targets = set(Graph().parse(SHAPES_FILE).objects(URIRef("https://w3id.org/dutygraph/shapes#Area")))
    assert set(graph.transitive_subjects(RDFS.subClassOf, iri("dg:Area"))) <= targets


def test_dates_are_dates(graph: Graph) -> None:
    for text in graph.objects():
        if isinstance(text, Literal) and text.datatype == XSD.date:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(text))


def test_change_events_are_not_asked_to_be_derived(graph: Graph) -> None:
    assert (iri("org:ChangeEvent"), RDFS.subClassOf, iri("prov:Activity")) in graph
    assert (iri("prov:Entity"), OWL.disjointWith, iri("prov:Activity")) in graph


def test_every_reused_term_exists_in_its_published_vocabulary() -> None:
    assert check_reused_terms(HERE / "vocabularies") == []


def test_a_misspelt_reused_term_is_found(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(HEAD + "dg:Mayor rdfs:subClassOf org:Postt .", encoding="utf-8")
    assert check_reused_terms(HERE / "vocabularies", [tmp_path / "x.ttl"]) == [
        "org:Postt is not in http://www.w3.org/ns/org#"
    ]


def test_shapes_speak_only_of_declared_terms(graph: Graph) -> None:
    shapes = Graph().parse(SHAPES_FILE)
    used = {term for triple in shapes for term in triple if isinstance(term, URIRef) and term.startswith(DG)}
    in_queries = {DG + name for text in shapes.objects() for name in re.findall(r"\bdg:(\w+)", str(text))}
    assert {str(term) for term in used} | in_queries <= {str(term) for term in own_terms(graph)}


def test_rules_and_queries_speak_only_of_declared_terms(graph: Graph) -> None:
    declared = {str(term).removeprefix(DG) for term in own_terms(graph)}
    root = Path(dutygraph.__path__[0])
    for path in [*root.glob("graph/rules/*.r[uq]"), *root.glob("queries/*.rq")]:
        used = set(re.findall(r"\bdg:(\w+)", path.read_text(encoding="utf-8")))
        assert used <= declared, f"{path.name}: {sorted(used - declared)}"


# Reasoning


@pytest.fixture(scope="module")
def reasoner() -> None:
    pytest.importorskip("owlready2")
    try:
        check_consistency()
    except ReasonerMissing as missing:
        pytest.skip(str(missing))


def written(folder: Path, text: str) -> Path:
    path = folder / "data.ttl"
    path.write_text(HEAD + "@prefix ex: <https://example.org/> .\n" + text, encoding="utf-8")
    return path


@pytest.mark.usefixtures("reasoner")
def test_ontology_is_consistent_and_every_class_can_have_members() -> None:
    report = check_consistency()
    assert report.consistent
    assert report.classes_rdflib == report.classes_owlready > len(kinds())
    assert report.unsatisfiable == ()


@pytest.mark.usefixtures("reasoner")
def test_data_of_every_kind_agrees_with_the_ontology(tmp_path: Path) -> None:
    data = written(
        tmp_path,
        """ex:n a dg:Duty ; dg:holder ex:c ; dg:toward ex:pcc ; dg:produces ex:plan ; prov:wasDerivedFrom ex:s ;
            dg:basis ex:p ; dg:appliesIn ons:E92000001 ; dg:evidence dg:Statute ; prov:wasRevisionOf ex:old ;
            dg:validFrom '2003-04-01'^^xsd:date .
        ex:old a dg:Duty . ex:s a dg:Source . ex:plan a dg:Product . ons:E92000001 a dg:Country .
        ex:p a eli:LegalResourceSubdivision ; eli:is_part_of ex:act . ex:pcc a dg:PoliceAndCrimeCommissioner .
        ex:c a dg:HolderClass ; dg:areaKind dg:LocalGovernmentArea ; dg:closed true .
        ex:r a dg:MembershipRule ; dg:fills ex:c ; dg:bodyKind dg:CouncilFireAuthority .
        ex:council a dg:CountyCouncil , dg:PublicBody ; dg:area ex:county ; prov:wasDerivedFrom ex:s .
        ex:county a dg:County ; dg:nation ons:E92000001 ; geo:sfOverlaps ex:force . ex:force a dg:PoliceArea .
        ex:fire a dg:Capacity ; dg:capacityOf ex:council ; dg:bodyKind dg:CouncilFireAuthority .
        ex:m a dg:ClassMembership ; dg:inClass ex:c ; dg:member ex:council ; dg:byRule ex:r ; dg:forArea ex:county .
        ex:csp a dg:CommunitySafetyPartnership ; dg:partOf ex:board ; dg:reportsTo ex:council ; dg:statutory true .
        ex:board a dg:CountyStrategyGroup .
        ex:seat a org:Membership ; org:member ex:pcc , ex:c , ex:public ; org:organization ex:csp ; org:role ex:chair .
        ex:chair a org:Role . ex:public a dg:DescribedPersons .
        ex:event a org:ChangeEvent ; org:originalOrganization ex:council ; dcterms:source ex:s .
        ex:award a dg:FundingAward ; dg:funder ex:pcc ; dg:recipient ex:csp ; dg:amount 12500.00 .""",
    )
    assert check_consistency(ONTOLOGY_FILE, data).consistent


@pytest.mark.usefixtures("reasoner")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ex:n a dg:Duty , dg:Power .", "ex:n is both dg:Duty and dg:Power"),
        ("ex:e a org:ChangeEvent ; prov:wasDerivedFrom ex:s .", "prov:Entity and prov:Activity"),
        ("ex:b a dg:CountyCouncil , dg:CombinedFireAuthority .", "dg:Council and dg:FireAndRescueAuthority"),
        ("ex:m a dg:ClassMembership , org:Membership .", "dg:ClassMembership and org:Membership"),
        ("ex:m a org:Membership ; org:organization ex:m2 . ex:m2 a org:Membership .", "org:Organization"),
        ("ex:n a dg:Duty ; dg:appliesIn ex:d . ex:d a dg:District .", "dg:District and dg:Country"),
    ],
)
def test_what_cannot_be_is_told_by_name(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyInconsistent) as told:
        check_consistency(ONTOLOGY_FILE, written(tmp_path, text))
    assert words in str(told.value).replace("https://example.org/", "ex:")


@pytest.mark.usefixtures("reasoner")
def test_a_class_that_nothing_can_be_in_is_reported(tmp_path: Path) -> None:
    data = written(tmp_path, "ex:Both a owl:Class ; rdfs:subClassOf dg:Duty , dg:Power .")
    assert check_consistency(ONTOLOGY_FILE, data).unsatisfiable == ("https://example.org/Both",)


def test_missing_owlready2_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ReasonerMissing, match="pip install"):
        check_consistency()


def test_missing_java_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    owlready2 = pytest.importorskip("owlready2")

    def no_java(*_: object, **__: object) -> None:
        raise FileNotFoundError("java")

    monkeypatch.setattr(owlready2, "sync_reasoner_hermit", no_java)
    with pytest.raises(ReasonerMissing, match="Install a Java runtime"):
        check_consistency()


def test_an_ontology_read_wrongly_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    owlready2 = pytest.importorskip("owlready2")
    monkeypatch.setattr(owlready2.World, "classes", lambda world: iter(()))
    with pytest.raises(OntologyMisread, match="Owlready2 read 0 classes"):
        check_consistency()
