"""Exporting claims and incidents as lines: what is sealed, withheld or lacks consent stays, and is said to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import handed_over as given
import pytest
from handed_over import CANARIES, number_of

from witnessmark.case import exporting
from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide
from witnessmark.case.exporting import Exported, export
from witnessmark.case.exporting_facts import FORMS
from witnessmark.case.leaving import select_readings
from witnessmark.case.persons import add_person
from witnessmark.case.sealing import seal
from witnessmark.case.verifying import verify_case
from witnessmark.errors import ProtectionError
from witnessmark.model.consent import Consent, Purpose, consent_value
from witnessmark.model.decision import Decision
from witnessmark.model.deed import DecisionMade
from witnessmark.model.handover import Rule
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return given.make_case(tmp_path_factory.mktemp("exporting"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "case"
    shutil.copytree(made, copy)
    return copy


def exported(case: Path, out: Path, kind: str = "claims-jsonl", *, recipient: str = "", sealed: str | None = None) -> Exported:
    with open_case(case, write="test" if sealed else None) as opened:
        return export(opened, kind, out, recipient=recipient, sealed=sealed)


def files_in(out: Path) -> set[str]:
    return {json.loads(line)["file"] for line in out.read_text(encoding="utf-8").splitlines()}


def test_lines_hold_nothing_read_in_what_is_withheld_or_sealed_and_it_is_said(case: Path, tmp_path: Path) -> None:
    done = exported(case, tmp_path / "claims")
    assert files_in(tmp_path / "claims") == {"briefing.txt"}
    assert done.left_out > 0
    assert {rule: len(numbers) for rule, numbers in done.held_back.items()} == {Rule.SEALED: 2, Rule.WITHHELD: 1}
    incidents = exported(case, tmp_path / "incidents", "incidents-jsonl")
    assert incidents.held_back == done.held_back
    for name in ("claims", "incidents"):
        assert not [canary for canary in CANARIES if canary.encode() in (tmp_path / name).read_bytes()]


def test_what_nobody_decided_leaves_as_lines_unless_somebody_called_it_sensitive(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, number_of(opened, "zimtvogel-denial.txt"), "release", "released", why="published")
        decide(opened, number_of(opened, "briefing.txt"), "protection", "sensitive", why="the envoy's notes")
        decide(opened, number_of(opened, "briefing.txt"), "consent", "store,share", why="form 6")
    exported(case, tmp_path / "claims")
    assert files_in(tmp_path / "claims") == {"briefing.txt", "zimtvogel-denial.txt"}
    with open_case(case, write="test") as opened:
        decide(opened, number_of(opened, "briefing.txt"), "release", "withheld", why="not yet")
    exported(case, tmp_path / "fewer")
    assert "briefing.txt" not in files_in(tmp_path / "fewer")


@pytest.mark.parametrize("kind", ["claims-jsonl", "incidents-jsonl"])
def test_what_lacks_consent_leaves_as_no_line_whatever_reason_is_given(case: Path, tmp_path: Path, kind: str) -> None:
    before = exported(case, tmp_path / "before", kind)
    with open_case(case, write="test") as opened:
        decide(opened, number_of(opened, "briefing.txt"), "consent", "store,publish", why="form 4")
    for sealed in (None, "asked for"):
        done = exported(case, tmp_path / f"after-{sealed}", kind, sealed=sealed)
        assert Rule.NO_CONSENT in done.held_back
        assert b"Korrin prison killed at least 40" not in (tmp_path / f"after-{sealed}").read_bytes()
    assert before.lines > 0


def test_a_giver_who_named_bodies_is_asked_for_each(case: Path, tmp_path: Path) -> None:
    with open_case(case, write="test") as opened:
        with opened.asking() as connection:
            item = str(queries.subject_of(connection, number_of(opened, "briefing.txt")))
        agreed = consent_value(Consent((Purpose.SHARE,), shared_with=("Some Court",)))
        opened.record([DecisionMade(Decision("d-1", item, "consent", agreed, "form 5", opened.actor, "2031-06-01T08:00:00Z"))])
    exported(case, tmp_path / "nobody")
    exported(case, tmp_path / "another", recipient="Another Court")
    exported(case, tmp_path / "court", recipient="Some Court")
    assert files_in(tmp_path / "nobody") == files_in(tmp_path / "another") == set()
    assert files_in(tmp_path / "court") == {"briefing.txt"}


def test_what_is_withheld_leaves_by_decision_which_is_recorded(case: Path, tmp_path: Path) -> None:
    exported(case, tmp_path / "claims", sealed="the court ordered it")
    assert "zimtvogel-denial.txt" in files_in(tmp_path / "claims")
    log = (case / "ledger/custody/log.jsonl").read_bytes().splitlines()
    assert b"lines.exported" in log[-1]
    assert b"the court ordered it" in b"".join(path.read_bytes() for path in (case / "records/custody").iterdir())
    rebuild_case(case)
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


@pytest.mark.parametrize("kind", ["claims-jsonl", "csv"])
@pytest.mark.parametrize("planted", ["name", "hash", "file name"])
def test_what_stays_behind_stops_an_export_before_anything_is_written(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, planted: str
) -> None:
    """As a fault in what covers and leaves out would let it through."""
    with open_case(case, write="test") as opened:
        seal(opened, add_person(opened, "Oren Tessaly").number, ["Tessaly"], why="in danger")
        kept = next(held for held, _ in select_readings(opened, "", include_sealed=False).held_back)
        words = {"name": "so Tessalyan a man", "hash": kept.item.id[:20], "file name": kept.item.name.rpartition("/")[2]}[planted].encode()
        monkeypatch.setitem(exporting.FORMATS, "claims-jsonl", lambda _: iter([b'{"text":"' + words + b'"}']))
        monkeypatch.setitem(FORMS, "csv", lambda _: {"claims.csv": b"text,act\n" + words + b",killing\n"})
        monkeypatch.setattr(exporting, "facts_of", lambda *_, **__: None)
        with pytest.raises(ProtectionError, match="Nothing was exported"):
            export(opened, kind, tmp_path / "out")
        assert not (tmp_path / "out").exists()
        if planted == "name":
            export(opened, kind, tmp_path / "out", recipient="Court", sealed="the court asked for names")
            assert (tmp_path / "out").exists()
