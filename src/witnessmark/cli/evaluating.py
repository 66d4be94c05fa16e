"""The verb evaluate: how well this reader reads texts whose claims are known."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from witnessmark.cli.options import Verb, json_option, print_json
from witnessmark.cli.printing import count, say
from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.evaluate.figures import Figure
    from witnessmark.evaluate.sets import Table

SET = click.Path(path_type=Path, exists=True)


@click.command(cls=Verb)
@click.option("--corpus", multiple=True, type=SET, metavar="FOLDER", help="Annotated documents (NAME.ann): all fields of their claims.")
@click.option(
    "--attributions", multiple=True, type=SET, metavar="FILE", help="JSON lines with sources, cues and contents, such as PolNeAR."
)
@click.option("--dates", multiple=True, type=SET, metavar="FILE", help="JSON lines with TIMEX3 dates, such as TimeBank.")
@click.option("--places", multiple=True, type=SET, metavar="FILE", help="JSON lines with place names and GeoNames ids, such as LGL.")
@click.option("--numbers", multiple=True, type=SET, metavar="FILE", help="JSON lines with the numbers of victims of MUC-3/4 templates.")
@click.option(
    "--templates",
    multiple=True,
    type=SET,
    metavar="FILE",
    help="JSON lines with whole templates of MUC-3/4: incidents of one document each.",
)
@click.option(
    "--incidents",
    multiple=True,
    type=SET,
    metavar="FOLDER",
    help="Worlds (folders with gold.toml): incidents, repeats, lines, denials across documents.",
)
@click.option("--by-genre", is_flag=True, help="A table for each genre of a corpus, too.")
@click.option("--rules-only", is_flag=True, help="Measure the rules alone, without the learned reader.")
@json_option
def evaluate(
    corpus: tuple[Path, ...],
    attributions: tuple[Path, ...],
    dates: tuple[Path, ...],
    places: tuple[Path, ...],
    numbers: tuple[Path, ...],
    templates: tuple[Path, ...],
    incidents: tuple[Path, ...],
    *,
    by_genre: bool,
    rules_only: bool,
    as_json: bool,
) -> None:
    r"""Measure the reader on texts whose claims, dates, places or numbers are known.

    Each figure comes with the interval in which it would fall, 95 times in 100, had other documents been drawn. Where some documents were annotated
    twice, what two annotators agree on stands beside it.

    \b
    Example: witnessmark evaluate --corpus corpus/dev
    """
    if not (corpus or attributions or dates or places or numbers or templates or incidents):
        raise UsageError("Nothing to measure on: give at least one set, such as --corpus corpus/dev.")
    from witnessmark.claims import ClaimReader
    from witnessmark.evaluate import sets

    reader = ClaimReader.load(rules_only=rules_only)

    def tables() -> Iterator[Table]:
        for folder in corpus:
            yield from sets.measure_corpus_folder(reader, folder, by_genre=by_genre)
        yield from (sets.measure_attribution_file(reader, path) for path in attributions)
        yield from (sets.measure_date_file(path) for path in dates)
        yield from (sets.measure_place_file(path) for path in places)
        yield from (sets.measure_number_file(reader, path) for path in numbers)
        yield from (sets.measure_template_file(reader, path) for path in templates)
        yield from (sets.measure_incidents_folder(reader, path) for path in incidents)

    if as_json:
        print_json([dataclasses.asdict(table) for table in tables()])
        return
    for table in tables():
        _print(table)


def _print(table: Table) -> None:
    say(f"{table.name}: {count(table.documents, 'document')}")
    for figure in table.figures:
        agreed = table.agreement.get(figure.name)
        beside = f"   two readers {_percent(agreed.value)}" if agreed is not None and agreed.value is not None else ""
        value, interval = (_plain(figure.value), _plain_interval(figure)) if figure.is_mean else (_percent(figure.value), _interval(figure))
        say(f"  {figure.name:38}{value}  {interval:15} of {figure.of:<6}{beside}".rstrip())
    say("")


def _percent(value: float | None) -> str:
    return f"{100 * value:6.1f}" if value is not None else "     –"


def _interval(figure: Figure) -> str:
    return f"{100 * figure.low:.1f} to {100 * figure.high:.1f}" if figure.low is not None and figure.high is not None else ""


def _plain(value: float | None) -> str:
    return f"{value:6.2f}" if value is not None else "     –"


def _plain_interval(figure: Figure) -> str:
    return f"{figure.low:.2f} to {figure.high:.2f}" if figure.low is not None and figure.high is not None else ""
