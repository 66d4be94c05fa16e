"""A PDF of page pictures and nothing else, written by hand: no text layer, no metadata, no ids, no dates, the same bytes for the same pages."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class PagePicture(msgspec.Struct, frozen=True):
    """One page: its picture encoded (in a PDF a baseline RGB JPEG) with its size in pixels, and the size of the page in points."""

    content: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]


def pdf_of(pages: Sequence[PagePicture]) -> bytes:
    """The pages as a PDF 1.4 file (ISO 32000-1, 7.5): catalogue, page tree, and for each page its picture and the line that draws it."""
    kids = " ".join(f"{3 + 3 * index} 0 R" for index in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii")]
    for index, page in enumerate(pages):
        objects += _objects_of(page, 3 + 3 * index)
    return _file_of(objects)


def _objects_of(page: PagePicture, number: int) -> list[bytes]:
    (wide, high), (width, height) = page.pixels, page.points
    draw = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode("ascii")
    return [
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {number + 1} 0 R "
            f"/Resources << /XObject << /P {number + 2} 0 R >> >> >>"
        ).encode("ascii"),
        f"<< /Length {len(draw)} >>\nstream\n".encode("ascii") + draw + b"\nendstream",
        (
            f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            f"/Filter /DCTDecode /Length {len(page.content)} >>\nstream\n"
        ).encode("ascii")
        + page.content
        + b"\nendstream",
    ]


def _file_of(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    written += b"".join(f"{place:010d} 00000 n \n".encode("ascii") for place in places)
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(written)
