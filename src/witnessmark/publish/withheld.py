"""Keeps hashes of what is not public out of every page, whoever wrote them there.

A plain hash of a leaked file tells its owner that we hold it, and claim and document ids are computed from it. No
template prints one, but a note, a file name or a document's own text might: characters of such a hash are covered
one for one, so offsets into a text still hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from witnessmark.model.view import CaseView

COVER = "█"
SHORTEST = 10
"""Hex digits from which a piece of a hash is taken for that hash: by chance, one in 10^12 for each thing held."""

_HEX_RUN = re.compile(rf"[0-9a-fA-F]{{{SHORTEST},}}")


class Withheld:
    """Strings of hex digits that no page may show, in whole or by their beginning."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}
        for secret in secrets:
            self._by_head.setdefault(secret[:SHORTEST].lower(), []).append(secret.lower())

    @classmethod
    def of_case(cls, view: CaseView) -> Withheld:
        """The hashes of all items of a case that are not already public, and the hex of every id computed from one."""
        hidden = {held.item.id for held in view.items if not held.item.already_public}
        documents = [held.document.id for held in view.items if held.document and held.item.id in hidden]
        claims = [name for read in view.claims if read.item in hidden for name in (read.claim.id, read.claim.attribution)]
        return cls([*hidden, *(name.partition("-")[2] or name for name in (*documents, *claims))])

    def cover(self, text: str) -> str:
        """`text` with each character of a withheld hash replaced by a full block; its length does not change."""
        return _HEX_RUN.sub(self._covered, text) if self._by_head else text

    def _covered(self, match: re.Match[str]) -> str:
        run = match.group()
        low = run.lower()
        if not any(low[at : at + SHORTEST] in self._by_head for at in range(len(low) - SHORTEST + 1)):
            return run  # nearly always: the names of pages and anchors are hex digits too
        pieces: list[str] = []
        at = 0
        while at < len(run):
            length = self._match_length(low, at)
            pieces.append(COVER * length if length else run[at])
            at += length or 1
        return "".join(pieces)

    def _match_length(self, low: str, at: int) -> int:
        secrets = self._by_head.get(low[at : at + SHORTEST], ())
        return max((_common_length(low, at, secret) for secret in secrets), default=0)


def _common_length(low: str, at: int, secret: str) -> int:
    length = 0
    while length < len(secret) and at + length < len(low) and low[at + length] == secret[length]:
        length += 1
    return length
