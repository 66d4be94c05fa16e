"""A typewritten memorandum as a photocopy fed in slightly askew: a PDF that holds one black-and-white picture and no text.

Letters are set one by one with an unsteady hand along a line that sinks to the right; specks, two punched holes and a fold are added.
No picture is turned or resampled, so that no rounding of another machine can enter; the font comes with reportlab.
"""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

MEMO = """\
KARVEL FACILITY
Technical Service                              Copy 2 of 3

To:    Head of Works, Second Directorate, Tavrin
From:  Capt. (Eng.) O. Brask
No.    61/17
Date:  3 August 2017

Subject: Conversion of the old brickworks

1. The roof has been closed. The eastern kiln was taken
   down in June.

2. Delivered by 31 July: 38 tonnes of refractory brick,
   two oil burners, 22 metres of lined flue.

3. Still wanting: one blower, gauges up to 1,000 degrees,
   and four steel trolleys as in the drawing.

4. The contractor asks what is to be burned, since the
   draught depends on it. He was told that this does not
   concern him.

5. In the books the building is to be carried as Boiler
   House No. 2, as you ordered by telephone on 19 July.

6. The pipe from the power station stays in use for the
   cell blocks.

I request that what is wanting be sent before the frost.

                                   (signed) O. Brask
"""
DOTS = 150  # per inch
PAGE = (1240, 1754)  # A4 at that resolution
SIZE, PITCH, LINE = 31, 18, 37  # of the letters, from letter to letter and from line to line, in pixels
LEFT, TOP = 150, 170
SINKS = 0.011  # pixels down for each to the right: about two thirds of a degree
SCANNED = time.struct_time((2018, 10, 2, 11, 40, 0, 1, 275, 0))


def works_memo() -> bytes:
    """The memorandum as one page; fax compression, which writes the same for the same picture everywhere."""
    made = io.BytesIO()
    picture().save(made, "PDF", resolution=DOTS, title="scan0007", producer="", creationDate=SCANNED, modDate=SCANNED)
    return made.getvalue()


def picture() -> Image.Image:
    """The page in black and white."""
    chance = random.Random(61_17)  # noqa: S311 -- the same specks each time is the purpose
    page = Image.new("L", PAGE, 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "com_____.pfb"), SIZE, layout_engine=ImageFont.Layout.BASIC)
    for row, line in enumerate(MEMO.splitlines()):
        for column, letter in enumerate(line):
            x = LEFT + column * PITCH + chance.choice((-1, 0, 0, 0, 1))
            y = TOP + row * LINE + int(x * SINKS) + chance.choice((-1, 0, 0, 0, 0, 1))
            draw.text((x, y), letter, font=font, fill=chance.choice((0, 0, 40)), stroke_width=chance.choice((0,) * 14 + (1,)))
    _wear(draw, chance)
    return page.point(lambda value: 255 if value > 150 else 0).convert("1")


def _wear(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for _ in range(420):
        x, y, size = chance.randrange(PAGE[0]), chance.randrange(PAGE[1]), chance.choice((0, 0, 0, 1, 1, 2))
        draw.ellipse((x, y, x + size, y + size), fill=0)
    for x in range(0, PAGE[0], 3):
        if chance.random() < 0.5:
            draw.point((x, PAGE[1] // 2 + 180 + int(x * SINKS)), fill=0)
    for y in (560, 1180):
        draw.ellipse((34, y, 70, y + 36), fill=0)
    draw.line((0, 4, PAGE[0], 10), fill=0, width=5)
