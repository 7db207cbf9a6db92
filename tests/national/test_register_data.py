"""The facts of the whole country: nothing missing, twice or backwards, day by day; what is missing is listed.

Worked out on the rows of the tables, apart from the rules that the graph is built with. ``known_gaps.csv`` lists
every place and period for which the tables hold nothing, or two where there should be one, and why. It must be exact: a
gap that is closed goes from the list, and a new one fails.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dutygraph.loaders.tables import Row, read_schema, read_tables
from dutygraph.national import FOLDER as NATIONAL
from dutygraph.register import FOLDER

EVER = date(9999, 12, 31)
ACT_BEGAN = date(1998, 9, 30)
"""Section 5 of the Crime and Disorder Act 1998 in force (SI 1998/2327)."""
HEALTH_SINCE = {"E": date(2004, 4, 30), "W": date(2003, 4, 1)}
"""Health bodies are responsible authorities (SI 2004/913, art. 3(a); in Wales SI 2003/525 (W.), art. 2)."""

_BOTH = read_tables([FOLDER, NATIONAL])
TABLES = {name: [row for tables in _BOTH for row in tables.get(name, ())] for name in _BOTH[0]}
AREAS = {row["code"]: row for row in TABLES["areas"]}
KINDS = {row["id"]: row for row in TABLES["kinds"]}
BODIES = {row["id"]: row for row in TABLES["bodies"]}
PARTNERSHIPS = {row["id"]: row for row in TABLES["partnerships"]}
SOURCES = {row["id"]: row for row in TABLES["sources"]}
Interval = tuple[date, date, str]
Gap = tuple[str, str, date, date, int]
"""What is missing or doubled, the code of the area, from, until, how many are held."""


def start(row: Row) -> date:
    """The first day, or the earliest evidenced one: before that day nothing is held."""
    return row["valid_from"] or row.values.get("attested_from") or date.min


def end(row: Row) -> date:
    return row["valid_until"] or EVER


def kinds_of(kind: str) -> set[str]:
    return {kind}.union(*(kinds_of(broader) for broader in KINDS[kind]["broader"]))


def place(row: Row) -> str:
    return f"{row.file}, line {row.line}"


def wrong_days(
    first: date, last: date, held: Iterable[Interval], right: Callable[[list[str]], bool]
) -> list[tuple[date, date, list[str]]]:
    """The periods between two days in which what is held is not right; periods that touch are one."""
    cut = [(max(first, since), min(last, until), what) for since, until, what in held]
    live = [item for item in cut if item[0] < item[1]]
    days = sorted({first, last, *(since for since, _until, _what in live), *(until for _since, until, _what in live)})
    found: list[tuple[date, date, list[str]]] = []
    for since, until in pairwise(days):
        there = [what for begun, ended, what in live if begun <= since < ended]
        if right(there):
            continue
        if found and found[-1][1] == since and len(found[-1][2]) == len(there):
            found[-1] = (found[-1][0], until, there)
        else:
            found.append((since, until, there))
    return found


RELATIONS: dict[str, list[Row]] = defaultdict(list)
for _row in TABLES["area_relations"]:
    RELATIONS[_row["area"]].append(_row)
HOLDERS: dict[str, list[tuple[str, Row]]] = defaultdict(list)
"""By area: who acts there, in its own kind or in a capacity."""
for _row in (*TABLES["bodies"], *TABLES["capacities"]):
    if _row["area"]:
        HOLDERS[_row["area"]].append((_row["kind"], _row))
DISTRICTS = [row for row in TABLES["areas"] if "local-government-area" in kinds_of(row["kind"])]
CURRENT = [row for row in DISTRICTS if start(row) <= date(2026, 11, 25) < end(row)]


def lies_in(area: str, kind: str) -> list[tuple[date, date, str, str]]:
    """In which areas of a kind an area lies, from when until when, and how."""
    return [
        (
            max(start(row), start(AREAS[row["other"]])),
            min(end(row), end(AREAS[row["other"]])),
            row["other"],
            row["relation"],
        )
        for row in RELATIONS[area]
        if kind in kinds_of(AREAS[row["other"]]["kind"])
    ]


def holders(area: str, kinds: set[str]) -> list[Interval]:
    return [(start(row), end(row), row["id"]) for kind, row in HOLDERS[area] if kinds & kinds_of(kind)]


def area_gaps(family: str) -> list[Gap]:
    """Where a district does not lie whole in exactly one area of a kind, on a day of its life since the Act began."""
    found = []
    for district in DISTRICTS:
        held = [(since, until, how) for since, until, _other, how in lies_in(district["code"], family)]
        days = wrong_days(max(start(district), ACT_BEGAN), end(district), held, lambda there: there == ["within"])
        found += [(family, district["code"], since, until, len(there)) for since, until, there in days]
    return found


def health_gaps() -> list[Gap]:
    found = []
    for district in DISTRICTS:
        first = max(start(district), HEALTH_SINCE[district["nation"]])
        held = [
            (max(since, begun), min(until, ended), body)
            for since, until, other, _how in lies_in(district["code"], "health-area")
            for begun, ended, body in holders(
                other,
                {"primary-care-trust", "clinical-commissioning-group", "integrated-care-board", "local-health-board"},
            )
        ]
        if first < end(district):
            days = wrong_days(first, end(district), held, lambda there: bool(there))
            found += [("health-body", district["code"], since, until, len(there)) for since, until, there in days]
    return found


def holder_gaps(name: str, areas: Sequence[Row], kinds: set[str], first: date) -> list[Gap]:
    """Where an area has not exactly one holder of some kinds, on a day of its life."""
    found = []
    for area in areas:
        days = wrong_days(
            max(start(area), first), end(area), holders(area["code"], kinds), lambda there: len(there) == 1
        )
        found += [(name, area["code"], since, until, len(there)) for since, until, there in days]
    return found


def of_kind(kind: str) -> list[Row]:
    return [row for row in TABLES["areas"] if kind in kinds_of(row["kind"])]


POLICING = {
    "police-authority",
    "police-and-crime-commissioner",
    "mayoral-policing-body",
    "mayors-office-for-policing-and-crime",
    "minister-as-police-authority",
    "common-council",
}
FIRE = {
    "combined-fire-authority",
    "metropolitan-fire-authority",
    "london-fire-authority",
    "commissioner-fire-authority",
    "council-fire-authority",
    "combined-authority-as-fire-authority",
    "isles-of-scilly-council",
}


def all_gaps() -> list[Gap]:
    police = [row for row in of_kind("police-area") if row["code"] != "E23000034"]
    return [
        *area_gaps("csp-area"),
        *area_gaps("police-area"),
        *area_gaps("fire-area"),
        *health_gaps(),
        *holder_gaps("council", DISTRICTS, {"council"}, ACT_BEGAN),
        *holder_gaps("county-council", of_kind("county"), {"county-council"}, ACT_BEGAN),
        *holder_gaps("chief-officer", of_kind("police-area"), {"chief-officer-of-police"}, ACT_BEGAN),
        *holder_gaps("policing-body", police, POLICING, ACT_BEGAN),
        *holder_gaps("fire-authority", of_kind("fire-area"), FIRE, ACT_BEGAN),
    ]


def known_gaps() -> dict[Gap, str]:
    with (Path(__file__).parent / "known_gaps.csv").open(encoding="utf-8", newline="") as table:
        return {
            (
                row["what"],
                row["area"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_until"]) if row["valid_until"] else EVER,
                int(row["held"]),
            ): row["reason"]
            for row in csv.DictReader(table)
        }


# Day by day


def test_every_gap_is_known_and_every_known_gap_is_one() -> None:
    found, known = set(all_gaps()), set(known_gaps())
    assert not found - known, f"not in known_gaps.csv: {sorted(found - known)[:5]}"
    assert not known - found, f"closed, take it out of known_gaps.csv: {sorted(known - found)[:5]}"


def test_every_known_gap_says_why_and_names_its_area() -> None:
    assert all(reason.strip() for reason in known_gaps().values())
    assert {area for _what, area, *_rest in known_gaps()} <= AREAS.keys()


def test_the_test_of_days_finds_a_gap_an_overlap_and_joins_what_touches() -> None:
    days = [date(2000 + year, 1, 1) for year in range(6)]
    held = [(days[0], days[2], "one"), (days[1], days[2], "two"), (days[3], days[5], "three")]
    found = wrong_days(days[0], days[5], held, lambda there: len(there) == 1)
    assert found == [(days[1], days[2], ["one", "two"]), (days[2], days[3], [])]
    assert wrong_days(days[0], days[5], [], lambda there: bool(there)) == [(days[0], days[5], [])]


def test_the_318_areas_of_today_and_the_79_before_them_are_held() -> None:
    assert len(CURRENT) == 318
    assert sum(end(row) <= date(2026, 11, 25) for row in DISTRICTS) == 79


def test_the_areas_and_posts_of_the_issue_are_all_there() -> None:
    today = date(2026, 11, 25)

    def there(table: str, kind: str) -> int:
        return sum(kind in kinds_of(row["kind"]) and start(row) <= today < end(row) for row in TABLES[table])

    assert there("areas", "police-area") == 43
    assert there("bodies", "chief-officer-of-police") == 43
    assert there("bodies", "integrated-care-board") == 36
    assert there("bodies", "local-health-board") == 7
    assert there("areas", "county") == 21
    panels = {row["area"] for row in TABLES["partnerships"] if row["kind"] == "police-and-crime-panel"}
    assert len(panels) == 41 and not panels & {"E23000001", "E23000034"}
    boards = [row for row in TABLES["partnerships"] if row["kind"] == "local-criminal-justice-board"]
    assert len({row["area"] for row in boards if row["area"] != "K04000001"}) == 42
    units = {row["area"] for row in TABLES["partnerships"] if row["kind"] == "violence-reduction-unit"}
    assert len(units - {"K04000001"}) == 20


def test_every_county_and_single_tier_area_of_today_has_one_youth_offending_team() -> None:
    """Alone or with neighbours (s. 39(2) of the Act of 1998)."""
    today = date(2026, 11, 25)
    teams: dict[str, set[str]] = {}
    for area in of_kind("upper-tier-area"):
        if start(area) <= today < end(area):
            served = {area["code"]} | {
                other
                for since, until, other, _how in lies_in(area["code"], "youth-justice-area")
                if since <= today < until
            }
            teams[area["code"]] = {
                team
                for code in served
                for since, until, team in holders(code, {"youth-offending-team"})
                if since <= today < until
            }
    assert {code for code, there in teams.items() if len(there) != 1} == set()
    assert len(set().union(*teams.values())) == 155


def test_every_partnership_area_of_today_has_a_partnership_and_the_partnership_its_area() -> None:
    today = date(2026, 11, 25)
    partnerships = defaultdict(list)
    for row in TABLES["partnerships"]:
        if row["kind"] == "community-safety-partnership" and start(row) <= today < end(row):
            partnerships[row["area"]].append(row["id"])
    areas = {
        other
        for district in CURRENT
        for since, until, other, _how in lies_in(district["code"], "csp-area")
        if since <= today < until
    }
    assert {area for area in areas if len(partnerships[area]) != 1} == set()
    assert partnerships.keys() - areas - {""} == set()


# Lives, successors, sources


TIMED = ("areas", "area_relations", "bodies", "capacities", "names", "partnerships", "memberships", "rules")


@pytest.mark.parametrize("table", TIMED)
def test_nothing_ends_before_it_begins(table: str) -> None:
    assert [place(row) for row in TABLES[table] if end(row) <= start(row)] == []


@pytest.mark.parametrize("table", ["areas", "bodies"])
def test_what_ended_names_its_successor_or_says_why_none(table: str) -> None:
    assert [place(row) for row in TABLES[table] if row["valid_until"] and not (row["successors"] or row["note"])] == []


@pytest.mark.parametrize(("table", "held"), [("areas", AREAS), ("bodies", BODIES)])
def test_a_successor_lives_on_from_the_day_on_which_its_forerunner_ends(table: str, held: dict[str, Row]) -> None:
    wrong = [
        f"{place(row)}: {name}"
        for row in TABLES[table]
        for name in row["successors"]
        if not (row["valid_until"] and start(held[name]) <= row["valid_until"] < end(held[name]))
        and not (row["note"] or held[name]["note"])
    ]
    assert wrong == []


def test_a_relation_of_areas_holds_only_while_both_are_there() -> None:
    wrong = [
        place(row)
        for row in TABLES["area_relations"]
        for code in (row["area"], row["other"])
        if (row["valid_from"] and AREAS[code]["valid_from"] and row["valid_from"] < AREAS[code]["valid_from"])
        or end(row) > end(AREAS[code])
    ]
    assert wrong == []


def test_the_same_two_areas_are_not_related_twice_at_a_time() -> None:
    seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in TABLES["area_relations"]:
        seen[row["area"], row["other"]].append(row)
    wrong = [
        f"{place(one)} and {place(other)}"
        for rows in seen.values()
        for number, one in enumerate(rows)
        for other in rows[number + 1 :]
        if max(start(one), start(other)) < min(end(one), end(other))
    ]
    assert wrong == []


def test_every_source_that_a_row_names_is_there() -> None:
    named = {
        name
        for table in read_schema().values()
        for column in table.columns
        if column.refers_to == "sources.id"
        for row in TABLES.get(table.name, ())
        for name in (row[column.name] if isinstance(row[column.name], tuple) else (row[column.name],))
        if name
    }
    assert named <= SOURCES.keys()


def test_every_source_of_the_national_register_is_used_and_has_an_address_or_says_where_it_was_seen() -> None:
    national = _BOTH[1]
    used = {name for rows in national.values() for row in rows for name in row.values.get("source") or ()}
    used |= {name for rows in national.values() for row in rows for name in row.values.get("sources") or ()}
    assert sorted({row["id"] for row in national["sources"]} - used) == []
    assert [row["id"] for row in national["sources"] if not (row["address"] or row["note"])] == []


def test_weak_evidence_is_shown_as_weak() -> None:
    """A row of grade C or without a start says so in its note."""
    wrong = [
        place(row)
        for table in ("areas", "bodies", "partnerships")
        for row in _BOTH[1][table]
        if row["grade"] == "C" and not row["note"]
    ]
    assert wrong == []


def test_nothing_unread_is_called_checked() -> None:
    """A row that rests only on pages and other people's tables has not been held against law."""
    wrong = [
        place(row)
        for table in ("areas", "bodies", "partnerships", "capacities")
        for row in _BOTH[1][table]
        if row["checked_on"] and not any(SOURCES[name]["kind"] == "legislation" for name in row["source"])
    ]
    assert wrong == []


# Classes against their rules


def test_the_rules_of_a_class_for_one_kind_of_body_follow_one_another_without_overlap() -> None:
    """Two rules at a time for the same kind of body, relation, nation and capacity say the same twice."""
    seen: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in TABLES["rules"]:
        for nation in row["applies_in"]:
            how = (row["relation"], row["area_kind"], row["capacity"], row["route"], row["phrase"])
            seen[row["class"], row["kind"], nation, *how].append(row)
    wrong = [
        f"{one['id']} and {other['id']}"
        for rows in seen.values()
        for number, one in enumerate(rows)
        for other in rows[number + 1 :]
        if max(start(one), start(other)) < min(end(one), end(other))
        and (not one["only_areas"] or not other["only_areas"] or set(one["only_areas"]) & set(other["only_areas"]))
        and not (one["note"] or other["note"])
    ]
    assert wrong == []


LONDON = {row["code"] for row in DISTRICTS if row["kind"] in ("london-borough", "city-of-london")}


def limb_gaps(rule: Row, right: Callable[[list[str]], bool], *, but: set[str]) -> list[str]:
    """Where and when a limb of the law is in force and not filled as it should be, by the rows alone."""
    found = []
    for district in DISTRICTS:
        fits = district["nation"] in rule["applies_in"] and district["code"] not in but
        if not fits or (rule["area_kind"] and rule["area_kind"] not in kinds_of(district["kind"])):
            continue
        near = [(start(district), end(district), district["code"], "same")] + [
            item
            for kind in ("police-area", "fire-area", "health-area", "probation-area", "county", "region")
            for item in lies_in(district["code"], kind)
        ]
        wanted = {"same": {"same"}, "contains": {"within"}, "touches": {"same", "within", "overlaps"}}[rule["relation"]]
        held = [
            (max(since, begun), min(until, ended), body)
            for since, until, other, how in near
            if how in wanted
            for begun, ended, body in holders(other, {rule["kind"]})
        ]
        first, last = max(start(district), start(rule)), min(end(district), end(rule))
        if first < last:
            days = wrong_days(first, last, held, right)
            found += [f"{district['label']}, {since} to {until}: {there}" for since, until, there in days]
    return found


@pytest.mark.parametrize(
    ("name", "but"),
    [
        ("cda1998-ra-council-district", set()),
        ("cda1998-ra-council-unitary", set()),
        ("cda1998-ra-council-metropolitan-district", set()),
        ("cda1998-ra-council-london-borough", set()),
        ("cda1998-ra-council-city", set()),
        ("cda1998-ra-council-scilly", set()),
        ("cda1998-ra-council-wales", set()),
        ("cda1998-ra-county-council", set()),
        ("cda1998-ra-police-authority-e", LONDON),
        ("cda1998-ra-police-authority-w", set()),
        ("cda1998-ra-health-lhb-w-2003", set()),
        ("cda1998-ra-health-lhb-w", set()),
    ],
)
def test_a_limb_with_one_holder_is_filled_once_everywhere_for_as_long_as_it_is_in_force(
    name: str, but: set[str]
) -> None:
    """London had no police authority under limb (c) from 16 January 2012, and the City none at all (s. 5(5))."""
    rule = next(row for row in TABLES["rules"] if row["id"] == name)
    assert limb_gaps(rule, lambda there: len(there) == 1, but=but) == []


@pytest.mark.parametrize(
    "name",
    [
        "cda1998-ra-chief-officer",
        "cda1998-ra-health-ccg",
        "cda1998-ra-health-icb",
        "cda1998-ra-probation",
        "pca2017-s5-ambulance",
    ],
)
def test_a_limb_with_several_holders_has_at_least_one_everywhere(name: str) -> None:
    rule = next(row for row in TABLES["rules"] if row["id"] == name)
    assert limb_gaps(rule, lambda there: bool(there), but=set()) == []


def test_the_metropolitan_police_authority_fills_the_limb_in_london_boroughs_until_it_ends() -> None:
    rule = next(row for row in TABLES["rules"] if row["id"] == "cda1998-ra-police-authority-e")
    elsewhere = {row["code"] for row in DISTRICTS} - LONDON | {"E09000001"}
    gaps = limb_gaps(rule, lambda there: len(there) == 1, but=elsewhere)
    assert len(gaps) == 32 and all("2012-01-16 to 2012-11-22: []" in gap for gap in gaps)


SINGLE_AREAS = {
    "district",
    "unitary-area",
    "metropolitan-district",
    "london-borough",
    "welsh-principal-area",
    "city-of-london",
    "isles-of-scilly",
}
NEAR_POLICE = {
    "health-area",
    "fire-area",
    "youth-justice-area",
    "probation-area",
    "combined-authority-area",
    "drugs-partnership-area",
    "region",
}
"""Kinds of area that bodies serve and that are made of local government areas, as police areas are."""


def test_a_police_area_stands_to_every_area_of_a_body_in_which_one_of_its_districts_lies() -> None:
    """Otherwise a class that is filled for police areas (who co-operates in MAPPA, say) would miss its bodies silently."""
    relations = [row for row in TABLES["area_relations"] if row["other"] in AREAS]
    held = {frozenset((row["area"], row["other"])) for row in relations}
    around: dict[str, list[Row]] = defaultdict(list)
    for row in relations:
        if AREAS[row["area"]]["kind"] in SINGLE_AREAS:
            around[row["area"]].append(row)
    missing = {
        f"{police['other']} {near['other']}"
        for rows in around.values()
        for police in rows
        for near in rows
        if AREAS[police["other"]]["kind"] == "police-area"
        and AREAS[near["other"]]["kind"] in NEAR_POLICE
        and "within" in (police["relation"], near["relation"])
        and max(start(police), start(near)) < min(end(police), end(near))
        and frozenset((police["other"], near["other"])) not in held
    }
    assert not missing
