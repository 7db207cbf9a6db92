"""Where subordinate clauses begin, and which word is their verb: "any person *on whom* the notice *is* served".

An opener such as "which" always begins one; "that", "as", "than", "whether" and "before" do in some places only.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import (
    ADVERBIAL,
    ADVERBS,
    AUXILIARIES,
    COLLECTIVE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    FINITE_AFTER_RELATIVE,
    MODALS,
    NOUN_LIKE,
    NOUNS_IN_S,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SINCE_WHEN,
    VERBS,
    WORDS,
    is_agent_word,
    is_gerund,
    is_participle,
    singular,
)
from .tokens import Token

_BASE_FORMS = VERBS | {"be"}
_MAYBE_NOUNS = NOUN_LIKE | NOUNS_IN_S
_SAYING = WORDS["saying"]
_PARTICLES = WORDS["particles"]
_REDUCED = WORDS["reduced"]
_RELATIVE = frozenset({"which", "whom", "whose", "where", "when"})
_POINTING = frozenset({"this", "above", "below"})
"""Before a noun or before nothing: a subject may end in them."""
_PERIODS = WORDS["periods"]
_COMPARING = WORDS["comparing"]
_NAMING = frozenset({"appointing", "designating", "naming", "nominating", "specifying"})
_NOT_CLAUSES_AS = WORDS["not_clauses_as"]
_FILLERS = ADVERBS | {"not"}
_TIMES = WORDS["times"]
"""After "before the" and "after the" these make a date, not a clause: "before the end of the year the board shall"."""


def opens(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token opens a subordinate clause that will have a verb of its own."""
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    before = tokens[at - 1].low if at else ""
    if low == "that":
        return following != "other" and _that_opens(before, following)
    if low == "as":
        return _as_opens(tokens, at, following)
    if low == "than":
        return following in MODALS or following in PRONOUNS or following in {"is", "are"}
    if low == "before" and is_participle(before) and any(is_agent_word(token.low) for token in tokens[at + 1 : at + 4]):
        return False  # "evidence given before a court"
    if low == "because" and following == "of":
        return False
    if low in ADVERBIAL and following in CONJUNCTIONS:
        return False  # "if and in so far as it is clean": one clause for both
    if low == "after" and before in {"look", "looks", "looked", "looking"}:
        return False
    if low in SINCE_WHEN:
        if following in DETERMINERS and at + 3 < len(tokens) and tokens[at + 2].low in _TIMES:
            return tokens[at + 3].low not in PREPOSITIONS and _clause_follows(tokens, at + 1)
        if following in PRONOUNS:  # "arising before it, the question must": no clause
            return at + 2 >= len(tokens) or tokens[at + 2].is_word
        return following in DETERMINERS and _clause_follows(tokens, at + 1)
    if low == "once" and at + 2 < len(tokens) and (before in {"least", "most"} or tokens[at + 2].low in _PERIODS):
        return False
    if low == "whether" and _is_infinitival(tokens, at):
        return False
    if low == "whether":
        begin = at + 3 if [token.low for token in tokens[at + 1 : at + 3]] == ["or", "not"] else at + 1
        following = tokens[begin].low if begin < len(tokens) else ""
        if is_participle(following):
            return False  # "whether or not licensed for the sale of drink"
        if following in PREPOSITIONS or following in SINCE_WHEN:
            return _clause_follows(tokens, begin)
    if following == "," and at + 2 < len(tokens) and tokens[at + 2].low in CONJUNCTIONS and low in OPENERS:
        return False  # "the place from which, or the person from whom, he escaped": one clause for both
    if low in ADVERBIAL or low == "whether":
        reduced = following in _REDUCED and low != "whether"
        return not reduced and not is_participle(following) and not is_gerund(following)
    return low in OPENERS and not _is_infinitival(tokens, at)


def _is_infinitival(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a question word begins an infinitive: "what matters to include", "how to apply"."""
    if tokens[at].low not in {"what", "how", "which", "when", "where", "whom", "whether"}:
        return False
    near = [token.low for token in tokens[at + 1 : at + 6]]
    place = near.index("to") if "to" in near[:4] else -1
    return (
        place >= 0
        and near[place + 1 : place + 2] != []
        and near[place + 1] in _BASE_FORMS
        and not any(word in AUXILIARIES or word in MODALS or word in DETERMINERS for word in near[:place])
    )


def _that_opens(before: str, following: str) -> bool:
    if following in MODALS or following in AUXILIARIES or following in FINITE or following == ",":
        return before != "provided"
    if before in {"provided", "than", "as"} or before in _RELATIVE:
        return False  # "on which that work was based", "earlier than that on which it was made"
    if following in PRONOUNS or following in DETERMINERS:
        return True
    if is_agent_word(following) and singular(following) == following:
        return False  # "that authority": in a clause such a noun would have an article
    if is_gerund(before) and not {before, before[:-3], before[:-3] + "e"} & _SAYING:
        return False  # "in fulfilling that purpose", not "in securing that"
    if (
        not before
        or not before[0].isalnum()
        or before in PREPOSITIONS
        or before in _PARTICLES
        or before in CONJUNCTIONS
    ):
        return False
    return before in _SAYING or (before not in VERBS and before not in FINITE and not is_participle(before))


def _as_opens(tokens: Sequence[Token], at: int, following: str) -> bool:
    if following in MODALS or following in PRONOUNS or following in {"is", "are"}:
        return True
    if following in _NOT_CLAUSES_AS or is_participle(following) or is_gerund(following):
        return False
    if following in DETERMINERS and any(token.low in _NAMING for token in tokens[max(0, at - 6) : at]):
        return False  # "an order designating a person as the owner may"
    since = max(0, at - 25)
    compared = any(token.low in _COMPARING for token in tokens[since:at])
    return (compared or following in DETERMINERS) and _clause_follows(tokens, at + 1)


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb comes before the next mark: "as the body may think", not "as a result of that,"."""
    inserted, within = False, 0
    for place in range(at, min(at + 25, len(tokens))):
        if tokens[place].low in {"who", "which", "whom"}:
            within += 1
        if tokens[place].low == "," and place + 1 < len(tokens):
            closed = inserted
            inserted = not inserted and tokens[place + 1].low in PREPOSITIONS
            if inserted or closed or tokens[place + 1].low in MODALS:
                continue
        if inserted:
            continue
        if [token.low for token in tokens[place : place + 3]] == ["or", "not", ","]:
            return False  # "whether from among their own members or not,"
        if not tokens[place].is_word:
            return False
        if tokens[place].low in MODALS or is_finite(tokens, place, at - 1):
            if not within:
                two = tokens[at - 1].low in SINCE_WHEN and tokens[place].low in MODALS and _are_two(tokens, at, place)
                return not two
            within -= 1  # the verb of "after an inquiry in which evidence is given"
    return False


def _are_two(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether two noun phrases stand side by side: "before *any inspection the authority* shall"."""
    for place in range(at + 2, stop):
        before = tokens[place - 1]
        if tokens[place].low not in {"the", "a", "an", "each", "every"} or _is_small(before.low):
            continue
        if before.is_word and before.low not in CONJUNCTIONS and not is_participle(before.low):
            return not is_gerund(before.low) and (before.low not in VERBS or before.low in NOUN_LIKE)
    return False


def is_finite(tokens: Sequence[Token], at: int, opener: int) -> bool:
    """Say whether a token is the verb of the clause that an opener began."""
    low = tokens[at].low
    if low in AUXILIARIES:
        return True
    back = at - 1
    while back > opener and tokens[back].low in _FILLERS:
        back -= 1
    before = tokens[back].low
    after_relative = back == opener or before in PRONOUNS
    if back == opener and before == "who" and tokens[at].is_word and not _is_small(low):
        return True
    if _ends_relative(tokens, at, opener):
        return True
    if before in {"he", "she"} and low.endswith("s") and tokens[at].is_word and not _is_small(low):
        return True  # "whom he suspects": nothing but a verb follows these
    if before in _POINTING and low in FINITE:
        return True  # "to whom this applies", "to whom subsection (1) above applies"
    if back == opener and opener and tokens[opener - 1].low in PREPOSITIONS and low in _MAYBE_NOUNS:
        return False  # "a meeting at which questions are to be put"
    if back == opener and before == "that" and tokens[opener - 1].low in _SAYING and is_participle(low):
        return False  # "direct that scheduled works shall"
    if after_relative and (low in FINITE_AFTER_RELATIVE or is_participle(low)):
        return not (before in {"where", "when", "if", "as", "than", "before", "after", "what"} and low in _MAYBE_NOUNS)
    if before in DETERMINERS or before in PREPOSITIONS or before in MODALS or before in {"not", "be", "do", "does"}:
        return False
    return low in FINITE or (low in VERBS and low not in NOUN_LIKE and back > opener and before not in CONJUNCTIONS)


def _is_small(low: str) -> bool:
    return low in PREPOSITIONS or low in DETERMINERS or low in PRONOUNS or low in ADVERBS or low in OPENERS


def _ends_relative(tokens: Sequence[Token], at: int, opener: int) -> bool:
    """Say whether a form that may be a noun is a clause's verb: between an agent and a modal or an article.

    "For which the court *acts* shall"; "where the officer *records* his opinion he shall"; "if a person
    *appeals* under".
    """
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    low, before = tokens[at].low, tokens[at - 1].low
    if low in NOUNS_IN_S and following in PREPOSITIONS and tokens[opener].low in ADVERBIAL and at == opener + 3:
        return (
            is_agent_word(before) and before not in COLLECTIVE and tokens[opener + 1].low in {"a", "an", "any", "the"}
        )
    if following not in MODALS and following not in DETERMINERS:
        return False
    if low in VERBS and singular(before) != before:
        return following in DETERMINERS and at > opener + 1 and is_agent_word(before)
    if not low.endswith("s") or low not in FINITE_AFTER_RELATIVE:
        return False
    return at > opener + 1 and is_agent_word(before) and singular(before) == before
