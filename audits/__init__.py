"""What a paper says, held against the law and the register on the paper's date.

Each candidate statement of a paper (:mod:`dutygraph.facts`) is compared by its kind: who is in a class that the law
names, provisions in force, duties and powers, partnerships, amendments. The outcome is ``agrees``, ``differs`` or
``not held``, which is a gap in dutygraph and no word against the paper.
"""

from __future__ import annotations

from .auditing import audit_paper
from .model import Audit, Finding

__all__ = ["Audit", "Finding", "audit_paper"]
