"""Measures who-said-what on a corpus of attributions: source, cue and content as spans of characters.

Claims cut from one attribution count as one, and claims in the document's own voice are left out. Exact F compares the words of each role over a
document; gold and read attributions are paired by a shared cue word or half their content; a pair is a speaker's where content and source both
agree by half (no source in gold wants none).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from witnessmark.evaluate.figures import Counts, Figure, f_score, figure, share
from witnessmark.evaluate.pairing import LEAST, Extent, WordPlaces, Words, overlap
from witnessmark.model.claim import Claim

ROLES = ("source", "cue", "content")
Roles = dict[str, Words]


def measure_attributions(articles: Sequence[dict[str, Any]], read: Callable[[Iterable[str]], Iterable[list[Claim]]]) -> list[Figure]:
    """The figures over articles of the form `{text, attributions: [{source, cue, content: [[start, end], ...]}]}`."""
    counted = [counts_of(article, claims) for article, claims in zip(articles, read(a["text"] for a in articles), strict=True)]
    figures = [figure("speaker, F", counted, lambda c: f_score(c, "speaker."), "gold")]
    figures.append(figure("paired, F", counted, lambda c: f_score(c, "paired."), "gold"))
    figures.append(figure("paired, precision", counted, lambda c: share(c["paired.hit"], c["paired.predicted"]), "gold"))
    figures.append(figure("paired, recall", counted, lambda c: share(c["paired.hit"], c["paired.gold"]), "gold"))
    figures.extend(figure(f"{role} exact, F", counted, _f_of(role), f"{role}.gold") for role in ROLES)
    return figures


def _f_of(role: str) -> Callable[[Counts], float | None]:
    return lambda counts: f_score(counts, f"{role}.")


def counts_of(article: dict[str, Any], claims: Iterable[Claim]) -> Counts:
    """What one article adds to every figure."""
    words = WordPlaces(article["text"])
    gold = [{role: words.of(map(tuple, a[role])) for role in ROLES} for a in article["attributions"]]
    read = [{role: words.of(extents) for role, extents in one.items()} for one in _attributions(claims)]
    counts: Counts = Counter({"gold": len(gold)})
    for role in ROLES:
        g, p = Counter(x[role] for x in gold if x[role]), Counter(x[role] for x in read if x[role])
        counts.update({f"{role}.hit": (g & p).total(), f"{role}.gold": g.total(), f"{role}.predicted": p.total()})
    pairs = paired(gold, read)
    spoken = sum(are_a_speakers(gold[i], read[j]) for i, j in pairs)
    for key, hits in (("paired", len(pairs)), ("speaker", spoken)):
        counts.update({f"{key}.hit": hits, f"{key}.gold": len(gold), f"{key}.predicted": len(read)})
    return counts


def _attributions(claims: Iterable[Claim]) -> list[dict[str, list[Extent]]]:
    """The places of each role, over the claims cut from one attribution."""
    found: dict[str, dict[str, list[Extent]]] = {}
    for claim in claims:
        if claim.speaker is None and not claim.cue:
            continue
        mention = claim.speaker.mention if claim.speaker is not None else None
        one = found.setdefault(claim.attribution, {"source": [(mention.start, mention.end)] if mention else [], "cue": [], "content": []})
        one["cue"] += [(span.start, span.end) for span in claim.cue]
        one["content"] += [(span.start, span.end) for span in claim.content]
    return list(found.values())


def paired(gold: Sequence[Roles], read: Sequence[Roles]) -> list[tuple[int, int]]:
    """Gold and read attributions matched one to one, the best first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(read):
            cue, content = bool(g["cue"] & p["cue"]), overlap(g["content"], p["content"])
            if cue or content >= LEAST:
                candidates.append((cue + content, i, j))
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_read: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in taken_gold and j not in taken_read:
            taken_gold.add(i)
            taken_read.add(j)
            pairs.append((i, j))
    return pairs


def are_a_speakers(gold: Roles, read: Roles) -> bool:
    """Whether a pair agrees by half on what is said and on who says it."""
    if overlap(gold["content"], read["content"]) < LEAST:
        return False
    return overlap(gold["source"], read["source"]) >= LEAST if gold["source"] else not read["source"]
