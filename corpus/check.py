"""Proves that the gold of the corpus is well formed; prints what is wrong and exits 1 otherwise.

Every span equals the text at its offsets; ids are unique within a document; answers refer to claims of the same document; stances, acts,
certainties and the other closed values are words of the claim contract; dates are intervals of ISO dates; every text has its gold. Where
`test/SHA256SUMS` exists, the frozen files are those it lists, unchanged. Run: python corpus/check.py
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PARTS = ("dev", "test")
CERTAINTIES = {"certain", "probable", "possible", "unknown"}
ACTS = {
    *("killing", "death_in_custody", "torture", "enforced_disappearance", "detention", "sexual_violence", "attack", "chemical_attack"),
    *("destruction", "displacement", "pillage", "denial_of_aid", "recruitment_of_children", "concealment", "threat", "atrocity"),
    *("support", "agreement", "meeting", "investigation", "other"),
}
VOCABULARY: dict[str, set[str | None]] = {
    "stance": {"asserts", "denies", "doubts", "concedes", "retracts", "corrects", "demands", "pledges", "predicts"},
    "certainty": {*CERTAINTIES},
    "relay_certainty": {*CERTAINTIES, None},
    "act": {*ACTS, None},
    "form": {"direct", "indirect", "mixed"},
    "kind": {"factual", "opinion", "position"},
}
ANSWERING = {"denies", "doubts", "concedes", "retracts", "corrects"}
PERIODS = {None, "hour", "day", "night", "week", "month", "year"}
REQUIRED = {"id", "start", "end", "content", "speaker", "stance", "certainty"}
NAMES = {"speaker", "via", "place", "perpetrators", "supporters", "basis"}
OPTIONAL = NAMES | {"act", "victims", "time", "anonymous", "answers", "relay_certainty", "form", "kind", "core"}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_interval_of_dates(value: Any) -> bool:
    """Two ISO dates in order, either of them None."""
    try:
        ends = [date.fromisoformat(end) for end in value if end is not None]
    except (TypeError, ValueError):
        return False
    return len(value) == 2 and bool(ends) and ends == sorted(ends)


def is_interval_of_people(value: Any) -> bool:
    ends = [value.get("min"), value.get("max")]
    stated = [end for end in ends if end is not None]
    return bool(stated) and stated == sorted(stated) and value.get("per") in PERIODS


def wrong_in_span(claim: dict[str, Any], text: str) -> Iterator[str]:
    if text[claim["start"] : claim["end"]] != claim["content"]:
        yield "the span is not the text at its offsets"
    if claim["content"] != claim["content"].strip():
        yield "the span begins or ends in white space"


def wrong_in_values(claim: dict[str, Any], text: str) -> Iterator[str]:
    for field, words in VOCABULARY.items():
        if field in claim and (not as_list(claim[field]) or not set(as_list(claim[field])) <= words):
            yield f"{field} {claim[field]!r} is not in the contract"
    for field in sorted(NAMES & claim.keys()):
        if claim[field] is not None and (not isinstance(claim[field], list) or not claim[field]):
            yield f"{field} is no list of names"
    if "victims" in claim and not (is_interval_of_people(claim["victims"]) and claim["victims"]["text"] in text):
        yield f"victims {claim['victims']!r} is no interval, or its words are not in the text"
    if "time" in claim and not is_interval_of_dates(claim["time"]):
        yield f"time {claim['time']!r} is no interval of dates"


def wrong_in_answers(claim: dict[str, Any], ids: set[str]) -> Iterator[str]:
    if "answers" in claim and not set(as_list(claim["stance"])) <= ANSWERING:
        yield "answers other claims, yet may be read as no answer"
    for answered in claim.get("answers", []):
        if answered not in ids or answered == claim["id"]:
            yield f"answers {answered!r}, which is no other claim of this document"


def wrong_in_claim(claim: dict[str, Any], text: str, ids: set[str]) -> Iterator[str]:
    """What is wrong with one gold claim, one line each."""
    if missing := REQUIRED - claim.keys():
        yield f"lacks {sorted(missing)}"
        return
    if unknown := claim.keys() - REQUIRED - OPTIONAL:
        yield f"unknown fields {sorted(unknown)}"
    yield from wrong_in_span(claim, text)
    yield from wrong_in_values(claim, text)
    yield from wrong_in_answers(claim, ids)


def wrong_in_document(path: Path) -> Iterator[str]:
    """What is wrong with the gold of one text, one line each."""
    gold_path = path.with_suffix(".gold.json")
    if not gold_path.exists():
        yield f"{path.parent.name}/{path.name}: has no gold"
        return
    text = path.read_bytes().decode("utf-8")
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    name = f"{path.parent.name}/{path.stem}"
    if not gold["title"] or not is_interval_of_dates([gold["published"], gold["published"]]):
        yield f"{name}: no title, or no date of publication"
    count = Counter(claim["id"] for claim in gold["claims"])
    yield from (f"{name}: the id {id_!r} is given {n} times" for id_, n in count.items() if n > 1)
    spans = Counter((claim["start"], claim["end"]) for claim in gold["claims"])
    yield from (f"{name}: two claims on the span {span}" for span, n in spans.items() if n > 1)
    for claim in gold["claims"]:
        yield from (f"{name}: {claim['id']}: {wrong}" for wrong in wrong_in_claim(claim, text, set(count)))


def wrong_in_frozen(folder: Path) -> Iterator[str]:
    """Files of the frozen part that are not as they were when it was frozen."""
    sums = folder / "SHA256SUMS"
    if not sums.exists():
        return
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in sums.read_text(encoding="utf-8").splitlines())}
    present = {path.name for path in folder.iterdir() if path.name.endswith((".txt", ".gold.json"))}
    yield from (f"{folder.name}/{name}: is not in SHA256SUMS" for name in sorted(present - listed.keys()))
    for name, digest in listed.items():
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{folder.name}/{name}: is not the frozen file"


def main() -> int:
    texts = [path for part in PARTS for path in sorted((HERE / part).glob("*.txt"))]
    wrong = [line for path in texts for line in wrong_in_document(path)] + list(wrong_in_frozen(HERE / "test"))
    print("\n".join(wrong) or f"{len(texts)} documents, nothing wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
