"""dutygraph: who must, may or must not do what, where, and on which date, with the law cited.

A knowledge graph of the partnerships, duties and legislation of community safety and criminal justice in
England and Wales. Guidance, not legal advice.

>>> import dutygraph                                                        # doctest: +SKIP
>>> kg = dutygraph.open()                                                   # doctest: +SKIP
>>> for member in kg.members("responsible authorities", area="Rugby", on="2005-06-01"):   # doctest: +SKIP
...     print(member["label"], member["because"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .errors import (
        AmbiguousName,
        BadDate,
        BadInput,
        DutyGraphError,
        QueryError,
        RegisterFault,
        StoreError,
        UnknownName,
    )
    from .knowledge import KnowledgeGraph
    from .knowledge import open_graph as open
    from .queries.results import Answer

__all__ = [
    "AmbiguousName",
    "Answer",
    "BadDate",
    "BadInput",
    "DutyGraphError",
    "KnowledgeGraph",
    "QueryError",
    "RegisterFault",
    "StoreError",
    "UnknownName",
    "__version__",
    "open",
]

_HOMES = {"KnowledgeGraph": ".knowledge", "open": ".knowledge", "Answer": ".queries.results"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``import dutygraph`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"dutygraph has no name {name!r}")
    from importlib import import_module

    home = import_module(_HOMES.get(name, ".errors"), __name__)
    return getattr(home, "open_graph" if name == "open" else name)
