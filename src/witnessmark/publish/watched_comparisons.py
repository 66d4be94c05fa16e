"""A comparison of two scenes of a watched site, laid out: problems first, pictures beside their error, then the tables."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.watching import ChangeFound, Compared, Observed, WatchedSite
from witnessmark.publish.block import Block, Bullets, Heading, Paragraph, Picture, Row, Table
from witnessmark.publish.casebook import observation_anchor
from witnessmark.publish.citation import Citation, of_observation
from witnessmark.publish.prose import Given, sentence
from witnessmark.publish.watched_pictures import picture_name
from witnessmark.publish.watched_words import error_words, pair_words
from witnessmark.publish.words import counted, moment_words

PICTURES = (
    "Both pictures have one scale, north is up, and the outlines are the site's and its comparison ground's. Brightness is stretched in each by itself. "
    "The pictures without a mark on them are files beside this page."
)


def comparison(site: WatchedSite, place: int, each: Observed[Compared]) -> Iterator[Block]:
    """One comparison: what stands against it, its error, its pictures, and every table of it."""
    cites = (of_observation(site, each.seq),)
    said = f"{pair_words(site, each.what)}, compared {moment_words(each.at)}"
    yield Heading(sentence(said, cites=cites), level=4, anchor=observation_anchor(site, place))
    found = each.what.found
    if found is None:
        yield Paragraph((sentence("The comparison was refused: ", Given(each.what.refused or ""), cites=cites),))
        return
    if found.problems:
        yield Bullets(tuple(sentence(Given(problem), cites=cites) for problem in found.problems))
    yield Paragraph((sentence(error_words(found), cites=cites),))
    yield from _pictures(site, place, found, said, cites)
    yield _grounds(found, cites)
    yield _controls(found, cites)
    if found.places:
        yield _places(found, cites)


def _pictures(site: WatchedSite, place: int, found: ChangeFound, said: str, cites: tuple[Citation, ...]) -> Iterator[Block]:
    if not found.figure:
        yield Paragraph((sentence("The pictures are not shown: nobody said that they may be published.", cites=cites),))
        return
    yield Picture(
        title=said,
        caption=PICTURES,
        file=picture_name(site, place, "figure"),
        twins=tuple(
            (words, picture_name(site, place, kind))
            for words, kind in (("before", "before"), ("after", "after"), ("marked as changed", "where"))
        ),
        citations=cites,
    )


def _grounds(found: ChangeFound, cites: tuple[Citation, ...]) -> Table:
    rows = tuple(
        Row(
            (
                (Given(each.ground),),
                (f"{each.pixels:,}",),
                (f"{each.changed:.1%}" if each.pixels else "not seen in both",),
                (f"{each.statistic:.2f}",),
            ),
            cites,
        )
        for each in found.grounds
    )
    return Table(
        "The site and its comparison ground", ("Ground", "Pixels", "Over the threshold", "Mean of log(1 + statistic)", "Record"), rows
    )


def _controls(found: ChangeFound, cites: tuple[Citation, ...]) -> Table:
    words = {True: "kept", False: "broken", None: "not checked"}
    rows = tuple(
        Row(
            ((each.name,), (words[each.kept] if each.limit is not None else "for information",), (each.sentence,)),
            cites,
            tone="doubted" if each.kept is False else None,
        )
        for each in found.controls
    )
    return Table(
        "Null controls: changes of the input that change nothing on the ground",
        ("Control", "Limit", "What came of it", "Record"),
        rows,
        folded=all(each.kept is not False for each in found.controls),
    )


def _places(found: ChangeFound, cites: tuple[Citation, ...]) -> Table:
    rows = tuple(Row(((f"{each.rank}",), (f"{each.score:.2f}",), (f"{each.false_alarm_rate:.1%}",)), cites) for each in found.places)
    caption = (
        f"Places to look at first, no verdict; how much of comparison ground changed as much ({counted(found.places_compared, 'window')})"
    )
    return Table(caption, ("Rank", "Score", "Comparison ground", "Record"), rows, folded=True)


def earlier_runs(site: WatchedSite, newest: set[int]) -> Table:
    """Runs that a later one of the same two scenes took the place of."""
    rows = tuple(
        Row(
            (
                (pair_words(site, each.what),),
                (moment_words(each.at),),
                (Given(each.what.refused or "") if each.what.found is None else error_words(each.what.found),),
            ),
            (of_observation(site, each.seq),),
            anchor=observation_anchor(site, place),
        )
        for place, each in enumerate(site.compared)
        if each.seq not in newest
    )
    return Table("Earlier runs of the same comparisons", ("Scenes", "When", "What came of it", "Record"), rows)
