"""What people decide of incidents: merged, parted, linked, a tie rejected, a likelihood; kept through weighing, new evidence and a rebuild."""

import shutil
from pathlib import Path

import pytest

from witnessmark.case.case import Case, open_case, rebuild_case
from witnessmark.case.claiming import read_claims
from witnessmark.case.deciding import decide, undo, value_words
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build
from witnessmark.case.reading import read_items
from witnessmark.case.viewing import view_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import UsageError
from witnessmark.model.assessment import Confidence, IncidentLink, Likelihood, LinkKind
from witnessmark.model.view import NumberedIncident

WIRE = """ORLAN, March 4, 2031 (Orlan News Agency) - Gunmen killed nine workers at the Kessan mill near Dorvo on March 2, the mill's manager Edda Rok said.

"I saw nine bodies in the yard," Rok said.
"""
LOCAL = """DORVO, March 5, 2031 - At least nine workers were killed at the Kessan mill near Dorvo on March 2, according to the Orlan News Agency.
"""
OTHER = """TARN, March 9, 2031 - Soldiers burned forty houses in the village of Ulmet on March 8, resident Petar Osk said.
"""


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("incidents")
    evidence = folder / "evidence"
    evidence.mkdir()
    for name, text in (("wire.txt", WIRE), ("local.txt", LOCAL), ("other.txt", OTHER)):
        (evidence / name).write_text(text)
    build(evidence, folder / "case", Given())
    return folder / "case"


@pytest.fixture
def root(weighed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(weighed, tmp_path / "case"))


def incidents(case: Case) -> list[NumberedIncident]:
    weigh(case)
    return list(view_case(case).incidents)


def of_claim(case: Case, words: str) -> NumberedIncident:
    read = next(read for read in view_case(case).claims if words in read.claim.quote)
    return next(one for one in incidents(case) if read.claim.id in {member.id for member in one.incident.claims})


def test_merged_incidents_are_one_through_a_rebuild_until_it_is_undone(root: Path) -> None:
    with open_case(root, write="decide") as case:
        mill, village = of_claim(case, "nine workers"), of_claim(case, "forty houses")
        assert mill.number != village.number
        made = decide(case, mill.number, "merged", village.number, why="one raid")
        assert value_words(case, made) == village.number
        joint = of_claim(case, "nine workers")
        assert joint.incident.id == of_claim(case, "forty houses").incident.id
    rebuild_case(root)
    with open_case(root, write="undo") as case:
        assert of_claim(case, "nine workers") == joint
        undo(case)
        assert of_claim(case, "nine workers").incident.id != of_claim(case, "forty houses").incident.id


def test_claims_set_apart_are_an_incident_of_their_own(root: Path) -> None:
    with open_case(root, write="decide") as case:
        mill = of_claim(case, "nine workers")
        first, *others = (member.id for member in mill.incident.claims)
        assert others
        number = next(read.number for read in view_case(case).claims if read.claim.id == others[0])
        decide(case, mill.number, "apart", number, why="another day")
        holders = {member.id: one.number for one in incidents(case) for member in one.incident.claims}
        assert holders[first] != holders.get(others[0])
        assert all(holders[other] == holders[first] for other in others[1:])


def test_a_rejected_tie_holds_no_longer(root: Path) -> None:
    with open_case(root, write="decide") as case:
        mill = of_claim(case, "nine workers")
        ties = [tie for line in mill.incident.lines for tie in line.ties]
        assert ties
        numbers = {read.claim.id: read.number for read in view_case(case).claims}
        of = f" of {numbers[ties[0].of]}" if ties[0].of else ""
        decide(case, mill.number, "rejected_tie", f"{numbers[ties[0].claim]}{of}", why="they had their own reporter there")
        after = of_claim(case, "nine workers")
        assert ties[0].id not in {tie.id for line in after.incident.lines for tie in line.ties}
        undo(case)
        assert ties[0].id in {tie.id for line in of_claim(case, "nine workers").incident.lines for tie in line.ties}


def test_the_analysts_judgement_links_and_replies_stand_beside_what_was_computed(root: Path) -> None:
    with open_case(root, write="decide") as case:
        mill, village = of_claim(case, "nine workers"), of_claim(case, "forty houses")
        decide(case, mill.number, "likelihood", "very likely", why="two accounts")
        decide(case, mill.number, "confidence", "moderate", why="neither is held")
        linked = decide(case, village.number, "linked", f"retaliation for {mill.number}", why="the commander said so")
        assert value_words(case, linked) == f"retaliation for {mill.number}"
        decide(case, mill.number, "reply", "asked the ministry on 2031-03-06; no answer by 2031-04-01", why="right of reply")
        one, other = of_claim(case, "nine workers"), of_claim(case, "forty houses")
        assert (one.assessment.likelihood, one.assessment.confidence) == (Likelihood.VERY_LIKELY, Confidence.MODERATE)
        assert one.incident == mill.incident
        assert other.assessment.links == (IncidentLink(LinkKind.RETALIATION_FOR, mill.number, "the commander said so"),)
        assert one.assessment.replies[0][1].startswith("asked the ministry")
        decide(case, village.number, "linked", f"not retaliation for {mill.number}", why="it was withdrawn")
        assert of_claim(case, "forty houses").assessment.links == ()


def test_decisions_follow_their_claims_when_older_evidence_gives_the_incident_another_number(root: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.txt"
    older.write_text(
        "DORVO, March 3, 2031 - Nine workers were killed by gunmen at the Kessan mill near Dorvo on March 2, the mayor Ana Lok said.\n"
    )
    with open_case(root, write="add") as case:
        decide(case, of_claim(case, "nine workers").number, "likelihood", "likely", why="as far as it goes")
        add(case, [older], Given())
        read_items(case)

        read_claims(case)
        assert of_claim(case, "forty houses").assessment.likelihood is None
        assert of_claim(case, "Gunmen killed nine workers").assessment.likelihood is Likelihood.LIKELY


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("merged", "N99", "no incident N99"),
        ("apart", "C999", "no claim of this incident"),
        ("rejected_tie", "C999", "Nothing of this incident shows"),
        ("linked", "because of N1", "is no link"),
        ("likelihood", "certain", "cannot be 'certain'"),
        ("confidence", "90 %", "cannot be"),
        ("reply", "  ", "Write what was asked"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(weighed: Path, field: str, value: str, said: str) -> None:
    with open_case(weighed, write="decide") as case, pytest.raises(UsageError, match=said):
        decide(case, incidents(case)[0].number, field, value, why="x")
