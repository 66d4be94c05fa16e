"""What is said of one file when it is added: that it is the translation of an item of the case, and by whom.

It is checked before anything is stored, and put on record as the decisions it is, with the reason that it was said on adding. Such a file is new to
the case: of one that is held already, `decide` says the same, so that nobody calls an item a translation by adding a file twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions
from witnessmark.case.listed import Offered
from witnessmark.case.telling import typed
from witnessmark.case.translating import TRANSLATION_OF
from witnessmark.case.translators import TRANSLATOR, Named, named, on_record
from witnessmark.errors import UsageError
from witnessmark.preserve.vault import hash_file
from witnessmark.store import queries

WHY = "said on adding"
"""The reason of the decisions."""


class SaidOfTranslation(msgspec.Struct, frozen=True):
    """As typed: the short number of the original, and the translator, None where nobody was named."""

    original: str
    translator: str | None = None


class Checked(msgspec.Struct, frozen=True):
    """What was said, found to fit: the one file (its resolved path), the original's item, and who made the translation."""

    path: Path
    original: str
    translator: Named | None


def checked(case: Case, said: SaidOfTranslation, offered: Sequence[Offered], names: Sequence[Path]) -> Checked:
    """What was said of the one file on offer, `names` being what was typed. Raises UsageError where it does not fit."""
    root = typed(case.folder.root)
    if len(names) != 1 or names[0].is_dir() or len(offered) != 1:
        raise UsageError(
            "--translation-of speaks of one file. Nothing was added. Add the translations one by one, or say of each what it translates in a "
            f"list: `witnessmark add {root} PATH... --list FILE`."
        )
    translator = named(said.translator) if said.translator is not None else None
    with case.asking() as connection:
        original = queries.subject_of(connection, said.original) if said.original[:1].upper() == "I" else None
        sha256 = _hash(offered[0].path)
        held = sha256 is not None and queries.is_held(connection, sha256)
        number = queries.numbers_of(connection, [sha256]).get(sha256) if held and sha256 is not None else None
    if original is None:
        raise UsageError(
            f"There is no item {said.original} in this case, so nothing can be its translation. Nothing was added. Name the original by its short "
            f"number, such as I3; `witnessmark status {root} --all` lists them."
        )
    if number is not None:
        raise UsageError(_held_already(root, names[0], number, said.original.upper(), itself=sha256 == original))
    return Checked(offered[0].path, original, translator)


def decide_as_said(case: Case, said: Checked, kept: Mapping[Path, str]) -> int:
    """Record what was said of the item that the file became (`kept`: resolved path to sha256); how many decisions it is, none where it was refused."""
    item = kept.get(said.path)
    if item is None:
        return 0
    prepared = [Prepared(item, TRANSLATION_OF, said.original)]
    if said.translator is not None:
        prepared.append(Prepared(item, TRANSLATOR, on_record(case, said.translator)))
    return len(record_decisions(case, prepared, why=WHY))


def _held_already(root: str, name: Path, number: str, original: str, *, itself: bool) -> str:
    if itself:
        return f"{name.name} is {original} itself: the same bytes. Nothing was added. Name the file that holds the translation."
    return (
        f"{name.name} is in this case already, as {number}. Nothing was added. Say of that item what it is: "
        f"`witnessmark decide {root} {number} {TRANSLATION_OF}={original} --why TEXT`, then {TRANSLATOR}=NAME."
    )


def _hash(path: Path) -> str | None:
    try:
        return hash_file(path)
    except OSError:
        return None  # it will be refused on record when it is to be preserved
