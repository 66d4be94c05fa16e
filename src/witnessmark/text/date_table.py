"""Which expressions name a time: each pattern with the rule that gives its period; where two begin and end alike, the first one counts."""

from __future__ import annotations

import re

from witnessmark.text.arabic_dates import ARABIC_DATE
from witnessmark.text.date_rules import (
    Rule,
    ago_period,
    arabic_period,
    bare_month,
    bare_year,
    century_period,
    day_and_month,
    day_word,
    days_of_month,
    decade_period,
    figure_quarter,
    half_period,
    month_and_year,
    numeric_period,
    past_stretch,
    quarter_period,
    said_unit,
    season_period,
    spelled_day,
    spoken_year,
    stated_day,
    this_quarter,
    weekday_period,
    which_month,
    which_unit,
    year_end,
)
from witnessmark.text.date_words import (
    ANY_QUARTER,
    CAPITAL_MONTH,
    CAPITAL_WEEKDAY,
    DAY_ONLY,
    LAST,
    NEXT,
    NUMBER,
    NUMBER_WORDS,
    ORDINAL_WORDS,
    PART_OF_DAY,
    QUARTER_NAME,
    SEASON,
    SHADE,
    TENS,
    TENS_PLURAL,
    THIS,
    UNIT,
)
from witnessmark.text.gregorian import DAY, FULL_DATE, YEAR


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BEFORE_WORD = r"(?<![\w$£€.,-])(?<!\d[/:])"
_YEAR_CUE = r"(?:in|since|of|by|from|to|until|till|before|after|during|for|late|early|mid|through|between|around|circa|fiscal|year|and|than|prior\s+to|over|on|per|the)"

RULES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (FULL_DATE, stated_day),
    (
        _compiled(r"(?<![\w/.-])(?P<one>\d{1,2})(?P<separator>[/.-])(?P<two>\d{1,2})(?P=separator)(?P<year>(?:19|20)\d\d)(?![\w/-]|\.\d)"),
        numeric_period,
    ),
    (
        _compiled(
            rf"(?<!\w)(?P<month>{CAPITAL_MONTH})\s+{DAY_ONLY}\s*(?:-|–|to|and|through|until)\s*(?P<last_day>{DAY})(?:st|nd|rd|th)?"
            rf"(?:,?\s+(?P<year>{YEAR}))?(?![\w%]|,\d|:\d)"
        ),
        days_of_month,
    ),
    (
        _compiled(
            rf"(?<![\w.,])(?:the\s+)?{DAY_ONLY}\s*(?:-|–|to|and|through|until)\s*(?P<last_day>{DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?"
            rf"(?P<month>{CAPITAL_MONTH})(?:,?\s+(?P<year>{YEAR}))?(?!\w)"
        ),
        days_of_month,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:{CAPITAL_WEEKDAY},?\s+)?{SHADE}(?P<month>{CAPITAL_MONTH})[\s-]+(?:the\s+)?{DAY_ONLY}(?![\w%]|[,:.]\d|\s+"
            rf"(?:million|billion))"
        ),
        day_and_month,
    ),
    (
        _compiled(rf"(?<![\w.,/:])(?:{CAPITAL_WEEKDAY},?\s+)?(?:the\s+)?{DAY_ONLY}[\s-]+(?:of\s+)?(?P<month>{CAPITAL_MONTH})(?!\w)"),
        day_and_month,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:{CAPITAL_WEEKDAY},?\s+)?(?P<month>{CAPITAL_MONTH})\s+(?:the\s+)?(?P<ordinal>(?:twenty|thirty)[\s-]"
            rf"(?:{'|'.join(ORDINAL_WORDS[:9])})|{'|'.join(sorted(ORDINAL_WORDS, key=len, reverse=True))}|thirtieth)(?![\w-])"
        ),
        spelled_day,
    ),
    (
        _compiled(
            rf"(?<!\w){SHADE}(?P<month>{CAPITAL_MONTH})(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR}|['’]\d\d)|(?P<which_year>(?:of\s+)?"
            rf"(?:last|this|next)\s+year)))(?!\w|-\d)"
        ),
        month_and_year,
    ),
    (
        _compiled(rf"(?<!\w)(?P<which>(?:{LAST}|{NEXT}|{THIS}|this\s+past|this\s+coming))\s+(?P<month>{CAPITAL_MONTH})(?!\w|\s+\d)"),
        which_month,
    ),
    (
        _compiled(
            rf"(?<!\w){SHADE}(?P<month>(?-i:January|February|July|September|October|November|December|JANUARY|FEBRUARY|JULY"
            rf"|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER))(?![\w'’]|\s+\d)"
        ),
        bare_month,
    ),
    (
        _compiled(
            r"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\bfrom\s)|(?<=\bto\s)|(?<=\bduring\s)|"
            r"(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bbetween\s)|(?<=\band\s)|(?<=\bearly\s)|(?<=\blate\s)|(?<=\bmid-))(?P<month>"
            r"(?-i:April|May|June|March|August|APRIL|MAY|JUNE|MARCH|AUGUST)|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov"
            r"|dec)\.)(?!['’\w]|\s+(?:\d|(?-i:[A-Z][a-z])))"
        ),
        bare_month,
    ),
    (
        _compiled(rf"(?<!\w)(?:early|late|mid|(?:the\s+)?(?:end|beginning|start|middle)\s+of)[\s-]+(?P<month>{CAPITAL_MONTH})(?!\w|\s+\d)"),
        bare_month,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:the\s+)?(?P<nth>first|second|last|latter)\s+half\s+of\s+(?:(?P<year>{YEAR})|(?P<which>(?:last|this"
            rf"|next)\s+year|the\s+year))(?!\w)"
        ),
        half_period,
    ),
    (
        _compiled(
            rf"{_BEFORE_WORD}(?:{SHADE}|(?:fiscal|calendar|the\s+year)\s+)(?P<year>(?:19|20)\d\d)(?![\w$%]|[,.:/]\d|-[A-Z\d]"
            rf"|[’']s\s+{ANY_QUARTER}|\s+(?:people|persons|civilians|men|women|children|shares|points|troops|soldiers|others|units"
            rf"|dollars|miles|km|feet|votes|hours|GMT|UTC)\b)"
        ),
        bare_year,
    ),
    (_compiled(rf"\b{_YEAR_CUE}\s+(?P<year>1[1-8]\d\d)(?![\w$%]|[,.:/-]\d|\s+[a-z]+s\b)"), bare_year),
    (
        _compiled(
            rf"(?<!\w){SHADE}nineteen[\s-]+(?P<spoken>(?:{'|'.join(list(TENS))})(?:[\s-](?:{'|'.join(NUMBER_WORDS[:9])}))?|"
            rf"(?:{'|'.join(NUMBER_WORDS[9:19])}))(?![\w-])"
        ),
        spoken_year,
    ),
    (_compiled(rf"(?<!\w)(?:the\s+)?{SHADE}(?:the\s+)?['’]?(?P<word>)(?P<digits>(?:1[5-9]|20)\d0|(?<=['’])[2-9]0)s(?!\w)"), decade_period),
    (_compiled(rf"\bthe\s+(?:(?:early|mid|late)[\s-])?(?P<digits>)(?P<word>{TENS_PLURAL})(?!\w)"), decade_period),
    (
        _compiled(
            rf"(?<!\w)(?:the\s+)?{SHADE}(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|(?:twenty-)?(?:{'|'.join(ORDINAL_WORDS)}))[\s-]century"
            rf"(?!\w)"
        ),
        century_period,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:(?:late|early|earlier|later|mid-?\s?(?:morning|afternoon|day)?)\s+)?(?P<word>today|yesterday|tomorrow"
            rf"|tonight|last\s+night|this\s+(?:morning|afternoon|evening)|overnight|the\s+day\s+(?:before\s+yesterday"
            rf"|after\s+tomorrow)){PART_OF_DAY}(?!\w)"
        ),
        day_word,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?:(?P<which>this\s+past|this\s+coming|(?:the\s+)?(?:{LAST}"
            rf"|{NEXT})|this)\s+)?(?P<weekday>{CAPITAL_WEEKDAY}){PART_OF_DAY}(?![\w-])"
        ),
        weekday_period,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:a\s+week\s+ago\s+)?{SHADE}(?P<which>this\s+past|this\s+coming|(?:the\s+)?(?:{LAST}|{NEXT}|current)"
            rf"|this)\s+(?:fiscal\s+|calendar\s+)?(?P<unit>week|month|quarter|year|decade|century|weekend)(?![\w-]"
            rf"|[’']s\s+{ANY_QUARTER})"
        ),
        which_unit,
    ),
    (_compiled(r"(?<!\w)(?P<which>the|over\s+the)\s+(?P<unit>weekend)(?!\w)"), which_unit),
    (
        _compiled(
            r"(?<!\w)(?P<which>(?:the\s+)?(?:end|beginning|start|middle|rest|remainder|later\s+in|earlier\s+in)(?:\s+of)?\s+the"
            r"|that|the\s+same|(?:the\s+)?(?:following|previous|preceding))\s+(?P<unit>day|week|month|year|decade)(?!\w)"
        ),
        said_unit,
    ),
    (_compiled(r"(?<!\w)(?:the\s+)?year(?:[’']s)?[\s-]end(?!\w)"), year_end),
    (
        _compiled(
            rf"(?<!\w)(?:(?:about|nearly|almost|some|around|roughly|more\s+than|just|only|exactly)\s+)?(?P<count>{NUMBER})\s+"
            rf"(?P<unit>{UNIT})s?\s+(?:or\s+so\s+)?(?P<direction>ago|earlier|later)(?!\w)"
        ),
        ago_period,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:the\s+|a\s+)?(?P<count>(?=year))?(?P<unit>year)-(?P<direction>ago|earlier)(?!\w|\s+(?:{ANY_QUARTER}"
            rf"|quarter|period))"
        ),
        ago_period,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:the\s+)?(?:past|last|previous)\s+(?:(?P<count>{NUMBER})\s+)?(?P<unit>(?<=\s)(?:hour|day|week|month|year"
            rf"|decade))s(?!\w)"
        ),
        past_stretch,
    ),
    (_compiled(r"(?<!\w)(?P<count>)the\s+past\s+(?P<unit>week|month|year|decade)(?!\w)"), past_stretch),
    (
        _compiled(
            rf"(?<!\w)(?:(?:the\s+)?(?P<which_before>(?:last|this|next)\s+year[’']s|year[\s-](?:ago|earlier))\s+|(?:the\s+)?"
            rf"(?:fiscal[\s-]|calendar\s+)?(?P<year_before>{YEAR})(?:[’']s)?\s+|the\s+|its\s+|a\s+\w+\s+)?"
            rf"(?:fiscal[\s-])?{QUARTER_NAME}(?:(?:\s+of|\s+in|,)?\s+(?:fiscal\s+)?(?P<year>{YEAR})|\s+(?:of\s+)?(?P<which_year>"
            rf"(?:last|this|next)\s+year))?(?!\w)"
        ),
        quarter_period,
    ),
    (
        _compiled(rf"(?<!\w)(?:(?P<year_before>{YEAR})[\s-]?)?Q(?P<q>[1-4])(?:[\s/-]*(?:of\s+)?(?P<year>{YEAR}|['’]\d\d))?(?!\w)"),
        figure_quarter,
    ),
    (
        _compiled(
            rf"(?<!\w)(?P<which>the\s+(?:latest|recent|most\s+recent|just-ended|corresponding|comparable|"
            rf"(?:comparable\s+)?year[\s-](?:ago|earlier)|{YEAR})|year[\s-](?:ago|earlier)|the)\s+(?:fiscal\s+|three-month\s+)?"
            rf"(?:quarter|period)(?!\w)"
        ),
        this_quarter,
    ),
    (
        _compiled(
            rf"(?<!\w)(?:(?P<which>last|this\s+past|this|next|this\s+coming|the\s+following|the\s+previous|past)\s+)"
            rf"(?P<season>{SEASON})(?:\s+of\s+(?P<year>{YEAR}))?(?!\w)"
        ),
        season_period,
    ),
    (
        _compiled(
            rf"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bduring\s)|(?<=\bby\s)|(?<=\bof\s)|\b)(?P<which>)(?:the\s+)?{SHADE}"
            rf"(?P<season>{SEASON})(?:\s+(?:of\s+)?(?P<year>{YEAR}))(?!\w)"
        ),
        season_period,
    ),
    (
        _compiled(
            rf"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bduring\s)|(?<=\buntil\s)|(?<=\bby\s))(?P<which>)(?P<year>)(?:the\s+)?(?:(?:early"
            rf"|late|mid)[\s-])?(?P<season>{SEASON})(?!\w|\s+(?:of\b|in\b))"
        ),
        season_period,
    ),
    (ARABIC_DATE, arabic_period),
)
