"""The national register: areas, bodies, posts and partnerships of the rest of England and Wales since 1998.

Tables in the same form as :mod:`dutygraph.register`, loaded beside it on demand: ``dutygraph load register national``.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""The folder of the national register that comes with dutygraph."""
