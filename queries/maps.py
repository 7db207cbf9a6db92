"""What a map shows: partnerships, bodies and classes of an area, a partnership, a holder or an Act, on a date.

Where a partnership's members are a class that the law names, the lines are drawn from the bodies that are in the
class there and then, each with its provision; what a paper says of a body is drawn as the paper says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ..citations import group_citations
from ..dates import say_date, say_interval
from ..errors import BadInput
from ..graph.networks import MapEdge, MapNode, Network
from ..graph.store import GraphStore
from ..ontology.namespaces import DG
from .lookup import Found, describe, family_of, find
from .members import area_kinds, find_scope
from .norms import load_norms
from .results import VERBS
from .rows import Row, run

_TIER_OF_AREA = {
    "Country": "nation",
    "Region": "region",
    "ProbationArea": "region",
    "CombinedAuthorityArea": "region",
    "PoliceArea": "police area",
    "FireArea": "police area",
    "HealthArea": "police area",
    "MetropolitanCounty": "police area",
    "County": "county",
}


def draw(
    store: GraphStore,
    on: date,
    *,
    area: str | None = None,
    partnership: str | None = None,
    holder: str | None = None,
    act: str | None = None,
) -> Network:
    """Return what a map of one thing shows.

    Args:
        store: the graph.
        on: the day.
        area: the place whose partnerships and bodies are shown.
        partnership: the partnership that is shown with its members and neighbours.
        holder: the body, post or class that is shown with its classes, partnerships and duties.
        act: the Act or instrument that is shown with the duties that rest on it and who holds them.

    Raises:
        BadInput: unless exactly one of the four is given, or if nothing is held that could be drawn.
    """
    asked = [name for name in (area, partnership, holder, act) if name]
    if len(asked) != 1:
        raise BadInput("Say what to draw: one of --area, --partnership, --holder or --act.")
    if area:
        return _of_area(store, area, on)
    if partnership:
        found = find(store, partnership, ["partnership"], on)
        return _of_partnerships(store, [found.iri], found.label, on)
    if holder:
        return _of_holder(store, find(store, holder, ["body", "class"], on), on)
    return _of_act(store, find(store, str(act), ["instrument"], on), on)


def _of_area(store: GraphStore, area: str, on: date) -> Network:
    asked = find(store, area, ["area"], on)
    inside = run(store, "area-relations", {"area": asked.iri, "on": on})
    kinds = ("contains", "overlaps") if asked.kind != f"{DG}District" else ("lies in", "is overlapped by")
    areas = [asked.iri, *(row["other"] for row in inside if row["how"] in (*kinds, "lies in"))]
    partnerships = run(store, "map-partnerships", {"area": list(dict.fromkeys(areas)), "on": on})
    if not partnerships:
        raise BadInput(f"No partnership is held for {asked.describe()} on {say_date(on)}: there is nothing to draw.")
    return _of_partnerships(store, [row["partnership"] for row in partnerships], asked.label, on)


def _of_partnerships(store: GraphStore, wanted: Sequence[str], title: str, on: date) -> Network:
    iris = list(dict.fromkeys(wanted))
    iris += [
        row["other"]
        for iri in (iris if len(iris) == 1 else ())
        for row in run(store, "partnerships-near", {"thing": iri})
        if family_of(row["other"]) == "partnership"
    ]
    areas = {
        row["value"] for iri in iris for row in run(store, "facts", {"thing": iri}) if row["property"] == f"{DG}area"
    }
    rows = (
        [row for row in run(store, "map-partnerships", {"area": sorted(areas), "on": on}) if row["partnership"] in iris]
        if areas
        else []
    )
    nodes = {row["partnership"]: _partnership_node(row) for row in rows}
    for found in describe(store, [iri for iri in iris if iri not in nodes]).values():
        nodes[found.iri] = MapNode(found.iri, found.label, "partnership", found.kind_label, "county")
    edges = _part_edges(rows, nodes)
    seats = run(store, "map-seats", {"partnership": sorted(nodes), "on": on})
    edges += [edge for seat in seats for edge in _seat_edges(store, seat, rows, on)]
    return _finish(store, f"Partnerships of {title}" if len(iris) > 1 else title, on, nodes, edges)


def _partnership_node(row: Row) -> MapNode:
    basis = f"Law: {row['citation']}" if "citation" in row else ""
    set_up = f"Set up by: {row['setUpBy']}" if "setUpBy" in row else ""
    statutory = {"true": "Required or named by law", "false": "No law sets it up"}.get(row.get("statutory", ""), "")
    facts = tuple(part for part in (f"Area: {row['areaLabel']}", statutory, basis, set_up) if part)
    return MapNode(row["partnership"], row["label"], "partnership", row["kindLabel"], _tier(row["areaKind"]), facts)


def _tier(area_kind: str) -> str:
    return _TIER_OF_AREA.get(area_kind.removeprefix(DG), "district")


def _part_edges(rows: Iterable[Row], nodes: dict[str, MapNode]) -> list[MapEdge]:
    edges = []
    for row in rows:
        if row.get("partOf") in nodes:
            edges.append(MapEdge(row["partnership"], row["partOf"], "part of"))
        if row.get("reportsTo") in nodes:
            edges.append(MapEdge(row["partnership"], row["reportsTo"], "reports to"))
    return list(dict.fromkeys(edges))


def _seat_edges(store: GraphStore, seat: Row, rows: Sequence[Row], on: date) -> list[MapEdge]:
    """The lines of one seat: from the member, or from every body in the class that holds the seat."""
    if family_of(seat["member"]) != "class":
        where = " ".join(part for part in (seat.get("sourceLabel"), seat.get("locator")) if part)
        return [
            MapEdge(
                seat["member"],
                seat["partnership"],
                seat["roleLabel"],
                seat.get("citation", ""),
                seat.get("basis", ""),
                say_interval(seat.get("validFrom"), seat.get("validUntil")),
                f"said in: {where}" if where and "citation" not in seat else "",
            )
        ]
    place = next((row["area"] for row in rows if row["partnership"] == seat["partnership"]), None)
    if place is None:
        return [MapEdge(seat["member"], seat["partnership"], seat["roleLabel"], seat.get("citation", ""))]
    scope = find_scope(store, place, area_kinds(store, seat["member"]), on)
    held = (
        run(store, "members", {"class": seat["member"], "area": [item.iri for item in scope.areas], "on": on})
        if scope.areas
        else []
    )
    grouped: dict[str, list[Row]] = {}
    for row in held:
        grouped.setdefault(row["member"], []).append(row)
    singular = seat["memberLabel"].replace("authorities", "authority").replace("bodies", "body")
    return [_class_edge(rows_of, seat["partnership"], singular) for rows_of in grouped.values()]


def _class_edge(rows: Sequence[Row], target: str, label: str) -> MapEdge:
    first = rows[0]
    return MapEdge(
        first["member"],
        target,
        label,
        "; ".join(group_citations(row["citation"] for row in rows)),
        first["basis"],
        say_interval(first.get("validFrom"), first.get("validUntil"), attested=first.get("startAttested") == "true"),
        "" if "checkedOn" in first else "unchecked",
        derived=True,
    )


def _of_holder(store: GraphStore, found: Found, on: date) -> Network:
    rows = run(store, "classes-of", {"member": found.iri, "on": on})
    nodes: dict[str, MapNode] = {}
    edges: list[MapEdge] = []
    for row in rows:
        nodes[row["class"]] = MapNode(row["class"], row["classLabel"], "law", "class of holders", "nation")
        edges.append(
            MapEdge(
                found.iri,
                row["class"],
                f"for {row['areaLabel']}",
                row["citation"],
                row["basis"],
                say_interval(row.get("validFrom"), row.get("validUntil")),
                derived=True,
            )
        )
    for row in run(store, "partnerships-of", {"thing": found.iri, "on": on}):
        nodes[row["partnership"]] = MapNode(row["partnership"], row["label"], "partnership", "partnership", "county")
        edges.append(
            MapEdge(found.iri, row["partnership"], row["roleLabel"], row.get("citation", ""), row.get("basis", ""))
        )
    if found.family == "class":
        nodes[found.iri] = MapNode(found.iri, found.label, "law", "class of holders", "nation")
        norms = load_norms(store, {row["norm"] for row in run(store, "held-norms", {"holder": [found.iri]})})
        _add_norms(norms, on, nodes, edges)
    return _finish(store, found.label, on, nodes, _grouped(edges))


def _of_act(store: GraphStore, found: Found, on: date) -> Network:
    norms = load_norms(store, {row["norm"] for row in run(store, "norms-of-instrument", {"instrument": found.iri})})
    nodes: dict[str, MapNode] = {}
    edges: list[MapEdge] = []
    _add_norms(norms, on, nodes, edges)
    return _finish(store, found.label, on, nodes, edges)


def _add_norms(norms: Iterable[dict[str, object]], on: date, nodes: dict[str, MapNode], edges: list[MapEdge]) -> None:
    """Norms in force on the day, as nodes, with lines from their holders."""
    day = on.isoformat()
    for norm in norms:
        if not (str(norm["valid_from"] or "") <= day < str(norm["valid_until"] or "9999")):
            continue
        iri, law = str(norm["norm"]), "; ".join(group_citations(item["citation"] for item in norm["basis"]))  # type: ignore[attr-defined]
        facts = (f"{VERBS[str(norm['kind'])]} {norm['action']}", law)
        nodes[iri] = MapNode(iri, str(norm["label"]), "law", str(norm["kind"]), "district", facts)
        for holder in norm["holders"]:  # type: ignore[attr-defined]
            family = {"class": "law", "body": "body", "post": "post"}.get(holder["type"], "partnership")
            nodes.setdefault(holder["iri"], MapNode(holder["iri"], holder["label"], family, "holder", "nation"))
            edges.append(MapEdge(holder["iri"], iri, VERBS[str(norm["kind"])], law))


def _grouped(edges: Iterable[MapEdge]) -> list[MapEdge]:
    """One line between two things, with all its areas, instead of one for each area."""
    merged: dict[tuple[str, str, str], MapEdge] = {}
    for edge in edges:
        key = (edge.source, edge.target, edge.law)
        held = merged.get(key)
        if held is None:
            merged[key] = edge
        elif edge.label not in held.label:
            label = f"{held.label}, {edge.label.removeprefix('for ')}"
            merged[key] = MapEdge(
                edge.source, edge.target, label, edge.law, edge.law_iri, held.dates, held.evidence, held.derived
            )
    return list(merged.values())


def _finish(store: GraphStore, title: str, on: date, nodes: dict[str, MapNode], edges: Sequence[MapEdge]) -> Network:
    """Add the bodies at the ends of the lines, and put everything into an order that never changes."""
    missing = sorted({iri for edge in edges for iri in (edge.source, edge.target)} - nodes.keys())
    bodies = run(store, "map-bodies", {"body": missing}) if missing else []
    for row in bodies:
        family = "post" if "/id/post/" in row["body"] else "body"
        grade = "Weak evidence (grade C)" if row.get("grade") == "C" else ""
        facts = tuple(part for part in (f"Area: {row['areaLabel']}", grade) if part)
        nodes.setdefault(
            row["body"], MapNode(row["body"], row["label"], family, row["kindLabel"], _tier(row["areaKind"]), facts)
        )
    for found in describe(store, [iri for iri in missing if iri not in nodes]).values():
        nodes[found.iri] = MapNode(found.iri, found.label, "body", found.kind_label, "nation")
    for iri in missing:
        if iri not in nodes:
            label = next((row["label"] for row in run(store, "labels", {"thing": [iri]})), iri)
            nodes[iri] = MapNode(iri, label, "body", "described in words only", "nation")
    if not edges:
        raise BadInput(f"Nothing is held that could be drawn for {title} on {say_date(on)}.")
    ordered = sorted(dict.fromkeys(edges), key=lambda edge: (edge.source, edge.target, edge.label))
    return Network(
        title=title,
        as_at=on.isoformat(),
        nodes=tuple(sorted(nodes.values(), key=lambda node: (node.family, node.label, node.iri))),
        edges=tuple(ordered),
        notes=("What is not drawn is not held, which says nothing of the law. Guidance, not legal advice.",),
    )
