"""A person going through claims at a terminal: what each key does, and what it leaves on record.

Every key that decides is recorded at once, so nothing is lost when the terminal closes. The case is locked only while a
decision is written; others can work between two keys.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.cli.asking import LineKeys, TerminalKeys
from witnessmark.cli.options import announce
from witnessmark.cli.printing import count, say, show, styled
from witnessmark.cli.screen import lit_lines
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.case import Case

JUDGED = "You judge whether the program read the text correctly. That says nothing about whether it is true."
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
WHY = {"accepted": "read beside the original's text", "rejected": "misread", "unsure": "cannot be told from the text"}
ASKED_OF_A_NEW_CLAIM = ("speaker", "stance", "act", "when", "where", "victims")
HOW = {
    "speaker": "words = name, such as `He = Stuart Jones`; `none` for the document's own voice; `words = anonymous`",
    "via": "relays, nearest the speaker first, with ; between",
    "when": "words, or words = 2017-05-01..2017-05-31",
    "said": "words, or words = 2017-05-15",
    "due": "words, or words = 2017-05-15",
    "where": "words, words = name, words = geonames:170063, or words = name @ 33.66, 36.33 facility",
    "victims": "words, or words = ..50 per day killed; several with ; between",
    "parties": "words = perpetrator, or words = name, perpetrator; several with ; between",
    "basis": "words = saw (was_told, document, image, ...); add `, I7` where the case holds it",
    "addressee": "words, or words = name",
    "purpose": "words",
    "answers": "short numbers, such as C3, C14",
    "content": "the words the claim should have; it becomes a new claim, and this one is called misread",
}


class Sitting:
    """A person going through claims. `taken` holds the decisions of this session, newest last, one group for each key."""

    def __init__(self, path: Path, case: Case, waiting: list[str], item: str | None, member: str | None) -> None:
        self._path, self._case, self._waiting, self._member = path, case, waiting, member
        self._item = item
        self._at = 0
        self._taken: list[list[str]] = []
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
            with self._told():
                acts.get(key, self._help)()
        say(
            f"{count(len(self._judged), 'claim')} looked at. What you decided is recorded; `witnessmark weigh {self._path}` and `publish` take it up."
        )

    def _show(self) -> None:
        from witnessmark.cli.claim_screen import claim_lines

        self._keys.clear()
        if self._waiting:
            from witnessmark.case.reviewing import show_claim

            shown = show_claim(self._case, self._waiting[self._at])
            for line in claim_lines(shown, place=f"{self._at + 1} of {len(self._waiting)}", width=self._keys.width):
                show(line)
        self._tell(JUDGED, "soft")
        if self._note:
            self._tell(self._note, "warning")
            self._note = ""
        for keys in (KEYS[:4], KEYS[4:]) if self._keys.width < ONE_LINE_OF_KEYS else (KEYS,):
            show("  ".join(f"{styled(key, 'key')} {what}" for key, what in keys))

    def _judge(self, status: str) -> None:
        if self._none_waits():
            return
        why = WHY[status]
        if status != "accepted":
            why = self._keys.ask(f"Why {WHY[status]}? (Enter to leave it at that)", beside_key=True) or why
        self._decide("status", status, why)
        self._judged.add(self._waiting[self._at])
        self._move(1)

    def _edit(self) -> None:
        from witnessmark.case.correcting import CONTENT, CORRECTIONS

        if self._none_waits():
            return
        corrected = False
        while field := self._keys.ask(f"Which field? {', '.join(CORRECTIONS)} (Enter when done)"):
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
        number = self._keys.ask(f"Item (Enter for {self._here()})") or self._here()
        words = self._keys.ask("Words of the claim, as they stand there (marks and case may differ)")
        if not words:
            return
        added = self._decide_of(number, "claim", words, "read by hand")
        self._waiting.insert(self._at + 1 if self._waiting else 0, added)
        self._at = min(self._at + 1, len(self._waiting) - 1)
        self._judged.add(added)
        for field in ASKED_OF_A_NEW_CLAIM:
            self._correct(field, f"{field} = (Enter to leave it unknown)", "read by hand")

    def _undo(self) -> None:
        from witnessmark.case.case import open_case
        from witnessmark.case.deciding import undo, value_words

        if not self._taken:
            self._note = f"Nothing was decided in this sitting. `witnessmark undo {self._path}` takes back what was decided before."
            return
        group = self._taken.pop()
        with open_case(self._path, write="review", member=self._member, tell=announce) as opened:
            undone = [undo(opened, decision) for decision in reversed(group)]
            words = [f"{one.field} = {value_words(opened, one)[:40]}" for one in undone]
        subject = undone[-1].subject
        self._judged.discard(subject)
        self._note = f"Took back {', '.join(words)}."
        if any(one.field == "claim" for one in undone):
            self._waiting.remove(subject)
            self._at = max(min(self._at, len(self._waiting) - 1), 0)
        elif subject in self._waiting:
            self._at = self._waiting.index(subject)

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
        self._waiting[self._at] = subject  # other words make another claim, which takes this one's place here

    def _decide_of(self, number: str, field: str, value: str, why: str) -> str:
        from witnessmark.case.case import open_case
        from witnessmark.case.deciding import decide_all

        with open_case(self._path, write="review", member=self._member, tell=announce) as opened:
            made = decide_all(opened, number, field, value, why=why)
        self._taken.append([decision.id for decision in made])
        return made[0].subject

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What cannot be done is said on the next screen, and the review goes on."""
        try:
            yield
        except UsageError as error:
            self._note = str(error)
