"""Estimates from one capture table in a file, with no case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from witnessmark.count import CaptureTable
from witnessmark.count.side_by_side import SideBySide, compare_methods
from witnessmark.errors import UsageError


def count_table(  # noqa: PLR0913 -- what it may be told, each by its name
    path: Path, methods: Sequence[str], *, model: str | None, sensitivity: bool, level: float, seed: int
) -> SideBySide:
    """These methods side by side on the table in `path`; `model` is that of the log-linear method.

    Raises:
        UsageError: the file is no capture table, or a model is named for no log-linear method.
        MissingPartError: the libraries for counting are not installed.
    """
    if model is not None and "loglinear" not in methods:
        raise UsageError(f"--model {model} is of the log-linear method, which is not among those asked for. Add --method loglinear.")
    parameters = {"loglinear": {"model": model}} if model is not None else None
    return compare_methods(
        CaptureTable.read_csv(path), methods=methods, seed=seed, level=level, parameters=parameters, sensitivity=sensitivity
    )
