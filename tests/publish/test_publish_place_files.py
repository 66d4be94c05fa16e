"""The file of a place and the map of an incident: everything that names a place on one page, nowhere more exact than the map, and no place made of two."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import lxml.html
import msgspec
import pytest
from tests.publish.publish_places import Named, placed

from witnessmark.model.claim import Act, Precision, Stance
from witnessmark.model.incident import Incident, IncidentClaim, IncidentPlace, Role
from witnessmark.model.sheet import Line, Placed, Sheet, Shows
from witnessmark.model.view import CaseView, NumberedIncident
from witnessmark.model.watching import Bears, Site, WatchedSite
from witnessmark.publish import draft
from witnessmark.publish import site_files as limits
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.spreadsheet import csv_files
from witnessmark.publish.site_files import SiteFiles

if TYPE_CHECKING:
    from tests.publish.conftest import Pile

MILL = Named("Darrow Mill", 36.20481, 37.13426, Precision.FACILITY, "site:darrow-mill")
TOWN = Named("Tessel", 36.7, 37.9, Precision.LOCALITY, "geonames:7")


RING = ((37.9, 36.7), (37.91, 36.7), (37.91, 36.71))


def page(view: CaseView, name: str) -> lxml.html.HtmlElement:
    """The page of the place with this name."""
    files = draft(view)
    anchor = next(file.anchor for file in SiteFiles(Casebook(view)).files if name in file.names)
    whole: lxml.html.HtmlElement = lxml.html.document_fromstring(files[f"{anchor}.html"])
    return whole.get_element_by_id("main")


def with_incident(view: CaseView, *roles: Role) -> CaseView:
    """The view with one incident of its first claims, each in a role."""
    members = tuple(IncidentClaim(read.claim.id, role) for read, role in zip(view.claims, roles, strict=False))
    incident = Incident(
        id=members[0].id, act=Act.ATTACK, where=IncidentPlace("Tessel", None), when=None, claims=members, independent_lines=None,
        independent_lines_max=None, lines=(), victims=(), support=None, reasons=(), denied_by=(), disputed_by=(), asked_for=(),
    )  # fmt: skip
    return msgspec.structs.replace(view, incidents=(NumberedIncident(incident, "N1", "drawn1"),))


def watched(name: str, claim: str) -> WatchedSite:
    """A watched site that bears on one claim."""
    return WatchedSite(
        id="s", number="W1", public_id="drawn2", seq=3, at="2031-03-07T10:00:00Z", site=Site(name=name, ring=RING), bears=Bears((claim,))
    )


def table(part: lxml.html.HtmlElement, caption: str) -> lxml.html.HtmlElement:
    (found,) = [each for each in part.iter("table") if caption in each.findtext("caption", "")]
    return found


def names(view: CaseView) -> list[tuple[str, ...]]:
    return [file.names for file in SiteFiles(Casebook(view)).files]


def test_a_place_has_all_its_claims_items_and_incidents_on_one_page(pile: Pile) -> None:
    view = with_incident(placed(pile, TOWN, MILL, TOWN), Role.SUPPORTS)
    town = page(view, "Tessel")
    claims = table(town, "Claims that name it")
    assert sorted(str(link.text) for link in claims.iter("a") if link.get("class") == "ref") == ["C1", "C3"]
    assert "statements.txt" in table(town, "Items that speak of it").text_content()
    assert "N1: alleged attack" in " ".join(table(town, "Incidents that a claim places here").text_content().split())
    assert "2 claims name this place, in 1 item" in town.text_content()


def test_an_incident_is_not_placed_where_only_what_speaks_around_it_names_the_place(pile: Pile) -> None:
    view = with_incident(placed(pile, TOWN, MILL), Role.SUPPORTS, Role.CONTEXT)
    assert "Incidents that a claim places here" not in page(view, "Darrow Mill").text_content()
    assert "Incidents that a claim places here" in page(view, "Tessel").text_content()


def test_two_names_of_one_id_are_one_place_and_one_name_of_two_ids_is_two(pile: Pile) -> None:
    view = placed(pile, MILL, MILL._replace(name="Darrow prison"), TOWN, TOWN._replace(id="geonames:8", latitude=10.0))
    assert names(view) == [("Darrow Mill", "Darrow prison"), ("Tessel",), ("Tessel",)]


def test_a_name_without_an_id_is_not_taken_for_a_place_that_has_it(pile: Pile) -> None:
    bare = Named("Tessel", None, None, None)
    assert sorted(names(placed(pile, TOWN, bare, bare._replace(name="TESSEL")))) == [("Tessel",), ("Tessel", "TESSEL")]


def test_a_country_is_no_site_and_neither_is_a_place_without_a_name(pile: Pile) -> None:
    assert names(placed(pile, Named("Syria", 35.0, 38.0, Precision.COUNTRY, "geonames:163843"))) == []
    view = placed(pile, TOWN)
    assert view.claims[0].claim.where is not None
    unnamed = msgspec.structs.replace(view.claims[0].claim, where=msgspec.structs.replace(view.claims[0].claim.where, name=None))
    assert names(msgspec.structs.replace(view, claims=(msgspec.structs.replace(view.claims[0], claim=unnamed),))) == []


def test_the_page_of_a_sensitive_place_gives_no_exact_position_in_words_or_drawing(pile: Pile) -> None:
    view = placed(pile, MILL._replace(act=Act.DETENTION))
    mill = page(view, "Darrow Mill")
    assert "about 36.2, 37.1; drawn to the nearest ~10 km because" in mill.text_content()
    assert "36.20" not in mill.text_content()
    moved = placed(pile, MILL._replace(act=Act.DETENTION, latitude=36.21, longitude=37.11))
    assert [circle.attrib for circle in mill.iter("circle")] == [circle.attrib for circle in page(moved, "Darrow Mill").iter("circle")]


def test_a_denial_that_names_a_place_is_listed_as_one_and_dates_nothing(pile: Pile) -> None:
    town = page(placed(pile, TOWN, TOWN._replace(stance=Stance.DENIES)), "Tessel")
    assert "1 of them to deny, doubt or take back something" in town.text_content()
    assert [row.get("class") for row in table(town, "Claims that name it").iter("tr")][1:] == ["asserts", "denies"]


def test_a_place_without_a_position_says_so_and_is_drawn_nowhere(pile: Pile) -> None:
    part = page(placed(pile, Named("Karvel", None, None, None)), "Karvel")
    assert "Where it lies is not on record" in part.text_content()
    assert not list(part.iter("circle"))


def test_a_picture_is_listed_where_its_sheet_places_it_within_the_area_of_the_place(pile: Pile) -> None:
    view = placed(pile, TOWN, MILL)
    item = view.items[0].item.id
    line = Line("line-1", Placed(Shows.SUBJECT, 36.71, 37.91, 50.0), "seen from the road", "analyst", "2031-03-07T10:00:00Z")
    given = msgspec.structs.replace(view, sheets=(Sheet(item, (line,), (), (), None),))
    assert "Pictures that a verification sheet places in this area" in page(given, "Tessel").text_content()
    assert "Pictures that a verification sheet places" not in page(given, "Darrow Mill").text_content()


def test_a_watched_site_is_listed_at_the_place_of_the_claims_it_bears_on(pile: Pile) -> None:
    view = placed(pile, TOWN, MILL)
    site = watched("the north shed", view.claims[0].claim.id)
    given = msgspec.structs.replace(view, sites=(site,))
    assert "the north shed" in table(page(given, "Tessel"), "Watched sites that bear on").text_content()
    assert "the north shed" not in page(given, "Darrow Mill").text_content()


def test_where_there_are_very_many_places_those_named_most_have_pages_and_the_rest_are_counted(
    pile: Pile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.SiteFiles.__init__, "__kwdefaults__", {"most": 1})
    view = placed(pile, MILL, TOWN, TOWN)
    files = draft(view)
    assert len([path for path in files if path.startswith("place-file-")]) == 1
    assert names(view) == [("Tessel",)]
    assert "1 further place, named by the fewest claims, have none" in b"".join(files.values()).decode()


def test_hostile_words_in_the_name_of_a_place_are_inert(pile: Pile) -> None:
    part = page(placed(pile, TOWN._replace(name="<script>alert(1)</script>\u202e")), "<script>alert(1)</script>\u202e")
    assert not list(part.iter("script"))
    assert "<script>alert(1)</script>" in part.text_content()
    assert "\u202e" not in part.text_content()


def test_the_map_of_an_incident_has_the_places_of_its_own_claims_alone(pile: Pile) -> None:
    view = with_incident(placed(pile, TOWN, TOWN, MILL, Named("Orl", None, None, None)), Role.SUPPORTS, Role.SUPPORTS, Role.CONTEXT)
    part: lxml.html.HtmlElement = lxml.html.document_fromstring(draft(view)["incident-drawn1.html"])
    circles = [each.getparent().findtext("title") for each in part.iter("circle") if "spot" in str(each.get("class"))]
    assert circles == ["Tessel: 2 claims say something of it"]


def test_what_an_incident_names_and_no_map_can_draw_is_said_beside_its_map(pile: Pile) -> None:
    view = with_incident(placed(pile, TOWN, Named("Orl", None, None, None)), Role.SUPPORTS, Role.SUPPORTS)
    part: lxml.html.HtmlElement = lxml.html.document_fromstring(draft(view)["incident-drawn1.html"])
    text = " ".join(part.text_content().split())
    assert "Named and not drawn: Orl (position not known)" in text
    assert "All that is said of each place: Tessel, Orl" in text


def test_a_watched_site_without_a_day_says_that_it_is_not_known(pile: Pile) -> None:
    view = placed(pile, TOWN)
    site = watched("shed", view.claims[0].claim.id)
    part = page(msgspec.structs.replace(view, sites=(site,)), "Tessel")
    assert "not known" in table(part, "Watched sites that bear on").text_content()


def test_the_table_of_places_has_what_the_page_has_and_gives_no_exact_position_of_a_sensitive_place(pile: Pile) -> None:
    view = with_incident(
        placed(pile, MILL._replace(act=Act.DETENTION), TOWN, TOWN._replace(stance=Stance.DENIES)), Role.SUPPORTS, Role.SUPPORTS
    )
    rows = list(csv.DictReader(io.StringIO(csv_files(Casebook(view))["places.csv"].decode("utf-8-sig"))))
    assert [(row["names"], row["claims"], row["claims_answering"], row["incidents"], row["items"]) for row in rows] == [
        ("Darrow Mill", "1", "0", "N1", "I1"),
        ("Tessel", "2", "1", "N1", "I1"),
    ]
    assert (rows[0]["latitude"], rows[0]["longitude"]) == ("36.2", "37.1")
    assert rows[0]["coarse_because"]
    assert rows[0]["place_file"] == SiteFiles(Casebook(view)).files[0].anchor
