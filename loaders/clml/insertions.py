"""Text that a document puts into another enactment: it belongs there, at the place that the words before it name.

"In section 17 (payments), after subsection (2) insert—" under "The Energy Act 2013 is amended as follows": the text is
the Energy Act's, section 17. Where the words do not name the place, only the text is kept: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...citations import Instruments, find_citations
from ...citations.finding import Citation
from ...ontology.namespaces import LEG
from .model import Document, Provision, Quotation, Words

_HEADED = frozenset({"crossheading", "part", "chapter", "schedule"})


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text put into another enactment.

    Args:
        text: the text.
        by: IRI of the provision that carries it.
        into: IRI of the instrument or provision it goes into; empty if the words do not tell.
    """

    text: str
    by: str
    into: str


def insertions_of(document: Document, known: Instruments) -> Iterator[Insertion]:
    """Yield the texts that a document puts into other enactments, in document order.

    Args:
        document: the document.
        known: the instruments that it names.
    """
    for provision in document.provisions:
        yield from _Walk(known).through(provision, ())


class _Walk:
    """One outermost provision as it is gone through; "The X Act is amended as follows" carries on."""

    def __init__(self, known: Instruments) -> None:
        self.known = known
        self.headed: Citation | None = None
        self.opened: Citation | None = None

    def through(self, provision: Provision, before: tuple[Citation, ...]) -> Iterator[Insertion]:
        if not _quotes(provision):
            return
        if provision.kind in _HEADED:
            self.headed = next(iter(self.acts(provision.heading)), None)
        if provision.element == "P1":
            self.opened = next(iter(self.acts(provision.heading)), self.headed)
        here = list(before)
        for part in provision.content:
            if isinstance(part, Words):
                found = find_citations(part.text, self.known)
                here += found
                self.opened = next((each for each in found if each.work), self.opened)
            elif isinstance(part, Provision):
                yield from self.through(part, tuple(here))
                here += [] if _quotes(part) else self.acts(part.lead_in)
            elif isinstance(part, Quotation) and part.text:
                yield Insertion(part.text, provision.iri, self.place(here))

    def acts(self, text: str) -> list[Citation]:
        """Return the instruments that a text names, as far as it says which they are."""
        return [found for found in find_citations(text, self.known) if found.work] if text else []

    def place(self, named: list[Citation]) -> str:
        """Return the place that the words before a text name: the last provision, in the last Act named."""
        acts = [each for each in named if each.work]
        act = acts[-1] if acts else self.opened
        if act is None:
            return ""
        if act.provision:
            return act.iri
        after = named[named.index(act) + 1 :] if act in named else named
        bare = next((each for each in after if each.provision and not each.instrument), None)
        return f"{LEG}{act.work}/{bare.provision}" if bare else act.iri


def _quotes(provision: Provision) -> bool:
    """Say whether another enactment's words stand anywhere in a provision."""
    return any(
        isinstance(part, Quotation) or (isinstance(part, Provision) and _quotes(part)) for part in provision.content
    )
