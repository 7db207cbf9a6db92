"""The words the grammar of norms knows: modals, openers of subordinate clauses, verbs, agents, things.

Small hand-made lists; forms are derived, not listed. What is not listed is decided by position (the word after a
modal is a verb) and by ending. Nothing here comes from one Act.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8")).items()
}
"""The word lists of ``words.toml``, by name."""

MODALS = frozenset({"must", "shall", "may"})

AUXILIARIES = WORDS["auxiliaries"]
"""Finite verbs that close a subordinate clause; the modals close one as well."""

OPENERS = WORDS["openers"]
"""Words that always open a subordinate clause. ``that`` and ``as`` open one in some places only: see clauses."""

ADVERBIAL = WORDS["adverbial"]
"""Openers whose clause ends at a comma: "if X is so, Y must …"."""

SINCE_WHEN = frozenset({"before", "after", "since"})
"""Openers before a clause ("before they enter"), prepositions before a noun ("before the end of")."""

PREPOSITIONS = WORDS["prepositions"]

DETERMINERS = WORDS["determiners"]

PRONOUNS = WORDS["pronouns"]

ADVERBS = WORDS["adverbs"]

CONJUNCTIONS = WORDS["conjunctions"]

PARTICIPLES = WORDS["participles"]
"""Past participles that do not end in -ed."""


VERBS = WORDS["verbs"]

NOUN_LIKE = WORDS["noun_like"]
"""Verb forms that are as often nouns or adjectives: they count as verbs only where a verb must stand."""

AGENT_HEADS = WORDS["agent_heads"]
"""Heads of phrases that name somebody who can act. Words in -er and -or not listed as things count too."""

THING_HEADS = WORDS["thing_heads"]
"""Heads that name documents, things and events: they hold no norm, whatever their ending."""

PROVISIONS = WORDS["provisions"]
"""Subjects of sentences about the text itself ("section 3 shall apply"), which are never norms."""

TITLES_WITH_OF = (
    "national assembly for wales",
    "secretary of state",
    "secretaries of state",
    "chief officer of police",
    "chief officers of police",
    "justice of the peace",
    "justices of the peace",
    "mayor of london",
    "commissioner of police",
    "court of appeal",
    "court of session",
    "registrar of companies",
    "officer of revenue and customs",
    "commissioners for her majesty",
    "minister of the crown",
    "ministers of the crown",
    "chancellor of the exchequer",
    "clerk of the parliaments",
    "house of parliament",
    "houses of parliament",
    "house of commons",
    "house of lords",
    "director of public prosecutions",
    "regulator of social housing",
    "lord chief justice",
    "council of a county",
    "council of the isles of scilly",
    "bank of england",
    "department of the environment",
    "master of the rolls",
    "members of the public",
    "member of the public",
    "provider of social housing",
    "registered provider of social housing",
    "private registered provider of social housing",
    "council of the county",
    "council of a district",
    "director of children",
    "officer of a provider",
    "provider of probation services",
    "chief inspector of constabulary",
    "chief inspector of",
    "inspector of constabulary",
    "governor of a prison",
    "department of justice",
)
"""Titles that hold an "of" within: cutting there would leave another office."""

COLLECTIVE = WORDS["collective"]
"""Agents that "it" may stand for."""


@cache
def third_person(verb: str) -> str:
    """Return the form in -s.

    >>> third_person("apply"), third_person("discharge"), third_person("publish")
    ('applies', 'discharges', 'publishes')
    """
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s")


FINITE = frozenset(third_person(verb) for verb in VERBS - NOUN_LIKE) | WORDS["finite"]
"""Forms in -s that are verbs and nothing else: they close a subordinate clause."""

NOUNS_IN_S = frozenset(third_person(verb) for verb in NOUN_LIKE)
"""Plurals of nouns that are as often verbs: "a place where *copies* may be had"."""

FINITE_AFTER_RELATIVE = frozenset(third_person(verb) for verb in VERBS) | VERBS
"""Forms that are verbs directly after who, which, that, he, it or they."""


@cache
def is_participle(word: str) -> bool:
    """Say whether a word can be a past participle.

    >>> is_participle("served"), is_participle("given"), is_participle("need")
    (True, True, False)
    """
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > 4 and not word.endswith("eed"))


@cache
def is_gerund(word: str) -> bool:
    """Say whether a word is the form of a verb in -ing, not a noun.

    >>> is_gerund("making"), is_gerund("bring"), is_gerund("hearing")
    (True, False, False)
    """
    return word.endswith("ing") and word not in VERBS and word not in WORDS["nouns_in_ing"] and len(word) > 5


@cache
def singular(word: str) -> str:
    """Return a noun without its plural ending.

    >>> [singular(word) for word in ("authorities", "councils", "bodies", "premises", "witnesses", "bus", "seamen")]
    ['authority', 'council', 'body', 'premises', 'witness', 'bus', 'seaman']
    """
    if word in {"premises", "works", "means", "series", "proceedings", "police", "goods", "news"}:
        return word
    if word == "children":
        return "child"
    if word.endswith("men") and word[:-2] + "an" in AGENT_HEADS:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


@cache
def is_agent_word(word: str) -> bool:
    """Say whether a head noun names somebody who can act.

    >>> [is_agent_word(word) for word in ("authority", "inspector", "order", "notice", "lessees")]
    [True, True, False, False, True]
    """
    word = word.lower()
    if word in ADVERBS:
        return False
    one = singular(word)
    if word in AGENT_HEADS or one in AGENT_HEADS:
        return True
    if word in THING_HEADS or one in THING_HEADS or one in PROVISIONS:
        return False
    return len(one) > 4 and one.endswith(("er", "or", "ee", "ist", "man"))
