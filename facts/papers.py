"""The facts of files: what the command prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import BadInput
from ..loaders.papers.reading import read_paper
from .finding import find_facts
from .model import KINDS


def facts_of_files(paths: Sequence[Path | str], kinds: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Read papers and return their facts as rows with the keys of the annotation guide.

    Args:
        paths: the papers: pdf, docx, html, md or txt.
        kinds: only these kinds; all of them if there are none.

    Raises:
        BadInput: if a paper cannot be read, or there is no such kind.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise BadInput(f'There is no kind of fact "{unknown[0]}". There are: {", ".join(KINDS)}.')
    rows: list[dict[str, Any]] = []
    for path in paths:
        paper = read_paper(path)
        rows += [fact.row(paper.doc) for fact in find_facts(paper) if not kinds or fact.kind in kinds]
    return rows
