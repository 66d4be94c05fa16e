"""Proposes a mapping for a list from its headings and its first dates, for a person to look through and correct; it decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from witnessmark.errors import UsageError
from witnessmark.link.calendars import YEARS, Calendar, plain_words
from witnessmark.link.dated import DateOrder
from witnessmark.link.headings import LOOKED_AT, Headings
from witnessmark.link.mapping import FIELDS, Mapping
from witnessmark.link.reading import table_of
from witnessmark.link.tables import Table

_HEADINGS: dict[str, str] = {
    "full_name": "full name|name|names|victim name|name of victim|victim|person|nom complet|nom et prenom|nom prenom|prenom et nom|noms"
    "|الاسم الكامل|الاسم الثلاثي|الاسم الرباعي|الاسم|الأسم|اسم الشهيد|اسم الضحية|اسم المفقود|اسم المعتقل|الاسم والشهرة|الاسم و الكنية|اسم",
    "given": "given name|given|first name|forename|firstname|prenom|prenoms|الاسم الأول|الإسم الأول|الاسم الشخصي",
    "father": "father|father name|father s name|fathers name|name of father|pere|nom du pere|prenom du pere|اسم الأب|الأب|اسم الوالد|الوالد|ابن",
    "grandfather": "grandfather|grandfather name|grandfathers name|grand pere|nom du grand pere|اسم الجد|الجد",
    "family": "family name|family|last name|lastname|surname|nom de famille|الكنية|العائلة|اسم العائلة|اللقب|الشهرة|النسبة",
    "mother": "mother|mother name|mother s name|mothers name|name of mother|mere|nom de la mere|اسم الأم|الأم|اسم الوالدة|الوالدة|اسم الأم الكامل",
    "birth": "date of birth|birth date|birthdate|dob|born|birth|year of birth|birth year|date de naissance|naissance|ne le|annee de naissance"
    "|تاريخ الميلاد|تاريخ الولادة|الولادة|الميلاد|المواليد|سنة الولادة|سنة الميلاد|تاريخ التولد|التولد",
    "age": "age|age at death|age years|العمر|السن|عمر|عمر الشهيد",
    "sex": "sex|gender|sexe|genre|الجنس|النوع",
    "died": "date of death|death date|dod|died|date died|date killed|date of killing|date of disappearance|disappearance date|date of incident|incident date"
    "|date|date of death or disappearance|date de deces|date du deces|date de mort|date de la mort|date de disparition|تاريخ الوفاة|تاريخ الاستشهاد"
    "|تاريخ الشهادة|تاريخ القتل|تاريخ الاختفاء|تاريخ الفقدان|تاريخ الحادثة|التاريخ|تاريخ",
    "place": "place of death|place|location|place of disappearance|place of incident|town|village|city|lieu|lieu de deces|lieu du deces|lieu de disparition|ville"
    "|مكان الوفاة|مكان الاستشهاد|مكان القتل|مكان الاختفاء|مكان الحادثة|المكان|المدينة|البلدة|القرية|المنطقة|مكان",
    "container": "governorate|province|district|region|state|county|gouvernorat|wilaya|departement|المحافظة|القضاء|الولاية|محافظة",
    "id": "id|no|number|nr|n|serial|serial number|serial no|code|ref|reference|record id|numero|identifiant|رقم|الرقم|م|الرقم التسلسلي|التسلسل|ت|رقم السجل",
}
_KNOWN = {
    plain_words(heading): (rank, field) for field, all_of_it in _HEADINGS.items() for rank, heading in enumerate(all_of_it.split("|"))
}
"""For each heading the field and how sure it is of it: of several columns, the one whose heading stands first is proposed."""
ENOUGH_SHOWN = 20
"""Fewer dates than this that show an order are called few: they can all be slips of one clerk."""
_FAMILY_BESIDE = frozenset({"nom", "noms"})
_IN_FIGURES = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def propose_mapping(content: bytes, filename: str) -> Mapping:
    """A mapping guessed from headings in English, Arabic and French, and from how the dates look. `proposed_file` gives it as a file.

    `date_order` is proposed only where a day above 12 shows it, and no other date speaks against it. Raises UsageError where no column looks like a name.
    """
    return _proposed(content, filename)[0]


def proposed_file(content: bytes, filename: str) -> str:
    """The proposed mapping as a file to look through, which says how many dates the proposed order rests on. Raises as `propose_mapping` does."""
    mapping, dates = _proposed(content, filename)
    shown, figures = sum(_shown(date) is not None for date in dates), sum(_IN_FIGURES.match(date) is not None for date in dates)
    if mapping.date_order is not None:
        few = "; those are few, and may be slips: look at some of the others" if shown < ENOUGH_SHOWN else ""
        return mapping.toml({"date_order": f"shown by {shown:,} of {len(dates):,} dates, and no date speaks against it{few}"})
    return mapping.toml(
        {"columns": f"date_order is left out, for {_undecided(dates, figures)}; state it if you know it"} if figures else {}
    )


def _undecided(dates: list[str], figures: int) -> str:
    found = Counter(order for date in dates if (order := _shown(date)) is not None)
    if not found:
        return f"each of the {figures:,} dates in figures can be read either way round"
    return "the dates show several orders (" + ", ".join(f"{count:,} {order}" for order, count in sorted(found.items())) + ")"


def _proposed(content: bytes, filename: str) -> tuple[Mapping, list[str]]:
    name = re.sub(r"[^\w .-]+|_", " ", PurePath(filename).stem).strip(" .-") or "list"
    table = table_of(content, filename, Mapping(name=name, columns={}))
    headings = max((Headings.of(table, filename, line=row.line) for row in table.rows[:LOOKED_AT]), key=lambda found: len(_columns(found)))
    columns = _columns(headings)
    if not {"given", "family", "full_name"} & set(columns):
        raise UsageError(
            f"No column of {filename} is headed like a name. Its columns: {', '.join(headings.names)}. Write a mapping that says which one is."
        )
    dates = list(_dates(table, headings, columns))
    first = next((row.line for row in table.rows), headings.line)
    mapping = Mapping(
        name=name,
        columns=columns,
        header=None if headings.line == first else headings.line,
        date_order=_order(dates),
        calendar=_calendar(dates),
    )
    return mapping, [date for date in dates if date]


def _columns(headings: Headings) -> dict[str, str]:
    """The best heading for each field."""
    best: dict[str, tuple[int, str]] = {}
    for name in headings.names:
        known = _KNOWN.get(_bare(name))
        if known is not None and (known[1] not in best or known[0] < best[known[1]][0]):
            best[known[1]] = known[0], name
    columns = {field: best[field][1] for field in _HEADINGS if field in best}
    french = next((name for name in headings.names if _bare(name) in _FAMILY_BESIDE), None)
    if french and "family" not in columns:
        columns["family" if "given" in columns else "full_name"] = french
    if "full_name" in columns and "family" in columns and "given" not in columns:
        columns["given"] = columns.pop("full_name")  # a column "name" beside a column "family" holds the given name
    return {field: columns[field] for field in FIELDS if field in columns}


def _bare(heading: str) -> str:
    """The words of a heading; a sign for number alone is the word for it."""
    words = plain_words(re.sub(r"[.:/*|°º]", " ", heading))
    return "no" if words in {"#", "№"} else " ".join(words.split())


def _dates(table: Table, headings: Headings, columns: dict[str, str]) -> Iterator[str]:
    """The date cells as folded text; real dates of a workbook show no order and are left out."""
    places = [headings.names.index(columns[field]) for field in ("died", "birth") if field in columns]
    for row in table.rows:
        for place in places:
            if row.line > headings.line and place < len(row.cells) and place not in row.days:
                yield _plain_figures(row.cells[place])


def _plain_figures(cell: str) -> str:
    """A cell with its figures as ASCII ones."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in cell).strip()


def _order(dates: list[str]) -> DateOrder | None:
    found = {order for date in dates if (order := _shown(date)) is not None}
    return found.pop() if len(found) == 1 else None


def _shown(date: str) -> DateOrder | None:
    """The order that this date can only be written in; None where it may be either way round."""
    parts = _IN_FIGURES.match(date)
    if parts is None:
        return None
    if len(parts[1]) == 4:
        return DateOrder.YEAR_FIRST
    if len(parts[1]) > 2:
        return None
    first, second = int(parts[1]), int(parts[2])
    if first > 12 >= second and len(parts[3]) == 4:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > 12 >= first else None


def _calendar(dates: list[str]) -> Calendar:
    years = [int(year) for date in dates for year in _YEAR.findall(date)]
    hijri, gregorian = (sum(year in YEARS[kind] for year in years) for kind in (Calendar.HIJRI, Calendar.GREGORIAN))
    if hijri and gregorian:
        return Calendar.BY_YEAR
    return Calendar.HIJRI if hijri else Calendar.GREGORIAN
