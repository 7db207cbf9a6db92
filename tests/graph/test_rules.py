"""Who is in a class that the law names: every awkward case of the law, on a small invented register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pyoxigraph import Store

from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.knowledge import KnowledgeGraph
from dutygraph.ontology.namespaces import DG, PREFIXES

RA = "responsible authorities"
NETHERBY, OVERBY = "Netherby Borough Council", "Overby District Council"
COUNTY, QUILLPORT, WENSHIRE = "Ambershire County Council", "Quillport Council", "Wenshire Council"
POLICE, POLICE_BEFORE = "Chief Constable of Amberland Police", "Chief Constable of Amberland Constabulary"
AUTHORITY, TRUST = "Amberland Police Authority", "Netherby Vale Primary Care Trust"
FIRE, COMBINED = "Quillport and Marsh Fire Authority", "Quill Combined Authority"
Mend = Callable[[Path, str, str], None]


def held(kg: KnowledgeGraph, holder_class: str, area: str, on: str) -> set[str]:
    """The names of the members held, without the limbs to which no name is held."""
    return {row["label"] for row in kg.members(holder_class, area, on) if row["name_held"]}


def gaps(kg: KnowledgeGraph, holder_class: str, area: str, on: str) -> set[str]:
    return {row["kind"] for row in kg.members(holder_class, area, on) if not row["name_held"]}


def ask(register: Path) -> KnowledgeGraph:
    return KnowledgeGraph(OxigraphStore(fill([register]), "memory"))


@pytest.mark.parametrize(
    ("area", "on", "expected"),
    [
        ("Netherby", "1998-09-30", {NETHERBY, COUNTY, POLICE_BEFORE}),
        ("Netherby", "2003-03-31", {NETHERBY, COUNTY, POLICE_BEFORE}),
        ("Netherby", "2003-04-01", {NETHERBY, COUNTY, POLICE_BEFORE, AUTHORITY}),
        ("Netherby", "2005-06-01", {NETHERBY, COUNTY, POLICE_BEFORE, AUTHORITY, TRUST}),
        ("Netherby", "2012-11-21", {NETHERBY, COUNTY, POLICE, AUTHORITY, TRUST}),
        ("Netherby", "2012-11-22", {NETHERBY, COUNTY, POLICE, TRUST}),
        ("Netherby", "2013-03-31", {NETHERBY, COUNTY, POLICE, TRUST}),
        ("Netherby", "2013-04-01", {NETHERBY, COUNTY, POLICE}),
        ("Marshby", "2005-06-01", {"Marshby District Council", COUNTY, POLICE_BEFORE, AUTHORITY, FIRE}),
        ("Quillport", "2009-04-01", {QUILLPORT, POLICE, "Chief Constable of Quillshire Police", AUTHORITY, FIRE}),
        ("Quillport", "2017-05-07", {QUILLPORT, POLICE, "Chief Constable of Quillshire Police", FIRE}),
        ("Quillport", "2017-05-08", {QUILLPORT, POLICE, "Chief Constable of Quillshire Police", COMBINED}),
        ("Wenshire", "2005-06-01", {WENSHIRE, "Chief Constable of North Wen Police"}),
    ],
)
def test_the_responsible_authorities_are(kg: KnowledgeGraph, area: str, on: str, expected: set[str]) -> None:
    assert held(kg, RA, area, on) == expected


def test_a_limb_begins_on_its_day_and_is_gone_on_the_day_it_ends(kg: KnowledgeGraph) -> None:
    for day, there in ((date(2003, 4, 1), True), (date(2012, 11, 22), False)):
        assert (AUTHORITY in held(kg, RA, "Netherby", day.isoformat())) is there
        assert (AUTHORITY in held(kg, RA, "Netherby", (day - timedelta(1)).isoformat())) is not there


def test_the_county_council_is_in_the_class_for_its_districts_and_not_beside_a_unitary_council(
    kg: KnowledgeGraph,
) -> None:
    assert COUNTY in held(kg, RA, "Overby", "2018-01-01")
    assert COUNTY not in held(kg, RA, "Quillport", "2018-01-01")


def test_a_body_that_only_overlaps_an_area_is_in_the_class_where_any_part_is_enough(kg: KnowledgeGraph) -> None:
    assert TRUST in held(kg, RA, "Overby", "2007-01-01")
    assert TRUST not in held(kg, RA, "Overby", "2006-09-30"), "the overlap is evidenced from October 2006 only"


def test_an_area_in_two_police_areas_has_two_chief_officers(kg: KnowledgeGraph) -> None:
    assert {POLICE, "Chief Constable of Quillshire Police"} <= held(kg, RA, "Quillport", "2018-01-01")


def test_a_body_whose_start_is_not_held_is_in_the_class_from_the_day_it_is_evidenced_and_that_is_said(
    kg: KnowledgeGraph,
) -> None:
    answer = kg.members(RA, "Netherby", "2005-01-01")
    row = next(row for row in answer if row["label"] == TRUST)
    assert row["start_attested_only"] and row["valid_from"] == "2005-01-01"
    assert any("Start not held" in note and TRUST in note for note in answer.notes)
    assert any("grade C" in note and TRUST in note for note in answer.notes)
    assert TRUST not in held(kg, RA, "Netherby", "2004-12-31")


def test_a_body_says_of_its_classes_too_that_only_the_day_of_the_evidence_is_known(kg: KnowledgeGraph) -> None:
    rows = [row for row in kg.body(TRUST, on="2005-06-01") if row["what"] == "is one of the"]
    assert rows and {(row["valid_from"], row["start_attested_only"]) for row in rows} == {("2005-01-01", True)}
    council = [row for row in kg.body("Netherby Borough Council", on="2005-06-01") if row["what"] == "is one of the"]
    assert council and not any(row["start_attested_only"] for row in council)


def test_before_a_body_is_evidenced_its_limb_is_a_gap_and_no_silence(kg: KnowledgeGraph) -> None:
    assert gaps(kg, RA, "Netherby", "2004-12-31") == {"primary care trust"}
    assert gaps(kg, RA, "Netherby", "2005-01-01") == set()


def test_a_start_that_is_known_is_not_called_evidenced(kg: KnowledgeGraph) -> None:
    rows = kg.members(RA, "Netherby", "2005-06-01").rows
    assert [row["label"] for row in rows if row["start_attested_only"]] == [TRUST]


def test_a_body_is_called_as_it_was_called_on_the_day(kg: KnowledgeGraph) -> None:
    before, after = (
        next(row for row in kg.members(RA, "Netherby", on) if row["kind"] == "chief officer of police")
        for on in ("2008-04-30", "2008-05-01")
    )
    assert before["iri"] == after["iri"]
    assert (before["label"], before["also_known_as"]) == (POLICE_BEFORE, POLICE)
    assert (after["label"], after["also_known_as"]) == (POLICE, None)


def test_a_council_that_runs_the_fire_service_is_no_separate_fire_authority_and_the_law_is_cited(
    kg: KnowledgeGraph,
) -> None:
    answer = kg.members(RA, "Netherby", "2005-06-01")
    (left_out,) = answer.details["not_members"]
    assert left_out["label"] == "Ambershire County Council as fire authority"
    assert left_out["because"] == "the council that runs the fire service is no authority of its own"
    assert [item["citation"] for item in left_out["basis"]] == ["Safe Places Act 1998, s. 5(5)"]
    assert COUNTY in {row["label"] for row in answer}, "it is in the class as a council all the same"


def test_an_exclusion_holds_between_its_dates_only(kg: KnowledgeGraph) -> None:
    assert kg.members(RA, "Netherby", "2003-03-31").details["not_members"] == []
    labels = {item["label"] for item in kg.members(RA, "Netherby", "2012-11-22").details["not_members"]}
    assert "Police and Crime Commissioner for Amberland" in labels


def test_a_limb_that_an_exclusion_answers_is_no_gap(kg: KnowledgeGraph) -> None:
    assert "fire authority that is a body of its own" not in gaps(kg, RA, "Netherby", "2005-06-01")


def test_in_a_combined_area_everyone_of_any_part_belongs_to_the_whole(kg: KnowledgeGraph) -> None:
    assert held(kg, RA, "netherby-and-overby", "2015-01-01") == {NETHERBY, OVERBY, COUNTY, POLICE}


def test_combining_areas_leaves_each_area_as_it_was_and_says_so(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Netherby", "2015-01-01")
    assert OVERBY not in {row["label"] for row in answer}
    assert any("combined area" in note for note in answer.notes)
    assert not any("combined area" in note for note in kg.members(RA, "Netherby", "2013-12-31").notes)


def test_a_combined_area_is_there_only_while_it_is_combined(kg: KnowledgeGraph) -> None:
    for on in ("2014-03-31", "2020-04-01"):
        assert NETHERBY not in {
            row["label"]
            for row in kg.members(RA, "netherby-and-overby", on)
            if row["for_area"]["label"] == "Netherby and Overby"
        }


def test_who_comes_into_a_combined_area_by_two_parts_stays_as_long_as_one_of_them(
    copied_register: Path, mend: Mend
) -> None:
    old = "E07009902,within,netherby-and-overby,2014-04-01,,2020-04-01"
    mend(copied_register / "area_relations.csv", old, old.replace("2020", "2018"))
    kg = ask(copied_register)
    assert held(kg, RA, "netherby-and-overby", "2017-01-01") == {NETHERBY, OVERBY, COUNTY, POLICE}
    assert held(kg, RA, "netherby-and-overby", "2019-01-01") == {NETHERBY, COUNTY, POLICE}
    county = next(row for row in kg.members(RA, "netherby-and-overby", "2017-01-01") if row["label"] == COUNTY)
    assert (county["valid_from"], county["valid_until"]) == ("2014-04-01", "2020-04-01")


def test_a_mayor_holds_the_class_in_the_capacity_of_policing_body_only(kg: KnowledgeGraph) -> None:
    (row,) = kg.members("local policing bodies", "Quillshire", "2022-01-01").rows
    assert (row["label"], row["capacity"]) == ("Mayor of Quill", "as policing body")
    assert kg.members("local policing bodies", "Quillshire", "2021-05-09").verdict == "unknown", (
        "before, nobody is held"
    )


def test_a_commissioner_follows_a_police_authority_on_the_day(kg: KnowledgeGraph) -> None:
    assert held(kg, "local policing bodies", "Amberland", "2012-11-21") == {AUTHORITY}
    assert held(kg, "local policing bodies", "Amberland", "2012-11-22") == {
        "Police and Crime Commissioner for Amberland"
    }


def test_a_minister_of_both_nations_is_in_the_class_everywhere(kg: KnowledgeGraph) -> None:
    for area in ("Netherby", "Quillport", "Wenshire"):
        assert held(kg, "directing ministers", area, "2020-01-01") == {"Minister for Safe Places"}, area


def test_a_rule_confined_to_an_area_reaches_no_other(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Quillport", "2018-01-01")
    row = next(row for row in answer if row["label"] == COMBINED)
    assert row["capacity"] == "as fire authority"
    assert any("as if it named" in note for note in answer.notes)
    rows = kg.query(
        f"SELECT DISTINCT ?area {{ ?m <{DG}byRule> <https://w3id.org/dutygraph/id/rule/ra-fire-by-order> ; <{DG}forArea> ?area }}"
    )
    assert [row["area"].value.rsplit("/", 1)[1] for row in rows] == ["E06009901"]  # type: ignore[index, union-attr]


def test_the_limb_that_an_order_fills_is_no_gap(kg: KnowledgeGraph) -> None:
    assert gaps(kg, RA, "Quillport", "2018-01-01") == {"provider of probation services"}


def test_the_nations_differ_where_the_law_does(kg: KnowledgeGraph) -> None:
    assert kg.members("specified authorities", "Netherby", "2023-01-31").verdict == "yes"
    welsh = kg.members("specified authorities", "Wenshire", "2023-01-31")
    assert welsh.verdict == "not_in_force" and "31 January 2024" in welsh.message
    assert held(kg, "specified authorities", "Wenshire", "2024-01-31") == {WENSHIRE}


def test_a_rule_for_a_wide_kind_takes_every_narrower_kind_in(kg: KnowledgeGraph) -> None:
    for area, council in (("Netherby", NETHERBY), ("Quillport", QUILLPORT)):
        assert council in held(kg, "specified authorities", area, "2023-02-01")


def test_a_kind_of_body_that_nobody_is_held_for_is_a_gap_and_not_nobody(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Wenshire", "2012-12-01")
    gap = next(row for row in answer if row["kind"] == "local health board")
    assert gap["iri"] is None and not gap["name_held"] and gap["label"] == "local health board (name not held)"
    assert gap["basis"][0]["citation"] == "Safe Places Act 1998, s. 5(1)(f)"
    assert "name is not held" in answer.message


def test_a_nation_without_any_rule_is_unknown_and_not_nobody(kg: KnowledgeGraph) -> None:
    answer = kg.members("review partners", "Wenshire", "2024-06-01")
    assert answer.verdict == "unknown" and "not an answer that nobody is" in answer.message


def test_a_class_before_its_law_is_not_in_force(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Netherby", "1998-09-29")
    assert answer.verdict == "not_in_force" and "30 September 1998" in answer.message and not answer.rows


def test_an_area_that_is_gone_is_followed_to_what_is_there_in_its_place(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Marshby", "2018-01-01")
    assert QUILLPORT in {row["label"] for row in answer}
    assert any("ended on 1 April 2009" in note and "Quillport" in note for note in answer.notes)


def test_an_area_that_was_not_there_yet_is_followed_back(kg: KnowledgeGraph) -> None:
    answer = kg.members(RA, "Quillport", "2005-06-01")
    assert "Marshby District Council" in {row["label"] for row in answer}
    assert any("began on 1 April 2009" in note for note in answer.notes)


def test_a_county_is_answered_by_its_districts_and_a_part_of_an_area_by_the_whole(kg: KnowledgeGraph) -> None:
    county = kg.members(RA, "Ambershire", "2005-06-01")
    assert {item["label"] for item in county.details["areas"]} == {"Netherby", "Overby", "Marshby"}
    district = kg.members("local policing bodies", "Netherby", "2015-01-01")
    assert [item["label"] for item in district.details["areas"]] == ["Amberland"]


def test_unchecked_rules_are_called_unchecked(kg: KnowledgeGraph) -> None:
    answer = kg.members("review partners", "Netherby", "2024-06-01")
    assert answer.verdict == "yes" and answer.rows[0]["checked"] is None
    assert any(note.startswith("Unchecked") for note in answer.notes)


# Of the whole derived graph


def derived(store: Store, query: str) -> list[str]:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return [str(row) for row in store.query(head + query, use_default_graph_as_union=True)]  # type: ignore[union-attr]


def test_every_derived_membership_is_whole(small_store: Store) -> None:
    whole = """?m dg:inClass ?class ; dg:member ?body ; dg:forArea ?area ; dg:byRule ?rule ; dg:basis ?basis ;
        dg:evidence dg:Derived ; prov:wasDerivedFrom ?capacity . ?capacity a dg:Capacity"""
    assert derived(small_store, "SELECT ?m { ?m a dg:ClassMembership }")
    assert derived(small_store, f"SELECT ?m {{ ?m a dg:ClassMembership FILTER NOT EXISTS {{ {whole} }} }}") == []


@pytest.mark.parametrize("term", ["validFrom", "validUntil", "member", "forArea", "inClass", "byRule", "capacity"])
def test_every_derived_membership_has_one_value_at_most(small_store: Store, term: str) -> None:
    query = f"SELECT ?m {{ ?m a dg:ClassMembership ; dg:{term} ?one, ?other FILTER(?one != ?other) }}"
    assert derived(small_store, query) == []


def test_every_derived_membership_ends_after_it_begins(small_store: Store) -> None:
    query = "SELECT ?m { ?m a dg:ClassMembership ; dg:validFrom ?from ; dg:validUntil ?until FILTER(?from >= ?until) }"
    assert derived(small_store, query) == []


def test_no_membership_outlasts_the_body_the_area_or_the_rule(small_store: Store) -> None:
    query = """SELECT ?m { ?m a dg:ClassMembership ; dg:member|dg:byRule|dg:forArea ?thing . ?thing dg:validUntil ?end
        OPTIONAL { ?m dg:validUntil ?until } FILTER(!BOUND(?until) || ?until > ?end) }"""
    assert derived(small_store, query) == []


def test_no_membership_begins_before_the_body_the_area_or_the_rule(small_store: Store) -> None:
    query = """SELECT ?m { ?m a dg:ClassMembership ; dg:member|dg:byRule|dg:forArea ?thing . ?thing dg:validFrom ?start
        OPTIONAL { ?m dg:validFrom ?from } FILTER(!BOUND(?from) || ?from < ?start) }"""
    assert derived(small_store, query) == []


def test_the_links_of_the_rules_stay_out_of_the_graph(small_store: Store) -> None:
    query = 'ASK { ?s ?p ?o FILTER(STRSTARTS(STR(?p), "https://w3id.org/dutygraph/graph/links#")) }'
    assert not small_store.query(query, use_default_graph_as_union=True)


def test_a_second_build_derives_the_same(register_folder: Path) -> None:
    def without_times(store: Store) -> set[str]:
        return {str(quad) for quad in store if not quad.predicate.value.endswith("generatedAtTime")}

    # the ontology may hold blank nodes, which are named anew with every reading
    first, second = (
        {line for line in without_times(store) if "_:" not in line}
        for store in (fill([register_folder]), fill([register_folder]))
    )
    assert first == second
