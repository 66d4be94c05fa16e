"""Office files are zip archives that carry the hour of packing at each member; here they are packed again without it."""

from __future__ import annotations

import io
import zipfile

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment the zip format can express


def timeless(packed: bytes) -> bytes:
    """The same members in the same order, each at the earliest date the format knows, none compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for member in given.infolist():
            stored = zipfile.ZipInfo(member.filename, _EARLIEST)
            stored.create_system = 0  # otherwise it says which kind of system packed it
            archive.writestr(stored, given.read(member))
    return made.getvalue()
