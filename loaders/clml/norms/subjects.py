"""The subject of a modal in a main clause: which of the words before it name who must, may or must not.

Commas cut the words into pieces; the subject begins in one of them, behind conditions and insertions, and may itself
hold lists and clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .actions import find_verb, is_doing
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
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    PROVISIONS,
    VERBS,
    WORDS,
    is_agent_word,
    is_gerund,
    is_participle,
)
from .modals import Modal
from .sentences import ITEMS
from .subordinate import opens
from .tokens import Token

_PERIODS = WORDS["periods"]
_PLAIN_VERBS = VERBS - NOUN_LIKE
_PASSED = ADVERBS - {"only", "both", "either"}
_BEFORE_OBJECTS = PREPOSITIONS - {"above", "below"}
_NOT_BARE = DETERMINERS | PRONOUNS | OPENERS
_SMALL = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | OPENERS | AUXILIARIES
_FILLERS = ADVERBS | {"not"}
_MEASURES = frozenset({"later", "earlier", "sooner"})
_CASES = frozenset({"at", "in", "on"})
"""After "and" these begin a case, behind which a subject stands: "and *on* such an appeal the court may"."""
_COUNTRIES = frozenset({"England", "Scotland", "Wales", "Northern", "Ireland"})
_TEXTS = frozenset({"Act", "Acts", "Order", "Orders", "Part", "Regulations", "Rules", "Schedule"})
"""After these a pronoun begins the main clause, no relative one: "under the principal *Act* he may"."""
_PARTICLES = WORDS["particles"]
_INTRANSITIVE = frozenset({"applies", "apply", "relates", "relate", "arises", "arise", "exists", "occurs"})
"""Verbs without an object: what follows is another phrase, "land to which an order *applies* the Minister shall"."""


@dataclass(slots=True)
class Clause:
    """A main modal with the tokens of its subject; ``shared`` where the subject is that of the clause before."""

    modal: Modal
    subject: tuple[int, int] | None
    shared: bool = False


def clause_of(tokens: Sequence[Token], begin: int, last: Modal | None, modal: Modal) -> Clause | None:
    """Find the subject of a main modal; none where the clause is a relative one without its "that"."""
    if modal.holder is not None:
        return Clause(modal, modal.holder)
    start = max(begin, last.stop if last else 0)
    carried = last is not None and last.stop >= begin
    before = modal.start - 1
    while before > start and tokens[before].low in _FILLERS:
        before -= 1
    again = last is not None and tokens[begin - 1].low == ";" and modal.start == begin + 1
    if again and tokens[begin].low in CONJUNCTIONS:  # "may make an order; and may revoke it"
        return Clause(modal, None, shared=True)
    if carried and before >= start and tokens[before].low in CONJUNCTIONS:
        return _joined(tokens, start, modal.start, modal, adjacent=True)
    if before > start and tokens[before].low in {"he", "she", "they"} and tokens[before - 1].text in _TEXTS:
        return Clause(modal, (before, modal.start))  # "revoked under section 3 of the principal Act he may"
    pieces = _chunks(tokens, start, modal.start)
    if not carried and _is_led(tokens, pieces):
        return Clause(modal, (past_adverbs(tokens, *pieces[0]), pieces[0][1]))
    near = True
    for number, (first, stop) in enumerate(reversed(pieces)):
        beginning = past_adverbs(tokens, first, stop)
        in_last_clause = carried and number == len(pieces) - 1
        if beginning >= stop and not in_last_clause:
            continue
        if near and number and _is_inserted(tokens, beginning, stop) and number < len(pieces) - 1:
            continue
        if in_last_clause or (carried and number == 0 and tokens[beginning].low in _PLAIN_VERBS):
            return _joined(tokens, first, stop, modal, adjacent=number == 0)
        if carried and number == 0 and (text := _about_text(tokens, first, stop)) is not None:
            return Clause(modal, (text, stop))
        if near and (gap := _interrupted(tokens, pieces, number, beginning)) is not None:
            return Clause(modal, (gap, stop))
        if not starts_phrase(tokens, beginning):
            late = _late_phrase(tokens, beginning, stop) if near and ITEMS not in _lows(tokens, stop, modal) else None
            if late is not None:
                return Clause(modal, (late, stop))
            near = False
            continue
        if number == 0 and _is_contact(tokens, beginning, stop):
            return None
        if number == 0 and (after := _after_clause(tokens, beginning, stop)) is not None:
            return Clause(modal, (after, stop))
        opening = past_adverbs(tokens, start, stop)
        if not carried and tokens[opening].low == "no" and tokens[opening + 1].low not in _MEASURES:
            # "No room used as, or being, a shop shall"
            return Clause(modal, (opening, stop))
        index = _list_start(tokens, pieces, carried) if number == 0 else None
        if index is not None:
            number, beginning = len(pieces) - 1 - index, past_adverbs(tokens, *pieces[index])
        if number and tokens[first].low == "or" and first > start:
            earlier = _with_relative(tokens, *pieces[len(pieces) - 2 - number])
            if earlier is not None:
                return Clause(modal, (earlier, stop))
        return Clause(modal, (_joint_start(tokens, pieces, number, beginning, carried), stop))
    return Clause(modal, None, shared=carried)


def _with_relative(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Return where a subject begins whose relative clause has two objects: "*A court which* heard him, or his son"."""
    opening = past_adverbs(tokens, first, stop)
    if opening >= stop or tokens[opening].low not in DETERMINERS:
        return None
    return opening if any(token.low in {"who", "which"} for token in tokens[opening:stop]) else None


def _after_clause(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Return where a subject begins behind a clause without a modal: "the term is over and *the council* may"."""
    waiting, over = 0, False
    found = None
    for at in range(first, stop):
        low = tokens[at].low
        if not over and opens(tokens, at):
            waiting += 1
        elif low in AUXILIARIES:
            over, waiting, found = over or not waiting, max(0, waiting - 1), None
        elif over and low == "and" and at + 1 < stop and tokens[at + 1].low in {"the", "a", "an"}:
            found = found or at + 1
    return found


def _about_text(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Return where a provision is the subject: "(may act by) an officer of theirs and *subsection (2) above* shall"."""
    for at in range(first + 1, stop):
        if tokens[at - 1].low == "and" and tokens[at].low in PROVISIONS:
            return at
    return None


def _is_led(tokens: Sequence[Token], pieces: list[tuple[int, int]]) -> bool:
    """Say whether a lead-in is the subject of an item that begins with a case: "*A body*— in a case, must"."""
    first, stop = pieces[0]
    if len(pieces) < 3 or tokens[stop].low != "—" or pieces[-1][0] != pieces[-1][1] or not starts_phrase(tokens, first):
        return False
    plain = not any(opens(tokens, at) or tokens[at].low in AUXILIARIES for at in range(first, stop))
    return plain and tokens[stop + 1].low in PREPOSITIONS


def _interrupted(tokens: Sequence[Token], pieces: list[tuple[int, int]], number: int, beginning: int) -> int | None:
    """Return where a subject begins whose clause a comma interrupts before the object or the verb comes.

    "*A council which* have named, or joined in the naming of, a clerk"; "*a pilot who*, on the day, is refused leave".
    """
    index = len(pieces) - 1 - number
    if not index or beginning >= pieces[index][1]:
        return None
    before = tokens[pieces[index][0] - 2].low if pieces[index][0] > 1 else ""
    resumes = tokens[beginning].low in AUXILIARIES and any(
        tokens[stop - 1].low in {"who", "which", "that"} for _, stop in pieces[:index]
    )
    if not resumes and before not in _BEFORE_OBJECTS and not is_gerund(before):
        return None
    for first, stop in pieces[:index]:
        opening = past_adverbs(tokens, first, stop)
        held = any(token.low in {"who", "which", "that"} for token in tokens[opening + 1 : stop])
        if opening < stop and held and tokens[opening].low in DETERMINERS:
            return opening
    return None


def _list_start(tokens: Sequence[Token], pieces: list[tuple[int, int]], carried: bool) -> int | None:
    """Return the piece in which a subject begins that ends in a list: "*Anyone hurt by an act*, plan or thing may".

    The last pieces are bare nouns; that before them holds a clause or what stands for one, or ends in a preposition
    ("an owner of, or other person interested in, land").
    """
    for index in range(len(pieces) - 2, 0 if carried else -1, -1):
        first, stop = pieces[index]
        opening = past_adverbs(tokens, first, stop)
        following = past_adverbs(tokens, *pieces[index + 1])
        if tokens[following].low in _NOT_BARE or tokens[following].text[0].isupper():
            return None
        if opening < stop and tokens[opening].low in DETERMINERS:
            held = any(opens(tokens, at) or _begins_reduced(tokens, at) for at in range(opening + 1, stop))
            held = held or is_agent_word(
                phrase_head(tokens, opening, stop)
            )  # "the body, head or principal of a school"
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
    return opener and tokens[stop].low in {",", "—"} and tokens[first - 1].low in {",", "—"}


def _chunks(tokens: Sequence[Token], start: int, stop: int) -> list[tuple[int, int]]:
    made, first = [], start
    for at in range(start, stop):
        if tokens[at].low in {",", "—", ":", ITEMS} and not _is_between_places(tokens, at):
            made.append((first, at))
            first = at + 1
    return [*made, (first, stop)]


def _is_between_places(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a comma stands in a list of provisions: "no order under section 3*,* 4 or 5 is to be made".

    Or in one of countries: "an officer in England*,* Wales or Northern Ireland may".
    """
    if 0 < at < len(tokens) - 2 and tokens[at - 1].text in _COUNTRIES and tokens[at + 1].text in _COUNTRIES:
        return True
    if not 0 < at < len(tokens) - 2 or not tokens[at + 1].low[0].isdigit():  # as for most
        return False
    return tokens[at - 1].low[0].isdigit() and tokens[at + 2].low in {"and", "or", ","}


def past_adverbs(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Return the first place that holds no "and" and no adverb."""
    while at < stop and (tokens[at].low in CONJUNCTIONS or tokens[at].low in _PASSED):
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
                    opens(tokens, place) and not _is_told(tokens, first, place, at, modal) for place in range(first, at)
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
            if tokens[at].low == "and" and tokens[at + 1].low in _CASES:
                late = _late_phrase(tokens, at + 1, stop)  # "and on such an appeal the court may"
                if late is not None and late > at + 2:
                    return Clause(modal, (late, stop))
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


def _is_told(tokens: Sequence[Token], first: int, opener: int, stop: int, modal: Modal) -> bool:
    """Say whether a clause is over: "hear any person *who objects* and may", "test it *after it is dry* and shall".

    What a clause states without a modal is seldom joined to one: the modal goes on with the main clause. So does
    "must" after what somebody may do: "may meet as often as they *may agree* and must".
    """
    modals = [at for at in range(opener + 1, stop) if tokens[at].low in MODALS]
    ended = not modals or any(token.low == "," for token in tokens[modals[-1] : stop])
    ended = ended or (tokens[modal.start].low != "may" and all(tokens[at].low == "may" for at in modals))
    verb = find_verb(tokens, first)
    if verb is not None and opener < verb:
        return True  # "shall, unless it thinks that he objects, make an order and may"
    if tokens[opener].low == "as" and modals[:1] == [opener + 1] and tokens[opener + 2].low == "be":
        return True  # "in such cases as may be specified and may make"
    return tokens[opener].low != "that" and ended


def _late_phrase(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Find the subject at the end of a stretch that begins otherwise: "On such an appeal the court"."""
    for at in range(stop - 1, first, -1):
        low, before = tokens[at].low, tokens[at - 1].low
        begins = low in DETERMINERS or low in PRONOUNS or tokens[at].text[0].isupper()
        if not begins or before in _BEFORE_OBJECTS or before in CONJUNCTIONS or before == "not":
            continue
        if before in DETERMINERS - {"another"}:
            continue
        if before in OPENERS or before in {"that", "as", "itself", "himself"}:
            continue
        if tokens[at - 1].text[0].isupper() and low not in DETERMINERS and low not in PRONOUNS:
            continue
        governs = before in _PLAIN_VERBS or before in FINITE or before in AUXILIARIES or is_gerund(before)
        noun = before not in AUXILIARIES and at > 1 and tokens[at - 2].low in {"a", "an", "the", "such"}
        if governs and not noun and before not in _INTRANSITIVE:
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
            nounlike = before.isalpha() and before not in _SMALL and before not in _PARTICLES
            verbal = (
                before in VERBS
                or tokens[at - 2].low == "to"
                or before in FINITE
                or is_participle(before)
                or is_gerund(before)
                or is_doing(tokens, at - 1)
            )
            if (
                nounlike
                and not verbal
                and not before.endswith("ly")
                and before not in {"that", "than", "as", "not", "all", "xxxx"} | ADVERBS
            ):
                return True
    return False


def _joint_start(
    tokens: Sequence[Token], pieces: list[tuple[int, int]], number: int, beginning: int, carried: bool
) -> int:
    """Return where "the council, the mayor and any officer" begins."""
    index = len(pieces) - 1 - number
    while index > (1 if carried else 0) and tokens[beginning].low != "no":
        first, stop = pieces[index - 1]
        earlier = past_adverbs(tokens, first, stop)
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


def phrase_head(tokens: Sequence[Token], start: int, stop: int) -> str:
    """Return the last word before the first preposition, participle or relative of a phrase."""
    head = ""
    for token in tokens[start:stop]:
        if token.low in PREPOSITIONS or token.low in OPENERS or is_participle(token.low) or token.low == "that":
            break
        head = token.low
    return head


def starts_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a noun phrase may begin at a token, after "and" and adverbs."""
    while at < len(tokens) and (tokens[at].low in CONJUNCTIONS or tokens[at].low in _PASSED):
        at += 1
    if at >= len(tokens) or not tokens[at].is_word:
        return False
    low = tokens[at].low
    if low == "no" and at + 1 < len(tokens) and tokens[at + 1].low in _MEASURES:
        return False  # "No later than 1 May, the board must"
    if low in DETERMINERS or low in PRONOUNS or _is_at_least(tokens, at):
        return True
    if low in PREPOSITIONS or low in OPENERS or low == "as" or low in MODALS or low in AUXILIARIES:
        return False
    if is_participle(low) and tokens[at].text[0].isupper() and at + 1 < len(tokens):
        following = tokens[at + 1]  # "Written notification must"
        return following.is_word and following.low not in _SMALL | {"that", "as", "to"} and following.text.islower()
    return not is_gerund(low) and not is_participle(low)


def _is_at_least(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "at least two members" begins, not "at least two days before" or "at least once"."""
    words = [token.low for token in tokens[at : at + 5]]
    return words[:1] == ["at"] and words[1:2] in (["least"], ["most"]) and not _PERIODS & set(words)
