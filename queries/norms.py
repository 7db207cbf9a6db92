"""Who must, may or must not do what: duties, powers and prohibitions, found by words or by holder.

Norms name a class ("responsible authorities"); with an area the class is resolved to the bodies that are in it
there, on that date, each with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..citations import group_citations
from ..dates import say_date, say_interval
from ..errors import BadInput
from ..graph.indexes import indexes_beside
from ..graph.names import name_words
from ..graph.store import GraphStore
from ..ontology.namespaces import DG, ENGLAND, PROV, WALES
from .catalogue import question
from .lookup import Found, find
from .members import Scope, area_kinds, area_record, find_scope
from .memory import keep, recall, remembered
from .results import Answer, Record, Verdict
from .rows import Row, note_query, run
from .spelling import says_how_names_were_read

KINDS = ("duty", "power", "prohibition")
_GAP = "This is a gap in dutygraph, not an answer that there is none."
_ASKING = frozenset(
    re.findall(
        r"\w+",
        "who what which must may can shall should do does has have hold holds held holder duty duties power powers "
        "is are was were be where when by with at their not about",
    )
)
_LAW_SAYS = dict.fromkeys(("share", "sharing"), ("disclose", "disclosing", "disclosure", "supply"))
"""What the law calls an act that people call otherwise; to leave it out would be to miss law that is in force."""
_OTHER_WORDS = (
    "This is said only of what these words find; other words may find law that was in force. "
    "A partnership's or body's page lists all that is held of it."
)


_PLACES = {"s": "section", "reg": "regulation", "sch": "schedule", "para": "paragraph", "art": "article", "r": "rule"}
_PLACE = re.compile(r"\b(s|reg|sch|para|art|r)s?\.?\s*(?=\d)", re.IGNORECASE)
"""How citations write where in an instrument something stands."""


@dataclass(frozen=True)
class _Place:
    """A place for which classes are resolved: what was asked, and the scope of each class there."""

    asked: Found
    scopes: Mapping[str, Scope]
    bodies: Mapping[str, list[Record]]


@says_how_names_were_read
def who(store: GraphStore, text: str, area: str | None, on: date, kind: str | None = None) -> Answer:
    """Answer who must, may or must not do something.

    Args:
        store: the graph.
        text: what it is about, in any words ("serious violence", "partnership plan", "s. 17").
        area: where; None for the classes that the law names, unresolved.
        on: the day.
        kind: ``duty``, ``power`` or ``prohibition``; None for all.

    Returns:
        The norms in force on that day, the best match first; ``not_in_force`` if only norms of other days
        match; ``unknown`` if none does.
    """
    scores = _match(store, text)
    norms = load_norms(store, scores)
    answer = _answer(
        store,
        sorted(norms, key=lambda norm: (-scores[norm["norm"]], KINDS.index(norm["kind"]), _natural(norm))),
        area,
        on,
        kind,
        heading=f'Who must, may or must not: "{text}"',
        nothing=f'No duty, power or prohibition about "{text}" is held. {_GAP}',
    )
    if answer.verdict == "not_in_force":
        return replace(answer, notes=[*answer.notes, _OTHER_WORDS])
    return answer


@says_how_names_were_read
def duties(store: GraphStore, holder: str, area: str | None, on: date, kind: str | None = None) -> Answer:
    """Answer what a body, post, partnership or class must, may or must not do.

    Args:
        store: the graph.
        holder: its name.
        area: only what it holds for that area; None for everywhere.
        on: the day.
        kind: ``duty``, ``power`` or ``prohibition``; None for all.
    """
    found = find(store, holder, ["body", "class", "partnership"], on)
    reasons = _reasons(store, found, area, on)
    rows = run(store, "held-norms", {"holder": list(reasons)})
    norms = load_norms(store, {row["norm"] for row in rows})
    return _answer(
        store,
        sorted(norms, key=lambda norm: (KINDS.index(norm["kind"]), _natural(norm))),
        area,
        on,
        kind,
        heading=f"What {found.label} must, may and must not do",
        nothing=f"No duty, power or prohibition of {found.label} is held. {_GAP}",
        held_by={iri: {"iri": found.iri, "label": found.label, "because": why} for iri, why in reasons.items()},
        subject=found,
    )


@says_how_names_were_read
def resolved(store: GraphStore, iris: Sequence[str], area: str | None, on: date) -> Answer:
    """Return norms of any date with their holders resolved for a place on a day: ``rows``, ``details``, ``notes``.

    Args:
        store: the graph.
        iris: the norms.
        area: where; None leaves the classes unresolved.
        on: the day.
    """
    norms = load_norms(store, iris)
    asked = find(store, area, ["area"], on) if area else None
    place = _resolve(store, norms, area, on) if area else None
    for norm in norms:
        if _reaches(norm, place) and (asked is None or _applies(norm, _nations(store, asked, None))):
            _put_holders(norm, place, None)
    details = {"area": area_record(asked)}
    notes = _notes([norm for norm in norms if _in_force(norm, on)], place)
    return Answer("yes", on.isoformat(), "", "", "results", norms, details, notes)


def _reasons(store: GraphStore, found: Found, area: str | None, on: date) -> dict[str, str]:
    """Everything through which the holder holds norms, each with the reason: itself, and its classes."""
    reasons = {found.iri: "it is named itself"}
    if found.family == "class":
        return reasons
    if found.family == "partnership":
        reasons |= _reasons_of_partnership(store, found, on)
    rows = run(store, "classes-of", {"member": found.iri, "on": on})
    classes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        classes[row["class"]].append(row)
    for iri, held in classes.items():
        if area:
            scope = find_scope(store, area, area_kinds(store, iri), on)
            held = [row for row in held if row["area"] in {place.iri for place in scope.areas}]
        if held:
            reasons[iri] = _say_membership(held)
    return reasons


def _reasons_of_partnership(store: GraphStore, found: Found, on: date) -> dict[str, str]:
    """A partnership is no person in law: its members hold duties, and so does a group that is part of it."""
    reasons = {
        row["member"]: f"{row['label']}: its members hold it, each of them"
        + (f" ({row['citation']})" if "citation" in row else "")
        for row in run(store, "partnership-members", {"thing": found.iri, "on": on})
        if _holder_type(row["member"]) == "class"
    }
    for part in run(store, "partnerships-near", {"thing": found.iri}):
        if part["how"] == "has as a part":
            for row in run(store, "classes-of", {"member": part["other"], "on": on}):
                reasons[row["class"]] = f"{part['label']}, which is part of it, is one of the {row['classLabel']}"
    return reasons


def _say_membership(rows: Sequence[Row]) -> str:
    places = list(dict.fromkeys(row["areaLabel"] for row in rows))
    shown = ", ".join(places[:8]) + (f" and {len(places) - 8} more areas" if len(places) > 8 else "")
    capacity = next((f" {row['capacity']}" for row in rows if "capacity" in row), "")
    citations = "; ".join(group_citations(row["citation"] for row in rows))
    return f"it is one of the {rows[0]['classLabel']} for {shown}{capacity} ({citations})"


def load_norms(store: GraphStore, iris: Iterable[str]) -> list[Record]:
    """Return norms as records, in the shape that JSON has, without bodies resolved.

    Args:
        store: the graph.
        iris: which norms.
    """
    wanted = sorted(iris)
    known: dict[str, Record] = {iri: record for iri in wanted if (record := recall(store, ("norm", iri)))}
    missing = [iri for iri in wanted if iri not in known]
    for iri, record in (_read_norms(store, missing) if missing else {}).items():
        known[iri] = record
        keep(store, ("norm", iri), record)
    return [_copied(known[iri]) for iri in wanted if iri in known]


def _copied(record: Record) -> Record:
    """A record of the reader's own: bodies are put into it."""
    return {
        name: [dict(item) for item in value] if isinstance(value, list) else value for name, value in record.items()
    }


def _read_norms(store: GraphStore, wanted: Sequence[str]) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for row in run(store, "norms", {"norm": wanted}):
        record = records.setdefault(row["norm"], _norm_record(row))
        record["not_before"] = min(filter(None, (record["not_before"], row.get("madeOn"))), default=None)
    for row in run(store, "norm-links", {"norm": wanted}):
        if row["norm"] in records:
            _add_link(records[row["norm"]], row)
    for record in records.values():
        record["holder"] = record["holders"][0] if record["holders"] else None
    return records


def _norm_record(row: Row) -> Record:
    return {
        "norm": row["norm"],
        "kind": row["kind"].removeprefix(DG).lower(),
        "label": row["label"],
        "action": row["action"],
        "holder": None,
        "holders": [],
        "held_by": [],
        "toward": [],
        "condition": row.get("condition"),
        "produces": [],
        "deadline": row.get("deadline"),
        "frequency": row.get("frequency"),
        "in_part": row.get("inPart"),
        "basis": [],
        "valid_from": row.get("validFrom"),
        "valid_until": row.get("validUntil"),
        "not_before": row.get("madeOn"),
        "applies_in": [],
        "only_in": [],
        "topics": [],
        "evidence": row["evidence"].removeprefix(DG),
        "sources": [],
        "checked": row.get("checkedOn"),
        "revision_of": {"iri": row["revisionOf"], "label": row["revisionOfLabel"]} if "revisionOf" in row else None,
        "note": row.get("note"),
    }


_LINK_COLUMNS = {
    f"{DG}toward": "toward",
    f"{DG}produces": "produces",
    f"{DG}topic": "topics",
    f"{DG}appliesIn": "applies_in",
    f"{DG}confinedTo": "only_in",
    f"{PROV}wasDerivedFrom": "sources",
}


def _add_link(record: Record, row: Row) -> None:
    link, other = row["link"], {"iri": row["other"], "label": row["otherLabel"]}
    if link == f"{DG}basis":
        record["basis"].append({"citation": row["otherLabel"], "iri": row["other"]})
    elif link == f"{DG}holder":
        record["holders"].append({**other, "type": _holder_type(row["other"])})
    else:
        record[_LINK_COLUMNS[link]].append(other)


def _holder_type(iri: str) -> str:
    return iri.rsplit("/", 2)[-2]


def _answer(
    store: GraphStore,
    norms: Sequence[Record],
    area: str | None,
    on: date,
    kind: str | None,
    *,
    heading: str,
    nothing: str,
    held_by: Mapping[str, Record] | None = None,
    subject: Found | None = None,
) -> Answer:
    """Keep what is in force there and then, resolve the holders, and say what the answer is."""
    if kind and kind not in KINDS:
        raise BadInput(f'"{kind}" is no kind of norm. Kinds: {", ".join(KINDS)}.')
    norms = [norm for norm in norms if not kind or norm["kind"] == kind]
    asked = find(store, area, ["area"], on) if area else None
    nations = _nations(store, asked, subject)
    there = [norm for norm in norms if _applies(norm, nations)]
    current = [norm for norm in there if _in_force(norm, on)]
    place = _resolve(store, current, area, on) if area and asked else None
    elsewhere = [norm for norm in current if not _reaches(norm, place)]
    current = [norm for norm in current if norm not in elsewhere]
    for norm in current:
        _put_holders(norm, place, held_by)
    if norms and not there and asked:
        nothing = _say_elsewhere(norms, asked)
    verdict, message = _judge(current, there, elsewhere, on, nothing)
    return Answer(
        verdict=verdict,
        as_at=on.isoformat(),
        heading=heading + (f" — {asked.label}" if asked else "") + f" — on {say_date(on)}",
        message=message,
        rows_name="results",
        rows=current,
        details={
            "area": area_record(asked),
            "subject": {"iri": subject.iri, "label": subject.label} if subject else None,
            "held_as": [] if held_by is None else [item for iri, item in held_by.items() if _holds_any(current, iri)],
            "classes": _classes_here(current, place),
            "other_dates": [_brief(norm) for norm in there if not _in_force(norm, on)],
        },
        notes=_notes(current, place),
    )


def _classes_here(norms: Sequence[Record], place: _Place | None) -> list[Record]:
    """Every class that the norms name, with the bodies that are in it here and then."""
    if place is None:
        return []
    named = {item["iri"]: item["label"] for norm in norms for item in (*norm["holders"], *norm["toward"])}
    return [
        {"iri": iri, "label": label, "bodies": place.bodies[iri]}
        for iri, label in named.items()
        if place.bodies.get(iri)
    ]


def _holds_any(norms: Sequence[Record], holder: str) -> bool:
    return any(item["iri"] == holder for norm in norms for item in norm["holders"])


def _nations(store: GraphStore, asked: Found | None, subject: Found | None) -> set[str]:
    """The nations whose law counts: those of the place asked for, else of the places that the holder serves."""
    if asked is not None:
        return {row["nation"] for row in run(store, "nations", {"area": asked.iri})}
    served = run(store, "nations-served", {"thing": subject.iri}) if subject else []
    return {row["nation"] for row in served} or {ENGLAND, WALES}


def _applies(norm: Record, nations: set[str]) -> bool:
    return any(item["iri"] in nations for item in norm["applies_in"])


def _in_force(norm: Record, on: date) -> bool:
    """Say whether a norm was in force; one whose start is not held was not, before its instrument was made."""
    day = on.isoformat()
    return (norm["valid_from"] or norm["not_before"] or "") <= day < (norm["valid_until"] or "9999-12-31")


def _resolve(store: GraphStore, norms: Sequence[Record], area: str, on: date) -> _Place:
    """Resolve every class that the norms name to the bodies in it, for the area, on the date."""
    classes = {
        item["iri"]
        for norm in norms
        for item in (*norm["holders"], *norm["toward"])
        if _holder_type(item["iri"]) == "class"
    }
    scopes: dict[str, Scope] = {}
    by_kinds: dict[tuple[str, ...], Scope] = {}
    for iri in sorted(classes):
        kinds = tuple(sorted(area_kinds(store, iri)))
        if kinds not in by_kinds:
            by_kinds[kinds] = find_scope(store, area, kinds, on)
        scopes[iri] = by_kinds[kinds]
    bodies: dict[str, list[Record]] = defaultdict(list)
    places = {place.iri for scope in scopes.values() for place in scope.areas}
    rows = run(store, "class-holders", {"class": sorted(classes), "area": sorted(places), "on": on}) if places else []
    for row in rows:
        if row["area"] in {place.iri for place in scopes[row["class"]].areas}:
            _add_holder(bodies[row["class"]], row, several=len(scopes[row["class"]].areas) > 1)
    asked = find(store, area, ["area"], on)
    return _Place(asked, scopes, bodies)


def _add_holder(held: list[Record], row: Row, *, several: bool) -> None:
    label = f"{row['label']} ({row['capacity']})" if "capacity" in row else row["label"]
    reason = f"it is {row['phrase']}" + (f" ({row['areaLabel']})" if several else "")
    for record in held:
        if record["iri"] == row["member"] and record["label"] == label:
            if reason not in record["because"]:
                record["because"] += f"; {reason}"
            return
    held.append({"iri": row["member"], "label": label, "because": reason})


def _reaches(norm: Record, place: _Place | None) -> bool:
    """Say whether a norm confined to some areas reaches the place."""
    if not norm["only_in"] or place is None:
        return True
    only = {item["iri"] for item in norm["only_in"]}
    here = {place.asked.iri} | {area.iri for scope in place.scopes.values() for area in scope.areas}
    return bool(only & here)


def _put_holders(norm: Record, place: _Place | None, held_by: Mapping[str, Record] | None) -> None:
    for item in norm["holders"]:
        if held_by is not None:
            if item["iri"] in held_by and held_by[item["iri"]] not in norm["held_by"]:
                norm["held_by"].append(held_by[item["iri"]])
        elif item["type"] != "class":
            norm["held_by"].append({"iri": item["iri"], "label": item["label"], "because": "the law names it"})
        elif place is not None:
            norm["held_by"].extend(body for body in place.bodies.get(item["iri"], []) if body not in norm["held_by"])
    if place is not None:
        for item in norm["toward"]:
            held = place.bodies.get(item["iri"], [])
            if held:
                item["bodies"] = [{"iri": body["iri"], "label": body["label"]} for body in held]


def _judge(
    current: Sequence[Record], there: Sequence[Record], elsewhere: Sequence[Record], on: date, nothing: str
) -> tuple[Verdict, str]:
    if current:
        counts = {kind: sum(norm["kind"] == kind for norm in current) for kind in KINDS}
        plural = {"duty": "duties", "power": "powers", "prohibition": "prohibitions"}
        said = ", ".join(f"{count} {kind if count == 1 else plural[kind]}" for kind, count in counts.items() if count)
        return "yes", f"{said} in force."
    if elsewhere:
        places = ", ".join(dict.fromkeys(item["label"] for norm in elsewhere for item in norm["only_in"]))
        named = "; ".join(f"{norm['label']} ({norm['basis'][0]['citation']})" for norm in elsewhere[:3])
        return "not_in_force", f"Not in force there: on {say_date(on)} it is confined to {places}. {named}."
    if there:
        times = "; ".join(
            f"{norm['label']}: {say_interval(norm['valid_from'], norm['valid_until'])}" for norm in there[:3]
        )
        return "not_in_force", f"Not in force on {say_date(on)}. {times}."
    return "unknown", nothing


def _say_elsewhere(norms: Sequence[Record], asked: Found) -> str:
    """Say for which nations norms are held that do not apply in the place asked for."""
    nations = " and ".join(dict.fromkeys(item["label"] for norm in norms for item in norm["applies_in"]))
    named = dict.fromkeys(f"{norm['label']} ({norm['basis'][0]['citation']})" for norm in norms if norm["basis"])
    return (
        f"Held for {nations} only: {'; '.join(list(named)[:3])}. For {asked.label} nothing is held: "
        "the law does not reach it, or that is a gap in dutygraph."
    )


def _brief(norm: Record) -> Record:
    return {name: norm[name] for name in ("norm", "kind", "label", "basis", "valid_from", "valid_until")}


def _notes(norms: Sequence[Record], place: _Place | None) -> list[str]:
    notes = []
    unchecked = sum(not norm["checked"] for norm in norms)
    if unchecked:
        notes.append(f"Unchecked: {unchecked} of {len(norms)} have not yet been checked against the provision.")
    if place:
        hows = dict.fromkeys(scope.how for scope in place.scopes.values() if scope.how)
        notes += [f"{how}." for how in hows]
        empty = [
            item["label"]
            for norm in norms
            for item in norm["holders"]
            if item["type"] == "class" and not place.bodies.get(item["iri"])
        ]
        if empty:
            names = ", ".join(dict.fromkeys(empty))
            notes.append(
                f"The law names a class, and no name is held for {place.asked.label}: {names}. "
                "That is a gap, not an answer that nobody is in it."
            )
    return notes


def _natural(norm: Record) -> tuple[tuple[int, int, str], ...]:
    """Order by citation as a lawyer reads: s. 6 before s. 17."""
    citation = norm["basis"][0]["citation"] if norm["basis"] else ""
    return tuple(
        (1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.split(r"(\d+)", citation) if part
    )


def _match(store: GraphStore, text: str) -> dict[str, int]:
    """Score norms by the words they share with the question; all words must be found, or most if none has all."""
    asked = _words(text)
    words = {word for word in asked if word not in _ASKING} or set(asked)
    if not words:
        raise BadInput("Say in a word or two what it is about, for example: serious violence")
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    whole: dict[str, int] = defaultdict(int)
    texts, rows = remembered(store, ("words", "norms"), lambda: _read_words(store))
    vocabulary = frozenset().union(*texts.values())
    alike = {word: {other for other in vocabulary for meant in _meant(word) if _same(meant, other)} for word in words}
    hits = {text: {word for word in words if not alike[word].isdisjoint(held)} for text, held in texts.items()}
    for norm, weight, text in rows:
        for word in hits[text]:
            found[norm][word] = max(found[norm][word], weight)
        if len(hits[text]) == len(words):
            whole[norm] = max(whole[norm], weight)
    full = {norm: sum(hits.values()) + 10 * whole[norm] for norm, hits in found.items() if len(hits) == len(words)}
    if full or len(words) < 3:
        return full
    most = max((len(hits) for hits in found.values()), default=0)
    return {norm: sum(hits.values()) for norm, hits in found.items() if len(hits) == most and most * 2 > len(words)}


def _read_words(store: GraphStore) -> tuple[dict[str, frozenset[str]], list[tuple[str, int, str]]]:
    """The telling words of every text that norms are found by, and which norm has which text at what weight."""
    texts: dict[str, frozenset[str]] = {}
    rows = []
    for row in _norm_words(store):
        if row["words"] not in texts:
            texts[row["words"]] = frozenset(_words(row["words"]))
        rows.append((row["norm"], int(row["weight"]), row["words"]))
    return texts, rows


def _norm_words(store: GraphStore) -> Iterable[Row]:
    """What norms are found by: from the read index where there is one, which leaves a national extract out.

    An extract is a thousand times the register, was checked by nobody, and is asked by ``search`` and ``extract``.
    """
    indexes = indexes_beside(store)
    if not indexes:
        return run(store, "norm-words")
    note_query(question("norm-words").sparql)
    return (
        {"norm": norm, "weight": weight, "words": words}
        for index in indexes
        if index.has_norms
        for norm, weight, words in index.database.execute("SELECT norm, weight, words FROM said")
    )


def _words(text: str) -> list[str]:
    """The telling words of a text; "s. 17" and "section 17" have the same."""
    return name_words(_PLACE.sub(lambda match: _PLACES[match[1].lower()] + " ", text))


def _meant(word: str) -> tuple[str, ...]:
    """The word that was asked for, and what the law says for the same act."""
    return word, *(other for said, others in _LAW_SAYS.items() if _same(word, said) for other in others)


def _same(word: str, other: str) -> bool:
    """Say whether two words are the same but for their ending."""
    if word == other:
        return True
    shorter, longer = (word, other) if len(word) < len(other) else (other, word)
    return len(shorter) >= 4 and longer.startswith(shorter) and len(longer) - len(shorter) <= 4
