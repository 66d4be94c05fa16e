"""The verb that publishes: the working draft, the public dossier, the sealed one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.opening import is_terminal
from witnessmark.cli.options import Verb, announce, as_of_options, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.case import Case
    from witnessmark.case.publishing_public import PublicDossier
    from witnessmark.model.view import AsOf

MOST_NAMED = 12
"""Short numbers named in one line; the rest are counted."""


@click.command(cls=Verb)
@case_argument
@click.option(
    "--public", "public", metavar="OUT", type=click.Path(path_type=Path), help="Write the public dossier into this folder instead."
)
@click.option(
    "--sealed",
    "sealed",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the full dossier into this file, encrypted.",
)
@click.option(
    "--openings",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --public: the openings of its commitments, apart.",
)
@click.option(
    "--for",
    "made_for",
    metavar="WHO",
    help="For whom the openings are or, with --sealed, the age recipient (age1...) who can open it; without it a passphrase is asked for.",
)
@click.option("--pdf", is_flag=True, help="As one PDF besides, dossier.pdf beside the pages; needs pip install 'witnessmark[pdf]'.")
@as_of_options
@member_option
@json_option
def publish(
    case: Path,
    public: Path | None,
    sealed: Path | None,
    openings: Path | None,
    made_for: str | None,
    as_of: str | None,
    member: str | None,
    *,
    pdf: bool,
    known_to_us: bool,
    as_json: bool,
) -> None:
    r"""Write the working draft of the dossier, or one that leaves the case.

    The draft stays in the case and holds everything. --public takes only what a person read, released and was free to publish, and says what it left out
    and why: see docs/internals/protection.md. The openings tell a named reader which originals its commitments are of; keep them apart from it. --sealed packs
    what the draft holds into one file that only its reader can open, with `age --decrypt`. --as-of writes any of them as the case could be known on that day,
    --pdf also as a PDF.

    \b
    Example: witnessmark publish harbour-road
    Example: witnessmark publish harbour-road --public harbour-road-public
    Example: witnessmark publish harbour-road --public out --openings for-the-court.json --for "District Court"
    Example: witnessmark publish harbour-road --sealed harbour-road.zip.age --for age1...
    Example: witnessmark publish harbour-road --as-of 2031-05-16
    Example: witnessmark publish harbour-road --pdf
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.tracking import asked_day
    from witnessmark.publish.pdf import printing

    if public is not None and sealed is not None:
        raise UsageError("One at a time: --public OUT or --sealed OUT.")
    if openings is not None and (public is None or not made_for):
        raise UsageError("Openings belong to a public dossier and to somebody: write --public OUT --openings FILE --for WHO.")
    asked = asked_day(as_of, known_to_us=known_to_us)
    if pdf:
        printing()
    with open_case(case, write="publish", member=member, tell=announce) as opened:
        if public is not None:
            _public(opened, public, openings, made_for or "", asked, pdf=pdf, as_json=as_json)
        elif sealed is not None:
            _sealed(opened, sealed, made_for, asked, pdf=pdf, as_json=as_json)
        else:
            _draft(opened, asked, pdf=pdf, as_json=as_json)


def _draft(case: Case, asked: AsOf | None, *, pdf: bool, as_json: bool) -> None:
    from witnessmark.case.publishing import publish_draft
    from witnessmark.case.waiting import what_a_dossier_lacks

    with progress() as tell:
        published, lacks = publish_draft(case, asked=asked, pdf=pdf, tell=tell), what_a_dossier_lacks(case)
    if as_json:
        print_json({"index": str(published.index), "changed": published.changed, "lacks": lacks})
        return
    say(("Wrote " if published.changed else "Nothing has changed since it was written: ") + str(published.index))
    for lack in lacks:
        say(f"{lack.what} Run `{lack.next}`, then publish again.")


def _public(case: Case, out: Path, openings: Path | None, made_for: str, asked: AsOf | None, *, pdf: bool, as_json: bool) -> None:
    from witnessmark.case.publishing_public import open_for, publish_public

    with progress() as tell:
        published = publish_public(case, out, asked=asked, pdf=pdf, tell=tell)
        opened = open_for(case, out, openings, made_for, asked=asked) if openings is not None else 0
    _warn(published)
    if as_json:
        print_json(published)
        return
    say(
        f"{'Wrote' if published.changed else 'Nothing has changed since it was written:'} {published.index}: {count(published.items, 'item')}, {count(published.claims, 'claim')}."
    )
    _say_stripped(published)
    if openings is not None:
        say(f"Wrote {count(opened, 'opening')} for {made_for} to {openings}. It holds hashes of originals: give it to nobody else.")
    say(f"Next: witnessmark verify {typed(out)}; then read it as somebody who wishes ill would.")


def _sealed(case: Case, out: Path, recipient: str | None, asked: AsOf | None, *, pdf: bool, as_json: bool) -> None:
    from witnessmark.case.publishing_sealed import publish_sealed

    if recipient is None and not is_terminal():
        raise UsageError("There is no terminal to ask for a passphrase in. Nothing was written. Name its reader: --for age1...")
    passphrase = None if recipient else click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    with progress() as tell:
        made = publish_sealed(case, out, recipient=recipient, passphrase=passphrase, asked=asked, pdf=pdf, tell=tell)
    if as_json:
        print_json(made)
        return
    say(f"Wrote {count(made.files, 'file')}, encrypted, to {made.out}. It holds everything the draft does: whoever opens it has that.")
    say(f"To open it: age --decrypt {'-i KEY ' if recipient else ''}{typed(out)} > dossier.zip")


def _warn(published: PublicDossier) -> None:
    """Said apart, since it points at the very people who are to be kept out of sight."""
    if not published.warnings:
        return
    click.echo(
        f"Who can be told in it though no name is ({count(len(published.warnings), 'warning')}; not written into the dossier):", err=True
    )
    for warning in published.warnings:
        click.echo(f"  {warning}", err=True)


def _say_stripped(published: PublicDossier) -> None:
    """What stays behind and why; for whoever publishes, since these numbers are the case's own."""
    for stripped in published.stripped:
        more = len(stripped.subjects) - MOST_NAMED
        named = ", ".join(stripped.subjects[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        say(f"  held back: {stripped.rule}: {named}")
    if published.masked:
        say(f"  names covered wherever they stand, for want of consent to be named: {', '.join(published.masked)}")
    say("  left out of everything: file names, file metadata, receipts, who works on the case, hashes of what was not public already")
