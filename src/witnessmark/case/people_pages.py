"""People and victims as a screen shows them: persons with their statuses, questions of counting drawn, pairs to judge, responsibility and pledges as alleged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.counting_lists import linked_from
from witnessmark.case.counting_plan import question_of, questions_of
from witnessmark.case.drawn import Drawer, Drawn
from witnessmark.case.histories import Decided, told
from witnessmark.case.judging_pairs import PairShown, judge_pair, judgements_of, pair_subject, pairs_of
from witnessmark.case.persons import persons_of
from witnessmark.case.seen import DecidedMeanwhileError, mark_of
from witnessmark.case.viewing import METHODS, view_case
from witnessmark.case.viewing_part import items_held
from witnessmark.link.judgements import Judgement
from witnessmark.model.counting import CountedQuestion
from witnessmark.model.decision import Decision
from witnessmark.model.entry import Stream
from witnessmark.model.item import Protection
from witnessmark.model.person import Person, PersonStatus, StatusByStandard
from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.section import Section
from witnessmark.publish.sections.counting import HowManyPeople
from witnessmark.publish.sections.pledges import PledgesAndAgreements
from witnessmark.publish.sections.responsibility import ResponsibilityAsAlleged
from witnessmark.store import parts, queries

T = TypeVar("T")
Keep = Callable[[str, object, Callable[[], T]], T]
"""Keeps what was made under a key while a mark stays the same."""

STATUS_STANDARDS = {
    PersonStatus.DETAINED: "By whose account, or which register, held where and since when?",
    PersonStatus.MISSING: "By whose account, missing since when? Missing is never dead.",
    PersonStatus.REPORTED_DEAD: "Who reported it, and did they see it themselves?",
    PersonStatus.CONFIRMED_DEAD: "Which standard: a body identified by whom, a death certificate from where, two independent accounts?",
}
"""What the standard of each status has to say."""

SECTIONS: dict[str, Section] = {"responsibility": ResponsibilityAsAlleged(), "pledges": PledgesAndAgreements()}


class PersonRow(msgspec.Struct, frozen=True):
    """A person in a list. `name` is None where it is sealed or erased."""

    number: str
    name: str | None
    erased: bool
    protection: Protection
    statuses: tuple[StatusByStandard, ...]
    joined: tuple[str, ...]
    forms: tuple[str, ...]


class PersonPage(msgspec.Struct, frozen=True):
    """One person, with what was decided of them; `seen` marks that for a decision."""

    person: PersonRow
    seen: str
    decided: tuple[Decided, ...]
    standards: dict[str, str]


class QuestionRow(msgspec.Struct, frozen=True):
    """A question of counting in a list: what it asks, the fewest people documented and the interval of the methods that agree, as they stand in the newest run; `to_judge` are pairs of the newest linkage that nobody judged; `old` says that pairs were judged since the lists were linked."""

    number: str
    question: str
    population: str
    lists: tuple[str, ...]
    runs: int
    documented: int | None
    low: float | None
    high: float | None
    sentence: str
    to_judge: int
    old: bool
    released: bool


class QuestionPage(msgspec.Struct, frozen=True):
    """One question with all that was done about it, drawn page by page as in the dossier."""

    row: QuestionRow
    drawn: tuple[Drawn, ...]


class PairPage(msgspec.Struct, frozen=True):
    """One pair of records, side by side; `at` is its place from 1 among `of`, `left` how many nobody judged."""

    number: str
    question: str
    pair: PairShown
    fields: tuple[str, ...]
    seen: str
    at: int
    of: int
    left: int
    following: int | None
    decided: tuple[Decided, ...]


class People(msgspec.Struct, frozen=True):
    """Everybody entered, and every question about a number of people."""

    persons: tuple[PersonRow, ...]
    questions: tuple[QuestionRow, ...]


def people_in(case: Case) -> People:
    """All persons and questions, in the order of their numbers."""
    said = judgements_of(case)
    return People(tuple(map(person_row, persons_of(case))), tuple(_question(asked, said) for asked in questions_of(case)))


def person_row(person: Person) -> PersonRow:
    """A person as a screen may show them."""
    hidden = person.is_sealed or person.erased
    return PersonRow(
        person.number,
        None if hidden else person.name,
        person.erased,
        person.protection,
        person.statuses,
        person.joined,
        () if hidden else person.forms,
    )


def person_page(case: Case, number: str, *, reader: str, names: bool) -> PersonPage | None:
    """The page of a person, None where there is none of this number."""
    person = next((one for one in persons_of(case) if one.number == number.upper()), None)
    if person is None:
        return None
    with case.asking() as connection:
        made, seen = parts.decisions_about(connection, [person.id]), mark_of(connection, person.id)
    standards = {status.value: words for status, words in STATUS_STANDARDS.items()}
    return PersonPage(person_row(person), seen, told(case, made, reader=reader, names=names), standards)


def question_page(case: Case, number: str) -> QuestionPage:
    """The page of a question. Raises UsageError where there is none of this number."""
    asked = question_of(case, number)
    casebook = Casebook(_view(case, asked))
    return QuestionPage(_question(asked, judgements_of(case)), Drawer(casebook).pages(HowManyPeople().blocks(casebook)))


def pair_page(  # noqa: PLR0913 -- which pair, and who reads
    case: Case, number: str, at: int | None, keep: Keep[list[PairShown]], *, reader: str, names: bool
) -> PairPage | None:
    """A pair of the newest linkage of a question: that at place `at`, else the first that nobody judged; None where there is no such pair.

    Raises UsageError where there is no such question, or its lists are not linked yet.
    """
    asked = question_of(case, number)
    sealed = tuple(person.id for person in persons_of(case) if person.is_sealed)
    linked = asked.linked.seq if asked.linked else None
    shown = keep(f"pairs of {asked.id}", (linked, sealed), lambda: pairs_of(case, asked))
    said = {frozenset((one.one, one.other)): one.verdict for one in judgements_of(case)}
    pairs = [msgspec.structs.replace(pair, verdict=said.get(frozenset((pair.one, pair.other)))) for pair in shown]
    open_ = [place for place, pair in enumerate(pairs, 1) if pair.verdict is None]
    place = at if at is not None else next(iter(open_), None)
    if place is None or not 1 <= place <= len(pairs):
        return None
    pair = pairs[place - 1]
    subject = pair_subject(pair.one, pair.other)
    with case.asking() as connection:
        made, seen = parts.decisions_about(connection, [subject]), mark_of(connection, subject)
    following = next((each for each in open_ if each > place), next((each for each in open_ if each != place), None))
    fields = tuple(dict.fromkeys((*pair.written[0], *pair.written[1])))
    return PairPage(
        number=asked.number,
        question=asked.plan.question,
        pair=pair,
        fields=fields,
        seen=seen,
        at=place,
        of=len(pairs),
        left=len(open_),
        following=following,
        decided=told(case, made, reader=reader, names=names),
    )


def judge_pair_as_seen(  # noqa: PLR0913 -- what `judge_pair` is told, of which question, and what was seen
    case: Case, number: str, one: str, other: str, verdict: str, *, why: str, seen: str
) -> Decision:
    """The same as `judge_pair`, where nobody judged the pair since it was shown among those of a question. Raises DecidedMeanwhileError, UsageError."""
    subject = pair_subject(one, other)
    with case.asking() as connection:
        if mark_of(connection, subject) != seen:
            raise DecidedMeanwhileError(number, queries.decisions_on(connection, subject))
    return judge_pair(case, one, other, verdict, why=why)


def section_pages(case: Case, name: str) -> tuple[Drawn, ...]:
    """A section of the dossier on as many pages as it takes, drawn from the whole case: who is said to be responsible, or what was promised and demanded."""
    casebook = Casebook(view_case(case))
    return Drawer(casebook).pages(SECTIONS[name].blocks(casebook))


def _question(asked: CountedQuestion, said: list[Judgement]) -> QuestionRow:
    result, linked = (asked.latest.result if asked.latest else None), asked.linked
    to_judge = linked.linkage.to_judge if linked else ()
    judged = {frozenset((one.one, one.other)) for one in said}
    return QuestionRow(
        number=asked.number,
        question=asked.plan.question,
        population=asked.plan.population,
        lists=tuple(f"{one.name} ({one.number})" for one in asked.plan.lists),
        runs=len(asked.runs),
        documented=result.documented if result else None,
        low=result.interval.low if result and result.interval else None,
        high=result.interval.high if result and result.interval else None,
        sentence=result.sentence if result else "",
        to_judge=sum(1 for pair in to_judge if frozenset((pair.one, pair.other)) not in judged),
        old=linked is not None and linked.input != linked_from(asked, said),
        released=asked.released,
    )


def _view(case: Case, asked: CountedQuestion) -> CaseView:
    """A view of one question with its lists and nothing else."""
    with case.asking() as connection:
        return CaseView(
            title=queries.title(connection),
            format_version=case.settings.format_version,
            opened=queries.opened(connection),
            as_of=queries.as_of(connection),
            items=items_held(connection, {one.item for one in asked.plan.lists}),
            claims=(),
            answers=(),
            incidents=(),
            methods=METHODS,
            heads=tuple(case.logs[stream].head for stream in Stream),
            warnings=(),
            counting=(asked,),
        )
