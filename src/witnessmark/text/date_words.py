"""The words that dates are made of, as fragments of patterns: months and weekdays that are not the verb "may", ordinals, units, shades.

Month and weekday names that are also ordinary words ("may", "march", "sun", "sat") count only with a capital.
"""

from __future__ import annotations

import re

from witnessmark.text.gregorian import DAY, MONTH

CAPITAL_MONTH = rf"(?:(?!may\b|march\b|mar\b){MONTH}|(?-i:May|MAY|March|MARCH|Mar\.|MAR\.?))"
CAPITAL_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
ORDINAL_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
NUMBER_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
TENS = {word: 20 + 10 * index for index, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])}
NUMBER = rf"(?:\d{{1,3}}|an?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(NUMBER_WORDS[:9])}))?)"
UNIT = r"(?:day|week|month|quarter|year|decade)"
SHADE = (
    r"(?:(?:(?:very\s+)?(?:early|late|mid|earlier|later|sometime|around|about|as\s+(?:early|recently|late)\s+as)(?:\s+(?:in|on))?(?:\s+the)?"
    r"|(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle|rest|remainder|close)\s+of(?:\s+the)?)[\s-]+)?"
)
PART_OF_DAY = r"(?:\s+(?:early\s+)?(?:morning|afternoon|evening|night))?"
DAY_ONLY = rf"(?P<day>{DAY})(?:st|nd|rd|th)?"
LAST = r"last|past|previous|preceding|prior"
NEXT = r"next|coming|upcoming|following"
THIS = r"this|current|the\s+current"
SEASON = r"spring|summer|autumn|fall|winter"
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4, "last": 4}
ANY_QUARTER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|final)[\s-]quarter"
TENS_PLURAL = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
QUARTER_NAME = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final)[\s-]quarter"


def numbered(word: str) -> int:
    """The value of a number as `NUMBER` matches it; "a" is one."""
    lowered = word.casefold()
    if lowered.isdigit():
        return int(lowered)
    if lowered in {"a", "an"}:
        return 1
    first, _, unit = re.sub(r"\s", "-", lowered).partition("-")
    base = TENS.get(first) or NUMBER_WORDS.index(first) + 1
    return base + (NUMBER_WORDS.index(unit) + 1 if unit else 0)
