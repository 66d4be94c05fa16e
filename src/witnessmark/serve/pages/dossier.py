"""The dossier: what holds things back, the sentences of the findings, the pages as their reader will see them, and building, downloading and verifying them."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from witnessmark.case.dossier_desk import Desk, DraftState, Findings, desk_of, draft_state, held_back, resolving_value, sentences_of
from witnessmark.case.histories import without_keys
from witnessmark.case.incident_rows import incident_rows
from witnessmark.case.previewing_public import preview_public
from witnessmark.case.publishing import draft_page, publish_draft
from witnessmark.case.publishing_public import publish_public
from witnessmark.case.publishing_sealed import publish_sealed
from witnessmark.case.seen import decide_as_seen, entries_of
from witnessmark.case.verifying import verify_case
from witnessmark.case.verifying_public import verify_public
from witnessmark.case.work_folder import kept_folder
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.model.verdict import Check, Verdict
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.errands import Done
from witnessmark.serve.ways import Go, Outcome, Page, Sent, get, post

DRAFT, PREVIEW, PUBLIC, SEALED, VERIFY, VERIFY_PUBLIC = KINDS = ("draft", "preview", "public", "sealed", "verify", "verify-public")
"""The errands of this room."""

A_PAGE = 10
"""Incidents on one page of sentences."""

MOST_CHECKS = 200
"""Checks told that failed or could not be made."""

SHORTEST_PASSPHRASE = 12
FILE = "dossier"
INERT = {
    "content-security-policy": "sandbox allow-same-origin; default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
"""A page of a dossier runs nothing, sends nothing and loads nothing but its own style and pictures. It keeps its origin, so that a link back finds one signed in."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}


class Made(msgspec.Struct, frozen=True):
    """Pages or a file that an errand made, in a folder of their own, and the state of the case they were made of."""

    folder: TemporaryDirectory[str]
    state: tuple[int, ...]
    items: int = 0
    claims: int = 0
    masked: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""

    @property
    def pages(self) -> Path:
        """Where the pages lie."""
        return Path(self.folder.name) / FILE


class Verified(msgspec.Struct, frozen=True):
    """What a verification found: how many checks of each verdict, and those that did not pass, which may name originals and are for reviewers."""

    counts: dict[str, int]
    checks: tuple[Check, ...]


class Work(msgspec.Struct, frozen=True):
    """One kind of work and how it stands. `old` where the case has changed since; what it made is told besides."""

    kind: str
    running: bool = False
    said: str = ""
    failed: bool = False
    made: bool = False
    old: bool = False
    items: int = 0
    claims: int = 0
    masked: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    problem: str = ""
    verified: Verified | None = None


class DossierPage(msgspec.Struct, frozen=True):
    """The room's first page."""

    desk: Desk
    draft: DraftState
    works: dict[str, Work]


class Sentences(msgspec.Struct, frozen=True):
    """One page of the sentences of the findings."""

    found: tuple[Findings, ...]
    page: int
    pages: int


def dossier(ask: Ask) -> Outcome:
    """What holds things back, and what was built."""
    with ask.reading() as case:
        held = ask.office.remembered(case, "held back", lambda: held_back(case))
        desk = ask.office.remembered(case, "desk", lambda: desk_of(case, held))
        state = entries_of(case)
        return Page("dossier.html.j2", DossierPage(desk, draft_state(case), {kind: _work(ask, kind, state) for kind in KINDS}))


def sentences(ask: Ask) -> Outcome:
    """The sentences of the findings, incident by incident, each with what it rests on and what of that may be shown."""
    with ask.reading() as case:
        rows = ask.office.remembered(case, "incidents", lambda: incident_rows(case))
        held = ask.office.remembered(case, "held back", lambda: held_back(case))
        pages = max(1, -(-len(rows) // A_PAGE))
        page = min(ask.number("page", 1), pages)
        numbers = [row.number for row in rows[(page - 1) * A_PAGE : page * A_PAGE]]
        rules = held.all_rules
        found = ask.office.remembered(case, f"sentences {page}", lambda: sentences_of(case, numbers, rules))
    return Page("dossier_sentences.html.j2", Sentences(found, page, pages))


def resolve(ask: Ask) -> Outcome:
    """Release or withhold the things chosen, or say that consent does not bind them; each only where it stands as it was seen."""
    field = ask.form("field")
    value, why = resolving_value(field, ask.form("value"), ask.form("until")), ask.form("why")
    chosen = [each.partition(" ") for each in ask.forms.get("thing", ())]
    if not chosen:
        raise UsageError("Choose what it is about. Nothing was recorded.")
    done: list[str] = []
    with ask.writing() as case:
        for number, _, seen in chosen:
            decide_as_seen(case, number, field, value, why=why, seen=seen)
            done.append(number)
    return Go("/dossier", f"Recorded of {', '.join(done)}.")


def write_draft(ask: Ask) -> Outcome:
    """Write the working draft anew, where anything it shows has changed."""
    office, who = ask.office, ask.session.who

    def work() -> Done:
        with office.writing(who) as case:
            published = publish_draft(case)
        return Done("The working draft is written." if published.changed else "Nothing has changed since the working draft was written.")

    return _begun(ask, DRAFT, work)


def make_preview(ask: Ask) -> Outcome:
    """Put the public pages together as they would be now. Nothing is recorded."""
    office = ask.office

    def work() -> Done:
        with office.reading() as case:
            state, seen = entries_of(case), preview_public(case)
            folder = kept_folder(case.access)
        made = Made(folder, state, seen.items, seen.claims, seen.masked, seen.warnings, seen.problem)
        for name, content in seen.pages.items():
            path = made.pages / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Done("The public pages are put together.", made)

    return _begun(ask, PREVIEW, work)


def build_public(ask: Ask) -> Outcome:
    """Write the public dossier, which is recorded, and have it ready to be taken away."""
    office, who = ask.office, ask.session.who

    def work() -> Done:
        with office.writing(who) as case:
            folder = kept_folder(case.access)
            told = publish_public(case, Path(folder.name) / FILE)
            state = entries_of(case)
        return Done("The public dossier is built.", Made(folder, state, told.items, told.claims, told.masked, told.warnings))

    return _begun(ask, PUBLIC, work)


def build_sealed(ask: Ask) -> Outcome:
    """Pack all that the draft shows into one encrypted file, for an age recipient or under a passphrase."""
    office, recipient, passphrase = ask.office, ask.form("recipient") or None, next(iter(ask.forms.get("passphrase", ())), "")
    if recipient is None and passphrase != next(iter(ask.forms.get("again", ())), ""):
        raise UsageError("The two passphrases differ. Nothing was built.")
    if recipient is None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise UsageError(
            f"A passphrase has {SHORTEST_PASSPHRASE} characters or more; six words drawn at random are best. Or name an age recipient (age1...)."
        )

    def work() -> Done:
        with office.reading() as case:
            folder, state = kept_folder(case.access), entries_of(case)
            told = publish_sealed(case, Path(folder.name) / FILE, recipient=recipient, passphrase=None if recipient else passphrase)
        return Done(f"The sealed dossier is built: {told.files:,} pages, {told.bytes:,} bytes.", Made(folder, state))

    return _begun(ask, SEALED, work)


def verify(ask: Ask) -> Outcome:
    """Check the case with its logs, originals and draft."""
    root = ask.office.root

    def work() -> Done:
        return _verified(verify_case(root))

    return _begun(ask, VERIFY, work)


def verify_built(ask: Ask) -> Outcome:
    """Check the public dossier that was built, as anybody who is handed it can."""
    made = _made(ask, PUBLIC)

    def work() -> Done:
        return _verified(verify_public(made.pages))

    return _begun(ask, VERIFY_PUBLIC, work)


def page_of_draft(ask: Ask) -> Outcome:
    """A page of the working draft as it was written last."""
    with ask.reading() as case:
        path = draft_page(case, ask.path["page"])
    if path is None:
        raise NotThereError(f"The working draft has no page {ask.path['page'][:80]!r}. Write it anew on the page of the dossier.")
    names = ask.session.who.role.covers(Role.REVIEWER)
    return _sent(path, cover=without_keys if not names else lambda text: text)


def page_of_preview(ask: Ask) -> Outcome:
    """A page of the preview, just as its reader would see it."""
    return _page_in(_made(ask, PREVIEW).pages, ask.path["page"])


def page_of_public(ask: Ask) -> Outcome:
    """A page of the public dossier that was built."""
    return _page_in(_made(ask, PUBLIC).pages, ask.path["page"])


def take_public(ask: Ask) -> Outcome:
    """The public dossier as a ZIP to be taken away."""
    made, packed = _made(ask, PUBLIC), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in made.pages.rglob("*") if each.is_file()):
            archive.writestr(zipfile.ZipInfo(f"dossier/{path.relative_to(made.pages).as_posix()}"), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return _to_keep(packed.getvalue(), "application/zip", "dossier-public.zip")


def take_sealed(ask: Ask) -> Outcome:
    """The sealed dossier as the file it is."""
    return _to_keep(_made(ask, SEALED).pages.read_bytes(), "application/octet-stream", "dossier-sealed.zip.age")


def _to_keep(content: bytes, media_type: str, name: str) -> Sent:
    return Sent(content, media_type, {"content-disposition": f'attachment; filename="{name}"'})


def _begun(ask: Ask, kind: str, work: Callable[[], Done]) -> Go:
    begun = ask.office.errands.start(kind, work)
    return Go("/dossier#built", "It is under way; go on meanwhile, and look again." if begun else "It is under way already.")


def _made(ask: Ask, kind: str) -> Made:
    made = ask.office.errands.made_by(kind)
    if not isinstance(made, Made):
        raise NotThereError("Nothing of that kind was built since the workbench was opened. Build it on the page of the dossier.")
    return made


def _work(ask: Ask, kind: str, state: tuple[int, ...]) -> Work:
    errand, made = ask.office.errands.of(kind), ask.office.errands.made_by(kind)
    stands = Work(kind, running=errand.running, said=errand.said, failed=errand.failed) if errand is not None else Work(kind)
    if isinstance(made, Verified):
        may = ask.session.who.role.covers(Role.REVIEWER)
        return msgspec.structs.replace(stands, made=True, verified=made if may else Verified(made.counts, ()))
    if not isinstance(made, Made):
        return stands
    return msgspec.structs.replace(
        stands,
        made=True,
        old=made.state != state,
        items=made.items,
        claims=made.claims,
        masked=made.masked,
        warnings=made.warnings,
        problem=made.problem,
    )


def _verified(checks: Iterable[Check]) -> Done:
    counts: Counter[str] = Counter()
    told: list[Check] = []
    for check in checks:
        counts[check.verdict.value] += 1
        if check.verdict is not Verdict.PASS and len(told) < MOST_CHECKS:
            told.append(check)
    worst = sorted(told, key=lambda check: check.verdict is not Verdict.FAIL)
    said = "Verified: " + ", ".join(f"{counts[each.value]:,} {each.value}" for each in Verdict) + "."
    return Done(said, Verified({each.value: counts[each.value] for each in Verdict}, tuple(worst)))


def _page_in(folder: Path, name: str) -> Sent:
    """A page that lies in the folder, and no other file."""
    known = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if name not in known:
        raise NotThereError(f"There is no page {name[:80]!r} in it.")
    return _sent(folder / name)


def _sent(path: Path, *, cover: Callable[[str], str] = lambda text: text) -> Sent:
    """A page as it is, its text through `cover`."""
    media_type = TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise NotThereError("That page is not there any more. Write the dossier anew.") from None
    return Sent(cover(content.decode()).encode() if media_type.startswith("text/html") else content, media_type, INERT)


WAYS = (
    get("/dossier", dossier, Role.VIEWER),
    get("/dossier/sentences", sentences, Role.VIEWER),
    post("/dossier/resolve", resolve, Role.REVIEWER),
    post("/dossier/draft", write_draft, Role.REVIEWER),
    post("/dossier/preview", make_preview, Role.REVIEWER),
    post("/dossier/public", build_public, Role.OWNER),
    post("/dossier/sealed", build_sealed, Role.OWNER),
    post("/dossier/verify", verify, Role.REVIEWER),
    post("/dossier/verify-public", verify_built, Role.REVIEWER),
    get("/dossier/public.zip", take_public, Role.OWNER, twin=False),
    get("/dossier/sealed.age", take_sealed, Role.OWNER, twin=False),
    get("/dossier/draft/{page:path}", page_of_draft, Role.VIEWER, twin=False),
    get("/dossier/preview/{page:path}", page_of_preview, Role.REVIEWER, twin=False),
    get("/dossier/public/{page:path}", page_of_public, Role.REVIEWER, twin=False),
)
