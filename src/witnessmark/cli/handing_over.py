"""Verbs by which something leaves a case and comes into another: export, receipt, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, announce, as_of_options, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.handing_over import Asked, HandedOver
    from witnessmark.model.view import AsOf

LINES = ("claims-jsonl", "incidents-jsonl", "pledges-jsonl", "responsibility-jsonl", "notice-jsonl")
FORMS = ("csv", "xlsx", "geojson", "web-annotations", "claimreview", "ftm", "prov")
PACKAGES = ("handover", "bagit", "ocfl")


@click.command(cls=Verb)
@case_argument
@click.option("--to", "kind", required=True, metavar="FORMAT", help=f"{', '.join((*PACKAGES, *LINES, *FORMS))}.")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--for", "recipient", metavar="RECIPIENT", help="Who receives it: the body that consent to share has to name.")
@click.option("--select", "numbers", metavar="I1,I2", help="Only these items, by number. Default: all that may leave.")
@click.option("--with-analysis", is_flag=True, help="Add the claims and incidents read in what is handed over. Needs --why.")
@click.option(
    "--include-sealed", is_flag=True, help="Hand over what is sealed, withheld or undecided, too; never what lacks consent. Needs --why."
)
@click.option(
    "--why", metavar="TEXT", help="The reason for what goes beyond custody of what may leave. It is recorded, and stands in the package."
)
@click.option("--encrypt-to", metavar="AGE-KEY", help="Make one file of it, encrypted to this age recipient (age1...).")
@click.option(
    "--whole", is_flag=True, help="With --to bagit: the whole case, everything in it, for its keepers. Back: witnessmark restore."
)
@as_of_options
@member_option
@json_option
def export(
    case: Path,
    kind: str,
    out: Path,
    *,
    recipient: str | None,
    numbers: str | None,
    with_analysis: bool,
    include_sealed: bool,
    why: str | None,
    encrypt_to: str | None,
    whole: bool,
    as_of: str | None,
    known_to_us: bool,
    member: str | None,
    as_json: bool,
) -> None:
    r"""Hand over what may leave the case, with its custody, or write claims, incidents, pledges, parties or notice for other programs.

    A hand-over is a folder: originals under neutral names, a numbered index, custody entries with proofs and openings, a signed checkpoint, the list of what was held
    back and under which rule, a certificate to sign and a receipt to bring back. It is also a BagIt bag; `bagit` leaves out the papers, `ocfl` writes a storage root.
    Readings stay in the case unless asked for. What was handed over, and to whom, is recorded. `witnessmark verify OUT` checks it on any machine.

    Claims and incidents are written as JSON lines (claims-jsonl, incidents-jsonl), as tables (csv: a folder of four; xlsx), on the map (geojson), as annotations of
    the texts (web-annotations, W3C), as reviews that say how well supported an incident is (claimreview, schema.org), as FollowTheMoney entities with a sidecar (ftm: a
    folder) or as their provenance (prov, W3C PROV-JSON). They leave out what was read in what is sealed, withheld or lacks consent, and say so.

    \b
    Example: witnessmark export harbour-road --to handover --for "Commission of Inquiry" handover-1
    Example: witnessmark export harbour-road --to incidents-jsonl --as-of 2031-05-16 then.jsonl
    Example: witnessmark export harbour-road --to xlsx harbour-road.xlsx
    """
    options = {
        "--for": recipient,
        "--select": numbers,
        "--with-analysis": with_analysis,
        "--include-sealed": include_sealed,
        "--why": why,
        "--encrypt-to": encrypt_to,
        "--whole": whole,
        "--as-of": as_of,
        "--known-to-us": known_to_us,
    }
    given = [name for name, value in options.items() if value]
    if kind not in PACKAGES or whole:
        lines = ["--for", "--include-sealed", "--why"]
        allowed = (
            [*lines, "--as-of", "--known-to-us"] if kind in LINES else lines if kind in FORMS else ["--whole"] if kind == "bagit" else []
        )
        if misplaced := [name for name in given if name not in allowed]:
            raise UsageError(f"{misplaced[0]} does not go with --to {kind}{' --whole' if whole else ''}.")
    if whole:
        _bag_whole(case, out, as_json=as_json)
    elif kind in PACKAGES:
        asked = _asked(kind, recipient, numbers, why, encrypt_to, with_analysis=with_analysis, include_sealed=include_sealed)
        _hand_over(case, asked, out, member, as_json=as_json)
    else:
        asked_about = _day(as_of, known_to_us=known_to_us)
        _lines(case, kind, out, recipient or "", why, member, asked=asked_about, include_sealed=include_sealed, as_json=as_json)


def _day(as_of: str | None, *, known_to_us: bool) -> AsOf | None:
    from witnessmark.case.tracking import asked_day

    return asked_day(as_of, known_to_us=known_to_us)


def _asked(
    kind: str,
    recipient: str | None,
    numbers: str | None,
    why: str | None,
    encrypt_to: str | None,
    *,
    with_analysis: bool,
    include_sealed: bool,
) -> Asked:
    from witnessmark.case.handing_over import Asked
    from witnessmark.model.handover import Form

    if not recipient:
        raise UsageError("Say who receives it: --for RECIPIENT. Consent, the certificate and the record all need the name.")
    if (with_analysis or include_sealed) and not (why and why.strip()):
        raise UsageError("That goes beyond custody of what may leave, so it needs its reason: add --why TEXT.")
    return Asked(
        recipient,
        Form(kind),
        tuple(number.strip() for number in numbers.split(",") if number.strip()) if numbers else (),
        why if with_analysis else None,
        why if include_sealed else None,
        encrypt_to,
    )


def _hand_over(case: Path, asked: Asked, out: Path, member: str | None, *, as_json: bool) -> None:
    from witnessmark.case.case import open_case
    from witnessmark.case.handing_over import hand_over
    from witnessmark.case.telling import BYTES, amount
    from witnessmark.model.handover import RULE_WORDS, Form, Rule

    with open_case(case, write="export", member=member, tell=announce) as opened, progress() as tell:
        done: HandedOver = hand_over(opened, asked, out, tell=tell)
    if as_json:
        print_json(done)
        return
    held = sum(done.held_back.values())
    reasons = "".join(f"\n  {number} {RULE_WORDS[Rule(rule)]}" for rule, number in done.held_back.items())
    say(f"{count(done.items, 'item')} handed over ({amount(done.bytes, BYTES)}), {held} held back{':' if held else '.'}")
    for line in reasons.splitlines()[1:]:
        say(line)
    if done.unsearched:
        say(f"Not searched through and through for names of who is sealed, being large or locked: {', '.join(done.unsearched)}.")
    say(f"{done.id} for {done.recipient}: {done.out}")
    say(f"Root (SHA-256): {done.root}")
    if done.encrypted:
        say("It is encrypted; the recipient opens it with: age -d -i KEYFILE FILE | tar x")
        return
    say(f"It is not encrypted. Check it anywhere with: witnessmark verify {typed(out)}")
    if done.form is Form.HANDOVER:
        say(f"To sign: {typed(out / 'certificate.html')}   To bring back: {typed(out / 'receipt.txt')}")


def _bag_whole(case: Path, out: Path, *, as_json: bool) -> None:
    from witnessmark.case.telling import BYTES, amount
    from witnessmark.case.whole_bag import bag_whole

    with progress() as tell:
        made = bag_whole(case, out, tell=tell, announce=announce)
    if as_json:
        print_json(made)
        return
    say(f"Bagged the whole case: {count(made.files, 'file')}, {amount(made.bytes, BYTES)}, in {made.out}.")
    say(
        f"Sealed and withheld originals and the roster are in it: keep it as you keep the case. Back: witnessmark restore {typed(out)} CASE"
    )


def _lines(
    case: Path,
    kind: str,
    out: Path,
    recipient: str,
    why: str | None,
    member: str | None,
    *,
    asked: AsOf | None,
    include_sealed: bool,
    as_json: bool,
) -> None:
    from witnessmark.case.case import open_case
    from witnessmark.case.exporting import export as write
    from witnessmark.model.handover import RULE_WORDS, Rule

    if include_sealed != bool(why and why.strip()):
        raise UsageError(
            "What is sealed or withheld leaves only with its reason, which is recorded: give --include-sealed and --why TEXT together."
        )
    with open_case(case, write="export" if include_sealed else None, member=member, tell=announce) as opened, progress() as tell:
        done = write(opened, kind, out, recipient=recipient.strip(), sealed=why if include_sealed else None, asked=asked, tell=tell)
    if as_json:
        print_json({"out": str(out), "lines": done.lines, "left_out": done.left_out, "held_back": done.held_back})
        return
    noun = "line" if kind in LINES else "record"
    say(f"Wrote {count(done.lines, noun)} to {out}. They may name people who need protection: keep them as you keep the case.")
    for rule, numbers in done.held_back.items():
        say(f"  held back: {', '.join(numbers)} ({RULE_WORDS[Rule(rule)]})")
    if done.left_out:
        say(f"{count(done.left_out, noun)} left out: read in what is held back, or pointing at it.")


@click.command(cls=Verb)
@case_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--handover", metavar="ID", help="Which hand-over it is for, where the file does not say so itself (a scan).")
@member_option
@json_option
def receipt(case: Path, file: Path, *, handover: str | None, member: str | None, as_json: bool) -> None:
    r"""Record the receipt that a recipient sent back, and keep it.

    A receipt that states another root than what was handed over, or has no name and date, is refused.

    \b
    Example: witnessmark receipt harbour-road receipt-commission.txt
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.receipting import record_receipt

    with open_case(case, write="receipt", member=member, tell=announce) as opened:
        done = record_receipt(opened, file, handover=handover)
    if as_json:
        print_json(done)
        return
    root = (
        "It states the root that was handed over." if done.root_matches else "Its root could not be read by the program: compare it by eye."
    )
    say(f"Recorded the receipt of {done.recipient} for {done.handover}. {root}")


@click.command("import", cls=Verb)
@case_argument
@click.argument("package", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--trust", multiple=True, metavar="KEY", help="Whose signature counts: a verifier key, or a file with one; may be repeated.")
@member_option
@json_option
def import_package(case: Path, package: Path, *, trust: tuple[str, ...], member: str | None, as_json: bool) -> None:
    r"""Take in a package that another case handed over: its items, where they come from, and the other case's record.

    The package is verified first. CASE is made where there is none. What the other case decided is kept in its record; here it is decided anew.

    \b
    Example: witnessmark import harbour-road handover-from-partner
    """
    from witnessmark.case.case import create_case, open_case
    from witnessmark.case.keys import trusted_key
    from witnessmark.case.taking_in import refuse_unfit, take_in

    refuse_unfit(package)
    keys = [trusted_key(key) for key in trust]
    if not case.exists():
        create_case(case, member=member)
    with open_case(case, write="import", member=member, tell=announce) as opened, progress() as tell:
        done = take_in(opened, package, trust=keys, tell=tell)
    if as_json:
        print_json(done)
        return
    say(
        f"Took in {done.handover} of the case {done.origin}: {done.new} new here, {done.repeated} held already, {done.unchanged} on record from it already."
    )
    for line in done.not_checked:
        say(f"  not-checked: {line}")
    say(f"Next: witnessmark read {typed(case)}")
