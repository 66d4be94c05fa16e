"""Turns the annotations in `dev/NAME.py` and `test/NAME.py` into `NAME.gold.json`, next to the text `NAME.txt` they were read from.

An annotation names its content by the words themselves; the offsets are looked up here, and words that do not stand exactly once in the
text are refused, so that a span can never point elsewhere than its annotator meant. Run: python corpus/annotate.py [NAME...]
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

Claim = dict[str, Any]
Names = list[str | None] | None


def claim(id: str, content: str, speaker: Names, **more: Any) -> Claim:
    """One proposition, asserted and certain unless said otherwise; `speaker` None is the document's own voice."""
    return {"id": id, "content": content, "speaker": speaker, "stance": "asserts", "certainty": "certain"} | more


def people(text: str, least: int | None, most: int | None, per: str | None = None, group: str | None = None) -> dict[str, object]:
    """An interval of victims, closed at both ends; None where the text states no end."""
    interval: dict[str, object] = {"text": text, "min": least, "max": most, "per": per}
    return interval | ({"group": group} if group else {})


def placed(claim: Claim, text: str) -> Claim:
    """The claim with its offsets, in code points; ValueError where its words do not stand exactly once in the text."""
    content = claim["content"]
    if text.count(content) != 1:
        raise ValueError(f"{claim['id']}: stands {text.count(content)} times in the text: {content!r}")
    start = text.index(content)
    return {"id": claim["id"], "start": start, "end": start + len(content)} | {k: v for k, v in claim.items() if k != "id"}


def write_gold(annotation: Path) -> int:
    """Write the gold of one annotation; returns how many claims it holds, in the order of the text."""
    text = annotation.with_suffix(".txt").read_bytes().decode("utf-8")
    said = runpy.run_path(str(annotation))
    claims = sorted((placed(c, text) for c in said["CLAIMS"]), key=lambda c: (c["start"], c["end"]))
    gold = {"title": said["TITLE"], "published": said["PUBLISHED"], "claims": claims}
    annotation.with_suffix(".gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(claims)


def main(names: list[str]) -> None:
    for annotation in sorted(HERE.glob("*/*.py")):
        if not names or annotation.stem in names:
            print(f"{annotation.parent.name}/{annotation.stem}: {write_gold(annotation)} claims")


if __name__ == "__main__":
    main(sys.argv[1:])
