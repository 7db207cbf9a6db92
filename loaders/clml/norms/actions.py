"""What is to be done: the verb after a modal, further verbs joined to it, the passive and its agent."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    NOUN_LIKE,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    WORDS,
    is_agent_word,
    is_gerund,
    is_participle,
)
from .sentences import ITEMS
from .tokens import Token

_NOT_ADVERBS = WORDS["not_adverbs"]
_NOUNS_IN_ING = WORDS["nouns_in_ing"]
_INSERTING = frozenset(
    {"as", "than", "that", "each", "every", "no", "later", "less", "earlier", "more", "far", "long", "once", "twice"}
)
"""Words besides prepositions that begin an insertion between modal and verb: "each year", "not later than 1 May"."""
_CLOSING = frozenset({"fit", "necessary", "expedient", "desirable", "appropriate", "proper", "practicable", "so"})
"""With these a short condition without commas ends: "if they think fit", "where it is practicable"."""
_FLOATING = frozenset({"each", "all", "both"})
_ENDS = frozenset({";", ".", ITEMS})
_STATING = frozenset(
    {"state", "specify", "contain", "include", "identify", "set", "describe", "give", "explain", "indicate"}
)
"""What documents do: two such verbs are joined to each other, not to what is stated."""
_PARTICLES = WORDS["particles"]
_MEANS = WORDS["means"]
"""What may follow "by" without being an agent."""
_FRAMES = DETERMINERS | {
    "to",
    "that",
    "whether",
    "—",
    "such",
    "him",
    "it",
    "them",
    "in",
    "on",
    "with",
    "as",
    "how",
    "what",
    "against",
}


_NOMINAL = ("tion", "sion", "ment", "ance")
_LOOSE = frozenset({"in", "on", "with", "as", "against"})
"""Of these, what may follow a noun as well."""
_TIGHT = _FRAMES - _LOOSE
_JOINED = VERBS | _PARTICLES | CONJUNCTIONS
_FINITE_PLURAL = VERBS | {"may", "are"}
_BEFORE_DEMONSTRATIVE = VERBS | PREPOSITIONS
_NOT_BEFORE_VERBS = PREPOSITIONS - {"on", "above", "below"}
_MEANS_ONLY = _MEANS - {"this", "that", "these", "those", "them", "it"}


def is_adverb(word: str) -> bool:
    """Say whether a word is an adverb.

    >>> is_adverb("forthwith"), is_adverb("immediately"), is_adverb("supply")
    (True, True, False)
    """
    return word in ADVERBS or (word.endswith("ly") and word not in _NOT_ADVERBS and len(word) > 4)


def is_doing(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a noun in -ing says what somebody does: "a court *hearing* an appeal", not "the court hearing".

    >>> from .tokens import tokenize
    >>> [is_doing(tokenize(words), 1) for words in ("court hearing an appeal", "court hearing on Monday")]
    [True, False]
    """
    if tokens[at].low not in _NOUNS_IN_ING or at + 1 >= len(tokens) or not at:
        return False
    return is_agent_word(tokens[at - 1].low) and tokens[at + 1].low in DETERMINERS


def find_verb(tokens: Sequence[Token], at: int) -> int | None:
    """Return the place of the verb that a modal before ``at`` governs, past adverbs and insertions.

    >>> from .tokens import tokenize
    >>> def verb(words):
    ...     tokens = tokenize(words)
    ...     place = find_verb(tokens, 0)
    ...     return None if place is None else tokens[place].low
    >>> verb(", without delay, make a report"), verb("by order amend it"), verb("also, in that case, give notice")
    ('make', 'amend', 'give')
    >>> verb("—"), verb(", if the officer thinks fit, vary it"), verb("as soon as practicable send a copy")
    (None, 'vary', 'send')
    """
    strict = False
    first = at
    while at < len(tokens):
        low = tokens[at].low
        if low in _ENDS:
            return None
        if low in {"—", ":"}:
            strict = at > first and tokens[at - 1].low in PREPOSITIONS  # "in breach of— section 3": its object
            at += 1
        elif low == ",":
            strict = True
            at += 1
        elif low == "by" and at + 2 < len(tokens) and tokens[at + 1].low in _MEANS and tokens[at + 2].low in VERBS:
            return at + 2  # "by order grant scheduled monument consent"
        elif low == "at" and at + 1 < len(tokens) and tokens[at + 1].low == "once":
            at += 2
        elif low == "from" and [token.low for token in tokens[at + 1 : at + 4]] == ["time", "to", "time"]:
            at += 4
        elif low in CONJUNCTIONS or is_adverb(low) or (low in _FLOATING and _is_verb_after(tokens, at + 1)):
            at += 1
        elif low in PREPOSITIONS or low in OPENERS or low in _INSERTING or is_gerund(low):
            at = _past_insertion(tokens, at)
            strict = True
        elif strict and not _is_bare_verb(tokens, at) and not _resumes(tokens, first, at):
            at = _past_insertion(tokens, at)
        elif low in DETERMINERS or low in PRONOUNS or low in MODALS or not low.isascii():
            return None
        else:
            return at
    return None


def _resumes(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Say whether a verb that may be a noun stands where an insertion ends: "may, if so, *order* costs"."""
    if at < first + 3 or tokens[at - 1].low != "," or tokens[first].low != "," or tokens[at].low not in VERBS:
        return False
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return (
        following.isalnum()
        and following not in {"having", "being"}
        and (tokens[at].low, following) != ("subject", "to")
    )


def _is_verb_after(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb follows a quantifier that floats: "those copies shall *each* include"."""
    low = tokens[at].low if at < len(tokens) else ""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return low == "be" or (low in VERBS and (low not in NOUN_LIKE or following in _FRAMES))


def _past_insertion(tokens: Sequence[Token], at: int) -> int:
    """Return the place after a phrase set between modal and verb: at its comma, or at the verb itself."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    clause = tokens[at].low in OPENERS and not (is_participle(following) or is_gerund(following))
    for place in range(at + 1, len(tokens)):
        low = tokens[place].low
        if low in _ENDS or low in {",", "—"}:
            return place
        if clause and place - at in {3, 4} and tokens[place - 1].low in _CLOSING:
            clause = False  # "may if they think fit determine"
        opens_clause = low in OPENERS and tokens[place - 1].low not in {"least", "most"}
        clause = clause or (opens_clause and not _is_short_clause(tokens, place))
        if not clause and _is_bare_verb(tokens, place):
            return place
    return len(tokens)


def _is_short_clause(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a condition has no verb to wait for: "shall, when *required* by the board furnish it"."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return tokens[at].low in {"when", "if", "where", "unless", "until"} and is_participle(following)


def _is_bare_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a base form stands where only a verb can stand."""
    low = tokens[at].low
    before = tokens[at - 1].low if at else ""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low == "be":
        return before not in MODALS | AUXILIARIES | {"to"} and [token.low for token in tokens[max(0, at - 2) : at]] != [
            "as",
            "may",
        ]
    if (
        low not in VERBS
        or before in DETERMINERS
        or before in _NOT_BEFORE_VERBS
        or before in PRONOUNS
        or before in {"to", "from", "having", "have", "has"}
        or (before == "or" and at > 2 and tokens[at - 3].low == "to" and tokens[at - 2].low in VERBS)
    ):
        return False
    return low not in NOUN_LIKE or following in _FRAMES


def head_verb(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return the place of the verb that says what is done, and whether it is passive: "be so *served*".

    >>> from .tokens import tokenize
    >>> head_verb(tokenize("be so served on him"), 0), head_verb(tokenize("be in writing"), 0)
    ((2, True), (0, False))
    """
    if tokens[at].low != "be":
        return at, _participial(tokens, at)
    place = at + 1
    while place < len(tokens) and is_adverb(tokens[place].low):
        place += 1
    if place < len(tokens) and is_participle(tokens[place].low):
        return place, tokens[place].low != "satisfied"  # who must be satisfied acts
    return at, False


def tail_verb(tokens: Sequence[Token], at: int) -> int | None:
    """Return the place of a verb with which the words after a list go on: "(list), and specify the date".

    >>> from .tokens import tokenize
    >>> tail_verb(tokenize("and specify the date"), 0), tail_verb(tokenize("and the date"), 0)
    (1, None)
    """
    if at >= len(tokens) or tokens[at].low not in {"and", ","}:
        return None
    place = _next_verb(tokens, at, len(tokens))
    return place if place < len(tokens) and _begins_action(tokens, place, "and") else None


def further_verbs(tokens: Sequence[Token], verb: int, stop: int, infinitive: bool = False) -> list[int]:
    """Return the places of further verbs that share the modal but not the object.

    Args:
        tokens: the words of the line.
        verb: the place of the first verb.
        stop: where the clause ends.
        infinitive: whether the modal ends in "to", which may be said again: "the duty of X to act and to report".

    >>> from .tokens import tokenize
    >>> def found(words):
    ...     tokens = tokenize(words)
    ...     return [tokens[place].low for place in further_verbs(tokens, 0, len(tokens))]
    >>> found("identify the notice to which it relates and state the premises")
    ['state']
    >>> found("establish and maintain a register"), found("grant the licence or revoke the order")
    ([], [])
    >>> found("consult the council, consider its views and publish a reply")
    ['consider', 'publish']
    """
    found: list[int] = []
    joined = modal = False
    for at in range(verb + 1, stop):
        low = tokens[at].low
        if low in MODALS:  # to "as may be fit" nothing but another "be" is joined
            modal = at + 1 >= stop or tokens[at + 1].low != "be"
        if low in _ENDS or (modal and not infinitive):
            break
        if low not in {"and", ","} or at + 1 >= stop:
            continue
        place = _next_verb(tokens, at, stop)
        again = infinitive and place + 1 < stop and tokens[place].low == "to"
        if again:
            place += 1
        elif modal:  # within a clause such as "as may be prescribed": only "and to" goes on with the duty
            continue
        if _is_passive_pair(tokens, found[-1] if found else verb, at, place, stop):
            found.append(place)
            joined = joined or low == "and"
            continue
        if place in found or place >= stop or not _begins_action(tokens, place, low):
            continue
        if place + 1 < stop and tokens[place + 1].low == "," and not again:
            continue
        if _shares_object(tokens, place, stop) or (tokens[at - 1].low in VERBS and tokens[at - 2].low == "or"):
            continue  # "or prepare and make a plan": one with the verb before
        if _same_object(tokens, found[-1] if found else verb, at) or _inside(tokens, verb, at, place):
            continue
        found.append(place)
        joined = joined or low == "and" or "and" in {token.low for token in tokens[at:place]}
    return found if joined else []


def _is_passive_pair(tokens: Sequence[Token], verb: int, at: int, place: int, stop: int) -> bool:
    """Say whether a second participle shares the "be": "be prepared by the council *and approved by the minister*".

    Both need words of their own ("be varied or revoked" is one action); a participle after another, or within a
    clause, describes its noun ("articles seized in the search and retained by the officer").
    """
    head, passive = (
        head_verb(tokens, verb) if tokens[verb].low == "be" else (verb, verb < at and _participial(tokens, verb))
    )
    stated = tokens[verb].low == "be" and not passive and tokens[min(verb + 1, stop - 1)].low in PREPOSITIONS
    if not (passive or stated) or tokens[at].low != "and" or place + 1 >= stop or not is_participle(tokens[place].low):
        return False
    if tokens[place + 1].low not in PREPOSITIONS or tokens[place].low in VERBS or is_adverb(tokens[at - 1].low):
        return False
    between = tokens[head + 1 : at]
    if place > at + 1 and is_adverb(tokens[place - 1].low):
        return True  # "be recorded by the clerk to whom it was made and promptly sent to"
    return (
        bool(between)
        and between[-1].low not in PREPOSITIONS
        and not any(
            token.low in OPENERS or token.low in {"that", "is", "are"} or _describes(between, place)
            for place, token in enumerate(between)
        )
    )


def _describes(words: Sequence[Token], at: int) -> bool:
    """Say whether a participle describes the noun before it: "goods *seized* in the search", not "prescribed form"."""
    return is_participle(words[at].low) and (at + 1 == len(words) or words[at + 1].low in PREPOSITIONS)


def _participial(tokens: Sequence[Token], at: int) -> bool:
    return is_participle(tokens[at].low) and tokens[at].low not in VERBS


def _next_verb(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Return where a verb joined by "and" or a comma would stand, past adverbs and "and, if it thinks fit,"."""
    place = at + 1
    while place < stop and (is_adverb(tokens[place].low) or tokens[place].low in {"and", "then"}):
        place += 1
    if [token.low for token in tokens[place : place + 3 : 2]] in (["for", "purpose"], ["for", "purposes"]):
        place += 3  # "and for that purpose require him to stop"
    if tokens[at].low == "and" and place < stop and tokens[place].low == ",":
        closing = next((close for close in range(place + 1, stop) if tokens[close].low == ","), stop)
        if closing + 1 < stop and tokens[closing + 1].low == "to":  # "and, for that purpose, to replace it"
            return closing + 1
        return find_verb(tokens[:stop], place) or stop
    return place


def _begins_action(tokens: Sequence[Token], at: int, mark: str) -> bool:
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low == "be":
        return True
    if low not in VERBS or (low == "subject" and following == "to"):
        return False
    if low in NOUN_LIKE and following == "to" and at + 2 < len(tokens) and tokens[at + 2].low == "be":
        return False  # "an examination and report to be made"
    if low in NOUN_LIKE:
        # "and, after hearing him, deal with"; "publish the plan, and act in accordance with it"
        inserted = mark == "and" and "," in {tokens[at - 1].low, tokens[at - 2].low}
        return following in (_FRAMES if inserted else _TIGHT) or following in _PARTICLES
    return following not in CONJUNCTIONS | {",", ".", ";"} or mark == "and"


def _shares_object(tokens: Sequence[Token], verb: int, stop: int) -> bool:
    """Say whether a verb has its object after a comma, with the verb before: "see, *and report on*, the ship"."""
    for place in range(verb + 1, min(verb + 4, stop - 1)):
        if tokens[place].low == ",":
            return tokens[place - 1].low in PREPOSITIONS and place > verb + 1 and tokens[place + 1].low in DETERMINERS
    return False


def _same_object(tokens: Sequence[Token], verb: int, at: int) -> bool:
    between = [token.low for token in tokens[verb + 1 : at]]
    return all(not word.isalpha() or is_adverb(word) or word in _JOINED for word in between)


def _inside(tokens: Sequence[Token], verb: int, at: int, place: int) -> bool:
    """Say whether the verbs that follow may belong to an infinitive or a plural relative clause before them."""
    comma = at if tokens[at].low == "," else at - 1
    if tokens[comma].low == "," and not (tokens[comma + 1].low == "and" and _ends_condition(tokens, verb, comma)):
        return False
    if tokens[verb].low in _STATING and tokens[place].low in _STATING:
        return False
    for within in range(verb + 1, at):
        low, following = tokens[within].low, tokens[within + 1].low
        if low == "to" and (following in VERBS or following == "be"):
            if following == "do" and tokens[within + 2].low == "so":
                continue
            return True
        if low in {"who", "whom", "whether", "if"} or (
            low in {"which", "that"}
            and following in _FINITE_PLURAL
            and (low == "which" or tokens[within - 1].low not in _BEFORE_DEMONSTRATIVE)
        ):
            return True
    return False


def _ends_condition(tokens: Sequence[Token], verb: int, comma: int) -> bool:
    """Say whether a comma ends a condition set between two: "to enter, *if need be by force*, and remove"."""
    for at in range(comma - 1, verb, -1):
        if tokens[at].low == ",":
            return tokens[at + 1].low in {"if", "where", "when", "unless"}
    return False


def passive_agent(tokens: Sequence[Token], participle: int, stop: int) -> tuple[int, int] | None:
    """Return the tokens of the agent of a passive: "taken *by the authority*"; none where no agent is named.

    >>> from .tokens import tokenize
    >>> def agent(words):
    ...     tokens = tokenize(words)
    ...     span = passive_agent(tokens, 0, len(tokens))
    ...     return span and " ".join(token.text for token in tokens[slice(*span)])
    >>> agent("carried out by an officer of the council"), agent("made by order")
    ('an officer of the council', None)
    >>> agent("carried out under regulations made by the minister")
    """
    for at in range(participle + 1, min(stop, participle + 30)):
        low = tokens[at].low
        if low in _ENDS or low in MODALS or low in OPENERS or low == "that":
            return None
        if low != "by" or at + 1 >= stop:
            continue
        following = tokens[at + 1].low
        if following in _MEANS_ONLY or is_gerund(following):
            continue
        if _belongs_to_noun(tokens, participle, at) or tokens[at - 1].low in {"except", "than"}:
            continue
        end = _phrase_end(tokens, at + 1, stop)
        if any(_is_made_under(tokens, place) for place in range(participle + 1, at)):
            continue  # "used except under a licence granted under this Act by the council"
        if any(token.low in {"post", "delivery"} for token in tokens[at + 1 : end]):
            continue  # "by the recorded delivery service"
        return at + 1, end
    return None


def _is_made_under(tokens: Sequence[Token], at: int) -> bool:
    return (
        is_participle(tokens[at].low) and tokens[at + 1].low == "under" and tokens[at - 1].low not in {"and", "or", ","}
    )


def _belongs_to_noun(tokens: Sequence[Token], participle: int, by: int) -> bool:
    before = by - 1
    while before > participle and (tokens[before].low in _PARTICLES or is_adverb(tokens[before].low)):
        before -= 1
    if before <= participle:
        return False
    nominal = tokens[before].low.endswith(_NOMINAL) and tokens[before].low not in _MEANS
    noun = before - (tokens[before - 1].low in DETERMINERS)
    if nominal and tokens[noun - 1].low in PREPOSITIONS:
        return True  # "be done only after confirmation by the minister"
    if not is_participle(tokens[before].low):
        return False
    run = before
    while run > participle and (is_participle(tokens[run].low) or tokens[run].low in CONJUNCTIONS | {","}):
        run -= 1
    if run == participle:
        return False  # "be opened, read or stopped by the governor"
    joined = before - 1
    while joined > participle and tokens[joined].low in CONJUNCTIONS | {","}:
        joined -= 1
    if joined == before - 1:
        return True
    return joined > participle and is_participle(tokens[joined].low)


def _phrase_end(tokens: Sequence[Token], start: int, stop: int) -> int:
    at = start
    while (
        at < stop
        and tokens[at].is_word
        and not (at > start and (tokens[at].low in OPENERS or tokens[at].low == "that"))
    ):
        at += 1
    return at
