"""Measures the claim reader: the seed case, the attributions of PolNeAR's development part, the development corpus, and speed with memory.

    python bench/claims.py              all four
    python bench/claims.py seed|polnear|corpus|speed

Scores come from the shared scorer, which knows only offsets. Data that is not there is skipped and said so. The test part of the corpus is never opened here.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from witnessmark.claims import ClaimReader
from witnessmark.model.claim import Claim

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_claims.py"
ARTICLES = 200


def main() -> None:
    """Run the measures named on the command line, or all."""
    wanted = sys.argv[1:] or list(MEASURES)
    reader = ClaimReader.load()
    for name in wanted:
        print(f"== {name}")
        MEASURES[name](reader)


def seed(reader: ClaimReader) -> None:
    """The seed case: all figures of the scorer."""
    folder = SHARED / "cases" / "sednaya-briefing"
    if _there(folder / "gold.json"):
        _score_case(reader, folder / "evidence" / "article.txt", folder / "gold.json")


def corpus(reader: ClaimReader) -> None:
    """Every document of the development corpus."""
    for gold in sorted((ROOT / "corpus" / "dev").glob("*.gold.json")):
        _score_case(reader, gold.with_name(gold.name.replace(".gold.json", ".txt")), gold)


def polnear(reader: ClaimReader) -> None:
    """Source, cue and content on the 84 articles of PolNeAR's development part."""
    gold = SHARED / "data" / "polnear" / "dev.jsonl.gz"
    if not _there(gold):
        return
    articles = _articles(gold)
    found = reader.read_all((article["text"], None, None) for article in articles)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "claims.jsonl"
        _write(out, zip((article["id"] for article in articles), found, strict=True))
        print(_scored("attributions", gold, out))


def speed(reader: ClaimReader) -> None:
    """Tokens per CPU-second over 200 news articles, everything from text to claims, and the peak memory of this process."""
    gold = SHARED / "data" / "polnear" / "dev.jsonl.gz"
    if not _there(gold):
        return
    texts = [article["text"] for article in _articles(gold)]
    texts = (texts * (ARTICLES // len(texts) + 1))[:ARTICLES]
    tokens = sum(map(len, map(reader.parser.pipeline.make_doc, texts)))
    started = time.process_time()
    claims = sum(len(found) for found in reader.read_all((text, None, None) for text in texts))
    spent = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{ARTICLES} articles, {tokens} tokens, {claims} claims: {tokens / spent:.0f} tokens per CPU-second, peak {memory:.0f} MB")


def _score_case(reader: ClaimReader, text: Path, gold: Path) -> None:
    published = json.loads(gold.read_text(encoding="utf-8"))["published"]
    claims = reader.read(text.read_bytes().decode("utf-8-sig"), published)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "claims.jsonl"
        _write(out, [(text.name, claims)])
        lines = _scored("case", gold, text, out).splitlines()
    print(text.name, *(line for line in lines if " wrong, wanted " not in line), sep="\n  ")


def _write(path: Path, read: Iterable[tuple[str, list[Claim]]]) -> None:
    lines = (json.dumps({"file": name, **msgspec.to_builtins(claim)}) for name, claims in read for claim in claims)
    path.write_text("\n".join(lines), encoding="utf-8")


def _scored(*arguments: str | Path) -> str:
    done = subprocess.run([sys.executable, SCORER, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.rstrip()


def _articles(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _there(path: Path) -> bool:
    if not path.exists():
        print(f"skipped: {path.name} is not there")
    return path.exists()


MEASURES = {"seed": seed, "polnear": polnear, "corpus": corpus, "speed": speed}

if __name__ == "__main__":
    main()
