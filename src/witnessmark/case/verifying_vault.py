"""Checking the vault: every original that was received hashed again, and everything else that lies there named.

What lies in the vault is listed before the logs are read: an original gets its entry before its place, so whatever was
listed and has no entry was never received, even while another process goes on adding.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from witnessmark.case.case import Tell
from witnessmark.case.telling import BYTES, Standing
from witnessmark.case.verifying_deeds import Received, Recorded
from witnessmark.errors import CustodyError
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, Found, hash_plain, kind_of, open_plain, shown, verdict_on
from witnessmark.model.deed import ItemReceived
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.vault import BUFFER_BYTES, INCOMING

UNHASHED = "unhashed-"
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ALTERED = re.compile(r"\.altered-\d+\Z")
_FOLDER = re.compile(rf"vault/([0-9a-f]{{2}}|{INCOMING})\Z")


Hash = Callable[[Path, str], tuple[str, int]]
"""How the sha256 and size of a file of the case are come by; like `hash_plain`, and raising like it."""


def check_vault(  # noqa: PLR0913 -- what a check of the vault rests on, each by its name
    case: Path,
    listed: Sequence[Found],
    recorded: Recorded,
    custody: Survey,
    *,
    busy: bool = False,
    hashed: Hash | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Check]:
    """Check all originals of a case, and what was `listed` in its vault before the logs were read."""
    places = set()
    done, total = 0, sum(received.size for received in recorded.received.values())
    for sha256, received in recorded.received.items():
        if sha256 in recorded.disposed:
            continue
        if not _SHA256.match(sha256):
            yield Check("vault", Verdict.FAIL, f"Entry {received.seq} names an original that no file can be: {shown(sha256)[:80]}.")
            continue
        places.add(_place(sha256))
        yield _check_original(
            case, sha256, received, hashed or _telling(tell, done, total), excused=busy and custody.is_newer(received.seq)
        )
        done += received.size
    for sha256 in recorded.disposed:
        places.add(_place(sha256))
        yield _check_disposed(case, sha256, recorded)
    complete = not recorded.misses(custody, str(ItemReceived.__struct_config__.tag))
    for found in listed:
        if found.name.startswith(f"vault/{INCOMING}/"):
            yield from _check_incoming(case, found, recorded)
        elif found.name not in places and not (found.kind == FOLDER and _FOLDER.match(found.name)):
            yield _check_unlisted(found, complete=complete)


def _telling(tell: Tell, done: int, total: int) -> Hash:
    """Hash a file of the case and tell how far that is, `done` bytes having been hashed before it."""

    def hash_block_by_block(case: Path, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with open_plain(case, name) as file:
            while block := file.read(BUFFER_BYTES):
                digest.update(block)
                size += len(block)
                tell(Standing("hashed again", done + size, total, unit=BYTES))
        return digest.hexdigest(), size

    return hash_block_by_block


def _place(sha256: str) -> str:
    return f"vault/{sha256[:2]}/{sha256[2:]}"


def _check_original(case: Path, sha256: str, received: Received, hashed: Hash, *, excused: bool) -> Check:
    place = _place(sha256)
    for name in (place, f"vault/{INCOMING}/{sha256}", place):  # looked for twice, since it may be on the way there
        try:
            found, size = hashed(case, name)
        except FileNotFoundError:
            continue
        except (OSError, CustodyError) as error:
            return Check(place, *verdict_on(error))
        if found != sha256:
            return Check(place, Verdict.FAIL, f"The original ({shown(received.called)}) was altered: its sha256 is now {found}.")
        if size != received.size:
            return Check(
                place,
                Verdict.FAIL,
                f"The original ({shown(received.called)}) has {size} bytes and the recorded sha256; its record says {received.size} bytes.",
            )
        return Check(place, Verdict.PASS, f"{shown(received.called)}: {size} bytes with the recorded sha256.")
    if excused:
        return Check(place, Verdict.NOT_CHECKED, "Being added by another process.")
    return Check(place, Verdict.FAIL, f"The original ({shown(received.called)}, {received.size} bytes) is missing.")


def _check_disposed(case: Path, sha256: str, recorded: Recorded) -> Check:
    deed = recorded.disposed[sha256]
    decided = f"disposed of on {deed.at[:10]} by decision ({shown(deed.authority)})"
    subject = deed.labels[0].number
    if _SHA256.match(sha256) and any(kind_of(case / name) is not None for name in (_place(sha256), f"vault/{INCOMING}/{sha256}")):
        return Check(
            subject, Verdict.FAIL, f"It was {decided}, and its bytes are still in the vault; the next command that writes destroys them."
        )
    return Check(subject, Verdict.PASS, f"Its content was {decided}: neither its bytes nor what was read in it is here.")


def _check_incoming(case: Path, found: Found, recorded: Recorded) -> Iterator[Check]:
    subject, name = shown(found.name), found.name.rpartition("/")[2]
    if found.kind != FILE:
        yield Check(subject, Verdict.FAIL, f"A {found.kind} among what is being added.")
        return
    if name.startswith(UNHASHED):
        yield Check(subject, Verdict.NOT_CHECKED, "Left by an interrupted add; the next command that writes drops it.")
        return
    try:
        in_place = name in recorded.received and kind_of(case / _place(name)) is not None  # asked first: it may be on the way there
        sha256, _ = hash_plain(case, found.name)
    except FileNotFoundError:
        return  # moved to its place or dropped since it was listed
    except (OSError, CustodyError) as error:
        yield Check(subject, *verdict_on(error))
        return
    if sha256 != name:
        yield Check(subject, Verdict.FAIL, f"Its bytes do not have the sha256 it is named for, but {sha256}.")
    elif in_place:
        yield Check(subject, Verdict.FAIL, "It lies beside its original, which is in its place: somebody put it there.")
    elif name in recorded.received:
        yield Check(subject, Verdict.NOT_CHECKED, "Received and not in its place yet; the next command that writes moves it.")
    else:
        yield Check(subject, Verdict.NOT_CHECKED, "Left by an interrupted add; the next command that writes drops it.")


def _check_unlisted(found: Found, *, complete: bool) -> Check:
    subject = shown(found.name)
    if found.kind != FILE:
        return Check(subject, Verdict.FAIL, f"A {found.kind} where only originals lie.")
    if _ALTERED.search(found.name):
        return Check(
            subject,
            Verdict.FAIL,
            "Found altered when the true bytes came in again, and set aside. Look at it, then move it out of the case.",
        )
    if not complete:
        return Check(subject, Verdict.NOT_CHECKED, "The custody log or its records are damaged, so what was received is not known in full.")
    return Check(subject, Verdict.FAIL, "No entry says that this was received: somebody put it there.")
