"""Norms are found by grammar: invented sentences, each with the norms that a reader finds in it."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from dutygraph.cli import main
from dutygraph.loaders.clml.model import Document, Provision, Reference, Words
from dutygraph.loaders.clml.norms import lexicon, norms
from dutygraph.loaders.clml.norms.exclusions import ROWS, why_not
from dutygraph.loaders.clml.norms.linking import HolderLinks, Names, register_names
from dutygraph.loaders.clml.norms.quads import norm_quads
from dutygraph.loaders.clml.reader import read_document
from dutygraph.ontology.namespaces import DG, OA, PROV, term

BASE = "http://www.legislation.gov.uk/id/ukpga/2031/9"


def provision(number: str, *parts: str | list[str]) -> str:
    """Write a subsection of section 1: texts, and lists of items as lists."""
    inner = []
    for part in parts:
        if isinstance(part, str):
            inner.append(f"<Text>{part}</Text>")
            continue
        for letter, words in zip("abcdef", part, strict=False):
            inner.append(
                f'<P3 IdURI="{BASE}/section/1/{number}/{letter}"><Pnumber>{letter}</Pnumber>'
                f"<P3para><Text>{words}</Text></P3para></P3>"
            )
    return f'<P2 IdURI="{BASE}/section/1/{number}"><Pnumber>{number}</Pnumber><P2para>{"".join(inner)}</P2para></P2>'


def section(*subsections: str) -> str:
    return f'<P1 IdURI="{BASE}/section/1"><Pnumber>1</Pnumber><P1para>{"".join(subsections)}</P1para></P1>'


def found(*parts: str | list[str]) -> list[tuple[str, str | None, str]]:
    """Return kind, holder and the verb's first words of the norms in one subsection."""
    return read(section(provision("1", *parts)))


def read(xml: str) -> list[tuple[str, str | None, str]]:
    document = read_document(Path("x.xml"), xml.encode())
    return [(norm.kind, norm.holder, " ".join(norm.action.split()[:2])) for norm in norms(document)]


CASES: list[tuple[str, list[tuple[str, str | None, str]]]] = [
    # modals
    ("A council must keep a register.", [("duty", "council", "keep a")]),
    ("The council shall not sell the hall.", [("prohibition", "council", "sell the")]),
    ("It shall be the duty of every council to keep the bridge open.", [("duty", "council", "keep the")]),
    (
        "It is the duty of the chief officer of police to warn the owner.",
        [("duty", "chief officer of police", "warn the")],
    ),
    ("The board is under a duty to publish its reasons.", [("duty", "board", "publish its")]),
    ("The board has power to acquire land.", [("power", "board", "acquire land")]),
    ("The board shall have power to acquire land.", [("power", "board", "acquire land")]),
    ("It shall be lawful for the company to divert the stream.", [("power", "company", "divert the")]),
    ("A tenant is not entitled to sublet the room.", [("prohibition", "tenant", "sublet the")]),
    ("A tenant is entitled to inspect the book.", [("power", "tenant", "inspect the")]),
    ("No person may fish in the lake.", [("prohibition", "person", "fish in")]),
    ("No fee may be charged for the copy.", [("prohibition", None, "be charged")]),
    ("The warden may only enter by day.", [("power", "warden", "enter by")]),
    # insertions and joined verbs
    ("The warden must, without delay, make a report.", [("duty", "warden", "make a")]),
    ("The Secretary of State may by order amend the list.", [("power", "secretary of state", "amend the")]),
    ("The council must establish and maintain a list.", [("duty", "council", "establish and")]),
    (
        "The plan must identify the bridge to which it relates and state its height.",
        [("duty", None, "identify the"), ("duty", None, "state its")],
    ),
    ("The council may grant the permit or refuse the application.", [("power", "council", "grant the")]),
    # subjects
    ("If a warden thinks that a flood may occur, they must ring the bell.", [("duty", "warden", "ring the")]),
    ("Where a bridge has been closed the council may open a ferry.", [("power", "council", "open a")]),
    ("The person on whom the notice is served must reply.", [("duty", "person", "reply")]),
    ("The notice must be served on the owner.", [("duty", None, "be served")]),
    ("The toll is to be fixed by the council.", [("duty", "council", "be fixed")]),
    ("The plan is to be drawn in accordance with rules made by the council.", [("duty", None, "be drawn")]),
    ("At a review hearing the court may amend the order.", [("power", "court", "amend the")]),
    ("The council of the borough may close the lane.", [("power", "council", "close the")]),
    ("Neither the council nor any officer may disclose the report.", [("prohibition", "council", "disclose the")]),
    ("It shall not be lawful for any person to fish in the lake.", [("prohibition", "person", "fish in")]),
    ("The board shall, not later than 1 May, publish its accounts.", [("duty", "board", "publish its")]),
    (
        "In deciding what matters to include in the plan, the board shall consult the public.",
        [("duty", "board", "consult the")],
    ),
    (
        "The council may sell hay to farmers, and may for that purpose hire carts.",
        [("power", "council", "sell hay"), ("power", "council", "hire carts")],
    ),
    (
        "The council may, and if so directed by the minister shall, prepare a plan.",
        [("power", "council", "prepare a"), ("duty", "council", "prepare a")],
    ),
    (
        "If it appears to the minister that a board is failing, he may direct it to act, and it shall be the duty of the board to comply.",
        [("power", "minister", "direct it"), ("duty", "board", "comply")],
    ),
    ("Fees shall be paid by the paying agency not later than 30 June.", [("duty", "paying agency", "be paid")]),
    ("Every Part 3 house must be licensed.", [("duty", None, "be licensed")]),
    # what is none
    ("The functions of the board are to promote boating and to keep the peace.", []),
    ("The chairman shall be a member of the board.", []),
    ("The quorum of the board shall be three.", []),
    ("No person shall be entitled to compensation.", []),
    ("The council may keep such records as the board may specify.", [("power", "council", "keep such")]),
    ("A boat is to be treated as a vehicle.", []),
    ("This section shall not apply to ferries.", []),
    ("Nothing in this section requires the council to act.", []),
    ("The council shall not be required to repair the road.", []),
    ("An order under this section shall have effect for a year.", []),
    ("A person who fails to comply shall be guilty of an offence.", []),
    ("“Warden” means a person who may enter the lock.", []),
    ("In section 4, for “may” there shall be substituted “must”.", []),
    ("The order is to be such as the court determines.", []),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[words for words, _ in CASES])
def test_a_sentence_has_the_norms_that_a_reader_finds(words: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert found(words) == expected


def test_each_item_with_its_own_verb_is_a_norm_on_the_lead_in() -> None:
    xml = section(provision("1", "The council must—", ["consult the warden; and", "consider the reply."]))
    made = list(norms(read_document(Path("x.xml"), xml.encode())))
    assert [(norm.pinpoint, norm.action) for norm in made] == [
        ("section/1/1/a", "consult the warden"),
        ("section/1/1/b", "consider the reply"),
    ]
    assert {norm.provision_iri for norm in made} == {f"{BASE}/section/1/1"}


def test_objects_as_items_are_one_norm() -> None:
    assert found("The notice must specify—", ["the bridge;", "the day on which it may be used."]) == [
        ("duty", None, "specify")
    ]


def test_a_verb_that_announces_the_list_is_not_the_verb() -> None:
    assert found("The council may take any of these steps—", ["close the bridge;", "repair the bridge."]) == [
        ("power", "council", "close the"),
        ("power", "council", "repair the"),
    ]


def test_a_verb_after_the_list_goes_on_with_the_lead_in() -> None:
    assert found(
        "The notice must describe—", ["the bridge, and", "the day,"], "and give the reasons for closing it."
    ) == [
        ("duty", None, "describe"),
        ("duty", None, "give the"),
    ]


def test_subjects_as_items_with_the_modal_after_the_list() -> None:
    assert found("Where a lock is shut—", ["a person authorised by the board, or", "the warden,"], "may open it.") == [
        ("power", "person", "open it")
    ]


def test_a_norm_in_the_tail_after_a_conditional_list() -> None:
    assert found(
        "If the council consider—", ["that a bridge may fall, or", "that it is old,"], "the council must act."
    ) == [("duty", "council", "act")]


def test_short_forms_and_pronouns_reach_back_to_earlier_subsections() -> None:
    xml = section(
        provision("1", "This section applies where a harbour authority closes a lock."),
        provision("2", "The authority must publish a notice."),
        provision("3", "They may also ring a bell."),
    )
    assert read(xml) == [
        ("duty", "harbour authority", "publish a"),
        ("power", "harbour authority", "ring a"),
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row.example for row in ROWS])
def test_every_exclusion_fits_its_example(row: object) -> None:
    assert why_not("the thing", "shall", row.example) is not None  # type: ignore[attr-defined]


def test_the_command_prints_a_norm_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bridge.xml"
    path.write_text(section(provision("1", "A council must keep a register.")), encoding="utf-8")
    result = CliRunner().invoke(main, ["norms", str(path), "--format", "jsonl"])
    assert result.exit_code == 0
    row = json.loads(result.output)
    assert (row["file"], row["pinpoint"], row["holder"]) == ("bridge.xml", "section/1/1", "council")


def test_a_missing_file_is_said_in_a_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["norms", str(tmp_path / "none.xml")])
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def quads_of(*subsections: str) -> list[tuple[str, str, str]]:
    document = read_document(Path("x.xml"), section(*subsections).encode())
    found = norm_quads(document, "https://w3id.org/dutygraph/graph/legislation", "Bridges Act 2031")
    return [(quad.subject.value, quad.predicate.value, quad.object.value) for quad in found]  # type: ignore[union-attr]


def test_a_norm_says_what_evidence_it_has_where_it_stands_and_which_rule_found_it() -> None:
    made = quads_of(provision("1", "If a bridge shakes, the board must—", ["close it; and", "warn the owner."]))
    (norm,) = [subject for subject, predicate, value in made if predicate.endswith("action") and value == "close it"]
    said = {predicate: value for subject, predicate, value in made if subject == norm}
    assert said[f"{DG}evidence"] == f"{DG}RuleExtracted"
    assert said[f"{DG}basis"] == f"{BASE}/section/1/1/a"
    assert "must; active" in said["http://purl.org/dc/terms/description"]
    passage = {predicate: value for subject, predicate, value in made if subject == said[f"{PROV}wasDerivedFrom"]}
    assert passage[f"{OA}hasSource"] == f"{BASE}/section/1/1/a"
    selector = {predicate: value for subject, predicate, value in made if subject == passage[f"{OA}hasSelector"]}
    assert selector[f"{OA}exact"] == "close it"


def test_a_text_read_twice_adds_nothing() -> None:
    words = provision("1", "The board must close the bridge.")
    assert set(quads_of(words)) == set(quads_of(words, words))


def test_no_holder_is_made_up_for_a_norm_without_an_agent() -> None:
    made = quads_of(provision("1", "The notice must be served on the owner."))
    assert not any(predicate == f"{DG}holder" for _, predicate, _ in made)


def test_holders_are_linked_within_their_own_enactment_only() -> None:
    names = Names({("ukpga/2031/9", "bridge authority"): "class-of-ours"}, {"county council": term("CountyCouncil")})
    own = HolderLinks(Document(BASE), names)
    other = HolderLinks(Document(BASE.replace("/9", "/10")), names)
    assert (own.holder_class("bridge authority"), other.holder_class("bridge authority")) == ("class-of-ours", "")
    assert own.kind("county council") == term("CountyCouncil")


def test_words_that_a_document_defines_for_itself_are_no_kind_of_body() -> None:
    defining = Provision(
        f"{BASE}/section/2", "section/2", "section", "P1", content=(Words("…", terms=("county council",)),)
    )
    names = Names({}, {"county council": term("CountyCouncil")})
    assert HolderLinks(Document(BASE, provisions=(defining,)), names).kind("county council") == ""


def defines(words: str, reference: str) -> Provision:
    """Return a section that says what "bridge authority" means."""
    means = Words(words, references=(Reference(reference),), terms=("bridge authority",))
    return Provision(f"{BASE}/section/2", "section/2", "section", "P1", content=(means,))


def test_a_term_is_linked_to_the_enactment_whose_meaning_the_document_gives_it() -> None:
    names = Names({("ukpga/2030/4", "bridge authority"): "class-of-theirs"}, {})
    there = "http://www.legislation.gov.uk/id/ukpga/2030/4/section/7/1"
    given = "“bridge authority” has the meaning given by section 7(1) of the Bridges Act 2030;"
    own = "“bridge authority” means a council that keeps a bridge built under the Bridges Act 2030;"
    assert HolderLinks(Document(BASE, provisions=(defines(given, there),)), names).holder_class("bridge authority")
    assert HolderLinks(Document(BASE, provisions=(defines(own, there),)), names).holder_class("bridge authority") == ""


def test_the_register_links_policing_bodies_of_the_police_act_and_criminal_courts() -> None:
    links = HolderLinks(Document("http://www.legislation.gov.uk/id/ukpga/1996/16"), register_names())
    assert links.holder_class("local policing body").endswith("class/local-policing-body")
    assert links.kind("magistrates’ court") == term("Court")
    assert (links.kind("high court"), links.holder_class("local housing authority")) == ("", "")


def test_no_list_of_words_names_a_word_twice() -> None:
    text = Path(lexicon.__file__).with_name("words.toml").read_text(encoding="utf-8")
    twice = {
        name: [word for word, count in Counter(words.split()).items() if count > 1]
        for name, words in tomllib.loads(text).items()
    }
    assert not {name: words for name, words in twice.items() if words}
