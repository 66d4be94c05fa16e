"""The self-assessment counts what is there, names what is missing with a command, and never says that it knows what it does not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.assessing import Assessment, Property, assess
from witnessmark.cli.main import verbs

ROOT = Path(__file__).parents[2]
SIX = ["authenticity", "availability", "identity", "persistence", "renderability", "understandability"]


def of(assessment: Assessment, name: str) -> Property:
    return next(judged for judged in assessment.properties if judged.name == name)


def test_all_six_properties_are_assessed_in_the_order_of_the_protocol(case: Path) -> None:
    assert [judged.name for judged in assess(case).properties] == SIX


def test_an_altered_original_is_missing_from_authenticity_availability_and_persistence(case: Path) -> None:
    before = assess(case)
    assert "3 of 3 originals" in of(before, "authenticity").supports[0]
    assert of(before, "authenticity").missing == of(before, "availability").missing == ()
    original = next(path for path in (case / "vault").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(original.read_bytes() + b"x")
    after = assess(case)
    assert "2 of 3 originals" in of(after, "authenticity").supports[0]
    assert any("altered" in gap.what for gap in of(after, "authenticity").missing)
    assert "2 of 3 originals" in of(after, "availability").supports[0]
    assert "2 of 3 originals" in of(after, "persistence").supports[0]


def test_what_could_not_be_read_is_named_with_its_reason_and_a_way_out(case: Path) -> None:
    (broken,) = [gap for gap in of(assess(case), "renderability").missing if gap.items]
    assert "damaged" in broken.what
    assert broken.next


def test_roll_back_backups_and_background_are_said_to_be_not_known(case: Path) -> None:
    assessment = assess(case)
    unknown = {name: " ".join(gap.what for gap in of(assessment, name).not_known) for name in SIX}
    assert "roll-back" in unknown["authenticity"]
    assert "backup" in unknown["availability"]
    assert "not known" in unknown["persistence"]
    assert unknown["understandability"]


def test_a_source_that_is_decided_closes_its_gap(case: Path) -> None:
    (gap,) = [gap for gap in of(assess(case), "identity").missing if "source" in gap.what]
    CliRunner().invoke(verbs, ["decide", str(case), gap.items[0], "source=Northern Wire", "--why", "on its face"])
    left = [gap.items for gap in of(assess(case), "identity").missing if "source" in gap.what]
    assert gap.items[0] not in (left[0] if left else ())


def test_every_command_that_is_named_exists(case: Path) -> None:
    gaps = [gap for judged in assess(case).properties for gap in (*judged.missing, *judged.not_known)]
    named = {word for gap in gaps for word in re.findall(r"witnessmark (\w+) ", gap.next or "")}
    assert {"backup", "decide"} <= named <= set(verbs.commands)


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_score_is_given(case: Path, arguments: list[str]) -> None:
    done = CliRunner().invoke(verbs, ["assess", str(case), *arguments])
    assert done.exit_code == 0, done.output
    assert not re.search(r"\d ?%|\d out of", done.stdout)
    if arguments:
        assert [judged["name"] for judged in json.loads(done.stdout)["properties"]] == SIX


def test_the_page_on_the_protocol_names_verbs_and_tests_that_exist() -> None:
    page = (ROOT / "docs" / "reference" / "berkeley.md").read_text(encoding="utf-8")
    rows = [row for row in page.splitlines() if row.startswith("| ") and row.split("|")[1].strip() in SIX]
    assert [row.split("|")[1].strip() for row in rows] == SIX
    for row in rows:
        tests = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert tests
        assert all((ROOT / test).is_file() for test in tests), row
        assert set(re.findall(r"`witnessmark (\w+)", row)) <= set(verbs.commands)
