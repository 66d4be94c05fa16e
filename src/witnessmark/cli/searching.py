"""The verb `search`: a query and filters in, a page of hits out."""

from __future__ import annotations

from pathlib import Path

import click

from witnessmark.cli.options import Day, Verb, case_argument, json_option, member_option, print_json

PAGE = 20
"""Hits on a page where nothing else is asked for."""
LARGEST_PAGE = 1000


@click.command(cls=Verb)
@case_argument
@click.argument("query", nargs=-1)
@click.option(
    "--in",
    "within",
    type=click.Choice(["claims", "documents", "both"]),
    default="both",
    show_default=True,
    help="What to search. Filters that only claims can match leave documents out.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Only what this speaker says or this publisher published; part of a name will do.",
)
@click.option("--act", "acts", multiple=True, metavar="ACT", help="Only claims of this act, such as killing; none for claims of no act.")
@click.option("--place", "places", multiple=True, metavar="NAME", help="Only claims about this place; part of a name will do.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="NAME",
    help="Only claims that name this party; part of a name will do, none for those that name none.",
)
@click.option(
    "--stance", "stances", multiple=True, metavar="STANCE", help="Only claims that take this stance: asserts, denies, doubts, concedes, ..."
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    help="proposed, accepted, rejected or unsure. Rejected (misread) claims are found only so.",
)
@click.option("--from", "earliest", type=Day(), metavar="DATE", help="Only claims of events that may have happened on this day or later.")
@click.option("--to", "latest", type=Day(), metavar="DATE", help="Only claims of events that may have happened on this day or earlier.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Only in documents in this language, such as ar; none where it is not known.",
)
@click.option(
    "--sensitivity",
    "sensitivities",
    multiple=True,
    metavar="VALUE",
    help="Only in items that are ordinary, graphic, or unknown (nobody has said).",
)
@click.option("--item", "items", multiple=True, metavar="I3", help="Only in this item.")
@click.option("--fuzzy", is_flag=True, help="Find near spellings, too: Seydnaya finds Sednaya. What was searched instead is said.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page of hits.")
@click.option(
    "--limit",
    type=click.IntRange(1, LARGEST_PAGE),
    default=PAGE,
    show_default=True,
    help="Hits on a page; of each kind half where both are searched.",
)
@click.option(
    "--unsealed",
    is_flag=True,
    help="Search with the names of those whose seal you opened (`witnessmark unseal`); it takes as long as a rebuild.",
)
@member_option
@json_option
def search(
    case: Path,
    query: tuple[str, ...],
    within: str,
    sources: tuple[str, ...],
    acts: tuple[str, ...],
    places: tuple[str, ...],
    parties: tuple[str, ...],
    stances: tuple[str, ...],
    statuses: tuple[str, ...],
    earliest: str | None,
    latest: str | None,
    languages: tuple[str, ...],
    sensitivities: tuple[str, ...],
    items: tuple[str, ...],
    page: int,
    limit: int,
    member: str | None,
    *,
    fuzzy: bool,
    unsealed: bool,
    as_json: bool,
) -> None:
    r"""Find claims and documents by words, phrases and what they are about.

    Words side by side must all be there, in any order. A "phrase" in quotation marks (inside the quotation marks of the shell), AND, OR, NOT in
    capitals, parentheses, NEAR/5 and the beginning of a word (deten*) narrow it. Accents, capitals and Arabic vowel marks make no difference.
    A filter given twice matches either value.

    \b
    Example: witnessmark search harbour-road 'prison "mass graves"' --stance denies
    """
    from witnessmark.case.case import open_case
    from witnessmark.case.sealing import open_unsealed
    from witnessmark.case.searching import Question, Within, search_case
    from witnessmark.cli.search_screen import print_found

    question = Question(
        query=" ".join(query) if query else None,
        within=Within(within),
        sources=sources,
        acts=acts,
        places=places,
        parties=parties,
        stances=stances,
        statuses=statuses,
        languages=languages,
        sensitivities=sensitivities,
        items=items,
        earliest=earliest,
        latest=latest,
        fuzzy=fuzzy,
        page=page,
        limit=limit,
    )
    with open_unsealed(case, member=member) if unsealed else open_case(case) as opened:
        found = search_case(opened, question)
    if as_json:
        print_json(found)
    else:
        print_found(found)
