"""A row becomes statements in the vocabulary of the ontology, each with where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from dutygraph.loaders.register import register_quads
from dutygraph.loaders.tables import read_tables
from dutygraph.ontology.namespaces import PREFIXES

GRAPH = "https://w3id.org/dutygraph/graph/register"
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
ID = "https://w3id.org/dutygraph/id/"
ACT = "leg:ukpga\\/1998\\/901"


@pytest.fixture(scope="module")
def store(register_folder: Path) -> Store:
    store = Store()
    store.extend(register_quads(read_tables([register_folder]), [GRAPH]))
    return store


def holds(store: Store, pattern: str) -> bool:
    return bool(store.query(f"{HEAD} BASE <{ID}> ASK {{ {pattern} }}", use_default_graph_as_union=True))


@pytest.mark.parametrize(
    "pattern",
    [
        # an instrument, a provision, and how they are cited
        f'{ACT} a eli:LegalResource ; rdfs:label "Safe Places Act 1998"@en ; eli:date_document "1998-07-31"^^xsd:date',
        f"{ACT}\\/section\\/5\\/1\\/aa a eli:LegalResourceSubdivision ; eli:is_part_of {ACT} ; "
        'rdfs:label "Safe Places Act 1998, s. 5(1)(aa)"@en',
        f'{ACT}\\/schedule\\/1\\/paragraph\\/4\\/1 rdfs:label "Safe Places Act 1998, Sch. 1 para. 4(1)"@en',
        # a body and a post, each with the capacity in which rules find it
        "<body/quillport-council> a dg:UnitaryCouncil, dg:PublicBody ; dg:area ons:E06009901",
        "<post/mayor-of-quill> a dg:Mayor, org:Post",
        "?capacity dg:capacityOf <post/mayor-of-quill> ; dg:bodyKind dg:MayoralPolicingBody ; dg:area ons:E23009902 ; "
        'dg:capacity "as policing body"@en ; dg:validFrom "2021-05-10"^^xsd:date',
        "?capacity dg:capacityOf <post/mayor-of-quill> ; dg:bodyKind dg:Mayor . "
        "FILTER NOT EXISTS { ?capacity dg:capacity ?words }",
        # a day that is only evidenced is no start
        '<body/netherby-vale-primary-care-trust> dg:attestedFrom "2005-01-01"^^xsd:date . '
        "FILTER NOT EXISTS { <body/netherby-vale-primary-care-trust> dg:validFrom ?day }",
        # one body gives way to another
        "<body/marshby-district-council> dg:successor <body/quillport-council> . ?event a org:ChangeEvent ; "
        "org:originalOrganization <body/marshby-district-council> ; org:resultingOrganization <body/quillport-council> ; "
        'dcterms:date "2009-04-01"^^xsd:date ; dcterms:source <source/tbl-areas>',
        # a name that held for a time
        '?name a dg:DatedName ; dg:nameOf <post/chief-constable-of-amberland-police> ; dg:validUntil "2008-05-01"^^xsd:date',
        # areas of two nations, and how they lie
        "ons:K04000001 dg:nation ons:E92000001, ons:W92000004",
        "ons:E07009901 geo:sfWithin ons:E10009901 . ons:E06009901 geo:sfOverlaps ons:E23009901",
        # a class, a rule that takes the area kind of its class, and one with its own
        "<class/spa1998-responsible-authority> a dg:HolderClass ; dg:closed true ; dg:areaKind dg:LocalGovernmentArea",
        "<rule/ra-fire> dg:areaKind dg:LocalGovernmentArea . <rule/ra-county> dg:areaKind dg:District",
        "<rule/ra-fire-by-order> dg:confinedTo ons:E06009901 ; dg:appliesIn ons:E92000001",
        # norms: kind, holder, the persons described, deadlines as days or in words, revision
        "<norm/spa1998-s7-no-second-report> a dg:Prohibition ; dg:holder <post/police-and-crime-commissioner-for-amberland>",
        '<norm/spa1998-s6-strategy> dg:toward ?public . ?public a dg:DescribedPersons ; rdfs:label "the public in the area"@en',
        '<norm/sva2022-s8-violence-england> dg:deadline "2024-01-31"^^xsd:date',
        '<norm/spa1998-s6-plan> dg:deadline "before the start of each year"@en ; prov:wasRevisionOf <norm/spa1998-s6-strategy>',
        # evidence follows the kind of source, unless the row says it
        "<body/quillport-council> dg:evidence dg:OfficialTable",
        "<body/netherby-vale-primary-care-trust> dg:evidence dg:PublicPage",
        "<norm/gui-board-minutes> dg:evidence dg:Guidance ; dg:holder <partnership/netherby-csp>",
        # partnerships and who sits on them
        "<partnership/netherby-csp> a dg:CommunitySafetyPartnership, dg:Partnership ; dg:statutory true ; "
        "dg:partOf <partnership/ambershire-board> ; dg:reportsTo <post/police-and-crime-commissioner-for-amberland>",
        "<partnership/quillport-forum> dg:statutory false",
        "<membership/netherby-csp-authorities> a org:Membership ; org:member <class/spa1998-responsible-authority> ; "
        "org:organization <partnership/netherby-csp> ; org:role <role/member>",
        "<funding/harbour-fund> dg:amount 12500.50 ; dg:recipient <partnership/netherby-csp>",
    ],
)
def test_the_graph_holds(store: Store, pattern: str) -> None:
    assert holds(store, pattern)


def test_every_asserted_thing_says_where_it_comes_from(store: Store) -> None:
    rows = store.query(
        HEAD
        + """SELECT ?thing ?kind {
          VALUES ?kind { dg:HolderClass dg:MembershipRule dg:Exclusion dg:Duty dg:Power dg:Prohibition dg:PublicBody org:Post
            dg:Area dg:AreaRelation dg:Partnership org:Membership dg:Product dg:FundingAward dg:DatedName dg:Capacity
            eli:LegalResource eli:LegalResourceSubdivision }
          ?thing a ?kind
          FILTER NOT EXISTS { ?thing prov:wasDerivedFrom ?source . ?source a dg:Source } }""",
        use_default_graph_as_union=True,
    )
    assert [row["thing"].value for row in rows] == []  # type: ignore[index, union-attr]


def test_a_second_build_makes_the_same_statements(register_folder: Path) -> None:
    first, second = (set(register_quads(read_tables([register_folder]), [GRAPH])) for _ in range(2))
    assert first == second and len(first) > 1000
    assert not any("_:" in str(quad) for quad in first), "no blank nodes: they would change with every build"
