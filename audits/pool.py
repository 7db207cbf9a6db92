"""The norms that the graph holds, as an audit asks them: their telling words, holders, force and provisions."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from ..errors import DutyGraphError
from ..facts.model import Fact
from ..facts.posts import names_another
from ..graph.names import name_words
from ..queries.lookup import candidates, find
from ..queries.norms import load_norms
from ..queries.results import Record
from ..queries.rows import run
from .model import Held


@dataclass(frozen=True)
class Pool:
    """Norms with their telling words, and how much each word tells."""

    norms: list[tuple[Record, frozenset[str]]]
    weight: dict[str, float]


def share_of(pool: Pool, own: frozenset[str], words: frozenset[str]) -> float:
    """The weighed words in common, against the mean of both sides (Dice)."""
    both = sum(pool.weight.get(word, 0.0) for word in own & words)
    total = sum(pool.weight.get(word, pool.weight[""]) for word in own) + sum(pool.weight[word] for word in words)
    return 2 * both / total if total else 0.0


def pool_of(held: Held) -> Pool:
    """Return the norms that apply in the paper's nation, with their words; made once for a paper."""
    if "norms" not in held.cache:
        iris = [row["norm"] for row in run(held.store, "norm-words")]
        nations = _nations(held)
        norms = [
            (norm, frozenset(name_words(norm["action"])))
            for norm in load_norms(held.store, list(dict.fromkeys(iris)))
            if not nations or any(place["iri"] in nations for place in norm["applies_in"])
        ]
        counts = Counter(word for _norm, words in norms for word in words)
        weight = {word: math.log((1 + len(norms)) / count) for word, count in counts.items()}
        held.cache["norms"] = Pool(norms, {**weight, "": math.log(1 + len(norms)) / 2})
    pool: Pool = held.cache["norms"]
    return pool


def _nations(held: Held) -> set[str]:
    """The nations in which the paper's area lies; none if that is not held, and then norms of all are compared."""
    try:
        area = find(held.store, held.area, ["area"], held.on) if held.area else None
    except DutyGraphError:
        area = None
    return {row["nation"] for row in run(held.store, "nations", {"area": area.iri})} if area else set()


def is_holder(held: Held, fact: Fact, norm: Record) -> bool:
    """Whether the paper's holder is the norm's: by name, or as member of the class that the norm binds."""
    iris = {holder["iri"] for holder in norm["holders"]}
    named = named_things(held, fact.subject)
    if named & iris:
        return True
    members, day = {iri for iri in named if "/class/" not in iri}, held.on.isoformat()
    rows = run(held.store, "class-memberships", {"class": iris, "member": members}) if members and iris else []
    return any(row.get("validFrom", "") <= day < row.get("validUntil", "9999") for row in rows)


def named_things(held: Held, name: str) -> set[str]:
    """Return the classes, bodies and partnerships that a name may stand for, none of them another post."""
    key = f"named {name}"
    if key not in held.cache:
        found: set[str] = set()
        for family in ("class", "body", "partnership"):
            try:
                things = candidates(held.store, name, [family], held.on)
            except DutyGraphError:
                continue
            found |= {thing.iri for thing in things if not names_another(name, thing.label)}
        held.cache[key] = found
    return set(held.cache[key])


def rests_on(norm: Record, work: str) -> bool:
    """Say whether a norm rests on a provision of an instrument."""
    return any(basis["iri"].startswith(work + "/") for basis in norm["basis"])


def in_force(norm: Record, held: Held) -> bool:
    """Say whether a norm was in force on the paper's day."""
    day = held.on.isoformat()
    return (norm["valid_from"] or "") <= day < (norm["valid_until"] or "9999")


def cited_as(norm: Record) -> str:
    """Return the first provision on which a norm rests, as it is cited."""
    return str(norm["basis"][0]["citation"] if norm["basis"] else norm["label"])


def holder_label(norm: Record) -> str:
    """Return the name of whom a norm binds."""
    return str(norm["holder"]["label"] if norm["holder"] else "nobody named")


def must_or_may(norm: Record) -> str:
    """Return the word for the kind of a norm."""
    return {"duty": "must", "power": "may", "prohibition": "must not"}[norm["kind"]]
