"""Broken files, thousands of ways: the reader answers with a document or with one of our errors, never a traceback."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from dutygraph.errors import BadInput
from dutygraph.loaders.clml import parsing
from dutygraph.loaders.clml.norms import norms
from dutygraph.loaders.clml.quads import document_quads
from dutygraph.loaders.clml.reader import MOST_DEPTH, read_document

SMALL = (Path(__file__).parent / "files" / "small_act.xml").read_bytes()
SHARED = Path(__file__).parents[4] / "shared" / "clml"
GRAPH = "https://w3id.org/dutygraph/graph/legislation"
PIECES = [
    b"<", b">", b"/", b'"', b"&", b"&amp;", b"&#0;", b"&#x110000;", b"\x00", b"\xff\xfe", b"\xc3", b"]]>", b"<!--", b"<![CDATA[",
    b"<P1>", b"</P1>", b"<Text>", b"<BlockAmendment>", b"<Repeal RetainText='true'>", b"<CommentaryRef/>", b"<ListItem/>",
    b' IdURI=""', b' IdURI="http://www.legislation.gov.uk/id/ukpga/2999/7/section/ {x}"', b' id="section-"', b' RestrictStartDate="x"',
    b' Status="Prospective"', b"9.99.2999", b"S. 9 in force at 31.2.2005", b"<!DOCTYPE a>", b"<?xml version='1.0' encoding='utf-16'?>",
    b"(" * 40, b"s. 1(" * 20, b"sections 1 to " * 9, "\u2014\u200b\U0001f3ee".encode(),
]  # fmt: skip


def mutations(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield broken copies: bytes changed, runs cut, doubled or moved, odd pieces put in."""
    chance = random.Random(seed)
    for _number in range(count):
        broken = bytearray(data)
        for _cut in range(chance.randint(1, 4)):
            start = chance.randrange(max(1, len(broken)))
            end = min(len(broken), start + chance.randint(1, 300))
            match chance.randrange(5):
                case 0:
                    del broken[start:end]
                case 1:
                    broken[start:start] = broken[start:end]
                case 2:
                    broken[start:start] = chance.choice(PIECES)
                case 3:
                    broken[start : start + 1] = bytes([chance.randrange(256)])
                case _:
                    other = chance.randrange(max(1, len(broken)))
                    broken[other:other] = broken[start:end]
        yield bytes(broken)


def survives(data: bytes) -> bool:
    """Read, extract and write a file; say whether it was a document."""
    try:
        document = read_document(Path("broken.xml"), data)
    except BadInput as error:
        assert "broken.xml" in str(error) and len(str(error)) < 2000
        return False
    list(norms(document))
    list(document_quads(document, GRAPH))
    return True


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_file_gives_a_document_or_one_of_our_errors(seed: int) -> None:
    outcomes = [survives(broken) for broken in mutations(SMALL, 120, seed)]
    assert any(outcomes) and not all(outcomes)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not beside this checkout")
def test_so_do_broken_copies_of_published_files() -> None:
    for seed, path in enumerate(sorted(SHARED.glob("*.xml"))):
        data = path.read_bytes()
        for broken in mutations(data, 12, seed) if len(data) < 100_000 else ():
            survives(broken)


def test_text_that_only_swaps_tags_is_read() -> None:
    """Any structure that is XML is read as far as it goes."""
    names = [
        b"P1",
        b"P2",
        b"P3",
        b"P1para",
        b"Text",
        b"P1group",
        b"Schedule",
        b"Part",
        b"UnorderedList",
        b"ListItem",
        b"BlockAmendment",
    ]
    chance = random.Random(7)
    for _number in range(150):
        swapped = SMALL
        one, other = chance.sample(names, 2)
        for mark in (b"<%s ", b"<%s>", b"</%s>"):
            swapped = (
                swapped.replace(mark % one, mark % b"Swap")
                .replace(mark % other, mark % one)
                .replace(mark % b"Swap", mark % other)
            )
        survives(swapped)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_never_expanded(declaration: str) -> None:
    with pytest.raises(BadInput, match=r"^entities\.xml declares XML entities"):
        read_document(Path("entities.xml"), declaration.encode() + SMALL.replace(b"keep a wick", b"&x;&c;"))


def test_words_that_an_outside_file_would_give_are_not_silently_left_out() -> None:
    data = b'<!DOCTYPE Legislation SYSTEM "http://127.0.0.1:9/legislation.dtd">' + SMALL.replace(
        b"keep a wick", b"keep &x;"
    )
    with pytest.raises(BadInput, match="entities"):
        read_document(Path("typed.xml"), data)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "cp1252"])
def test_a_file_is_read_in_its_own_encoding(encoding: str) -> None:
    body = SMALL.decode().partition("?>")[2] if SMALL.startswith(b"<?xml") else SMALL.decode()
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + body.replace("keep a wick", "keep a \u00e9 wick")
    document = read_document(Path("encoded.xml"), text.encode(encoding, errors="xmlcharrefreplace"))
    assert any("keep a \u00e9 wick" in provision.own_text for provision in document.walk())


def test_an_encoding_that_nobody_knows_is_told() -> None:
    with pytest.raises(BadInput, match="no XML"):
        read_document(Path("encoded.xml"), b'<?xml version="1.0" encoding="morse"?><Legislation/>')


def test_an_external_document_type_is_not_opened() -> None:
    data = b'<!DOCTYPE Legislation SYSTEM "http://127.0.0.1:9/legislation.dtd">' + SMALL
    assert read_document(Path("typed.xml"), data).title == "Lanterns Act 2999"


@pytest.mark.parametrize("name", ["P3", "ListItem", "Addition", "BlockAmendment", "Part"])
def test_nesting_without_end_is_refused(name: str) -> None:
    deep = f"<{name}>".encode() * MOST_DEPTH + b"x" + f"</{name}>".encode() * MOST_DEPTH
    with pytest.raises(BadInput, match=r"^deep\.xml is nested more than"):
        read_document(Path("deep.xml"), SMALL.replace(b"keep a wick,", deep))


@pytest.mark.parametrize("name", ["P3", "ListItem", "Addition", "BlockAmendment", "Part"])
def test_nesting_within_the_limit_is_read(name: str) -> None:
    deep = f"<{name}>".encode() * (MOST_DEPTH - 30) + b"x" + f"</{name}>".encode() * (MOST_DEPTH - 30)
    assert survives(SMALL.replace(b"keep a wick,", deep))


@pytest.mark.parametrize("outer", ["Metadata", "Commentaries", "Pnumber", "Text", "table", "Contents"])
def test_nesting_that_no_memory_was_made_for_is_read_or_refused(outer: str) -> None:
    deep = b"<a>" * 5_000 + b"x" + b"</a>" * 5_000
    name = outer.encode()
    if outer in {"Metadata", "Commentaries"}:
        block = b"<%s><Commentary>%s</Commentary></%s>" % (name, deep, name)
        survives(SMALL.replace(b"<ukm:Metadata", block + b"<ukm:Metadata", 1))
    else:
        survives(SMALL.replace(b"<Text>", b"<%s>%s</%s><Text>" % (name, deep, name), 1))


def test_more_tags_than_any_act_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_TAGS", 100)
    with pytest.raises(BadInput, match=r"^many\.xml has more than 100 XML tags"):
        read_document(Path("many.xml"), SMALL.replace(b"keep a wick", b"<a/>" * 101))


def test_prefixes_that_nothing_declares_are_read_like_others() -> None:
    """A cut out of a file has lost its declarations."""
    cut = """<leg:P1 IdURI="http://www.legislation.gov.uk/id/ukpga/2999/7/section/1"{declared}><leg:Pnumber>1</leg:Pnumber>
    <leg:P1para><leg:Text>The council must keep a <leg:Term>wick</leg:Term>.</leg:Text></leg:P1para></leg:P1>"""
    documents = [
        read_document(Path("cut.xml"), cut.format(declared=declared).encode())
        for declared in ("", ' xmlns:leg="http://www.legislation.gov.uk/namespaces/legislation"')
    ]
    assert documents[0] == documents[1]
    assert [each.own_text for each in documents[0].walk()] == ["The council must keep a wick."]
