"""Pictures inside documents: each comes out as an original of its own, so that what is printed in a report can be compared, checked and read like any other photograph.

Bytes come out as they lie in the document wherever that is a file of its own; a picture that is only pixels there is saved as PNG, and says so. What is left out is counted, with the reason.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from witnessmark.model.document import Child
from witnessmark.read.archive import UNPACKING_FAULTS
from witnessmark.read.camera import FAULTS
from witnessmark.read.image import MOST_PIXELS, formats_for
from witnessmark.read.kinds import media_type_in

if TYPE_CHECKING:
    from PIL.Image import Image

SHORTEST = 64
"""Pixels on the short side, under which it is taken for an icon, a bullet or a rule: no photograph is told from others by so little."""
MOST_PICTURES = 1_000
MOST_BYTES = 128 * 2**20
"""Of all pictures of one document together; they are handed over at once."""
AS_IT_LIES = "as it lies in the document"
AS_PIXELS = "decoded, and saved as PNG"
_EMBEDDED = re.compile(r"data:(image/[a-z0-9.+-]{1,40})((?:;[a-z0-9=.+-]{1,60}){0,4}),([^\s\"'<>)\\]*)", re.IGNORECASE)
_ENDINGS = {"image/jpeg": ".jpg", "image/svg+xml": ".svg"}


class HeldPictures:
    """The pictures of one document, taken out one by one under caps."""

    def __init__(self) -> None:
        """Holds none yet."""
        self._children: list[Child] = []
        self._seen: set[str] = set()
        self._bytes = self._small = self._over = 0
        self._unread: dict[str, int] = {}

    @property
    def children(self) -> tuple[Child, ...]:
        """What was taken out, in the order of the document."""
        return tuple(self._children)

    def is_new(self, content: bytes) -> bool:
        """Whether these bytes did not come by before: a letterhead stands on every page."""
        digest = hashlib.sha256(content).hexdigest()
        new = digest not in self._seen
        self._seen.add(digest)
        return new

    def keep_file(self, content: bytes, where: str, name: str | None = None) -> None:
        """Take out a picture that is a file of its own; `where` it stands, `name` as the document calls it. Again and again the same is kept once."""
        if not content or not self.is_new(content):
            return
        media_type = media_type_in(content[:65536], b"", "")
        size = _size_of(content, media_type)
        if size is None:
            self.leave_out(media_type)
        else:
            self._keep(content, media_type, size, where=where, name=name, kept=AS_IT_LIES)

    def keep_pixels(self, picture: Image, where: str) -> None:
        """Take out a picture that lies in the document as mere pixels."""
        content = io.BytesIO()
        picture.info.clear()
        picture.save(content, "PNG")
        if self.is_new(content.getvalue()):
            self._keep(content.getvalue(), "image/png", picture.size, where=where, name=None, kept=AS_PIXELS)

    def leave_out_small(self) -> None:
        """Count one that was seen to be too small before it was decoded."""
        self._small += 1

    def leave_out(self, form: str) -> None:
        """Count a picture of a form that is not taken out."""
        self._unread[form] = self._unread.get(form, 0) + 1

    def told(self) -> dict[str, object]:
        """What goes into the metadata of the document: how many were taken out, and how many are too small to be."""
        return {
            "pictures taken out": len(self._children) or None,
            f"pictures under {SHORTEST} pixels, not taken out": self._small or None,
        }

    def problems(self) -> tuple[str, ...]:
        """Sentences on what was not taken out though it might show something."""
        over = (
            f"Pictures not taken out: {self._over}. At most {MOST_PICTURES:,} and {MOST_BYTES // 2**20} MiB of them are taken out of one document; "
            "add those that matter as files of their own."
        )
        unread = (f"Pictures that are not decoded here ({form}), not taken out: {number}." for form, number in self._unread.items())
        return (*unread, *((over,) if self._over else ()))

    def _keep(  # noqa: PLR0913 -- what is known of a picture, each by its name
        self, content: bytes, media_type: str, size: tuple[int, int], *, where: str, name: str | None, kept: str
    ) -> None:
        if min(size) < SHORTEST:
            self._small += 1
        elif len(self._children) >= MOST_PICTURES or self._bytes + len(content) > MOST_BYTES:
            self._over += 1
        else:
            self._bytes += len(content)
            ending = _ENDINGS.get(media_type, f".{media_type.partition('/')[2]}")
            number = len(self._children) + 1
            stated = {"stands on": where, "size": f"{size[0]} x {size[1]}", "taken out": kept}
            self._children.append(Child(name or f"picture {number}{ending}", media_type, content, stated))


def keep_of_archive(pictures: HeldPictures, path: Path, folder: str) -> None:
    """Take out of an Office file, its archive checked before, all that lies in its `folder` of pictures ("word/media/")."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.filename.startswith(folder) or info.is_dir():
                continue
            name = PurePosixPath(info.filename).name
            if info.file_size > MOST_BYTES:
                pictures.leave_out(f"{name}, {info.file_size // 2**20} MiB")
                continue
            try:
                pictures.keep_file(archive.read(info), info.filename, name)
            except UNPACKING_FAULTS:
                pictures.leave_out(f"{name}, damaged")


def keep_of_markup(pictures: HeldPictures, markup: str, where: str) -> None:
    """Take out what is written into HTML or its style sheets as `data:` addresses (RFC 2397)."""
    for found in _EMBEDDED.finditer(markup):
        content = _decoded(found[3], base64_coded="base64" in found[2].lower())
        if content is None:
            pictures.leave_out(f"{found[1].lower()}, damaged")
        else:
            pictures.keep_file(content, where)


def _decoded(written: str, *, base64_coded: bool) -> bytes | None:
    plain = unquote_to_bytes(written)
    if not base64_coded:
        return plain
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return None


def _size_of(content: bytes, media_type: str) -> tuple[int, int] | None:
    """Width and height as its header says; None where it is no picture that is decoded here: of another kind, damaged, or of too many pixels."""
    from PIL import Image

    if not media_type.startswith("image/"):
        return None
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=formats_for(media_type)) as image:
                return image.size
        except (Image.DecompressionBombWarning, Image.DecompressionBombError, *FAULTS):
            return None
