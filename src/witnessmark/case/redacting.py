"""Redacting: a copy of an item for publishing, made anew without what is to be hidden, searched for it, recorded, and only then given its name.

A text form is written from the document's text; a PDF or image is drawn again in the limited child. What is taken out never reaches a record, a log or a
message: the terms are numbered in the order they were given.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.redacting_child import RebuildJob, Rebuilt
from witnessmark.case.redaction_order import Order, Taken, take
from witnessmark.case.work_folder import work_place
from witnessmark.durable import sync_folder, write_durably
from witnessmark.engines.child import ChildError, LimitedChild
from witnessmark.engines.limits import MEBIBYTE, Limits
from witnessmark.errors import LeakError, StorageError, UsageError
from witnessmark.model.deed import ItemRedacted
from witnessmark.model.document import Failure
from witnessmark.protect.leaks import Extracted, Secret, find_leaks, find_leaks_in
from witnessmark.protect.redaction import SUFFIXES, Drawn, Form
from witnessmark.protect.redaction_drawing import MOST_PAGES, DrawJob
from witnessmark.protect.redaction_text import as_page, cuts_of, cuts_of_covered, merged, written
from witnessmark.protect.reidentification import in_short, rare_combinations, rows_of_table
from witnessmark.protect.secrets import sought
from witnessmark.protect.spellings import squeezed
from witnessmark.read import ReadParams, ReadRequest, media_type_of, run
from witnessmark.store import queries

LIMITS = Limits(cpu_seconds=1800, wall_seconds=3600.0, file_size=MEBIBYTE, programs=("tesseract",))
"""A hundred pages are drawn and read by OCR at some seconds each."""
METHODS = {Form.TEXT: "text@1", Form.HTML: "text@1", Form.PDF: "page-pictures@1", Form.PNG: "picture@1", Form.JPEG: "picture@1"}


class Redacted(msgspec.Struct, frozen=True):
    """What came of it: the copy and its record; `warnings` are sentences for whoever publishes it."""

    item: str
    out: str
    record: ItemRedacted
    warnings: tuple[str, ...]


def redact(case: Case, number: str, order: Order, out: Path, *, why: str) -> Redacted:
    """Make the redacted copy at `out`. Raises UsageError where the order does not fit the item, LeakError where the copy still holds what it must not."""
    form = _form_of(case, out)
    taken = take(case, number, order, form)
    _refuse_telling_reason(why, taken)
    content, drawn, limits = _made(case, taken, form)
    with _unnamed(out, content) as draft:
        _refuse_leaks(draft, taken, form)
        record = ItemRedacted(
            item=taken.item.id,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type=form.value,
            method=METHODS[form],
            terms=len(order.terms),
            spans=len(order.spans),
            boxes=drawn,
            by_hand=len(order.boxes),
            pseudonyms=sum(term.shown is not None for term in order.terms),
            limits=tuple(limits),
            why=why.strip(),
        )
        case.record([record])
        _named(draft, out)
    return Redacted(taken.number, str(out), record, (*limits, *_left_standing(taken, content, form), *_tellable(taken, form)))


def _form_of(case: Case, out: Path) -> Form:
    form = SUFFIXES.get(out.suffix.lower())
    if form is None:
        raise UsageError(f"{out.name} does not say what to write. End it in one of: {', '.join(SUFFIXES)}.")
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write the redacted copy elsewhere, so that nothing of the case is ever overwritten.")
    if out.exists():
        raise UsageError(f"{out} exists already and is not overwritten. Choose another name.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it first.")
    return form


def _refuse_telling_reason(why: str, taken: Taken) -> None:
    if not why.strip():
        raise UsageError("A redaction needs its reason: add --why TEXT.")
    wanted = [sought(secret) for secret in taken.secrets]
    if any(find_leaks_in(why.encode(), "the reason", wanted, unsearched=lambda _: None)):
        raise UsageError("The reason holds what is to be hidden, and it is kept on record. Word it otherwise.")


def _made(case: Case, taken: Taken, form: Form) -> tuple[bytes, int, list[str]]:
    """The copy's bytes, how many places were taken out, and what was not looked at."""
    if form in {Form.TEXT, Form.HTML}:
        assert taken.document is not None  # noqa: S101 -- `take` refuses a text form of an item without a text
        cuts, found = cuts_of(taken.document.text, taken.terms)
        covered = {squeezed(each.words) for each in taken.sealed}
        _refuse_misses(taken, [count or squeezed(term.words) in covered for count, term in zip(found, taken.terms, strict=True)])
        cuts = merged(taken.document.text, [*cuts, *taken.cuts, *cuts_of_covered(taken.document.text)])
        text = written(taken.document.text, cuts)
        content = as_page(text, taken.document.language) if form is Form.HTML else text
        return content.encode(), len(cuts), list(taken.limits)
    drawn = _drawn(case, taken, form)
    _refuse_misses(taken, list(drawn.found))
    return drawn.content, drawn.boxes, [*taken.limits, *drawn.problems]


def _drawn(case: Case, taken: Taken, form: Form) -> Drawn:
    targets = (*taken.terms, *taken.targets, *taken.sealed)
    target, place = "witnessmark.case.redacting_child:rebuild", work_place(case.access)
    with case.vault.as_file(taken.item.id) as path, LimitedChild(target, LIMITS, within=place) as child:
        job = RebuildJob(DrawJob(os.fsencode(path.absolute()), taken.item.media_type, form, targets, taken.boxes), ReadParams())
        try:
            answer = msgspec.msgpack.decode(child.call(msgspec.msgpack.encode(job), file=path), type=Rebuilt)
        except (ChildError, msgspec.DecodeError) as error:
            raise UsageError(f"{taken.number} could not be drawn again ({error}). Nothing was written.") from error
    if answer.drawn is None:
        raise UsageError(f"{taken.number} was not redacted. {answer.refused}")
    return answer.drawn


def _refuse_misses(taken: Taken, found: list[int]) -> None:
    """A term that was asked for and stands nowhere is a mistake somebody would take for a name hidden."""
    missed = [name for name, count in zip(taken.names, found, strict=False) if not count]
    if missed:
        raise UsageError(
            f"Not found in {taken.number}: {', '.join(missed)}. Nothing was written. Look at how it is spelled there; in a picture, hide the place with --box PAGE:x,y,w,h."
        )


@contextmanager
def _unnamed(out: Path, content: bytes) -> Iterator[Path]:
    """A folder beside the place with the copy in it under its name, gone afterwards whatever happens."""
    folder = out.with_name(f".{out.name}.{os.getpid()}.redacting")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        write_durably(folder / out.name, content)
        yield folder / out.name
    except OSError as error:
        raise StorageError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_leaks(draft: Path, taken: Taken, form: Form) -> None:
    def read_whole(content: bytes, _: str) -> list[Extracted]:
        return [read_out(draft)] if form not in {Form.TEXT, Form.HTML} and len(content) == draft.stat().st_size else []

    sealed = () if form in {Form.TEXT, Form.HTML} else (Secret("a name under seal", each.words) for each in taken.sealed)
    leaks = list(find_leaks(draft.parent, (*taken.secrets, *sealed), extractors=[read_whole]))
    if leaks:
        where = "; ".join(dict.fromkeys(f"{leak.secret} {leak.form}{f' ({leak.where})' if leak.where else ''}" for leak in leaks[:5]))
        raise LeakError(
            f"The copy still holds what it must not: {where}. Nothing was left behind. "
            "Give every spelling with --term, and hide what stands in a picture with --box PAGE:x,y,w,h."
        )


def read_out(path: Path) -> Extracted:
    """What the readers get out of a file, text layer, OCR and metadata, in the limited child; a problem where they should and could not."""
    request = ReadRequest(hashlib.sha256(path.read_bytes()).hexdigest(), path, path.name, media_type_of(path, path.name))
    params = ReadParams(ocr_pages=MOST_PAGES)
    (reading,) = run([request], params, workers=1)
    if isinstance(reading, Failure):
        return Extracted("text as read", "", problem=reading.reason if params.can_ocr else None)
    document = reading.document
    parts = [document.text, document.title or "", document.author or "", *(f"{name} {value}" for name, value in document.metadata.items())]
    return Extracted("text and page pictures as read", "\n".join(parts))


def _named(draft: Path, out: Path) -> None:
    """Give the copy its name, which must still be free."""
    try:
        os.link(draft, out)
    except OSError as error:
        if out.exists():
            raise UsageError(f"{out} came to exist meanwhile and is not overwritten. Choose another name.") from error
        draft.replace(out)  # a file system without links, such as that of a memory stick
    sync_folder(out.parent)


def _left_standing(taken: Taken, content: bytes, form: Form) -> list[str]:
    """Spans are hidden at their place only; whoever hid one may not know that its words stand elsewhere too."""
    if form not in {Form.TEXT, Form.HTML}:
        return []
    return [
        f"The words of {secret.what} stand elsewhere in the copy too. To hide them everywhere, give them with --term."
        for secret in taken.quotes
        if any(find_leaks_in(content, "", [sought(secret)], unsearched=lambda _: None))
    ]


def _tellable(taken: Taken, form: Form) -> list[str]:
    """Rows of a table that still point at one person, counted; of running text, that nobody counted."""
    document = taken.document
    if document is None or not document.reader.startswith("table@") or form not in {Form.TEXT, Form.HTML}:
        return [
            "Whether what is left points at a person (a trade, an age, a place together) was not counted: read the copy as a neighbour would."
        ]
    cuts = [*cuts_of(document.text, taken.terms)[0], *taken.cuts, *cuts_of_covered(document.text)]
    text = written(document.text, merged(document.text, cuts))
    return list(in_short(rare_combinations(rows_of_table(text))))


def copies_of(case: Case) -> list[ItemRedacted]:
    """The redacted copies on record, for whoever publishes or assesses."""
    with case.asking() as connection:
        return queries.redactions(connection)
