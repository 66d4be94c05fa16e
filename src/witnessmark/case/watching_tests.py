"""Footprints of a watched site put to the placebo test, in space or in time, and every test on record, whatever it gave."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.case.case import Case
from witnessmark.case.stages import step_of
from witnessmark.case.telling import typed
from witnessmark.case.watching_child import Answer, StatisticJob, TestJob
from witnessmark.case.watching_in_time import against_other_dates, pairs_in_time
from witnessmark.case.watching_run import VERSION, WATCH, Ran, Tell, hashed, of_two, pairs_of, raise_refused, ready, recorded, refusal
from witnessmark.case.watching_sites import site_of
from witnessmark.errors import UsageError
from witnessmark.model.deed import FootprintTested
from witnessmark.model.watching import PlaceboInTime, Ring, Tested, WatchedScene, WatchedSite


def probe_footprint(  # noqa: PLR0913 -- the test and what it is of, each by its name
    case: Case,
    number: str,
    footprint: str,
    scenes: Sequence[str],
    *,
    by_hand: bool = False,
    in_time: bool = False,
    tell: Tell = lambda _: None,
) -> Ran:
    """Put a footprint to the placebo test between two scenes: against copies of it on comparison ground, or `in_time` against itself between other dates.

    Looks are counted from the log: every test of this site that gave a p, and this one.

    Raises:
        UsageError: it was not drawn, or a scene is none of the site's.
        SceneError: the test was refused; the refusal is on record.
    """
    site = ready(case, number)
    ((before, after),) = pairs_of(case, site, scenes, exactly=True)
    outlines = _outlines(case, site, footprint, before)
    looks = site.looks + 1
    if in_time:
        answer, pairs = _in_time(case, site, (before, after), outlines, looks=looks, by_hand=by_hand, tell=tell)
    else:
        pairs = ()
        answer = of_two(case, site, before, after, lambda one, other: TestJob(site.site, one, other, by_hand, outlines, looks))
    tested = Tested(
        footprint=footprint,
        before=before.item,
        after=after.item,
        drawings=len(outlines),
        test=answer.test,
        refused=refusal(answer, answer.test),
        in_time=in_time,
        pairs=pairs,
    )
    step = step_of(WATCH, VERSION, (by_hand, in_time), hashed((site.id, outlines, before.said, after.said, *sorted(tested.rests_on))))
    entry = recorded(case, FootprintTested(step, site.id, tested))
    raise_refused(answer if answer.test is None else Answer())
    return Ran(site_of(case, number), (entry,))


def _outlines(case: Case, site: WatchedSite, footprint: str, before: WatchedScene) -> tuple[Ring, ...]:
    drawn = [each for each in site.footprints if each.name == footprint]
    if not drawn:
        known = ", ".join(each.name for each in site.footprints) or "none yet"
        raise UsageError(
            f"{site.number} has no footprint {footprint!r} (drawn: {known}). Draw it first: witnessmark watch outline {typed(case.folder.root)} {site.number} --footprint NAME --on {before.number} FILE.geojson"
        )
    return tuple(drawing.ring for each in drawn for drawing in each.drawings)


def _in_time(  # noqa: PLR0913 -- as of its caller
    case: Case,
    site: WatchedSite,
    tested: tuple[WatchedScene, WatchedScene],
    outlines: tuple[Ring, ...],
    *,
    looks: int,
    by_hand: bool,
    tell: Tell,
) -> tuple[Answer, tuple[PlaceboInTime, ...]]:
    """What the test gave, and each pair of other dates. Raises UsageError where there is none."""

    def measured(before: WatchedScene, after: WatchedScene) -> Answer:
        tell(f"Measuring the footprint between {before.number} and {after.number}")
        return of_two(case, site, before, after, lambda one, other: StatisticJob(site.site, one, other, by_hand, outlines))

    def placebo(before: WatchedScene, after: WatchedScene) -> float | str:
        found = measured(before, after)
        return found.statistic if found.statistic is not None else found.refused or "No reason was given."

    pairs = pairs_in_time(site, *tested)
    own = measured(*tested)
    if own.statistic is None:
        return own, ()
    test, made = against_other_dates(own.statistic, pairs, placebo, looks=looks)
    return Answer(test=test), made
