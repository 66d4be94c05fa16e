"""Deciding to dispose of items: what is destroyed is found in both logs, the decision recorded, and then carried out.

Destroyed are the original, the receipts, what was read in it, its claims and what people decided of them: everything that holds its words. The
entries stay, and with them the numbers and public ids. An item that came out of a container goes only together with it, since the container holds the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.publishing import publish_draft
from witnessmark.case.weighing import weigh
from witnessmark.errors import UsageError
from witnessmark.model.correction import ADDED, AddedClaim
from witnessmark.model.deed import (
    ClaimsRead,
    DecisionMade,
    Deed,
    DocumentRead,
    FieldSealed,
    FootprintTested,
    FramesDrawn,
    ItemCommitted,
    ItemDisposed,
    ItemReceived,
    ItemRedacted,
    Label,
    MediaChecked,
    PictureLookedAt,
    SceneRead,
    ScenesCompared,
    StageFailed,
)
from witnessmark.model.entry import Stream
from witnessmark.model.item import Disposal
from witnessmark.store import queries

_DEED = msgspec.json.Decoder(Deed)


class Disposed(msgspec.Struct, frozen=True):
    """What was disposed of, how many bodies went with it, the members that stayed, and whether the dossier was written anew."""

    items: tuple[Disposal, ...]
    bodies: int
    members_left: tuple[str, ...]
    dossier: bool


class _Found(msgspec.Struct):
    """Where an item's content stands: entries of each log, and the labels to keep."""

    custody: list[int] = []
    analysis: list[int] = []
    labels: list[Label] = []


def dispose(case: Case, numbers: Sequence[str], *, why: str, authority: str, with_members: bool = False) -> Disposed:
    """Destroy the content of these items for good. Raises UsageError for what cannot be disposed of, StorageError where it cannot be finished."""
    if not why.strip() or not authority.strip():
        raise UsageError("Disposing needs a reason and an authority: add --why TEXT and --authority TEXT.")
    wanted, left = _wanted(case, numbers, with_members=with_members)
    found = {item: _Found() for item in wanted}
    _search_custody(case, found)
    _search_analysis(case, found)
    at, drafts, shown = now(), case.logs[Stream.ANALYSIS].size, any(case.folder.dossier.rglob("*"))
    deeds = [
        ItemDisposed(item, at, why.strip(), authority.strip(), tuple(f.custody), tuple(f.analysis), tuple(f.labels), drafts)
        for item, f in found.items()
    ]
    case.record(deeds)
    case.finish_disposals()
    if shown:
        weigh(case)
        publish_draft(case)
    items = tuple(Disposal(d.item, d.labels[0].number, d.labels[0].public_id, at, d.authority, d.why) for d in deeds)
    return Disposed(items, sum(len(d.custody) + len(d.analysis) for d in deeds), left, shown)


def _wanted(case: Case, numbers: Sequence[str], *, with_members: bool) -> tuple[list[str], tuple[str, ...]]:
    """The items to dispose of, members before what holds them; and the numbers of members that stay."""
    with case.asking() as connection:
        held = {item.id for item in queries.items(connection)}
        gone = {one.number: one for one in queries.disposals(connection)}
        labels = queries.labels(connection)
        parents = {item: {r.parent for r in said if r.parent} for item, said in queries.receipts(connection).items()}
    by_number = {label.number: subject for subject, label in labels.items()}
    chosen: dict[str, None] = {}
    for number in (number.upper() for number in numbers):
        item = by_number.get(number)
        if number in gone:
            raise UsageError(f"{number} was disposed of already, on {gone[number].at[:10]}. Nothing was destroyed.")
        if item not in held or item is None:
            raise UsageError(f"There is no item {number} in this case. Nothing was destroyed.")
        chosen[item] = None
    if with_members:
        for item in [*chosen]:
            chosen.update(dict.fromkeys(_inside(item, parents)))
    for item in chosen:
        still = sorted(labels[parent].number for parent in parents[item] if parent in held and parent not in chosen)
        if still:
            raise UsageError(
                f"{labels[item].number} came in {', '.join(still)}, which holds the same bytes. Name both, or dispose of {still[0]} with --with-members. "
                "Nothing was destroyed."
            )
    left = {inside for item in chosen for inside in _inside(item, parents) if inside not in chosen}
    return list(chosen), tuple(sorted((labels[item].number for item in left), key=lambda number: int(number[1:])))


def _inside(item: str, parents: dict[str, set[str]]) -> list[str]:
    """All that came out of an item, and out of that."""
    found: dict[str, None] = {}
    waiting = [item]
    while waiting:
        holder = waiting.pop()
        fresh = [inner for inner, holders in parents.items() if holder in holders and inner not in found and inner != item]
        found.update(dict.fromkeys(fresh))
        waiting += fresh
    return list(found)


def _search_custody(case: Case, found: dict[str, _Found]) -> None:
    for seq, deed in _deeds(case, Stream.CUSTODY):
        if isinstance(deed, ItemReceived) and deed.receipt.item in found:
            where = found[deed.receipt.item]
            where.custody.append(seq)
            if deed.label is not None:
                where.labels.insert(0, deed.label)
        elif isinstance(deed, ItemRedacted | ItemCommitted) and deed.item in found:
            found[deed.item].custody.append(seq)
        elif isinstance(deed, FieldSealed) and deed.subject in found:
            found[deed.subject].custody.append(seq)


def _search_analysis(case: Case, found: dict[str, _Found]) -> None:
    """Readings, claims, failures and decisions; decisions on claims follow the item whose claims they are."""
    claims: dict[str, str] = {}
    for seq, deed in _deeds(case, Stream.ANALYSIS):
        for item in _subjects_of(deed, claims):
            if item in found:
                found[item].analysis.append(seq)
                found[item].labels += deed.labels if isinstance(deed, ClaimsRead | DecisionMade) else ()


def _subjects_of(deed: Deed, claims: dict[str, str]) -> tuple[str, ...]:
    """The items whose content a deed holds: of two scenes compared, both, since their pictures stand in it."""
    if isinstance(deed, ScenesCompared):
        return deed.compared.before, deed.compared.after
    if isinstance(deed, FootprintTested):
        return deed.tested.before, deed.tested.after
    return (_subject_of(deed, claims),)


def _subject_of(deed: Deed, claims: dict[str, str]) -> str:
    """The item whose content a deed holds, empty where it holds none; `claims` gives the item of each claim met so far and is added to."""
    if isinstance(deed, ClaimsRead):
        claims.update(dict.fromkeys((claim.id for claim in deed.claims), deed.item))
        return deed.item
    if isinstance(deed, DecisionMade):
        decision = deed.decision
        if decision.field == ADDED and decision.subject not in claims:
            claims[decision.subject] = msgspec.json.decode(decision.value, type=AddedClaim).item
        return claims.get(decision.subject, decision.subject)
    return _made_from(deed)


def _made_from(deed: Deed) -> str:
    """The item that something was read, checked or drawn from, or could not be; empty for another deed."""
    match deed:
        case SceneRead():
            return deed.item
        case (
            DocumentRead(document=of) | StageFailed(failure=of) | MediaChecked(check=of) | FramesDrawn(sheet=of) | PictureLookedAt(looks=of)
        ):
            return of.item
    return ""


def _deeds(case: Case, stream: Stream) -> Iterator[tuple[int, Deed]]:
    for entry, record in case.logs[stream].entries_with_records():
        yield entry.seq, _DEED.decode(record.body)
