"""Checking what is particular to an encrypted case: originals and dossier as stored, which needs no key, and inside, which does.

The custody log names in the clear what each entry stored (`blob`) and what need not be there any more (`instead`), so that a blob that was
altered, removed or added is found in a locked case, too. What only the key can tell is then called not-checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import msgspec

from witnessmark.case.access import Access
from witnessmark.case.sealed_dossier import SEALED, sealed_pages
from witnessmark.case.telling import Standing, Tell
from witnessmark.case.verifying_deeds import Received, Recorded
from witnessmark.errors import CustodyError
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, Found, hash_plain, open_plain, shown, verdict_on, walk_plain
from witnessmark.model.deed import DossierPublished, ItemDisposed, ItemReceived
from witnessmark.model.entry import Entry
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.hashing import hash_bytes
from witnessmark.preserve.opened import opened
from witnessmark.preserve.vault import BUFFER_BYTES, INCOMING

LOCKED = "The case is locked"
RECEIVED, DISPOSED = str(ItemReceived.__struct_config__.tag), str(ItemDisposed.__struct_config__.tag)
REPLACING = frozenset({RECEIVED, DISPOSED})
"""The actions after which an original need not be there; of any other entry, that it says so is not believed."""
_DRAFT = f"dossier/{SEALED}"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OPENER = re.compile(r"keys/[a-z]+(-[a-z]+)*-[1-9][0-9]*\.age")

Hash = Callable[[Path, str], tuple[str, int]]
"""How the sha256 and size of a file of the case are come by; like `hash_plain`, and raising like it."""


class _Blob(msgspec.Struct):
    """An original as stored: the entry that stored it, what it is (where the records can be read), and the entry by which it may be gone."""

    seq: int
    item: str | None = None
    received: Received | None = None
    gone: Entry | None = None


def check_sealed_vault(  # noqa: PLR0913 -- what a check of the vault rests on, each by its name
    case: Path,
    listed: Sequence[Found],
    recorded: Recorded,
    custody: Survey,
    access: Access | None,
    *,
    busy: bool = False,
    hashed: Hash = hash_plain,
    tell: Tell = lambda _: None,
) -> Iterator[Check]:
    """Check all originals of an encrypted case as stored, and with its keys what is in them."""
    blobs = _blobs(custody, recorded)
    yield from _check_named(recorded, blobs, custody)
    for done, (address, blob) in enumerate(blobs.items()):
        tell(Standing("originals checked", done, len(blobs)))
        yield from _check_blob(case, address, blob, recorded, custody, access, hashed, excused=busy and custody.is_newer(blob.seq))
    places = {_place(address) for address in blobs}
    for found in listed:
        if found.name not in places and not (found.kind == FOLDER and re.fullmatch(rf"vault/([0-9a-f]{{2}}|{INCOMING})", found.name)):
            yield _check_other(found, blobs, custody)
    if blobs and access is None:
        yield Check(
            "vault",
            Verdict.NOT_CHECKED,
            f"{LOCKED}: whether what is in {len(blobs)} originals is what was received is seen once it is unlocked.",
        )


def _blobs(custody: Survey, recorded: Recorded) -> dict[str, _Blob]:
    inside = {received.address: (sha256, received) for sha256, received in recorded.received.items() if received.address}
    blobs: dict[str, _Blob] = {}
    for entry in custody.entries:
        if entry is None:
            continue
        if entry.instead in blobs and entry.action in REPLACING:
            blobs[entry.instead].gone = entry
        if entry.blob is not None and _SHA256.fullmatch(entry.blob):
            blobs[entry.blob] = _Blob(entry.seq, *inside.get(entry.blob, (None, None)))
    return blobs


def _check_named(recorded: Recorded, blobs: Mapping[str, _Blob], custody: Survey) -> Iterator[Check]:
    """The records and the entries have to name the same originals."""
    for received in recorded.received.values():
        if received.address not in blobs:
            yield Check(
                "vault", Verdict.FAIL, f"The original ({shown(received.called)}) is stored under no name that the custody log knows."
            )
    if not recorded.misses(custody, str(ItemReceived.__struct_config__.tag)) and not custody.locked:
        for address, blob in blobs.items():
            if blob.received is None and blob.gone is None:
                yield Check(_place(address), Verdict.FAIL, f"Entry {blob.seq} names it, and its record names another.")


def _check_blob(  # noqa: PLR0913, PLR0917 -- as check_sealed_vault
    case: Path, address: str, blob: _Blob, recorded: Recorded, custody: Survey, access: Access | None, hashed: Hash, *, excused: bool
) -> Iterator[Check]:
    place = _place(address)
    called = shown(blob.received.called) if blob.received else f"entry {blob.seq}"
    name = place
    try:
        for name in (place, f"vault/{INCOMING}/{address}", place):  # looked for twice, since it may be on the way there
            try:
                found, _ = hashed(case, name)
                break
            except FileNotFoundError:
                continue
        else:
            if blob.gone is not None:
                yield _check_gone(place, blob, recorded, custody)
            else:
                verdict = Verdict.NOT_CHECKED if excused else Verdict.FAIL
                yield Check(place, verdict, "Being added by another process." if excused else f"The original ({called}) is missing.")
            return
    except (OSError, CustodyError) as error:
        yield Check(place, *verdict_on(error))
        return
    if blob.gone is not None and _disposed_by(blob.gone, recorded) is not None:
        yield Check(
            place, Verdict.FAIL, "It was disposed of by decision, and is still in the vault; the next command that writes destroys it."
        )
    elif found != address:
        yield Check(place, Verdict.FAIL, f"The original ({called}) was altered: the sha256 of what is stored is now {found}.")
    elif access is None or blob.received is None:
        yield Check(place, Verdict.PASS, f"It is as it was stored ({called}).")
    else:
        yield _check_inside(case, name, blob.item or "", blob.received, access)


def _check_gone(place: str, blob: _Blob, recorded: Recorded, custody: Survey) -> Check:
    """An original that is missing, and of which an entry says that it may be: because it was disposed of, or stored once more elsewhere."""
    entry = cast("Entry", blob.gone)
    if custody.locked or recorded.misses(custody, entry.action):
        why = "The case is locked" if custody.locked else "The custody log or its records are damaged"
        return Check(
            place,
            Verdict.NOT_CHECKED,
            f"It is missing, and custody entry {entry.seq} says that it may be. {why}: whether that was decided is not seen.",
        )
    deed = _disposed_by(entry, recorded)
    if deed is not None:
        return Check(
            place, Verdict.PASS, f"{deed.labels[0].number} was disposed of on {deed.at[:10]} by decision ({shown(deed.authority)})."
        )
    if entry.action == RECEIVED and blob.received is None and entry.blob != entry.instead:
        return Check(
            place, Verdict.PASS, f"It was lost or altered once; custody entry {entry.seq} stored the original again, under another name."
        )
    return Check(
        place, Verdict.FAIL, f"The original is missing. Custody entry {entry.seq} says that it may be, and its record says nothing of it."
    )


def _disposed_by(entry: Entry, recorded: Recorded) -> ItemDisposed | None:
    """The decision to dispose that an entry is, None where it is none."""
    if entry.action != DISPOSED:
        return None
    decided = {taken.entry.seq: taken.item for taken in recorded.taken}
    return recorded.disposed.get(decided.get(entry.seq) or "")


def _check_inside(case: Path, name: str, item: str, received: Received, access: Access) -> Check:
    digest, size = hashlib.sha256(), 0
    try:
        with opened(access.cipher, open_plain(case, name)) as original:
            while block := original.read(BUFFER_BYTES):
                digest.update(block)
                size += len(block)
    except (OSError, CustodyError) as error:
        return Check(name, *verdict_on(error))
    if (digest.hexdigest(), size) != (item, received.size):
        return Check(
            name, Verdict.FAIL, f"What is in it ({shown(received.called)}) is not the original: its sha256 is {digest.hexdigest()}."
        )
    return Check(name, Verdict.PASS, f"{shown(received.called)}: as it was stored, and inside {size} bytes with the recorded sha256.")


def _check_other(found: Found, blobs: Mapping[str, _Blob], custody: Survey) -> Check:
    subject, name = shown(found.name), found.name.rpartition("/")[2]
    if found.kind == FILE and found.name.startswith(f"vault/{INCOMING}/"):
        if name in blobs:
            return Check(subject, Verdict.NOT_CHECKED, "Received and not in its place yet; the next command that writes moves it.")
        return Check(subject, Verdict.NOT_CHECKED, "Left by an interrupted add; the next command that writes drops it.")
    if found.kind != FILE:
        return Check(subject, Verdict.FAIL, f"A {found.kind} where only originals lie.")
    if not custody.whole:
        return Check(subject, Verdict.NOT_CHECKED, "The custody log is damaged, so what was received is not known in full.")
    return Check(
        subject,
        Verdict.FAIL,
        "No entry names it: somebody put it there, or it was altered and set aside. Look at it, then move it out of the case.",
    )


def check_sealed_dossier(case: Path, recorded: Recorded, analysis: Survey, access: Access | None, *, busy: bool) -> Check:
    """Check the encrypted working draft: with the keys each page in it against what was published last."""
    seq, published = recorded.published or (-1, None)
    others = [found.name for found in walk_plain(case, "dossier")[0] if found.name != _DRAFT]
    if others:
        return Check(shown(others[0]), Verdict.FAIL, "It was not published with the dossier, which an encrypted case keeps in one file.")
    if access is None:
        why = f"{LOCKED}: whether the dossier is as it was published is seen once it is unlocked."
    elif recorded.misses(analysis, str(DossierPublished.__struct_config__.tag), after=seq):
        why = "The analysis log or its records are damaged, so what was published last is not known."
    elif published is None:
        why = "Nothing has been published yet."
    else:
        return _check_pages(case, published.files, access, busy=busy)
    return Check("dossier", Verdict.NOT_CHECKED, why)


def _check_pages(case: Path, files: Mapping[str, str], access: Access, *, busy: bool) -> Check:
    try:
        pages = sealed_pages(access, case / "dossier")
    except (OSError, CustodyError) as error:
        return Check(_DRAFT, *verdict_on(error))
    if {name: hash_bytes(content) for name, content in pages.items()} == files:
        return Check(_DRAFT, Verdict.PASS, f"{len(pages)} pages in it as they were published.")
    if busy:
        return Check(_DRAFT, Verdict.NOT_CHECKED, "Not as published last; another process may be exchanging it just now.")
    return Check(_DRAFT, Verdict.FAIL, "It is missing or altered. Write it again with `witnessmark publish`.")


def check_keys(case: Path) -> Iterator[Check]:
    """Check the folder of openers: nothing in it but age files; whether they open is for whoever has the passphrase to see."""
    met, faults = walk_plain(case, "keys")
    yield from faults
    for found in met:
        if found.kind != FILE or not _OPENER.fullmatch(found.name):
            yield Check(shown(found.name), Verdict.FAIL, f"A {found.kind} that opens nothing.")
    if not met:
        yield Check(
            "keys", Verdict.FAIL, "There is no opener: once it is locked, nobody opens this case again. Restore keys/ from a backup."
        )
    else:
        yield Check(
            "keys",
            Verdict.NOT_CHECKED,
            f"{', '.join(sorted(shown(found.name) for found in met))}: whether each still opens the case is seen only by using it.",
        )


def _place(address: str) -> str:
    return f"vault/{address[:2]}/{address[2:]}"
