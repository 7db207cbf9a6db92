"""First stage: the places in a text where an instrument or a provision is mentioned.

Text may be messy (out of a PDF): lines break anywhere, "&" stands for "and", a space may be missing or doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .instruments import Instruments, chapter_path, european_path, instrument_path, regnal_path


@dataclass(frozen=True, slots=True)
class Place:
    """A provision as written: what it is called, its number, the brackets after it.

    Args:
        word: section, article, regulation, rule, schedule, paragraph, part, chapter; empty for a subsection or
            paragraph that is brackets alone.
        number: "17A"; empty if it is brackets alone.
        levels: what stands in the brackets, outermost first.
    """

    word: str
    number: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A mention in the text.

    Args:
        start: where it begins.
        end: where it ends (exclusive).
        kind: ``instrument`` (a title or number), ``reference`` ("that Act", "the 1998 Act", a short name that the
            text defines) or ``provision``.
        name: the title, number or reference as written, white space squeezed.
        path: legislation.gov.uk path of the instrument, where the text or the table of known ones tells it.
        places: the provisions, each with the end of its range, or None.
    """

    start: int
    end: int
    kind: str
    name: str = ""
    path: str = ""
    places: tuple[tuple[Place, Place | None], ...] = ()


_TITLE_END = re.compile(
    r"\b(?P<kind>Act|Measure|Order|Regulations|Rules|Scheme|ACT|MEASURE|ORDER|REGULATIONS|RULES)\b"
    r"(?P<extra>(?:\s*\([A-Z][^()\d]{1,40}\))?)(?:(?:,|\s+of)?\s+\(?(?P<year>1[2-9]\d\d|20\d\d)\b\)?)?"
)
_WELSH_TITLE = re.compile(
    r"\b(?:Dd|D|Rh|Ng|G|M|F)?(?:eddf|eoliadau|orchymyn|esur)\s+(?:[\w’'()-]+,?\s+){1,14}?(?P<year>1[2-9]\d\d|20\d\d)\b"
)
_CHAPTER = re.compile(
    r"\s*\(\s*(?:(?P<session>\d{4})\s+)?(?P<mark>c|ch|chapter|asp|anaw|asc|nawm|dsc|dccc|mccc)\.?\s*(?P<number>\d+)\s*"
    r"(?P<ni>\(\s*N\.?\s*I\.?\s*\))?\s*\)"
)
_NUMBER = re.compile(
    r"\b(?P<mark>W\.?\s?S\.?\s?I\.?|S\.?\s?S\.?\s?I\.?|S\.?\s?I\.?|S\.\s?R\.?(?:\s*(?:&|and)\s*O\.?)?|SR(?:\s*&\s*O)?|O\.\s?S\.?"
    r"|[Ss]tatutory\s+[Ii]nstruments?)\s*(?P<year>(?:19|20)\d\d)\s*(?:/|,?\s*[Nn]o\.?)\s*(?P<number>\d{1,5})\b"
    r"(?:\s*\((?P<series>(?:W|Cy|N\.?\s?I)\.?\s*\d+)\))?"
)
_CLOSED_NUMBER = re.compile(rf"\s*\(\s*{_NUMBER.pattern}[^()]{{0,30}}\)")
_EUROPEAN = re.compile(
    r"\b(?P<kind>Regulation|Directive|Decision)\s+(?:\((?:EU|EC|EEC|Euratom)\)\s*)?(?:No\.?\s*)?(?P<first>\d{1,4})/"
    r"(?P<second>\d{1,4})(?:/(?:EU|EC|EEC|JHA))?\b"
)
_REGNAL = re.compile(
    r"\b(?P<years>\d{1,2}(?:\s*(?:&|and|-)\s*\d{1,2})?)\s+(?P<reign>Hen|Edw|Ric|Eliz|Ja[sc]?|Cha|Will|Geo|Anne?|Vict|Mary?)\b"
    r"\.?\s*(?:(?P<ordinal>\d|[IVX]{1,4})\b\.?)?,?\s*(?:c|ch)\.?\s*(?P<chapter>\d+)\b"
)
_BACK = re.compile(
    r"\b(?:(?P<which>[Tt]hat|[Tt]hose|[Tt]he\s+said|[Tt]his|[Tt]hese)\s+|[Tt]he\s+(?P<year>\d{4})\s+)"
    r"(?P<kind>Act|Measure|Order|Regulations|Rules|Scheme)\b"
)
_DEFINED = re.compile(
    r"\s*\(\s*(?:[^()“”\"‘’]{0,60}?[“\"‘](?P<quoted>[^“”\"‘’()]{2,60})[”\"’][^()“”\"‘’]{0,40}"
    r"|(?P<bare>(?:the\s+)?(?:\d{4}\s+)?(?:Act|Order|Regulations)|[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*(?:\s+Act)?(?:\s+\d{4})?))\s*\)"
)

_WORDS = {
    "section": r"ss?|secs?|sects?|sections?|adran(?:nau)?",
    "regulation": r"regs?|regulations?|rheoliad(?:au)?",
    "article": r"arts?|articles?|erthygl(?:au)?",
    "rule": r"rr?\.|rules?|rheol(?:au)?",
    "schedule": r"schs?|scheds?|schedules?|atodlen(?:ni)?",
    "paragraph": r"paras?|paragraphs?|(?:b|ph)?paragraff(?:au)?|baragraff(?:au)?",
    "part": r"pts?|parts?|rhan(?:nau)?",
    "chapter": r"chs?|chapters?|pennod",
    "": r"subss?|sub-?\s?sections?|sub-?\s?paragraphs?|sub-?\s?paras?|is-adran(?:nau)?",
}
_PLURAL = re.compile(
    r"(?:ss|secs|sects|rr\.|regs|arts|schs|scheds|paras|pts|chs|subss|rules|.*(?:sections|regulations|articles|schedules"
    r"|paragraphs|paras|parts|chapters|nau|au|ni))\.?",
    re.IGNORECASE,
)
_LEVEL = r"\(\s?(?:\d{1,3}[A-Z]{0,3}|[a-z]{1,2}\d?|[ivxl]{1,6}|[A-Z]\d{0,2})\s?\)"
_NUMERAL = r"(?:\d{1,4}(?:[A-Z]{1,3}\d{0,2}[A-Z]?)?|[IVXLC]+)(?![A-Za-z0-9/%]|\.\d|\s+Act\b)"
_ITEM = rf"(?:{_NUMERAL}(?:\s?{_LEVEL})*|{_LEVEL}(?:\s?{_LEVEL})*)"
_TO = r"\s*(?:[–—-]|\bto\b|\bhyd\b)\s*"
_AND = r"\s*(?:,\s*(?:and\b|or\b)?|;|&|\b(?:and|or|a|ac|neu)\b)\s*"
_PROVISION = re.compile(
    r"(?<![\w.])(?:" + "|".join(f"(?P<{word or 'sub'}>{pattern})" for word, pattern in _WORDS.items()) + r")"
    rf"(?:\.\s*|\s+|(?=[\d(]))(?P<list>{_ITEM}(?:(?:{_TO}|{_AND}){_ITEM})*)",
    re.IGNORECASE,
)
_STEP = re.compile(rf"(?P<to>{_TO})|(?P<and>{_AND})|(?P<number>{_NUMERAL})?(?P<levels>(?:\s?{_LEVEL})*)")
_IN_BRACKETS = re.compile(r"\(\s?(\w+)\s?\)")


def tokens_of(text: str, known: Instruments) -> list[Token]:
    """Return the mentions in a text, in order, none inside another.

    Args:
        text: any text.
        known: instruments whose titles tell where a title begins and which instrument it is.
    """
    named = _apart([*_numbers(text), *_titles(text, known), *_short_names(text, known)])
    definitions = [found for token in named if (found := _definition(text, token))]
    uses = [use for definition in definitions for use in _uses(definition, text)]
    spans = [(token.start, token.end) for token in (*definitions, *uses)]
    instruments = [token for token in named if token.path or token.name[-1:].isdigit() or not _inside(token, spans)]
    taken = [(token.start, token.end) for token in (*instruments, *definitions)]
    references = [token for token in _apart([*uses, *_back_references(text)]) if not _inside(token, taken)]
    provisions = [token for token in _provisions(text) if not _inside(token, taken)]
    return sorted([*instruments, *definitions, *references, *provisions], key=lambda token: token.start)


def squeezed(text: str) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(text.split())


def _apart(tokens: list[Token]) -> list[Token]:
    """Leave out what lies inside, or overlaps, an earlier or longer mention."""
    kept: list[Token] = []
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _inside(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start < token.end and token.start < end for start, end in spans)


def _numbers(text: str) -> Iterator[Token]:
    """Yield the instruments that are cited by a number."""
    for match in _NUMBER.finditer(text):
        path = instrument_path(match["mark"], match["year"], match["number"], match["series"] or "")
        mark = re.sub(r"[\s.]", "", match["mark"]).upper()
        mark = "SI" if mark.startswith("STATUTORY") else mark
        yield Token(*match.span(), "instrument", f"{mark} {match['year']}/{match['number']}", path)
    for match in _EUROPEAN.finditer(text):
        path = european_path(match["kind"], match["first"], match["second"])
        yield Token(*match.span(), "instrument", squeezed(match[0]), path)
    for match in _REGNAL.finditer(text):
        path = regnal_path(match["years"], match["reign"], match["ordinal"] or "", match["chapter"])
        yield Token(*match.span(), "instrument", squeezed(match[0]), path)


def _titles(text: str, known: Instruments) -> Iterator[Token]:
    """Yield the instruments that are cited by their title, with the number that stands in brackets after it."""
    for match in [*_TITLE_END.finditer(text), *_WELSH_TITLE.finditer(text)]:
        start = match.start() if match.re is _WELSH_TITLE else _title_start(text, match.start(), match.end(), known)
        name = squeezed(text[start : match.end()])
        if start == match.start() and match.re is _TITLE_END:
            continue
        end, path = _number_after(text, match.end(), match["year"] or "")
        yield Token(start, end, "instrument", _tidy(name), known.path(name) or path)


def _short_names(text: str, known: Instruments) -> Iterator[Token]:
    """Yield the known names that are no whole titles, such as "CDA 1998"."""
    if known.short_names is not None:
        for match in known.short_names.finditer(text):
            yield Token(*match.span(), "instrument", squeezed(match[0]), known.path(match[0]))


def _tidy(title: str) -> str:
    """Return a title as it is enacted: "and" for "&", no comma or bracket round the year."""
    return re.sub(r",?\s*\(?(\d{4})\)?$", r" \1", title.replace("&", "and"))


def _number_after(text: str, end: int, year: str) -> tuple[int, str]:
    """Return where a title's own number in brackets ends, and the path that it gives."""
    chapter = _CHAPTER.match(text, end)
    if chapter and year:
        return chapter.end(), chapter_path(chapter["mark"], year, chapter["number"], chapter["ni"] is not None)
    number = _CLOSED_NUMBER.match(text, end)
    if number:
        path = instrument_path(number["mark"], number["year"], number["number"], number["series"] or "")
        return number.end(), path
    return end, ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLE_WORD = re.compile(r"(?P<bracket>\([^()]{1,90}\))|(?P<word>[\w’'\-]+\.?)|(?P<mark>[,&])|(?P<other>[^\s])")
_SMALL = _words("and of for in on to by with from against at or etc etc. as upon between relating")
_NO_TITLE = _words(
    "section sections schedule schedules part parts paragraph paragraphs article articles regulation chapter chapters "
    "see under in by from the this that since following per subsection of and to for with as on at or "
    "duties requirements powers provisions within both"
)


def _title_start(text: str, kind_start: int, end: int, known: Instruments) -> int:
    """Return where the title begins whose last word ("Act") begins at ``kind_start``.

    Going backwards, a title is made of capitalised words, the small words between them, commas and brackets. It stops
    at "the", save in "against the"; a known title decides where it ends with one.
    """
    window = max(0, kind_start - 240)
    words = list(_TITLE_WORD.finditer(text, window, kind_start))
    start, best, after_the = kind_start, kind_start, False
    for position in range(len(words) - 1, -1, -1):
        match = words[position]
        word = match[0]
        if match["other"] or (match["word"] and not _may_be_in_title(word, words, position)):
            after_the = word.casefold() == "the"
            break
        if match["word"] and _opens_title(word):
            start = match.start()
            if known.path(squeezed(text[start:end])):
                best = start
    if best != kind_start:
        return best
    return start if after_the else _after_foreign_list(text, start, kind_start)


def _may_be_in_title(word: str, words: list[re.Match[str]], position: int) -> bool:
    if word.casefold() == "the":
        return position > 0 and words[position - 1][0] == "against"
    if word.endswith(".") and word not in ("etc.", "No.", "St."):
        return False
    return word[0].isupper() or word in _SMALL


def _opens_title(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in _NO_TITLE


def _after_foreign_list(text: str, start: int, end: int) -> int:
    """Return where a title begins that no "the" opens: its commas are its own only in a list of short pieces."""
    pieces = text[start:end].split(",")
    if len(pieces) == 1 or all(len(piece.split()) <= 2 for piece in pieces[:-1]):
        return start
    last = pieces[-1]
    return end - len(last.lstrip())


def _back_references(text: str) -> Iterator[Token]:
    """Yield "that Act", "this Act", "the 1998 Act"."""
    for match in _BACK.finditer(text):
        yield Token(*match.span(), "reference", squeezed(match[0]))


def _definition(text: str, instrument: Token) -> Token | None:
    """Return the short name that the text gives an instrument in brackets after it."""
    match = _DEFINED.match(text, instrument.end)
    if match is None:
        return None
    return Token(*match.span(), "definition", squeezed(match["quoted"] or match["bare"]), instrument.path)


def _uses(definition: Token, text: str) -> Iterator[Token]:
    """Yield the later uses of a short name."""
    words = definition.name.removeprefix("the ").removeprefix("The ").split()
    pattern = r"\b(?:[Tt]he\s+)?" + r"\s+".join(map(re.escape, words)) + r"(?!\w|\s+\d{4})"
    for match in re.compile(pattern).finditer(text, definition.end):
        yield Token(*match.span(), "reference", definition.name, definition.path)


def _provisions(text: str) -> Iterator[Token]:
    for match in _PROVISION.finditer(text):
        group = next(name or "sub" for name in _WORDS if match[name or "sub"])
        label, word = match[group], "" if group == "sub" else group
        end, places = _places(word, match["list"], _PLURAL.fullmatch(label) is not None)
        if places:
            yield Token(match.start(), match.start("list") + end, "provision", squeezed(label), "", places)


def _places(word: str, items: str, plural: bool) -> tuple[int, tuple[tuple[Place, Place | None], ...]]:
    """Read a list of numbers; return where it ends and the places in it.

    "sections 5, 6 and 17" names three; "section 5 and 17 officers" one: the singular goes on with brackets only.
    """
    places: list[tuple[Place, Place | None]] = []
    end = position = 0
    to = False
    while position < len(items):
        step = _STEP.match(items, position)
        if step is None or step.end() == position:
            break
        position = step.end()
        if step["to"] or step["and"]:
            to = step["to"] is not None
            tight = step[0] in "–—-"
            continue
        levels = tuple(_IN_BRACKETS.findall(step["levels"] or ""))
        if places and step["number"] and not plural and not (to and tight):
            break
        read = _siblings(word, step["number"] or "", levels, places)
        if to and places and places[-1][1] is None:
            places[-1] = (places[-1][0], read[0])
        else:
            places += [(place, None) for place in read]
        to, end = False, position
    return end, tuple(places)


def _siblings(word: str, number: str, levels: tuple[str, ...], before: list[tuple[Place, Place | None]]) -> list[Place]:
    """Return the places that a number with brackets names: "270(4)(5)" is two subsections."""
    if not number and before:
        model = before[-1][1] or before[-1][0]
        number, levels = model.number, _continued(model.levels, levels)
    for index in range(1, len(levels)):
        if _sort(levels[index]) == _sort(levels[index - 1]) == "number":
            head = levels[: index - 1]
            return [Place(word, number, (*head, level)) for level in levels[index - 1 :]]
    return [Place(word, number, levels)]


def _continued(model: tuple[str, ...], levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the brackets of a sibling: "(1)(a)" then "(b)" is "(1)(b)", then "(2)" is "(2)"."""
    for index in range(len(model) - 1, -1, -1):
        if _sort(model[index]) == _sort(levels[0]):
            return (*model[:index], *levels)
    return (*model, *levels)


def _sort(level: str) -> str:
    return "number" if level[0].isdigit() else "capital" if level[0].isupper() else "letter"
