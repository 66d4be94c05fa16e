"""Lists of digests that came with files: BagIt manifests (RFC 8493), and the data package of a WACZ with its signature.

The list is a document like any other; what is checked is said among its problems and metadata: which files have the digest given, which have another,
which are missing, and which came besides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import msgspec

from witnessmark.read.beside import Neighbours
from witnessmark.read.doubts import NOT_THERE, OTHER_DIGEST, UNFIT_SIGNATURE
from witnessmark.read.extract import Extract, Original, Reader
from witnessmark.read.plain import read_plain
from witnessmark.read.request import ReadParams
from witnessmark.read.signatures import signature_words

_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt\Z")
_LINE = re.compile(r"([0-9A-Fa-f]{32,128})[ \t]+\*?(.+)")
_MOST_NAMED = 20


class Listed(msgspec.Struct, frozen=True):
    """A file as a list names it, with the digest it gives."""

    name: str
    algorithm: str
    digest: str


def is_manifest(name: str) -> bool:
    """Whether a file of this name is a list of digests that this reader checks."""
    base = _base(name)
    return bool(_MANIFEST.match(base)) or base in {"datapackage.json", "datapackage-digest.json"}


def read_manifest(original: Original, params: ReadParams) -> Extract:
    """The text unchanged, and what came of holding its digests against what came with it."""
    plain = read_plain(original, params)
    base, beside = _base(original.name), Neighbours(original.beside)
    problems, metadata = list(plain.problems), dict(plain.metadata)
    found = _MANIFEST.match(base)
    if found:
        listed = list(_bag_lines(plain.text, found[2]))
        payload = {one.name for one in original.beside if one.name.startswith("data/")} if not found[1] else set()
        unnamed = sorted(payload - {one.name for one in listed})
    else:
        package = _json(plain.text)
        listed = list(_package_lines(package))
        unnamed = []
        if base == "datapackage-digest.json":
            words = signature_words(package)
            metadata["signature"] = words
            if not words.startswith("It fits"):
                problems.append(f"{UNFIT_SIGNATURE}: {words}")
    metadata["digests"] = _compare(listed, beside, problems)
    if unnamed:
        problems.append(f"Files in data/ that the manifest does not name: {len(unnamed)} ({_some(unnamed)}).")
    return msgspec.structs.replace(plain, problems=tuple(problems), metadata=metadata, dates_itself=False)


def _compare(listed: list[Listed], beside: Neighbours, problems: list[str]) -> str:
    if not listed:
        problems.append("No digest was found in it, so nothing was checked.")
        return "none found"
    if not beside.all:
        problems.append(f"It gives {len(listed)} digests, and nothing came with it to hold them against: not checked.")
        return f"not checked: {len(listed)} given, no file came with it"
    good, wrong, missing, unknown = 0, list[str](), list[str](), list[str]()
    for one in listed:
        files = beside.named(one.name)
        known = [file.sha256 if one.algorithm == "sha256" else file.digests.get(one.algorithm) for file in files]
        if not files:
            missing.append(one.name)
        elif one.digest.lower() in known:
            good += 1
        elif None in known:
            unknown.append(one.name)
        else:
            wrong.append(one.name)
    for names, words in (
        (wrong, OTHER_DIGEST),
        (missing, NOT_THERE),
        (unknown, "could not be checked, their digest being of a kind that is not computed here"),
    ):
        if names:
            problems.append(f"{len(names)} of {len(listed)} files {words}: {_some(names)}.")
    return f"{good} of {len(listed)} files have the digest given"


def _bag_lines(text: str, algorithm: str) -> Iterator[Listed]:
    for line in text.splitlines():
        if found := _LINE.match(line.strip()):
            yield Listed(unquote(found[2].strip()), algorithm, found[1])


def _package_lines(package: dict[str, Any]) -> Iterator[Listed]:
    """The resources of a data package, or the one file that its digest file speaks of."""
    resources = package.get("resources")
    for one in resources if isinstance(resources, list) else [package]:
        if isinstance(one, dict) and isinstance(one.get("path"), str) and isinstance(one.get("hash"), str):
            algorithm, colon, digest = one["hash"].partition(":")
            yield Listed(one["path"], algorithm.lower() if colon else "md5", digest or algorithm)


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _some(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")


def _base(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.lower()


READER = Reader("manifest", "1", read_manifest)
