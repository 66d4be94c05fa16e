"""What waits for whom: for a machine (one command does it), for a person (somebody has to look and say), for nobody (done).

A machine's work is counted as the stages themselves would find it. A person's is what has not been decided: readings nobody looked at, names that OCR
guessed, texts that no claim was found in (tables among them, which no claims are looked for in), and what has to be said of an original before
anything made of it may leave the case.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.claiming import documents_waiting
from witnessmark.case.comparing_pictures import not_looked_at
from witnessmark.case.publishing import publish_step
from witnessmark.case.reading import items_waiting
from witnessmark.case.telling import typed
from witnessmark.case.translating import standing_originals
from witnessmark.case.translators import TRANSLATOR
from witnessmark.case.weighing import is_due
from witnessmark.model.decision import Status
from witnessmark.model.deed import DecisionMade, DecisionUndone, DocumentRead, DossierPublished, ItemReceived
from witnessmark.model.entry import Stream
from witnessmark.model.item import Protection
from witnessmark.model.view import HeldItem
from witnessmark.read.kinds import is_media
from witnessmark.store import queries
from witnessmark.store.counting import questions
from witnessmark.store.glance import counted

OCR_MARK = "read by OCR"
"""What a document's problems say where its text is a machine's guess at a picture (read/pdf.py, read/image.py)."""


class Waiting(msgspec.Struct, frozen=True):
    """`number` of something, in words, and the command that does it or begins it; `of` are the items (I3) it is about, where it is about items."""

    number: int
    what: str
    next: str
    of: tuple[str, ...] = ()


class Behind(msgspec.Struct, frozen=True):
    """What came since the dossier was published last.

    `current` is true where publishing again would write the same and nothing it shows waits to be weighed.
    """

    published: str
    current: bool
    items: int
    documents: int
    decisions: int


def waits_for_a_machine(case: Case, unclaimed: int) -> tuple[Waiting, ...]:
    """What a command would do now, in the order in which the stages go; `unclaimed` documents wait for their claims to be read."""
    name = typed(case.folder.root)
    unread, unweighed = items_waiting(case), int(waits_to_be_weighed(case))
    with case.asking() as connection:
        asked = questions(connection)
    replaced = {one.takes_place_of for one in asked}
    uncounted = [one.number for one in asked if not one.runs and one.number not in replaced]
    found = (
        Waiting(unread, _words(unread, "item to read", "items to read"), f"witnessmark read {name}"),
        Waiting(unclaimed, _words(unclaimed, "document to read claims in", "documents to read claims in"), f"witnessmark read {name}"),
        Waiting(unweighed, "weighing: something is new", f"witnessmark weigh {name}"),
        Waiting(
            len(uncounted),
            _words(len(uncounted), "question to count", "questions to count"),
            f"witnessmark count run {name} {uncounted[0] if uncounted else ''}",
        ),
    )
    return tuple(waiting for waiting in found if waiting.number)


def what_a_dossier_lacks(case: Case) -> tuple[Waiting, ...]:
    """Sentences on what a dossier published now does not show because a command did not run yet, the first of them to run first."""
    name = typed(case.folder.root)
    with case.asking() as connection:
        there = counted(connection)
        held, nothing_read = there.items, not there.documents
    unread = items_waiting(case)
    if not held:
        return (Waiting(1, "There is nothing in this case yet, so the dossier is empty.", f"witnessmark add {name} PATH"),)
    if nothing_read and unread:
        return (Waiting(unread, "Nothing in this case was read yet, so the dossier shows no claim.", f"witnessmark read {name}"),)
    unclaimed = len(documents_waiting(case))
    sentences = (
        Waiting(unread, f"{unread} {_words(unread, 'item is', 'items are')} not read yet.", f"witnessmark read {name}"),
        Waiting(
            unclaimed,
            f"{unclaimed} {_words(unclaimed, 'document is', 'documents are')} not read for claims yet.",
            f"witnessmark read {name}",
        ),
        Waiting(int(waits_to_be_weighed(case)), "Something was decided or came in since the last weighing.", f"witnessmark weigh {name}"),
    )
    return tuple(lack for lack in sentences if lack.number)


def waits_to_be_weighed(case: Case) -> bool:
    """Whether there is anything to weigh that was received, read or decided since the last weighing."""
    with case.asking() as connection:
        return bool(queries.items(connection)) and is_due(connection)


def waits_for_a_person(
    case: Case, items: Sequence[HeldItem], claims: Sequence[queries.ClaimRow], unclaimed: frozenset[str]
) -> tuple[Waiting, ...]:
    """What somebody has to look at and say, the readings first; no claims were read yet of the documents of `unclaimed` items."""
    name = typed(case.folder.root)
    with case.asking() as connection:
        decisions = queries.decisions(connection)
        unlooked = frozenset(not_looked_at(connection))
    asked = {decision.subject for decision in decisions if decision.field == "consent" and not decision.undone}
    originals = standing_originals(decisions)
    by_nobody = [held for held in items if held.item.id in originals and held.item.translator is None]
    by_ocr = [held for held in items if held.document and any(OCR_MARK in problem for problem in held.document.problems)]
    with_claims, statuses = {row.item for row in claims}, [row.status for row in claims]
    silent = [
        held
        for held in items
        if held.document and held.document.text.strip() and not held.failures and held.item.id not in with_claims | unclaimed
    ]
    unchecked = [held for held in items if held.media is None and is_media(held.item.media_type) and not held.failures]
    unmatched = tuple(held.item.number for held in items if held.item.id in unlooked)
    differing = [held for held in items if held.media is not None and held.media.differences]
    ours = [held for held in items if not held.item.already_public]
    proposed, unsure = statuses.count(Status.PROPOSED), statuses.count(Status.UNSURE)
    found = (
        Waiting(proposed, _words(proposed, "claim nobody has looked at", "claims nobody has looked at"), f"witnessmark review {name}"),
        Waiting(
            unsure,
            _words(unsure, "claim somebody was unsure of", "claims somebody was unsure of"),
            f"witnessmark review {name} --status unsure",
        ),
        _of_items(by_ocr, ("text by OCR: check the names", "texts by OCR: check the names"), f"witnessmark review {name} --item"),
        Waiting(
            len(unchecked),
            _words(len(unchecked), "media file not checked", "media files not checked"),
            f"witnessmark watch check {name}",
            tuple(held.item.number for held in unchecked),
        ),
        Waiting(
            len(unmatched),
            _words(len(unmatched), "picture not compared with others", "pictures not compared with each other"),
            f"witnessmark watch matches {name}",
            unmatched,
        ),
        _of_items(differing, ("file differs from what is said", "files differ from what is said"), f"witnessmark watch media {name}"),
        _of_items(silent, ("text with no claim found", "texts with no claim found"), f"witnessmark review {name} --item"),
        _of_items(
            by_nobody,
            ("translation: who made it?", "translations: who made them?"),
            f"witnessmark decide {name}",
            f" {TRANSLATOR}=? --why TEXT",
        ),
        *(
            _of_items(undecided, (f"item: {question}", f"items: {question}"), f"witnessmark decide {name}", f" {field}=? --why TEXT")
            for undecided, question, field in (
                ([held for held in ours if held.item.protection is Protection.UNSET], "who would be endangered?", "protection"),
                ([held for held in ours if held.item.release.by is None], "may it be released?", "release"),
                ([held for held in ours if held.item.id not in asked], "was consent given?", "consent"),
            )
        ),
    )
    return tuple(waiting for waiting in found if waiting.number)


def _of_items(items: Sequence[HeldItem], words: tuple[str, str], command: str, rest: str = "") -> Waiting:
    """Items that wait; the number of the first of them stands between `command` and `rest`."""
    numbers = tuple(held.item.number for held in items)
    return Waiting(len(numbers), _words(len(numbers), *words), f"{command} {next(iter(numbers), '')}{rest}", numbers)


def _words(number: int, one: str, several: str) -> str:
    return one if number == 1 else several


def dossier_behind(case: Case) -> Behind | None:
    """How far the dossier is behind the case, None where nothing was published yet."""
    published, since = None, 0
    documents: set[int] = set()
    decisions: set[int] = set()
    for entry in case.logs[Stream.ANALYSIS].entries():
        if entry.action == _name(DossierPublished):
            published, since = entry.at, entry.seq
        elif entry.action == _name(DocumentRead):
            documents.add(entry.seq)
        elif entry.action in {_name(DecisionMade), _name(DecisionUndone)}:
            decisions.add(entry.seq)
    if published is None:
        return None
    received = sum(entry.action == _name(ItemReceived) and entry.at > published for entry in case.logs[Stream.CUSTODY].entries())
    with case.asking() as connection:
        current = queries.published_step(connection) == publish_step(case) and not waits_to_be_weighed(case)
    return Behind(published, current, received, sum(seq > since for seq in documents), sum(seq > since for seq in decisions))


def _name(deed: type[msgspec.Struct]) -> str:
    return str(deed.__struct_config__.tag)
