"""What may leave the case for a named body, and what is held back under which rule.

An item found inside another, or translated from it, shares its fate unless a person decided otherwise: what is sealed or withheld holds for its
attachments and translations, what was released was released with them. An original whose bytes contain something that is held back is held back itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.persons import standing_persons
from witnessmark.case.telling import typed
from witnessmark.case.translating import TRANSLATION_OF
from witnessmark.case.viewing import held_items
from witnessmark.errors import UsageError
from witnessmark.model.claim import ANSWERING
from witnessmark.model.consent import Allowed, Purpose, Refused
from witnessmark.model.handover import RULE_WORDS, HeldBack, Rule
from witnessmark.model.incident import Role
from witnessmark.model.item import Protection, ReleaseState
from witnessmark.model.person import Person
from witnessmark.model.view import HeldItem
from witnessmark.protect.permission import GUARDED, is_bound, permission, sharing
from witnessmark.store import queries
from witnessmark.text.masking import COVER, Mask

_AGAINST = {Role.CONTRADICTS, Role.DENIES}


class Selection(msgspec.Struct, frozen=True):
    """The items that leave, in the order they came in, and those held back with the rule for each."""

    leaving: tuple[HeldItem, ...]
    held_back: tuple[tuple[HeldItem, Rule], ...]


def select(case: Case, numbers: Sequence[str], recipient: str, *, include_sealed: bool) -> Selection:
    """Sort all items of the case; `numbers` (I3, ...) are those asked for, all where empty. Raises UsageError for a number that is no item."""
    with case.asking() as connection:
        held = held_items(connection)
        originals = {d.subject: d.value for d in queries.decisions(connection) if d.field == TRANSLATION_OF and not d.undone}
        persons = standing_persons(connection)
    by_number = {item.item.number: item for item in held}
    unknown = [number for number in numbers if number.upper() not in by_number]
    if unknown:
        raise UsageError(
            f"There is no item {unknown[0]!r} in this case. `witnessmark status {typed(case.folder.root)} --all` lists the items."
        )
    asked = {number.upper() for number in numbers} or set(by_number)
    family = _Family(held, originals)
    names = None if include_sealed else _masking(persons)
    rules = {item.item.id: _rule_of(item, family, names, recipient, include_sealed=include_sealed) for item in held}
    _hold_unwilling(held, rules, persons, recipient)
    _hold_containers(held, family, rules)
    for item in held:
        if item.item.number not in asked and rules[item.item.id] is None:
            rules[item.item.id] = Rule.NOT_SELECTED
    return _sorted(held, rules)


def select_readings(case: Case, recipient: str, *, include_sealed: bool) -> Selection:
    """Sort all items by whether what was read in them may leave as lines of text.

    As for a hand-over, with two differences. What nobody decided of may leave where nobody called it sensitive, for lines hold no original; and a name
    that is sealed holds nothing back, for lines have it covered. Somebody whose consent does not allow sharing with the recipient holds back what names them. Without a `recipient` a consent that names bodies allows none.
    """
    with case.asking() as connection:
        held = held_items(connection)
        originals = {d.subject: d.value for d in queries.decisions(connection) if d.field == TRANSLATION_OF and not d.undone}
        persons = standing_persons(connection)
    family = _Family(held, originals)
    rules = {item.item.id: _rule_of(item, family, None, recipient, include_sealed=include_sealed) for item in held}
    for item in held:
        guarded = any(one.item.protection in GUARDED for one in family.line_of(item))
        if rules[item.item.id] is Rule.UNDECIDED and not guarded:
            rules[item.item.id] = None if _consented(list(family.line_of(item)), recipient) else Rule.NO_CONSENT
    _hold_unwilling(held, rules, persons, recipient)
    return _sorted(held, rules)


def _sorted(held: Sequence[HeldItem], rules: Mapping[str, Rule | None]) -> Selection:
    return Selection(
        tuple(item for item in held if rules[item.item.id] is None),
        tuple((item, rule) for item in held if (rule := rules[item.item.id]) is not None),
    )


class _Family:
    """Which item was found inside which, by every receipt (the same bytes can have come in several ways), and what it translates."""

    def __init__(self, held: Sequence[HeldItem], originals: Mapping[str, str]) -> None:
        self.items = {item.item.id: item for item in held}
        self.parents = {item.item.id: {r.parent for r in item.receipts if r.parent in self.items} for item in held}
        self.origins = {item: parents | ({originals.get(item, "")} & set(self.items)) for item, parents in self.parents.items()}

    def line_of(self, item: HeldItem) -> Iterator[HeldItem]:
        """The item, then what it was found in or translated from, and so on upward; each once."""
        return self._upward(item, self.origins)

    def containers_of(self, item: HeldItem) -> Iterator[HeldItem]:
        """The item, then what its bytes were found in, and so on upward; each once."""
        return self._upward(item, self.parents)

    def _upward(self, item: HeldItem, above: Mapping[str, set[str]]) -> Iterator[HeldItem]:
        waiting, seen = [item.item.id], set[str]()
        while waiting:
            current = waiting.pop(0)
            if current not in seen:
                seen.add(current)
                yield self.items[current]
                waiting += sorted(above[current])


def _rule_of(item: HeldItem, family: _Family, names: Callable[[str], bool] | None, recipient: str, *, include_sealed: bool) -> Rule | None:
    """Why an item is held back by what was decided of it or of what it was found in; None where nothing holds it."""
    line = list(family.line_of(item))
    if not include_sealed:
        protection = next((one.item.protection for one in line if one.item.protection is not Protection.UNSET), Protection.UNSET)
        if protection is Protection.SEALED:
            return Rule.SEALED
        decided = next((one.item.release for one in line if one.item.release.by is not None), None)
        if decided is not None and decided.state is ReleaseState.WITHHELD:
            return Rule.WITHHELD
        if decided is not None and decided.until is not None and now()[:10] > decided.until:
            return Rule.RELEASE_ENDED
        if decided is None and not any(one.item.already_public for one in line):
            return Rule.UNDECIDED
    if not _consented(line, recipient):
        return Rule.NO_CONSENT
    return Rule.NAMES_SEALED if names is not None and _names_somebody(item, names) else None


def _consented(line: Sequence[HeldItem], recipient: str) -> bool:
    """Whether the record allows sharing with the recipient; an item of which nobody said anything is held to what binds the one it came out of."""
    own = permission(line[0].item, Purpose.SHARE, recipient)
    if isinstance(own, Refused) or is_bound(line[0].item) is not None:
        return isinstance(own, Allowed)
    return all(isinstance(permission(above.item, Purpose.SHARE, recipient), Allowed) for above in line[1:])


def _masking(persons: Sequence[Person]) -> Callable[[str], bool] | None:
    """How to tell that a text names somebody sealed or erased: by a form, or by the cover that the database lays over one. None where nobody is."""
    if not any(person.is_sealed or person.erased for person in persons):
        return None
    mask = Mask([form for person in persons if person.is_sealed for form in (person.name, *person.forms)])
    return lambda text: COVER in text or bool(mask.spans(text))


def _hold_unwilling(held: Sequence[HeldItem], rules: dict[str, Rule | None], persons: Sequence[Person], recipient: str) -> None:
    """Hold back what names a person whose consent does not allow sharing with the recipient; consent binds no name in what is public already."""
    unwilling = [person for person in persons if isinstance(sharing(person, recipient or None), Refused)]
    mask = Mask([form for person in unwilling for form in (person.name, *person.forms)])
    for item in held if mask else ():
        if rules[item.item.id] is None and not item.item.already_public and _names_somebody(item, lambda text: bool(mask.spans(text))):
            rules[item.item.id] = Rule.NAMES_UNWILLING


def _names_somebody(held: HeldItem, names: Callable[[str], bool]) -> bool:
    """Whether the text, what the file says of itself, or what was said when it came in, names somebody."""
    said = (text for r in held.receipts for text in (r.name, r.source, r.received_from, *r.stated.values()))
    read = held.document
    written = (read.text, read.title, read.author, *map(str, read.metadata.values())) if read else ()
    return any(names(text) for text in (*said, *written) if text)


def _hold_containers(held: Sequence[HeldItem], family: _Family, rules: dict[str, Rule | None]) -> None:
    for item in held:
        if rules[item.item.id] is not None:
            for above in family.containers_of(item):
                rules[above.item.id] = rules[above.item.id] or Rule.CONTAINS


def told_of_held_back(case: Case, selection: Selection) -> tuple[HeldBack, ...]:
    """The held-back list. What points the other way is said so, in words, so that it is never dropped silently."""
    otherwise = _points_otherwise(case)
    return tuple(HeldBack(item.public_id, rule, RULE_WORDS[rule], otherwise.get(item.item.id)) for item, rule in selection.held_back)


def _points_otherwise(case: Case) -> Mapping[str, str]:
    """Of each item whose claims answer or contradict others: how many do, in words."""
    with case.asking() as connection:
        claims = {stored.claim.id: stored for stored in queries.claims(connection)}
        incidents = queries.incidents(connection)
    against = {claim.id for incident in incidents for claim in incident.claims if claim.role in _AGAINST}
    against |= {claim_id for claim_id, stored in claims.items() if stored.claim.stance in ANSWERING}
    counts: dict[str, int] = defaultdict(int)
    for claim_id in against & set(claims):
        counts[claims[claim_id].item] += 1
    return {
        item: f"{number} of its claims {'denies, doubts, corrects or contradicts' if number == 1 else 'deny, doubt, correct or contradict'} "
        "what is claimed elsewhere, as far as they were read; whether they answer what is handed over is not said here."
        for item, number in counts.items()
    }
