"""One picture that several documents show is one line, however many print it; what a named source says beside it stays that source's own."""

from __future__ import annotations

import msgspec
from tests.corroborate.corroborate_documents import MILL, basis, claim, document, only, weighed

from witnessmark.corroborate import Judged, PlacedClaim, PlacedDocument
from witnessmark.corroborate.pictures import SharedPicture
from witnessmark.model.claim import BasisKind
from witnessmark.model.incident import Incident, Tie, TieKind

SHOWS = "photographs of the yard"
WHO = ("Edda Rok", "Olm Beresk", "Tana Vell", "Irsa Doun")


def showing(count: int) -> list[PlacedDocument]:
    """Papers of following days, each of which shows one picture that all others show."""
    items = [f"paper {n}" for n in range(count)]
    made = []
    for n, item in enumerate(items):
        text = f"{MILL}, said {WHO[n]}, who had {SHOWS}."
        shared = tuple(SharedPicture(other, "hash of the whole, 12 bits differ") for other in items if other != item)
        made.append(msgspec.structs.replace(document(item, text, published=f"2031-03-{4 + n:02}"), pictures=shared))
    return made


def resting_on_it(papers: list[PlacedDocument]) -> list[PlacedClaim]:
    return [claim(each, MILL, speaker=WHO[n], basis=basis(each, SHOWS, BasisKind.IMAGE)) for n, each in enumerate(papers)]


def ties_by_picture(incident: Incident) -> list[Tie]:
    return [tie for line in incident.lines for tie in line.ties if tie.kind is TieKind.PICTURE]


def test_all_who_rest_on_one_picture_are_one_line() -> None:
    papers = showing(4)
    incident = only(weighed(papers, resting_on_it(papers)))
    assert (incident.independent_lines, incident.independent_lines_max) == (1, 1)
    ties = ties_by_picture(incident)
    assert len(ties) == 3
    assert all("hash of the whole, 12 bits differ" in tie.why for tie in ties)
    assert all(tie.span.text == SHOWS for tie in ties)


def test_those_who_rest_on_pictures_of_their_own_are_lines_of_their_own() -> None:
    papers = [msgspec.structs.replace(each, pictures=()) for each in showing(3)]
    incident = only(weighed(papers, resting_on_it(papers)))
    assert incident.independent_lines_max == 3
    assert ties_by_picture(incident) == []


def test_what_a_named_witness_says_beside_a_shared_picture_is_a_line_of_its_own() -> None:
    papers = showing(2)
    incident = only(weighed(papers, [claim(each, MILL, speaker=WHO[n]) for n, each in enumerate(papers)]))
    assert incident.independent_lines_max == 2


def test_an_account_of_unknown_origin_beside_a_shared_picture_adds_no_line() -> None:
    papers = showing(2)
    texts = (f"{MILL}.", "Nine workers were shot on Sunday at Dorvo by gunmen in the Kessan mill.")
    papers = [msgspec.structs.replace(each, text=text) for each, text in zip(papers, texts, strict=True)]
    incident = only(weighed(papers, [claim(papers[0], MILL), claim(papers[1], texts[1][:-1])]))
    assert incident.independent_lines_max == 1


def test_a_tie_by_a_picture_can_be_rejected() -> None:
    papers = showing(2)
    claims = resting_on_it(papers)
    (tie,) = ties_by_picture(only(weighed(papers, claims)))
    incident = only(weighed(papers, claims, Judged(rejected=frozenset({tie.id}))))
    assert (ties_by_picture(incident), incident.independent_lines_max) == ([], 2)
