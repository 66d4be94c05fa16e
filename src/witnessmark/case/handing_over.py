"""Handing over: what may leave the case for a named body, with its custody, written as a package and recorded.

Everything is written beside its place; only when it is whole and on disk is it recorded in the custody log and given its name, so that nothing
leaves unrecorded. Analysis stays behind unless somebody says, with a reason, that it goes too.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shlex
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from witnessmark.case.bagging import make_bag
from witnessmark.case.case import Case
from witnessmark.case.clock import now
from witnessmark.case.handing_over_analysis import analysis_of
from witnessmark.case.handing_over_look import look_over
from witnessmark.case.handing_over_papers import README, ROOT_FILE, papers, readme, restrictions_of
from witnessmark.case.handing_over_record import index_items, json_lines, neutral_name, prove_custody
from witnessmark.case.handing_over_sheets import index_workbook
from witnessmark.case.leaving import Selection, select, told_of_held_back
from witnessmark.case.ocfl import lay_out_ocfl, place_in_ocfl, refuse_without_ocfl
from witnessmark.case.telling import BYTES, Standing, Tell, typed
from witnessmark.case.vouching import Vouched, vouch
from witnessmark.case.work_folder import work_folder
from witnessmark.durable import sync_folder
from witnessmark.errors import CustodyError, StorageError, UsageError
from witnessmark.model.canonical import canonical_json
from witnessmark.model.deed import ItemsHandedOver
from witnessmark.model.handover import PACKAGE_FORM, RULE_WORDS, About, Form, HandedItem, HeldBack, ProvenEntry, Rule
from witnessmark.preserve.vault import BUFFER_BYTES
from witnessmark.publish.one_width import OneWidth
from witnessmark.store import queries

ABOUT, ITEMS, HELD_BACK, CUSTODY, CHECKPOINT, LOG, INDEX = (
    "handover.json",
    "items.json",
    "held-back.json",
    "custody.jsonl",
    "checkpoint.txt",
    "custody-log.jsonl",
    "index.xlsx",
)


class Asked(msgspec.Struct, frozen=True):
    """What to hand over and to whom. `numbers` are items (I3), all that may leave where empty; `analysis` and `sealed` are the reasons
    for letting readings, and what is withheld or sealed, leave too, each None where they stay.
    """

    recipient: str
    form: Form = Form.HANDOVER
    numbers: tuple[str, ...] = ()
    analysis: str | None = None
    sealed: str | None = None
    encrypt_to: str | None = None


class HandedOver(msgspec.Struct, frozen=True):
    """What was handed over: the package's id and root, how many items and bytes, how many were held back by rule.

    `unsearched` are the originals that were not searched, or not through and through, for names of who is sealed.
    """

    id: str
    out: str
    form: Form
    recipient: str
    root: str
    items: int
    bytes: int
    held_back: dict[str, int]
    encrypted: bool
    unsearched: tuple[str, ...] = ()


def hand_over(case: Case, asked: Asked, out: Path, *, tell: Tell = lambda _: None) -> HandedOver:
    """Write the package to `out`, which must not exist yet, and record that it was.

    Raises UsageError where nothing may leave or `out` cannot be, CustodyError where an original is not what was recorded, ProtectionError or LeakError where the
    finished package holds what stays behind or cannot be searched for it, StorageError; nothing is
    recorded and nothing left at `out` then.
    """
    _refuse(case, asked, out)
    selection = select(case, asked.numbers, asked.recipient.strip(), include_sealed=asked.sealed is not None)
    if not selection.leaving:
        raise UsageError(f"Nothing may be handed over to {asked.recipient}. {_why_nothing(case, selection, asked)}")
    packed = out.with_name(f".{out.name}.{os.getpid()}.handing-over")
    shutil.rmtree(packed, ignore_errors=True)
    try:
        if asked.encrypt_to:
            about, root, unsearched = _write_encrypted(case, asked, selection, packed, asked.encrypt_to, tell)
        else:
            about, root, unsearched = _write(case, asked, selection, packed, tell)
        case.record([_deed(about, selection, root)])
        packed.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise StorageError(
            f"{out} cannot be written: {error.strerror or error}. Free some space there, or choose another place."
        ) from error
    finally:
        shutil.rmtree(packed, ignore_errors=True)
        if packed.is_file():
            packed.unlink()
    return HandedOver(
        about.id,
        str(out),
        about.form,
        about.recipient,
        root,
        about.items,
        about.bytes,
        about.held_back,
        asked.encrypt_to is not None,
        unsearched,
    )


def _refuse(case: Case, asked: Asked, out: Path) -> None:
    if not asked.recipient.strip():
        raise UsageError("Say to whom: --for RECIPIENT.")
    if out.resolve().is_relative_to(case.folder.root.resolve()):
        raise UsageError(f"{out} lies inside the case. Write exports elsewhere, so that nothing of the case is ever overwritten.")
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} exists already. Choose a name that does not; nothing is ever overwritten.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}. Make it first.")
    if asked.form is Form.OCFL:
        refuse_without_ocfl()
    if asked.encrypt_to is not None:
        refuse_unknown_key(asked.encrypt_to)


def _why_nothing(case: Case, selection: Selection, asked: Asked) -> str:
    name = typed(case.folder.root)
    wanted = {number.upper() for number in asked.numbers}
    held_back = [(held.item.number, rule) for held, rule in selection.held_back if not wanted or held.item.number in wanted]
    counted = Counter(rule for _, rule in held_back)
    reasons = "; ".join(f"{number} {RULE_WORDS[rule]}" for rule, number in sorted(counted.items()))
    first = {rule: number for number, rule in reversed(held_back)}
    steps = []
    if not first:
        steps.append(f"Add evidence: witnessmark add {name} PATH")
    if Rule.UNDECIDED in first:
        steps.append(f"Decide: witnessmark decide {name} {first[Rule.UNDECIDED]} release=restricted --why TEXT")
    if Rule.NO_CONSENT in first:
        steps.append(
            f"Record a consent that was given: witnessmark consent {name} {first[Rule.NO_CONSENT]} --purpose {shlex.quote(f'share: {asked.recipient.strip()}')} --why TEXT"
        )
    return ". ".join((reasons or "The case is empty", *steps))


def _write(case: Case, asked: Asked, selection: Selection, draft: Path, tell: Tell) -> tuple[About, str, tuple[str, ...]]:
    """Write the package to `draft`, look it over and put it on disk; what it is, its root, and the originals not searched for names."""
    files = _files(asked.form, selection)
    vouched = vouch(case)
    items = index_items(case, selection, files, tell_all=asked.sealed is not None)
    held_back = told_of_held_back(case, selection)
    custody = tuple(prove_custody(case, selection, vouched, tell_all=asked.sealed is not None))
    about = _about(case, asked, vouched, items, held_back)
    tags = _tags(vouched, about, items, held_back, custody)
    if asked.analysis is not None:
        tags |= analysis_of(case, selection)
    write_original = _writer(case, items, tell)
    if asked.form is Form.OCFL:
        root = lay_out_ocfl(draft, about, items, tags, write_original)
    else:
        root = _write_bag(draft, about, items, held_back, custody, tags, write_original)
    unsearched = look_over(case, draft, items, selection, tell_all=asked.sealed is not None)
    _put_on_disk(draft)
    return about, root, unsearched


def _files(form: Form, selection: Selection) -> dict[str, str]:
    """Where each original lies in the package."""
    names = {held.item.id: neutral_name(place, held.item.media_type) for place, held in enumerate(selection.leaving, 1)}
    if form is Form.OCFL:
        return {held.item.id: place_in_ocfl(held.public_id, names[held.item.id]) for held in selection.leaving}
    return {item: f"data/{name}" for item, name in names.items()}


def _about(case: Case, asked: Asked, vouched: Vouched, items: Sequence[HandedItem], held_back: Sequence[HeldBack]) -> About:
    with case.asking() as connection:
        title = queries.title(connection)
    return About(
        package_form=PACKAGE_FORM,
        id=f"h-{secrets.token_hex(8)}",
        form=asked.form,
        made_at=now(),
        program=f"witnessmark {version('witnessmark')}",
        case=OneWidth(title).text,
        origin=vouched.signing.origin,
        key=vouched.signing.key,
        recipient=asked.recipient.strip(),
        items=len(items),
        bytes=sum(item.size for item in items),
        held_back={rule.value: number for rule, number in sorted(Counter(held.rule for held in held_back).items())},
        head=vouched.head,
        analysis=asked.analysis,
        sealed=asked.sealed,
    )


def _tags(
    vouched: Vouched, about: About, items: Sequence[HandedItem], held_back: Sequence[HeldBack], custody: Sequence[ProvenEntry]
) -> dict[str, bytes]:
    """The files that describe the package, by name."""
    tags = {
        ABOUT: canonical_json(about) + b"\n",
        ITEMS: canonical_json(items) + b"\n",
        HELD_BACK: canonical_json(held_back) + b"\n",
        CUSTODY: json_lines(custody),
        CHECKPOINT: vouched.checkpoint,
    }
    if about.form is not Form.HANDOVER:
        tags[LOG] = b"".join(line + b"\n" for line in vouched.lines)
    return tags


def _writer(case: Case, items: Sequence[HandedItem], tell: Tell) -> Callable[[HandedItem, Path], None]:
    """What copies an original out of the vault and holds it against its hash on the way."""
    done, total = 0, sum(item.size for item in items)

    def write_original(item: HandedItem, target: Path) -> None:
        nonlocal done
        digest = hashlib.sha256()
        try:
            source = case.vault.open_original(item.sha256)
        except FileNotFoundError as error:
            raise CustodyError(
                f"The bytes of {item.number} are not in the vault. Nothing was handed over; `witnessmark verify {typed(case.folder.root)}` tells more."
            ) from error
        with source, target.open("xb") as copy:
            while block := source.read(BUFFER_BYTES):
                digest.update(block)
                copy.write(block)
                done += len(block)
                tell(Standing("handed over", done, total, unit=BYTES))
        if digest.hexdigest() != item.sha256:
            raise CustodyError(
                f"{item.number} is not what was recorded: its sha256 is now {digest.hexdigest()}. Nothing was handed over; "
                f"`witnessmark verify {typed(case.folder.root)}` tells more."
            )

    return write_original


def _write_bag(  # noqa: PLR0913, PLR0917 -- the parts of a package, each by its name
    draft: Path,
    about: About,
    items: Sequence[HandedItem],
    held_back: Sequence[HeldBack],
    custody: Sequence[ProvenEntry],
    tags: dict[str, bytes],
    write_original: Callable[[HandedItem, Path], None],
) -> str:
    draft.mkdir(mode=0o700)
    for item in items:
        write_original(item, draft / Path(item.file).name)
    if about.form is Form.HANDOVER:
        tags = tags | {INDEX: index_workbook(about, items, held_back, custody), README: readme(about)}
    make_bag(draft, tags, _bag_info(about))
    root = hashlib.sha256((draft / ROOT_FILE).read_bytes()).hexdigest()
    if about.form is Form.HANDOVER:
        for name, content in papers(about, restrictions_in(about, items), root).items():
            (draft / name).write_bytes(content)
    return root


def restrictions_in(about: About, items: Sequence[HandedItem]) -> tuple[str, ...]:
    """The restrictions that stand on the certificate: each that was decided of an item once, with its items."""
    by_words: dict[str, list[int]] = {}
    for item in items:
        if item.release.startswith("restricted"):
            by_words.setdefault(item.release, []).append(item.place)
    return restrictions_of(about, tuple(f"{words}: items {', '.join(map(str, places))}" for words, places in by_words.items()))


def _bag_info(about: About) -> dict[str, str]:
    return {
        "Bagging-Date": about.made_at[:10],
        "Bag-Software-Agent": about.program,
        "External-Identifier": about.id,
        "External-Description": f"{about.items} items with their custody, {sum(about.held_back.values())} held back",
    }


def _put_on_disk(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    for path in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        sync_folder(path)


def _deed(about: About, selection: Selection, root: str) -> ItemsHandedOver:
    return ItemsHandedOver(
        handover=about.id,
        recipient=about.recipient,
        form=about.form.value,
        items=tuple(held.item.id for held in selection.leaving),
        held_back=about.held_back,
        root=root,
        analysis=about.analysis,
        sealed=about.sealed,
    )


def refuse_unknown_key(key: str) -> None:
    """Raise UsageError unless `key` is an age recipient."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise UsageError(f"{key!r} is no age recipient (age1...): {error}.") from error


def _write_encrypted(  # noqa: PLR0913, PLR0917 -- as `_write`, and the key
    case: Case, asked: Asked, selection: Selection, packed: Path, key: str, tell: Tell
) -> tuple[About, str, tuple[str, ...]]:
    """Write the package as one age file. In the clear it is put together in a working folder: where `packed` lies may be the disk that is handed over."""
    with work_folder(case.access) as folder:
        draft = folder / "handover"
        try:
            about, root, unsearched = _write(case, asked, selection, draft, tell)
            _pack(draft, folder / "handover.tar")
        except OSError as error:
            raise StorageError(
                f"{folder.parent} cannot hold the package while it is put together: {error.strerror or error}. Twice its size has to fit there, in the clear"
                f"{', in memory' if case.access else ''}. Free some space, hand over fewer items at a time (--select), or encrypt the package yourself."
            ) from error
        encrypt_package(folder / "handover.tar", packed, key)
    return about, root, unsearched


def _pack(draft: Path, packed: Path) -> None:
    import tarfile

    with tarfile.open(packed, "x", format=tarfile.PAX_FORMAT) as archive:
        archive.add(draft, arcname="handover")


def encrypt_package(packed: Path, out: Path, key: str) -> None:
    """Encrypt a packed package to an age recipient, and put it on disk. Raises OSError."""
    import pyrage

    with packed.open("rb") as source, out.open("xb") as target:
        pyrage.encrypt_io(source, target, [pyrage.x25519.Recipient.from_str(key)])
        target.flush()
        os.fsync(target.fileno())
