"""Timestamps against an authority made here by `openssl ts`, with no network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from witnessmark.errors import CustodyError, UsageError
from witnessmark.ledger.timestamps import check_token, read_token, timestamp_request

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

TEXT = "witnessmark.invalid/0011223344556677\n12\n"


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def authority(folder: Path, name: str) -> Path:
    """A root certificate and a timestamping one under it, with what `openssl ts` wants to know."""
    folder.mkdir()
    (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n")
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(
        "[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\n"
        "default_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n"
    )
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", f"/CN={name} Root")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name} Time")
    openssl(
        folder,
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-extfile",
        "ext",
        "-out",
        "tsa.pem",
    )
    return folder


def answer(folder: Path, text: str) -> bytes:
    (folder / "q.tsq").write_bytes(timestamp_request(text))
    openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "q.tsq", "-out", "r.tsr")
    return (folder / "r.tsr").read_bytes()


@pytest.fixture(scope="module")
def harrow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authority whose tokens are checked."""
    return authority(tmp_path_factory.mktemp("authorities") / "harrow", "Harrow")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another authority."""
    return authority(tmp_path_factory.mktemp("authorities") / "other", "Other")


def test_a_request_holds_the_hash_of_the_text_and_nothing_of_it(harrow: Path) -> None:
    request = timestamp_request(TEXT)
    assert TEXT.encode()[:10] not in request
    (harrow / "shown.tsq").write_bytes(request)
    shown = subprocess.run(
        ["openssl", "ts", "-query", "-in", "shown.tsq", "-text"], cwd=harrow, check=True, capture_output=True, text=True
    ).stdout
    assert "sha256" in shown


def test_a_token_of_the_authority_over_the_text_holds(harrow: Path) -> None:
    token = answer(harrow, TEXT)
    stamp = check_token(token, TEXT, (harrow / "ca.pem").read_bytes())
    assert stamp == read_token(token, TEXT)
    assert stamp.authority == "CN=Harrow Time"
    assert stamp.at.endswith("Z")


def test_a_token_over_another_text_fails_even_where_no_authority_is_named(harrow: Path) -> None:
    token = answer(harrow, TEXT)
    with pytest.raises(CustodyError, match="something else"):
        read_token(token, TEXT + "x")
    with pytest.raises(CustodyError, match="something else"):
        check_token(token, TEXT + "x", (harrow / "ca.pem").read_bytes())


def test_a_token_of_another_authority_fails(harrow: Path, other: Path) -> None:
    with pytest.raises(CustodyError, match="not signed by that authority"):
        check_token(answer(other, TEXT), TEXT, (harrow / "ca.pem").read_bytes())


def test_a_token_that_was_altered_never_says_another_time_or_hash(harrow: Path) -> None:
    token, root = answer(harrow, TEXT), (harrow / "ca.pem").read_bytes()
    good = check_token(token, TEXT, root)
    for position in range(len(token)):
        spoiled = token[:position] + bytes([token[position] ^ 1]) + token[position + 1 :]
        try:
            stamp = check_token(spoiled, TEXT, root)
        except CustodyError:
            continue
        assert stamp == good, position  # what is outside the signature, such as how an algorithm's absent parameters are spelt


def test_what_is_no_answer_or_no_certificate_is_said_to_be_none(harrow: Path) -> None:
    with pytest.raises(CustodyError, match="not the answer"):
        read_token(b"nothing of the kind", TEXT)
    with pytest.raises(UsageError, match="PEM"):
        check_token(answer(harrow, TEXT), TEXT, b"nothing of the kind")
    with pytest.raises(UsageError, match="root certificate"):
        check_token(answer(harrow, TEXT), TEXT, (harrow / "tsa.pem").read_bytes())
