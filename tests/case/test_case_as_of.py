"""A case as of an earlier day, and parties in public: derived from what was there then, and no name let out by one person alone."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from witnessmark.case.case import create_case, open_case, rebuild_case
from witnessmark.case.deciding import decide, number_of, undo
from witnessmark.case.exporting import export
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.viewing import view_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import UsageError
from witnessmark.model.pledge import PledgeState
from witnessmark.model.view import AsOf

EARLIER = """TESSEL, 4 March 2031 -- The Tessel Monitoring Group said that soldiers killed 12 detainees at Darrow Mill on 1 February 2031.

Envoy Lena Marsk pledged that her government would admit observers to Darrow Mill by 30 April 2031.
"""
LATER = """TESSEL, 9 May 2031 -- The Monitoring Group said that Orvania and Corvel sent arms to the army. The group said that soldiers killed 20 detainees at Darrow Mill on 3 May 2031.

The group said that General Oren Vale ordered the killing of the detainees.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of two articles, both public, read and weighed, every claim accepted."""
    root = tmp_path_factory.mktemp("as-of")
    folder = root / "in"
    folder.mkdir()
    (folder / "earlier.txt").write_text(EARLIER, encoding="utf-8")
    (folder / "later.txt").write_text(LATER, encoding="utf-8")
    create_case(root / "case", title="Darrow Mill")
    with open_case(root / "case", write="test") as case:
        add(case, [folder / "earlier.txt"], Given(already_public=True, published="2031-03-04"))
        add(case, [folder / "later.txt"], Given(already_public=True, published="2031-05-09"))
        read(case)
        for claim in view_case(case).claims:
            decide(case, claim.number, "status", "accepted", why="compared")
        weigh(case)
    return root / "case"


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "case")
    return tmp_path / "case"


def words_of(folder: Path) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.html")))


def test_a_view_of_an_earlier_day_holds_and_derives_from_nothing_later(case: Path) -> None:
    with open_case(case) as opened:
        now, then = view_case(opened), view_case(opened, AsOf("2031-04-01"))
    assert [held.item.name for held in then.items] == ["earlier.txt"]
    assert {read.item for read in then.claims} == {then.items[0].item.id}
    shown = {read.claim.id for read in then.claims}
    assert all(member.id in shown for numbered in then.incidents for member in numbered.incident.claims)
    assert (len(now.items), then.cut and then.cut.later) == (2, 1)
    assert "orvania" in {party.key for party in now.responsibility.parties} - {party.key for party in then.responsibility.parties}


def test_a_promise_is_not_yet_due_on_a_day_before_and_overdue_after(case: Path) -> None:
    with open_case(case) as opened:
        states = [[pledge.state for pledge in view_case(opened, AsOf(day)).pledges if pledge.due] for day in ("2031-04-30", "2031-05-01")]
    assert states == [[PledgeState.NOT_YET_DUE], [PledgeState.OVERDUE]]


def test_known_to_us_goes_by_receipt_alone(case: Path) -> None:
    with open_case(case) as opened:
        assert view_case(opened, AsOf("2020-01-01", known_to_us=True)).items == ()
        assert len(view_case(opened, AsOf("9999-01-01", known_to_us=True)).items) == 2


def test_a_day_before_everything_is_an_empty_case_that_can_be_published(case: Path) -> None:
    with open_case(case, write="test") as opened:
        publish_draft(opened, asked=AsOf("2000-01-01"))
    assert "Shown as of 1 January 2000" in words_of(case / "dossier")


def test_the_draft_of_an_earlier_day_says_so_and_the_next_one_is_whole_again(case: Path) -> None:
    with open_case(case, write="test") as opened:
        assert publish_draft(opened, asked=AsOf("2031-04-01")).changed
        then = words_of(case / "dossier")
        assert publish_draft(opened).changed
        now = words_of(case / "dossier")
        assert not publish_draft(opened).changed
    assert "Shown as of 1 April 2031" in then
    assert "Orvania" not in then
    assert "Orvania" in now
    assert "Shown as of" not in now


def test_exported_lines_of_an_earlier_day_are_of_what_was_there_then(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened:
        later = next(held.item.id for held in view_case(opened).items if held.item.name == "later.txt")
        for kind in ("claims-jsonl", "incidents-jsonl", "pledges-jsonl", "responsibility-jsonl", "notice-jsonl"):
            export(opened, kind, tmp_path / kind, asked=AsOf("2031-04-01"), sealed=None)
        with opened.asking():
            claims = {read.claim.id for read in view_case(opened).claims if read.item == later}
    for kind in ("claims-jsonl", "incidents-jsonl", "pledges-jsonl"):
        lines = (tmp_path / kind).read_text(encoding="utf-8")
        assert lines, kind
        assert not [claim for claim in claims if claim in lines], kind


def test_notice_is_exported_with_the_claims_it_rests_on(case: Path, tmp_path: Path) -> None:
    with open_case(case) as opened:
        export(opened, "notice-jsonl", tmp_path / "notice")
        export(opened, "responsibility-jsonl", tmp_path / "parties")
        earlier = next(held.item.id for held in view_case(opened).items if held.item.name == "earlier.txt")
    timelines = [msgspec.json.decode(line) for line in (tmp_path / "notice").read_bytes().splitlines()]
    assert {known["item"] for timeline in timelines for act in timeline["acts"] for known in act["known"]} == {earlier}
    assert all(known["claims"] for timeline in timelines for act in timeline["acts"] for known in act["known"])
    assert "Oren Vale" not in (tmp_path / "parties").read_text(encoding="utf-8")


def test_a_delivery_is_decided_kept_and_taken_back(case: Path) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "I1", "delivered", "2031-03-01 to Ministry of Justice", why="stamp of receipt")
        assert view_case(opened).items[0].item.deliveries[0].to == "Ministry of Justice"
        undo(opened)
        assert view_case(opened).items[0].item.deliveries == ()
        with pytest.raises(UsageError, match="is no delivery"):
            decide(opened, "I1", "delivered", "to the ministry in March", why="said so")


def public_words(case: Path, out: Path) -> str:
    with open_case(case, write="test") as opened:
        publish_public(opened, out)
    section = re.search(
        r'id="section-responsibility".*?(?=<section id=|</main>)', (out / "index.html").read_text(encoding="utf-8"), re.DOTALL
    )
    assert section is not None
    return html.unescape(re.sub(r"<[^>]*>", " ", section[0]))


def test_a_person_is_named_in_public_only_when_two_people_have_decided_so(case: Path, tmp_path: Path) -> None:
    assert "Corvel" not in public_words(case, tmp_path / "none")
    for at, member in enumerate(("Ilse", "Ilse", "Tomas")):
        with open_case(case, write="test", member=member) as opened:
            decide(opened, "party Corvel", "named_responsibility", "yes", why="the state's own statement")
        assert ("Corvel" in public_words(case, tmp_path / f"out{at}")) is (member == "Tomas")


def test_a_decision_on_a_party_is_named_by_the_party_and_survives_a_rebuild(case: Path) -> None:
    with open_case(case, write="test") as opened:
        made = decide(opened, "party Corvel", "party_kind", "body", why="it is a state")
        assert number_of(opened, made.subject) == "party corvel"
        before = view_case(opened).responsibility
    (case / "case.db").unlink()
    rebuild_case(case)
    with open_case(case) as opened:
        assert view_case(opened).responsibility == before


@pytest.mark.parametrize(("field", "value"), [("status", "accepted"), ("party_kind", "robot"), ("named_responsibility", "perhaps")])
def test_of_a_party_only_what_fits_can_be_decided(case: Path, field: str, value: str) -> None:
    with open_case(case, write="test") as opened, pytest.raises(UsageError, match="party Corvel"):
        decide(opened, "party Corvel", field, value, why="a test")
