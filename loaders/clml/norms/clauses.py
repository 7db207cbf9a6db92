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
    DETERMINERS,
    MODALS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SINCE_WHEN,
    WORDS,
)
from .modals import Modal, modal_at
from .sentences import ITEMS
from .subjects import Clause, clause_of, past_adverbs, phrase_head, starts_phrase
from .subordinate import is_finite, opens
from .tokens import Token

_SAYING = WORDS["saying"]
_OPINION = frozenset({"consider", "considers", "think", "thinks", "believe", "believes", "expect", "expects"})
_STRONG = frozenset({";", "."})
_BEING = frozenset({"is", "are", "was", "were", "been", "being"})
_OPENING = OPENERS | ADVERBIAL | SINCE_WHEN | {"that", "as", "than", "whether"}
_MODAL_WORDS = MODALS | {"is", "are", "has", "have"}
_TURNING = _OPENING | _MODAL_WORDS | _STRONG | {ITEMS}
"""What may begin or end a clause. Any other word, and so most of a text, can only be the verb of one that waits."""


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
                clause = clause_of(tokens, begin, last, modal)
                if clause is not None and _is_thought(tokens, clause.subject):
                    below = modal.stop
                elif clause is not None:
                    yield clause
                    last = clause.modal
            at = max(at + 1, modal.start + 1 if modal.holder else modal.stop)
            continue
        elif token.low == "that" and (_states_requirement(tokens, at) or _begins_proviso(tokens, at)):
            begin = at + 1
            if tokens[at - 1].low == "provided":
                waiting.clear()
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


def _is_thought(tokens: Sequence[Token], subject: tuple[int, int] | None) -> bool:
    """Say whether a subject is a clause of what somebody thinks: "thinks— *that the person is engaged or* may"."""
    if subject is None or tokens[subject[0]].low != "that":
        return False
    following = tokens[subject[0] + 1]
    if following.low in DETERMINERS - {"other"} or following.low in PRONOUNS:
        return True
    listed = subject[0] > 1 and tokens[subject[0] - 1].low == "—" and tokens[subject[0] - 2].low in _OPINION
    return listed and following.text[0].isupper()


def _goes_on(tokens: Sequence[Token], below: int, at: int) -> bool:
    """Say whether a modal repeats that of a subordinate clause: "by which the rent is to be, *or may be*, reduced"."""
    if at > 2 and tokens[at - 1].low == "or":  # "a home which is, or is to be, let", "who has, or may have, needs"
        place = at - 3 if tokens[at - 2].low == "," else at - 2
        if tokens[place].low in _BEING or tokens[place - 1].low in {"who", "which"}:
            return True
    between = [token.low for token in tokens[below:at]] if 0 <= below < at else []
    if between[:1] == ["be"] and between[2:4] == [",", "or"]:
        return True  # "where machines may be stationed, *or huts may be erected*"
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
    first = past_adverbs(tokens, begin, modal.start)
    if tokens[first].low not in ADVERBIAL:
        return False
    commas = any(token.low in {",", "—", ITEMS} for token in tokens[first : modal.start])
    return not commas and any(token.low in {",", "—"} for token in tokens[modal.stop :])


def _states_requirement(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a that-clause is the requirement itself: "The requirement is that the owner must …"."""
    if at < 2 or tokens[at - 1].low not in {"is", "are"}:
        return False
    head = phrase_head(tokens, 0, at - 1)
    return head in {"requirement", "requirements", "duty", "duties", "obligation", "obligations"}


def _begins_proviso(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "that" begins a proviso: "Provided that no toll shall", "but so that the order shall not"."""
    before = tokens[at - 1].low if at else ""
    earlier = tokens[at - 2].low if at > 1 else ""
    return before in {"provided", "except"} or (earlier, before) in {("but", "so"), ("so", "however")}


def _close_at_comma(tokens: Sequence[Token], waiting: list[_Open], modal: int) -> None:
    """Close what waits where a comma stands between it and the modal's own subject."""
    opens_item = bool(waiting) and tokens[waiting[0].at].low in ADVERBIAL and tokens[waiting[0].at - 1].low == "—"
    if opens_item and tokens[modal - 1].low == "—":  # "the council— where it thinks that he should pay— may"
        waiting.clear()
    while waiting:
        opener = waiting[-1].at
        commas = [at for at in range(opener + 1, modal) if tokens[at].low in {",", "—"}]
        if not commas or commas[0] == opener + 1 or commas[-1] - opener < 3:
            return
        if tokens[opener].low in {"as", "than"}:
            return
        if commas[-1] < modal - 1 and not starts_phrase(tokens, commas[-1] + 1):
            return
        if (
            tokens[opener].low == "which"
            and tokens[opener - 1].low in PREPOSITIONS
            and tokens[commas[-1] + 1].low == "or"
        ):
            return  # "the cases in which a post in one office, or in another, shall be advertised"
        inserted = opener > 0 and tokens[opener - 1].low in {",", "—"}
        if commas[-1] == modal - 1 and (tokens[opener].low not in ADVERBIAL or not (inserted or len(commas) > 2)):
            return
        waiting.pop()
