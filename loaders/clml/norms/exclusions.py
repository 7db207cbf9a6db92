"""What looks like a norm and is none: deeming, construction, legal effect, amendment, discretion, possibility.

The rows stand in ``exclusions.toml``: a reason, a pattern and an example each; the pattern reads the predicate (the
words after the modal). Subjects that exclude a norm, and whole sentences, stand here. The reasons follow the
annotation guide for norms in CLML.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

_INSERTED = (
    r"(?:,[^,]*,)?(?: ?(?:for (?:all |any |the )?(?:of the |such )?purposes? of .{1,160}?,?|"
    r"in relation to .{1,80}?,?|"
    r"\w+ly|accordingly|also|so|not|instead|only) )?\s*"
)
_BEFORE = r"(?:(?:also|so|accordingly|then|in that case|instead),? )*"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason why a modal is no norm.

    ``hard`` rows hold for "must" too; ``verbal`` ones do not hold for somebody who can act: a council that "shall
    apply" acts, a section that "shall apply" does not.
    """

    reason: str
    pattern: re.Pattern[str]
    example: str
    hard: bool
    verbal: bool


def _rows() -> tuple[Exclusion, ...]:
    text = files(__package__).joinpath("exclusions.toml").read_text(encoding="utf-8")
    return tuple(
        Exclusion(
            row["reason"],
            re.compile(
                _BEFORE + "(?:" + re.sub(r"\n\s*", "", row["pattern"]).replace("INSERTED", _INSERTED) + ")", re.I
            ),
            row["example"],
            row.get("hard", False),
            row.get("verbal", False),
        )
        for row in tomllib.loads(text)["row"]
    )


ROWS = _rows()
"""The rows of ``exclusions.toml``, in their order."""

_POSSIBLE = re.compile(
    r"(?:\w+ly )?(?:exist|arise|occur|result|happen|become|accrue|elapse|suffice|"
    r"be (?:in existence|available|necessary|likely))\b",
    re.I,
)
_TEXT_WORDS = (
    r"(?:the|this|that|these|those|any|such|each|every|an?|either|nothing|of|in|and|or|to|other|following|preceding|neither|nor|"
    r"foregoing|\d\w*)"
)
_ABOUT_TEXT = re.compile(
    rf"(?:{_TEXT_WORDS} )*"
    r"(?:sections?|subsections?|(?:sub-?)?paragraphs?|parts?|chapters?|schedules?|articles?|acts?|enactments?|"
    r"provisions?|references?|expressions?|nothing|words?|definitions?|rule of law)\b"
    r"(?:,? (?:and|or|nor|to|\d+\w*|[IVXLC]+|[A-Z]\w?))*(?=$| (?:of|to|in|under|above|below|which|that|so|mentioned|"
    r"referred|relating|"
    r"contained|made|by|conferring|and|or|nor|as|for|with|concerning|applied|inserted|specified|has|is|shall)\b)",
    re.I,
)
_PROVISION_FOR = re.compile(r"(?:such )?provision(?:$| (?:of|for)\b)", re.I)
"""What is provided, not a provision of the text: "provision of clothing may be made"."""
_OF_DOCUMENT = re.compile(
    r"(?:(?:the|any) )?(?:parts?|provisions?|chapters?|paragraphs?) (?:[\dIVX]+ )?of (?:the|an?|any|such|every|each) "
    r"(?:\w+ ){0,3}?(?:scheme|plan|report|order|register|notice|statement|agreement|licence|document|strategy|"
    r"warrant|certificate|lease)s?\b",
    re.I,
)
"""Parts of what somebody draws up under the Act: "Part 1 of the scheme is to contain a plan"."""
_ABOUT_INSTRUMENT = re.compile(
    r"this (?:regulation|order|rule|directive|decision|measure|scheme)\b|these (?:regulations|rules)\b", re.I
)
_FUNCTIONS = re.compile(
    r"(?:the|this|that|any|his|its|their|those|these|each|such) (?:[\w’' -]+ )?"
    r"(?:powers?|dut(?:y|ies)|functions?|jurisdiction|right|rights)\b",
    re.I,
)
_EXPLAINS = re.compile(r"(?:also )?(?:include|extend|be exercisable|not include|consist)\b")
_BEING = re.compile(r"be (?:a|an|the|one of|deputy|ex officio|members?|officers?)\b")
_ALLOCATED = re.compile(
    r"\b(?:functions?|purposes?|objects?|aims?|objectives?|role|effect|intention)\b(?! of the notice)", re.I
)
_MEMBER = re.compile(r"be an? (?:\w+ )?member\b")
"""What somebody may be is a power, though "shall be a member" is a legal effect."""
_EFFECT = re.compile(r"(?:prevent|preclude|exempt|relieve|absolve|entitle)\b")
"""What a document does by being there, if nobody is named: "the certificate shall exempt the boat"."""
_OFFENCE = re.compile(r"\boffences?\b", re.I)
_NOT_NEEDED = re.compile(r"be (?:required|needed|necessary)\b")
_STEPS = re.compile(r"\b(?:steps?|measures?|actions?|precautions?|care)$", re.I)
_NOBODY = frozenset({"there", "it"})
_BEING_SOMETHING = re.compile(r"be (?:a|an|no|the|necessary|needful)\b")


def why_not(subject: str, modal: str, predicate: str, by_agent: bool = False) -> str | None:
    """Return the reason why a modal of a main clause is no norm, or None where it is one.

    Args:
        subject: the words of the subject, empty where there is none.
        modal: the rule that found the modal, such as ``must`` or ``is to``.
        predicate: the words from the verb on.
        by_agent: whether the subject is somebody who can act.

    >>> why_not("a licence", "is to", "be treated as granted")
    'deeming or rule of construction'
    >>> why_not("This section", "shall", "bind the Crown")
    'about the text itself'
    >>> why_not("a hazard", "may", "exist")
    'possibility'
    >>> why_not("The notice", "must", "be served on him")
    >>> why_not("All practicable steps", "must", "be taken to preserve it")
    >>> why_not("Part 1 of the scheme", "is to", "contain a plan")
    >>> why_not("A licence", "shall not", "be required for any premises")
    'release from a duty'
    >>> why_not("the owner", "may", "apply to the court", by_agent=True)
    """
    if subject[:7].lower() == "nothing":
        return "nothing requires"
    if (_ABOUT_TEXT.match(subject) and not _OF_DOCUMENT.match(subject)) or _ABOUT_INSTRUMENT.match(subject):
        made = _PROVISION_FOR.match(subject) and predicate.startswith("be made")
        return None if made else "about the text itself"
    if modal == "may" and not by_agent and _POSSIBLE.match(predicate):
        return "possibility"
    if (modal.endswith(" not") or (modal != "may" and subject[:3].lower() == "no ")) and _NOT_NEEDED.match(predicate):
        return "release from a duty"
    if subject[-7:].lower() == "account" and predicate.startswith("be taken of"):
        return "deeming or rule of construction"
    if predicate.startswith("be committed") and _OFFENCE.search(subject):
        return "offence or penalty"
    if modal.startswith("shall") and not by_agent and _EFFECT.match(predicate):
        return "legal effect"
    if subject.lower() in _NOBODY and modal != "must" and _BEING_SOMETHING.match(predicate):
        return "legal effect"
    if modal.startswith(("entitled", "required")) and not by_agent:
        return "not somebody's conduct"
    if modal == "is to" and not predicate.startswith("be ") and _ALLOCATED.search(subject):
        return "a function allocated"
    if by_agent and modal in {"shall", "is to"} and _BEING.match(predicate):
        return "legal effect"
    if _FUNCTIONS.match(subject) and _EXPLAINS.match(predicate):
        return "explains a power or duty"
    if by_agent and modal == "may" and _MEMBER.match(predicate):
        return None  # "no one who was dismissed may be a member"
    for row in () if _STEPS.search(subject) and predicate.startswith("be taken") else ROWS:
        if (
            (row.hard or not modal.startswith("must"))
            and not (row.verbal and by_agent)
            and row.pattern.match(predicate)
        ):
            return row.reason
    return None


DEFINING = re.compile(
    r"”[^.;]{0,80}?\b(?:means?|includes?|ha(?:s|ve) the (?:same )?meaning|refers? to|(?:is|are) to be read|"
    r"does not include|is (?:the|a|any))\b|^(?:In|For the purposes of) (?:this|that|these) [^,]{2,60},? “|^“"
)
"""A sentence that says what a word means: no norms in it, whatever its modals."""

_MODAL = re.compile(r"\b(?:must|shall|may)\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def is_definition(words: str) -> bool:
    """Say whether a text says what a word means.

    >>> is_definition("In this Part “warden” means a person who may enter a lock")
    True
    >>> is_definition("The council may make an order (a “lock order”) that is a")
    False
    """
    if "“" not in words and "”" not in words:  # every form of a definition quotes what it defines
        return False
    words = _IN_BRACKETS.sub("", words)
    found = DEFINING.search(words)
    return bool(found and not _MODAL.search(words[: found.start() + 1].split("“")[0]))


_AMOUNT = (
    r"(?:one or more|any|either|both|all|each|some|such|only|at least one|whichever|one)"
    r"(?: or (?:both|more|all|other))?"
)
ANNOUNCING = re.compile(
    rf"\b(?:take|do|carry out|exercise|comply with|have|adopt) (?:{_AMOUNT}(?: of)? )?(?:the|these|those) "
    r"(?:following )?(?:\w+ )?(?:things|steps?|actions?|measures?|matters|courses? of action|powers|duties)?\s*"
    rf"(?:,? namely|, that is to say)?\s?[—–:]?\s*$|\bdo (?:any|such|one or more|all|"
    rf"either) of the following\b[^;.]*[—–:]\s*$|\b(?:take|do|have) {_AMOUNT} of the following(?: \w+)?\s*[—–:]?\s*$"
)
"""A verb in a lead-in that only announces the list: "may take any of these steps—"."""
