"""Matched pictures, cut down to what a public dossier may hold: matches that a person confirmed, between two items that are shown both.

A match with anything that is not shown would tell that it is held; one that nobody looked at would be a machine's guess.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.model.matching import MatchedPictures, PicturesCompared


def public_pictures(found: PicturesCompared, numbers: Mapping[str, tuple[str, str]]) -> PicturesCompared:
    """What may be shown of what was compared. `numbers` gives, by id, the number of each item that is shown in the case and in the dossier."""
    shown_as = dict(numbers.values())
    return PicturesCompared(
        matches=tuple(
            MatchedPictures(
                each.match,
                numbers=(numbers[each.match.one][1], numbers[each.match.other][1]),
                names=("", ""),
                documents=(_shown(each.documents[0], shown_as), _shown(each.documents[1], shown_as)),
                confirmed=True,
            )
            for each in found.matches
            if each.confirmed and each.match.one in numbers and each.match.other in numbers
        )
    )


def _shown(documents: tuple[str, ...], shown_as: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(shown_as[number] for number in documents if number in shown_as)
