"""Who can be told in a public dossier though no name is: said to whoever publishes, counted, and nowhere in the dossier."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from witnessmark.case.case import open_case
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import read
from witnessmark.case.reidentifying import who_can_be_told
from witnessmark.case.viewing import view_case
from witnessmark.cli.main import verbs
from witnessmark.model.claim import ClaimPlace, Interval, Speaker, VictimCount
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView, ReadClaim

PLACE = ClaimPlace("Korrin", None, None, None, None, 0, 6, "Korrin")
DAY = Interval("2031-03-04", "2031-03-04", 0, 7, "4 March")


def victims(number: int, text: str = "three nurses") -> VictimCount:
    return VictimCount(number, number, None, None, None, None, approximate=False, derived=False, start=0, end=len(text), text=text)


def told(case: Path, **changes: object) -> tuple[str, ...]:
    """What is said of a view that shows one claim with these fields."""
    with open_case(case) as opened:
        view = view_case(opened)
    return who_can_be_told(_with_one(view, **changes), {view.claims[0].claim.id: "C1"})


def _with_one(view: CaseView, **changes: object) -> CaseView:
    first: ReadClaim = view.claims[0]
    claim = msgspec.structs.replace(first.claim, **{"speaker": None, "victims": (), "where": None, "when": None, **changes})
    return msgspec.structs.replace(view, items=(), claims=(msgspec.structs.replace(first, claim=claim),))


def test_few_victims_with_a_place_and_a_day_are_warned_of_with_the_number(case: Path) -> None:
    (warning,) = told(case, victims=(victims(3),), where=PLACE, when=DAY)
    assert warning.startswith("C1 (three nurses, Korrin, 4 March): 3.")


@pytest.mark.parametrize(
    "changes",
    [
        {"victims": (victims(40),), "where": PLACE, "when": DAY},
        {"victims": (victims(3),)},
        {"victims": (victims(3),), "where": PLACE},
        {"victims": (victims(3, "███"),), "where": msgspec.structs.replace(PLACE, name=None, text="██████"), "when": DAY},
    ],
    ids=["many", "no place or day", "place alone", "place covered"],
)
def test_many_victims_or_few_of_whom_little_is_said_are_not(case: Path, changes: dict[str, object]) -> None:
    assert told(case, **changes) == ()


def test_an_unnamed_source_is_warned_of_by_its_description(case: Path) -> None:
    nurse = Speaker(mention=Span(0, 26, "a nurse at Korrin hospital"), anonymous=True)
    (warning,) = told(case, speaker=nurse)
    assert "a nurse at Korrin hospital" in warning
    assert told(case, speaker=msgspec.structs.replace(nurse, mention=Span(0, 26, "a nurse █████"))) == ()


def test_a_table_of_people_is_warned_of_on_the_error_stream_and_nowhere_in_the_dossier(case: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("trade,age\nnurse,34\ndriver,51\n")
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "list.csv"], Given(already_public=True))
        read(opened)
        decide(opened, "I1", "release", "withheld", why="a test")
    done = CliRunner().invoke(verbs, ["publish", str(case), "--public", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "can be told apart by age, trade" in done.stderr
    assert "told apart" not in done.stdout
    assert not any("told apart" in path.read_text() for path in (tmp_path / "out").rglob("*.html"))
