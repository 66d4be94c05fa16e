"""The check of a photograph, film or recording on its card: what the file says of itself, whether its credentials hold, and where it differs from what is said.

In plain words and with both values, without a verdict. What leaves the case has the state of the credentials alone: positions, times, numbers of devices and
captions point at whoever made the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.media import CheckedMedia, Credentials, CredentialState, Difference
from witnessmark.model.view import HeldItem
from witnessmark.publish.attribution import LONGEST_PHRASE
from witnessmark.publish.block import Fact
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Given, Inline, Ref, clip, some
from witnessmark.publish.words import moment_words

CREDENTIALS = "Content credentials"
MEANS = {
    CredentialState.NONE: "; most files have none, and that says nothing of what they show",
    CredentialState.UNKNOWN_SIGNER: "; the file is as somebody signed it, and who that is nobody here vouches for",
    CredentialState.TRUSTED: "; the file is as that signer signed it, which does not show that what is seen happened",
    CredentialState.ALTERED: "; the file or its credentials are not what was signed, for whatever reason",
}
NO_DIFFERENCE = "nothing was found that differs, which does not show that what is said of it is true"
STAYS = "what else its file says of itself stays in the case"
LONGEST_SENTENCE = 600
MOST_WORDS = 30


def media_facts(held: HeldItem, casebook: Casebook) -> Iterator[Fact]:
    """The lines of an item that was checked; none where it was not."""
    checked = held.media
    if checked is None:
        return
    if casebook.handed_out:
        yield Fact(CREDENTIALS, (*_state(checked.check.credentials), f"; {STAYS}"))
        return
    yield Fact(
        "Checked",
        (f"{moment_words(checked.at)} with ", Given(", ".join(f"{name} {version}" for name, version in checked.check.programs.items()))),
    )
    yield Fact(CREDENTIALS, (*_state(checked.check.credentials), *_signer(checked.check.credentials)))
    yield from _stated(checked)
    yield from _traces(checked)
    yield from (Fact(f"Differs: {each.topic.value}", _difference(each, casebook)) for each in checked.differences)
    if not checked.differences:
        yield Fact("Differs", (NO_DIFFERENCE,))
    if checked.agreements:
        yield Fact("Fits", some([_given(sentence) for sentence in checked.agreements], " "))
    yield from _words(checked)
    yield from _sheets(checked)
    if checked.check.problems:
        yield Fact("Not looked at", some([_given(problem) for problem in checked.check.problems], " "))


def _given(text: str, longest: int = LONGEST_SENTENCE) -> Inline:
    return (Given(clip(text, longest)),)


def _state(credentials: Credentials) -> Inline:
    """The fixed words, and what they mean; why nothing can be said where that is so."""
    if credentials.state is None:
        return ("not checked", *((": ", *_given(credentials.reason)) if credentials.reason else ()))
    lists: Inline = (" ", Given(", ".join(credentials.trusted_by))) if credentials.state is CredentialState.TRUSTED else ()
    return (credentials.state.value, *lists, MEANS[credentials.state])


def _signer(credentials: Credentials) -> Inline:
    parts: list[Inline] = []
    named = " of ".join(part for part in (credentials.signer, credentials.issuer) if part)
    if named:
        parts.append(("signed by the certificate of ", *_given(named, LONGEST_PHRASE)))
    if credentials.actions:
        parts.append(("the signer says: ", *some([_given(action, LONGEST_PHRASE) for action in credentials.actions], "; ", 6)))
    if credentials.codes:
        parts.append(("what does not hold: ", *_given(", ".join(credentials.codes))))
    if credentials.made_from:
        parts.append(("what does not hold in the files it was made from: ", *_given(", ".join(credentials.made_from))))
    return ("; ", *some(parts, "; ")) if parts else ()


def _stated(checked: CheckedMedia) -> Iterator[Fact]:
    facts = checked.facts
    if facts.times:
        times: list[Inline] = [
            (
                Given(clip(time.written, 80)),
                f", {time.clock.value} (",
                Given(clip(time.tag, 80)),
                f"), in UTC from {moment_words(time.earliest)} to {moment_words(time.latest)}",
            )
            for time in facts.times
        ]
        yield Fact("States the time", some(times, "; ", 8))
    if facts.unset:
        yield Fact("Date left empty", some([_given(each, 120) for each in facts.unset], "; ", 8))
    if facts.positions:
        positions: list[Inline] = [(f"{one.latitude:.5f}, {one.longitude:.5f} (", Given(clip(one.tag, 80)), ")") for one in facts.positions]
        yield Fact("States the place", some(positions, "; ", 8))
    if facts.track:
        yield Fact("Holds", (facts.track_in_words,))
    if facts.device or facts.device_ids:
        named = [facts.device] if facts.device else []
        yield Fact("Names the device", some([_given(each, LONGEST_PHRASE) for each in (*named, *facts.device_ids)], "; ", 8))
    if facts.captions:
        yield Fact(
            "Holds the caption",
            some([(*_given(text, LONGEST_PHRASE), " (", Given(clip(tag, 80)), ")") for tag, text in facts.captions], "; ", 8),
        )


def _traces(checked: CheckedMedia) -> Iterator[Fact]:
    if traces := checked.facts.traces:
        lines: list[Inline] = [
            (*_given(trace.written, LONGEST_PHRASE), " (", Given(clip(trace.tag, 80)), f"): {trace.meaning}") for trace in traces
        ]
        yield Fact("Traces of handling", some(lines, "; ", 10))


def _difference(each: Difference, casebook: Casebook) -> Inline:
    claim = casebook.claims.get(each.claim) if each.claim else None
    return (*_given(each.sentence), *((" ", Ref(of_claim(claim))) if claim is not None else ()))


def _words(checked: CheckedMedia) -> Iterator[Fact]:
    if words := checked.check.words:
        lines: list[Inline] = [
            (Given(clip(word.text, 80)), f" ({word.confidence:.0f}{'' if word.seconds is None else f', at {word.seconds:g} s'})")
            for word in words
        ]
        proposed = "proposed, with the confidence of each in 100; a name among them is nobody's until a person has read it in the picture: "
        yield Fact("Words by OCR", (proposed, *some(lines, " ", MOST_WORDS)))


def _sheets(checked: CheckedMedia) -> Iterator[Fact]:
    for sheet in checked.sheets:
        at = ", ".join(f"{second:.1f}" for second in sheet.seconds[:MOST_WORDS])
        more = f" and {len(sheet.seconds) - MOST_WORDS} more" if len(sheet.seconds) > MOST_WORDS else ""
        yield Fact("Key frames", (f"drawn on a sheet kept outside the case, at {at}{more} s, by ", Given(sheet.program)))
