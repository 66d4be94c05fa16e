"""Checking the record of a package: that index, held-back list, entries, proofs, openings and papers agree with each other and with the originals.

An opened body is bound to the log by its commitment, the entry by its proof, the log by the checkpoint, the checkpoint by a signature; what the index
says of an item is held against the opened body. Where a link of that chain is not in the package, that is not-checked, in words.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from witnessmark.case.bagging import MOST_TAG_BYTES, Sums, is_safe_name
from witnessmark.case.handing_over import ABOUT, CHECKPOINT, CUSTODY, HELD_BACK, INDEX, ITEMS, LOG, restrictions_in
from witnessmark.case.handing_over_analysis import ANALYSIS_FILES
from witnessmark.case.handing_over_papers import CERTIFICATE, PAPERS, README, RECEIPT, ROOT_FILE, papers, readme, stated_root
from witnessmark.case.handing_over_record import RECEIVED
from witnessmark.case.vouching import check_checkpoint, is_proven
from witnessmark.errors import CustodyError
from witnessmark.ledger.merkle import CompactRange, leaf_hash
from witnessmark.ledger.notes import VerifierKey
from witnessmark.ledger.untrusted import open_plain, shown, verdict_on
from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import ItemReceived, SigningBegan, action_of
from witnessmark.model.entry import Entry, Stream
from witnessmark.model.handover import PACKAGE_FORM, About, Form, HandedItem, HandedReceipt, HeldBack, ProvenEntry
from witnessmark.model.item import Receipt
from witnessmark.model.verdict import Check, Verdict

T = TypeVar("T")


class Package(msgspec.Struct):
    """A package as far as its record can be read; `record` is the path below `root` before the names of the record's files."""

    root: Path
    record: str
    about: About | None
    items: tuple[HandedItem, ...] | None
    held_back: tuple[HeldBack, ...] | None
    custody: tuple[ProvenEntry, ...] | None
    faults: tuple[Check, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """How long the index says that each original is, by its path."""
        return {item.file: item.size for item in self.items or ()}


def read_package(root: Path, record: str) -> Package:
    """Read the record. What is missing or damaged is None, and a fault says why."""
    faults: list[Check] = []
    about = _read(root, record + ABOUT, About, faults)
    if about is not None and about.package_form > PACKAGE_FORM:
        faults.append(
            Check(
                record + ABOUT,
                Verdict.NOT_CHECKED,
                f"It is of form {about.package_form}; this program knows {PACKAGE_FORM}. Install a newer one.",
            )
        )
    items = _read(root, record + ITEMS, tuple[HandedItem, ...], faults)
    held_back = _read(root, record + HELD_BACK, tuple[HeldBack, ...], faults)
    custody = _read_lines(root, record + CUSTODY, faults)
    return Package(root, record, about, items, held_back, custody, tuple(faults))


def content_of(root: Path, name: str) -> bytes:
    """The bytes of a file of the record. Raises OSError, CustodyError."""
    with open_plain(root, name) as file:
        content = file.read(MOST_TAG_BYTES + 1)
    if len(content) > MOST_TAG_BYTES:
        raise CustodyError("It is longer than any file of its kind.")
    return content


def _read(root: Path, name: str, noun: type[T], faults: list[Check]) -> T | None:
    try:
        content = content_of(root, name)
        value = msgspec.json.decode(content, type=noun)
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        faults.append(Check(name, *verdict_on(error)))
        return None
    if canonical_json(value) + b"\n" != content:
        faults.append(Check(name, Verdict.FAIL, "It is not as this program writes it."))
    return value


def _read_lines(root: Path, name: str, faults: list[Check]) -> tuple[ProvenEntry, ...] | None:
    try:
        lines = content_of(root, name).splitlines()
        return tuple(msgspec.json.decode(line, type=ProvenEntry) for line in lines)
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        faults.append(Check(name, *verdict_on(error)))
        return None


def check_record(package: Package, sums: Sums, *, trust: Sequence[VerifierKey]) -> Iterator[Check]:
    """All checks of the record of a package whose files were hashed into `sums`."""
    yield from package.faults
    about, items, held_back, custody = package.about, package.items, package.held_back, package.custody
    if about is None or items is None or held_back is None or custody is None:
        yield Check("the record", Verdict.NOT_CHECKED, "A part of it cannot be read, so its parts were not held against each other.")
        return
    yield from _check_counts(package, about, items, held_back)
    yield from _check_originals(package, items, sums)
    entries = _Entries(package, about)
    yield from entries.check(custody)
    yield from _check_receipts(package, items, entries)
    yield from _check_log(package, about, entries)
    if entries.signing is not None and (entries.signing.origin, entries.signing.key) != (about.origin, about.key):
        yield Check(package.record + ABOUT, Verdict.FAIL, "It names another case or key than the custody log does.")
    checkpoint = content_or_nothing(package, CHECKPOINT)
    yield from check_checkpoint(checkpoint, about.head, package.record + CHECKPOINT, named=entries.signing, trust=trust)
    if about.form is Form.HANDOVER:
        yield from _check_papers(package, about, items)


def content_or_nothing(package: Package, name: str) -> bytes | None:
    """The bytes of a file of the record, None where it is missing or cannot be read."""
    try:
        return content_of(package.root, package.record + name)
    except (OSError, CustodyError):
        return None


def _check_counts(package: Package, about: About, items: tuple[HandedItem, ...], held_back: tuple[HeldBack, ...]) -> Iterator[Check]:
    counted = {
        "items": (about.items, len(items)),
        "bytes": (about.bytes, sum(item.size for item in items)),
        "held back": (dict(about.held_back), dict(Counter(held.rule.value for held in held_back))),
    }
    wrong = {what: pair for what, pair in counted.items() if pair[0] != pair[1]}
    for what, (stated, found) in wrong.items():
        yield Check(package.record + ABOUT, Verdict.FAIL, f"It states {what} {stated}; the lists have {found}.")
    if [item.place for item in items] != list(range(1, len(items) + 1)):
        yield Check(package.record + ITEMS, Verdict.FAIL, "Its items are not numbered from 1 on.")
    for noun, values in (
        ("file", [i.file for i in items]),
        ("sha256", [i.sha256 for i in items]),
        ("public id", [i.public_id for i in items]),
    ):
        twice = [value for value, number in Counter(values).items() if number > 1]
        if twice:
            yield Check(package.record + ITEMS, Verdict.FAIL, f"Two items have the {noun} {shown(twice[0])[:100]}.")
    both = {item.public_id for item in items} & {held.public_id for held in held_back}
    if both:
        yield Check(package.record + HELD_BACK, Verdict.FAIL, f"{min(both)} is held back and handed over at once.")
    present = [name for name in ANALYSIS_FILES if content_or_nothing(package, name) is not None]
    if bool(present) != (about.analysis is not None):
        yield Check(
            package.record + ABOUT,
            Verdict.FAIL,
            "What it says of analysis is not so: it is in the package without a decision, or is missing.",
        )
    if not wrong:
        yield Check(
            package.record + HELD_BACK,
            Verdict.PASS,
            f"{len(items)} items and {len(held_back)} held back, as counted where the package was made.",
        )


def _check_originals(package: Package, items: tuple[HandedItem, ...], sums: Sums) -> Iterator[Check]:
    for item in items:
        if not is_safe_name(item.file):
            yield Check(
                package.record + ITEMS,
                Verdict.FAIL,
                f"Item {item.place} is said to be {shown(item.file)[:200]!r}, which is no file of a package.",
            )
        elif item.file not in sums.sha256:
            yield Check(item.file, Verdict.FAIL, f"Item {item.place} is missing or could not be read.")
        elif sums.sha256[item.file] != item.sha256:
            yield Check(
                item.file,
                Verdict.FAIL,
                f"Its sha256 is {sums.sha256[item.file]}; the index has {shown(item.sha256)[:64]} for item {item.place}.",
            )


class _Entries:
    """The custody entries of a package by number, and the receipts that could be opened."""

    def __init__(self, package: Package, about: About) -> None:
        self.subject = package.record + CUSTODY
        self._head = about.head
        self.lines: dict[int, bytes] = {}
        self.actions: dict[int, Entry] = {}
        self.opened: dict[int, Receipt] = {}
        self.closed: dict[int, str] = {}
        self.signing: SigningBegan | None = None

    def check(self, custody: tuple[ProvenEntry, ...]) -> Iterator[Check]:
        """Check each entry: its form, its proof, its opening."""
        faulty = 0
        for number, proven in enumerate(custody, 1):
            fault = self._fault_of(proven)
            if fault:
                faulty += 1
                yield Check(f"{self.subject} line {number}", Verdict.FAIL, fault)
        if not faulty:
            yield Check(
                self.subject,
                Verdict.PASS,
                f"{len(custody)} entries, each proven to be in the custody log of {self._head.size} with the root {self._head.root}; "
                f"{len(self.opened)} receipts opened.",
            )
        if self.closed:
            yield Check(
                self.subject,
                Verdict.NOT_CHECKED,
                f"{len(self.closed)} bodies are closed, so what they say cannot be seen: {' '.join(sorted(set(self.closed.values())))}",
            )

    def _fault_of(self, proven: ProvenEntry) -> str | None:
        line = proven.line.encode()
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.MsgspecError as error:
            return f"It is no entry: {shown(str(error))}."
        if canonical_json(entry) != line or entry.stream is not Stream.CUSTODY:
            return "It is not as an entry of the custody log is written."
        if entry.seq in self.lines:
            return f"Entry {entry.seq} is there twice."
        if not is_proven(line, entry.seq, proven.proof, self._head):
            return f"Entry {entry.seq} is not proven to be in the log whose root is stated: it or its proof was altered."
        self.lines[entry.seq], self.actions[entry.seq] = line, entry
        if proven.opening is None:
            self.closed[entry.seq] = shown(proven.closed or "No reason is given.")
            return None if proven.closed else f"Entry {entry.seq} has neither an opening nor a reason for having none."
        return self._fault_of_opening(entry, proven.opening.salt, proven.opening.body.encode())

    def _fault_of_opening(self, entry: Entry, salt: str, body: bytes) -> str | None:
        try:
            commitment = hashlib.sha256(bytes.fromhex(salt) + body).hexdigest()
        except ValueError:
            commitment = ""
        if commitment != entry.commitment or len(salt) != 64:
            return f"The opening of entry {entry.seq} is not what the entry commits to: it was altered."
        try:
            deed = msgspec.json.decode(body, type=ItemReceived | SigningBegan)
        except msgspec.MsgspecError as error:
            return f"The body of entry {entry.seq} is nothing that a package opens: {shown(str(error))}."
        if entry.action != action_of(deed):
            return f"Entry {entry.seq} says {shown(entry.action)}, its body {action_of(deed)}."
        if isinstance(deed, SigningBegan):
            self.signing = deed
        else:
            self.opened[entry.seq] = deed.receipt
        return None


def _check_receipts(package: Package, items: tuple[HandedItem, ...], entries: _Entries) -> Iterator[Check]:
    """Hold what the index says of each receipt against what the log has of it."""
    subject, wrong, bound, unbound = package.record + ITEMS, 0, 0, 0
    for item in items:
        for receipt in item.receipts:
            entry, opened = entries.actions.get(receipt.entry), entries.opened.get(receipt.entry)
            if entry is None or entry.action != RECEIVED:
                wrong += 1
                yield Check(
                    subject,
                    Verdict.FAIL,
                    f"Item {item.place} rests on entry {receipt.entry}, which is not in the package or was not proven.",
                )
            elif opened is None:
                unbound += 1
            elif _as_index_has_it(opened, item, receipt):
                bound += 1
            else:
                wrong += 1
                yield Check(
                    subject, Verdict.FAIL, f"What it says of how item {item.place} was received is not what entry {receipt.entry} says."
                )
        if not item.receipts:
            wrong += 1
            yield Check(subject, Verdict.FAIL, f"Item {item.place} has no receipt.")
    if not wrong and bound:
        yield Check(subject, Verdict.PASS, f"{bound} receipts with the hash, the time and the words of the opened entries.")
    if unbound:
        yield Check(
            subject,
            Verdict.NOT_CHECKED,
            f"{unbound} receipts rest on entries whose bodies are closed; of these only the time and the act are proven.",
        )


def _as_index_has_it(opened: Receipt, item: HandedItem, receipt: HandedReceipt) -> bool:
    fields = ("at", "name", "how", "received_from", "source", "published", "already_public", "parent")
    told = [field for field in fields if field not in receipt.not_told]
    return opened.item == item.sha256 and all(getattr(opened, field) == getattr(receipt, field) for field in told)


def _check_log(package: Package, about: About, entries: _Entries) -> Iterator[Check]:
    """The custody log as a whole, where it is in the package: its root, and that the entries stand in it."""
    content = content_or_nothing(package, LOG)
    subject = package.record + LOG
    if content is None:
        if about.form is not Form.HANDOVER:
            yield Check(subject, Verdict.FAIL, "It is missing or cannot be read.")
        return
    lines = content.splitlines()
    log = CompactRange(leaf_hash(line) for line in lines)
    if (log.size, log.root.hex()) != (about.head.size, about.head.root):
        yield Check(
            subject,
            Verdict.FAIL,
            f"It has {log.size} entries and the root {log.root.hex()}; the record states {about.head.size} and {about.head.root}.",
        )
    elif any(lines[seq] != line for seq, line in entries.lines.items()):
        yield Check(subject, Verdict.FAIL, f"An entry of {CUSTODY} is another in it.")
    else:
        yield Check(subject, Verdict.PASS, f"{log.size} entries with the root that the record states.")


def _check_papers(package: Package, about: About, items: tuple[HandedItem, ...]) -> Iterator[Check]:
    """Write the papers again and compare; where all state another root than the manifest's, the manifest was altered and not they."""
    found = {name: content_or_nothing(package, name) for name in (*PAPERS, ROOT_FILE, README, INDEX)}
    manifest = found[ROOT_FILE]
    root = hashlib.sha256(manifest).hexdigest() if manifest is not None else ""
    stated = {stated_root((found[name] or b"").decode(errors="replace")) for name in (CERTIFICATE, RECEIPT)}
    if stated != {root} and len(stated) == 1 and None not in stated:
        yield Check(ROOT_FILE, Verdict.FAIL, f"Its sha256 is {root}; certificate and receipt state {min(filter(None, stated))}.")
        root = min(filter(None, stated))
    expected = papers(about, restrictions_in(about, items), root)
    for name in PAPERS:
        if found[name] is None:
            yield Check(name, Verdict.FAIL, "It is missing or cannot be read.")
        elif found[name] != expected[name]:
            yield Check(
                name, Verdict.FAIL, "It is not as this program writes it for this package: it was altered, or another version wrote it."
            )
        else:
            yield Check(name, Verdict.PASS, "As it is written for this package.")
    if found[README] is not None and found[README] != readme(about):
        yield Check(README, Verdict.FAIL, "It is not as this program writes it for this package.")
    if found[INDEX] is None:
        yield Check(INDEX, Verdict.FAIL, "It is missing or cannot be read.")
    yield Check(
        "the root",
        Verdict.NOT_CHECKED,
        f"Compare it with the signed certificate: {root}. Someone who wrote the whole package anew is seen by that, and by the checkpoint's signature.",
    )


def record_of(package: Package) -> Mapping[str, Any]:
    """The record's files that are there, by name, for keeping."""
    names = (ABOUT, ITEMS, HELD_BACK, CUSTODY, CHECKPOINT, LOG)
    return {name: content for name in names if (content := content_or_nothing(package, name)) is not None}
