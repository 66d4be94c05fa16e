"""An item as whoever keeps it sees it: every act on it in the custody log, and what people decided of how it is to be handled."""

from __future__ import annotations

import msgspec

from witnessmark.case.arriving import Kind, kind_of
from witnessmark.case.case import Case
from witnessmark.case.deciding import value_words
from witnessmark.case.seen import mark_of
from witnessmark.model.account import account_on_record, account_words
from witnessmark.model.consent import Purpose, consent_on_record, consent_words
from witnessmark.model.decision import Decision
from witnessmark.model.item import Protection, Receipt, ReleaseState, Sensitivity, SourceKind
from witnessmark.store import arrivals, queries

ACT_WORDS = {
    "item.received": "received",
    "item.redacted": "a redacted copy was made of it",
    "item.committed": "put under a commitment for a public dossier",
    "field.sealed": "words about it were sealed",
    "seal.opened": "sealed words about it were opened",
    "items.handed_over": "handed over",
    "receipt.returned": "a receipt came back",
}
"""What the custody log records of an item, in words."""

CHOICES: dict[str, tuple[str, ...]] = {
    "sensitivity": tuple(Sensitivity),
    "protection": tuple(Protection),
    "release": tuple(ReleaseState),
    "already_public": ("yes", "no"),
    "bound_by_consent": ("yes", "no"),
    "source_kind": tuple(SourceKind),
}
"""What a person decides of an item from a list, by field."""
WORDS = ("source",)
"""What is typed."""
FIELDS = (*CHOICES, *WORDS)


class Act(msgspec.Struct, frozen=True):
    """An entry of the custody log: its place there, when (UTC), what was done, and by whom (a pseudonymous key, None for who may not see it)."""

    seq: int
    at: str
    action: str
    words: str
    by: str | None


class Decided(msgspec.Struct, frozen=True):
    """A decision on the item as a person reads it; `standing` where no later one of its field has taken its place."""

    id: str
    field: str
    value: str
    why: str
    at: str
    by: str | None
    standing: bool


class Handling(msgspec.Struct, frozen=True):
    """All of it. `values` are what stands of `FIELDS`, None where nobody decided; `sha256` and who did what are None for who may not see them.

    `purposes` are those agreed to, as far as that stands; `seen` is the mark of how the decisions stand. `members` are numbers of items that came out of it.
    """

    number: str
    sha256: str | None
    size: int
    media_type: str
    kind: Kind
    receipts: tuple[Receipt, ...]
    parent: str | None
    members: int
    acts: tuple[Act, ...]
    decisions: tuple[Decided, ...]
    values: dict[str, str | None]
    purposes: tuple[Purpose, ...]
    consent_words: str
    account_words: str | None
    problems: tuple[str, ...]
    language: str | None
    claims: int
    seen: str


def handling_of(case: Case, number: str, *, with_keys: bool) -> Handling | None:
    """The item with this short number, None where there is none. `with_keys` tells who did what, and the hash."""
    with case.asking() as connection:
        subject = queries.subject_of(connection, number) if number[:1] == "I" else None
        item = queries.item(connection, subject) if subject is not None else None
        if subject is None or item is None:
            return None
        receipts = queries.receipts(connection, subject)[subject]
        entries, made = queries.custody_of(connection, subject), queries.decisions_on(connection, subject)
        read, failed = arrivals.read(connection, [subject]).get(subject), arrivals.failed(connection, [subject]).get(subject, ())
        parent = receipts[0].parent
        numbers = queries.numbers_of(connection, [parent]) if parent else {}
        members, seen = queries.count_members(connection, subject), mark_of(connection, subject)
    standing = {one.field: one for one in made}
    consent = consent_on_record(standing.get("consent"))
    account = account_on_record(standing.get("account"))
    return Handling(
        number=number,
        sha256=subject if with_keys else None,
        size=item.size,
        media_type=item.media_type,
        kind=kind_of(item.media_type),
        receipts=tuple(msgspec.structs.replace(one, item=number, parent=numbers.get(parent) if parent else None) for one in receipts),
        parent=numbers.get(parent) if parent else None,
        members=members,
        acts=tuple(
            Act(entry.seq, entry.at, entry.action, ACT_WORDS.get(entry.action, entry.action), entry.actor if with_keys else None)
            for entry in entries
        ),
        decisions=tuple(_decided(case, one, standing, with_keys=with_keys) for one in reversed(made)),
        values={field: standing[field].value if field in standing else None for field in FIELDS},
        purposes=consent.purposes if consent.withdrawn is None else (),
        consent_words=consent_words(consent),
        account_words=account_words(account) if account is not None else None,
        problems=(*failed, *(read.problems if read else ())),
        language=read.language if read else None,
        claims=read.claims if read else 0,
        seen=seen,
    )


def _decided(case: Case, one: Decision, standing: dict[str, Decision], *, with_keys: bool) -> Decided:
    return Decided(
        id=one.id,
        field=one.field,
        value=value_words(case, one),
        why=one.why,
        at=one.at,
        by=one.by if with_keys else None,
        standing=standing.get(one.field) == one,
    )
