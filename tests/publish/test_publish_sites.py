"""Watched sites in a dossier and on the bench: problems first, every figure with its error, open rivals shown, and in public nothing that was not released."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from msgspec.structs import replace
from tests.publish.publish_sites import PICTURE, scene, watched_site, with_sites

from witnessmark.model.view import CaseView
from witnessmark.model.watching import Bears, Coordinates, WatchedSite
from witnessmark.publish import draft
from witnessmark.publish.bench import bench_pages
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.public import public_pages
from witnessmark.publish.public_view import Derived, public_view
from witnessmark.publish.sections.public import RELEASE
from witnessmark.publish.visibility import RULE_WORDS, Rule, Selection, select
from witnessmark.text.masking import Mask


@pytest.fixture
def site(case: CaseView) -> WatchedSite:
    first, second, third = (held.item.id for held in case.items[:3])
    return watched_site((first, second, third))


def found(page: bytes | str, path: str) -> Any:  # noqa: ANN401 -- an XPath gives strings, numbers or elements
    """What an XPath finds in a page."""
    return lxml.html.document_fromstring(page).xpath(path)


def words(page: str) -> str:
    return " ".join(str(found(page, "string()")).split())


def told(files: dict[str, bytes]) -> str:
    return " ".join(words(content.decode()) for name, content in files.items() if name.endswith(".html"))


def public(case: CaseView, site: WatchedSite, shown: int, hidden: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The public dossier in which the first items are shown."""
    view = with_sites(case, site)
    items = frozenset(held.item.id for held in case.items[:shown])
    chosen = Selection(items, frozenset(), select(view, "2031-08-01").held_back)
    cut = public_view(view, chosen, Derived((), ()), Mask(hidden), methods=(RELEASE, *case.methods))
    return public_pages(cut, Discretion.of_public(view), {}, chosen.banded())


def test_a_draft_shows_a_site_with_its_scenes_comparisons_tests_and_open_rivals(case: CaseView, site: WatchedSite) -> None:
    said = told(draft(with_sites(case, site)))
    for expected in (
        "The error of laying one scene over the other is 0.12 pixels; 1.20% of unchanged ground",
        "The comparison was refused: I2 has 3 bands, I3 has 1.",
        "Not present on or before 2031-01-08, present on or after 2031-06-12.",
        "340 to 440 m² at 95% by 3 drawings",
        "By now there have been 3 looks: p times that is 1.",
        "open: nobody looked",
        "vents on the plan",
        "33.5 km from its middle",
    ):
        assert expected in said, expected


def test_the_figure_and_both_pictures_without_a_mark_are_files_of_the_dossier(case: CaseView, site: WatchedSite) -> None:
    files = draft(with_sites(case, site))
    pictures = {name: content for name, content in files.items() if name.endswith(".png")}
    assert {name.rpartition("-")[2] for name in pictures} == {"figure.png", "before.png", "after.png", "where.png"}
    assert all(content.startswith(PICTURE) for content in pictures.values())
    linked = {link for name, page in files.items() if name.endswith(".html") for link in found(page, "//@src")}
    assert linked == {"site-f00dfeed0001-1-figure.png"}


def test_a_site_stands_beside_the_claims_it_bears_on(case: CaseView, site: WatchedSite) -> None:
    claim = case.claims[0]
    pages = draft(with_sites(case, replace(site, bears=Bears((claim.claim.id,)))))
    page = next(content for name, content in pages.items() if b"What was observed" in content and name.endswith(".html"))
    sides = found(page, "//*[contains(@class, 'beside')][contains(., 'What was observed')]/*")
    left, right = sides[:2]
    assert claim.claim.quote.split()[0] in left.text_content()
    assert "rival explanations nobody looked into: shadow" in " ".join(right.text_content().split())


def test_a_site_that_nobody_released_is_not_in_a_public_dossier(case: CaseView, site: WatchedSite) -> None:
    files = public(case, site, 3)
    assert "The yard" not in told(files)
    assert not [name for name in files if name.endswith(".png")]
    assert RULE_WORDS[Rule.SITE] in told(files)


def test_a_public_dossier_withholds_where_a_site_lies_unless_somebody_decided_otherwise(case: CaseView, site: WatchedSite) -> None:
    released = replace(site, released=True)
    said = told(public(case, released, 3))
    assert "Where it lies is withheld." in said
    for exact in ("36.12", "33.56", "33.9", "36.4"):
        assert exact not in said, exact
    coarse = told(public(case, replace(released, coordinates=Coordinates.COARSE), 3))
    assert "within about 15 km of latitude 33.6, longitude 36.1" in coarse
    exact_one = told(public(case, replace(released, coordinates=Coordinates.EXACT), 3))
    assert "33.568" in exact_one


def test_pictures_are_public_only_where_somebody_said_so_of_both(case: CaseView, site: WatchedSite) -> None:
    released = replace(site, released=True)
    assert [name for name in public(case, released, 3) if name.endswith("figure.png")]
    kept = replace(released, scenes=(released.scenes[0], scene(released.scenes[1].item, "I2", 1, rights=None), released.scenes[2]))
    files = public(case, kept, 3)
    assert not [name for name in files if name.endswith(".png")]
    assert "The pictures are not shown: nobody said that they may be published." in told(files)


def test_a_picture_with_a_covered_name_in_its_credit_is_not_public(case: CaseView, site: WatchedSite) -> None:
    files = public(case, replace(site, released=True), 3, hidden=("Tolvar Imaging",))
    assert not [name for name in files if name.endswith(".png")]


def test_what_rests_on_a_scene_that_is_not_shown_is_left_out_whole_and_items_have_the_dossiers_numbers(
    case: CaseView, site: WatchedSite
) -> None:
    second, third = site.scenes[1:]
    only = replace(site, released=True, scenes=(second, third, site.scenes[0]))
    view = with_sites(case, only)
    items = frozenset([second.item])
    chosen = Selection(items, frozenset(), select(view, "2031-08-01").held_back)
    cut = public_view(view, chosen, Derived((), ()), Mask(()), methods=(RELEASE, *case.methods))
    (shown,) = cut.sites
    assert [each.number for each in shown.scenes] == ["I1"]
    assert shown.scenes[0].found is not None
    assert shown.scenes[0].found.problems == ("I1 is out of focus.",)
    assert shown.scenes[0].found.picture == b""
    assert (shown.compared, shown.tested, shown.watched, shown.footprints) == ((), (), (), ())
    assert cut.items[0].item.number == "I1"


def test_the_bench_puts_problems_first_and_needs_neither_network_nor_script(site: WatchedSite) -> None:
    files = bench_pages(site)
    page = files["index.html"]
    headings = [heading.text_content() for heading in found(page, "//h2")]
    assert headings[0] == "Problems first"
    problems = " ".join(found(page, "//section[1]")[0].text_content().split())
    assert "refused. I2 has 3 bands, I3 has 1." in problems
    assert "I1: not stated: provider" in problems
    (policy,) = found(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'self' file:; img-src 'self' file:; script-src 'self' file:;")
    assert "unsafe" not in policy
    links = [*found(page, "//@src"), *found(page, "//@href")]
    assert {link for link in links if not link.startswith("#")} <= set(files)
    assert not found(page, "//@style|//@onclick")
    alternatives = found(page, "//div[@data-swipe]//img/@alt")
    assert alternatives == ["before", "after", "pixels over the threshold"]


def test_a_broken_control_is_among_the_problems_of_the_bench(site: WatchedSite) -> None:
    from tests.publish.publish_sites import change

    broken = replace(site.compared[0].what, found=change(kept=False))
    made = bench_pages(replace(site, compared=(replace(site.compared[0], what=broken),)))
    assert "control broken (date swap)" in words(made["index.html"].decode())


def test_words_from_evidence_cannot_become_markup_on_the_bench(site: WatchedSite) -> None:
    named = replace(site, site=replace(site.site, name="<script>alert(1)</script>"))
    assert b"<script>alert" not in bench_pages(named)["index.html"]
