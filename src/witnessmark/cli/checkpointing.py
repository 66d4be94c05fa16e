"""Verbs for what is kept outside a case: checkpoint, cosign, timestamp, key."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Verb, announce, case_argument, json_option, member_option, print_json
from witnessmark.cli.printing import count, say, typed
from witnessmark.errors import UsageError

_A_FILE = click.Path(path_type=Path, dir_okay=False)
checkpoint_argument = click.argument("checkpoint", metavar="CHECKPOINT", type=_A_FILE)
key_option = click.option("--key", "key_file", metavar="FILE", type=_A_FILE, help="Your own signing key, made by `witnessmark key new`.")


@click.command(cls=Verb)
@case_argument
@click.option("--out", metavar="FILE", type=_A_FILE, help="Write it to this new file instead of to the terminal.")
@key_option
@click.option("--print", "as_page", is_flag=True, help="As a short page to print, or to read aloud and write down.")
@click.option(
    "--new-key", is_flag=True, help="Begin to sign with a new key of the case, on record: for when the old one is lost or was stolen."
)
@member_option
@json_option
def checkpoint(
    case: Path, *, out: Path | None, key_file: Path | None, as_page: bool, new_key: bool, member: str | None, as_json: bool
) -> None:
    r"""Sign how long both logs of a case are and what is in them, to be kept where nobody who can write to the case can reach.

    With it, `verify --against` shows later that nothing was removed, altered or put back. It holds hashes, and a name drawn at random: nothing of the case itself. Without
    --out it is printed, and goes into a file by > FILE.

    \b
    Example: witnessmark checkpoint harbour-road --out /media/safe/harbour-road.note
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.checkpoint_page import check_digits, grouped, page_of
    from witnessmark.case.checkpointing import add_cosignature, case_verifier, keep_outside, refuse_place, signed_checkpoint
    from witnessmark.ledger.checkpoint import parse_checkpoint

    if out:
        refuse_place(case, out)
    with open_case(case, write="checkpoint", member=member, tell=announce) as opened:
        signed = signed_checkpoint(opened, replace_key=new_key)
        verifier = case_verifier(opened)
    if key_file:
        signed = add_cosignature(signed, key_file)
    made = parse_checkpoint(signed.encode())
    form = page_of(made) if as_page else signed
    if out:
        keep_outside(form, out)
    check = grouped(check_digits(made))
    if as_json:
        print_json({"checkpoint": signed, "out": str(out) if out else None, "check": check, "verifier_key": verifier, "heads": made.heads})
        return
    if out:
        say(f"Wrote {out}: it covers {made.custody.size} custody and {made.analysis.size} analysis entries. Check: {check}")
    else:
        click.echo(form, nl=False)
    announce(f"The case signs with {verifier}")
    announce(f"Keep it away from the case. Later: witnessmark verify {typed(case)} --against {typed(out) if out else 'FILE'}")


@click.command(cls=Verb)
@checkpoint_argument
@click.option("--key", "key_file", metavar="FILE", type=_A_FILE, required=True, help="Your own signing key, made by `witnessmark key new`.")
@json_option
def cosign(checkpoint: Path, key_file: Path, *, as_json: bool) -> None:
    r"""Add your signature, with the time, to a checkpoint that somebody made.

    It says that you saw this checkpoint then: whoever holds the case cannot make another in its place without you. Compare the check with the
    maker's, by another way than the file came.

    \b
    Example: witnessmark cosign harbour-road.note --key /media/mine/my.key
    """
    from witnessmark.case.checkpoint_page import check_digits, grouped
    from witnessmark.case.checkpointing import cosign_file
    from witnessmark.case.keys import read_key
    from witnessmark.ledger.notes import Kind

    verifier = read_key(key_file).verifier(Kind.COSIGNATURE).line
    signed = cosign_file(checkpoint, key_file)
    check = grouped(check_digits(signed))
    if as_json:
        print_json({"checkpoint": str(checkpoint), "check": check, "verifier_key": verifier, "signatures": len(signed.signatures)})
        return
    say(
        f"Signed: {signed.origin} on {signed.at}, {signed.custody.size} custody and {signed.analysis.size} analysis entries. Check: {check}"
    )
    say(f"It carries {count(len(signed.signatures), 'signature')}. Yours is checked with: --trust {verifier}")


@click.command(cls=Verb)
@checkpoint_argument
@click.option("--request", metavar="FILE", type=_A_FILE, help="Write the request to this new file, to be sent to an authority.")
@click.option("--response", metavar="FILE", type=_A_FILE, help="The authority's answer, to be checked and put beside the checkpoint.")
@click.option("--authority", metavar="CERT", type=_A_FILE, help="The authority's certificates (PEM), which the answer is checked with.")
@json_option
def timestamp(checkpoint: Path, *, request: Path | None, response: Path | None, authority: Path | None, as_json: bool) -> None:
    r"""Have an outside authority say when a checkpoint existed (RFC 3161), in two steps.

    This program opens no connection: write a request, send it yourself, and bring the answer back. The authority sees a hash, and the address you send it from.

    \b
    Example: witnessmark timestamp harbour-road.note --request harbour-road.tsq
    Example: witnessmark timestamp harbour-road.note --response answer.tsr --authority ca.pem
    """
    from witnessmark.case.timestamping import attach_token, write_request

    if (request is None) == (response is None):
        raise UsageError("Give either --request FILE to write a request, or --response FILE with --authority CERT to attach the answer.")
    if request is not None:
        write_request(checkpoint, request)
        if as_json:
            print_json({"request": str(request)})
            return
        say(f"Wrote {request}. Send it to an authority you choose, for instance with")
        say(
            f"  curl -sS -H 'Content-Type: application/timestamp-query' --data-binary @{typed(request)} -o answer.tsr https://ADDRESS-OF-THE-AUTHORITY"
        )
        say(f"Then: witnessmark timestamp {typed(checkpoint)} --response answer.tsr --authority CERT.pem")
        return
    if response is None or authority is None:
        raise UsageError("The answer is checked with the authority's certificate: give it with --authority CERT.pem.")
    stamp, beside = attach_token(checkpoint, response, authority)
    if as_json:
        print_json({"token": str(beside), "at": stamp.at, "authority": stamp.authority})
    else:
        say(f"The checkpoint existed on {stamp.at}, by the clock of {stamp.authority}. The token is {beside}; keep both together.")


@click.command(cls=Verb)
@click.argument("act", metavar="new|show", type=click.Choice(["new", "show"]))
@click.argument("file", type=_A_FILE)
@json_option
def key(act: str, file: Path, *, as_json: bool) -> None:
    r"""Draw your own signing key into a new file, or show the line by which others check what it signed.

    Its name is random and says nothing of you. Keep the file on another medium than the case; whoever has it can sign as you. The line is for everybody,
    best by a way they know to be yours.

    \b
    Example: witnessmark key new /media/mine/my.key
    Example: witnessmark key show /media/mine/my.key
    """
    from witnessmark.case.keys import make_key, read_key
    from witnessmark.ledger.notes import Kind

    own = make_key(file) if act == "new" else read_key(file)
    verifier = own.verifier(Kind.COSIGNATURE).line
    if as_json:
        print_json({"file": str(file), "name": own.name, "verifier_key": verifier})
        return
    click.echo(verifier)
    if act == "new":
        announce(f"Wrote the key {own.name} to {file}. The line above is for others, who trust it with --trust; the file is for nobody.")
