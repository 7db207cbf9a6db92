"""Checks on data and vocabulary: SHACL shapes, OWL 2 consistency, and the terms that we reuse.

In goes a data file, a store on disk or a pyoxigraph store; out comes a list of findings in plain words. The
shapes follow SHACL (https://www.w3.org/TR/shacl/); consistency is HermiT's answer, through Owlready2. Which
SHACL engine runs, and why, is told in docs/adr/0001-shacl-engine.md. Heavy packages are imported where used.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..errors import BadInput, DutyGraphError, MissingExtra
from .namespaces import OWL, PREFIXES, RDF, RDFS, SH, XSD, shorten

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Graph

Engine = Literal["auto", "rudof", "pyshacl"]

ROOM = Path(__file__).parent
ONTOLOGY_FILE = ROOM / "dutygraph.ttl"
SHAPES_FILE = ROOM / "shapes.ttl"

_OURS = ("dg", "leg", "ons")
_LITERAL = re.compile(r'"(.*)"(?:@[A-Za-z0-9-]+|\^\^\S+)?', re.DOTALL)


class ReasonerMissing(MissingExtra):
    """Owlready2 or Java is not installed, so the ontology cannot be reasoned over."""


class OntologyMisread(DutyGraphError, ValueError):
    """The reasoner's package read other classes than the file holds, so its answer would mean nothing."""


class OntologyInconsistent(DutyGraphError, ValueError):
    """No world can be as these statements say; the message names what is two disjoint things at once."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a shape found.

    Args:
        severity: `violation` for what must be mended, `warning` or `info` for what ought to be.
        focus: IRI of the thing that is wrong.
        message: what is wrong and how to mend it, in plain words.
        path: IRI of the property at fault, where there is one.
        value: the value at fault, where there is one.

    >>> str(Finding("violation", "https://example.org/n", "This norm cites no law."))
    'https://example.org/n: This norm cites no law.'
    """

    severity: str
    focus: str
    message: str
    path: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        where = f", {shorten(self.path)}" if self.path else ""
        what = f' "{self.value}":' if self.value and self.path else ""
        return f"{self.focus}{where}:{what} {self.message}"


@dataclass(frozen=True, slots=True)
class ConsistencyReport:
    """What the reasoner says of an ontology.

    Args:
        consistent: whether any world can be as it says (an inconsistent one raises instead).
        classes_rdflib: named classes in the files, counted by rdflib.
        classes_owlready: named classes that Owlready2 read; the two must agree.
        unsatisfiable: IRIs of classes that nothing can be in; a sound ontology has none.
    """

    consistent: bool
    classes_rdflib: int
    classes_owlready: int
    unsatisfiable: tuple[str, ...]


def check_shapes(
    data: str | Path | Store, *, shapes: str | Path = SHAPES_FILE, engine: Engine = "auto"
) -> list[Finding]:
    """Return what the shapes find in the data, violations first; an empty list means nothing to mend.

    Args:
        data: an RDF file (its name says the format), the folder of a store on disk, or an open pyoxigraph
            store. Shapes read the union of its named graphs.
        shapes: the file of SHACL shapes, in Turtle.
        engine: `rudof`, `pyshacl`, or `auto`: rudof where it is installed, else pySHACL.

    Raises:
        BadInput: the file does not exist, or cannot be read as RDF.
        MissingExtra: the engine asked for is not installed.
    """
    chosen = _engine(engine)
    with tempfile.TemporaryDirectory(prefix="dutygraph-") as folder:
        union = Path(folder) / "union.nt"
        _write_union(data, union)
        run = _run_rudof if chosen == "rudof" else _run_pyshacl
        return sorted(set(run(union, Path(shapes))), key=_rank)


def _rank(finding: Finding) -> tuple[bool, str, str, str, str]:
    last = (finding.path or "", finding.message, finding.value or "")
    return (finding.severity != "violation", finding.focus, *last)


def _engine(wanted: Engine) -> str:
    names = {"rudof": "pyrudof", "pyshacl": "pyshacl"}
    if wanted == "auto":
        wanted = "rudof" if importlib.util.find_spec("pyrudof") else "pyshacl"
    if wanted not in names:
        raise BadInput(f'"{wanted}" is no SHACL engine. Ask for auto, rudof or pyshacl.')
    if not importlib.util.find_spec(names[wanted]):
        raise MissingExtra(f"The SHACL engine {wanted} is not installed. Install it: pip install {names[wanted]}")
    return wanted


def _write_union(data: str | Path | Store, target: Path) -> None:
    """Write every triple of every graph as N-Triples, streaming: memory does not grow with the data."""
    from pyoxigraph import RdfFormat, Triple, serialize

    quads = _quads(data)
    serialize((Triple(q.subject, q.predicate, q.object) for q in quads), str(target), RdfFormat.N_TRIPLES)


def _quads(data: str | Path | Store) -> Iterator[Any]:
    from pyoxigraph import Store

    if isinstance(data, Store):
        return iter(data)
    path = Path(data)
    if path.is_dir():
        return iter(Store.read_only(str(path)))
    return _file_quads(path)


def _file_quads(path: Path) -> Iterator[Any]:
    from pyoxigraph import RdfFormat, parse

    kind = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if kind is None:
        raise BadInput(f'{path}: "{path.suffix}" is no RDF format. Use .nq, .nt, .trig, .ttl, .rdf or .jsonld.')
    if not path.is_file():
        raise BadInput(f"{path}: there is no such file. Give an RDF file or the folder of a store.")
    try:
        yield from parse(path=str(path), format=kind)
    except (SyntaxError, ValueError) as fault:
        raise BadInput(f"{path} cannot be read as RDF: {fault}") from fault


def _run_rudof(data: Path, shapes: Path) -> Iterator[Finding]:
    import pyrudof

    messages = _shape_messages(shapes)
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(str(data), format=pyrudof.RDFFormat.NTriples)
    session.read_shacl(str(shapes))
    for entry in session.validate_shacl():
        message = messages.get(str(entry.source_shape)) or _plain(entry.message)
        value = None if entry.value in (None, entry.focus_node) else _plain(entry.value)
        yield Finding(str(entry.severity).lower(), _plain(entry.focus_node), message, entry.path, value)


def _shape_messages(shapes: Path) -> Mapping[str, str]:
    """Return the message of each named shape: rudof mixes its own wording into, or in place of, ours."""
    from pyoxigraph import NamedNode

    said = SH + "message"
    return {
        quad.subject.value: quad.object.value
        for quad in _file_quads(shapes)
        if quad.predicate.value == said and isinstance(quad.subject, NamedNode)
    }


def _plain(term: str) -> str:
    """Return the words of a term as rudof prints it.

    >>> _plain('"12,500"@en'), _plain("https://example.org/x")
    ('12,500', 'https://example.org/x')
    """
    literal = _LITERAL.fullmatch(term)
    return literal.group(1) if literal else term


def _run_pyshacl(data: Path, shapes: Path) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=str(shapes))
    sh = rdflib.Namespace(SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus, message, severity, path, value = (
            report.value(result, sh[name])
            for name in ("focusNode", "resultMessage", "resultSeverity", "resultPath", "value")
        )
        level = str(severity).removeprefix(SH).lower()
        fault = None if value is None or value == focus else str(value)
        yield Finding(level, str(focus), str(message), str(path) if path else None, fault)


def check_consistency(*paths: str | Path) -> ConsistencyReport:
    """Reason over the ontology, and over data beside it, with HermiT.

    Args:
        paths: Turtle or other RDF files, taken together; none means the ontology alone.

    Raises:
        ReasonerMissing: Owlready2 or Java is not installed.
        OntologyMisread: Owlready2 read other classes than rdflib (it misreads Turtle without a word, so it is
            given N-Triples).
        OntologyInconsistent: no world can be as the files say.
    """
    graph = _read(paths or (ONTOLOGY_FILE,))
    counted = _count_classes(graph)
    with _own_temporary_folder() as folder:
        triples = folder / "ontology.nt"
        _without_dates(graph).serialize(triples, format="nt", encoding="utf-8")
        world = _owlready_world(triples)
        read = sum(1 for _ in world.classes())
        if read != counted:
            raise OntologyMisread(f"Owlready2 read {read} classes where the files hold {counted}.")
        _reason(world, graph)
        unsatisfiable = tuple(sorted(str(found.iri) for found in _unsatisfiable(world)))
        world.close()
    return ConsistencyReport(True, counted, read, unsatisfiable)


@contextmanager
def _own_temporary_folder() -> Iterator[Path]:
    """Keep every temporary file in a folder that is removed: Owlready2 leaves HermiT's input behind on an error."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="dutygraph-") as folder:
        tempfile.tempdir = folder
        try:
            yield Path(folder)
        finally:
            tempfile.tempdir = before


def _read(paths: Iterable[str | Path]) -> Graph:
    from rdflib import Graph

    graph = Graph()
    for path in paths:
        if not Path(path).is_file():
            raise BadInput(f"{path}: there is no such file.")
        graph.parse(path)
    return graph


def _without_dates(graph: Graph) -> Graph:
    """Return the statements without dates: OWL 2 has no xsd:date, and HermiT refuses it."""
    from rdflib import Graph

    kept = Graph()
    for triple in graph:
        if str(getattr(triple[2], "datatype", "")) != XSD + "date":
            kept.add(triple)
    return kept


def _count_classes(graph: Graph) -> int:
    from rdflib import URIRef

    return sum(1 for found in set(graph.subjects(URIRef(RDF + "type"), URIRef(OWL + "Class"))) if _named(found))


def _named(node: object) -> bool:
    from rdflib import URIRef

    return isinstance(node, URIRef)


def _owlready_world(triples: Path) -> Any:
    """Load N-Triples into a world of its own, so that nothing leaks between two checks."""
    if not importlib.util.find_spec("owlready2"):
        raise ReasonerMissing("Owlready2 is not installed. Install it: pip install 'dutygraph[checks]'")
    import owlready2

    world = owlready2.World()
    world.get_ontology(triples.as_uri()).load()
    return world


def _reason(world: Any, graph: Graph) -> None:
    import owlready2

    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except FileNotFoundError as missing:
        hint = "Install a Java runtime, 11 or later (Debian, Ubuntu: apt install default-jre-headless)."
        raise ReasonerMissing(f"Java was not found, and the reasoner HermiT needs it. {hint}") from missing
    except owlready2.OwlReadyJavaError as fault:
        detail = str(fault).strip().splitlines()[1:2] or ["no reason given"]
        raise OntologyMisread(f"HermiT could not reason over these files: {detail[0]}") from fault
    except owlready2.OwlReadyInconsistentOntologyError as fault:
        clashes = find_clashes(graph)
        found = "; ".join(clashes[:3]) or "the reasoner does not say which statements clash"
        more = f"; {len(clashes) - 3} more" if len(clashes) > 3 else ""
        raise OntologyInconsistent(f"The ontology is inconsistent: {found}{more}.") from fault


def _unsatisfiable(world: Any) -> Iterator[Any]:
    return (found for found in world.inconsistent_classes() if str(found.iri) != OWL + "Nothing")


def find_clashes(graph: Graph) -> list[str]:
    """Return, in words, the things that are two disjoint things at once, by class, domain and range.

    Args:
        graph: ontology and data together.
    """
    supers = _closure(graph, "subClassOf")
    kinds: dict[Any, set[Any]] = {}
    for thing, kind in _stated_kinds(graph):
        kinds.setdefault(thing, set()).update(supers(kind))
    pairs = list(_disjoint_pairs(graph))
    found = {
        f"{shorten(str(thing))} is both {shorten(str(one))} and {shorten(str(other))}, which are disjoint"
        for thing, held in kinds.items()
        for one, other in pairs
        if one in held and other in held
    }
    return sorted(found)


def _closure(graph: Graph, relation: str) -> Any:
    from rdflib import URIRef

    predicate = URIRef(RDFS + relation)
    return lambda term: set(graph.transitive_objects(term, predicate))


def _stated_kinds(graph: Graph) -> Iterator[tuple[Any, Any]]:
    """Yield each named thing with a class that a type, a domain or a range gives it."""
    from rdflib import URIRef

    a, domain, range_ = URIRef(RDF + "type"), URIRef(RDFS + "domain"), URIRef(RDFS + "range")
    properties = _closure(graph, "subPropertyOf")
    for subject, predicate, value in graph:
        if predicate == a:
            yield subject, value
            continue
        for wider in properties(predicate):
            yield from ((subject, kind) for kind in graph.objects(wider, domain))
            yield from ((value, kind) for kind in graph.objects(wider, range_) if _named(value))


def _disjoint_pairs(graph: Graph) -> Iterator[tuple[Any, Any]]:
    from itertools import combinations

    from rdflib import URIRef
    from rdflib.collection import Collection

    yield from graph.subject_objects(URIRef(OWL + "disjointWith"))
    for group in graph.subjects(URIRef(RDF + "type"), URIRef(OWL + "AllDisjointClasses")):
        members = graph.value(group, URIRef(OWL + "members"))
        if members is not None:
            yield from combinations(Collection(graph, members), 2)


def check_reused_terms(
    vocabularies: str | Path, paths: Sequence[str | Path] = (ONTOLOGY_FILE, SHAPES_FILE)
) -> list[str]:
    """Return, in words, every term of a reused vocabulary that the vocabulary does not hold.

    Args:
        vocabularies: folder of term lists, one `prefix.txt` each, one local name a line, `#` begins a remark.
        paths: the files to look through.

    Raises:
        BadInput: a vocabulary is used for which the folder has no list.
    """
    faults = []
    for namespace, used in sorted(_used_terms(_read(paths)).items()):
        prefix = next(name for name, iri in PREFIXES.items() if iri == namespace)
        known = _term_list(Path(vocabularies) / f"{prefix}.txt")
        faults += [f"{prefix}:{name} is not in {namespace}" for name in sorted(used - known)]
    return faults


def _used_terms(graph: Graph) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    others = [iri for prefix, iri in PREFIXES.items() if prefix not in _OURS]
    for iri in _iris(graph):
        namespace = next((known for known in others if iri.startswith(known)), None)
        if namespace and iri != namespace:
            used.setdefault(namespace, set()).add(iri[len(namespace) :])
    return used


def _iris(graph: Graph) -> Iterator[str]:
    from rdflib import Literal as RdfLiteral

    for triple in graph:
        yield from (str(term) for term in triple if _named(term))
        if isinstance(triple[2], RdfLiteral):
            datatype = str(triple[2].datatype or "")
            if datatype.startswith((XSD, RDF)):
                yield datatype


def _term_list(path: Path) -> set[str]:
    if not path.is_file():
        raise BadInput(f"{path}: there is no term list for this vocabulary. Write one from its published file.")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}
