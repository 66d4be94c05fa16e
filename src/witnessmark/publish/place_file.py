"""The page of one place: where it lies as far as that is known and shown, then all that is said of it and all that bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from witnessmark.model.decision import Status
from witnessmark.model.incident import Role
from witnessmark.model.sheet import Placed
from witnessmark.model.view import HeldItem, NumberedIncident
from witnessmark.model.watching import WatchedSite
from witnessmark.publish.attribution import LONGEST_PHRASE, answers_back, lead, publisher_line, short_name
from witnessmark.publish.block import Block, Bullets, Heading, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook, claims_anchor, incident_anchor, sheet_anchor
from witnessmark.publish.citation import of_claim, of_item, of_line, of_site
from witnessmark.publish.finding import finding_of, support
from witnessmark.publish.map_words import known, position
from witnessmark.publish.projection import distance_km
from witnessmark.publish.prose import AsWritten, Flag, Given, Inline, Jump, Ref, Sentence, clip, joined, sentence, some
from witnessmark.publish.sections.timeline import incident_timeline
from witnessmark.publish.site_files import SiteFile, sites_on
from witnessmark.publish.small_map import SmallMaps
from witnessmark.publish.spots import Spot
from witnessmark.publish.words import act_words, counted, dates_words, day_words, interval_words

LONGEST_LISTED = 220
"""Characters of a statement in the list; its page has all."""

MOST_CITED = 12


class PlaceFile:
    """Everything of one place."""

    def __init__(self, file: SiteFile, casebook: Casebook, maps: SmallMaps) -> None:
        """`maps` are those of the same casebook."""
        self._file, self._book, self._maps = file, casebook, maps
        self._spots = maps.spots(file.reads)
        self._cites = tuple(of_claim(read) for read in file.reads[:MOST_CITED])

    def blocks(self) -> Iterator[Block]:
        """What is known of the place, its map, its incidents, its times, then claims, items, pictures and watched sites."""
        yield Paragraph(tuple(self._summary()))
        yield Bullets(tuple(self._position()))
        if self._spots:
            yield from self._maps.drawn(self._spots)
        yield from self._incidents()
        yield from incident_timeline([read for read in self._file.reads if not answers_back(read)], self._book)
        yield self._claims()
        yield self._items()
        yield from self._pictures()
        yield from self._sites()

    def _summary(self) -> Iterator[Sentence]:
        reads = self._file.reads
        items = {read.item for read in reads}
        answering = sum(map(answers_back, reads))
        denying = f", {answering:,} of them to deny, doubt or take back something" if answering else ""
        yield sentence(
            f"{counted(len(reads), 'claim names', 'claims name').capitalize()} this place, in {counted(len(items), 'item')}{denying}.",
            cites=self._cites,
        )
        if unchecked := [read for read in reads if read.status is Status.PROPOSED]:
            yield sentence(f"Nobody has checked {len(unchecked):,} of these readings.", cites=tuple(map(of_claim, unchecked[:MOST_CITED])))
        yield sentence("Being named here says nothing of what happened.", cites=self._cites[:1])

    def _position(self) -> Iterator[Sentence]:
        if len(self._file.names) > 1:
            others: list[Inline] = [(Given(clip(name, LONGEST_PHRASE)),) for name in self._file.names[1:]]
            yield sentence("Also named: ", *some(others, "; "), ".", cites=self._cites)
        for spot in self._spots:
            yield sentence("Known as ", *known(spot), "; position: ", *position(spot), ".", cites=(of_claim(spot.reads[0]),))
        if not self._spots:
            yield sentence("Where it lies is not on record, so that it is on no map.", cites=self._cites[:1])

    def _incidents(self) -> Iterator[Block]:
        found: dict[str, NumberedIncident] = {}
        for read in self._file.reads:
            found |= {numbered.public_id: numbered for numbered in self._book.incidents_of(read)}
        rows = tuple(row for numbered in found.values() if (row := self._incident(numbered)) is not None)
        if rows:
            yield Table("Incidents that a claim places here", ("Incident", "When", "How well supported", "Against it", "Claims"), rows)

    def _incident(self, numbered: NumberedIncident) -> Row | None:
        finding, incident = finding_of(numbered, self._book), numbered.incident
        if finding is None:
            return None
        alleged = f": alleged {act_words(incident.act)}" if incident.act else ": no act stated"
        when = dates_words(incident.when.earliest, incident.when.latest) if incident.when else "not stated"
        here = {read.claim.id for read in self._file.reads}
        cites = tuple(of_claim(read) for role, read in finding.members if role is not Role.CONTEXT and read.claim.id in here)
        if not cites:
            return None  # what names the place only speaks around the incident
        return Row(
            (
                (Jump(numbered.number, incident_anchor(numbered)), alleged),
                (when,),
                support(finding)[1:] or support(finding),
                _against(numbered),
            ),
            cites[:MOST_CITED],
        )

    def _claims(self) -> Table:
        rows = tuple(
            Row(
                (
                    (AsWritten(clip(self._book.quote(read), LONGEST_LISTED), self._book.language_of(read)),),
                    lead(read, self._book),
                    (act_words(read.claim.act) if read.claim.act else "",),
                    (interval_words(read.claim.when) if read.claim.when else "",),
                    joined([(Jump(each.number, incident_anchor(each)),) for each in self._book.incidents_of(read)]),
                ),
                (of_claim(read),),
                tone=read.claim.stance.value,
            )
            for read in self._file.reads
        )
        return Table(
            "Claims that name it", ("What, as it stands in the document", "Who", "Act", "When", "Incident", "Claim"), rows, kind="here"
        )

    def _items(self) -> Table:
        times = Counter(read.item for read in self._file.reads)
        rows = tuple(self._item(held, times[held.item.id]) for held in self._book.view.items if held.item.id in times)
        return Table("Items that speak of it", ("Item", "From", "Published", "Claims of it", "Record"), rows)

    def _item(self, held: HeldItem, times: int) -> Row:
        title = clip(held.document.title, LONGEST_PHRASE) if held.document and held.document.title else None
        stated = held.document.published.value if held.document and held.document.published else held.item.published
        total = counted(len(self._book.claims_of(held)), "claim")
        return Row(
            (
                (Given(title),) if title else (short_name(held.item),),
                publisher_line(held) or ("not given",),
                (Given(day_words(stated)) if stated else "not given",),
                (f"{times:,} of ", Jump(total, claims_anchor(held))),
            ),
            (of_item(held),),
        )

    def _pictures(self) -> Iterator[Block]:
        """Pictures that a verification sheet places within the area that the place is shown as."""
        lines: list[Sentence] = []
        for sheet in self._book.view.sheets:
            held = self._book.items.get(sheet.item)
            here = [line for line in sheet.lines if line.stands and isinstance(line.body, Placed) and self._holds(line.body)]
            if held is not None and here:
                cites = (*(of_line(sheet, line) for line in here), of_item(held))
                lines.append(sentence(Ref(of_item(held)), " ", Jump("its verification sheet", sheet_anchor(held)), cites=cites))
        if lines:
            yield Heading(sentence("Pictures that a verification sheet places in this area", cites=self._cites[:1]))
            yield Bullets(tuple(lines))

    def _holds(self, placed: Placed) -> bool:
        return any(_near(spot, placed) for spot in self._spots)

    def _sites(self) -> Iterator[Block]:
        """Watched sites that bear on a claim that names the place, or on its incidents."""
        sites = sites_on(self._file, self._book)
        if sites:
            yield Table(
                "Watched sites that bear on what is said of it",
                ("Site", "Scenes", "Comparisons", "Taken", "Record"),
                tuple(map(self._site, sites)),
            )

    def _site(self, site: WatchedSite) -> Row:
        days = sorted(scene.facts.acquired.earliest.date().isoformat() for scene in site.scenes if scene.facts.acquired is not None)
        taken = "not known" if not days else day_words(days[0]) if len(set(days)) == 1 else f"{day_words(days[0])} to {day_words(days[-1])}"
        scenes: Inline = (
            f"{len(site.scenes):,}: ",
            *joined([(Ref(of_item(self._book.items[each.item])),) for each in site.scenes if each.item in self._book.items]),
        )
        return Row(((Given(clip(site.site.name, LONGEST_PHRASE)),), scenes, (f"{len(site.compared):,}",), (taken,)), (of_site(site),))


def _near(spot: Spot, placed: Placed) -> bool:
    """Whether a picture's area and the place's, both as they are shown, touch."""
    if spot.position is None:
        return False
    apart = distance_km((spot.position.longitude, spot.position.latitude), (placed.longitude, placed.latitude))
    return apart <= spot.radius + placed.within / 1000


def _against(numbered: NumberedIncident) -> Inline:
    """Who denies the incident and who disputes it on evidence."""
    incident = numbered.incident
    flags: list[Inline] = []
    for names, words, kind in ((incident.denied_by, "denied by", "denied"), (incident.disputed_by, "disputed on evidence", "disputed")):
        if names:
            flags.append((Flag(words, kind), " ", *some([(Given(clip(name, LONGEST_PHRASE)),) for name in names], ", ", 3)))
    return joined(flags, "; ") if flags else ("no answer here",)
