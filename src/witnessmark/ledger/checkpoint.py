"""Checkpoints: the heads of both logs of a case under one signature, to be kept where nobody who can write to the case can reach.

The text is that of https://c2sp.org/tlog-checkpoint for the custody log: origin, size, root. Two more lines carry the analysis log's head and the
time: one signature over both heads, since of two checkpoints one log's could be put back while the other's still agrees.
"""

from __future__ import annotations

import base64
import re

import msgspec

from witnessmark.errors import CustodyError
from witnessmark.ledger.notes import Note, Signature, parse_note
from witnessmark.model.entry import Stream
from witnessmark.model.view import LogHead

CHECKPOINTS = "ledger/checkpoints"
"""Where a case keeps the checkpoints it made."""

ORIGIN = re.compile(r"witnessmark\.invalid/[0-9a-f]{16}")
"""The public name of a case: drawn once, saying nothing of it. `.invalid` belongs to nobody (RFC 2606), so it leads nowhere."""

_SIZE, _ROOT = r"(0|[1-9][0-9]{0,17})", r"([A-Za-z0-9+/]{43}=)"
_TEXT = re.compile(rf"({ORIGIN.pattern})\n{_SIZE}\n{_ROOT}\nanalysis {_SIZE} {_ROOT}\nat (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n")


class Checkpoint(msgspec.Struct, frozen=True):
    """The case's public name, how long its logs were with which roots, when by the clock of the machine (UTC), and who signed."""

    origin: str
    custody: LogHead
    analysis: LogHead
    at: str
    signatures: tuple[Signature, ...] = ()

    @property
    def heads(self) -> tuple[LogHead, LogHead]:
        """Both heads."""
        return self.custody, self.analysis

    @property
    def text(self) -> str:
        """What is signed."""
        custody, analysis = self.custody, self.analysis
        return f"{self.origin}\n{custody.size}\n{_encoded(custody)}\nanalysis {analysis.size} {_encoded(analysis)}\nat {self.at}\n"

    @property
    def form(self) -> str:
        """The signed note as it is stored and sent."""
        return Note(self.text, self.signatures).form

    def with_signature(self, signature: Signature) -> Checkpoint:
        """The same with one more signature, in the place of an earlier one of the same key."""
        kept = (s for s in self.signatures if (s.name, s.key_id) != (signature.name, signature.key_id))
        return msgspec.structs.replace(self, signatures=(*kept, signature))


def note_name(custody: int, analysis: int) -> str:
    """Where a case keeps the checkpoint that covers so many entries of its logs."""
    return f"{CHECKPOINTS}/{custody:09d}-{analysis:09d}.note"


def parse_checkpoint(content: bytes) -> Checkpoint:
    """A checkpoint from a signed note. Raises CustodyError, in words without a subject, where it is none."""
    note = parse_note(content)
    match = _TEXT.fullmatch(note.text)
    if match is None:
        raise CustodyError("its text is not that of a checkpoint of this program")
    origin, size, root, other_size, other_root, at = match.groups()
    checkpoint = Checkpoint(origin, _head(Stream.CUSTODY, size, root), _head(Stream.ANALYSIS, other_size, other_root), at, note.signatures)
    if checkpoint.text != note.text:
        raise CustodyError("its text is not as this program writes it")
    return checkpoint


def _head(stream: Stream, size: str, root: str) -> LogHead:
    return LogHead(stream, int(size), base64.b64decode(root).hex())


def _encoded(head: LogHead) -> str:
    return base64.b64encode(bytes.fromhex(head.root)).decode()
