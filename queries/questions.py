"""Write ``docs/questions.md``: every catalogued question with its SPARQL's true answer on the register.

Run it as ``python -m dutygraph.queries.questions docs/questions.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..graph.store import GraphStore, OxigraphStore
from .catalogue import Question, questions
from .own import write_result

_SHOWN = 6
"""Rows of an answer that the page shows."""


def write_questions(store: GraphStore) -> str:
    """Return the page: for each question its parameters, how to run it and the first rows of its answer.

    Args:
        store: the graph that answers.
    """
    parts = [
        "# Questions that dutygraph can be asked",
        "",
        "Generated from `queries/*.rq` by `python -m dutygraph.queries.questions docs/questions.md`: do not edit.",
        "Every question runs as it stands in any SPARQL tool, and here as `dutygraph query NAME`; the answers",
        "below are those to the example values, their first rows only.",
    ]
    for question in questions():
        parts += ["", *_section(store, question)]
    return "\n".join(parts) + "\n"


def _section(store: GraphStore, question: Question) -> list[str]:
    lines = [f"## {question.name}", "", f"**{question.question}**", ""]
    lines += [f"- `{name}`: {words}" for name, words in question.parameters.items()]
    given = "".join(f" -p {name}=…" for name in question.parameters)
    lines += [""] * bool(question.parameters) + ["```console", f"dutygraph query {question.name}{given}", "```", ""]
    rows = write_result(store, question.sparql, "md", 120).rstrip("\n").split("\n")
    head, body = rows[:2], rows[2:]
    lines += [*head, *body[:_SHOWN]]
    more = len(body) - _SHOWN
    if more > 0:
        lines += ["", f"and {more} more rows."]
    if not body:
        lines += ["", "No row for the example values."]
    return lines


def main(arguments: list[str]) -> None:
    """Write the page to the file that is named."""
    from ..graph.builds import fill
    from ..register import FOLDER

    page = write_questions(OxigraphStore(fill([FOLDER]), "memory"))
    Path(arguments[0]).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
