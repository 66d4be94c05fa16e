from __future__ import annotations

from tests.corroborate.corroborate_documents import document

from witnessmark.corroborate.passages import PassageIndex

STORY = (
    "Gunmen shot nine workers at the Kessan mill near Dorvo on Sunday evening, the manager said, and drove away towards the river before "
    "anybody had called the police, who came the next morning and took no statements from those who had hidden in the loft."
)
OTHER = "The harbour council voted on Tuesday to repaint the lighthouse and to buy a second ferry, which will run every hour in summer."


def test_a_passage_is_tied_to_the_oldest_document_that_has_it() -> None:
    wire = document("wire", STORY, published="2031-03-03")
    copies = [document(f"copy-{n}", f"Paper {n}\n\n{STORY}", published="2031-03-04") for n in range(3)]
    passages = PassageIndex([*copies, wire]).passages()
    assert {item: [each.of for each in found] for item, found in passages.items()} == {f"copy-{n}": ["wire"] for n in range(3)}
    (shared,) = passages["copy-0"]
    assert shared.span.text == STORY.rstrip(".")
    assert shared.of_span.text == STORY.rstrip(".")


def test_a_passage_survives_a_few_changed_words_and_set_phrases_make_none() -> None:
    wire = document("wire", STORY, published="2031-03-03")
    changed = document("changed", STORY.replace("on Sunday evening", "late on Sunday"), published="2031-03-04")
    phrase = document("phrase", OTHER + " Gunmen shot nine workers at the Kessan mill.", published="2031-03-04")
    assert set(PassageIndex([wire, changed, phrase]).passages()) == {"changed"}


def test_passages_do_not_hang_on_the_order_in_which_documents_come() -> None:
    documents = [document(f"d{n}", f"{STORY} {OTHER if n % 2 else ''} {n}", published=f"2031-03-{9 - n:02}") for n in range(6)]
    at_once = PassageIndex(documents).passages()
    one_by_one = PassageIndex(())
    for each in documents:
        one_by_one = one_by_one.extended([each])
    assert one_by_one.passages() == at_once
    assert {each.of for found in at_once.values() for each in found} == {"d5"}


def test_an_empty_text_and_a_text_of_one_word_share_nothing() -> None:
    assert PassageIndex([document("a", ""), document("b", "mill"), document("c", "mill")]).passages() == {}


def test_a_thousand_copies_of_one_article_give_a_thousand_ties() -> None:
    copies = [document(f"copy-{n:04}", f"{STORY} {n}", published="2031-03-04") for n in range(1000)]
    passages = PassageIndex([document("wire", STORY, published="2031-03-03"), *copies]).passages()
    assert sum(len(found) for found in passages.values()) == 1000
