"""The language of a text, by its script and, within a script, by letters or small words that one language has and its neighbours lack.

Cheap and honest: None where the text is short, mixed, or in a language not known here. It steers which rules read a
text; it is no linguistics.
"""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 20_000
_FEWEST_LETTERS = 20
_FEWEST_WORDS = 8
MAIN_SHARE = 0.6
"""Share of letters the main script must have; below it the text is mixed."""
WORD_SHARE = 0.12
"""Share of words that must be small words of the language: in the sentences of the tests 20-61 % of the own, up to 25 % of a neighbour's."""
LEAD = 1.5
"""How many times more small words the best language must have than the second."""

FEWEST_MET = 4
"""Different small words that must be met: two or three may be any language's (Somali shares three with Italian)."""

_SCRIPTS = (
    ("Latn", ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF))),
    ("Grek", ((0x370, 0x3FF),)),
    ("Cyrl", ((0x400, 0x52F),)),
    ("Armn", ((0x530, 0x58F),)),
    ("Hebr", ((0x590, 0x5FF),)),
    ("Arab", ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    ("Thai", ((0xE00, 0xE7F),)),
    ("Geor", ((0x10A0, 0x10FF),)),
    ("Kana", ((0x3040, 0x30FF),)),
    ("Hang", ((0x1100, 0x11FF), (0xAC00, 0xD7AF))),
    ("Hani", ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))),
)
_ONE_LANGUAGE = {"Grek": "el", "Armn": "hy", "Hebr": "he", "Thai": "th", "Geor": "ka", "Kana": "ja", "Hang": "ko", "Hani": "zh"}
_SMALL_WORDS = {
    "en": "the of and to in a is that was for on with as by it at from his were had which said are be not have an they who but this",
    "fr": "le la les de des du et en un une que qui dans pour sur est par au aux pas il elle ne ce plus avec sont a été ont se",
    "es": "el la los las de del y en un una que se por con para es no su al lo como más fue ha sus entre desde han o",
    "pt": "o a os as de do da dos das e em um uma que se por com para não no na ao foi mais como sua seu pelo pela são",
    "it": "il lo la i gli le di del della e in un una che si per con non è al sono da dei nel ha più come alla anche",
    "de": "der die das und in den von zu mit im ist nicht des dem ein eine auf für sich als auch es an wurde nach bei aus sie hat",
    "nl": "de het een van en in is dat op te met voor zijn niet aan er door ook als bij naar uit heeft werd worden die om over",
    "tr": "ve bir bu da de için ile olarak daha çok gibi sonra kadar ise olan göre en o ne ya her tarafından değil oldu",
    "id": "yang dan di dari untuk pada dengan ini itu dalam tidak adalah oleh akan telah ke juga sebagai karena mereka para kepada",
    "ru": "и в не на что с по он как к из у за от его но о это для был было был она они также все а были при",
    "uk": "і в не на що з та до у за від як його але про це для був було вона вони також й із є були при або",
    "bg": "и в на не се да от за с че са по е като през си към след при до това или беше които ще му",
    "sr": "и у је да на се за од са су не који што то као до из али није били према о",
    "ar": "في من على إلى أن عن مع هذا هذه التي الذي كان قد لا ما بعد لم وقال بين قال خلال كما أو ولم وكان "
    "إن وإن وأن لن كل ذلك تم عند عندما حين حيث قبل أي غير به له لها منه فيه إنه بأن وفي ومن وقد وهو هو هي وهي هناك حتى ثم أكثر إذا",
    "fa": "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شده بود شد می های",
    "ur": "کے کی میں اور سے ہے کا نے کو کہ پر ہیں یہ اس تھا ایک بھی نہیں گیا لیے",
}
_OF_SCRIPT = {
    "Latn": ("en", "fr", "es", "pt", "it", "de", "nl", "tr", "id"),
    "Cyrl": ("ru", "uk", "bg", "sr"),
    "Arab": ("ar", "fa", "ur"),
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HARAKAT = re.compile("[\u064b-\u065f\u0670\u0640]")


def language_of(text: str) -> str | None:
    """The BCP 47 tag of the main language of `text` ("en", "ar"), or None where that is not sure."""
    sample = text[:_SAMPLE]
    script = _main_script(sample)
    if script is None:
        return None
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    return _by_small_words(sample, _OF_SCRIPT[script])


def _main_script(sample: str) -> str | None:
    counts: Counter[str | None] = Counter()
    for character, times in Counter(sample).items():
        if character.isalpha():
            counts[_script_of(ord(character))] += times
    if counts["Kana"]:  # Japanese is written in both
        counts["Kana"] += counts.pop("Hani", 0)
    total = counts.total()
    if total < _FEWEST_LETTERS:
        return None
    script, letters = counts.most_common(1)[0]
    return script if letters >= MAIN_SHARE * total else None


def _script_of(point: int) -> str | None:
    for script, ranges in _SCRIPTS:
        if any(low <= point <= high for low, high in ranges):
            return script
    return None


def _by_small_words(sample: str, languages: tuple[str, ...]) -> str | None:
    words = _WORD.findall(_HARAKAT.sub("", sample).lower())
    if len(words) < _FEWEST_WORDS:
        return None
    shares = sorted(
        ((sum(1 for word in words if word in _WORDS_OF[language]) / len(words), language) for language in languages), reverse=True
    )
    (best, language), (second, _) = shares[:2]
    met = len(_WORDS_OF[language].intersection(words))
    return language if best >= WORD_SHARE and met >= FEWEST_MET and best >= LEAD * second else None
