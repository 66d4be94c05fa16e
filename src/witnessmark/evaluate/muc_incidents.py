"""Measures incidents, document by document, against the templates of MUC-3 and MUC-4 (1991-92).

The claims of a document are read and grouped as those of a case of one document; each incident is set beside one template, the best match first. A template and an incident can only be one where their kinds are the same or
they have a victim or perpetrator in common. As in MUC-4's "all templates", every fill of an incident that no template matches is read in vain, and every fill of a template that no incident matches is missed, documents without any
template included; optional templates and fills need not be found. "In documents with a template" leaves the others out, "of templates matched" says how well what was matched is filled.

A fill is right where
- kind: it is one of the alternatives;
- time: both ends are the same; half, where the intervals have a day in common ("up to" a day, both, and the ends differ by at most a week);
- place: it is the smallest place of the key; half, where it is a larger one of it, or lies in its country;
- perpetrator: it has a word in common with a name of an individual or organisation of the key;
- confidence: its perpetrator is an organisation of the key, and the key says the same of it;
- number: the interval is one that is right and the words have one in common with the target (`numbers`);
- effect: the same, of death and injury.

Recall is what is right of the fills demanded, precision of those read, F their harmonic mean. Published figures for MUC-4 come from other slots, other credit for parts and other matching; they are no measure of this one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import permutations
from typing import Any

from witnessmark.claims.stage import meanings_of
from witnessmark.corroborate import PlacedClaim, PlacedDocument, corroborate
from witnessmark.evaluate.figures import Counts, Figure, figure, share
from witnessmark.evaluate.muc_keys import Fill, Place, Template, Time, Words, place_words, read_template
from witnessmark.evaluate.muc_told import Told, told_of
from witnessmark.model.claim import Claim, ClaimPlace
from witnessmark.text.datelines import stated_date
from witnessmark.text.gazetteer import Gazetteer

ITEM = "document"
HALF = 0.5
NEAR_DAYS = 7
MOST_WORDS = 4
SCORED = frozenset({"DEATH", "INJURY"})
KEYED = "keyed "
MATCHED = "matched "


def measure_templates(documents: Sequence[dict[str, Any]], read: Callable[[Iterable[str]], Iterable[list[Claim]]]) -> list[Figure]:
    """The figures over documents of the form `{text, templates}`."""
    claims = read(document["text"] for document in documents)
    counted = [
        counts_of([read_template(each) for each in document["templates"]], told_in(document["text"], found))
        for document, found in zip(documents, claims, strict=True)
    ]
    return figures_of(counted)


def told_in(text: str, claims: Sequence[Claim]) -> list[Told]:
    """What the incidents of one document fill in."""
    vectors = {claim: meaning.vector for meaning in meanings_of(text, claims) for claim in meaning.claims}
    published = _dated(text)
    day = published.isoformat() if published is not None else None
    placed = [PlacedClaim(claim, ITEM, day, meaning=vectors[claim.id]) for claim in claims]
    found = corroborate(placed, [PlacedDocument(ITEM, text, day)])
    return told_of(found.incidents, placed, published)


def _dated(text: str) -> date | None:
    """The day a report states of itself."""
    stated = stated_date(text)
    return date.fromisoformat(stated[2]) if stated is not None else None


def counts_of(templates: Sequence[Template], told: Sequence[Told]) -> Counts:
    """What one document adds to each sum."""
    counts: Counts = Counter()
    matched = _matched(templates, told)
    for n, template in enumerate(templates):
        found = told[matched[n]] if n in matched else None
        if found is not None or template.demanded:
            here = filled(template, found)
            counts.update(here)
            if found is not None:
                counts.update({f"{MATCHED}{name}": value for name, value in here.items()})
    for n, one in enumerate(told):
        if n not in matched.values():
            counts.update(filled(None, one))
    if templates:
        counts.update({f"{KEYED}{name}": value for name, value in counts.items() if not name.startswith(MATCHED)})
    return counts


def _matched(templates: Sequence[Template], told: Sequence[Told]) -> dict[int, int]:
    """The incident of each template that has one: the best match first, each once."""
    scored = [
        (_right(filled(template, one)), n, m)
        for n, template in enumerate(templates)
        for m, one in enumerate(told)
        if _may_be(template, one)
    ]
    found: dict[int, int] = {}
    for _, n, m in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if n not in found and m not in found.values():
            found[n] = m
    return found


def _right(counts: Counts) -> float:
    return sum(value for name, value in counts.items() if name.endswith(".right"))


def _may_be(template: Template, told: Told) -> bool:
    if told.kind in template.types:
        return True
    people = [words for one in template.perpetrators for words in one.names] + [one.words for one in template.numbers]
    named = [*(one.words for one in told.perpetrators), *(one.words for one in told.suffered)]
    return any(words & other for words in people for other in named)


def filled(template: Template | None, told: Told | None) -> Counts:
    """The fills of one template and one incident: of each slot those demanded, those read, and of each what is right (halves for parts)."""
    counts: Counts = Counter()
    for slot, measure in MEASURES.items():
        demanded, found, read, right = measure(template, told)
        counts.update({f"{slot}.demanded": demanded, f"{slot}.found": found, f"{slot}.read": read, f"{slot}.right": right})
    return counts


Tally = tuple[float, float, float, float]
"""Fills demanded, how many of them were found, fills read, how many of them are right."""


def _kind(template: Template | None, told: Told | None) -> Tally:
    right = float(template is not None and told is not None and told.kind in template.types)
    return _one(template is not None and bool(template.types), told is not None, right)


def _one(demanded: object, read: object, right: float) -> Tally:
    """Of a slot with one fill. What is read where the key says nothing is not right."""
    return int(bool(demanded)), right, int(bool(read)), right


def _time(template: Template | None, told: Told | None) -> Tally:
    times, read = template.times if template else frozenset(), told.time if told else None
    right = max((_same_time(one, read) for one in times), default=0.0) if read else 0.0
    return _one(times, read, right)


def _same_time(key: Time, read: Time) -> float:
    if key == read:
        return 1.0
    (first, last), (read_first, read_last) = key, read
    if first is None or read_first is None:
        return HALF if abs((last - read_last).days) <= NEAR_DAYS else 0.0
    return HALF if first <= read_last and read_first <= last else 0.0


def _place(template: Template | None, told: Told | None) -> Tally:
    places, read = template.places if template else frozenset(), told.place if told else None
    right = max((_same_place(one, read) for one in places), default=0.0) if read else 0.0
    return _one(places, read, right)


def _same_place(key: Place, read: ClaimPlace) -> float:
    words = place_words(f"{read.name or ''} {read.text}")
    smallest = key[-1]
    if smallest <= words or place_words(read.name or read.text) <= smallest:
        return 1.0
    country = _country_of(read.id) if read.id else None
    inside = country is not None and country == _country_named(key[0])
    return HALF if inside or any(larger <= words for larger in key[:-1]) else 0.0


@cache
def _country_of(identity: str) -> str | None:
    place = Gazetteer.load().place(identity)
    return place.country if place else None


@cache
def _country_named(words: Words) -> str | None:
    """The country whose name has these words."""
    found = Gazetteer.load().find([" ".join(order) for order in permutations(sorted(words))]) if len(words) <= MOST_WORDS else {}
    return next((entry.country for entries in found.values() for entry in entries if entry.precision == "country"), None)


def _perpetrators(template: Template | None, told: Told | None) -> Tally:
    keyed, read = template.perpetrators if template else (), {one.words for one in told.perpetrators} if told else set()
    found = sum(one.demanded and any(_names(one, words) for words in read) for one in keyed)
    return sum(one.demanded for one in keyed), found, len(read), sum(any(_names(one, words) for one in keyed) for words in read)


def _names(fill: Fill, words: Words) -> bool:
    return any(words & name for name in fill.names)


def _confidences(template: Template | None, told: Told | None) -> Tally:
    """Those of organisations; of a perpetrator that is but an individual of the key none is asked."""
    keyed, individuals = (template.confidences, template.perpetrators) if template else ((), ())
    stated = [
        (one.words, one.confidence)
        for one in (told.perpetrators if told else ())
        if any(_names(fill, one.words) for fill in keyed) or (one.is_body and not any(_names(fill, one.words) for fill in individuals))
    ]
    found = sum(one.demanded and any(_names(one, words) and said in one.values for words, said in stated) for one in keyed)
    right = sum(any(_names(one, words) and said in one.values for one in keyed) for words, said in stated)
    return sum(one.demanded for one in keyed), found, len(stated), right


def _numbers(template: Template | None, told: Told | None) -> Tally:
    keyed = template.numbers if template else ()
    read = {(one.words, one.number) for one in told.suffered if one.number is not None} if told else set()
    found = sum(one.demanded and any(number in one.readings and words & one.words for words, number in read) for one in keyed)
    right = sum(any(number in one.readings and words & one.words for one in keyed) for words, number in read)
    return sum(one.demanded for one in keyed), found, len(read), right


def _effects(template: Template | None, told: Told | None) -> Tally:
    keyed = [one for one in template.effects if one.values & SCORED] if template else []
    read = {(one.words, one.effect) for one in told.suffered if one.effect is not None} if told else set()
    found = sum(one.demanded and any(effect in one.values and _names(one, words) for words, effect in read) for one in keyed)
    right = sum(any(effect in one.values and _names(one, words) for one in keyed) for words, effect in read)
    return sum(one.demanded for one in keyed), found, len(read), right


MEASURES: dict[str, Callable[[Template | None, Told | None], Tally]] = {
    "kind": _kind,
    "time": _time,
    "place": _place,
    "perpetrator": _perpetrators,
    "confidence": _confidences,
    "number": _numbers,
    "effect": _effects,
}


def figures_of(counted: Sequence[Counts]) -> list[Figure]:
    """F, recall and precision of each slot and of all together."""
    figures = []
    for name, slots in [*((slot, [slot]) for slot in MEASURES), ("all slots", [*MEASURES])]:
        figures += _three(name, counted, slots)
    figures += _three("all slots, in documents with a template", counted, [f"{KEYED}{slot}" for slot in MEASURES])
    return [*figures, *_three("all slots, of templates matched", counted, [f"{MATCHED}{slot}" for slot in MEASURES])]


def _three(name: str, counted: Sequence[Counts], slots: Sequence[str]) -> list[Figure]:
    summed = [
        Counter({part: sum(counts[f"{slot}.{part}"] for slot in slots) for part in ("demanded", "found", "read", "right")})
        for counts in counted
    ]

    def recall(counts: Counts) -> float | None:
        return share(counts["found"], counts["demanded"])

    def precision(counts: Counts) -> float | None:
        return share(counts["right"], counts["read"])

    def f_of(counts: Counts) -> float | None:
        found, right = recall(counts), precision(counts)
        return None if found is None or right is None else 2 * found * right / (found + right) if found + right else 0.0

    return [
        figure(f"{name}, F", summed, f_of, "demanded"),
        figure(f"{name}, recall", summed, recall, "demanded"),
        figure(f"{name}, precision", summed, precision, "read"),
    ]
