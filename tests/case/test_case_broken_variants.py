"""The tests of crashes, faults and tampering can fail: each looks at a program broken on purpose, and finds it out."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import case_crashes as crashes
import pytest

from witnessmark.case import verifying, verifying_vault
from witnessmark.case.case import create_case, open_case
from witnessmark.case.intake import Given, add
from witnessmark.case.verifying import verify_case
from witnessmark.model.verdict import Verdict
from witnessmark.preserve import incoming
from witnessmark.preserve.hashing import Digests
from witnessmark.preserve.incoming import Incoming
from witnessmark.store import queries

SAYS_SO_TOO_EARLY = crashes.WRITER.replace("    commit(case, group, kept, received)\n", "").replace(
    "intake._commit = acknowledging", "    commit(case, group, kept, received)\nintake._commit = acknowledging"
)
PLACES_FIRST = (
    """
from witnessmark.preserve.vault import Vault
def keep(self, staged, witness):
    addresses = [one.address for one in staged if not one.known]
    self._incoming.sync(addresses)
    self._places.take(addresses, self._incoming)
    witness()
    self._forget(staged)
Vault.keep = keep
"""
    + crashes.WRITER
)


@pytest.mark.skipif(sys.platform == "win32" or not crashes.can_trace(), reason="strace is not here, or may not inject")
@pytest.mark.parametrize(
    ("program", "call", "nth", "fault"),
    [
        (SAYS_SO_TOO_EARLY, "rename", 2, "acknowledged and not on record"),
        (PLACES_FIRST, "rename", 5, "in its place without an entry"),
    ],
    ids=["acknowledges before it records", "moves into place before it records"],
)
def test_a_writer_that_does_things_in_another_order_is_found_out_when_it_is_killed(
    tmp_path: Path, program: str, call: str, nth: int, fault: str
) -> None:
    evidence, case = tmp_path / "evidence", tmp_path / "case"
    crashes.lay_evidence(evidence, 24)
    create_case(case)
    killed, acknowledged = crashes.killed_at_call(case, evidence, call, nth, group=8, program=program)
    assert killed
    assert any(found.startswith(fault) for found in crashes.faults_after(case, acknowledged))


def test_a_vault_that_takes_a_failed_sync_for_success_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that never reached the disk are not there after a power cut: here they are taken away as one would."""
    evidence, case = tmp_path / "evidence", tmp_path / "case"
    crashes.lay_evidence(evidence, 6)
    create_case(case)

    def lost(path: Path) -> None:
        path.chmod(0o644)
        path.write_bytes(b"")
        raise OSError(errno.EIO, "Input/output error")

    def forgiving(self: Incoming, addresses: Sequence[str]) -> None:
        for address in addresses:
            try:
                incoming._bring_to_disk(self.path(address))  # noqa: SLF001 -- the step that is broken
            except OSError:
                continue

    monkeypatch.setattr(incoming, "_bring_to_disk", lost)
    monkeypatch.setattr(Incoming, "sync", forgiving)
    with open_case(case, write="add") as opened:
        received = add(opened, [evidence], Given())
        with opened.asking() as connection:
            items = [item.id for item in queries.items(connection)]
        assert received.new
        assert not any(opened.vault.holds(sha256) for sha256 in items)


def unhashed(_: Path, name: str, *, blake3: bool = False) -> Digests:
    """A hash that believes the name."""
    return Digests(name.replace("/", "").removeprefix("vault"), None, 9) if not blake3 else Digests("", None, 0)


def checks_nothing(*_: object, **__: object) -> list[object]:
    """A check that is left out."""
    return []


@pytest.mark.parametrize(
    ("break_it", "damage"),
    [
        (lambda m: m.setattr(verifying_vault.Counted, "hash", lambda _, *a, **k: unhashed(*a, **k)), "vault/??/*"),
        (lambda m: m.setattr(verifying, "check_dossier", checks_nothing), "dossier/*.html"),
    ],
    ids=["names are believed", "the dossier is left out"],
)
def test_a_verify_that_leaves_something_out_is_found_out_by_a_flipped_bit(
    case: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None], damage: str
) -> None:
    path = min(case.glob(damage))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(content))
    name = path.relative_to(case).as_posix()
    assert name in {check.subject for check in verify_case(case) if check.verdict is Verdict.FAIL}
    break_it(monkeypatch)
    assert not any("was altered" in check.detail for check in verify_case(case) if check.subject == name)
