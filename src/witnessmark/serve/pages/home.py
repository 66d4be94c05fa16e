"""The first page: what the case holds, what waits for a person, and the way to anything by its short number."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import msgspec

from witnessmark.case.glance import Glance, glance_at
from witnessmark.errors import UsageError
from witnessmark.model.office import Role
from witnessmark.serve.ask import Ask, NotThereError
from witnessmark.serve.speaking import LANGUAGES
from witnessmark.serve.ways import Chosen, Go, Outcome, Page, get, post

_NUMBER = re.compile(r"([A-Za-z])0*([1-9]\d{0,8})")
ROOMS = {"C": "/claims/", "I": "/items/", "N": "/incidents/", "P": "/people/", "Q": "/people/questions/"}
"""Where a thing with a short number is shown, by its letter."""


class Home(msgspec.Struct, frozen=True):
    """The case at a glance."""

    glance: Glance


def home(ask: Ask) -> Outcome:
    """The first page."""
    with ask.reading() as case:
        return Page("home.html.j2", Home(glance_at(case)))


def by_number(ask: Ask) -> Outcome:
    """Whatever has this short number."""
    return Go(address_of(ask.path["number"]))


def anywhere(ask: Ask) -> Outcome:
    """What was typed to go to: a short number, else words to search for."""
    words = ask.query("q")
    if not words:
        return Go("/search")
    return Go(address_of(words) if _NUMBER.fullmatch(words) else f"/search?{urlencode({'q': words})}")


def address_of(number: str) -> str:
    """The page of whatever has a short number. Raises NotThereError where no such numbers are given."""
    found = _NUMBER.fullmatch(number.strip())
    if found is None or found[1].upper() not in ROOMS:
        raise NotThereError(f"There is nothing called {number[:40]!r} here. Numbers look like C14 (a claim) or I3 (an item).")
    letter = found[1].upper()
    return f"{ROOMS[letter]}{letter}{found[2]}"


def speak(ask: Ask) -> Outcome:
    """Speak another language from now on."""
    language = ask.path["language"]
    if language not in LANGUAGES:
        raise UsageError(f"The interface speaks {', '.join(LANGUAGES.values())}.")
    return Chosen(language, ask.form("back", "/"))


WAYS = (
    get("/", home, Role.VIEWER),
    get("/go", anywhere, Role.VIEWER, twin=False),
    post("/language/{language}", speak, None),
    get("/{number:number}", by_number, Role.VIEWER, twin=False),
)
