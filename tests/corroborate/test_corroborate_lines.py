from __future__ import annotations

import msgspec
from tests.corroborate.corroborate_documents import MILL, basis, claim, count, document, only, weighed

from witnessmark.corroborate import Judged
from witnessmark.model.claim import BasisKind, Certainty
from witnessmark.model.incident import Change, TieKind
from witnessmark.model.item import SourceKind

SAW = "who watched from the loft"
WIRE = document("wire", f'{MILL}, said Edda Rok, the manager, {SAW}. "They knew the shift," she said.', published="2031-03-03")


def test_the_wire_and_all_its_reprints_are_one_line() -> None:
    copies = [document(f"paper {n}", f"{MILL}, said Edda Rok, the manager, {SAW}.") for n in range(5)]
    claims = [claim(each, MILL, speaker="Edda Rok") for each in (WIRE, *copies)]
    incident = only(weighed([WIRE, *copies], claims))
    assert (incident.independent_lines, incident.independent_lines_max) == (1, 1)
    (line,) = incident.lines
    assert (line.name, line.root, len(line.members), line.access) == ("Edda Rok", claims[0].claim.id, 5, BasisKind.SAW)


def test_a_paper_that_prints_the_wire_without_credit_adds_no_line_and_its_tie_shows_the_words() -> None:
    paper = document("paper", f"{MILL}, in an attack that has shaken the valley and its people, {SAW} or from the road.")
    wire = document(
        "wire", f"{MILL}, in an attack that has shaken the valley and its people, said Edda Rok, {SAW}.", published="2031-03-03"
    )
    claims = [claim(wire, MILL, speaker="Edda Rok"), claim(paper, MILL)]
    (line,) = only(weighed([wire, paper], claims)).lines
    (tie,) = line.ties
    assert (tie.kind, tie.claim, tie.of, tie.item, tie.of_item) == (
        TieKind.PASSAGE,
        claims[1].claim.id,
        claims[0].claim.id,
        "paper",
        "wire",
    )
    assert tie.span.holds_in(paper.text)
    assert tie.of_span is not None
    assert tie.of_span.holds_in(wire.text)


def test_a_rejected_tie_parts_the_copy_from_its_root() -> None:
    paper = document("paper", f"{MILL}, in an attack that has shaken the valley and its people.")
    wire = document(
        "wire", f"{MILL}, in an attack that has shaken the valley and its people, said Edda Rok, {SAW}.", published="2031-03-03"
    )
    claims = [claim(wire, MILL, speaker="Edda Rok"), claim(paper, MILL)]
    judged = Judged()
    while ties := only(weighed([wire, paper], claims, judged)).lines[0].ties:
        judged = Judged(rejected=judged.rejected | {tie.id for tie in ties})
    incident = only(weighed([wire, paper], claims, judged))
    assert (incident.independent_lines, incident.independent_lines_max) == (1, 2)


def test_two_witnesses_who_do_not_cite_each_other_are_two_lines() -> None:
    other = document("radio", f"{MILL}, said Olm Beresk, a carter, who saw it from the bridge.")
    incident = only(weighed([WIRE, other], [claim(WIRE, MILL, speaker="Edda Rok"), claim(other, MILL, speaker="Olm Beresk")]))
    assert (incident.independent_lines, incident.independent_lines_max) == (2, 2)


def test_an_account_of_unknown_origin_establishes_no_line() -> None:
    paper = document("paper", f"{MILL}.")
    incident = only(weighed([paper], [claim(paper, MILL)]))
    assert (incident.independent_lines, incident.independent_lines_max, incident.level) == (0, 1, 1)


def test_a_speaker_who_does_not_say_how_he_knows_establishes_no_line() -> None:
    paper = document("paper", f"{MILL}, said Edda Rok.")
    incident = only(weighed([paper], [claim(paper, MILL, speaker="Edda Rok")]))
    assert (incident.independent_lines, incident.independent_lines_max, incident.level) == (0, 1, 2)


def test_a_speaker_who_cites_another_adds_none() -> None:
    envoy = document("briefing", f"{MILL}, said Envoy Tarn, citing Edda Rok.", published="2031-03-05")
    cited = claim(envoy, MILL, speaker="Envoy Tarn", basis=basis(envoy, "citing Edda Rok", BasisKind.WAS_TOLD))
    incident = only(weighed([WIRE, envoy], [claim(WIRE, MILL, speaker="Edda Rok"), cited]))
    assert (incident.independent_lines, incident.independent_lines_max) == (1, 1)
    assert [tie.kind for tie in incident.lines[0].ties] == [TieKind.CITED]


def test_sources_that_cite_each_other_in_a_circle_are_one_line_that_is_not_established() -> None:
    one = document("one", f"{MILL}, said Arno Vell, citing Bela Sund.")
    other = document("other", f"{MILL}, said Bela Sund, citing Arno Vell.")
    claims = [
        claim(one, MILL, speaker="Arno Vell", basis=basis(one, "citing Bela Sund", BasisKind.WAS_TOLD)),
        claim(other, MILL, speaker="Bela Sund", basis=basis(other, "citing Arno Vell", BasisKind.WAS_TOLD)),
    ]
    incident = only(weighed([one, other], claims))
    assert (incident.independent_lines, incident.independent_lines_max) == (0, 1)


def test_a_source_that_quotes_itself_is_one_line() -> None:
    paper = document("paper", f"{MILL}, said Edda Rok, citing Edda Rok, {SAW}.")
    quoted = claim(paper, MILL, speaker="Edda Rok", basis=basis(paper, "citing Edda Rok", BasisKind.WAS_TOLD))
    assert only(weighed([paper], [quoted])).independent_lines_max == 1


def test_unnamed_witnesses_met_in_one_report_are_one_line() -> None:
    report = document(
        "report",
        f"{MILL}, residents who saw it told the team. Nine workers lay at the Kessan mill, witnesses who saw them said.",
        publisher="Valley Rights Watch",
        kind=SourceKind.NGO,
    )
    claims = [
        claim(report, MILL, speaker="residents", anonymous=True),
        claim(report, "Nine workers lay at the Kessan mill", speaker="witnesses", anonymous=True),
    ]
    incident = only(weighed([report], claims))
    assert (incident.independent_lines, incident.independent_lines_max) == (1, 1)


def test_a_hospital_that_speaks_of_its_own_register_is_a_line_held_here() -> None:
    register = document("register", f"{MILL}. Bodies received, nos 1 to 9.", publisher="Dorvo Hospital", kind=SourceKind.HOSPITAL)
    (line,) = only(weighed([register], [claim(register, MILL)])).lines
    assert (line.established, line.access, line.held) == (True, BasisKind.DOCUMENT, "register")


def test_a_relay_that_changed_the_figure_is_drift_and_no_value() -> None:
    relay = document("relay", "At least nine workers were shot at the Kessan mill near Dorvo, said Edda Rok.")
    root = claim(WIRE, MILL, speaker="Edda Rok", victims=(count(9, 9, "nine workers"),))
    changed = claim(
        relay,
        "At least nine workers were shot at the Kessan mill near Dorvo",
        speaker="Edda Rok",
        victims=(count(9, None, "At least nine workers"),),
    )
    incident = only(weighed([WIRE, relay], [root, changed]))
    (line,) = incident.lines
    assert line.drift == (changed.claim.id,)
    (drift,) = line.changes
    assert (drift.what, drift.was, drift.became) == (Change.FIGURE, "nine workers", "At least nine workers")
    assert [(each.min, each.max) for each in incident.victims] == [(9, 9)]


def test_a_relay_that_drops_the_hedge_is_drift() -> None:
    relay = document("relay", f"{MILL}, said Edda Rok.")
    root = claim(WIRE, MILL, speaker="Edda Rok", certainty=Certainty.PROBABLE)
    incident = only(weighed([WIRE, relay], [root, claim(relay, MILL, speaker="Edda Rok")]))
    assert [drift.what for drift in incident.lines[0].changes] == [Change.HEDGE]


def test_a_relay_that_says_the_same_is_no_drift() -> None:
    relay = document("relay", f"{MILL}, said Edda Rok.")
    claims = [claim(each, MILL, speaker="Edda Rok", victims=(count(9, 9),)) for each in (WIRE, relay)]
    assert only(weighed([WIRE, relay], claims)).lines[0].drift == ()


def test_every_tie_id_stays_the_same_whatever_else_is_held() -> None:
    paper = document("paper", f"{MILL}, in an attack that has shaken the valley and its people.")
    wire = document(
        "wire", f"{MILL}, in an attack that has shaken the valley and its people, said Edda Rok, {SAW}.", published="2031-03-03"
    )
    more = msgspec.structs.replace(WIRE, item="third", text=f"{MILL}, said Olm Beresk.")
    claims = [claim(wire, MILL, speaker="Edda Rok"), claim(paper, MILL)]
    few = {tie.id for line in only(weighed([wire, paper], claims)).lines for tie in line.ties}
    many = {
        tie.id for line in only(weighed([wire, paper, more], [*claims, claim(more, MILL, speaker="Olm Beresk")])).lines for tie in line.ties
    }
    assert few
    assert few <= many
