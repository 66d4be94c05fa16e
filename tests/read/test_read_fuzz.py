"""A few hundred broken files of every kind; the twenty thousand are run by `bench/fuzz/run.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.fuzz.run import broken_files, fuzz
from bench.fuzz.seeds import seeds
from tests.read.read_originals import BARE, request_for

from witnessmark.model.document import Failure
from witnessmark.read import run

FINDINGS = sorted((Path(__file__).parent / "findings").iterdir())
INPUTS = 320


def test_broken_files_of_every_kind_each_have_one_outcome_and_harm_nothing() -> None:
    report = fuzz(broken_files(7, 0, INPUTS), BARE, workers=2)
    assert report.wrong == []
    assert report.unforeseen == {}
    assert report.inputs == sum(report.outcomes.values()) == INPUTS
    assert {"read", "read, with a problem in words", "failure: foreseen, in words"} <= set(report.outcomes)


def test_an_input_is_made_again_from_its_seed_and_number() -> None:
    (alone,) = broken_files(7, 11, 1)
    assert [made for made in broken_files(7, 0, 12) if made.number == 11] == [alone]
    assert [made.content for made in broken_files(8, 11, 1)] != [alone.content]


def test_the_files_that_are_broken_are_valid_to_begin_with(tmp_path: Path) -> None:
    no_reader = {"drawing.svg", "feed.xml", "letter.rtf", "old.doc"}
    refused = {"locked.pdf", "picture.pdf", "photo.heic", "phone.heic", *no_reader}
    for name, content in seeds().items():
        (tmp_path / name).write_bytes(content)
    names = sorted(seeds())
    results = run([request_for(tmp_path / name) for name in names], BARE, workers=2)
    failed = {name for name, result in zip(names, results, strict=True) if isinstance(result, Failure)}
    assert failed <= refused


@pytest.mark.parametrize("path", FINDINGS, ids=[path.name for path in FINDINGS])
def test_what_the_fuzzer_once_found_ends_in_a_reading_or_in_words(path: Path) -> None:
    (result,) = run([request_for(path)], BARE, workers=1)
    if isinstance(result, Failure):
        assert "Error" not in result.reason.split(" (")[0]
        assert not result.reason.startswith("The file could not be read as")
