"""The sentences on what became of a pledge: never more than claims say, each with the claims it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from witnessmark.model.pledge import Bearing, Pledge, PledgeKind, PledgeState
from witnessmark.model.view import ReadClaim
from witnessmark.publish.attribution import LONGEST_PHRASE, whose
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import of_claim
from witnessmark.publish.prose import Given, Inline, Sentence, clip, listed, sentence
from witnessmark.publish.words import dates_words, day_words

KIND_WORDS = {PledgeKind.COMMITMENT: "Pledge", PledgeKind.DEMAND: "Demand", PledgeKind.AGREEMENT: "Agreement"}
FOLLOWED = {PledgeKind.DEMAND: ("met", "refused")}
"""What a demand is that was kept or broken."""

STATE_WORDS = {
    PledgeState.KEPT: "said to be {kept}",
    PledgeState.BROKEN: "said to be {broken}",
    PledgeState.UNCLEAR: "unclear",
    PledgeState.OVERDUE: "overdue, nothing said of it",
    PledgeState.NOT_YET_DUE: "not yet due",
}

BEARING_WORDS = {
    Bearing.SAYS_KEPT: "says that it was {kept}",
    Bearing.SAYS_BROKEN: "says that it was {broken}",
    Bearing.DOUBTS: "doubts it",
    Bearing.DENIES: "denies it, or that it was {broken}",
    Bearing.SPEAKS_OF: "speaks of it, and does not say whether it was {kept}",
}

MOST_NAMED = 6


def followed(pledge: Pledge, words: str) -> str:
    """Words about a pledge with what was kept or broken in them; of a demand, met or refused."""
    kept, broken = FOLLOWED.get(pledge.kind, ("kept", "broken"))
    return words.format(kept=kept, broken=broken)


def state_words(pledge: Pledge) -> str:
    """Its state in a few words."""
    return followed(pledge, STATE_WORDS[pledge.state])


def tellers(pledge: Pledge, casebook: Casebook) -> list[ReadClaim]:
    """The claims that tell of it, oldest first."""
    return [casebook.claims[each] for each in pledge.claims if each in casebook.claims]


def due_words(earliest: str | None, latest: str | None) -> str:
    """When it is due: "by 30 April 2019"."""
    return f"by {day_words(latest)}" if latest and not earliest else dates_words(earliest, latest)


def named(reads: Iterable[ReadClaim], casebook: Casebook) -> Inline:
    """Who these claims are by, each once."""
    lines = list(dict.fromkeys(whose(read, casebook) for read in reads))
    more: list[Inline] = [(f"{len(lines) - MOST_NAMED} more",)] if len(lines) > MOST_NAMED else []
    return listed([*lines[:MOST_NAMED], *more])


def head_of(pledge: Pledge, casebook: Casebook) -> Sentence:
    """What it is and whose, as told."""
    reads = tellers(pledge, casebook)
    cites = tuple(map(of_claim, reads[:MOST_NAMED]))
    if pledge.kind is PledgeKind.AGREEMENT:
        return sentence("Agreement, told of by ", *named(reads, casebook), cites=cites)
    whom: Inline = ((", to " if pledge.kind is PledgeKind.COMMITMENT else ", addressed to "), *_names(pledge.to)) if pledge.to else ()
    return sentence(f"{KIND_WORDS[pledge.kind]} by ", *named(reads[:1], casebook), *whom, cites=cites)


def state_of(pledge: Pledge, casebook: Casebook) -> Iterator[Sentence]:
    """What is said to have become of it by the day the dossier shows, then who doubts and who denies it."""
    day = day_words(pledge.on)
    reads = {bearing: _reads(pledge, casebook, bearing) for bearing in Bearing}
    kept, broken = (reads[each] for each in (Bearing.SAYS_KEPT, Bearing.SAYS_BROKEN))
    own = tuple(map(of_claim, tellers(pledge, casebook)[:MOST_NAMED]))
    if pledge.due is not None:
        yield sentence(f"It is given as due {due_words(*pledge.due)}.", cites=own)
    if kept or broken:
        lines = [
            (followed(pledge, words), *named(found, casebook))
            for found, words in ((kept, "to have been {kept}, by "), (broken, "to have been {broken}, by "))
            if found
        ]
        unclear = ", so what became of it is unclear" if kept and broken else ""
        yield sentence(f"By {day} it is said ", *listed(lines), f"{unclear}.", cites=tuple(map(of_claim, (*kept, *broken)[:MOST_NAMED])))
    else:
        yield sentence(_silent(pledge, day, "shown" if casebook.handed_out else "held"), cites=own)
    for bearing, words in (
        (Bearing.DOUBTS, "It is doubted by "),
        (Bearing.DENIES, followed(pledge, "It, or that it was {broken}, is denied by ")),
    ):
        if reads[bearing]:
            yield sentence(words, *named(reads[bearing], casebook), ".", cites=tuple(map(of_claim, reads[bearing][:MOST_NAMED])))


def _silent(pledge: Pledge, day: str, here: str) -> str:
    """Where no claim says what became of it: that, and nothing more."""
    match pledge.state:
        case PledgeState.OVERDUE:
            return f"On {day} that day has passed, and no claim {here} here says what became of it: overdue."
        case PledgeState.NOT_YET_DUE:
            return f"On {day} that day has not come."
        case _:
            spoken = pledge.bearing(Bearing.SPEAKS_OF, Bearing.DENIES)
            said = "what is said of it settles nothing" if spoken else f"no claim {here} here says"
            return f"On {day} what became of it is unclear: {said}."


def _reads(pledge: Pledge, casebook: Casebook, bearing: Bearing) -> list[ReadClaim]:
    return [casebook.claims[each] for each in pledge.bearing(bearing) if each in casebook.claims]


def _names(names: Iterable[str]) -> Inline:
    return listed([(Given(clip(name, LONGEST_PHRASE)),) for name in names])
