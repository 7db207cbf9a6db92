"""People and groups in sentences about membership: who the subject is, which group comes first, the fact itself."""

from __future__ import annotations

import re

from ..loaders.papers.model import Sentence
from .context import Context, tidy
from .groups import groups_in
from .model import Fact

SUBJECT = (
    r"(?P<who>I|[Tt]he (?:[\w'&-]+ ){0,6}?[\w'&-]+|[A-Z][\w'&/.-]*(?: (?:[A-Z][\w'&/.-]*|of|for|and|the|&)){0,9}"
    r"|PCC|OPCC|[Mm]y (?:[\w'&-]+ ){0,6}?[\w'&-]+)"
)


def membership(
    sentence: Sentence, who: str, relation: str, what: str, rule: str, span: tuple[int, int], **more: str
) -> Fact:
    """Make a fact of the kind membership; ``certainty`` and its like come by name."""
    passage = sentence.passage
    certainty = more.pop("certainty", "stated")
    return Fact(
        "membership",
        who,
        relation,
        what,
        passage.locator,
        sentence.quote(*span),
        rule,
        certainty,
        more=more,
        passage=passage.number,
    )


def first_group(context: Context, text: str, reach: int = 60) -> str:
    """Return the first group that a text names within so many letters; empty if there is none."""
    found = [group for group in groups_in(context, text) if group.start <= reach]
    return found[0].name if found else ""


def who_is(context: Context, printed: str, sentence: Sentence) -> str:
    """Spell out who does something; a person with an office in law is that office."""
    printed = re.sub(
        r"^((?:[Tt]he )?\w+) (?:explained|said|confirmed|noted|reported|advised)(?: that)? (?:he|she|it)$",
        r"\1",
        printed,
    )
    printed = re.sub(r"^.*\b(?:that|and|where|which|when|as|whilst|while) (?=(?:I|the|The|my|PCC)\b)", "", printed)
    head = re.sub(r"\s+(?:is|has|have|are|now|currently|also)$", "", printed)
    if re.fullmatch(r"(?:[Tt]he )?(?:OPCC|[Mm]y office)", head):
        return context.office
    name = context.name(head, passage=sentence.passage)
    if re.match(r"(?:Deputy |Temporary )?Assistant Chief Constable\b", name) and context.area and "Police" not in name:
        return f"{name}, {context.force}"
    if re.match(r"[Mm]y (?!office|Deputy|deputy)", head):
        return f"{tidy(head[3:])}, {context.office}"
    return name if name and (name[0].isupper() or len(name.split()) > 1) else ""


def person(context: Context, name: str) -> str:
    """The office of a person whom the paper names with one in law."""
    if name in ("PCC", "I"):
        return context.commissioner
    for passage in context.paper.passages:
        found = re.search(
            rf"\b{re.escape(name)}\b[^.]{{0,60}}\b(?:as|role as) the Deputy Police and Crime Commissioner"
            rf"|Deputy Police and Crime Commissioner, (?:Mr |Mrs |Ms )?{re.escape(name)}",
            passage.text,
        )
        if found:
            return context.of_area("Deputy Police and Crime Commissioner")
    return name
