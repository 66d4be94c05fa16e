"""What the problems of a reading say where a package is not what it says of itself: words that people have to meet in `status`, not only in the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

OTHER_DIGEST = "do not have the digest that is given for them"
NOT_THERE = "are named and did not come with it"
OTHER_BYTES = "the digest its record gives is not that of its bytes"
UNFIT_SIGNATURE = "The signature of the data package"

_DOUBTS = (OTHER_DIGEST, NOT_THERE, OTHER_BYTES, UNFIT_SIGNATURE)


def doubts_among(problems: Iterable[str]) -> Iterator[str]:
    """Those of the problems that say so, as they are worded."""
    return (problem for problem in problems if any(doubt in problem for doubt in _DOUBTS))
