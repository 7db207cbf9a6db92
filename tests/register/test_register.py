"""The facts themselves: dates that meet, references that fit, nothing that cannot be so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from dutygraph.citations import cite, split_path
from dutygraph.loaders.tables import Row, read_schema, read_tables
from dutygraph.ontology.namespaces import is_gss
from dutygraph.register import FOLDER

TABLES = read_tables([FOLDER])[0]
BODIES = {row["id"]: row for row in TABLES["bodies"]}
AREAS = {row["code"]: row for row in TABLES["areas"]}
KINDS = {row["id"]: row for row in TABLES["kinds"]}
NORMS = {row["id"]: row for row in TABLES["norms"]}
SOURCES = {row["id"]: row for row in TABLES["sources"]}
PROVISIONS = {row["id"]: row for row in TABLES["provisions"]}
EVER = date(9999, 12, 31)


def place(row: Row) -> str:
    return f"{row.file}, line {row.line}"


def start(row: Row) -> date:
    return row["valid_from"] or row.values.get("attested_from") or date.min


def end(row: Row) -> date:
    return row["valid_until"] or EVER


def kinds_of(kind: str) -> set[str]:
    """A kind and every wider one."""
    return {kind}.union(*(kinds_of(wider) for wider in KINDS[kind]["broader"]))


def references(table: str, column: str) -> Iterator[tuple[Row, str]]:
    for row in TABLES[table]:
        value = row.values.get(column)
        for word in value if isinstance(value, tuple) else (value,) if value else ():
            yield row, word


def test_the_register_is_as_large_as_it_is_said_to_be() -> None:
    least = {"instruments": 15, "provisions": 180, "norms": 200, "classes": 15, "rules": 50, "bodies": 100, "areas": 40}
    assert {name: len(TABLES[name]) for name, count in least.items() if len(TABLES[name]) < count} == {}


def test_every_table_of_the_schema_is_there() -> None:
    assert TABLES.keys() == read_schema().keys()


# Law


@pytest.mark.parametrize("table", ["provisions", "instruments"])
def test_an_id_begins_with_its_instrument(table: str) -> None:
    for row in TABLES[table]:
        instrument, path = split_path(row["id"])
        if table == "provisions":
            assert row["id"].startswith(row["instrument"] + "/") or row["id"] == row["instrument"], place(row)
        else:
            assert (instrument, path) == (row["id"], ""), place(row)


def test_no_two_provisions_are_cited_alike() -> None:
    citations = {row["id"]: row["cite_as"] for row in TABLES["instruments"]}
    cited = Counter(
        cite(citations[row["instrument"]], row["id"].removeprefix(row["instrument"])) for row in TABLES["provisions"]
    )
    assert [citation for citation, count in cited.items() if count > 1] == []


def test_no_two_instruments_are_cited_alike() -> None:
    cited = Counter(row["cite_as"] for row in TABLES["instruments"])
    assert [citation for citation, count in cited.items() if count > 1] == []


def test_no_instrument_is_in_force_before_it_was_made() -> None:
    made = {row["id"]: row["made_on"] for row in TABLES["instruments"]}
    for row in TABLES["provisions"]:
        if made[row["instrument"]] and row["valid_from"]:
            assert row["valid_from"] >= made[row["instrument"]], place(row)


def test_no_norm_and_no_rule_begins_before_the_act_it_rests_on() -> None:
    made = {row["id"]: row["made_on"] for row in TABLES["instruments"]}
    for row in (*TABLES["norms"], *TABLES["rules"]):
        days = [made.get(split_path(word)[0]) for word in row["basis"]]
        known = [day for day in days if day]
        if known and row["valid_from"]:
            assert row["valid_from"] >= min(known), place(row)


def test_a_norm_of_statute_rests_on_a_source_of_law() -> None:
    for row in TABLES["norms"]:
        if row["evidence"] == "Statute":
            assert any(SOURCES[name]["kind"] == "legislation" for name in row["source"]), place(row)


def test_a_norm_applies_where_its_class_does() -> None:
    nations = {row["id"]: set(row["applies_in"]) for row in TABLES["classes"]}
    for row, word in references("norms", "holder"):
        prefix, _, name = word.partition(":")
        if prefix == "class":
            assert set(row["applies_in"]) & nations[name], place(row)


def test_a_revision_follows_what_it_revises_or_says_why_not() -> None:
    for row in TABLES["norms"]:
        if row["revision_of"]:
            before = NORMS[row["revision_of"]]
            meets = before["valid_until"] is not None and before["valid_until"] == row["valid_from"]
            assert meets or row["note"] or before["note"], (
                f"{place(row)}: {before['valid_until']} and {row['valid_from']}"
            )


def test_no_norm_begins_before_the_one_it_revises() -> None:
    for row in TABLES["norms"]:
        if row["revision_of"]:
            assert start(row) >= start(NORMS[row["revision_of"]]), place(row)


def test_a_deadline_that_is_a_day_is_no_earlier_than_the_duty() -> None:
    for row in TABLES["norms"]:
        try:
            deadline = date.fromisoformat(row["deadline"] or "")
        except ValueError:
            continue
        assert deadline >= start(row), place(row)


def test_no_norm_and_no_provision_is_long_enough_to_be_copied_text() -> None:
    for row in (*TABLES["norms"], *TABLES["provisions"]):
        words = row.values.get("action") or row.values.get("about") or ""
        assert len(words.split()) <= 60, place(row)


# Classes and rules


def test_every_class_that_holds_something_is_filled_or_its_note_says_why_not() -> None:
    filled = {row["class"] for row in TABLES["rules"]}
    for row in TABLES["classes"]:
        assert row["id"] in filled or row["note"], place(row)


def test_a_rule_holds_no_longer_than_its_class() -> None:
    classes = {row["id"]: row for row in TABLES["classes"]}
    for row in TABLES["rules"]:
        held = classes[row["class"]]
        assert start(row) >= start(held) or (row["note"] and not row["valid_from"]), place(row)
        assert end(row) <= end(held), place(row)
        assert set(row["applies_in"]) <= set(held["applies_in"]), place(row)


def test_a_rule_is_for_bodies_and_its_areas_are_areas() -> None:
    for row in TABLES["rules"]:
        assert KINDS[row["kind"]]["family"] != "area", place(row)
        assert row["area_kind"] is None or KINDS[row["area_kind"]]["family"] == "area", place(row)
    for row in TABLES["classes"]:
        assert KINDS[row["area_kind"]]["family"] == "area", place(row)


def test_an_exclusion_is_not_for_a_kind_that_a_rule_takes_in_at_the_same_time() -> None:
    for row in TABLES["exclusions"]:
        for rule in TABLES["rules"]:
            same = rule["class"] == row["class"] and rule["kind"] == row["kind"] and not rule["only_areas"]
            together = max(start(rule), start(row)) < min(end(rule), end(row)) and set(rule["applies_in"]) & set(
                row["applies_in"]
            )
            assert not (same and together) or rule["capacity"] or row["note"], f"{place(row)}: {rule['id']}"


# Bodies and areas


def test_an_ended_body_has_a_successor_or_a_note() -> None:
    for row in TABLES["bodies"]:
        assert not row["valid_until"] or row["successors"] or row["note"], place(row)


def test_an_ended_area_has_a_successor_or_a_note() -> None:
    for row in TABLES["areas"]:
        assert not row["valid_until"] or row["successors"] or row["note"], place(row)


@pytest.mark.parametrize("table", ["bodies", "areas"])
def test_a_successor_is_there_when_the_earlier_one_ends(table: str) -> None:
    things = BODIES if table == "bodies" else AREAS
    for row, name in references(table, "successors"):
        after = things[name]
        assert row["valid_until"], f"{place(row)}: a successor of what has not ended"
        assert start(after) <= row["valid_until"] < end(after) or row["note"] or after["note"], place(row)


def test_only_what_has_ended_has_a_successor() -> None:
    for row in (*TABLES["bodies"], *TABLES["areas"]):
        assert not row["successors"] or row["valid_until"], place(row)


def test_the_area_of_a_body_is_there_while_the_body_is() -> None:
    for row in TABLES["bodies"]:
        area = AREAS.get(row["area"])
        if area is not None:
            assert start(row) >= start(area) or row["note"] or area["note"], place(row)
            assert end(row) <= end(area) or row["note"] or area["note"], place(row)


def test_the_kind_of_a_body_is_of_its_family() -> None:
    for row in TABLES["bodies"]:
        assert KINDS[row["kind"]]["family"] in ("body", "post"), place(row)
    for row in TABLES["areas"]:
        assert KINDS[row["kind"]]["family"] == "area", place(row)
    for row in TABLES["partnerships"]:
        assert KINDS[row["kind"]]["family"] == "partnership", place(row)


def test_the_nation_of_an_area_is_that_of_its_code() -> None:
    for row in TABLES["areas"]:
        if is_gss(row["code"]) and row["code"][0] in "EW":
            assert row["nation"] == row["code"][0], place(row)


def test_a_relation_of_areas_holds_while_both_are_there() -> None:
    for row in TABLES["area_relations"]:
        for column in ("area", "other"):
            area = AREAS[row[column]]
            if row["valid_from"] and area["valid_from"]:
                assert row["valid_from"] >= area["valid_from"], place(row)
            if area["valid_until"]:
                assert end(row) <= area["valid_until"], place(row)


def test_no_area_lies_in_itself() -> None:
    assert [place(row) for row in TABLES["area_relations"] if row["area"] == row["other"]] == []


def test_an_area_does_not_lie_in_one_of_another_nation() -> None:
    for row in TABLES["area_relations"]:
        assert set(AREAS[row["area"]]["nation"]) <= set(AREAS[row["other"]]["nation"]) or row["note"], place(row)


def test_the_same_two_areas_are_not_related_twice_at_a_time() -> None:
    for one in TABLES["area_relations"]:
        for other in TABLES["area_relations"]:
            if one.line < other.line and (one["area"], one["other"]) == (other["area"], other["other"]):
                assert max(start(one), start(other)) >= min(end(one), end(other)), f"{place(one)} and {place(other)}"


def test_two_names_do_not_hold_at_a_time() -> None:
    for one in TABLES["names"]:
        for other in TABLES["names"]:
            if one.line < other.line and one["thing"] == other["thing"]:
                assert max(start(one), start(other)) >= min(end(one), end(other)), f"{place(one)} and {place(other)}"


def test_a_capacity_holds_while_the_body_is_there() -> None:
    for row in TABLES["capacities"]:
        body = BODIES[row["body"]]
        if row["valid_from"] and body["valid_from"]:
            assert row["valid_from"] >= body["valid_from"], place(row)
        if body["valid_until"]:
            assert end(row) <= body["valid_until"], place(row)


def test_every_district_of_the_register_has_a_council_today_and_lies_in_a_police_area() -> None:
    today = date(2026, 1, 1)
    councils = {
        row["area"] for row in TABLES["bodies"] if "council" in kinds_of(row["kind"]) and start(row) <= today < end(row)
    }
    police = {row["area"] for row in TABLES["area_relations"] if AREAS[row["other"]]["kind"] == "police-area"}
    for code in councils:
        if "local-government-area" in kinds_of(AREAS[code]["kind"]):
            assert code in police, AREAS[code]["label"]


# Sources and checks


def test_every_source_is_used() -> None:
    used = {name for table in TABLES for _row, name in references(table, "source")}
    assert sorted(SOURCES.keys() - used) == []


def test_nothing_was_checked_before_the_law_it_was_checked_against() -> None:
    for table, rows in TABLES.items():
        for row in rows:
            checked = row.values.get("checked_on")
            assert checked is None or checked >= date(2026, 1, 1), f"{table}: {place(row)}"


def test_weak_evidence_is_never_called_checked_without_a_note() -> None:
    for table, rows in TABLES.items():
        for row in rows:
            weak = row.values.get("grade") == "C"
            assert not weak or not row["checked_on"] or row["note"], f"{table}: {place(row)}"


def test_texts_have_no_stray_spaces_and_no_markup() -> None:
    for rows in TABLES.values():
        for row in rows:
            for name, value in row.values.items():
                for text in value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ():
                    assert "  " not in text and "\t" not in text and not text.startswith("<"), f"{place(row)}, {name}"
                    assert "\ufffd" not in text and "â€" not in text, f"{place(row)}, {name}: broken letters"


@pytest.mark.parametrize("table", ["partnerships", "memberships", "funding"])
def test_a_source_that_a_place_names_is_one_of_the_row(table: str) -> None:
    """A row that rests on several sources names each before its places."""
    for row in TABLES[table]:
        named = set(re.findall(r"\b((?:paper|page)-[\w-]+) ", row["locator"] or ""))
        held = row["source"] if isinstance(row["source"], tuple) else {row["source"]}
        assert named <= set(held), place(row)
