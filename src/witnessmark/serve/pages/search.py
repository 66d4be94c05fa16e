"""Search: words and filters in, a page of hits with what they are about; kept under a name, asked by the list, taken along as a table."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from witnessmark.case.clock import now
from witnessmark.case.received_list import is_day
from witnessmark.case.saved_searches import SavedSearch, forget_search, save_search, saved_searches
from witnessmark.case.search_facets import WIDEST_YEARS
from witnessmark.case.search_tables import FILTERS, MOST_QUERIES, Answered, answer_all, as_csv, as_xlsx, read_queries, rows_of, rows_of_all
from witnessmark.case.searching import Found, Question, Within, search_case
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask
from witnessmark.serve.ways import Go, Outcome, Page, Sent, get, post

FACETS = {"publisher": "source", **{name: name for name in FILTERS if name != "item"}}
MOST_VALUES = 12
"""Values shown of what the hits are about, most first; all years are."""
MOST_BYTES = 1 << 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Value(msgspec.Struct, frozen=True):
    """What some hits are about, how many, and the address that asks for those alone or, where it is `chosen`, for all again."""

    value: str
    count: int
    to: str
    chosen: bool


class Chosen(msgspec.Struct, frozen=True):
    """A filter that holds, and the address without it."""

    name: str
    value: str
    to: str


class Kept(msgspec.Struct, frozen=True):
    """A saved search, and the address that asks it."""

    name: str
    to: str
    decision: str
    at: str


class SearchPage(msgspec.Struct, frozen=True):
    """The page: `found` None where nothing was asked yet, `error` where it could not be read. Addresses are of this workbench."""

    question: Question
    found: Found | None
    error: str
    chosen: tuple[Chosen, ...]
    about: dict[str, tuple[Value, ...]]
    saved: tuple[Kept, ...]
    older: str | None
    newer: str | None
    address: str


class BatchPage(msgspec.Struct, frozen=True):
    """How much each query of a list found, with the address that asks it."""

    lines: tuple[tuple[Answered, str], ...]


def search(ask: Ask) -> Outcome:
    """A page of hits."""
    question, found, error = question_of(ask), None, ""
    with ask.reading() as case:
        if _asks(question):
            try:
                found = msgspec.structs.replace(
                    search_case(case, question), next=None
                )  # a command, with the place of the case on this machine
            except UsageError as problem:
                error = str(problem)
        saved = tuple(_kept(one) for one in saved_searches(case))
    values = SearchPage(
        question,
        found,
        error,
        _chosen(question),
        _about(question, found) if found else {},
        saved,
        *_neighbours(question, found),
        address_of(question),
    )
    return Page("search.html.j2", values, 400 if error else 200)


def table(ask: Ask) -> Outcome:
    """All hits as a table to be taken along."""
    form = ask.path["form"]
    if form not in {"csv", "xlsx"}:
        raise UsageError("A table is csv or xlsx.")
    with ask.reading() as case:
        rows = rows_of(case, question_of(ask), base=ask.base)
    return _sent(rows, form)


def save(ask: Ask) -> Outcome:
    """Keep a search under a name."""
    question = question_of(ask, ask.forms)
    with ask.writing() as case:
        save_search(case, ask.form("name"), question)
    return Go(address_of(question), "Saved.")


def forget(ask: Ask) -> Outcome:
    """Take a saved search back."""
    with ask.writing() as case:
        forget_search(case, ask.form("decision"))
    return Go("/search", "Taken back.")


def batch(ask: Ask) -> Outcome:
    """Ask every query of a list that was sent: how much each finds, or all of it as a table."""
    if len(ask.uploads) != 1:
        raise UsageError(f"Send one list of at most {MOST_QUERIES} queries: a CSV file with a column named query, or a query on each line.")
    lines, form = read_queries(ask.uploads[0].content.read()), ask.form("as", "page")
    with ask.reading() as case:
        if form in {"csv", "xlsx"}:
            return _sent(rows_of_all(case, lines, base=ask.base), form)
        return Page("batch.html.j2", BatchPage(tuple((one, address_of(one.question)) for one in answer_all(case, lines))))


def question_of(ask: Ask, values: Mapping[str, list[str]] | None = None) -> Question:
    """What an address, or a form, asks. Raises UsageError for a day that is none."""
    given = ask.queries if values is None else values
    named = {field: tuple(dict.fromkeys(one.strip() for one in given.get(name, ()) if one.strip())) for name, field in FILTERS.items()}
    first = {name: next(iter(given.get(name, ())), "").strip() for name in ("q", "in", "from", "to", "fuzzy")}
    for day in (first["from"], first["to"]):
        if day and not is_day(day):
            raise UsageError(f"{day[:40]!r} is no day. Write it as year-month-day, such as 2017-05-16.")
    if first["in"] not in {"", *Within}:
        raise UsageError(f"What is searched is {', '.join(Within)}; not {first['in'][:40]!r}.")
    return Question(
        query=first["q"] or None,
        within=Within(first["in"] or Within.BOTH),
        earliest=first["from"] or None,
        latest=first["to"] or None,
        fuzzy=first["fuzzy"] == "yes",
        page=ask.number("page", 1) if values is None else 1,
        **named,  # type: ignore[arg-type]
    )


def address_of(question: Question, to: str = "/search") -> str:
    """The address that asks a question."""
    single = (
        ("q", question.query),
        ("in", question.within if question.within is not Within.BOTH else None),
        ("from", question.earliest),
        ("to", question.latest),
        ("fuzzy", "yes" if question.fuzzy else None),
        ("page", str(question.page) if question.page > 1 else None),
    )
    several = [(name, value) for name, field in FILTERS.items() for value in getattr(question, field)]
    said = [(name, value) for name, value in single if value] + several
    return f"{to}?{urlencode(said)}" if said else to


def _asks(question: Question) -> bool:
    return address_of(msgspec.structs.replace(question, fuzzy=False, page=1, within=Within.BOTH)) != "/search"


def _without(question: Question, field: str, value: str) -> Question:
    left = tuple(one for one in getattr(question, field) if one != value)
    return msgspec.structs.replace(question, **{field: left}, page=1)


def _with(question: Question, field: str, value: str) -> Question:
    return msgspec.structs.replace(question, **{field: (*getattr(question, field), value)}, page=1)


def _chosen(question: Question) -> tuple[Chosen, ...]:
    filters = [
        Chosen(name, value, address_of(_without(question, field, value)))
        for name, field in FILTERS.items()
        for value in getattr(question, field)
    ]
    days = [
        Chosen(name, value, address_of(msgspec.structs.replace(question, **{field: None}, page=1)))
        for name, field, value in (("from", "earliest", question.earliest), ("to", "latest", question.latest))
        if value
    ]
    return (*filters, *days)


def _about(question: Question, found: Found) -> dict[str, tuple[Value, ...]]:
    """What the hits are about, each value with the address that asks for it."""
    about = {}
    for facet, name in FACETS.items():
        field, counted = FILTERS[name], found.facets.get(facet, ())
        if counted:
            about[facet] = tuple(_value(question, field, one.value, one.count) for one in counted[:MOST_VALUES])
    years = tuple(
        Value(one.value, one.count, address_of(_of_year(question, one.value)), question.earliest == f"{one.value}-01-01")
        for one in found.facets.get("year", ())
        if one.value.isdecimal()
    )
    return {**about, "year": years[-WIDEST_YEARS * 2 :]} if years else about


def _value(question: Question, field: str, value: str, count: int) -> Value:
    chosen = value in getattr(question, field)
    return Value(value, count, address_of(_without(question, field, value) if chosen else _with(question, field, value)), chosen)


def _of_year(question: Question, year: str) -> Question:
    return msgspec.structs.replace(question, earliest=f"{year}-01-01", latest=f"{year}-12-31", page=1)


def _neighbours(question: Question, found: Found | None) -> tuple[str | None, str | None]:
    """The addresses of the next page and the one before."""
    if found is None:
        return None, None
    of_each = question.limit if len(found.totals) == 1 else max(question.limit // 2, 1)
    most = max((total if isinstance(total, int) else 10_000 for total in found.totals.values()), default=0)
    following = address_of(msgspec.structs.replace(question, page=question.page + 1)) if question.page * of_each < most else None
    return following, address_of(msgspec.structs.replace(question, page=question.page - 1)) if question.page > 1 else None


def _kept(one: SavedSearch) -> Kept:
    return Kept(one.name, address_of(one.question), one.decision, one.at)


def _sent(rows: list[tuple[str | None, ...]], form: str) -> Sent:
    name = f"hits-{now()[:10]}.{form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Sent(as_csv(rows), "text/csv; charset=utf-8", headers) if form == "csv" else Sent(as_xlsx(rows), XLSX, headers)


WAYS = (
    get("/search", search, Role.VIEWER),
    get("/search/table/{form}", table, Role.VIEWER, twin=False),
    post("/search/save", save, Role.REVIEWER),
    post("/search/forget", forget, Role.REVIEWER),
    post("/search/batch", batch, Role.VIEWER, most_bytes=MOST_BYTES),
)
