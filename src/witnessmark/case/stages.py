"""The stages as the case runs them: name, version, and one sentence on what each does and cannot do.

A step is keyed by stage, version and a hash of the parameters; what is done is left alone, what failed is tried again when
version or parameters change (a newly installed program, say).
"""

from __future__ import annotations

import hashlib

from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import Step

WEIGH = "weigh"
PUBLISH = "publish"


def split_stage(stage: str) -> tuple[str, str]:
    """The name and version of a stage written as "read@1"."""
    name, _, version = stage.partition("@")
    return name, version


def parameter_hash(parameters: object) -> str:
    """A short hash of everything besides the input that a stage's result depends on."""
    return hashlib.sha256(canonical_json(parameters)).hexdigest()[:16]


def step_of(stage: str, version: str, parameters: object, input_id: str) -> Step:
    """The step of a stage on one input."""
    return Step(stage, version, parameter_hash(parameters), input_id)
