"""Lists in files linked into a folder, and the folder estimated from."""

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from witnessmark.cli.main import verbs

pytest.importorskip("splink")

GIVEN = ("Karim", "Tarek", "Munir", "Salwa", "Yasmin", "Jabir", "Nizar", "Layla", "Rashid", "Faisal", "Hind", "Idris")
FAMILY = ("Talhuni", "Barakat", "Qabbani", "Mansur", "Zayyat", "Darwazeh", "Rimawi", "Shahin", "Kanaan", "Tuqan", "Ghosheh", "Nabulsi")
LISTS = ("Hospitals", "Families", "Press")


def write_lists(folder: Path, people: int = 260) -> list[Path]:
    """Three lists of one invented population, each with half of the people, and a mapping beside each."""
    rng = random.Random(11)  # noqa: S311 -- test data
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in LISTS}
    for person in range(people):
        row = (rng.choice(GIVEN), rng.choice(FAMILY), f"2013-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", "Ost")
        for name in LISTS:
            if rng.random() < 0.5:
                rows[name].append((str(person), *row))
    files = []
    for name in LISTS:
        file = folder / f"{name.lower()}.csv"
        with file.open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows([("No", "First name", "Last name", "Died", "Town"), *rows[name]])
        columns = '{ id = "No", given = "First name", family = "Last name", died = "Died", place = "Town" }'
        file.with_suffix(".toml").write_text(
            f'name = "{name}"\nsource = "{name} of Ost"\ncompiled = "By hand."\ndate_order = "year-first"\ncolumns = {columns}\n'
        )
        files.append(file)
    return files


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
    assert (min(drawn), max(drawn)) == (said["fewest"], said["most"])


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


def test_the_documented_minimum_comes_first_and_no_middle_stands_alone(linked: tuple[object, Path, object]) -> None:
    _, out, _ = linked
    result = run("linked", out, "--method", "decomposable")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("At least ")
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
