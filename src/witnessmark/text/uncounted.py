"""Stretches of a text whose numbers count nobody: dates, clock times, ages, shares, money, measures, references, telephone numbers."""

from __future__ import annotations

import re

from witnessmark.text.gregorian import MONTH

_MONTH = rf"(?:(?!may\b|march\b|mar\b){MONTH}|(?-i:May|MAY|March|MARCH|Mar\.?|MAR\.?))"
_N = r"\d[\d,.]{0,16}\d|\d"
_WORDS = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|a|half|dozen|and)[\s-]+){1,6}"
)
_AMOUNT = rf"(?:(?:{_N})(?:[\s-]*(?:-|–|to|or|and)\s*(?:{_N}))?(?:\s+(?:hundred|thousand|million|billion))?[\s-]*|{_WORDS})"
_TIME_UNIT = r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)|times?|yrs?)"
_LENGTH_UNIT = (
    r"(?:km²|km2|km|kms|kilomet(?:er|re)s?|met(?:er|re)s?|cm|mm|centimet(?:er|re)s?|miles?|yards?|feet|foot|ft|inch(?:es)?|hectares?|acres?"
    r"|square|sq\.?|kg|kilos?|kilogram(?:me)?s?|tons?|tonnes?|lbs?|lit(?:er|re)s?|gallons?|barrels?|degrees?|°|watts?|megawatts?|MW|kW|mph|knots|caliber|calibre)"
)
_MONEY_WORD = r"(?:(?:US|U\.S\.|Canadian|Australian|Syrian|Egyptian|British|Lebanese)\s+)?(?:dollars?|euros?|pounds|cents?|francs?|rubles?|roubles?|liras?|dinars?|riyals?|rials?|pesos?|yen|yuan|rupees?|shekels?|USD|EUR|GBP)"
_REFERENCE = (
    r"(?:Articles?|Arts?\.|Sections?|Sec\.|Resolutions?|Res\.|Chapters?|Rules?|Paragraphs?|Paras?\.?|Pages?|pp?\.|Nos?\.|Numbers?|Figures?|Fig\.|Tables?|Annex(?:es)?"
    r"|Rooms?|Wards?|Branch|Divisions?|Brigade|Battalion|Regiment|Highway|Route|Road|Flight|Group\s+of|Boeing|Airbus|Case|Law|Decree|Order|Protocol|Phase|Level|Block|Unit"
    r"|Gate|Zone|Area|District|Building|Camp|Channel|Version|Part|Volume|Vol\.|Item|Box|Apartment|Apt\.|Exhibit|Patient|Pt\.?|Bed|Grave|Security\s+Council\s+Resolution|Law\s+No\.?)"
)
_STRETCH = re.compile(
    "|".join(
        (
            rf"(?<![\w-])\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and|or)\s*\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?{_MONTH}\b\.?(?:,?\s+(?:\d{{4}}|\d\d\b))?",
            rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:[-–]|to|and|or|through)\s*\d{{1,2}}(?:st|nd|rd|th)?)?\b(?:,?\s+\d{{4}})?",
            rf"\b{_MONTH},?\s+(?:of\s+)?\d{{4}}",
            r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)|(?<![\d/])\d{1,4}/\d{1,4}(?:/\d{2,4})?|\d{4}s\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b",
            r"(?<![\d,])(?:19|20)\d\d\s*[-–]\s*(?:(?:19|20)\d\d|\d\d)(?![\d,])",
            r"\b\d+(?:st|nd|rd|th|d)\b|(?<![\w.,-])0\d{3}(?![\w]|[.,]\d)|\bnineteen[\s-]+(?:hundred\b|\w{2,5}ty\b|\w{1,5}teen\b|oh[\s-])(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine)\b)?",
            r"(?<![\w.,-])\d{1,2}[-–]\d{1,2}\s+(?:vote|victory|win|defeat|majority|ruling|decision|lead|score)\b",
            r"\b\d{1,2}[:.]\d\d(?:\s*(?:[ap]\.?m\.?|hours|hrs|GMT|UTC))?\b|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s*(?:[ap]\.m\.|[ap]m\b|o[’']clock)",
            r"\b\d{4}\s+(?:hours|hrs|GMT|UTC|local\s+time)\b|\b\d{1,2}\s+(?:GMT|UTC)\b",
            rf"\b{_AMOUNT}(?:%|٪|per\s?cent\b|percent|percentage\b|pct\b|bps\b|basis\s+points)",
            rf"(?:[$€£¥₪₺₽₹]|\b(?:USD?|EUR|GBP|SYP|Rs\.?)\s?\$?)\s?(?:{_N})(?:\s*[-–]\s*(?:{_N}))?(?:[\s-]*(?:hundred|thousand|million|billion|trillion|bn|m|k)\b)?",
            rf"\b{_AMOUNT}{_MONEY_WORD}\b",
            rf"\b{_AMOUNT}(?:{_TIME_UNIT}|{_LENGTH_UNIT})(?![\w])",
            rf"\b(?:aged?|ages)\s+(?:of\s+)?(?:between\s+|about\s+|from\s+)?{_AMOUNT}",
            r"(?<=[^\W\d_]),\s+\d{1,2}(?=\s*(?:,(?!\d{3})|;|\)|\.(?:\s|\Z)))",
            rf"\b(?-i:{_REFERENCE})\s*#?\(?\d[\w.()/-]{{0,12}}(?:\s?(?:,|and|to|[-–])\s?\d[\w.()]{{0,12}}){{0,8}}",
            r"\(\d{3}\)\s?\d{3}-\d{4}|\+\d[\d\s().-]{6,20}\d|\b\d{3}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b|\b\d{2,4}(?:[ -]\d{2,4}){3,6}\b",
            r"(?:^|(?<=\n))[ \t]*\(?\d{1,3}[.)](?=\s)|\[\d{1,3}\]",
            r"(?<![\w/])[A-Z]{1,4}/[\w/.-]{0,30}",
            r"\b\d[\d.]{0,9}[°º]|\b\d{1,9}(?:\.\d{1,9}){1,6}\b(?!\s+(?:million|billion|thousand))",
        )
    ),
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,-])(?:1[5-9]\d\d|20\d\d)(?![\w]|[.,]\d|-[a-z])")
_BOUND_BEFORE = re.compile(r"\b(?:at\s+least|(?:more|fewer|less)\s+than|some|an\s+estimated|as\s+many\s+as|up\s+to)\s+\Z", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s+(?:people|persons|civilians|men|women|children|civilian|detainees|prisoners|victims|bodies|dead|deaths|killed|wounded|injured|troops|soldiers"
    r"|refugees|families|residents|inmates|fighters|others|houses|homes|more)\b",
    re.IGNORECASE,
)


_WINDOW = 60
"""Characters looked at on each side of a numeral; no stretch above needs more, and prose without numbers costs nothing."""


def uncounted_stretches(text: str, numeral_places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Start and end of every such stretch around the numerals given, in order, figures that are years among them."""
    stretches: list[tuple[int, int]] = []
    for start, end in _windows(numeral_places, len(text)):
        stretches += [found.span() for found in _STRETCH.finditer(text, start, end)]
        stretches += [found.span() for found in _YEAR.finditer(text, start, end) if _is_year(text, found)]
    return sorted(stretches)


def _windows(places: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for start, end in places:
        wide = (max(0, start - _WINDOW), min(length, end + _WINDOW))
        if windows and wide[0] <= windows[-1][1]:
            windows[-1] = (windows[-1][0], wide[1])
        else:
            windows.append(wide)
    return windows


def _is_year(text: str, found: re.Match[str]) -> bool:
    if _COUNTED.match(text, found.end()) is not None:
        return False
    return _BOUND_BEFORE.search(text, max(0, found.start() - 20), found.start()) is None
