"""Files that a passphrase opens: age's own library opens ours and we open its, and every altered byte is noticed."""

from __future__ import annotations

import pyrage
import pytest

from witnessmark.protect.passphrase import DamagedError, WrongPassphraseError, open_with, seal_with

PASSWORD, CONTENT = "correct horse battery", b'{"identity":"..."}'


def test_what_we_seal_opens_with_the_age_library() -> None:
    assert pyrage.passphrase.decrypt(seal_with(PASSWORD, CONTENT, log_n=4), PASSWORD) == CONTENT


def test_what_the_age_library_seals_opens_here() -> None:
    assert open_with(PASSWORD, pyrage.passphrase.encrypt(CONTENT, PASSWORD)) == CONTENT


def test_another_passphrase_is_called_wrong_and_not_damage() -> None:
    with pytest.raises(WrongPassphraseError):
        open_with("another", seal_with(PASSWORD, CONTENT, log_n=4))


def test_every_altered_byte_and_every_cut_keeps_the_file_from_opening() -> None:
    sealed = seal_with(PASSWORD, CONTENT, log_n=4)
    for at in range(len(sealed)):
        for altered in (*(sealed[:at] + bytes([sealed[at] ^ bit]) + sealed[at + 1 :] for bit in (1, 2, 4, 8, 16, 32)), sealed[:at]):
            with pytest.raises((DamagedError, WrongPassphraseError)):
                open_with(PASSWORD, altered)


def test_bits_of_the_header_that_say_nothing_cannot_be_altered_unseen() -> None:
    sealed = seal_with(PASSWORD, CONTENT, log_n=4)
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = sealed.index(b"\n", sealed.index(b"\n---") + 1) - 1
    place = digits.index(sealed[last : last + 1])
    other = digits[place ^ 1 : (place ^ 1) + 1]
    with pytest.raises(DamagedError):
        open_with(PASSWORD, sealed[:last] + other + sealed[last + 1 :])


def test_the_same_content_never_looks_the_same_twice() -> None:
    assert seal_with(PASSWORD, CONTENT, log_n=4) != seal_with(PASSWORD, CONTENT, log_n=4)
