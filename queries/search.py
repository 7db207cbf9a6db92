"""Find anything by plain words: duties, provisions, bodies, partnerships, classes, products, Acts, places, sources.

What a person has held against the law comes before what a program extracted, and each hit says its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..dates import say_date
from ..errors import BadInput
from ..graph.indexes import Found, Hit, find_words, match_expressions, open_indexes
from ..graph.store import GraphStore
from ..graph.words import BY_LIST, BY_MODEL, BY_RULE, CURATED, KINDS
from .results import Answer, Record
from .rows import note_query

FOUND_KINDS = tuple(dict.fromkeys(KINDS.values()))
"""The words for the kinds of thing that can be found."""

LIMIT = 25
"""How many hits are shown unless more are asked for."""

_HOW = {
    CURATED: "curated",
    BY_RULE: "extracted by rules",
    BY_MODEL: "extracted by a model",
    BY_LIST: "named in a list",
}


def search(store: GraphStore, text: str, on: date, kinds: Sequence[str] = (), limit: int = LIMIT) -> Answer:
    """Answer what there is about some words.

    Args:
        store: the graph.
        text: the words; "in quotes" a phrase, with a star at its end a beginning of words.
        on: the day of asking; hits that were not in force on it say so and stay.
        kinds: only things of these kinds, of :data:`FOUND_KINDS`.
        limit: how many hits to show.

    Returns:
        Rows named "hits": ``iri``, ``kind``, ``label``, ``about``, ``law``, ``evidence``, ``how`` (curated,
        extracted by rules, extracted by a model, named in a list), ``layer`` (which source it came with),
        ``valid_from``, ``valid_until``; ``details`` has ``total``, and ``at_least``: whether there are more than
        that. ``unknown`` if nothing is found.

    Raises:
        BadInput: if there is no word in the text, or a kind is unknown.
    """
    for kind in kinds:
        if kind not in FOUND_KINDS:
            raise BadInput(f'"{kind}" is no kind of thing. Kinds: {", ".join(FOUND_KINDS)}.')
    if not any(letter.isalnum() for letter in text):
        raise BadInput("Say in a word or two what to look for, for example: serious violence")
    if limit < 1:
        raise BadInput("The limit must be 1 or more.")
    note_query("# asked of the read index beside the graph (SQLite, FTS5), the first of these that finds something:")
    for match in match_expressions(text):
        found_by = f"words MATCH '{match}' ORDER BY rank"
        note_query(f"# SELECT * FROM words JOIN thing ON thing.id = words.rowid & 4294967295 WHERE {found_by}")
    found = find_words(open_indexes(store), text, kinds, limit)
    return Answer(
        verdict="yes" if found.hits else "unknown",
        as_at=on.isoformat(),
        heading=f'What is held about "{text}"',
        message=_say_count(found, text, on),
        rows_name="hits",
        rows=[_record(hit) for hit in found.hits],
        details={"total": found.total, "at_least": found.at_least},
        notes=_notes(found.hits),
    )


def _record(hit: Hit) -> Record:
    return {
        "iri": hit.iri,
        "kind": hit.kind,
        "label": hit.label,
        "about": hit.about,
        "law": hit.law,
        "evidence": hit.evidence,
        "how": _HOW[hit.tier],
        "layer": hit.layer,
        "valid_from": hit.valid_from,
        "valid_until": hit.valid_until,
    }


def _say_count(found: Found, text: str, on: date) -> str:
    hits, total = found.hits, found.total
    if not hits:
        return f'Nothing about "{text}" is held. This is a gap in dutygraph, not an answer that there is none.'
    day = on.isoformat()
    ended = sum(hit.valid_until is not None and hit.valid_until <= day for hit in hits)
    shown = f"{total:,} found." if total <= len(hits) else f"{total:,} found, the best {len(hits)} shown."
    if found.at_least:
        shown = (
            f"More than {total:,} found, {len(hits)} shown: holders of that name first, then the shortest texts. "
            "One more word narrows them down."
        )
    return shown + (f" {ended} of them had ended by {say_date(on)}." if ended else "")


def _notes(hits: Sequence[Hit]) -> list[str]:
    notes = []
    for tier, who in ((BY_RULE, "a program's rules"), (BY_MODEL, "a language model")):
        count = sum(hit.tier == tier for hit in hits)
        if count:
            notes.append(
                f"{count} of these were extracted from texts by {who} and checked by nobody: read the provision."
            )
    return notes
