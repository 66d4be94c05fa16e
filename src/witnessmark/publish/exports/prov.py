"""Where everything comes from as W3C PROV-JSON (member submission of 24 April 2013, over the PROV data model): items, readings, claims, decisions, dossiers.

People are agents under their pseudonymous keys, programs under their name and version. Of a decision it says which field was decided when and by whom, and the value
where that is a word of the case's own; reasons and corrected words stay in the case, since they may name people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from witnessmark.model.decision import Decision
from witnessmark.model.entry import ACTOR_KEY
from witnessmark.model.view import HeldItem, NumberedIncident, ReadClaim
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.exports.naming import URN, json_file, stated
from witnessmark.publish.words import act_words

WORDS = {"wm": f"{URN}vocabulary:"}
"""The prefix of our own types and attributes; each kind of thing has one besides, so that a claim has the name it has in every export."""

SAID_OUT = frozenset({"status", "release", "protection", "sensitivity", "already_public", "source_kind"})
"""Fields whose values are words of the case's own and name nobody."""

Record = dict[str, object]


class Act(msgspec.Struct, frozen=True):
    """Something that was done: when (UTC), and by whom (a pseudonymous key)."""

    at: str
    by: str


class Publishing(msgspec.Struct, frozen=True):
    """That a dossier was written: which kind ("working draft", "public dossier"), and the act."""

    kind: str
    act: Act


class Doings(msgspec.Struct, frozen=True):
    """What is known of acts besides the facts. Each mapping is by the id of the item in the case."""

    received: Mapping[str, Sequence[Act]] = {}
    read: Mapping[str, Act] = {}
    decided: Mapping[str, Sequence[Decision]] = {}
    published: Sequence[Publishing] = ()


def prov(book: Casebook, doings: Doings) -> bytes:
    """A PROV-JSON document."""
    graph = _Graph()
    for held in book.view.items:
        _item(graph, held, doings)
    for read in book.view.claims:
        _claim(graph, read, book)
    for numbered in book.view.incidents:
        _incident(graph, numbered, book)
    for number, publishing in enumerate(doings.published, 1):
        _publishing(graph, number, publishing)
    return json_file({"prefix": {**WORDS, **graph.prefixes}, **graph.sections}, book)


class _Graph:
    """The sections of the document, each of records by id."""

    def __init__(self) -> None:
        self.sections: dict[str, dict[str, Record]] = {}
        self.prefixes: dict[str, str] = {}

    def name(self, kind: str, rest: str) -> str:
        """The qualified name of a thing of a kind."""
        self.prefixes[kind] = f"{URN}{kind}:"
        return f"{kind}:{rest}"

    def add(self, section: str, name: str, /, **members: object) -> str:
        """A record; gives back its name. Members without a value are left out."""
        self.sections.setdefault(section, {})[name] = {key.replace("__", ":"): value for key, value in stated(**members).items()}
        return name

    def relate(self, section: str, /, **members: object) -> None:
        """A relation, under a name of its own inside this document."""
        self.add(section, f"_:{section}{len(self.sections.get(section, {})) + 1}", **members)

    def person(self, key: str) -> str:
        """Somebody who works on the case, by key; whatever is no key becomes nobody in particular."""
        shown = key if ACTOR_KEY.fullmatch(key) else "not-told"
        return self.add("agent", self.name("person", shown), prov__type=_type("prov:Person"), prov__label=f"a person on record as {shown}")

    def software(self, reader: str) -> str:
        """A program by name and version."""
        return self.add(
            "agent", self.name("software", reader.replace("@", "-")), prov__type=_type("prov:SoftwareAgent"), prov__label=reader
        )

    def done(self, activity: str, label: str, act: Act | None, *by: str) -> str:
        """An activity with who it is associated with."""
        at = act.at if act else None
        self.add("activity", activity, prov__startTime=at, prov__endTime=at, prov__label=label)
        for agent in (*((self.person(act.by),) if act else ()), *by):
            self.relate("wasAssociatedWith", prov__activity=activity, prov__agent=agent)
        return activity

    def made(self, entity: str, activity: str, used: Iterable[str], at: str | None = None) -> None:
        """That an entity came of an activity which used others, and so comes from them."""
        self.relate("wasGeneratedBy", prov__entity=entity, prov__activity=activity, prov__time=at)
        for each in used:
            self.relate("used", prov__activity=activity, prov__entity=each)
            self.relate("wasDerivedFrom", prov__generatedEntity=entity, prov__usedEntity=each)


def _type(name: str) -> Record:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _item(graph: _Graph, held: HeldItem, doings: Doings) -> None:
    item = held.item
    name = graph.add(
        "entity",
        graph.name("item", held.public_id),
        prov__type=_type("wm:Item"),
        prov__label=f"item {item.number}",
        wm__mediaType=item.media_type,
        wm__sha256=item.id if item.already_public else None,
    )
    for number, act in enumerate(doings.received.get(item.id, ()), 1):
        receiving = graph.done(graph.name("receiving", f"{held.public_id}-{number}"), f"receiving of {item.number}", act)
        graph.relate("wasGeneratedBy", prov__entity=name, prov__activity=receiving, prov__time=act.at)
    for number, decision in enumerate(doings.decided.get(item.id, ()), 1):
        _decision(graph, decision, name, f"{held.public_id}-{number}", item.number)
    if held.document is not None:
        read = doings.read.get(item.id)
        reading = graph.add(
            "entity",
            graph.name("reading", held.public_id),
            prov__type=_type("wm:Document"),
            prov__label=f"text read from {item.number}",
            wm__language=held.document.language,
        )
        activity = graph.done(
            graph.name("readingOf", held.public_id), f"reading of {item.number}", read, graph.software(held.document.reader)
        )
        graph.made(reading, activity, [name], read.at if read else None)


def _claim(graph: _Graph, read: ReadClaim, book: Casebook) -> None:
    held = book.item_of(read)
    source = [graph.name("reading", held.public_id)] if held and held.document else []
    claim = graph.add(
        "entity",
        graph.name("claim", read.public_id),
        prov__type=_type("wm:Claim"),
        prov__label=f"claim {read.number}",
        wm__stance=read.claim.stance.value,
        wm__status=read.status.value,
    )
    by = () if read.as_read is None else (graph.software(read.reader),)
    graph.made(claim, graph.done(graph.name("claiming", read.public_id), f"reading of claim {read.number}", None, *by), source)
    for number, decision in enumerate(read.decisions, 1):
        _decision(graph, decision, claim, f"{read.public_id}-{number}", read.number)


def _decision(graph: _Graph, decision: Decision, subject: str, name: str, number: str) -> None:
    """A decision as an entity that came of an act of deciding, which used its subject."""
    act = Act(decision.at, decision.by)
    value = decision.value if decision.field in SAID_OUT else None
    entity = graph.add(
        "entity",
        graph.name("decision", name),
        prov__type=_type("wm:Decision"),
        prov__label=f"decision on {number}: {decision.field}",
        wm__field=decision.field,
        wm__value=value,
        wm__undone=True if decision.undone else None,
    )
    graph.made(entity, graph.done(graph.name("deciding", name), f"decision on {number}", act), [subject], decision.at)


def _incident(graph: _Graph, numbered: NumberedIncident, book: Casebook) -> None:
    incident = numbered.incident
    members = [graph.name("claim", book.claims[member.id].public_id) for member in incident.claims if member.id in book.claims]
    entity = graph.add(
        "entity",
        graph.name("incident", numbered.public_id),
        prov__type=_type("wm:Incident"),
        prov__label=f"incident {numbered.number}: alleged {act_words(incident.act)}",
        wm__howWellSupported=incident.support,
    )
    weighing = next((method for method in book.view.methods if method.stage == "weigh"), None)
    by = (graph.software(f"{weighing.stage}@{weighing.version}"),) if weighing else ()
    graph.made(entity, graph.done(graph.name("grouping", numbered.public_id), f"grouping of {numbered.number}", None, *by), members)


def _publishing(graph: _Graph, number: int, publishing: Publishing) -> None:
    entity = graph.add("entity", graph.name("dossier", str(number)), prov__type=_type("wm:Dossier"), prov__label=publishing.kind)
    graph.made(
        entity,
        graph.done(graph.name("publishing", str(number)), f"publishing of a {publishing.kind}", publishing.act),
        [],
        publishing.act.at,
    )
