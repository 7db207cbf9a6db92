"""The kinds of source that ``dutygraph load`` takes into named graphs of their own, and who reads each.

A new kind is one line in :data:`SOURCES`: what it is, and a function that turns paths into what
:func:`dutygraph.graph.layers.add_layer` loads. Nothing heavy is imported before a source is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import BadInput

if TYPE_CHECKING:
    from .graph.layers import Loading
    from .loaders.defects import Report


def find_paths(texts: Sequence[str]) -> list[Path]:
    """Return the paths that a user named, each once.

    Raises:
        BadInput: if one of them is not there.
    """
    paths = list(dict.fromkeys(Path(text).resolve() for text in texts))
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path} is not there.")
    return paths


@dataclass(frozen=True)
class Source:
    """A kind of source.

    Attributes:
        about: what it is, for help texts.
        find: turns what the user named into files and folders, fetching them if need be.
        read: turns files and folders into layers to be loaded; a layer of the same name is replaced. It checks
            what it can before it returns; a loading's statements may be read later, while they are loaded.
        check: reads files and folders, tells how far it is, and reports what is wrong with them; None if the
            source has no such check.
    """

    about: str
    read: Callable[[Sequence[Path]], Sequence[Loading]]
    find: Callable[[Sequence[str]], list[Path]] = find_paths
    check: Callable[[Sequence[Path], Callable[[str, float], None]], Report] | None = None


def _find_clml(texts: Sequence[str]) -> list[Path]:
    """Return files and folders as they are; an identifier (``ukpga/1998/37``) is fetched from legislation.gov.uk."""
    from .loaders.clml.fetching import Site, is_identifier

    site = Site()
    fetched = {text: site.fetch(text) for text in texts if not Path(text).exists() and is_identifier(text)}
    return list(dict.fromkeys(fetched[text] if text in fetched else find_paths([text])[0] for text in texts))


def _read_clml(paths: Sequence[Path]) -> Sequence[Loading]:
    from .graph.layers import Loading
    from .loaders.clml.loading import LICENCE, PUBLISHER, Reading
    from .loaders.clml.quads import GRAPH_NAME
    from .ontology.namespaces import graph

    reading = Reading(paths, graph(GRAPH_NAME))
    return [
        Loading(
            kind="clml",
            name=GRAPH_NAME,
            paths=paths,
            statements=reading.quads(),
            title="Texts of Acts and instruments, from legislation.gov.uk",
            publisher=PUBLISHER,
            licence=LICENCE,
            source="https://www.legislation.gov.uk/",
            notes=reading.report,
            adds=True,
            apart=True,
        )
    ]


def _powers_duties(paths: Sequence[Path]) -> Sequence[Loading]:
    from pyoxigraph import NamedNode, RdfFormat, Store

    from .graph.layers import Loading, Progress
    from .graph.streams import ProcessStream
    from .loaders.powers_duties import check_headers, find_members
    from .ontology.namespaces import ELI, RDF

    check_headers(find_members(paths))
    streams: list[ProcessStream] = []

    def open_stream(store: Store, index: Path, progress: Progress) -> ProcessStream:
        instruments = store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(ELI + "LegalResource"), None)
        known = sorted({quad.subject.value for quad in instruments if isinstance(quad.subject, NamedNode)})
        arguments = [str(index), *map(str, paths)]
        streams.append(ProcessStream("dutygraph.graph.extract_process", arguments, progress, "\n".join(known)))
        return streams[0]

    return [
        Loading(
            kind="powers-duties",
            name="powers-duties",
            paths=paths,
            statements=open_stream,
            title="Statutory powers and duties, extracted by a language model",
            publisher="The National Archives",
            licence=_OPEN_LICENCE,
            source="https://research.legislation.gov.uk",
            form=RdfFormat.TURTLE,
            count=lambda: int(streams[0].findings["statements"]),
            named=lambda: streams[0].findings["named"],
            notes=lambda: list(streams[0].findings["notes"]),
            apart=True,
        )
    ]


def _lga_powers(paths: Sequence[Path]) -> Sequence[Loading]:
    from .graph.layers import Loading
    from .loaders.lga_powers import new_report, read_list
    from .ontology.namespaces import GRAPH

    report = new_report(paths)
    return [
        Loading(
            kind="lga-powers",
            name="lga-powers",
            paths=paths,
            statements=(quad for path in paths for quad in read_list(path, GRAPH + "lga-powers", report)),
            title="Powers and duties of local authorities",
            publisher="Local Government Association",
            source="https://standards.esd.org.uk",
            notes=report.to_lines,
            apart=True,
        )
    ]


def _papers(paths: Sequence[Path]) -> Sequence[Loading]:
    from .papers import read_papers

    return read_papers(paths)


def _holders(paths: Sequence[Path]) -> Sequence[Loading]:
    from .graph.layers import Loading
    from .loaders.holders import read_reviews
    from .ontology.namespaces import GRAPH

    quads = [quad for path in paths for quad in read_reviews(path, GRAPH + "holders")]
    decided = sum(quad.predicate.value.endswith("#reviewOf") for quad in quads)
    return [
        Loading(
            kind="holders",
            name="holders",
            paths=paths,
            statements=quads,
            title="Who the actors of the extract are, as judged by a person",
            notes=lambda: [f"decisions: {decided}"],
            apart=True,
        )
    ]


def _check_powers_duties(paths: Sequence[Path], progress: Callable[[str, float], None]) -> Report:
    from .loaders.powers_duties import Reader, find_members, new_report

    members = find_members(paths)
    report, total = new_report(members), sum(member.size for member in members) or 1
    Reader(members, report, lambda rows, done: progress(f"{rows:,} rows", min(done / total, 1.0))).check()
    return report


def _check_lga_powers(paths: Sequence[Path], progress: Callable[[str, float], None]) -> Report:
    from .loaders.lga_powers import new_report, read_list
    from .ontology.namespaces import GRAPH

    report = new_report(paths)
    for path in paths:
        for _quad in read_list(path, GRAPH + "lga-powers", report):
            pass
    progress("read", 1.0)
    return report


_OPEN_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

SOURCES: dict[str, Source] = {
    "papers": Source("committee papers: PDF, Word, HTML, Markdown, text", _papers),
    "clml": Source("Acts and instruments in legislation.gov.uk's XML", _read_clml, _find_clml),
    "powers-duties": Source(
        "the national powers-and-duties extract (CSV files, folders, ZIP)", _powers_duties, check=_check_powers_duties
    ),
    "holders": Source("a review table of who the actors of the extract are (CSV)", _holders),
    "lga-powers": Source(
        "the Local Government Association's list of powers and duties (CSV)", _lga_powers, check=_check_lga_powers
    ),
}
"""Every kind by the word after ``dutygraph load``."""


def check_source(kind: str, paths: Sequence[str], progress: Callable[[str, float], None]) -> Report:
    """Read a source, and report what is wrong with it; nothing is loaded.

    Args:
        kind: one of :data:`SOURCES` that can be checked.
        paths: its files and folders.
        progress: told how far it is.

    Raises:
        BadInput: if a path is not there, a file is not of this kind, or the kind has no check.
    """
    check = SOURCES[kind].check
    if check is None:
        raise BadInput(f"{kind} cannot be checked without being loaded.")
    return check(SOURCES[kind].find(paths), progress)
