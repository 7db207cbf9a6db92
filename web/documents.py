"""A profile as a Word document: a duty register of a body, a partnership profile, an answer to file.

Needs the extra ``office`` (python-docx).
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from ..citations import group_citations
from ..dates import say_date
from ..errors import MissingExtra
from ..queries.profiles import Line, Profile, Section, Support

if TYPE_CHECKING:
    from docx.document import Document

_TITLES = {"law": "Law", "when": "When", "evidence": "Evidence"}
_ROOM_MM, _LETTER_MM, _PADDING_MM = 261.0, 2.0, 5.0
"""How wide a table is on the page, about how wide a letter (a wide one, bold) is, and what a cell leaves free."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ADVICE = "Guidance, not legal advice. What is not held is a gap in dutygraph, not an answer that there is none."
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


def to_docx(profile: Profile) -> bytes:
    """Return a profile as a Word document.

    Args:
        profile: what is held about a thing, or an answer.

    Raises:
        MissingExtra: if python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtra('Word files need python-docx: pip install "dutygraph[office]"') from error
    document = Document()
    _set_page(document, profile.title)
    document.core_properties.title = _clean(profile.title)
    document.core_properties.author = "dutygraph"
    document.add_heading(_clean(profile.title), 0)
    document.add_paragraph(_clean(_subtitle(profile)))
    if profile.message:
        document.add_paragraph(_clean(profile.message))
    if profile.notes:
        document.add_heading("Notes", 1)
        for note in profile.notes:
            document.add_paragraph(_clean(note), style="List Bullet")
    for section in profile.shown():
        _add_section(document, section)
    document.add_paragraph()
    document.add_paragraph(ADVICE)
    document.add_paragraph(LICENCE)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Document, title: str) -> None:
    """A4 across, since the tables are wide."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(9.5)
    _number_pages(page.footer.paragraphs[0], _clean(title))


def _number_pages(line: Any, title: str) -> None:
    """Let each page say what it is of and which page it is, so that a printed one is not lost."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line.add_run(f"{title}, page ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)


def _subtitle(profile: Profile) -> str:
    place = f" for {profile.area['label']}" if profile.area and profile.family != "area" else ""
    days = " to ".join(say_date(day) for day in profile.as_at.split("/"))
    state = f": {profile.state}" if profile.state else ""
    return f"{profile.kind[:1].upper()}{profile.kind[1:]}{place}, as held for {days}{state}."


def _add_section(document: Document, section: Section) -> None:
    document.add_heading(_clean(section.heading), 1)
    if section.lead:
        document.add_paragraph(_clean(section.lead))
    if not section.lines:
        document.add_paragraph(_clean(section.nothing))
        return
    shown = section.columns_shown()
    titles = [column.capitalize() for column in section.columns] + [_TITLES[name] for name in shown]
    _add_table(document, titles, [_cells(line, shown) for line in section.lines])


def _add_table(document: Document, titles: list[str], rows: list[list[str]]) -> None:
    """A table whose heading stands on each page and whose rows are not cut by the end of one."""
    from docx.shared import Mm

    table = document.add_table(rows=1 + len(rows), cols=len(titles))
    table.style = "Table Grid"
    table.autofit = False
    widths = [Mm(width) for width in column_widths([titles, *rows])]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    cells: list[Any] = list(table._cells)  # row.cells walks the whole table for each row
    texts = (text for row in (titles, *rows) for text in row)
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.text = text
        cell.width = widths[at % len(widths)]
    for cell in cells[: len(titles)]:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        for run in cell.paragraphs[0].runs:
            run.bold = True
    _mark_row(table.rows[0], "w:tblHeader")
    for row in table.rows:
        _mark_row(row, "w:cantSplit")


def column_widths(rows: list[list[str]]) -> list[float]:
    """Return how wide each column of a table is, in millimetres: more for more text, never less than a word.

    A column gets room by the root of how much it holds (that makes the whole table shorter than room by the amount,
    which starves the short columns), and at least what its longest word needs where the page has that.

    Args:
        rows: the texts of the cells, with the heading; all rows are equally long.

    >>> column_widths([["Who", "Law"], ["a", "b"]])
    [130.5, 130.5]
    """
    columns = list(zip(*rows, strict=True))
    words = [max((len(word) for cell in column for word in cell.split()), default=1) for column in columns]
    least = [min(word * _LETTER_MM + _PADDING_MM, _ROOM_MM / len(columns)) for word in words]
    weights = [max(1, sum(map(len, column))) ** 0.5 for column in columns]
    spare = _ROOM_MM - sum(least)
    return [low + spare * weight / sum(weights) for low, weight in zip(least, weights, strict=True)]


def _mark_row(row: Any, mark: str) -> None:
    """Set a property of a row that has no name in python-docx."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _cells(line: Line, shown: list[str]) -> list[str]:
    support = line.support
    own = ["\n".join(map(str, cell)) for cell in line.cells]
    if line.verdict and own:
        own[0] = f"[{line.verdict.replace('_', ' ')}] {own[0]}"
    written = {
        "law": "\n".join(group_citations(item["citation"] for item in support.basis)),
        "when": support.when(),
        "evidence": _evidence(support),
    }
    return [_clean(text) for text in (*own, *(written[name] for name in shown))]


def _evidence(support: Support) -> str:
    said = ["UNCHECKED"] if support.unchecked else []
    said += ["weak: inferred"] if support.weak else []
    said += [support.evidence] if support.evidence else []
    said += [f"checked {say_date(support.checked)}"] if support.checked else []
    said += [", ".join(filter(None, (item["label"], item["locator"]))) for item in support.sources]
    said += [support.note] if support.note else []
    return "\n".join(said)


def _clean(text: str) -> str:
    """Drop what XML cannot hold."""
    return _CONTROL.sub("", text)
