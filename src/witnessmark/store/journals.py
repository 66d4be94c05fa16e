"""A rollback journal may end in the name of a further file, which SQLite deletes when it plays the journal back.

It is meant for transactions over several databases at once, which this program never makes; a case from elsewhere could use it
to have any file of this user deleted. See https://www.sqlite.org/atomiccommit.html, section 5.
"""

from __future__ import annotations

import os
from pathlib import Path

_ENDS = bytes.fromhex("d9d505f920a163d7")
"""The last bytes of a journal that names another file (https://www.sqlite.org/fileformat.html, section 3)."""


def refuse_journal(database: Path) -> None:
    """Raise ValueError where the journal beside a database would have another file deleted; OSError where it cannot be read."""
    journal = database.with_name(database.name + "-journal")
    if not journal.is_file():
        return
    with journal.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - len(_ENDS)))
        if file.read() == _ENDS:
            raise ValueError("its journal names another file to be deleted")
