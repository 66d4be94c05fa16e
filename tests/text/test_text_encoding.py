from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.text.encoding import NotTextError, decode_text

ARABIC = "أعلنت وزارة الدفاع أن القوات لم تدخل المدينة، وقال المتحدث إن التحقيق بدأ يوم الأحد. " * 3
readable = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff")).map(lambda text: text + "\r\n\tend")


@given(readable)
def test_utf8_comes_back_character_for_character(text: str) -> None:
    assert decode_text(text.encode()) == (text, ())


@given(readable, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_is_obeyed_and_left_out(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == (text, ())


def test_line_ends_stay_as_they_are() -> None:
    assert decode_text(b"one\r\ntwo\nthree\rfour")[0] == "one\r\ntwo\nthree\rfour"


def test_utf16_without_a_mark_is_recognised() -> None:
    text = "The ministry said nothing – for a week."
    assert decode_text(text.encode("utf-16-le"))[0] == text
    assert decode_text(text.encode("utf-16-be"))[0] == text


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1256", ARABIC, "windows-1256"),
        ("cp1251", "Министерство обороны заявило, что войска не входили в город. Погибли 13 человек.", "windows-1251"),
        ("cp1252", "El ejército lo negó ayer; la policía mató a trece personas, según los vecinos del barrio de Álamos.", "windows-1252"),
    ],
)
def test_an_old_encoding_is_guessed_and_the_guess_is_stated(encoding: str, text: str, name: str) -> None:
    decoded, problems = decode_text(text.encode(encoding))
    assert decoded == text
    assert any(f"guessed as {name}" in problem for problem in problems)


def test_a_declared_encoding_is_used_without_a_guess() -> None:
    assert decode_text(ARABIC.encode("cp1256"), "windows-1256") == (ARABIC, ())


def test_a_declared_encoding_that_does_not_exist_is_no_end() -> None:
    assert decode_text(ARABIC.encode("cp1256"), "x-no-such-thing")[0] == ARABIC


def test_japanese_mail_in_seven_bits_is_not_taken_for_ascii() -> None:
    text = "東京で会議があった。"
    assert decode_text(text.encode("iso-2022-jp"), "iso-2022-jp") == (text, ())


def test_a_few_broken_bytes_are_shown_and_counted() -> None:
    text, problems = decode_text(ARABIC.encode() + b"\xd8")
    assert text == ARABIC + "\ufffd"
    assert problems == ("In 1 places the bytes are not valid UTF-8; they are shown as \ufffd.",)


@pytest.mark.parametrize("data", [b"text\x00text", os.urandom(5000), bytes(range(1, 32)) * 20], ids=["zero byte", "noise", "control bytes"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode_text(data)
