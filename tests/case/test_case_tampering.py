"""What a writer meets that somebody altered, or that a crash left: it never buries a trace, loses evidence or reads forged words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from witnessmark.case.case import create_case, open_case
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.verifying import verify_case
from witnessmark.case.weighing import weigh
from witnessmark.errors import CaseError, CustodyError, StorageError, UsageError
from witnessmark.model.deed import DecisionMade
from witnessmark.model.verdict import Verdict
from witnessmark.store import queries


def snapshot(case: Path) -> dict[str, bytes]:
    return {
        path.relative_to(case).as_posix(): path.read_bytes()
        for part in ("ledger", "records")
        for path in sorted((case / part).rglob("*"))
        if path.is_file()
    }


def alter_an_entry(case: Path) -> None:
    log = case / "ledger/analysis/log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"at":"20', b'"at":"19', 1))


def drop_the_heads(case: Path) -> None:
    (case / "ledger/heads.json").unlink()


def lose_the_last_newline(case: Path) -> None:
    log = case / "ledger/analysis/log.jsonl"
    log.write_bytes(log.read_bytes()[:-1])


def cut_the_last_line(case: Path) -> None:
    log = case / "ledger/analysis/log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("tamper", [alter_an_entry, drop_the_heads, lose_the_last_newline, cut_the_last_line])
def test_a_writer_refuses_a_tampered_log_and_leaves_every_trace(case: Path, tamper: Callable[[Path], None]) -> None:
    tamper(case)
    before = snapshot(case)
    with pytest.raises(CustodyError), open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "accepted", why="x")
    assert snapshot(case) == before
    assert [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_a_file_in_incoming_never_replaces_an_original(case: Path) -> None:
    original = next(path for path in sorted((case / "vault").glob("??/*")))
    good, sha256 = original.read_bytes(), original.parent.name + original.name
    (case / "vault/incoming").mkdir(exist_ok=True)
    (case / "vault/incoming" / sha256).write_bytes(b"forged")
    with open_case(case, write="test"):
        pass
    assert original.read_bytes() == good


def test_the_true_bytes_added_again_restore_an_altered_original_and_keep_what_was_found(case: Path, tmp_path: Path) -> None:
    original = next(path for path in sorted((case / "vault").glob("??/*")))
    good = original.read_bytes()
    original.chmod(0o644)
    original.write_bytes(b"rotten")
    (tmp_path / "again.txt").write_bytes(good)
    with open_case(case, write="test") as opened:
        add(opened, [tmp_path / "again.txt"], Given())
    assert original.read_bytes() == good
    (aside,) = (case / "vault").glob("??/*.altered-1")
    assert aside.read_bytes() == b"rotten"
    assert aside.name in "".join(check.subject for check in verify_case(case) if check.verdict is Verdict.FAIL)


def test_an_altered_original_is_not_read_under_its_name(case: Path) -> None:
    for original in (case / "vault").glob("??/*"):
        original.chmod(0o644)
        original.write_bytes(b"Guards killed ninety-nine people, envoy Ana Brecht said.")
    with open_case(case, write="test") as opened:
        documents, _ = read(opened, again=True)
        with opened.asking() as connection:
            texts = [stored.document.text for stored in queries.documents(connection)]
    assert documents.done == 0
    assert all("altered" in failure.reason for failure in documents.failed)
    assert not any("ninety-nine" in text for text in texts)


def test_a_deed_that_cannot_be_drawn_never_enters_the_log(case: Path) -> None:
    with open_case(case, write="test") as opened:
        made = decide(opened, "C1", "status", "accepted", why="x")
    before = snapshot(case)
    from sqlalchemy.exc import IntegrityError

    with open_case(case, write="test") as opened, pytest.raises(IntegrityError):
        opened.record([DecisionMade(made)])
    assert snapshot(case) == before


def test_a_crash_while_weighing_loses_no_findings(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_case(case, write="test") as opened:
        decide(opened, "C1", "status", "unsure", why="so that there is something to weigh")
        log = opened.logs[next(s for s in opened.logs if s == "analysis")]
        with monkeypatch.context() as patched:
            patched.setattr(type(log), "append", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            with pytest.raises(StorageError, match="Nothing of this step was recorded"):
                weigh(opened)
    with open_case(case, write="test") as opened:
        weighed = weigh(opened)
    assert weighed.changed
    assert weighed.incidents


def test_a_page_that_was_altered_or_deleted_is_written_again(case: Path) -> None:
    (case / "dossier/index.html").unlink()
    with open_case(case, write="test") as opened:
        assert publish_draft(opened).changed
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_a_case_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    code = (
        "import os, sys; from pathlib import Path; import witnessmark.case.case as c\n"
        "c.Case.record = lambda *a, **k: os._exit(9)\n"
        f"c.create_case(Path({str(tmp_path / 'case')!r}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert not (tmp_path / "case").exists()
    create_case(tmp_path / "case")
    with open_case(tmp_path / "case") as opened, opened.asking() as connection:
        assert queries.title(connection) == "case"


def test_the_case_never_swallows_itself(case: Path) -> None:
    for path in (case, case / "records"):
        with open_case(case, write="test") as opened, pytest.raises(UsageError, match="the case itself"):
            add(opened, [path], Given())


def test_an_export_never_lands_in_the_case(case: Path) -> None:
    from witnessmark.case.exporting import export

    with open_case(case) as opened, pytest.raises(UsageError, match="inside the case"):
        export(opened, "claims-jsonl", case / "ledger/analysis/log.jsonl")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_named_outright_is_refused_and_never_waited_for(case: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with open_case(case, write="test") as opened:
        received = add(opened, [tmp_path / "pipe"], Given())
    assert [refusal.name for refusal in received.refused] == ["pipe"]


def test_another_giver_of_the_same_file_is_another_receipt(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "note.txt").write_text("A note.")
    with open_case(case, write="test") as opened:
        assert add(opened, [folder], Given(received_from="the clinic"), again=False).new == 1
        assert add(opened, [folder], Given(received_from="the clinic"), again=False).unchanged == 1
        assert add(opened, [folder], Given(received_from="a neighbour"), again=False).repeated == 1


def test_all_questions_inside_one_asking_see_one_state(case: Path) -> None:
    with open_case(case) as reader, reader.asking() as connection:
        before = len(queries.decisions(connection))
        code = (
            "from pathlib import Path; from witnessmark.case.case import open_case; from witnessmark.case.deciding import decide\n"
            f"with open_case(Path({str(case)!r}), write='other') as case: decide(case, 'C1', 'status', 'unsure', why='x')"
        )
        subprocess.run([sys.executable, "-c", code], check=True)
        assert len(queries.decisions(connection)) == before
    with open_case(case) as reader, reader.asking() as connection:
        assert len(queries.decisions(connection)) == before + 1


def test_a_read_only_case_can_be_looked_at(case: Path) -> None:
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    for path in [case, *case.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    for path in case.parents:
        if path.stat().st_uid == 0 and path != Path("/") and not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o055)
    code = (
        "import os, sys; sys.path[:0] = os.environ['SEARCH'].split(os.pathsep); from pathlib import Path; from witnessmark.store.database import Database\n"
        "from witnessmark.store import queries; import sqlite3, sqlalchemy.dialects.sqlite; os.setgid(65534); os.setuid(65534)\n"
        f"d = Database(Path({str(case)!r}) / 'case.db')\n"
        "with d.reading() as c: print(d.read_only, len(queries.items(c)))"
    )
    search = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, "SEARCH": search})
    assert done.stdout.split() == ["True", "3"], done.stderr


def test_a_folder_that_is_a_case_already_is_never_made_one_again(case: Path) -> None:
    with pytest.raises(CaseError, match="a case already"):
        create_case(case)
