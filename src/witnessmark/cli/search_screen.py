"""What a search found, on a terminal: hits with their words lit, then how many there are of what, then how to go on."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence

import click

from witnessmark.case.search_facets import Facet
from witnessmark.case.searching import Asked, ClaimHit, DocumentHit, Found, Near
from witnessmark.cli.asking import NARROWEST, WIDEST
from witnessmark.cli.printing import count, show, styled
from witnessmark.cli.screen import Lit, lit_lines
from witnessmark.model.decision import STATUS_WORDS, Status
from witnessmark.text.passages import Passage

NUMBER = 6
"""Columns in which short numbers stand."""
LABEL = 11
"""Columns of the names of facets."""
MOST_VALUES = 6
"""Values of a facet that are printed; `--json` has all."""
MOST_SHOWN = 2
"""Passages of a document that are printed."""


def print_found(found: Found) -> None:
    """Print a page of hits, and what was searched where that is not what was typed."""
    width = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST)) - 1  # a line broken after a space keeps it
    color = click.get_current_context().color
    marked = not (sys.stdout.isatty() if color is None else color)
    for line in (*_head(found), *_hits(found, width, marked=marked), *_facets(found, width), *_way_on(found)):
        for part in lit_lines(line, 0, len(line), (), width) if isinstance(line, str) else line:
            show(part)


def _head(found: Found) -> Iterator[str]:
    totals = " and ".join(_total(total, name.removesuffix("s")) for name, total in found.totals.items())
    yield f"{totals}{_order(found)}."
    for typed, words in found.widened.items():
        yield f"Searched besides {typed}: {', '.join(words)}."
    if found.misread_left_out:
        yield f"{count(found.misread_left_out, 'misread claim')} left out; --status rejected shows them."
    if found.next:
        yield f"{count(found.unread, 'item')} not read yet, so not searched: {found.next}"


def _order(found: Found) -> str:
    if not found.hits or found.query is None:
        return ""
    words = {name: "best first" if ranked else "in the order of their numbers" for name, ranked in found.ranked.items()}
    if len(set(words.values())) == 1:
        return f", {next(iter(words.values()))}"
    return "; " + ", ".join(f"{name} {order}" for name, order in words.items())


def _total(total: int | str, noun: str) -> str:
    return f"{total} {noun}s" if isinstance(total, str) else f"{total:,} {noun}{'' if total == 1 else 's'}"


def _hits(found: Found, width: int, *, marked: bool) -> Iterator[list[str]]:
    for hit in found.hits:
        head, second = _claim_head(hit) if isinstance(hit, ClaimHit) else _document_head(hit)
        lines = [*_beside(hit.number, head, width), *_beside("", second, width, role="soft")]
        shown = hit.passages if isinstance(hit, ClaimHit) else hit.passages[:MOST_SHOWN]
        for passage in shown:
            lines += _passage(passage, width, marked=marked, whole=isinstance(hit, ClaimHit))
        if isinstance(hit, ClaimHit) and hit.names and not any(passage.lit for passage in hit.passages):
            lines += _beside("", f"found in: {'; '.join(hit.names)}", width, role="soft")
        yield ["", *lines]


def _claim_head(hit: ClaimHit) -> tuple[str, str]:
    about = (hit.act and hit.act.replace("_", " "), hit.place, _days(hit.earliest, hit.latest), STATUS_WORDS[hit.status])
    return f"{hit.source}: {hit.stance}", " · ".join((*filter(None, about), f"{hit.item} {hit.name}", *filter(None, [hit.opens])))


def _document_head(hit: DocumentHit) -> tuple[str, str]:
    places = f"{count(hit.places, 'place')} in its text" if hit.places else "found in its title, author, publisher or file name"
    return hit.title or hit.name, " · ".join(filter(None, (hit.name if hit.title else None, hit.publisher, places, hit.opens)))


def _days(earliest: str | None, latest: str | None) -> str | None:
    if earliest == latest:
        return earliest
    return f"{earliest} to {latest}" if earliest and latest else f"from {earliest}" if earliest else f"until {latest}"


def _beside(number: str, text: str, width: int, *, role: str = "title") -> Iterator[str]:
    """A text in lines, with a short number before the first."""
    flat = _on_one_line(text)
    for line in lit_lines(flat, 0, len(flat), [Lit(0, len(flat), role)], width - NUMBER):
        yield styled(number.ljust(NUMBER), "key") + line
        number = ""


def _passage(passage: Passage, width: int, *, marked: bool, whole: bool) -> Iterator[str]:
    """A stretch of the original in lines, its words lit; between asterisks where no colour can light them."""
    text = _on_one_line(passage.text)
    lit = [Lit(span.start - passage.start, span.end - passage.start, "lit") for span in passage.lit]
    if marked:
        for span in reversed(lit):
            text = f"{text[: span.start]}*{text[span.start : span.end]}*{text[span.end :]}"
        lit = []
    if not whole:
        text, lit = f"… {text} …", [Lit(span.start + 2, span.end + 2, span.role) for span in lit]
    for line in lit_lines(text, 0, len(text), lit, width - NUMBER):
        yield " " * NUMBER + line


def _on_one_line(text: str) -> str:
    """The text with each character of white space a space, so that offsets stay."""
    return re.sub(r"\s", " ", text)


def _facets(found: Found, width: int) -> Iterator[list[str]]:
    lines = []
    for name, values in found.facets.items():
        text = _values(name, values) if values else ""
        label = name
        for line in lit_lines(text, 0, len(text), (), width - LABEL):
            lines.append(styled(label.ljust(LABEL), "soft") + line)
            label = ""
    if lines:
        exact = not any(isinstance(total, str) for total in found.totals.values())
        yield ["", *([] if exact else [styled("At least, counted in the first 10,000:", "soft")]), *lines]


def _values(name: str, values: Sequence[Facet]) -> str:
    """The values met most, with their counts; years in their order."""
    chosen = sorted(values, key=lambda facet: -facet.count)[:MOST_VALUES]
    shown = [f"{_worded(name, facet.value)} {facet.count:,}" for facet in values if facet in chosen]
    rest = len(values) - len(chosen)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


def _worded(name: str, value: str) -> str:
    return STATUS_WORDS[Status(value)] if name == "status" else value.replace("_", " ") if name == "act" else value


def _way_on(found: Found) -> Iterator[str]:
    if not found.hits:
        yield from _nothing(found.asked, " or ".join(name.removesuffix("s") for name in found.totals))
        return
    of_each = found.limit if len(found.totals) == 1 else max(found.limit // 2, 1)
    if any(isinstance(total, str) or total > found.page * of_each for total in found.totals.values()):
        yield ""
        yield f"This is page {found.page}. More: the same with --page {found.page + 1}; fewer: --source, --act, --place, --stance, --status, --from, --to, --item, --in."


def _nothing(asked: Sequence[Asked], noun: str) -> Iterator[str]:
    """Why nothing was found in what was searched ("claim or document"), filters and all."""
    for one in asked:
        if one.claims or one.documents:
            yield f"“{one.typed}” alone: {_counts(one)}."
        elif one.near:
            near = ", ".join(f"{near.word} ({_counts(near)})" for near in one.near)
            yield f"No {noun} searched holds “{one.typed}”. Did you mean: {near}? --fuzzy searches these, too."
        else:
            yield f"No {noun} searched holds “{one.typed}”, nor anything spelt like it."


def _counts(one: Asked | Near) -> str:
    return ", ".join(count(number, noun) for number, noun in ((one.claims, "claim"), (one.documents, "document")) if number is not None)
