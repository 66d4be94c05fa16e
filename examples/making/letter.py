"""A hospital's letter as a Word file: letterhead, reference, a table of admissions, and a line in the page footer."""

from __future__ import annotations

import datetime as dt
import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from examples.making.archive import timeless

LETTERHEAD = ("SAINT ORSEL MILITARY HOSPITAL", "Office of the Director", "Quay of the Engineers 4, Tavrin")
REFERENCE = ("Ref.: SOH/Dir/114/16", "Tavrin, 9 February 2016", "To: Medical Branch, Second Directorate, Tavrin")
SUBJECT = "Subject: persons brought from the Karvel facility in 2015; capacity of the cold room"
OPENING = """\
In the year 2015 this hospital received 604 persons from the Karvel facility. The register of the admissions desk gives the following picture:
"""
TABLE = (
    ("Quarter of 2015", "Brought in", "Sent back", "Died in the ward", "Dead on arrival"),
    ("First", "131", "48", "31", "52"),
    ("Second", "148", "45", "36", "67"),
    ("Third", "162", "50", "39", "73"),
    ("Fourth", "163", "42", "41", "80"),
    ("Together", "604", "185", "147", "272"),
)
CLOSING = """\
419 of the 604 did not leave the hospital alive. For 411 of them the duty officer has entered “cessation of the heart” as the cause. My physicians have asked me whether they may enter what they see. I have told them to wait for your answer.
The cold room takes 24. On eleven days last quarter it held more than 60. The staff of the kitchen, which lies above it, have complained.
I ask that persons who have died at the facility be no longer brought to us, or that a second room be paid for. I ask further for a ruling on the certificates.
The figures concern Karvel only. Other facilities use the same entrance but another register, which I have not seen.
"""
SIGNED = ("Colonel (med.) Dr Ansel Quirin, Director", "2 copies; not to be entered in the outgoing register")
STYLES_USED = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Footer", "Footer Char")
FOOTER = "SOH/Dir/114/16, page 1 of 1. For official use."


def hospital_letter() -> bytes:
    """The letter, with the dates and authors that Word would have written into it."""
    document = docx.Document()
    _leave_out_what_is_not_used(document)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(11)
    for line in LETTERHEAD:
        head = document.add_paragraph()
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run(line).bold = True
    for line in (*REFERENCE, SUBJECT, *OPENING.splitlines()):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(TABLE[0]), style="Table Grid")
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for line in (*CLOSING.splitlines(), *SIGNED):
        document.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = FOOTER
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = "Letter 114/16", "Office of the Director", "reg2", ""
    core.created, core.modified, core.revision = dt.datetime(2016, 2, 9, 8, 5), dt.datetime(2016, 2, 9, 8, 52), 3  # noqa: DTZ001 -- python-docx writes what it is given as UTC
    made = io.BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _leave_out_what_is_not_used(document: Document) -> None:
    """The template's hundred other styles and a copy of them for old programs: three quarters of a megabyte that say nothing."""
    for style in list(document.styles):
        if style.name not in STYLES_USED:
            style.delete()
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(number)
