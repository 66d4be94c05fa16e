"""Exports taught weights as the two ONNX graphs that the reader runs, the tagger's matrices as 8-bit integers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from network import NARROW, Linker, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

OPSET = 17


class Tagging(nn.Module):
    """The tagger on one window, as it is run."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, first: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of tokens, and probabilities of cues."""
        vectors, cue, _ = self.tagger(pieces, None, first, features, None)
        return vectors, cue.softmax(-1)


class Linking(nn.Module):
    """The linker on one window and its cues, as it is run."""

    def __init__(self, linker: Linker) -> None:
        super().__init__()
        self.linker = linker

    def forward(self, vectors: Tensor, seen: Tensor) -> Tensor:
        """Log probabilities of roles."""
        return self.linker(vectors.expand(seen.shape[0], -1, -1), None, seen).log_softmax(-1)


def export(tagger: Tagger, linker: Linker, folder: Path) -> None:
    """Write tagger.onnx and linker.onnx into `folder`."""
    tagger.eval()
    linker.eval()
    pieces, first = torch.randint(0, 30_000, (1, 40)), torch.arange(30)[None]
    features, seen = torch.zeros(1, 30, 6, dtype=torch.long), torch.zeros(3, 30, 3, dtype=torch.long)
    seen[:, 3, 2] = 1
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary) / "tagger.onnx"
        torch.onnx.export(
            Tagging(tagger),
            (pieces, first, features),
            str(whole),
            input_names=["pieces", "first", "features"],
            output_names=["vectors", "cue"],
            dynamic_axes={"pieces": {1: "p"}, "first": {1: "n"}, "features": {1: "n"}, "vectors": {1: "n"}, "cue": {1: "n"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            str(whole),
            str(folder / "tagger.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
    torch.onnx.export(
        Linking(linker),
        (torch.zeros(1, 30, NARROW), seen),
        str(folder / "linker.onnx"),
        input_names=["vectors", "seen"],
        output_names=["roles"],
        dynamic_axes={"vectors": {1: "n"}, "seen": {0: "k", 1: "n"}, "roles": {0: "k", 1: "n"}},
        opset_version=OPSET,
        dynamo=False,
    )
