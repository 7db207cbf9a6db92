"""The awards of the papers add up to the totals that the papers print, or the table of totals says by how much not, and why."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from dutygraph.register import FOLDER

TOTALS = list(csv.DictReader((Path(__file__).parent / "totals.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def amounts() -> dict[str, str]:
    with (FOLDER / "funding.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["amount"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("total", [row for row in TOTALS if row["funding_ids"]], ids=lambda row: str(row["id"]))
def test_awards_add_up_to_the_printed_total_or_the_difference_is_explained(
    amounts: dict[str, str], total: dict[str, str]
) -> None:
    awards = [name.strip() for name in total["funding_ids"].split(";") if name.strip()]
    assert [name for name in awards if name not in amounts] == []
    added = sum((Decimal(amounts[name]) for name in awards if amounts[name]), Decimal(0))
    assert added == Decimal(total["sum_of_rows"]), f"{total['what']}: the rows of the register add up to {added}"
    if not total["printed_total"]:
        return
    difference = Decimal(total["printed_total"]) - added
    assert difference == Decimal(total["difference"] or 0)
    assert difference == 0 or len(total["explanation"]) > 20, f"{total['what']}: {difference} is not explained"
