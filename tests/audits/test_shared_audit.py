"""The report of 3 November 2023 to the Warwickshire panel, where it lies beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dutygraph.audits import Audit, audit_paper
from dutygraph.graph.builds import fill
from dutygraph.graph.store import OxigraphStore
from dutygraph.register import FOLDER

SHARED = Path(os.environ.get("DUTYGRAPH_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PAPER = next(iter(sorted((SHARED / "papers").glob("003*.txt"))), None)
pytestmark = pytest.mark.skipif(PAPER is None, reason="the papers are not beside the checkout")


@pytest.fixture(scope="module")
def audit() -> Audit:
    return audit_paper(OxigraphStore(fill([FOLDER]), "memory"), PAPER or "")


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("Fire and Rescue Authority – member of", "Crime and Disorder Act 1998, s. 5(5)"),
        ("has power – make grants", "Police Reform and Social Responsibility Act 2011, s. 9(1)"),
        ("has power – make grants", "Anti-social Behaviour, Crime and Policing Act 2014, s. 143(3)"),
        ("amended by", "SI 2022/1304, reg. 11"),
    ],
)
def test_where_paper_and_statute_part_company(audit: Audit, words: str, law: str) -> None:
    found = [item for item in audit.of("differs", "computed") if words in item.says]
    assert law in {basis["citation"] for item in found for basis in item.basis}


def test_where_they_agree(audit: Audit) -> None:
    agreed = " ".join(item.says for item in audit.of("agrees", "computed"))
    assert "Police and Crime Commissioner for Warwickshire – is not member" in agreed
    assert "community safety agreement" in agreed
