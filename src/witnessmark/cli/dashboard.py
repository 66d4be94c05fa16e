"""A case on one screen: what is in, what is read, what waits for whom, what failed and the way on, what the dossier lacks.

Each line says in words what its colour says, so that nothing is lost in a pipe. Lists are cut to what fits a screen of 24 lines, and say how
much was left out; with `everything` nothing is, and every item and standing decision has its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.cli.printing import count, plain, show, styled, typed

if TYPE_CHECKING:
    from witnessmark.case.summary import Share, Summary, Voice
    from witnessmark.case.waiting import Waiting

LIST_WIDTH, KINDS_WIDTH, NAME_WIDTH = 50, 72, 34
"""Room for a list of names on a screen of 80, beside what it is a list of and "and 12 more"; for a list on a line of its own; for one name."""

MOST_FAILED = 2
MOST_NOTES = 2
MOST_HANDED_OVER = 3
MOST_LEFT_OUT = 3
WHAT_WIDTH = 31
"""Room for what waits, so that the commands beside it stand in a column on a screen of 80."""


def print_status(summary: Summary, *, everything: bool = False) -> None:
    """The dashboard."""
    show(
        styled(f"{summary.title}", "title"),
        plain(
            f"  {summary.case}, opened {summary.opened[:10]}, format {summary.format_version}, {'' if summary.encrypted else 'not '}encrypted"
        ),
    )
    for line in (
        *_encryption(summary, everything=everything),
        *_holdings(summary, everything=everything),
        *_waits(summary, everything=everything),
        *_failed(summary, everything=everything),
        *_doubted(summary, everything=everything),
        *(_register(summary) if everything else ()),
        *_handed_over(summary, everything=everything),
        *_dossier(summary),
        *_safeguards(summary, everything=everything),
    ):
        show(line)
    for line in _notes(summary, everything=everything):
        show(line)


def _encryption(summary: Summary, *, everything: bool) -> Iterator[str]:
    if summary.encrypted:
        yield (
            styled("Encrypted, and unlocked now", "warning")
            + plain(". When you are done:  ")
            + styled(f"witnessmark lock {typed(Path(summary.case))}", "key")
        )
    elif everything:
        yield styled("Not encrypted", "warning") + plain(
            ": whoever has the folder reads all that is in it, and in members.db who works on it. Keep it on an encrypted disk. A case made plain stays plain; "
            "docs/internals/encryption.md says what to do."
        )
    if everything and summary.public_key:
        yield plain(f"    its public key, for witnessmark collect --to: {summary.public_key}")


def _holdings(summary: Summary, *, everything: bool) -> Iterator[str]:
    from witnessmark.case.telling import BYTES, amount

    yield styled("In", "title") + plain(
        f"    {count(summary.items, 'item')}, {amount(summary.bytes, BYTES)}, {summary.already_public} already public"
    )
    yield plain(f"      {_kinds(summary.kinds, everything=everything)}")
    yield plain(f"      from:       {_shares(summary.sources, everything=everything)}")
    shown = summary.left_out if everything else summary.left_out[-MOST_LEFT_OUT:]
    if len(shown) < len(summary.left_out):
        yield "      " + _more(len(summary.left_out) - len(shown), summary)
    for line in shown:
        yield plain(f"      {line}")
    yield styled("Read", "title") + plain(
        f"  {count(summary.documents, 'document')}, {count(summary.claims, 'claim')}, {count(summary.incidents, 'incident')}, {count(summary.answers, 'answer')}"
    )
    yield plain(f"      languages:  {_shares(summary.languages, everything=everything)}")
    yield plain(f"      who says:   {_voices(summary.says, everything=everything)}")
    yield plain(f"      who denies: {_voices(summary.denies, everything=everything)}")


def _waits(summary: Summary, *, everything: bool) -> Iterator[str]:
    from witnessmark.model.decision import STATUS_WORDS, Status

    for header, waits in (("Waits for a command", summary.machine), ("Waits for a person", summary.person)):
        if waits:
            yield styled(header, "warning")
            for waiting in waits:
                yield from _waiting(waiting, everything=everything)
        else:
            yield styled(f"{header}: nothing", "good")
    if summary.checked:
        words = [f"{number} {STATUS_WORDS[status]}" for status, number in summary.statuses.items() if status is not Status.PROPOSED]
        yield styled("Done", "good") + plain(f"  {summary.checked} of {count(summary.claims, 'claim')} looked at: {', '.join(words)}")


def _waiting(waiting: Waiting, *, everything: bool) -> Iterator[str]:
    yield plain(f"  {waiting.number:>5,} {waiting.what:<{WHAT_WIDTH}} ") + styled(waiting.next, "key")
    if everything and waiting.of:
        yield plain(f"        {', '.join(waiting.of)}")


def _failed(summary: Summary, *, everything: bool) -> Iterator[str]:
    if not summary.unread:
        return
    yield styled(f"Not read or only in part: {len(summary.unread)}", "bad")
    shown = summary.unread if everything else summary.unread[:MOST_FAILED]
    for unread in shown:
        yield plain(f"    {unread.number} {unread.name}: {unread.reason}")
        if unread.next:
            yield "      -> " + styled(unread.next, "key")
    if len(shown) < len(summary.unread):
        yield "    " + _more(len(summary.unread) - len(shown), summary)


def _doubted(summary: Summary, *, everything: bool) -> Iterator[str]:
    """Never cut down to none: digests that do not fit are why somebody keeps a package."""
    if not summary.doubted:
        return
    yield styled(f"Not as it says of itself: {len(summary.doubted)}", "bad")
    shown = summary.doubted if everything else summary.doubted[:MOST_FAILED]
    yield from (plain(f"    {doubt}") for doubt in shown)
    if len(shown) < len(summary.doubted):
        yield "    " + _more(len(summary.doubted) - len(shown), summary)


def _register(summary: Summary) -> Iterator[str]:
    yield styled(f"Items: {len(summary.all_items)}", "title")
    for item in summary.all_items:
        parts = (
            item.kind,
            item.language,
            item.published and f"published {item.published}",
            count(item.claims, "claim"),
            item.protection and f"protection {item.protection}",
            item.release and f"release {item.release}",
            item.translator,
            *item.handed_over,
            item.media,
        )
        yield f"    {styled(item.number, 'key')} " + plain(f"{item.name}: {', '.join(filter(None, parts))}")
    yield styled(f"Decisions: {len(summary.decisions)}", "title")
    for decision in summary.decisions:
        said = f" {decision.field}={' '.join(decision.value.split())} · why: {' '.join(decision.why.split())} · by {decision.by}, {decision.at}"
        later = "" if decision.counts else " · a later one counts"
        yield f"    {decision.id} {styled(decision.subject, 'key')}" + plain(said + later)


def _handed_over(summary: Summary, *, everything: bool) -> Iterator[str]:
    if not summary.handovers:
        return
    yield styled(f"Handed over: {len(summary.handovers)}", "title")
    shown = summary.handovers if everything else summary.handovers[-MOST_HANDED_OVER:]
    for one in shown:
        back = f"receipt back {one.returned[:10]}" if one.returned else "no receipt yet"
        held = f", {one.held_back} held back" if one.held_back else ""
        yield plain(f"    {one.handover} {one.at[:10]} to {one.recipient}: {count(one.items, 'item')}{held}, {back}")
    if len(shown) < len(summary.handovers):
        yield "    " + _more(len(summary.handovers) - len(shown), summary)


def _dossier(summary: Summary) -> Iterator[str]:
    command = f"witnessmark publish {typed(Path(summary.case))}"
    if summary.behind is None:
        yield styled("Dossier: none yet", "warning") + "  " + styled(command, "key")
        return
    behind = summary.behind
    if behind.current and not summary.machine:
        yield styled("Dossier: up to date", "good")
    else:
        counted = ((behind.items, "receipt"), (behind.documents, "reading"), (behind.decisions, "decision"))
        parts = [count(n, noun) for n, noun in counted if n] + (["what waits for a command"] if summary.machine else [])
        words = ", ".join(parts) or "what has changed in this program or computer"
        yield styled(f"Dossier: behind by {words}", "warning") + "  " + styled(command, "key")
    if summary.dossier:
        yield plain(f"  working draft, open it in a browser: {summary.dossier}")


def _safeguards(summary: Summary, *, everything: bool) -> Iterator[str]:
    held, lacking = summary.safeguards.enforced, summary.safeguards.not_enforced
    if lacking:
        yield styled(f"Decoders: {len(held)} of {len(held) + len(lacking)} safeguards hold on this system", "warning") + plain(
            "; the notes say what does not"
        )
    else:
        yield styled("Decoders: shut in", "good") + plain(" (no network, no file but the one they read, limits of memory and time)")
    if everything:
        yield from (plain(f"    {sentence}") for sentence in held)


def _notes(summary: Summary, *, everything: bool) -> Iterator[str]:
    shown = summary.warnings if everything else summary.warnings[:MOST_NOTES]
    for warning in shown:
        yield plain(f"Note: {warning}")
    if len(shown) < len(summary.warnings):
        yield _more(len(summary.warnings) - len(shown), summary)
    if summary.writer:
        yield plain(f"Note: {summary.writer} is writing to this case right now; what it has not recorded yet is not counted here.")


def _more(number: int, summary: Summary) -> str:
    return plain(f"and {number} more: ") + styled(f"witnessmark status {typed(Path(summary.case))} --all", "key")


def _kinds(kinds: Sequence[Share], *, everything: bool) -> str:
    return _cut([count(share.items, share.name) for share in kinds], KINDS_WIDTH, everything=everything) or "nothing yet"


def _shares(shares: Sequence[Share], *, everything: bool) -> str:
    return (
        _cut([f"{_short(share.name, everything=everything)} {share.items}" for share in shares], LIST_WIDTH, everything=everything)
        or "nothing yet"
    )


def _voices(voices: Sequence[Voice], *, everything: bool) -> str:
    return (
        _cut([f"{_short(voice.name, everything=everything)} ({voice.claims})" for voice in voices], LIST_WIDTH, everything=everything)
        or "nobody"
    )


def _short(name: str, *, everything: bool) -> str:
    return name if everything or len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1].rstrip() + "…"


def _cut(names: list[str], width: int, *, everything: bool) -> str:
    """As many names as fit a line, and how many more there are."""
    shown = names[:1]
    for name in names[1:]:
        if not everything and len(", ".join([*shown, name])) > width:
            break
        shown.append(name)
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "")
