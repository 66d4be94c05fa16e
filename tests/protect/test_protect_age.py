"""Files and small things sealed with age: they come back as they were, in streams of every size, and an error at either end comes out."""

from __future__ import annotations

import io
from typing import IO

import pytest

from witnessmark.errors import CustodyError, UsageError
from witnessmark.preserve.opened import opened
from witnessmark.protect.age import Age, encrypt_to, new_identity, recipient_of, sealed_to

MIB = 1024 * 1024


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, MIB - 1, MIB, MIB + 1, 3 * MIB + 12345])
def test_an_original_of_any_size_comes_back_from_a_stream(size: int) -> None:
    age, content, sealed = Age(new_identity()), bytes(range(256)) * (size // 256) + bytes(size % 256), io.BytesIO()
    age.encrypt(io.BytesIO(content), sealed)
    assert content[:4096] not in sealed.getvalue() or len(content) < 64
    assert opened(age, io.BytesIO(sealed.getvalue())).read() == content


def test_a_stream_that_is_left_half_read_closes_what_it_reads() -> None:
    age, sealed = Age(new_identity()), io.BytesIO()
    age.encrypt(io.BytesIO(bytes(8 * MIB)), sealed)
    stored = io.BytesIO(sealed.getvalue())
    with opened(age, stored) as clear:
        assert clear.read(10) == bytes(10)
    assert stored.closed


@pytest.mark.parametrize("at", [5, 150, 70_000, 2 * MIB])
def test_altered_and_cut_bytes_are_noticed_while_reading(at: int) -> None:
    age, sealed = Age(new_identity()), io.BytesIO()
    age.encrypt(io.BytesIO(bytes(2 * MIB)), sealed)
    whole = sealed.getvalue()
    for altered in (whole[:at] + bytes([whole[at] ^ 8]) + whole[at + 1 :], whole[:at]):
        with pytest.raises(CustodyError, match="altered, or encrypted to another key"):
            opened(age, io.BytesIO(altered)).read()


class Breaking(io.BytesIO):
    """A source that cannot be read to its end."""

    def read(self, size: int | None = -1, /) -> bytes:  # noqa: D102 -- as in io
        if self.tell() > MIB:
            raise OSError(5, "Input/output error")
        return super().read(size)


class Full(io.BytesIO):
    """A target on a full disk."""

    def write(self, block: object, /) -> int:  # noqa: ARG002, D102 -- as in io
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("source", "target"), [(Breaking(bytes(4 * MIB)), io.BytesIO()), (io.BytesIO(bytes(4 * MIB)), Full())])
def test_an_error_at_either_end_of_a_large_file_comes_out_as_it_was(source: IO[bytes], target: IO[bytes]) -> None:
    with pytest.raises(OSError, match=r"Input/output|No space left"):
        Age(new_identity()).encrypt(source, target)


def test_a_public_key_seals_what_its_owner_opens() -> None:
    identity, sealed = new_identity(), io.BytesIO()
    encrypt_to(recipient_of(identity), io.BytesIO(b"from the field"), sealed)
    assert (
        Age(identity).open(sealed.getvalue())
        == Age(identity).open(sealed_to(recipient_of(identity), b"from the field"))
        == b"from the field"
    )
    with pytest.raises(CustodyError):
        Age(new_identity()).open(sealed.getvalue())


def test_what_is_no_identity_or_recipient_is_refused() -> None:
    with pytest.raises(UsageError, match="no age identity"):
        Age("AGE-SECRET-KEY-1NOT")
    with pytest.raises(UsageError, match="no age recipient"):
        sealed_to("age1not", b"")
