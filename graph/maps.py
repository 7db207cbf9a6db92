"""Maps: positions computed by us, and the files drawn from them: HTML, SVG, PNG, GraphML.

Bands are tiers (nation at the top, districts at the bottom); the law stands left, partnerships in the middle,
bodies and office-holders right. Positions follow from the network alone, so the same question gives the same
picture. The HTML file holds everything it needs and asks no host for anything.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..dates import say_date
from ..errors import BadInput, MissingExtra, StoreError
from .networks import FAMILIES, TIERS, MapEdge, MapNode, Network

ENDINGS = (".html", ".svg", ".png", ".graphml")
COLOURS = {
    "law": ("#8c4a73", "#f6e3ee"),
    "partnership": ("#00664a", "#d9f0e8"),
    "body": ("#004b78", "#dcebf5"),
    "post": ("#8f3d00", "#fbe6d9"),
    "area": ("#4d4d4d", "#eeeeee"),
}
"""Border and filling for each family: safe for colour-blind readers, and each family has a shape of its own."""

SHAPES = {"law": "parallelogram", "partnership": "hexagon", "body": "box", "post": "ellipse", "area": "box"}
_COLUMNS = {"law": 0, "partnership": 1, "area": 1, "body": 2, "post": 2}
_WRAP = 26
_LINE = 20
_WIDTH = 270
_COLUMN_GAP = 330
_ROW_GAP = 22
_BAND_GAP = 46
_TEMPLATE = Path(__file__).resolve().parent / "templates" / "map.html"


@dataclass(frozen=True)
class Placed:
    """A node with its place: centre, size and wrapped label, in pixels at full size."""

    node: MapNode
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """Every node with its place, the bands as (tier, top, bottom), and the size of the whole."""

    placed: tuple[Placed, ...]
    bands: tuple[tuple[str, float, float], ...]
    width: float
    height: float

    def by_iri(self) -> dict[str, Placed]:
        """Return the places by the IRI of the node."""
        return {item.node.iri: item for item in self.placed}


def lay_out(network: Network) -> Layout:
    """Give every node a place of its own; nothing overlaps, and nothing depends on chance.

    Args:
        network: what is shown.

    Returns:
        The layout.
    """
    used = sorted({_COLUMNS[node.family] for node in network.nodes})
    placed: list[Placed] = []
    bands: list[tuple[str, float, float]] = []
    top = 0.0
    for tier in TIERS:
        columns = [[node for node in network.nodes if node.tier == tier and _COLUMNS[node.family] == c] for c in used]
        if not any(columns):
            continue
        stacks = [_stack(nodes) for nodes in columns]
        height = max(sum(item[1] for item in stack) + _ROW_GAP * (len(stack) - 1) for stack in stacks if stack)
        for position, stack in enumerate(stacks):
            placed += _place(stack, position, top, height)
        bands.append((tier, top - _BAND_GAP / 2, top + height + _BAND_GAP / 2))
        top += height + _BAND_GAP
    width = len(used) * _WIDTH + (len(used) - 1) * _COLUMN_GAP
    return Layout(tuple(placed), tuple(bands), width, max(0.0, top - _BAND_GAP))


def _stack(nodes: Sequence[MapNode]) -> list[tuple[MapNode, float, tuple[str, ...]]]:
    wrapped = [(node, _wrap(node.label)) for node in nodes]
    return [(node, len(lines) * _LINE + 18.0, lines) for node, lines in wrapped]


def _place(
    stack: Sequence[tuple[MapNode, float, tuple[str, ...]]], column: int, top: float, height: float
) -> list[Placed]:
    """Spread a stack of nodes evenly over the height of its band."""
    if not stack:
        return []
    free = height - sum(item[1] for item in stack)
    gap = free / (len(stack) + 1) if len(stack) < 3 else free / max(1, len(stack) - 1)
    y = top + (gap if len(stack) < 3 else 0)
    placed = []
    for node, size, lines in stack:
        x = column * (_WIDTH + _COLUMN_GAP) + _WIDTH / 2
        placed.append(Placed(node, round(x, 1), round(y + size / 2, 1), _WIDTH, size, lines))
        y += size + gap
    return placed


def _wrap(label: str) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in label.split():
        if line and len(line) + 1 + len(word) > _WRAP:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return (*lines, line)


def write_map(network: Network, path: str) -> None:
    """Write a map; the ending of the file names the format.

    Args:
        network: what is shown.
        path: the file: ``.html``, ``.svg``, ``.png`` or ``.graphml``. It is replaced when the new one is whole.

    Raises:
        BadInput: if the ending names no format.
        MissingExtra: if PNG is asked for and Pillow is not installed.
        StoreError: if the file cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        raise BadInput(f"{target.name} names no format of a map. The ending must be one of: {', '.join(ENDINGS)}.")
    beside = target.with_name(f"{target.name}.part")
    try:
        if target.suffix.lower() == ".png":
            _write_png(network, beside)
        else:
            beside.write_text(_write_text(network, target.suffix.lower()), encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def _write_text(network: Network, ending: str) -> str:
    if ending == ".graphml":
        import networkx

        return "\n".join(networkx.generate_graphml(network.to_networkx())) + "\n"
    return to_svg(network) if ending == ".svg" else to_html(network)


def to_html(network: Network) -> str:
    """Return the map as one HTML file that asks no host for anything."""
    layout = lay_out(network)
    data = _vis_data(network, layout)
    values = {
        "title": html.escape(network.title),
        "as_at": html.escape(say_date(network.as_at)),
        "counts": f"{len(network.nodes)} things, {len(network.edges)} links",
        "legend": _legend_html(network),
        "tables": _tables_html(network),
        "notes": "".join(f"<li>{html.escape(note)}</li>" for note in network.notes),
        "data": _script_safe(json.dumps(data, ensure_ascii=False, sort_keys=True)),
        "library": _library(),
    }
    text = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def _script_safe(text: str) -> str:
    """Keep any text from ending the script element it stands in."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028")


def _library() -> str:
    """Return the network library that pyvis carries, to be written into the page."""
    from importlib.util import find_spec

    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise MissingExtra("Maps need pyvis: pip install pyvis")
    return next(Path(spec.origin).parent.glob("lib/vis-*/vis-network.min.js")).read_text(encoding="utf-8")


def _vis_data(network: Network, layout: Layout) -> dict[str, Any]:
    """Return the network as pyvis hands it to vis-network, with our positions and shapes."""
    from pyvis.network import Network as VisNetwork

    drawn = VisNetwork(directed=True)
    for item in layout.placed:
        border, fill = COLOURS[item.node.family]
        drawn.add_node(
            item.node.iri,
            label="\n".join(item.lines),
            x=item.x,
            y=item.y,
            family=item.node.family,
            form=SHAPES[item.node.family],
            w=item.width,
            h=item.height,
            border=border,
            fill=fill,
            facts=[item.node.kind, *item.node.facts],
            name=item.node.label,
        )
    nodes, _edges, *_rest = drawn.get_network_data()
    edges = [
        {
            "from": edge.source,
            "to": edge.target,
            "id": number,
            "role": edge.label,
            "law": edge.law,
            "href": edge.law_iri if edge.law_iri.startswith("http") else "",
            "dates": edge.dates,
            "evidence": edge.evidence,
            "dashes": not edge.derived and not edge.law,
        }
        for number, edge in enumerate(network.edges)
    ]
    bands = [{"tier": tier, "top": top, "bottom": bottom} for tier, top, bottom in layout.bands]
    return {"nodes": nodes, "edges": edges, "bands": bands, "width": layout.width, "families": FAMILIES}


def _legend_html(network: Network) -> str:
    shown = [family for family in FAMILIES if any(node.family == family for node in network.nodes)]
    return "".join(
        f'<label class="key"><input type="checkbox" checked data-family="{family}">'
        f'<svg width="34" height="20" aria-hidden="true">{_shape_svg(SHAPES[family], 17, 10, 30, 16, *COLOURS[family])}</svg>'
        f"{html.escape(FAMILIES[family])}</label>"
        for family in shown
    )


def _tables_html(network: Network) -> str:
    """Write the same content as headings and tables, one for each thing that lines lead to."""
    labels = {node.iri: node for node in network.nodes}
    parts = []
    for node in sorted(network.nodes, key=lambda item: (list(FAMILIES).index(item.family), item.label)):
        edges = [edge for edge in network.edges if edge.target == node.iri]
        if not edges:
            continue
        rows = "".join(_table_row(edge, labels) for edge in sorted(edges, key=lambda e: labels[e.source].label))
        facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in node.facts)
        parts.append(
            f"<h3>{html.escape(node.label)}</h3><p>{html.escape(node.kind)}</p><ul>{facts}</ul>"
            f'<div class="scroll" tabindex="0" role="region" aria-label="{html.escape(node.label)}"><table>'
            f"<caption>Who is linked to {html.escape(node.label)}</caption><thead><tr>"
            '<th scope="col">Who</th><th scope="col">As what</th><th scope="col">Law</th><th scope="col">When</th>'
            f'<th scope="col">Evidence</th></tr></thead><tbody>{rows}</tbody></table></div>'
        )
    return "".join(parts)


def _table_row(edge: MapEdge, labels: Mapping[str, MapNode]) -> str:
    law = html.escape(edge.law)
    if edge.law_iri.startswith("http://www.legislation.gov.uk/"):
        law = f'<a href="{html.escape(edge.law_iri)}" rel="noreferrer">{law}</a>'
    cells = (html.escape(edge.label), law or "none held", html.escape(edge.dates), html.escape(edge.evidence))
    return (
        f'<tr><th scope="row">{html.escape(labels[edge.source].label)}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def to_svg(network: Network) -> str:
    """Return the map as SVG, drawn from the same layout as the page."""
    layout = lay_out(network)
    places = layout.by_iri()
    margin, head = 40, 110
    width, height = layout.width + 2 * margin + 90, layout.height + head + 150
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        f' role="img" aria-label="{html.escape(network.title)}" font-family="Arial, Helvetica, sans-serif">',
        f"<title>{html.escape(network.title)}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        f'<text x="{margin}" y="48" font-size="30" font-weight="bold" fill="#111">{html.escape(network.title)}</text>',
        f'<text x="{margin}" y="76" font-size="17" fill="#333">as at {say_date(network.as_at)}</text>',
        f'<g transform="translate({margin + 90},{head})">',
    ]
    for number, (tier, top, bottom) in enumerate(layout.bands):
        fill = "#f7f7f7" if number % 2 == 0 else "#ffffff"
        parts.append(f'<rect x="-130" y="{top:g}" width="{width:g}" height="{bottom - top:g}" fill="{fill}"/>')
        parts.append(f'<text x="-118" y="{top + 24:g}" font-size="15" fill="#444">{html.escape(tier)}</text>')
    for edge in network.edges:
        parts.append(_edge_svg(places[edge.source], places[edge.target], edge))
    for item in layout.placed:
        border, fill = COLOURS[item.node.family]
        parts.append(_shape_svg(SHAPES[item.node.family], item.x, item.y, item.width, item.height, border, fill))
        first = item.y - (len(item.lines) - 1) * _LINE / 2 + 5
        for number, line in enumerate(item.lines):
            y = first + number * _LINE
            parts.append(
                f'<text x="{item.x:g}" y="{y:g}" font-size="16" fill="#111" text-anchor="middle">{html.escape(line)}</text>'
            )
    parts += ["</g>", _legend_svg(network, margin, height - 40), "</svg>"]
    return "\n".join(parts) + "\n"


def _legend_svg(network: Network, x: float, y: float) -> str:
    parts = []
    for family in FAMILIES:
        if any(node.family == family for node in network.nodes):
            parts.append(_shape_svg(SHAPES[family], x + 17, y - 6, 32, 18, *COLOURS[family]))
            parts.append(f'<text x="{x + 42:g}" y="{y:g}" font-size="15" fill="#111">{FAMILIES[family]}</text>')
            x += 60 + 8 * len(FAMILIES[family])
    return "".join(parts)


def _edge_points(start: Placed, end: Placed) -> tuple[tuple[float, float], ...]:
    """Return a cubic curve from the side of one shape to the facing side of the other."""
    if abs(start.x - end.x) < 1:
        side = start.x + start.width / 2
        bend = side + 60 + abs(start.y - end.y) * 0.12
        return (side, start.y), (bend, start.y), (bend, end.y), (side, end.y)
    towards = 1 if end.x > start.x else -1
    a, b = start.x + towards * start.width / 2, end.x - towards * end.width / 2
    middle = (a + b) / 2
    return (a, start.y), (middle, start.y), (middle, end.y), (b, end.y)


def _edge_svg(start: Placed, end: Placed, edge: MapEdge) -> str:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = _edge_points(start, end)
    dash = "" if edge.derived or edge.law else ' stroke-dasharray="7 5"'
    hint = html.escape(" · ".join(part for part in (edge.label, edge.law, edge.dates, edge.evidence) if part))
    return (
        f'<path d="M{x1:g},{y1:g} C{x2:g},{y2:g} {x3:g},{y3:g} {x4:g},{y4:g}" fill="none" stroke="#777" '
        f'stroke-width="1.6"{dash}><title>{hint}</title></path>'
    )


def _shape_points(form: str, x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    cut = min(14.0, width / 6)
    if form == "hexagon":
        return [
            (left + cut, top),
            (right - cut, top),
            (right, y),
            (right - cut, bottom),
            (left + cut, bottom),
            (left, y),
        ]
    if form == "parallelogram":
        return [(left + cut, top), (right, top), (right - cut, bottom), (left, bottom)]
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _shape_svg(form: str, x: float, y: float, width: float, height: float, border: str, fill: str) -> str:
    style = f'fill="{fill}" stroke="{border}" stroke-width="2"'
    if form == "ellipse":
        return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{width / 2:g}" ry="{height / 2:g}" {style}/>'
    points = " ".join(f"{px:g},{py:g}" for px, py in _shape_points(form, x, y, width, height))
    return f'<polygon points="{points}" {style}/>'


def _write_png(network: Network, path: Path) -> None:
    """Draw the map as a picture, from the same layout as the page."""
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError as error:
        raise MissingExtra('PNG maps need Pillow: pip install "dutygraph[maps]"') from error
    layout = lay_out(network)
    places = layout.by_iri()
    left, head = 130, 110
    size = (int(layout.width) + left + 40, int(layout.height) + head + 90)
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    title, plain, small = (ImageFont.load_default(points) for points in (30, 16, 15))
    for number, (tier, top, bottom) in enumerate(layout.bands):
        if number % 2 == 0:
            pen.rectangle((0, top + head, size[0], bottom + head), fill="#f7f7f7")
        pen.text((12, top + head + 8), tier, fill="#444444", font=small)
    pen.text((40, 24), network.title, fill="#111111", font=title)
    pen.text((40, 64), f"as at {say_date(network.as_at)}", fill="#333333", font=plain)
    for edge in network.edges:
        points = [(x + left, y + head) for x, y in _curve(_edge_points(places[edge.source], places[edge.target]))]
        pen.line(points, fill="#888888", width=2)
    for item in layout.placed:
        _draw_shape(pen, item, left, head)
        top_line = item.y + head - len(item.lines) * _LINE / 2
        for number, line in enumerate(item.lines):
            pen.text((item.x + left, top_line + number * _LINE + 10), line, fill="#111111", font=plain, anchor="mm")
    image.save(path, format="PNG")


def _draw_shape(pen: Any, item: Placed, left: float, head: float) -> None:
    border, fill = COLOURS[item.node.family]
    x, y = item.x + left, item.y + head
    if SHAPES[item.node.family] == "ellipse":
        box = (x - item.width / 2, y - item.height / 2, x + item.width / 2, y + item.height / 2)
        pen.ellipse(box, fill=fill, outline=border, width=2)
    else:
        points = _shape_points(SHAPES[item.node.family], x, y, item.width, item.height)
        pen.polygon(points, fill=fill, outline=border, width=2)


def _curve(points: Sequence[tuple[float, float]], steps: int = 24) -> list[tuple[float, float]]:
    """Return points along a cubic Bézier curve."""
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    line = []
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        line.append((a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4))
    return line
