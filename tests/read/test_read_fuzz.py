"""A few hundred broken files of every kind; the twenty thousand are run by `bench/fuzz/run.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from bench.fuzz import run as fuzzing
from bench.fuzz.run import Made, WatchedChild, broken_files, fuzz
from bench.fuzz.seeds import seeds
from tests.read.read_originals import BARE, request_for

from witnessmark.engines.child import ChildError
from witnessmark.engines.limits import Limits
from witnessmark.model.document import Failure
from witnessmark.read import run, stage
from witnessmark.read.request import Outcome

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


def one_text() -> Iterator[Made]:
    return (made for made in broken_files(7, 0, 60) if made.name == "plain.txt")


def break_the_decoder(patch: pytest.MonkeyPatch, decoder: str, *, patient: bool = False) -> None:
    class Broken(WatchedChild):
        def __init__(self, _: str, limits: Limits, *, within: Path | None = None) -> None:
            super().__init__(f"broken_decoders:{decoder}", limits, modules=(str(Path(__file__).parent),), within=within)

        @contextmanager
        def _deadline(self, seconds: float) -> Iterator[None]:
            with super()._deadline(60 if patient else seconds):
                yield

    patch.setattr(fuzzing, "WatchedChild", Broken)


def test_an_answer_about_another_item_or_beyond_its_text_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    break_the_decoder(monkeypatch, "beyond_the_text")
    assert any("an anchor lies outside the text" in told for told in fuzz(one_text(), BARE, workers=1).wrong)
    break_the_decoder(monkeypatch, "of_another")
    assert fuzz(one_text(), BARE, workers=1).wrong == [], "the stage itself turns such an answer down"
    monkeypatch.setattr(stage, "_outcome", lambda _, answer: msgspec.msgpack.decode(answer, type=Outcome).reading)
    assert any("about another item" in told for told in fuzz(one_text(), BARE, workers=1).wrong)


def test_a_parent_that_waits_past_the_limit_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    break_the_decoder(monkeypatch, "slow", patient=True)
    monkeypatch.setattr(fuzzing, "_GRACE", 1.0)
    monkeypatch.setattr(stage, "LIMITS", msgspec.structs.replace(stage.LIMITS, wall_seconds=1.0))
    assert any("past its limit" in told for told in fuzz(one_text(), BARE, workers=1).wrong)


def test_a_stage_that_lets_the_death_of_a_decoder_through_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def lets_through(_: object, error: ChildError) -> str:
        raise error

    break_the_decoder(monkeypatch, "dead")
    report = fuzz(one_text(), BARE, workers=1)
    assert (set(report.outcomes), report.wrong) == ({"failure: the child died"}, [])
    monkeypatch.setattr(stage, "_reason", lets_through)
    with pytest.raises(ChildError):
        fuzz(one_text(), BARE, workers=1)


@pytest.mark.parametrize("path", FINDINGS, ids=[path.name for path in FINDINGS])
def test_what_the_fuzzer_once_found_ends_in_a_reading_or_in_words(path: Path) -> None:
    (result,) = run([request_for(path)], BARE, workers=1)
    if isinstance(result, Failure):
        assert "Error" not in result.reason.split(" (")[0]
        assert not result.reason.startswith("The file could not be read as")
