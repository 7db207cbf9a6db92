"""Provisions as the stages of extraction read them: own text and items in the order of the page, what is in force.

Made from a :class:`~dutygraph.loaders.clml.model.Document`. Words of other instruments, tables, and words that are
repealed or have ceased to have effect are left out; prospective, repealed and outdated provisions are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import model

_DOTS = re.compile(r"(?:\.\s*){3,}")
_SPACE_BEFORE_MARK = re.compile(r" +(?=[,;.](?:\s|$))")
FOREIGN_MARK = "“…”"
"""What stands in the text where words of another instrument were left out."""


@dataclass(slots=True)
class Passage:
    """A numbered provision, or a list item without a number (then with its parent's address).

    ``parts`` holds texts and passages in the order of the page, ``above`` the addresses of what it stands in,
    innermost first. (No link to the parent itself: a document is let go as soon as it is read.)
    """

    iri: str
    above: tuple[str, ...] = ()
    parts: list[str | Passage] = field(default_factory=list)
    in_force: bool = True

    @property
    def lineage(self) -> tuple[str, ...]:
        """The addresses of the passage and of what holds it, innermost first."""
        return (self.iri, *self.above)


def passages(document: model.Document) -> Iterator[Passage]:
    """Yield the outermost numbered provisions of a document (sections, articles, paragraphs of Schedules).

    Args:
        document: the document as read.
    """
    for provision in document.provisions:
        yield from _numbered(provision, document.valid_on)


def _numbered(provision: model.Provision, day: str) -> Iterator[Passage]:
    if provision.element[:1] == "P" and provision.element[1:].isdigit():
        yield _passage(provision, (), day, True)
        return
    for child in provision.children:
        yield from _numbered(child, day)


def _passage(provision: model.Provision, above: tuple[str, ...], day: str, in_force: bool) -> Passage:
    made = Passage(provision.iri, above, in_force=in_force and _stands(provision, day))
    _fill(made, provision.content, day)
    return made


def _stands(provision: model.Provision, day: str) -> bool:
    """Say whether a provision is law on the day of the file, at least for some country or purpose."""
    if provision.status and not provision.status_extent:
        return False
    return provision.matches and not (provision.end and day and provision.end <= day)


def _fill(made: Passage, content: tuple[model.Part, ...], day: str) -> None:
    for part in content:
        if isinstance(part, model.Words):
            text = clean(_live(part))
            if made.in_force and text.strip(" ."):
                made.parts.append(text)
        elif isinstance(part, model.Quotation):
            made.parts.append(FOREIGN_MARK)
        elif isinstance(part, model.Entry):
            item = Passage(made.iri, made.above, in_force=made.in_force)
            _fill(item, part.content, day)
            made.parts.append(item)
        elif isinstance(part, model.Provision):
            made.parts.append(_passage(part, made.lineage, day, made.in_force))


def _live(words: model.Words) -> str:
    """Return the text without retained repeals and without other instruments' words.

    >>> _live(model.Words("It must not go.", (model.Change(8, 12, "repeal", True),)))
    'It must go.'
    """
    if not words.changes and not words.insertions:
        return words.text
    gone = [
        (change.start, change.end, "")
        for change in words.changes
        if change.kind == "repeal" and not change.extent and not change.replaced
    ]
    gone += [(start, end, FOREIGN_MARK) for start, end in words.insertions]
    text = words.text
    for start, end, instead in sorted(gone, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def clean(text: str) -> str:
    """Squeeze white space and drop the dots that mark repealed words.

    >>> clean("must serve . . . . . .  a notice ; and")
    'must serve a notice; and'
    """
    if ". ." in text or "..." in text or ".\n" in text:
        text = _DOTS.sub(" ", text)
    text = " ".join(text.split())
    return _SPACE_BEFORE_MARK.sub("", text) if " ;" in text or " ," in text or " ." in text else text
