"""Collecting to a public key: nothing in the clear is left behind, nobody but the owner reads it, and what comes in is what was collected."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.collecting import collect, take_in
from witnessmark.case.intake import Given
from witnessmark.case.private_place import is_in_memory
from witnessmark.case.sealed_keys import KEY_FILE, make_key_file
from witnessmark.errors import CustodyError, StorageError, UsageError, WitnessmarkError
from witnessmark.protect.age import new_identity, recipient_of
from witnessmark.store import queries

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
SECRET = b"The van had the number plate KV-77-431. " * 4000


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """A folder of files on a machine in the field."""
    folder = tmp_path / "camera"
    (folder / "day-1").mkdir(parents=True)
    (folder / "day-1" / "note.txt").write_bytes(SECRET)
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder in memory of the test's own."""
    if not (SHM.is_dir() and is_in_memory(SHM)):
        pytest.skip("no folder in memory here")
    folder = Path(tempfile.mkdtemp(prefix="witnessmark-test-", dir=SHM))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


def test_what_is_collected_to_a_cases_key_comes_into_it_with_names_and_the_time_it_was_collected(
    field: Path, tmp_path: Path, runtime: Path
) -> None:
    create_case(tmp_path / "case", openers=[(KEY_FILE, make_key_file(tmp_path / "stick.key", tmp_path / "case"))])
    with open_case(tmp_path / "case", write="test") as case:
        assert case.access is not None
        parcel = Path(collect([field], case.access.cipher.recipient, tmp_path / "parcel").out)
        assert take_in(case, parcel, None, Given(received_from="Dara")).new == 2
        with case.asking() as connection:
            receipts = [receipt for several in queries.receipts(connection).values() for receipt in several]
        assert {receipt.name for receipt in receipts} == {"camera/day-1/note.txt", "camera/empty.txt"}
        assert all("collected at 20" in receipt.how and receipt.received_from == "Dara" for receipt in receipts)
        note = next(receipt.item for receipt in receipts if receipt.name.endswith("note.txt"))
        assert case.vault.open_original(note).read() == SECRET
    assert list((runtime / "witnessmark").glob("*/work/*")) == []


def test_a_parcel_shows_neither_content_nor_names_and_opens_with_its_key_alone(field: Path, tmp_path: Path) -> None:
    identity = new_identity()
    parcel = Path(collect([field], recipient_of(identity), tmp_path / "parcel").out)
    assert not any(word in parcel.read_bytes() for word in (b"KV-77-431", b"note.txt", b"camera", b"manifest"))
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case", write="test") as case:
        with pytest.raises(CustodyError, match="encrypted to another key"):
            take_in(case, parcel, new_identity(), Given())
        with pytest.raises(UsageError, match="Name the key"):
            take_in(case, parcel, None, Given())
        assert take_in(case, parcel, identity, Given()).new == 2


def test_every_cut_and_a_flipped_bit_anywhere_keep_a_parcel_from_being_added(field: Path, tmp_path: Path) -> None:
    identity = new_identity()
    parcel = Path(collect([field], recipient_of(identity), tmp_path / "parcel").out)
    content = parcel.read_bytes()
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case", write="test") as case:
        for at in (0, 30, 150, 300, 70_000, 140_000, len(content) - 1):
            for altered in (content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], content[:at]):
                parcel.write_bytes(altered)
                with pytest.raises(WitnessmarkError):
                    take_in(case, parcel, identity, Given())
        with case.asking() as connection:
            assert queries.items(connection) == []


def test_an_interrupted_collect_leaves_nothing(field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("witnessmark.case.collecting.os.fsync", full)
    (tmp_path / "stick").mkdir()
    with pytest.raises(StorageError, match="No space left"):
        collect([field], recipient_of(new_identity()), tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_file_that_changes_while_it_is_collected_is_not_collected(field: Path, tmp_path: Path) -> None:
    note = field / "day-1" / "note.txt"

    def meddle(_: str) -> None:
        (field / "empty.txt").write_bytes(b"")
        (field / "zz.txt").write_bytes(b"altered")

    (field / "zz.txt").write_bytes(b"as it was")
    assert note.exists()
    with pytest.raises((CustodyError, StorageError), match="Nothing was collected"):
        collect([field], recipient_of(new_identity()), tmp_path / "parcel", tell=meddle)
    assert not (tmp_path / "parcel").exists()


def test_what_is_no_public_key_is_refused(field: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no age recipient"):
        collect([field], "age1notakey", tmp_path / "parcel")
    assert not (tmp_path / "parcel").exists()
