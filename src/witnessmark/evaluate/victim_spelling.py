"""How a hand or a machine writes a name: transliteration by a system, articles and compounds, Arabic orthography, typing and scanning slips."""

from __future__ import annotations

from functools import cache

from witnessmark.evaluate.victim_dice import Dice
from witnessmark.evaluate.victim_names import LAST_TA, LAST_YA, SYSTEMS, Name
from witnessmark.evaluate.victim_settings import Spelling

DOTS = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
SCANNED = {"rn": "m", "l": "i", "e": "c", "i": "l", "h": "b", "u": "n"}
SUN = frozenset("tṯdḏrzsšṣḍṭẓn")
"""The sounds that swallow the l of the article: ar-Rifai."""
ARTICLES = ("al-", "Al ", "Al", "El ", "el-")
JOINS = (" al-", "ul", "el", "ul ", " El ", "el ", " ")
HAMZA = str.maketrans("أإآؤئ", "اااوي")
ENDINGS = str.maketrans("يةىی", "ىهيي")
FOREIGN = str.maketrans("يك", "یک")
ARABIZED = str.maketrans(dict(zip("ێۆڕڵڤپچگژکی", "يورلفبجكزكي", strict=True)) | {"ە": ""})
Sounds = tuple[tuple[tuple[str, ...], bool], ...]


@cache
def _sounds(spoken: str, system: str, ta_marbuta: bool) -> Sounds:  # noqa: FBT001 - a key of the cache
    """What each sound of a word may be written as, and whether it repeats the one before."""
    table, out, at = SYSTEMS[system], [], 0
    while at < len(spoken):
        part = spoken[at : at + 2] if spoken[at : at + 2] in table else spoken[at]
        last = at + len(part) == len(spoken)
        key = LAST_YA if last and part == "ī" else LAST_TA if last and ta_marbuta and part == "a" else part
        out.append((tuple(table.get(key, part).split("|")), bool(at) and part == spoken[at - 1]))
        at += len(part)
    return tuple(out)


def _word(sounds: Sounds, habits: Spelling, dice: Dice) -> str:
    out = ""
    for options, repeats in sounds:
        if not (repeats and dice.chance(habits.doubled_lost)):
            out += options[0] if len(options) == 1 else dice.one(options)
    return out[:1].upper() + out[1:]


def latin(name: Name, system: str, habits: Spelling, dice: Dice) -> str:
    """The name in Latin letters by one of the systems, or in a spelling listed for it."""
    if name.listed and dice.chance(habits.listed):
        return dice.one(name.listed)
    system, text = "kurdish" if name.region == "k" else system, ""
    for word, script in zip(name.spoken.split(" "), name.script.split(" "), strict=True):
        bare = word.removeprefix("al-")
        spelt = _word(_sounds(bare, system, script.endswith("ة")), habits, dice)
        if bare == word:
            text += " " + spelt if text else spelt
        elif text:
            text += _joined(spelt, bare, habits, dice)
        else:
            text = _with_article(spelt, bare, habits, dice)
    return text


def _first_sound(spelt: str) -> str:
    return (spelt[:2] if spelt[1:2] == "h" else spelt[:1]).lower()


def _with_article(spelt: str, bare: str, habits: Spelling, dice: Dice) -> str:
    if dice.chance(habits.article_dropped):
        return spelt
    if bare[0] in SUN and dice.chance(habits.assimilated):
        return f"{dice.one('ae')}{_first_sound(spelt)}-{spelt}"
    return dice.one(ARTICLES) + spelt


def _joined(spelt: str, bare: str, habits: Spelling, dice: Dice) -> str:
    """The second part of a compound: Abd al-Rahman, Abdulrahman, Abdurrahman."""
    if bare[0] in SUN and dice.chance(habits.assimilated):
        return dice.one("ue") + _first_sound(spelt) + spelt.lower()
    join = dice.one(JOINS)
    return join + (spelt.lower() if join in {"ul", "el"} else spelt)


def arabic(name: Name, habits: Spelling, dice: Dice) -> str:
    """The name in Arabic letters, as carelessly as lists are typed: hamza, final ya and ta marbuta folded, the article dropped, compounds joined."""
    text = name.script
    if name.region == "k" and dice.chance(habits.arabized):
        text = text.translate(ARABIZED)
    if dice.chance(habits.hamza_folded):
        text = text.translate(HAMZA)
    if dice.chance(habits.ending_folded):
        text = text[:-1] + text[-1].translate(ENDINGS)
    if text.startswith("ال") and len(text) > 4 and dice.chance(habits.article_dropped):
        text = text[2:]
    if " " in text and dice.chance(habits.compound_joined):
        text = text.replace(" ", "")
    if dice.chance(habits.foreign_letters):
        text = text.translate(FOREIGN)
    if dice.chance(habits.stretched):
        text = text[:2] + "ـ" + text[2:]
    return text


def slipped(text: str, dice: Dice, *, scanned: bool) -> str:
    """One slip: a letter dropped, swapped or doubled; of a scan, a letter misread or dropped."""
    if len(text) < 4:
        return text
    at = 1 + dice.below(len(text) - 2)
    kind = dice.below(3)
    if scanned and kind:
        return text[:at] + _misread(text, at, dice)
    middle = ("", text[at + 1] + text[at], text[at] * 2)[kind]
    return text[:at] + middle + text[at + (2 if kind == 1 else 1) :]


def _misread(text: str, at: int, dice: Dice) -> str:
    if text[at : at + 2] in SCANNED:
        return SCANNED[text[at : at + 2]] + text[at + 2 :]
    alike = next((group for group in DOTS if text[at] in group), None)
    return (dice.one(alike.replace(text[at], "")) if alike else SCANNED.get(text[at], "")) + text[at + 1 :]
