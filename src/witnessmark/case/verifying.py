"""Verifying: every original re-hashed, every log entry, body and dossier file compared, each called pass, fail or not-checked.

The list of originals is read from the custody log, not from the database, which is only compared with the logs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from witnessmark.case.folder import CaseFolder
from witnessmark.errors import CaseError, CustodyError
from witnessmark.ledger.log import Log
from witnessmark.ledger.records import Record
from witnessmark.ledger.verify import check_logs
from witnessmark.model.deed import AnalysisDeed, CustodyDeed, DossierPublished, ItemReceived
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.vault import Vault, hash_file
from witnessmark.store import queries
from witnessmark.store.database import Database


def verify_case(root: Path) -> Iterator[Check]:
    """All checks of a case folder. Raises CaseError where it is none; whatever else is wrong is a check that fails."""
    folder = CaseFolder(root)
    folder.settings()
    try:
        yield from check_logs(root)
    except CustodyError as error:
        yield Check("ledger", Verdict.FAIL, str(error))
    received, complete = _received(root)
    yield from _check_vault(Vault(folder.vault), received, complete=complete)
    yield from _check_dossier(folder)
    yield _check_database(folder)


def _received(root: Path) -> tuple[dict[str, int], bool]:
    """Size by sha256 of everything the readable records say was received, and whether all of them could be read."""
    received: dict[str, int] = {}
    try:
        for record in Log(root, Stream.CUSTODY).records.read():
            deed = _decode(record, CustodyDeed)
            if isinstance(deed, ItemReceived):
                received.setdefault(deed.receipt.item, deed.size)
    except (CustodyError, msgspec.MsgspecError):
        return received, False
    return received, True


def _decode(record: Record, noun: object) -> object:
    return msgspec.json.decode(record.body, type=noun)


def _check_vault(vault: Vault, received: dict[str, int], *, complete: bool) -> Iterator[Check]:
    for sha256, size in received.items():
        yield _check_original(vault.whereabouts(sha256), f"vault/{sha256[:2]}/{sha256[2:]}", sha256, size)
    places = {vault.path_of(sha256) for sha256 in received}
    for path in vault.files():
        if path not in places:
            name = f"vault/{path.relative_to(vault.folder).as_posix()}"
            if complete:
                yield Check(name, Verdict.FAIL, "No entry says that this was received: somebody put it there.")
            else:
                yield Check(name, Verdict.NOT_CHECKED, "The custody records are damaged, so what was received is not known in full.")
    for name in vault.unsettled():
        if name not in received:
            yield Check(
                f"vault/incoming/{name}",
                Verdict.NOT_CHECKED,
                "Left by an interrupted add; the next command that writes finishes or drops it.",
            )


def _check_original(path: Path, subject: str, sha256: str, size: int) -> Check:
    try:
        found = hash_file(path)
    except FileNotFoundError:
        return Check(subject, Verdict.FAIL, f"The original ({size} bytes) is missing.")
    except OSError as error:
        return Check(subject, Verdict.NOT_CHECKED, f"The original cannot be opened: {error.strerror}.")
    if found != sha256:
        return Check(subject, Verdict.FAIL, f"The original was altered: its sha256 is now {found}.")
    return Check(subject, Verdict.PASS, f"{size} bytes with the recorded sha256.")


def _check_dossier(folder: CaseFolder) -> Iterator[Check]:
    published: DossierPublished | None = None
    try:
        for record in Log(folder.root, Stream.ANALYSIS).records.read():
            if b'"type":"dossier.published"' in bytes(record.body):
                deed = _decode(record, AnalysisDeed)
                published = deed if isinstance(deed, DossierPublished) else published
    except (CustodyError, msgspec.MsgspecError):
        yield Check("dossier", Verdict.NOT_CHECKED, "The analysis records are damaged, so what was published is not known.")
        return
    if published is None:
        yield Check("dossier", Verdict.NOT_CHECKED, "Nothing has been published yet.")
        return
    good = 0
    for name, sha256 in published.files.items():
        path = folder.dossier / name
        if not path.is_file():
            yield Check(f"dossier/{name}", Verdict.FAIL, "The page is missing. Write it again with `witnessmark publish`.")
        elif hash_file(path) != sha256:
            yield Check(f"dossier/{name}", Verdict.FAIL, "The page was altered after it was published.")
        else:
            good += 1
    extra = {p.relative_to(folder.dossier).as_posix() for p in folder.dossier.rglob("*") if p.is_file()} - published.files.keys()
    for name in sorted(extra):
        yield Check(f"dossier/{name}", Verdict.FAIL, "A file that was not published with the dossier.")
    if good == len(published.files) and not extra:
        yield Check("dossier", Verdict.PASS, f"{good} files as they were published.")


def _check_database(folder: CaseFolder) -> Check:
    if not folder.database.exists():
        return Check("case.db", Verdict.NOT_CHECKED, "There is no database; the next command draws it from the records.")
    try:
        database = Database(folder.database)
    except CaseError as error:
        return Check("case.db", Verdict.FAIL, str(error))
    try:
        with database.reading() as connection:
            behind = [stream for stream in Stream if queries.drawn(connection, stream) != Log(folder.root, stream).size]
    except (CaseError, CustodyError) as error:
        return Check("case.db", Verdict.FAIL, str(error))
    finally:
        database.close()
    if behind:
        return Check(
            "case.db",
            Verdict.NOT_CHECKED,
            f"The database and the {' and '.join(behind)} log differ in length; the next command catches it up.",
        )
    return Check(
        "case.db", Verdict.NOT_CHECKED, "As long as the logs. It is derived: `witnessmark rebuild` draws it afresh from the records."
    )
