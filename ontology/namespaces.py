"""Namespaces and the names of things, as plain strings.

In goes a kind and a slug, a GSS code or a legislation.gov.uk path; out comes an IRI as `str`.
Nothing heavy is imported here: the reading path starts with this module, so neither rdflib nor
pyoxigraph may enter it.

Never mint a new name for what has an official one: legislation keeps its legislation.gov.uk id
(https://www.legislation.gov.uk/developer/uris), an area its ONS code.
"""

from __future__ import annotations

import re

BASE = "https://w3id.org/dutygraph/"
DG = BASE + "def#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"

LEG = "http://www.legislation.gov.uk/id/"
ONS = "http://statistics.data.gov.uk/id/statistical-geography/"

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
LRMLMM = "http://docs.oasis-open.org/legalruleml/ns/v1.0/metamodel#"
OA = "http://www.w3.org/ns/oa#"
ODRL = "http://www.w3.org/ns/odrl/2/"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VANN = "http://purl.org/vocab/vann/"
XSD = "http://www.w3.org/2001/XMLSchema#"

ONTOLOGY = BASE + "def"
"""The ontology's own IRI; its terms are `DG` and a name."""

ENGLAND = ONS + "E92000001"
WALES = ONS + "W92000004"

PREFIXES: dict[str, str] = {
    "dg": DG,
    "leg": LEG,
    "ons": ONS,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "eli": ELI,
    "foaf": FOAF,
    "geo": GEO,
    "lrmlmm": LRMLMM,
    "oa": OA,
    "odrl": ODRL,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "vann": VANN,
    "xsd": XSD,
}
"""Every prefix of the house, with its IRI: the same in queries, in exports and on the pages."""

_GSS = re.compile(r"[EWK]\d{8}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_PATH = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9.,-]+)+")


def term(name: str) -> str:
    """Return the IRI of a term of our vocabulary.

    Raises:
        ValueError: `name` is not a local name (letters and digits, a letter first).

    >>> term("Duty")
    'https://w3id.org/dutygraph/def#Duty'
    """
    return DG + _matching(_NAME, name, "a term is letters and digits, as in Duty or validFrom")


def thing(kind: str, slug: str) -> str:
    """Return the IRI of a thing that has no official one.

    Args:
        kind: What it is, singular: `body`, `class`, `norm`, `rule`, `partnership` …
        slug: Its short name, unique in its kind.

    Raises:
        ValueError: `kind` or `slug` is not letters and digits parted by single hyphens.

    >>> thing("class", "cda1998-responsible-authority")
    'https://w3id.org/dutygraph/id/class/cda1998-responsible-authority'
    """
    hint = "a short name is letters and digits parted by hyphens, as in rugby-borough-council"
    return f"{ID}{_matching(_SLUG, kind, hint)}/{_matching(_SLUG, slug, hint)}"


def graph(source: str) -> str:
    """Return the IRI of the named graph that holds what one source says.

    Raises:
        ValueError: `source` is not letters and digits parted by single hyphens.

    >>> graph("register")
    'https://w3id.org/dutygraph/graph/register'
    """
    return GRAPH + _matching(_SLUG, source, "a graph is named as its source, as in register or leg-cda1998")


def is_gss(code: str) -> bool:
    """Say whether this is a nine-character ONS (GSS) code of England, Wales or both.

    >>> is_gss("E07000220"), is_gss("K04000001"), is_gss("csp-rugby")
    (True, True, False)
    """
    return _GSS.fullmatch(code) is not None


def area_iri(code: str) -> str:
    """Return the IRI of an area: the ONS's own where it has a GSS code, else one of ours.

    Raises:
        ValueError: `code` is neither a GSS code nor a short name.

    >>> area_iri("E07000220")
    'http://statistics.data.gov.uk/id/statistical-geography/E07000220'
    >>> area_iri("south-warwickshire-csp")
    'https://w3id.org/dutygraph/id/area/south-warwickshire-csp'
    """
    return ONS + code if is_gss(code) else thing("area", code)


def legislation_iri(path: str) -> str:
    """Return the legislation.gov.uk id IRI of an instrument or a provision.

    Args:
        path: What follows `/id/`: type, year and number, then the parts, outermost first.

    Raises:
        ValueError: `path` is empty, absolute or holds anything but names parted by slashes.

    >>> legislation_iri("ukpga/1998/37/section/6/1/a")
    'http://www.legislation.gov.uk/id/ukpga/1998/37/section/6/1/a'
    """
    return LEG + _matching(_PATH, path, "a path is type, year, number and parts, as in ukpga/1998/37/section/6")


def shorten(iri: str) -> str:
    """Return an IRI with its prefix, or the whole IRI where no prefix of the house fits.

    >>> shorten("http://www.w3.org/ns/org#member"), shorten("https://example.org/x")
    ('org:member', 'https://example.org/x')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _NAME.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def sparql_prefixes() -> str:
    """Return the PREFIX lines that every query of the house may begin with.

    >>> sparql_prefixes().splitlines()[0]
    'PREFIX dg: <https://w3id.org/dutygraph/def#>'
    """
    return "\n".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items())


def _matching(pattern: re.Pattern[str], text: str, hint: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError(f'"{text}" cannot be part of an IRI: {hint}.')
    return text
