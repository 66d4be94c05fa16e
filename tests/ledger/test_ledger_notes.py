from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.errors import CustodyError, UsageError
from witnessmark.ledger.checkpoint import Checkpoint, parse_checkpoint
from witnessmark.ledger.notes import Kind, SigningKey, new_key, parse_note, parse_private, parse_verifier, signed_at
from witnessmark.model.entry import Stream
from witnessmark.model.view import LogHead

# The example of Go's golang.org/x/mod/sumdb/note, which the form comes from.
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""

KEY = new_key("witnessmark.invalid/0011223344556677")
COSIGNER = new_key("w-0123456789abcdef")
UNSIGNED = Checkpoint(KEY.name, LogHead(Stream.CUSTODY, 12, "a1" * 32), LogHead(Stream.ANALYSIS, 34, "b2" * 32), "2026-11-29T08:00:00Z")
SIGNED = UNSIGNED.with_signature(KEY.sign(UNSIGNED.text)).with_signature(COSIGNER.cosign(UNSIGNED.text, 1_795_939_200))


def holds(content: bytes) -> bool:
    """Whether both signatures are there and hold."""
    try:
        checkpoint = parse_checkpoint(content)
    except CustodyError:
        return False
    keys = (KEY.verifier(Kind.NOTE), COSIGNER.verifier(Kind.COSIGNATURE))
    return all(any(key.verifies(checkpoint.text, signature) for signature in checkpoint.signatures) for key in keys)


def test_keys_and_signatures_are_those_of_the_implementation_the_form_comes_from() -> None:
    key = parse_private(GO_PRIVATE)
    assert key.line == GO_PRIVATE
    assert key.verifier(Kind.NOTE) == parse_verifier(GO_VERIFIER)
    assert key.verifier(Kind.NOTE).line == GO_VERIFIER
    note = parse_note(GO_NOTE.encode())
    assert note.form == GO_NOTE
    assert note.signatures == (key.sign(note.text),)
    assert key.verifier(Kind.NOTE).verifies(note.text, note.signatures[0])


def test_a_checkpoint_has_the_lines_of_the_specification_and_comes_back_as_it_was() -> None:
    lines = SIGNED.form.split("\n")
    assert lines[:2] == [KEY.name, "12"]
    assert base64.b64decode(lines[2]) == bytes.fromhex("a1" * 32)
    assert lines[3] == f"analysis 34 {base64.b64encode(bytes.fromhex('b2' * 32)).decode()}"
    assert lines[5] == ""
    assert [line[:2] for line in lines[6:8]] == ["— ", "— "]
    assert parse_checkpoint(SIGNED.form.encode()) == SIGNED


def test_a_cosignature_is_over_time_and_text_and_can_be_checked_without_this_program() -> None:
    signature = SIGNED.signatures[1]
    public = COSIGNER.verifier(Kind.COSIGNATURE).public
    assert signature.key_id == hashlib.sha256(COSIGNER.name.encode() + b"\n\x04" + public).digest()[:4]
    message = f"cosignature/v1\ntime {signed_at(signature)}\n{SIGNED.text}".encode()
    Ed25519PublicKey.from_public_bytes(public).verify(signature.value[8:], message)
    assert signed_at(signature) == 1_795_939_200


def test_any_flipped_bit_of_a_checkpoint_breaks_it() -> None:
    good = SIGNED.form.encode()
    assert holds(good)
    for position in range(len(good)):
        for bit in range(8):
            assert not holds(good[:position] + bytes([good[position] ^ 1 << bit]) + good[position + 1 :]), (position, bit)


@given(st.data())
def test_a_checkpoint_with_something_cut_put_in_or_moved_does_not_hold(data: st.DataObject) -> None:
    good = SIGNED.form.encode()
    start = data.draw(st.integers(0, len(good) - 1))
    end = data.draw(st.integers(start + 1, len(good)))
    put_in = data.draw(st.binary(max_size=40) | st.sampled_from([b"\n", b"\n\n", b" ", good[start:end] * 2]))
    spoiled = good[:start] + put_in + good[end:]
    assert spoiled == good or not holds(spoiled)


def test_a_signature_of_one_head_cannot_be_moved_to_another_checkpoint() -> None:
    other = Checkpoint(UNSIGNED.origin, LogHead(Stream.CUSTODY, 11, "a1" * 32), UNSIGNED.analysis, UNSIGNED.at, SIGNED.signatures)
    assert not holds(other.form.encode())


def test_a_key_copied_wrongly_is_named_as_that() -> None:
    with pytest.raises(UsageError, match="copied wrongly"):
        parse_verifier(GO_VERIFIER.replace("Rpc", "Rpd"))
    with pytest.raises(UsageError, match="not a verifier key"):
        parse_verifier("somebody's key")


def test_an_error_about_a_private_key_never_shows_it() -> None:
    for broken in (GO_PRIVATE[:-2], GO_PRIVATE.replace("c74f20a3", "c74f20a4"), "PRIVATE+KEY+x"):
        with pytest.raises(UsageError) as caught:
            parse_private(broken)
        assert "AYEKFALV" not in str(caught.value)


def test_private_keys_are_drawn_and_come_back_from_their_line() -> None:
    drawn = {new_key("w-1").private for _ in range(20)}
    assert len(drawn) == 20
    for private in drawn:
        assert parse_private(SigningKey("w-1", private).line) == SigningKey("w-1", private)
