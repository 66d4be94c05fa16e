"""Documents that tell again what an older one told, where no words are copied and none is cited."""

from __future__ import annotations

from tests.corroborate.corroborate_documents import claim, count, document, only, weighed

from witnessmark.corroborate import Judged
from witnessmark.corroborate.compared import Compared
from witnessmark.corroborate.retelling import RetellingModel, accounts_of, retold
from witnessmark.corroborate.telling import Telling, telling_of
from witnessmark.corroborate.voices import Voices
from witnessmark.model.incident import TieKind
from witnessmark.model.item import SourceKind

FIRST = "Gunmen in two grey lorries shot nineteen millers at the Kessan granary near Dorvo at dawn on Sunday"
AGAIN = "Nineteen millers were gunned down when two grey lorries drew up at the granary of Kessan, outside Dorvo, on Sunday at dawn"
BEFORE = "2031-03-03"
WIRE = document("wire", f"{FIRST}.", published=BEFORE)
PAPER = document("paper", f"{AGAIN}.")
TOLD = [claim(WIRE, FIRST, victims=(count(19, 19),)), claim(PAPER, AGAIN, victims=(count(19, 19),))]


def tellings() -> list[Telling]:
    documents = {each.item: each for each in (WIRE, PAPER)}
    return sorted((telling_of(Compared.of(placed), documents[placed.item]) for placed in TOLD), key=lambda one: one.age)


def test_a_paper_that_tells_the_same_particulars_in_other_words_is_one_line_with_the_wire() -> None:
    incident = only(weighed([WIRE, PAPER], TOLD))
    assert incident.independent_lines_max == 1
    (tie,) = incident.lines[0].ties
    assert tie.kind in {TieKind.RETOLD, TieKind.REWORDED}


def test_who_likely_retells_whom_goes_from_the_younger_to_the_older_with_how_likely() -> None:
    found = retold(tellings(), Voices(tellings()))
    assert list(found) == ["paper"]
    assert found["paper"].of == "wire"
    assert RetellingModel.load().threshold <= found["paper"].likely <= 1


def test_accounts_come_oldest_first_one_for_each_document() -> None:
    assert [account.tellings[0].item for account in accounts_of(tellings(), Voices(tellings()))] == ["wire", "paper"]


def test_a_person_can_reject_that_one_retells_the_other() -> None:
    judged = Judged()
    while ties := only(weighed([WIRE, PAPER], TOLD, judged)).lines[0].ties:
        judged = Judged(rejected=judged.rejected | {tie.id for tie in ties})
    assert only(weighed([WIRE, PAPER], TOLD, judged)).independent_lines_max == 2


def test_two_bodies_that_tell_little_in_common_are_not_tied() -> None:
    other = "Our surgeons buried a carter from the granary whose neck was broken by the fall of a beam"
    parish = document("parish", f"{FIRST}.", published=BEFORE, publisher="Parish of Dorvo", kind=SourceKind.NGO)
    clinic = document("clinic", f"{other}.", publisher="Valley Surgeons", kind=SourceKind.NGO)
    documents = {each.item: each for each in (parish, clinic)}
    placed = [claim(parish, FIRST, victims=(count(19, 19),)), claim(clinic, other)]
    both = [telling_of(Compared.of(each), documents[each.item]) for each in placed]
    assert retold(both, Voices(both)) == {}


def test_a_body_that_says_how_it_knows_is_a_line_of_its_own_however_alike_its_account() -> None:
    report = document("report", f"{AGAIN}. Our team found the shells.", publisher="Valley Watch", kind=SourceKind.NGO)
    witness = document("wire", f"{FIRST}, said Edda Rok, who saw it from the bridge.", published=BEFORE)
    claims = [claim(witness, FIRST, speaker="Edda Rok", victims=(count(19, 19),)), claim(report, AGAIN, victims=(count(19, 19),))]
    assert only(weighed([witness, report], claims)).independent_lines_max == 2
