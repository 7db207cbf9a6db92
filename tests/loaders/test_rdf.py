"""RDF files are read whole or refused in a line, and no file can do harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from dutygraph.errors import BadInput
from dutygraph.loaders.rdf import document_quads

GRAPH = "https://w3id.org/dutygraph/graph/extra"
Read = Callable[[str, str | bytes], list[Quad]]
RDF = (
    '<?xml version="1.0"?><!DOCTYPE rdf:RDF [{declared}]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/a"><ex:b>{text}</ex:b></rdf:Description></rdf:RDF>'
)
SAME = {
    "a.ttl": "<https://example.org/a> <https://example.org/b> 'c' .",
    "a.nt": '<https://example.org/a> <https://example.org/b> "c" .',
    "a.nq": '<https://example.org/a> <https://example.org/b> "c" <https://example.org/other> .',
    "a.trig": "<https://example.org/other> { <https://example.org/a> <https://example.org/b> 'c' }",
    "a.jsonld": '{"@id": "https://example.org/a", "https://example.org/b": "c"}',
    "a.rdf": RDF.format(declared="", text="c"),
    "a.xml": RDF.format(declared="", text="c"),
    "A.TTL": "<https://example.org/a> <https://example.org/b> 'c' .",
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def write_and_read(name: str, content: str | bytes) -> list[Quad]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(document_quads(path, GRAPH))

    return write_and_read


@pytest.mark.parametrize("name", SAME)
def test_every_format_gives_the_same_statement_in_the_graph_named(read: Read, name: str) -> None:
    (quad,) = read(name, SAME[name])
    assert str(quad) == f'<https://example.org/a> <https://example.org/b> "c" <{GRAPH}>'


@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.rdf"])
def test_an_empty_file_holds_nothing(read: Read, name: str) -> None:
    assert read(name, "") == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", "@prefix a: <https://example.org/> .\n\na:b a:c .\n", "a.ttl, line 3: "),
        ("a.nt", "<https://example.org/a>\n", "a.nt, line 2: "),
        ("a.jsonld", '{\n"a":', "a.jsonld, line 2: "),
        ("a.rdf", "<a>", "a.rdf: "),
        ("a.ttl", "<https://example.org/a> <https://example.org/b> 'ê' .".encode("windows-1252"), "a.ttl, line 1: "),
        ("a.ttl", b"\xff\xfe\x00", "a.ttl, line 1: "),
        ("a.ttl", "<a> <b> <c> .", "a.ttl, line 1: "),
        ("a.csv", "a,b", "a.csv is in no RDF format that dutygraph reads"),
        ("a", "", "a is in no RDF format"),
    ],
)
def test_a_broken_file_is_refused_with_the_place(read: Read, name: str, content: str | bytes, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(name, content)
    assert str(caught.value).startswith(said)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.ttl cannot be read: No such file"):
        list(document_quads(tmp_path / "absent.ttl", GRAPH))


def test_a_statement_about_a_statement_is_refused_in_words(read: Read) -> None:
    with pytest.raises(BadInput, match=r"^a\.ttl holds a statement about a statement"):
        read("a.ttl", "<< <https://example.org/a> <https://example.org/b> 1 >> <https://example.org/c> 2 .")


def test_a_short_entity_of_an_ontology_editor_is_read(read: Read) -> None:
    (quad,) = read(
        "a.owl.rdf", RDF.format(declared='<!ENTITY owl "http://www.w3.org/2002/07/owl#">', text="&owl;Class")
    )
    assert quad.object.value == "http://www.w3.org/2002/07/owl#Class"  # type: ignore[union-attr]


NESTED = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (NESTED, "&a9;"),
        (f'<!ENTITY a "{"ha" * 50_000}">', "&a;" * 1000),
        ('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
        ("<!ENTITY a SYSTEM 'file:///etc/hostname'>", "&a;"),
        ('<!ENTITY % a "b">', "c"),
        ('<!ENTITY a "&#38;b;">', "&a;"),
    ],
    ids=["nested", "long", "outside", "outside in single quotes", "parameter", "made of a character reference"],
)
def test_xml_entities_do_not_blow_up(read: Read, declared: str, text: str) -> None:
    with pytest.raises(BadInput, match="which dutygraph does not expand"):
        read("bomb.rdf", RDF.format(declared=declared, text=text))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_entities_cannot_hide_behind_another_encoding(read: Read, encoding: str) -> None:
    with pytest.raises(BadInput):
        read("bomb.rdf", RDF.format(declared=NESTED, text="&a9;").encode(encoding))


def test_a_context_elsewhere_is_not_fetched(read: Read) -> None:
    with pytest.raises(BadInput, match=r"a\.jsonld"):
        read("a.jsonld", '{"@context": "https://example.org/context", "@id": "https://example.org/a", "name": "b"}')


@pytest.mark.parametrize(("name", "opening"), [("a.ttl", "("), ("a.ttl", "["), ("a.jsonld", "[")])
def test_deep_nesting_is_refused_and_no_crash(read: Read, name: str, opening: str) -> None:
    head = "" if name == "a.jsonld" else "<https://example.org/a> <https://example.org/b> "
    with pytest.raises(BadInput):
        read(name, head + opening * 100_000)
