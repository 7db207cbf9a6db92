"""The curated register: plain CSV tables with the schema in ``datapackage.json``.

A person edits these tables in a spreadsheet; :mod:`dutygraph.loaders.tables` reads and checks them.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""The folder of the register that comes with dutygraph."""
