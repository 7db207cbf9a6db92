"""Structure: what a group is part of, covers, comes from, is or was called; and whether it is statutory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ..loaders.papers.model import Paper, Passage, Sentence
from .citing import find_citations
from .context import Context, tidy
from .groups import groups_in, last_group
from .hierarchy import hierarchy
from .legislation import law_of
from .model import Fact
from .scope import areas, nested, origins

_PLACE = r"(?:[A-Z][\w'-]+(?:(?: (?:and|&|upon|on) | )[A-Z][\w'-]+)*)"
_ONE_EACH = re.compile(rf"\bone covering (?P<one>{_PLACE}),? and one covering (?P<two>{_PLACE})")
_OLD_NAME = re.compile(
    r"\b(?:formerly|previously|once|originally) (?:known(?: in \w+)? as|called|titled|referred to as)\s+"
    r"(?:the )?[\"']?(?P<name>[\w][\w' &-]{3,80}?)[\"']?(?=[,.;)(]|$| \()"
)
_ALSO = re.compile(
    r"\(?\b(?:also known as|a\.?k\.?a\.?|otherwise known as)\s+(?:the )?(?P<name>[A-Z][\w' -]{3,70}?)(?=[,.;)]|$)"
)
_NEW_NAME = re.compile(r"\b(?:the )?(?P<what>[\w' ]{3,40}?) will be called [\"'](?P<name>[\w &]{4,60})[\"']")
_SUB = re.compile(
    r"(?P<who>[A-Z][\w'&() -]{3,80}?),? (?:is )?(?:an? )?sub-?\s?group (?:of|to) (?:the )?(?P<of>.{3,100})"
)
_OWN_SUB = re.compile(
    r"\b(?:the )?(?P<of>PCP|Panel|(?:[A-Z][\w&-]* (?:and )?){1,6}(?:Panel|Board|Group|Partnership|Committee))'s? "
    r"(?P<who>(?:[A-Z][\w-]*,? (?:and )?){0,5}(?:Sub-?[Gg]roup|Task Group|Working Group|working group"
    r"|Task and Finish Group))\b"
)
_NAMED_AFTER = re.compile(
    r"\b(?P<who>(?P<of>Police (?:and|&) Crime Panel|PCP) (?:[A-Z][\w-]*,? (?:(?:and|&) )?){0,4}[A-Z][\w-]* "
    r"(?:(?i:working group|task group|task and finish group|sub-?\s?group|sub-?committee)))\b"
)
_PART = re.compile(
    r"(?P<who>[A-Z][\w'&() -]{3,70}?) (?:as|is|are|will be|forms?|which is) (?:an? )?(?:integral )?part of "
    r"(?:the )?(?:structure of (?:the )?)?(?P<of>[A-Z][\w' &-]{2,70}?)(?: project| programme| structure)?(?=[.,;]"
    r"| to | which| as )"
)
_REPORTS = re.compile(
    r"\b(?:which |that |and |will )*(?:report(?:s|ing)?|feeds?) in(?:to)? (?:the |to the )?(?:county's |monthly "
    r"|quarterly )*(?P<rest>.{4,200})"
)
_ACCOUNTABLE = re.compile(r"(?P<who>[\w ]{3,40}?) is overseen and accountable to the (?P<rest>.{4,100})")
_DISSOLVED = re.compile(
    r"(?P<who>[Tt]he [A-Z][\w' ]{3,60}?) (?:is now|has been|was|is) (?:fully |formally )?(?:dissolved|disbanded"
    r"|wound up|abolished)"
)
_STATUTORY = re.compile(
    r"(?P<who>[A-Z][\w'& -]{2,70}?) \(an? statutory|(?P<code>[A-Z][\w'& ]{3,70}?(?: \([^)]{3,40}\))?) is (?:the"
    r"|a) (?P<non>non-)?statutory (?:\w+ )?(?:code|duty|process|responsibility|requirement|body|partnership"
    r"|committee|scheme|response|function)"
)
_STATUTORY_ROLE = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Mm]y) (?P<what>scheme|panel|service|board|duty)[^.]{0,30}? (?:is|are) (?:part of )?"
    r"(?:my|a|the|our) statutory (?:duty|responsibility|function)"
)
_FOOTING = re.compile(
    r"\b(?P<who>they|[A-Z][\w ]{3,50}?) (?:were|was) (?:placed|put) on a statutory (?:footing|basis) in "
    r"(?P<year>\d{4})"
)
_INTRODUCED = re.compile(
    r"\b(?:The |the )?(?P<who>(?:[A-Z][\w-]*\s){1,6}?(?:Duty|Board|Panel|Partnership|Scheme|Order))\s+"
    r"(?:\([A-Z]+\) )?(?:was |were |is |comes into force in \d{4}, )?(?:introduced|established|created|set up"
    r"|through|brought in)?\s?(?:within|by|under|through|in) the (?=[A-Z])"
)
_REQUIRES = re.compile(r"\brequires an? (?P<who>[A-Z][\w ]{4,60}?(?:Panel|Board|Partnership|Committee|Group))\b")
_EACH_AREA = re.compile(
    r"\b(?:for each (?:CSP|[\w ]{2,30}) area there shall be|each \w+ area must have|there (?:must"
    r"|shall) be) an? '?(?P<who>(?:[\w-]+ ){0,4}(?:group|board|panel|partnership|committee))'?"
)
_FORMED = re.compile(
    r"\b[Ii]n order to deliver the (?P<what>Strategy|Plan|strategy|plan|Act)\b,? (?P<by>[A-Z]\w+|the \w+) "
    r"(?:formed|created|established|set up) (?:local |regional |new )?(?P<who>[A-Z][\w ]+?)(?= \(|\.|,)"
)
_CURRENT = re.compile(r"\b[Tt]he current (?:model|map|arrangement) of (?P<list>[A-Z].{10,300})")
_RESPONSIBILITY = re.compile(
    r"\barea of responsibility for (?:an? |the )?(?P<who>[A-Z][\w ]{2,50}?) as being (?:the |an? )?"
    r"(?:relevant )?'?(?P<what>[\w ]{5,50}?)'?(?=[,.;]|$)"
)
_NUMBER_OF = re.compile(
    r"\b(?:the )?(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d+) (?P<what>(?:local )?"
    r"(?:Community Safety Partnerships|CSPs))(?: \([A-Z]\w+\))? (?:in|across|of) (?:the )?(?P<place>[A-Z]\w+"
    r"(?: [A-Z]\w+)*)"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_KNOWN_AS = re.compile(
    r"\b(?:in|for|covering|across|covers) (?P<place>[A-Z][\w']+(?: [A-Z][\w']+)*?) (?:known as|called) the "
    r"(?P<who>[A-Z][\w ]+)"
)
_BRINGS_FROM = re.compile(
    r"\b(?P<who>[A-Z][\w ]{1,60}?) brings together [\w ]{3,60}? (?:from )?across (?:the )?(?P<place>[A-Z]\w+"
    r"(?: [A-Z]\w+)?)"
)

_held: WeakKeyDictionary[Paper, dict[str, list[str]]] = WeakKeyDictionary()


def find(context: Context) -> Iterator[Fact]:
    """Find how groups hang together."""
    laws = law_of(context)
    seen: set[str] = set()
    for passage in context.paper.passages:
        for sentence in passage.sentences:
            for rule in (_names, _parents, _areas, _status, nested, areas, origins, hierarchy):
                yield from rule(context, sentence)
            yield from _law_basis(context, sentence, laws)
            yield from _own_area(context, sentence, seen)


def _fact(
    sentence: Sentence,
    who: str,
    relation: str,
    what: str,
    rule: str,
    span: tuple[int, int] | None = None,
    **more: object,
) -> Fact:
    passage = sentence.passage
    value, on, certainty = more.pop("value", None), more.pop("on", None), more.pop("certainty", "stated")
    start, end = span or (0, len(sentence.text))
    return Fact(
        "structure",
        who,
        relation,
        what,
        passage.locator,
        sentence.quote(start, end),
        rule,
        str(certainty),
        value if isinstance(value, int | float | bool) else None,
        str(on) if on else None,
        passage=passage.number,
    )


def instances(context: Context) -> dict[str, list[str]]:
    """The local instances of a class that the paper names by their areas: "one covering A, and one covering B"."""
    held = _held.get(context.paper)
    if held is None:
        held = {}
        for sentence in context.paper.sentences():
            match = _ONE_EACH.search(sentence.text)
            what = _class_before(context, sentence, match.start()) if match else ""
            if match and what:
                held[what.casefold().replace("combatting", "combating")] = [
                    f"{what} for {match[key]}" for key in ("one", "two")
                ]
        _held[context.paper] = held
    return held


def _class_before(context: Context, sentence: Sentence, place: int) -> str:
    found = re.search(r"\b(?:two|2) (?P<what>[A-Z][\w ]*?s)\b(?: in [A-Z][\w ]+)?,?\s*$", sentence.text[:place])
    return re.sub(r"s$", "", tidy(context.expand(found["what"]))) if found else ""


# Names


def _named_before(context: Context, sentence: Sentence, place: int) -> str:
    """What a name in brackets or after a comma belongs to: the noun phrase right before it."""
    before = sentence.text[:place].rstrip(" (,")
    found = re.search(
        r"(?P<who>(?:(?:CSP|CSPs|[A-Z][\w&/-]*|local|strategic|delivery|operational|responsible|strategy) ){0,6}"
        r"(?:boards?|groups?|partnerships?|[A-Z][\w]*s?|bodies|programme|scheme))$",
        before,
    )
    return re.sub(r"(?<=[a-z])s$", "", tidy(context.expand(found["who"]))) if found else ""


def _names(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _OLD_NAME.finditer(text):
        old = _singular(tidy(context.expand(match["name"])))
        old = re.sub(r"^(?:Police and Crime Commissioner)'s ", "", old)
        now = re.search(r"\bnow known as '?(?P<name>[\w ]{5,80}?)'?(?= \(|[.,]|$)", text)
        who = _singular(tidy(context.expand(now["name"]))) if now else _named_before(context, sentence, match.start())
        if not who or re.fullmatch(r"bod(?:y|ies)|[Tt]hese (?:bodies|meetings)", who):
            who = who if now else _footnoted(context, sentence)
        if who and old:
            yield _fact(
                sentence,
                who,
                "formerlyKnownAs",
                _own(context, old),
                "formerly",
                (max(0, match.start() - 60), match.end()),
            )
    for match in _ALSO.finditer(text):
        who = _named_before(context, sentence, match.start())
        if who:
            yield _fact(
                sentence,
                _one_of(who),
                "alsoKnownAs",
                _singular(context.expand(match["name"])),
                "also-known-as",
                (max(0, match.start() - 60), match.end()),
            )


def _own(context: Context, name: str) -> str:
    return re.sub(r"^(?:Police and Crime Commissioner|PCC)'s ", "", name)


def _footnoted(context: Context, sentence: Sentence) -> str:
    """A footnote or "these meetings, once titled …" belongs to the programme named last."""
    number = sentence.passage.number
    for passage in reversed(context.paper.passages[max(0, number - 5) : number + 1]):
        found = re.findall(
            r"(?:[A-Z]\w+ (?:& |and )?){1,4}(?:programme|meetings|scheme|process)",
            passage.text[: None if passage.number < number else sentence.start],
        )
        if found:
            return tidy(re.sub(r" (?:meetings|process)$", " programme", context.expand(found[-1])))
    return ""


def _singular(name: str) -> str:
    return (
        re.sub(r"(?<=[a-z])s$", "", name)
        if re.search(r"(?:Partnership|Group|Board|Panel|group|board|partnership|Committee)s$", name)
        else name
    )


def _one_of(name: str) -> str:
    return re.sub(r"^Community Safety Partnerships? (?=strategic|local|strategy)", "CSP ", name, flags=re.IGNORECASE)


# Parents


def _parents(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _SUB.finditer(text if "sub" in text.casefold() else ""):
        of = groups_in(context, match["of"])
        who = tidy(
            context.expand(re.sub(r"^.*? of the ", "", match["who"]) if " of the " in match["who"] else match["who"])
        )
        inner = groups_in(context, match["who"])
        who = inner[-1].name if inner else who
        if of and who and not re.search(r" on$|^(?:It|This|As)\b", who):
            yield _fact(sentence, who, "subGroupOf", of[0].name, "sub-group", match.span())
    for match in _OWN_SUB.finditer(text):
        whole = context.name(match["of"])
        if re.search(r"(?:Panel|Board|Group|Partnership|Committee|Council)$", whole):
            yield _fact(sentence, tidy(match["who"]), "subGroupOf", whole, "own-sub-group", match.span())
    for match in _NAMED_AFTER.finditer(text):
        who = tidy(context.expand(match["who"]))
        yield _fact(sentence, who, "subGroupOf", context.panel, "named-after-panel", match.span(), certainty="implied")
    for match in _PART.finditer(text if "part of" in text else ""):
        who, larger = tidy(context.expand(match["who"])), tidy(context.expand(match["of"]))
        who = re.sub(r"^.*\b(?:the|to|for) (?=[A-Z])", "", who)
        if who and larger and re.match(r"[A-Z]", who) and not re.search(r"\band [a-z]+ed$", who):
            yield _fact(sentence, who, "partOf", larger, "part-of", match.span())
    for match in re.finditer(
        r"\bThis (?:board|group|partnership|panel) (?:is|will be) part of (?:the structure of )?(?:the )?"
        r"(?P<of>.{5,80})",
        text,
    ):
        own, whole_of = last_group(context, sentence, match.start()), groups_in(context, match["of"])
        if own and whole_of:
            yield _fact(sentence, own, "partOf", whole_of[0].name, "this-is-part-of", match.span())
    for match in _REPORTS.finditer(text):
        who = last_group(context, sentence, match.start())
        for group in groups_in(context, match["rest"][:160]):
            between = match["rest"][: group.start]
            if who and group.name != who and not re.search(r"chaired by|prior to|, which|working", between):
                yield _fact(sentence, who, "reportsTo", group.name, "reports-into", match.span())
    for match in _ACCOUNTABLE.finditer(text if "accountable to" in text else ""):
        for group in groups_in(context, match["rest"])[:1]:
            yield _fact(sentence, context.name(match["who"]), "reportsTo", group.name, "accountable-to", match.span())
    for match in re.finditer(r"\b[Tt]he force's (?P<who>(?:[A-Z]\w+ ){1,4}(?:Unit|Department|Team|Hubs?))\b", text):
        yield _fact(sentence, tidy(match["who"]), "partOf", context.force, "force-unit", match.span())


# Areas


def _areas(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _ONE_EACH.finditer(text):
        what = _class_before(context, sentence, match.start())
        for key in ("one", "two") if what else ():
            yield _fact(sentence, f"{what} for {match[key]}", "coversArea", match[key], "one-covering", match.span())
    for match in _CURRENT.finditer(text):
        yield from _current_model(sentence, match)
    for match in _RESPONSIBILITY.finditer(text):
        items = [item.text.strip(" ,.;") for item in context.paper.list_under(sentence.passage)]
        what = match["what"]
        if any("two or more" in item for item in items):
            what += " (a district or borough, or two or more combined)"
        elif items:
            what += f" ({'; '.join(items)})"
        yield _fact(sentence, context.name(match["who"]), "coversArea", what, "area-of-responsibility", match.span())
    for match in _NUMBER_OF.finditer(text):
        count = _NUMBERS.get(match["count"]) or int(match["count"])
        yield _fact(
            sentence,
            f"Community Safety Partnerships in {match['place']}",
            "coversArea",
            match["place"],
            "number-of-partnerships",
            match.span(),
            value=count,
        )
    for match in _KNOWN_AS.finditer(text):
        for group in groups_in(context, match["who"])[:1]:
            yield _fact(sentence, group.name, "coversArea", match["place"], "known-as-in", match.span())
    for match in _BRINGS_FROM.finditer(text):
        who = context.expand(tidy(match["who"]))
        if groups_in(context, who) or who != tidy(match["who"]):
            yield _fact(sentence, who, "coversArea", match["place"], "brings-together-across", match.span())


def _current_model(sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    """ "The current model of A Borough, B Borough and C (D and E combined)": partnerships of these."""
    before = sentence.passage.text[max(0, sentence.start + match.start() - 40) : sentence.start + match.start()]
    if not re.search(r"CSP|[Pp]artnership", before + sentence.passage.text[:40]):
        return
    bare = re.sub(r"\(([^)]*)\)", lambda inner: "(" + inner[1].replace(",", ";") + ")", match["list"].rstrip("."))
    for part in re.split(r",\s+(?:and\s+)?", bare):
        combined = re.search(r"\((?P<inner>[^)]*)\)", part)
        name = re.sub(r"\s*\(.*|\s+(?:Borough|District|County|City)$", "", part).strip()
        areas = (
            re.split(r"\s+and\s+(?=[A-Z])", re.sub(r"\s+combined$", "", combined["inner"]))
            if combined
            else [part.strip()]
        )
        if combined and len(areas) > 2:
            areas = [combined["inner"]]
        for area in areas:
            if re.match(r"[A-Z]", name):
                yield _fact(
                    sentence,
                    f"{name} Community Safety Partnership",
                    "coversArea",
                    area.strip(),
                    "current-model",
                    match.span(),
                )


def _own_area(context: Context, sentence: Sentence, seen: set[str]) -> Iterator[Fact]:
    """A group that bears the name of the paper's area, or is "the county's", covers it."""
    if not context.area:
        return
    for group in groups_in(context, sentence.text):
        before = sentence.text[: group.start]
        called = re.match(rf"(?:Safer )?{re.escape(context.area)} ", group.name) is not None
        own = called or (before.endswith(f"{context.area} ") and group.name != "Community Safety Partnership")
        if re.search(r"\b(?:North|South|East|West|Mid) (?:\w+ )?$", before):
            continue  # a part of the area
        county = re.search(
            r"\b(?:[Tt]he county(?:'s)? |countywide |[Ii]n " + re.escape(context.area) + r" this group is )$",
            sentence.text[: group.start],
        )
        if (
            (own or county)
            and group.name not in seen
            and not re.search(
                r"(?:Sub|Task|Working) ?-?[Gg]roup|Police Board|meeting|Conference|Council| and the |Youth", group.name
            )
        ):
            seen.add(group.name)
            yield _fact(
                sentence,
                group.name,
                "coversArea",
                context.area,
                "named-after-area",
                (max(0, group.start - 30), group.end),
            )


# Status and basis


def _status(context: Context, sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for match in _STATUTORY.finditer(text if "statutory" in text else ""):
        who = tidy(context.expand(re.sub(r"^funding for ", "", match["who"] or match["code"])))
        bracket = re.search(r"\((?:the )?(?P<name>[A-Z][\w' ]+)\)", match["code"] or "")
        name = bracket["name"] if bracket else re.sub(r"(?<=[Rr]eview)s$", "", who)
        if re.match(r"(?:This|It|There|These|That|Which)$|(?:Publication|Production|Provision) of ", name):
            continue
        yield _fact(
            sentence,
            name,
            "isStatutory",
            "false" if match["non"] else "true",
            "statutory",
            match.span(),
            value=not match["non"],
        )
    for match in re.finditer(
        r"(?P<who>[A-Z][\w' -]{3,50}?) (?:reviews? |duty )?\(a statutory (?:responsibility|duty|counter)", text
    ):
        name = re.sub(r"^(?:funding for )", "", tidy(context.expand(match[0].split(" (")[0])))
        yield _fact(
            sentence,
            re.sub(r"(?<=[Rr]eview)s$", "", name),
            "isStatutory",
            "true",
            "statutory",
            (match.start(), min(len(text), match.end() + 30)),
            value=True,
        )
    for match in _STATUTORY_ROLE.finditer(text):
        scheme = scheme_before(context, sentence, match["what"])
        if scheme:
            yield _fact(sentence, scheme, "isStatutory", "true", "statutory-duty", match.span(), value=True)
    for match in _DISSOLVED.finditer(text):
        yield _fact(
            sentence, tidy(context.expand(match["who"])), "dissolved", "true", "dissolved", match.span(), value=True
        )


def scheme_before(context: Context, sentence: Sentence, noun: str) -> str:
    """Return the scheme, service or duty that "the scheme" means: the last one with a name."""
    number = sentence.passage.number
    for passage in reversed(context.paper.passages[max(0, number - 4) : number + 1]):
        found = re.findall(rf"(?:[A-Z][\w-]* ){{1,5}}(?:\([A-Z]+\) )?(?i:{noun})\b", passage.text)
        found = [name for name in found if name[0].isupper() and not name.startswith(("The ", "This ", "My "))] or [
            re.sub(r"^(?:The|This|My) ", "", name) for name in found if len(name.split()) > 2
        ]
        if found:
            return tidy(context.expand(re.sub(r" \([A-Z]+\)", "", found[-1])))
    return ""


def _law_basis(context: Context, sentence: Sentence, laws: dict[int, str]) -> Iterator[Fact]:
    text, number = sentence.text, sentence.passage.number
    law = laws.get(number, "").split(", s.")[0]
    for match in _REQUIRES.finditer(text):
        if law:
            yield _fact(sentence, tidy(match["who"]), "establishedUnder", law, "law-requires", (0, match.end()))
            yield _fact(sentence, tidy(match["who"]), "isStatutory", "true", "law-requires", match.span(), value=True)
    for match in _EACH_AREA.finditer(text):
        if law and re.search(r"(?:group|board|partnership|panel|committee)$", match["who"]):
            who = match["who"] if match["who"].startswith("county") or "CSP" not in match[0] else f"CSP {match['who']}"
            yield _fact(sentence, who, "establishedUnder", law, "each-area-must-have", (0, match.end()))
    for match in _INTRODUCED.finditer(text):
        named = find_citations(text[match.end() :])
        law = named[0].title if named and named[0].start < 10 else law
        if law and "Panel" not in match["who"]:
            yield _fact(
                sentence,
                tidy(match["who"]),
                "establishedUnder",
                law,
                "introduced-by",
                (match.start(), min(len(text), match.end() + 60)),
            )
    for match in _FORMED.finditer(text):
        source = _strategy_before(context, sentence.passage)
        yield _fact(
            sentence,
            _singular(tidy(context.expand(match["who"]))),
            "establishedUnder",
            source or match["what"],
            "formed-to-deliver",
            match.span(),
        )
    for match in _FOOTING.finditer(text):
        after = [laws[later] for later in range(number, number + 3) if later in laws]
        if after and match["year"] in after[0]:
            yield _fact(
                sentence,
                "Community Safety Partnership" if match["who"] == "they" else tidy(match["who"]),
                "establishedUnder",
                after[0],
                "statutory-footing",
                match.span(),
                on=match["year"],
            )
    for match in re.finditer(
        r"\bstatutory requirement for an? (?:local )?(?:body|partnership|board) of '?"
        r"(?P<who>responsible authorities)'?",
        text,
    ):
        yield _fact(
            sentence,
            "Community Safety Partnership",
            "isStatutory",
            "true",
            "statutory-requirement",
            match.span(),
            value=True,
        )


def _strategy_before(context: Context, passage: Passage) -> str:
    for earlier in reversed(context.paper.passages[max(0, passage.number - 5) : passage.number + 1]):
        found = re.search(r"\b(?:strategy|plan),? (?:titled|called|entitled) \"(?P<name>[^\"]{5,90})\"", earlier.text)
        if found:
            return f"{re.split(r': ', found['name'])[0]} (national strategy)"
    return ""
