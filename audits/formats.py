"""Write an audit down: for the terminal, as JSON, CSV or Markdown. The Word file is in :mod:`.word`."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap

from ..dates import say_date
from .model import VERDICTS, Audit, Finding, Verdict

FORMATS = ("table", "json", "csv", "md")
COLUMNS = (
    "verdict",
    "how",
    "kind",
    "says",
    "quote",
    "locator",
    "held",
    "law",
    "addresses",
    "rule",
    "checked",
    "same_paper",
)


def write_audit(audit: Audit, form: str, width: int = 110) -> str:
    """Write an audit.

    Args:
        audit: what :func:`.auditing.audit_paper` gives.
        form: one of :data:`FORMATS`.
        width: columns of the terminal, for the table.
    """
    if form == "json":
        return json.dumps(audit.to_dict(), ensure_ascii=False, indent=1)
    if form == "csv":
        return _csv(audit)
    return _markdown(audit) if form == "md" else _table(audit, width)


def read_quote(finding: Finding) -> str:
    """Return the quotation as a person reads it, without the marks of bold print that a converted paper keeps.

    >>> read_quote(Finding("agrees", "funding", "", "New Chance</b> <b>£ 270,000", "9", ""))
    'New Chance £ 270,000'
    """
    return re.sub(r"</?[a-z]{1,6}>|\*\*", "", finding.quote)


def law_of(finding: Finding) -> str:
    """Return the citations of a finding, in one line."""
    return "; ".join(item["citation"] for item in finding.basis)


def summary(audit: Audit) -> str:
    """Return how many statements agree, differ, are not held, and how many readings of a person stand beside."""
    counts = audit.counts
    return (
        f"{counts['differs']} differ, {counts['agrees']} agree, {counts['agrees_same_paper']} agree but from this same "
        f"paper (no second witness), {counts['not_held']} not held (gaps in dutygraph, no "
        f"word against the paper); beside them {counts['curated']} differences that a person has read."
    )


def groups(audit: Audit) -> list[tuple[str, Verdict, list[Finding]]]:
    """Return the findings in the groups in which they are shown, each with its heading; empty groups are left out."""
    titles = {"differs": "Differs", "agrees": "Agrees", "not held": "Not held: a gap in dutygraph, not an answer"}
    found: list[tuple[str, Verdict, list[Finding]]] = []
    for verdict in VERDICTS:
        computed = audit.of(verdict, "computed")
        found.append((f"{titles[verdict]} (computed)", verdict, [item for item in computed if not item.same_paper]))
        own = [item for item in computed if item.same_paper]
        found.append((f"{titles[verdict]}, but from this same paper (computed)", verdict, own))
        found.append(
            (f"{titles[verdict]} (a person's reading, kept in the register)", verdict, audit.of(verdict, "curated"))
        )
    return [(title, verdict, items) for title, verdict, items in found if items]


def _table(audit: Audit, width: int) -> str:
    head = f"{audit.title}: held against law and register on {say_date(audit.as_at)} ({audit.date_from})"
    lines = [*textwrap.wrap(head, width), *textwrap.wrap(summary(audit), width)]
    for title, _verdict, items in groups(audit):
        lines += ["", f"{title.upper()}: {len(items)}"]
        for item in items:
            lines += _block(item, width)
    return "\n".join(lines)


def _block(item: Finding, width: int) -> list[str]:
    quote = f'{item.locator}: "{read_quote(item)}"' if item.quote else f"{item.locator}: {item.says}"
    law = f" [{law_of(item)}]" if item.basis else ""
    unchecked = "" if item.verdict == "not held" or item.how == "computed" or item.checked else " (unchecked)"
    parts = ([("  ", item.says)] if item.quote else []) + [
        ("    paper  ", quote),
        ("    held   ", item.held + law + unchecked),
    ]
    return [
        line
        for start, text in parts
        for line in textwrap.wrap(text, width, initial_indent=start, subsequent_indent=" " * max(4, len(start)))
    ]


def _csv(audit: Audit) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for item in audit.findings:
        addresses = " ".join(basis["iri"] for basis in item.basis)
        writer.writerow({**item.__dict__, "law": law_of(item), "addresses": addresses, "checked": item.checked or ""})
    return out.getvalue().rstrip("\n")


def _markdown(audit: Audit) -> str:
    lines = [f"# {audit.title}: audit", "", f"Law and register on {say_date(audit.as_at)} ({audit.date_from}).", ""]
    lines.append(summary(audit))
    for title, _verdict, items in groups(audit):
        lines += ["", f"## {title}", "", "| place | the paper | law and register | provision |", "|---|---|---|---|"]
        for item in items:
            law = "; ".join(f"[{basis['citation']}]({basis['iri']})" for basis in item.basis)
            said = f'{item.says}: "{read_quote(item)}"' if item.quote else item.says
            cells = (item.locator, said, item.held, law)
            lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)
