"""Names as people write them: forgiving keys, made once at build time and looked up in the graph.

A key is the set of a name's telling words in alphabetical order, so "Warwickshire PCC", "PCC for Warwickshire"
and "Police & Crime Commissioner for Warwickshire" meet in one key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Store

ABBREVIATIONS = {
    "asb": "anti social behaviour",
    "ccg": "clinical commissioning group",
    "cc": "county council",
    "bc": "borough council",
    "dc": "district council",
    "cdp": "combating drugs partnership",
    "cdrp": "crime disorder reduction partnership",
    "cps": "crown prosecution service",
    "csp": "community safety partnership",
    "fra": "fire rescue authority",
    "icb": "integrated care board",
    "lcjb": "local criminal justice board",
    "lhb": "local health board",
    "opcc": "office police crime commissioner",
    "pcc": "police crime commissioner",
    "pcp": "police crime panel",
    "pct": "primary care trust",
    "ra": "responsible authority",
    "svd": "serious violence duty",
    "vru": "violence reduction unit",
    "yjs": "youth justice service",
    "yot": "youth offending team",
    "hmic": "inspectorate constabulary",
}
COUNTIES = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "mids": "midlands",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}
"""How counties are written short in addresses and minutes."""

_STOP_WORDS = frozenset(["a", "and", "for", "in", "of", "on", "s", "the", "to", "upon"])
_PLURALS = re.compile(r"(?<=[a-z]{3})(ies|s)$")
_NAMED = """
PREFIX dg: <https://w3id.org/dutygraph/def#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  { ?thing a dg:HolderClass } UNION { ?thing a dg:PublicBody } UNION { ?thing a org:Post }
  UNION { ?thing a dg:Partnership } UNION { ?thing a dg:Arrangement }
  UNION { ?thing a dg:Area } UNION { ?thing a eli:LegalResource }
  UNION { ?thing a dg:Product } UNION { ?thing a skos:Concept }
  ?thing rdfs:label|skos:altLabel|eli:title|skos:notation|org:identifier ?name
}
"""


def name_words(name: str) -> list[str]:
    """Return the telling words of a name: plain letters, abbreviations written out, no small words.

    >>> name_words("The PCC for Warwickshire")
    ['police', 'crime', 'commissioner', 'warwickshire']
    >>> name_words("responsible authorities") == name_words("Responsible Authority")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ").replace("’", "'")
    plain = re.sub(r"'s\b", "", plain).replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    written = [part for word in words for part in _written_out(word).split()]
    telling = [_singular(word) for word in written if word not in _STOP_WORDS]
    return telling or written


def _written_out(word: str) -> str:
    """Return what an abbreviation, also in the plural, stands for; any other word as it is."""
    return COUNTIES.get(word) or ABBREVIATIONS.get(word) or ABBREVIATIONS.get(word.removesuffix("s"), word)


def _singular(word: str) -> str:
    if word.endswith("ss"):
        return word
    return _PLURALS.sub(lambda ending: "y" if ending[0] == "ies" else "", word)


def name_key(name: str) -> str:
    """Return the key under which a name is found.

    >>> name_key("Warwickshire PCC") == name_key("Police & Crime Commissioner for Warwickshire")
    True
    """
    return " ".join(sorted(set(name_words(name))))


def name_keys(store: Store, graphs: Sequence[NamedNode] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the IRI and key of everything that has a name.

    Args:
        store: everything asserted.
        graphs: only what these named graphs say; None for all.
    """
    seen: set[tuple[str, str]] = set()
    where = {"use_default_graph_as_union": True} if graphs is None else {"default_graph": list(graphs)}
    for thing, name in store.query(_NAMED, **where):  # type: ignore[union-attr]
        pair = (thing.value, name_key(name.value))
        if pair not in seen:
            seen.add(pair)
            yield pair
