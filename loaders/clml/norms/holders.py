"""Who must, may or must not: from the words of a subject to a holder, or to nobody.

A subject is an agent ("the council"), a thing ("the notice") or a pronoun. Things hold no norm. Short forms and
pronouns reach back: "the authority" to the fuller name in the same section, "they" to the subject of the clause or
sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .actions import is_adverb, is_doing
from .lexicon import (
    ADVERBIAL,
    ADVERBS,
    AGENT_HEADS,
    AUXILIARIES,
    COLLECTIVE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    MODALS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    PROVISIONS,
    THING_HEADS,
    TITLES_WITH_OF,
    VERBS,
    WORDS,
    is_agent_word,
    is_gerund,
    is_participle,
    singular,
)
from .tokens import Token, mask, tokenize

_OBJECTS = {"him": "he", "her": "she", "them": "they", "his": "he", "their": "they", "its": "it"}
AGENT, THING, PRONOUN, UNKNOWN = "agent", "thing", "pronoun", "unknown"
_ADJECTIVAL = WORDS["adjectival"]
"""Participles that may stand before a noun, as part of its name."""
_PERSONAL = WORDS["personal"]
"""Verbs of persons: an unknown subject of these is taken for somebody who acts."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The core of a noun phrase: its words without article, its head, and what kind of thing it names."""

    words: str
    head: str
    kind: str
    determiner: str = ""
    leads: bool = False
    appealed: bool = False
    """Whether it stands after "appeal to"."""
    whole: bool = False
    """Whether words that belong to it follow ("the council of the county"): then it is no short form."""
    plural: bool = False
    named: bool = False
    """Whether its words have capitals ("the Council"): a name that the Act gives to one body."""

    @property
    def is_short(self) -> bool:
        """Say whether it may stand for a longer name: "the authority", "that officer"."""
        return (
            not self.whole
            and " " not in self.words
            and self.determiner in {"the", "that", "those", "such", "this", "either", "each"}
        )


def phrase(tokens: Sequence[Token], start: int, stop: int) -> Phrase:
    """Read the core of the noun phrase in some tokens.

    >>> def read(words):
    ...     tokens = tokenize(words)
    ...     found = phrase(tokens, 0, len(tokens))
    ...     return found.words, found.kind
    >>> read("any person on whom a notice is served"), read("The Secretary of State"), read("No order")
    (('person', 'agent'), ('secretary of state', 'agent'), ('order', 'thing'))
    >>> read("A fire and rescue authority and its officers"), read("they"), read("Network Rail")
    (('fire and rescue authority', 'agent'), ('they', 'pronoun'), ('network rail', 'agent'))
    """
    at, determiner = start, ""
    if [token.low for token in tokens[start : min(start + 2, stop)]] == ["no", "one"]:
        return Phrase("person", "person", AGENT, "no")
    if start + 1 < stop and tokens[start].low == "at" and tokens[start + 1].low in {"least", "most"}:
        at = start + 2
    while at < stop and (
        tokens[at].low in DETERMINERS
        or tokens[at].low in CONJUNCTIONS
        or tokens[at].low in ADVERBS
        or tokens[at].low in {"more", "said"}
        or (tokens[at].low == "than" and at > start and tokens[at - 1].low == "more")
        or (at + 1 < stop and tokens[at].low.isdigit() and tokens[at + 1].low == "or")
    ):
        determiner = tokens[at].low if tokens[at].low in DETERMINERS else determiner
        at += 1
    listed = at + 1 < stop and tokens[at].low == "following" and tokens[at + 1].is_word
    at += listed
    if at < stop and tokens[at].low == "of" and at > start:
        return phrase(tokens, at + 1, stop)
    if at >= stop:
        return Phrase(determiner, determiner, PRONOUN if determiner in {"each", "either", "both"} else UNKNOWN)
    if (tokens[at].low in PRONOUNS and at == start) or (tokens[at].low in PRONOUNS and not determiner):
        return Phrase(tokens[at].low, tokens[at].low, _pronoun_kind(tokens[at].low))
    end = _core_end(tokens, at, stop)
    kept = [token.low for token in tokens[at:end]]
    possessive = _POSSESSIVE_END.search(kept[-1]) if kept and end == stop else None
    capital = end > at and all(token.text[0].isupper() for token in tokens[at:end]) and (at > 0 or end - at > 1)
    words = _with_title(tokens, at, end, stop)
    head = kept[-1] if kept else ""
    if possessive:  # "the Minister's (duty)"
        head, words = head[: possessive.start()], words[: possessive.start() - len(head)]
    whole = end < stop and tokens[end].low in {"of", "for", "which", "who", "that", "by", "whose", "to", "in"}
    whole = (
        whole
        or listed
        or (end + 1 < stop and tokens[end].low in PREPOSITIONS and tokens[end + 1].low in {"which", "whom"})
    )
    kind = _kind(head, words, capital)
    return Phrase(_one(words), head, kind, determiner, whole=whole, plural=head != singular(head), named=capital)


_POSSESSIVE_END = re.compile(r"(?<=s)[’']$|[’']s$")


def _pronoun_kind(word: str) -> str:
    return AGENT if word in {"anyone", "everyone", "nobody", "anybody", "everybody", "someone"} else PRONOUN


def _core_end(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Return where the noun phrase's core ends: before a preposition, relative clause, participle or "and"."""
    first = at
    while at < stop:
        low = tokens[at].low
        if low == "," and at == first + 1 and _is_listed(tokens, first, stop):
            at += 1
            continue
        if not tokens[at].is_word or low in OPENERS or low in PREPOSITIONS or low in MODALS or low in {"that", "as"}:
            break
        if at > first and low in DETERMINERS:
            break
        if (
            at > first
            and (is_participle(low) or is_gerund(low))
            and (
                at + 1 >= stop
                or tokens[at + 1].low in PREPOSITIONS
                or tokens[at + 1].low == "as"
                or (low not in _ADJECTIVAL and _names(tokens[at - 1].low))
            )
        ):
            break
        if at > first and is_doing(tokens, at):
            break
        if low == "dealing" and at > first and at + 1 < stop and tokens[at + 1].low == "with":
            break
        if (low in {"concerned", "so"} or low.startswith(("here", "there"))) and at > first:
            break
        if at > first and is_adverb(low) and (at + 1 >= stop or is_participle(tokens[at + 1].low)):
            break  # "any person duly authorised", "by those authorities jointly"
        if low in {"not", "nor"} and at > first:
            break
        if low in {"and", "or"} and at > first:
            words = [token.low for token in tokens[first:at]]
            named = _names(words[-1]) and not (words[-1] in _ATTRIBUTIVE and _names_agent(tokens, at + 1, stop))
            if named or at + 1 >= stop or tokens[at + 1].low in DETERMINERS:
                break
        at += 1
    return at


def _is_listed(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Say whether a comma stands in a list of an agent's kinds: "an *educational, prison or custody* authority"."""
    joined = [at for at in range(first + 3, min(first + 5, stop)) if tokens[at].low in {"and", "or"}]
    plain = (
        all(tokens[at].is_word and tokens[at].low not in DETERMINERS for at in range(first + 2, joined[0]))
        if joined
        else False
    )
    return plain and not _names(tokens[first].low) and _names_agent(tokens, joined[0] + 1, stop)


def _names_agent(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether an agent's noun follows within a few plain words: "and crime *commissioner*", not "and the"."""
    for token in tokens[at : min(at + 3, stop)]:
        if is_agent_word(token.low):
            return True
        if token.low in DETERMINERS or token.low in PREPOSITIONS or not token.is_word:
            return False
    return False


def _names(word: str) -> bool:
    return is_agent_word(word) or word in THING_HEADS or singular(word) in THING_HEADS


def _with_title(tokens: Sequence[Token], at: int, end: int, stop: int) -> str:
    """Return the core's words, with what follows "of" where the whole is a title."""
    core = " ".join(token.low for token in tokens[at:end]).replace(" ,", ",")
    if end < stop and tokens[end].low in {"of", "for"}:
        longer = " ".join(token.low for token in tokens[at : min(stop, end + 6)])
        for title in TITLES_WITH_OF:
            if title not in longer:
                continue
            found = re.match(rf"(?:[\w-]+ ){{0,3}}?{re.escape(title)}\b", longer)
            if found:
                return found[0] + _rest_of_title(tokens, at + len(found[0].split()), stop)
        if tokens[end - 1].text[0].isupper():
            return core + _rest_of_title(tokens, end, stop)
    return core


def _rest_of_title(tokens: Sequence[Token], at: int, stop: int) -> str:
    """Return what a title in capitals goes on with: "the Mayor's Office *for Policing and Crime*"."""
    end = at
    for place in range(at, stop):
        token = tokens[place]
        if token.text[0].isupper():
            end = place + 1
        elif token.low not in _IN_TITLES or (place == at and token.low not in {"of", "for"}):
            break
        elif token.low == "and" and not (place + 1 < stop and tokens[place + 1].text[0].isupper()):
            break  # another holder: "and the Common Council"
    words = [token.low for token in tokens[at:end]]
    return " ".join(["", *words]) if words and words[0] in {"of", "for"} else ""


def _one(words: str) -> str:
    """Put a phrase in the singular: at its head, which stands before "of".

    >>> _one("local housing authorities"), _one("chief officers of police"), _one("persons")
    ('local housing authority', 'chief officer of police', 'person')
    """
    core, of, rest = words.partition(" for " if " for " in words.partition(" of ")[0] else " of ")
    front, space, head = core.rpartition(" ")
    if head in {"ministers", "commissioners", "commons", "lords"} and front in {"welsh", "scottish", "church"}:
        return words
    return f"{front}{space}{singular(head)}{of}{rest}"


def _kind(head: str, words: str, capital: bool) -> str:
    if words.startswith(tuple(TITLES_WITH_OF)) or is_agent_word(head):
        return AGENT
    if head == "general" and is_agent_word(words.split()[-2] if " " in words else ""):
        return AGENT  # "auditor general"
    if head in THING_HEADS or singular(head) in THING_HEADS or singular(head) in PROVISIONS:
        return THING
    return AGENT if capital else UNKNOWN


_IN_TITLES = frozenset({"of", "for", "the", "and"})
_ATTRIBUTIVE = WORDS["attributive"]
"""Nouns that stand in names before "and": "a police and crime commissioner"."""
_BEFORE_NAME = WORDS["before_name"]
_IN_NAMES = WORDS["name_possessives"]
"""Possessives that belong to a name: "the children's services authority", not "the authority's officer"."""
_LONGEST_NAME = 5
_LINKING = frozenset({"is", "are", "has", "have", "applies", "apply"})


@dataclass(slots=True)
class Context:
    """What was named so far in a section: mentions of agents in order, and the last sentence's subject."""

    mentions: list[Phrase] = field(default_factory=list)
    subject: Phrase | None = None
    agent: Phrase | None = None
    acting: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)

    def take(self, subject: Phrase) -> None:
        """Take note of a clause's subject."""
        if subject.kind == AGENT:
            self.noted.clear()
        elif subject.kind == THING:
            self._read_noted()
        if subject.kind in {AGENT, THING}:
            self.subject = subject
        if subject.kind == AGENT:
            self.agent = subject
            self.acting.append(subject.words)

    def note(self, words: str) -> None:
        """Take note of a sentence without a norm; its subject is read when a pronoun asks for it."""
        self.noted.append(words)

    def _read_noted(self) -> None:
        waiting, self.noted = self.noted, []
        for words in waiting:
            tokens = tokenize(mask(words[:160]))
            verbs = (at for at, token in enumerate(tokens) if at and token.low in _LINKING)
            at = next(verbs, None)
            if at is not None:
                self.take(phrase(tokens, 0, at))

    def hear(self, words: str) -> None:
        """Take note of a sentence; it is read for mentions when somebody asks."""
        self.unread.append(words)

    def known(self) -> list[Phrase]:
        """Return the agents named so far, oldest first."""
        for words in self.unread:
            self.mentions.extend(mentions(words))
        self.unread.clear()
        return self.mentions

    def holder(self, found: Phrase, before: str, verb: str) -> tuple[str | None, str]:
        """Return the holder for a subject, and how it was found.

        Args:
            found: the subject's core.
            before: the words of the sentence before the subject.
            verb: the verb of the action, which decides where the subject's noun is not known.
        """
        if found.kind == PRONOUN or found.words in _OBJECTS:
            return self._of_pronoun(_OBJECTS.get(found.words, found.words), before, verb)
        if (
            not found.words
            or found.kind == THING
            or (found.kind == UNKNOWN and found.words not in self.terms and verb not in _PERSONAL)
        ):
            return None, "no agent"
        if found.is_short:
            longer = self._longer(found, before)
            if longer:
                return longer, "short form"
        return found.words, "stated"

    def _longer(self, found: Phrase, before: str) -> str | None:
        """Find the fuller name a short form stands for: the nearest for "that"; for "the" that which acts most often,
        of such the last to act, then the one named most often."""
        head = singular(found.head)
        near = [one for one in mentions(before) if singular(one.head) == head]
        if near and near[-1].words == head and near[-1].determiner in {"a", "an", "any", "each", "every"}:
            return None
        named = [
            one
            for one in [*self.known(), *mentions(before)]
            if one.words.endswith(" " + head) and head not in {"person", "individual", "member", "body", "party"}
        ]
        if head == "court":  # from which an appeal lies, not to which
            named = [one for one in named if not one.appealed or one.words in self.acting]
        known = [one.words for one in named]
        if not known or (found.named and self._comes_first(found.words, known[0])):
            return None
        if found.determiner in {"that", "those", "such"} or head not in {"authority", "council"}:
            return known[-1]
        acting = [*self.acting, *(one.words for one in named if one.leads)]
        last = {words: at for at, words in enumerate(acting)}
        return max(
            known, key=lambda words: (acting.count(words), last.get(words, 0), known.count(words), -known.index(words))
        )

    def _comes_first(self, words: str, other: str) -> bool:
        """Say whether a name was used before another that ends like it: "the Council", then "the Privy Council"."""
        order = [one.words for one in self.known()]
        return words in order and (other not in order or order.index(words) < order.index(other))

    def _of_pronoun(self, word: str, before: str, verb: str) -> tuple[str | None, str]:
        if word in {"it", "they"} and verb in _SAID_BY_TEXTS and _is_of_text(before):
            return None, "pronoun"
        if self.agent is not None and _DOING_SO.search(before) and _fits(word, self.agent):
            return self._full(self.agent), "pronoun"
        nearest = _CONDITION_BEFORE.findall(before)
        here = [one for one in mentions(nearest[-1]) if _fits(word, one) and one.determiner != "no"] if nearest else []
        here = here or [one for one in mentions(before) if _fits(word, one) and one.determiner != "no"]
        if here and not re.match(
            rf"(?:if|where|when|unless|before|after|once|on)\b.{{0,12}}\b{word}\b{_DUMMY}", before, re.I
        ):
            subjects = [one for one in here if one.leads]
            return self._full((subjects or here)[0]), "pronoun"
        self._read_noted()
        if self.subject is not None:
            if self.subject.kind == AGENT and _fits(word, self.subject):
                return self._full(self.subject), "pronoun"
            thing = self.subject.kind in {THING, UNKNOWN} and self.subject.plural == (word == "they")
            if thing and word in {"it", "they"}:
                return None, "pronoun"
        if self.agent is not None and _fits(word, self.agent):
            return self._full(self.agent), "pronoun"
        known = [one for one in self.known() if _fits(word, one)]
        return (self._full(known[-1]), "pronoun") if known else (None, "pronoun")

    def _full(self, one: Phrase) -> str:
        short = Phrase(one.words, one.head, one.kind, "the")
        return (self._longer(short, "") if short.is_short else None) or one.words


_CONDITION_BEFORE = re.compile(r"[;…] (?:and|but),? ((?:if|where|when|unless)\b[^;…]*)", re.I)
"""The condition that begins the part of a sentence before a pronoun: "…; and, if the board is satisfied, they may"."""


_DUMMY = (
    r"(?! (?:is|was|would be) (?:not )?(?:\w+ly )?(?:practicable|possible|necessary|appropriate|desirable|expedient)\b)"
)
"""After "it" these say that "it" stands for nobody: "where it is not practicable for the board to act"."""
_DOING_SO = re.compile(r"\b(?:if|where|when) (?:he|it|they) (?:does|do) so, ?$", re.I)
"""After this the one who does so is meant: "the officer may defer it, and, if he does so, he shall tell the owner"."""


def _is_of_text(before: str) -> bool:
    """Say whether an if-clause is about what a document says: "if a scheme provides for members, it must …"."""
    found = _TEXT_SAYS.match(before)
    if found is None:
        return False
    tokens = tokenize(mask(found[1]))
    return phrase(tokens, 0, len(tokens)).kind == THING


_SAID_BY_TEXTS = frozenset(
    {"provide", "specify", "state", "contain", "include", "set", "identify", "require", "describe"}
)
_TEXT_SAYS = re.compile(
    r"(?:if|where|when) ([^,;]{3,60}?) (?:provides?|contains?|specif(?:y|ies)|includes?|states?|requires?|sets?|"
    r"relates?)\b",
    re.I,
)


_NEVER_THEY = frozenset({"secretary of state", "lord chancellor", "attorney general", "minister"})
"""Offices that statutes call "he" where they use a pronoun."""


def _fits(pronoun: str, one: Phrase) -> bool:
    """Say whether a pronoun may stand for an agent."""
    if pronoun == "they" and one.words in _NEVER_THEY:
        return False
    head = singular(one.head.split()[0]) if one.head.startswith(("secretary", "chief")) else singular(one.head)
    if pronoun in {"he", "she", "him"}:
        return head not in COLLECTIVE or head in {"secretary", "minister", "commissioner"}
    if pronoun == "it":
        return head in COLLECTIVE
    return True


def mentions(words: str) -> list[Phrase]:
    """Return the agents that a text names, in order.

    >>> [one.words for one in mentions("If a local housing authority think that the owner of the house may act")]
    ['local housing authority', 'owner']
    >>> [one.words for one in mentions("the chief officer of police or the authority's officer")]
    ['chief officer of police', 'officer']
    """
    tokens = tokenize(mask(words))
    made: list[Phrase] = []
    leaves_out = "other than" in words
    for at, token in enumerate(tokens):
        if at and tokens[at - 1].low in ADVERBIAL and _is_acronym(token.text):
            made.append(Phrase(token.low, "body", AGENT, leads=True))
        elif (token.low in _MENTIONED or (at and token.text in _AS_NAMES)) and not _goes_on(tokens, at + 1):
            mention = _mention(tokens, at)
            if not leaves_out or not _is_left_out(tokens, at, len(mention.words.split())):
                made.append(mention)
    return made


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a name goes on: "a local *justice* area" and "a *prisoner* custody officer" do not begin with one."""
    if at >= len(tokens) or tokens[at].low in _NOT_LAST:
        return at < len(tokens)
    return at + 1 < len(tokens) and tokens[at + 1].low in _MENTIONED and _is_in_name(tokens[at], tokens[at - 1].low)


def _is_in_name(token: Token, before: str) -> bool:
    """Say whether a word may stand in a name behind a noun: no verb, unless none can follow a noun in the singular."""
    low = token.low
    small = low in PREPOSITIONS or low in DETERMINERS or low in CONJUNCTIONS or low in ADVERBS or low in OPENERS
    verbal = low in FINITE or low in AUXILIARIES or low in MODALS or is_participle(low)
    verbal = verbal or (low in VERBS and before != singular(before))
    return token.is_word and token.text.islower() and not (small or verbal or low in PRONOUNS or is_gerund(low))


def _is_acronym(text: str) -> bool:
    """Say whether a word is a body's name in capitals: "If *ISA* becomes aware"."""
    return len(text) > 2 and text.isalpha() and text.isupper()


def _is_left_out(tokens: Sequence[Token], head: int, length: int) -> bool:
    """Say whether words name whom the sentence leaves out: "a court, *other than a youth court*"."""
    first = head - length - 1
    return first >= 0 and any(
        tokens[at].low == "other" and tokens[at + 1].low == "than" for at in range(max(0, first - 1), first + 1)
    )


def _mention(tokens: Sequence[Token], head: int) -> Phrase:
    """Read a mention back from its head to the article."""
    first = head
    while first > 0 and head - first < _LONGEST_NAME:
        before = tokens[first - 1]
        if not before.is_word or before.low in _BEFORE_NAME or before.low in DETERMINERS or before.low in PRONOUNS:
            break
        if before.low in _IN_NAMES:
            first -= 1
            continue
        if before.low.endswith(("s’", "s'")) and first > 1 and tokens[first - 2].low in {"a", "an"}:
            first -= 1  # "a magistrates’ court": the article is not that of magistrates
            break
        if (before.low in VERBS and before.low not in _NAME_VERBS) or before.low.endswith(("’s", "'s", "’")):
            break
        if is_participle(before.low) and before.low not in _ADJECTIVAL:
            break
        first -= 1
    if _is_compound(tokens, first, head):
        first -= 2
    determiner = tokens[first - 1].low if first and tokens[first - 1].low in DETERMINERS else ""
    leads = first > 1 and tokens[first - 2].low in ADVERBIAL
    appealed = first > 2 and tokens[first - 2].low == "to" and tokens[first - 3].low.startswith("appeal")
    words = _one(_with_title(tokens, first, head + 1, len(tokens)))
    return Phrase(words, tokens[head].low, AGENT, determiner, leads, appealed)


def _is_compound(tokens: Sequence[Token], first: int, head: int) -> bool:
    """Say whether a name goes on before "and": "the crime and disorder committee", not "the owner and officer"."""
    if first < 3 or first == head or tokens[first - 1].low != "and":
        return False
    if tokens[first - 2].low in _ATTRIBUTIVE:
        return True
    if is_agent_word(tokens[first - 2].low):
        return False
    noun = tokens[first - 2].is_word and tokens[first - 2].low not in _ADJECTIVAL
    return noun and tokens[first - 3].low in DETERMINERS


_MENTIONED = (AGENT_HEADS | {singular(word) for word in AGENT_HEADS}) - WORDS["mentioned"]
_AS_NAMES = frozenset({"Executive", "Service", "Force", "Department"})
"""Of the words that are seldom agents these are names where they have a capital: "the Executive"."""
_NOT_LAST = _MENTIONED | {"area", "areas", "district", "districts"}
"""After these words of a name comes its head: "a local justice *area*" is nobody."""
_NAME_VERBS = frozenset(
    {
        "appropriate",
        "lay",
        "house",
        "housing",
        "rescue",
        "fire",
        "police",
        "light",
        "local",
        "enforcement",
        "fund",
        "trust",
        "land",
    }
)
