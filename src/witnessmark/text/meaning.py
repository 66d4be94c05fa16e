"""What stretches of a text are about, as vectors: texts of one subject lie near each other, also where they share no words.

The vectors are those of a small sentence encoder (`data/meaning/CARD.md`). They propose what may belong together. They never decide whether two texts agree: a sentence and its denial lie nearer to each other than to their
paraphrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np

from witnessmark.text.paragraphs import paragraph_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MOST_PIECES = 256
"""Word pieces of a stretch that are looked at, about 200 words; what the encoder was taught with."""
TOGETHER = 16
"""Stretches encoded at once."""
SCALE = 127
"""A coordinate of 1 as the whole number that is kept."""


def tokenizer() -> Tokenizer:
    """The word pieces all networks of the package were taught with, neither cut nor padded."""
    from tokenizers import Tokenizer

    with as_file(files("witnessmark.text").joinpath("data/meaning/tokenizer.json")) as path:
        made = Tokenizer.from_file(str(path))
    made.no_padding()
    made.no_truncation()
    return made


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """The loaded encoder. Runs on one core, and asks nothing of any other machine."""

    pieces: Tokenizer
    network: InferenceSession

    @classmethod
    @cache
    def load(cls) -> Encoder:
        """Load it from the package's own files, once; about a quarter of a second."""
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(files("witnessmark.text").joinpath("data/meaning/encoder.onnx")) as path:
            return cls(tokenizer(), ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """A vector for each text, of length 1 before rounding, as `DIMENSIONS` (`model/meaning`) signed bytes. A text without words gives zeros."""
        encoded = [self.pieces.encode(text) for text in texts]
        by_length = sorted(range(len(texts)), key=lambda n: (len(encoded[n].ids), n))
        found = [b""] * len(texts)
        for first in range(0, len(by_length), TOGETHER):
            places = by_length[first : first + TOGETHER]
            for place, vector in zip(places, self._vectors([encoded[n] for n in places]), strict=True):
                found[place] = vector
        return found

    def _vectors(self, encoded: Sequence[Encoding]) -> Iterator[bytes]:
        longest = min(MOST_PIECES, max(len(one.ids) for one in encoded))
        ids = np.zeros((len(encoded), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            kept = _kept(one.ids)
            ids[row, : len(kept)], mask[row, : len(kept)] = kept, 1
        (states,) = self.network.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})
        means: Any = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        means[mask.sum(axis=1) <= len(NO_WORDS)] = 0
        length = np.linalg.norm(means, axis=1, keepdims=True)
        rounded = np.rint(SCALE * np.divide(means, length, out=np.zeros_like(means), where=length > 0)).astype(np.int8)
        return (row.tobytes() for row in rounded)


NO_WORDS = ("[CLS]", "[SEP]")
"""The pieces that every text has."""


def _kept(ids: list[int]) -> list[int]:
    """The pieces that are looked at: the first ones, and the one that ends a text."""
    return ids if len(ids) <= MOST_PIECES else [*ids[: MOST_PIECES - 1], ids[-1]]


def vectors_of_paragraphs(text: str, places: Sequence[int], encoder: Encoder) -> dict[int, bytes]:
    """By each of some places of a text (code points) the vector of the paragraph it stands in."""
    paragraphs = {place: paragraph_of(text, place) for place in places}
    once = sorted(set(paragraphs.values()))
    vectors = dict(zip(once, encoder.encode([text[start:end] for start, end in once]), strict=True))
    return {place: vectors[paragraph] for place, paragraph in paragraphs.items()}
