"""An encrypted case in which names were planted, and a search for them in the raw bytes of folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from witnessmark.case.case import create_case, open_case
from witnessmark.case.deciding import decide
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import read
from witnessmark.case.publishing import publish_draft
from witnessmark.case.sealed_keys import PASSPHRASE
from witnessmark.case.search_question import Question
from witnessmark.case.searching import search_case
from witnessmark.case.weighing import weigh

PASSWORD = "harbour copper lantern nine"  # noqa: S105 -- of an invented case
CANARIES = {
    "file name": "quillonby",
    "text": "Brandelvar",
    "speaker": "Ottoline Vashtrup",
    "source": "Gazette of Murnhollow",
    "title": "Zephrandine",
    "reason": "whimberley",
    "member": "Isaura-Kettlebane",
}
SHORT = 7
"""Letters: parts of a name as short as that stand anywhere by chance."""

TEXT = f"""KORRIN, 15 May 2031 (Northern Wire) -- Guards at {CANARIES["text"]} prison killed at least 40 detainees in March 2031, envoy {CANARIES["speaker"]} told reporters.

The Tolvarian Foreign Ministry denied the allegations.
"""


def work_on(root: Path, evidence: Path, *, openers: list[tuple[str, str]]) -> None:
    """The whole way: new, add, read, weigh, decide, publish, search. The case is left unlocked where it is encrypted."""
    evidence.mkdir()
    (evidence / f"{CANARIES['file name']}.txt").write_text(TEXT, encoding="utf-8")
    (evidence / f"{CANARIES['file name']}.csv").write_text(f"name,age\n{CANARIES['speaker']},34\n", encoding="utf-8")
    create_case(root, title=CANARIES["title"], member=CANARIES["member"], openers=openers)
    with open_case(root, write="test", member=CANARIES["member"]) as case:
        add(case, [evidence], Given(source=CANARIES["source"]))
        read(case, rules_only=True)
        weigh(case)
        decide(case, "I1", "sensitivity", "graphic", why=CANARIES["reason"])
        publish_draft(case)
        assert search_case(case, Question(query=CANARIES["text"])).hits


def encrypted(root: Path, evidence: Path) -> None:
    """An encrypted case with planted names, worked on and left unlocked."""
    work_on(root, evidence, openers=[(PASSPHRASE, PASSWORD)])


def traces(folder: Path) -> set[str]:
    """Which planted names stand in the names or raw bytes of anything below a folder, in UTF-8 or UTF-16, in whatever case of letters."""
    found = set()
    for path, content in _files(folder):
        for what, name in CANARIES.items():
            forms = [
                name.lower().encode(),
                name.lower().encode("utf-16-le"),
                *(part.lower().encode() for part in name.split() if len(part) > SHORT),
            ]
            if name.lower() in str(path).lower() or any(form in content for form in forms):
                found.add(what)
    return found


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent) / name
            yield path.relative_to(folder), path.read_bytes().lower() if path.is_file() else b""
