"""What people say of pairs, over the scores."""

import numpy as np
import pytest

from witnessmark.errors import UsageError
from witnessmark.link.clusters import clustered
from witnessmark.link.draws import draw_linkages
from witnessmark.link.graph import graph_of
from witnessmark.link.judgements import Judgement, judged, read_judgements, worth_asking
from witnessmark.link.records import ListRecord, ScoredPair

RECORDS = [ListRecord(id=name, list=name) for name in "abc"]
IDS = ["a", "b", "c"]


def test_a_pair_judged_is_linked_or_parted_whatever_its_score() -> None:
    pairs = judged([ScoredPair("a", "b", 0.97)], [Judgement("b", "a", "different"), Judgement("b", "c", "same")], IDS)
    graph = graph_of(RECORDS, pairs)
    assert clustered(graph, 0.5).tolist() == [0, 1, 1]
    for drawn in draw_linkages(graph, np.arange(3), draws=20):
        assert drawn.tolist() == [0, 1, 1]


def test_the_last_judgement_counts_and_unsure_takes_back_what_was_said() -> None:
    pairs = [ScoredPair("a", "b", 0.4)]
    said = [Judgement("a", "b", "same"), Judgement("a", "b", "different")]
    assert judged(pairs, said, IDS)[0].probability < 1e-9
    assert judged(pairs, [*said, Judgement("b", "a", "unsure")], IDS) == pairs


def test_judgements_are_read_in_letters_or_words_and_lines_without_one_are_not_judged_yet() -> None:
    content = "one,other,probability,verdict\na,b,0.5,y\nb,c,0.4,\na,c,0.4,Different\n".encode("utf-8-sig")
    assert read_judgements(content, "said.csv") == [Judgement("a", "b", "same"), Judgement("a", "c", "different")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"one,other,verdict\na,b,maybe\n", "said.csv, line 2: 'maybe' is no verdict"),
        (b"a,b\n1,2\n", "judgements have the columns one, other, verdict; here they are a, b"),
        (b"", "here they are none"),
        (b"\xff\xfe\x00", "is no CSV file in UTF-8"),
    ],
    ids=["unknown verdict", "other columns", "empty", "not text"],
)
def test_what_is_no_judgement_is_refused_with_the_line(content: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_judgements(content, "said.csv")


@pytest.mark.parametrize(("one", "other", "words"), [("a", "x", "'x', which is on none"), ("a", "a", "with itself")])
def test_a_judgement_of_what_is_not_there_is_refused(one: str, other: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        judged([], [Judgement(one, other, "same")], IDS)


def test_pairs_nearest_the_threshold_are_asked_first_and_those_judged_not_again() -> None:
    pairs = [ScoredPair("a", "b", 0.9), ScoredPair("a", "c", 0.55), ScoredPair("b", "c", 0.2)]
    assert [pair.probability for pair in worth_asking(pairs, 0.5, most=2)] == [0.55, 0.2]
    assert worth_asking(judged(pairs, [Judgement("a", "c", "same")], IDS), 0.5, most=1) == [pairs[2]]
