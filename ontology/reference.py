"""The reference page of the vocabulary: one self-contained HTML page made from `dutygraph.ttl`.

In goes the ontology; out comes `docs/ontology.html`, with each term in English and Welsh under an anchor of
its own name, so that https://w3id.org/dutygraph/def#Duty can lead there. The page asks nothing of the
network. Run: `python -m dutygraph.ontology.reference docs/ontology.html`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .checks import ONTOLOGY_FILE
from .namespaces import DG, ONTOLOGY, OWL, PREFIXES, RDF, RDFS, SKOS, shorten

if TYPE_CHECKING:
    from rdflib import Graph

_GROUPS = (
    ("Classes", "classes", OWL + "Class"),
    ("Properties that relate things", "object-properties", OWL + "ObjectProperty"),
    ("Properties that hold a value", "datatype-properties", OWL + "DatatypeProperty"),
    ("Individuals", "individuals", OWL + "NamedIndividual"),
)
_ROWS = (
    ("Definition", SKOS + "definition"),
    ("Example", SKOS + "example"),
    ("Note", SKOS + "scopeNote"),
    ("Is a kind of", RDFS + "subClassOf"),
    ("Is a kind of", RDFS + "subPropertyOf"),
    ("Says something of", RDFS + "domain"),
    ("Its value is", RDFS + "range"),
    ("Close to", SKOS + "closeMatch"),
)
_DCTERMS_TITLE = PREFIXES["dcterms"] + "title"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; } h3 { margin: 0 0 .3rem; }
section.term { border-top: 1px solid #8888; padding: 1rem 0; }
section.term:target { outline: 3px solid #1d70b8; }
dl { display: grid; gap: .2rem 1rem; grid-template-columns: 9rem 1fr; margin: 0; } dt { font-weight: 600; }
dd { margin: 0; } code { font-size: .95em; overflow-wrap: anywhere; }
nav ul { columns: 14rem; padding-left: 1.2rem; }
.skip { left: -99rem; position: absolute; } .skip:focus { position: static; }
@media (max-width: 36rem) { dl { display: block; } dd { margin-bottom: .5rem; } }
@media print {
  body { font-size: 10pt; max-width: none; padding: 0; } nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  section.term { break-inside: avoid; } h2 { break-after: avoid; }
}
"""


def reference_page(ontology: str | Path = ONTOLOGY_FILE) -> str:
    """Return the reference page as HTML; the same ontology always gives the same page."""
    from rdflib import Graph

    graph = Graph().parse(ontology)
    body = "\n".join((_introduction(graph), _contents(graph), *_groups(graph), _prefixes(graph)))
    title = escape(_text(graph, ONTOLOGY, _DCTERMS_TITLE))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<link rel="icon" href="data:,">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        f'<a class="skip" href="#main">Skip to the terms</a>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _introduction(graph: Graph) -> str:
    version = _text(graph, ONTOLOGY, OWL + "versionInfo")
    described = _text(graph, ONTOLOGY, PREFIXES["dcterms"] + "description")
    return (
        f"<header>\n<h1>{escape(_text(graph, ONTOLOGY, _DCTERMS_TITLE))}</h1>\n<p>{escape(described)}</p>\n"
        f"<p>Version {escape(version)}. Prefix <code>dg:</code> stands for <code>{escape(DG)}</code>. "
        f"{escape(_text(graph, ONTOLOGY, SKOS + 'editorialNote'))}</p>\n</header>"
    )


def _contents(graph: Graph) -> str:
    items = []
    for title, anchor, kind in _GROUPS:
        links = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in _names(graph, kind))
        items.append(f'<h2><a href="#{anchor}">{title}</a></h2>\n<ul>{links}</ul>')
    return '<nav aria-label="Contents">\n' + "\n".join(items) + '\n</nav>\n<main id="main">'


def _groups(graph: Graph) -> Iterator[str]:
    for title, anchor, kind in _GROUPS:
        terms = "\n".join(_term(graph, name) for name in _names(graph, kind))
        yield f'<h2 id="{anchor}">{title}</h2>\n{terms}'


def _term(graph: Graph, name: str) -> str:
    rows = [("Name", f"{escape(_text(graph, DG + name, RDFS + 'label'))} · {_welsh(graph, name)}")]
    rows += [(title, _values(graph, name, predicate)) for title, predicate in _ROWS]
    rows.append(("Address", f"<code>{escape(DG + name)}</code>"))
    listed = "".join(f"<dt>{title}</dt><dd>{value}</dd>" for title, value in rows if value)
    return (
        f'<section class="term" id="{name}" aria-labelledby="{name}-name">\n'
        f'<h3 id="{name}-name">dg:{name}</h3>\n<dl>{listed}</dl>\n</section>'
    )


def _welsh(graph: Graph, name: str) -> str:
    return f'<span lang="cy">{escape(_text(graph, DG + name, RDFS + "label", "cy"))}</span>'


def _values(graph: Graph, name: str, predicate: str) -> str:
    from rdflib import URIRef

    return ", ".join(sorted(_value(found) for found in graph.objects(URIRef(DG + name), URIRef(predicate))))


def _value(node: Any) -> str:
    from rdflib import URIRef

    if not isinstance(node, URIRef):
        return escape(str(node))
    shown = f"<code>{escape(shorten(str(node)))}</code>"
    local = str(node).removeprefix(DG)
    return f'<a href="#{escape(local)}">{shown}</a>' if local != str(node) else shown


def _prefixes(graph: Graph) -> str:
    used = {str(term) for triple in graph for term in triple}
    rows = "".join(
        f"<tr><td><code>{prefix}:</code></td><td><code>{escape(iri)}</code></td></tr>"
        for prefix, iri in PREFIXES.items()
        if any(term.startswith(iri) for term in used)
    )
    head = '<tr><th scope="col">Prefix</th><th scope="col">Stands for</th></tr>'
    return f'<h2 id="prefixes">Prefixes</h2>\n<table>\n<thead>{head}</thead>\n<tbody>{rows}</tbody>\n</table>'


def _names(graph: Graph, kind: str) -> list[str]:
    from rdflib import URIRef

    found: Iterable[Any] = graph.subjects(URIRef(RDF + "type"), URIRef(kind))
    names = {str(term).removeprefix(DG) for term in found if str(term).startswith(DG)}
    return sorted(names, key=lambda name: (name.lower(), name))


def _text(graph: Graph, subject: str, predicate: str, language: str = "en") -> str:
    from rdflib import URIRef

    for text in sorted(graph.objects(URIRef(subject), URIRef(predicate)), key=str):
        if getattr(text, "language", None) in (language, None):
            return str(text)
    return ""


def main(arguments: list[str]) -> int:
    """Write the page to the file that the command line names; return the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m dutygraph.ontology.reference OUT", file=sys.stderr)
        return 2
    Path(arguments[0]).write_text(reference_page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
