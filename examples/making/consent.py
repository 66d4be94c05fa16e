"""The consent form that belongs to an interview note: which purposes, by whom, on what day, and what was refused."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

TITLE = "Record of consent, W-07"
TOLD = """\
Code of the person: W-07. The name is kept in the sealed register of the Collective and nowhere else.

It was explained to me in my own language who the Prison Record Collective is, what it does with what I say, who could ask for it, and what
could happen to me or to others if it became known. I could ask questions. I was not paid. I know that I can take back each of the following
at any time, and how.
"""
PURPOSES = (
    ("For what", "Yes", "No"),
    ("The Collective keeps the note of the interview", "[x]", "[ ]"),
    ("The Collective compares it with other evidence", "[x]", "[ ]"),
    ("The Collective gets in touch with me again", "[x]", "[ ]"),
    ("It is shared with the Independent Commission of Inquiry on Vasmara, with no other body", "[x]", "[ ]"),
    ("It is published, without my name and what would betray me", "[ ]", "[x]"),
    ("It is published with my name", "[ ]", "[x]"),
)
SIGNED = (
    "Given on 2 April 2019, on this paper form, after the note had been read back.",
    "Signed with the code, in the presence of M. and T.: W-07",
    "Asked about publication, the person said: “Not while my sister is there. Ask me again in a year.”",
    "Withdrawn: no.",
)


def consent_form() -> bytes:
    """The form as a page with a text layer."""
    styles = getSampleStyleSheet()
    gap = Spacer(1, 0.5 * cm)
    story = [Paragraph("Prison Record Collective", styles["Heading3"]), Paragraph(TITLE, styles["Title"])]
    story += [Paragraph(text, styles["BodyText"]) for text in TOLD.split("\n\n")]
    story += [gap, Table(PURPOSES, colWidths=[12.5 * cm, 1.5 * cm, 1.5 * cm]), gap]
    story += [Paragraph(text, styles["BodyText"]) for text in SIGNED]
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4, pageCompression=0, invariant=1, title=TITLE, author="Prison Record Collective").build(story)
    return made.getvalue()
