"""How well the register covers an Act: the norms its text states against those that the register holds, both ways.

For curators. In goes an instrument whose text is loaded (``dutygraph load clml``) or can be fetched; out come what the
text states and the register lacks, what the register holds and the text does not state there, and what was amended
after a person last checked it. The text's norms are found by rules (:mod:`dutygraph.loaders.clml.norms`), so a line
is a place to look, not a fault: a rule may miss a norm, and the register may rightly say two as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .citations import LegislationUri, cite
from .errors import BadInput
from .queries.results import Answer, Record
from .queries.rows import run

if TYPE_CHECKING:
    from .graph.store import GraphStore
    from .loaders.clml.model import Document, Provision
    from .loaders.clml.norms import Norm

FINDINGS = {
    "missing": "the text states it, the register lacks it",
    "unmatched": "the register holds it, the text states no such norm there",
    "changed": "the text was amended after it was checked",
    "agreed": "both have it",
}
"""What the comparison can find, with what it means."""


@dataclass(frozen=True)
class HeldNorm:
    """A norm of the register.

    Args:
        iri: its IRI.
        kind: duty, power or prohibition.
        label: its short name.
        provision: IRI of the provision it rests on.
        valid_from: first day, ISO; empty = unknown.
        valid_until: the day from which it no longer holds; empty = open.
        checked_on: when a person last checked it; empty = never.
    """

    iri: str
    kind: str
    label: str
    provision: str
    valid_from: str = ""
    valid_until: str = ""
    checked_on: str = ""

    def holds_on(self, day: str) -> bool:
        """Say whether it is in force on a day."""
        return self.valid_from <= day and (not self.valid_until or day < self.valid_until)


def coverage(store: GraphStore, document: Document, on: date | None = None) -> Answer:
    """Compare the norms that a document states with those that the register holds for it.

    Args:
        store: the graph.
        document: the instrument's text.
        on: the day whose register is compared; None is the day of the text, or today if the text says none.

    Returns:
        A row for each finding, see :data:`FINDINGS`; the verdict is "yes" where text and register agree in full.
    """
    from .loaders.clml.norms import norms

    day = on.isoformat() if on else document.valid_on or date.today().isoformat()
    held = [norm for norm in held_norms(store, document.iri) if norm.holds_on(day)]
    stated = list(norms(document))
    rows = [*compare(document, stated, held)]
    counts = Counter(row["finding"] for row in rows)
    name = document.title or document.iri
    return Answer(
        verdict="yes" if counts.total() == counts["agreed"] else "no",
        as_at=day,
        heading=f"Coverage of the {name}" if name[:1].isupper() else f"Coverage of {name}",
        message=(
            f"The text states {len(stated):,} norms; the register holds {len(held):,} in force. "
            f"{counts['agreed']:,} agree, {counts['missing']:,} are missing from the register, "
            f"{counts['unmatched']:,} have no such norm in the text, {counts['changed']:,} changed since their check."
        ),
        rows_name="findings",
        rows=rows,
        details={"instrument": {"iri": document.iri, "label": name}, "counts": dict(counts)},
        notes=[
            "The text's norms are found by rules: a line is a place to look, not a fault.",
            *([f"The text is that of {document.valid_on}."] if document.valid_on else []),
        ],
    )


def held_norms(store: GraphStore, instrument: str) -> list[HeldNorm]:
    """Return the norms that the register rests on an instrument, a row for each provision a norm rests on."""
    return [
        HeldNorm(
            row["norm"],
            row["kind"],
            row["label"],
            row["provision"],
            row.get("validFrom", ""),
            row.get("validUntil", ""),
            row.get("checkedOn", ""),
        )
        for row in run(store, "norms-resting-on", {"instrument": instrument})
    ]


def compare(document: Document, stated: Sequence[Norm], held: Sequence[HeldNorm]) -> Iterator[Record]:
    """Yield a row for each finding: first what the register lacks, then what it holds.

    A norm of the register answers one of the text if they are of one kind and the provision it rests on holds the
    text's verb, or stands inside the provision that does: the register may cite ``s. 6(1)`` for what stands in (a).
    """
    name = document.title or document.iri
    texts = {provision.iri: provision for provision in document.walk()}
    for norm in stated:
        if not any(_answers(other, norm) for other in held):
            yield _row("missing", name, document, norm.pinpoint_iri, norm.kind, _said(norm), norm.rule)
    for other in held:
        answered = any(_answers(other, norm) for norm in stated)
        why = _changed(other, texts) if answered or other.provision in texts else "the text has no such provision"
        finding = "unmatched" if not answered else "changed" if why else "agreed"
        yield _row(finding, name, document, other.provision, other.kind, other.label, why)


def _answers(held: HeldNorm, stated: Norm) -> bool:
    if held.kind != stated.kind:
        return False
    return any(_within(place, held.provision) for place in (stated.pinpoint_iri, stated.provision_iri)) or _within(
        held.provision, stated.provision_iri
    )


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(outer + "/")


def _changed(held: HeldNorm, texts: dict[str, Provision]) -> str:
    """Say how the provision's text changed after the norm was checked; empty if it did not, as far as is known."""
    provision = texts.get(held.provision)
    if provision is None:
        return ""
    if provision.status and not provision.status_extent:
        return f"the text is {provision.status}"
    if held.checked_on and provision.start > held.checked_on:
        return f"its text is of {provision.start}, the check of {held.checked_on}"
    return ""


def _said(norm: Norm) -> str:
    verb = {"duty": "must", "power": "may", "prohibition": "must not"}[norm.kind]
    return f"{norm.holder or '…'} {verb} {norm.action}"


def _row(finding: str, name: str, document: Document, iri: str, kind: str, what: str, why: str) -> Record:
    return {
        "finding": finding,
        "provision": {
            "citation": cite("", iri.removeprefix(document.iri + "/")).removeprefix(", ") or name,
            "iri": iri,
        },
        "kind": kind,
        "what": what,
        "because": why,
    }


def find_document(instrument: str, paths: Iterable[Path]) -> Document:
    """Return the text of an instrument: the latest among the files, else fetched from legislation.gov.uk.

    Args:
        instrument: its identifier: ``ukpga/2004/34``.
        paths: CLML files, folders and ZIP files to look in, such as those that were loaded.

    Raises:
        BadInput: if the identifier is none, or the text is neither there nor to be had.
    """
    from .loaders.clml.fetching import Site
    from .loaders.clml.loading import Reading

    try:
        uri = LegislationUri.parse(instrument)
    except ValueError as error:
        raise BadInput(str(error)) from error
    found = list(Reading([path for path in paths if path.exists()], "").documents_of(uri.iri))
    if found:
        return max(
            found, key=lambda document: (not document.fragment, sum(1 for _ in document.walk()), document.valid_on)
        )
    path = Site().fetch(str(uri.work))
    return next(Reading([path], "").documents_of(uri.iri))


def loaded_paths(store: str | Path | None) -> list[Path]:
    """Return the CLML files and folders that were loaded into a graph folder."""
    from .graph.current import read_build
    from .knowledge import default_folder

    held = read_build(Path(store) if store else default_folder())
    layers = held.layers if held else ()
    return [Path(path) for layer in layers if layer.kind == "clml" for path in layer.paths]
