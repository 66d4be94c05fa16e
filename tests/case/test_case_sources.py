"""Sources: entered, proposed aliases, what people decide of them, and one name for each where a case is weighed."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.deciding import decide, undo
from witnessmark.case.intake import Given
from witnessmark.case.leaving import select as selected
from witnessmark.case.pipeline import build
from witnessmark.case.sources import add_source, names_of, proposed_aliases, sources_of
from witnessmark.case.viewing import view_case
from witnessmark.case.weighing import weigh
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.item import Protection, SourceKind
from witnessmark.model.source import Position, Reliability
from witnessmark.publish.visibility import Rule, select

TEXTS = {
    "one.txt": "ORLAN, March 4, 2031 - Soldiers killed nine workers at the Kessan mill on March 2, the Dorvo Human Rights Network (DHRN) said.\n",
    "two.txt": "DORVO, March 5, 2031 - Soldiers killed nine workers at the Kessan mill on March 2, DHRN said in a statement.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "evidence").mkdir()
    for name, text in TEXTS.items():
        (folder / "evidence" / name).write_text(text)
    build(folder / "evidence", folder / "case", Given())
    return folder / "case"


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "case"))


def test_names_that_a_text_gives_for_one_are_proposed_with_the_place(root: Path) -> None:
    with open_case(root, write="source") as case:
        (one,) = proposed_aliases(case)
        assert {one.name, one.alias} == {"Dorvo Human Rights Network", "DHRN"}
        assert one.item == "I1"
        source = add_source(case, one.name)
        decide(case, source.number, "alias", one.alias, why="the report's own short name")
        assert proposed_aliases(case) == []
        assert sources_of(case)[0].aliases == ("DHRN",)
        undo(case)
        assert len(proposed_aliases(case)) == 1


def test_what_was_decided_of_a_source_survives_a_rebuild(root: Path) -> None:
    with open_case(root, write="source") as case:
        number = add_source(case, "Dorvo Human Rights Network").number
        for field, value in (
            ("source_kind", "ngo"),
            ("position", "affected"),
            ("reliability", "b"),
            ("reliability", "F on dates"),
            ("alias", "DHRN"),
        ):
            decide(case, number, field, value, why="known for years")
        before = sources_of(case)
    rebuild_case(root)
    with open_case(root) as case:
        (source,) = sources_of(case)
    assert [source] == before
    assert (source.kind, source.position, source.aliases) == (SourceKind.NGO, Position.AFFECTED, ("DHRN",))
    assert [(grade.reliability, grade.topic) for grade in source.grades] == [(Reliability.B, None), (Reliability.F, "dates")]


def test_weighing_knows_a_source_under_one_name_and_what_was_read_stays(root: Path) -> None:
    with open_case(root, write="source") as case:
        number = add_source(case, "The Network").number
        read = [one.claim for one in view_case(case).claims]
        for alias in ("DHRN", "Dorvo Human Rights Network"):
            decide(case, number, "alias", alias, why="its own short name")
        weigh(case)
        view = view_case(case)
        assert [one.claim for one in view.claims] == read
        lines = [line.name for one in view.incidents for line in one.incident.lines]
        assert lines == ["The Network"]


def test_a_name_belongs_to_one_source_and_has_to_be_in_use(root: Path) -> None:
    with open_case(root, write="source") as case:
        one, other = add_source(case, "Dorvo Human Rights Network").number, add_source(case, "Ministry of Defence").number
        decide(case, one, "alias", "DHRN", why="x")
        for number, field, value, said in (
            (other, "alias", "DHRN", "is a name of S1"),
            (one, "alias", "Dorvo Human Rights Network", "its own name"),
            (one, "alias", "Nobody at all", "Nobody is called"),
            (one, "alias", "not Nobody at all", "not said to be another name"),
            (one, "reliability", "A", "not said to be a body yet"),
            (one, "reliability", "G", "a letter from A to F"),
            (one, "derives_from", "S9", "no source S9"),
            (one, "derives_from", "S1", "from itself"),
            (one, "position", "friend", "cannot be 'friend'"),
        ):
            with pytest.raises(UsageError, match=said):
                decide(case, number, field, value, why="x")
        with pytest.raises(UsageError, match="is a name of S1"):
            add_source(case, "DHRN")
        with pytest.raises(UsageError, match="a letter in it"):
            add_source(case, " ... ")


def test_a_persons_testimony_is_never_graded_and_no_circle_of_origins_is_made(root: Path) -> None:
    with open_case(root, write="source") as case:
        first, second = (add_source(case, name).number for name in ("Ana Lok", "The Network"))
        decide(case, first, "source_kind", "witness", why="she was there")
        with pytest.raises(UsageError, match="never graded"):
            decide(case, first, "reliability", "A", why="x")
        decide(case, second, "derives_from", first, why="it only has her account")
        with pytest.raises(UsageError, match="by way of"):
            decide(case, first, "derives_from", second, why="x")
        assert sources_of(case)[1].derives_from == "S1"


def test_the_verb_lists_names_proposes_and_enters(root: Path) -> None:
    def run(*arguments: str) -> str:
        return CliRunner().invoke(verbs, ["source", str(root), *arguments]).output

    assert "No source is entered" in run("list")
    with open_case(root) as case:
        assert all(name in run("names") for name in names_of(case))
    assert "source add" not in run("propose")
    assert "alias=DHRN" in run("propose")
    assert run("add", "Dorvo Human Rights Network").startswith("S1  Dorvo Human Rights Network")


def test_what_a_source_gave_is_guarded_as_the_source_is(root: Path) -> None:
    with open_case(root, write="source") as case:
        number = add_source(case, "Dorvo clinic").number
        decide(case, "I1", "source", "Dorvo clinic", why="by its letterhead")
        decide(case, "I1", "release", "released", why="agreed")
        decide(case, number, "protection", "sensitive", why="its nurses would be in danger")
        first, second = (held.item for held in view_case(case).items)
        assert (first.protection, second.protection) == (Protection.SENSITIVE, Protection.UNSET)
        assert select(view_case(case), "2031-06-01").held_back[first.id] is Rule.SENSITIVE
        kept = {held.item.number: rule for held, rule in selected(case, ["I1"], "Court", include_sealed=False).held_back}
        assert "I1" in kept
        decide(case, "I1", "protection", "sealed", why="stricter")
        assert view_case(case).items[0].item.protection is Protection.SEALED
        undo(case)
        undo(case)
        assert view_case(case).items[0].item.protection is Protection.UNSET
