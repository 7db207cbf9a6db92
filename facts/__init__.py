"""What a paper states: candidate statements with quotation, place, rule and certainty.

``find_facts`` takes a paper that :mod:`dutygraph.loaders.papers` has read and gives the statements of the kinds in
:mod:`.model`. They are candidates, found by rules: what the paper says, right or wrong, and no statement of the law.
Each kind has a module of its own; :mod:`.context` knows who "I", "the Panel" and "the Act" are in this paper.
"""

from __future__ import annotations

from .finding import find_facts
from .model import Fact

__all__ = ["Fact", "find_facts"]
