"""Committee papers into the graph: each a layer of its own, with passages, mentions and candidate statements."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import BadInput

if TYPE_CHECKING:
    from .graph.layers import Loading

_ENDINGS = {".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"}


def read_papers(paths: Sequence[Path]) -> list[Loading]:
    """Read papers, each into what :func:`dutygraph.graph.layers.add_layer` loads.

    Args:
        paths: files, or folders whose papers are all read.

    Raises:
        BadInput: if a paper cannot be read, or two would be of one name.
    """
    files = [file for path in paths for file in _files(path)]
    loadings = [_loading(path) for path in files]
    names = [loading.name for loading in loadings]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise BadInput(f"Two of these papers would be called {twice}. Rename one of the files.")
    return loadings


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in _ENDINGS)


def _loading(path: Path) -> Loading:
    from .facts.context import make_context
    from .facts.finding import find_facts
    from .facts.quads import fact_quads
    from .graph.layers import Loading
    from .loaders.papers.mentions import find_mentions
    from .loaders.papers.quads import layer_name, paper_quads
    from .loaders.papers.reading import read_paper

    paper = read_paper(path)
    context = make_context(paper)
    facts = find_facts(paper)
    mentions = find_mentions(paper, tuple(context.abbreviations), context.area)
    unclear = sum(len(mention.links) > 1 for mention in mentions)
    note = (
        f"{paper.name}: {len(paper.passages)} passages, {len(mentions)} mentions ({unclear} ambiguous), "
        f"{len(facts)} candidate statements"
    )
    return Loading(
        kind="papers",
        name=layer_name(paper),
        paths=(path,),
        statements=chain(paper_quads(paper, mentions), fact_quads(paper, facts)),
        title=paper.title or paper.name,
        publisher=paper.body or None,
        notes=lambda: (note,),
        apart=True,
    )
