"""Plain words for what a norm says: the paper's verb and object are those of one norm that binds its holder.

The words of a statement and of a norm are mostly too different for a common share to tell ("hold the Chief Constable to
account for the performance of the force's officers", "scrutinise the Commissioner"). Here the norm's verb and the whole
object of that verb must stand in the statement, holder, kind and force must be the same, and no other norm may fit as
well. A near miss stays "not held": a wrong "agrees" would do harm.
"""

from __future__ import annotations

import re
from functools import cache

from ..citations.finding import find_citations
from ..citations.instruments import Instruments
from ..citations.uris import ID
from ..facts.model import Fact
from ..graph.names import name_words
from ..queries.results import Record
from .law import instrument_iri, instruments_of
from .model import Held
from .pool import in_force, is_holder, named_things, pool_of, share_of

_SAME = (
    frozenset(("prepare", "produce", "issue", "draw")),
    frozenset(("send", "submit", "supply")),
    frozenset(("scrutinise", "scrutinize")),
    frozenset(("cooperate", "co-operate")),
)
"""Verbs that papers use for one another; "make", "give" and "provide" say too little to be among them."""

_TELLING = ("scrutinise", "cooperate")
"""Verbs that tell the norm with whom it is toward, whatever else the sentence says."""

_END = re.compile(
    r",|;| (?:so that|so far|when|where|in accordance|for disclosure|on behalf|to help|with a view|in the manner|in "
    r"the light|at the"
    r"|at reasonable|leaving|that|for what|in particular|before|after|unless|by order|under|with the knowledge|and "
    r"make|and prepares?"
    r"|and publish|so as|on how|in all|through)\b"
)
_RECIPIENT = re.compile(r" to (?:the |every |each |all )?(?P<who>[A-Z][\w'-]*(?: (?:and |for |of )?[A-Z][\w'-]*)*)")
_EMPTY = frozenset(
    (
        "need",
        "regard",
        "due",
        "function",
        "duty",
        "statutory",
        "respective",
        "exercise",
        "force",
        "area",
        "each",
        "year",
        "relevant",
        "local",
        "other",
        "such",
        "behalf",
        "their",
        "including",
        "make",
        "them",
    )
)
"""Words that say too little to tell one object from another."""


def plain_match(held: Held, fact: Fact, kind: str) -> Record | None:
    """Return the one norm that says what a statement says in plain words; None if none or several do.

    Args:
        held: the graph, the paper and its day.
        fact: a duty or power that the paper puts down to the law; a denial has no plain match.
        kind: ``duty`` or ``power``.

    Returns:
        The norm, in force on the day, of the same kind and upon the same holder.
    """
    if fact.relation.startswith("hasNo"):
        return None
    basis = instrument_iri(held, fact.more.get("basis", ""))
    cited = {*_cited_beside(held, fact), *([basis] if basis else [])}
    found = []
    for norm, _words in pool_of(held).norms:
        if norm["kind"] != kind or not in_force(norm, held) or not _fits(held, fact, norm):
            continue
        if cited and not any(basis["iri"].startswith(f"{work}/") for basis in norm["basis"] for work in cited):
            continue
        if is_holder(held, fact, norm):
            found.append(norm)
    return _only(held, fact, found)


def another_object(fact: Fact, norm: Record) -> bool:
    """Say whether statement and norm have each a thing that the other has not: "veto the budget" and "the precept".

    Args:
        fact: the statement.
        norm: the norm that is most like it.

    Returns:
        Whether both have telling words of their own in the object of the verb; or one requires what the other requests.
    """
    verbs, said = _verbs(norm["action"]), _verbs(fact.object)
    if "require" in verbs ^ said and _ASKING & (verbs ^ said):
        return True
    acts = [word for verb in verbs | said for word in name_words(verb)]
    own = [word for word in name_words(fact.object) if word not in _EMPTY]
    _all, head = _head(norm["action"])
    text = f"{norm['action']} {norm['label']}"
    there = [*name_words(text), *name_words(text.replace("-", "")), *acts, *name_words(fact.subject)]
    here = [*name_words(f"{fact.object} {fact.object.replace('-', '')} {fact.subject}"), *acts]
    alone = [word for word in own if not _akin(word, there)]
    missing = [word for word in head - _EMPTY if len(word) > 3 and not _akin(word, here)]
    return bool(alone and missing) and 3 * len(alone) >= len(set(own) - set(acts))


def _akin(word: str, others: list[str]) -> bool:
    """Whether a word is among others, be it in another form: "reduction" and "reduce"."""
    return any(word == other or (len(word) > 4 and word[:5] == other[:5]) for other in others)


_ASKING = frozenset(("request", "invite", "ask"))


def _only(held: Held, fact: Fact, found: list[Record]) -> Record | None:
    """The likest of the norms that fit, if the others are of the same section or clearly less like it."""
    own = frozenset(name_words(fact.object))
    pool = pool_of(held)
    scored = sorted(
        (
            (share_of(pool, own, frozenset(name_words(norm["action"]))), -len(norm["action"]), norm["label"], norm)
            for norm in found
        ),
        key=lambda item: item[:3],
        reverse=True,
    )
    if not scored:
        return None
    best = scored[0][3]
    for share, _length, _label, other in scored[1:]:
        if _section(other) != _section(best) and share > scored[0][0] - 0.1:
            return None
    return best


def _section(norm: Record) -> str:
    """The section, or the paragraph of a schedule, on which a norm rests first."""
    path = norm["basis"][0]["iri"].removeprefix(ID).split("/") if norm["basis"] else [norm["label"]]
    return "/".join(path[:5])


def _fits(held: Held, fact: Fact, norm: Record) -> bool:
    """Whether the norm's verb and the whole of its object stand in the statement, and its recipient is not another."""
    verbs, words = _head(norm["action"])
    said = _verbs(fact.object)
    if not said & verbs:
        return False
    telling = said & verbs & set(_TELLING)
    if telling:
        return _toward(held, fact, norm, f"{fact.object} {fact.more.get('counterparty', '')}")
    own = frozenset(name_words(fact.object)) | frozenset(name_words(fact.subject))
    if not words or not words <= own or not words - _EMPTY:
        return False
    if len(words - _EMPTY) == 1:  # "prepare a report": the label must say on what, and the statement, too
        label = frozenset(_stems(norm["label"])) - frozenset(_stems(norm["action"]))
        if not label or not label <= frozenset(_stems(fact.object)):
            return False
    recipient = _RECIPIENT.search(fact.object)
    return not (norm["toward"] and recipient) or _toward(held, fact, norm, recipient["who"])


def _toward(held: Held, fact: Fact, norm: Record, said: str) -> bool:
    """Whether those toward whom the norm is are named: by the words of their name, or as members of their class."""
    for other in norm["toward"]:
        words = frozenset(name_words(str(other.get("label", ""))))
        if words and words <= frozenset(name_words(said)):
            return True
    name = re.sub(r"^.*?(?=[A-Z])", "", re.sub(r"'s .*$| in .*$", "", said))
    iris = {other.get("iri") for other in norm["toward"]}
    if named_things(held, name) & iris:
        return True
    stand_in = {**norm, "holders": [other for other in norm["toward"] if other.get("iri")]}
    return bool(stand_in["holders"]) and is_holder(held, _named(fact, name), stand_in)


def _named(fact: Fact, name: str) -> Fact:
    return Fact(fact.kind, name, fact.relation, fact.object, fact.locator, fact.quote, fact.rule)


def _cited_beside(held: Held, fact: Fact) -> set[str]:
    """The instruments that the passage of a statement cites itself; what an earlier one cites does not bind it."""
    key = f"cited beside {fact.passage}"
    if key not in held.cache:
        text = held.paper.passages[fact.passage].text if fact.passage < len(held.paper.passages) else ""
        known = Instruments(instruments_of(held))
        held.cache[key] = {f"{ID}{item.work}" for item in find_citations(text, known) if item.work}
    cited: set[str] = held.cache[key]
    return cited


@cache
def _head(action: str) -> tuple[frozenset[str], frozenset[str]]:
    """The verbs of an action and the words of its object, up to where it says how, when or why.

    >>> verbs, words = _head("veto the proposed precept")
    >>> sorted(verbs), sorted(words)
    (['veto'], ['precept', 'proposed'])
    """
    arranged = re.match(r"arrange for (?:each |the )?(?P<what>[\w ]+?) to be (?P<verb>\w+?)(?:ed|d)\b", action)
    if arranged:
        return frozenset((arranged["verb"],)), frozenset(name_words(arranged["what"]))
    first = _END.split(action)[0]
    verbs = _verbs(first)
    if verbs & {"send", "give"}:
        first = re.sub(r" to (?:the|every|each|all) .*$", "", first)  # to whom is looked at apart
    return verbs, frozenset(name_words(first)) - {word for verb in verbs for word in name_words(verb)} - {
        "act",
        "operation",
    }


def _verbs(action: str) -> frozenset[str]:
    """The verb or verbs with which an action begins, each with those that papers use for it."""
    text = re.sub(r"^(?:also|then|jointly|annually|arrange to|work together to) ", "", action.lower())
    if re.match(r"act in co-?operation|co-?operate\b|work in co-?operation", text):
        return frozenset(("cooperate", "co-operate"))
    arranged = re.match(r"arrange for (?:each |the )?[\w ]+? to be (?P<verb>\w+?)(?:ed|d)\b", text)
    if arranged:
        return frozenset((arranged["verb"],))
    match = re.match(r"(?P<one>[a-z]+)(?:,? (?:and|or) (?P<two>[a-z]+))?(?=[ ,])", text)
    if not match or match["one"] in ("have", "be", "make", "take", "give", "act", "keep"):
        return frozenset()
    second = match["two"] if match["two"] and not text[match.end() :].startswith((" of", " and")) else None
    verbs = {verb for verb in (match["one"], second) if verb}
    return frozenset(verbs | {other for verb in verbs for group in _SAME if verb in group for other in group})


def _stems(text: str) -> list[str]:
    """Words cut to what "publication" and "published" have in common."""
    ending = re.compile(r"(?:ication|ish|ed|ing|ation|ly|s|e)$")
    return [ending.sub("", ending.sub("", word)) for word in name_words(text)]
