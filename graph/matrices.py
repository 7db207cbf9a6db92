"""The membership matrix: bodies down the side, partnerships across the top, and in each cell in what role.

It answers "who sits on what, and who is missing" at a glance. In goes a network; out come a page (a real table,
so a screen reader announces row and column), an SVG, or rows for a slide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..dates import say_date
from ..errors import BadInput
from .drawings import ADVICE, ATTRIBUTION, Mark, frame
from .layouts import FONT, wrap
from .networks import SITS_ON, Edge, Network, Node, printable
from .pages import TEMPLATES, fill_template, policy_for
from .twins import law_of, text_of

_LEADS = ("chair", "lead", "senior responsible", "host", "founder", "convenor")
_GUESTS = ("guest", "participant", "support", "observer", "invit", "attend", "advis")
_LEAD, _MEMBER, _GUEST = "◆", "■", "□"
SIGNS = ((_LEAD, "chairs or leads"), (_MEMBER, "is a member"), (_GUEST, "takes part, as guest or in support"))
_SIDE, _CELL, _ROW, _TOP = 300, 92, 36, 200


@dataclass(frozen=True)
class Matrix:
    """Who sits on what: rows, columns, and the seats in each cell, by the ids of row and column."""

    title: str
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    cells: dict[tuple[str, str], tuple[Edge, ...]]


def matrix_of(network: Network) -> Matrix:
    """Return the matrix of a network, whoever has the most seats first.

    Raises:
        BadInput: if nobody sits on anything.
    """
    cells: dict[tuple[str, str], tuple[Edge, ...]] = {}
    nodes = {node.id: node for node in network.nodes}
    for edge in network.edges:
        if edge.kind == SITS_ON and nodes[edge.source].family != "class":
            key = edge.source, edge.target
            cells[key] = (*cells.get(key, ()), edge)
    if not cells:
        raise BadInput(f"No seat is held of {network.title}: there is no matrix. That is a gap in dutygraph.")
    busy = Counter(end for ends in cells for end in ends)
    order = {node.id: at for at, node in enumerate(network.nodes)}

    def ranked(ids: set[str]) -> tuple[Node, ...]:
        return tuple(nodes[id] for id in sorted(ids, key=lambda id: (-busy[id], order[id])))

    return Matrix(network.title, ranked({row for row, _ in cells}), ranked({column for _, column in cells}), cells)


def sign_of(seats: Sequence[Edge]) -> str:
    """Return the sign of the weightiest of several seats; signs differ in shape, not in colour alone."""
    signs = [_sign(edge.role.partition(", as one of")[0].casefold()) for edge in seats]
    return min(signs, key=(_LEAD, _MEMBER, _GUEST).index)


def _sign(role: str) -> str:
    if any(word in role for word in _LEADS):
        return _LEAD
    return _GUEST if any(word in role for word in _GUESTS) else _MEMBER


def roles_of(seats: Sequence[Edge]) -> str:
    """Return the roles of several seats, each once, with "unchecked" where none of them is certain."""
    roles = ", ".join(dict.fromkeys(edge.role.partition(", as one of")[0] for edge in seats))
    return roles if any(edge.support.certain for edge in seats) else f"{roles} (unchecked)"


def to_matrix_page(network: Network, *, nonce: str | None = None) -> str:
    """Return the matrix as one HTML page that asks no host for anything: a table with fixed heads.

    Args:
        network: who sits on what.
        nonce: as for :func:`dutygraph.graph.pages.to_page`.
    """
    matrix = matrix_of(network)
    style = (TEMPLATES / "matrix.css").read_text(encoding="utf-8")
    key = "".join(f"<li><b>{sign}</b> {meaning}</li>" for sign, meaning in SIGNS)
    return fill_template(
        "matrix.html",
        {
            "policy": policy_for(style, "", nonce),
            "nonce": f' nonce="{escape(nonce)}"' if nonce else "",
            "style": style,
            "title": text_of(network.title),
            "as_at": say_date(network.as_at),
            "advice": ADVICE,
            "attribution": ATTRIBUTION,
            "key": key,
            "notes": "".join(f"<li>{text_of(note)}</li>" for note in network.notes),
            "head": "".join(f'<th scope="col"><span>{text_of(node.label)}</span></th>' for node in matrix.columns),
            "body": "".join(_row(matrix, node) for node in matrix.rows),
            "foot": "".join(f"<td>{_count(matrix, node.id, 1)}</td>" for node in matrix.columns),
        },
    )


def _row(matrix: Matrix, node: Node) -> str:
    cells = "".join(_cell(matrix.cells.get((node.id, column.id), ())) for column in matrix.columns)
    return f'<tr><th scope="row">{text_of(node.label)}</th>{cells}<td>{_count(matrix, node.id, 0)}</td></tr>'


def _cell(seats: Sequence[Edge]) -> str:
    if not seats:
        return "<td></td>"
    laws = "; ".join(dict.fromkeys(law for law in (law_of(edge.support) for edge in seats) if law))
    sources = "; ".join(dict.fromkeys(source for edge in seats for source in edge.support.sources))
    said = f"<b>{sign_of(seats)}</b> {text_of(roles_of(seats))}"
    cited = laws or text_of(sources)
    return (
        f"<td><details><summary>{said}</summary><small>{cited}</small></details></td>" if cited else f"<td>{said}</td>"
    )


def _count(matrix: Matrix, key: str, axis: int) -> int:
    return sum(cell[axis] == key for cell in matrix.cells)


def draw_matrix(network: Network) -> tuple[float, float, list[Mark]]:
    """Make the matrix into plain shapes, with heading, key and footer: width, height and the shapes."""
    matrix = matrix_of(network)
    width = max(900.0, _SIDE + len(matrix.columns) * _CELL + 40)
    marks: list[Mark] = []
    for at, (sign, meaning) in enumerate(SIGNS):
        marks += [*_sign_at(34, 104 + at * 30, sign), _said(54, 110 + at * 30, meaning, 14, "start")]
    for at, node in enumerate(matrix.columns):
        left = _SIDE + at * _CELL
        marks.append(_bar((left, 84, left + _CELL - 4, _TOP - 8), "#d8f0e8", "#009e73"))
        for line, text in enumerate(wrap(node.label, (_CELL - 12) * FONT / 12)):
            marks.append(_said(left + _CELL / 2 - 2, 104 + line * 17, text, 12))
    for at, node in enumerate(matrix.rows):
        top = _TOP + at * _ROW
        marks.append(_bar((20, top, width - 20, top + _ROW), "#f4f6f8" if at % 2 else "#ffffff", "#dfe3e6"))
        marks += _draw_row(matrix, node, top)
    return frame(network, width, _TOP + len(matrix.rows) * _ROW, marks)


def _bar(sides: tuple[float, float, float, float], fill: str, stroke: str) -> Mark:
    left, top, right, low = sides
    corners = ((left, top), (right, top), (right, low), (left, low))
    return Mark("polygon", corners, fill=fill, stroke=stroke, width=1)


def _draw_row(matrix: Matrix, node: Node, top: float) -> list[Mark]:
    """The name of a body, in at most two lines, and its seats."""
    lines = wrap(node.label, (_SIDE - 40) * FONT / 14)
    shown = lines if len(lines) < 3 else (lines[0], f"{lines[1]}…")
    marks = [_said(28, top + 31 - 8 * len(shown) + at * 16, text, 14, "start") for at, text in enumerate(shown)]
    for place, column in enumerate(matrix.columns):
        seats = matrix.cells.get((node.id, column.id), ())
        if seats:
            about = "\n".join(edge.sentence for edge in seats)
            marks += _seat(_SIDE + place * _CELL + _CELL / 2 - 2, top + _ROW / 2, seats, about)
    return marks


def _said(x: float, y: float, text: str, size: float, anchor: str = "middle") -> Mark:
    return Mark("text", ((x, y),), text=printable(text), fill="#1a1a1a", size=size, anchor=anchor)


def _seat(x: float, y: float, seats: Sequence[Edge], about: str) -> list[Mark]:
    return _sign_at(x, y, sign_of(seats), about, broken=not any(edge.support.certain for edge in seats))


def _sign_at(x: float, y: float, sign: str, about: str = "", *, broken: bool = False) -> list[Mark]:
    """A sign, drawn: a filled diamond, a filled square, an empty square."""
    far = 10 if sign == _LEAD else 8
    corners = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    if sign != _LEAD:
        corners = ((x - far, y - far), (x + far, y - far), (x + far, y + far), (x - far, y + far))
    fill = "#ffffff" if sign == _GUEST else "#0072b2"
    return [Mark("polygon", corners, fill=fill, stroke="#0072b2", width=2, broken=broken, about=about)]
