"""A path in a hint can be typed as it stands."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from witnessmark.case.telling import typed
from witnessmark.case.upgrading import upgrade_case
from witnessmark.errors import CaseError


@pytest.mark.parametrize(
    ("path", "words"),
    [("case", "case"), ("-case", "./-case"), ("--as x", "./--as x"), ("a b", "a b"), ("-o'x", "./-o'x"), ("in/-x", "in/-x")],
)
def test_a_path_is_one_word_that_no_command_takes_for_an_option(path: str, words: str) -> None:
    assert shlex.split(typed(Path(path))) == [words]
    assert Path(words) == Path(path)


def test_a_hint_for_a_case_whose_name_begins_like_an_option_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CaseError, match=r"`witnessmark new \./-c`"):
        upgrade_case(Path("-c"))
