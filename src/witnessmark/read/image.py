"""Photographs and scans: size, what the camera or program wrote into the file, and text found by OCR.

An image without text is a document all the same, with empty text and its metadata. Positions and dates in a file are
what its device or editor wrote; they are kept as metadata and never taken for the place or date of an event.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from witnessmark.read.bands import bands_in
from witnessmark.read.camera import FAULTS, exif_of, exiftool_tags
from witnessmark.read.extract import Extract, Original, Passages, Reader, UnreadableError, described
from witnessmark.read.ocr import ocr_name, read_picture
from witnessmark.read.request import ReadParams
from witnessmark.read.tools import install_command

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 200_000_000
"""The largest sensors give 150 million; decoding more takes over half a gigabyte."""
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "WEBP", "BMP", "AVIF", "HEIF")
SMALLEST_FOR_OCR = 20  # pixels; below it no letter can be told


def read_image(original: Original, params: ReadParams) -> Extract:
    """Metadata of the image and the text in it."""
    from PIL import Image

    problems: list[str] = []
    passages = Passages()
    metadata: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with open_picture(original) as image:
                metadata = {"format": image.format, "width": image.width, "height": image.height, **exif_of(image)}
                _read_text(image, params, passages, problems)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise UnreadableError(f"The image claims more than the {MOST_PIXELS // 1_000_000} million pixels that are decoded.") from error
        except FAULTS as error:
            problems.append(_why_undecoded(original, params, error))
    if params.exiftool is not None:
        metadata |= exiftool_tags(original.path, problems)
    return Extract(
        passages.text,
        anchors=tuple(passages.anchors),
        guesses=tuple(passages.guesses),
        problems=tuple(problems),
        metadata=described(metadata),
        dates_itself=False,
    )


def _why_undecoded(original: Original, params: ReadParams, error: BaseException) -> str:
    """What is said of a picture of which something is known though it is not decoded. Raises UnreadableError where nothing is."""
    if original.media_type == "image/tiff" and (scene := bands_in(original.path)) is not None:
        return scene
    if original.media_type in {"image/heic", "image/avif"} and params.exiftool is not None:
        return f"Images of type {original.media_type} are not decoded here; only their metadata were read."
    raise UnreadableError(f"The image cannot be decoded as {original.media_type}.") from error


def open_picture(original: Original) -> Image:
    """The picture, its header read and nothing decoded yet; only by decoders of the formats that are read here. Raises what Pillow raises (FAULTS)."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    return Image.open(original.path, formats=formats_for(original.media_type))


def formats_for(media_type: str) -> list[str]:
    """The formats that are decoded, as far as this build of Pillow has them."""
    from PIL import Image

    Image.init()
    if media_type == "image/heic":
        _register_heif()
    return [name for name in _FORMATS if name in Image.OPEN]


def _register_heif() -> None:
    """HEIC is what iPhones photograph in; its decoder is loaded only for such a file."""
    from pi_heif import register_heif_opener

    register_heif_opener()


def _read_text(image: Image, params: ReadParams, passages: Passages, problems: list[str]) -> None:
    if not params.can_ocr:
        problems.append(f"Text in the image was not looked for: OCR is not installed ({install_command('tesseract')}).")
        return
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    for number in range(1, min(frames, params.ocr_pages) + 1):
        try:
            image.seek(number - 1)
            image.load()
        except FAULTS as error:
            problems.append(f"The image is damaged ({error}); text in it was not looked for.")
            break
        _read_frame(image, params, passages, problems, number)
    if frames > params.ocr_pages:
        problems.append(f"Only {params.ocr_pages} of {frames} pages of the image were read by OCR.")
    if passages.text:
        problems.insert(0, f"The text was read by OCR ({ocr_name(params)}): check names and numbers against the image.")
    elif not problems:
        problems.append(f"OCR ({ocr_name(params)}) found no text in the image.")


def _read_frame(image: Image, params: ReadParams, passages: Passages, problems: list[str], number: int) -> None:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if min(upright.size) < SMALLEST_FOR_OCR:
        return
    found = read_picture(upright, params, str(number))
    passages.add_part(found.text, found.anchors, found.guesses)
    if found.problem:
        problems.append(f"{found.problem}.")


READER = Reader("image", "1", read_image)
