"""Invented people on two lists, for tests of linkage."""

import datetime as dt
import random

from witnessmark.link.records import DateSpan, ListRecord

GIVEN = ("Karim", "Tarek", "Munir", "Salwa", "Yasmin", "Jabir", "Nizar", "Layla", "Bashar", "Rashid", "Faisal", "Hind")
FAMILY = ("Talhuni", "Barakat", "Qabbani", "Mansur", "Zayyat", "Darwazeh", "Rimawi", "Shahin", "Kanaan", "Tuqan", "Ghosheh", "Nabulsi")


def people(count: int, seed: int) -> list[ListRecord]:
    """People on two lists: on the second, the day is off by one for a third of them and the father left out for a half."""
    rng = random.Random(seed)  # noqa: S311 -- test data
    records = []
    for number in range(count):
        given, father, family = rng.choice(GIVEN), rng.choice(GIVEN), rng.choice(FAMILY)
        day = dt.date(2012, 1, 1) + dt.timedelta(days=rng.randrange(900))
        for name in ("one", "two"):
            off = dt.timedelta(days=int(name == "two" and rng.random() < 0.33))
            known = father if name == "one" or rng.random() < 0.5 else None
            span = DateSpan(day + off, day + off)
            records.append(ListRecord(id=f"{name}-{number}", list=name, given=given, father=known, family=family, died=span, place="Homs"))
    return records
