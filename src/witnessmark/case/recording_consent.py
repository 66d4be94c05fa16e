"""Recording what somebody agreed to, and how an account was taken: as decisions, with every name in them sealed."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions
from witnessmark.case.sealed_fields import seal_fields
from witnessmark.case.telling import typed
from witnessmark.errors import UsageError
from witnessmark.model.account import FIELD as ACCOUNT
from witnessmark.model.account import Account, Referral, account_value
from witnessmark.model.consent import FIELD as CONSENT
from witnessmark.model.consent import Consent, Purpose, consent_on_record, consent_value
from witnessmark.model.decision import Decision
from witnessmark.store import queries


class Said(msgspec.Struct, frozen=True):
    """What was said about a consent. `purposes` as typed: "publish", "share: Commission of Inquiry"; `giver` and `interpreter` are names, to be sealed."""

    purposes: tuple[str, ...] = ()
    giver: str | None = None
    interpreter: str | None = None
    form: str | None = None
    given: str | None = None


class Taken(msgspec.Struct, frozen=True):
    """What was said about how an account was taken. The names and the place are sealed."""

    interviewer: str | None = None
    interpreter: str | None = None
    place: str | None = None
    present: str | None = None
    language: str | None = None
    recording: str | None = None
    taken: str | None = None
    earlier: str | None = None
    read_back: bool | None = None
    follows: str | None = None
    referral: Referral | None = None


def record_consent(case: Case, number: str, said: Said, *, why: str) -> Decision:
    """Record a consent for an item or a person, in the place of any recorded before. Raises UsageError."""
    subject = subject_of(case, number)
    _refuse_no_reason(why)
    purposes, bodies = _purposes(said.purposes)
    if not purposes:
        raise UsageError(f"To what was agreed? Add --purpose, once for each: {', '.join(Purpose)}. To take a consent back: --withdraw.")
    sealed = seal_fields(case, subject, {"giver": said.giver, "interpreter": said.interpreter})
    consent = Consent(
        purposes=purposes,
        form=said.form or why.strip(),
        shared_with=bodies,
        given=said.given,
        giver=sealed.get("giver"),
        interpreter=sealed.get("interpreter"),
    )
    return record_decisions(case, [Prepared(subject, CONSENT, consent_value(consent))], why=why.strip())[0]


def withdraw_consent(case: Case, number: str, *, on: str | None, why: str) -> Decision:
    """Record that a consent was withdrawn, on that ISO day or today. What was agreed to stays on record. Raises UsageError where there is none."""
    subject = subject_of(case, number)
    _refuse_no_reason(why)
    with case.asking() as connection:
        made = [decision for decision in queries.decisions_on(connection, subject) if decision.field == CONSENT]
    before = consent_on_record(made[-1] if made else None)
    if not before.purposes or before.withdrawn is not None:
        raise UsageError(
            f"There is no consent of {number.upper()} to withdraw: {'it was withdrawn before' if before.withdrawn else 'none is on record'}."
        )
    value = consent_value(msgspec.structs.replace(before, recorded=None, withdrawn=on or now()[:10]))
    return record_decisions(case, [Prepared(subject, CONSENT, value)], why=why.strip())[0]


def record_account(case: Case, number: str, taken: Taken, *, why: str) -> Decision:
    """Record that an item is a statement taken by us, and how. Raises UsageError."""
    subject = subject_of(case, number)
    _refuse_no_reason(why)
    if not number.upper().startswith("I"):
        raise UsageError(f"{number} is no item: an account is an item (I3) that holds a statement taken by you.")
    recording = subject_of(case, taken.recording) if taken.recording else None
    follows = subject_of(case, taken.follows) if taken.follows else None
    if follows == subject:
        raise UsageError(f"{number} cannot follow itself: name the first account of the same person.")
    names = {field: getattr(taken, field) for field in ("interviewer", "interpreter", "place", "present")}
    sealed = seal_fields(case, subject, names)
    account = Account(
        **sealed,
        language=taken.language,
        recording=recording,
        taken=taken.taken,
        read_back=taken.read_back,
        earlier=taken.earlier,
        follows=follows,
        referral=taken.referral,
    )
    return record_decisions(case, [Prepared(subject, ACCOUNT, account_value(account))], why=why.strip())[0]


def subject_of(case: Case, number: str) -> str:
    """The item or person with this short number. Raises UsageError."""
    with case.asking() as connection:
        subject = queries.subject_of(connection, number)
    if subject is None or number.upper()[:1] not in {"I", "P"}:
        raise UsageError(
            f"There is no item or person {number} in this case; `witnessmark status {typed(case.folder.root)} --all` lists items, `witnessmark person {typed(case.folder.root)} list` persons."
        )
    return subject


def _refuse_no_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("A decision needs its reason: add --why TEXT.")


def _purposes(typed_purposes: Iterable[str]) -> tuple[tuple[Purpose, ...], tuple[str, ...]]:
    """The purposes, and the bodies it may be shared with. Raises UsageError for what is no purpose, and for sharing with nobody named."""
    purposes: list[Purpose] = []
    bodies: list[str] = []
    for one in typed_purposes:
        name, _, body = one.partition(":")
        word = name.strip().casefold().replace(" ", "_")
        if word not in set(Purpose):
            raise UsageError(
                f"{name.strip()!r} is no purpose. Choose from: {', '.join(Purpose)}; share takes a name: 'share: Commission of Inquiry'."
            )
        if word == Purpose.SHARE and not body.strip():
            raise UsageError("With whom may it be shared? Write 'share: NAME', once for each body.")
        purposes.append(Purpose(word))
        bodies += [" ".join(body.split())] if word == Purpose.SHARE else []
    return tuple(dict.fromkeys(purposes)), tuple(dict.fromkeys(bodies))
