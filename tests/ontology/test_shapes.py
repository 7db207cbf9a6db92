"""Each shape lets sound data pass and says in plain words what is wrong with the rest."""

# Rows of Turtle are kept whole.

from __future__ import annotations

from pathlib import Path

import pytest

import dutygraph
from dutygraph.errors import BadInput
from dutygraph.ontology.checks import Engine, Finding, check_shapes
from dutygraph.ontology.namespaces import DG, PREFIXES, SH

rdflib = pytest.importorskip("rdflib")

KINDS = [
    "norm",
    "class",
    "rule",
    "exclusion",
    "body",
    "post",
    "area",
    "partnership",
    "membership",
    "topic",
    "role",
]
KINDS += ["source", "product", "funding", "capacity", "name", "described", "event"]
ROOM = Path(dutygraph.__path__[0]) / "ontology"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HEAD += "".join(f"@prefix {kind}: <https://w3id.org/dutygraph/id/{kind}/> .\n" for kind in KINDS)
KNOWN = "prov:wasDerivedFrom source:act ; dg:evidence dg:Statute ; dg:checkedOn '2026-11-23'^^xsd:date"

SOUND = {
    "source": """source:act a dg:Source ; dcterms:title 'The Act' ; rdfs:label 'The Act' ; dg:sourceKind 'legislation' ;
        dcterms:publisher 'The National Archives' ; dcterms:license 'OGL' ; dcterms:source <http://example.org/> .""",
    "law": """<http://www.legislation.gov.uk/id/ukpga/1998/37> a eli:LegalResource ; rdfs:label 'The Act' .
        <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> a eli:LegalResourceSubdivision ;
        rdfs:label 's. 5' ; eli:is_part_of <http://www.legislation.gov.uk/id/ukpga/1998/37> .""",
    "country": """ons:E92000001 a dg:Country ; rdfs:label 'England' ; skos:notation 'E92000001' ;
        dg:nation ons:E92000001 .""",
    "norm": f"""norm:n a dg:Duty ; rdfs:label 'strategies' ; dg:action 'make strategies' ; dg:holder class:c ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; dg:appliesIn ons:E92000001 ;
        dg:topic topic:t ; dg:produces product:p ; dg:validFrom '1998-09-30'^^xsd:date ;
        dg:validUntil '2007-08-01'^^xsd:date ; {KNOWN} .
        norm:later a dg:Duty ; rdfs:label 'strategies' ; dg:action 'make strategies' ; dg:holder class:c ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; dg:appliesIn ons:E92000001 ;
        dg:topic topic:t ; dg:validFrom '2007-08-01'^^xsd:date ; prov:wasRevisionOf norm:n ; {KNOWN} .""",
    "class": f"""class:c a dg:HolderClass ; rdfs:label 'responsible authorities' ; skos:definition 'those who must' ;
        dg:areaKind dg:LocalGovernmentArea ; dg:closed true ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; {KNOWN} .""",
    "rule": f"""rule:r a dg:MembershipRule ; dg:fills class:c ; dg:bodyKind dg:DistrictCouncil ; dg:route 'area' ;
        dg:relation 'same' ; dg:phrase 'the council' ; dg:appliesIn ons:E92000001 ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; {KNOWN} .""",
    "exclusion": f"""exclusion:e a dg:Exclusion ; dg:excludedFrom class:c ; dg:bodyKind dg:PoliceAndCrimeCommissioner ;
        dg:because 'not listed' ; dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; {KNOWN} .""",
    "class membership": """membership:cm a dg:ClassMembership ; dg:inClass class:c ; dg:member body:b ;
        dg:forArea ons:E07000220 ; dg:byRule rule:r ; dg:evidence dg:Derived ; prov:wasDerivedFrom rule:r ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> .""",
    "class exclusion": """membership:ce a dg:ClassExclusion ; dg:excludedFrom class:c ; dg:excluded body:b ;
        dg:forArea ons:E07000220 ; dg:byExclusion exclusion:e ; dg:evidence dg:Derived ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> .""",
    "capacity": f"capacity:c a dg:Capacity ; dg:capacityOf body:b ; dg:bodyKind dg:DistrictCouncil ; "
    f"dg:area ons:E07000220 ; {KNOWN} .",
    "body": f"""body:b a dg:DistrictCouncil , dg:PublicBody ; rdfs:label 'Rugby' ; dg:area ons:E07000220 ; {KNOWN} .
        body:old a dg:PrimaryCareTrust , dg:PublicBody ; rdfs:label 'Rugby PCT' ; dg:successor body:b ;
        dg:validUntil '2006-10-01'^^xsd:date ; dg:grade 'A' ; dg:attestedFrom '2002-04-01'^^xsd:date ; {KNOWN} .
        post:p a dg:ChiefOfficerOfPolice , org:Post ; rdfs:label 'chief constable' ; {KNOWN} .
        event:e a org:ChangeEvent ; org:originalOrganization body:old ; org:resultingOrganization body:b ;
        dcterms:source source:act ; dcterms:date '2006-10-01'^^xsd:date .
        name:n a dg:DatedName ; dg:nameOf body:b ; rdfs:label 'Rugby RDC' .""",
    "area": f"""ons:E07000220 a dg:District ; rdfs:label 'Rugby' ; skos:notation 'E07000220' ;
        dg:nation ons:E92000001 ; {KNOWN} .
        area:csp a dg:CSPArea ; rdfs:label 'our own' ; dg:nation ons:E92000001 ; {KNOWN} .
        <https://w3id.org/dutygraph/id/area-relation/r> a dg:AreaRelation ; dg:part ons:E07000220 ;
        dg:whole area:csp ; dg:relation 'within' ; {KNOWN} .""",
    "partnership": f"""partnership:p a dg:CommunitySafetyPartnership , dg:Partnership ; rdfs:label 'CSP' ;
        dg:area ons:E07000220 ; dg:statutory true ;
        dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; {KNOWN} .
        partnership:q a dg:MARAC , dg:Partnership ; rdfs:label 'MARAC' ; dg:area ons:E07000220 ;
        dg:statutory false ; {KNOWN} .
        membership:m a org:Membership ; org:member body:b ; org:organization partnership:p ; org:role role:chair ;
        {KNOWN} . described:d a dg:DescribedPersons ; rdfs:label 'the public' .
        funding:f a dg:FundingAward ; dg:funder body:b ; dg:recipient partnership:p ; dg:amount 12500.00 ; {KNOWN} .
        product:p a dg:Product ; rdfs:label 'strategy' ; {KNOWN} .""",
}

FAULTS = [
    ("norm:n a dg:Duty", "norm:n a dg:Duty , dg:Power", "norm:n", "exactly one of duty, power"),
    ("norm:n a dg:Duty", "norm:n a dg:Norm", "norm:n", "exactly one of duty, power"),
    ("dg:holder class:c", "dg:inPart 'x'", "norm:n", "Nobody holds this norm"),
    ("dg:holder class:c", "dg:holder 'the council'", "norm:n", "The holder of this norm is plain text"),
    ("dg:basis <http://www.legislation.gov.uk/id/ukpga/1998/37/section/5> ; dg:appliesIn", "dg:appliesIn", "norm:n",
     "This norm cites no law"),
    ("dg:action 'make strategies' ;", "", "norm:n", "does not say what must, may or must not be done"),
    ("rdfs:label 'strategies' ;", "", "norm:n", "This norm has no short name"),
    ("dg:topic topic:t ; dg:produces", "dg:produces", "norm:n", "This norm has no topic"),
    ("'1998-09-30'^^xsd:date", "'30/09/1998'", "norm:n", "The first day is not a date"),
    ("'1998-09-30'^^xsd:date", "'2007-08-01'^^xsd:date", "norm:n", "not after the day on which it begins, 2007-08-01"),
    ("'1998-09-30'^^xsd:date", "'1998-09-30'^^xsd:date , '1998-10-01'^^xsd:date", "norm:n", "given more than once"),
    ("dg:validFrom '2007-08-01'^^xsd:date", "dg:validFrom '2007-07-01'^^xsd:date", "norm:later",
     "replaced a norm that ended on 2007-08-01"),
    ("skos:definition 'those who must' ;", "", "class:c", "who is in it"),
    ("dg:closed true", "dg:closed 'yes'", "class:c", "Say true or false"),
    ("dg:areaKind dg:LocalGovernmentArea ;", "", "class:c", "for which kind of area"),
    ("dg:bodyKind dg:DistrictCouncil ; dg:route", "dg:route", "rule:r", "which kind of body or post it brings in"),
    ("dg:fills class:c ;", "", "rule:r", "which class it fills"),
    ("dg:route 'area'", "dg:route 'by bus'", "rule:r", "The route of this rule must be one of"),
    ("dg:relation 'same'", "dg:relation 'near'", "rule:r", "The relation of this rule must be one of"),
    ("dg:phrase 'the council' ;", "", "rule:r", "because it is"),
    ("dg:because 'not listed' ;", "", "exclusion:e", "does not say why"),
    ("dg:member body:b ;", "", "membership:cm", "has exactly one member"),
    ("dg:inClass class:c ;", "", "membership:cm", "is in exactly one class"),
    ("dg:forArea ons:E07000220 ;", "", "membership:cm", "is for exactly one area"),
    ("dg:byRule rule:r ;", "", "membership:cm", "by which rule"),
    ("dg:excluded body:b ;", "", "membership:ce", "which body or post is left out"),
    ("dg:byExclusion exclusion:e ;", "", "membership:ce", "which exclusion it follows from"),
    ("dg:capacityOf body:b ;", "", "capacity:c", "belongs to exactly one body"),
    ("body:b a dg:DistrictCouncil , dg:PublicBody", "body:b a dg:PublicBody", "body:b", "has no kind"),
    ("post:p a dg:ChiefOfficerOfPolice , org:Post", "post:p a org:Post", "post:p", "has no kind"),
    ("rdfs:label 'Rugby' ; dg:area", "dg:area", "body:b", "This body or post has no name"),
    ("dg:successor body:b ;", "", "body:old", "names no successor"),
    ("dg:grade 'A'", "dg:grade 'Z'", "body:old", "The grade must be A, B or C"),
    ("dcterms:source source:act ; dcterms:date", "prov:wasDerivedFrom source:act ; dcterms:date", "event:e",
     "name its source with dcterms:source"),
    ("dg:nameOf body:b ;", "", "name:n", "whose name it is"),
    ("skos:notation 'E07000220' ;", "", "ons:E07000220", "neither an official code nor a name of our own"),
    ("rdfs:label 'our own' ; dg:nation ons:E92000001 ;", "rdfs:label 'our own' ;", "area:csp",
     "in England, in Wales or in both"),
    ("dg:relation 'within'", "dg:relation 'near'", "<https://w3id.org/dutygraph/id/area-relation/r>",
     "must be within or overlaps"),
    ("dg:statutory false", "dg:statutory true", "partnership:q", "said to be statutory but cites no law"),
    ("dg:statutory false", "dg:statutory 'no'", "partnership:q", "Say true or false"),
    ("partnership:q a dg:MARAC , dg:Partnership", "partnership:q a dg:Partnership", "partnership:q", "has no kind"),
    ("org:role role:chair ;", "", "membership:m", "in which role"),
    ("org:member body:b ;", "", "membership:m", "who the member is"),
    ("org:organization partnership:p ;", "", "membership:m", "in which partnership"),
    ("rdfs:label 'the public'", "rdfs:comment ''", "described:d", "This description of persons is empty"),
    ("dg:amount 12500.00", "dg:amount '12,500'", "funding:f", "must be one number of pounds"),
    ("dg:amount 12500.00 ;", "", "funding:f", "how much money"),
    ("dg:recipient partnership:p ;", "", "funding:f", "who receives the money"),
    ("rdfs:label 'strategy' ;", "", "product:p", "This product has no name"),
    ("rdfs:label 's. 5' ; eli:is_part_of <http://www.legislation.gov.uk/id/ukpga/1998/37> .", "rdfs:label 's. 5' .",
     "<http://www.legislation.gov.uk/id/ukpga/1998/37/section/5>", "is no provision of an Act"),
    ("dcterms:title 'The Act' ;", "", "source:act", "This source has no title"),
    ("dg:sourceKind 'legislation'", "dg:sourceKind 'rumour'", "source:act", "The kind of this source must be one of"),
    ("dcterms:license 'OGL' ;", "", "source:act", "under which licence"),
    ("dg:evidence dg:Derived", "dg:evidence dg:Rumour", "membership:cm", "The kind of evidence must be one of"),
]  # fmt: skip


def findings(text: str, folder: Path, engine: Engine = "auto") -> list[Finding]:
    path = folder / "data.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return check_shapes(path, engine=engine)


def broken(old: str, new: str) -> str:
    text = "\n".join(SOUND.values())
    assert old in text, old
    return text.replace(old, new, 1)


def full_iri(name: str) -> str:
    for line in HEAD.splitlines():
        prefix, iri = line.removeprefix("@prefix ").removesuffix("> .").split(": <")
        if name.startswith(prefix + ":"):
            return iri + name.removeprefix(prefix + ":")
    return name.strip("<>")


def test_sound_data_has_no_findings(tmp_path: Path) -> None:
    assert findings("\n".join(SOUND.values()), tmp_path) == []


@pytest.mark.parametrize(("old", "new", "focus", "words"), FAULTS, ids=[f"{f[2]}: {f[3]}" for f in FAULTS])
def test_fault_is_found_and_told_in_plain_words(old: str, new: str, focus: str, words: str, tmp_path: Path) -> None:
    found = findings(broken(old, new), tmp_path)
    assert [finding for finding in found if finding.focus == full_iri(focus) and words in finding.message], found


@pytest.mark.parametrize("kind", SOUND)
def test_no_finding_shows_a_placeholder_or_markup(kind: str, tmp_path: Path) -> None:
    rest = "\n".join(text for name, text in SOUND.items() if name != kind)
    for finding in findings(rest, tmp_path):
        assert not set("{}$@\"'") & set(finding.message), finding.message


def test_what_must_be_is_a_violation_and_what_ought_to_be_a_warning(tmp_path: Path) -> None:
    no_holder = findings(broken("dg:holder class:c", "dg:inPart 'x'"), tmp_path)
    no_topic = findings(broken("dg:topic topic:t ; dg:produces", "dg:produces"), tmp_path)
    assert [finding.severity for finding in no_holder] == ["violation"]
    assert [finding.severity for finding in no_topic] == ["warning"]


def test_finding_names_path_and_value(tmp_path: Path) -> None:
    (finding,) = findings(broken("dg:grade 'A'", "dg:grade 'Z'"), tmp_path)
    assert finding.path == DG + "grade"
    assert finding.value == "Z"


def test_every_property_shape_has_a_message_of_its_own_without_placeholder() -> None:
    shapes = rdflib.Graph().parse(ROOM / "shapes.ttl")
    for shape in shapes.subjects(rdflib.URIRef(SH + "severity")):
        if (shape, rdflib.URIRef(SH + "path"), None) not in shapes:
            continue
        (message,) = shapes.objects(shape, rdflib.URIRef(SH + "message"))
        assert "{" not in message
        assert message.language == "en"
        assert message[0].isupper()
        assert message[-1] in ".…?"


def test_shapes_and_ontology_have_the_same_version() -> None:
    files = [rdflib.Graph().parse(ROOM / name) for name in ("shapes.ttl", "dutygraph.ttl")]
    assert len({str(version) for graph in files for version in graph.objects(None, rdflib.OWL.versionInfo)}) == 1


@pytest.mark.parametrize("fault", [0, 8, 9, 10, 26, 29, 36], ids=lambda row: FAULTS[row][3])
def test_both_engines_find_the_same(fault: int, tmp_path: Path) -> None:
    pytest.importorskip("pyrudof")
    pytest.importorskip("pyshacl")
    text = broken(FAULTS[fault][0], FAULTS[fault][1])
    by_rudof, by_pyshacl = (findings(text, tmp_path, engine) for engine in ("rudof", "pyshacl"))
    assert [(f.severity, f.focus, f.message) for f in by_rudof] == [
        (f.severity, f.focus, f.message) for f in by_pyshacl
    ]


def test_shapes_read_the_union_of_named_graphs_in_file_and_store(tmp_path: Path) -> None:
    import pyoxigraph

    store = pyoxigraph.Store(str(tmp_path / "store"))
    for number, text in enumerate(SOUND.values()):
        graph = pyoxigraph.NamedNode(f"https://w3id.org/dutygraph/graph/{number}")
        store.load((HEAD + text).encode(), format=pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
    store.dump(str(tmp_path / "all.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    assert check_shapes(store) == []
    del store
    assert check_shapes(tmp_path / "all.nq") == []
    assert check_shapes(tmp_path / "store") == []


@pytest.mark.parametrize(("name", "words"), [("none.ttl", "no such file"), ("data.pdf", "no RDF format")])
def test_unusable_data_is_told_without_traceback(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=words):
        check_shapes(tmp_path / name)


def test_broken_data_names_file_and_cause(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is not Turtle", encoding="utf-8")
    with pytest.raises(BadInput, match=r"bad\.ttl cannot be read as RDF"):
        check_shapes(tmp_path / "bad.ttl")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BadInput, match="Ask for auto, rudof or pyshacl"):
        check_shapes("any.ttl", engine="magic")  # type: ignore[arg-type]
