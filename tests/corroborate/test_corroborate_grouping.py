from __future__ import annotations

import random

import msgspec
from tests.corroborate.corroborate_claims import placed
from tests.corroborate.corroborate_documents import MILL, claim, document, only, weighed

from witnessmark.corroborate import Corroborated, Corroboration, Judged, PlacedClaim, PlacedDocument
from witnessmark.model.claim import Act, ClaimPlace, Interval, Kind, Precision, Stance
from witnessmark.model.incident import Role

YARD = "Seven coach passengers were taken to the washing wall of the bus yard and executed by scouts with red scarves"
YARD_AGAIN = "Scouts executed seven passengers of a coach against the washing wall in the bus yard"
MARKET = "An aircraft dropped two bombs on the livestock market where camel traders and tea sellers had gathered"
MARKET_AGAIN = "Two bombs fell from an aircraft on the livestock market among the camel traders"


def town(part: str, first: str, other: str) -> tuple[PlacedDocument, list[PlacedClaim]]:
    """A document of one day that tells of two happenings in one town."""
    told = document(part, f"{first}.\n\nPrices rose and the river fell.\n\nThe ferry was late again, the council said.\n\n{other}.")
    return told, [claim(told, first), claim(told, other)]


def at(of: PlacedClaim, site: str, north: float = 20.0, precision: Precision = Precision.FACILITY) -> PlacedClaim:
    """The claim with a place in one town; `north` in degrees."""
    place = ClaimPlace(site, f"site:{site}" if precision is Precision.FACILITY else f"geonames:{site}", north, 10.0, precision, 0, 1, site)
    return msgspec.structs.replace(of, claim=msgspec.structs.replace(of.claim, where=place))


def groups(found: Corroborated) -> set[frozenset[str]]:
    return {frozenset(part.id for part in incident.claims) for incident in found.incidents}


def test_two_incidents_on_one_day_in_one_town_stay_two() -> None:
    one, first = town("one", MARKET, YARD)
    other, second = town("other", YARD_AGAIN, MARKET_AGAIN)
    first, second = [at(first[0], "market"), at(first[1], "yard")], [at(second[0], "yard"), at(second[1], "market")]
    found = groups(weighed([one, other], [*first, *second]))
    market, yard = {first[0].claim.id, second[1].claim.id}, {first[1].claim.id, second[0].claim.id}
    assert found == {frozenset(market), frozenset(yard)}


def test_a_prison_lies_in_its_province_and_not_in_another() -> None:
    told = [document(f"paper {n}", f"{MILL}. Number {n}.") for n in range(3)]
    prison = at(claim(told[0], MILL), "kessan-mill")
    province, other = (
        at(claim(each, MILL), name, north, Precision.REGION) for each, name, north in ((told[1], "1", 21.0), (told[2], "2", 40.0))
    )
    assert groups(weighed(told, [prison, province, other])) == {
        frozenset([prison.claim.id, province.claim.id]),
        frozenset([other.claim.id]),
    }


def test_one_happening_told_by_three_documents_is_one_incident() -> None:
    told = [document(f"paper {n}", f"{MILL}, the paper learned. Number {n}.", published=f"2031-03-0{n + 3}") for n in range(3)]
    incident = only(weighed(told, [claim(each, MILL) for each in told]))
    assert [part.role for part in incident.claims] == [Role.SUPPORTS] * 3


def many() -> tuple[list[PlacedDocument], list[PlacedClaim]]:
    told = [town(f"d{n}", *((MARKET, YARD) if n % 2 else (YARD_AGAIN, MARKET_AGAIN))) for n in range(5)]
    told += [
        (each, [claim(each, MILL)]) for n in range(3) for each in [document(f"m{n}", f"{MILL}. Number {n}.", published=f"2031-0{n + 4}-02")]
    ]
    return [each for each, _ in told], [each for _, claims in told for each in claims]


def test_the_order_in_which_claims_and_documents_come_changes_nothing() -> None:
    documents, claims = many()
    expected = weighed(documents, claims)
    assert len(expected.incidents) > 1
    for seed in range(4):
        draw = random.Random(seed)  # noqa: S311 -- an order, not a secret
        assert weighed(draw.sample(documents, len(documents)), draw.sample(claims, len(claims))) == expected


def test_a_case_that_grows_by_one_document_after_another_gives_what_it_gives_at_once() -> None:
    documents, claims = many()
    growing = Corroboration()
    for each in documents:
        growing.change([one for one in claims if one.item == each.item], [each])
        growing.result()
    assert growing.result() == weighed(documents, claims)


def test_a_document_read_again_takes_the_place_of_its_first_reading() -> None:
    documents, claims = many()
    again = Corroboration()
    again.change(claims, documents)
    again.result()
    again.change([one for one in claims if one.item == "d1"][:1], [documents[1]])
    kept = [one for one in claims if one.item != "d1"] + [one for one in claims if one.item == "d1"][:1]
    assert groups(again.result()) == groups(weighed(documents, kept))


def test_people_merge_and_part_last_and_a_new_document_does_not_undo_it() -> None:
    one, first = town("one", MARKET, YARD)
    merged = Judged(merged=((first[0].claim.id, first[1].claim.id),))
    assert groups(weighed([one], first, merged)) == {frozenset(each.claim.id for each in first)}
    told = [document(f"paper {n}", f"{MILL}. Number {n}.") for n in range(3)]
    claims = [claim(each, MILL) for each in told]
    parted = Judged(apart=((claims[2].claim.id,),))
    for held in (2, 3):
        assert groups(weighed(told[:held], claims[:held], parted)) == {
            frozenset(each.claim.id for each in claims[:2]),
            *([frozenset([claims[2].claim.id])] if held > 2 else []),
        }


def test_a_thousand_copies_of_one_article_are_one_incident_of_one_line() -> None:
    wire = document("wire", f"{MILL}, said Edda Rok, who watched from the loft of the mill with two of her men.", published="2031-03-03")
    copies = [document(f"paper {n:04}", f"{wire.text} Number {n}.") for n in range(1000)]
    incident = only(weighed([wire, *copies], [claim(each, MILL, speaker="Edda Rok") for each in (wire, *copies)]))
    assert (incident.independent_lines, incident.independent_lines_max, len(incident.lines[0].members)) == (1, 1, 1000)


def test_a_claim_with_nothing_but_a_verb_stands_alone() -> None:
    told = [document(f"paper {n}", "They killed.") for n in range(2)]
    found = weighed(told, [claim(each, "killed") for each in told])
    assert sum(len(incident.claims) for incident in found.incidents) == 2


def test_contradictory_dates_in_one_document_both_stay() -> None:
    told = document("paper", f"{MILL} on 2 March. {MILL} on 9 March.")
    days = [Interval(day, day, 0, 1, day) for day in ("2031-03-02", "2031-03-09")]
    second = claim(told, f"{MILL} on 9 March", when=days[1])
    found = weighed([told], [claim(told, f"{MILL} on 2 March", when=days[0]), second])
    times = {(incident.when.earliest, incident.when.latest) for incident in found.incidents if incident.when}
    assert times in ({("2031-03-02", "2031-03-09")}, {("2031-03-02", "2031-03-02"), ("2031-03-09", "2031-03-09")})


def test_opinions_demands_and_meetings_make_no_incident() -> None:
    told = document("paper", f"{MILL}.")
    claims = [claim(told, MILL, kind=Kind.OPINION), claim(told, MILL, act=Act.MEETING), claim(told, MILL, stance=Stance.DEMANDS)]
    assert all(weighed([told], [each]).incidents == () for each in claims)


def test_claims_without_their_documents_are_known_by_their_own_words() -> None:
    found = weighed([], [placed(), placed(place="site:other", item="report")])
    assert sum(len(incident.claims) for incident in found.incidents) == 2


def test_a_claim_that_comes_twice_counts_once() -> None:
    told = document("paper", f"{MILL}.")
    alleged = claim(told, MILL)
    assert [part.id for part in only(weighed([told], [alleged, alleged])).claims] == [alleged.claim.id]
