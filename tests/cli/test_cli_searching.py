"""`search` on a terminal, in a pipe and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark import errors
from witnessmark.case.case import open_case
from witnessmark.case.intake import Given, add
from witnessmark.cli.main import verbs
from witnessmark.cli.screen import columns


def run(*arguments: str | Path, color: str = "never", code: int = 0) -> str:
    done = CliRunner().invoke(verbs, ["--color", color, "search", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done.output


def test_a_pipe_shows_what_was_found_between_asterisks(case: Path) -> None:
    shown = run(case, "killed", "korrin")
    assert "*killed*" in shown
    assert "*Korrin*" in shown
    assert "\x1b" not in shown
    assert shown.splitlines()[0].endswith("best first.")


def test_colours_light_what_was_found_and_leave_the_words_alone(case: Path) -> None:
    shown = run(case, "killed", color="always")
    assert "\x1b[33m\x1b[1mkilled\x1b[0m" in shown
    assert "*killed*" not in shown


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal(case: Path, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for asked in (["korrin"], ["--stance", "denies"], ["Korin"], ["brecht", "--fuzzy", "--limit", "2"]):
        for line in run(case, *asked).splitlines():
            assert columns(line) <= width, line


def test_json_says_how_many_of_what_and_where(case: Path) -> None:
    found = json.loads(run(case, "killed", "--json"))
    assert found["searched"] == "killed"
    assert {hit["kind"] for hit in found["hits"]} == {"claim", "document"}
    assert found["totals"]["claims"] == sum(hit["kind"] == "claim" for hit in found["hits"])
    lit = [span for hit in found["hits"] for passage in hit["passages"] for span in passage["lit"]]
    assert {span["text"] for span in lit} == {"killed"}
    assert {facet["value"] for facet in found["facets"]["stance"]} >= {"asserts"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["killed", "OR"], "at the arrow"),
        ([], "Say what to search for"),
        (["x", "--act", "murder"], "is no act"),
        (["x", "--page", "7"], "no page 7"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_with_the_code_of_a_usage_error(case: Path, asked: Sequence[str], said: str) -> None:
    shown = run(case, *asked, code=errors.UsageError.exit_code)
    assert said in shown
    assert "Traceback" not in shown


def test_nothing_found_is_no_error_and_says_what_is_spelt_like_it(case: Path) -> None:
    shown = run(case, "Korin")
    assert "0 claims and 0 documents." in shown
    assert "Did you mean: korrin" in shown
    assert "Searched besides korin: korrin." in run(case, "Korin", "--fuzzy")


def test_what_was_not_read_is_said_with_the_command_that_reads_it(case: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("The ferry left at noon.", encoding="utf-8")
    assert "not read yet" not in run(case, "ferry")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "note.txt"], Given())
    shown = " ".join(run(case, "ferry").split())
    assert f"1 item not read yet, so not searched: witnessmark read {case}" in shown
    assert json.loads(run(case, "ferry", "--json"))["unread"] == 1
