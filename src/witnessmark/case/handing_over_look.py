"""The last look over a package, and over an export of lines, before it is recorded and gets its name: nothing of what stays behind may be in it.

What describes the package is searched for hashes and file names of what is held back, and all of it, originals too, for names of who is sealed: an original was held
back where its text names them, but a name may stand where no reader looks, in metadata, comments or an earlier version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from witnessmark.case.case import Case
from witnessmark.case.leaving import Selection
from witnessmark.case.persons import persons_of
from witnessmark.case.telling import typed
from witnessmark.errors import ProtectionError
from witnessmark.model.handover import HandedItem
from witnessmark.protect.last_look import LastLook, is_telling
from witnessmark.protect.secrets import Secret
from witnessmark.text.masking import COVER

LARGEST_ORIGINAL = 4 * 2**20
"""Bytes above which an original is searched for names as they are written alone, and not unpacked and decoded in every way: that would take minutes."""
_BLOCK = 8 * 2**20
_HASH_BEGINNING = 16
"""Hex digits by which a hash is known here: a package is full of hashes, and ten digits of one would be those of another by chance."""


def look_over(case: Case, draft: Path, items: Sequence[HandedItem], selection: Selection, *, tell_all: bool) -> tuple[str, ...]:
    """Raise ProtectionError where the package in `draft` holds what stays behind; the numbers of originals that were not searched through and through for names.

    `tell_all`: who is sealed may be named, by decision.
    """
    names = [] if tell_all else _sealed_names(case)
    originals = {item.file: item.number for item in items}
    files = {path.relative_to(draft).as_posix(): path for path in sorted(draft.rglob("*")) if path.is_file()}
    around = _around(names, selection, files)
    inside = LastLook((), names, {})
    found, unsearched = list[str](), list[str]()
    for name, path in files.items():
        number = originals.get(name)
        if number is None:
            found += [f"{name} holds {each.what}" for each in around.at(name, path.read_bytes())]
        elif names and path.stat().st_size > LARGEST_ORIGINAL:
            unsearched.append(number)
            found += [f"{number} holds {each.what} where it was not read" for each in inside.in_large(name, _blocks(path))]
        elif names:
            refused = list[str]()
            found += [f"{number} holds {each.what} where it was not read" for each in inside.at(name, path.read_bytes(), refused.append)]
            unsearched += [number] if refused else []
    if found:
        raise ProtectionError(
            f"Nothing was handed over: {'; '.join(dict.fromkeys(found[:5]))}. Hold such an item back (`witnessmark decide CASE I1 release=withheld --why TEXT`); "
            "if no item is named, this is a fault of the program: please report it."
        )
    return tuple(unsearched)


def look_over_lines(case: Case, files: bytes | Mapping[str, bytes], selection: Selection, *, tell_all: bool) -> None:
    """Raise ProtectionError where an export, one file or several by name, holds what stays behind; LeakError where it cannot be searched."""
    written = {"the export": files} if isinstance(files, bytes) else files
    look = _around([] if tell_all else _sealed_names(case), selection, written)
    found = [f"{name} holds {each.what}" for name, content in written.items() for each in look.at(name, content)]
    if found:
        raise ProtectionError(
            f"Nothing was exported: {'; '.join(dict.fromkeys(found[:5]))}. Where a covered name stands inside a longer word, add that word as a form "
            f"(`witnessmark person {typed(case.folder.root)} forms P1 --form WORDS`); where it is an everyday word, take that form out. Else this is a fault of the program."
        )


def _around(names: Sequence[Secret], selection: Selection, files: Iterable[str]) -> LastLook:
    """What is looked for in whatever tells of items: hashes and file names of what is held back, and names of who is sealed."""
    digests = [bytes.fromhex(held.item.id) for held, _ in selection.held_back]
    return LastLook(digests, names, _file_names(selection, files), shortest=_HASH_BEGINNING)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _sealed_names(case: Case) -> list[Secret]:
    return [
        Secret(f"a name of {person.number}", form)
        for person in persons_of(case)
        if person.is_sealed
        for form in (person.name, *person.forms)
        if form
    ]


def _file_names(selection: Selection, files: Iterable[str]) -> dict[str, str]:
    """The names under which what is held back came in; not those that the package's own files or what leaves have, or name in their text."""
    right = {name.rpartition("/")[2].casefold() for name in files}
    right |= {receipt.name.rpartition("/")[2].casefold() for held in selection.leaving for receipt in held.receipts}
    texts = "\n".join(held.document.text.casefold() for held in selection.leaving if held.document)
    named = {
        receipt.name.rpartition("/")[2]: f"the file name of {held.item.number}, which is held back"
        for held, _ in selection.held_back
        for receipt in held.receipts
    }
    return {
        name: what
        for name, what in named.items()
        if is_telling(name) and COVER not in name and name.casefold() not in right and name.casefold() not in texts
    }
