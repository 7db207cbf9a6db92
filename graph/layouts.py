"""Where everything stands on a map: lanes from left to right, tiers from top to bottom, labels that never overlap.

Positions follow from the network alone, so the same network is laid out the same way every time. Each node is a
box as wide as its lane, its label wrapped to fit; within a tier the boxes of a lane stand in rows. In how many
columns a lane is laid is chosen so that the whole is as large as possible on a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, pi, sin

from .networks import Network, Node, Strip

FONT, LINE, PAD = 22, 25, 8
"""Size of letters, height of a line, and what is left free around a label, in units of the map."""

GAP, ROW_GAP, GUTTER, BAND_GAP, HEAD, MARGIN = 16, 12, 84, 10, 30, 16
SCREEN, BESIDE_TEXT = (1560, 720), (1240, 900)
"""The room for a map that fills a screen, and for one that stands beside the text of a story."""
_LINES_AT_MOST, _BULGE = 5, 42
_COLUMNS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20)
_PAIRED, _ODD = ("partnership",), (3, 5)
"""A partnership stands beside its parts, so its lane has no odd number of columns."""
_WIDTHS = {"place": 180, "law": 230, "partnership": 230, "body": 220}
_NORM_WIDTH = 240

_ADVANCES = {
    222: "'ijl|",
    278: " !,./:;I[]\\ft",
    333: "()-`r",
    500: "ckJsvxyz",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_ADVANCE = {letter: width for width, letters in _ADVANCES.items() for letter in letters}
"""Widths of letters, in thousandths of their size, of the sans serifs that every system has; others take 556."""


@dataclass(frozen=True)
class Box:
    """Where a node stands: its middle, its size and the lines of its label."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Band:
    """A tier or a lane: what it is called and the room it takes."""

    label: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """A map laid out: its size, its lanes and tiers, and a box for each node."""

    width: float
    height: float
    lanes: tuple[Band, ...]
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class _Cell:
    """The nodes of one lane in one tier, with the lines of their labels."""

    labels: tuple[tuple[Node, tuple[str, ...]], ...]

    def rows(self, columns: int) -> list[float]:
        """Heights of the rows, gaps included."""
        counts = [len(lines) for _node, lines in self.labels]
        rows = [counts[start : start + columns] for start in range(0, len(counts), columns)]
        return [max(row) * LINE + 2 * PAD + ROW_GAP for row in rows]

    def height(self, columns: int) -> float:
        """Height of the rows together."""
        return sum(self.rows(columns))


def lay_out(network: Network, screen: tuple[float, float] = SCREEN) -> Layout:
    """Lay a network out.

    Args:
        network: what is drawn; its nodes stand in their order.
        screen: the room that it is to fill as well as it can; only the proportion counts.

    Returns:
        The layout; lanes and tiers in which nothing stands are left out.
    """
    if network.picture == "tree":
        return _lay_out_tree(network)
    lanes = [lane for lane in network.lanes if any(node.lane == lane.key for node in network.nodes)]
    keys = [band for band in network.bands if any(node.band == band.key for node in network.nodes)]
    free = any(node.band is None for node in network.nodes)
    held: dict[tuple[str, str | None], list[Node]] = {}
    for node in network.nodes:
        held.setdefault((node.lane, node.band), []).append(node)
    cells = {
        (lane.key, band): _cell(held.get((lane.key, band), []), lane)
        for lane in lanes
        for band in ([None] if free else []) + [strip.key for strip in keys]
    }
    columns = _choose_columns(lanes, keys, cells, screen)
    lefts, width = _lefts(lanes, columns)
    tops, height = _tops(keys, {(lane, band): cell.height(columns[lane]) for (lane, band), cell in cells.items()})
    boxes: list[Box] = []
    for (lane_key, band_key), cell in cells.items():
        room = height - MARGIN - HEAD - (BAND_GAP if keys else 0)
        top = tops[band_key] if band_key else HEAD + max(0, (room - cell.height(columns[lane_key])) / 2) + BAND_GAP
        boxes += _boxes(cell, columns[lane_key], lefts[lane_key], top, _width(lane_key))
    order = {node.id: position for position, node in enumerate(network.nodes)}
    return Layout(
        width=width,
        height=height,
        lanes=tuple(
            Band(lane.label, lefts[lane.key], 0, _lane_width(lane.key, columns[lane.key]), HEAD) for lane in lanes
        ),
        bands=_bands(keys, tops, _tiered(lanes, cells, lefts, columns), height),
        boxes=tuple(sorted(boxes, key=lambda box: order[box.node.id])),
    )


def _lay_out_tree(network: Network) -> Layout:
    """Trees from left to right, a lane for each level, beside each other as fills a screen best.

    Each thing stands in the middle of what stands beneath it; the nodes come parents first.
    """
    here = {node.id for node in network.nodes}
    above = {node.id: node.group if node.group in here else "" for node in network.nodes}
    below: dict[str, list[str]] = {}
    for node in network.nodes:
        below.setdefault(above[node.id], []).append(node.id)
    trees: list[list[Node]] = []
    for node in network.nodes:
        trees += [] if above[node.id] else [[]]
        trees[-1].append(node)
    level = {lane.key: at for at, lane in enumerate(network.lanes)}
    deep = 1 + max((level[node.lane] for node in network.nodes), default=0)
    across = deep * (_NORM_WIDTH + GUTTER)
    choices = [_stack(trees, below, count) for count in range(1, min(len(trees), 6) + 1)] or [({}, {}, HEAD)]

    def size(choice: tuple[dict[str, float], dict[str, int], float]) -> float:
        return max((1 + max(choice[1].values(), default=0)) * across / SCREEN[0], choice[2] / SCREEN[1])

    middles, columns, height = min(choices, key=size)
    lefts = {id: MARGIN + column * across for id, column in columns.items()}
    boxes = []
    for node in network.nodes:
        left, lines = lefts[node.id] + level[node.lane] * (_NORM_WIDTH + GUTTER), _norm_lines(node)
        boxes.append(Box(node, left + _NORM_WIDTH / 2, middles[node.id], _NORM_WIDTH, _high(lines), lines))
    heads = sorted({(box.x - _NORM_WIDTH / 2, level[box.node.lane]) for box in boxes})
    lanes = tuple(Band(network.lanes[at].label, left, 0, _NORM_WIDTH, HEAD) for left, at in heads)
    right = max((box.x + _NORM_WIDTH / 2 for box in boxes), default=0)
    return Layout(right + _BULGE, height + MARGIN, lanes, (), tuple(boxes))


def _stack(
    trees: Sequence[Sequence[Node]], below: Mapping[str, Sequence[str]], count: int
) -> tuple[dict[str, float], dict[str, int], float]:
    """Stack trees in so many columns: the middle of each node, the column it is in, and how high that is."""
    whole = sum(_high(_norm_lines(node)) + ROW_GAP for tree in trees for node in tree if node.id not in below)
    middles: dict[str, float] = {}
    columns: dict[str, int] = {}
    column, top, lowest = 0, float(HEAD + MARGIN), 0.0
    for tree in trees:
        if top - HEAD - MARGIN >= whole / count and column < count - 1:
            column, top = column + 1, HEAD + MARGIN
        for node in tree:
            columns[node.id] = column
            if node.id not in below:
                high = _high(_norm_lines(node))
                middles[node.id] = top + high / 2
                top += high + ROW_GAP
        lowest = max(lowest, top)
        for node in reversed(tree):
            if node.id in below:
                middles[node.id] = (middles[below[node.id][0]] + middles[below[node.id][-1]]) / 2
    return middles, columns, lowest


def _norm_lines(node: Node) -> tuple[str, ...]:
    return wrap(node.label, _NORM_WIDTH - 2 * PAD - 14)


def _high(lines: Sequence[str]) -> float:
    return len(lines) * LINE + 2 * PAD


def _cell(nodes: Sequence[Node], lane: Strip) -> _Cell:
    room = _width(lane.key) - 2 * PAD - 14
    return _Cell(tuple((node, wrap(node.label, room)) for node in nodes))


def _choose_columns(
    lanes: Sequence[Strip],
    bands: Sequence[Strip],
    cells: Mapping[tuple[str, str | None], _Cell],
    screen: tuple[float, float],
) -> dict[str, int]:
    """Choose how many columns each lane takes, so that the map is as large as it can be on a screen."""
    most = {lane.key: max(len(cell.labels) for (key, _), cell in cells.items() if key == lane.key) for lane in lanes}
    choices = {
        lane.key: [
            count
            for count in _COLUMNS
            if count <= max(1, most[lane.key]) and (lane.key not in _PAIRED or count not in _ODD)
        ]
        for lane in lanes
    }

    @cache
    def height(key: str, band: str | None, count: int) -> float:
        return cells[key, band].height(count)

    def size(columns: Mapping[str, int]) -> tuple[float, int]:
        width = _lefts(lanes, columns)[1]
        high = _tops(bands, {(lane, band): height(lane, band, columns[lane]) for lane, band in cells})[1]
        return round(max(width / screen[0], high / screen[1]), 3), sum(columns.values())

    best = held = {lane.key: 1 for lane in lanes}
    while wider := [
        held | {key: counts[counts.index(held[key]) + 1]} for key, counts in choices.items() if held[key] < counts[-1]
    ]:
        held = min(wider, key=size)
        best = min(best, held, key=size)
    return best


def _width(lane: str) -> float:
    return _WIDTHS.get(lane, _NORM_WIDTH)


def _lane_width(lane: str, columns: int) -> float:
    return columns * (_width(lane) + GAP) - GAP


def _lefts(lanes: Sequence[Strip], columns: Mapping[str, int]) -> tuple[dict[str, float], float]:
    """Where each lane begins, and how wide the map is."""
    lefts: dict[str, float] = {}
    left: float = MARGIN
    for lane in lanes:
        lefts[lane.key] = left
        left += _lane_width(lane.key, columns[lane.key]) + GUTTER
    return lefts, left - GUTTER + _BULGE


def _tops(bands: Sequence[Strip], heights: Mapping[tuple[str, str | None], float]) -> tuple[dict[str, float], float]:
    """Where each tier begins, and how high the map is, from the height of every lane in every tier."""
    tops: dict[str, float] = {}
    top: float = HEAD
    for band in bands:
        tops[band.key] = top + BAND_GAP + HEAD
        top = tops[band.key] + max(height for (_lane, key), height in heights.items() if key == band.key)
    free = max((height for (_lane, key), height in heights.items() if key is None), default=0)
    return tops, max(top, HEAD + BAND_GAP + free) + MARGIN


def _tiered(
    lanes: Sequence[Strip],
    cells: Mapping[tuple[str, str | None], _Cell],
    lefts: Mapping[str, float],
    columns: Mapping[str, int],
) -> tuple[float, float]:
    """From where to where the tiers reach: over the lanes whose nodes stand in them."""
    held = [
        lane.key
        for lane in lanes
        if any(band and cell.labels for (key, band), cell in cells.items() if key == lane.key)
    ]
    ends = [lefts[key] + _lane_width(key, columns[key]) for key in held]
    return min((lefts[key] for key in held), default=0) - MARGIN / 2, max(ends, default=0) + MARGIN / 2


def _bands(
    keys: Sequence[Strip], tops: Mapping[str, float], reach: tuple[float, float], height: float
) -> tuple[Band, ...]:
    starts = [tops[band.key] - HEAD for band in keys]
    ends = [*(start - BAND_GAP / 2 for start in starts[1:]), height - MARGIN / 2][: len(keys)]
    return tuple(
        Band(band.label, reach[0], start, reach[1] - reach[0], end - start)
        for band, start, end in zip(keys, starts, ends, strict=True)
    )


def _boxes(cell: _Cell, columns: int, left: float, top: float, width: float) -> list[Box]:
    """Boxes in rows, from left to right, each as high as its label needs and its row's middle."""
    rows = cell.rows(columns)
    boxes = []
    for position, (node, lines) in enumerate(cell.labels):
        row, column = divmod(position, columns)
        middle = top + sum(rows[:row]) + (rows[row] - ROW_GAP) / 2
        height = len(lines) * LINE + 2 * PAD
        boxes.append(Box(node, left + column * (width + GAP) + width / 2, middle, width, height, lines))
    return boxes


Curve = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


def route(layout: Layout, ends: Iterable[tuple[str, str]]) -> list[Curve]:
    """Return the curve between the boxes of each pair of ids: its two ends and what pulls it.

    A curve leaves and arrives level, from the sides that face each other; where another box of the row stands
    between, it leaves or arrives at the top or the bottom, so that it does not seem to run through that box.
    """
    boxes = {box.node.id: box for box in layout.boxes}
    rows: dict[int, list[Box]] = {}
    for box in layout.boxes:
        rows.setdefault(round(box.y), []).append(box)
    return [_curve(boxes[one], boxes[other], rows) for one, other in ends]


def _curve(start: Box, end: Box, rows: Mapping[int, Sequence[Box]]) -> Curve:
    apart, down = end.x - start.x, end.y - start.y
    if abs(apart) < (start.width + end.width) / 2:  # one above the other: out to the right and back
        right = max(start.x + start.width / 2, end.x + end.width / 2) + _BULGE
        return (start.x + start.width / 2, start.y), (right, start.y), (right, end.y), (end.x + end.width / 2, end.y)
    pull = max(_BULGE, abs(down) / 2)
    reach = max(0.0, abs(apart) - (start.width + end.width) / 2) / 2
    first = _leave(start, apart, down, reach, pull, rows)
    last = _leave(end, -apart, -down, reach, pull, rows)
    return first[0], first[1], last[1], last[0]


def _leave(
    box: Box, apart: float, down: float, reach: float, pull: float, rows: Mapping[int, Sequence[Box]]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a curve to something that lies so far to the right and down leaves a box, and what pulls it there."""
    side = 1 if apart > 0 else -1
    far = abs(apart)
    if any(0 < (other.x - box.x) * side < far - 1 for other in rows[round(box.y)]):
        edge = box.y + (box.height / 2 if down > 1 else -box.height / 2)
        return (box.x, edge), (box.x, edge + (pull if down > 1 else -pull))
    edge = box.x + side * box.width / 2
    return (edge, box.y), (edge + side * reach, box.y)


@lru_cache(maxsize=16384)
def text_width(text: str) -> float:
    """Return about how wide a text is, in units of the map.

    >>> round(text_width("Rugby"), 1)
    63.6
    """
    return sum(_ADVANCE.get(letter, 556) for letter in text) * FONT / 1000


@lru_cache(maxsize=16384)
def wrap(text: str, room: float) -> tuple[str, ...]:
    """Break a label into lines that fit; what does not fit in five lines ends in "…".

    >>> wrap("Nuneaton and Bedworth Borough Council", 260)
    ('Nuneaton and Bedworth', 'Borough Council')
    """
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
            continue
        pieces = _break(word, room)
        lines += pieces
    if len(lines) > _LINES_AT_MOST:
        last = lines[_LINES_AT_MOST - 1]
        while last and text_width(f"{last}…") > room:
            last = last[:-1]
        lines = [*lines[: _LINES_AT_MOST - 1], f"{last}…"]
    return tuple(lines) or ("",)


def _break(word: str, room: float) -> list[str]:
    """A word, in pieces where it is wider than the room."""
    if text_width(word) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def outline(shape: str, width: float, height: float) -> list[tuple[float, float]]:
    """Return the corners of a shape around its middle, clockwise from the top left: one for all ways of drawing.

    Args:
        shape: rectangle, pill, hexagon, folded, octagon, slanted, notched or tag.
        width: of the box that holds it.
        height: of the box.
    """
    right, low = width / 2, height / 2
    cut = min(12.0, low)
    if shape == "pill":
        return _pill(right, low)
    corners = {
        "hexagon": [
            (-right + cut, -low), (right - cut, -low), (right, 0),
            (right - cut, low), (-right + cut, low), (-right, 0),
        ],
        "folded": [(-right, -low), (right - cut, -low), (right, -low + cut), (right, low), (-right, low)],
        "octagon": [
            (-right + cut, -low), (right - cut, -low), (right, -low + cut), (right, low - cut),
            (right - cut, low), (-right + cut, low), (-right, low - cut), (-right, -low + cut),
        ],
        "slanted": [(-right + cut, -low), (right, -low), (right - cut, low), (-right, low)],
        "notched": [(-right, -low), (right, -low), (right - cut, 0), (right, low), (-right, low), (-right + cut, 0)],
        "tag": [(-right + cut, -low), (right, -low), (right, low), (-right + cut, low), (-right, 0)],
    }  # fmt: skip
    return list(corners.get(shape, [(-right, -low), (right, -low), (right, low), (-right, low)]))


def _pill(right: float, low: float) -> list[tuple[float, float]]:
    """A box with round ends."""
    round_end = min(low, 24.0)
    steps = [pi / 2 * step / 6 for step in range(7)]
    corners = [(-1, -1, pi), (1, -1, 1.5 * pi), (1, 1, 0.0), (-1, 1, 0.5 * pi)]
    return [
        (
            round(sign_x * (right - round_end) + round_end * cos(start + step), 2),
            round(sign_y * (low - round_end) + round_end * sin(start + step), 2),
        )
        for sign_x, sign_y, start in corners
        for step in steps
    ]
