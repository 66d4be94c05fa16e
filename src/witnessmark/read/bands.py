"""Scenes among the pictures: a TIFF of many bands, or of numbers that no screen shows, is whole and sound, though no photograph. Only its directory is looked at."""

from __future__ import annotations

import warnings
from pathlib import Path

from witnessmark.read.camera import FAULTS

_WIDTH, _LENGTH, _BITS, _SAMPLES = 256, 257, 258, 277  # tags of TIFF 6.0
_PIECES = ((273, 279), (324, 325))
"""Where strips, or tiles, of the pixels begin, and their sizes."""
_BIG = 43
_BANDS_OF_A_PHOTOGRAPH, _BITS_OF_A_PHOTOGRAPH = 4, 8


def bands_in(path: Path) -> str | None:
    """One sentence on what a TIFF holds that is decoded as no photograph; None where it would be one but for damage, or its directory cannot be read either."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("error")  # what Pillow says of a directory that is cut short
            head = file.read(8)
            head += file.read(8) if head[2:3] == bytes([_BIG]) or head[3:4] == bytes([_BIG]) else b""
            directory = ImageFileDirectory_v2(head)
            file.seek(directory.next)
            directory.load(file)
        across, down, bands = directory[_WIDTH], directory[_LENGTH], directory.get(_SAMPLES, 1)
        bits = directory.get(_BITS, 1)
        ends = [sum(piece) for starts, sizes in _PIECES for piece in zip(directory.get(starts, ()), directory.get(sizes, ()), strict=True)]
        if not ends or max(ends) > path.stat().st_size:
            return None
    except (*FAULTS, UserWarning):
        return None
    deepest = max(bits) if isinstance(bits, tuple) else bits
    if bands <= _BANDS_OF_A_PHOTOGRAPH and deepest <= _BITS_OF_A_PHOTOGRAPH:
        return None
    shape = f"{across:,} x {down:,} pixels in {bands} {'band' if bands == 1 else 'bands'} of {deepest} bits"
    return f"It holds {shape}, as satellite scenes do, and is shown as no photograph here. `witnessmark watch scene` opens scenes."
