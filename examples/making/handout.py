"""The sheets with satellite frames given out at the briefing: what the pictures are said to show, and on which day.

One day and one position are given in two ways, as happens on such sheets.
"""

from __future__ import annotations

import io

from examples.making.overhead import Ground, frame
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = landscape(A4)
HEAD = "MINISTRY OF FOREIGN AFFAIRS OF HESTRIA - HANDOUT 3 - 11 MARCH 2019 - FOR PUBLIC RELEASE"
CREDIT = "Imagery (c) Polaris Orbital. Annotation by the Ministry. Scale and north are approximate."
FRAMES = (
    ("26 August 2016", "Brickworks open to the sky, eastern kiln standing. No flue.", Ground.OPEN),
    ("2 October 2017", "Roof closed. New outer wall. Probable discharge flue.", Ground.CLOSED),
    ("8 January 2018", "Snow on all roofs but that of the probable crematorium.", Ground.SNOW),
    ("19 February 2019", "No change since the previous frame. Fuel lorry, possible.", Ground.CLOSED),
)
LIST = (
    "Frames, with product numbers of the provider",
    "A  26 August 2016   PO-20160826-1402-K   0.5 m   clear",
    "B  2 October 2017   PO-20171002-1411-K   0.5 m   haze in the north",
    "C  15 January 2018   PO-20180115-1421-K   0.5 m   clear",
    "D  19 February 2019   PO-20190219-1408-K   0.3 m   clear",
    "",
    "Position of the site: 47.586 N, 31.942 W. Area shown: 420 m by 300 m.",
    "",
    "What the frames show: a building inside the wall of Karvel prison was closed, walled in and given a flue between August 2016 and",
    "October 2017. In frame C the snow on its roof has melted and that on the other roofs has not. This is consistent with a crematorium.",
    "",
    "What they do not show: the inside of the building, or what is burned there. Frames are chosen from 31 scenes of the provider.",
)
TITLE = "Karvel prison, Vasmara: conversion of the brickworks, 2016 to 2019"
PLACE = "Karvel prison, 47.286 N, 31.942 W"


def satellite_handout() -> bytes:
    """Two sheets: four frames with captions, and the list of frames at the back."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(WIDTH, HEIGHT), pageCompression=0, invariant=1)
    canvas.setTitle(TITLE)
    canvas.setAuthor("Ministry of Foreign Affairs of Hestria")
    _furniture(canvas, TITLE, PLACE)
    for number, (day, caption, ground) in enumerate(FRAMES):
        corner = (50 + number % 2 * 390, 300 - number // 2 * 215)
        _frame(canvas, corner, number, ground)
        _caption(canvas, corner, f"{'ABCD'[number]}  {day}", caption)
    canvas.showPage()
    _furniture(canvas, TITLE, "Sheet 2: list of frames")
    for row, line in enumerate(LIST):
        canvas.drawString(50, HEIGHT - 120 - row * 20, line)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _furniture(canvas: Canvas, title: str, second: str) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, HEIGHT - 30, HEAD)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(50, HEIGHT - 55, title)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(50, HEIGHT - 72, second)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, 24, CREDIT)
    canvas.setFont("Helvetica", 11)


def _frame(canvas: Canvas, corner: tuple[int, int], number: int, ground: Ground) -> None:
    left, bottom = corner
    canvas.drawImage(ImageReader(io.BytesIO(frame(ground, grain=number))), left, bottom, 350, 160)
    canvas.setStrokeColor(Color(0.85, 0.1, 0.1))
    canvas.rect(left + 250, bottom + 44, 84, 66)
    canvas.setStrokeColor(Color(0, 0, 0))


def _caption(canvas: Canvas, corner: tuple[int, int], day: str, caption: str) -> None:
    left, bottom = corner
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(left, bottom - 13, day)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(left, bottom - 25, caption)
