"""A watched site made by hand: three scenes, a comparison with pictures, a refused one, a test, a bracket and a footprint."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from witnessmark.model.view import CaseView
from witnessmark.model.watching import (
    Acquired,
    Answered,
    Area,
    Bears,
    Bracket,
    ChangeFound,
    Compared,
    Control,
    Drawing,
    Footprint,
    Ground,
    GroundChange,
    Level,
    Observed,
    PlaceboTest,
    PlaceToLook,
    Rival,
    SceneFacts,
    SceneFound,
    SceneSaid,
    SeenIn,
    Site,
    State,
    Tested,
    Watched,
    WatchedScene,
    WatchedSite,
)

RING = ((36.1234, 33.5678), (36.1244, 33.5678), (36.1244, 33.5688))
PICTURE = b"\x89PNG\r\n\x1a\n"
DAYS = (dt.date(2031, 1, 8), dt.date(2031, 2, 19), dt.date(2031, 6, 12))


def scene(item: str, number: str, place: int, *, rights: str | None = "a letter") -> WatchedScene:
    """A scene of the nth day."""
    facts = SceneFacts(acquired=Acquired.on(DAYS[place], "catalogue"), ground_sampling_distance=0.6, credit="Tolvar Imaging")
    found = SceneFound(
        rows=480,
        columns=480,
        bands=("red", "green", "blue"),
        georeference="file",
        georeference_error=None,
        facts=facts,
        problems=(f"{number} is out of focus.",),
        contradictions=(f"The caption's coordinates (33.9, 36.4) lie outside {number}, 33.5 km from its middle.",),
        levels=(Level("The yard", 900, 1.0, (100.0 + place, 101.0, 102.0)), Level("west", 9000, 1.0, (98.0, 99.0, 100.0))),
        metres_a_pixel=0.3,
        picture=PICTURE + number.encode(),
    )
    return WatchedScene(item, number, SceneSaid(site="w-1", facts=facts, rights=rights), found)


def change(*, kept: bool = True) -> ChangeFound:
    """What a comparison gave."""
    return ChangeFound(
        method="normalised change vectors/1",
        alpha=0.01,
        threshold=9.0,
        false_alarm_rate=0.012,
        folds=(0.011, 0.013),
        residual=0.12,
        shift=(0.1, 0.2),
        rotation=0.0,
        pixels=200_000,
        changed=3000,
        ranks_only=True,
        problems=("The sensors differ.",),
        controls=(Control("date swap", 0.1, 0.025, kept, "With the dates exchanged, 10% change sides."),),
        grounds=(GroundChange("The yard", 900, 0.2, 2.5), GroundChange("west", 9000, 0.01, 1.1)),
        places=(PlaceToLook(1, (36.12345, 33.56789), 7.3, 0.002),),
        places_compared=448,
        metres_a_pixel=0.3,
        before=PICTURE + b"before",
        after=PICTURE + b"after",
        where=PICTURE + b"where",
        figure=PICTURE + b"figure",
    )


def watched_site(items: tuple[str, str, str], **more: object) -> WatchedSite:
    """The site, its scenes being these items under the numbers I1, I2 and I3."""
    first, second, third = items
    test = PlaceboTest(7.1, (1.0, 2.0), 1 / 3, 1 / 3, 1, 1 / 3, "0 of 2 placebos changed at least as much: p = 0.333.", "mean")
    seen = (SeenIn("store", "I1", State.ABSENT), SeenIn("store", "I3", State.PRESENT))
    area = Area(
        square_metres=390.0, interval=(340.0, 440.0), level=0.95, drawings=3, redrawing=9.0, sampling=5.0, lean=None, place_error=0.1
    )
    drawing = Drawing(footprint="store", scene="I3", ring=RING)
    site = WatchedSite(
        id="w-1",
        number="W1",
        public_id="f00dfeed0001",
        seq=5,
        at="2031-07-01T08:00:00Z",
        site=Site(name="The yard", ring=RING, comparisons=(Ground("west", RING),), stable=(RING,)),
        scenes=(scene(first, "I1", 0), scene(second, "I2", 1), scene(third, "I3", 2)),
        compared=(
            Observed(7, "2031-07-01T09:00:00Z", "1", Compared(before=first, after=second, alpha=0.01, found=change())),
            Observed(8, "2031-07-01T09:05:00Z", "1", Compared(before=second, after=third, alpha=0.01, refused="I2 has 3 bands, I3 has 1.")),
        ),
        tested=(Observed(9, "2031-07-01T09:10:00Z", "1", Tested(footprint="store", before=first, after=third, drawings=3, test=test)),),
        looks=3,
        watched=(
            Watched(
                "store",
                seen,
                Bracket(
                    first=State.ABSENT,
                    last_before=None,
                    first_after=None,
                    sentence="Not present on or before 2031-01-08, present on or after 2031-06-12.",
                ),
            ),
        ),
        footprints=(Footprint("store", "I3", (drawing,) * 3, area),),
        rivals=(
            Answered(Rival("use", "It is used for something ordinary.", "Vents.", "None known.", "Plans."), ("vents on the plan",), ()),
            Answered(Rival("shadow", "A shadow lies there.", "It points away.", "It is there always.", "Sun.")),
        ),
        bears=Bears(()),
    )
    return replace(site, **more)


def with_sites(case: CaseView, *sites: WatchedSite) -> CaseView:
    """The case with these sites."""
    return replace(case, sites=sites)
