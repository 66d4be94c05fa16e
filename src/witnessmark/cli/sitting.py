"""A person going through claims at a terminal: what each key does, and what it leaves on record.

Every key that decides is recorded at once, so nothing is lost when the terminal closes. The case is locked only while a
decision is written; others can work between two keys.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.case.review_words import HOW, JUDGED, WHY
from witnessmark.cli.asking import Abandoned, LineKeys, TerminalKeys
from witnessmark.cli.options import announce
from witnessmark.cli.printing import count, plain, say, show, styled, typed
from witnessmark.cli.screen import lit_lines
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.case import Case
    from witnessmark.model.decision import Decision

KEYS = (
    ("y", "read correctly"),
    ("n", "misread"),
    ("h", "unsure"),
    ("e", "edit"),
    ("a", "add a claim"),
    ("u", "undo"),
    ("j", "next"),
    ("k", "back"),
    ("q", "quit"),
)
ONE_LINE_OF_KEYS = 92
ARROWS = {"\x1b[B": "j", "\x1b[C": "j", "\x1b[A": "k", "\x1b[D": "k", "\r": "j", "\n": "j", "\x03": "q", "\x04": "q", "": "q"}
ASKED_OF_A_NEW_CLAIM = ("speaker", "stance", "act", "parties", "victims", "when", "where")
SHOWN_OF_A_TEXT = 4000
"""Characters of a text shown where words are to be selected from it."""


class Taken(NamedTuple):
    """What one key recorded, and where the person stood before; `waiting` only where the key changed which claims are gone through."""

    decisions: list[str]
    at: int
    waiting: list[str] | None


class Sitting:
    """A person going through claims. `taken` holds what each deciding key of this sitting recorded, newest last."""

    def __init__(self, path: Path, case: Case, waiting: list[str], item: str | None, member: str | None) -> None:
        self._path, self._case, self._waiting, self._member = path, case, waiting, member
        self._item = item
        self._at = 0
        self._taken: list[Taken] = []
        self._made: list[str] = []
        self._waited: list[str] | None = None
        self._judged: set[str] = set()
        self._note = ""
        self._keys = TerminalKeys() if sys.stdin.isatty() and sys.stdout.isatty() else LineKeys(sys.stdin)

    def go_through(self) -> None:
        """Show claims and take keys until the last claim is judged or the person quits."""
        acts: dict[str, Callable[[], None]] = {
            "y": lambda: self._judge("accepted"),
            "n": lambda: self._judge("rejected"),
            "h": lambda: self._judge("unsure"),
            "e": self._edit,
            "a": self._add,
            "u": self._undo,
            "j": lambda: self._move(1),
            "k": lambda: self._move(-1),
        }
        while True:
            self._show()
            pressed = self._keys.press()
            key = ARROWS.get(pressed, pressed.lower())
            if key == "q":
                break
            self._press(acts.get(key, self._help))
        case = typed(self._path)
        self._tell(f"{count(len(self._judged), 'claim')} looked at. What you decided is recorded.", "good")
        say(f"Next: witnessmark weigh {case}, then witnessmark publish {case}")

    def _press(self, act: Callable[[], None]) -> None:
        """Do what a key stands for; all it records is taken back together."""
        at, self._made, self._waited = self._at, [], None
        try:
            act()
        except UsageError as error:
            self._note = str(error)
        except Abandoned:
            self._note = (
                f"Left. {count(len(self._made), 'correction')} recorded; u takes back." if self._made else "Left; nothing was recorded."
            )
        if self._made:
            self._taken.append(Taken(self._made, at, self._waited))

    def _show(self) -> None:
        from witnessmark.case.reviewing import show_claim
        from witnessmark.cli.claim_screen import claim_lines

        self._keys.clear()
        shown = None
        while self._waiting and shown is None:
            try:
                shown = show_claim(self._case, self._waiting[self._at])
            except UsageError as error:  # somebody else took it back meanwhile
                self._tell(str(error), "warning")
                self._waiting.pop(self._at)
                self._at = max(min(self._at, len(self._waiting) - 1), 0)
        if shown is not None:
            for line in claim_lines(shown, place=f"{self._at + 1} of {len(self._waiting)}", width=self._keys.width):
                show(line)
        elif self._item:
            self._show_item(self._item)
        self._tell(JUDGED, "soft")
        if self._note:
            self._tell(self._note, "warning")
            self._note = ""
        for keys in (KEYS[:4], KEYS[4:]) if self._keys.width < ONE_LINE_OF_KEYS else (KEYS,):
            show("  ".join(f"{styled(key, 'key')} {what}" for key, what in keys))

    def _show_item(self, number: str) -> None:
        """The text of an item, so that words can be selected where no claim is shown."""
        from witnessmark.case.reviewing import show_item

        item = show_item(self._case, number)
        show(styled(item.number, "title"), plain(f" · {item.name} · {item.language or 'language not known'} · no claim is shown"))
        end = min(len(item.text), SHOWN_OF_A_TEXT)
        for line in ("", *lit_lines(item.text, 0, end, (), self._keys.width), ""):
            show(line)
        if end < len(item.text):
            self._tell(f"This is the beginning; the text has {len(item.text):,} characters. The dossier shows all of it.", "soft")

    def _judge(self, status: str) -> None:
        from witnessmark.case.reviewing import show_claim

        if self._none_waits():
            return
        if show_claim(self._case, self._waiting[self._at]).status == status:
            self._note = "That is what was said of it already."
        else:
            why = WHY[status]
            if status != "accepted":
                why = self._keys.ask(f"Why {WHY[status]}? (Enter to leave it at that, Ctrl-C to go back)", beside_key=True) or why
            self._decide("status", status, why)
        self._judged.add(self._waiting[self._at])
        self._move(1)

    def _edit(self) -> None:
        from witnessmark.case.correcting import CONTENT, CORRECTIONS

        if self._none_waits():
            return
        corrected = False
        while field := self._keys.ask(f"Which field? {', '.join(CORRECTIONS)} (Enter when done, Ctrl-C to go back)"):
            if field not in CORRECTIONS:
                self._tell(f"There is no field {field!r}.", "warning")
                continue
            if self._correct(field, f"{field} =", "corrected beside the original's text"):
                corrected = True
                if field == CONTENT:
                    return
        if corrected:
            self._decide("status", "accepted", "read correctly with the corrections made")
            self._judged.add(self._waiting[self._at])

    def _correct(self, field: str, question: str, why: str) -> bool:
        """Ask for a field's value until it fits or the person gives none; whether one was recorded."""
        self._hint(field)
        while value := self._keys.ask(question):
            try:
                self._decide(field, value, why)
            except UsageError as error:
                self._tell(str(error), "warning")
            else:
                return True
        return False

    def _add(self) -> None:
        from witnessmark.case.reviewing import show_item

        here = self._here()
        number = self._keys.ask(f"Item (Enter for {here})") or here
        item = show_item(self._case, number).number
        if item != here:
            self._show_item(item)
        words = self._keys.ask("Words of the claim, as they stand there (marks and case may differ; Ctrl-C to go back)")
        if not words:
            return
        added = self._decide_of(item, "claim", words, "read by hand")
        at, self._waited = self._at, list(self._waiting)
        self._waiting.insert(self._at + 1 if self._waiting else 0, added)
        self._at = min(self._at + 1, len(self._waiting) - 1)
        try:
            for field in ASKED_OF_A_NEW_CLAIM:
                self._correct(field, f"{field} = (Enter to leave it unknown, Ctrl-C to drop the claim)", "read by hand")
        except Abandoned:
            self._take_back(Taken(self._made, at, self._waited))
            self._made = []
            raise
        self._judged.add(added)

    def _undo(self) -> None:
        if not self._taken:
            self._note = f"Nothing was decided in this sitting. `witnessmark undo {typed(self._path)}` takes back what was decided before."
            return
        words = self._take_back(self._taken.pop())
        self._note = f"Took back {', '.join(words)}."

    def _take_back(self, taken: Taken) -> list[str]:
        """Undo all a key recorded and go back to where the person stood; what was undone, in words."""
        from witnessmark.case.case import open_case
        from witnessmark.case.deciding import undo_all, value_words

        undone: list[Decision] = []
        with open_case(self._path, write="review", member=self._member, tell=announce) as opened:
            for decision in reversed(taken.decisions):
                if decision not in {one.id for one in undone}:
                    undone += undo_all(opened, decision)
            words = [f"{one.field} = {value_words(opened, one)[:40]}" for one in undone]
        self._judged -= {one.subject for one in undone}
        self._waiting = taken.waiting if taken.waiting is not None else self._waiting
        self._at = max(min(taken.at, len(self._waiting) - 1), 0)
        return words

    def _move(self, by: int) -> None:
        to = self._at + by
        if to < 0 or to >= len(self._waiting):
            self._note = "That was the last claim; q quits." if by > 0 else "This is the first claim."
        self._at = max(min(to, len(self._waiting) - 1), 0)

    def _help(self) -> None:
        self._note = "Press one of the keys below; arrows move, too. Corrections and claims by hand need words that stand in the text."

    def _none_waits(self) -> bool:
        if not self._waiting:
            self._note = "No claim is shown; press a to add one."
        return not self._waiting

    def _here(self) -> str:
        from witnessmark.case.reviewing import show_claim

        if self._waiting:
            return show_claim(self._case, self._waiting[self._at]).item
        return self._item or "I1"

    def _tell(self, line: str, role: str) -> None:
        for part in lit_lines(line, 0, len(line), (), self._keys.width):
            show(styled(part, role))

    def _hint(self, field: str) -> None:
        from witnessmark.model.correction import CORRECTABLE, is_optional, words_of

        words = words_of(field) if field in CORRECTABLE else None
        known = ", ".join([*words, *(["none"] if is_optional(field) else [])]) if words else HOW[field]
        self._tell(f"{field}: {known}", "soft")

    def _decide(self, field: str, value: str, why: str) -> None:
        from witnessmark.case.reviewing import show_claim

        subject = self._decide_of(show_claim(self._case, self._waiting[self._at]).number, field, value, why)
        if subject != self._waiting[self._at]:  # other words make another claim, which takes this one's place here
            self._waited = self._waited if self._waited is not None else list(self._waiting)
            self._waiting[self._at] = subject

    def _decide_of(self, number: str, field: str, value: str, why: str) -> str:
        from witnessmark.case.case import open_case
        from witnessmark.case.deciding import decide_all

        with open_case(self._path, write="review", member=self._member, tell=announce) as opened:
            made = decide_all(opened, number, field, value, why=why)
        self._made += [decision.id for decision in made]
        return made[0].subject
