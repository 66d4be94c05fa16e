"""Publishing for everybody: what was read, released and consented to, without anything that betrays what else is held.

Three things are recorded: each shown item's commitment, once; the pages with their hashes; and, since both are entries of the logs, the log heads that the
dossier's proofs lead to. Where nothing has changed nothing is recorded again, and the same case gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.exchange import exchange, stand_by
from witnessmark.case.judged_incidents import judged_of
from witnessmark.case.one_name import OneName
from witnessmark.case.persons import persons_of
from witnessmark.case.proving import dossier_proofs, write_openings
from witnessmark.case.publishing_pdf import read_back, with_pdf
from witnessmark.case.reidentifying import who_can_be_told
from witnessmark.case.showing_pictures import pictures_to_show
from witnessmark.case.stages import step_of
from witnessmark.case.telling import Standing, Tell, typed
from witnessmark.case.tracking import placed_claims, track
from witnessmark.case.viewing import METHODS, view_case
from witnessmark.corroborate import corroborate
from witnessmark.corroborate.responsibility import party_decisions
from witnessmark.errors import CustodyError, ProtectionError, StorageError, UsageError
from witnessmark.model.claim import Claim
from witnessmark.model.consent import Refused
from witnessmark.model.deed import DossierReleased, ItemCommitted
from witnessmark.model.entry import Stream
from witnessmark.model.person import Person
from witnessmark.model.public import PROOFS, text_file
from witnessmark.model.view import AsOf, CaseView
from witnessmark.protect.betrayal import Digests, HashCover, all_digests, digests_of
from witnessmark.protect.last_look import LastLook, is_telling
from witnessmark.protect.permission import naming
from witnessmark.protect.secrets import Secret
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.coarse_text import ExactPositions
from witnessmark.publish.pdf import PDF
from witnessmark.publish.preserved import BERKELEY
from witnessmark.publish.public import public_pages
from witnessmark.publish.public_view import Derived, last_checked, public_view
from witnessmark.publish.sections.public import RELEASE
from witnessmark.publish.visibility import RULE_WORDS, Rule, Selection, select
from witnessmark.publish.withheld import Withheld
from witnessmark.store import queries
from witnessmark.store.sources import sources
from witnessmark.text.masking import Covers, Mask

PUBLIC = "publish-public"
PICTURES = (".png", ".jpg")
"""How files end that hold no words to be covered."""


class Stripped(msgspec.Struct, frozen=True):
    """What a rule held back, by the short numbers of the case: for whoever publishes, never for the dossier."""

    rule: str
    subjects: tuple[str, ...]


class PublicDossier(msgspec.Struct, frozen=True):
    """What was written where, and what was left out and why. `masked` are persons whose names are covered; `changed` is false where the same stood there.

    `warnings` say who can be told apart in it though no name is; they are for whoever publishes.
    """

    index: Path
    items: int
    claims: int
    stripped: tuple[Stripped, ...]
    masked: tuple[str, ...]
    changed: bool
    warnings: tuple[str, ...] = ()


def publish_public(case: Case, out: Path, *, asked: AsOf | None = None, pdf: bool = False, tell: Tell = lambda _: None) -> PublicDossier:
    """Write the public dossier into the folder `out`, which is made, or is an earlier public dossier; `asked` about an earlier day, of what was there then.

    With `pdf` as one PDF besides, made of the finished pages and looked over as they are.
    Raises UsageError where `out` is something else, ProtectionError where the last look finds something that must not be handed out, StorageError.
    """
    refuse_place(case, out)
    composed = compose(case, asked=asked, tell=tell, before=lambda items: commit(case, items))
    pages, view, shown = composed.pages, composed.view, composed.shown
    look_again(case, pages, composed.look)
    if pdf:
        pages = with_pdf(pages, tell)
        look_again(case, {PDF: pages[PDF], **read_back(pages[PDF])}, composed.look)
    _record(case, pages)
    pages[PROOFS] = dossier_proofs(case, shown)
    look_again(case, {PROOFS: pages[PROOFS]}, composed.look)
    changed = _write(out, pages, tell)
    return PublicDossier(
        index=out / "index.html",
        items=len(shown.items),
        claims=len(shown.claims),
        stripped=stripped(view, composed.chosen),
        masked=composed.masked,
        changed=changed,
        warnings=who_can_be_told(shown, numbers_in(view)),
    )


class Composed(msgspec.Struct, frozen=True):
    """What a public dossier would be: its pages but for the proofs, the whole view and what is chosen of it, what is shown, whose names are covered, and the look that finds what must not stand on a page."""

    pages: dict[str, bytes]
    view: CaseView
    chosen: Selection
    shown: CaseView
    masked: tuple[str, ...]
    look: LastLook


def compose(case: Case, *, asked: AsOf | None, tell: Tell, before: Callable[[list[str]], None]) -> Composed:
    """Put the pages together from what may be shown; `before` they are, the items shown are handed to it in an order that tells nothing."""
    whole = view_case(case)
    view = whole if asked is None else view_case(case, asked)
    chosen = select(view, now()[:10])
    unnamed = [person for person in persons_of(case) if isinstance(naming(person), Refused)]
    names = Mask(form for person in unnamed for form in (person.name, *person.forms))
    secrets = _digests(case, whole, tell)
    hidden = Covers(Withheld.of_case(whole), HashCover(secrets))
    cover = Covers(names, hidden, ExactPositions())
    shown = public_view(view, chosen, _derived(case, view, chosen), cover, methods=(RELEASE, BERKELEY, *METHODS))
    before([held.item.id for held in sorted(view.items, key=lambda held: held.public_id) if held.item.id in chosen.items])
    intact = frozenset(_whole(case, chosen.items, secrets))
    drawn = pictures_to_show(case, view, shown)
    pages = public_pages(shown, Discretion.of_public(whole), commitments(case, chosen.items), chosen.banded(), intact=intact, drawn=drawn)
    pages = {name: content if name.endswith(PICTURES) else hidden.cover(content.decode()).encode() for name, content in pages.items()}
    pages |= {text_file(held.public_id): _text_page(held.document.text, held.public_id) for held in shown.items if held.document}
    look = LastLook(all_digests(secrets), _names_of(unnamed), _file_names(whole, shown, pages))
    return Composed(pages, view, chosen, shown, tuple(person.number for person in unnamed), look)


def open_for(case: Case, out: Path, openings: Path, made_for: str, *, asked: AsOf | None = None) -> int:
    """Write the openings of what the dossier at `out` shows, for one named reader, outside of it and of the case; how many. Raises UsageError, StorageError."""
    for folder, which in ((out, "dossier"), (case.folder.root, "case")):
        if openings.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"{openings} lies inside the {which}. Openings are for one reader: write them where nobody else gets them.")
    view = view_case(case, asked)
    chosen = select(view, now()[:10])
    return write_openings(case, {held.item.id: held.public_id for held in view.items if held.item.id in chosen.items}, openings, made_for)


def refuse_place(case: Case, out: Path) -> None:
    """Raise UsageError where a dossier must not be written: inside the case, or over something that is no public dossier."""
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the public dossier elsewhere, so that it can be handed out without the case.")
    if out.exists() and not (out / PROOFS).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already and is no public dossier. Name a folder that does not exist yet.")


def commit(case: Case, items: Iterable[str]) -> None:
    """Have a commitment of each of these items in the custody log: drawn once, and the same in every dossier.

    Their order shows in the log, so it must be one that tells nothing: neither that of their hashes nor that in which they came.
    """
    with case.asking() as connection:
        known = queries.committed(connection)
    case.record([ItemCommitted(item) for item in items if item not in known])


def commitments(case: Case, items: Iterable[str]) -> dict[str, str]:
    """The commitment of each item that has one."""
    with case.asking() as connection:
        seqs = queries.committed(connection)
    wanted = {seqs[item]: item for item in items if item in seqs}
    return {wanted[entry.seq]: entry.commitment for entry in case.logs[Stream.CUSTODY].entries() if entry.seq in wanted}


def _derived(case: Case, view: CaseView, chosen: Selection) -> Derived:
    """Answers, incidents, pledges and parties as the claims that are shown give them: what was derived from others would tell of these."""
    with case.asking() as connection:
        names, decisions = OneName(sources(connection)), queries.decisions(connection)
    placed = [names.claim(msgspec.structs.replace(one, claim=_as_shown(one.claim, chosen))) for one in placed_claims(view, chosen.claims)]
    compared = [
        names.document(held.document, held.item.source_kind) for held in view.items if held.document and held.item.id in chosen.items
    ]
    found = corroborate(placed, compared, judged_of(decisions, names.grades))
    shown = msgspec.structs.replace(
        view, items=tuple(held for held in view.items if held.item.id in chosen.items), as_of=last_checked(view, chosen)
    )
    tracked = track(shown, placed, found.answers, party_decisions(decisions))
    return Derived(found.answers, found.incidents, tracked.pledges, tracked.responsibility, tracked.notices)


def _as_shown(claim: Claim, chosen: Selection) -> Claim:
    """A claim that answers and rests on nothing but what is shown: what is held and not shown must not raise a finding."""
    return msgspec.structs.replace(
        claim,
        answers=tuple(about for about in claim.answers if about in chosen.claims),
        basis=tuple(msgspec.structs.replace(each, held=each.held if each.held in chosen.items else None) for each in claim.basis),
    )


def _text_page(text: str, public_id: str) -> bytes:
    """The text of an item as its own file. Its last line keeps a plain text, shown in whole, from being the original byte for byte, with the original's hash."""
    return f"{text}\n\n[End of the text of item {public_id}, as this dossier shows it.]\n".encode(errors="replace")


def _digests(case: Case, view: CaseView, tell: Tell) -> list[Digests]:
    """Every digest by which the owner of a file would know that it is held, of all originals that are not public already."""
    private = [held.item.id for held in view.items if not held.item.already_public]
    found = []
    for done, item in enumerate(private):
        tell(Standing("originals hashed, so that no page shows a hash of one", done, len(private)))
        try:
            with case.vault.open_original(item) as original:
                found.append(digests_of(original))
        except FileNotFoundError:
            continue  # disposed of; `verify` says where an original is missing that should be there
    return found


def _whole(case: Case, items: Iterable[str], hashed: Iterable[Digests]) -> Iterator[str]:
    """Those of the items whose original has the bytes that were recorded; what is public already was not hashed yet."""
    known = {digests.sha256.hex() for digests in hashed}
    for item in items:
        try:
            if item in known or _sha256(case, item) == item:
                yield item
        except (FileNotFoundError, CustodyError):
            continue  # the page says how many these are, and `verify` says which


def _sha256(case: Case, item: str) -> str:
    with case.vault.open_original(item) as original:
        return digests_of(original).sha256.hex()


def _names_of(unnamed: Sequence[Person]) -> list[Secret]:
    return [Secret(f"a name of {person.number}", form) for person in unnamed for form in (person.name, *person.forms) if form]


def _file_names(view: CaseView, shown: CaseView, pages: Mapping[str, bytes]) -> dict[str, str]:
    """The names under which items came in that no page may show: every name but those that a text shown holds by right, or a page has."""
    right = " ".join(held.document.text.casefold() for held in shown.items if held.document)
    named = {
        (receipt.name.rpartition("/")[2], f"the file name of {held.item.number}")
        for held in view.items
        for receipt in held.receipts
        if not held.item.already_public
    }
    return {name: what for name, what in sorted(named) if is_telling(name) and name.casefold() not in right and name not in pages}


def look_again(case: Case, pages: Mapping[str, bytes], look: LastLook) -> None:
    """Look at finished pages before anything is recorded or written. Raises ProtectionError where they hold what must not be seen."""
    found = [each for name, content in pages.items() for each in look.at(name, content)]
    if found:
        told = "; ".join(dict.fromkeys(f"{each.file} holds {each.what}" for each in found[:5]))
        raise ProtectionError(
            f"Nothing was written: {told}. Where a covered name stands inside a longer word, add that word as a form (`witnessmark person {typed(case.folder.root)} forms P1 --form WORDS`); "
            "where it is an everyday word, take that form out. Else this is a fault of the program."
        )


def _record(case: Case, pages: Mapping[str, bytes]) -> None:
    """Record the pages, unless these very pages were recorded last."""
    files = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(pages.items())}
    with case.asking() as connection:
        last = queries.released(connection)
        step = step_of(PUBLIC, version("witnessmark"), None, hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())
    if last is None or last.deed.files != files:
        case.record([DossierReleased(step, files, case.logs[Stream.CUSTODY].size)])


def _write(out: Path, pages: Mapping[str, bytes], tell: Tell) -> bool:
    if out.is_dir() and {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()} == pages:
        return False
    try:
        stand_by(out, pages, tell=tell)
        exchange(out)
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}. Free some space, then publish again.") from error
    return True


def numbers_in(view: CaseView) -> dict[str, str]:
    """The short number by which the case knows each item, claim and question."""
    numbers = {held.item.id: held.item.number for held in view.items} | {read.claim.id: read.number for read in view.claims}
    return numbers | {asked.id: asked.number for asked in view.counting} | {site.id: site.number for site in view.sites}


def stripped(view: CaseView, chosen: Selection) -> tuple[Stripped, ...]:
    """What each rule held back, by short numbers."""
    numbers = numbers_in(view)
    by_rule: dict[Rule, list[str]] = {}
    for subject, rule in chosen.held_back.items():
        by_rule.setdefault(rule, []).append(numbers[subject])
    return tuple(Stripped(RULE_WORDS[rule], tuple(by_rule[rule])) for rule in Rule if rule in by_rule)
