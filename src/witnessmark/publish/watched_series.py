"""How bright the polygons of a site are by date, for a drawing and its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from witnessmark.model.watching import WatchedSite
from witnessmark.publish.plot_series import Series


def series_of(site: WatchedSite) -> Sequence[Series]:
    """The brightness of each polygon by day, the site first; scenes of no known time, or other numbers of bands than the first, are left out."""
    read = [(scene.facts.acquired, scene.found) for scene in site.scenes if scene.found is not None]
    bands = {len(found.bands) for _, found in read}
    values: dict[str, dict[dt.date, float]] = {}
    for acquired, found in read:
        if acquired is None or len(found.bands) != max(bands):
            continue
        for level in found.levels:
            if level.means:
                values.setdefault(level.ground, {})[acquired.earliest.date()] = sum(level.means) / len(level.means)
    return [Series(name, tuple(by_day.items()), name == site.site.name) for name, by_day in values.items()]
