"""Cases of an invented witness who names real and invented places, for the tests of the map and of what is coarse in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from witnessmark.model.claim import Act, ClaimPlace, Precision, Speaker, Stance
from witnessmark.model.span import Span
from witnessmark.model.view import CaseView

if TYPE_CHECKING:
    from tests.publish.conftest import Pile


class Named(NamedTuple):
    """A place as one claim names it."""

    name: str
    latitude: float | None
    longitude: float | None
    precision: Precision | None
    id: str | None = None
    act: Act = Act.ATTACK
    stance: Stance = Stance.ASSERTS


def placed(pile: Pile, *places: Named) -> CaseView:
    """One claim a place, each a sentence of one document."""
    heads = [f"Witness {number} spoke of " for number in range(len(places))]
    text = "".join(f"{head}{place.name}.\n" for head, place in zip(heads, places, strict=True))
    item = pile.hold(text.encode(), "statements.txt", text=text, document={"language": "en"})
    at = 0
    for number, (head, place) in enumerate(zip(heads, places, strict=True)):
        start = at + len(head)
        where = ClaimPlace(
            place.name, place.id, place.latitude, place.longitude, place.precision, start, start + len(place.name), place.name
        )
        speaker = Speaker(f"Witness {number}", Span.of(text, at, at + len(f"Witness {number}")))
        pile.say(item, f"of {place.name}.\n"[3:-1], speaker=speaker, cue=head[-9:-1], where=where, act=place.act, stance=place.stance)
        at = start + len(place.name) + 2
    return pile.view()
