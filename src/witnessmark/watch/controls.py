"""Null controls, run with every comparison: changes to the input that change nothing on the ground. What they move is what the comparison cannot tell from change."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from witnessmark.model.watching import Control
from witnessmark.watch.change import Change, compare, overlay
from witnessmark.watch.change_vectors import change_statistic, normalisation
from witnessmark.watch.grids import Laid
from witnessmark.watch.registration import AGREES
from witnessmark.watch.scene import Scene

SHIFTS = (1, 2, 3, 4)
"""Pixels."""
GAMMA = 1.2
ALLOWED = 2.5
"""Times `alpha`: the share of verdicts that a harmless change of the input may turn."""


def null_controls(before: Scene, after: Scene, change: Change, stable: NDArray[np.bool_] | None = None) -> tuple[Control, ...]:
    """Date swap, time reversal, a copy of the second scene with another gamma, and copies shifted by 1 to 4 pixels.

    `change` is what `compare` found for the two scenes with the same `stable`.
    """
    laid = change.laid or overlay(before, after, "the control")[0]
    swapped = compare(after, before, stable, change.alpha, aligned_by="the control")
    brighter = compare(before, _with_gamma(after), stable, change.alpha, aligned_by="the control")
    return (
        _turned("date swap", "With the dates exchanged", change, swapped),
        _reversal(change, swapped),
        _turned("gamma copy", f"With the second scene's brightness raised to the power of {GAMMA:g}", change, brighter),
        *(_shifted(before, laid, change, shift) for shift in SHIFTS),
    )


def _turned(name: str, what: str, change: Change, again: Change) -> Control:
    if change.mask.shape != again.mask.shape:
        return Control(name, None, None, None, f"{what} the comparison is on another grid and could not be laid beside the first.")
    both = change.compared & again.compared
    share = float((change.mask != again.mask)[both].mean()) if both.any() else 1.0
    limit = ALLOWED * change.alpha
    return Control(name, share, limit, share <= limit, f"{what}, {share:.2%} of the pixels change sides; {limit:.2%} may.")


def _reversal(change: Change, swapped: Change) -> Control:
    """There and back again has to end where it began."""
    if change.residual is None or swapped.residual is None:
        return Control("time reversal", None, AGREES, None, "Registration could not be measured in both directions.")
    left = swapped.moved.after(change.moved).reach(change.mask.shape)
    return Control(
        "time reversal",
        left,
        AGREES,
        left <= AGREES,
        f"Registered there and back, the scene ends {left:.2f} pixels off at the worst corner.",
    )


def _shifted(before: Scene, laid: Laid, change: Change, shift: int) -> Control:
    """What a registration off by so much would have called changed besides, by the same normalisation and threshold."""
    seen = before.valid & np.roll(laid.valid, shift, axis=1)
    seen[:, :shift] = False
    fitted = normalisation(before.pixels, laid.pixels, before.valid & laid.valid)
    statistic = change_statistic(before.pixels, np.roll(laid.pixels, shift, axis=2), seen, fitted)
    share = float((statistic[seen & ~change.mask] > change.threshold).mean())
    name = f"shift of {shift} {'pixel' if shift == 1 else 'pixels'}"
    said = f"Were the scenes {shift} off, {share:.1%} of the pixels found unchanged would pass for changed."
    return Control(name, share, limit=None, kept=True, sentence=said)


def _with_gamma(scene: Scene) -> Scene:
    low = scene.pixels[:, scene.valid].min(axis=1)[:, None, None]
    span = np.maximum(scene.pixels[:, scene.valid].max(axis=1)[:, None, None] - low, np.float32(1e-6))
    return msgspec.structs.replace(
        scene, pixels=(np.clip((scene.pixels - low) / span, 0, 1) ** np.float32(GAMMA) * span + low).astype(np.float32)
    )
