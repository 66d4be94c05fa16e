"""What stands in a case, in numbers and names: what `status`, `build` and `demo` print."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.viewing import warnings_of
from witnessmark.model.claim import Claim, Stance
from witnessmark.model.decision import Status
from witnessmark.store import queries


class Unread(msgspec.Struct, frozen=True):
    """An item that could not be read, and why."""

    number: str
    name: str
    reason: str


class Voice(msgspec.Struct, frozen=True):
    """A speaker and how many claims."""

    name: str
    claims: int


class Summary(msgspec.Struct, frozen=True):
    """A case at a glance. `waiting` counts items no reader has been sent yet; `writer` is another process at work on it now."""

    title: str
    case: str
    items: int
    documents: int
    waiting: int
    claims: int
    checked: int
    denials: int
    incidents: int
    says: tuple[Voice, ...]
    denies: tuple[Voice, ...]
    unread: tuple[Unread, ...]
    warnings: tuple[str, ...]
    dossier: str | None
    writer: str | None


def summarise(case: Case, *, writer: str | None = None) -> Summary:
    """The case now."""
    with case.asking() as connection:
        items, documents = queries.items(connection), queries.documents(connection)
        stored_claims = queries.claims(connection)
        claims = [stored.claim for stored in stored_claims]
        failures, labels, receipts = queries.failures(connection), queries.labels(connection), queries.receipts(connection)
        index = case.folder.dossier / "index.html"
        unread = tuple(
            Unread(labels[i.id].number, receipts[i.id][0].name, failure.reason) for i in items for failure in failures.get(i.id, ())
        )
        read = {stored.document.item for stored in documents}
        wordless = [stored.document for stored in documents if not stored.document.text.strip()]
        unread += tuple(
            Unread(labels[d.item].number, receipts[d.item][0].name, " ".join(d.problems) or "No text was found in it.") for d in wordless
        )
        return Summary(
            title=queries.title(connection),
            case=str(case.folder.root),
            items=len(items),
            documents=len(documents),
            waiting=sum(item.id not in read and item.id not in failures for item in items),
            claims=len(claims),
            checked=sum(stored.status is not Status.PROPOSED for stored in stored_claims),
            denials=sum(claim.stance is Stance.DENIES for claim in claims),
            incidents=len(queries.incidents(connection)),
            says=_voices(claims),
            denies=_voices([claim for claim in claims if claim.stance is Stance.DENIES]),
            unread=unread,
            warnings=warnings_of(connection),
            dossier=str(Path(index)) if index.exists() else None,
            writer=writer,
        )


def _voices(claims: list[Claim]) -> tuple[Voice, ...]:
    counted = Counter(speaker_name(claim) for claim in claims)
    return tuple(Voice(name, count) for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def speaker_name(claim: Claim) -> str:
    """How a list names the speaker of a claim."""
    if claim.speaker is None:
        return "the documents themselves"
    return claim.speaker.name or (claim.speaker.mention.text if claim.speaker.mention else "sources not named")
