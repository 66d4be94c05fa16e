from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from witnessmark import errors
from witnessmark.cli.main import verbs

VERBS = sorted(verbs.commands)
CONTRACT = {
    "new",
    "add",
    "read",
    "decide",
    "undo",
    "weigh",
    "publish",
    "verify",
    "status",
    "export",
    "rebuild",
    "demo",
    "build",
    "claims",
    "evaluate",
    "review",
    "serve",
    "search",
    "backup",
    "restore",
    "upgrade",
    "redact",
    "assess",
    "receipt",
    "import",
    "checkpoint",
    "cosign",
    "timestamp",
    "key",
    "triage",
    "dispose",
    "consent",
    "account",
    "person",
    "seal",
    "unseal",
    "sealed-key",
    "erase",
    "lock",
    "unlock",
    "keys",
    "recovery",
    "collect",
    "count",
    "watch",
    "source",
}
"""The verbs of the contract that this stage of the project has; serve comes with its own."""


def witnessmark(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "witnessmark", *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd, timeout=120
    )


def test_the_verbs_of_the_contract_are_there() -> None:
    assert set(VERBS) == CONTRACT


def _each() -> dict[str, click.Command]:
    """Every verb under its whole name, those of a group one by one."""
    inner = {name: verb.commands for name, verb in verbs.commands.items() if isinstance(verb, click.Group)}
    whole = {f"{name} {part}": command for name, parts in inner.items() for part, command in parts.items()}
    return {name: verb for name, verb in verbs.commands.items() if name not in inner} | whole


@pytest.mark.parametrize("name", sorted(_each()))
def test_every_verb_has_json_and_help_with_an_example(name: str) -> None:
    command = _each()[name]
    assert any("--json" in parameter.opts for parameter in command.params if isinstance(parameter, click.Option))
    assert f"Example: witnessmark {name}" in (command.help or "")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, witnessmark.cli.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "spacy",
        "thinc",
        "numpy",
        "sqlalchemy",
        "lxml",
        "trafilatura",
        "PIL",
        "openpyxl",
        "docx",
        "jinja2",
        "pypdfium2",
        "filelock",
        "sqlite3",
    }
    assert not heavy & set(loaded)


def test_no_two_kinds_of_error_end_with_the_same_code() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.WitnessmarkError)]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)


def test_an_error_is_a_sentence_with_its_own_exit_code_and_the_way_on(tmp_path: Path) -> None:
    done = witnessmark("status", tmp_path)
    assert done.returncode == errors.CaseError.exit_code
    assert done.stderr.startswith("witnessmark: ")
    assert "witnessmark new" in done.stderr
    assert "Traceback" not in done.stderr
    as_json = json.loads(witnessmark("status", tmp_path, "--json").stdout)
    assert as_json["exit_code"] == errors.CaseError.exit_code


def test_a_case_is_made_and_worked_on_verb_by_verb(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Envoy Ana Brecht said that guards killed ten prisoners at Korrin in March 2031.", encoding="utf-8")
    for arguments in (
        ["new", "case", "--title", "Korrin"],
        ["add", "case", "note.txt", "--published", "2031-05-15", "--received-from", "a friend"],
        ["read", "case"],
        ["weigh", "case"],
        ["publish", "case"],
        ["decide", "case", "C1", "status=accepted", "--why", "compared"],
        ["undo", "case"],
        ["export", "case", "--to", "claims-jsonl", "claims.jsonl"],
        ["rebuild", "case"],
        ["verify", "case"],
    ):
        done = witnessmark(*arguments, cwd=tmp_path)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    (line, *_) = (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claim = json.loads(line)
    assert (claim["file"], claim["status"], claim["victims"][0]["min"]) == ("note.txt", "proposed", 10)
    assert claim["said"] is None or claim["said"]["text"]


def test_claims_needs_no_case_and_prints_one_json_object_a_line(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes("\ufeffEnvoy Ana Brecht said that guards killed ten prisoners at Korrin.\r\n".encode())
    done = witnessmark("claims", article, "--published", "2031-05-15", "--json")
    assert done.returncode == 0, done.stderr
    text = article.read_bytes().decode("utf-8-sig")
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert claims
    for claim in claims:
        assert Path(claim["file"]).name == "article.txt"
        for span in [*claim["content"], *claim["cue"]]:
            assert text[span["start"] : span["end"]] == span["text"]
    assert list(tmp_path.iterdir()) == [article]


def test_claims_of_a_file_that_cannot_be_read_says_why_and_ends_with_its_code(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = witnessmark("claims", empty, "--json")
    assert done.returncode == errors.NothingReadError.exit_code
    assert "empty" in done.stderr
    assert done.stdout == ""


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    done = witnessmark("add", tmp_path, tmp_path, "--published", "last week")
    assert done.returncode == 2
    assert "year-month-day" in done.stderr


def test_what_evidence_says_cannot_command_the_terminal() -> None:
    from witnessmark.cli.printing import plain

    assert plain("a\x1b[2Jb\u202ec\r\n") == "a�[2Jb�c��"
