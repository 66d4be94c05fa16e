"""The clerk's list of people judged by the second court, as an Excel workbook with a hidden sheet.

The hidden sheet says who copied the list: what a person who only looks at the open one would hand on without knowing.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
from examples.making.archive import timeless
from openpyxl.styles import Font

HEADINGS = ("No.", "Name", "Father", "Born", "Heard on", "Case", "Decision")
ROWS = (
    (1, "Teschan Miro", "Aldo", 1979, dt.date(2015, 4, 14), "2C-311/15", "highest measure"),
    (2, "Orletz Davin", "Petr", 1986, dt.date(2015, 4, 14), "2C-312/15", "fifteen years"),
    (3, "Vaskin Toll", "Erem", 1990, dt.date(2015, 4, 14), "2C-313/15", "highest measure"),
    (4, "Jessen Ludo", "Karol", 1974, dt.date(2015, 4, 21), "2C-340/15", "highest measure"),
    (5, "Hask Sorel", "Imre", 1991, dt.date(2015, 5, 5), "2C-371/15", "highest measure"),
    (6, "Adler Pim", "Joss", 1993, dt.date(2015, 5, 5), "2C-372/15", "highest measure"),
    (7, "Mallas Jorin", "Vedo", 1969, dt.date(2015, 5, 19), "2C-402/15", "highest measure"),
    (8, "Ferrel Iso", "Ilvar", 1988, dt.date(2015, 6, 2), "2C-433/15", "deferred"),
    (9, "Kestrin Olo", "Bram", 1981, dt.date(2015, 6, 2), "2C-434/15", "highest measure"),
    (10, "Sand Vito", "Luk", 1995, dt.date(2015, 6, 16), "2C-460/15", "highest measure"),
    (11, "Dure Ansel", "Tomas", 1984, dt.date(2015, 10, 13), "2C-688/15", "highest measure"),
    (12, "Orsk Ren", "Mattis", 1982, dt.date(2015, 10, 13), "2C-689/15", "highest measure"),
    (13, "Brandosk Ilwar", None, 1995, dt.date(2015, 10, 20), "2C-702/15", "highest measure"),
    (14, "Trevin Aske", "Ondo", "about 1960", dt.date(2015, 10, 20), "2C-703/15", "fifteen years"),
    (15, "Kessel Ivan", "Ivo", 1996, dt.date(2015, 10, 27), None, "highest measure"),
    (16, "(page torn)", None, None, None, None, None),
)
NOTE = (
    ("Copied by", "L. Marden, clerk, from the register of the second court"),
    ("When", "noon breaks, April to October 2015"),
    ("Not to be shown", "he has a brother in the service"),
)
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(?=</dcterms:modified>)")


def court_list() -> bytes:
    """The workbook: the sheet Register, and the hidden sheet Note."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Register"
    sheet.append(HEADINGS)
    for row in ROWS:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    note = book.create_sheet("Note")
    note.sheet_state = "hidden"
    for line in NOTE:
        note.append(line)
    book.properties.creator, book.properties.title = "LM", "Second court"
    book.properties.created = dt.datetime(2017, 3, 2, 20, 14)  # noqa: DTZ001 -- openpyxl writes what it is given as UTC
    made = io.BytesIO()
    book.save(made)
    return timeless(_dated(made.getvalue()))


def _dated(packed: bytes) -> bytes:
    """The workbook last changed on a fixed day; openpyxl writes the hour of saving and offers no way to give another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(made, "w") as archive:
        for member in given.infolist():
            content = given.read(member)
            if member.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2017-03-02T20:31:00Z", content)
            archive.writestr(member.filename, content)
    return made.getvalue()
