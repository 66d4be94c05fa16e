"""Lists in files linked into a folder, and the folder estimated from."""

import csv
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.victim_lists_of_ost import FAMILY, GIVEN, LISTS, write_lists

from witnessmark.cli.main import verbs

pytest.importorskip("splink")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verbs, ["count", *(str(argument) for argument in arguments)])


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("lists")
    files, out = write_lists(folder), folder / "linked"
    result = run("link", *files, "--out", out, "--json")
    assert result.exit_code == 0, result.output
    return files, out, json.loads(result.stdout)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_row_is_given_a_person_and_rows_of_one_person_are_found(linked: tuple[Sequence[Path], Path, object]) -> None:
    files, out, _ = linked
    people = rows_of(out / "people.csv")
    assert len(people) == sum(len(rows_of(file)) for file in files)
    true = {tuple(sorted(held)) for held in _grouped((row["record"].split("/")[1], row["record"]) for row in people)}
    found = {tuple(sorted(held)) for held in _grouped((row["person"], row["record"]) for row in people)}
    assert len(true & found) / len(true) > 0.95


def _grouped(pairs: object) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:  # type: ignore[attr-defined]
        groups.setdefault(key, []).append(value)
    return list(groups.values())


def test_the_tables_count_every_person_the_lists_name(linked: tuple[object, Path, dict[str, object]]) -> None:
    _, out, said = linked
    chosen = rows_of(out / "tables" / "chosen.csv")
    assert sum(int(row["count"]) for row in chosen) == said["people"] == len({row["person"] for row in rows_of(out / "people.csv")})
    drawn = [sum(int(row["count"]) for row in rows_of(path)) for path in sorted((out / "tables").glob("draw-*.csv"))]
    assert len(drawn) == 20
    every = [*drawn, said["people"]]
    assert (min(every), max(every)) == (said["fewest"], said["most"])


def test_the_folder_names_nobody(linked: tuple[object, Path, object]) -> None:
    _, out, _ = linked
    written = "".join(path.read_text(encoding="utf-8") for path in out.rglob("*.*"))
    assert written
    assert not [name for name in (*GIVEN, *FAMILY) if name in written]


def test_what_was_linked_is_on_record_with_the_hash_of_each_list(linked: tuple[object, Path, dict[str, object]]) -> None:
    _, out, said = linked
    record = json.loads((out / "linkage.json").read_text())
    assert record == said
    assert [one["name"] for one in record["lists"]] == list(LISTS)
    assert all(len(one["digest"]) == 64 and one["compiled"] == "By hand." for one in record["lists"])


def test_linked_again_the_same_lists_give_the_same_folder(linked: tuple[Sequence[Path], Path, object], tmp_path: Path) -> None:
    files, out, _ = linked
    assert run("link", *files, "--out", tmp_path / "again").exit_code == 0
    for path in (one for one in out.rglob("*.*") if one.is_file()):
        assert (tmp_path / "again" / path.relative_to(out)).read_bytes() == path.read_bytes(), path


def test_estimates_are_pooled_over_the_linkages_and_shown_against_the_threshold(linked: tuple[object, Path, object]) -> None:
    _, out, _ = linked
    result = run("linked", out, "--method", "decomposable", "--method", "chao", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    pooled = found["estimates"]["decomposable"]
    assert pooled["total"] == pytest.approx(260, rel=0.1)
    assert pooled["interval"][0] < pooled["total"] < pooled["interval"][1]
    assert found["linkages"] == 20
    assert found["estimates"]["chao"]["lower_bound"] is True
    assert [at["threshold"] for at in found["at_thresholds"]] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    named = [at["documented"] for at in found["at_thresholds"]]
    assert named == sorted(named)


def test_how_many_the_lists_name_comes_first_and_no_middle_stands_alone(linked: tuple[object, Path, object]) -> None:
    _, out, _ = linked
    result = run("linked", out, "--method", "decomposable")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("The lists name ")
    assert "documented" not in result.stdout
    assert any(line.startswith("decomposable: ") and " to " in line and "(middle" in line for line in lines)
    assert any("rests on: " in line for line in lines)


def test_a_list_without_a_mapping_is_told_how_to_get_one(tmp_path: Path) -> None:
    files = write_lists(tmp_path)
    files[1].with_suffix(".toml").unlink()
    result = run("link", *files, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert f"witnessmark count map {files[1]} > {files[1].with_suffix('.toml')}" in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    files = write_lists(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").write_text("kept")
    assert "holds something already" in run("link", *files, "--out", tmp_path / "out").output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kept"]


def test_two_lists_of_one_name_are_refused(tmp_path: Path) -> None:
    files = write_lists(tmp_path)
    mapping = files[1].with_suffix(".toml")
    mapping.write_text(mapping.read_text().replace('name = "Families"', 'name = "Press"'))
    assert "Two lists are named 'Press'" in run("link", *files, "--out", tmp_path / "out").output


def test_one_list_is_not_linked(tmp_path: Path) -> None:
    assert "Linking takes two lists at the least" in run("link", write_lists(tmp_path)[0], "--out", tmp_path / "out").output


def test_a_folder_without_a_linkage_is_told_how_to_make_one(tmp_path: Path) -> None:
    assert "witnessmark count link" in run("linked", tmp_path).output


def test_a_mapping_is_proposed_that_reads_the_list(tmp_path: Path) -> None:
    file = write_lists(tmp_path)[0]
    file.with_suffix(".toml").write_text(run("map", file).stdout)
    assert 'given = "First name"' in file.with_suffix(".toml").read_text()


def test_two_lists_show_their_overlap_and_no_estimate(tmp_path: Path) -> None:
    table = tmp_path / "two.csv"
    table.write_text("A,B,count\n1,0,40\n0,1,30\n1,1,20\n")
    result = run("table", table)
    assert result.exit_code == 0
    assert result.stdout.startswith("At least 90 people are documented. No method gives an estimate")
    assert "only on A, B" in result.stdout


def test_a_table_is_estimated_by_the_methods_asked_for(tmp_path: Path) -> None:
    table = tmp_path / "three.csv"
    table.write_text("A,B,C,count\n1,0,0,90\n0,1,0,85\n0,0,1,80\n1,1,0,40\n1,0,1,41\n0,1,1,39\n1,1,1,20\n")
    result = run("table", table, "--method", "loglinear", "--model", "[1,2,3]", "--json")
    found = json.loads(result.stdout)
    assert list(found["estimates"]) == ["loglinear"]
    assert found["estimates"]["loglinear"]["parameters"]["model"] == "[1,2,3]"
    refused = run("table", table, "--method", "chao", "--model", "[1,2,3]")
    assert "Add --method loglinear" in refused.output


def test_pairs_judged_by_people_stand_in_the_next_linkage(linked: tuple[Sequence[Path], Path, object], tmp_path: Path) -> None:
    files, out, _ = linked
    person = {row["record"]: row["person"] for row in rows_of(out / "people.csv")}
    sure = next(
        row for row in rows_of(out / "pairs.csv") if float(row["probability"]) > 0.99 and person[row["one"]] == person[row["other"]]
    )
    said = tmp_path / "said.csv"
    said.write_text(f"one,other,verdict\n{sure['one']},{sure['other']},n\n")
    assert rows_of(out / "to-judge.csv")[0]["verdict"] == ""
    result = run("link", *files, "--out", tmp_path / "again", "--judged", said, "--json")
    assert json.loads(result.stdout)["judgements"] == 1
    again = {row["record"]: row["person"] for row in rows_of(tmp_path / "again" / "people.csv")}
    assert again[sure["one"]] != again[sure["other"]]


def test_judgements_that_contradict_each_other_are_told(linked: tuple[Sequence[Path], Path, object], tmp_path: Path) -> None:
    files, _, _ = linked
    said = tmp_path / "said.csv"
    rows = [[row["No"] for row in rows_of(file)] for file in files]
    one, other, third = (f"{name}/{held[0]}" for name, held in zip(LISTS, rows, strict=True))
    said.write_text(f"one,other,verdict\n{one},{other},y\n{other},{third},y\n{one},{third},n\n")
    result = run("link", *files, "--out", tmp_path / "out", "--judged", said)
    assert "which other judgements or a list that names everyone once stand against" in result.stdout


def test_lists_whose_rows_of_one_person_agree_in_everything_are_linked(tmp_path: Path) -> None:
    """Splink refuses the probability of nothing that training ends in on such lists."""
    header = "No,First name,Last name,Died,Town\n"
    rows = [f"{n},{GIVEN[n % 12]},{FAMILY[n // 12 % 12]},2013-{n % 12 + 1:02}-{n % 28 + 1:02},Ost\n" for n in range(140)]
    files = write_lists(tmp_path)
    for file in files:
        file.write_text(header + "".join(rows))
    result = run("link", *files, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["people"] == 140


def test_lists_that_name_nobody_are_refused_and_leave_nothing_behind(tmp_path: Path) -> None:
    files = write_lists(tmp_path)
    for file in files:
        file.write_text("No,First name,Last name,Died,Town\n1,,,2013-01-01,Ost\n")
    result = run("link", *files, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "No row of these lists names anyone" in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_told_before_the_work(tmp_path: Path) -> None:
    files = write_lists(tmp_path)
    result = run("link", *files, "--out", files[0] / "out")
    assert "cannot be made" in result.output


def test_a_linkage_that_was_tampered_with_is_not_estimated_from(linked: tuple[object, Path, object], tmp_path: Path) -> None:
    _, out, _ = linked
    changes: tuple[tuple[Callable[[Path], object], str], ...] = (
        (lambda copy: (copy / "linkage.json").write_text("{"), "does not say how the lists were linked"),
        (lambda copy: (copy / "tables" / "draw-003.csv").unlink(), "holds 19 plausible linkages"),
        (lambda copy: (copy / "tables" / "draw-003.csv").write_text("A,B,C,count\n1,1,1,5\n"), "is of other lists"),
        (lambda copy: (copy / "tables" / "chosen.csv").unlink(), "is missing"),
    )
    for change, words in changes:
        copy = tmp_path / words.replace(" ", "-")
        shutil.copytree(out, copy)
        change(copy)
        result = run("linked", copy, "--method", "chao")
        assert result.exit_code == 2
        assert words in result.output


def test_a_mapping_proposed_asks_for_what_no_file_tells_where_it_can_be_filled_in(tmp_path: Path) -> None:
    file = write_lists(tmp_path)[0]
    written = run("map", file).stdout
    assert written.index("# source = ") < written.index("# compiled = ") < written.index("[columns]")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("A,B,count\n1,1,5\n".encode("utf-16"), "is no CSV file in UTF-8"),
        (b"A,B,C,count\n1,1,1,99999999999\n", "more people than there are"),
    ],
    ids=["utf-16", "too many"],
)
def test_a_table_that_cannot_be_one_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    assert words in run("table", table).output


def test_an_interval_is_never_said_to_be_certain(tmp_path: Path) -> None:
    table = tmp_path / "three.csv"
    table.write_text("A,B,C,count\n1,0,0,90\n0,1,0,85\n0,0,1,80\n1,1,0,40\n1,0,1,41\n0,1,1,39\n1,1,1,20\n")
    assert "99.5% interval" in run("table", table, "--method", "chao", "--level", "0.995").stdout


def test_two_lists_are_linked_and_said_to_allow_of_no_estimate(tmp_path: Path) -> None:
    files = write_lists(tmp_path)[:2]
    result = run("link", *files, "--out", tmp_path / "out")
    assert "allow of no estimate" in result.stdout
    assert "No method gives an estimate" in run("linked", tmp_path / "out", "--method", "chao").stdout


def test_a_linkage_that_cannot_be_written_whole_leaves_an_empty_folder_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, out = write_lists(tmp_path), tmp_path / "out"
    out.mkdir()

    def full(path: Path, content: bytes) -> None:
        if path.name == "chosen.csv":
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr("witnessmark.case.linked_lists.write_durably", full)
    result = run("link", *files, "--out", out)
    assert "No space left on device" in result.output
    assert list(out.iterdir()) == []
