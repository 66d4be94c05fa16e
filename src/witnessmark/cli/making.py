"""Verbs that make a case: new, add, read, weigh, build, demo, rebuild."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.dashboard import print_status
from witnessmark.cli.opening import ask_opener, ask_openers, sealing_options
from witnessmark.cli.options import Verb, announce, case_argument, given_options, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, print_received, say, typed

if TYPE_CHECKING:
    from witnessmark.case.intake import Given
    from witnessmark.case.received_list import ReceivedList
    from witnessmark.case.said_on_adding import SaidOfTranslation

list_option = click.option(
    "--list",
    "list_file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A table (CSV or XLSX) that says of each file how it was received and what is decided of it; see docs/reference/received-list.md.",
)


@click.command(cls=Verb)
@case_argument
@click.option("--title", help="What the case is called. Default: the folder's name.")
@sealing_options
@member_option
@json_option
def new(case: Path, title: str | None, key_file: Path | None, member: str | None, *, plain: bool, on_disk: bool, as_json: bool) -> None:
    r"""Make an empty case, encrypted with a passphrase or a key file.

    At a terminal a passphrase is asked for, and the case is encrypted with it; --key-file takes a file in its place. Where neither is given the case is
    not encrypted. An encrypted case is unlocked until `witnessmark lock`.

    \b
    Example: witnessmark new harbour-road --title "Harbour Road, 2024"
    Example: witnessmark new harbour-road --key-file /media/stick/harbour-road.key
    """
    from witnessmark.case.case import create_case

    openers = ask_openers(case, key_file, plain=plain)
    create_case(case, title=title, member=member, openers=openers, on_disk=on_disk)
    if as_json:
        print_json({"case": str(case), "encrypted": bool(openers)})
    elif openers:
        say(f"Made the case {case}. It is encrypted, and unlocked until you run witnessmark lock {typed(case)} or switch the computer off.")
        say(f"Next: witnessmark add {typed(case)} PATH")
    else:
        say(f"Made the case {case}. It is not encrypted: keep it on an encrypted disk. Next: witnessmark add {typed(case)} PATH")


translation_of_option = click.option(
    "--translation-of", "original", metavar="I12", help="The one file added is a translation of this item of the case."
)
translator_option = click.option(
    "--translator",
    metavar="NAME",
    help="Who made the translation: a person's name, which the case keeps in members.db only, or 'machine: NAME VERSION'.",
)


@click.command(cls=Verb)
@case_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@given_options
@list_option
@translation_of_option
@translator_option
@click.option("--collected", is_flag=True, help="PATHS are parcels made by `witnessmark collect`: their files are added.")
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The key file that opens the parcels. Default: the case's own key.",
)
@click.option("--blake3", is_flag=True, help="Record a BLAKE3 digest beside the SHA-256 of each original; `verify` then checks both.")
@member_option
@json_option
def add(
    case: Path,
    paths: tuple[Path, ...],
    source: str | None,
    received_from: str | None,
    published: str | None,
    list_file: Path | None,
    original: str | None,
    translator: str | None,
    key: Path | None,
    member: str | None,
    *,
    collected: bool,
    already_public: bool,
    blake3: bool,
    as_json: bool,
) -> None:
    r"""Preserve files, and the files below folders.

    Options hold for every file; --list says of each file what is its own: source, day, who handed it over, protection, consent.

    \b
    Example: witnessmark add harbour-road statement.pdf photos/ --received-from "the clinic"
    Example: witnessmark add harbour-road statement-english.txt --translation-of I12 --translator "Dara Ilin"
    Example: witnessmark add harbour-road statement-english.txt --translation-of I12 --translator "machine: Lingua 3.2"
    Example: witnessmark add harbour-road 20261129t090000z.wmparcel --collected
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.collecting import is_parcel, take_in_all
    from witnessmark.case.intake import Given
    from witnessmark.case.intake import add as receive

    said = _said_of_translation(original, translator, list_file)
    _refuse_parcels_said_of(key, list_file, original, collected=collected)
    given, listed = Given(received_from, source, published, already_public), _listed(list_file)
    with open_case(case, write="add", member=member, tell=announce) as opened, progress() as tell:
        if collected:
            received = take_in_all(opened, paths, key, given, tell=tell)
        else:
            received = receive(opened, paths, given, listed=listed, translation=said, blake3=blake3, tell=tell)
    if as_json:
        print_json(received)
    else:
        print_received(received)
        _say_decided(received.decided, "as listed" if said is None else "as said")
        for path in () if collected else filter(is_parcel, paths):
            say(f"{path} is encrypted. If it is a parcel, add what is in it: witnessmark add {typed(case)} {typed(path)} --collected")
        if said is not None and said.translator is None and received.decided:
            say(f"Nobody is named as the translator; `witnessmark status {typed(case)}` asks for it until somebody is.")
        say(f"Next: witnessmark read {typed(case)}")


@click.command(cls=Verb)
@case_argument
@click.option("--again", is_flag=True, help="Read everything once more; the new readings take the place of the old, decisions stay.")
@click.option(
    "--rules-only", is_flag=True, help="Find who says what by rules alone, without the learned reader: quicker, and it misses more."
)
@member_option
@json_option
def read(case: Path, member: str | None, *, again: bool, rules_only: bool, as_json: bool) -> None:
    r"""Read what is unread into text and claims.

    \b
    Example: witnessmark read harbour-road
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.pipeline import read as read_all
    from witnessmark.case.summary import summarise

    with open_case(case, write="read", member=member, tell=announce) as opened:
        with progress() as tell:
            documents, claims = read_all(opened, again=again, rules_only=rules_only, tell=tell)
        summary = summarise(opened)
    if as_json:
        print_json({"documents": documents, "claims": claims})
        return
    if not (documents.done or documents.failed or claims.done or claims.failed):
        say("Nothing to read: all is read.")
        return
    say(f"Read {count(documents.done, 'item')}, and the claims of {count(claims.done, 'document')}.")
    for item in summary.unread:
        say(f"  not read or only in part: {item.number} {item.name}: {item.reason}")
    for doubt in summary.doubted:
        say(f"  not as it says of itself: {doubt}")
    say(f"Next: witnessmark weigh {typed(case)}")


@click.command(cls=Verb)
@case_argument
@member_option
@json_option
def weigh(case: Path, member: str | None, *, as_json: bool) -> None:
    r"""Set denials beside what they deny, and group claims about one happening.

    \b
    Example: witnessmark weigh harbour-road
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.weighing import weigh as derive

    with open_case(case, write="weigh", member=member, tell=announce) as opened, progress() as tell:
        weighed = derive(opened, tell=tell)
    if as_json:
        print_json(weighed)
    else:
        news = "" if weighed.changed else "Nothing has come in since the last time. "
        say(
            f"{news}{count(weighed.incidents, 'incident')}, {count(weighed.answers, 'answer')} set beside what they answer. Next: witnessmark publish {typed(case)}"
        )


@click.command(cls=Verb)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--case", "case", required=True, type=click.Path(path_type=Path, file_okay=False), help="The case to make, or to bring up to date."
)
@click.option("--title", help="What a new case is called. Default: the name of the case's folder.")
@given_options
@list_option
@sealing_options
@member_option
@json_option
def build(
    folder: Path,
    case: Path,
    title: str | None,
    source: str | None,
    received_from: str | None,
    published: str | None,
    list_file: Path | None,
    key_file: Path | None,
    member: str | None,
    *,
    already_public: bool,
    plain: bool,
    on_disk: bool,
    as_json: bool,
) -> None:
    r"""From a folder of evidence to a dossier in one go: new, add, read, weigh, publish.

    Run again, it takes in what is new in the folder and leaves the rest alone.

    \b
    Example: witnessmark build evidence/ --case harbour-road --published 2024-03-02
    """
    from witnessmark.case.intake import Given

    given = Given(received_from, source, published, already_public)
    openers = _open_or_ask(case, key_file, plain=plain, on_disk=on_disk)
    _build(folder, case, given, _listed(list_file), title, member, openers=openers, on_disk=on_disk, as_json=as_json)


@click.command(cls=Verb)
@click.option(
    "--case",
    "case",
    default=Path("demo-case"),
    type=click.Path(path_type=Path, file_okay=False),
    show_default=True,
    help="Where to build it.",
)
@member_option
@json_option
def demo(case: Path, member: str | None, *, as_json: bool) -> None:
    r"""Build the bundled demo case: an invented country, an invented prison, a briefing and its denial.

    \b
    Example: witnessmark demo
    """
    from witnessmark.case.demo import DEMO_TITLE, demo_evidence, demo_list
    from witnessmark.case.intake import Given

    _build(demo_evidence(), case, Given(), _listed(demo_list()), DEMO_TITLE, member, as_json=as_json)


@click.command(cls=Verb)
@case_argument
@json_option
def rebuild(case: Path, *, as_json: bool) -> None:
    r"""Draw the database afresh from the logs and records.

    \b
    Example: witnessmark rebuild harbour-road
    """
    from witnessmark.case.case import open_case, rebuild_case
    from witnessmark.case.summary import summarise

    with progress() as tell:
        rebuild_case(case, tell=tell, announce=announce)
    with open_case(case) as opened:
        summary = summarise(opened)
    if as_json:
        print_json(summary)
    else:
        say("Drew the database afresh from the records.")
        print_status(summary)


def _listed(list_file: Path | None) -> ReceivedList | None:
    from witnessmark.case.received_list import read_list

    return read_list(list_file) if list_file is not None else None


def _said_of_translation(original: str | None, translator: str | None, list_file: Path | None) -> SaidOfTranslation | None:
    from witnessmark.errors import UsageError

    if original is None and translator is not None:
        raise UsageError("--translator says who made a translation. Nothing was added. Say of which item it is one: --translation-of I3.")
    if original is not None and list_file is not None:
        raise UsageError(
            "--list and --translation-of both say what a file is. Nothing was added. Say it in the list, whose columns are translation_of and translator."
        )
    if original is None:
        return None
    from witnessmark.case.said_on_adding import SaidOfTranslation  # with all that decisions take

    return SaidOfTranslation(original, translator)


def _refuse_parcels_said_of(key: Path | None, list_file: Path | None, original: str | None, *, collected: bool) -> None:
    from witnessmark.errors import UsageError

    if key is not None and not collected:
        raise UsageError("--key opens parcels. Nothing was added. Say that these are parcels: --collected.")
    if collected and (list_file is not None or original is not None):
        raise UsageError("--list and --translation-of say something of files, and a parcel is not yet the files in it. Nothing was added.")


def _say_decided(decided: int, how: str = "as listed") -> None:
    if decided:
        say(f"Recorded {count(decided, 'decision')} {how}; each can be taken back with witnessmark undo.")


def _open_or_ask(case: Path, key_file: Path | None, *, plain: bool, on_disk: bool) -> list[tuple[str, str]]:
    """What a case to be made is opened with; one that is there is unlocked with the key file, where one is named."""
    from witnessmark.case.folder import CaseFolder
    from witnessmark.case.locking import unlock_case

    if not CaseFolder(case).settings_file.exists():
        return ask_openers(case, key_file, plain=plain)
    if key_file is not None:
        unlock_case(case, *ask_opener(case, key_file), on_disk=on_disk)
    return []


def _build(
    folder: Path,
    case: Path,
    given: Given,
    listed: ReceivedList | None,
    title: str | None,
    member: str | None,
    *,
    as_json: bool,
    openers: Sequence[tuple[str, str]] = (),
    on_disk: bool = False,
) -> None:
    from witnessmark.case.pipeline import build as run
    from witnessmark.errors import NothingReadError

    with progress() as tell:
        built = run(
            folder, case, given, listed=listed, title=title, member=member, openers=openers, on_disk=on_disk, tell=tell, announce=announce
        )
    if as_json:
        print_json({"received": built.received, "summary": built.summary, "nothing_to_do": built.nothing_to_do})
    else:
        if built.nothing_to_do:
            say("Nothing to do: everything in this folder is preserved, read and published already.")
        else:
            print_received(built.received, built.documents.found_inside)
            _say_decided(built.received.decided)
        print_status(built.summary)
    if not built.summary.documents:
        raise NothingReadError(
            f"Nothing in {folder} could be read; the reasons are above and in the dossier's limits. What was received is preserved in {case}."
        )
