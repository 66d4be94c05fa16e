"""What a public dossier carries besides its pages, so that a stranger can check it: `dossier.json`, and the openings that a named reader gets apart from it."""

from __future__ import annotations

import msgspec

from witnessmark.model.span import Span

PROOFS = "dossier.json"
"""The file that makes a folder a public dossier."""

FORM = 1
"""The form of `dossier.json`; raised when its fields change their meaning."""

OPENINGS_FORM = 1


class Proven(msgspec.Struct, frozen=True):
    """An entry of a log as it stands there, and the proof that it is in the log of the head given (hashes in hex, nearest sibling first)."""

    entry: str
    proof: tuple[str, ...]


class Opened(msgspec.Struct, frozen=True):
    """What an entry's commitment was made of: SHA-256(salt as bytes ‖ body) is the commitment."""

    body: str
    salt: str


class ShownItem(msgspec.Struct, frozen=True):
    """An item by its random id. `sha256` only of what was public already; `text` names the file of its text, None where none was read."""

    public_id: str
    committed: Proven
    sha256: str | None
    text: str | None


class ShownClaim(msgspec.Struct, frozen=True):
    """A claim by its random id, with the item it stands in and the characters it quotes from that item's text as shown."""

    public_id: str
    item: str
    content: tuple[Span, ...]


class DossierProofs(msgspec.Struct, frozen=True):
    """All that `verify` needs of a public dossier. `released` is the entry that names every page with its sha256, opened.

    `checkpoint` is the signed note over both heads that the proofs lead to, `signed_by` the verifier key of the case as a line.
    """

    form: int
    program: str
    checkpoint: str
    signed_by: str
    released: Proven
    released_opening: Opened
    items: tuple[ShownItem, ...]
    claims: tuple[ShownClaim, ...]


class ItemOpening(msgspec.Struct, frozen=True):
    """The opening of one item's commitment: whoever has it can say which original the commitment is of."""

    public_id: str
    sha256: str
    opening: Opened


class Openings(msgspec.Struct, frozen=True):
    """The openings made for one named reader. Whoever holds this file learns the hashes of originals that are not public."""

    form: int
    made_for: str
    items: tuple[ItemOpening, ...]


def text_file(public_id: str) -> str:
    """The name of the file that holds an item's text as shown."""
    return f"text-{public_id}.txt"
