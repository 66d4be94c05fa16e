"""Verifying packages where nobody knows the case: every altered, missing, added or swapped file is named, and hostile ones do no harm."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import handed_over as given
import pytest
from click.testing import CliRunner
from handed_over import handed_over

from witnessmark.case import bagging
from witnessmark.case.bagging import MANIFESTS, TAG_MANIFESTS
from witnessmark.case.case import open_case
from witnessmark.case.handing_over import restrictions_in
from witnessmark.case.handing_over_papers import papers
from witnessmark.case.verifying_handover import read_package
from witnessmark.case.verifying_package import verify_package
from witnessmark.case.whole_bag import bag_whole
from witnessmark.cli.main import verbs
from witnessmark.errors import CaseError
from witnessmark.ledger.notes import Kind, VerifierKey, new_key, parse_verifier
from witnessmark.model.canonical import canonical_json
from witnessmark.model.handover import Form
from witnessmark.model.verdict import Check, Verdict

KINDS = (*Form, "whole")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of every kind, and no case beside them."""
    root = tmp_path_factory.mktemp("packages")
    case = given.make_case(root / "made")
    for form in Form:
        handed_over(case, root / form, form=form, analysis="asked for" if form is Form.BAGIT else None)
    bag_whole(case, root / "whole")
    shutil.rmtree(root / "made")
    return root


@pytest.fixture
def package(packages: Path, tmp_path: Path) -> Path:
    """A copy of the hand-over, in another place."""
    return moved(packages / Form.HANDOVER, tmp_path)


def moved(package: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "somewhere" / "else"
    shutil.copytree(package, copy)
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)
    return copy


def files_of(package: Path) -> list[str]:
    return sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())


def failed(package: Path, *trust: VerifierKey) -> list[Check]:
    return [check for check in verify_package(package, trust=trust) if check.verdict is Verdict.FAIL]


def named(package: Path) -> set[str]:
    """What the failed checks name, without the line numbers behind it."""
    return {check.subject.partition(" line ")[0] for check in failed(package)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_verifies_where_its_case_was_never_seen(packages: Path, tmp_path: Path, kind: str) -> None:
    copy = moved(packages / kind, tmp_path)
    checks = list(verify_package(copy))
    assert not [check for check in checks if check.verdict is Verdict.FAIL]
    assert {check.subject for check in checks if check.verdict is Verdict.PASS} >= {
        name for name in files_of(copy) if "/data/" in f"/{name}"
    }
    assert all(check.detail for check in checks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bit_flipped_in_any_file_is_found_and_the_file_named(packages: Path, tmp_path: Path, kind: str) -> None:
    copy = moved(packages / kind, tmp_path)
    missed = []
    for name in files_of(copy):
        path = copy / name
        before = path.read_bytes()
        if not before:
            continue
        chance = random.Random(name)  # noqa: S311 -- which bit is flipped is no secret
        altered = bytearray(before)
        altered[chance.randrange(len(before))] ^= 1 << chance.randrange(8)
        path.write_bytes(altered)
        if not is_named(copy, name):
            missed.append(name)
        path.write_bytes(before)
    assert not missed
    assert not failed(copy)


def is_named(package: Path, name: str) -> bool:
    """Whether a failed check names the file; without `bagit.txt` or the like, that it is no package at all is said of the folder."""
    try:
        return name in named(package)
    except CaseError:
        return name in {"bagit.txt", "0=ocfl_1.1", "data/backup.json"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("harm", ["deleted", "truncated", "emptied"])
def test_a_file_deleted_or_cut_short_is_named(packages: Path, tmp_path: Path, kind: str, harm: str) -> None:
    copy = moved(packages / kind, tmp_path)
    missed = []
    for name in files_of(copy):
        path = copy / name
        before = path.read_bytes()
        if not before:
            continue
        if harm == "deleted":
            path.unlink()
        else:
            path.write_bytes(before[: len(before) // 2] if harm == "truncated" else b"")
        if not is_named(copy, name):
            missed.append(name)
        path.write_bytes(before)
    assert not missed


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_put_there_is_named(packages: Path, tmp_path: Path, kind: str) -> None:
    copy = moved(packages / kind, tmp_path)
    for folder in [copy, *(path for path in copy.rglob("*") if path.is_dir())]:
        added = folder / "added.txt"
        added.write_text("not theirs", encoding="utf-8")
        assert added.relative_to(copy).as_posix() in named(copy)
        added.unlink()


@pytest.mark.parametrize("kind", KINDS)
def test_two_files_swapped_are_both_named(packages: Path, tmp_path: Path, kind: str) -> None:
    copy = moved(packages / kind, tmp_path)
    originals = [name for name in files_of(copy) if re.search(r"/vault/..?/|^data/0|/content/0", name)]
    first, second = (copy / name for name in originals[:2])
    first.rename(copy / "aside")
    second.rename(first)
    (copy / "aside").rename(second)
    assert set(originals[:2]) <= named(copy)


def write_anew(package: Path) -> None:
    """What a forger who knows the form does last: every manifest and paper written to fit."""
    record = read_package(package, "")
    assert record.about is not None
    for manifests, inside in ((MANIFESTS, True), (TAG_MANIFESTS, False)):
        listed = [name for name in files_of(package) if name.startswith("data/") is inside]
        listed = [name for name in listed if inside or not name.startswith(("tagmanifest", "certificate", "receipt"))]
        for name, algorithm in zip(manifests, bagging.ALGORITHMS, strict=True):
            lines = (f"{hashlib.new(algorithm, (package / file).read_bytes()).hexdigest()}  {file}\n" for file in listed)
            (package / name).write_text("".join(lines), encoding="utf-8")
    root = hashlib.sha256((package / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    for name, content in papers(record.about, restrictions_in(record.about, record.items or ()), root).items():
        (package / name).write_bytes(content)


def rewrite(path: Path, change: object) -> None:
    value = json.loads(path.read_bytes())
    change(value)  # type: ignore[operator]
    path.write_bytes(canonical_json(value) + b"\n")


def test_a_forger_who_writes_index_and_manifests_anew_is_seen_by_the_log(package: Path) -> None:
    file = next(item["file"] for item in json.loads((package / "items.json").read_bytes()) if item["receipts"][0]["name"] == "briefing.txt")
    (package / file).write_bytes(b"forged\n")
    rewrite(
        package / "items.json",
        lambda items: [item.update(sha256=hashlib.sha256(b"forged\n").hexdigest(), size=7) for item in items if item["file"] == file],
    )
    total = sum(item["size"] for item in json.loads((package / "items.json").read_bytes()))
    rewrite(package / "handover.json", lambda about: about.update(bytes=total))
    write_anew(package)
    assert [check.subject for check in failed(package) if "entry" in check.detail] == ["items.json"]


@pytest.mark.parametrize("field", ["at", "name", "how", "received_from", "source", "published"])
def test_the_index_cannot_say_otherwise_than_the_opened_entries(package: Path, field: str) -> None:
    rewrite(package / "items.json", lambda items: items[0]["receipts"][0].update({field: "2031-01-01T00:00:00Z"}))
    write_anew(package)
    assert "items.json" in named(package)


def test_a_held_back_item_cannot_be_left_off_the_list(package: Path) -> None:
    rewrite(package / "held-back.json", lambda held: held.pop())
    write_anew(package)
    assert "handover.json" in named(package)


def test_an_entry_or_opening_or_proof_altered_is_named_by_its_line(package: Path) -> None:
    path = package / "custody.jsonl"
    lines = path.read_bytes().splitlines()
    for place, line in enumerate(lines, 1):
        proven = json.loads(line)
        forms = [{**proven, "line": proven["line"].replace('"at":"20', '"at":"19')}, {**proven, "proof": proven["proof"][:-1]}]
        if proven["opening"]:
            forms += [
                {**proven, "opening": {**proven["opening"], "salt": "0" * 64}},
                {**proven, "opening": {**proven["opening"], "body": "{}"}},
            ]
        for form in forms:
            path.write_bytes(b"\n".join([*lines[: place - 1], canonical_json(form), *lines[place:]]) + b"\n")
            write_anew(package)
            assert f"custody.jsonl line {place}" in {check.subject for check in failed(package)}


def test_whose_case_it_is_is_proven_by_a_key_come_by_another_way(package: Path) -> None:
    (key,) = {
        parse_verifier(json.loads(proven["opening"]["body"])["key"])
        for line in (package / "custody.jsonl").read_bytes().splitlines()
        if "signing.began" in (proven := json.loads(line))["line"]
    }
    assert not failed(package, key)
    said = {check.verdict for check in verify_package(package, trust=[key]) if check.subject == "checkpoint.txt"}
    assert said == {Verdict.PASS}
    without = {check.verdict for check in verify_package(package) if check.subject == "checkpoint.txt"}
    assert without == {Verdict.PASS, Verdict.NOT_CHECKED}
    other = new_key("witnessmark.invalid/0123456789abcdef").verifier(Kind.NOTE)
    assert {check.subject for check in failed(package, other)} == {"checkpoint.txt"}


def test_a_library_that_finds_nothing_is_not_what_finds_an_altered_file(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bagit.Bag.validate", lambda *_args, **_options: True)
    name = next(name for name in files_of(package) if name.startswith("data/"))
    (package / name).write_bytes((package / name).read_bytes().replace(b" ", b"_", 1))
    assert name in named(package)


def hostile(package: Path) -> Iterator[str]:
    """Do one thing after another to a package; each time the name under which it has to be named."""
    outside = package.parent / "outside.txt"
    outside.write_text("not for reading", encoding="utf-8")
    (package / "data/link.txt").symlink_to(outside)
    yield "data/link.txt"
    (package / "data/link.txt").unlink()
    (package / "data/folder").symlink_to(package.parent)
    yield "data/folder"
    (package / "data/folder").unlink()
    os.mkfifo(package / "data/pipe")
    yield "data/pipe"
    (package / "data/pipe").unlink()
    (package / "data/CON.txt").write_text("", encoding="utf-8")
    yield "data/CON.txt"
    (package / "data/CON.txt").unlink()
    name = next(name for name in files_of(package) if name.startswith("data/") and name != name.upper())
    twin = f"data/{name.removeprefix('data/').upper()}"
    (package / twin).write_text("", encoding="utf-8")
    yield twin
    (package / twin).unlink()
    with (package / name).open("r+b") as file:
        file.truncate(1 << 42)  # four terabytes of nothing
    yield name
    manifest = package / "manifest-sha256.txt"
    before = manifest.read_bytes()
    for line in (f"{'0' * 64}  ../outside.txt\n", f"{'0' * 64}  /etc/passwd\n", f"{'0' * 64}  data/../../outside.txt\n", "\0\n"):
        manifest.write_bytes(before + line.encode())
        yield manifest.name
    manifest.write_bytes(before)
    for record, content in (("items.json", b"[" * 500_000), ("handover.json", b'{"package_form":"x"}'), ("custody.jsonl", b"\xff\xfe")):
        (package / record).write_bytes(content)
        yield record


def test_a_hostile_package_is_named_for_what_it_is_and_does_no_harm(package: Path) -> None:
    for name in hostile(package):
        assert name in named(package)
    assert (package.parent / "outside.txt").read_text(encoding="utf-8") == "not for reading"


def test_an_index_that_points_out_of_the_package_is_not_followed(package: Path) -> None:
    rewrite(package / "items.json", lambda items: items[0].update(file="../../outside.txt"))
    write_anew(package)
    assert "items.json" in named(package)


def test_more_files_than_any_package_has_are_not_read(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bagging, "MOST_FILES", 5)
    assert "the package" in named(package)


def test_a_folder_that_is_no_package_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="neither a case nor a package"):
        list(verify_package(tmp_path))


def test_verify_tells_packages_from_cases_by_itself(packages: Path, tmp_path: Path) -> None:
    for kind in KINDS:
        done = CliRunner().invoke(verbs, ["verify", str(packages / kind), "--json"])
        assert done.exit_code == 0, done.output
        assert json.loads(done.output)["counts"]["pass"] > 10


def test_hand_over_receipt_and_import_by_command(tmp_path: Path) -> None:
    case = given.make_case(tmp_path)
    out = tmp_path / "out"

    def run(*words: object, fails: bool = False) -> str:
        done = CliRunner().invoke(verbs, [str(word) for word in words])
        assert (done.exit_code != 0) is fails, done.output
        return done.output + str(done.exception or "")

    assert "--for" in run("export", case, "--to", "handover", out, fails=True)
    assert "--why" in run("export", case, "--to", "handover", "--for", "Court", "--include-sealed", out, fails=True)
    said = run("export", case, "--to", "handover", "--for", "Court", out)
    assert "6 items handed over" in said
    assert "5 held back" in said
    assert "Court: 6 items, 5 held back, no receipt yet" in run("status", case)
    filled = (
        (out / "receipt.txt").read_text(encoding="utf-8").replace("office):", "office): J. Ott").replace("(date):", "(date): 2031-06-03")
    )
    (tmp_path / "back.txt").write_text(filled, encoding="utf-8")
    assert "Recorded the receipt of Court" in run("receipt", case, tmp_path / "back.txt")
    assert "receipt back" in run("status", case)
    assert "7 new here" in run("import", tmp_path / "new", out)
    with open_case(tmp_path / "new") as opened, opened.asking() as connection:
        assert opened.settings.title == "new"
        assert connection is not None
