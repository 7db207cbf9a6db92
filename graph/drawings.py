"""Pictures of a map, drawn by us: SVG and PNG from the same layout, with the same shapes and colours as the page.

A map is first made into plain shapes (:func:`draw`), then written in either form. The colours are those of Okabe
and Ito, which people with any kind of colour blindness tell apart; each kind of thing has a shape of its own too.
A broken line is a fact that is unchecked or whose evidence is weak.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..dates import say_date
from ..errors import MissingExtra
from .layouts import FONT, LINE, Band, Box, Curve, Layout, outline, route, text_width
from .networks import (
    HOLDS,
    LIES_IN,
    MEMBER_OF_CLASS,
    PART_OF,
    PAYS,
    REPORTS_TO,
    SERVES,
    SITS_ON,
    TOWARD,
    Edge,
    Network,
    Node,
    printable,
)

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

ADVICE = "Guidance, not legal advice."
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right. "
    "Names and codes of councils: mySociety, CC BY 4.0. Made with dutygraph."
)


@dataclass(frozen=True)
class Style:
    """How things of a family look: what the legend calls them, their shape and colours."""

    label: str
    shape: str
    fill: str
    stroke: str


@dataclass(frozen=True)
class Stroke:
    """How facts of a kind look: what the legend calls them, colour, width and how faint they are."""

    label: str
    colour: str
    width: float
    opacity: float


STYLES = {
    "class": Style("Class that the law names", "folded", "#fdf1d8", "#e69f00"),
    "body": Style("Body", "rectangle", "#dcebf6", "#0072b2"),
    "post": Style("Post held by a person", "pill", "#e9f6fd", "#56b4e9"),
    "partnership": Style("Partnership", "hexagon", "#d8f0e8", "#009e73"),
    "area": Style("Place", "tag", "#f1f1f1", "#767676"),
    "duty": Style("Duty (must)", "octagon", "#fbe5d6", "#d55e00"),
    "power": Style("Power (may)", "slanted", "#fdfbdc", "#b3a500"),
    "prohibition": Style("Prohibition (must not)", "notched", "#f8e6ef", "#cc79a7"),
    "words": Style("Described in words", "rectangle", "#ffffff", "#767676"),
}
STROKES = {
    MEMBER_OF_CLASS: Stroke("is in the class", "#6b6b6b", 1.1, 0.2),
    SITS_ON: Stroke("sits on the partnership", "#0072b2", 1.6, 0.32),
    PART_OF: Stroke("is part of", "#000000", 3, 0.85),
    REPORTS_TO: Stroke("reports to", "#d55e00", 2.6, 0.85),
    HOLDS: Stroke("holds the duty or power", "#6b6b6b", 1.4, 0.45),
    TOWARD: Stroke("toward whom", "#aa4a80", 1.4, 0.5),
    SERVES: Stroke("serves the place", "#767676", 1.6, 0.8),
    LIES_IN: Stroke("lies in", "#767676", 1.6, 0.8),
    PAYS: Stroke("pays", "#009e73", 2.4, 0.55),
}
INK, SOFT, TIER = "#1a1a1a", "#555555", "#f7f8f9"
_HEADER, _STEP, _FOOT = 84, 25, 15
_PIXELS = 150_000_000
_FACES = ("LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf", "Helvetica.ttc", "DejaVuSans.ttf")


@dataclass(frozen=True)
class Mark:
    """A plain shape: a polygon, a curve or a line of text.

    ``points`` are the corners, the four points of a cubic curve, or the place of the text.
    """

    kind: str
    points: tuple[tuple[float, float], ...]
    fill: str = "none"
    stroke: str = "none"
    width: float = 0
    opacity: float = 1
    broken: bool = False
    text: str = ""
    size: float = FONT
    anchor: str = "middle"
    bold: bool = False
    about: str = ""


def draw(network: Network, layout: Layout, *, framed: bool = True) -> tuple[float, float, list[Mark]]:
    """Make a map into plain shapes, from the back to the front.

    Args:
        network: what is drawn.
        layout: where it stands.
        framed: with heading, legend and footer.

    Returns:
        Width, height and the shapes.
    """
    drop = _HEADER if framed else 0
    loud = [edge for edge in network.edges if not edge.quiet]
    most = max((edge.amount for edge in loud), default=0)
    curves = route(layout, ((edge.source, edge.target) for edge in loud))
    bands = [_band(band, drop) for band in layout.bands]
    marks = [shape for shape, _label in bands]
    for lane in layout.lanes:
        marks.append(_text(lane.left + lane.width / 2, lane.top + drop + 22, lane.label, size=19, bold=True))
    marks += [_curve(edge, curve, drop, most) for edge, curve in zip(loud, curves, strict=True)]
    marks += [label for _shape, label in bands]
    marks += [mark for box in layout.boxes for mark in _box(box, drop)]
    if not framed:
        return layout.width, layout.height, marks
    marks += heading_of(network)
    legend, bottom = _legend(network, layout.width, layout.height + drop + 18)
    footer, end = _footer(network, layout.width, bottom)
    return layout.width, end, marks + legend + footer


def _text(x: float, y: float, text: str, **more: Any) -> Mark:
    return Mark("text", ((x, y),), text=printable(text), fill=more.pop("fill", INK), **more)


def _band(band: Band, drop: float) -> tuple[Mark, Mark]:
    top, right, low = band.top + drop, band.left + band.width, band.top + drop + band.height
    corners = ((band.left, top), (right, top), (right, low), (band.left, low))
    label = _text(band.left + 12, top + 21, band.label, size=16, anchor="start", fill=SOFT, bold=True)
    return Mark("polygon", corners, fill=TIER, stroke="#dfe3e6", width=1), label


def line_width(edge: Edge, most: float) -> float:
    """Return how thick a line is drawn: money by its amount, as the root of its share of the most that is paid."""
    return max(2.0, 34 * (edge.amount / most) ** 0.5) if edge.amount else STROKES[edge.kind].width


def _curve(edge: Edge, curve: Curve, drop: float, most: float) -> Mark:
    stroke = STROKES[edge.kind]
    return Mark(
        "curve",
        tuple((x, y + drop) for x, y in curve),
        stroke=stroke.colour,
        width=line_width(edge, most),
        opacity=stroke.opacity,
        broken=not edge.support.certain,
        about=describe_edge(edge),
    )


def _box(box: Box, drop: float) -> list[Mark]:
    style, node = STYLES[box.node.family], box.node
    corners = tuple((box.x + x, box.y + y + drop) for x, y in outline(style.shape, box.width, box.height))
    shape = Mark(
        "polygon",
        corners,
        fill=style.fill,
        stroke=style.stroke,
        width=2.2,
        broken=not node.support.certain and node.family != "area",
        about=describe_node(node),
    )
    first = box.y + drop - (len(box.lines) - 1) * LINE / 2 + FONT * 0.35
    return [shape, *(_text(box.x, first + at * LINE, line) for at, line in enumerate(box.lines))]


def describe_node(node: Node) -> str:
    """Return what is said of a node when somebody points at it, a line each."""
    lines = [node.label, node.kind, node.support.say_law(), node.support.say_dates(), node.support.say_evidence()]
    return printable("\n".join(dict.fromkeys(line for line in lines if line)))


def describe_edge(edge: Edge) -> str:
    """Return what is said of a fact when somebody points at it, a line each."""
    lines = [edge.sentence, edge.support.say_law(), edge.support.say_dates(), edge.support.say_evidence()]
    return printable("\n".join(line for line in lines if line))


def frame(network: Network, width: float, height: float, marks: list[Mark]) -> tuple[float, float, list[Mark]]:
    """Return a picture with its heading above and its notes beneath: width, height and shapes."""
    footer, end = _footer(network, width, height + 30)
    return width, end, [*heading_of(network), *marks, *footer]


def heading_of(network: Network) -> list[Mark]:
    """Return the heading of a picture."""
    said = f"{network.subtitle} As at {say_date(network.as_at)}. {ADVICE}"
    return [
        _text(20, 40, network.title, size=30, anchor="start", bold=True),
        _text(20, 68, said, size=17, anchor="start", fill=SOFT),
    ]


def legend_of(network: Network) -> tuple[dict[str, Style], dict[str, Stroke]]:
    """Return the styles that are on a map, by family of things and by kind of line, in the order of the legend."""
    families = {node.family for node in network.nodes}
    kinds = {edge.kind for edge in network.edges if not edge.quiet}
    return (
        {family: style for family, style in STYLES.items() if family in families},
        {kind: stroke for kind, stroke in STROKES.items() if kind in kinds},
    )


def _legend(network: Network, width: float, top: float) -> tuple[list[Mark], float]:
    styles, strokes = legend_of(network)
    marks: list[Mark] = []
    left = 20.0
    broken = Stroke("broken line: unchecked or weak evidence", SOFT, 2, 1)
    items: list[Style | Stroke] = [*styles.values(), *strokes.values(), broken]
    for item in items:
        wide = 44 + text_width(item.label) * 16 / FONT + 34
        if left + wide > width and left > 20:
            left, top = 20.0, top + 32
        if isinstance(item, Style):
            corners = tuple((left + 17 + x, top + y) for x, y in outline(item.shape, 34, 22))
            marks.append(Mark("polygon", corners, fill=item.fill, stroke=item.stroke, width=2.2))
        else:
            ends = ((left, top), (left + 12, top), (left + 22, top), (left + 34, top))
            marks.append(
                Mark("curve", ends, stroke=item.colour, width=max(2, item.width), broken=item is broken, opacity=0.85)
            )
        marks.append(_text(left + 44, top + 6, item.label, size=16, anchor="start"))
        left += wide
    return marks, top + 40


def _footer(network: Network, width: float, top: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    for text in (*network.notes, ATTRIBUTION):
        for line in _fold(text, width - 40):
            marks.append(_text(20, top, line, size=_FOOT, anchor="start", fill=SOFT))
            top += _STEP - 4
    return marks, top + 8


def _fold(text: str, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer) * _FOOT / FONT > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def to_svg(network: Network, layout: Layout, *, framed: bool = True) -> str:
    """Write a map as SVG: a file that opens in any browser and asks nobody for anything.

    Args:
        network: what is drawn.
        layout: where it stands.
        framed: with heading, legend and footer.
    """
    width, height, marks = draw(network, layout, framed=framed)
    return marks_to_svg(f"{network.title}, as at {say_date(network.as_at)}", width, height, marks)


def marks_to_svg(title: str, width: float, height: float, marks: Iterable[Mark]) -> str:
    """Write plain shapes as SVG.

    Args:
        title: what the picture shows, for who cannot see it.
        width: of the picture.
        height: of the picture.
        marks: the shapes, from the back to the front.
    """
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" lang="en" '
            "font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\">",
            f"<title>{escape(printable(title))}</title>",
            f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
            *(_write_mark(mark) for mark in marks),
            "</svg>",
            "",
        )
    )


def _write_mark(mark: Mark) -> str:
    about = f"<title>{escape(mark.about)}</title>" if mark.about else ""
    if mark.kind == "text":
        ((x, y),) = mark.points
        bold = ' font-weight="bold"' if mark.bold else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{mark.size:g}" text-anchor="{mark.anchor}" '
            f'fill="{mark.fill}"{bold}>{escape(mark.text)}</text>'
        )
    broken = ' stroke-dasharray="7 5"' if mark.broken else ""
    look = (
        f'fill="{mark.fill}" stroke="{mark.stroke}" stroke-width="{mark.width:g}" '
        f'stroke-opacity="{mark.opacity:g}"{broken}'
    )
    places = [f"{x:.1f} {y:.1f}" for x, y in mark.points]
    if mark.kind == "curve":
        path = f"M{places[0]}C{','.join(places[1:])}"
        return f'<path d="{path}" {look}>{about}</path>' if about else f'<path d="{path}" {look}/>'
    return f'<polygon points="{" ".join(place.replace(" ", ",") for place in places)}" {look}>{about}</polygon>'


def to_png(network: Network, layout: Layout) -> bytes:
    """Draw a map as a PNG picture.

    Raises:
        MissingExtra: if Pillow is not installed.
    """
    return marks_to_png(*draw(network, layout))


def marks_to_png(width: float, height: float, marks: Iterable[Mark]) -> bytes:
    """Draw plain shapes as a PNG picture.

    Raises:
        MissingExtra: if Pillow is not installed.
    """
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise MissingExtra('PNG pictures need Pillow: pip install "dutygraph[maps]"') from error
    from io import BytesIO

    scale = min(3.0, (_PIXELS / (width * height)) ** 0.5)
    image = Image.new("RGB", (round(width * scale), round(height * scale)), "#ffffff")
    pen = ImageDraw.Draw(image)
    faces: dict[tuple[float, str], FreeTypeFont | ImageFont] = {}
    for mark in marks:
        points = [(x * scale, y * scale) for x, y in mark.points]
        if mark.kind == "text":
            _paint_text(pen, mark, points[0], scale, faces)
        else:
            _paint_shape(pen, mark, points, scale)
    small = image.resize((round(width * scale / 2), round(height * scale / 2)), Image.Resampling.LANCZOS)
    written = BytesIO()
    small.save(written, "PNG")
    return written.getvalue()


def _paint_shape(pen: Any, mark: Mark, points: list[tuple[float, float]], scale: float) -> None:
    width = max(1, round(mark.width * scale))
    if mark.fill != "none":
        pen.polygon(points, fill=mark.fill)
    line = bezier(points) if mark.kind == "curve" else [*points, points[0]]
    colour = blend(mark.stroke, mark.opacity)
    for piece in _dashes(line, 7 * scale, 5 * scale) if mark.broken else [line]:
        pen.line(piece, fill=colour, width=width, joint="curve")


def bezier(points: Sequence[tuple[float, float]], pieces: int = 28) -> list[tuple[float, float]]:
    """Return points along a cubic curve, for what draws only straight lines.

    Args:
        points: its ends and what pulls it.
        pieces: into how many straight pieces it is cut.
    """
    steps = [step / pieces for step in range(pieces + 1)]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps]
    return [
        (
            sum(weight * x for weight, (x, _y) in zip(row, points, strict=True)),
            sum(weight * y for weight, (_x, y) in zip(row, points, strict=True)),
        )
        for row in weights
    ]


def _dashes(line: Sequence[tuple[float, float]], on: float, off: float) -> Iterable[list[tuple[float, float]]]:
    """Cut a line into strokes of a length with gaps between them."""
    left, drawing, piece = on, True, [line[0]]
    for (x, y), (to_x, to_y) in pairwise(line):
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        done = 0.0
        while length - done > left:
            done += left
            at = (x + (to_x - x) * done / length, y + (to_y - y) * done / length)
            if drawing:
                yield [*piece, at]
            drawing = not drawing
            piece, left = [at], on if drawing else off
        left -= length - done
        piece.append((to_x, to_y))
    if drawing and len(piece) > 1:
        yield piece


def blend(colour: str, opacity: float) -> str:
    """Return a colour of some opacity as it looks on white: for what cannot be drawn through.

    >>> blend("#000000", 0.5)
    '#808080'
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * opacity):02x}" for part in parts)


def _paint_text(
    pen: Any, mark: Mark, at: tuple[float, float], scale: float, faces: dict[tuple[float, str], Any]
) -> None:
    size = mark.size * scale
    font, text = _face(mark.text, size, faces)
    room = text_width(mark.text) * mark.size / FONT * scale * 1.06 + 2 * scale
    if font.getlength(text) > room:
        font, text = _face(mark.text, size * room / font.getlength(text), faces)
    anchor = {"start": "ls", "middle": "ms"}[mark.anchor]
    bold = 0.4 * scale if mark.bold else 0
    pen.text(at, text, font=font, fill=mark.fill, anchor=anchor, stroke_width=bold, stroke_fill=mark.fill)


def _face(text: str, size: float, faces: dict[tuple[float, str], Any]) -> tuple[Any, str]:
    """Return a font and the text as that font can write it; Pillow's own font has no letters beyond plain Latin."""
    from PIL import ImageFont

    for name in _FACES:
        if (size, name) not in faces:
            try:
                faces[size, name] = ImageFont.truetype(name, size)
            except OSError:
                faces[size, name] = None
        if faces[size, name] is not None:
            return faces[size, name], text
    if (size, "") not in faces:
        faces[size, ""] = ImageFont.load_default(size)
    plain = unicodedata.normalize("NFKD", text.replace("–", "-").replace("’", "'").replace("…", "..."))
    return faces[size, ""], plain.encode("latin-1", "ignore").decode("latin-1")
