"""Watched sites: each beside the claims it bears on, problems first, then what was measured with its error, then what else could explain it.

A comparison shows its annotated figure and, as files of their own, both pictures without a mark on them. Nothing here says that something happened: it says what two pictures show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.model.view import ReadClaim
from witnessmark.model.watching import Coordinates, WatchedScene, WatchedSite
from witnessmark.publish.attribution import headline, relay_line, statement
from witnessmark.publish.block import Beside, Block, Bullets, Card, Diagram, Fact, Heading, Row, Table
from witnessmark.publish.casebook import Casebook, observation_anchor, site_anchor
from witnessmark.publish.citation import Citation, Cites, of_claim, of_observation, of_site
from witnessmark.publish.plot import NARROW, WIDE
from witnessmark.publish.plot_series import draw_series
from witnessmark.publish.prose import Given, Inline, Part, Sentence, clip, sentence
from witnessmark.publish.watched_comparisons import comparison, earlier_runs
from witnessmark.publish.watched_series import series_of
from witnessmark.publish.watched_words import (
    area_words,
    day_words_of,
    facts_words,
    footprint_words,
    missing_words,
    pair_words,
    test_words,
)
from witnessmark.publish.words import counted, moment_words

LONGEST = 300
MOST_BESIDE = 6
BRIGHTNESS = "The mean of all bands within each polygon, as the sensors gave it: scenes of another light or season differ everywhere, so what counts is the site against its comparison ground."


class WatchedSites:
    """Sites in the order in which they were drawn."""

    slug = "sites"
    title = "Watched sites"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """Each site with all that was said and observed of it."""
        for site in casebook.view.sites:
            yield from _site(site, casebook)

    def digest(self, casebook: Casebook) -> Iterator[Block]:
        """Each site in a few lines."""
        for site in casebook.view.sites:
            yield Heading(sentence(Given(clip(site.site.name, LONGEST)), cites=(of_site(site),)), level=4)
            yield Bullets((*_in_short(site),))


def _in_short(site: WatchedSite) -> Iterator[Sentence]:
    cites = (of_site(site),)
    for thing in site.watched:
        yield sentence(Given(thing.thing), ": ", thing.bracket.sentence if thing.bracket else Given(thing.refused or ""), cites=cites)
    yield sentence(
        f"{counted(len(site.scenes), 'scene').capitalize()}, {counted(len(site.compared), 'comparison')}, {counted(site.looks, 'look')} at footprints; "
        f"{counted(sum(each.open for each in site.rivals), 'rival explanation is', 'rival explanations are')} open.",
        cites=cites,
    )


def _site(site: WatchedSite, casebook: Casebook) -> Iterator[Block]:
    cites = (of_site(site),)
    yield Heading(sentence(Given(clip(site.site.name, LONGEST)), cites=cites), level=3, anchor=site_anchor(site))
    yield Bullets(tuple(sentence(*each, cites=cites) for each in _about(site)))
    yield from _beside(site, casebook)
    if site.scenes:
        yield _scenes(site)
    if site.watched:
        yield _watched(site)
    newest = {each.seq for each in site.newest}
    for place, each in enumerate(site.compared):
        if each.seq in newest:
            yield from comparison(site, place, each)
    if len(site.compared) > len(newest):
        yield earlier_runs(site, newest)
    yield from _footprints(site)
    yield from _series(site)
    if site.compared or site.watched:
        yield _rivals(site)


def _about(site: WatchedSite) -> Iterator[Inline]:
    stable = f"{len(site.site.stable)} of" if site.site.stable else "none of"
    ground = f"{counted(len(site.site.comparisons), 'polygon')} of comparison ground and {stable} ground known to be unchanged"
    yield (f"Drawn {moment_words(site.at)}, before anything of it was compared, with {ground}.",)
    if site.takes_place_of is not None:
        yield f"The drawing takes the place of {site.takes_place_of}: ", Given(site.site.why or "")
    yield (_where(site),)
    looks = (
        f"Footprints of it were tested {counted(site.looks, 'time')}, which is counted by the program."
        if site.looks
        else "No footprint of it was tested."
    )
    yield (f"{looks} Every run is listed, whatever it gave.",)


def _where(site: WatchedSite) -> str:
    if not site.site.ring:
        return "Where it lies is withheld."
    longitudes, latitudes = zip(*site.site.ring, strict=True)
    longitude, latitude = sum(longitudes) / len(longitudes), sum(latitudes) / len(latitudes)
    if site.coordinates is Coordinates.COARSE and len(site.site.ring) == 1:
        return f"It lies within about 15 km of latitude {latitude:.1f}, longitude {longitude:.1f}."
    return f"Its middle is at latitude {latitude:.5f}, longitude {longitude:.5f}."


def _beside(site: WatchedSite, casebook: Casebook) -> Iterator[Block]:
    """The claims it bears on, and those of the incidents it bears on, beside what was observed."""
    claims = [read for claim in site.bears.claims if (read := casebook.claims.get(claim)) is not None]
    members = {member.id for each in casebook.view.incidents if each.incident.id in site.bears.incidents for member in each.incident.claims}
    claims += [read for read in casebook.standing if read.claim.id in members and read not in claims]
    if not claims:
        return
    yield Beside(
        left_label="What is claimed",
        left=tuple(_claimed(read, casebook) for read in claims[:MOST_BESIDE]),
        right_label="What was observed",
        right=(_observed(site),),
        citations=(of_site(site), *(of_claim(read) for read in claims)),
    )


def _claimed(read: ReadClaim, casebook: Casebook) -> Card:
    return Card(
        title=headline(read, casebook),
        citations=(of_claim(read),),
        statement=statement(read, casebook),
        facts=(Fact("Reached us", relay_line(read, casebook)),),
        tone=str(read.claim.stance),
    )


def _observed(site: WatchedSite) -> Card:
    facts = [
        Fact("Since when", (Given(each.thing), ": ", each.bracket.sentence if each.bracket else Given(each.refused or "")))
        for each in site.watched
    ]
    facts += [Fact("How large", (Given(each.name), f": {area_words(each.area)}")) for each in site.footprints]
    facts += [Fact("Test", (Given(each.what.footprint), f": {test_words(site, each.what)}")) for each in site.tested]
    open_ones = [each.rival.key for each in site.rivals if each.open]
    facts.append(Fact("Open", (f"rival explanations nobody looked into: {', '.join(open_ones) or 'none'}",)))
    return Card(
        title=(Given(clip(site.site.name, LONGEST)), f": {counted(len(site.scenes), 'scene')}"),
        citations=(of_site(site),),
        facts=tuple(facts),
        tone="fields",
    )


def _scenes(site: WatchedSite) -> Table:
    columns = ("Scene", "Taken", "Time from", "Known", "Missing", "To be doubted", "Original")
    return Table(f"Scenes of {site.site.name}", columns, tuple(_scene(scene) for scene in site.scenes))


def _scene(scene: WatchedScene) -> Row:
    facts, found = scene.facts, scene.found
    doubts = (*found.contradictions, *found.problems) if found is not None else ("It could not be read.",)
    return Row(
        (
            (scene.number,),
            (day_words_of(facts.acquired),),
            (Given(facts.acquired.source) if facts.acquired else "missing",),
            (Given(facts_words(facts)),),
            (missing_words(facts),),
            (Given(" ".join(doubts)) if doubts else "nothing was found",),
        ),
        (Citation(Cites.ITEM, scene.item),),
        tone="doubted" if doubts else None,
    )


def _watched(site: WatchedSite) -> Table:
    rows = tuple(
        Row(
            (
                (Given(thing.thing),),
                ("; ".join(f"{each.state} in {each.scene}" for each in thing.seen),),
                (thing.bracket.sentence if thing.bracket else Given(thing.refused or ""),),
                ("; ".join(f"{gap.start:%Y-%m-%d} to {gap.end:%Y-%m-%d}" for gap in thing.bracket.gaps) if thing.bracket else "",),
            ),
            (of_site(site),),
        )
        for thing in site.watched
    )
    return Table(
        "What an analyst saw, and since when that leaves it", ("What", "Seen", "Between which dates", "Nobody looked", "Site"), rows
    )


def _footprints(site: WatchedSite) -> Iterator[Block]:
    if site.footprints:
        rows = tuple(
            Row(
                (
                    (Given(each.name),),
                    (each.scene,),
                    (area_words(each.area),),
                    (footprint_words(each),),
                    (Given(" ".join(each.area.problems if each.area else ())),),
                ),
                (of_site(site),),
            )
            for each in site.footprints
        )
        yield Table("Footprints and their area", ("Footprint", "Drawn on", "Area", "Standard errors", "Not in the interval", "Site"), rows)
    if site.tested:
        tested = tuple(
            Row(
                (
                    (Given(each.what.footprint),),
                    (pair_words(site, each.what),),
                    (Given(test_words(site, each.what)),),
                    (moment_words(each.at),),
                ),
                (of_observation(site, each.seq),),
                anchor=observation_anchor(site, len(site.compared) + place),
            )
            for place, each in enumerate(site.tested)
        )
        yield Table("Was it modified? Placebo tests, each of them", ("Footprint", "Scenes", "Result", "When", "Record"), tested)


def _series(site: WatchedSite) -> Iterator[Block]:
    series, cites = series_of(site), (of_site(site),)
    wide, narrow = draw_series(series, WIDE), draw_series(series, NARROW)
    if wide is None or narrow is None:
        return
    title = f"Brightness by date: {site.site.name} and its comparison ground"
    yield Diagram(
        title,
        "A thick line for the site, a thin one for each polygon of comparison ground; the table below has the numbers.",
        BRIGHTNESS,
        wide,
        narrow,
        cites,
    )
    days = sorted({day for each in series for day, _ in each.values})
    rows = tuple(
        Row(
            ((day.isoformat(),), *((f"{dict(each.values)[day]:,.1f}" if day in dict(each.values) else "not seen",) for each in series)),
            cites,
        )
        for day in days
    )
    yield Table("The same in numbers", ("Date", *(each.name for each in series), "Site"), rows, folded=True)


def _rivals(site: WatchedSite) -> Table:
    rows = tuple(
        Row(
            (
                (each.rival.explanation,),
                _evidence(each.evidence_for, open_one=each.open),
                _evidence(each.evidence_against, open_one=each.open),
                (each.rival.look_for if each.open else "",),
            ),
            (of_site(site),),
            tone="doubted" if each.open else None,
        )
        for each in site.rivals
    )
    return Table("What else could explain it", ("Explanation", "Speaks for it", "Speaks against it", "Where to look", "Site"), rows)


def _evidence(words: Sequence[str], *, open_one: bool) -> Inline:
    if open_one:
        return ("open: nobody looked",)
    parts: list[Part] = []
    for each in words:
        parts += ["; ", Given(each)] if parts else [Given(each)]
    return tuple(parts) or ("nothing was found",)
