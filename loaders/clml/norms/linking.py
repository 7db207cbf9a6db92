"""A holder's words to what the register holds: a holder class of the same enactment, else a kind of body.

A defined term is not linked across enactments, since the "local authority" of one Act is not that of another, unless
the document itself says that it means there what it means in the other ("has the meaning given by section 101(1) of
the Police Act 1996"). Kinds of body are linked by their names only where the document does not define the words.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache

from ....citations import split_path
from ....ontology.namespaces import LEG, term, thing
from ....register import FOLDER
from ..model import Document, Entry, Part, Provision, Words
from .lexicon import singular

_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the register: classes by enactment, kinds of body; both as holders are written."""

    classes: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


def as_holder(name: str) -> str:
    """Write a name as holders are written: lower case, singular, no article.

    >>> as_holder("Responsible authorities"), as_holder("the Secretary of State"), as_holder("chief officers of police")
    ('responsible authority', 'secretary of state', 'chief officer of police')
    >>> as_holder("the Mayor’s Office for Policing and Crime")
    "mayor's office for policing and crime"
    """
    words = re.sub(r"^(?:the|an?) ", "", _BRACKETS.sub("", name).strip().lower().replace("’", "'"))
    core, of, rest = words.partition(" for " if " for " in words.partition(" of ")[0] else " of ")
    front, space, head = core.rpartition(" ")
    return f"{front}{space}{singular(head)}{of}{rest}"


@lru_cache(maxsize=1)
def register_names() -> Names:
    """Return the names in dutygraph's own register."""
    names = Names()
    for row in _rows("classes"):
        works = {split_path(basis)[0] for basis in row["basis"].split(";") if basis}
        for name in filter(None, (row["label"], *row["also_called"].split(";"))):
            for work in works:
                names.classes.setdefault((work, as_holder(name)), thing("class", row["id"]))
    for row in _rows("kinds"):
        if row["family"] in {"body", "post"}:
            for name in filter(None, (row["label"], *row["also_called"].split(";"))):
                names.kinds.setdefault(as_holder(name), term(row["term"]))
    return names


def _rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class HolderLinks:
    """The links of one document's holders.

    Args:
        document: the document; its defined terms are its own.
        names: the register's names.
    """

    def __init__(self, document: Document, names: Names) -> None:
        self.work = split_path(document.iri.removeprefix(LEG))[0]
        self.names = names
        self.defined: dict[str, str] = {}
        for provision in document.provisions:
            for words in _defining(provision):
                elsewhere = _meant_elsewhere(words)
                for each in words.terms:
                    self.defined.setdefault(as_holder(each), elsewhere)

    def holder_class(self, holder: str) -> str:
        """Return the IRI of the holder class that this enactment names so; empty if the register has none.

        Where the document says that the words mean what they mean in another enactment, that one's class is meant.
        """
        name = holder.replace("’", "'")
        works = filter(None, (self.work, self.defined.get(name)))
        return next((found for work in works if (found := self.names.classes.get((work, name), ""))), "")

    def kind(self, holder: str) -> str:
        """Return the IRI of the kind of body of that name; empty if there is none or the document defines the words."""
        name = holder.replace("’", "'")
        return "" if name in self.defined else self.names.kinds.get(name, "")


def _defining(part: Part) -> list[Words]:
    if isinstance(part, Words):
        return [part] if part.terms else []
    if isinstance(part, Provision | Entry):
        return [words for inner in part.content for words in _defining(inner)]
    return []


_SAME_MEANING = re.compile(r"\bha(?:s|ve) the (?:same )?meanings? (?:given|as|that)\b")


def _meant_elsewhere(words: Words) -> str:
    """Return the one other enactment to which a definition refers for the meaning; empty if none or several."""
    found = _SAME_MEANING.search(words.text)
    if found is None or any(each in words.text[found.end() :] for each in words.terms):
        return ""
    works = {split_path(each.iri.removeprefix(LEG))[0] for each in words.references}
    return works.pop() if len(works) == 1 else ""
