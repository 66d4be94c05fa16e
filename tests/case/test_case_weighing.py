"""Weighing a case again goes on from what the last weighing kept in its database; with or without it the same comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from witnessmark.case import publishing
from witnessmark.case.case import Case, open_case, rebuild_case
from witnessmark.case.claiming import read_claims
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build
from witnessmark.case.publishing import publish_draft
from witnessmark.case.reading import read_items
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import weigh
from witnessmark.model.incident import Answer, Incident
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries, schema
from witnessmark.store.findings import kept

FIRST = "ORLAN, March 4, 2031 (Orlan News Agency) - Gunmen killed nine workers at the Kessan mill near Dorvo on March 2, the mill's manager Edda Rok said.\n"
SECOND = "TARN, March 9, 2031 - Soldiers burned forty houses in the village of Ulmet on March 8, resident Petar Osk said.\n"
THIRD = "DORVO, March 5, 2031 - At least nine workers were killed at the Kessan mill near Dorvo on March 2, according to the Orlan News Agency.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A case of two documents to which a third was added."""
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "first.txt").write_text(FIRST)
    (evidence / "second.txt").write_text(SECOND)
    build(evidence, tmp_path / "case", Given())
    (tmp_path / "third.txt").write_text(THIRD)
    with open_case(tmp_path / "case", write="add") as case:
        add(case, [tmp_path / "third.txt"], Given())
        read_items(case)
        read_claims(case)
        weigh(case)
    return tmp_path / "case"


def findings(case: Case) -> tuple[list[Answer], list[Incident]]:
    with case.asking() as connection:
        return queries.answers(connection), queries.incidents(connection)


def test_a_case_weighed_step_by_step_holds_what_a_rebuilt_one_holds(root: Path) -> None:
    with open_case(root) as case, case.asking() as connection:
        expected = findings(case)
        assert kept(connection)
    rebuild_case(root)
    with open_case(root) as case:
        assert findings(case) == expected


def test_a_case_without_what_was_kept_is_weighed_to_the_same(root: Path) -> None:
    with open_case(root, write="weigh") as case:
        expected = findings(case)
        with case.database.transaction() as connection:
            connection.execute(delete(schema.kept))
            connection.execute(delete(schema.step).where(schema.step.c.stage == "weigh"))
        weigh(case)
        assert findings(case) == expected


def test_what_is_kept_is_no_part_of_what_verifying_compares(root: Path) -> None:
    with open_case(root, write="weigh") as case, case.database.transaction() as connection:
        connection.execute(delete(schema.kept))
    assert not [check for check in verify_case(root) if check.verdict is Verdict.FAIL]


def test_a_decision_drops_from_the_next_weighing_what_was_kept_of_the_claim_it_rejects(root: Path) -> None:
    with open_case(root, write="decide") as case:
        with case.asking() as connection:
            claim = next(one for one in queries.claims(connection) if "forty houses" in one.claim.quote)
        decide(case, f"C{claim.number}", "status", "rejected", why="misread")
        weigh(case)
        _, incidents = findings(case)
        assert claim.claim.id not in {part.id for incident in incidents for part in incident.claims}


def test_weighing_writes_only_the_findings_that_differ(root: Path) -> None:
    with open_case(root, write="weigh") as case:
        with case.asking() as connection:
            before = set(connection.execute(select(schema.incident.c.body)).scalars())
            rows = set(kept(connection))
        (root.parent / "fourth.txt").write_text("SELM, May 1, 2034 - A jeweller was robbed in Port Selm, his sister Ina Vell said.\n")
        add(case, [root.parent / "fourth.txt"], Given())
        read_items(case)
        read_claims(case)
        weigh(case)
        with case.asking() as connection:
            after = set(connection.execute(select(schema.incident.c.body)).scalars())
            assert before <= after
            assert rows & set(kept(connection))


def test_publishing_a_case_in_which_nothing_changed_derives_nothing_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_case(root, write="publish") as case:
        publish_draft(case)
        monkeypatch.delattr(publishing, "view_case")
        assert not publish_draft(case).changed
