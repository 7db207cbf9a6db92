"""What is written in a cell is what comes out of it: through CSV, and on into the graph."""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from dutygraph.loaders.register import register_quads
from dutygraph.loaders.tables import read_schema, read_tables

# No control characters and no lone surrogates: those are faults. Cells are read without the spaces around them.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).map(str.strip).filter(bool)
items = texts.map(lambda text: text.replace(";", "").strip()).filter(bool)
days = st.dates(date(1000, 1, 1), date(9999, 12, 30))
rows = st.fixed_dictionaries(
    {
        "fund": st.none() | texts,
        "purpose": st.none() | texts,
        "note": st.none() | st.lists(texts, min_size=2, max_size=2).map("\n".join),
        "amount": st.none() | st.decimals(0, 10**9, places=2),
        "period_from": st.none() | days,
        "checked_on": st.none() | days,
    }
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIXED = {
    "funder": "body:quillport-council",
    "recipient": "text:the harbour",
    "evidence": "Paper",
    "source": "paper-netherby-board",
}


def write_cell(value: Any) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)


def written_and_read(register: Path, table: str, written: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write rows into a table of a copy of the register, and read it back."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(register, Path(folder) / "register"))
        with (copy / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            names = [column.name for column in read_schema()[table].columns]
            writer.writerow(names)
            writer.writerows([write_cell(row.get(name)) for name in names] for row in written)
        (tables,) = read_tables([copy])
    return [dict(row.values) for row in tables[table]]


@quick
@given(st.lists(rows, max_size=4))
def test_rows_survive_the_way_through_csv(register_folder: Path, values: list[dict[str, Any]]) -> None:
    written = [{"id": f"award-{number}", **FIXED, **row} for number, row in enumerate(values)]
    read = written_and_read(register_folder, "funding", written)
    for row, back in zip(written, read, strict=True):
        for name, value in row.items():
            expected = (value,) if name == "source" else value
            assert back[name] == expected, name


@quick
@given(st.lists(items, min_size=1, max_size=5))
def test_lists_survive_the_way_through_csv(register_folder: Path, names: list[str]) -> None:
    topics = [{"id": "community-safety", "label": "x", "also_called": tuple(names)}]
    others = [{"id": name, "label": name} for name in ("serious-violence", "planning")]
    read = written_and_read(register_folder, "topics", topics + others)
    assert read[0]["also_called"] == tuple(names)


@quick
@given(texts, st.decimals(0, 10**9, places=2))
def test_a_cell_reads_the_same_in_the_graph(register_folder: Path, purpose: str, amount: Decimal) -> None:
    row = {"id": "award", **FIXED, "purpose": purpose, "amount": amount}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(register_folder, Path(folder) / "register"))
        with (copy / "funding.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in read_schema()["funding"].columns])
            writer.writeheader()
            writer.writerow(row)
        store = Store()
        store.extend(register_quads(read_tables([copy]), ["https://w3id.org/dutygraph/graph/register"]))
    (held,) = store.query(
        """PREFIX dg: <https://w3id.org/dutygraph/def#>
        SELECT ?purpose ?amount { ?award a dg:FundingAward ; dg:purpose ?purpose ; dg:amount ?amount }""",
        use_default_graph_as_union=True,
    )
    assert held["purpose"].value == purpose  # type: ignore[index, union-attr]
    assert Decimal(held["amount"].value) == amount  # type: ignore[index, union-attr]
