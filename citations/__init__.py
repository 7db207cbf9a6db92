"""Citations of United Kingdom legislation: found in text, resolved, written as lawyers write them.

Usable alone: it needs nothing else of dutygraph. Text goes through two stages: the mentions of instruments and
provisions are found (:mod:`.tokens`), then each provision is bound to the instrument it is attached to
(:mod:`.finding`). A provision that is attached to no instrument stays unbound; nothing is guessed.

>>> from dutygraph.citations import find_citations
>>> [found.written for found in find_citations("sections 5 to 7 and 17 of the Crime and Disorder Act 1998 (c. 37)")]
['Crime and Disorder Act 1998, ss. 5–7', 'Crime and Disorder Act 1998, s. 17']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .writing import cite, cite_provision, cite_range, group_citations, split_citation, split_path

if TYPE_CHECKING:
    from .finding import Citation as Citation
    from .finding import find_citations as find_citations
    from .instruments import Instruments as Instruments
    from .uris import LegislationUri as LegislationUri

__all__ = [
    "Citation",
    "Instruments",
    "LegislationUri",
    "cite",
    "cite_provision",
    "cite_range",
    "find_citations",
    "group_citations",
    "split_citation",
    "split_path",
]

_LATER = {
    "Citation": "finding",
    "find_citations": "finding",
    "Instruments": "instruments",
    "LegislationUri": "uris",
}


def __getattr__(name: str) -> object:
    """Load the finder when it is first asked for: who only writes citations does not wait for it."""
    if name not in _LATER:
        raise AttributeError(f"dutygraph.citations has no name {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)
