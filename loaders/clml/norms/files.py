"""From a file to the norms in it, as rows of plain values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..reader import read_document
from .extraction import norms

COLUMNS = (
    "file",
    "provision_iri",
    "pinpoint",
    "kind",
    "holder",
    "action",
    "toward",
    "condition",
    "deadline",
    "rule",
    "quote",
)
"""The keys of a row, in this order."""


def rows_of_file(path: str | Path) -> Iterator[dict[str, str | None]]:
    """Yield a row of plain values for each norm in force that a CLML file states, in the order of its text.

    Args:
        path: the XML file: a whole document or a fragment.

    Raises:
        BadInput: the file cannot be opened, or is no CLML.
    """
    path = Path(path)
    for norm in norms(read_document(path)):
        yield {"file": path.name, **{column: getattr(norm, column) for column in COLUMNS[1:]}}
