"""The network to be taught: a small transformer over word pieces, a tagger of cues on its tokens, and a linker that looks at the window from one cue.

The encoder is MiniLM-L6 (Wang et al. 2020; 6 layers of 384). What the parse says of a token is joined to its first piece's vector; how a token stands to a
cue in the tree is added to what the linker sees. The linker shares the encoder's work: a window is read once, however many cues it has.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from witnessmark.claims.learned.features import N_BRANCHES, N_DEPENDENCIES, N_DISTANCES, N_TAGS, SHAPES

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, PLACES = 384, 12, 6, 1536, 30522, 512
NARROW = 192
FORBIDDEN = -10_000.0
NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


class Layer(nn.Module):
    """One transformer layer, norms after the sums as in BERT (Devlin et al. 2019)."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.h = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """`x` (batch, places, width); `mask` (batch, places) is 1 where there is something."""
        batch, places, width = x.shape

        def split(t: Tensor) -> Tensor:
            return t.reshape(batch, places, self.h, width // self.h).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        bias = None if mask is None else ((1.0 - mask) * FORBIDDEN)[:, None, None, :].to(query.dtype)
        heard = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias).transpose(1, 2).reshape(batch, places, width)
        x = self.norm1(x + self.drop(self.out(heard)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM-L6."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.kind, self.norm, self.drop = nn.Parameter(torch.zeros(WIDTH)), nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER) for _ in range(LAYERS))

    def load(self, path: Path) -> Encoder:
        """Take the published weights. The embeddings stay as they are: they are half of all weights, and a corpus this small moves few of them."""
        weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        self.words.weight.data = weights["embeddings.word_embeddings.weight"]
        self.places.weight.data = weights["embeddings.position_embeddings.weight"]
        self.kind.data = weights["embeddings.token_type_embeddings.weight"][0]
        self.norm.weight.data, self.norm.bias.data = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        for number, layer in enumerate(self.layers):
            for ours, theirs in NAMES.items():
                for part in ("weight", "bias"):
                    getattr(getattr(layer, ours), part).data = weights[f"encoder.layer.{number}.{theirs}.{part}"]
        self.words.weight.requires_grad_(requires_grad=False)
        self.places.weight.requires_grad_(requires_grad=False)
        return self

    def forward(self, pieces: Tensor, mask: Tensor | None) -> Tensor:
        """Vectors (batch, pieces, WIDTH)."""
        x = self.drop(self.norm(self.words(pieces) + self.places(torch.arange(pieces.shape[1]))[None] + self.kind))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Tagger(nn.Module):
    """Word pieces and features to vectors of tokens, and what each token is to cues and, for teaching alone, to attributions at large."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.dep, self.tag, self.shape = nn.Embedding(N_DEPENDENCIES, 24), nn.Embedding(N_TAGS, 24), nn.Embedding(SHAPES, 8)
        self.quoted, self.starts, self.opens = nn.Embedding(2, 8), nn.Embedding(2, 4), nn.Embedding(2, 4)
        self.join, self.norm, self.drop = nn.Linear(WIDTH + 72, NARROW), nn.LayerNorm(NARROW), nn.Dropout(0.1)
        self.cue, self.role = nn.Linear(NARROW, 3), nn.Linear(NARROW, 3)
        self.mix = Layer(NARROW, 4, 2 * NARROW)

    def forward(
        self, pieces: Tensor, mask: Tensor | None, first: Tensor, features: Tensor, tokens: Tensor | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors (batch, tokens, NARROW), and scores of cues (none, begins, goes on) and of roles (none, source, content)."""
        of_pieces = self.encoder(pieces, mask)
        of_tokens = torch.gather(of_pieces, 1, first[:, :, None].expand(-1, -1, of_pieces.shape[2]))
        parts = (self.dep, self.tag, self.shape, self.quoted, self.starts, self.opens)
        told = torch.cat([part(features[..., n]) for n, part in enumerate(parts)], -1).to(of_tokens.dtype)
        x = self.norm(functional.gelu(self.join(torch.cat([of_tokens, told], -1))))
        x = self.drop(self.mix(x, tokens))
        return x, self.cue(x), self.role(x)


class Linker(nn.Module):
    """Vectors of tokens and how they stand to one cue, to what each is to that cue."""

    def __init__(self) -> None:
        super().__init__()
        self.branch, self.distance, self.inside = (
            nn.Embedding(N_BRANCHES, NARROW),
            nn.Embedding(N_DISTANCES, NARROW),
            nn.Embedding(2, NARROW),
        )
        self.of_cue, self.gate, self.norm = nn.Linear(NARROW, NARROW), nn.Linear(NARROW, NARROW), nn.LayerNorm(NARROW)
        self.layers = nn.ModuleList(Layer(NARROW, 4, 2 * NARROW) for _ in range(2))
        self.out = nn.Linear(NARROW, 3)

    def forward(self, vectors: Tensor, tokens: Tensor | None, seen: Tensor) -> Tensor:
        """Scores (cues, tokens, 3) of none, source, content; `vectors` (cues, tokens, NARROW), `seen` (cues, tokens, 3)."""
        inside = seen[..., 2:3].to(vectors.dtype)
        cue = (vectors * inside).sum(1, keepdim=True) / inside.sum(1, keepdim=True)
        stands = self.branch(seen[..., 0]) + self.distance(seen[..., 1]) + self.inside(seen[..., 2])
        x = self.norm(vectors + stands + self.of_cue(cue) + vectors * torch.tanh(self.gate(cue)))
        for layer in self.layers:
            x = layer(x, tokens)
        return self.out(x)
