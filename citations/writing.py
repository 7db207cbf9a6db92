"""Citations of United Kingdom legislation: from a legislation.gov.uk path to what a lawyer writes.

The forms follow ordinary English practice: ``s. 6(1)(a)``, ``Sch. 6 para. 4(1)``, ``reg. 9``, ``art. 3(2)(e)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ABBREVIATIONS = {
    "section": "s.",
    "schedule": "Sch.",
    "paragraph": "para.",
    "regulation": "reg.",
    "article": "art.",
    "rule": "r.",
    "part": "Pt",
    "chapter": "Ch.",
}
_PLURALS = {
    "s.": "ss.",
    "reg.": "regs",
    "art.": "arts",
    "r.": "rr.",
    "Sch.": "Schs.",
    "para.": "paras",
    "Pt": "Pts",
    "Ch.": "Chs",
}
_PLACE = re.compile(r", (?:s|Sch|reg|art|r|para|Ch)\. .*$|, Pt .*$")
_CONTAINERS = {"schedule", "part", "chapter"}


def cite_provision(path: str) -> str:
    """Write the provision part of a legislation.gov.uk path as lawyers write it.

    Args:
        path: the path after the instrument, such as ``section/6/1/a``; empty for the whole instrument.

    Returns:
        The pinpoint, or an empty text for the whole instrument.

    >>> cite_provision("section/6/1/a")
    's. 6(1)(a)'
    >>> cite_provision("schedule/6/paragraph/4/1")
    'Sch. 6 para. 4(1)'
    >>> cite_provision("schedule/paragraph/29/2/a")
    'Sch. para. 29(2)(a)'
    """
    written: list[str] = []
    parts = [part for part in path.split("/") if part]
    fresh = False
    for position, part in enumerate(parts):
        if part in _ABBREVIATIONS and (position == 0 or not fresh or parts[position - 1] in _CONTAINERS):
            written.append(_ABBREVIATIONS[part])
            fresh = True
        elif fresh:
            written[-1] += f" {part}"
            fresh = False
        else:
            written[-1:] = [f"{written[-1]}({part})"] if written else [part]
    return " ".join(written)


def cite(instrument: str, path: str) -> str:
    """Write a whole citation.

    Args:
        instrument: how the instrument is cited, such as ``Crime and Disorder Act 1998`` or ``SI 2007/1830``.
        path: the path of the provision after the instrument.

    >>> cite("SI 2007/1830", "regulation/9")
    'SI 2007/1830, reg. 9'
    """
    pinpoint = cite_provision(path)
    return f"{instrument}, {pinpoint}" if pinpoint else instrument


def group_citations(citations: Iterable[str]) -> list[str]:
    """Write the name of each instrument once, with all its places after it.

    >>> group_citations(["Crime and Disorder Act 1998, s. 5(1)(a)", "Crime and Disorder Act 1998, s. 5(5)"])
    ['Crime and Disorder Act 1998, s. 5(1)(a); s. 5(5)']
    """
    grouped: dict[str, list[str]] = {}
    for citation in citations:
        instrument, place = split_citation(citation)
        places = grouped.setdefault(instrument, [])
        if place and place not in places:
            places.append(place)
    return [", ".join(part for part in (name, "; ".join(places)) if part) for name, places in grouped.items()]


def split_citation(citation: str) -> tuple[str, str]:
    """Part a citation into the instrument and the place in it; an instrument may have commas in its name.

    >>> split_citation("Police, Crime, Sentencing and Courts Act 2022, s. 11(1)")
    ('Police, Crime, Sentencing and Courts Act 2022', 's. 11(1)')
    """
    match = _PLACE.search(citation)
    return (citation[: match.start()], match[0][2:]) if match else (citation, "")


def split_path(path: str) -> tuple[str, str]:
    """Part a legislation.gov.uk path into instrument and provision.

    An instrument is type, year and number; a regnal year takes two parts (``aep/Edw2/7/0``).

    >>> split_path("ukpga/1998/37/section/6")
    ('ukpga/1998/37', 'section/6')
    >>> split_path("ukpga/Geo3/49/126")
    ('ukpga/Geo3/49/126', '')
    """
    parts = path.split("/")
    length = 3 if parts[1:2] and parts[1].isdigit() else 4
    return "/".join(parts[:length]), "/".join(parts[length:])


def cite_range(first: str, last: str) -> str:
    """Write a run of provisions as lawyers write it.

    Args:
        first: path of the first provision.
        last: path of the last one, of the same kind and under the same parent; empty for one provision alone.

    >>> cite_range("section/5", "section/7"), cite_range("section/5/1", "section/5/3")
    ('ss. 5–7', 's. 5(1)–(3)')
    >>> cite_range("schedule/1/paragraph/2", "schedule/1/paragraph/4")
    'Sch. 1 paras 2–4'
    """
    one, other = cite_provision(first), cite_provision(last)
    if not last or one == other:
        return one
    if one.endswith(")") and first.rpartition("/")[0] == last.rpartition("/")[0]:
        return f"{one}–({last.rpartition('/')[2]})"
    head, _, number = one.rpartition(" ")
    before, _, word = head.rpartition(" ")
    return " ".join(part for part in (before, _PLURALS.get(word, word), f"{number}–{other.rpartition(' ')[2]}") if part)
