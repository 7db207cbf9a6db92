"""Second stage: each provision is bound to the instrument it is attached to, and to no other.

Attached is what the words attach: "section 6 of the Crime and Disorder Act 1998", "Crime and Disorder Act 1998,
s. 6", "section 6 of that Act", "section 6 of, and Schedule 1 to, the 1998 Act". A provision that merely stands in the
same sentence as an instrument stays unbound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .instruments import Instruments, key_of, kind_of_title, without_year, year_of
from .tokens import Place, Token, squeezed, tokens_of
from .uris import ID
from .writing import cite_range


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation found in a text.

    Args:
        start: where the mention begins in the text.
        end: where it ends (exclusive). The citations of one list share their mention.
        text: the mention, white space squeezed.
        instrument: how the instrument is cited: its title or number; empty if the provision is attached to none.
        work: legislation.gov.uk path of the instrument; empty if it is not known.
        provision: path of the provision, ``section/6/1/a``; empty for the whole instrument.
        until: path of the last provision of a range; empty for one provision.
        how: what bound it: ``named``, ``reference`` ("that Act"), ``here`` (the text's own instrument) or ``unbound``.
    """

    start: int
    end: int
    text: str
    instrument: str = ""
    work: str = ""
    provision: str = ""
    until: str = ""
    how: str = "named"

    @property
    def iri(self) -> str:
        """The id IRI on legislation.gov.uk; empty if the instrument is not known."""
        return _iri(self.work, self.provision)

    @property
    def until_iri(self) -> str:
        """The id IRI of the last provision of a range; empty for one provision."""
        return _iri(self.work, self.until) if self.until else ""

    @property
    def written(self) -> str:
        """The citation as lawyers write it."""
        place = cite_range(self.provision, self.until)
        return f"{self.instrument}, {place}" if self.instrument and place else self.instrument or place


def _iri(work: str, provision: str) -> str:
    return ID + "/".join(part for part in (work, provision) if part) if work else ""


def find_citations(
    text: str, known: Instruments | Mapping[str, str] | None = None, *, here: str = "", section: str = ""
) -> list[Citation]:
    """Find the citations of legislation in a text.

    Args:
        text: any text, clean or out of a PDF.
        known: names of instruments with their paths; the text's own numbers are read without it.
        here: path of the instrument whose own text this is, for "this Act" and for bare provisions; empty for a text
            that is no legislation, whose "section 3" may be its own.
        section: path of the provision that the text stands in, for "subsection (2)".

    Returns:
        The citations, in order. A list or a mention of several provisions gives one for each.

    >>> known = {"Crime and Disorder Act 1998": "ukpga/1998/37"}
    >>> [found.iri for found in find_citations("under s. 6(1)(a) of the Crime & Disorder Act 1998", known)]
    ['http://www.legislation.gov.uk/id/ukpga/1998/37/section/6/1/a']
    """
    table = known if isinstance(known, Instruments) else Instruments(known or {})
    return _Resolution(text, table, here, section).run()


@dataclass(slots=True)
class _Unit:
    """A provision mention with those it is nested in, and the instrument it is bound to."""

    start: int
    end: int
    chain: list[Token]  # innermost first
    instrument: Token | None = None


_OF = re.compile(r"\s*(?:\([^()]{1,160}\))?\s*,?\s*(?:of|to|in|o|i|yn)\s+(?:the\s+)?", re.IGNORECASE)
_NEXT = re.compile(r"\s*,?\s*")
_BIND = re.compile(
    r"\s*(?:\([^()]{1,160}\))?\s*(?:,?\s*(?:of|to|in|under|o|i|yn)\s*,?\s+(?:y\s+|yr\s+)?|,\s*|\s+)(?:the\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:\([^()]{0,60}\))?\s*[,;:–-]?\s*[(\[]?\s*(?:at|in|see|under)?\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[;,]|,?\s*(?:and|or|&))\s*", re.IGNORECASE)
_DANGLING = re.compile(r"\s*(?:of|to),?\s*(?:,|and|or|,\s*and)\s+", re.IGNORECASE)
_OUTER = frozenset({"schedule", "part", "chapter"})


@dataclass(slots=True)
class _Resolution:
    """One text as its mentions are bound; what "that Act" means changes as it goes."""

    text: str
    known: Instruments
    here: str
    section: str
    seen: list[Token] = field(default_factory=list)
    defined: dict[str, Token] = field(default_factory=dict)

    def run(self) -> list[Citation]:
        tokens = [self.resolved(token) for token in tokens_of(self.text, self.known)]
        units, free = self.bound([token for token in tokens if token.kind != "definition"])
        found = [self.whole(token) for token in free]
        found += [each for unit in units for each in self.of_unit(unit)]
        return sorted(found, key=lambda each: (each.start, each.end))

    # --- references -----------------------------------------------------------------------------------------------

    def resolved(self, token: Token) -> Token:
        """Return a mention of an instrument with the instrument it stands for."""
        if token.kind == "instrument":
            named = self.same_as_before(token)
            self.seen.append(named)
            return named
        if token.kind == "definition" and self.seen:
            self.defined[key_of(token.name)] = self.seen[-1]
        if token.kind == "reference":
            meant = self.meant(token)
            if meant is not None:
                if meant.path != self.here or not self.here:
                    self.seen.append(meant)
                return Token(token.start, token.end, "reference", meant.name, meant.path)
            return Token(token.start, token.end, "reference", token.name)
        return token

    def same_as_before(self, token: Token) -> Token:
        """Return a title without year or number with those of the instrument named before it."""
        if token.path:
            return token
        alike = [
            each for each in self.seen
            if key_of(each.name) == key_of(token.name) or key_of(without_year(each.name)) == key_of(token.name)
        ]  # fmt: skip
        ways = {(each.name, each.path) for each in alike}
        if len(ways) != 1:
            return token
        name, path = ways.pop()
        return Token(token.start, token.end, token.kind, name, path)

    def meant(self, token: Token) -> Token | None:
        """Return the instrument that a reference stands for, or None if the text does not say."""
        words = token.name.split()
        known = self.defined.get(key_of(token.name))
        if known is not None:
            return known
        first, kind = words[0].casefold(), kind_of_title(token.name)
        if first in ("this", "these"):
            name = self.known.title(self.here) or token.name
            return Token(token.start, token.end, "reference", name, self.here) if self.here else None
        same = [each for each in self.seen if kind_of_title(each.name) in (kind, "")]
        year = next((word for word in words if word.isdigit()), "")
        if year:
            dated = {(each.name, each.path) for each in same if year_of(each.name) == year}
            return Token(token.start, token.end, "reference", *dated.pop()) if len(dated) == 1 else None
        if first in ("that", "those") or "said" in words:
            return same[-1] if same else None
        return None

    # --- binding --------------------------------------------------------------------------------------------------

    def bound(self, tokens: list[Token]) -> tuple[list[_Unit], list[Token]]:
        """Bind each provision to its instrument; return the provisions and the instruments cited as a whole."""
        units: list[_Unit] = []
        used: set[int] = set()
        position = 0
        while position < len(tokens):
            if tokens[position].kind != "provision":
                position += 1
                continue
            unit, after = self.chain(tokens, position)
            self.bind_forward(unit, tokens, after, used, units)
            if unit.instrument is None:
                self.bind_back(unit, tokens, position, used, units)
            units.append(unit)
            position = after
        free = [
            token for index, token in enumerate(tokens)
            if token.kind in ("instrument", "reference") and index not in used
        ]  # fmt: skip
        return units, free

    def chain(self, tokens: list[Token], position: int) -> tuple[_Unit, int]:
        """Join "paragraph 2" with "of Schedule 1", and "Sch. 1" with "para. 2"."""
        chain = [tokens[position]]
        after = position + 1
        while after < len(tokens) and tokens[after].kind == "provision":
            gap = self.text[tokens[after - 1].end : tokens[after].start]
            inner = tokens[after]
            if _OF.fullmatch(gap):
                chain.append(inner)
            elif _NEXT.fullmatch(gap) and _nests(chain[0], inner):
                chain.insert(0, inner)
            else:
                break
            after += 1
        return _Unit(tokens[position].start, tokens[after - 1].end, chain), after

    def bind_forward(self, unit: _Unit, tokens: list[Token], after: int, used: set[int], units: list[_Unit]) -> None:
        """Bind "section 6 of the 1998 Act", and with it a dangling "section 5 of, and" before it."""
        if after >= len(tokens) or tokens[after].kind == "provision":
            return
        target = tokens[after]
        if not _BIND.fullmatch(self.text[unit.end : target.start]):
            return
        unit.instrument = target
        used.add(after)
        for earlier, later in zip(reversed(units), [unit, *reversed(units)], strict=False):
            if earlier.instrument or not _DANGLING.fullmatch(self.text[earlier.end : later.start]):
                break
            earlier.instrument = target
        unit.end = target.end

    def bind_back(self, unit: _Unit, tokens: list[Token], position: int, used: set[int], units: list[_Unit]) -> None:
        """Bind "Crime and Disorder Act 1998, s. 6", and "; s. 7" after it."""
        before = tokens[position - 1] if position else None
        if before is not None and before.kind != "provision" and position - 1 not in used:
            if _AFTER.fullmatch(self.text[before.end : unit.start]):
                unit.instrument = before
                used.add(position - 1)
                unit.start = before.start
            return
        last = units[-1] if units else None
        if last is None or last.instrument is None or last.instrument.start > last.start:
            return
        if _AND.fullmatch(self.text[last.end : unit.start]):
            unit.instrument = last.instrument

    # --- citations ------------------------------------------------------------------------------------------------

    def whole(self, token: Token) -> Citation:
        how = "reference" if token.kind == "reference" else "named"
        how = how if token.path or (kind_of_title(token.name) and year_of(token.name)) else "unbound"
        return Citation(
            token.start, token.end, self.quote(token.start, token.end), self.cited(token), token.path, how=how
        )

    def of_unit(self, unit: _Unit) -> list[Citation]:
        target = unit.instrument
        places = self.paths(unit.chain)
        name, work, how = "", "", "unbound"
        if target is not None:
            name, work = self.cited(target), target.path
            how = "reference" if target.kind == "reference" else "named"
        elif self.here:
            name, work, how = self.known.title(self.here), self.here, "here"
        text = self.quote(unit.start, unit.end)
        return [Citation(unit.start, unit.end, text, name, work, first, last, how) for first, last in places if first]

    def cited(self, token: Token) -> str:
        return self.known.title(token.path) or token.name if token.path else token.name

    def quote(self, start: int, end: int) -> str:
        return squeezed(self.text[start:end])

    def paths(self, chain: list[Token]) -> list[tuple[str, str]]:
        """Return the paths that nested mentions give: innermost first in, outermost first out."""
        outer = ""
        for token in reversed(chain[1:]):
            outer = self.under(outer, token.places[0][0])
        return [(self.under(outer, first), self.under(outer, last) if last else "") for first, last in chain[0].places]

    def under(self, outer: str, place: Place) -> str:
        """Return the path of a place under an outer one."""
        levels = "/".join(place.levels)
        if not place.number:
            base = outer or self.section_base(place)
            return f"{base}/{levels}" if base else ""
        own = f"{place.word}/{place.number}" + (f"/{levels}" if levels else "")
        if not place.word:
            return f"{outer}/{place.number}" if outer else ""
        if not outer:
            return own
        top = outer.split("/")
        if place.word == "paragraph" and top[0] == "schedule":
            return f"schedule/{top[1]}/{own}"
        if place.word in ("part", "chapter"):
            return f"{outer}/{own}"
        return own

    def section_base(self, place: Place) -> str:
        """Return the path that "subsection (2)" counts from: the provision that the text stands in."""
        if place.word or not self.section:
            return ""
        parts = self.section.split("/")
        return "/".join(parts[:4] if parts[0] == "schedule" else parts[:2])


def _nests(outer: Token, inner: Token) -> bool:
    """Say whether "Sch. 1" and "para. 2" side by side are one place."""
    outer_word = outer.places[0][0].word
    inner_word = inner.places[0][0].word
    if len(outer.places) > 1 or outer_word not in _OUTER:
        return False
    return (
        inner_word in {"schedule": ("paragraph", "part"), "part": ("chapter", "paragraph"), "chapter": ()}[outer_word]
    )
