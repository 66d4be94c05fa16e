"""The verbs for what is kept outside a case, from the command line: what they print and where, and how they end."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from witnessmark import errors
from witnessmark.ledger.checkpoint import parse_checkpoint


def witnessmark(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A new case with one item."""
    (tmp_path / "note.txt").write_text("Seen at the Korrin bridge.", encoding="utf-8")
    assert witnessmark("new", tmp_path / "small").returncode == 0
    assert witnessmark("add", tmp_path / "small", tmp_path / "note.txt").returncode == 0
    return tmp_path / "small"


def test_what_is_printed_on_standard_output_is_the_checkpoint_and_nothing_else(small: Path) -> None:
    done = witnessmark("checkpoint", small)
    assert done.returncode == 0, done.stderr
    assert parse_checkpoint(done.stdout.encode()).custody.size == 3
    assert "Keep it away from the case" in done.stderr
    assert witnessmark("checkpoint", small).stdout == done.stdout


def test_a_checkpoint_kept_cosigned_and_compared_goes_through_by_what_each_command_says_next(small: Path, tmp_path: Path) -> None:
    kept, key = tmp_path / "kept.note", tmp_path / "my.key"
    made = witnessmark("checkpoint", small, "--out", kept)
    assert f"witnessmark verify {small} --against {kept}" in made.stderr
    verifier = witnessmark("key", "new", key).stdout.strip()
    assert witnessmark("key", "show", key).stdout.strip() == verifier
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    signed = witnessmark("cosign", kept, "--key", key)
    assert f"--trust {verifier}" in signed.stdout
    assert signed.stdout.split("Check: ")[1][:19] == made.stdout.split("Check: ")[1][:19]
    for trusted in (verifier, str(key)):
        done = witnessmark("verify", small, "--against", kept, "--trust", trusted, "--all")
        assert done.returncode == 0, done.stderr
        assert f"PASS         {kept} signature: Signed by {verifier.split('+')[0]}" in done.stdout
    assert f"NOT-CHECKED  {kept} time: No timestamp of an outside authority" in done.stdout


def test_json_holds_the_checkpoint_its_check_and_the_key(small: Path, tmp_path: Path) -> None:
    key = tmp_path / "my.key"
    made_key = json.loads(witnessmark("key", "new", key, "--json").stdout)
    told = json.loads(witnessmark("checkpoint", small, "--key", key, "--json").stdout)
    checkpoint = parse_checkpoint(told["checkpoint"].encode())
    assert [signature.name for signature in checkpoint.signatures] == [checkpoint.origin, made_key["name"]]
    assert told["verifier_key"].startswith(checkpoint.origin)
    assert len(told["check"].replace(" ", "")) == 16


def test_a_printed_page_is_ascii_and_can_be_compared_with(small: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    assert witnessmark("checkpoint", small, "--print", "--out", page).returncode == 0
    assert page.read_text(encoding="utf-8").isascii()
    assert max(map(len, page.read_text(encoding="utf-8").splitlines())) <= 88
    done = witnessmark("verify", small, "--against", page)
    assert done.returncode == 0, done.stderr
    assert "carries none, having been printed" in done.stdout


def test_a_case_put_back_ends_verify_with_its_exit_code(small: Path, tmp_path: Path) -> None:
    earlier, kept = tmp_path / "earlier", tmp_path / "kept.note"
    witnessmark("checkpoint", small)
    shutil.copytree(small, earlier)
    (tmp_path / "more.txt").write_text("More.", encoding="utf-8")
    witnessmark("add", small, tmp_path / "more.txt")
    witnessmark("checkpoint", small, "--out", kept)
    assert witnessmark("verify", earlier).returncode == 0
    done = witnessmark("verify", earlier, "--against", kept)
    assert done.returncode == errors.CustodyError.exit_code
    assert f"FAIL         {kept} custody: Truncated or rolled back" in done.stdout


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_request_is_written_with_how_to_send_it_and_a_wrong_answer_is_not_attached(small: Path, tmp_path: Path) -> None:
    kept, request = tmp_path / "kept.note", tmp_path / "q.tsq"
    witnessmark("checkpoint", small, "--out", kept)
    done = witnessmark("timestamp", kept, "--request", request)
    assert "curl" in done.stdout
    assert request.read_bytes()[:1] == b"0"
    wrong = witnessmark("timestamp", kept, "--response", request, "--authority", request)
    assert wrong.returncode == errors.CustodyError.exit_code
    assert "Nothing was attached" in wrong.stderr
    assert not (tmp_path / "kept.note.tsr").exists()
    (tmp_path / "kept.note.tsr").write_bytes(request.read_bytes())
    failed = witnessmark("verify", small, "--against", kept)
    assert failed.returncode == errors.CustodyError.exit_code
    assert f"FAIL         {kept} time: The token beside it does not hold" in failed.stdout


def test_each_refusal_says_why_with_the_exit_code_of_its_kind(small: Path, tmp_path: Path) -> None:
    kept, key = tmp_path / "kept.note", tmp_path / "my.key"
    witnessmark("checkpoint", small, "--out", kept)
    witnessmark("key", "new", key)
    inside = next((small / "ledger/checkpoints").iterdir())
    for arguments, kind, said in (
        (("checkpoint", small, "--out", kept), errors.UsageError, "never written over"),
        (("checkpoint", small, "--out", small / "x.note"), errors.UsageError, "lies inside the case"),
        (("checkpoint", small, "--key", kept), errors.UsageError, "witnessmark key new"),
        (("cosign", inside, "--key", key), errors.UsageError, "Copy it out"),
        (("cosign", key, "--key", key), errors.CaseError, "is not a checkpoint"),
        (("key", "new", key), errors.UsageError, "never written over"),
        (("timestamp", kept), errors.UsageError, "--request"),
        (("verify", small, "--trust", key), errors.UsageError, "--against"),
        (("verify", small, "--against", key), errors.CustodyError, "is not a checkpoint"),
        (("verify", small, "--against", kept, "--trust", "Ana"), errors.UsageError, "key"),
        (("verify", small, "--against", tmp_path / "none.note"), errors.CaseError, "cannot be read"),
    ):
        done = witnessmark(*arguments)
        assert done.returncode == kind.exit_code, (arguments, done.stderr)
        assert done.stderr.startswith("witnessmark: ")
        assert said in done.stderr, (arguments, done.stderr)
        assert "PRIVATE" not in done.stderr + done.stdout
        assert "Traceback" not in done.stderr
    assert witnessmark("verify", small).returncode == 0
