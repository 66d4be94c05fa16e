"""What synthetic victim lists are like: how often each thing happens, with its meaning.

The defaults are judgements, not measurements of any list; they were set before linkage was tried on them, and stay whatever it makes of them. What shape a thing takes
once it happens (by how many days a date is off, which letters a sound becomes, how ages are spread) stands in the tables and draws of the modules that do it.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Rate = Annotated[float, Meta(ge=0.0, le=1.0)]
Column = Literal["full_name", "given", "father", "grandfather", "family", "mother", "sex", "age", "born", "gov", "place", "date"]
"""What a list may have a column for; `born` is a year, `gov` a governorate, `place` the place within it as far as the list says it."""
PARTS = ("given", "father", "grandfather", "family")


class Spelling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How names are written."""

    listed: Annotated[Rate, Meta(description="a Latin spelling that no system gives, of those known for the name (Mohd, Joseph)")] = 0.3
    doubled_lost: Annotated[Rate, Meta(description="a doubled consonant written once: Basam")] = 0.3
    article_dropped: Annotated[Rate, Meta(description="a name that begins with al- written without")] = 0.14
    assimilated: Annotated[Rate, Meta(description="the article before a sun letter written as spoken: ar-Rifai, Abdurrahman")] = 0.2
    hamza_folded: Annotated[Rate, Meta(description="Arabic: hamza left off")] = 0.4
    ending_folded: Annotated[Rate, Meta(description="Arabic: final ya for alif maqsura, ha for ta marbuta, and the reverse")] = 0.15
    compound_joined: Annotated[Rate, Meta(description="Arabic: a compound without its space")] = 0.3
    foreign_letters: Annotated[Rate, Meta(description="Arabic: ya and kaf from a Persian keyboard")] = 0.06
    stretched: Annotated[Rate, Meta(description="Arabic: a tatweel inside the name")] = 0.01
    arabized: Annotated[Rate, Meta(description="Arabic: a Kurdish name in the letters of Arabic")] = 0.75


class Missing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often a list that has the column leaves it blank; in a full name, the part is not there."""

    given: Rate = 0.01
    father: Rate = 0.35
    grandfather: Rate = 0.6
    family: Rate = 0.04
    mother: Rate = 0.7
    sex: Rate = 0.03
    age: Rate = 0.45
    born: Rate = 0.45
    gov: Rate = 0.05
    place: Rate = 0.1
    date: Rate = 0.05


class ListSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list: whom it reaches beyond its coverage, how it is laid out, and how well it was kept."""

    name: str
    columns: tuple[Column, ...]
    systems: Annotated[
        tuple[Literal["english", "french", "adhoc", "arabic"], ...],
        Meta(min_length=1, description="how a row is written, one drawn a row; one that stands twice is twice as likely"),
    ]
    headings: Annotated[Literal["english", "french", "arabic"], Meta(description="the language of its heading, sexes and months")] = (
        "english"
    )
    family_first: Annotated[bool, Meta(description="a full name is 'FAMILY, given father grandfather'")] = False
    capitals: Annotated[bool, Meta(description="Latin names in capitals")] = False
    dates: Annotated[
        Literal["iso", "dmy", "mdy", "words"],
        Meta(description="iso (2013-02-14), dmy (14/02/2013), mdy (02/14/2013) or words (14 February 2013)"),
    ] = "iso"
    home: Annotated[tuple[str, ...], Meta(description="governorates where the compilers live")] = ()
    home_odds: Annotated[float, Meta(gt=0, description="what the odds of being listed are multiplied by in those governorates")] = 1.0
    scanned: Annotated[bool, Meta(description="typed from paper by machine: slips are misread letters")] = False
    missing: Missing = Missing()
    spelling: Spelling = Spelling()
    slip: Annotated[Rate, Meta(description="a slip in a part of the name")] = 0.06
    kunya: Annotated[Rate, Meta(description="Abu or Umm and the name of the eldest child in place of the given name")] = 0.03
    initial: Annotated[Rate, Meta(description="an initial in place of the given name")] = 0.02
    swapped: Annotated[Rate, Meta(description="given and family name in each other's place")] = 0.02
    other_family: Annotated[Rate, Meta(description="the other family name, of those who bear two")] = 0.35
    titled: Annotated[Rate, Meta(description="a title before the given name: Dr, Haj, martyr")] = 0.02
    sex_wrong: Rate = 0.005
    age_off: Annotated[Rate, Meta(description="an age or year of birth one or two years off")] = 0.3
    age_rounded: Annotated[Rate, Meta(description="an age rounded to five years, or a year of birth likewise")] = 0.12
    date_off: Annotated[Rate, Meta(description="the day of finding, burial or report in place of the day of death")] = 0.25
    date_swapped: Annotated[Rate, Meta(description="day and month in each other's place, of the dates where that gives a date")] = 0.03
    date_impossible: Annotated[Rate, Meta(description="a day that does not exist, such as 31/02")] = 0.004
    month_only: Annotated[Rate, Meta(description="a date without its day")] = 0.08
    year_only: Annotated[Rate, Meta(description="a year in place of a date")] = 0.03
    hijri: Annotated[Rate, Meta(description="a full date in the Islamic calendar, not marked as such")] = 0.0
    place_wrong: Annotated[Rate, Meta(description="another place of the region: of birth, or where the family fled from")] = 0.04
    place_coarse: Annotated[Rate, Meta(description="only the governorate where the column asks for the place")] = 0.2
    place_nested: Annotated[Rate, Meta(description="the place with its governorate behind it, of those not coarse")] = 0.5
    duplicated: Annotated[Rate, Meta(description="a person entered once more, written anew; and once more again at the same rate")] = 0.05
    duplicated_exactly: Annotated[Rate, Meta(description="such an entry that repeats the first letter for letter")] = 0.15
    garbage: Annotated[
        float, Meta(ge=0, lt=1, description="rows of the list that are nobody: totals, headings, tests, bodies without a name")
    ] = 0.02
    garbage_aged: Annotated[Rate, Meta(description="garbage with a number for an age")] = 0.5


class CaptureClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People whom lists reach alike."""

    share: Annotated[Rate, Meta(description="share of all people")]
    coverage: Annotated[tuple[Rate, ...], Meta(description="how likely each list holds one of them, away from its home")]


class Dependence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two lists that share informants: within a class and place, being on `first` multiplies the odds of being on `second`, whose coverage stays as set."""

    first: str = "list1"
    second: str = "list2"
    odds_ratio: Annotated[float, Meta(gt=0)] = 2.5


class Copying(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list that took rows from another, as written there, of people it did not hold."""

    source: str = "list1"
    taker: str = "list5"
    share: Annotated[float, Meta(ge=0, lt=1, description="share of the taker's rows that are copies, garbage aside")] = 0.15


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The people, and the lists kept of them."""

    people: Annotated[int, Meta(ge=1, description="how many were killed, listed or not: what an estimate should find")] = 20_000
    first_day: str = "2012-01-01"
    days: Annotated[int, Meta(ge=1, description="length of the period, in days; deaths are thickest in its middle")] = 1800
    given_skew: Annotated[float, Meta(ge=0, description="Zipf exponent of given names")] = 0.7
    family_skew: Annotated[float, Meta(ge=0, description="Zipf exponent of family names")] = 0.4
    women: Annotated[Rate, Meta(description="share of women and girls")] = 0.12
    two_families: Annotated[Rate, Meta(description="people who bear two family names, of tribe and of place")] = 0.12
    in_incidents: Annotated[Rate, Meta(description="people killed with others, at one place on one day")] = 0.45
    largest_incident: Annotated[int, Meta(ge=2, description="sizes run from 2 to this, by a power law (exponent 2)")] = 150
    families_together: Annotated[Rate, Meta(description="in an incident, someone is of the family of the one before them")] = 0.3
    children_together: Annotated[Rate, Meta(description="of those, the children of the one before them; the others are siblings")] = 1 / 3
    siblings: Annotated[
        Rate,
        Meta(
            description="outside incidents, someone is a sibling of an earlier victim: same father, grandfather, mother and family, another given name"
        ),
    ] = 0.06
    children: Annotated[
        Rate, Meta(description="likewise a child of an earlier victim; where that one is a woman or too young, a sibling")
    ] = 0.03
    cousins: Annotated[Rate, Meta(description="likewise a cousin: same given name, family and grandfather, another father")] = 0.03
    namesakes: Annotated[
        Rate, Meta(description="likewise nobody's kin, but of the same given, father's and family name as an earlier victim")
    ] = 0.02
    kin_near: Annotated[Rate, Meta(description="kin and namesakes outside incidents who died in the same place as the earlier victim")] = (
        0.6
    )
    lists: tuple[ListSettings, ...]
    classes: tuple[CaptureClass, ...]
    dependence: Dependence | None = Dependence()
    copying: Copying | None = Copying()


LISTS = (
    ListSettings(
        name="list1",
        columns=("given", "father", "family", "mother", "sex", "age", "place", "date"),
        systems=("english",),
        home=("Damascus", "Rif Dimashq", "Baghdad", "Khartoum"),
        home_odds=1.6,
    ),
    ListSettings(
        name="list2",
        columns=("given", "father", "grandfather", "family", "sex", "born", "gov", "place", "date"),
        systems=("arabic",),
        headings="arabic",
        dates="dmy",
        missing=Missing(father=0.2, gov=0.02),
        hijri=0.02,
    ),
    ListSettings(
        name="list3",
        columns=("full_name", "sex", "age", "place", "date"),
        systems=("french", "french", "adhoc"),
        headings="french",
        dates="words",
        missing=Missing(father=0.4, grandfather=0.85),
        home=("Aleppo", "Idlib", "Nineveh", "North Darfur"),
        home_odds=1.5,
    ),
    ListSettings(
        name="list4",
        columns=("full_name", "mother", "born", "gov", "date"),
        systems=("arabic", "arabic", "adhoc"),
        headings="arabic",
        dates="dmy",
        scanned=True,
        slip=0.12,
        missing=Missing(father=0.3, grandfather=0.7, mother=0.4),
        garbage=0.05,
        hijri=0.01,
    ),
    ListSettings(
        name="list5",
        columns=("full_name", "age", "gov", "date"),
        systems=("adhoc", "english"),
        family_first=True,
        capitals=True,
        dates="mdy",
        month_only=0.2,
        missing=Missing(father=0.75, grandfather=0.97),
        duplicated=0.03,
        kunya=0.06,
    ),
)
TWO_CLASSES = (
    CaptureClass(share=0.65, coverage=(0.48, 0.40, 0.30, 0.22, 0.09)),
    CaptureClass(share=0.35, coverage=(0.14, 0.13, 0.09, 0.07, 0.03)),
)
THREE_CLASSES = (
    CaptureClass(share=0.45, coverage=(0.52, 0.42, 0.32, 0.24, 0.08)),
    CaptureClass(share=0.35, coverage=(0.25, 0.34, 0.16, 0.13, 0.09)),
    CaptureClass(share=0.20, coverage=(0.09, 0.08, 0.10, 0.04, 0.02)),
)
SETTINGS = Settings(lists=LISTS, classes=TWO_CLASSES)
