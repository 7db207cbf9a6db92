"""Norm extraction: every duty, power and prohibition in force in a CLML document, by rules, without a language model.

The stages, each a module: ``passages`` (what is in force), ``sentences`` (lead-in, items, tail), ``clauses`` (modals of
main clauses, their subjects), ``actions`` (verbs), ``exclusions`` (what is no norm), ``holders`` (who), ``details``
(condition, deadline, toward whom); ``extraction`` joins them.
"""

from __future__ import annotations

from .extraction import Norm, norms
from .files import COLUMNS, rows_of_file

__all__ = ["COLUMNS", "Norm", "norms", "rows_of_file"]
