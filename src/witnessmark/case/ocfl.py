"""OCFL (https://ocfl.io/1.1/spec/): a storage root with one object for each item and one for the record of the hand-over, made with `ocfl-py`.

One object an item, because an original never changes and a repository keeps, moves and counts objects; the record is an object of its own, since it
is about all of them. The library is an extra: without it the rest works, and the command to install it is given.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from witnessmark.case.bagging import Sums, is_safe_name
from witnessmark.errors import CustodyError, MissingPartError
from witnessmark.ledger.untrusted import open_plain, shown, verdict_on
from witnessmark.model.handover import About, HandedItem
from witnessmark.model.verdict import Check, Verdict

SPEC = "1.1"
ROOT_DECLARATION, OBJECT_DECLARATION = f"0=ocfl_{SPEC}", f"0=ocfl_object_{SPEC}"
_DECLARED = {ROOT_DECLARATION: f"ocfl_{SPEC}\n".encode(), OBJECT_DECLARATION: f"ocfl_object_{SPEC}\n".encode()}
RECORD = "record"
"""The folder of the object that has the record."""
CONTENT = "v1/content"
RECORD_CONTENT = f"{RECORD}/{CONTENT}/"
INVENTORY, SIDECAR = "inventory.json", "inventory.json.sha512"
_INVENTORIES = (INVENTORY, f"v1/{INVENTORY}")
INSTALL = "pip install 'witnessmark[ocfl]'"
_MOST_INVENTORY_BYTES = 64 * 1024 * 1024


class Version(msgspec.Struct, frozen=True):
    """Of a version, which logical paths have which content."""

    state: dict[str, tuple[str, ...]]


class Inventory(msgspec.Struct, frozen=True, rename="camel"):
    """What is asked of an inventory here; the library checks the rest."""

    id: str
    digest_algorithm: str
    head: str
    manifest: dict[str, tuple[str, ...]]
    versions: dict[str, Version]


def refuse_without_ocfl() -> None:
    """Raise MissingPartError where the library is not installed."""
    try:
        import ocfl  # noqa: F401 -- only whether it is there
    except ImportError as error:
        raise MissingPartError(f"Writing OCFL needs a part that is not installed here. Install it with: {INSTALL}") from error


def place_in_ocfl(public_id: str, name: str) -> str:
    """Where an original lies in the storage root."""
    return f"item-{public_id}/{CONTENT}/{name}"


def lay_out_ocfl(
    draft: Path,
    about: About,
    items: Sequence[HandedItem],
    tags: Mapping[str, bytes],
    write_original: Callable[[HandedItem, Path], None],
) -> str:
    """Write the storage root to `draft`, a place where nothing is; the sha256 of the record's inventory is its root. Raises OSError."""
    import ocfl

    with tempfile.TemporaryDirectory(dir=draft.parent, prefix=f".{draft.name}.") as scratch, _silence():
        ocfl.StorageRoot(root=str(draft), spec_version=SPEC).initialize(spec_version=SPEC)
        draft.chmod(0o700)
        for item in items:
            content = Path(scratch) / item.public_id
            content.mkdir()
            write_original(item, content / Path(item.file).name)
            _add(draft / item.file.partition("/")[0], f"urn:witnessmark:item:{item.public_id}", content, about)
            (content / Path(item.file).name).unlink()
        record = Path(scratch) / RECORD
        for name, body in tags.items():
            (record / name).parent.mkdir(parents=True, exist_ok=True)
            (record / name).write_bytes(body)
        _add(draft / RECORD, f"urn:witnessmark:hand-over:{about.id}", record, about)
    return hashlib.sha256((draft / RECORD / INVENTORY).read_bytes()).hexdigest()


def _add(place: Path, identifier: str, content: Path, about: About) -> None:
    import ocfl

    made = ocfl.VersionMetadata(
        created=about.made_at, message=f"Hand-over {about.id}", name=about.program, address="urn:witnessmark:program"
    )
    ocfl.Object(identifier=identifier, spec_version=SPEC, digest_algorithm="sha512", dedupe=False).create(
        srcdir=str(content), metadata=made, objdir=str(place)
    )


@contextmanager
def _silence() -> Iterator[None]:
    """The library tells the root logger of each object; what is to be told is told by the caller."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def check_ocfl(root: Path, sums: Sums) -> Iterator[Check]:
    """Hold every file against the inventory of its object. Files that could not be hashed were named by the survey."""
    accounted = {ROOT_DECLARATION}
    yield from _check_declaration(root, ROOT_DECLARATION)
    for place in sorted({name.partition("/")[0] for name in sums.sha256 if "/" in name}):
        yield from _check_object(root, place, sums, accounted)
    for name in sorted(set(sums.sha256) - accounted):
        yield Check(name, Verdict.FAIL, "No inventory names it: somebody put it there.")


def _check_declaration(root: Path, name: str) -> Iterator[Check]:
    try:
        with open_plain(root, name) as file:
            content = file.read(64)
    except (OSError, CustodyError) as error:
        yield Check(name, *verdict_on(error))
        return
    if content != _DECLARED[name.rpartition("/")[2]]:
        yield Check(name, Verdict.FAIL, "It is not the declaration it should be.")


def _check_object(root: Path, place: str, sums: Sums, accounted: set[str]) -> Iterator[Check]:
    declaration = f"{place}/{OBJECT_DECLARATION}"
    try:
        with open_plain(root, declaration) as file:
            declared = file.read(64) == _DECLARED[OBJECT_DECLARATION]
        if not declared:
            yield Check(declaration, Verdict.FAIL, "It is not the declaration it should be.")
    except (OSError, CustodyError) as error:
        yield Check(declaration, *verdict_on(error))
    own = [f"{place}/{name}" for name in (*_INVENTORIES, *(name.replace(INVENTORY, SIDECAR) for name in _INVENTORIES))]
    accounted |= {declaration, *own}
    for name in own:
        if name not in sums.sha256:
            yield Check(name, Verdict.FAIL, "It is missing or could not be read.")
    sound = yield from _check_inventories(root, place, sums)
    inventory = _read_inventory(root, sound) if sound else None
    if inventory is None:
        yield Check(place, Verdict.FAIL, "It has no inventory that holds, so what it should contain is not known.")
        accounted |= {name for name in sums.sha256 if name.startswith(f"{place}/")}
        return
    yield from _check_content(place, inventory, sums, accounted)


def _check_inventories(root: Path, place: str, sums: Sums) -> Generator[Check, None, str | None]:
    """Hold both copies of the inventory against their sidecars and each other; returns the one that holds, None where none does."""
    held: dict[str, bool] = {}
    said: dict[str, str | None] = {}
    for name in _INVENTORIES:
        inventory, sidecar = f"{place}/{name}", f"{place}/{name.replace(INVENTORY, SIDECAR)}"
        said[inventory] = _sidecar(root, sidecar)
        held[inventory] = said[inventory] is not None and said[inventory] == sums.sha512.get(inventory)
    for inventory, holds in held.items():
        sidecar = inventory.replace(INVENTORY, SIDECAR)
        other = next(name for name in held if name != inventory)
        actual = sums.sha512.get(inventory)
        if holds and held[other] and actual != sums.sha512.get(other):
            yield Check(inventory, Verdict.FAIL, f"It differs from {other}.")
        elif not holds and actual is not None and actual == sums.sha512.get(other):
            yield Check(
                sidecar, Verdict.FAIL, "It does not have the sha512 of its inventory, whose copy confirms it: this file was altered."
            )
        elif not holds and actual is not None:
            yield Check(inventory, Verdict.FAIL, "It was altered: it has another sha512 than stands beside it.")
        elif holds:
            yield Check(inventory, Verdict.PASS, "It has the sha512 that stands beside it.")
            yield Check(sidecar, Verdict.PASS, "It has the sha512 of its inventory.")
    return next((name for name, holds in held.items() if holds), None)


def _sidecar(root: Path, name: str) -> str | None:
    """The sha512 a sidecar states, None where it is no sidecar as this program writes it."""
    try:
        with open_plain(root, name) as file:
            content = file.read(1024).decode("ascii")
    except (OSError, CustodyError, ValueError):
        return None
    digest, space, rest = content.partition(" ")
    return digest if space and rest == f"{INVENTORY}\n" else None


def _read_inventory(root: Path, name: str) -> Inventory | None:
    try:
        with open_plain(root, name) as file:
            inventory = msgspec.json.decode(file.read(_MOST_INVENTORY_BYTES), type=Inventory)
    except (OSError, CustodyError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return inventory if inventory.digest_algorithm == "sha512" and inventory.head == "v1" else None


def _check_content(place: str, inventory: Inventory, sums: Sums, accounted: set[str]) -> Iterator[Check]:
    for digest, paths in inventory.manifest.items():
        for path in paths:
            name = f"{place}/{path}"
            accounted.add(name)
            if not is_safe_name(name) or not path.startswith(f"{CONTENT}/"):
                yield Check(place, Verdict.FAIL, f"Its inventory names {shown(path)[:200]!r}, which is no file it can hold.")
            elif name not in sums.sha512:
                yield Check(name, Verdict.FAIL, "It is missing or could not be read.")
            elif sums.sha512[name] != digest:
                yield Check(name, Verdict.FAIL, f"It was altered: its sha256 is now {sums.sha256[name]}.")
            else:
                yield Check(name, Verdict.PASS, f"{sums.size[name]} bytes with the sha512 of the inventory.")


def check_with_library(root: Path) -> Check:
    """What the library `ocfl-py` says; to be asked only where every name is safe."""
    subject = "the storage root, by the library ocfl-py"
    try:
        import ocfl
    except ImportError:
        return Check(
            subject,
            Verdict.NOT_CHECKED,
            f"The library is not installed here; every file was held against its inventory without it. {INSTALL}",
        )
    logging.disable(logging.CRITICAL)
    try:
        storage = ocfl.StorageRoot(root=str(root))
        valid = (
            storage.validate(validate_objects=True, check_digests=True, log_errors=False) and storage.num_objects == storage.good_objects
        )
    except Exception as error:  # noqa: BLE001 -- a foreign validator over a foreign folder: whatever it raises is its verdict
        return Check(subject, Verdict.FAIL, f"It cannot be validated: {shown(str(error))[:300]}.")
    if not valid:
        return Check(subject, Verdict.FAIL, f"{storage.num_objects - storage.good_objects} of {storage.num_objects} objects are not valid.")
    return Check(subject, Verdict.PASS, f"A valid storage root of {storage.num_objects} objects.")
