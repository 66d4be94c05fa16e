"""Who was killed, in truth: alone or in incidents, strangers, kin and namesakes."""

from __future__ import annotations

import datetime as dt

import msgspec

from witnessmark.evaluate.victim_dice import Dice, Weighted
from witnessmark.evaluate.victim_names import Name, Place, borne, scenes
from witnessmark.evaluate.victim_settings import Settings

SITES = ("", "market", "school", "hospital", "checkpoint", "bakery", "camp", "mosque")
"""Where in a place an incident happened; nothing where it is not known."""
YEAR = dt.timedelta(days=365)
PARENT_AGE = 18


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who was killed. `kin` says what they are to person `kin_of`: sibling, child, cousin or namesake; nothing where they were drawn alone.

    `reach` is their class of capture. `pattern` has a 1 for each list that holds a row of them, `captured` without the rows a list copied from another.
    `incident` numbers those killed together from 1; 0 is none.
    """

    pid: int
    given: Name
    father: Name
    grandfather: Name
    family: Name
    other_family: Name | None
    mother: Name
    child: Name
    sex: str
    born: dt.date
    died: dt.date
    place: Place
    site: str
    incident: int
    kin: str = ""
    kin_of: int = -1
    reach: int = 0
    pattern: str = ""
    captured: str = ""


class Scene(msgspec.Struct, frozen=True):
    """Where and when someone died."""

    place: Place
    died: dt.date
    site: str = ""
    incident: int = 0


def people_of(settings: Settings, dice: Dice) -> list[Person]:
    """All who were killed, by person id, not yet on any list."""
    told = _Telling(settings, dice)
    while len(told.people) < settings.people:
        told.next()
    return told.people


class _Telling:
    """One person after another; those flagged as killed with others fill one incident before the next begins."""

    def __init__(self, settings: Settings, dice: Dice) -> None:
        self.settings, self.dice = settings, dice
        self.people: list[Person] = []
        self.first = dt.date.fromisoformat(settings.first_day)
        self.sizes = Weighted(range(2, settings.largest_incident + 1), [size**-2.0 for size in range(2, settings.largest_incident + 1)])
        self.incidents, self.left, self.scene, self.last = 0, 0, self._alone(), -1

    def next(self) -> None:
        if self.dice.chance(self.settings.in_incidents):
            self._in_incident()
        else:
            self._outside()

    def _alone(self) -> Scene:
        half = self.settings.days // 2
        day = self.dice.below(half + 1) + self.dice.below(self.settings.days - half)
        return Scene(self.dice.of(scenes()), self.first + dt.timedelta(days=day))

    def _in_incident(self) -> None:
        kin = None
        if self.left:
            kin = self.people[self.last] if self.dice.chance(self.settings.families_together) else None
        else:
            self.incidents += 1
            where = self._alone()
            self.scene, self.left = Scene(where.place, where.died, self.dice.one(SITES), self.incidents), self.dice.of(self.sizes)
        self.left -= 1
        self.last = len(self.people)
        self._add(self._kin(kin, self._household(), self.scene) if kin else self._stranger(self.scene))

    def _household(self) -> str:
        return "sibling" if self.dice.chance(1.0 - self.settings.children_together) else "child"

    def _outside(self) -> None:
        kind = self._kind()
        if not kind or not self.people:
            self._add(self._stranger(self._alone()))
            return
        of = self.dice.one(self.people)
        alone = self._alone()
        place = of.place if self.dice.chance(self.settings.kin_near) else self.dice.of(scenes(of.place.region))
        scene = Scene(place, alone.died)
        self._add({"cousin": self._cousin, "namesake": self._namesake}.get(kind, lambda p, s: self._kin(p, kind, s))(of, scene))

    def _kind(self) -> str:
        at = self.settings
        kinds = ("sibling", "child", "cousin", "namesake", "")
        rates = [at.siblings, at.children, at.cousins, at.namesakes]
        return self.dice.of(Weighted(kinds, [*rates, 1.0 - sum(rates)]))

    def _add(self, person: Person) -> None:
        self.people.append(person)

    def _name(self, region: str, sex: str) -> Name:
        return self.dice.of(borne(region, sex, self.settings.given_skew if sex else self.settings.family_skew))

    def _other(self, region: str, sex: str, than: Name) -> Name:
        name = self._name(region, sex)
        while name == than:
            name = self._name(region, sex)
        return name

    def _stranger(self, scene: Scene) -> Person:
        region, sex = scene.place.region, "F" if self.dice.chance(self.settings.women) else "M"
        family = self._name(region, "")
        return Person(
            pid=len(self.people),
            given=self._name(region, sex.lower()),
            father=self._name(region, "m"),
            grandfather=self._name(region, "m"),
            family=family,
            other_family=self._other(region, "", family) if self.dice.chance(self.settings.two_families) else None,
            mother=self._name(region, "f"),
            child=self._name(region, "m"),
            sex=sex,
            born=scene.died - YEAR * (1 + self.dice.below(40) + self.dice.below(40)) - dt.timedelta(days=self.dice.below(365)),
            died=scene.died,
            place=scene.place,
            site=scene.site,
            incident=scene.incident,
        )

    def _kin(self, of: Person, kind: str, scene: Scene) -> Person:
        """A sibling or a child of someone, in their household."""
        new, region = self._stranger(scene), of.place.region
        given = self._other(region, new.sex.lower(), of.given)
        born = of.born + YEAR * PARENT_AGE + dt.timedelta(days=self.dice.below(20 * 365))
        if kind == "child" and of.sex == "M" and born < scene.died:
            parents = {"father": of.given, "grandfather": of.father}
        else:
            kind, parents = "sibling", {"father": of.father, "grandfather": of.grandfather, "mother": of.mother}
            born = min(of.born + dt.timedelta(days=self.dice.between(1, 12 * 365)) * self.dice.one((-1, 1)), scene.died)
        changes = {"given": given, "family": of.family, "other_family": of.other_family, "born": born, "kin": kind, "kin_of": of.pid}
        return msgspec.structs.replace(new, **parents, **changes)

    def _cousin(self, of: Person, scene: Scene) -> Person:
        new = self._stranger(scene)
        father = self._other(of.place.region, "m", of.father)
        shared = {"given": of.given, "grandfather": of.grandfather, "family": of.family, "other_family": of.other_family, "sex": of.sex}
        return msgspec.structs.replace(new, father=father, **shared, kin="cousin", kin_of=of.pid)

    def _namesake(self, of: Person, scene: Scene) -> Person:
        shared = {"given": of.given, "father": of.father, "family": of.family, "sex": of.sex}
        return msgspec.structs.replace(self._stranger(scene), **shared, kin="namesake", kin_of=of.pid)
