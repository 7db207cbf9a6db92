"""The map as PowerPoint slides: one for the map (or each of its days), or one for each step of a story.

Everything is drawn with PowerPoint's own shapes in the places of the layout, so a trainer can move, recolour and
copy them. The speaker's notes cite the provisions; every shape says in its alternative text what it is. The form
is Office Open XML (ISO/IEC 29500) as python-pptx writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..citations import group_citations
from ..dates import say_date
from ..errors import MissingExtra
from .days import on_day
from .drawings import (
    ADVICE,
    ATTRIBUTION,
    INK,
    SOFT,
    STROKES,
    STYLES,
    TIER,
    bezier,
    blend,
    describe_edge,
    describe_node,
    line_width,
)
from .groups import overview
from .layouts import FONT, Band, Box, Layout, lay_out, outline, route
from .networks import Network, printable
from .stories import Step, Story

_INCH = 914400
_POINT = 12700
_WIDE, _HIGH = 13.333, 7.5
_FADED = 0.35
_CURVE_STEPS = 16


def to_slides(network: Network, story: Story | None = None) -> bytes:
    """Return a map, or the story that is told on it, as a PowerPoint file.

    Args:
        network: what is drawn.
        story: the story; without it there is one slide for each day of the map.

    Raises:
        MissingExtra: if python-pptx is not installed.
    """
    try:
        from pptx import Presentation
    except ImportError as error:
        raise MissingExtra('PowerPoint slides need python-pptx: pip install "dutygraph[office]"') from error
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = round(_WIDE * _INCH), round(_HIGH * _INCH)
    _describe(deck, network, story)
    for step in story.steps if story else [_whole(network, day) for day in network.days or (network.as_at,)]:
        _add_slide(deck, network, step, told=bool(story))
    written = BytesIO()
    deck.save(written)
    return _undated(written)


def _undated(written: BytesIO) -> bytes:
    """The same package without the time of its writing, so that the same map is the same file."""
    made = BytesIO()
    with ZipFile(written) as package, ZipFile(made, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            copy.writestr(entry, package.read(name))
    return made.getvalue()


def _describe(deck: Any, network: Network, story: Story | None) -> None:
    properties = deck.core_properties
    properties.title = printable(story.title if story else network.title)[:255]
    properties.author, properties.language = "dutygraph", "en-GB"
    properties.comments = ADVICE
    properties.created = properties.modified = datetime.fromisoformat(network.as_at).replace(tzinfo=UTC)


def _whole(network: Network, day: str) -> Step:
    return Step(network.title, (f"{network.subtitle} As at {say_date(day)}.",), day=day)


def _add_slide(deck: Any, network: Network, step: Step, *, told: bool) -> None:
    """A slide with heading, text (beside the map in a story, else above it), the map, and notes for the speaker."""
    day = step.day or network.as_at
    here = on_day(network, day)
    drawn = step.network_of(here) if step.shown else overview(here)[0]
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # with a title, which screen readers and outlines need
    _write_title(slide.shapes.title, step.heading)
    room = (4.75, 1.15, _WIDE - 4.95, _HIGH - 1.6) if told else (0.3, 1.5, _WIDE - 0.6, _HIGH - 1.95)
    if told:
        _write(slide, (0.45, 1.25, 4.1, _HIGH - 1.8), step.text, 20)
    else:
        _write(slide, (0.45, 0.98, _WIDE - 0.9, 0.5), step.text, 14, SOFT)
    _write(slide, (0.45, _HIGH - 0.42, _WIDE - 0.9, 0.3), (f"As at {say_date(day)}. {ADVICE}",), 10, SOFT)
    _draw(slide, drawn, room, set(step.bright))
    law = group_citations(item.citation for item in step.law)
    notes = [*step.text, *law, *network.notes, ATTRIBUTION]
    slide.notes_slide.notes_text_frame.text = printable("\n".join(notes))


def _write_title(shape: Any, text: str) -> None:
    shape.left, shape.top, shape.width, shape.height = (round(each * _INCH) for each in (0.45, 0.2, _WIDE - 0.9, 0.85))
    frame = shape.text_frame
    frame.text = printable(text)
    _set(frame.paragraphs[0], 30, INK, bold=True, centred=False)


def _write(
    slide: Any, place: tuple[float, float, float, float], texts: Iterable[str], size: float, colour: str = INK
) -> None:
    frame = slide.shapes.add_textbox(*(round(each * _INCH) for each in place)).text_frame
    frame.word_wrap = True
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = printable(text)
        _set(paragraph, size, colour, centred=False)
        paragraph.space_after = round(size * 0.5 * _POINT)


def _set(paragraph: Any, size: float, colour: str, *, bold: bool = False, centred: bool = True) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
    paragraph.font.size = round(max(1, size) * _POINT)
    paragraph.font.bold = bold
    paragraph.font.name = "Arial"
    paragraph.font.color.rgb = _colour(colour)


def _colour(name: str) -> Any:
    from pptx.dml.color import RGBColor

    kind: Any = RGBColor
    return kind.from_string(name[1:].upper())


class _Pen:
    """Draws in units of the map on a part of a slide."""

    def __init__(self, shapes: Any, layout: Layout, room: tuple[float, float, float, float]) -> None:
        left, top, width, height = (each * _INCH for each in room)
        self.shapes = shapes
        self.scale = min(width / layout.width, height / layout.height, 2.2 * _POINT)
        self.left = left + (width - layout.width * self.scale) / 2
        self.top = top + (height - layout.height * self.scale) / 2

    def points(self, points: Iterable[tuple[float, float]]) -> list[tuple[int, int]]:
        """Places on the slide."""
        return [(round(self.left + x * self.scale), round(self.top + y * self.scale)) for x, y in points]

    def size(self, units: float) -> float:
        """Return a size of letters in points."""
        return units * self.scale / _POINT

    def shape(self, corners: Iterable[tuple[float, float]], about: str, *, closed: bool = True) -> Any:
        """Draw a polygon or a line."""
        (x, y), *rest = self.points(corners)
        from pptx.oxml.ns import qn

        builder = self.shapes.build_freeform(x, y, scale=1.0)
        builder.add_line_segments(rest, close=closed)
        shape = builder.convert_to_shape()
        style = shape._element.find(qn("p:style"))
        if style is not None:  # the theme's shadow and colours
            shape._element.remove(style)
        properties = shape._element.nvSpPr.cNvPr
        properties.set("descr", printable(about))
        shape.name = printable(about.split("\n")[0])[:80] or "shape"
        return shape

    def label(self, text: str, band: Band, *, centred: bool) -> None:
        """Write the name of a lane or a tier at its top."""
        ((left, top),) = self.points([(band.left, band.top)])
        size = self.size(19 if centred else 16)
        frame = self.shapes.add_textbox(
            left, top, round(band.width * self.scale), round(size * 1.5 * _POINT)
        ).text_frame
        frame.word_wrap = not centred
        frame.margin_top = frame.margin_bottom = 0
        frame.text = printable(text)
        _set(frame.paragraphs[0], size, INK if centred else SOFT, bold=True, centred=centred)


def _draw(slide: Any, network: Network, room: tuple[float, float, float, float], bright: set[str]) -> None:
    layout = lay_out(network, room[2:])
    pen = _Pen(slide.shapes.add_group_shape().shapes, layout, room)
    for band in layout.bands:
        right, low = band.left + band.width, band.top + band.height
        corners = ((band.left, band.top), (right, band.top), (right, low), (band.left, low))
        _paint(pen.shape(corners, band.label), TIER, "#dfe3e6", 0.5, broken=False)
    _draw_edges(pen, network, layout, bright)
    for band in layout.bands:
        pen.label(band.label, band, centred=False)
    for lane in layout.lanes:
        pen.label(lane.label, lane, centred=True)
    for box in layout.boxes:
        _draw_box(pen, box, faded=bool(bright) and box.node.id not in bright)


def _draw_edges(pen: _Pen, network: Network, layout: Layout, bright: set[str]) -> None:
    loud = [edge for edge in network.edges if not edge.quiet]
    most = max((edge.amount for edge in loud), default=0)
    curves = route(layout, ((edge.source, edge.target) for edge in loud))
    for edge, curve in zip(loud, curves, strict=True):
        stroke, lit = STROKES[edge.kind], len(bright & {edge.source, edge.target})
        opacity = (0.12, 0.5, 0.95)[lit] if bright else max(0.5, stroke.opacity)
        line = pen.shape(bezier(curve, _CURVE_STEPS), describe_edge(edge), closed=False)
        _paint(
            line, None, blend(stroke.colour, opacity), line_width(edge, most) * 0.75, broken=not edge.support.certain
        )


def _draw_box(pen: _Pen, box: Box, *, faded: bool) -> None:
    style, node = STYLES[box.node.family], box.node
    corners = [(box.x + x, box.y + y) for x, y in outline(style.shape, box.width, box.height)]
    shape = pen.shape(corners, describe_node(node))
    strength = _FADED if faded else 1
    broken = not node.support.certain and node.family != "area"
    _paint(shape, "#ffffff" if faded else style.fill, blend(style.stroke, strength), 1.75, broken=broken)
    frame = shape.text_frame
    frame.word_wrap = False
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = "\n".join(printable(line) for line in box.lines)
    for paragraph in frame.paragraphs:
        _set(paragraph, pen.size(FONT), blend(INK, strength + 0.15 if faded else 1))


def _paint(shape: Any, fill: str | None, stroke: str, width: float, *, broken: bool) -> None:
    from pptx.enum.dml import MSO_LINE

    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(fill)
    shape.line.color.rgb = _colour(stroke)
    shape.line.width = round(width * _POINT)
    if broken:
        shape.line.dash_style = MSO_LINE.DASH
