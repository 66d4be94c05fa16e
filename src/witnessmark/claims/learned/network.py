"""The network: two small graphs and a vocabulary, run on one core without the library they were trained with.

The first graph reads a window once and says of each token whether a cue begins or goes on there; the second looks at the window from one cue and says which
tokens are its source and which its content. `weights/CARD.md` says what they were taught on, how well they read, and where they fail.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from witnessmark.claims.learned.decoding import Read, cue_spans, link
from witnessmark.claims.learned.features import Window, cue_features, token_features
from witnessmark.text.meaning import tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from witnessmark.claims.attributions import Quotes

LEAST_CUE = 0.2
"""Below this probability a word is not looked at as a cue; chosen on the documents held out of training."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The loaded graphs; `read` is their only use."""

    tokenizer: Tokenizer
    tagger: InferenceSession
    linker: InferenceSession
    curve: tuple[list[float], list[float]]

    @classmethod
    def load(cls) -> Network:
        """Load graphs, vocabulary and curve from the package's own files; about a fifth of a second, and nothing is asked of any other machine."""
        with as_file(files("witnessmark.claims.learned").joinpath("weights")) as folder:
            curve = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
            return cls.of(folder, (curve["raw"], curve["right"]))

    @classmethod
    def of(cls, folder: Path, curve: tuple[list[float], list[float]]) -> Network:
        """The graphs of a folder, under a curve of how often readings were right by how sure they were."""
        return cls(tokenizer(), _session(folder / "tagger.onnx"), _session(folder / "linker.onnx"), curve)

    def confidence(self, read: Read) -> float:
        """How often readings as sure as this one were right on documents held out of teaching."""
        return float(np.interp(read.probability, *self.curve))

    def read(self, window: Window, quotes: Quotes) -> list[Read]:
        """The attributions of a window, in the order of their cues, as places of tokens in it."""
        words = np.array([any(c.isalnum() for c in token.text) for token in window.tokens])
        if not words.any():
            return []
        pieces, first = pieces_of(self.tokenizer, [token.text for token in window.tokens])
        vectors, cue = self.tagger.run(
            None, {"pieces": pieces[None], "first": first[None], "features": token_features(window, quotes)[None]}
        )
        found = cue_spans(cue[0], words, LEAST_CUE)
        if not found:
            return []
        seen = np.stack([cue_features(window, span) for span, _ in found])
        (roles,) = self.linker.run(None, {"vectors": vectors, "seen": seen})
        linked = [(span, sure, link(of_cue, words, span)) for (span, sure), of_cue in zip(found, roles, strict=True)]
        return [Read(span, source, content, sure, tied) for span, sure, (source, content, tied) in linked if content]


def pieces_of(tokenizer: Tokenizer, words: list[str]) -> tuple[Any, Any]:
    """The word pieces of the tokens, and where each token's first piece stands; a token without pieces borrows the window's first."""
    encoded = tokenizer.encode(words, is_pretokenized=True)
    first = np.zeros(len(words), dtype=np.int64)
    seen: set[int] = set()
    for place, word in enumerate(encoded.word_ids):
        if word is not None and word not in seen:
            seen.add(word)
            first[word] = place
    pieces = np.array(encoded.ids, dtype=np.int64)
    if len(pieces) > MOST_PIECES:
        pieces, first = pieces[:MOST_PIECES], np.minimum(first, MOST_PIECES - 1)
    return pieces, first


MOST_PIECES = 510
"""What the graph has places for; only noise has more pieces in so few tokens."""


def _session(path: Path) -> InferenceSession:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
