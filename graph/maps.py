"""Maps as files: an interactive page, an SVG or PNG picture, or GraphML for network tools.

The page is one file that opens from a memory stick: pyvis's network data and the network library that comes with
pyvis stand inside it, in a template of our own. It asks no host for anything, and its Content-Security-Policy
forbids it to; everything held is escaped; the same content stands beneath the map as headings and tables.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ..citations import group_citations
from ..dates import say_date
from ..errors import BadInput, StoreError
from ..ontology.namespaces import LEG
from .drawings import (
    ADVICE,
    ATTRIBUTION,
    STROKES,
    STYLES,
    describe_edge,
    describe_node,
    legend_of,
    to_png,
    to_svg,
)
from .layouts import Box, Layout, lay_out, outline
from .networks import (
    HOLDS,
    LIES_IN,
    MEMBER_OF_CLASS,
    PART_OF,
    REPORTS_TO,
    SERVES,
    SITS_ON,
    TOWARD,
    Edge,
    Network,
    Node,
    Support,
    condense,
    printable,
    to_networkx,
)

TEMPLATES = Path(__file__).resolve().parent / "templates"
ENDINGS = ("html", "svg", "png", "graphml")
_LIBRARY = ("lib", "vis-9.1.2", "vis-network.min.js")
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_LAW_PATH = re.compile(r"[A-Za-z0-9/.,-]+")

_NODE_TABLES = (
    ("partnership", "Partnerships"),
    ("body", "Bodies"),
    ("post", "Posts"),
    ("words", "Others, as described"),
    ("class", "Classes that the law names"),
    ("duty", "Duties"),
    ("power", "Powers"),
    ("prohibition", "Prohibitions"),
    ("area", "Places"),
)
_EDGE_TABLES = (
    (SITS_ON, "Who sits on which partnership"),
    (PART_OF, "What is part of what"),
    (REPORTS_TO, "Who reports to whom"),
    (MEMBER_OF_CLASS, "Who is in which class that the law names"),
    (HOLDS, "Who must, may or must not do what"),
    (TOWARD, "Toward whom"),
    (SERVES, "Who serves which place"),
    (LIES_IN, "How the places lie"),
)


def write_map(network: Network, path: str) -> None:
    """Write a map to a file.

    Args:
        network: what is drawn.
        path: the file; its ending names the form. An existing file is replaced when the new one is whole.

    Raises:
        BadInput: if the ending names no form of map.
        MissingExtra: if the form needs a package that is not installed.
        StoreError: if the file cannot be written.
    """
    target = Path(path)
    content = _writer(target)(network)
    beside = target.with_name(f"{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written: {error}") from error


def check_ending(path: str) -> None:
    """Refuse a file name that names no form of map, before anything is asked of the graph.

    Raises:
        BadInput: if the ending names no form of map.
    """
    _writer(Path(path))


def _writer(target: Path) -> Callable[[Network], bytes]:
    ending = target.suffix.lstrip(".").lower()
    if ending not in ENDINGS:
        raise BadInput(f"{target.name} names no form of map. The ending must be one of: {', '.join(ENDINGS)}.")
    return {"html": _page_bytes, "svg": _svg_bytes, "png": _png_bytes, "graphml": _graphml_bytes}[ending]


def _page_bytes(network: Network) -> bytes:
    return to_page(network).encode("utf-8")


def _svg_bytes(network: Network) -> bytes:
    drawn = condense(network)
    return to_svg(drawn, lay_out(drawn)).encode("utf-8")


def _png_bytes(network: Network) -> bytes:
    drawn = condense(network)
    return to_png(drawn, lay_out(drawn))


def _graphml_bytes(network: Network) -> bytes:
    from io import BytesIO

    import networkx

    written = BytesIO()
    networkx.write_graphml(to_networkx(network), written)
    return written.getvalue()


def to_page(network: Network) -> str:
    """Return a map as one HTML page that asks no host for anything.

    Args:
        network: what is drawn; the tables beneath the map have it whole, the map itself condensed.
    """
    drawn = condense(network)
    layout = lay_out(drawn)
    template = (TEMPLATES / "map.html").read_text(encoding="utf-8")
    library = _library()
    style, script = (_inside(template, name) for name in ("style", "script"))
    parts = {
        "policy": _policy([library, script], style),
        "title": _text(network.title),
        "subtitle": _text(network.subtitle),
        "as_at": f'<time datetime="{_text(network.as_at)}">{say_date(network.as_at)}</time>',
        "legend": _legend(drawn),
        "picture": to_svg(drawn, layout, framed=False),
        "notes": "".join(f"<li>{_text(note)}</li>" for note in network.notes),
        "contents": _contents(network),
        "tables": _tables(network, drawn),
        "advice": ADVICE,
        "attribution": ATTRIBUTION,
        "data": _json(_data(drawn, layout)),
        "library": library,
    }
    return _PLACEHOLDER.sub(lambda match: parts[match[1]], template)


def _library() -> str:
    """The network library that pyvis ships, without the pointer to a file that is not there."""
    import pyvis

    text = Path(pyvis.__file__).parent.joinpath(*_LIBRARY).read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", text).replace("</script", "<\\/script")


def _inside(template: str, element: str) -> str:
    """What stands in the template's own style or script: the last element of that name."""
    return template.rpartition(f"<{element}>")[2].partition(f"</{element}>")[0]


def _policy(code: Sequence[str], style: str) -> str:
    """Let the page run its own code and wear its own style, and ask nobody for anything."""

    def allow(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"

    scripts = " ".join(allow(text) for text in code)
    own = f"img-src data:; script-src {scripts}; style-src {allow(style)}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _text(text: str) -> str:
    return escape(printable(text))


def _json(value: Any) -> str:
    """Write JSON that can stand in a page: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return printable(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def law_address(iri: str) -> str | None:
    """Return where a provision can be read, if it is legislation.

    >>> law_address("http://www.legislation.gov.uk/id/ukpga/1998/37/section/6")
    'https://www.legislation.gov.uk/ukpga/1998/37/section/6'
    """
    path = iri.removeprefix(LEG)
    return f"https://www.legislation.gov.uk/{path}" if path != iri and _LAW_PATH.fullmatch(path) else None


def _data(network: Network, layout: Layout) -> dict[str, Any]:
    """Everything that the page's script needs, with pyvis's nodes and edges."""
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, height="100%", width="100%")
    names = {node.id: f"n{position}" for position, node in enumerate(network.nodes)}
    labels = {node.id: node.label for node in network.nodes}
    outlines: dict[str, list[tuple[float, float]]] = {}
    for box in layout.boxes:
        _add_box(drawing, box, names, outlines)
    for position, edge in enumerate(network.edges):
        _add_edge(drawing, edge, f"e{position}", names, labels)
    nodes, edges, *_rest = drawing.get_network_data()
    return {
        "width": layout.width,
        "height": layout.height,
        "bands": [vars(band) for band in layout.bands],
        "lanes": [vars(lane) for lane in layout.lanes],
        "styles": {family: vars(style) for family, style in STYLES.items()},
        "strokes": {kind: {**vars(STROKES[kind]), "heading": heading} for kind, heading in _EDGE_TABLES},
        "outlines": outlines,
        "nodes": nodes,
        "edges": edges,
        "options": {
            "physics": False,
            "layout": {"randomSeed": 1, "improvedLayout": False},
            "interaction": {"dragNodes": False, "hover": True, "tooltipDelay": 200, "multiselect": False},
            "nodes": {"chosen": False},
            "edges": {
                "chosen": False,
                "hoverWidth": 0,
                "selectionWidth": 0,
                "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal", "roundness": 0.5},
            },
        },
    }


def _add_box(drawing: Any, box: Box, names: dict[str, str], outlines: dict[str, list[tuple[float, float]]]) -> None:
    node, style = box.node, STYLES[box.node.family]
    key = f"{style.shape} {box.width:g} {box.height:g}"
    outlines.setdefault(key, outline(style.shape, box.width, box.height))
    drawing.add_node(
        names[node.id],
        label=printable(node.label),
        shape="custom",
        color=style.fill,
        title=describe_node(node),
        x=box.x,
        y=box.y,
        family=node.family,
        kind=printable(node.kind),
        several=node.id.startswith("group "),
        outline=key,
        boxWidth=box.width,
        boxHeight=box.height,
        lines=[printable(line) for line in box.lines],
        certain=node.support.certain or node.family == "area",
        facts=[[printable(name), printable(text)] for name, text in node.facts],
        **_support(node.support),
    )


def _add_edge(drawing: Any, edge: Edge, name: str, names: dict[str, str], labels: dict[str, str]) -> None:
    stroke = STROKES[edge.kind]
    drawing.add_edge(
        names[edge.source],
        names[edge.target],
        id=name,
        title=describe_edge(edge),
        color={"color": stroke.colour, "opacity": stroke.opacity},
        width=stroke.width,
        arrows={"to": {"enabled": False}},
        dashes=[7, 5] if not edge.support.certain else False,
        hidden=edge.quiet,
        kind=edge.kind,
        ends=[printable(labels[edge.source]), printable(labels[edge.target])],
        sentences=printable(edge.sentence).split("\n"),
        areas=[printable(area) for area in edge.areas],
        quiet=edge.quiet,
        **_support(edge.support),
    )


def _support(support: Support) -> dict[str, Any]:
    return {
        "law": [[printable(item.citation), law_address(item.iri)] for item in support.basis],
        "dates": support.say_dates(),
        "evidence": printable(support.say_evidence()),
        "sources": [printable(source) for source in support.sources],
        "note": printable(support.note),
    }


def _legend(network: Network) -> str:
    """The legend: what each shape, colour and line stands for."""
    styles, strokes = legend_of(network)
    items = []
    for style in styles:
        corners = " ".join(f"{x + 18:g},{y + 12:g}" for x, y in outline(style.shape, 32, 20))
        swatch = f'<polygon points="{corners}" fill="{style.fill}" stroke="{style.stroke}" stroke-width="2"/>'
        items.append(_swatch(swatch, style.label))
    for stroke in strokes:
        line = f'stroke="{stroke.colour}" stroke-width="{max(2, stroke.width):g}"'
        items.append(_swatch(f'<line x1="2" y1="12" x2="34" y2="12" {line}/>', stroke.label))
    broken = '<line x1="2" y1="12" x2="34" y2="12" stroke="#555555" stroke-width="2" stroke-dasharray="7 5"/>'
    items.append(_swatch(broken, "broken line: unchecked or weak evidence"))
    items.append("<li>Choose a box to see all its lines.</li>")
    return "".join(items)


def _swatch(shape: str, label: str) -> str:
    svg = f'<svg width="36" height="24" viewBox="0 0 36 24" aria-hidden="true" focusable="false">{shape}</svg>'
    return f"<li>{svg}{_text(label)}</li>"


def _slug(text: str) -> str:
    return re.sub(r"\W+", "-", text.lower())


def _listed(network: Network) -> list[tuple[str, list[Any]]]:
    """The tables beneath the map: a caption and what is in it."""
    held: list[tuple[str, list[Any]]] = [(caption, network.of(family)) for family, caption in _NODE_TABLES]
    held += [(caption, [edge for edge in network.edges if edge.kind == kind]) for kind, caption in _EDGE_TABLES]
    return [(caption, items) for caption, items in held if items]


def _contents(network: Network) -> str:
    return "".join(
        f'<li><a href="#{_slug(caption)}">{caption}</a> ({len(items)})</li>' for caption, items in _listed(network)
    )


def _tables(network: Network, drawn: Network) -> str:
    """The same content as headings and tables; a name leads to its place on the map."""
    shown = {node.id: f"n{position}" for position, node in enumerate(drawn.nodes)}
    bands = {band.key: band.label for band in network.bands}
    labels = {node.id: node.label for node in network.nodes}
    written = []
    for caption, items in _listed(network):
        if isinstance(items[0], Node):
            rows = [_node_row(node, shown, bands) for node in items]
            head = ("Name", "What it is", "Tier", "More", "Law", "When", "Evidence")
        else:
            rows = [_edge_row(edge, labels) for edge in items]
            head = ("Who or what", "Whom or what", "The fact", "For", "Law", "When", "Evidence")
        written.append(_table(caption, head, rows))
    return "".join(written)


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """One table, without the columns in which nothing stands."""
    kept = [at for at in range(len(head)) if any(row[at] for row in rows)]
    heads = "".join(f'<th scope="col">{head[at]}</th>' for at in kept)
    body = "".join(
        "<tr>"
        + "".join(f'<th scope="row">{row[at]}</th>' if at == 0 else f"<td>{row[at]}</td>" for at in kept)
        + "</tr>"
        for row in rows
    )
    return (
        f'<section id="{_slug(caption)}"><h3>{caption}</h3><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></section>"
    )


def _node_row(node: Node, shown: dict[str, str], bands: dict[str, str]) -> list[str]:
    name = _text(node.label)
    linked = f'<a href="#map" data-node="{shown[node.id]}">{name}</a>' if node.id in shown else name
    facts = "; ".join(f"{_text(name)}: {_text(text)}" for name, text in node.facts)
    tier = bands.get(node.band or "", "") if node.family not in ("duty", "power", "prohibition") else ""
    return [linked, _text(node.kind), tier, facts, *_support_cells(node.support)]


def _edge_row(edge: Edge, labels: dict[str, str]) -> list[str]:
    places = _text("; ".join(edge.areas))
    fact = _text(edge.sentence if not edge.areas else edge.role)
    return [_text(labels[edge.source]), _text(labels[edge.target]), fact, places, *_support_cells(edge.support)]


def _support_cells(support: Support) -> list[str]:
    sources = f" ({_text('; '.join(support.sources))})" if support.sources else ""
    note = f". {_text(support.note)}" if support.note else ""
    return [_law(support), support.say_dates(), f"{_text(support.say_evidence())}{sources}{note}"]


def _law(support: Support) -> str:
    """Citations, each a link to the provision where it is legislation."""
    return "; ".join(_linked(item.citation, item.iri) for item in support.basis)


def _linked(citation: str, iri: str) -> str:
    address = law_address(iri)
    said = _text(", ".join(group_citations([citation])))
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{said}</a>' if address else said
