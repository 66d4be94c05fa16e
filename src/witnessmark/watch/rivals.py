"""What else could explain a difference between two scenes. Each rival is answered with evidence for and against before anything is said of the site; an unanswered one stays open."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.errors import UsageError
from witnessmark.model.watching import Answered, Rival

RIVALS = (
    Rival("use", "The building is used for something ordinary that gives off heat or smoke, such as kitchens, boilers, laundries or heated quarters.", "Chimneys, vents, water tanks or fuel stores; the same on other days and roofs of known use.", "No such use known to former staff or inmates; the sign began on a known date.", "Plans, testimony on what the building was for, thermal bands, roofs of the same use nearby."),
    Rival("material", "The roof is of another material or colour, which warms, dries or reflects differently.", "The difference is there in every scene, whatever the season.", "The roof looked like its neighbours before.", "Scenes without snow; several bands; photographs from the ground."),
    Rival("slope", "Roof or ground faces another way, so that sun or wind clears it first.", "Differences follow the slope on other buildings too.", "Roofs of the same slope and aspect do not show it.", "Terrain and building models; comparison roofs of equal aspect."),
    Rival("shadow", "A shadow of a wall, cloud or hill lies there in one scene and not in the other.", "It points away from the sun and fits its height.", "It is there with the sun elsewhere, or too large for what could cast it.", "Sun position of both scenes; shadows of known objects; cloud."),
    Rival("cleared", "People cleared the snow, swept or washed the surface.", "Straight edges, heaps beside it, tracks, paths cleared at the same time.", "No access to the roof; edges follow rooms or pipes.", "Scenes of the following days; heaps and tracks."),
    Rival("snow age", "Snow fell, melted or drifted at another time there than around.", "Air temperature over zero, rain, or wind between snowfall and scene; patches elsewhere.", "Deep frost throughout; all comparison roofs keep their snow.", "Weather records for the days before; comparison roofs counted, not picked."),
    Rival("season", "Growth, harvest, water level or sun height differ by season.", "The scenes are from different months; fields and banks changed alike.", "The same month of other years does not show it.", "Scenes of the same season in other years."),
    Rival("repainting", "The surface was painted, covered or repaired for upkeep.", "Scaffolding, the same on other buildings of the owner.", "The shape changed as well.", "Several bands; procurement records; photographs."),
    Rival("parallax", "The sensor looked from another side, so that tall things lean another way.", "Off-nadir angles differ; the shift grows with height; the foot stays.", "The foot of the building moved or grew.", "Off-nadir and azimuth of both scenes; measure at the foot."),
    Rival("misregistration", "The scenes do not lie exactly over each other.", "Both sides of every edge changed, in one direction.", "The change is wider than the residual.", "Residual; the control with shifted copies."),
    Rival("processing", "The picture was sharpened, compressed, recoloured or patched together.", "Borders of tiles, blocks, other colours in the whole frame.", "The provider's original shows it too.", "The original product and its id; a second provider."),
    Rival("misdated", "A scene is from another day or place than stated.", "Metadata, shadows or weather contradict the caption.", "Product id, shadows and weather agree.", "Metadata; sun position; other scenes of the day."),
)  # fmt: skip
"""In the order in which they are usually settled."""


def rivals(evidence: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] | None = None) -> tuple[Answered, ...]:
    """The table, with evidence (for, against) by a rival's key.

    Raises:
        UsageError: there is no rival of that key.
    """
    given = evidence or {}
    known = {rival.key for rival in RIVALS}
    if unknown := sorted(set(given) - known):
        raise UsageError(f"There is no rival explanation {unknown[0]!r}; there are {', '.join(rival.key for rival in RIVALS)}.")
    return tuple(Answered(rival, *given.get(rival.key, ((), ()))) for rival in RIVALS)
