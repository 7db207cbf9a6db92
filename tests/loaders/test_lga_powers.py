"""The Local Government Association's list: each row a norm of councils, with what is wrong counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad

from dutygraph.errors import BadInput
from dutygraph.graph.builds import build
from dutygraph.knowledge import load_into, open_graph
from dutygraph.loaders.defects import Report
from dutygraph.loaders.lga_powers import legislation_address, new_report, read_list
from dutygraph.ontology.namespaces import DG, LEG

HEADER = (
    "Identifier,Label,AlternativeLabels,Type,Description,LegislationLabel,LegislationUrl,Modified,ApplicableFrom,"
    "ApplicableTo,History,IsDraft,IsComplete"
)
ROWS = """7,Keep the harbour lit,Lamps; Lights,D,To light lamps at night,Harbour Act 2004 s. 3,https://www.legislation.gov.uk/ukpga/2004/34/section/3,,2005-04-01,,,false,true
8,Hire boats,,P,,,https://example.org/,,01/05/2006,soon,,true,false
8,Hire boats again,,P,,,,,,,,,
9,Dance,,X,,,,,,,,,
,Nameless,,D,,,,,,,,,
"""


def read(tmp_path: Path, text: str = f"{HEADER}\n{ROWS}") -> tuple[list[Quad], Report]:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    report = new_report([path])
    return list(read_list(path, "https://w3id.org/dutygraph/graph/lga-powers", report)), report


def values(quads: list[Quad], number: int, name: str) -> list[str]:
    return [
        q.object.value for q in quads if q.subject.value.endswith(f"/lga-{number}") and q.predicate.value.endswith(name)
    ]  # type: ignore[union-attr]


def test_a_row_is_a_norm_with_its_law_and_dates(tmp_path: Path) -> None:
    quads, report = read(tmp_path)
    assert values(quads, 7, "#type") == [DG + "Duty"] and values(quads, 8, "#type") == [DG + "Power"]
    assert values(quads, 7, "basis") == [f"{LEG}ukpga/2004/34/section/3"] and values(quads, 7, "validFrom") == [
        "2005-04-01"
    ]
    assert values(quads, 7, "altLabel") == ["Lamps", "Lights"] and values(quads, 8, "validFrom") == ["2006-05-01"]
    assert report.counts == {"rows": 5, "duties": 1, "powers": 1}


def test_what_is_wrong_is_counted(tmp_path: Path) -> None:
    _quads, report = read(tmp_path)
    assert report.found == {
        "draft": 1, "incomplete": 1, "date": 1, "address": 1, "repeated": 1, "type": 1, "identifier": 1,
    }  # fmt: skip


def test_a_missing_column_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no column Type"):
        read(tmp_path, "Identifier,Label,Description,LegislationLabel,LegislationUrl\n")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://www.legislation.gov.uk/ukpga/2004/34/contents", f"{LEG}ukpga/2004/34"),
        ("https://legislation.gov.uk/uksi/2007/1830/regulation/9/made", f"{LEG}uksi/2007/1830/regulation/9"),
        ("http://www.legislation.gov.uk/all?title=lamps", None),
        ("", None),
    ],
)
def test_a_page_leads_to_the_id_of_its_law(address: str, expected: str | None) -> None:
    assert legislation_address(address) == expected


def test_the_list_is_loaded_and_found(tmp_path: Path, small_builds: Path) -> None:
    build(tmp_path / "graph")
    (tmp_path / "list.csv").write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    made = load_into(tmp_path / "graph", "lga-powers", [str(tmp_path / "list.csv")])
    assert made.layers[-1].notes[0] == "rows: 5"
    hit = next(iter(open_graph(tmp_path / "graph").search("harbour lit", on="2026-01-01")))
    assert (hit["kind"], hit["label"], hit["evidence"]) == ("duty", "Keep the harbour lit", "PublicPage")
