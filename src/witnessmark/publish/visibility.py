"""What a public dossier may show: which rule holds an item, a claim or a name back. Law 5 in one place.

Rules are asked in order and the first that holds something back is the one named. How many things each rule held back is told in wide bands only:
an exact number of what is withheld would betray a holding by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePosixPath

import msgspec

from witnessmark.model.consent import Purpose, Refused
from witnessmark.model.decision import Status, standing_of_each
from witnessmark.model.item import Item, Protection
from witnessmark.model.view import CaseView, HeldItem, ReadClaim
from witnessmark.protect.permission import permission


class Rule(StrEnum):
    """Why something is held back."""

    SEALED = "sealed"
    SENSITIVE = "sensitive"
    NOT_RELEASED = "not released"
    RELEASE_ENDED = "release ended"
    WITHDRAWN = "consent withdrawn"
    NO_CONSENT = "no consent"
    DERIVED = "made from something held back"
    LISTS = "lists something held back"
    UNREAD = "not read by a person"
    MISREAD = "misread"
    SECOND = "waits for a second reader"
    QUESTION = "question not released"
    SITE = "site not released"


RULE_WORDS = {
    Rule.SEALED: "Items that people sealed, because it would endanger somebody if it became known that they are held",
    Rule.SENSITIVE: "Items that people called sensitive, because they could endanger somebody",
    Rule.NOT_RELEASED: "Items that nobody has released",
    Rule.RELEASE_ENDED: "Items whose release has ended",
    Rule.WITHDRAWN: "Items whose giver has withdrawn their consent",
    Rule.NO_CONSENT: "Items for whose publishing no consent is on record",
    Rule.DERIVED: "Items that were found in, or translated from, something held back",
    Rule.LISTS: "Items whose text names something held back that was found in them",
    Rule.UNREAD: "Claims, read by a machine in what is shown, that no person has called read correctly",
    Rule.MISREAD: "Claims, read by a machine in what is shown, that a person called misread or was unsure of",
    Rule.SECOND: "Claims, read by a machine in what is shown, that only one person has called read correctly where the case asks for two",
    Rule.QUESTION: "Questions about a number of people, with all that was counted, that nobody has released",
    Rule.SITE: "Watched sites, with all that was observed of them, that nobody has released",
}
"""What each rule holds back, as a reader is told."""

BANDS = ((100, "100 or more"), (10, "10 to 99"))
FEWEST = "none, or fewer than 10"


class Selection(msgspec.Struct, frozen=True):
    """What is shown, by id, and which rule holds back each thing that is not."""

    items: frozenset[str]
    claims: frozenset[str]
    held_back: dict[str, Rule]

    def banded(self) -> tuple[tuple[str, str], ...]:
        """For every rule, whether it held anything back or not: what it holds back, and how many in a wide band."""
        counts = Counter(self.held_back.values())
        return tuple((words, band(counts[rule])) for rule, words in RULE_WORDS.items())


def band(count: int) -> str:
    """A number of things held back, so wide that no single one shows."""
    return next((words for least, words in BANDS if count >= least), FEWEST)


def select(view: CaseView, today: str) -> Selection:
    """What of a case a public dossier may show on the ISO day `today`."""
    held_back: dict[str, Rule] = {}
    by_id = {held.item.id: held for held in view.items}
    for held in view.items:
        if (rule := _rule(held, by_id, today)) is not None:
            held_back[held.item.id] = rule
    _hold_lists(view, by_id, held_back)
    held_back |= {asked.id: Rule.QUESTION for asked in view.counting if not asked.released}
    held_back |= {site.id: Rule.SITE for site in view.sites if not site.released}
    items = frozenset(by_id) - held_back.keys()
    shown = [read for read in view.claims if read.item in items]
    for read in shown:
        if (rule := _claim_rule(read, view.readers)) is not None:
            held_back[read.claim.id] = rule
    return Selection(items, frozenset(read.claim.id for read in shown if read.claim.id not in held_back), held_back)


def _rule(held: HeldItem, by_id: dict[str, HeldItem], today: str) -> Rule | None:
    """What holds an item back; a thing found in or translated from another is held to that one's rules too, unless it is public already."""
    own = item_rule(held.item, today)
    if own is not None or held.item.already_public:
        return own
    seen = {held.item.id}
    waiting = list(_made_from(held))
    while waiting:
        other = by_id.get(waiting.pop())
        if other is None or other.item.id in seen:
            continue
        seen.add(other.item.id)
        if _endangers(other.item):
            return Rule.DERIVED
        waiting += _made_from(other)
    return None


def _hold_lists(view: CaseView, by_id: dict[str, HeldItem], held_back: dict[str, Rule]) -> None:
    """Hold back what lists a thing held back that was found in it: a name, a size or a place in a list would tell of a holding. What is public already tells nothing new."""
    for member in [held for held in view.items if held.item.id in held_back]:
        names = {PurePosixPath(receipt.name).name.casefold() for receipt in member.receipts}
        waiting, seen = [member], {member.item.id}
        while waiting:
            for parent in {receipt.parent for receipt in waiting.pop().receipts if receipt.parent} - seen:
                seen.add(parent)
                above = by_id.get(parent)
                if above is None:
                    continue
                waiting.append(above)
                told = above.document.text.casefold() if above.document and not above.item.already_public else ""
                if any(name in told for name in names):
                    held_back.setdefault(parent, Rule.LISTS)


def _made_from(held: HeldItem) -> Iterable[str]:
    made = held.document.translates if held.document else None
    return (source for source in (held.item.parent, made.item if made else None) if source)


def _endangers(item: Item) -> bool:
    """Whether what was made from an item must not be shown either: it is protected, or its giver does not consent."""
    guarded = item.protection in {Protection.SEALED, Protection.SENSITIVE}
    return guarded or (isinstance(permission(item, Purpose.PUBLISH), Refused) and not _unsaid(item))


def _unsaid(item: Item) -> bool:
    return item.consent.recorded is None and item.bound is None and item.account is None and item.source_kind is None


def item_rule(item: Item, today: str) -> Rule | None:
    """What holds one item back by itself, None where nothing does."""
    if item.protection is Protection.SEALED:
        return Rule.SEALED
    if item.protection is Protection.SENSITIVE:
        return Rule.SENSITIVE
    if not item.release.lets_out(today) and not (item.already_public and item.release.by is None):
        return Rule.RELEASE_ENDED if item.release.until is not None else Rule.NOT_RELEASED
    if isinstance(permission(item, Purpose.PUBLISH), Refused):
        return Rule.WITHDRAWN if item.consent.withdrawn else Rule.NO_CONSENT
    return None


def _claim_rule(read: ReadClaim, readers: int) -> Rule | None:
    if read.status is Status.ACCEPTED:
        right = sum(said == Status.ACCEPTED for said in standing_of_each(read.decisions).values())
        return None if readers < 2 or right >= readers else Rule.SECOND
    return Rule.UNREAD if read.status is Status.PROPOSED else Rule.MISREAD
