from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.case.case import open_case
from witnessmark.case.intake import Given
from witnessmark.case.pipeline import build
from witnessmark.case.viewing import view_case
from witnessmark.cli.screen import columns, lit_lines
from witnessmark.model.decision import Status
from witnessmark.model.view import ReadClaim

STATEMENT = "قال مُحَمَّد إنّ الجنود أحرقوا القرية في ٣ آذار ٢٠٣١.\n"


def review(case: Path, *options: str, keys: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "witnessmark", "review", str(case), "--as", "Ilse", *options]
    return subprocess.run(command, input=keys, capture_output=True, text=True, check=False, timeout=120)


def claims(case: Path) -> dict[str, ReadClaim]:
    with open_case(case) as opened:
        return {read.number: read for read in view_case(opened).claims}


def test_keys_judge_one_claim_after_another_and_the_screen_says_what_is_judged(case: Path) -> None:
    done = review(case, keys="y\nn it is the spokesman who says so\nh\nq\n")
    assert done.returncode == 0, done.stderr
    read = claims(case)
    assert [read[number].status for number in ("C1", "C2", "C3", "C4")] == [
        Status.ACCEPTED,
        Status.REJECTED,
        Status.UNSURE,
        Status.PROPOSED,
    ]
    assert read["C2"].decisions[0].why == "it is the spokesman who says so"
    assert "says nothing about whether it is true" in done.stdout
    assert "3 claims looked at" in done.stdout
    assert "C1" not in review(case, keys="q").stdout.splitlines()[1], "what was looked at is not shown again"


def test_what_was_decided_last_is_taken_back_and_shown_again(case: Path) -> None:
    done = review(case, keys="yyuq")
    assert (claims(case)["C1"].status, claims(case)["C2"].status) == (Status.ACCEPTED, Status.PROPOSED)
    assert "Took back status = accepted" in done.stdout
    assert "Nothing was decided in this sitting" in review(case, keys="uq").stdout


def test_editing_corrects_fields_and_says_what_did_not_fit(case: Path) -> None:
    done = review(case, keys="e\nstance\nmaybe\ndoubts\nwhere\n\n\nq\n")
    assert "stance cannot be 'maybe'" in done.stdout
    corrected = claims(case)["C1"]
    assert (corrected.claim.stance, corrected.status) == ("doubts", Status.ACCEPTED)
    assert corrected.as_read is not None
    assert corrected.as_read.stance == "asserts"
    assert "the program read: asserts" in review(case, "--status", "any", keys="q").stdout


def test_a_claim_is_added_from_a_selection_in_any_language(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/statement.txt").write_text(STATEMENT, encoding="utf-8")
    case = tmp_path / "case"
    build(tmp_path / "evidence", case, Given())
    done = review(
        case, "--item", "I1", keys="a\nI1\nان الجنود احرقوا القرية\nمحمد = Muhammad\nasserts\ndestruction\n\n\n٣ آذار ٢٠٣١\nالقرية\nq\n"
    )
    assert done.returncode == 0, done.stderr
    (added,) = claims(case).values()
    assert added.claim.quote == "إنّ الجنود أحرقوا القرية"
    assert added.claim.speaker is not None
    assert added.claim.speaker.mention is not None
    assert (added.claim.speaker.name, added.claim.speaker.mention.text) == ("Muhammad", "مُحَمَّد")
    assert added.claim.when is not None
    assert (added.claim.act, added.claim.when.earliest, added.status, added.reader) == (
        "destruction",
        "2031-03-03",
        Status.ACCEPTED,
        "by hand",
    )


def arabic_case(folder: Path) -> Path:
    (folder / "evidence").mkdir()
    (folder / "evidence/statement.txt").write_text(STATEMENT, encoding="utf-8")
    build(folder / "evidence", folder / "case", Given())
    return folder / "case"


def test_the_text_of_an_item_without_claims_is_shown_for_selecting_words(tmp_path: Path) -> None:
    shown = review(arabic_case(tmp_path), "--item", "I1", keys="q").stdout
    assert "قال مُحَمَّد" in shown
    assert "no claim is shown" in shown


def test_a_claim_begun_and_left_is_not_kept_and_one_taken_back_is_wholly_gone(tmp_path: Path) -> None:
    case = arabic_case(tmp_path)
    left = review(case, "--item", "I1", keys="a\n\nالجنود\nمحمد\n\x1b\nq\n")
    assert "nothing was recorded" in left.stdout
    assert claims(case) == {}
    taken_back = review(case, "--item", "I1", keys="a\n\nالجنود\nمحمد\nasserts\n\n\n\n\n\nuq\n")
    assert "Took back" in taken_back.stdout
    assert claims(case) == {}


def test_other_words_taken_back_bring_the_old_claim_back(case: Path) -> None:
    words = claims(case)["C1"].claim.quote.split()[0]
    done = review(case, keys=f"e\ncontent\n{words}\nuy\nq\n")
    assert done.returncode == 0, done.stderr
    read = claims(case)
    assert read["C1"].status is Status.ACCEPTED
    assert all(claim.reader != "by hand" for claim in read.values())


def test_an_item_that_is_not_there_is_refused_before_any_words_are_asked_for(case: Path) -> None:
    done = review(case, keys="a\nI99\nq\n")
    assert "There is no item I99" in done.stdout
    assert "Words of the claim" not in done.stdout


def test_what_was_said_already_is_not_recorded_again(case: Path) -> None:
    review(case, keys="ykyq")
    assert len(claims(case)["C1"].decisions) == 1


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (["--stance", "denies"], lambda claim: claim["claim"]["stance"] == "denies"),
        (["--act", "killing"], lambda claim: claim["claim"]["act"] == "killing"),
        (["--source", "brecht"], lambda claim: "Brecht" in claim["claim"]["speaker"]["name"]),
        (["--doubt", "place"], lambda claim: claim["claim"]["where"]["id"] is None),
        (["--doubt", "any"], lambda claim: claim["doubts"]),
        (["--item", "I3"], lambda claim: claim["item"] == "I3"),
    ],
)
def test_filters_show_what_fits_and_only_that(case: Path, options: list[str], fits: Callable[[Any], bool]) -> None:
    everything = json.loads(review(case, "--json").stdout)["claims"]
    found = json.loads(review(case, *options, "--json").stdout)["claims"]
    assert found
    assert all(fits(claim) for claim in found)
    if "--source" not in options:
        assert {claim["number"] for claim in found} == {claim["number"] for claim in everything if _fits(fits, claim)}


def _fits(fits: Callable[[Any], bool], claim: dict[str, Any]) -> bool:
    try:
        return bool(fits(claim))
    except TypeError:  # a field this claim does not have
        return False


def test_unsure_readings_can_be_asked_for_again(case: Path) -> None:
    review(case, keys="hjq")
    assert [claim["number"] for claim in json.loads(review(case, "--doubt", "unsure", "--json").stdout)["claims"]] == ["C1"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--item", "I99"], "There is no item I99"),
        (["--stance", "claims"], "--stance cannot be 'claims'"),
        (["--doubt", "everything"], "Choose one of: any, unsure, tie, speaker"),
        (["--source", "Nobody At All"], "No source in this case has 'Nobody At All' in its name"),
    ],
)
def test_a_filter_that_is_none_is_refused_with_the_way_on(case: Path, options: list[str], message: str) -> None:
    done = review(case, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_keys_that_mean_nothing_change_nothing(case: Path) -> None:
    log = (case / "ledger/analysis/log.jsonl").read_bytes()
    done = review(case, keys="x7\x00é?kj\x1b[Z")
    assert done.returncode == 0
    assert (case / "ledger/analysis/log.jsonl").read_bytes() == log


@given(st.text(max_size=200), st.integers(10, 60))
def test_a_text_on_a_terminal_loses_nothing_but_its_line_ends(text: str, width: int) -> None:
    plain = "".join(c if c.isprintable() or c.isspace() else "" for c in text if c not in "\t‌‍")
    lines = list(lit_lines(plain, 0, len(plain), (), width))
    assert sum(map(len, lines)) == sum(len(line) for line in plain.splitlines())
    assert all(columns(line) <= width or " " not in line.strip() for line in lines if line.isascii())
