"""Raw bands and the ENVI header that describes them: two files, two items, one scene. Which header belongs to which bands is found by their names, or said."""

from __future__ import annotations

from pathlib import PurePosixPath

from witnessmark.case.case import Case
from witnessmark.errors import UsageError
from witnessmark.store import queries
from witnessmark.store.database import Connection

LARGEST = 65536
"""Bytes of a header; the longest, with the wavelengths of hundreds of bands, have a tenth of it."""
_ENDING = ".hdr"
_MARK = b"ENVI"


def header_of(case: Case, item: str, number: str, named: str | None) -> str | None:
    """The item of the header of these bands: the one `named` by its number or id, else the one that came beside them under their name; None where none did.

    Raises UsageError where what is named is no header, or several came.
    """
    with case.asking() as connection:
        found = [_item(connection, named)] if named else _beside(connection, item)
        numbers = queries.numbers_of(connection, found)
    if not found:
        return None
    if len(found) > 1:
        raise UsageError(
            f"Several headers came under the name of {number.upper()}: {', '.join(numbers[each] for each in found)}. Name the right one: --header {numbers[found[0]]}"
        )
    header_bytes(case, found[0], numbers[found[0]])
    return found[0]


def header_bytes(case: Case, item: str, number: str) -> bytes:
    """What the header says. Raises UsageError where it is none, or is no longer held."""
    if not case.vault.holds(item):
        raise UsageError(f"The header {number} is missing from the vault or was altered. `witnessmark verify` tells more.")
    with case.vault.open_original(item) as original:
        content = original.read(LARGEST + 1)
    if not content.startswith(_MARK) or len(content) > LARGEST:
        raise UsageError(f"{number} is no ENVI header: such a file begins with the word ENVI and has at most {LARGEST // 1024} KiB.")
    return content


def _item(connection: Connection, number: str) -> str:
    known = {each.id for each in queries.items(connection)}
    item = number if number in known else queries.subject_of(connection, number)
    if item is None or item not in known:
        raise UsageError(f"There is no item {number} in this case.")
    return item


def _beside(connection: Connection, item: str) -> list[str]:
    """Items that came in the same container or folder as `item`, under its name with .hdr in the place of its ending or behind it."""
    receipts = queries.receipts(connection)
    wanted = {(said.parent, name) for said in receipts[item] for name in _names(said.name)}
    return [
        other for other, said in receipts.items() if other != item and any((each.parent, each.name.casefold()) in wanted for each in said)
    ]


def _names(name: str) -> set[str]:
    path = PurePosixPath(name.casefold())
    return {str(path.with_suffix(_ENDING)), f"{path}{_ENDING}"}
