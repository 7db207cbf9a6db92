"""Who is who in a paper: the area it is about, who says "I", which panel is "the Panel", what "the Act" is.

Names are written as the annotation guide wants them: spelt out, post or body first, then the area. The general class
is named where a paper sets out the law, the local body where it speaks of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..loaders.papers.abbreviations import Abbreviation, find_abbreviations
from ..loaders.papers.model import Paper, Passage, Sentence

COMMISSIONER = "Police and Crime Commissioner"
OFFICE = f"Office of the {COMMISSIONER}"

GROUP_HEADS = (
    "Board|Panel|Group|Subgroup|Sub-Group|Sub-group|Partnership|Committee|Forum|Network|Alliance|Executive"
    "|Conference|Summit|summit|Taskforce|Task Force"
)
"""The nouns with which names of groups end."""

FIELD = {
    "PCC": COMMISSIONER,
    "OPCC": OFFICE,
    "DPCC": f"Deputy {COMMISSIONER}",
    "PCP": "Police and Crime Panel",
    "CSP": "Community Safety Partnership",
    "CPS": "Crown Prosecution Service",
    "HMICFRS": "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
    "HMCTS": "HM Courts & Tribunals Service",
    "IOPC": "Independent Office for Police Conduct",
    "NPCC": "National Police Chiefs' Council",
    "APCC": "Association of Police and Crime Commissioners",
    "LCJB": "Local Criminal Justice Board",
    "MARAC": "Multi-Agency Risk Assessment Conference",
    "MoJ": "Ministry of Justice",
    "ICB": "Integrated Care Board",
    "YOT": "Youth Offending Team",
    "SRO": "senior responsible officer",
    "ACC": "Assistant Chief Constable",
    "MBC": "Metropolitan Borough Council",
}
"""Short forms that everyone in the field uses unexplained; what a paper itself expands comes first."""

_AREA = re.compile(
    r"\b(?P<area>(?:(?:North|South|East|West|Greater|Mid|Inner|Outer"
    r"|Thames)\s+)?[A-Z][a-z]+(?:-(?:[a-z]+-)?[A-Z][a-z]+)?"
    r"(?:\s+(?:and|&)\s+[A-Z][a-z]+)?)"
    r"(?:'s)?\s+(?:Police\s+(?:&|and)\s+Crime\s+(?:Panel|Commissioner)|Police\b|PCC\b|OPCC\b)"
)
_AREA_AFTER = re.compile(
    r"(?:Police\s+(?:&|and)\s+Crime\s+Commissioner|PCC|OPCC)\s+for\s+(?:the\s+)?(?P<area>[A-Z][a-z]+"
    r"(?:\s+[A-Z][a-z]+){0,2})"
)
_NO_AREA = {
    "The",
    "National",
    "Local",
    "Chief",
    "Deputy",
    "Assistant",
    "Our",
    "My",
    "Your",
    "Former",
    "Joint",
    "British",
    "Metropolitan",
    "Each",
    "All",
}
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|me)\b")
_OWN_VOICE = re.compile(
    r"\bmy (?:role|position|tenure|term of office) as (?:the )?(?:PCC|Police and Crime Commissioner)|\bmy "
    r"(?:Safer|Police and Crime Plan|office|Deputy|[Dd]eputy)"
    r"|\b[Aa]s (?:the )?PCC,? I\b|key activities as the county's Police and Crime Commissioner"
)
_DETERMINER = re.compile(
    r"^(?!(?:his|her) majesty)(?:(?:the|a|an|our|its|their|his|her|each|every|all|both|any|some|these|those|this"
    r"|that|other"
    r"|relevant|of)\s+)+(?=\S)",
    re.I,
)
_WRAP = re.compile(r"^[\s\"'(,;:.-]+|[\s\"'),;:.-]+$")


@dataclass(frozen=True)
class Group:
    """A group named in a text: its name spelt out, and where it stands."""

    name: str
    start: int
    end: int


@dataclass
class Context:
    """What a rule may ask about the paper.

    Args:
        paper: the paper.
        abbreviations: what it expands, in reading order.
        area: the police area it is about; empty if it is about none.
        first_person: whether "I" is the commissioner.
    """

    paper: Paper
    abbreviations: Sequence[Abbreviation]
    area: str = ""
    first_person: bool = False
    shorts: Mapping[str, str] = field(default_factory=dict)
    groups_of_texts: dict[str, tuple[Group, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def group_short(self) -> re.Pattern[str]:
        """The short forms of groups, as one pattern; one that never matches if the paper has none."""
        shorts = [short for short, long in self.shorts.items() if re.search(rf"(?:{GROUP_HEADS})$", long)]
        if not shorts:
            return re.compile(r"(?!)(?P<short>)")
        names = "|".join(map(re.escape, sorted(shorts, key=len, reverse=True)))
        return re.compile(rf"(?<![\w(])(?P<short>{names})(?:'?s)?(?![\w)])")

    @property
    def commissioner(self) -> str:
        """The local commissioner."""
        return self.of_area(COMMISSIONER)

    @property
    def office(self) -> str:
        """The local commissioner's office."""
        return self.of_area(OFFICE)

    @property
    def force(self) -> str:
        """The local police force."""
        return f"{self.area} Police" if self.area else "police"

    @property
    def panel(self) -> str:
        """The local police and crime panel."""
        return f"{self.area} Police and Crime Panel" if self.area else "Police and Crime Panel"

    def of_area(self, post: str) -> str:
        """Add the area to the name of a post or office."""
        if not self.area:
            return post
        article = "the " if self.area.endswith(("Midlands", "shires")) else ""
        return f"{post} for {article}{self.area}"

    def expand(self, text: str) -> str:
        """Spell out the short forms in a text."""
        return self._short.sub(self._long, text)

    @cached_property
    def _short(self) -> re.Pattern[str]:
        known = sorted({*self.shorts, *FIELD}, key=len, reverse=True)
        return re.compile(r"(?<![\w&/])(" + "|".join(map(re.escape, known)) + r")('?s)?(?![\w/&]|-[a-z])")

    def _long(self, match: re.Match[str]) -> str:
        long = self.shorts.get(match[1]) or FIELD[match[1]]
        if match[2] == "s" or (match[2] and not re.match(r"\s+[A-Za-z]", match.string[match.end() :])):
            return plural(long)
        return long + (match[2] or "")

    def name(self, text: str, *, law: bool = False, passage: Passage | None = None) -> str:
        """Spell a name out.

        Args:
            text: the words of the paper.
            law: whether the paper sets out the law there, so that the general class is meant.
            passage: where it stands, for "the Board" and its like.

        Returns:
            The name; empty if the words name nobody.
        """
        bare = tidy(text)
        known = self._person_or_office(bare, law)
        if known is not None:
            return known
        back = self._short_name(bare, passage)
        if back:
            return back
        return tidy(self.expand(bare))

    def _person_or_office(self, bare: str, law: bool) -> str | None:
        low = re.sub(r"[’']s?\b", "", bare.casefold())
        low = re.sub(r"^(?:the|our) ", "", low).replace("&", "and")
        area = self.area.casefold()
        if re.fullmatch(r"(?:i|me|my|myself)", low):
            return self.commissioner if self.first_person else ""
        low = re.sub(rf"^{re.escape(area)} (?=pcc|police and crime|opcc|chief)", "@", low) if area else low
        low = re.sub(rf" for (?:the )?{re.escape(area)}$", "@", low) if area else low
        local = "@" in low
        low = low.replace("@", "")
        if re.fullmatch(r"pccs|police and crime commissioners|commissioners", low):
            return COMMISSIONER
        if re.fullmatch(r"(?:current |new )?(?:pcc|police and crime commissioner|commissioner)(?: \(pcc\))?", low):
            return COMMISSIONER if law and not local else self.commissioner
        if (
            re.fullmatch(
                r"(?:(?:a |all )?members? of )?(?:my|his|her|their)(?: own)? (?:office|staff|team)|(?:(?:a "
                r"|all )?members? of )?(?:the )?(?:pcc|opcc|(?:police and crime )?commissioners?)?(?: office)?"
                r"|opcc \w+|office (?:of|for) the (?:pcc|police and crime commissioner)|the opcc",
                low,
            )
            and low
        ):
            return self.office
        if re.fullmatch(
            r"(?:my|his|her|the)?\s?deputy(?: pcc| police and crime commissioner)?|dpcc|(?:my|his|her) deputy", low
        ):
            return self.of_area(f"Deputy {COMMISSIONER}")
        if re.fullmatch(r"(?:(?:a |all )?members of )?(?:the )?(?:police and crime )?(?:panel|pcp)", low):
            return self.panel
        if re.fullmatch(r"(?:the )?force|(?:our|my) (?:police )?force", low):
            return self.force
        if re.fullmatch(r"chief constable", low):
            return f"Chief Constable of {self.force}" if not law and self.area else "Chief Constable"
        if re.fullmatch(r"(?:uk |hm |central )?(?:the )?gov(?:ernmen)?t", low):
            return "HM Government"
        if re.fullmatch(r"police(?: service)?", low):
            return "police"
        if re.fullmatch(r"we|they|it|us|he|she|who|which|this|that|these|there|those", low):
            return ""
        return None

    def _short_name(self, bare: str, passage: Passage | None) -> str:
        """Resolve "the Board", "the Group" to the last name before it in the section that ends so."""
        if passage is None or not re.fullmatch(
            r"(?:Board|Group|Partnership|Committee|Forum|Network|Scheme|Service|Alliance|Panel|board|group"
            r"|partnership|forum|scheme)",
            bare,
        ):
            return ""
        noun = bare.casefold()
        for earlier in reversed(self.paper.passages[max(0, passage.number - 8) : passage.number + 1]):
            found = [name for name in proper_names(earlier.text) if name.casefold().endswith(" " + noun)]
            if found:
                return tidy(self.expand(found[-1]))
        return ""


def make_context(paper: Paper) -> Context:
    """Read a paper for who is who in it."""
    abbreviations = find_abbreviations(paper)
    text = " ".join(passage.text for passage in paper.passages)
    counted = Counter(
        " ".join(match["area"].removeprefix("Former ").replace("&", "and").split())
        for pattern in (_AREA, _AREA_AFTER)
        for match in pattern.finditer(text)
        if match["area"].split()[0] not in _NO_AREA and match["area"] not in ("Police", "Crime")
    )
    area = _most_named(counted)
    first = len(_FIRST_PERSON.findall(text)) >= 3 and bool(_OWN_VOICE.search(text))
    shorts = {item.short: item.long for item in reversed(abbreviations) if not item.short.startswith("the ")}
    return Context(paper, abbreviations, area, first, shorts)


def _most_named(counted: Counter[str]) -> str:
    """The area named most often: twice at least, or the only one of a paper that names no other."""
    most = counted.most_common(1)
    return most[0][0] if most and (most[0][1] >= 2 or len(counted) == 1) else ""


_NAME = re.compile(
    r"(?:[A-Z][\w'&-]*|[A-Z]{2,}[\w&/]*)"
    r"(?:(?:,?\s+(?:of|and|for|the|&|to|in|on)(?:\s+the)?|,)?\s+(?:[A-Z][\w'&-]*|&)(?:\s+\([A-Z][\w ]*\))?)*"
)


def proper_names(text: str) -> list[str]:
    """Return the runs of capitalised words in a text."""
    return [tidy(match[0]) for match in _NAME.finditer(text)]


def plural(long: str) -> str:
    """Put a long form into the plural, by its head.

    >>> plural("Police and Crime Commissioner"), plural("out of court disposal"), plural("Member of Parliament")
    ('Police and Crime Commissioners', 'out of court disposals', 'Members of Parliament')
    """
    head = re.match(r"(Office|Member|Association)( of .+)", long)
    if head:
        return f"{head[1]}s{head[2]}"
    if long.endswith("s"):
        return long
    return long[:-1] + "ies" if re.search(r"[^aeiou]y$", long) else long + "s"


def tidy(text: str) -> str:
    """Strip determiners, quotation marks, what a bracket repeats and loose punctuation from a name.

    >>> tidy("the 'Safer Board' (SB),")
    'Safer Board'
    """
    text = " ".join(text.split())
    text = re.sub(r"\s*\((?:[A-Z][\w&/.]*[A-Z][\w&/.]*'?s?|aka [^)]*|the [A-Z]\w*)\)", "", text)
    text = re.sub(r"(?<!\w)['\"]([^'\"]+)['\"](?!\w)", r"\1", text)
    before = None
    while before != text:
        before = text
        text = re.sub(r"^(?:a )?new (?=\w)", "", text)
        text = _DETERMINER.sub("", _WRAP.sub("", text) if not re.search(r"\([^)]*\)$", text) else text.strip(" ,;:"))
    return re.sub(r"^(?:my|our|his|her|their)\s+(?=[A-Z])", "", text)


def is_law(sentence: Sentence, heading: str = "") -> bool:
    """Say whether a sentence sets out the law by its own words."""
    return bool(_LAW_WORDS.search(sentence.text))


_LAW_WORDS = re.compile(
    r"\b(?:Act|Regulations|Order|legislation|statut(?:e|ory)|by law|common law|legal(?:ly)?|enacted|Article \d)\b"
)
