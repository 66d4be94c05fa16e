"""What one weighing hands to the next decides how soon the result is there, and never what it is."""

from __future__ import annotations

import random

import msgspec
import pytest
from tests.corroborate.corroborate_documents import MILL, claim, document

from witnessmark.corroborate import Before, Corroborated, Corroboration, Judged, PlacedClaim, PlacedDocument, corroborate, keeping
from witnessmark.model.canonical import canonical_json
from witnessmark.model.claim import Act, Stance

Told = tuple[PlacedDocument, list[PlacedClaim]]

HAPPENINGS = (
    (MILL, "Nine workers died when gunmen shot at the Kessan mill near Dorvo", "No workers were shot at the Kessan mill"),
    ("Two bombs fell on the livestock market of Tarn among camel traders", "An aircraft dropped bombs on the livestock market", "No bombs fell on the market of Tarn"),
    ("Scouts executed seven passengers of a coach in the bus yard of Ulmet", "Seven coach passengers were executed in the bus yard", "Nobody was executed in the bus yard of Ulmet"),
)  # fmt: skip
FILLER = (
    "Prices rose and the river fell.",
    "The ferry was late again.",
    "Rain was forecast for the hills.",
    "A school in Orlo opened late.",
)


def told(draw: random.Random, n: int) -> Told:
    """A document of two or three happenings in one of the wordings, some of them printed by others too, with a denial now and then."""
    chosen = draw.sample(HAPPENINGS, draw.randint(1, 2))
    sentences = [draw.choice(each) for each in chosen]
    made = document(
        f"paper {n}",
        f"{'. '.join(sentences)}.\n\n{draw.choice(FILLER)} {draw.choice(FILLER)}\n\nThe council of Dorvo met on the same evening and heard from nobody, number {n % 3}.",
        published=f"2031-03-{draw.randint(2, 20):02}",
    )
    return made, [
        claim(
            made,
            sentence,
            speaker=draw.choice((None, "Edda Rok", "Ministry of Defence")),
            stance=Stance.DENIES if sentence.startswith("No") else Stance.ASSERTS,
            act=draw.choice((Act.KILLING, Act.ATTACK, None)),
        )
        for sentence in sentences
    ]


def decided(draw: random.Random, found: Corroborated) -> Judged:
    """What people may have decided of it."""
    ids = [part.id for incident in found.incidents for part in incident.claims]
    ties = [tie.id for incident in found.incidents for line in incident.lines for tie in line.ties]
    some = draw.sample(ids, min(3, len(ids)))
    return Judged(
        merged=(tuple(some[:2]),) if draw.random() < 0.5 and len(some) > 1 else (),
        apart=((some[-1],),) if draw.random() < 0.5 and some else (),
        rejected=frozenset(draw.sample(ties, min(2, len(ties)))),
        grades={"Paper 1": draw.choice("ABDE")},
    )


def as_bytes(found: Corroborated) -> bytes:
    return canonical_json([found.answers, found.incidents])


def weigh_after(before: Before | None, held: list[Told], judged: Judged) -> tuple[Corroborated, Before]:
    """A weighing that goes on from the one before."""
    made = Corroboration(judged, before)
    made.change([one for _, claims in held for one in claims], [document for document, _ in held])
    found = made.result()
    return found, Before(found.incidents, made.kept())


@pytest.mark.parametrize("seed", range(6))
def test_weighing_that_goes_on_from_the_one_before_gives_byte_for_byte_what_weighing_from_nothing_gives(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 -- a case, not a secret
    evidence = [told(draw, n) for n in range(26)]
    held, before, judged = evidence[: draw.randint(8, 14)], None, Judged()
    for _ in range(7):
        found, before = weigh_after(before, held, judged)
        assert as_bytes(found) == as_bytes(corroborate([one for _, claims in held for one in claims], [each for each, _ in held], judged))
        what = draw.random()
        if what < 0.6:
            held = [*held, *draw.sample([each for each in evidence if each not in held], 1)]
        elif what < 0.7:
            held = draw.sample(held, len(held) - 1)
        elif what < 0.8:
            held = [(each, claims[1:]) if n == 0 else (each, claims) for n, (each, claims) in enumerate(held)]
        else:
            judged = decided(draw, found)


def rows(before: Before, kind: str) -> set[str]:
    return {key for key in before.kept if key.startswith(kind)}


def many() -> list[Told]:
    return [
        (each, [claim(each, sentence)])
        for n, (sentence, *_) in enumerate(HAPPENINGS * 6)
        for each in [document(f"paper {n}", f"{sentence}. It was the {n}th to say so.", published="2031-03-04")]
    ]


def test_a_new_document_compares_and_weighs_only_what_it_touches() -> None:
    held = many()
    _, before = weigh_after(None, held, Judged())
    new = document("new", "A jeweller was robbed in Port Selm.", published="2036-07-09")
    _, after = weigh_after(before, [*held, (new, [claim(new, "A jeweller was robbed", act=None)])], Judged())
    assert len(rows(after, "document") - rows(before, "document")) == 1
    assert rows(before, "cut") <= rows(after, "cut")
    assert rows(after, "incident") == rows(before, "incident")


def test_incidents_that_nothing_touched_are_handed_on_and_not_made_again() -> None:
    held = many()
    found, before = weigh_after(None, held, Judged())
    marked = [msgspec.structs.replace(incident, support="handed on") for incident in found.incidents]
    again, _ = weigh_after(Before(marked, before.kept), held, Judged())
    assert {incident.support for incident in again.incidents} == {"handed on"}


def test_a_decision_to_reject_a_tie_weighs_what_was_kept_again() -> None:
    held = many()
    found, before = weigh_after(None, held, Judged())
    ties = frozenset(tie.id for incident in found.incidents for line in incident.lines for tie in line.ties)
    again, _ = weigh_after(before, held, Judged(rejected=ties))
    assert ties
    assert not ties & {tie.id for incident in again.incidents for line in incident.lines for tie in line.ties}


def test_what_another_version_kept_is_not_gone_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    held = many()
    found, before = weigh_after(None, held, Judged())
    monkeypatch.setattr(keeping, "FORMAT", "another")
    marked = [msgspec.structs.replace(incident, support="of another version") for incident in found.incidents]
    again, _ = weigh_after(Before(marked, before.kept), held, Judged())
    assert as_bytes(again) == as_bytes(found)


def test_rows_that_cannot_be_read_are_not_gone_on_from() -> None:
    held = many()
    found, before = weigh_after(None, held, Judged())
    torn = {key: body[: len(body) // 2] for key, body in before.kept.items()}
    again, _ = weigh_after(Before(found.incidents, torn), held, Judged())
    assert as_bytes(again) == as_bytes(found)


def in_a_circle(count: int, *, itself: bool) -> list[Told]:
    """Papers that each say they have it from the next, or from themselves."""
    names = [f"Paper {n:03} News" for n in range(count)]
    found = []
    for n, name in enumerate(names):
        cited = name if itself else names[(n + 1) % count]
        made = document(f"item {n:03}", f"{MILL}, according to {cited}. Number {n}.", publisher=name, published="2031-03-04")
        found.append((made, [claim(made, MILL, speaker=cited)]))
    return found


@pytest.mark.parametrize("itself", [False, True], ids=["each other", "themselves"])
def test_two_hundred_papers_that_cite_each_other_or_themselves_establish_no_line(itself: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    held = in_a_circle(200, itself=itself)
    (incident,) = corroborate([one for _, claims in held for one in claims], [each for each, _ in held]).incidents
    assert incident.independent_lines == 0
    assert len(incident.claims) == 200
