"""Every partnership, board, regime and arrangement of the five papers can be asked about: a walk through a table of names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.ontology.namespaces import DCTERMS, DG, ORG, PROV, area_iri, thing
from dutygraph.register import FOLDER

SYSTEMS = list(csv.DictReader((Path(__file__).parent / "systems.csv").open(encoding="utf-8")))
PARTNERSHIPS = [row for row in SYSTEMS if row["kind"] == "partnership"]
OTHERS = [row for row in SYSTEMS if row["kind"] != "partnership"]


@pytest.fixture(scope="module")
def store() -> Iterator[OxigraphStore]:
    yield OxigraphStore(fill([FOLDER]), "memory")


def iris(row: dict[str, str]) -> list[str]:
    """The IRIs that may stand for a system: a body may be an office-holder."""
    if row["kind"] == "body":
        return [thing("body", row["id"]), thing("post", row["id"])]
    return [area_iri(row["id"]) if row["kind"] == "area" else thing(row["kind"], row["id"])]


def holds(store: OxigraphStore, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}"))


def test_the_table_names_systems_of_every_section() -> None:
    assert {row["section"] for row in SYSTEMS} >= {str(number) for number in range(1, 13)}
    assert len({row["system"] for row in SYSTEMS}) >= 195


@pytest.mark.parametrize("row", PARTNERSHIPS, ids=lambda row: str(row["id"]))
def test_a_partnership_says_its_law_or_none_its_area_who_takes_part_and_where_that_is_said(
    store: OxigraphStore, row: dict[str, str]
) -> None:
    (iri,) = iris(row)
    missing = [
        what
        for what, pattern in {
            "law, or what set it up": f"{{ <{iri}> <{DG}basis> ?x }} UNION {{ <{iri}> <{DG}setUpBy> ?x }}",
            "area": f"<{iri}> <{DG}area> ?x",
            "participant": (
                f"{{ ?seat <{ORG}organization> <{iri}> ; <{ORG}member> ?x }} UNION {{ ?x <{DG}partOf> <{iri}> }} "
                f"UNION {{ ?held <{DG}capacityOf> <{iri}> . ?class <{DG}member> <{iri}> ; <{DG}inClass> ?x }}"
            ),
            "source": f"<{iri}> <{PROV}wasDerivedFrom>/<{DCTERMS}title> ?x",
            "place in the source": (
                f"{{ <{iri}> <{DG}locator> ?x }} UNION {{ ?seat <{ORG}organization> <{iri}> ; <{DG}locator> ?x }}"
            ),
        }.items()
        if not holds(store, pattern)
    ]
    assert missing == [], f"{row['system']} ({row['id']}) lacks: {', '.join(missing)}"


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: f"{row['kind']}-{row['id']}")
def test_a_system_that_is_no_partnership_is_held_with_its_source(store: OxigraphStore, row: dict[str, str]) -> None:
    found = [iri for iri in iris(row) if holds(store, f"<{iri}> ?p ?o")]
    assert found, f"{row['system']}: nothing is held under {row['id']}"
    if row["kind"] in ("class", "norm"):
        assert holds(store, f"<{found[0]}> <{DG}basis> ?x"), f"{row['system']}: no law is named"
    if row["kind"] not in ("topic", "role", "difference"):
        assert holds(store, f"<{found[0]}> <{PROV}wasDerivedFrom> ?x"), f"{row['system']}: no source is named"


def test_the_count_of_systems_is_printed(store: OxigraphStore) -> None:
    held = [row for row in SYSTEMS if any(holds(store, f"<{iri}> ?p ?o") for iri in iris(row))]
    print(f"{len({row['system'] for row in held})} of {len({row['system'] for row in SYSTEMS})} systems held")
    assert len(held) == len(SYSTEMS)
