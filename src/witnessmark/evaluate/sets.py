"""The sets a reader can be measured on: each is a path in a known form, and gives a table of figures.

What two annotators of the same documents agree on stands beside a corpus's figures where its folder holds a second reading: no reader can be said to
do better than that.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.claims import ClaimReader
from witnessmark.corroborate import corroborate
from witnessmark.errors import NothingReadError
from witnessmark.evaluate import incidents
from witnessmark.evaluate.annotated import Annotated, MarkupError, read_annotated
from witnessmark.evaluate.as_claims import claims_of
from witnessmark.evaluate.attributions import measure_attributions
from witnessmark.evaluate.corpus import counts_of, figures_of
from witnessmark.evaluate.dates import measure_dates
from witnessmark.evaluate.figures import Counts, Figure
from witnessmark.evaluate.incidents import counts_of_world
from witnessmark.evaluate.muc_incidents import measure_templates
from witnessmark.evaluate.numbers import measure_numbers
from witnessmark.evaluate.places import measure_places
from witnessmark.evaluate.worlds import read_world, worlds_in
from witnessmark.model.claim import Claim

SECOND = "second"
"""The folder within a part of the corpus that holds another annotator's reading of some of its documents."""


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one set; `agreement` holds, by a figure's name, what two annotators reach."""

    name: str
    documents: int
    figures: list[Figure]
    agreement: dict[str, Figure]


def measure_corpus_folder(reader: ClaimReader, folder: Path, *, by_genre: bool = False) -> Iterator[Table]:
    """A folder of annotated documents; with `by_genre` a table for each genre, too."""
    documents = [_annotated(path) for path in sorted(folder.glob("*.ann"))]
    if not documents:
        raise NothingReadError(f"{folder} holds no annotated document (NAME.ann).")
    read = list(_read(reader, documents))
    counted = [counts_of(document, claims) for document, claims in zip(documents, read, strict=True)]
    yield Table(str(folder), len(documents), figures_of(counted), _agreement(folder))
    if by_genre:
        for genre in sorted({document.head["genre"] for document in documents}):
            of_genre = [counts for document, counts in zip(documents, counted, strict=True) if document.head["genre"] == genre]
            yield Table(f"{folder}, {genre}", len(of_genre), figures_of(of_genre), {})


def _read(reader: ClaimReader, documents: Iterable[Annotated]) -> Iterator[list[Claim]]:
    return reader.read_all((document.text, document.head["published"], None) for document in documents)


def _annotated(path: Path) -> Annotated:
    try:
        return read_annotated(path)
    except (MarkupError, OSError) as error:
        raise NothingReadError(f"{path} is no annotated document: {error}") from error


def _agreement(folder: Path) -> dict[str, Figure]:
    seconds = sorted((folder / SECOND).glob("*.ann"))
    counted: list[Counts] = [counts_of(_annotated(folder / path.name), claims_of(_annotated(path))) for path in seconds]
    return {figure.name: figure for figure in figures_of(counted)} if counted else {}


def measure_incidents_folder(reader: ClaimReader, folder: Path) -> Table:
    """A folder of worlds, or one world: how what was read in their documents is corroborated."""
    worlds = [read_world(path, reader) for path in worlds_in(folder)]
    counted = [counts for world in worlds for counts in counts_of_world(world, corroborate(world.claims, world.documents))]
    return Table(str(folder), len(counted), incidents.figures_of(counted), {})


def measure_attribution_file(reader: ClaimReader, path: Path) -> Table:
    """JSON lines `{text, attributions: [{source, cue, content}]}`, as PolNeAR can be written."""
    articles = list(_lines(path, "attributions"))
    return Table(str(path), len(articles), measure_attributions(articles, _reading(reader)), {})


def measure_date_file(path: Path) -> Table:
    """JSON lines `{text, created, timexes}`, as TimeBank can be written."""
    documents = list(_lines(path, "timexes"))
    return Table(str(path), len(documents), measure_dates(documents), {})


def measure_place_file(path: Path) -> Table:
    """JSON lines `{text, toponyms}`, as the Local-Global Lexicon can be written."""
    documents = list(_lines(path, "toponyms"))
    return Table(str(path), len(documents), measure_places(documents), {})


def measure_number_file(reader: ClaimReader, path: Path) -> Table:
    """JSON lines `{text, templates}`, as the keys of MUC-3 and MUC-4 can be written."""
    documents = list(_lines(path, "templates"))
    return Table(str(path), len(documents), measure_numbers(documents, _reading(reader)), {})


def measure_template_file(reader: ClaimReader, path: Path) -> Table:
    """JSON lines `{text, templates}`: the incidents of each document against the whole templates of MUC-3 and MUC-4."""
    documents = list(_lines(path, "templates"))
    return Table(str(path), len(documents), measure_templates(documents, _reading(reader)), {})


def _reading(reader: ClaimReader) -> Callable[[Iterable[str]], Iterator[list[Claim]]]:
    """Reads texts of no stated date."""
    return lambda texts: reader.read_all((text, None, None) for text in texts)


def _lines(path: Path, key: str) -> Iterator[dict[str, Any]]:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                entry = json.loads(line)
                if not isinstance(entry, dict) or key not in entry or "text" not in entry:
                    raise NothingReadError(f'{path}, line {number}: is no object with "text" and "{key}".')
                yield entry
    except (OSError, EOFError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NothingReadError(f"{path} cannot be read as JSON lines: {error}") from error
