from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from witnessmark.claims import ClaimReader
from witnessmark.errors import NothingReadError
from witnessmark.evaluate.annotated import Annotated, read_annotated
from witnessmark.evaluate.as_claims import claims_of
from witnessmark.evaluate.attributions import measure_attributions
from witnessmark.evaluate.corpus import counts_of, figures_of
from witnessmark.evaluate.dates import measure_dates
from witnessmark.evaluate.figures import f_score, figure, macro_f
from witnessmark.evaluate.pairing import WordPlaces, pairs
from witnessmark.evaluate.sets import measure_attribution_file, measure_corpus_folder, measure_date_file
from witnessmark.model.claim import Certainty, Claim, Stance

ANNOTATED = """title = "The mill at Brae"
genre = "wire news"
published = "2024-05-08"
+++
[c1.who|Mara Hoel, a nurse,] [c1.cue|said] [c1.says|guards killed at least 12 prisoners at Brae on Monday]. [c2.who|The ministry] [c2.cue|denied] that [c2.says|anybody had died].
+++
[c1]
speaker = "Mara Hoel"
stance = "asserts"
kind = "factual"
certainty = "certain"
form = "indirect"
act = "killing"
victims = [{text = "at least 12 prisoners", min = 12, harm = "killed"}]
place = "Brae"
when = ["2024-05-06", "2024-05-06"]

[c2]
speaker = ["The ministry"]
stance = "denies"
polarity = "rejected"
kind = "factual"
certainty = "certain"
form = "indirect"
act = "killing"
answers = ["c1"]
"""


@pytest.fixture
def document(tmp_path: Path) -> Annotated:
    path = tmp_path / "mill.ann"
    path.write_text(ANNOTATED, encoding="utf-8")
    return read_annotated(path)


def values(document: Annotated, claims: list[Claim]) -> dict[str, float | None]:
    return {one.name: one.value for one in figures_of([counts_of(document, claims)])}


def test_an_annotation_read_back_is_right_in_every_field(document: Annotated) -> None:
    figures = values(document, claims_of(document))
    measured = {name: value for name, value in figures.items() if value is not None and name != "victims too exact"}
    assert set(measured.values()) == {1.0}, figures
    assert figures["victims too exact"] is None
    assert "denials found as denials, of all" in measured


def test_a_missed_denial_costs_recall_though_it_was_never_found(document: Annotated) -> None:
    first = claims_of(document)[:1]
    figures = values(document, first)
    assert figures["claims found"] == 0.5
    assert figures["denials found as denials, of all"] == 0.0
    assert figures["stance, right"] == 1.0


def test_a_wrong_field_lowers_its_figure_alone(document: Annotated) -> None:
    claims = claims_of(document)
    claims[0] = msgspec.structs.replace(claims[0], certainty=Certainty.POSSIBLE, stance=Stance.PREDICTS)
    figures = values(document, claims)
    assert figures["certainty, right"] == 0.5
    assert figures["stance, right"] == 0.5
    assert figures["kind, right"] == 1.0


def test_an_exact_number_read_from_a_bounded_one_is_too_exact(document: Annotated) -> None:
    claims = claims_of(document)
    count = msgspec.structs.replace(claims[0].victims[0], max=12)
    claims[0] = msgspec.structs.replace(claims[0], victims=(count,))
    figures = values(document, claims)
    assert figures["victims too exact"] == 1.0
    assert figures["victims, recall of (min, max, per)"] == 0.0


def test_several_readings_of_a_field_are_all_right_and_an_unsure_one_is_not_measured(document: Annotated) -> None:
    document.fields["c1"] |= {"stance": ["asserts", "predicts"], "unsure": ["certainty"]}
    claims = claims_of(document)
    claims[0] = msgspec.structs.replace(claims[0], stance=Stance.PREDICTS, certainty=Certainty.UNKNOWN)
    figures = values(document, claims)
    assert figures["stance, right"] == 1.0
    assert figures["certainty, right"] == 1.0


def test_claims_are_matched_one_to_one_and_by_half_their_words() -> None:
    text = "one two three four five six"
    words = WordPlaces(text)
    gold = [words.of([(0, 13)]), words.of([(14, 27)])]
    assert pairs(gold, [words.of([(0, 27)]), words.of([(14, 23)])]) == {0: 0, 1: 1}
    assert pairs(gold, [words.of([(24, 27)])]) == {1: 0}
    assert pairs([words.of([(0, 27)])], [words.of([(0, 3)])]) == {}


def test_a_figure_has_an_interval_that_holds_it_and_is_the_same_every_time() -> None:
    documents = [Counter({"hit": n % 3, "gold": 2, "predicted": 2}) for n in range(20)]
    one, other = (figure("f", documents, f_score, "gold") for _ in range(2))
    assert one == other
    assert one.value is not None
    assert one.low is not None
    assert one.high is not None
    assert one.low <= one.value <= one.high


def test_a_value_that_gold_never_has_counts_for_nothing_in_the_mean() -> None:
    counts = Counter({"a.gold": 2, "a.predicted": 2, "a.hit": 2, "b.predicted": 5})
    assert macro_f(counts, ["a", "b"]) == 1.0


def test_attributions_are_scored_by_their_words(document: Annotated) -> None:
    claims = claims_of(document)
    spans = [
        {
            "source": [[c.speaker.mention.start, c.speaker.mention.end]] if c.speaker and c.speaker.mention else [],
            "cue": [[s.start, s.end] for s in c.cue],
            "content": [[s.start, s.end] for s in c.content],
        }
        for c in claims
    ]
    article = {"text": document.text, "attributions": spans}
    figures = {f.name: f.value for f in measure_attributions([article], lambda _: [claims[:1]])}
    assert figures["paired, precision"] == 1.0
    assert figures["paired, recall"] == 0.5
    assert figures["speaker, F"] == pytest.approx(2 / 3)


def test_dates_are_scored_by_span_and_interval() -> None:
    text = "The mill burned on 3 May 2014. The barn had burned in 2012."
    day, month = text.index("3 May"), text.index("2012")
    timexes = [
        {"start": day, "end": day + len("3 May 2014"), "type": "DATE", "value": "2014-05-03"},
        {"start": month, "end": month + len("2012"), "type": "DATE", "value": "2012"},
    ]
    figures = {f.name: f.value for f in measure_dates([{"text": text, "created": "2014-07-01", "timexes": timexes}])}
    assert figures == {"dates, F": 1.0, "dates, precision": 1.0, "dates, recall": 1.0}


def test_a_set_that_is_none_is_named_with_its_line(reader: ClaimReader, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": "a", "timexes": [], "created": "2014-01-01"}) + "\n{}\n", encoding="utf-8")
    with pytest.raises(NothingReadError, match="line 2"):
        measure_date_file(path)
    with pytest.raises(NothingReadError, match="line 1"):
        measure_attribution_file(reader, path)
    with pytest.raises(NothingReadError, match="no annotated document"):
        list(measure_corpus_folder(reader, tmp_path))


def test_agreement_of_two_annotators_stands_beside_the_figures(reader: ClaimReader, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "mill.ann").write_text(ANNOTATED, encoding="utf-8")
    (tmp_path / "second" / "mill.ann").write_text(ANNOTATED.replace('certainty = "certain"', 'certainty = "probable"', 1), encoding="utf-8")
    (table,) = measure_corpus_folder(reader, tmp_path)
    assert table.agreement["certainty, right"].value == 0.5
    assert table.agreement["stance, right"].value == 1.0
