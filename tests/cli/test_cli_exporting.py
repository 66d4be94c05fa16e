"""`export` names every format it writes, refuses what does not go with one, and says what stayed."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from witnessmark.case.exporting import FORMATS
from witnessmark.case.exporting_derived import TRACKED
from witnessmark.case.exporting_facts import FORMS as MADE
from witnessmark.cli.handing_over import FORMS, LINES, PACKAGES, export
from witnessmark.cli.main import verbs


def test_the_help_names_every_format_that_the_case_can_write() -> None:
    assert tuple(MADE) == FORMS
    assert (*FORMATS, *TRACKED) == LINES
    told = CliRunner().invoke(verbs, ["export", "--help"]).output
    assert not [name for name in (*PACKAGES, *LINES, *FORMS) if name not in told]


def test_what_is_for_hand_overs_alone_does_not_go_with_facts(tmp_path: Path) -> None:
    done = CliRunner().invoke(export, [str(tmp_path), "--to", "csv", str(tmp_path / "out"), "--encrypt-to", "age1x"])
    assert done.exit_code != 0
    assert "--encrypt-to does not go with --to csv" in done.output


def test_a_reason_goes_with_letting_out_what_is_sealed_and_with_nothing_else(tmp_path: Path) -> None:
    for extra in (["--why", "asked for"], ["--include-sealed"]):
        done = CliRunner().invoke(export, [str(tmp_path), "--to", "geojson", str(tmp_path / "out"), *extra])
        assert "give --include-sealed and --why TEXT together" in done.output
        assert not (tmp_path / "out").exists()
