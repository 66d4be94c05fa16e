"""Counting in a case: the question on record before any result, every run kept, judgements and persons as decisions."""

import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.victim_lists_of_ost import LISTS, write_lists

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.counting_linked import count_linked
from witnessmark.case.counting_lists import linked_from
from witnessmark.case.counting_plan import Asked, plan_question, questions_of
from witnessmark.case.counting_run import run_question
from witnessmark.case.deciding import decide, undo
from witnessmark.case.disposing import dispose
from witnessmark.case.intake import Given, add
from witnessmark.case.judging_pairs import judge_pair, judgements_of, pairs_of
from witnessmark.case.linked_lists import link_files
from witnessmark.case.persons import add_person, persons_of
from witnessmark.case.publishing import publish_draft
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import is_due, weigh
from witnessmark.cli.main import verbs
from witnessmark.errors import UsageError
from witnessmark.model.person import PersonStatus
from witnessmark.model.verdict import Verdict

pytest.importorskip("splink")

METHODS = ("decomposable", "chao")


def run(*arguments: object, piped: str | None = None) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments], input=piped)


def asked(mappings: dict[str, bytes], **more: object) -> Asked:
    said: dict[str, object] = {"question": "How many died?", "population": "killed in Ost, 2013", "methods": METHODS, **more}
    return Asked(lists=mappings, **said)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A case that holds three lists, and the mapping of each."""
    folder = tmp_path_factory.mktemp("ost")
    files = write_lists(folder)
    assert run("new", folder / "case").exit_code == 0
    with open_case(folder / "case", write="add") as case:
        add(case, files, Given())
    return folder / "case", {f"I{number}": file.with_suffix(".toml").read_bytes() for number, file in enumerate(files, start=1)}


@pytest.fixture(scope="module")
def counted(listed: tuple[Path, dict[str, bytes]]) -> Path:
    """The same case with one question planned and run, by quarter and by place."""
    root = listed[0].with_name("counted")
    shutil.copytree(listed[0], root)
    with open_case(root, write="count") as case:
        plan_question(case, asked(listed[1], by=("half-year",)))
        run_question(case, "q1")
    return root


@pytest.fixture
def root(counted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(counted, tmp_path / "case"))


def test_a_question_is_on_record_before_anything_is_linked_or_estimated(listed: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    root = Path(shutil.copytree(listed[0], tmp_path / "case"))
    with open_case(root, write="count plan") as case:
        planned = plan_question(case, asked(listed[1])).question
        assert planned.number == "Q1"
        assert not planned.linkages
        assert not planned.runs
        made = run_question(case, "Q1")
    assert made.linked is not None
    assert made.latest is not None
    assert planned.seq < made.linked.seq < made.latest.seq
    assert made.latest.linked == made.linked.seq


def test_what_is_counted_follows_the_plan_and_is_what_the_same_lists_give_as_files(counted: Path, tmp_path: Path) -> None:
    link_files(write_lists(tmp_path), tmp_path / "linked", draws=20, seed=1)
    from_files = count_linked(tmp_path / "linked", METHODS, seed=1, level=0.95)
    with open_case(counted) as case:
        (one,) = questions_of(case)
    assert one.latest is not None
    assert one.linked is not None
    result = one.latest.result
    assert set(result.estimates) == set(METHODS)
    assert result.estimates == from_files.estimates
    assert result.at_thresholds == from_files.at_thresholds
    assert result.estimates["chao"].total is not None
    assert sum(n for _, n in one.linked.linkage.chosen) == one.linked.linkage.people
    assert sum(n for _, n in one.linked.linkage.by_year) == one.linked.linkage.people
    assert {run.method for run in result.sensitivity} == {"decomposable"}
    assert [stratum.labels for stratum in result.strata["chao"].strata] == [("2013-H1",), ("2013-H2",)]


def test_every_run_stays_on_record_and_the_same_plan_gives_the_same_again(root: Path) -> None:
    with open_case(root, write="count run") as case:
        again = run_question(case, "Q1")
    assert len(again.runs) == 2
    assert len(again.linkages) == 1
    assert again.runs[0].result == again.runs[1].result


def test_a_plan_takes_the_place_of_another_only_with_a_reason_and_says_what_was_known(
    root: Path, listed: tuple[Path, dict[str, bytes]]
) -> None:
    with open_case(root, write="count plan") as case:
        with pytest.raises(UsageError, match="Add --why TEXT"):
            plan_question(case, asked(listed[1], instead_of="Q1"))
        with pytest.raises(UsageError, match="There is no question Q7"):
            plan_question(case, asked(listed[1], instead_of="Q7", why="another"))
        other = plan_question(case, asked(listed[1], instead_of="Q1", why="the press list was mapped wrongly")).question
        assert [one.number for one in questions_of(case)] == ["Q1", "Q2"]
    assert (other.takes_place_of, other.known) == ("Q1", ("Q1",))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"question": "  "}, "states its question"),
        ({"population": ""}, "states its population"),
        ({"methods": ("guess",)}, "no method 'guess'"),
        ({"by": ("yeer",)}, "Did you mean 'year'"),
        ({"by": ("year",), "strata_methods": ("lcmcr",)}, "no method of this question 'lcmcr'"),
        ({"strata_methods": ("chao",)}, "add --by place"),
        ({"once": ("Hospital",)}, "Did you mean 'Hospitals'"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_nothing_recorded(
    listed: tuple[Path, dict[str, bytes]], more: dict[str, object], said: str
) -> None:
    with open_case(listed[0], write="count plan") as case:
        with pytest.raises(UsageError, match=said):
            plan_question(case, asked(listed[1], **more))
        assert not questions_of(case)


def test_lists_that_are_not_there_or_do_not_fit_their_mapping_are_refused(listed: tuple[Path, dict[str, bytes]]) -> None:
    one, other, third = listed[1].items()
    with open_case(listed[0], write="count plan") as case:
        for lists, said in (
            ({"I9": one[1], "I2": other[1]}, "There is no item I9"),
            ({"I1": one[1]}, "two lists at the least"),
            ({"I1": one[1], "I2": one[1]}, "Two lists are named 'Hospitals'"),
            ({"I1": one[1].replace(b"First name", b"Name"), "I2": other[1]}, "Name"),
            ({"I1": one[1], "I2": b'name = "x"\nstatus = "dead"\n[columns]\ngiven = "First name"'}, "status = 'dead'"),
        ):
            with pytest.raises(UsageError, match=said):
                plan_question(case, asked(lists))
        assert not questions_of(case)
    assert third


def test_a_question_a_run_and_a_judgement_survive_a_rebuild_byte_for_byte(root: Path) -> None:
    with open_case(root, write="judge") as case:
        pair = pairs_of(case, questions_of(case)[0])[0]
        judge_pair(case, pair.one, pair.other, "y", why="read side by side")
        before = questions_of(case), judgements_of(case)
    rebuild_case(root)
    with open_case(root) as case:
        assert (questions_of(case), judgements_of(case)) == before
    assert all(check.verdict is not Verdict.FAIL for check in verify_case(root))


def test_a_judged_pair_is_linked_as_judged_and_the_lists_are_linked_again_for_it(root: Path) -> None:
    with open_case(root, write="judge") as case:
        (one,) = questions_of(case)
        assert one.linked is not None
        together = {frozenset(group) for group in one.linked.linkage.groups}
        pair = next(pair for pair in pairs_of(case, one) if not any({pair.one, pair.other} <= group for group in together))
        made = judge_pair(case, pair.other, pair.one, "y", why="one birthmark")
        assert (made.subject, made.value) == (f"pair {pair.one} {pair.other}", "same")
        again = run_question(case, "Q1")
        assert len(again.linkages) == 2
        assert again.linked is not None
        assert again.linked.linkage.judgements == 1
        assert any({pair.one, pair.other} <= set(group) for group in again.linked.linkage.groups)
        judge_pair(case, pair.one, pair.other, "n", why="two birthmarks")
        other = run_question(case, "Q1")
        assert len(other.linkages) == 3
        assert other.linked is not None
        assert not any({pair.one, pair.other} <= set(group) for group in other.linked.linkage.groups)
        undo(case)
        assert undo(case).id == made.id
        assert judgements_of(case) == []


def test_pairs_show_the_rows_as_written_under_what_they_are_read_as(root: Path) -> None:
    with open_case(root, write="person") as case:
        pair = pairs_of(case, questions_of(case)[0])[0]
        assert set(pair.written[0]) == {"given", "family", "place", "died", "id"}
        family = pair.written[0]["family"]
        person = add_person(case, f"Somebody {family}", [family])
        decide(case, person.number, "protection", "sealed", why="asked for it")
        hidden = pairs_of(case, questions_of(case)[0])[0]
    assert hidden.written[0]["family"] == "█" * len(family)


def test_counting_does_not_have_the_case_weighed_again_but_the_dossier_written(root: Path) -> None:
    with open_case(root, write="publish") as case:
        weigh(case)
        assert publish_draft(case).changed
        run_question(case, "Q1")
        with case.asking() as connection:
            assert not is_due(connection)
        assert publish_draft(case).changed
        assert not publish_draft(case).changed


def test_a_list_that_was_disposed_of_leaves_its_results_and_cannot_be_counted_again(root: Path) -> None:
    with open_case(root, write="dispose") as case:
        dispose(case, ["I2"], why="given by mistake", authority="the council")
        assert questions_of(case)[0].runs
        with pytest.raises(UsageError, match=r"Families \(I2\) is not in the case any more"):
            run_question(case, "Q1", link_again=True)


def test_statuses_of_a_person_stand_side_by_side_each_by_its_standard(root: Path) -> None:
    with open_case(root, write="person") as case:
        person = add_person(case, "Munir Tuqan").number
        decide(case, person, "status", "missing by his family, I2", why="their letter")
        decide(case, person, "status", "reported dead by the prison register", why="seen by counsel")
        (one,) = persons_of(case)
        assert [(said.status, said.standard) for said in one.statuses] == [
            (PersonStatus.MISSING, "his family, I2"),
            (PersonStatus.REPORTED_DEAD, "the prison register"),
        ]
        decide(case, person, "status", "not missing", why="they withdrew it")
        assert [said.status for said in persons_of(case)[0].statuses] == [PersonStatus.REPORTED_DEAD]
        undo(case)
        assert len(persons_of(case)[0].statuses) == 2
        for value, said in (("dead by X", "cannot be 'dead'"), ("missing", "By whose account")):
            with pytest.raises(UsageError, match=said):
                decide(case, person, "status", value, why="x")


def test_records_claims_and_items_are_joined_to_a_person_and_parted_again(root: Path) -> None:
    with open_case(root, write="person") as case:
        person = add_person(case, "Munir Tuqan").number
        decide(case, person, "joined", "i1:12", why="same birth date")
        decide(case, person, "joined", "I3", why="his own account")
        assert persons_of(case)[0].joined == ("I1:12", "I3")
        decide(case, person, "joined", "not I1:12", why="another man")
        assert persons_of(case)[0].joined == ("I3",)
        for value, said in (("I77:1", "no I77"), ("somebody", "cannot be joined")):
            with pytest.raises(UsageError, match=said):
                decide(case, person, "joined", value, why="x")


def test_the_verbs_lead_from_a_list_in_the_case_to_a_run_and_its_pairs(listed: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    root = Path(shutil.copytree(listed[0], tmp_path / "case"))
    proposed = run("count", "map", root, "I1")
    assert 'given = "First name"' in proposed.output
    mappings = [tmp_path / f"{name}.toml" for name in LISTS]
    for mapping, content in zip(mappings, listed[1].values(), strict=True):
        mapping.write_bytes(content)
    lists = [part for number, mapping in enumerate(mappings, 1) for part in ("--list", f"I{number}={mapping}")]
    planned = run("count", "plan", root, "--question", "How many?", "--population", "in Ost", "--method", "chao", *lists)
    assert "Q1 is on record" in planned.output
    assert "Estimating takes about" in planned.output
    assert f"witnessmark count run {root} Q1" in planned.output
    assert "1 question to count" in run("status", root).output
    made = run("count", "run", root, "Q1", "--json")
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["runs"][0]["result"]["documented"] > 200
    shown = run("count", "show", root, "Q1").output
    assert "Run 1 of 1" in shown
    assert "a lower bound of" in shown
    assert shown.index("different people") < shown.index("a lower bound of") < shown.index("rests on:")
    judged = run("count", "judge", root, "Q1", piped="ynuhq")
    assert "2 pairs judged" in judged.output
    assert len(json.loads(run("count", "judge", root, "Q1", "--json").stdout)) > 2


def test_what_is_typed_wrongly_is_told_with_the_command_that_helps(counted: Path) -> None:
    for arguments, said in (
        (("run", counted, "Q9"), "There is no question Q9"),
        (("map", counted), "Which list of the case?"),
        (("plan", counted, "--question", "a", "--population", "b", "--list", "I1"), "names no mapping"),
        (("plan", counted, "--question", "a", "--population", "b", "--list", "I1=nowhere.toml"), "cannot be read"),
    ):
        result = run("count", *arguments)
        assert result.exit_code != 0
        assert said in f"{result.output} {result.exception}"


def test_strata_are_estimated_by_all_methods_or_those_named_and_the_time_is_told_before(
    listed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root = Path(shutil.copytree(listed[0], tmp_path / "case"))
    with open_case(root, write="count plan") as case:
        by_all = plan_question(case, asked(listed[1], by=("half-year",)))
        by_one = plan_question(case, asked(listed[1], by=("half-year",), strata_methods=("chao",)))
        slow = plan_question(case, asked(listed[1], by=("half-year",), methods=("lcmcr", "chao")))
        assert by_all.question.plan.strata_methods == METHODS
        assert by_one.question.plan.strata_methods == ("chao",)
        assert by_all.expected.strata == 2
        assert by_one.expected.of_strata.most < by_all.expected.of_strata.most < slow.expected.of_strata.most
        said: list[str] = []
        made = run_question(case, by_one.question.number, announce=said.append)
    assert len(said) == 1
    assert said[0].startswith("Estimating takes about ")
    assert made.latest is not None
    assert list(made.latest.result.strata) == ["chao"]


def test_a_linkage_does_not_depend_on_the_methods_of_strata_so_that_older_questions_are_not_linked_again(counted: Path) -> None:
    with open_case(counted) as case:
        (one,) = questions_of(case)
    older = msgspec.structs.replace(one, plan=msgspec.structs.replace(one.plan, strata_methods=()))
    assert linked_from(one, []) == linked_from(older, [])
    as_recorded_then = {name: value for name, value in msgspec.to_builtins(older.plan).items() if name != "strata_methods"}
    assert linked_from(older, []) == hashlib.sha256(msgspec.json.encode((as_recorded_then, []))).hexdigest()
