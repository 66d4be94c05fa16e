"""Verbs that look and change nothing: status, verify, claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.dashboard import print_status
from witnessmark.cli.opening import key_file_option
from witnessmark.cli.options import Day, Verb, case_argument, json_option, print_json, progress
from witnessmark.cli.printing import plain, say, show, styled
from witnessmark.errors import CaseError, CustodyError, NothingReadError, UsageError

if TYPE_CHECKING:
    from witnessmark.claims.reasons import Reason

WORDS_SHOWN = 70
"""Characters of words shown in one line of an explanation."""
VERDICT_ROLES = {"pass": "good", "fail": "bad", "not-checked": "warning"}


@click.command(cls=Verb)
@case_argument
@click.option(
    "--all", "show_all", is_flag=True, help="Leave nothing out: every name, failure, item and standing decision, and which items wait."
)
@json_option
def status(case: Path, *, show_all: bool, as_json: bool) -> None:
    r"""What is in the case, what is read, what waits for whom, what failed and the next command for it.

    "Waits for a command" is what a machine can do now. "Waits for a person" is what somebody has to look at or decide: a claim's reading, a name read
    by OCR, a text in which no claim was found, and for each original that is not public already whom it would endanger, whether it may leave the case, and what a witness agreed to.

    \b
    Example: witnessmark status harbour-road
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.lock import writer_of
    from witnessmark.case.summary import summarise

    with open_case(case) as opened:
        summary = summarise(opened, writer=writer_of(opened.folder.lock))
    if as_json:
        print_json(summary)
    else:
        print_status(summary, everything=show_all)


@click.command(cls=Verb)
@click.argument("case", metavar="CASE|BACKUP|DOSSIER|PACKAGE", type=click.Path(path_type=Path))
@click.option(
    "--against",
    multiple=True,
    metavar="CHECKPOINT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A checkpoint kept outside the case, which exposes removed, altered and rolled back entries; may be repeated.",
)
@click.option("--trust", multiple=True, metavar="KEY", help="Whose signature counts: a verifier key, or a file with one; may be repeated.")
@click.option(
    "--authority",
    metavar="CERT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The certificate (PEM) with which timestamps beside checkpoints are checked.",
)
@click.option("--all", "show_all", is_flag=True, help="Print what passed, too.")
@click.option(
    "--openings",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Of a public dossier: the openings of its commitments that you were given.",
)
@key_file_option
@json_option
def verify(
    case: Path,
    key_file: Path | None,
    openings: Path | None,
    *,
    against: tuple[Path, ...],
    trust: tuple[str, ...],
    authority: Path | None,
    show_all: bool,
    as_json: bool,
) -> None:
    r"""Re-hash every original and compare every log entry, body and page. Ends with 0 when nothing failed.

    Of a backup, re-hash every file in it against its sums. Of a public dossier, check pages, commitments, proofs and quotes, without the case. Of a package (a
    hand-over, a bag, an OCFL storage root), check every file, custody entry, proof and opening in it, without the case. Of a locked case, check all that needs no
    key; a key file opens it for this once. That nothing was removed or rewritten by somebody who can write to the case can only be seen with a checkpoint kept
    elsewhere.

    \b
    Example: witnessmark verify harbour-road --against /media/safe/harbour-road.note
    Example: witnessmark verify harbour-road-public --openings for-the-court.json
    """
    from collections import Counter

    from witnessmark.case.access import opened_once
    from witnessmark.case.comparing_checkpoints import read_kept
    from witnessmark.case.keys import trusted_key
    from witnessmark.case.package_kind import kind_of_package
    from witnessmark.case.verifying_public import is_public_dossier, verify_public
    from witnessmark.model.verdict import Verdict

    packaged = kind_of_package(case) is not None
    _refuse_what_does_not_fit(case, against, trust, authority, packaged=packaged)
    keys = [trusted_key(key) for key in trust]
    outside = read_kept(against, keys, authority) if against else None
    public = is_public_dossier(case)
    with opened_once(case, None if public or packaged or case.is_file() else key_file) as access, progress() as tell:
        if public:
            checks = list(verify_public(case, openings, outside=outside))
        elif packaged:
            from witnessmark.case.verifying_package import verify_package

            checks = list(verify_package(case, trust=keys, tell=tell))
        elif case.is_file():
            from witnessmark.case.restoring import verify_backup

            checks = list(verify_backup(case, tell=tell))
        else:
            from witnessmark.case.verifying import verify_case

            checks = list(verify_case(case, outside=outside, tell=tell, access=access))
    counts = Counter(check.verdict for check in checks)
    if as_json:
        print_json({"checks": checks, "counts": {verdict: counts[verdict] for verdict in Verdict}})
    else:
        for check in checks:
            if show_all or check.verdict is not Verdict.PASS:
                show(styled(f"{check.verdict.upper():12}", VERDICT_ROLES[check.verdict]), plain(f" {check.subject}: {check.detail}"))
        say(", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict))
    if counts[Verdict.FAIL]:
        raise CustodyError(f"{counts[Verdict.FAIL]} of {len(checks)} checks failed in {case}. Work on a copy, and compare with a backup.")


def _refuse_what_does_not_fit(
    case: Path, against: tuple[Path, ...], trust: tuple[str, ...], authority: Path | None, *, packaged: bool
) -> None:
    if not case.exists():
        raise CaseError(f"There is no {case}. Nothing was checked.")
    if (authority or (trust and not packaged)) and not against:
        raise UsageError("--trust and --authority say how checkpoints are judged: name one with --against.")
    if against and packaged:
        raise UsageError(f"{case} is a package, which has a checkpoint of its own; only --trust goes with it.")
    if against and case.is_file():
        raise UsageError(f"{case} is a backup; restore it, then compare the case with the checkpoint.")


@click.command(cls=Verb)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--published", type=Day(), metavar="DATE", help="When they were published, where they do not say so themselves.")
@click.option("--rules-only", is_flag=True, help="Find who says what by rules alone, without the learned reader.")
@click.option("--explain", is_flag=True, help="Show for each field the words it was read from, and what read it.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line for each claim; errors go to standard error alone.")
def claims(files: tuple[Path, ...], published: str | None, *, rules_only: bool, explain: bool, as_lines: bool) -> None:
    r"""Read the claims of files, with no case.

    \b
    Example: witnessmark claims article.txt --published 2017-05-16 --json
    """
    import msgspec

    from witnessmark.case.claims_of_files import claims_of_files
    from witnessmark.model.document import Failure

    unread = 0
    for path, result in claims_of_files(files, published, rules_only=rules_only, explained=explain):
        if isinstance(result, Failure):
            unread += 1
            say_error(f"{path}: {result.reason}")
            continue
        for problem in result.problems:
            say_error(f"{path}: {problem}")
        for claim in result.claims:
            if as_lines:
                why = {"reasons": msgspec.to_builtins(result.reasons[claim.id])} if explain else {}
                click.echo(json.dumps({"file": str(path), **msgspec.to_builtins(claim), **why}, ensure_ascii=False))
            else:
                speaker = claim.speaker.name or "a source not named" if claim.speaker else "the document itself"
                say(f"{path}:{claim.content[0].start}  {speaker} {claim.stance}: {' '.join(claim.quote.split())}")
                for reason in result.reasons.get(claim.id, ()):
                    say(f"    {_because(reason)}")
    if unread:
        raise NothingReadError(f"{unread} of {len(files)} files could not be read.")


def _because(reason: Reason) -> str:
    """One field in one line: its value, the words it was read from where they are others, and what read it."""
    value = _on_a_line(reason.value, WORDS_SHOWN)
    words = _on_a_line(reason.words.text, WORDS_SHOWN) if reason.words is not None else value
    return f"{reason.field:22}{value}" + (f", from “{words}”" if words != value else "") + f" ({reason.by})"


def _on_a_line(words: str, most: int) -> str:
    """Words on one line, cut in the middle where they are too many to show."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most // 2].rstrip()} … {line[-most // 2 :].lstrip()}"


def say_error(line: str) -> None:
    """One line on standard error."""
    click.echo(f"witnessmark: {plain(line)}", err=True)
