"""Proves that the annotated documents of a folder are well formed; prints what is wrong and exits 1 otherwise.

Every mark has its fields and every field its mark; closed values are words of the claim contract; words quoted in fields stand in the
text; answers lead to claims of the same document; dates and numbers are intervals. Run: python corpus/check.py [FOLDER...]
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from witnessmark.evaluate.annotated import Annotated, MarkupError, read_annotated

CERTAINTIES = {"certain", "probable", "possible", "unknown"}
ACTS = {
    *("killing", "death_in_custody", "torture", "enforced_disappearance", "detention", "sexual_violence", "attack", "chemical_attack"),
    *("destruction", "displacement", "pillage", "denial_of_aid", "recruitment_of_children", "concealment", "threat", "atrocity"),
    *("support", "agreement", "meeting", "investigation", "other", "none"),
}
HERE = Path(__file__).parent
PARTS = ("train", "dev", "test", "blind")
VOCABULARY: dict[str, set[str]] = {
    "stance": {"asserts", "denies", "doubts", "concedes", "retracts", "corrects", "demands", "pledges", "predicts"},
    "certainty": CERTAINTIES,
    "relay_certainty": CERTAINTIES,
    "act": ACTS,
    "kind": {"factual", "opinion", "position"},
    "form": {"direct", "indirect", "mixed"},
    "polarity": {"rejected", "negated"},
}
PERIODS = {None, "hour", "day", "night", "week", "month", "year"}
HARMS = {"killed", "injured", "detained", "missing", "displaced", "found", "affected", "other"}
BASES = {"suffered", "saw", "was_told", "document", "image", "sensor", "inference", "unstated"}
ANSWERING = {"denies", "doubts", "concedes", "retracts", "corrects"}
INTERVALS = {"when", "said", "due"}
NAMES = {"place", "perpetrators", "supporters", "via", "addressee"}
PLAIN = {"speaker", "anonymous", "victims", "basis", "answers", "unsure"}
REQUIRED = {"speaker", "stance", "certainty", "kind", "act"}
HEAD = {"title", "genre", "published"}
KNOWN = set(VOCABULARY) | INTERVALS | NAMES | PLAIN


def as_list(value: Any) -> list[Any]:
    """A field's values, where one may stand for itself."""
    return value if isinstance(value, list) else [value]


def is_dates(value: Any) -> bool:
    """Two ISO dates in order, either of them "" for an open end."""
    try:
        ends = [date.fromisoformat(end) for end in value if end]
    except (TypeError, ValueError):
        return False
    return len(value) == 2 and bool(ends) and ends == sorted(ends)


def wrong_in_values(fields: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the closed values of one claim."""
    for name, words in VOCABULARY.items():
        if name in fields and (not as_list(fields[name]) or not set(as_list(fields[name])) <= words):
            yield f"{name} = {fields[name]!r} is not among {sorted(words)}"
    for name in INTERVALS & fields.keys():
        if not is_dates(fields[name]):
            yield f"{name} = {fields[name]!r} is no pair of ISO dates"
    for name in (NAMES | {"speaker", "answers", "unsure"}) & fields.keys():
        if not as_list(fields[name]) or not all(isinstance(n, str) and n for n in as_list(fields[name])):
            yield f"{name} = {fields[name]!r} is no name and no list of names"
    if fields.get("stance") == "denies" and "polarity" not in fields:
        yield "denies, but has no polarity"
    for unsure in as_list(fields.get("unsure", [])):
        if unsure not in KNOWN:
            yield f"unsure of {unsure!r}, which is no field"


def wrong_in_victims(fields: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with the counts of one claim."""
    for count in fields.get("victims", []):
        ends = [count.get(end) for end in ("min", "max")]
        stated = [end for end in ends if end is not None]
        if not stated or stated != sorted(stated) or not all(isinstance(end, int) for end in stated):
            yield f"victims {count!r}: no interval"
        if count.get("per") not in PERIODS or count.get("harm") not in HARMS:
            yield f"victims {count!r}: per or harm is not in the contract"
        if count.get("text", "\0") not in text:
            yield f"victims {count!r}: the words do not stand in the text"
        if extra := count.keys() - {"min", "max", "per", "harm", "group", "text", "approximate", "includes", "derived"}:
            yield f"victims {count!r}: unknown {sorted(extra)}"


def wrong_in_basis(fields: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with the stated grounds of one claim."""
    for basis in fields.get("basis", []):
        if not isinstance(basis, dict) or basis.get("kind") not in BASES or basis.get("text", "\0") not in text:
            yield f'basis {basis!r}: wants {{kind = "...", text = "words of the text"}}'


def wrong_in_claim(id_: str, document: Annotated) -> Iterator[str]:
    """What is wrong with one claim, one line each."""
    fields = document.fields[id_]
    if missing := REQUIRED - fields.keys():
        yield f"lacks {sorted(missing)}"
    if unknown := fields.keys() - KNOWN:
        yield f"unknown fields {sorted(unknown)}"
    marked = document.marked.get(id_)
    if marked is None or not marked.says:
        yield "is not marked in the text ([... .says|...])"
    elif marked.cue and "form" not in fields:
        yield "has a cue, but no form"
    yield from wrong_in_values(fields)
    yield from wrong_in_victims(fields, document.text)
    yield from wrong_in_basis(fields, document.text)
    if "answers" in fields and not set(as_list(fields.get("stance"))) & ANSWERING:
        yield "answers other claims, yet its stance is no answer"
    for answered in as_list(fields.get("answers", [])):
        if answered not in document.fields or answered == id_:
            yield f"answers {answered!r}, which is no other claim of this document"


def wrong_in_document(path: Path) -> Iterator[str]:
    """What is wrong with one annotated document, one line each."""
    try:
        document = read_annotated(path)
    except MarkupError as error:
        yield str(error)
        return
    if missing := HEAD - document.head.keys():
        yield f"{path.name}: the head lacks {sorted(missing)}"
    elif not is_dates([document.head["published"], ""]):
        yield f"{path.name}: published is no ISO date"
    yield from (f"{path.name}: {id_} is marked, but has no fields" for id_ in document.marked if id_ not in document.fields)
    spans: dict[object, str] = {}
    for id_ in document.fields:
        yield from (f"{path.name}: {id_}: {wrong}" for wrong in wrong_in_claim(id_, document))
        if id_ in document.marked:
            other = spans.setdefault(tuple(document.marked[id_].says), id_)
            if other != id_:
                yield f"{path.name}: {id_} and {other} have the same content"
        for start, end in document.marked[id_].says if id_ in document.marked else []:
            if document.text[start:end] != document.text[start:end].strip() or start == end:
                yield f"{path.name}: {id_}: the span {document.text[start:end]!r} is empty or begins or ends in white space"


def wrong_in_frozen(folder: Path) -> Iterator[str]:
    """Files of a frozen part that are not as they were when it was frozen."""
    sums = folder / "SHA256SUMS"
    if not sums.exists():
        return
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in sums.read_text(encoding="utf-8").splitlines())}
    yield from (f"{folder.name}/{path.name}: is not in SHA256SUMS" for path in sorted(folder.glob("*.ann")) if path.name not in listed)
    for name, digest in listed.items():
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{folder.name}/{name}: is not the frozen file"


def main(given: list[str]) -> int:
    """Check every annotated document of the folders; all parts of the corpus where none is given."""
    folders = [Path(folder) for folder in given] or [HERE / part for part in PARTS]
    paths = [path for folder in folders for path in sorted(folder.glob("*.ann"))]
    wrong = [line for path in paths for line in wrong_in_document(path)] + [line for folder in folders for line in wrong_in_frozen(folder)]
    claims = sum(len(read_annotated(path).fields) for path in paths) if not wrong else 0
    print("\n".join(wrong) or f"{len(paths)} documents, {claims} claims, nothing wrong")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
