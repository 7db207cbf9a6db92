"""A map in the making: collects things and the facts that link them, then describes every thing at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

from ..dates import say_date
from ..graph.networks import (
    HOLDS,
    LIES_IN,
    PART_OF,
    REPORTS_TO,
    SERVES,
    SITS_ON,
    STATUTORY,
    TOWARD,
    Basis,
    Edge,
    Network,
    Node,
    Strip,
    Support,
    widen,
)
from ..graph.store import GraphStore
from ..ontology.namespaces import DCTERMS, DG, ID, PROV, RDFS, SKOS
from .lookup import Found, describe
from .results import Record
from .rows import Row, run

_BAND_OF_AREA = {
    "Country": "nation",
    "Region": "service",
    "HealthArea": "service",
    "ProbationArea": "service",
    "CombinedAuthorityArea": "service",
    "MetropolitanCounty": "service",
    "PoliceArea": "police",
    "FireArea": "police",
    "County": "county",
    "UpperTierArea": "county",
    "YouthJusticeArea": "county",
}
"""In which tier an area of a kind stands; the other kinds are districts and the like."""

_BAND_ORDER = ("nation", "service", "police", "county", "district")
_LANES = {"class": "law", "partnership": "partnership", "area": "place"}
_NORM_KINDS = ("duty", "power", "prohibition")
Facts = dict[str, list[Row]]


@dataclass
class Draft:
    """What is collected for a map.

    Attributes:
        places: the areas that the map is about, widest circle.
        things: IRIs of what stands on the map, in the order of coming.
        norms: the duties, powers and prohibitions on it.
    """

    store: GraphStore
    on: date
    places: list[str] = field(default_factory=list)
    things: dict[str, None] = field(default_factory=dict)
    norms: dict[str, Record] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _facts: dict[str, Facts] = field(default_factory=dict)
    _found: dict[str, Found] = field(default_factory=dict)

    def want(self, iris: Iterable[str]) -> None:
        """Put things on the map."""
        self.things.update(dict.fromkeys(iris))

    @staticmethod
    def join(supports: Iterable[Support]) -> Support:
        """Return what several statements of one fact together rest on."""
        return reduce(widen, supports)

    @staticmethod
    def norm_support(norm: Record) -> Support:
        """Return what a duty, power or prohibition rests on."""
        return Support(
            basis=tuple(Basis(item["citation"], item["iri"]) for item in norm["basis"]),
            valid_from=norm["valid_from"],
            valid_until=norm["valid_until"],
            checked=norm["checked"],
            evidence=(norm["evidence"].lower(),),
            sources=tuple(item["label"] for item in norm["sources"]),
            note=norm["note"] or "",
        )

    @staticmethod
    def row_support(row: Row) -> Support:
        """Return what a seat or an award rests on, from a row of a query that asks for it."""
        source = " ".join(part for part in (row.get("sourceLabel"), row.get("locator")) if part)
        return Support(
            basis=(Basis(row.get("citation", row["basis"]), row["basis"]),) if "basis" in row else (),
            valid_from=row.get("validFrom", row.get("attestedFrom")),
            valid_until=row.get("validUntil"),
            attested="validFrom" not in row and "attestedFrom" in row,
            checked=row.get("checkedOn"),
            grade=row.get("grade"),
            evidence=(row["evidence"],) if "evidence" in row else (),
            sources=(source,) if source else (),
            note=row.get("note", ""),
        )

    def add_norm(self, norm: Record) -> None:
        """Put a duty, power or prohibition on the map."""
        self.norms[norm["norm"]] = norm

    def areas_of(self, things: Iterable[str]) -> list[str]:
        """Return the areas that things serve, each once."""
        held = [row["value"] for thing in things for row in self.facts(thing).get(f"{DG}area", [])]
        return list(dict.fromkeys(held))

    def facts(self, thing: str) -> Facts:
        """Return what is held of a thing, by property; all things on the map are looked up together."""
        missing = [iri for iri in dict.fromkeys([*self.things, thing]) if iri not in self._facts]
        if missing:
            self._facts.update({iri: {} for iri in missing})
            for row in run(self.store, "map-facts", {"thing": missing}):
                self._facts[row["thing"]].setdefault(row["property"], []).append(row)
        return self._facts[thing]

    def add_surroundings(self) -> None:
        """Add what the partnerships on the map are part of and report to."""
        for iri in [thing for thing in self.things if _family(thing) == "partnership"]:
            for term, kind in ((f"{DG}partOf", PART_OF), (f"{DG}reportsTo", REPORTS_TO)):
                for row in self.facts(iri).get(term, []):
                    self.want((row["value"],))
                    self.edges.append(Edge(iri, row["value"], kind, "", kind, support=self._support(iri)))

    def add_places(self, asked: Sequence[str], same: Mapping[str, str]) -> None:
        """Add the areas that the map is about and that somebody on it serves, with who serves them.

        Args:
            asked: areas that are there in any case.
            same: areas that are drawn as another one.
        """
        served: list[Edge] = []
        for iri in self.things:
            for row in self.facts(iri).get(f"{DG}area", []) if _family(iri) not in ("class", "area") else []:
                place = same.get(row["value"], row["value"])
                if row["value"] in self.places and not any(
                    (edge.source, edge.target) == (iri, place) for edge in served
                ):
                    served.append(Edge(iri, place, SERVES, "", "serves", support=self._support(iri), quiet=True))
        self.want([*asked, *dict.fromkeys(edge.target for edge in served)])
        self.edges.extend(served)
        self._add_relations()

    def _add_relations(self) -> None:
        areas = [iri for iri in self.things if _family(iri) == "area"]
        rows = run(self.store, "map-area-relations", {"whole": areas, "on": self.on}) if areas else []
        words = {"within": "lies in", "overlaps": "overlaps"}
        links = dict.fromkeys((row["part"], row["whole"], words[row["relation"]]) for row in rows)
        here = [link for link in links if link[0] in self.things]
        pairs = {(part, whole) for part, whole, _how in here}
        for part, whole, how in here:
            if not any((part, middle) in pairs and (middle, whole) in pairs for middle in areas):
                self.edges.append(Edge(part, whole, LIES_IN, "", how, quiet=True))

    def finish(self, label: str, subtitle: str, lanes: Sequence[Strip], bands: Sequence[Strip]) -> Network:
        """Describe everything that was collected.

        Args:
            label: what the map is of.
            subtitle: what it shows, in a sentence.
            lanes: the columns.
            bands: the tiers.
        """
        self.facts(next(iter(self.things), ""))
        areas = self.areas_of(self.things)
        self._found = describe(self.store, [*self.things, *areas]) if self.things else {}
        self._drop_absent()
        names: dict[str, str] = {}
        for row in run(self.store, "map-names", {"thing": list(self.things), "on": self.on}) if self.things else []:
            names.setdefault(row["thing"], row["label"])
        by_norm = bool(lanes) and lanes[0].key == "holder"
        nodes = [self._node(iri, names, by_norm) for iri in self.things]
        nodes += [_norm_node(norm) for norm in self.norms.values()]
        order = {band.key: position for position, band in enumerate(bands)}
        nodes.sort(key=lambda node: (order.get(node.band or "", -1), node.family, _sort_key(node), node.label, node.id))
        labels = {node.id: node.label for node in nodes}
        return Network(
            title=label,
            subtitle=subtitle,
            as_at=self.on.isoformat(),
            lanes=tuple(lanes),
            bands=tuple(bands),
            nodes=tuple(_grouped(nodes)),
            edges=tuple(sorted((_said(edge, labels) for edge in self.edges), key=_edge_key)),
            notes=tuple(dict.fromkeys((*self.notes, *_standing_notes(nodes, self.edges, self.on)))),
        )

    def _drop_absent(self) -> None:
        """Leave out what was not there on the day: the dates of a seat may not be held, those of who sits may."""
        gone = {iri for iri in self.things if iri in self._found and not self._found[iri].alive(self.on)}
        self.things = {iri: None for iri in self.things if iri not in gone}
        self.edges = [edge for edge in self.edges if not {edge.source, edge.target} & gone]
        undated = sum(
            edge.kind == SITS_ON and not (edge.support.valid_from or edge.support.valid_until) for edge in self.edges
        )
        if undated:
            self.notes.append(
                f"{undated} seats have no dates in their sources: that they were held on that day is not certain."
            )

    def _support(self, iri: str) -> Support:
        """What a thing's being there rests on."""
        facts = self.facts(iri)
        start, locator = _first(facts, f"{DG}validFrom"), _first(facts, f"{DG}locator")
        sources = [row.get("valueLabel", row["value"]) for row in facts.get(f"{PROV}wasDerivedFrom", [])]
        return Support(
            basis=tuple(
                Basis(row.get("valueLabel", row["value"]), row["value"]) for row in facts.get(f"{DG}basis", [])
            ),
            valid_from=start or _first(facts, f"{DG}attestedFrom"),
            valid_until=_first(facts, f"{DG}validUntil"),
            attested=not start and f"{DG}attestedFrom" in facts,
            checked=_first(facts, f"{DG}checkedOn"),
            grade=_first(facts, f"{DG}grade"),
            evidence=tuple(row.get("valueLabel", row["value"]) for row in facts.get(f"{DG}evidence", [])),
            sources=tuple(sources + ([f"at {locator}"] if locator else [])),
            note=_first(facts, f"{RDFS}comment") or "",
        )

    def _node(self, iri: str, names: Mapping[str, str], by_norm: bool) -> Node:
        facts, family, found = self.facts(iri), _family(iri), self._found.get(iri)
        label = names.get(iri) or (found.label if found else _first(facts, f"{RDFS}label")) or iri
        return Node(
            id=iri,
            label=label,
            family=family,
            kind="class that the law names" if family == "class" else found.kind_label if found else "as described",
            lane=self._norm_lane(iri, family) if by_norm else _LANES.get(family, "body"),
            band=None if by_norm or family == "class" else self._band(iri, family),
            group=_first(facts, f"{DG}partOf") or "",
            facts=_node_facts(facts, label, self._found),
            support=self._support(iri),
        )

    def _norm_lane(self, iri: str, family: str) -> str:
        if not any(edge.kind == HOLDS and edge.source == iri for edge in self.edges):
            return "toward" if any(edge.kind == TOWARD and edge.target == iri for edge in self.edges) else "holder"
        return "law" if family == "class" else "holder"

    def _band(self, iri: str, family: str) -> str:
        """The tier: an area's own, that of a body's or partnership's widest area, or the nation."""
        facts = self.facts(iri)
        if family == "area":
            kinds = [self._found[iri].kind] if iri in self._found else []
        else:
            held = [row["value"] for row in facts.get(f"{DG}area", [])]
            kinds = [self._found[area].kind for area in held if area in self._found]
        return min((_band_of(kind) for kind in kinds), key=_BAND_ORDER.index, default="nation")


def _family(iri: str) -> str:
    """Say what family of things on a map an IRI belongs to."""
    name = iri.removeprefix(ID).split("/", 1)[0] if iri.startswith(ID) else "area"
    return name if name in ("class", "body", "post", "partnership", "area") else "words"


def _band_of(kind: str) -> str:
    return _BAND_OF_AREA.get(kind.removeprefix(DG), "district")


def _first(facts: Facts, term: str) -> str | None:
    rows = facts.get(term)
    return rows[0]["value"] if rows else None


_SAID = (
    (f"{SKOS}definition", "meaning"),
    (f"{DCTERMS}description", "what it does"),
    (f"{DG}statutory", STATUTORY),
    (f"{SKOS}notation", "code"),
)


def _node_facts(facts: Facts, label: str, found: Mapping[str, Found]) -> tuple[tuple[str, str], ...]:
    held = [(name, row["value"]) for term, name in _SAID for row in facts.get(term, [])]
    held = [(name, {"true": "yes", "false": "no"}.get(text, text)) for name, text in held]
    areas = [found[row["value"]].label for row in facts.get(f"{DG}area", []) if row["value"] in found]
    held += [("area", ", ".join(areas))] if areas else []
    kinds = [row.get("valueLabel", row["value"].removeprefix(DG)) for row in facts.get(f"{DG}areaKind", [])]
    held += [("filled for each", ", ".join(kinds))] if kinds else []
    now = _first(facts, f"{RDFS}label")
    return tuple(held + ([("called today", now)] if now and now != label else []))


def _norm_node(norm: Record) -> Node:
    texts = {
        "what": norm["action"],
        "condition": norm["condition"],
        "by when": norm["deadline"],
        "how often": norm["frequency"],
        "produces": ", ".join(item["label"] for item in norm["produces"]),
        "applies in": ", ".join(item["label"] for item in norm["applies_in"]),
        "only in": ", ".join(item["label"] for item in norm["only_in"]),
        "in force in part": norm["in_part"],
    }
    return Node(
        id=norm["norm"],
        label=norm["label"],
        family=norm["kind"],
        kind=norm["kind"],
        lane="norm",
        band=norm["kind"],
        facts=tuple((name, text) for name, text in texts.items() if text),
        support=Draft.norm_support(norm),
    )


def _sort_key(node: Node) -> list[tuple[int, int, str]]:
    """Law in the order of its provisions; all else by name."""
    import re

    law = node.support.basis[0].citation if node.family in ("class", *_NORM_KINDS) and node.support.basis else ""
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.split(r"(\d+)", law) if part]


def _grouped(nodes: Sequence[Node]) -> list[Node]:
    """Put what is part of something after it, where both stand in the same tier."""
    here = {node.id: node for node in nodes}
    below: dict[str, list[Node]] = {}
    for node in nodes:
        above = here.get(node.group)
        if above is not None and (above.lane, above.band) == (node.lane, node.band) and not here.get(above.group):
            below.setdefault(node.group, []).append(node)
    moved = {node.id for parts in below.values() for node in parts}
    return [item for node in nodes if node.id not in moved for item in (node, *below.get(node.id, []))]


def _said(edge: Edge, labels: Mapping[str, str]) -> Edge:
    """Give an edge its sentence, if it has none."""
    source, target = labels[edge.source], labels[edge.target]
    if edge.sentence:
        return edge
    how = f"sits on {target} as {edge.role}" if edge.kind == SITS_ON else f"{edge.role} {target}"
    who = f"Each of the {source}" if f"{ID}class/" in edge.source else source
    return replace(edge, sentence=f"{who} {'is ' if edge.kind == PART_OF else ''}{how}.")


def _edge_key(edge: Edge) -> tuple[str, str, str, str, str]:
    return edge.kind, edge.source, edge.target, edge.role, edge.sentence


def _standing_notes(nodes: Sequence[Node], edges: Sequence[Edge], on: date) -> list[str]:
    """What a reader must know of the whole map."""
    facts = [node.support for node in nodes if node.family != "area"]
    facts += [edge.support for edge in edges if not edge.quiet]
    unchecked = sum(not support.checked for support in facts)
    weak = [node.label for node in nodes if node.support.weak]
    notes = [f"Drawn is what is held for {say_date(on)}. What is not drawn is not held, which says nothing of the law."]
    notes += [f"Unchecked: {unchecked} of {len(facts)} facts on this map."] if unchecked else []
    return notes + ([f"Weak evidence (grade C, inferred): {', '.join(weak)}."] if weak else [])
