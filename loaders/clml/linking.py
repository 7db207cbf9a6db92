"""What a provision cites: what the editors marked up, and what its words say besides.

Words are read by :mod:`dutygraph.citations`. A bare "section 5" in an Act's own text is that Act's; it becomes a link
only if the document has such a provision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...citations import Instruments, find_citations, split_path
from ...citations.instruments import kind_of_title, year_of
from ...ontology.namespaces import LEG
from .model import Document, Entry, Part, Provision, Words

_NUMBER = re.compile(r"\s*\((?:c|asp|anaw|asc|nawm|S\.?\s?I)\.?[^()]*\)\s*$")
_WORTH_READING = re.compile(
    r"\b(?:[Ss]ections?|[Ss]chedules?|[Pp]aragraphs?|[Ss]ub-?section|[Rr]egulations?|[Aa]rticles?|[Rr]ules?|Parts?|Chapters?"
    r"|adran|erthygl|rheoliad|Atodlen)\s*\d|\b(?:subsections?|sub-paragraphs?|paragraphs?)\s*\(|\bAct\s+\d|S\.?\s?I\.?\s+\d"
)
"""Texts without any of this hold no citation: most need not be taken apart."""


def known_instruments(document: Document) -> Instruments:
    """Return the instruments that a document names: itself, and those whose names the editors marked up."""
    known = Instruments()
    if document.title:
        known.add(document.title, document.iri.removeprefix(LEG))
    texts = [(words.text, words.references) for each in document.walk() for words in own_words(each.content)]
    for text, references in (*texts, *((note.text, note.references) for note in document.notes)):
        for reference in references:
            work, provision = split_path(reference.iri.removeprefix(LEG))
            name = _NUMBER.sub("", text[reference.start : reference.end]).removeprefix("the ").removeprefix("The ")
            if not provision and kind_of_title(name) and year_of(name):
                known.add(name, work)
    return known


class Linker:
    """The citations of one document.

    Args:
        document: the document.
        provisions: IRIs of its provisions.
        known: the instruments that it names.
    """

    def __init__(self, document: Document, provisions: set[str], known: Instruments) -> None:
        self.work = document.iri.removeprefix(LEG)
        self.base = document.iri
        self.provisions = provisions
        self.known = known

    def cited_by(self, provision: Provision) -> list[str]:
        """Return the IRIs of what a provision's own words cite, each once, in order."""
        found: dict[str, None] = {}
        for words in own_words(provision.content):
            for reference in words.references:
                found[reference.iri] = None
                if reference.until:
                    found[reference.until] = None
            if _WORTH_READING.search(words.text):
                found.update(dict.fromkeys(self.read(words.text, provision.path)))
        found.pop(provision.iri, None)
        return list(found)

    def named(self, text: str) -> list[str]:
        """Return the provisions of this document that a note names ("Sch. 13 para. 6")."""
        return list(self.read(text, "")) if text else []

    def read(self, text: str, path: str) -> Iterator[str]:
        """Yield the IRIs of what a text cites."""
        for found in find_citations(text, self.known, here=self.work, section=path):
            if not found.work:
                continue
            if found.work != self.work:
                yield found.iri
                continue
            for provision in filter(None, (found.provision, found.until)):
                yield from self.own(provision, path, found.how)

    def own(self, provision: str, path: str, how: str) -> Iterator[str]:
        """Yield the IRI of a provision of this document, if it has it; "paragraph 3" is of its own Schedule."""
        if provision.startswith("paragraph/") and path.startswith("schedule/") and how == "here":
            provision = "/".join(path.split("/")[:2]) + "/" + provision
        iri = f"{self.base}/{provision}"
        if iri in self.provisions:
            yield iri


def own_words(content: tuple[Part, ...]) -> Iterator[Words]:
    """Yield the runs of words of a content, list items included, deeper provisions left out."""
    for part in content:
        if isinstance(part, Words):
            yield part
        elif isinstance(part, Entry):
            yield from own_words(part.content)
