"""What the checks of a case's media show, held against all that anyone in the case says of each: worked out anew whenever it is looked at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from witnessmark.case.noting import noted_of
from witnessmark.corroborate.as_of import published_by
from witnessmark.model.claim import Stance
from witnessmark.model.decision import Status
from witnessmark.model.media import CheckedMedia
from witnessmark.model.view import CaseView, HeldItem, ReadClaim
from witnessmark.watch.media_differences import devices_of_a_set, differences
from witnessmark.watch.media_facts import facts_of
from witnessmark.watch.media_said import Said, SaidPlace, said_in_caption


def with_media(view: CaseView, checks: Mapping[str, CheckedMedia]) -> CaseView:
    """The view with the check of each item that was checked; the same where none was."""
    if not checks:
        return view
    by_id = {held.item.id: held for held in view.items}
    resting = _claims_resting_on(view.claims)
    facts = {item: facts_of(checked.check) for item, checked in checks.items() if item in by_id}
    sets = _sets(view.items, {item: found.device for item, found in facts.items()})

    def shown(held: HeldItem) -> HeldItem:
        checked, found = checks.get(held.item.id), facts.get(held.item.id)
        if checked is None or found is None:
            return held
        said = [one for tag, text in found.captions for one in said_in_caption(tag, text)]
        said += [
            *noted_of(held.item),
            *_of_receipts(held),
            *_of_publication(held, by_id),
            *(_of_claim(read) for read in resting.get(held.item.id, ())),
        ]
        different, agreed = differences(checked.check, found, said)
        mixed = tuple(
            each for how, others in sets.get(held.item.id, ()) for each in devices_of_a_set((held.item.number, found.device), others, how)
        )
        media = msgspec.structs.replace(checked, facts=found, differences=(*different, *mixed), agreements=agreed)
        return msgspec.structs.replace(held, media=media)

    return msgspec.structs.replace(view, items=tuple(map(shown, view.items)))


def _claims_resting_on(claims: Sequence[ReadClaim]) -> dict[str, list[ReadClaim]]:
    """By item, the claims for which a person said that it is what they rest on; what was called misread says nothing."""
    found: dict[str, list[ReadClaim]] = defaultdict(list)
    for read in claims:
        if read.status is not Status.REJECTED and read.claim.stance is Stance.ASSERTS:
            for held in {basis.held for basis in read.claim.basis if basis.held}:
                found[held].append(read)
    return found


def _of_claim(read: ReadClaim) -> Said:
    claim = read.claim
    when, where = claim.when, claim.where
    speaker = f" ({claim.speaker.name})" if claim.speaker and claim.speaker.name else ""
    place = None
    if where and where.latitude is not None and where.longitude is not None and where.precision is not None:
        place = SaidPlace(where.name or where.text, where.latitude, where.longitude, where.precision.value)
    first, last = (when.earliest, when.latest) if when else (None, None)
    words = "; ".join(part.text for part in (when, where) if part is not None)
    return Said(f"claim {read.number}{speaker}", words, first=first, last=last, place=place, claim=claim.id)


def _of_receipts(held: HeldItem) -> Iterator[Said]:
    """It cannot have been taken after it came in, or was captured from the web."""
    first = min((receipt.at for receipt in held.receipts), default=None)
    if first is not None:
        yield Said("it was received", by=first)
    for captured in sorted({day for receipt in held.receipts if (day := receipt.stated.get("captured")) and _is_moment(day)}):
        yield Said("it was captured from the web, as the archive it came in says", by=captured)


def _is_moment(written: str) -> bool:
    try:
        dt.datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def _of_publication(held: HeldItem, by_id: Mapping[str, HeldItem]) -> Iterator[Said]:
    """Nor after it was published, nor after what it was found in was."""
    if (day := published_by(held)) is not None:
        yield Said("it was published", by=day)
    above = by_id.get(held.item.parent or "")
    if above is not None and (day := published_by(above)) is not None:
        yield Said(f"{above.item.number}, in which it was found, was published", by=day)


def _sets(items: Sequence[HeldItem], devices: Mapping[str, str | None]) -> dict[str, list[tuple[str, list[tuple[str, str | None]]]]]:
    """By item, the other checked items that came in one container with it or from the same giver, with the devices they name."""
    groups: dict[tuple[str, str], list[HeldItem]] = defaultdict(list)
    for held in items:
        if held.item.id not in devices:
            continue
        if held.item.parent is not None:
            groups["found in the same container", held.item.parent].append(held)
        for giver in {receipt.received_from for receipt in held.receipts if receipt.received_from}:
            groups["received from the same giver", giver].append(held)
    found: dict[str, list[tuple[str, list[tuple[str, str | None]]]]] = defaultdict(list)
    for (how, _), members in groups.items():
        for held in members:
            others = [(other.item.number, devices[other.item.id]) for other in members if other is not held]
            found[held.item.id].append((how, others))
    return found
