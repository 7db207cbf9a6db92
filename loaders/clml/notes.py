"""What the editors' notes say in a form that can be read: when a provision began, what changed it.

A note of type I is prose: "S. 143 wholly in force at 16.6.2006; s. 143 not in force at Royal Assent see s. 270(4)(5);
s. 143 in force for E. at 6.4.2006 by S.I. 2006/1060, art. 2(1)(a)". Each clause that parses becomes a commencement;
the rest stays text. Nothing is guessed: a clause whose date, or whose conditions, cannot be read is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .model import Note, Reference

_DATE = r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
_COUNTRIES = r"(?:E\.?\s?W\.?\s?S\.?|E\.?\s?W\.?|E\.?|W\.?|S\.?|N\.\s?I\.?)"
_IN_FORCE = re.compile(
    r"(?P<head>.*?)\b(?P<wholly>wholly |fully )?in force"
    rf"(?: for (?P<before>{_COUNTRIES}(?: and {_COUNTRIES})?))?"
    r"(?P<purposes_before> (?:for|so far as|in so far as|except|subject to|to the extent)\b[^;]*?)?"
    rf" at\.? (?:{_DATE}|(?P<assent>Royal Assent))"
    rf"(?: for (?P<after>{_COUNTRIES}(?: and {_COUNTRIES})?)(?=[\s,;)]|$))?"
    r"(?P<purposes> (?:for|so far as|in so far as|insofar as|except|to the extent|with)\b.*?)?"
    r"(?P<rest>(?:,? (?:by|see|subject to)\b|,? \(|,|\.|$).*)",
    re.DOTALL,
)
_LETTERS = re.compile(r"N\.\s?I|[EWS]")


@dataclass(frozen=True, slots=True)
class Commencement:
    """One beginning of a provision, as a note says it.

    Args:
        subject: the words that name the provision ("Sch. 13 para. 6"); empty if the clause names none.
        day: when it began, YYYY-MM-DD.
        extent: for which countries, as "E", "W", "E+W"; empty if the note does not confine it.
        purposes: for what purposes or to what extent, in the note's words; empty if unconfined.
        wholly: the note says that it is wholly in force since that day: a summary of the others.
        by: id IRI of the provision that brought it in; empty if the note names none.
    """

    subject: str
    day: str
    extent: str = ""
    purposes: str = ""
    wholly: bool = False
    by: str = ""


def commencements_of(note: Note, assent: str = "") -> list[Commencement]:
    """Return the commencements that a note of type I states.

    Args:
        note: the note.
        assent: date of Royal Assent, for "in force at Royal Assent"; without it such a clause is left alone.

    >>> text = "S. 9 not in force at Royal Assent; s. 9 in force for W. at 16.6.2006 by S.I. 2006/1535, art. 2"
    >>> [(each.subject, each.day, each.extent) for each in commencements_of(Note("c1", "I", text))]
    [('s. 9', '2006-06-16', 'W')]
    """
    if note.kind != "I":
        return []
    return [
        found
        for start, clause in _clauses(note.text)
        if (found := _commencement(clause, start, note.references, assent)) is not None
    ]


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the clauses of a note with where they begin; brackets may hold a semicolon."""
    start = depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == ";" and depth <= 0:
            yield start, text[start:position]
            start = position + 1
    yield start, text[start:]


def _commencement(clause: str, start: int, references: tuple[Reference, ...], assent: str) -> Commencement | None:
    match = _IN_FORCE.fullmatch(clause.strip())
    if match is None or re.search(r"\bnot\b|\bpartly\b", match["head"]):
        return None
    day = assent if match["assent"] else _day(match)
    if not day:
        return None
    start += len(clause) - len(clause.lstrip())
    return Commencement(
        subject=match["head"].strip(" ,"),
        day=day,
        extent="+".join(_LETTERS.findall(match["before"] or match["after"] or "")).replace("N. I", "N.I"),
        purposes=(match["purposes_before"] or match["purposes"] or "").strip(),
        wholly=match["wholly"] is not None,
        by=_instrument(references, start + match.start("rest"), start + match.end("rest")),
    )


def _day(match: re.Match[str]) -> str:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""


def _instrument(references: tuple[Reference, ...], start: int, end: int) -> str:
    """Return what brought a provision in: the first provision cited after "by" that the editors call operative."""
    within = [each for each in references if start <= each.start < end]
    operative = [each for each in within if each.operative]
    return (operative or within)[0].iri if within else ""


def changes_of(note: Note, document: str) -> tuple[str, list[str]]:
    """Return what a note of type F says was done, and by which provisions.

    Args:
        note: the note.
        document: id IRI of the note's own instrument, which changes nothing of itself.

    Returns:
        ``repealed`` if a whole provision was, else ``amended``; and id IRIs of what did it. Empty words and no IRIs
        for other notes.
    """
    if note.kind != "F":
        return "", []
    others = [each for each in note.references if not (each.iri + "/").startswith(document + "/")]
    operative = [each.iri for each in others if each.operative] or [each.iri for each in others]
    whole = not re.match(r"(?:Words?|Entry|Entries|Definitions?|Title|Heading|Figures?)\b", note.text, re.IGNORECASE)
    repealed = whole and re.search(r"\b(?:repealed|revoked|omitted)\b", note.text[:120]) is not None
    return "repealed" if repealed else "amended", list(dict.fromkeys(operative))
