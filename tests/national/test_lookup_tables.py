"""The real look-up tables, where they lie beside the checkout: each is read whole, and agrees with the register.

They are other people's files and no part of the repository; without them these tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from dutygraph.graph.geography import held_geography
from dutygraph.loaders.geography import read_lookup
from dutygraph.loaders.geography_held import Comparison, HeldGeography, compare
from dutygraph.loaders.register import register_quads
from dutygraph.loaders.tables import read_tables
from dutygraph.national import FOLDER as NATIONAL
from dutygraph.register import FOLDER

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "geography"
TABLES = sorted(SHARED.glob("*.csv"))
pytestmark = pytest.mark.skipif(not TABLES, reason=f"the look-up tables are not there: {SHARED}")
ROWS = {
    "icb_2026_names.csv": (36, 36),
    "lad_ccg_stp_apr2018_lsoa_counts.csv": (394, 521),
    "lad_county_apr2020.csv": (257, 288),
    "lad_csp_pfa_dec2019.csv": (342, 696),
    "lad_fra_dec2019.csv": (339, 387),
    "ltla_utla_dec2018.csv": (348, 375),
    "uk_local_authorities_2025.csv": (470, 402),
    "wales_ua_lhb_apr2019.csv": (22, 29),
}
"""Rows and different areas of each table, counted apart from the loader (the two halves of London are no areas here)."""


@pytest.fixture(scope="module")
def held() -> HeldGeography:
    store = Store()
    store.bulk_extend(register_quads(read_tables([FOLDER, NATIONAL]), ["urn:register", "urn:national"]))
    return held_geography(store)


@pytest.fixture(scope="module")
def compared(held: HeldGeography) -> dict[str, Comparison]:
    return {path.name: compare(read_lookup(path), held) for path in TABLES}


@pytest.mark.parametrize("path", TABLES, ids=[path.name for path in TABLES])
def test_a_table_is_read_whole(path: Path) -> None:
    lookup = read_lookup(path)
    assert lookup.broken == [] and lookup.repeated == []
    assert ROWS.get(path.name) in (None, (lookup.rows, len(lookup.areas)))


@pytest.mark.parametrize("path", TABLES, ids=[path.name for path in TABLES])
def test_every_code_is_held(path: Path, compared: dict[str, Comparison]) -> None:
    assert compared[path.name].new_areas == []


@pytest.mark.parametrize("name", ["lad_fra_dec2019.csv", "lad_county_apr2020.csv", "ltla_utla_dec2018.csv"])
def test_the_register_places_every_district_as_the_table_does(name: str, compared: dict[str, Comparison]) -> None:
    made = compared[name]
    assert len(made.confirmed) == len(made.lookup.relations)


def test_the_register_differs_on_partnership_areas_only_where_old_ones_outlived_their_districts(
    compared: dict[str, Comparison],
) -> None:
    """Bournemouth, Poole, Dorset, Suffolk Coastal and Waveney still stood in the table months after the districts went."""
    moved = {item.stated.part for item in compared["lad_csp_pfa_dec2019.csv"].moved}
    assert moved == {"E06000058", "E07000244"}


def test_health_overlaps_are_those_counted_in_small_areas(compared: dict[str, Comparison]) -> None:
    made = compared["lad_ccg_stp_apr2018_lsoa_counts.csv"]
    assert made.moved == [] and made.added == [] and len(made.confirmed) == 394


def test_days_that_differ_from_the_list_of_authorities_are_few_and_told(compared: dict[str, Comparison]) -> None:
    districts = [
        area for area, _known in compared["uk_local_authorities_2025.csv"].other_dates if area.code[:3] != "E47"
    ]
    assert [(area.code, area.valid_from) for area in districts] == [("E06000020", "2005-06-20")]
