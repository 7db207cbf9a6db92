"""The map as a page: one HTML file that opens from a memory stick and asks no host for anything.

Its style and script stand inside it, and its Content-Security-Policy allows these alone; everything held is
escaped; the same content stands beneath the map as headings and tables (:mod:`.twins`). What the script shows
first is what is readable from the back of a room: groups (:mod:`.groups`), which it opens.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from ..dates import say_date
from .drawings import ADVICE, ATTRIBUTION, STROKES, STYLES, legend_of, to_svg
from .groups import BOXES_AT_MOST, overview
from .layouts import BESIDE_TEXT, FONT, GAP, GUTTER, HEAD, LINE, MARGIN, ROW_GAP, Box, Layout, lay_out, outline
from .networks import LIES_IN, SERVES, SITS_ON, STATUTORY, Edge, Network, Node, Support, printable
from .stories import Step, Story
from .twins import EDGE_TABLES, contents_of, law_address, linked, tables_of, text_of

TEMPLATES = Path(__file__).resolve().parent / "templates"
_SWATCH = 'width="36" height="24" viewBox="0 0 36 24" aria-hidden="true" focusable="false"'
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")


def _json(value: Any) -> str:
    """Write JSON that can stand in a page: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return printable(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def to_page(network: Network, *, story: Story | None = None, nonce: str | None = None) -> str:
    """Return a map as one HTML page that asks no host for anything.

    Args:
        network: what is drawn; the tables beneath the map have it whole, the map itself begins with groups.
        story: what is told on it, step by step.
        nonce: for a server whose Content-Security-Policy allows scripts and styles by a nonce: written on them.

    Returns:
        The page; :func:`policy_of` has the policy that a server may send with it.
    """
    drawn, inside = overview(network)
    keys = _keys(network, inside)
    style, script = (_template(name) for name in ("map.css", "map.js"))
    day = f'<time datetime="{text_of(network.as_at)}">{say_date(network.as_at)}</time>'
    parts = {
        "policy": policy_for(style, script, nonce),
        "nonce": f' nonce="{escape(nonce)}"' if nonce else "",
        "title": text_of(story.title if story else network.title),
        "heading": text_of(story.title if story else network.title),
        "subtitle": text_of(network.subtitle),
        "as_at": day + "".join(f", beside {say_date(other)}" for other in network.days[:-1]),
        "legend": _legend(network),
        "picture": to_svg(drawn, lay_out(drawn), framed=False),
        "notes": "".join(f"<li>{text_of(note)}</li>" for note in network.notes),
        "told": story_in_words(story) if story else "",
        "contents": contents_of(network),
        "tables": tables_of(network, keys),
        "advice": ADVICE,
        "attribution": ATTRIBUTION,
        "data": _json(_data(network, drawn, inside, keys, story)),
        "style": style,
        "script": script,
    }
    return fill_template("map.html", parts)


def fill_template(name: str, parts: Mapping[str, str]) -> str:
    """Return a template with its parts put in, once: what stands in a part is never taken for a place."""
    return _PLACEHOLDER.sub(lambda match: parts[match[1]], _template(name))


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def policy_for(style: str, script: str, nonce: str | None = None) -> str:
    """Return the policy of a page: its own code runs, its own style is worn, and nobody is asked for anything.

    Args:
        style: the text of its style element.
        script: the text of its script element; empty where it has none.
        nonce: allowed instead of these texts.
    """

    def allow(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"

    scripts, styles = (f"'nonce-{nonce}'",) * 2 if nonce else (allow(script) if script else "'none'", allow(style))
    own = f"img-src data:; script-src {scripts}; style-src {styles}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def policy_of(page: str) -> str:
    """Return the Content-Security-Policy that a page of :func:`to_page` carries, to send it as a header too."""
    return unescape(page.partition('Content-Security-Policy" content="')[2].partition('"')[0])


def _keys(network: Network, inside: Mapping[str, Node]) -> dict[str, str]:
    """What the script calls each thing and each group."""
    groups = dict.fromkeys(group.id for group in inside.values())
    keys = {node.id: f"n{position}" for position, node in enumerate(network.nodes)}
    return keys | {group: f"g{position}" for position, group in enumerate(groups)}


def _data(
    network: Network, drawn: Network, inside: Mapping[str, Node], keys: Mapping[str, str], story: Story | None
) -> dict[str, Any]:
    """Everything that the page's script needs."""
    layouts = {"everything": lay_out(network)}
    if drawn.nodes != network.nodes:
        layouts["overview"] = lay_out(drawn)
    outlines: dict[str, list[tuple[float, float]]] = {}
    boxes = {box.node.id: box for layout in layouts.values() for box in layout.boxes}
    counts = Counter(group.id for group in inside.values())
    supports = dict.fromkeys([*(box.node.support for box in boxes.values()), *(edge.support for edge in network.edges)])
    rests = {support: position for position, support in enumerate(supports)}
    held = [_node(boxes[node.id], keys, inside, counts, outlines, rests, network.days) for node in network.nodes]
    held += [_node(boxes[id], keys, inside, counts, outlines, rests, network.days) for id in counts]
    return {
        "title": printable(network.title),
        "days": list(network.days or (network.as_at,)),
        "dayNames": [say_date(day) for day in network.days or (network.as_at,)],
        "most": BOXES_AT_MOST,
        "measures": {
            "FONT": FONT,
            "LINE": LINE,
            "GAP": GAP,
            "ROW": ROW_GAP,
            "GUTTER": GUTTER,
            "HEAD": HEAD,
            "MARGIN": MARGIN,
        },
        "lanes": [vars(lane) for lane in network.lanes],
        "bands": [vars(band) for band in network.bands],
        "styles": {family: vars(style) for family, style in STYLES.items()},
        "strokes": {
            kind: {**vars(STROKES[kind]), "heading": heading, "place": kind in (SERVES, LIES_IN)}
            for kind, heading in EDGE_TABLES
        },
        "outlines": outlines,
        "views": {name: _view(layout, keys) for name, layout in layouts.items()},
        "supports": [_support(support) for support in rests],
        "nodes": held,
        "edges": [
            _edge(edge, f"e{position}", keys, rests, network.days) for position, edge in enumerate(network.edges)
        ],
        "steps": [_step(step, network, keys) for step in story.steps] if story else [],
        "tell": bool(story),
    }


def _view(layout: Layout, keys: Mapping[str, str]) -> dict[str, Any]:
    return {
        "width": layout.width,
        "height": layout.height,
        "lanes": [vars(lane) for lane in layout.lanes],
        "bands": [vars(band) for band in layout.bands],
        "boxes": {keys[box.node.id]: [round(box.x, 1), round(box.y, 1)] for box in layout.boxes},
    }


def _node(
    box: Box,
    keys: Mapping[str, str],
    inside: Mapping[str, Node],
    counts: Mapping[str, int],
    outlines: dict[str, list[tuple[float, float]]],
    rests: Mapping[Support, int],
    days: Sequence[str],
) -> dict[str, Any]:
    node, style = box.node, STYLES[box.node.family]
    key = f"{style.shape} {box.width:g} {box.height:g}"
    if key not in outlines:
        outlines[key] = outline(style.shape, box.width, box.height)
    group = inside.get(node.id)
    return {
        "id": keys[node.id],
        "label": printable(node.label),
        "family": node.family,
        "kind": printable(node.kind),
        "lane": node.lane,
        "band": node.band,
        "members": counts.get(node.id, 0),
        "group": keys[group.id] if group else None,
        "outline": key,
        "w": box.width,
        "h": box.height,
        "lines": [printable(line) for line in box.lines],
        "statutory": _statutory(node),
        "facts": [] if node.id in counts else [[printable(name), printable(text)] for name, text in node.facts],
        "days": [days.index(day) for day in node.days] or None,
        "rests": rests[node.support],
    }


def _statutory(node: Node) -> str:
    """Say whether a partnership is required or named by law; of other things nothing is said."""
    if node.family != "partnership":
        return ""
    return "yes" if node.support.basis or (STATUTORY, "yes") in node.facts else "no"


def _edge(
    edge: Edge, name: str, keys: Mapping[str, str], rests: Mapping[Support, int], days: Sequence[str]
) -> dict[str, Any]:
    return {
        "id": name,
        "from": keys[edge.source],
        "to": keys[edge.target],
        "kind": edge.kind,
        "sentences": printable(edge.sentence).split("\n"),
        "roles": [printable(edge.role.partition(", as one of")[0])] if edge.kind == SITS_ON and edge.role else [],
        "quiet": edge.quiet,
        "days": [days.index(day) for day in edge.days] or None,
        "amount": edge.amount,
        "rests": rests[edge.support],
    }


def _step(step: Step, network: Network, keys: Mapping[str, str]) -> dict[str, Any]:
    """A step of the story as the script tells it: what stands on the map, where, and what of it is bright."""
    shown = step.network_of(network)
    return {
        "heading": printable(step.heading),
        "text": [printable(paragraph) for paragraph in step.text],
        "law": [[printable(item.citation), law_address(item.iri)] for item in step.law],
        "bright": [keys[id] for id in step.bright],
        "view": _view(lay_out(shown, BESIDE_TEXT), keys) if step.shown else None,
        "day": network.days.index(step.day) if step.day in network.days else None,
    }


def _support(support: Support) -> dict[str, Any]:
    return {
        "law": [[printable(item.citation), law_address(item.iri)] for item in support.basis],
        "laws": printable(support.say_law()),
        "dates": support.say_dates(),
        "evidence": printable(support.say_evidence()),
        "how": [printable(each) for each in support.evidence],
        "checked": bool(support.checked),
        "weak": support.weak,
        "certain": support.certain,
        "sources": [printable(source) for source in support.sources],
        "note": printable(support.note),
    }


def story_in_words(story: Story) -> str:
    """Return a story as headings and paragraphs: what the presenter shows, for whoever reads or prints it."""
    steps = (
        f"<h4>{text_of(step.heading)}</h4>"
        + "".join(f"<p>{text_of(paragraph)}</p>" for paragraph in step.text)
        + (f"<p>{'; '.join(linked(item) for item in step.law)}</p>" if step.law else "")
        for step in story.steps
    )
    return f'<section id="story-in-words"><h3>The story in words</h3>{"".join(steps)}</section>'


def _legend(network: Network) -> str:
    """The legend: what each shape, colour and line stands for."""
    styles, strokes = legend_of(network)
    items = []
    for style in styles.values():
        corners = " ".join(f"{x + 18:g},{y + 12:g}" for x, y in outline(style.shape, 32, 20))
        swatch = f'<polygon points="{corners}" fill="{style.fill}" stroke="{style.stroke}" stroke-width="2"/>'
        items.append(_swatch(swatch, style.label))
    for kind, stroke in strokes.items():
        line = f'stroke="{stroke.colour}" stroke-width="{max(2, stroke.width):g}"'
        drawn = f'<svg {_SWATCH}><line x1="2" y1="12" x2="34" y2="12" {line}/></svg>'
        box = f'<input type="checkbox" value="{kind}" checked disabled>'
        items.append(f"<li><label>{box}{drawn}{text_of(stroke.label)}</label></li>")
    broken = '<line x1="2" y1="12" x2="34" y2="12" stroke="#555555" stroke-width="2" stroke-dasharray="7 5"/>'
    items.append(_swatch(broken, "broken line: unchecked or weak evidence"))
    return "".join(items)


def _swatch(shape: str, label: str) -> str:
    return f"<li><svg {_SWATCH}>{shape}</svg>{text_of(label)}</li>"
