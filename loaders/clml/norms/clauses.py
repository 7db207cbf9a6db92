"""Which modals stand in a main clause, and what their subject is.

One pass over the words keeps the subordinate clauses that still wait for their verb: "any person on whom *the notice
is* served must …". A modal that meets such a clause belongs to it. A comma ends an adverbial clause whose verb was
not recognised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lexicon import (
    ADVERBIAL,
    ADVERBS,
    AUXILIARIES,
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
from .modals import Modal, modal_at
from .sentences import ITEMS
from .tokens import Token

_SAYING = WORDS["saying"]
_PARTICLES = WORDS["particles"]
_OPINION = frozenset({"consider", "considers", "think", "thinks", "believe", "believes", "expect", "expects"})
_REDUCED = WORDS["reduced"]
_POINTING = frozenset({"this", "above", "below"})
"""Before a noun or before nothing: a subject may end in them."""
_PERIODS = WORDS["periods"]
_STRONG = frozenset({";", "."})
_COMPARING = WORDS["comparing"]
_NOT_CLAUSES_AS = WORDS["not_clauses_as"]
_FILLERS = ADVERBS | {"not"}
_BEING = frozenset({"is", "are", "was", "were", "been"})
_TIMES = WORDS["times"]
"""After "before the" and "after the" these make a date, not a clause: "before the end of the year the board shall"."""


_OPENING = OPENERS | ADVERBIAL | SINCE_WHEN | {"that", "as", "than", "whether"}
_MODAL_WORDS = MODALS | {"is", "are", "has", "have"}
_TURNING = _OPENING | _MODAL_WORDS | _STRONG | {ITEMS}
"""What may begin or end a clause. Any other word, and so most of a text, can only be the verb of one that waits."""


@dataclass(slots=True)
class Clause:
    """A main modal with the tokens of its subject; ``shared`` where the subject is that of the clause before."""

    modal: Modal
    subject: tuple[int, int] | None
    shared: bool = False


@dataclass(slots=True)
class _Open:
    word: str
    at: int


def main_clauses(tokens: Sequence[Token]) -> Iterator[Clause]:
    """Yield the modals of main clauses in a line.

    >>> from .tokens import tokenize
    >>> def found(words):
    ...     tokens = tokenize(words)
    ...     return [" ".join(token.text for token in tokens[slice(*clause.subject)]) for clause in main_clauses(tokens)]
    >>> found("If an officer thinks that it may exist, the authority must act")
    ['the authority']
    >>> found("The person on whom the notice is served must keep such records as the body may specify")
    ['The person on whom the notice is served']
    >>> found("On an application by the tenant the court may, if it thinks fit, vary the rent")
    ['the court']
    """
    waiting: list[_Open] = []
    begin, last, at, below = 0, None, 0, -1
    while at < len(tokens):
        token = tokens[at]
        if token.low not in _TURNING:
            if waiting and is_finite(tokens, at, waiting[-1].at):
                waiting.pop()
            at += 1
            continue
        modal = modal_at(tokens, at) if token.low in _MODAL_WORDS else None
        if token.low in _STRONG:
            waiting.clear()
            begin = at + 1
        elif token.low == ITEMS:
            if not _waits_beyond(tokens, waiting, last, at):
                waiting.clear()
        elif modal is not None:
            _close_at_comma(tokens, waiting, at)
            if waiting:
                waiting.pop()
                below = modal.stop
            elif (
                tokens[at - 1].low in _OPINION
                or _in_listed_condition(tokens, modal)
                or _goes_on(tokens, below, at)
                or _in_opening_clause(tokens, begin, modal)
            ):
                below = modal.stop
            else:
                clause = _clause(tokens, begin, last, modal)
                if clause is not None:
                    yield clause
                    last = clause.modal
            at = max(at + 1, modal.start + 1 if modal.holder else modal.stop)
            continue
        elif token.low == "that" and (_states_requirement(tokens, at) or _begins_proviso(tokens, at)):
            begin = at + 1
        elif token.low in _OPENING and opens(tokens, at):
            waiting.append(_Open(token.low, at))
        elif waiting and is_finite(tokens, at, waiting[-1].at):
            waiting.pop()
        at += 1


def _waits_beyond(tokens: Sequence[Token], waiting: list[_Open], last: Modal | None, at: int) -> bool:
    """Say whether a that-clause waits for its verb after its list: "must provide that a sale of— … must stop"."""
    if not waiting or waiting[-1].word != "that" or last is None or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].low in MODALS and tokens[waiting[-1].at - 1].low in _SAYING and waiting[-1].at > last.stop


def _opens_list(tokens: Sequence[Token]) -> int:
    """Return the place after a lead-in that ends in "if—" or "where—"; 0 where there is none."""
    for at in range(1, len(tokens)):
        if tokens[at].low == "—" and tokens[at - 1].low in ADVERBIAL:
            return at + 1
    return 0


def _in_listed_condition(tokens: Sequence[Token], modal: Modal) -> bool:
    """Say whether "is to" stands in an item of the condition that a lead-in opens."""
    condition = _opens_list(tokens) if modal.rule == "is to" else 0
    between = tokens[condition : modal.start] if condition else ()
    return bool(between) and all(token.is_word for token in between)


def _goes_on(tokens: Sequence[Token], below: int, at: int) -> bool:
    """Say whether a modal repeats that of a subordinate clause: "by which the rent is to be, *or may be*, reduced"."""
    if at > 2 and tokens[at - 1].low == "or":  # "a home which is, or is to be, let"
        before = tokens[at - 3 if tokens[at - 2].low == "," else at - 2].low
        if before in _BEING:
            return True
    between = [token.low for token in tokens[below:at]] if 0 <= below < at else []
    return "or" in between and all(word in {"be", "have", ",", "or", "not"} for word in between)


def _in_opening_clause(tokens: Sequence[Token], begin: int, modal: Modal) -> bool:
    """Say whether "is to" stands in the if-clause that begins a sentence, whose own verb came before.

    >>> from .tokens import tokenize
    >>> tokens = tokenize("If he is absent at the time the list is to be made, the clerk must make it")
    >>> [clause.modal.rule for clause in main_clauses(tokens)]
    ['must']
    """
    if modal.rule not in {"is to", "is not to"}:
        return False
    first = _skip(tokens, begin, modal.start)
    if tokens[first].low not in ADVERBIAL:
        return False
    commas = any(token.low in {",", "—", ITEMS} for token in tokens[first : modal.start])
    return not commas and any(token.low in {",", "—"} for token in tokens[modal.stop :])


def opens(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token opens a subordinate clause that will have a verb of its own."""
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    before = tokens[at - 1].low if at else ""
    if low == "that":
        return _that_opens(before, following)
    if low == "as":
        return _as_opens(tokens, at, following)
    if low == "than":
        return following in MODALS or following in PRONOUNS or following in {"is", "are"}
    if low in SINCE_WHEN:
        if following in DETERMINERS and at + 3 < len(tokens) and tokens[at + 2].low in _TIMES:
            return tokens[at + 3].low not in PREPOSITIONS and _clause_follows(tokens, at + 1)
        return following in PRONOUNS or (following in DETERMINERS and _clause_follows(tokens, at + 1))
    if low == "once" and at + 2 < len(tokens) and (before in {"least", "most"} or tokens[at + 2].low in _PERIODS):
        return False
    if low == "whether" and (following in PREPOSITIONS or following in SINCE_WHEN):
        return _clause_follows(tokens, at + 1)
    if following == "," and at + 2 < len(tokens) and tokens[at + 2].low in CONJUNCTIONS | {"or"} and low in OPENERS:
        return False  # "the place from which, or the person from whom, he escaped": one clause for both
    if low in ADVERBIAL or low == "whether":
        return not (following in _REDUCED and low != "whether") and not is_participle(following)
    return low in OPENERS and not _is_infinitival(tokens, at)


def _is_infinitival(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a question word begins an infinitive: "what matters to include", "how to apply"."""
    if tokens[at].low not in {"what", "how", "which", "when", "where", "whom"}:
        return False
    near = [token.low for token in tokens[at + 1 : at + 6]]
    place = near.index("to") if "to" in near[:4] else -1
    return (
        place >= 0
        and near[place + 1 : place + 2] != []
        and near[place + 1] in VERBS | {"be"}
        and not any(word in AUXILIARIES or word in MODALS or word in DETERMINERS for word in near[:place])
    )


def _states_requirement(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a that-clause is the requirement itself: "The requirement is that the owner must …"."""
    if at < 2 or tokens[at - 1].low not in {"is", "are"}:
        return False
    head = phrase_head(tokens, 0, at - 1)
    return head in {"requirement", "requirements", "duty", "duties", "obligation", "obligations"}


def _begins_proviso(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "that" begins a proviso: "Provided that no toll shall", "but so that the order shall not"."""
    before = tokens[at - 1].low if at else ""
    return before in {"provided", "except"} or (before == "so" and at > 1 and tokens[at - 2].low == "but")


def phrase_head(tokens: Sequence[Token], start: int, stop: int) -> str:
    """Return the last word before the first preposition, participle or relative of a phrase."""
    head = ""
    for token in tokens[start:stop]:
        if token.low in PREPOSITIONS or token.low in OPENERS or is_participle(token.low) or token.low == "that":
            break
        head = token.low
    return head


def _that_opens(before: str, following: str) -> bool:
    if following in MODALS or following in AUXILIARIES or following in FINITE or following == ",":
        return before != "provided"
    if before == "provided":
        return False
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
    return before in _SAYING or before not in VERBS


def _as_opens(tokens: Sequence[Token], at: int, following: str) -> bool:
    if following in MODALS or following in PRONOUNS or following in {"is", "are"}:
        return True
    if following in _NOT_CLAUSES_AS or is_participle(following) or is_gerund(following):
        return False
    since = max(0, at - 25)
    compared = any(token.low in _COMPARING for token in tokens[since:at])
    return (compared or following in DETERMINERS) and _clause_follows(tokens, at + 1)


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb comes before the next mark: "as the body may think", not "as a result of that,"."""
    inserted = False
    for place in range(at, min(at + 25, len(tokens))):
        if tokens[place].low == "," and place + 1 < len(tokens):
            inserted = not inserted and tokens[place + 1].low in PREPOSITIONS
            if inserted or tokens[place + 1].low in MODALS:
                continue
        if inserted:
            continue
        if not tokens[place].is_word:
            return False
        if tokens[place].low in MODALS or is_finite(tokens, place, at - 1):
            return True
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
    if after_relative and (low in FINITE_AFTER_RELATIVE or is_participle(low)):
        return not (
            before in {"where", "when", "if", "as", "than", "before", "after"} and low in NOUN_LIKE | NOUNS_IN_S
        )
    if before in DETERMINERS or before in PREPOSITIONS or before in MODALS or before in {"not", "be", "do", "does"}:
        return False
    return low in FINITE or (low in VERBS and low not in NOUN_LIKE and back > opener and before not in CONJUNCTIONS)


def _is_small(low: str) -> bool:
    return low in PREPOSITIONS or low in DETERMINERS or low in PRONOUNS or low in ADVERBS or low in OPENERS


def _ends_relative(tokens: Sequence[Token], at: int, opener: int) -> bool:
    """Say whether a form that may be a noun ends a clause just before a modal: "for which the court *acts* shall"."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    low, before = tokens[at].low, tokens[at - 1].low
    if following not in MODALS or not low.endswith("s") or low not in FINITE_AFTER_RELATIVE:
        return False
    return at > opener + 1 and is_agent_word(before) and singular(before) == before


def _close_at_comma(tokens: Sequence[Token], waiting: list[_Open], modal: int) -> None:
    """Close what waits where a comma stands between it and the modal's own subject."""
    while waiting:
        opener = waiting[-1].at
        commas = [at for at in range(opener + 1, modal) if tokens[at].low in {",", "—"}]
        if not commas or commas[0] == opener + 1 or commas[-1] - opener < 3:
            return
        if tokens[opener].low in {"as", "than"}:
            return
        if commas[-1] < modal - 1 and not starts_phrase(tokens, commas[-1] + 1):
            return
        inserted = opener > 0 and tokens[opener - 1].low in {",", "—"}
        if commas[-1] == modal - 1 and (tokens[opener].low not in ADVERBIAL or not (inserted or len(commas) > 2)):
            return
        waiting.pop()


def starts_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a noun phrase may begin at a token, after "and" and adverbs."""
    while at < len(tokens) and (
        tokens[at].low in CONJUNCTIONS or tokens[at].low in ADVERBS - {"only", "both", "either"}
    ):
        at += 1
    if at >= len(tokens) or not tokens[at].is_word:
        return False
    low = tokens[at].low
    if low in DETERMINERS or low in PRONOUNS or _is_at_least(tokens, at):
        return True
    if low in PREPOSITIONS or low in OPENERS or low == "as" or low in MODALS or low in AUXILIARIES:
        return False
    return not is_gerund(low) and not is_participle(low)


def _is_at_least(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "at least two members" begins, not "at least two days before" or "at least once"."""
    words = [token.low for token in tokens[at : at + 5]]
    return words[:1] == ["at"] and words[1:2] in (["least"], ["most"]) and not _PERIODS & set(words)


def _clause(tokens: Sequence[Token], begin: int, last: Modal | None, modal: Modal) -> Clause | None:
    """Find the subject of a main modal; none where the clause is a relative one without its "that"."""
    if modal.holder is not None:
        return Clause(modal, modal.holder)
    start = max(begin, last.stop if last else 0)
    carried = last is not None and last.stop >= begin
    before = modal.start - 1
    while before > start and tokens[before].low in _FILLERS:
        before -= 1
    if carried and before >= start and tokens[before].low in CONJUNCTIONS:
        return _joined(tokens, start, modal.start, modal, adjacent=True)
    pieces = _chunks(tokens, start, modal.start)
    near = True
    for number, (first, stop) in enumerate(reversed(pieces)):
        beginning = _skip(tokens, first, stop)
        in_last_clause = carried and number == len(pieces) - 1
        if beginning >= stop and not in_last_clause:
            continue
        if near and number and _is_inserted(tokens, beginning, stop) and number < len(pieces) - 1:
            continue
        if in_last_clause or (carried and number == 0 and tokens[beginning].low in VERBS - NOUN_LIKE):
            return _joined(tokens, first, stop, modal, adjacent=number == 0)
        if not starts_phrase(tokens, beginning):
            late = _late_phrase(tokens, beginning, stop) if near and ITEMS not in _lows(tokens, stop, modal) else None
            if late is not None:
                return Clause(modal, (late, stop))
            near = False
            continue
        if number == 0 and _is_contact(tokens, beginning, stop):
            return None
        opening = _skip(tokens, start, stop)
        if not carried and tokens[opening].low == "no":  # "No room used as, or being, a shop shall"
            return Clause(modal, (opening, stop))
        index = _list_start(tokens, pieces, carried) if number == 0 else None
        if index is not None:
            number, beginning = len(pieces) - 1 - index, _skip(tokens, *pieces[index])
        return Clause(modal, (_joint_start(tokens, pieces, number, beginning, carried), stop))
    return Clause(modal, None, shared=carried)


def _list_start(tokens: Sequence[Token], pieces: list[tuple[int, int]], carried: bool) -> int | None:
    """Return the piece in which a subject begins that ends in a list: "*Anyone hurt by an act*, plan or thing may".

    The last pieces are bare nouns; that before them holds a clause or what stands for one, or ends in a preposition
    ("an owner of, or other person interested in, land").
    """
    for index in range(len(pieces) - 2, 0 if carried else -1, -1):
        first, stop = pieces[index]
        opening = _skip(tokens, first, stop)
        following = _skip(tokens, *pieces[index + 1])
        if tokens[following].low in DETERMINERS | PRONOUNS | OPENERS or tokens[following].text[0].isupper():
            return None
        if opening < stop and tokens[opening].low in DETERMINERS:
            held = any(opens(tokens, at) or _begins_reduced(tokens, at) for at in range(opening + 1, stop))
            return index if (held or tokens[stop - 1].low in PREPOSITIONS) and starts_phrase(tokens, opening) else None
    return None


def _begins_reduced(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a participle begins what stands for a relative clause: "a person *aggrieved* by the refusal"."""
    return is_participle(tokens[at].low) and at + 1 < len(tokens) and tokens[at + 1].low in PREPOSITIONS


def _lows(tokens: Sequence[Token], start: int, modal: Modal) -> list[str]:
    return [token.low for token in tokens[start : modal.start]]


def _is_inserted(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Say whether a stretch before the comma of a modal is a clause: "the court—, *if it thinks fit*, may"."""
    opener = tokens[first].low in ADVERBIAL or tokens[first].low in {"in", "on"}
    return opener and tokens[stop].low == "," and tokens[first - 1].low in {",", "—"}


def _chunks(tokens: Sequence[Token], start: int, stop: int) -> list[tuple[int, int]]:
    made, first = [], start
    for at in range(start, stop):
        if tokens[at].low in {",", "—", ":", ITEMS}:
            made.append((first, at))
            first = at + 1
    return [*made, (first, stop)]


def _skip(tokens: Sequence[Token], at: int, stop: int) -> int:
    while at < stop and (tokens[at].low in CONJUNCTIONS or tokens[at].low in ADVERBS - {"only", "both", "either"}):
        at += 1
    return at


def _joined(tokens: Sequence[Token], first: int, stop: int, modal: Modal, adjacent: bool) -> Clause | None:
    """Find the subject in a stretch that begins with the verb of the clause before: "… and the officer may"."""
    for at in range(stop - 1, first - 1, -1):
        if tokens[at].low in CONJUNCTIONS and adjacent:
            if _is_doing_so(tokens, at + 1, stop):
                return Clause(modal, None, shared=True)
            if at == stop - 1 or all(tokens[place].low in _FILLERS for place in range(at + 1, stop)):
                subordinate = any(
                    opens(tokens, place) and not _is_told(tokens, place, at) for place in range(first, at)
                )
                return (
                    None if subordinate and tokens[at - 1].low not in {",", ITEMS} else Clause(modal, None, shared=True)
                )
            if (
                tokens[at].low == "or"
                and tokens[at - 1].low != ","
                and any(opens(tokens, place) for place in range(first, at))
            ):
                return None
            if _joins_nouns(tokens, at, first):
                continue
            if starts_phrase(tokens, at + 1) and not any(opens(tokens, place) for place in range(at + 1, at + 2)):
                return Clause(modal, (at + 1, stop))
    return Clause(modal, None, shared=True) if not adjacent else None


def _joins_nouns(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Say whether a conjunction stands within a subject that began before it: "and no advance *or* loan shall"."""
    for place in range(at - 1, max(first, at - 4), -1):
        if tokens[place].low in {"no", "any", "every", "each"} and tokens[place - 1].low in CONJUNCTIONS:
            return tokens[at + 1].low not in DETERMINERS
    return False


def _is_doing_so(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Say whether a stretch after "but" is a gerund's phrase: "may vary it but *before doing so* must consult"."""
    following = tokens[first + 1].low if stop - first > 1 else ""
    return tokens[first].low in PREPOSITIONS and (following == "doing" or is_gerund(following))


def _is_told(tokens: Sequence[Token], opener: int, stop: int) -> bool:
    """Say whether a clause is over: "hear any person *who objects* and may", "test it *after it is dry* and shall".

    What a clause states without a modal is seldom joined to one: the modal goes on with the main clause.
    """
    return tokens[opener].low != "that" and not any(token.low in MODALS for token in tokens[opener + 1 : stop])


def _late_phrase(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Find the subject at the end of a stretch that begins otherwise: "On such an appeal the court"."""
    for at in range(stop - 1, first, -1):
        low, before = tokens[at].low, tokens[at - 1].low
        begins = low in DETERMINERS or low in PRONOUNS or tokens[at].text[0].isupper()
        if not begins or before in PREPOSITIONS - {"above", "below"} or before in CONJUNCTIONS or before == "not":
            continue
        if before in DETERMINERS - {"another"}:
            continue
        if before in OPENERS or before in {"that", "as"}:
            continue
        if tokens[at - 1].text[0].isupper() and low not in DETERMINERS and low not in PRONOUNS:
            continue
        if before in VERBS - NOUN_LIKE or before in FINITE or before in AUXILIARIES or is_gerund(before):
            continue
        if before in FINITE_AFTER_RELATIVE and at > 1 and tokens[at - 2].low in {"who", "which"}:
            continue
        return at
    return None


def _is_contact(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Say whether a phrase is a noun with a clause that lacks its "that": "the steps the authority (must take)"."""
    for at in range(first + 1, stop):
        low, before = tokens[at].low, tokens[at - 1].low
        if opens(tokens, at) or low == "whose":
            return False
        if low in {"the", "a", "an", "he", "they", "it", "that"} and not opens(tokens, at):
            nounlike = (
                before.isalpha() and before not in PREPOSITIONS | DETERMINERS | CONJUNCTIONS | OPENERS | AUXILIARIES
            )
            verbal = (
                before in VERBS
                or tokens[at - 2].low == "to"
                or before in FINITE
                or is_participle(before)
                or is_gerund(before)
            )
            if nounlike and not verbal and before not in {"that", "than", "as", "not", "all", "xxxx"} | ADVERBS:
                return True
    return False


def _joint_start(
    tokens: Sequence[Token], pieces: list[tuple[int, int]], number: int, beginning: int, carried: bool
) -> int:
    """Return where "the council, the mayor and any officer" begins."""
    index = len(pieces) - 1 - number
    while index > (1 if carried else 0) and tokens[beginning].low != "no":
        first, stop = pieces[index - 1]
        earlier = _skip(tokens, first, stop)
        if carried and earlier < stop and tokens[earlier].low not in DETERMINERS and tokens[earlier].text.islower():
            break  # the end of a list in the clause before: "a harbour, dock or pier, and the council shall"
        plain = not any(opens(tokens, at) or tokens[at].low in AUXILIARIES for at in range(first, stop))
        joins = tokens[pieces[index][0]].low in CONJUNCTIONS or "and" in {
            token.low for token in tokens[pieces[index][0] : pieces[index][1]]
        }
        if not (joins and plain and stop > earlier and stop - first < 12 and starts_phrase(tokens, earlier)):
            break
        if (
            carried
            and is_agent_word(phrase_head(tokens, beginning, pieces[index][1]))
            and not is_agent_word(phrase_head(tokens, earlier, stop))
        ):
            break  # "(shall pay a sum which is) the upper limit, and every council shall"
        beginning, index = earlier, index - 1
    return beginning
