"""Makes those files of the demo case that are not plain text: two PDFs and an e-mail with an attachment.

The same bytes come out each time (fixed dates, ids and boundaries, no compression), so that the committed files can be
checked against this script. Run it with the development dependencies: `python examples/make_demo.py [FOLDER]`.
"""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

EVIDENCE = Path(__file__).parent / "karvel-briefing" / "evidence"

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

FAMILY_LIST = """\
no,name,father,born,taken,where,last known,told by
1,Davin Orlec,Petrin,1988,2014-02-09,Tavrin,Karvel (May 2016),released prisoner
2,Sorel Hask,Imre,1991,2014-03,Lower Drenna,Karvel,court clerk's list
3,Miro Teszan,Aldo,1979,2013-11-21,Tavrin,reported dead 2015,death notice
4,Ilvar Brandt-Osk,,1995,2015,checkpoint on the Pelmar road,not known,nobody
5,Kesta Orlec,Petrin,1993,2014-02-09,Tavrin,not known,nobody
6,Anzel Dure,Tomas,1984,2014-07-30,Olmeth,Karvel (winter 2015),released prisoner
7,Sorrel Haşk,Imre,1991,March 2014,Drenna,Karvel,released prisoner
8,Jorin Mallas,Vedo,about 1970,2013-09,Tavrin,reported dead 2014,called by the prison
9,Ren Adovar,Luk,1996,2014-05-02,university,"transfer" list May 2016,released prisoner
10,Pauk Temlin,Jorin,1982,2016-01-17,Olmeth,Karvel,guard
11,Ishta Vell,Maro,2000,2015-10,Lower Drenna,not known,nobody
12,Teodar Nim,Sandro,1968,2013-12-24,at home,reported dead 2016-08,death notice
"""

EMAIL = """\
From: Nadja Orlec <nadja@karvel-families.example>
To: Records <records@prison-record.example>
Date: Thu, 14 Mar 2019 21:17:44 +0200
Subject: Our list, and the letter you asked for
Message-ID: <20190314-2117@karvel-families.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="karvel-families-0314"

--karvel-families-0314
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Dear friends,

I send you the list as it stands today: twelve names from our street association, nothing that we have not heard from at least one person.
Number 7 may be number 2 again; two mothers wrote to us and they spell it differently, so please do not count before you have asked us.

You will have seen what the ministry in Tavrin said on Tuesday. My brothers Davin and Kesta were taken from our kitchen on 9 February 2014
by men of the Second Directorate. A man who was let out in 2016 told my mother that he had slept beside Davin at Karvel until May of that
year and that the guards then called him out with about thirty others. He did not see what happened to them. He said that in the morning
their shoes were still there.

About the burning I know nothing. A cousin who delivers flour to the barracks says the chimney of the brickworks smoked through the whole of
last winter, but he has been wrong before.

Please keep my address and the names of the mothers to yourselves. You may use the names on the list, not who gave them to us. The clerk's
letters are in the other file, I hope it arrives whole this time, the line here breaks every few minutes.

Nadja

> On 11 March 2019 Records wrote:
> Could you send us the list again, and the letters? We would like to compare
> both with what the Hestrian ministry said today.

--karvel-families-0314
Content-Type: text/csv; charset="utf-8"; name="families-list-2019-03.csv"
Content-Disposition: attachment; filename="families-list-2019-03.csv"
Content-Transfer-Encoding: base64

{attachment}
--karvel-families-0314--
"""

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


def family_mail() -> bytes:
    """The association's e-mail with its list, as it would come over the wire."""
    attachment = base64.encodebytes(FAMILY_LIST.encode()).decode().rstrip("\n")
    return EMAIL.format(attachment=attachment).replace("\n", "\r\n").encode()


FILES = {"collective-report.pdf": report, "annex-letters.pdf": damaged_letters, "family-list.eml": family_mail}


def make(folder: Path) -> list[Path]:
    """Write the made files into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in FILES.items():
        path = folder / name
        path.write_bytes(content())
        paths.append(path)
    return paths


if __name__ == "__main__":
    for made_path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else EVIDENCE):
        print(made_path)
