"""A person going through pairs of records at a terminal: both rows side by side, one key each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from witnessmark.cli.asking import LineKeys, TerminalKeys
from witnessmark.cli.options import announce
from witnessmark.cli.printing import plain, say, show, styled
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.judging_pairs import PairShown

KEYS = (
    ("y", "same person"),
    ("n", "different people"),
    ("h", "cannot be told"),
    ("u", "undo"),
    ("j", "next"),
    ("k", "back"),
    ("q", "quit"),
)
WHY = {"y": "the two rows read side by side", "n": "the two rows read side by side", "h": "the two rows do not tell"}
MOVES = {"j": 1, "k": -1, "\x1b[B": 1, "\x1b[C": 1, "\x1b[A": -1, "\x1b[D": -1, "\r": 1, "\n": 1}
LEAVE = frozenset({"q", "\x03", "\x04", ""})
ASKED = "Are these two rows about one person? Judge by what they say, not by what you hope: unsure is an answer."
LONGEST_LABEL = 22


class PairSitting:
    """Pairs shown one after the other; every verdict is recorded at once."""

    def __init__(self, path: Path, pairs: list[PairShown], member: str | None, keys: TextIO) -> None:
        self._path, self._pairs, self._member = path, pairs, member
        self._at = 0
        self._made: list[tuple[str, int]] = []
        self._note = ""
        self._keys = TerminalKeys() if keys.isatty() else LineKeys(keys)

    def go_through(self) -> int:
        """Show pairs and take keys until the last is judged or the person quits; how many were judged."""
        while self._at < len(self._pairs):
            self._show(self._pairs[self._at])
            key = self._keys.press()
            if key.lower() in LEAVE:
                break
            self._press(key.lower() if len(key) == 1 else key)
        return len(self._made)

    def _press(self, key: str) -> None:
        if key in WHY:
            self._judge(key)
        elif key == "u":
            self._undo()
        elif key in MOVES:
            self._at = min(max(self._at + MOVES[key], 0), len(self._pairs) - 1)
        else:
            self._note = f"{key!r} does nothing here."

    def _judge(self, verdict: str) -> None:
        from witnessmark.case.case import open_case
        from witnessmark.case.judging_pairs import judge_pair

        pair = self._pairs[self._at]
        try:
            with open_case(self._path, write="count judge", member=self._member, tell=announce) as case:
                made = judge_pair(case, pair.one, pair.other, verdict, why=WHY[verdict])
        except UsageError as error:
            self._note = str(error)
            return
        self._made.append((made.id, self._at))
        self._at += 1

    def _undo(self) -> None:
        from witnessmark.case.case import open_case
        from witnessmark.case.deciding import undo

        if not self._made:
            self._note = "Nothing was judged in this sitting; `witnessmark undo` takes back what was decided before."
            return
        made, self._at = self._made.pop()
        try:
            with open_case(self._path, write="count judge", member=self._member, tell=announce) as case:
                undo(case, made)
        except UsageError as error:
            self._note = str(error)

    def _show(self, pair: PairShown) -> None:
        self._keys.clear()
        show(
            styled(f"{pair.one} and {pair.other}", "title"),
            plain(f" · {self._at + 1} of {len(self._pairs)} · as scored, one person with probability {pair.probability:.2f}"),
        )
        show("")
        for line in _side_by_side(pair, self._keys.width):
            say(line)
        show("")
        show(styled(ASKED, "soft"))
        if self._note:
            show(styled(self._note, "warning"))
            self._note = ""
        show("  ".join(f"{styled(key, 'key')} {what}" for key, what in KEYS))


def _side_by_side(pair: PairShown, width: int) -> Iterator[str]:
    """Each column of either row with both values, those of the same heading beside each other; long ones go on below."""
    headings = list(dict.fromkeys([*pair.written[0], *pair.written[1]]))
    label = min(max((len(one) for one in headings), default=0), LONGEST_LABEL)
    half = max((width - label - 4) // 2, 12)
    yield f"{'':{label}}  {pair.lists[0][:half]:{half}}  {pair.lists[1][:half]}"
    for heading in headings:
        cells = [_pieces(row.get(heading, ""), half) for row in pair.written]
        if not any(any(piece for piece in cell) for cell in cells):
            continue
        for at in range(max(map(len, cells))):
            first, second = (cell[at] if at < len(cell) else "" for cell in cells)
            yield f"{heading[:label] if at == 0 else '':{label}}  {first:{half}}  {second}".rstrip()


def _pieces(text: str, width: int) -> list[str]:
    words = " ".join(text.split())
    return [words[at : at + width] for at in range(0, max(len(words), 1), width)]
