"""An audit as a Word file that can be attached to the paper: title, day, counts, a table for each verdict."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from ..dates import say_date
from ..errors import MissingExtra
from .formats import groups, read_quote, summary
from .model import Audit, Finding

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_WIDTHS = (2.4, 8.2, 10.6, 4.5)
"""Centimetres of the columns, which together are the 25.7 cm between the margins of A4 turned sideways."""


def write_word(audit: Audit) -> bytes:
    """Return the audit as a Word file.

    Raises:
        MissingExtra: if python-docx is not installed.
    """
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm
    except ImportError as error:
        raise MissingExtra('A Word file needs python-docx: pip install "dutygraph[office]"') from error
    document: Any = docx.Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.name = "Arial"
    document.core_properties.title = f"{audit.title}: audit"
    document.add_heading(f"{audit.title}: held against law and register", level=1)
    document.add_paragraph(f"Paper: {audit.paper}. Day: {say_date(audit.as_at)} ({audit.date_from}).")
    document.add_paragraph(summary(audit))
    document.add_paragraph(
        "Statements were found and compared by rules; each line is for a person to check. “Computed” lines were "
        "compared with the graph; a person’s reading is kept in the register and repeated here."
    )
    for title, _verdict, items in groups(audit):
        document.add_heading(f"{title}: {len(items)}", level=2)
        _add_table(document, items)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add_table(document: Any, items: list[Finding]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=4, style="Table Grid")
    table.autofit = False
    for cell, title in zip(table.rows[0].cells, ("Place", "The paper", "Law and register", "Provision"), strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for item in items:
        cells = table.add_row().cells
        cells[0].text, cells[2].text = item.locator, item.held
        cells[1].text = item.says
        if item.quote:
            cells[1].add_paragraph().add_run(f"“{read_quote(item)}”").italic = True
        for number, basis in enumerate(item.basis):
            paragraph = cells[3].paragraphs[0] if number == 0 else cells[3].add_paragraph()
            _add_link(paragraph, basis["citation"], basis["iri"])
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)  # the grid, by which LibreOffice goes; Word goes by the cells
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(9)


def _add_link(paragraph: Any, text: str, address: str) -> None:
    """Add a hyperlink, for which python-docx has no call of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor
    from docx.text.run import Run

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, _LINK, is_external=True))
    element: Any = OxmlElement("w:r")
    link.append(element)
    paragraph._p.append(link)
    run = Run(element, paragraph)
    run.text = text
    run.font.size, run.font.underline, run.font.color.rgb = Pt(9), True, RGBColor(0x1D, 0x4E, 0x89)
