"""Names of things are built in one place, from official codes where there are any."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dutygraph.ontology import namespaces as names


def test_an_area_with_a_gss_code_keeps_its_official_name() -> None:
    assert names.area_iri("W06000008") == names.ONS + "W06000008"
    assert names.area_iri("K04000001") == names.ONS + "K04000001"


def test_an_area_without_a_gss_code_gets_one_of_ours() -> None:
    assert names.area_iri("south-warwickshire") == names.ID + "area/south-warwickshire"
    assert names.area_iri("E0700022") == names.ID + "area/E0700022"


def test_legislation_keeps_its_own_address() -> None:
    assert names.legislation_iri("uksi/2007/1830/regulation/14A") == names.LEG + "uksi/2007/1830/regulation/14A"


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (names.term, "valid from"),
        (names.term, ""),
        (names.graph, "a/b"),
        (names.area_iri, "E07 000220"),
        (names.legislation_iri, "/ukpga/1998/37"),
        (names.legislation_iri, "ukpga/1998/37> . <x"),
    ],
)
def test_text_that_would_break_an_iri_is_refused(build: object, text: str) -> None:
    assert callable(build)
    with pytest.raises(ValueError, match="cannot be part of an IRI"):
        build(text)


def test_every_prefix_is_a_namespace_and_none_is_named_twice() -> None:
    assert all(iri.endswith(("#", "/")) for iri in names.PREFIXES.values())
    assert len(set(names.PREFIXES.values())) == len(names.PREFIXES)


def test_namespaces_agree_with_the_ontology_files() -> None:
    from dutygraph.ontology.checks import ONTOLOGY_FILE, SHAPES_FILE

    for path in (ONTOLOGY_FILE, SHAPES_FILE):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@prefix") and not line.startswith("@prefix dgs:"):
                prefix, iri = line.removeprefix("@prefix ").removesuffix("> .").split(": <")
                assert names.PREFIXES[prefix] == iri


def test_namespaces_bring_in_nothing_heavy() -> None:
    code = "import sys, dutygraph.ontology.namespaces, dutygraph.ontology.checks;"
    code += "print({'rdflib', 'pyoxigraph', 'owlready2', 'pyshacl', 'pyrudof'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
