"""The parts of `watch` about sites, one after the other as an analyst types them, and what they say when something does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.watched_site import outline, ring, the_site, write_geojson, write_scenes

from witnessmark.cli.main import verbs
from witnessmark.cli.watch_screen import ask_missing
from witnessmark.model.watching import SceneFacts

pytest.importorskip("rasterio")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(verbs, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of two scenes, and the polygons."""
    folder = tmp_path_factory.mktemp("place")
    before, _, after = write_scenes(folder)
    site = the_site()
    write_geojson(folder / "site.geojson", [site.ring])
    write_geojson(folder / "comparison.geojson", [each.ring for each in site.comparisons])
    write_geojson(folder / "stable.geojson", site.stable)
    write_geojson(folder / "outlines.geojson", [outline(off) for off in (-0.5, 0.1, 0.4)])
    assert run("new", folder / "case").exit_code == 0
    assert run("add", folder / "case", before, after).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def said(place: Path) -> dict[str, Result]:
    """What each part printed, in the order of work."""
    case = place / "case"
    found = {
        "site": run(
            "watch", "site", case, "--name", "The yard", "--polygon", place / "site.geojson", "--comparison", place / "comparison.geojson",
            "--stable", place / "stable.geojson",
        ),
        "scene": run("watch", "scene", case, "W1", "I1", "--acquired", "2031-06-12T09:05Z", "--acquired-from", "a header", "--off-nadir", 12),
        "other": run("watch", "scene", case, "W1", "I2", "--acquired", "2031-01-08", "--caption", "The yard on 19 January 2031"),
        "compare": run("watch", "compare", case, "W1"),
        "outline": run("watch", "outline", case, "W1", place / "outlines.geojson", "--footprint", "store", "--on", "I1", "--why", "drawn"),
        "test": run("watch", "test", case, "W1", "I2", "I1", "--footprint", "store"),
        "saw": run("watch", "saw", case, "W1", "I2=absent", "I1=present", "--thing", "store", "--why", "seen"),
        "rival": run("watch", "rival", case, "W1", "shadow", "--against", "too large", "--why", "measured"),
    }  # fmt: skip
    assert {name: result.output for name, result in found.items() if result.exit_code} == {}
    return found


def test_each_part_says_what_it_recorded_and_what_to_do_next(said: dict[str, Result]) -> None:
    assert "W1  The yard: 2 comparison polygons, 1 stable polygon" in said["site"].output
    assert "witnessmark watch scene" in said["site"].output
    assert "missing: provider, product id" in said["scene"].output
    assert "! The caption is dated 2031-01-19, but I2 was taken on 2031-01-08" in said["other"].output
    assert "I2 with I1, entry" in said["compare"].output
    assert "residual" in said["compare"].output
    assert "date swap" in said["compare"].output
    assert "m2 at 95%" in said["outline"].output
    assert "placebos changed at least as much: p =" in said["test"].output
    assert "Not present on or before 2031-01-08, present on or after 2031-06-12." in said["saw"].output
    assert "against: too large" in said["rival"].output
    assert "use (open: nobody looked)" in said["rival"].output


def test_what_is_on_record_is_shown_as_json_without_pictures(place: Path, said: dict[str, Result]) -> None:
    shown = run("watch", "show", place / "case", "W1", "--json")
    (site,) = json.loads(shown.output)
    assert site["number"] == "W1"
    assert site["looks"] == 1
    assert site["compared"][0]["what"]["found"]["threshold"] > 0
    assert "iVBORw0KGgo" not in shown.output


def test_the_bench_is_written_outside_the_case_and_over_nothing(place: Path, said: dict[str, Result]) -> None:
    written = run("watch", "bench", place / "case", "W1", place / "bench")
    assert written.exit_code == 0, written.output
    assert (place / "bench" / "index.html").is_file()
    assert run("watch", "bench", place / "case", "W1", place / "bench").exit_code == 2
    inside = run("watch", "bench", place / "case", "W1", place / "case" / "bench")
    assert inside.exit_code == 2
    assert "lies inside the case" in inside.output


def test_a_site_is_in_the_dossier_with_its_figure(place: Path, said: dict[str, Result]) -> None:
    assert run("publish", place / "case").exit_code == 0
    dossier = place / "case" / "dossier"
    assert "The yard" in (dossier / "index.html").read_text(encoding="utf-8")
    assert len(list(dossier.glob("site-*-figure.png"))) == 1
    assert run("verify", place / "case").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("scene", "CASE", "W9", "I1"), 2, "There is no site W9"),
        (("scene", "CASE", "W1", "I9"), 2, "There is no item I9"),
        (("scene", "CASE", "W1", "I1", "--acquired", "yesterday"), 2, "'yesterday' is no time. Write 2031-01-08"),
        (("scene", "CASE", "W1", "I1", "--acquired", "2031-01-08T10:00"), 2, "has no time zone"),
        (("scene", "CASE", "W1", "I1", "--cloud", "30"), 2, "write .3 for 30 %"),
        (("scene", "CASE", "W1", "I1", "--caption-at", "33,36"), 2, "add --caption TEXT"),
        (("compare", "CASE", "W1", "I1"), 2, "Two scenes are compared; 1 were named"),
        (("compare", "CASE", "W1", "I1", "I2", "--alpha", "0.9"), 2, "alpha=0.9 is not between 0 and 0.5"),
        (("saw", "CASE", "W1", "I1=gone", "--thing", "x", "--why", "y"), 2, "says not what was seen"),
        (("test", "CASE", "W1", "I1", "I2", "--footprint", "barn"), 2, "has no footprint 'barn' (drawn: store)"),
        (("rival", "CASE", "W1", "aliens", "--for", "x", "--why", "y"), 2, "There is no rival explanation 'aliens'"),
        (("rival", "CASE", "W1", "use", "--for", "x"), 2, "A decision needs its reason"),
        (("bears-on", "CASE", "W1", "C1", "--why", "y"), 2, "C1 is no claim (C12) or incident (N3) of this case"),
    ],
    ids=lambda given: " ".join(map(str, given[:1])) if isinstance(given, tuple) else None,
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    place: Path, said: dict[str, Result], arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = run("watch", *(place / "case" if each == "CASE" else each for each in arguments))
    assert result.exit_code == code
    assert told in result.output


def test_a_site_with_several_outlines_is_refused(place: Path) -> None:
    write_geojson(place / "two.geojson", [ring(1, 1, 9, 9), ring(20, 20, 30, 30)])
    result = run("watch", "site", place / "case", "--name", "Two", "--polygon", place / "two.geojson")
    assert result.exit_code == 2
    assert "holds 2 polygons; a site has one outline" in result.output


def test_on_a_terminal_what_is_missing_is_asked_for_and_what_is_no_number_once_more() -> None:
    answers = ["LC09", "", "2031-01-08", "a letter", "one", "0.5", "", "", "", "40", "0.4", "", "", ""]
    with CliRunner().isolation(input="\n".join(answers) + "\n") as (printed, *_):
        found = ask_missing(SceneFacts(), SceneFacts(provider="known already"))
        told = printed.getvalue().decode()
    assert "Provider" not in told
    assert "'one' is no number." in told
    assert "write .3 for 30 %" in told
    assert (found.product_id, found.sensor, found.ground_sampling_distance, found.cloud) == ("LC09", None, 0.5, 0.4)
    assert found.acquired is not None
    assert found.acquired.source == "what was stated, read from a letter"
