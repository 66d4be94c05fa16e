"""The self-assessment counts what is there, names what is missing with a command, and never says that it knows what it does not."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.assessed import Property
from witnessmark.case.assessing import Assessment, assess
from witnessmark.case.case import create_case, open_case
from witnessmark.case.checkpointing import signed_checkpoint
from witnessmark.case.deciding import decide
from witnessmark.case.handing_over import Asked, hand_over
from witnessmark.case.intake import Given, add
from witnessmark.case.locking import lock_case
from witnessmark.case.private_place import is_in_memory
from witnessmark.case.recovery import drill, split
from witnessmark.case.sealed_keys import KEY_FILE, make_key_file
from witnessmark.cli.main import verbs

SHM = Path("/dev/shm")  # noqa: S108 -- the system's tmpfs
ROOT = Path(__file__).parents[2]
SIX = ["authenticity", "availability", "identity", "persistence", "renderability", "understandability"]


def of(assessment: Assessment, name: str) -> Property:
    return next(judged for judged in assessment.properties if judged.name == name)


def said(property_: Property) -> str:
    return " ".join([*property_.supports, *(gap.what for gap in property_.missing), *(gap.what for gap in property_.not_known)])


def test_all_six_properties_are_assessed_in_the_order_of_the_protocol(case: Path) -> None:
    assert [judged.name for judged in assess(case).properties] == SIX


def test_an_altered_original_is_missing_from_authenticity_availability_and_persistence(case: Path) -> None:
    before = assess(case)
    assert "3 of 3 originals" in of(before, "authenticity").supports[0]
    assert "altered" not in said(of(before, "authenticity")) + said(of(before, "availability"))
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


def test_checkpoints_are_counted_with_what_came_after_and_copies_outside_are_not_known(case: Path) -> None:
    assert "No checkpoint was ever made" in said(of(assess(case), "authenticity"))
    with open_case(case, write="test") as opened:
        signed_checkpoint(opened)
    after = of(assess(case), "authenticity")
    assert any(sentence.startswith("Signed checkpoints") and sentence.endswith(": 1.") for sentence in after.supports)
    assert not any("checkpoint" in gap.what for gap in after.missing)
    assert any("cosigned or timestamped" in gap.what for gap in after.not_known)
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "sensitivity", "graphic", why="a test")
        decide(opened, "I2", "sensitivity", "ordinary", why="a test")
    assert "Log entries since the last checkpoint: 2." in said(of(assess(case), "authenticity"))


def test_a_second_digest_is_counted_where_it_is_on_record(case: Path, tmp_path: Path) -> None:
    assert "BLAKE3" not in said(of(assess(case), "authenticity"))
    (tmp_path / "more.txt").write_text("more")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "more.txt"], Given(), blake3=True)
    assert "Originals with a BLAKE3 on record beside their SHA-256: 1." in of(assess(case), "authenticity").supports


def test_items_bound_by_consent_and_lacking_it_are_named_until_it_is_given(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "bound_by_consent", "yes", why="an account")
    (lacking,) = [gap for gap in of(assess(case), "availability").missing if "none to store" in gap.what]
    assert lacking.items == ("I1",)
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "consent", "store", why="form 7")
    after = of(assess(case), "availability")
    assert "I1" not in {item for gap in after.missing for item in gap.items}
    assert any(sentence.startswith("Of 1 items bound by consent") for sentence in after.supports)


def test_a_hand_over_is_counted_and_lacks_its_receipt(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "release", "released", why="a test")
        hand_over(opened, Asked("Commission"), tmp_path / "out")
    after = of(assess(case), "availability")
    assert any(sentence.startswith("Hand-overs on record") and sentence.endswith(": 1.") for sentence in after.supports)
    assert any("no receipt" in gap.what for gap in after.missing)


@pytest.mark.skipif(not (SHM.is_dir() and is_in_memory(SHM)), reason="no folder in memory here")
def test_an_encrypted_case_says_who_opens_it_and_whether_its_shares_were_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="witnessmark-test-", dir=SHM) as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        root = tmp_path / "case"
        create_case(root, openers=[(KEY_FILE, make_key_file(tmp_path / "stick.key", root))])
        first = assess(root)
        assert "It lies encrypted" in said(of(first, "availability"))
        assert "lose that, and the case is lost" in said(of(first, "persistence"))
        shares = split(root, tmp_path / "shares", shares=3, threshold=2)
        assert "nobody tried that they open it: recovery-1" in said(of(assess(root), "persistence"))
        drill(root, shares[:2])
        assert "The shares of recovery-1 were held together and opened it" in said(of(assess(root), "persistence"))
        lock_case(root)


def test_a_plain_case_is_said_to_be_open_to_whoever_has_the_folder(case: Path) -> None:
    assert "not encrypted" in said(of(assess(case), "availability"))


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
