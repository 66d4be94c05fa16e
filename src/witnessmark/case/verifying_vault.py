"""Checking the vault: every original that was received hashed again, and everything else that lies there named.

What lies in the vault is listed before the logs are read: an original gets its entry before its place, so whatever was
listed and has no entry was never received, even while another process goes on adding.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from witnessmark.case.telling import BYTES, Standing, Tell
from witnessmark.case.verifying_deeds import Received, Recorded
from witnessmark.errors import CustodyError
from witnessmark.ledger.survey import Survey
from witnessmark.ledger.untrusted import FILE, FOLDER, Found, hash_plain, kind_of, open_plain, shown, verdict_on
from witnessmark.model.deed import ItemReceived
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.hashing import Digests, hash_open
from witnessmark.preserve.incoming import INCOMING

UNHASHED = "unhashed-"
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ALTERED = re.compile(r"\.altered-\d+\Z")
_FOLDER = re.compile(rf"vault/([0-9a-f]{{2}}|{INCOMING})\Z")


class Hash(Protocol):
    """How the digests of a file of the case are come by; asked from several threads at once. Raises like `open_plain`."""

    def __call__(self, case: Path, name: str, *, blake3: bool = False) -> Digests:
        """The digests of the file `name`, relative to the case."""


_GROUP_FILES, _GROUP_BYTES = 64, 4 * 1024 * 1024
"""A thread is handed this many files or bytes at a time."""
_SMALL_BYTES = 64 * 1024
"""Files that are smaller in the mean are hashed in one thread: two would wait for the interpreter more than they hash, and take up to twice the processor time."""
_AHEAD = 64
"""How many groups may be on the way."""
_TELL_SECONDS = 0.5


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
    places, wanted = set(), list[tuple[str, Received]]()
    for sha256, received in recorded.received.items():
        if sha256 in recorded.disposed:
            continue
        if not _SHA256.match(sha256):
            yield Check("vault", Verdict.FAIL, f"Entry {received.seq} names an original that no file can be: {shown(sha256)[:80]}.")
            continue
        if received.address is not None and not _SHA256.match(received.address):
            yield Check(
                "vault", Verdict.FAIL, f"Entry {received.seq} names an address that no file can have: {shown(received.address)[:80]}."
            )
            continue
        places.add(_place(received.address or sha256))
        wanted.append((sha256, received))
    yield from _check_originals(case, wanted, hashed, lambda seq: busy and custody.is_newer(seq), tell)
    for sha256 in recorded.disposed:
        places.add(_place(sha256))
        yield _check_disposed(case, sha256, recorded)
    complete = not recorded.misses(custody, str(ItemReceived.__struct_config__.tag))
    addresses = {received.address or sha256 for sha256, received in wanted}
    for found in listed:
        if found.name.startswith(f"vault/{INCOMING}/"):
            yield from _check_incoming(case, found, addresses)
        elif found.name not in places and not (found.kind == FOLDER and _FOLDER.match(found.name)):
            yield _check_unlisted(found, complete=complete)


def _check_originals(
    case: Path, wanted: Sequence[tuple[str, Received]], hashed: Hash | None, excused: Callable[[int], bool], tell: Tell
) -> Iterator[Check]:
    """Check originals, large ones in several threads, since hashing lets go of the interpreter; the checks come in the order they are wanted in."""
    done, total = Counted(), sum(received.size for _, received in wanted)
    threads = (os.cpu_count() or 1) if total > _SMALL_BYTES * len(wanted) else 1

    def check(group: Sequence[tuple[str, Received]]) -> list[Check]:
        return [_check_original(case, sha256, received, hashed or done.hash, excused=excused(received.seq)) for sha256, received in group]

    with ThreadPoolExecutor(threads, thread_name_prefix="verifying") as pool:
        waiting = deque[Future[list[Check]]]()
        for group in _in_groups(wanted):
            waiting.append(pool.submit(check, group))
            if len(waiting) > _AHEAD:
                yield from _told(waiting.popleft(), done, total, tell)
        while waiting:
            yield from _told(waiting.popleft(), done, total, tell)


def _in_groups(wanted: Sequence[tuple[str, Received]]) -> Iterator[list[tuple[str, Received]]]:
    """Files in their order, many small ones together: handing over each alone would cost more than hashing it."""
    group: list[tuple[str, Received]] = []
    size = 0
    for sha256, received in wanted:
        group.append((sha256, received))
        size += received.size
        if len(group) == _GROUP_FILES or size > _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _told(future: Future[list[Check]], done: Counted, total: int, tell: Tell) -> list[Check]:
    """The checks of a group, waited for and telling how far all groups are meanwhile."""
    while True:
        try:
            checks = future.result(timeout=_TELL_SECONDS)
        except TimeoutError:
            tell(Standing("hashed again", done.size, total, unit=BYTES))
        else:
            tell(Standing("hashed again", done.size, total, unit=BYTES))
            return checks


class Counted:
    """How many bytes several threads have hashed so far; a count for people, so no lock guards it."""

    def __init__(self) -> None:
        """None yet."""
        self.size = 0

    def hash(self, case: Path, name: str, *, blake3: bool = False) -> Digests:
        """Hash a file of the case block by block. Raises like `open_plain`."""
        with open_plain(case, name) as file:
            return hash_open(_Counting(file, self), blake3=blake3)


class _Counting:
    """A file whose bytes are counted as they are read."""

    def __init__(self, file: BufferedReader, counted: Counted) -> None:
        self._file = file
        self._counted = counted

    def read(self, size: int, /) -> bytes:
        block = self._file.read(size)
        self._counted.size += len(block)
        return block


def _place(address: str) -> str:
    return f"vault/{address[:2]}/{address[2:]}"


def _check_original(case: Path, sha256: str, received: Received, hashed: Hash, *, excused: bool) -> Check:
    address = received.address or sha256
    place = _place(address)
    for name in (place, f"vault/{INCOMING}/{address}", place):  # looked for twice, since it may be on the way there
        try:
            found = hashed(case, name, blake3=received.blake3 is not None and received.address is None)
        except FileNotFoundError:
            continue
        except (OSError, CustodyError) as error:
            return Check(place, *verdict_on(error))
        return _compared(place, sha256, received, found)
    if excused:
        return Check(place, Verdict.NOT_CHECKED, "Being added by another process.")
    return Check(place, Verdict.FAIL, f"The original ({shown(received.called)}, {received.size} bytes) is missing.")


def _compared(place: str, sha256: str, received: Received, found: Digests) -> Check:
    called = shown(received.called)
    if received.address is not None:
        if found.sha256 != received.address:
            return Check(place, Verdict.FAIL, f"The stored form of {called} was altered: its sha256 is now {found.sha256}.")
        return Check(place, Verdict.PASS, f"{called}: its stored form has the recorded sha256.")
    if found.sha256 != sha256:
        return Check(place, Verdict.FAIL, f"The original ({called}) was altered: its sha256 is now {found.sha256}.")
    if found.size != received.size:
        return Check(
            place,
            Verdict.FAIL,
            f"The original ({called}) has {found.size} bytes and the recorded sha256; its record says {received.size} bytes.",
        )
    if found.blake3 is not None and found.blake3 != received.blake3:
        return Check(
            place,
            Verdict.FAIL,
            f"The original ({called}) has the recorded sha256 but the blake3 {found.blake3}; its record says {shown(str(received.blake3))[:80]}.",
        )
    both = "sha256 and blake3" if found.blake3 else "sha256"
    return Check(place, Verdict.PASS, f"{called}: {found.size} bytes with the recorded {both}.")


def _check_disposed(case: Path, sha256: str, recorded: Recorded) -> Check:
    deed = recorded.disposed[sha256]
    decided = f"disposed of on {deed.at[:10]} by decision ({shown(deed.authority)})"
    subject = deed.labels[0].number
    if _SHA256.match(sha256) and any(kind_of(case / name) is not None for name in (_place(sha256), f"vault/{INCOMING}/{sha256}")):
        return Check(
            subject, Verdict.FAIL, f"It was {decided}, and its bytes are still in the vault; the next command that writes destroys them."
        )
    return Check(subject, Verdict.PASS, f"Its content was {decided}: neither its bytes nor what was read in it is here.")


def _check_incoming(case: Path, found: Found, addresses: set[str]) -> Iterator[Check]:
    subject, name = shown(found.name), found.name.rpartition("/")[2]
    if found.kind != FILE:
        yield Check(subject, Verdict.FAIL, f"A {found.kind} among what is being added.")
        return
    if name.startswith(UNHASHED):
        yield Check(subject, Verdict.NOT_CHECKED, "Left by an interrupted add; the next command that writes drops it.")
        return
    try:
        in_place = name in addresses and kind_of(case / _place(name)) is not None  # asked first: it may be on the way there
        sha256, _ = hash_plain(case, found.name)
    except FileNotFoundError:
        return  # moved to its place or dropped since it was listed
    except (OSError, CustodyError) as error:
        yield Check(subject, *verdict_on(error))
        return
    if name not in addresses:
        yield Check(subject, Verdict.NOT_CHECKED, "Left by an interrupted add; the next command that writes drops it.")
    elif sha256 != name:
        yield Check(subject, Verdict.FAIL, f"Its bytes do not have the sha256 it is named for, but {sha256}.")
    elif in_place:
        yield Check(subject, Verdict.FAIL, "It lies beside its original, which is in its place: somebody put it there.")
    else:
        yield Check(subject, Verdict.NOT_CHECKED, "Received and not in its place yet; the next command that writes moves it.")


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
