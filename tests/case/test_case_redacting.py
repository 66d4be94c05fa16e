"""Redacting in a case: on record without what was hidden, refused with nothing left behind, and no trace in files written on the way."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from witnessmark.case.case import open_case, rebuild_case
from witnessmark.case.persons import add_person
from witnessmark.case.redacting import copies_of, read_out, redact
from witnessmark.case.redaction_order import Order
from witnessmark.case.sealing import seal
from witnessmark.case.verifying import verify_case
from witnessmark.cli.main import verbs
from witnessmark.errors import LeakError, UsageError
from witnessmark.model.verdict import Verdict
from witnessmark.protect.leaks import Secret, find_leaks
from witnessmark.protect.redaction import Box, Target
from witnessmark.read import ReadParams

NAME = "Ana Brecht"


def order(*terms: str, spans: tuple[tuple[int, int], ...] = ()) -> Order:
    return Order(terms=tuple(Target(term) for term in terms), spans=spans)


def item_named(case: Path, name: str) -> str:
    done = CliRunner().invoke(verbs, ["status", str(case), "--json"])
    return next(str(item["number"]) for item in json.loads(done.stdout)["all_items"] if item["name"] == name)


def with_pdf(case: Path, tmp_path: Path) -> str:
    """The number of a PDF with the name in its text layer, added to the case and not read."""
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(tmp_path / "statement.pdf"))
    page.drawString(72, 700, f"Envoy {NAME} told reporters on Thursday")
    page.save()
    done = CliRunner().invoke(verbs, ["add", str(case), str(tmp_path / "statement.pdf")])
    assert done.exit_code == 0, done.output
    return item_named(case, "statement.pdf")


def as_png(photograph: Path) -> bytes:
    from pi_heif import open_heif
    from PIL import Image

    picture = open_heif(photograph)
    buffer = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.data, "raw", picture.mode, picture.stride).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def briefing(case: Path) -> str:
    return item_named(case, "briefing.txt")


def test_a_redaction_is_on_record_with_the_hash_of_the_copy_and_without_what_was_hidden(case: Path, briefing: str, tmp_path: Path) -> None:
    out = tmp_path / "out" / "copy.txt"
    out.parent.mkdir()
    arguments = ["redact", str(case), briefing, "--term", NAME, "--pseudonym", "Brecht=Person K", "--why", "at risk", "--out", str(out)]
    done = CliRunner().invoke(verbs, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)["record"]
    text = out.read_text(encoding="utf-8")
    assert "envoy █████ told reporters" in text
    assert "[Person K] said" in text
    assert list(find_leaks(out.parent, [Secret("name", NAME), Secret("surname", "Brecht")])) == []
    newest = max((case / "records" / "custody").iterdir()).read_bytes()
    assert record["sha256"].encode() in newest
    assert b"recht" not in newest
    rebuild_case(case)
    with open_case(case) as opened:
        assert [copy.sha256 for copy in copies_of(opened)] == [record["sha256"]]
    assert not [check for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_what_does_not_fit_is_refused_with_nothing_left_behind(case: Path, briefing: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, wanted, why, words in (
        ("a.txt", order("Nobody Known"), "x", "Not found"),
        ("a.txt", order(NAME), f"hides {NAME.lower()}", "reason"),
        ("a.pdf", order(NAME), "x", "can end in"),
        ("a.docx", order(NAME), "x", "End it in one of"),
        ("a.txt", order(), "x", "Nothing to hide"),
        ("a.txt", order(spans=((0, 10**6),)), "x", "not inside the text"),
        ("a.txt", Order(boxes=(Box(1, 0, 0, 9, 9),)), "x", "a text has none"),
        ("a.txt", Order(terms=(Target(NAME, shown="A.B."),)), "x", "pseudonym"),
    ):
        with open_case(case, write="redact") as opened, pytest.raises(UsageError, match=words):
            redact(opened, briefing, wanted, out / name, why=why)
    assert list(out.iterdir()) == []
    with open_case(case) as opened:
        assert copies_of(opened) == []


def test_a_copy_that_still_holds_a_term_is_refused_before_it_has_a_name(case: Path, briefing: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with open_case(case, write="redact") as opened, pytest.raises(LeakError, match="term 1") as refused:
        redact(opened, briefing, order(NAME), out / "ana-brecht.txt", why="x")
    assert "recht" not in str(refused.value)
    assert list(out.iterdir()) == []


def test_a_span_hides_its_place_alone_and_says_that_its_words_stand_elsewhere(case: Path, briefing: str, tmp_path: Path) -> None:
    with open_case(case, write="redact") as opened:
        source = next(p for p in (case / "vault").rglob("*") if p.is_file() and b"envoy Ana" in p.read_bytes()).read_text(encoding="utf-8")
        start = source.index("Brecht")
        done = redact(opened, briefing, order(spans=((start, start + 6),)), tmp_path / "copy.txt", why="x")
    assert "Brecht said" in (tmp_path / "copy.txt").read_text(encoding="utf-8")
    assert "Ana █████ told" in (tmp_path / "copy.txt").read_text(encoding="utf-8")
    assert any("stand elsewhere" in warning for warning in done.warnings)


def test_a_name_under_seal_is_hidden_unasked_in_a_page_drawn_from_the_original(case: Path, briefing: str, tmp_path: Path) -> None:
    number = with_pdf(case, tmp_path)
    with open_case(case, write="seal") as opened:
        seal(opened, add_person(opened, NAME).number, [], why="at risk")
        assert redact(opened, number, order("Thursday"), tmp_path / "copy.pdf", why="x").record.boxes == 2
        redact(opened, briefing, order(NAME), tmp_path / "copy.txt", why="covered already, so no miss")
    text = (tmp_path / "copy.txt").read_text(encoding="utf-8")
    assert NAME not in text
    assert set(re.findall("█+", text)) == {"█████"}, "a mark as long as the name tells who may bear it"


@pytest.mark.skipif(not ReadParams().can_ocr, reason="tesseract is not installed: nobody reads the words of a picture")
@pytest.mark.parametrize("name", ["order.png", "order.heic"])
def test_words_that_only_a_picture_shows_are_found_and_hidden(case: Path, tmp_path: Path, name: str) -> None:
    photograph, out = (
        Path(__file__).with_name("order.heic"),
        tmp_path / "copy.png",
    )  # two lines of print, encoded once by pillow-heif: nothing here can write HEIC
    if name == "order.png":
        (tmp_path / name).write_bytes(as_png(photograph))
        photograph = tmp_path / name
    assert CliRunner().invoke(verbs, ["add", str(case), str(photograph)]).exit_code == 0
    with open_case(case, write="redact") as opened:
        done = redact(opened, item_named(case, name), order(NAME), out, why="at risk")
    assert (done.record.boxes, [each for each in done.warnings if "OCR" in each]) == (1, [])
    seen = read_out(out).text
    assert "garrison" in seen
    assert "Brecht" not in seen


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: what is written on the way cannot be watched")
@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_nothing_written_on_the_way_holds_the_secret(case: Path, briefing: str, tmp_path: Path, kind: str) -> None:
    """Every write to a file by the program and all it starts, temporary files and logs too, whether or not the file is still there."""
    work, trace, out = tmp_path / "work", tmp_path / "trace", tmp_path / f"c.{kind}"
    work.mkdir()
    if kind == "pdf":
        briefing = with_pdf(case, tmp_path)
    command = [
        sys.executable,
        "-m",
        "witnessmark",
        "redact",
        str(case),
        briefing,
        "--term",
        NAME,
        "--why",
        "x",
        "--out",
        str(out),
    ]
    watch = [
        "strace",
        "-f",
        "-y",
        "-s",
        "1000000",
        "-e",
        "trace=write,pwrite64,writev,openat,mkdir,rename,renameat2,link",
        "-o",
        str(trace),
    ]
    done = subprocess.run([*watch, *command], env=os.environ | {"TMPDIR": str(work)}, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr.lower():
        pytest.skip("this system does not let strace watch")
    assert done.returncode == 0, done.stderr
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    written = [line for line in lines if re.search(r"\b(p?write(64|v)?)\(\d+</(?!dev|proc)", line)]
    assert any(out.name in line for line in written)
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "writes").write_text("\n".join(written), encoding="utf-8")
    (tmp_path / "seen" / "names").write_text("\n".join(re.findall(r'"(/[^"]*)"', "\n".join(lines))), encoding="utf-8")
    assert list(find_leaks(tmp_path / "seen", [Secret("name", NAME)])) == []
    assert kind != "txt" or list(find_leaks(tmp_path / "seen", [Secret("what is shown", "told reporters on Thursday")]))
    assert list(work.iterdir()) == []
    assert "recht" not in done.stdout + done.stderr
