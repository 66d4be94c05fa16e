"""Bags (RFC 8493): making one of a folder with the library `bagit`, and checking one that may have been made to do harm.

Two independent eyes look at a bag: our own, which opens plain files only, follows no link and names every file that is wrong, and then the library,
which is let near a bag only when ours found nothing in its names.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from witnessmark.errors import CustodyError
from witnessmark.ledger.untrusted import FILE, FOLDER, open_plain, shown, verdict_on, walk_plain
from witnessmark.model.verdict import Check, Verdict
from witnessmark.preserve.vault import BUFFER_BYTES

DECLARATION = "bagit.txt"
PAYLOAD = "data/"
ALGORITHMS = ("sha256", "sha512")
MANIFESTS = tuple(f"manifest-{algorithm}.txt" for algorithm in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tagmanifest-{algorithm}.txt" for algorithm in ALGORITHMS)

_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = {"sha256": re.compile(r"([0-9a-f]{64})  (.+)"), "sha512": re.compile(r"([0-9a-f]{128})  (.+)")}
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?<!\.)")
_DECLARATIONS = re.compile(r"0=ocfl(_object)?_1\.[01]")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
MOST_FILES = 2_000_000
_LONGEST_NAME = 200
MOST_TAG_BYTES = 1024 * 1024 * 1024
"""No file that describes a package of two million items is longer; a file made long to keep a checker busy is refused unread."""


class Sums(msgspec.Struct):
    """The hashes of the files of a folder as they are, by name; what could not be read is not among them."""

    sha256: dict[str, str] = {}
    sha512: dict[str, str] = {}
    size: dict[str, int] = {}


def make_bag(folder: Path, tags: Mapping[str, bytes], info: Mapping[str, str]) -> None:
    """Make a bag of `folder`, whose files become the payload, with further tag files. Raises OSError."""
    import bagit

    bag = bagit.make_bag(str(folder), dict(info), checksums=list(ALGORITHMS))
    (folder / DECLARATION).write_bytes(_DECLARED)
    for name, content in tags.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    bag.save()
    for name in TAG_MANIFESTS:
        _put_in_form(folder / name)


def _put_in_form(manifest: Path) -> None:
    """The library puts one space where `sha256sum -c` wants two, and leaves the order to the file system."""
    lines = [line.split(" ", 1) for line in manifest.read_text(encoding="utf-8").splitlines()]
    manifest.write_text(
        "".join(f"{digest}  {name.strip()}\n" for digest, name in sorted(lines, key=lambda pair: pair[1])), encoding="utf-8"
    )


def is_safe_name(name: str) -> bool:
    """Whether a path may stand in a package: plain relative names that mean the same on every system."""
    return len(name) <= _LONGEST_NAME and all(map(_is_safe_part, name.split("/")))


def _is_safe_part(part: str) -> bool:
    return bool(_DECLARATIONS.fullmatch(part) or (_PART.fullmatch(part) and not _DEVICE.fullmatch(part)))


def survey_folder(root: Path, sizes: Mapping[str, int], sums: Sums, *, most_bytes: int | None = MOST_TAG_BYTES) -> Iterator[Check]:
    """Hash every plain file below `root` into `sums`; a check for whatever else lies there.

    `sizes` are those that files are said to have; of others `most_bytes` are read at most, any number where it is None.
    """
    met, faults = walk_plain(root, "")
    yield from faults
    if len(met) > MOST_FILES:
        yield Check(
            "the package", Verdict.FAIL, f"It has {len(met):,} files and folders, more than any this program writes; they were not read."
        )
        return
    folded = Counter(found.name.casefold() for found in met)
    for found in met:
        fault = _fault_of(found.kind, found.name, folded)
        if fault:
            yield Check(shown(found.name)[:_LONGEST_NAME], Verdict.FAIL, fault)
        elif found.kind == FILE:
            yield from _hash(root, found.name, sizes.get(found.name), most_bytes, sums)


def _fault_of(kind: str, name: str, folded: Mapping[str, int]) -> str | None:
    if kind not in {FILE, FOLDER}:
        return f"A {kind}, which no package holds; it was not followed."
    if not is_safe_name(name):
        return "No name that a package gives a file; it was not opened."
    if folded[name.casefold()] > 1:
        return "Another file has the same name but for capitals; on some systems one would take the other's place."
    return None


def _hash(root: Path, name: str, size: int | None, most_bytes: int | None, sums: Sums) -> Iterator[Check]:
    try:
        with open_plain(root, name) as file:
            long = file.seek(0, 2)
            file.seek(0)
            if (size is not None and long != size) or (size is None and most_bytes is not None and long > most_bytes):
                expected = f"the index says {size}" if size is not None else "more than any file of its kind"
                yield Check(name, Verdict.FAIL, f"It has {long} bytes; {expected}. It was not read.")
                return
            short, wide = hashlib.sha256(), hashlib.sha512()
            while block := file.read(BUFFER_BYTES):
                short.update(block)
                wide.update(block)
    except (OSError, CustodyError) as error:
        yield Check(name, *verdict_on(error))
        return
    sums.sha256[name], sums.sha512[name], sums.size[name] = short.hexdigest(), wide.hexdigest(), long


def check_bag(root: Path, sums: Sums, *, beside: Iterable[str] = ()) -> Iterator[Check]:
    """Hold every file against the manifests; `beside` are files that stand outside them. Files that could not be hashed were named by the survey."""
    listed = {name: _read_manifest(root, name, algorithm) for algorithm, name in _manifests()}
    for _, faults in listed.values():
        yield from faults
    known = {name: named for name, (named, _) in listed.items()}
    payload = {name for manifest in MANIFESTS for name in known[manifest]}
    tags = {name for manifest in TAG_MANIFESTS for name in known[manifest]}
    yield from _check_listed(root, sums, known, payload, MANIFESTS)
    yield from _check_listed(root, sums, known, tags, TAG_MANIFESTS)
    outside = {*TAG_MANIFESTS, *beside}
    for name in sorted(set(sums.sha256) - outside - payload - tags):
        yield Check(name, Verdict.FAIL, "No manifest names it: somebody put it there.")


def _manifests() -> Iterator[tuple[str, str]]:
    for names in (MANIFESTS, TAG_MANIFESTS):
        yield from zip(ALGORITHMS, names, strict=True)


def _read_manifest(root: Path, name: str, algorithm: str) -> tuple[dict[str, str], list[Check]]:
    """What a manifest says, and a check for each line that is none."""
    try:
        with open_plain(root, name) as file:
            content = file.read(MOST_TAG_BYTES)
        lines = content.decode().split("\n")
    except (OSError, CustodyError, ValueError) as error:
        return {}, [Check(name, *verdict_on(error))]
    if lines.pop():
        return {}, [Check(name, Verdict.FAIL, "Its last line has no end.")]
    named: dict[str, str] = {}
    faults: list[Check] = []
    inside = name in MANIFESTS
    for number, line in enumerate(lines, 1):
        match = _LINE[algorithm].fullmatch(line)
        if match is None:
            faults.append(Check(name, Verdict.FAIL, f"Line {number} is no line of a manifest."))
        elif not is_safe_name(match[2]) or match[2].startswith(PAYLOAD) is not inside:
            faults.append(
                Check(name, Verdict.FAIL, f"Line {number} names {shown(match[2])[:_LONGEST_NAME]!r}, which is no file it can list.")
            )
        elif match[2] in named:
            faults.append(Check(name, Verdict.FAIL, f"Line {number} names {match[2]} a second time."))
        else:
            named[match[2]] = match[1]
    return named, faults


def _check_listed(
    root: Path, sums: Sums, known: Mapping[str, Mapping[str, str]], names: Iterable[str], manifests: tuple[str, ...]
) -> Iterator[Check]:
    actual = dict(zip(manifests, (sums.sha256, sums.sha512), strict=True))
    for name in sorted(names):
        if name not in sums.sha256:
            if not (root / name).exists() and not (root / name).is_symlink():
                yield Check(name, Verdict.FAIL, "It is missing.")
            continue
        holds = {manifest: known[manifest].get(name) == actual[manifest][name] for manifest in manifests}
        if all(holds.values()):
            yield Check(name, Verdict.PASS, f"{sums.size[name]} bytes with the hashes of both manifests.")
        elif any(holds.values()):
            for manifest in (manifest for manifest, held in holds.items() if not held):
                said = "names another hash for" if name in known[manifest] else "does not name"
                yield Check(
                    manifest, Verdict.FAIL, f"It {said} {name}, whose bytes the other manifest confirms: this manifest was altered."
                )
        else:
            yield Check(name, Verdict.FAIL, f"It was altered: its sha256 is now {sums.sha256[name]}.")


def check_with_library(root: Path) -> Check:
    """What the library `bagit` says of the bag; to be asked only where every name in it is safe."""
    import logging

    import bagit

    subject = "the bag, by the library bagit"
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(root)).validate()
    except (bagit.BagError, OSError, ValueError, KeyError) as error:
        return Check(subject, Verdict.FAIL, f"It is not valid: {shown(str(error))[:500]}.")
    return Check(subject, Verdict.PASS, "It is a valid bag.")
