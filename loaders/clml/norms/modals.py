"""The words that carry a norm: must, shall, may, is to, is under a duty to, it is the duty of … to, has power to …

A modal is found at a token and says its kind, where its words end and, for "it is the duty of X to", where X stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import ADVERBS, DETERMINERS, MODALS, NOUN_LIKE, VERBS, WORDS, is_participle
from .tokens import Token

DUTY, POWER, PROHIBITION = "duty", "power", "prohibition"
RELEASE = "release"
"""Not a norm: "shall not be required to", "need not"."""

_KINDS = {"must": DUTY, "shall": DUTY, "may": POWER}
_MEASURES = frozenset({"later", "less", "more", "earlier", "fewer", "exceeding", "only"})
"""After "not" these measure: "shall, not later than 1 May, publish" forbids nothing."""
_NEVER = [["at", "no", "time"], ["in", "no", "case"], ["on", "no", "account"], ["under", "no", "circumstances"]]
_BE = frozenset({"is", "are", "be", "being"})
_POSSESSIVES = frozenset({"his", "her", "their", "its"})
_AFTER_TO = VERBS | {"be", "—"}
_GOES_ON = frozenset({"to", "—", ",", "under", "by", "at"})
"""After "power": "has power to", "has power by order to"."""
_HAVE = frozenset({"has", "have"})
_GRANTED = frozenset({"authorised", "authorized", "permitted", "empowered", "required", "compelled"})
_RELEASED = WORDS["released"]
_PERMITTED = WORDS["permitted"]


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal: the tokens ``start`` to ``stop`` (exclusive), its kind, and the rule that found it.

    ``holder`` is the span of the holder's tokens where the modal's own words name it ("the duty of X to").
    """

    start: int
    stop: int
    kind: str
    rule: str
    holder: tuple[int, int] | None = None
    only: bool = False


def modal_at(tokens: Sequence[Token], at: int) -> Modal | None:
    """Return the modal that begins at a token, if one does.

    >>> from .tokens import tokenize
    >>> def found(words):
    ...     tokens = tokenize(words)
    ...     made = [modal_at(tokens, at) for at in range(len(tokens))]
    ...     return [(modal.kind, modal.rule) for modal in made if modal]
    >>> found("it must not be sent")
    [('prohibition', 'must not')]
    >>> found("it shall be the duty of the council to act")
    [('duty', 'the duty of')]
    >>> found("he shall not be required to act"), found("he shall be entitled to appeal")
    ([('release', 'not required to')], [('power', 'entitled to')])
    >>> found("the report is to be published"), found("it is sent to the council")
    ([('duty', 'is to')], [])
    """
    low = tokens[at].low
    if low in MODALS and at and tokens[at - 1].low == "nor":
        return _inverted(tokens, at)
    if low in MODALS and tokens[at].text != "May":
        return _extended(tokens, _plain(tokens, at))
    if low in {"is", "are"}:
        return _copular(tokens, at)
    if low in _HAVE:
        return _having(tokens, at, at)
    return None


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _plain(tokens: Sequence[Token], at: int) -> Modal:
    low, after = tokens[at].low, at + 1
    kind, rule = _KINDS[low], low
    if _word(tokens, after) == "in" and _word(tokens, after + 1) == "any" and _word(tokens, after + 3) == "not":
        after += 3  # "shall in any event not accept it"
    if _word(tokens, after) == "," and _word(tokens, after + 2) == "," and _word(tokens, after + 3) == "not":
        after += 3  # "may, however, not provide"
    if _word(tokens, after) == "also" and _word(tokens, after + 1) == "not":
        after += 1
    if _word(tokens, after) == "not" and _word(tokens, after + 1) not in _MEASURES:
        kind, rule, after = PROHIBITION, f"{low} not", after + 1
    elif [_word(tokens, after + more) for more in range(3)] in _NEVER:
        kind, rule, after = PROHIBITION, f"{low} not", after + 3
    elif _word(tokens, after) == "neither":
        kind, rule, after = PROHIBITION, f"{low} neither", after + 1
    return Modal(at, after, kind, rule, only=_word(tokens, after) == "only")


def _inverted(tokens: Sequence[Token], at: int) -> Modal | None:
    """Read "nor shall any person leave": the holder stands between the modal and its verb.

    >>> from .tokens import tokenize
    >>> modal = modal_at(tokenize("nor shall any person leave a boat"), 1)
    >>> modal.kind, modal.stop, modal.holder
    ('prohibition', 4, (2, 4))
    """
    for place in range(at + 2, min(at + 14, len(tokens))):
        low = tokens[place].low
        if not tokens[place].is_word:
            return None
        if low == "be" or (low in VERBS and low not in NOUN_LIKE and tokens[place - 1].low not in DETERMINERS):
            kind = (
                RELEASE
                if (tokens[at].low, low) == ("shall", "be") and _word(tokens, place + 1) in _RELEASED
                else PROHIBITION
            )
            return Modal(at, place, kind, f"nor {tokens[at].low}", (at + 1, place))
    return None


def _extended(tokens: Sequence[Token], modal: Modal) -> Modal:
    """Read on where "shall be" or "shall have" begins another modal: "shall have power to"."""
    at = modal.stop + (_word(tokens, modal.stop) == "—")
    while _word(tokens, at) in ADVERBS:
        at += 1
    if _word(tokens, at) == ",":  # "shall, on producing, if so required, the warrant, have a right to"
        at = _past_commas(tokens, at)
    further = None
    if _word(tokens, at) == "be":
        further = _copular(tokens, at)
    elif _word(tokens, at) == "have":
        further = _having(tokens, at, modal.start)
    if further is None or further.rule == "is to":
        return modal
    if not modal.rule.startswith("shall") and _word(tokens, at + 1) in _GRANTED:
        return modal  # "may be authorised by the minister to act": a power to authorise
    if modal.kind == PROHIBITION:
        return replace(further, start=modal.start, kind=_denied(further), rule=f"not {further.rule}")
    return replace(further, start=modal.start)


def _past_commas(tokens: Sequence[Token], at: int) -> int:
    """Return where "be" or "have" stands behind one of the commas that follow, else the place behind the first."""
    first = at + 1
    for place in range(at + 1, min(at + 30, len(tokens) - 1)):
        if tokens[place].low in {";", "."} or tokens[place].low in MODALS:
            break
        if tokens[place].low == ",":
            if tokens[place + 1].low in {"be", "have"}:
                return place + 1
            first = place + 1 if first == at + 1 else first
    return first


def _denied(modal: Modal) -> str:
    return RELEASE if modal.kind in {DUTY, RELEASE} else PROHIBITION


def _copular(tokens: Sequence[Token], at: int) -> Modal | None:
    """Read what follows is, are or be: "to", "under a duty to", "entitled to", "the duty of … to"."""
    after, denied = at + 1, False
    while _word(tokens, after) in {"not", "also", "then", "accordingly", "only", "always", "hereby"}:
        denied = denied or tokens[after].low == "not"
        after += 1
    low = _word(tokens, after)
    made = None
    owed = _duty_before(tokens, at)
    if owed is not None and not denied and (low == "to" or (low == "—" and _word(tokens, after + 1) in {"to", ""})):
        return Modal(at, min(after + (1 if low == "to" else 2), len(tokens)), DUTY, "the duty of", owed)
    if low == "to":
        if _word(tokens, after + 1) == "that":
            return None
        return Modal(at, after + 1, PROHIBITION if denied else DUTY, "is not to" if denied else "is to")
    if low in _RELEASED and _word(tokens, after + 1) == "to":
        made = Modal(at, after + 2, DUTY if low != "liable" else RELEASE, "required to")
    elif low in _PERMITTED and [_word(tokens, after + more) for more in (1, 2, 3)] == ["and", "required", "to"]:
        made = Modal(at, after + 4, DUTY, "required to")
    elif low in _PERMITTED and (
        _word(tokens, after + 1) in {"to", ","}
        or (low == "entitled" and _word(tokens, after + 1) in {"by", "under", "at"})
    ):
        stop = _to_verb(tokens, after + 1)
        made = Modal(at, stop, POWER, "entitled to") if stop else None
    elif low == "under":
        made = _noun(tokens, at, after + 1, "under a duty to")
    elif low in _POSSESSIVES and _word(tokens, after + 1) == "duty":
        stop = _to_verb(tokens, after + 2)
        made = Modal(at, stop, DUTY, "the duty of", (after, after + 1)) if stop else None
    elif low in {"the", "a", "lawful"}:
        made = _duty_of(tokens, at, after)
    if made is not None and made.rule == "required to" and "only" in {token.low for token in tokens[at:after]}:
        return replace(made, kind=RELEASE)  # "is only required to act to the extent that"
    if made is not None and denied:
        return replace(made, kind=_denied(made), rule=f"not {made.rule}")
    return made


def _duty_before(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return the holder in "the general duty of the Commissioner *is* to": what stands between "of" and "is"."""
    for place in range(at - 2, max(-1, at - 12), -1):
        if not tokens[place].is_word or tokens[place].low in MODALS:
            return None
        if tokens[place].low == "duty" and tokens[place + 1].low == "of":
            return place + 2, at
    return None


def _noun(tokens: Sequence[Token], at: int, after: int, rule: str) -> Modal | None:
    """Read "a (general) duty … to"."""
    for place in range(after, min(after + 5, len(tokens))):
        if tokens[place].low in {"duty", "duties", "obligation", "obligations"}:
            stop = _to_verb(tokens, place + 1)
            return Modal(at, stop, DUTY, rule) if stop else None
    return None


def _to_verb(tokens: Sequence[Token], at: int) -> int:
    """Return the place after the "to" of an infinitive; that of a dash where a list gives the verbs; else 0."""
    inserted = False
    for place in range(at, min(at + 60, len(tokens))):
        low = tokens[place].low
        if low == "—" and _word(tokens, place + 1) in {"if", "where", "when", "unless"}:
            inserted = True  # "the duty of X— if requested to collect it, to arrange"
        if low == ",":
            inserted = not inserted and _word(tokens, place + 1) in {"if", "where", "when", "unless"}
        if inserted:
            continue
        if low == "—" and (place == len(tokens) - 1 or _word(tokens, place + 1) == "to"):
            return place + (2 if place < len(tokens) - 1 else 1)
        if low == "to" and (_word(tokens, place + 1) in _AFTER_TO or place == len(tokens) - 1):
            return place + 1
        if low in {";", "."}:
            return 0
    return 0


def _duty_of(tokens: Sequence[Token], at: int, after: int) -> Modal | None:
    """Read "the (general) duty of X to", "X's duty to" and "lawful for X to", before which stands "it" or nothing.

    >>> from .tokens import tokenize
    >>> tokens = tokenize("It is the Minister’s duty to act")
    >>> modal = _duty_of(tokens, 1, 2)
    >>> modal.kind, modal.stop, modal.holder
    ('duty', 6, (2, 4))
    """
    for place in range(after, min(after + 4, len(tokens))):
        low, following = tokens[place].low, _word(tokens, place + 1)
        if low.endswith(("’s", "'s", "s’", "s'")) and "duty" in {following, _word(tokens, place + 2)}:
            stop = _to_verb(tokens, place + 2)  # "the Minister's duty to"
            return Modal(at, stop, DUTY, "the duty of", (after, place + 1)) if stop else None
        if (low == "duty" and following == "of") or (low == "lawful" and following == "for"):
            stop = _to_verb(tokens, place + 2)
            if not stop:
                return None
            holder = (place + 2, stop - 1)
            kind, rule = (DUTY, "the duty of") if low == "duty" else (POWER, "lawful for")
            return Modal(at, stop, kind, rule, holder)
    return None


def _having(tokens: Sequence[Token], at: int, start: int) -> Modal | None:
    """Read "has power to", "have the following general duties", "has the right to"."""
    for place in range(at + 1, min(at + 5, len(tokens))):
        low = tokens[place].low
        if low in {"power", "powers", "right", "rights", "duty", "duties", "obligation"}:
            if _word(tokens, place + 1) == "and" and _word(tokens, place + 2) in {"authority", "jurisdiction", "right"}:
                place += 2
            place += _word(tokens, place + 1) in {"itself", "himself", "themselves"}
            listed = tokens[place - 1].low == "following"  # "the following duties as respects the crew, namely— to"
            stop = _to_verb(tokens, place + 1) if listed or _word(tokens, place + 1) in _GOES_ON else 0
            kind = DUTY if low.startswith(("dut", "obl")) else POWER
            rule = "has a duty to" if kind == DUTY else "has power to"
            return Modal(start, stop, kind, rule) if stop and _word(tokens, at + 1) != "no" else None
        if is_participle(low) or not tokens[place].is_word:
            return None
    return None
