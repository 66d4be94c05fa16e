"""The numbers of `status`: each is what the stages would find, and every failure has its way on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.claiming import read_claims
from witnessmark.case.deciding import decide, undo
from witnessmark.case.intake import Given, add
from witnessmark.case.next_steps import next_step
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.reading import read_items
from witnessmark.case.summary import Summary, summarise
from witnessmark.case.weighing import weigh
from witnessmark.model.decision import Status
from witnessmark.read.tools import tesseract_version


def summary_of(case: Path) -> Summary:
    with open_case(case) as opened:
        return summarise(opened)


def waits(summary: Summary) -> dict[str, int]:
    return {waiting.next.split()[1]: waiting.number for waiting in summary.machine}


def asked(summary: Summary, words: str) -> int:
    return sum(waiting.number for waiting in summary.person if words in waiting.what)


def test_what_is_in_is_counted_by_kind_source_and_language(case: Path) -> None:
    summary = summary_of(case)
    assert {share.name: share.items for share in summary.kinds} == {"text": 2, "PDF": 1}
    assert {share.name: share.items for share in summary.sources} == {"Northern Wire": 1, "TNA": 1, "not stated": 1}
    assert {share.name: share.items for share in summary.languages} == {"English": 2}
    assert (summary.items, summary.documents, summary.already_public) == (3, 2, 0)
    assert sum(summary.statuses.values()) == summary.claims == summary.statuses[Status.PROPOSED]


def test_each_stage_waits_until_it_was_run(tmp_path: Path, evidence: Path) -> None:
    create_case(tmp_path / "case")
    assert not summary_of(tmp_path / "case").machine
    with open_case(tmp_path / "case", write="test") as case:
        add(case, [evidence], Given())
        assert waits(summarise(case)) == {"read": 4, "weigh": 1}
        read_items(case)
        assert (waits(summarise(case))["read"], "claims" in summarise(case).machine[0].what) == (2, True)
        read_claims(case)
        assert waits(summarise(case)) == {"weigh": 1}
        weigh(case)
        assert not summarise(case).machine
        assert summarise(case).behind is None
        publish_draft(case)
        behind = summarise(case).behind
    assert behind is not None
    assert (behind.current, behind.items, behind.documents, behind.decisions) == (True, 0, 0, 0)


def test_a_decision_takes_a_claim_from_those_nobody_has_looked_at_and_leaves_the_dossier_behind(case: Path) -> None:
    with open_case(case, write="test") as opened:
        before = asked(summarise(opened), "nobody has looked at")
        decide(opened, "C1", "status", "accepted", why="compared")
        decide(opened, "C2", "status", "unsure", why="hard to tell")
        summary = summarise(opened)
        assert asked(summary, "nobody has looked at") == before - 2
        assert asked(summary, "unsure") == 1
        assert (summary.checked, summary.statuses[Status.ACCEPTED]) == (2, 1)
        assert summary.behind is not None
        assert (summary.behind.current, summary.behind.decisions) == (False, 2)
        weigh(opened)
        publish_draft(opened)
        behind = summarise(opened).behind
        assert behind is not None
        assert (behind.current, behind.decisions) == (True, 0)
        undo(opened)
        assert asked(summarise(opened), "unsure") == 0


def test_an_item_waits_for_what_nobody_said_of_it_unless_it_is_public(case: Path) -> None:
    with open_case(case, write="test") as opened:
        summary = summarise(opened)
        assert [asked(summary, words) for words in ("endangered", "released", "consent")] == [3, 3, 3]
        (first,) = [waiting for waiting in summary.person if "endangered" in waiting.what]
        assert (first.of, first.next.split()[3]) == (("I1", "I2", "I3"), "I1")
        decide(opened, "I1", "protection", "none", why="a public statement")
        decide(opened, "I1", "release", "withheld", why="not ours to give")
        decide(opened, "I1", "consent", "none", why="was asked and said no")
        assert [asked(summarise(opened), words) for words in ("endangered", "released", "consent")] == [2, 2, 2]
        decide(opened, "I3", "already_public", "yes", why="it stood in the paper")
        assert [asked(summarise(opened), words) for words in ("endangered", "released", "consent")] == [1, 1, 1]


def test_a_failure_has_its_reason_and_its_way_on(case: Path) -> None:
    (unread,) = summary_of(case).unread
    assert unread.name == "broken.pdf"
    assert unread.next is not None
    assert f"witnessmark add {case}" in unread.next


def test_an_altered_original_leads_to_verify(case: Path) -> None:
    with open_case(case, write="test") as opened:
        original = next(path for path in (case / "vault").glob("??/*") if b"TOLVAR, 16" in path.read_bytes())
        original.chmod(0o644)
        original.write_bytes(b"another")
        read(opened, again=True)
        (altered,) = [unread for unread in summarise(opened).unread if "altered" in unread.reason]
    assert altered.next is not None
    assert altered.next.startswith("witnessmark verify ")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("The PDF is encrypted; save it without its password and add that file as well.", "without its password"),
        ("The text has 200 MB; at most 50 MB are read. Cut it into parts and add those as well.", "cut it into parts"),
        ("The document is in another language (ar); claims are read from English text only, so none were looked for.", "translation_of=I7"),
        ("The file is empty (0 bytes).", "ask for a whole copy"),
    ],
)
def test_a_reason_leads_to_what_helps(reason: str, words: str) -> None:
    assert words in (next_step(reason, "I7", Path("case")) or "")


def test_a_missing_program_leads_to_its_installation_and_reading_again() -> None:
    step = next_step("No page of the PDF has a text layer, and OCR is not installed: ..., then read the case again.", "I7", Path("my case"))
    assert step is not None
    assert step.endswith("witnessmark read 'my case' --again")
    assert ("install" in step) == (tesseract_version() is None or shutil.which("tesseract") is None)


def test_where_nothing_helps_nothing_is_said() -> None:
    assert next_step("The text holds hardly any words, so no claims were looked for.", "I7", Path("case")) is None
