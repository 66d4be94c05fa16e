"""Containers in a case: members become items linked to their container, nesting ends, and nothing is taken in twice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from witnessmark.case import unpacking
from witnessmark.case.case import Case, create_case, open_case, rebuild_case
from witnessmark.case.intake import Given, add
from witnessmark.case.reading import read_items
from witnessmark.case.verifying import verify_case
from witnessmark.case.viewing import held_items
from witnessmark.model.verdict import Verdict
from witnessmark.model.view import HeldItem

LETTER = b"Ana Brecht wrote from Korrin."


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 3, 1, 14, 22, 0)), content)
    return buffer.getvalue()


def taken_in(tmp_path: Path, content: bytes, name: str = "a.zip") -> Path:
    path, case = tmp_path / name, tmp_path / "case"
    path.write_bytes(content)
    create_case(case)
    with open_case(case, write="add") as opened:
        add(opened, [path], Given())
        read_items(opened)
    return case


def items_of(case: Path) -> dict[str, HeldItem]:
    with open_case(case) as opened, opened.asking() as connection:
        return {held.item.name: held for held in held_items(connection)}


def faults(case: Path) -> list[str]:
    return [f"{check.subject}: {check.detail}" for check in verify_case(case) if check.verdict is Verdict.FAIL]


def test_members_and_their_members_are_items_linked_to_what_they_came_in(tmp_path: Path) -> None:
    content = zipped({"letter.txt": LETTER, "inner.zip": zipped({"deep.txt": b"Deep words."})})
    case = taken_in(tmp_path, content)
    items = items_of(case)
    assert set(items) == {"a.zip", "letter.txt", "inner.zip", "deep.txt"}
    assert items["letter.txt"].item.parent == items["a.zip"].item.id
    assert items["deep.txt"].item.parent == items["inner.zip"].item.id
    assert items["letter.txt"].receipts[0].how == f"attached to {items['a.zip'].item.number}"
    assert items["letter.txt"].receipts[0].stated["modified"].startswith("2031-03-01")
    document = items["letter.txt"].document
    assert document is not None
    assert document.text == LETTER.decode()
    assert not faults(case)
    rebuild_case(case)
    assert items_of(case) == items


def test_reading_again_takes_nothing_in_twice(tmp_path: Path) -> None:
    case = taken_in(tmp_path, zipped({"letter.txt": LETTER, "inner.zip": zipped({"deep.txt": b"Deep words."})}))
    before = items_of(case)
    with open_case(case, write="read") as opened:
        assert read_items(opened, again=True).found_inside == 0
    assert {name: held.receipts for name, held in items_of(case).items()} == {name: held.receipts for name, held in before.items()}


def test_archives_nested_without_end_stop_at_the_depth_allowed(tmp_path: Path) -> None:
    content = LETTER
    for level in range(20):
        content = zipped({f"{level}.zip" if level else "letter.txt": content})
    items = items_of(taken_in(tmp_path, content))
    assert len(items) == 9
    (last,) = [held for held in items.values() if held.document is None]
    assert "lies inside 8 others; at most 8 are opened" in last.failures[0].reason


def test_bombs_that_multiply_by_nesting_stop_at_the_count_for_what_was_received(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_INSIDE", 30)
    inner = [zipped({f"{n}-{m}.txt": b"%d %d" % (n, m) for m in range(10)}) for n in range(10)]
    case = taken_in(tmp_path, zipped({f"{n}.zip": content for n, content in enumerate(inner)}))
    items = items_of(case)
    assert len(items) == 31
    told = [problem for held in items.values() if held.document for problem in held.document.problems]
    assert any("were not taken in: more than 30 files" in problem for problem in told)


def test_a_large_archive_is_taken_in_part_by_part_into_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from witnessmark.case import reading
    from witnessmark.read import ReadParams
    from witnessmark.read.request import Caps

    monkeypatch.setattr(
        reading, "ReadParams", lambda: ReadParams(tesseract=None, ocr_languages=(), exiftool=None, caps=Caps(part_bytes=50))
    )
    case = taken_in(tmp_path, zipped({f"{n}.txt": LETTER + b"%d" % n for n in range(5)}))
    items = items_of(case)
    assert len(items) == 6
    document = items["a.zip"].document
    assert document is not None
    assert [line.partition(" ")[0] for line in document.text.splitlines()] == [f"{n}.txt" for n in range(5)]
    assert [document.text[anchor.start : anchor.end] for anchor in document.anchors] == document.text.splitlines()


def test_an_archive_that_holds_itself_ends(tmp_path: Path) -> None:
    """Stood in for by an item whose receipt says that it came in itself."""
    assert unpacking.depth_of("a", {"a": "a"}) == 0
    assert unpacking.outermost("a", {"a": "b", "b": "a"}) == "b"


def test_the_list_of_members_is_not_read_for_claims(tmp_path: Path) -> None:
    from witnessmark.case.claiming import documents_waiting

    case = taken_in(tmp_path, zipped({"guards killed ten men at Korrin, envoy said.txt": LETTER}))
    with open_case(case) as opened:
        assert isinstance(opened, Case)
        assert documents_waiting(opened) == {items_of(case)["guards killed ten men at Korrin, envoy said.txt"].item.id}
