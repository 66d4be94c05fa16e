"""Having a checkpoint stamped by an outside authority: the request is written to a file, a person carries it, the answer is checked and put beside.

A token says that the checkpoint existed at a time, by a clock that nobody who holds the case can set.
"""

from __future__ import annotations

from pathlib import Path

from witnessmark.case.checkpointing import read_outside, refuse_inside
from witnessmark.case.comparing_checkpoints import STAMP
from witnessmark.durable import write_durably
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.ledger.timestamps import TOKEN_LIMIT, Stamp, check_token, timestamp_request


def write_request(checkpoint: Path, out: Path) -> None:
    """Write the request for a token over a checkpoint. Raises CaseError where that is none, UsageError where something is at `out`, StorageError."""
    content = timestamp_request(read_outside(checkpoint).text)
    try:
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise UsageError(f"{out} exists already. Choose another name.") from error
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error


def attach_token(checkpoint: Path, response: Path, authority: Path) -> tuple[Stamp, Path]:
    """Check an authority's answer and put it beside the checkpoint; what it says, and where it is now.

    Raises CaseError where the checkpoint is none, CustodyError where the answer does not hold, UsageError, StorageError; with nothing written.
    """
    signed = read_outside(checkpoint)
    refuse_inside(checkpoint)
    beside = checkpoint.with_name(checkpoint.name + STAMP)
    content = _read(response)
    try:
        stamp = check_token(content, signed.text, _read(authority))
    except CustodyError as error:
        raise CustodyError(f"{response} does not hold for {checkpoint}: {error}. Nothing was attached.") from error
    if beside.resolve() != response.resolve() and beside.exists():
        raise UsageError(f"{beside} exists already: this checkpoint has a token. Move that away first, or stamp a copy.")
    try:
        write_durably(beside, content)
    except OSError as error:
        raise StorageError(f"{beside} cannot be written: {error.strerror or error}.") from error
    return stamp, beside


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(TOKEN_LIMIT + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error
