"""Web Annotations: each points at the very characters in the text, by position and by quotation, under ids that betray nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from tests.publish.exported import hostile_case

from witnessmark.model.span import Span
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.annotations import web_annotations

if TYPE_CHECKING:
    from tests.publish.conftest import Pile


def annotated(view: CaseView) -> list[dict[str, Any]]:
    collection = json.loads(web_annotations(Casebook(view)))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    items: list[dict[str, Any]] = collection["first"]["items"]
    assert collection["total"] == len(items)
    return items


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_every_annotation_has_what_the_model_asks_for(case: CaseView) -> None:
    found = annotated(case)
    assert len(found) == len(case.claims)
    assert len({each["id"] for each in found}) == len(found)
    for each in found:
        assert each["type"] == "Annotation"
        assert each["target"]
        assert all(body["type"] == "TextualBody" and body["value"] for body in each["body"])
        for target in targets(each):
            assert target["type"] == "SpecificResource"
            assert {selector["type"] for selector in target["selector"]} == {"TextQuoteSelector", "TextPositionSelector"}


def test_position_and_quotation_find_the_same_words_in_the_text(case: CaseView) -> None:
    texts = {f"urn:witnessmark:item:{held.public_id}": held.document.text for held in case.items if held.document}
    for each in annotated(case):
        for target in targets(each):
            text = texts[target["source"]["id"]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_a_claim_in_pieces_has_a_target_for_each(pile: Pile) -> None:
    text = "The envoy said the guards, whom she did not name, killed ten.\n"
    item = pile.hold(text.encode(), "a.txt", text=text)
    pile.say(item, "the guards", cue="said")
    read = pile.claims[-1]
    spans = (Span.of(text, 15, 25), Span.of(text, 50, 60))
    pile.claims[-1] = msgspec.structs.replace(read, claim=msgspec.structs.replace(read.claim, content=spans))
    (found,) = annotated(pile.view())
    assert [target["selector"][0]["exact"] for target in targets(found)] == ["the guards", "killed ten"]


def test_arabic_says_its_direction_and_stays_as_written(case: CaseView) -> None:
    found = next(each for each in annotated(case) if targets(each)[0]["source"].get("language") == "ar")
    assert targets(found)[0]["source"]["textDirection"] == "rtl"
    assert "الحراس قتلوا".encode() in web_annotations(Casebook(case))


def test_a_claim_whose_words_do_not_stand_there_is_left_out(pile: Pile) -> None:
    text = "The envoy said the guards killed ten.\n"
    item = pile.hold(text.encode(), "a.txt", text=text)
    pile.say(item, "the guards killed ten", cue="said")
    read = pile.claims[-1]
    pile.claims[-1] = msgspec.structs.replace(read, claim=msgspec.structs.replace(read.claim, content=(Span(0, 9, "elsewhere"),)))
    assert annotated(pile.view()) == []


def test_no_hash_of_a_private_item_is_in_it_even_where_the_evidence_prints_one(pile: Pile) -> None:
    private = pile.hold(b"private", "private.txt")
    text = f"The envoy said {private} is the file.\n"
    item = pile.hold(text.encode(), "a.txt", text=text)
    pile.say(item, f"{private} is the file", cue="said")
    content = web_annotations(Casebook(pile.view())).decode()
    assert private not in content
    assert private[5:25] not in content
    assert item not in content
    assert "is the file" in content


def test_hostile_words_are_inert_in_the_file_and_exact_when_read(pile: Pile) -> None:
    view = hostile_case(pile)
    content = web_annotations(Casebook(view))
    assert b"</script" not in content
    assert "\u202e".encode() not in content
    prefixes = [targets(each)[0]["selector"][0]["prefix"] for each in annotated(view)]
    assert any("\u202egnp.exe" in prefix for prefix in prefixes)
