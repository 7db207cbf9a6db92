"""The profiles of the law: instruments, provisions, and the duties, powers and prohibitions that rest on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..citations import split_citation, split_path
from ..dates import say_date
from ..errors import UnknownName
from ..graph.store import GraphStore
from ..ontology.namespaces import LEG
from .lookup import Found, describe
from .members import members
from .norms import resolved
from .profile_bodies import member_section, non_member_section
from .profile_parts import fact_section, in_force, linked_norms, norm_sections
from .profiles import Line, Profile, Section, Support, Words, words
from .results import VERBS, Record, Verdict
from .rows import Row, run
from .supports import load_support, norm_line, norm_support, norm_words, parts_of
from .things import citation_order


def instrument_profile(store: GraphStore, found: Found, area: str | None, on: date) -> Profile:
    """Return an Act or instrument: its provisions as far as held, and the norms that rest on them."""
    rows = sorted(run(store, "provisions", {"thing": found.iri}), key=lambda row: citation_order(row["citation"]))
    rows = [row for row in rows if "provision" in row]
    norms = linked_norms(store, [row["provision"] for row in rows], ["basis"], on)
    return Profile(
        family="instrument",
        iri=found.iri,
        title=found.label,
        kind=found.kind_label,
        verdict="yes",
        as_at=on.isoformat(),
        message=f"{len(rows)} provisions held. What is not listed is not held, which says nothing of the law.",
        sections=(fact_section(store, found), _provisions(rows), *norm_sections(norms)),
    )


def _provisions(rows: Sequence[Row]) -> Section:
    lines = []
    for row in rows:
        about = [words(row["about"])] if "about" in row else []
        rests = ", ".join(f"{row[name]} {name}" for name in ("norms", "rules") if row[name] != "0")
        support = Support(
            valid_from=row.get("validFrom"),
            valid_until=row.get("validUntil"),
            checked=row.get("checkedOn", ""),
            note="; ".join(filter(None, (row.get("note"), _commenced(row)))),
        )
        place = split_citation(row["citation"])[1] or row["citation"]
        cells = ((words(place, row["provision"]),), tuple(about), (words(rests),) if rests else ())
        lines.append(Line(cells, support))
    return Section("provisions", "Provisions", ("provision", "about", "rests on it"), tuple(lines))


def _commenced(row: Row) -> str:
    return f"brought into force by {row['commencedBy']}" if "commencedBy" in row else ""


def provision_profile(store: GraphStore, iri: str, on: date) -> Profile:
    """Return a provision with those beneath it: what it is about, when it was in force, and what rests on it.

    Raises:
        UnknownName: if neither it nor a provision beneath it is held; the message has the nearest.
    """
    path = split_path(iri.removeprefix(LEG))
    instrument = LEG + path[0]
    rows = [row for row in run(store, "provisions", {"thing": instrument}) if "provision" in row]
    own = next((row for row in rows if row["provision"] == iri), None)
    held = [row for row in rows if row is own or row["provision"].startswith(iri + "/")]
    if not held:
        raise UnknownName(_nearest(path, rows))
    held.sort(key=lambda row: citation_order(row["citation"]))
    title = own["citation"] if own else _cite(held[0]["citation"], path[1])
    iris = [row["provision"] for row in held]
    above = describe(store, [instrument])
    begun = _in_force(own or held[0], on)
    return Profile(
        family="provision",
        iri=iri,
        title=title,
        kind="provision" if own else "provision, of which parts are held",
        verdict="yes" if begun else "not_in_force",
        as_at=on.isoformat(),
        message="" if begun else f"Not in force on {say_date(on)}, as far as its dates are held.",
        sections=(
            _about(store, own, above),
            *([_provisions(held)] if len(held) > 1 or own is None else []),
            *norm_sections(linked_norms(store, iris, ["basis"], None)),
            _rests(store, iris),
        ),
    )


def _in_force(row: Row, on: date) -> bool:
    return row.get("validFrom", "") <= on.isoformat() < row.get("validUntil", "9999")


def _cite(citation: str, path: str) -> str:
    """Cite a provision that is not held itself after one beneath it."""
    instrument, _place = split_citation(citation)
    kind, *numbers = path.split("/")
    short = {"section": "s.", "regulation": "reg.", "article": "art.", "schedule": "Sch."}.get(kind, kind)
    return f"{instrument}, {short} {numbers[0] if numbers else ''}{''.join(f'({number})' for number in numbers[1:])}"


def _nearest(path: tuple[str, str], rows: Sequence[Row]) -> str:
    import difflib

    if not rows:
        return f"No provision of {path[0]} is held. A provision that is not held is a gap in dutygraph."
    paths = {split_path(row["provision"].removeprefix(LEG))[1]: row["citation"] for row in rows}
    close = difflib.get_close_matches(path[1], paths, n=3, cutoff=0)
    near = " · ".join(paths[item] for item in close)
    return f"{path[0]} has no {path[1]} in this register. Closest: {near}. A provision that is not held is a gap."


def _about(store: GraphStore, own: Row | None, above: dict[str, Found]) -> Section:
    lines = [Line(((words("part of"),), (words(instrument.label, iri),))) for iri, instrument in above.items()]
    if own:
        support = load_support(store, [own["provision"]]).get(own["provision"], Support())
        lines.insert(0, Line(((words("about"),), (words(own.get("about", "not held")),)), support))
        if "commencedBy" in own:
            lines.append(Line(((words("brought into force by"),), (words(own["commencedBy"]),))))
    return Section("about", "About", ("", ""), tuple(lines))


def _rests(store: GraphStore, iris: Sequence[str]) -> Section:
    """What rests on provisions besides norms."""
    norms = {norm["norm"] for norm in linked_norms(store, iris, ["basis"], None)}
    lines = []
    for row in run(store, "rests-on", {"provision": list(iris)}):
        if row["thing"] in norms:
            continue
        if "phrase" in row:
            said: tuple[Words, ...] = (words(row["classLabel"], row["class"], "among the"), words(row["phrase"]))
        else:
            said = (words(row["label"], row["thing"]),)
        lines.append(Line((said,)))
    heading = "Classes, partnerships, products and money that rest on it"
    return Section("rests", heading, ("what",), tuple(dict.fromkeys(lines)), folded=len(lines) > 30)


def norm_profile(store: GraphStore, iri: str, area: str | None, on: date) -> Profile:
    """Return a duty, power or prohibition: its holder for a place, since when, what before, and the evidence.

    Raises:
        UnknownName: if no norm has this IRI.
    """
    versions = [row["version"] for row in run(store, "revisions", {"norm": iri})]
    answer = resolved(store, versions or [iri], area, on)
    chain = answer.rows
    norm = next((held for held in chain if held["norm"] == iri), None)
    if norm is None:
        raise UnknownName(f"No duty, power or prohibition has the address {iri.rpartition('/')[2]}.")
    verdict: Verdict = "yes" if in_force(norm, on) else "not_in_force"
    return Profile(
        family="norm",
        iri=iri,
        title=norm["label"],
        kind=norm["kind"],
        verdict=verdict,
        as_at=on.isoformat(),
        message=_say_norm(norm, verdict, on),
        area=answer.details["area"],
        sections=(
            Section("norm", "What it says, in our words", ("what",), (norm_line(norm, holder=False),)),
            *_holders(store, norm, area, on),
            _details(norm),
            _versions(chain, iri),
        ),
        notes=tuple(answer.notes),
        needs_area=not area and any(item["type"] == "class" for item in norm["holders"]),
    )


def _say_norm(norm: Record, verdict: Verdict, on: date) -> str:
    who = "; ".join(item["label"] for item in norm["holders"])
    state = "" if verdict == "yes" else f"Not in force on {say_date(on)}. "
    return f"{state}{who[:1].upper()}{who[1:]} {VERBS[norm['kind']]} {norm['action']}."


def _holders(store: GraphStore, norm: Record, area: str | None, on: date) -> list[Section]:
    """Who holds it: for a place the members of each class that it names, each with its own law."""
    classes = [item for item in norm["holders"] if item["type"] == "class"]
    if not area or not classes or not norm["held_by"]:
        return [_named_holders(norm, area)]
    sections = []
    for item in classes:
        filled = members(store, item["iri"], area, on)
        held = member_section(filled)
        key, heading = f"holders-{item['iri'].rpartition('/')[2]}", f"Who holds it, here and then: {item['label']}"
        sections += [replace(held, key=key, heading=heading), non_member_section(filled)]
    return [replace(sections[0], key="holders"), *sections[1:]]


def _named_holders(norm: Record, area: str | None) -> Section:
    lines = [
        Line(((words(body["label"], body["iri"]), words(body["because"], label="because")),), verdict="yes")
        for body in norm["held_by"]
    ]
    named = Line(((Words(parts_of(norm["holders"])),),), norm_support(norm))
    if not lines:
        said = "No name is held for that place and day: a gap, not an answer that nobody is." if area else ""
        lead = said or "As the law names them. Choose a place to see which bodies they are there."
        return Section("holders", "Who holds it", ("who",), (named,), lead=lead)
    return Section("holders", "Who holds it, here and then", ("who",), tuple(lines))


_DETAILS = (
    ("toward", "to or with whom"),
    ("produces", "produces"),
    ("topics", "topics"),
    ("applies_in", "applies in"),
    ("only_in", "only in"),
)


def _details(norm: Record) -> Section:
    lines = [Line(((words(what),), (Words(parts_of(norm[name])),))) for name, what in _DETAILS if norm[name]]
    here = [body for item in norm["toward"] for body in item.get("bodies", [])]
    if here:
        lines.insert(1, Line(((words("that is, here"),), (Words(parts_of(here)),))))
    return Section("details", "More about it", ("", ""), tuple(lines))


def _versions(chain: Sequence[Record], iri: str) -> Section:
    """How it read before and after, the latest first."""
    if len(chain) < 2:
        return Section("versions", "Before and after", ("what", "who"), nothing="No other version of it is held.")
    ordered = sorted(chain, key=lambda norm: norm["valid_from"] or "", reverse=True)
    lines = []
    for norm in ordered:
        mark = (words("this one"),) if norm["norm"] == iri else ()
        lines.append(Line(((*mark, *norm_words(norm)), (Words(parts_of(norm["holders"])),)), norm_support(norm)))
    return Section("versions", "Before and after", ("what", "who"), tuple(lines))
