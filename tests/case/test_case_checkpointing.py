"""Checkpoints, tiles and the signing key of a case: how they are made, kept and carried, and that whatever happens to their files is found."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from witnessmark.case.backing_up import back_up
from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.checkpointing import signed_checkpoint
from witnessmark.case.deciding import decide
from witnessmark.case.restoring import restore
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_checkpoints import check_checkpoints
from witnessmark.case.verifying_deeds import Recorded, read_recorded
from witnessmark.errors import CustodyError
from witnessmark.ledger.checkpoint import Checkpoint, parse_checkpoint
from witnessmark.ledger.merkle import leaf_hash
from witnessmark.ledger.proofs import prove_inclusion, root_of, verify_inclusion
from witnessmark.ledger.tiles import perfect_from_tiles, tiles_of
from witnessmark.ledger.verify import check_logs, new_surveys
from witnessmark.model.deed import IntakeRefused
from witnessmark.model.entry import Stream
from witnessmark.model.verdict import Check, Verdict
from witnessmark.store import queries

MEMBER = "Ilvane Korrosk-Teyde"


def make(case: Path, *, replace_key: bool = False) -> Checkpoint:
    with open_case(case, write="test", member=MEMBER) as opened:
        return parse_checkpoint(signed_checkpoint(opened, replace_key=replace_key).encode())


def refuse(case: Path, number: int) -> None:
    with open_case(case, write="test", member=MEMBER) as opened:
        opened.record([IntakeRefused(f"file {n}", "It could not be stored.") for n in range(number)])


def files_of(case: Path) -> list[str]:
    kept = [*(case / "keys").rglob("*"), *(case / "ledger/checkpoints").rglob("*"), *case.glob("ledger/*/tile/**/*")]
    return sorted(path.relative_to(case).as_posix() for path in kept if path.is_file())


@pytest.fixture(scope="module")
def long_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with 700 entries in its custody log and two checkpoints; not to be changed."""
    root = tmp_path_factory.mktemp("long") / "case"
    create_case(root, member=MEMBER)
    refuse(root, 260)
    make(root)
    refuse(root, 440)
    make(root)
    return root


@pytest.fixture
def long(long_case: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as a test likes."""
    shutil.copytree(long_case, tmp_path / "case")
    return tmp_path / "case"


def checks(case: Path) -> Iterator[Check]:
    """The checks of logs, notes, tiles and key alone."""
    surveys, recorded = new_surveys(), Recorded()
    yield from check_logs(case, surveys=surveys)
    yield from read_recorded(case, surveys, recorded)
    yield from check_checkpoints(case, recorded, surveys, busy=False)


def failed(case: Path) -> list[str]:
    return [check.subject for check in checks(case) if check.verdict is Verdict.FAIL]


def test_a_checkpoint_covers_both_logs_and_is_kept_with_tiles_and_key(long_case: Path) -> None:
    assert failed(long_case) == []
    with open_case(long_case) as opened:
        assert opened.logs[Stream.CUSTODY].size == 704
    assert files_of(long_case) == [
        "keys/signing.key",
        "ledger/checkpoints/000000262-000000000.note",
        "ledger/checkpoints/000000703-000000000.note",
        "ledger/custody/tile/0/000",
        "ledger/custody/tile/0/001",
        "ledger/custody/tile/0/002.p/191",
        "ledger/custody/tile/1/000.p/2",
    ]
    passed = [check.subject for check in checks(long_case) if check.verdict is Verdict.PASS]
    assert {"keys/signing.key", "ledger/checkpoints/000000703-000000000.note", "ledger/custody/tile"} <= set(passed)


def test_proofs_are_computed_from_the_tiles_in_the_case_alone(long_case: Path) -> None:
    checkpoint = parse_checkpoint((long_case / "ledger/checkpoints/000000703-000000000.note").read_bytes())
    size, root = checkpoint.custody.size, bytes.fromhex(checkpoint.custody.root)
    perfect = perfect_from_tiles(lambda tile: (long_case / "ledger/custody" / tile.name).read_bytes(), size)
    assert root_of(perfect, size) == root
    lines = (long_case / "ledger/custody/log.jsonl").read_bytes().splitlines()
    for index in (0, 255, 256, 600, 702):
        assert verify_inclusion(leaf_hash(lines[index]), index, size, prove_inclusion(perfect, index, size), root)


def test_a_second_checkpoint_where_nothing_happened_is_the_first(long: Path) -> None:
    before = files_of(long)
    assert make(long) == make(long)
    assert files_of(long) == before


def test_the_name_and_key_of_a_case_are_drawn_once_and_survive_a_rebuild(long: Path) -> None:
    before = make(long)
    rebuild_case(long)
    refuse(long, 1)
    after = make(long)
    assert after.origin == before.origin
    assert after.signatures[0].key_id == before.signatures[0].key_id
    assert "case" not in before.form
    assert stat.S_IMODE((long / "keys/signing.key").stat().st_mode) == 0o600


def test_two_cases_of_one_title_have_unlike_names(tmp_path: Path) -> None:
    origins = set()
    for folder in ("a", "b"):
        create_case(tmp_path / folder / "same")
        origins.add(make(tmp_path / folder / "same").origin)
    assert len(origins) == 2


def test_a_lost_key_is_never_replaced_silently_and_a_new_one_is_on_record(long: Path) -> None:
    (long / "keys/signing.key").unlink()
    assert failed(long) == ["keys/signing.key"]
    refuse(long, 1)
    with pytest.raises(CustodyError, match="--new-key"):
        make(long)
    before = parse_checkpoint((long / "ledger/checkpoints/000000703-000000000.note").read_bytes())
    after = make(long, replace_key=True)
    assert after.origin == before.origin
    assert after.signatures[0].key_id != before.signatures[0].key_id
    assert failed(long) == []


def test_a_checkpoint_changes_nothing_that_a_dossier_or_findings_rest_on(case: Path) -> None:
    with open_case(case) as opened, opened.asking() as connection:
        before = queries.state(connection)
    make(case)
    with open_case(case) as opened, opened.asking() as connection:
        assert queries.state(connection) == before


def test_a_backup_brings_checkpoints_tiles_and_key_back(long: Path, tmp_path: Path) -> None:
    back_up(long, tmp_path / "backup.zip")
    restore(tmp_path / "backup.zip", tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(long)
    assert failed(tmp_path / "again") == []
    assert stat.S_IMODE((tmp_path / "again/keys/signing.key").stat().st_mode) == 0o600


def test_one_flipped_bit_in_each_checkpoint_tile_or_key_file_is_found_and_the_file_named(long: Path) -> None:
    for name in files_of(long):
        good = (long / name).read_bytes()
        for position in range(0, len(good), max(1, len(good) // 40)):
            (long / name).write_bytes(good[:position] + bytes([good[position] ^ 1 << position % 8]) + good[position + 1 :])
            assert failed(long) == [name], (name, position)
        (long / name).write_bytes(good)
    assert failed(long) == []


def test_each_checkpoint_tile_or_key_file_that_is_missing_or_cut_is_named(long: Path) -> None:
    for name in files_of(long):
        good = (long / name).read_bytes()
        for spoiled in (good[:-1], good + b"\n", b""):
            (long / name).write_bytes(spoiled)
            assert failed(long) == [name]
        (long / name).unlink()
        assert failed(long) == [name]
        (long / name).write_bytes(good)


def test_tiles_and_checkpoints_that_changed_places_are_both_named(long: Path) -> None:
    for one, other in (
        ("ledger/custody/tile/0/000", "ledger/custody/tile/0/001"),
        ("ledger/checkpoints/000000262-000000000.note", "ledger/checkpoints/000000703-000000000.note"),
    ):
        for _ in range(2):  # the second time they are back in their places
            a, b = (long / one).read_bytes(), (long / other).read_bytes()
            (long / one).write_bytes(b)
            (long / other).write_bytes(a)
            assert failed(long) in ([one, other], [])
        assert failed(long) == []


@pytest.mark.parametrize(
    "name",
    [
        "keys/other.key",
        "ledger/checkpoints/note.txt",
        "ledger/checkpoints/000000001-000000000.note",
        "ledger/custody/tile/0/009",
        "ledger/custody/tile/0/000.p/3",
        "ledger/custody/tile/entries/000",
        "ledger/analysis/tile/0/000.p/1",
        "ledger/custody/tile/planted/here.bin",
    ],
)
def test_whatever_was_added_is_named(long: Path, name: str) -> None:
    (long / name).parent.mkdir(parents=True, exist_ok=True)
    (long / name).write_bytes(b"\0" * 96)
    assert name in failed(long)


def test_a_link_in_the_place_of_a_tile_is_named_and_not_followed(long: Path, tmp_path: Path) -> None:
    tile = long / "ledger/custody/tile/0/000"
    tile.rename(tmp_path / "elsewhere")
    tile.symlink_to(tmp_path / "elsewhere")
    assert failed(long) == ["ledger/custody/tile/0/000"]


def test_a_tile_names_the_very_entry_of_a_log_that_was_altered(long: Path) -> None:
    log = long / "ledger/custody/log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    lines[300] = lines[300].replace(b'"at":"20', b'"at":"19')
    log.write_bytes(b"".join(lines))
    told = {check.subject: check.detail for check in checks(long) if check.verdict is Verdict.FAIL}
    assert "that of entry 300:" in told["ledger/custody/tile/0/001"]
    assert "entries 256 to 511" in told["ledger/custody/tile/1/000.p/2"]
    assert "altered" in told["ledger/checkpoints/000000703-000000000.note"]
    assert "ledger/checkpoints/000000262-000000000.note" not in told


def test_no_checkpoint_is_signed_that_does_not_go_on_from_the_one_before(long: Path) -> None:
    """Log and heads rewritten together, which a writer alone would not see."""
    from witnessmark.ledger.heads import write_heads
    from witnessmark.ledger.log import Log

    log = long / "ledger/custody/log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b'"at":"20', b'"at":"19')
    log.write_bytes(b"".join(lines))
    write_heads(long, tuple(Log(long, stream) for stream in Stream))
    refuse(long, 1)
    with pytest.raises(CustodyError, match="does not go on"):
        make(long)


def test_what_an_interrupted_checkpoint_leaves_is_no_fault_and_the_next_one_settles_it(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from witnessmark.case.case import Case
    from witnessmark.errors import StorageError

    def full(self: Case, deeds: object, **_: object) -> None:
        raise StorageError("no room")

    refuse(long, 10)
    with monkeypatch.context() as patched:
        patched.setattr(Case, "record", full)
        with pytest.raises(StorageError):
            make(long)
    assert failed(long) == []
    left = [check.subject for check in checks(long) if check.verdict is Verdict.NOT_CHECKED]
    assert "ledger/checkpoints/000000714-000000000.note" in left
    assert "ledger/custody/tile/0/002.p/202" in left
    make(long)
    assert failed(long) == []
    assert [check.subject for check in checks(long) if check.verdict is Verdict.NOT_CHECKED] == ["roll-back"]


def test_staff_appear_in_logs_records_tiles_and_checkpoints_under_a_key_alone(case: Path) -> None:
    with open_case(case, write="test", member=MEMBER) as opened:
        decide(opened, "C1", "status", "accepted", why="It says so.")
    make(case)
    held = [path for top in ("ledger", "records", "keys") for path in (case / top).rglob("*") if path.is_file()]
    words = [word.encode() for word in MEMBER.replace("-", " ").split()]
    assert not [path for path in held if any(word in path.read_bytes() for word in words)]
    assert words[0] in (case / "members.db").read_bytes()


def test_the_whole_of_verify_knows_the_files_of_checkpoints(case: Path) -> None:
    make(case)
    assert [check for check in verify_case(case) if check.verdict is Verdict.FAIL] == []
    assert len(list(tiles_of(1))) == 1
