"""Verbs that protect people: consent, account, person, seal, unseal, sealed-key, erase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Day, Verb, announce, case_argument, json_option, member_option, print_json, progress
from witnessmark.cli.printing import count, say, typed
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.case.sealing import Proposed
    from witnessmark.model.person import Person

why_option = click.option("--why", metavar="TEXT", default="", help="The reason; it is recorded. Write no name into it.")
key_option = click.option(
    "--sealed-key", "key", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="The key that opens sealed fields."
)


@click.command(cls=Verb)
@case_argument
@click.argument("subject")
@click.option(
    "--purpose",
    "purposes",
    multiple=True,
    metavar="PURPOSE",
    help="store, analyse, contact_again, 'share: NAME', publish, publish_with_name.",
)
@click.option("--giver", metavar="NAME", help="Who gave it. It is stored encrypted.")
@click.option("--interpreter", metavar="NAME", help="Who interpreted. It is stored encrypted.")
@click.option("--form", metavar="TEXT", help="On what form it was given. Default: the reason.")
@click.option("--date", "given", type=Day(), metavar="DATE", help="When it was given or, with --withdraw, withdrawn.")
@click.option("--withdraw", is_flag=True, help="The consent is taken back.")
@why_option
@member_option
@json_option
def consent(
    case: Path,
    subject: str,
    purposes: tuple[str, ...],
    giver: str | None,
    interpreter: str | None,
    form: str | None,
    given: str | None,
    why: str,
    member: str | None,
    *,
    withdraw: bool,
    as_json: bool,
) -> None:
    r"""Record what somebody agreed to, of an item (I3) or a person (P1), or that they took it back.

    No consent is the default. What is published or exported asks this record; after a withdrawal the next public dossier is without it.

    \b
    Example: witnessmark consent harbour-road I3 --purpose publish --purpose "share: Commission of Inquiry" --form "form 7" --why "read out and signed"
    Example: witnessmark consent harbour-road I3 --withdraw --why "called on 3 June"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.deciding import value_words
    from witnessmark.case.recording_consent import Said, record_consent, withdraw_consent

    if withdraw and (purposes or giver or interpreter or form):
        raise UsageError("A withdrawal takes the whole consent back: give --withdraw, --why and perhaps --date alone.")
    with open_case(case, write="consent", member=member, tell=announce) as opened:
        if withdraw:
            made = withdraw_consent(opened, subject, on=given, why=why)
        else:
            made = record_consent(opened, subject, Said(purposes, giver, interpreter, form, given), why=why)
        words = value_words(opened, made)
    if as_json:
        print_json({"id": made.id, "subject": subject.upper(), "consent": words, "by": made.by, "at": made.at})
    else:
        say(f"Recorded {made.id}: consent of {subject.upper()}: {words}." + (" The names are encrypted." if giver or interpreter else ""))
        if withdraw:
            say(
                f"What was handed out already cannot be called back. Write public dossiers again: witnessmark publish {typed(case)} --public OUT"
            )


@click.command(cls=Verb)
@case_argument
@click.argument("item")
@click.option("--interviewer", metavar="NAME", help="Who asked. It is stored encrypted, as are the next three.")
@click.option("--interpreter", metavar="NAME", help="Who interpreted.")
@click.option("--place", metavar="TEXT", help="Where it was taken.")
@click.option("--present", metavar="TEXT", help="Who else was there.")
@click.option("--language", metavar="TAG", help="In what language, such as ar.")
@click.option("--recording", metavar="I4", help="The item that records it.")
@click.option("--date", "taken", type=Day(), metavar="DATE", help="When it was taken.")
@click.option("--earlier", metavar="TEXT", help="What accounts were given before, and to whom.")
@click.option("--follows", metavar="I3", help="The first account of the same person, where this is a later one.")
@click.option(
    "--referral",
    type=click.Choice(["made", "declined", "not_needed", "not_available"]),
    help="What came of offering help. Do not name whom they were referred to.",
)
@click.option("--read-back/--not-read-back", "read_back", default=None, help="Whether it was read back to who gave it.")
@why_option
@member_option
@json_option
def account(
    case: Path,
    item: str,
    interviewer: str | None,
    interpreter: str | None,
    place: str | None,
    present: str | None,
    language: str | None,
    recording: str | None,
    taken: str | None,
    earlier: str | None,
    follows: str | None,
    referral: str | None,
    why: str,
    member: str | None,
    *,
    read_back: bool | None,
    as_json: bool,
) -> None:
    r"""Record that an item is a statement taken by you, and how. Consent binds it from then on.

    \b
    Example: witnessmark account harbour-road I3 --language ar --date 2031-05-04 --read-back --why "our interview note"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.recording_consent import Taken, record_account
    from witnessmark.model.account import Referral

    helped = Referral(referral) if referral else None
    said = Taken(interviewer, interpreter, place, present, language, recording, taken, earlier, read_back, follows, helped)
    with open_case(case, write="account", member=member, tell=announce) as opened:
        made = record_account(opened, item, said, why=why)
    if as_json:
        print_json({"id": made.id, "subject": item.upper(), "by": made.by, "at": made.at})
    else:
        say(
            f"Recorded {made.id}: {item.upper()} is an account, bound by consent. Next: witnessmark consent {typed(case)} {item.upper()} --purpose ..."
        )


@click.command(cls=Verb)
@case_argument
@click.argument("action", type=click.Choice(["add", "list", "forms"]))
@click.argument("who", required=False)
@click.option("--form", "forms", multiple=True, metavar="WORDS", help="By which words documents name them; once for each.")
@member_option
@json_option
def person(case: Path, action: str, who: str | None, forms: tuple[str, ...], member: str | None, *, as_json: bool) -> None:
    r"""Enter a person (add NAME), list persons (list), or say by which words documents name one (forms P1 --form WORDS).

    A person who is entered is not named in a public dossier without consent to be named. With forms alone, those that documents may hold are proposed.

    \b
    Example: witnessmark person harbour-road add "Dara Ilin" --form "Ilin" --form "D. Ilin"
    Example: witnessmark person harbour-road forms P1
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.persons import add_person, confirm_forms, persons_of
    from witnessmark.case.sealing import proposed_forms

    if action != "list" and not who:
        raise UsageError(f"Who? Write: witnessmark person {typed(case)} add NAME, or witnessmark person {typed(case)} forms P1.")
    namesakes: list[str] = []
    with open_case(case, write="person", member=member, tell=announce) as opened:
        if action == "add" and who:
            listed = [add_person(opened, who, forms)]
            namesakes = [
                each.number for each in persons_of(opened) if each.name == listed[0].name and each.id != listed[0].id and not each.is_sealed
            ]
        elif action == "forms" and who and forms:
            listed = [confirm_forms(opened, who, forms)]
        elif action == "forms" and who:
            _say_proposed(proposed_forms(opened, who), case, who, as_json=as_json)
            return
        else:
            listed = persons_of(opened)
    if as_json:
        print_json(
            [
                {
                    "number": each.number,
                    "name": None if each.is_sealed else each.name,
                    "protection": each.protection,
                    "statuses": each.statuses,
                    "joined": each.joined,
                }
                for each in listed
            ]
        )
        return
    for each in listed:
        _say_person(each)
    if action == "add":
        if namesakes:
            say(f"Of the same name: {', '.join(namesakes)}. Each is covered, sealed and erased alone: is it one person?")
        say(f"Other spellings in the documents: witnessmark person {typed(case)} forms {listed[0].number}")
    if not listed:
        say(f"No person is entered. Enter one: witnessmark person {typed(case)} add NAME")


def _say_person(each: Person) -> None:
    name = (
        "erased"
        if each.erased
        else "sealed"
        if each.is_sealed
        else f"{each.name}" + (f", also: {'; '.join(each.forms)}" if each.forms else "")
    )
    say(f"{each.number}  {name}")
    for said in each.statuses:
        say(f"    {said.status.replace('_', ' ')}, by {said.standard}")
    if each.joined:
        say(f"    joined: {', '.join(each.joined)}")


def _say_proposed(proposed: list[Proposed], case: Path, who: str, *, as_json: bool) -> None:
    if as_json:
        print_json(proposed)
        return
    for each in proposed:
        say(f"  {each.form}  ({count(each.documents, 'document')})")
    say(
        f"{count(len(proposed), 'more form')} may name {who.upper()}. Take those that do, and no everyday word: "
        f"witnessmark seal {typed(case)} {who.upper()} --form WORDS --form WORDS --why TEXT"
    )


@click.command(cls=Verb)
@case_argument
@click.argument("who")
@click.option("--form", "forms", multiple=True, metavar="WORDS", help="Further words by which documents name them; once for each.")
@click.option(
    "--proposed",
    is_flag=True,
    help="Take all the forms that are proposed. Look at them first: an everyday word is covered everywhere, too.",
)
@why_option
@member_option
@json_option
def seal(case: Path, who: str, forms: tuple[str, ...], why: str, member: str | None, *, proposed: bool, as_json: bool) -> None:
    r"""Seal a person: their names are covered wherever the case shows them, in search too. Without --why, propose the forms.

    The records keep the texts as they were read: in a case that is not encrypted, whoever has the folder can read them there.

    \b
    Example: witnessmark seal harbour-road P1
    Example: witnessmark seal harbour-road P1 --form "Ilin" --form "دارا" --why "she asked for it"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.sealing import proposed_forms
    from witnessmark.case.sealing import seal as seal_person

    with open_case(case, write="seal", member=member, tell=announce) as opened:
        may_be = proposed_forms(opened, who) if proposed or not why.strip() else []
        if not why.strip():
            _say_proposed(may_be, case, who, as_json=as_json)
            return
        with progress() as tell:
            sealed = seal_person(opened, who, [*forms, *(each.form for each in may_be)], why=why, tell=tell)
    if as_json:
        print_json({"number": sealed.number, "forms": len(sealed.forms) + 1, "protection": sealed.protection})
    else:
        say(
            f"Sealed {sealed.number} under {count(len(sealed.forms) + 1, 'form')}. Opened on record with: witnessmark unseal {typed(case)} {sealed.number} --why TEXT"
        )


@click.command(cls=Verb)
@case_argument
@click.argument("subject")
@click.option("--minutes", type=int, default=60, show_default=True, help="For how long a person's seal is open for you.")
@key_option
@why_option
@member_option
@json_option
def unseal(case: Path, subject: str, minutes: int, key: Path | None, why: str, member: str | None, *, as_json: bool) -> None:
    r"""Open the seal of a person (P1) for yourself and for a time or, with --sealed-key, show the sealed fields of a person or an item (I3).

    Who opened it, why and until when is an entry of the custody log. `witnessmark search CASE WORDS --unsealed` then finds and shows the names.

    \b
    Example: witnessmark unseal harbour-road P1 --why "to call her back" --minutes 30
    Example: witnessmark unseal harbour-road I3 --sealed-key /media/stick/sealed.key --why "to ask again for consent"
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.recording_consent import subject_of
    from witnessmark.case.sealed_fields import show_fields
    from witnessmark.case.sealing import open_seal

    with open_case(case, write="unseal", member=member, tell=announce) as opened:
        if key is not None:
            shown = show_fields(opened, subject_of(opened, subject), key, why=why)
            lines = [(each.field, each.words) for each in shown]
        else:
            if not subject.upper().startswith("P"):
                raise UsageError(f"What is sealed of {subject} is opened with its key: add --sealed-key FILE.")
            one = open_seal(opened, subject, why=why, minutes=minutes)
            lines = [("name", one.name), *(("form", form) for form in one.forms)]
    if as_json:
        print_json([{"field": field, "words": words} for field, words in lines])
        return
    for field, words in lines:
        say(f"  {field}: {words}")
    say(
        "This was recorded. Clear the screen when you are done."
        + (
            ""
            if key
            else f" Their seal is open for you for {count(minutes, 'minute')}. Search with the names: witnessmark search {typed(case)} WORDS --unsealed"
        )
    )


@click.command(name="sealed-key", cls=Verb)
@case_argument
@click.argument("action", type=click.Choice(["new", "use"]))
@click.argument("what", metavar="FILE|RECIPIENT")
@member_option
@json_option
def sealed_key(case: Path, action: str, what: str, member: str | None, *, as_json: bool) -> None:
    r"""Make the key that opens sealed fields (new FILE), or seal to one that exists (use age1...).

    The case keeps the public half only. Keep FILE away from the case, and a copy of it in a second place: without it what was sealed is lost.

    \b
    Example: witnessmark sealed-key harbour-road new /media/stick/sealed.key
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.sealed_fields import make_key, use_key

    with open_case(case, write="sealed-key", member=member, tell=announce) as opened:
        recipient = make_key(opened, Path(what)) if action == "new" else use_key(opened, what)
    if as_json:
        print_json({"recipient": recipient})
    else:
        say(
            f"Names are sealed to {recipient} from now on."
            + (f" The key is {what}: keep it away from the case, and a copy elsewhere." if action == "new" else "")
        )


@click.command(cls=Verb)
@case_argument
@click.argument("who")
@click.option(
    "--item", "items", multiple=True, metavar="I3", help="An item that is theirs, to be disposed of with what came in it; once for each."
)
@click.option("--authority", metavar="TEXT", default="", help="On whose authority. It stays on record, as the reason does: no name in it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@why_option
@member_option
@json_option
def erase(case: Path, who: str, items: tuple[str, ...], authority: str, why: str, member: str | None, *, yes: bool, as_json: bool) -> None:
    r"""Erase a person (P1) for good: their sealed fields, their own items, and their names in everything else.

    The logs stay provable. Others' originals stay as they are; backups, exports and dossiers made before still hold what they held, and a disk may keep
    deleted bytes: see to those, too.

    \b
    Example: witnessmark erase harbour-road P1 --item I3 --authority "data protection officer" --why "asked for it on 3 June" --yes
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.erasing import erase as erase_person

    if not yes and not click.confirm(f"Erase {who.upper()} from {case} for good?", err=True):
        raise UsageError("Nothing was erased. Add --yes where nobody can be asked.")
    with open_case(case, write="erase", member=member, tell=announce) as opened, progress() as tell:
        done = erase_person(opened, who, why=why, authority=authority, items=items, tell=tell)
    if as_json:
        print_json(done)
        return
    say(
        f"Erased {done.number}: {count(sum(done.rewritten.values()), 'record')} rewritten without the name, {count(len(done.disposed), 'item')} disposed of."
    )
    if done.still_named:
        say(
            f"Still named, and not to be mended: {', '.join(done.still_named)}. They say why something is missing, and nothing may be taken out of that."
        )
    say(
        "Not reached: originals of others, which stay as they are; backups, exports and dossiers made before; what your disk keeps of deleted files. Next: witnessmark verify "
        + typed(case)
    )
