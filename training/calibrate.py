"""Calibrates: how often the network is right about speaker, cue and content together, by how sure it is, on documents held out of teaching.

Right means what the measure of attributions calls a speaker's: paired with a gold attribution, and content and source agreeing by half. The curve is the
best rising one (isotonic regression by pooling neighbours, Ayer et al. 1955), kept at a few points between which is interpolated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from witnessmark.claims.attributions import Quotes
from witnessmark.claims.learned.features import windows_of
from witnessmark.claims.learned.network import Network
from witnessmark.claims.parse import Parser
from witnessmark.claims.reader import PROSE
from witnessmark.evaluate.attributions import ROLES, are_a_speakers, paired
from witnessmark.evaluate.pairing import WordPlaces
from witnessmark.text.quotations import find_quotations

BINS = 12


def calibrate(articles: Iterable[dict[str, Any]], network: Network, parser: Parser, out: Path) -> None:
    """Write the curve as `{"raw": [...], "right": [...]}`, both rising."""
    raw: list[float] = []
    right: list[bool] = []
    articles = list(articles)
    for article, parsed in zip(articles, parser.parse_all(a["text"] for a in articles), strict=True):
        text = article["text"]
        quotes, words = Quotes(text, find_quotations(text)), WordPlaces(text)
        gold = [{role: words.of(map(tuple, a[role])) for role in ROLES} for a in article["attributions"]]
        read, sure = [], []
        for window in windows_of(p for p in parsed if p.kind in PROSE):
            for one in network.read(window, quotes):
                runs = {"source": [one.source] if one.source else [], "cue": [one.cue], "content": one.content}
                read.append({role: words.of(window.extent(run[0], run[-1]) for run in runs[role]) for role in ROLES})
                sure.append(one.probability)
        good = {j for i, j in paired(gold, read) if are_a_speakers(gold[i], read[j])}
        raw += sure
        right += [j in good for j in range(len(read))]
    points, shares = _rising(np.array(raw), np.array(right, dtype=float))
    out.write_text(json.dumps({"raw": points, "right": shares}) + "\n", encoding="utf-8")
    print(f"calibrated on {len(raw)} readings, {sum(right)} right")


def _rising(raw: Any, right: Any) -> tuple[list[float], list[float]]:  # noqa: ANN401 -- arrays
    order = np.argsort(raw)
    blocks = [
        [float(x.mean()), float(y.mean()), len(x)]
        for x, y in zip(np.array_split(raw[order], BINS), np.array_split(right[order], BINS), strict=True)
    ]
    pooled: list[list[float]] = []
    for block in blocks:
        pooled.append(block)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            (x1, y1, n1), (x2, y2, n2) = pooled[-2:]
            pooled[-2:] = [[(x1 * n1 + x2 * n2) / (n1 + n2), (y1 * n1 + y2 * n2) / (n1 + n2), n1 + n2]]
    return [round(b[0], 4) for b in pooled], [round(b[1], 4) for b in pooled]
