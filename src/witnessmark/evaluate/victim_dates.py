"""How a list gives the day of a death: off by days, swapped, cut short, impossible, in another order, language or calendar."""

from __future__ import annotations

import datetime as dt

from witnessmark.evaluate.victim_dice import Dice
from witnessmark.evaluate.victim_settings import ListSettings

OFF = (-3, -2, -1, 1, 1, 2, 3, 7, 30)
MONTHS = {
    "english": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "french": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    "arabic": [
        "كانون الثاني",
        "شباط",
        "آذار",
        "نيسان",
        "أيار",
        "حزيران",
        "تموز",
        "آب",
        "أيلول",
        "تشرين الأول",
        "تشرين الثاني",
        "كانون الأول",
    ],
}
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def read_and_written(died: dt.date, habits: ListSettings, dice: Dice) -> tuple[str, str]:
    """The date a list gives, as ISO 8601 as far as it goes, and as it stands there."""
    day = died + dt.timedelta(days=dice.one(OFF)) if dice.chance(habits.date_off) else died
    if day.day <= 12 and dice.chance(habits.date_swapped):
        day = day.replace(month=day.day, day=day.month)
    iso = day.isoformat()
    if dice.chance(habits.date_impossible):
        iso = iso[:4] + dice.one(("-02-31", "-02-30", "-04-31", "-13-05"))
    elif dice.chance(habits.month_only):
        iso = iso[:7]
    elif dice.chance(habits.year_only):
        iso = iso[:4]
    elif dice.chance(habits.hijri):
        return iso, written(hijri(day), habits)
    return iso, written(iso, habits)


def written(iso: str, habits: ListSettings) -> str:
    """An ISO date, whole or cut short, in the form of a list."""
    parts = iso.split("-")
    if habits.dates != "iso" and len(parts) > 1:
        if habits.dates == "words" and int(parts[1]) <= 12:
            iso = " ".join([*parts[:1:-1], MONTHS[habits.headings][int(parts[1]) - 1], parts[0]])
        else:
            order = (1, 2, 0) if habits.dates == "mdy" and len(parts) == 3 else range(len(parts) - 1, -1, -1)
            iso = "/".join(parts[at] for at in order)
    return iso.translate(INDIC) if habits.headings == "arabic" else iso


def hijri(day: dt.date) -> str:
    """The day in the tabular Islamic calendar (civil epoch; leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of 30), as year-month-day."""
    since = day.toordinal() - dt.date(622, 7, 19).toordinal()
    year = (30 * since + 10646) // 10631
    left = since - ((year - 1) * 354 + (3 + 11 * year) // 30)
    month = min(12, 2 * left // 59 + 1)
    return f"{year:04}-{month:02}-{left - (59 * (month - 1) + 1) // 2 + 1:02}"
