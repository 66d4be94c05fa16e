"""Languages of the interface: catalogues in gettext's format, dates and numerals by locale.

Only words of the interface are translated. What stands in the evidence, and sentences of findings, stay in the language they are recorded in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from gettext import NullTranslations
from importlib.resources import files

LANGUAGES = {"en": "English", "ar": "العربية"}
"""What can be chosen, each called by its own name."""

RIGHT_TO_LEFT = frozenset({"ar"})
COOKIE = "witnessmark-language"
_LOCALES = {"en": "en_GB", "ar": "ar_SY"}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Catalogue(NullTranslations):
    """The messages of one language; what it lacks is said in English."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self._messages.get(message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message for so many, in this language; Arabic words are worded so that one form does for all."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def catalogue(language: str) -> Catalogue:
    """The messages of a language."""
    from babel.messages.pofile import read_po

    if language == "en":
        return Catalogue({})
    with (files("witnessmark.serve") / "locale" / language / "messages.po").open("rb") as file:
        read = read_po(file, locale=language)
    return Catalogue({str(one.id): str(one.string) for one in read if one.id and one.string and not one.fuzzy})


def chosen(cookie: str | None, accepted: str) -> str:
    """The language to speak: the one chosen, else the first that the browser accepts, else English."""
    if cookie in LANGUAGES:
        return str(cookie)
    for part in accepted[:200].split(","):
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


def day(value: str | None, language: str) -> str:
    """An ISO day or moment in UTC as people of the language write it; anything else as it is."""
    from babel.dates import format_date, format_datetime

    if not value:
        return ""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) == len("2017-05-16"):
        return _digits(format_date(at, format="d MMMM y", locale=_LOCALES[language]), language)
    return _digits(format_datetime(at.astimezone(UTC), format="d MMMM y, HH:mm", locale=_LOCALES[language]), language) + " UTC"


def tongue(code: str | None, language: str) -> str:
    """The language with a BCP 47 tag as people of another language call it; the tag where nobody here has a word for it."""
    from babel.core import Locale

    return str(Locale.parse(_LOCALES[language]).languages.get((code or "").split("-")[0].lower(), code or ""))


def size(value: int, language: str) -> str:
    """A number of bytes, rounded."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if value >= scale:
            return f"{figure(round(value / scale, 1), language)} {unit}"
    return f"{figure(value, language)} B"


def figure(value: float, language: str) -> str:
    """A number with the digits and separators of the language."""
    from babel.numbers import format_decimal

    return _digits(format_decimal(value, locale=_LOCALES[language], numbering_system="default"), language)


def _digits(text: str, language: str) -> str:
    """Babel writes separators and names as the locale does, and always Latin digits."""
    from babel import Locale

    return text.translate(_ARABIC_DIGITS) if Locale.parse(_LOCALES[language]).default_numbering_system == "arab" else text
