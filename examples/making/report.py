"""The rights group's report with its text layer, and the annex of which only the first part arrived.

`invariant` makes reportlab leave the clock out of a file; its stand-in date is then replaced by the report's own.
"""

from __future__ import annotations

import io

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

REPORTLAB_DATE = b"D:20000101000000+00'00'"  # what invariant output carries; one of the same length leaves every offset in place
REPORT_DATE = b"D:20181120090000+00'00'"
REPORT_TITLE = "Names on a Wall: Executions at Karvel Prison, 2013 to 2017"

SUMMARY = """\
In the four years from September 2013 to December 2017, the military prison at Karvel was a place where people were put to death in large
numbers and in secret. On the evidence set out below, the Prison Record Collective estimates that between 3,100 and 7,400 people were
hanged there in that time. At least 312 of them are known to us by name.

The procedure hardly changed. Prisoners were called out after dark, told that they were being moved to a civilian prison, and brought
before a field court in the administrative block. Two former guards and a former clerk said that a hearing took between one minute and
three. The sentences were carried out the same night. According to the guards this happened once or twice a week, and between 15 and 40
people were hanged each time. One guard said that he had once counted more than 50. We have not used that figure.

Until the spring of 2017 the dead were driven to Sarn Hill before dawn. A driver told us that he had made the journey about ninety times.
After that the lorries stopped. We do not know what has been done with the bodies since, and we ask anyone who does to write to us.
"""
METHOD = """\
We spoke with 61 people between October 2016 and August 2018: 38 former prisoners, 17 relatives, four former guards, one clerk and one
driver. Nobody was paid. Interviews were held in person by two of us, in the language of the witness, and each account was read back. Nine
of the 61 asked us not to use what they had said, and we have not.

The lower figure takes 15 people a night, once a week, for the 207 weeks in which we can show that executions took place. The higher
figure takes the mean of what the guards said for each season and twice-weekly executions in the fifteen months for which two sources
agree on them. Neither is a maximum. Both leave out those who died of hunger, illness or beatings, of whom there were probably more.

We wrote to the Ministry of Justice in Tavrin on 3 September 2018, and sent it a summary of our findings. It has not replied. In 2015 the
ministry had stated that nobody had been executed in Vasmara since 1998.
"""
LIMITS = """\
We have not been inside Karvel. The guards left the service in 2015 and 2016; for 2017 we rest on the accounts of eleven prisoners, none
of whom saw an execution. The lists copied by the clerk cover seven months and may be incomplete. A spelling that differs between two
lists has been counted as one person only where the father's name and the year of birth agree.

The Collective calls on the government of Vasmara to stop all executions, to admit independent observers to Karvel, and to tell every
family where its dead are. It calls on Ruvenia, which pays for the prison service's fuel, to make that support depend on an answer.
"""
TABLE = [
    ["Period", "Weeks shown", "Lower", "Higher", "Known by name"],
    ["Sept 2013 to Dec 2014", "61", "915", "2,100", "84"],
    ["2015", "52", "780", "2,240", "131"],
    ["2016", "52", "780", "1,960", "79"],
    ["2017", "42", "630", "1,100", "18"],
    ["Together (rounded)", "207", "3,100", "7,400", "312"],
]

LETTERS = [
    "To the Collective. I copied these names from the register of the second court between April and October 2015.",
    "I could copy only in the noon break, when the captain ate. Some pages were taken away before I had finished them.",
]


def report() -> bytes:
    """The report of the Prison Record Collective, three pages with a text layer."""
    styles = getSampleStyleSheet()
    heading, gap = styles["Heading2"], Spacer(1, 0.4 * cm)

    def written(prose: str) -> list[Paragraph]:
        return [Paragraph(text, styles["BodyText"]) for text in prose.split("\n\n")]

    story = [Paragraph(REPORT_TITLE, styles["Title"]), Paragraph("Prison Record Collective, 20 November 2018", styles["Heading3"]), gap]
    story += [Paragraph("Summary", heading), *written(SUMMARY), PageBreak()]
    story += [Paragraph("How we worked", heading), *written(METHOD), gap]
    story += [Table(TABLE, style=[("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 9)]), PageBreak()]
    story += [Paragraph("What we do not know, and what we ask", heading), *written(LIMITS)]
    made = io.BytesIO()
    SimpleDocTemplate(
        made,
        pagesize=A4,
        pageCompression=0,
        invariant=1,
        title=REPORT_TITLE,
        author="Prison Record Collective",
        subject="20 November 2018. All people, places and events in this document are invented.",
        leftMargin=2.5 * cm,
        rightMargin=2.5 * cm,
    ).build(story)
    return made.getvalue().replace(REPORTLAB_DATE, REPORT_DATE)


def damaged_letters() -> bytes:
    """A PDF of which only the first part arrived: the pages' index is gone, and no reader can open it."""
    made = io.BytesIO()
    canvas = Canvas(made, pageCompression=0, invariant=1)
    for page in LETTERS:
        canvas.drawString(72, 720, page)
        canvas.showPage()
    canvas.save()
    return made.getvalue()[:700]
