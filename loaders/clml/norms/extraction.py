"""The pipeline: provisions, sentences, lines, main modals, subjects, verbs, holders, norms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....citations import split_path
from ....ontology.namespaces import LEG
from ..model import Document
from . import details
from .actions import find_verb, further_verbs, head_verb, passive_agent, tail_verb
from .clauses import main_clauses
from .exclusions import ANNOUNCING, is_definition, why_not
from .holders import AGENT, PRONOUN, UNKNOWN, Context, Phrase, phrase
from .lexicon import CONJUNCTIONS, MODALS, NOUN_LIKE, VERBS, is_participle
from .modals import PROHIBITION, RELEASE, Modal
from .passages import Passage, passages
from .sentences import ITEMS, Line, Sentence, lines, sentences
from .subjects import Clause
from .tokens import Token, brackets, mask, tokenize, tokenize_after

_MAYBE = re.compile(
    r"\b(?:must|shall|may|(?:is|are) (?:\w+ )?to|dut(?:y|ies)|powers? to|entitled|lawful|obligation|required to|"
    r"rights?(?= +to\b| \())\b",
)
_BRACKETED = re.compile(
    r"(?:(?:and|but|or) )?(?:which (?:must|shall|is to|are to|may not)\b|(?:and|but)\b|(?:the|a|an|any|no|he|it|"
    r"they)\b)",
    re.I,
)
_AND_THEN = re.compile(
    r"(?:(?:, and|\bbut|\bexcept that)(?:,? (?:where|if|when|in)\b[^;.]{0,160}?,?)?|"
    r"\band, (?:where|if|when)\b[^;.]{0,160}?,?|"
    r", and (?:any|each|every|the|such|that|those|an?) (?:[\w-]+ ){0,6}?[\w-]+)\s?[—–]$"
)
"""A lead-in after which sentences of their own follow: "shall submit the plan to him, and— (a) the Minister may"."""
_AND_EACH = re.compile(r".*\w and\s?[—–]$", re.S)
"""A lead-in with a verb, whose items have one each as well: "shall consider it and— (a) cancel the fee"."""
_BARE_BE = re.compile(r"be\s?[—–:]?$")
"""A lead-in whose items begin with the participle: "may be— (a) varied by the parties"."""
_CONDITIONS = re.compile(r"be subject to the following (?:conditions|requirements|restrictions)\b")
"""No norm itself: its items are sentences that are. "Every licence shall be subject to the following conditions—"."""
_PROVISO = re.compile(r",? (?:except|so however|but so) that\b.*", re.S)
_BY_ITEM = re.compile(r"by |(?:in|on|where|if|when|as respects|for|within) [^;—]{1,160}?, by ", re.I)
"""A first item that names the agent of a passive: "may be made— (a) in England, *by* the chief officer"."""
LONGEST_ACTION = 160
AROUND = 32
"""Characters kept before and after a passage, to find it again where its words repeat."""


@dataclass(frozen=True, slots=True)
class Norm:
    """One duty, power or prohibition as a text states it.

    ``provision_iri`` is the smallest provision that holds subject, modal and verb; ``pinpoint_iri`` the one that
    holds the verb; ``holder`` is None where the text names nobody. ``rule`` says which rules fired, ``quote`` is the
    whole passage; ``exact`` its words in the provision of the verb, ``prefix`` and ``suffix`` what stands around them
    there (https://www.w3.org/TR/annotation-model/#text-quote-selector).
    """

    provision_iri: str
    pinpoint_iri: str
    kind: str
    holder: str | None
    action: str
    toward: str | None
    condition: str | None
    deadline: str | None
    rule: str
    quote: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def pinpoint(self) -> str:
        """The pinpoint as a path: ``section/3/1``."""
        return split_path(self.pinpoint_iri.removeprefix(LEG))[1]


def norms(document: Document) -> Iterator[Norm]:
    """Yield the norms in force that a document states, in the order of its text.

    Args:
        document: the document as read by :func:`dutygraph.loaders.clml.reader.read_document`.
    """
    for provision in passages(document):
        if not provision.in_force:
            continue
        context = Context()
        for sentence in sentences(provision):
            if sentence.of.in_force:
                yield from _of_sentence(sentence, context)


def _of_sentence(sentence: Sentence, context: Context) -> Iterator[Norm]:
    words = sentence.words()
    if _may_state(words) and not _defines(sentence):
        seen: set[tuple[object, ...]] = set()
        for line in lines(sentence):
            for norm in _of_line(line, context):
                key = (norm.provision_iri, norm.pinpoint_iri, norm.kind, norm.holder, norm.action)
                if key not in seen:
                    seen.add(key)
                    yield norm
    else:
        context.note(words)
    context.hear(words)


def _may_state(words: str) -> bool:
    """Say whether words may state a norm: most sentences hold no word that could, and are not looked at further.

    They are put into lower case first, since a search that tells no case apart takes half as long again.
    """
    return _MAYBE.search(words.lower()) is not None


def _defines(sentence: Sentence) -> bool:
    first = next(sentence.flat(), None)
    return first is not None and is_definition(first.words)


def _of_line(line: Line, context: Context) -> Iterator[Norm]:
    if line.lead_settled and line.in_list and ITEMS not in line.text and not _may_state(line.text[line.fresh :]):
        line.settled = True
        return
    yield from _of_text(line, mask(line.text), context, 0)
    for start, end in brackets(line.text):
        if start >= line.fresh and _BRACKETED.match(line.text, start):
            inside = " " * start + mask(line.text[start:end])
            yield from _of_text(line, inside, context, start)


def _of_text(line: Line, masked: str, context: Context, start: int) -> Iterator[Norm]:
    if not _may_state(masked):
        line.settled = line.settled or not start
        return
    tokens = tokenize_after(masked, min(line.fresh, len(masked)))
    if start and tokens and tokens[0].low == "which":
        tokens = tokens[1:]
    shared = _subject_before(line, start) if start and _goes_on(tokens) else None
    found = list(main_clauses(tokens))
    if not start:
        line.settled = not found or _has_verb(tokens, found[-1].modal, line)
    if found and line.in_list and is_definition(line.text[: tokens[found[0].modal.start].start]):
        return
    previous = shared
    for number, clause in enumerate(found):
        stop = _next_start(tokens, found[number + 1], clause.modal) if number + 1 < len(found) else len(tokens)
        shares = clause.shared or (clause.subject is None and shared is not None)
        subject = previous if shares and previous else _Subject.of(tokens, clause, line.listed, line.rest)
        yield from _Finder(
            line, tokens, context, clause.modal, subject, stop, _lead_governs(found[:number], tokens, line)
        ).norms()
        previous = subject


def _goes_on(tokens: Sequence[Token]) -> bool:
    """Say whether words in brackets go on with the subject before them: "(but may do so)"."""
    return len(tokens) > 1 and tokens[0].low in CONJUNCTIONS | {"or"} and tokens[1].low in MODALS


def _subject_before(line: Line, start: int) -> _Subject | None:
    tokens = tokenize(mask(line.text[:start]))
    subject: _Subject | None = None
    for clause in main_clauses(tokens):
        if not (clause.shared and subject):
            subject = _Subject.of(tokens, clause, line.listed)
    return subject


def _has_verb(tokens: Sequence[Token], modal: Modal, line: Line) -> bool:
    """Say whether a modal has its verb already, and one that does not only announce a list."""
    verb = find_verb(tokens, modal.stop)
    if verb is None:
        return False
    lead = line.text[tokens[verb].start :]
    if _AND_EACH.match(lead):
        return False
    return not ANNOUNCING.match(lead) and not (_BARE_BE.match(lead) and _begins_participle(line.rest))


def _begins_participle(words: str) -> bool:
    return is_participle(words.split(None, 1)[0].lower().strip(",")) if words else False


def _next_start(tokens: Sequence[Token], following: Clause, modal: Modal) -> int:
    """Return where the clause after a clause begins: at its subject, else at its modal."""
    start = following.modal.start
    if following.modal.holder is None and following.subject is not None and following.subject[0] > modal.stop:
        return following.subject[0]
    return start - 1 if following.modal.holder is not None and tokens[start - 1].low == "it" else start


def _lead_governs(earlier: Sequence[Clause], tokens: Sequence[Token], line: Line) -> bool:
    """Say whether a modal in the lead-in has its verb there: then a modal in the items is part of the object."""
    if not line.in_list or not earlier:
        return False
    lead = line.text[: line.fresh].rstrip()
    if _AND_THEN.search(lead) or _AND_EACH.match(lead):
        return False
    modal, subject = earlier[-1].modal, earlier[-1].subject
    if subject is not None and any(token.low == "following" for token in tokens[slice(*subject)]):
        return False  # "the following requirements must be complied with— (a) doors must open outwards"
    verb = find_verb(tokens, modal.stop)
    if verb is not None and _CONDITIONS.match(line.text[tokens[verb].start : line.fresh]):
        return False
    if any(token.low == ";" and token.start < line.fresh for token in tokens[modal.stop :]):
        return False
    return tokens[modal.start].start < line.fresh and verb is not None and tokens[verb].start < line.fresh


@dataclass(frozen=True, slots=True)
class _Subject:
    """A subject: its core, its words, where it begins."""

    core: Phrase
    words: str
    start: int
    none: bool
    only: bool

    @classmethod
    def of(cls, tokens: Sequence[Token], clause: Clause, listed: str, rest: str = "") -> _Subject:
        """Read the subject of a clause; ``listed`` is the list before it, ``rest`` the list that follows."""
        if clause.subject is None:
            at = clause.modal.start
            items = tokenize(mask(listed)) if any(token.low == ITEMS for token in tokens[max(0, at - 2) : at]) else ()
            core = phrase(items, 0, len(items)) if items else Phrase("", "", UNKNOWN)
            return cls(core, listed if items else "", at, False, False)
        start, stop = clause.subject
        if tokens[start].low == "—" and tokens[stop - 1].low in {ITEMS, ","} and listed:
            items = tokenize(mask(listed))  # "it is the duty of— (a) the council, (b) the board, to"
            return cls(phrase(items, 0, len(items)), listed, start, False, False)
        words = " ".join(token.text for token in tokens[start:stop])
        first = [token.low for token in tokens[start : start + 3]]
        none = "no" in first[:2] or first[:1] == ["neither"] or "none" in first[:1]
        none = none or (first[:2] == ["more", "than"] and start > 0 and tokens[start - 1].low == "not")
        core = phrase(tokens, start, stop)
        if core.words == "following" and rest:
            items = tokenize(mask(rest))
            core = phrase(items, 0, len(items))
        return cls(core, words, start, none, "only" in first[:2])


@dataclass(slots=True)
class _Finder:
    """Turns one main modal of a line into norms."""

    line: Line
    tokens: Sequence[Token]
    context: Context
    modal: Modal
    subject: _Subject
    stop: int
    governed: bool

    def norms(self) -> Iterator[Norm]:
        verb = self._verb()
        if ITEMS in self.line.text and (verb is None or self.tokens[verb].start < self.line.fresh):
            verb = self._in_tail() or verb
        if verb is None or self.tokens[verb].start < self.line.fresh or self.modal.kind == RELEASE:
            return
        if self.governed and self.tokens[self.modal.start].start >= self.line.fresh:
            return
        predicate = self._words(verb, min(max(self.stop, verb + 20), len(self.tokens), verb + 60))
        if self._excluded(predicate):
            self.context.take(self.subject.core)
            return
        if verb >= self.stop:  # "may, and if so directed shall, prepare": both have the verb after the second
            self.stop = len(self.tokens)
        stop = self._clause_stop(verb)
        subject = self.subject.core
        verbs = [verb, *further_verbs(self.tokens, verb, stop, self.tokens[self.modal.stop - 1].low == "to")]
        for at, end in zip(verbs, [*verbs[1:], stop], strict=True):
            if not self._excluded(self._words(at, min(self.stop, at + 60))):
                norm = self._norm(at, end)
                if subject.words in {"they", "it", "he", "she"} and norm.holder and "; active" in norm.rule:
                    subject = Phrase(norm.holder, norm.holder.rsplit(" ", 1)[-1], AGENT)
                yield norm
        self.context.take(subject)

    def _in_tail(self) -> int | None:
        """Return a verb after the list that goes on with the modal of the lead-in."""
        fresh = next((at for at, token in enumerate(self.tokens) if token.start >= self.line.fresh), None)
        if fresh is None or self.stop <= fresh or self.tokens[fresh - 1].low not in {ITEMS, ","}:
            return None
        if self.tokens[fresh - 1].low == ITEMS and self._is_inserted(fresh - 1):
            return fresh if self.tokens[fresh].low in VERBS else None
        verb = tail_verb(self.tokens, fresh)
        return None if verb and any(token.low in MODALS for token in self.tokens[fresh:verb]) else verb

    def _is_inserted(self, items: int) -> bool:
        """Say whether a list is set between a modal and its verb: "shall, in— (a) making the plan, *consult*"."""
        if find_verb(self.tokens[:items], self.modal.stop) is not None:
            return False
        first = self.line.listed.split(None, 1)[0].lower().strip(",") if self.line.listed else ""
        return first not in VERBS | {"be"} or first in NOUN_LIKE

    def _verb(self) -> int | None:
        verb = find_verb(self.tokens, self.modal.stop)
        if verb is None or not self.line.in_list:
            lead = self._lead_from(verb) if verb is not None and self.line.rest else ""
            if _BARE_BE.match(lead):
                return None if _begins_participle(self.line.rest) else verb
            return None if ANNOUNCING.match(lead) and self._items_act() else verb
        lead = self._lead_from(verb)
        if self.tokens[verb].start < self.line.fresh and (ANNOUNCING.match(lead) or _BARE_BE.match(lead)):
            first = next((at for at in range(verb, len(self.tokens)) if self.tokens[at].start >= self.line.fresh), None)
            acts = first is not None and (not _BARE_BE.match(lead) or is_participle(self.tokens[first].low))
            return first if acts else None
        if self.tokens[verb].start < self.line.fresh and _AND_EACH.match(lead):
            first = next((at for at in range(verb, len(self.tokens)) if self.tokens[at].start >= self.line.fresh), None)
            return first if first is not None and self.tokens[first].low in VERBS else verb
        return verb

    def _lead_from(self, verb: int) -> str:
        end = self.line.fresh if self.line.in_list else len(self.line.text)
        return self.line.text[self.tokens[verb].start : end].strip()

    def _items_act(self) -> bool:
        first = self.line.rest.split(None, 1)
        return bool(first) and first[0].lower().strip(",") in VERBS | {"to", "be"}

    def _excluded(self, predicate: str) -> bool:
        core = self.subject.core
        agent = core.kind == AGENT or core.words in {"he", "she"}
        if core.words in {"they", "it"} and not self.line.listed:
            before = self.line.text[: self.tokens[self.subject.start].start]
            agent = self.context.holder(core, before, predicate.split(" ", 1)[0])[0] is not None
        return why_not(self.subject.words, self.modal.rule, predicate, agent) is not None

    def _words(self, start: int, stop: int) -> str:
        if start >= stop:
            return ""
        return self.line.text[self.tokens[start].start : self.tokens[stop - 1].end]

    def _clause_stop(self, verb: int) -> int:
        for at in range(verb, self.stop):
            if self.tokens[at].low in {";", ".", ITEMS}:
                return at
        return self.stop

    def _norm(self, verb: int, stop: int) -> Norm:
        head, passive = head_verb(self.tokens, verb)
        holder, how = self._holder(head, passive, stop)
        action = self._action(verb, stop)
        subject_at = min(self.subject.start, self.modal.start)
        before = self.line.text[: self.tokens[subject_at].start]
        owners = [self.line.owner(self.tokens[at].start) for at in (subject_at, self.modal.start, verb)]
        quote = self.line.text[self.tokens[subject_at].start : self.tokens[stop - 1].end]
        return Norm(
            provision_iri=common(owners),
            pinpoint_iri=owners[-1].iri,
            kind=self._kind(),
            holder=holder,
            action=action,
            toward=details.toward(action),
            condition=details.condition(
                before[before.rfind(";") + 1 :].replace(ITEMS, self.line.heard), self._full(verb, stop), self.line.rest
            ),
            deadline=details.deadline(quote),
            rule=f"{self.modal.rule}; {how}" + ("; list item" if self.line.in_list else ""),
            quote=quote,
            **self._selector(subject_at, verb, stop),
        )

    def _selector(self, subject: int, verb: int, stop: int) -> dict[str, str]:
        """Return the words by which the passage is found again in the provision of the verb."""
        text, (low, high) = self.line.text, self.line.segment(self.tokens[verb].start)
        start, end = max(low, self.tokens[subject].start), min(high, self.tokens[stop - 1].end)
        return {
            "exact": text[start:end].strip(),
            "prefix": text[max(low, start - AROUND) : start],
            "suffix": text[end : min(high, end + AROUND)],
        }

    def _kind(self) -> str:
        if self.subject.none:
            return PROHIBITION
        return self.modal.kind

    def _holder(self, head: int, passive: bool, stop: int) -> tuple[str | None, str]:
        before = self.line.text[: self.tokens[min(self.subject.start, self.modal.start)].start]
        before = f"{before} {self.line.heard}" if ITEMS in before else before
        verb = self.tokens[head].low
        if passive:
            entitled = self.modal.rule.endswith("entitled to") and self.subject.core.kind in {AGENT, PRONOUN}
            span = None if entitled else passive_agent(self.tokens, head, stop)
            if span is not None:
                agent = phrase(self.tokens, *span)
                if agent.kind in {AGENT, PRONOUN} or agent.words in {"him", "her", "them"}:
                    said = self.line.text[: self.tokens[span[0]].start]
                    holder, how = self.context.holder(agent, said, verb)
                    return holder, f"passive, by-phrase, {how}"
            listed = self._agent_in_items(stop)
            if listed is not None:
                holder, how = self.context.holder(listed, before, verb)
                return holder, f"passive, by-phrase, {'first of the items' if holder else how}"
            if not entitled:
                return None, "passive without agent"
        holder, how = self.context.holder(self.subject.core, before, verb)
        return holder, f"active, {how}"

    def _agent_in_items(self, stop: int) -> Phrase | None:
        """Return the agent of a passive that the first of the items names; the rule says that it is the first alone."""
        last = self.tokens[stop - 1]
        if self.line.rest and self.tokens[stop - 1 - (last.low == "—")].low == "by":
            items = tokenize(mask(self.line.rest))  # "may be made by— (a) the council; (b) the owner"
            return phrase(items, 0, len(items))
        by_item = _BY_ITEM.match(self.line.rest) if last.low == "—" else None
        if by_item is None:
            return None
        items = tokenize(mask(self.line.rest[by_item.end() :]))
        agent = phrase(items, 0, len(items))
        return agent if agent.kind == AGENT else None

    def _full(self, verb: int, stop: int) -> str:
        return self.line.text[self.tokens[verb].start : self.tokens[stop - 1].end] if stop > verb else ""

    def _action(self, verb: int, stop: int) -> str:
        text = self._full(verb, stop).strip(" ,—–")
        text = _PROVISO.sub("", text) if " that" in text else text
        for tail in (" and, in particular", " and also to", " and to", " and", " but", " nor", ", and", ", but"):
            text = text.removesuffix(tail).rstrip(" ,")
        if len(text) <= LONGEST_ACTION:
            return text
        return text[:LONGEST_ACTION].rsplit(" ", 1)[0].rstrip(" ,;")


def common(owners: Sequence[Passage]) -> str:
    """Return the address of the smallest provision that holds all of some provisions.

    >>> common([Passage("s/1/a", ("s/1", "s")), Passage("s/1/b", ("s/1", "s"))])
    's/1'
    """
    shared = set(owners[0].lineage).intersection(*(owner.lineage for owner in owners[1:]))
    return next((iri for iri in owners[0].lineage if iri in shared), owners[0].iri)
