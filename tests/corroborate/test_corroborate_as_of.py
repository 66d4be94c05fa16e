"""A case as of an earlier day, and what was known before an act: days that are certain, and no receipt of ours among them."""

from __future__ import annotations

import pytest
from tests.corroborate.corroborate_claims import placed

from witnessmark.corroborate import PlacedClaim
from witnessmark.corroborate.as_of import not_yet_there
from witnessmark.corroborate.notice import notice_timelines
from witnessmark.corroborate.responsibility import alleged_responsibility
from witnessmark.model.claim import Act, ClaimParty, PartyRole
from witnessmark.model.delivery import Delivery, deliveries_in
from witnessmark.model.item import Item, Receipt
from witnessmark.model.notice import NoticeTimeline
from witnessmark.model.view import AsOf, HeldItem


def held(
    name: str,
    published: str | None = None,
    *,
    received: str = "2031-09-01T08:00:00Z",
    public: bool = True,
    to: str = "",
    parent: str | None = None,
) -> HeldItem:
    item = Item(
        name,
        name,
        1,
        "text/plain",
        name,
        published=published,
        already_public=public,
        parent=parent,
        deliveries=deliveries_in(to) if to else (),
    )
    return HeldItem(item, name, (Receipt(name, received, name, "added"),), None, (), ())


def gone(asked: AsOf, *items: HeldItem) -> set[str]:
    return set(not_yet_there(items, asked))


def test_what_was_published_by_the_day_is_there_whenever_we_got_it() -> None:
    assert gone(AsOf("2031-05-16"), held("old", "2031-05-16"), held("new", "2031-05-17")) == {"new"}


def test_what_we_had_is_asked_by_receipt_and_by_nothing_else() -> None:
    early = held("early", "2031-12-01", received="2031-05-01T10:00:00Z")
    assert gone(AsOf("2031-05-16", known_to_us=True), early, held("late", "2031-01-01")) == {"late"}


@pytest.mark.parametrize(
    ("stated", "there"), [("2031-05", False), ("2031-04", True), ("2031", False), ("2030", True), (None, False), ("soon", False)]
)
def test_a_month_or_year_counts_from_its_last_day_and_no_date_never(stated: str | None, *, there: bool) -> None:
    assert (not gone(AsOf("2031-05-16"), held("vague", stated))) is there


def test_a_delivery_makes_an_item_knowable_before_it_was_published() -> None:
    assert gone(AsOf("2031-05-16"), held("letter", "2031-08-01", to="2031-05-02 to Ministry of Justice")) == set()


def test_what_was_found_in_an_item_has_that_one_s_date() -> None:
    assert gone(AsOf("2031-05-16"), held("mail", "2031-05-01"), held("list", parent="mail")) == set()


def test_items_found_in_each_other_end_the_search() -> None:
    assert gone(AsOf("2031-05-16"), held("a", parent="b"), held("b", parent="a")) == {"a", "b"}


def test_deliveries_are_written_as_day_and_whom() -> None:
    assert deliveries_in("2031-05-02 to Ministry of Justice; 2031-06-01 to Embassy of Tolvaria") == (
        Delivery("2031-05-02", "Ministry of Justice"),
        Delivery("2031-06-01", "Embassy of Tolvaria"),
    )
    assert deliveries_in("none") == ()


@pytest.mark.parametrize("value", ["to the ministry", "2031-05-02", "2031-02-30 to X", "May to X"])
def test_what_names_no_day_or_nobody_is_no_delivery(value: str) -> None:
    with pytest.raises(ValueError, match=value[:4]):
        deliveries_in(value)


SUPPORT = (ClaimParty("Ruvenia", PartyRole.SUPPORTER, 0, 1, "Ruvenia"), ClaimParty("Tolvarian army", PartyRole.RECIPIENT, 0, 1, "it"))


def timelines(*items: HeldItem, claims: tuple[PlacedClaim, ...]) -> list[NoticeTimeline]:
    support = placed(act=Act.SUPPORT, item="briefing", parties=SUPPORT, place=None)
    made = (support, *claims)
    return notice_timelines(alleged_responsibility(made, ()), made, [held("briefing", "2031-09-01"), *items])


def killing(item: str, when: tuple[str | None, str | None] | None, published: str | None = "2031-09-01") -> PlacedClaim:
    return placed(item=item, accused="Tolvarian army", when=when, published=published)


def test_what_was_public_before_a_later_act_stands_before_it() -> None:
    earlier = killing("report", ("2031-02-01", "2031-02-01"), "2031-03-01")
    later = killing("briefing", ("2031-08-01", "2031-08-02"))
    (timeline,) = timelines(held("report", "2031-03-01"), claims=(earlier, later))
    first, second = timeline.acts
    assert (timeline.party, first.day, first.known) == ("ruvenia", "2031-02-01", ())
    assert [(known.item, known.day, known.delivered_to, known.claims) for known in second.known] == [
        ("report", "2031-03-01", None, (earlier.claim.id,))
    ]


def test_an_item_is_named_before_the_first_act_it_came_before_and_counted_before_the_rest() -> None:
    acts = [killing("briefing", (day, day)) for day in ("2031-04-01", "2031-06-01")]
    (timeline,) = timelines(held("report", "2031-03-01"), claims=(killing("report", ("2031-02-01", "2031-02-01")), *acts))
    assert [(len(act.known), act.before) for act in timeline.acts] == [(0, 0), (1, 1), (0, 1)]


def test_what_was_not_public_counts_only_for_whom_it_was_delivered_to() -> None:
    earlier, later = killing("letter", ("2031-02-01", "2031-02-01")), killing("briefing", ("2031-08-01", "2031-08-01"))
    for to, known in (("", 0), ("2031-04-01 to Ruvenia", 1), ("2031-04-01 to Corvane", 0), ("2031-08-01 to Ruvenia", 0)):
        (timeline,) = timelines(held("letter", "2031-03-01", public=False, to=to), claims=(earlier, later))
        assert timeline.acts[-1].before == known, to


def test_the_day_of_the_act_itself_is_not_before_it() -> None:
    earlier, later = killing("report", ("2031-02-01", "2031-02-01")), killing("briefing", ("2031-08-01", "2031-08-01"))
    (timeline,) = timelines(held("report", "2031-08-01"), claims=(earlier, later))
    assert timeline.acts[-1].known == ()


def test_what_came_out_while_an_act_is_said_to_have_gone_on_is_set_apart() -> None:
    earlier, going_on = killing("report", ("2031-02-01", "2031-02-01")), killing("briefing", ("2031-01-01", None))
    (timeline,) = timelines(held("report", "2031-03-01"), claims=(earlier, going_on))
    assert (timeline.acts[0].known, [known.item for known in timeline.acts[0].during]) == ((), ["report"])


def test_an_act_without_a_day_is_named_and_nothing_set_before_it() -> None:
    undated = killing("briefing", None)
    (timeline,) = timelines(claims=(undated,))
    assert (timeline.acts, timeline.undated) == ((), (undated.claim.id,))


def test_nobody_is_watched_for_doing_it_themselves() -> None:
    made = (killing("briefing", ("2031-08-01", "2031-08-01")),)
    assert notice_timelines(alleged_responsibility(made, ()), made, [held("briefing", "2031-09-01")]) == []
