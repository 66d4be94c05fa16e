from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.claims.by_hand import added, locate, with_other_words
from witnessmark.claims.typed import Surroundings, value_of
from witnessmark.errors import UsageError
from witnessmark.model.claim import Act, BasisKind, Form, Harm, Interval, PartyRole, Per, Polarity, Precision, Speaker, Stance
from witnessmark.model.correction import CORRECTABLE, decode, encode, holds

TEXT = (
    "KORRIN, 15 May 2031 (Northern Wire) -- Envoy Ana Brecht spoke on Thursday. She said guards killed as many as 50 detainees a day last winter, "
    "citing prison registers. “The bodies were burned at Aleppo,” she said.\n"
    "وقال مُحَمَّد إنّ الجنود أحرقوا القرية.\n"
)
ITEM = "ab" * 32


def around(published: str | None = "2031-05-16") -> Surroundings:
    return Surroundings(TEXT, published, TEXT.index("guards"), {"C7": "c-seven", "I3": "cd" * 32}.get)


CLAIM = added(ITEM, "guards killed as many as 50 detainees a day", TEXT)


def typed(field: str, value: str) -> Any:  # noqa: ANN401 -- each field has its own shape
    found = value_of(field, value, CLAIM, around())
    assert decode(field if field in CORRECTABLE else "speaker", encode(found)) == found, "what is recorded is what was meant"
    return found


def test_a_claim_added_by_hand_is_its_words_and_knows_nothing_else() -> None:
    assert CLAIM.quote == "guards killed as many as 50 detainees a day"
    assert (CLAIM.speaker, CLAIM.act, CLAIM.when, CLAIM.victims, CLAIM.form) == (None, None, None, (), Form.INDIRECT)
    assert added(ITEM, "The bodies were burned at Aleppo", TEXT).form is Form.DIRECT


def test_words_may_be_typed_without_marks_case_or_line_breaks_and_are_kept_as_they_stand() -> None:
    assert locate("محمد", TEXT, 0).text == "مُحَمَّد"
    assert locate("SHE said GUARDS", TEXT, 0).text == "She said guards"
    assert locate("she said.\nوقال", TEXT, 0).text == "she said.\nوقال"
    assert locate("she said. وقال", TEXT, 0).text == "she said.\nوقال"


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40))
def test_any_selection_of_the_text_is_found_again_where_it_was_selected(start: int, length: int) -> None:
    words = TEXT[start : start + length].strip()
    if words:
        at = TEXT.index(words, start)
        span = locate(words, TEXT, at)
        assert (span.start, span.text) == (at, words)


@given(st.text(max_size=60), st.sampled_from([*CORRECTABLE, "via"]))
def test_whatever_is_typed_gives_a_value_that_stands_in_the_text_or_a_sentence(value: str, field: str) -> None:
    try:
        found = value_of(field, value, CLAIM, around())
    except UsageError:
        return
    assert decode(field if field in CORRECTABLE else "speaker", encode(found)) == found
    assert holds(found, TEXT)


def test_who_speaks_is_named_by_words_of_the_text_and_meant_by_a_name() -> None:
    speaker = typed("speaker", "She = Ana Brecht")
    assert isinstance(speaker, Speaker)
    assert speaker.mention is not None
    assert (speaker.name, speaker.mention.text, speaker.anonymous) == ("Ana Brecht", "She", False)
    unnamed = typed("speaker", "guards = anonymous")
    assert isinstance(unnamed, Speaker)
    assert (unnamed.name, unnamed.anonymous) == (None, True)
    relayed = typed("via", "Northern Wire; TNA")
    assert isinstance(relayed, Speaker)
    assert relayed.via == ("Northern Wire", "TNA")


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("Thursday", "2031-05-15", "2031-05-15"),
        ("last winter = 2030-12..2031-02", "2030-12-01", "2031-02-28"),
        ("last winter = ..2031", None, "2031-12-31"),
        ("last winter = 2030-12-24..", "2030-12-24", None),
        ("last winter = 2030", "2030-01-01", "2030-12-31"),
        ("last winter = 9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_times_are_intervals_read_from_the_words_or_said_to_be(value: str, earliest: str | None, latest: str | None) -> None:
    when = typed("when", value)
    assert isinstance(when, Interval)
    assert (when.earliest, when.latest, TEXT[when.start : when.end]) == (earliest, latest, when.text)


def test_victims_are_read_from_the_words_or_said_to_be() -> None:
    (read,) = typed("victims", "as many as 50 detainees a day")
    assert (read.min, read.max, read.per) == (None, 50, Per.DAY)
    said, part = typed("victims", "as many as 50 = ..50 per day killed; 50 = 3 part injured approximate")
    assert (said.min, said.max, said.per, said.harm) == (None, 50, Per.DAY, Harm.KILLED)
    assert (part.min, part.max, part.includes, part.harm, part.approximate) == (3, 3, 0, Harm.INJURED, True)


def test_parties_bases_places_and_answers_are_what_was_said_of_their_words() -> None:
    (party,) = typed("parties", "guards = prison guards of Korrin, perpetrator")
    assert (party.name, party.role, party.text) == ("prison guards of Korrin", PartyRole.PERPETRATOR, "guards")
    (basis,) = typed("basis", "prison registers = document, I3")
    assert (basis.kind, basis.held) == (BasisKind.DOCUMENT, "cd" * 32)
    known, unknown = typed("where", "Aleppo"), typed("where", "KORRIN = Korrin prison")
    assert (known.id, known.precision) == ("geonames:170063", Precision.LOCALITY)
    assert (unknown.name, unknown.id, unknown.latitude) == ("Korrin prison", None, None)
    assert typed("where", "KORRIN = geonames:170063").text == "KORRIN"
    assert typed("answers", "C7, C7") == ("c-seven",)


def test_a_person_may_give_the_position_of_a_place_no_gazetteer_holds_and_how_exactly_it_is_known() -> None:
    prison = typed("where", "KORRIN = Korrin prison @ 33.66, -36.33 facility")
    assert (prison.name, prison.latitude, prison.longitude, prison.precision, prison.id) == (
        "Korrin prison",
        33.66,
        -36.33,
        Precision.FACILITY,
        None,
    )
    assert typed("where", "KORRIN @ 33.66, 36.33").precision is Precision.LOCALITY
    assert typed("where", "KORRIN = 33.66, 36.33 facility").latitude == 33.66


def test_words_of_a_list_are_taken_as_they_are_and_none_empties() -> None:
    assert (typed("stance", "denies"), typed("act", "none"), typed("act", "killing")) == (Stance.DENIES, None, Act.KILLING)
    assert (typed("victims", "none"), typed("when", "none")) == ((), None)
    denial = msgspec.structs.replace(CLAIM, stance=Stance.DENIES)
    assert value_of("polarity", "negated", denial, around()) is Polarity.NEGATED


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("stance", "none", "Choose one of: asserts"),
        ("stance", "claims", "Choose one of: asserts"),
        ("speaker", "Boris = Boris Veld", "does not stand in the document"),
        ("speaker", "", "Type the words"),
        ("when", "last winter = winter", "is no date"),
        ("when", "last winter = 2031-02-31", "is no date"),
        ("victims", "guards", "No single number"),
        ("victims", "50 = many killed", "is no number of victims"),
        ("victims", "50 = 50 per fortnight", "Choose one of: hour"),
        ("parties", "guards", "Say what part"),
        ("parties", "guards = perpetrators", "Did you mean perpetrator"),
        ("basis", "prison registers = document, I9", "There is no item I9"),
        ("answers", "I3", "There is no claim"),
        ("where", "KORRIN = site:nowhere", "gazetteer holds no site:nowhere"),
        ("where", "KORRIN = Korrin @ 91, 10", "gives no position"),
        ("when", "last winter = 2031-05..2031-01", "ends before it begins"),
        ("victims", "50 = 60..40 killed", "more at least than at most"),
        ("victims", "50 = 10 killed part", "cannot be a part"),
        ("victims", "50 = 10 killed injured", "names 2 harms"),
        ("basis", "prison registers = document, C7", "There is no item C7"),
        ("polarity", "negated", "Only a denial has a polarity"),
        ("where", "KORRIN = Korrin @ here", "gives no position"),
        ("where", "KORRIN = Korrin @ 10, 10 exactly", "Choose one of: point"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_to_type_it(field: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        value_of(field, value, CLAIM, around())


def test_short_words_are_found_as_words_and_not_inside_others() -> None:
    assert locate("on", TEXT, 0).start == TEXT.index(" on Thursday") + 1
    assert locate("قال", TEXT, 0).text == "قال", "where no whole word fits, a part does"


def test_words_outside_quotation_marks_are_never_the_speakers_own() -> None:
    quoted = added(ITEM, "The bodies were burned at Aleppo", TEXT)
    assert with_other_words(ITEM, quoted, "spoke on Thursday", TEXT).form is Form.INDIRECT
    assert with_other_words(ITEM, quoted, "burned at Aleppo", TEXT).form is Form.DIRECT


def test_other_words_are_another_claim_with_all_else_kept() -> None:
    other = with_other_words(ITEM, CLAIM, "guards killed", TEXT)
    assert (other.id != CLAIM.id, other.quote, other.attribution) == (True, "guards killed", CLAIM.attribution)
