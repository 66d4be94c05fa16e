"""The numbers of `status`: each is what the stages would find, and every failure has its way on."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.case import create_case, open_case
from witnessmark.case.claiming import read_claims
from witnessmark.case.deciding import decide, undo
from witnessmark.case.intake import Given, add
from witnessmark.case.next_steps import next_step
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.reading import read_items
from witnessmark.case.summary import Summary, summarise
from witnessmark.case.waiting import what_a_dossier_lacks
from witnessmark.case.weighing import weigh
from witnessmark.cli.main import verbs
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


def test_what_is_decided_of_an_item_is_typed_as_it_is_shown_but_for_the_question_mark(case: Path) -> None:
    (first,) = [waiting for waiting in summary_of(case).person if "endangered" in waiting.what]
    typed = shlex.split(first.next.replace("=?", "=none"))
    assert typed[:2] == ["witnessmark", "decide"]
    done = CliRunner().invoke(verbs, typed[1:])
    assert done.exit_code == 0, done.output


def test_a_text_in_which_no_claim_was_found_waits_for_a_person(case: Path, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("[12:01] D: are you home\n[12:03] M: not yet, the road is closed\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("name,age\nDara Ilin,29\n", encoding="utf-8")
    (tmp_path / "arabic.txt").write_text("قالت رابطة أهالي كورين يوم الجمعة إن حراس السجن قتلوا سجناء في آذار.\n", encoding="utf-8")
    with open_case(case, write="test") as opened:
        before = summarise(opened)
        add(opened, [tmp_path / "chat.txt", tmp_path / "list.csv", tmp_path / "arabic.txt"], Given())
        read_items(opened)
        unread = asked(summarise(opened), "no claim found")
        read_claims(opened)
        summary = summarise(opened)
    assert asked(before, "no claim found") == 0
    assert unread == 1, "the table; the claims of the others were not looked for yet"
    (silent,) = [waiting for waiting in summary.person if "no claim found" in waiting.what]
    names = {item.number: item.name for item in summary.all_items}
    assert sorted(names[number] for number in silent.of) == ["chat.txt", "list.csv"]
    assert silent.next == f"witnessmark review {case} --item {silent.of[0]}"
    assert [one.name for one in summary.unread if "English text only" in one.reason] == ["arabic.txt"]


def test_every_item_and_every_standing_decision_is_listed(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "protection", "sealed", why="names a guard")
        decide(opened, "C1", "status", "unsure", why="at first")
        decide(opened, "C1", "status", "accepted", why="compared")
        decide(opened, "I2", "release", "withheld", why="not ours")
        decide(opened, "I2", "translation_of", "I3", why="it says so")
        decide(opened, "I3", "release", "released", why="a slip")
        undo(opened)
        summary = summarise(opened)
    assert [item.number for item in summary.all_items] == ["I1", "I2", "I3"]
    listed = {item.name: item for item in summary.all_items}
    assert sum(item.claims for item in summary.all_items) == summary.claims
    assert (listed["statement.txt"].kind, listed["statement.txt"].language, listed["statement.txt"].published) == (
        "text",
        "English",
        "2031-05-16",
    )
    assert (listed["broken.pdf"].kind, listed["broken.pdf"].language, listed["broken.pdf"].claims) == ("PDF", None, 0)
    assert [item.protection for item in summary.all_items] == ["sealed", None, None]
    assert [item.release for item in summary.all_items] == [None, "withheld", None]
    assert [(one.subject, one.field, one.value, one.why, one.counts) for one in summary.decisions] == [
        ("I1", "protection", "sealed", "names a guard", True),
        ("C1", "status", "unsure", "at first", False),
        ("C1", "status", "accepted", "compared", True),
        ("I2", "release", "withheld", "not ours", True),
        ("I2", "translation_of", "I3", "it says so", True),
    ]
    assert len({one.by for one in summary.decisions}) == 1


def test_a_dossier_published_after_a_decision_and_before_weighing_is_not_up_to_date(case: Path) -> None:
    with open_case(case, write="test") as opened:
        assert what_a_dossier_lacks(opened) == ()
        decide(opened, "C1", "stance", "doubts", why="read again")
        publish_draft(opened)
        behind, (lack,) = summarise(opened).behind, what_a_dossier_lacks(opened)
        assert behind is not None
        assert not behind.current
        assert lack.next == f"witnessmark weigh {case}"
        weigh(opened)
        publish_draft(opened)
        behind = summarise(opened).behind
        assert behind is not None
        assert behind.current
        assert what_a_dossier_lacks(opened) == ()


def test_a_dossier_of_a_case_in_which_nothing_was_read_is_said_to_be_empty(tmp_path: Path, evidence: Path) -> None:
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case", write="test") as case:
        (lack,) = what_a_dossier_lacks(case)
        assert lack.next.startswith("witnessmark add ")
        add(case, [evidence], Given())
        (lack,) = what_a_dossier_lacks(case)
        assert (lack.number, lack.next) == (4, f"witnessmark read {tmp_path / 'case'}")
        read_items(case)
        assert [one.next.split()[1] for one in what_a_dossier_lacks(case)] == ["read", "weigh"]


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
        (
            "The document is in another language (ar); claims are read from English text only, so none were looked for.",
            "--translation-of I7",
        ),
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
