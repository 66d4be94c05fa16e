"""The pictures of watched sites as files of a dossier: of each comparison the annotated figure and, apart, both pictures without a mark on them. Named by random public ids."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model.view import CaseView
from witnessmark.model.watching import ChangeFound, WatchedSite

KINDS = ("figure", "before", "after", "where")


def picture_name(site: WatchedSite, place: int, kind: str) -> str:
    """The file of one picture of the comparison at `place`."""
    return f"site-{site.public_id}-{place + 1}-{kind}.png"


def shown_changes(site: WatchedSite) -> Iterator[tuple[int, ChangeFound]]:
    """The newest comparison of each pair that was not refused, with its place among all."""
    newest = {each.seq for each in site.newest}
    for place, each in enumerate(site.compared):
        if each.seq in newest and each.what.found is not None:
            yield place, each.what.found


def watched_pictures(view: CaseView) -> dict[str, bytes]:
    """Every picture that the pages show, by file name. A picture that may not be shown is empty, and makes no file."""
    return {
        picture_name(site, place, kind): content
        for site in view.sites
        for place, found in shown_changes(site)
        for kind in KINDS
        if (content := getattr(found, kind))
    }
