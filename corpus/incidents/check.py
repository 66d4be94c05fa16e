"""Proves that the worlds of incidents in a folder are well formed; prints counts and what is wrong, and exits 1 if anything is.

A world is a folder with a gold.toml beside its documents. Every quote must stand in its document (the nth time), every key must lead somewhere, roots,
copies, drifts and denials must agree with the claims, and no denial may answer what was said after it. Lines are counted again from the roots:
`lines` from those that support, are known and state their access, and `lines_max` from all that support; one by inference
counts or not in either.
Run: python corpus/incidents/check.py [FOLDER...]
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Table = dict[str, Any]
Place = tuple[str, int]  # a document and where in it the quote begins

ACTS = {
    *("killing", "death_in_custody", "torture", "enforced_disappearance", "detention", "sexual_violence", "attack", "chemical_attack"),
    *("destruction", "displacement", "pillage", "denial_of_aid", "recruitment_of_children", "concealment", "threat", "atrocity"),
    *("support", "agreement", "meeting", "investigation", "other"),
}
KINDS = {"state", "ngo", "press", "witness", "hospital", "court", "un", "social", "party", "company"}
ROLES = {"supports", "contradicts", "denies", "context"}
ACCESS = {"suffered", "saw", "was_told", "document", "image", "sensor", "inference", "unstated"}
HOW = {"verbatim", "reworded", "summary", "relay", "release", "witness"}
SHARED = {"release", "witness"}  # both documents had it from one source: neither is nearer to it
DRIFTS = {"figure", "hedge", "attribution", "time", "unit"}
DENIALS = {"denies", "doubts", "concedes", "corrects", "retracts"}
Field = type | set[str]
HEADS: dict[str, dict[str, Field]] = {
    "document": {"file": str, "publisher": str, "kind": KINDS, "published": date},
    "incident": {"key": str, "act": ACTS, "where": str, "earliest": date, "latest": date, "lines": int, "lines_max": int, "note": str},
    "claim": {"document": str, "quote": str, "role": ROLES},
    "root": {"key": str, "who": str, "identified": bool, "access": ACCESS, "documents": list},
    "derived": {"document": str, "from": str, "how": HOW, "stated": bool},
    "drift": {"document": str, "quote": str, "from": str, "from_quote": str, "what": DRIFTS},
    "denial": {"document": str, "quote": str, "kind": DENIALS, "general": bool, "about": list},
}
OPTIONAL = {
    "claim": {"root", "nth"},
    "denial": {"nth"},
    "drift": {"nth", "from_nth"},
    "incident": {"claim", "root", "derived", "drift"},
}


class World:
    """One gold.toml, the texts beside it, and what is found wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.gold: Table = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
        self.documents: dict[str, Table] = {d.get("file", ""): d for d in self.gold.get("document", [])}
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}

    def published(self, file: str) -> date:
        """The day a document is from; an unknown document is from the first day there is."""
        day = self.documents.get(file, {}).get("published", date.min)
        return day if type(day) is date else date.min

    def place(self, file: str, quote: str, nth: int | None) -> tuple[Place | None, str]:
        """Where a quote stands, or why it cannot be said."""
        if file not in self.documents or file not in self.texts:
            return None, f"there is no document {file!r}"
        text = self.texts[file]
        starts = [at for at in range(len(text)) if text.startswith(quote, at)] if quote.strip() else []
        if len(starts) < (nth or 1):
            return None, f"{file}: stands {len(starts)} times, wanted {nth or 1}: {quote!r}"
        if len(starts) > 1 and nth is None:
            return None, f"{file}: stands {len(starts)} times and has no nth: {quote!r}"
        return (file, starts[(nth or 1) - 1]), ""

    def where(self, table: Table) -> Place | None:
        """Where the quote of a claim or denial stands, or None."""
        return self.place(table.get("document", ""), table.get("quote", ""), table.get("nth"))[0]


def wrong_in_fields(name: str, table: Table) -> Iterator[str]:
    """Fields that are missing, unknown, or of the wrong kind."""
    wanted = HEADS[name]
    for field in sorted(wanted.keys() - table.keys()):
        yield f"{name} lacks {field}: {table}"
    for field in sorted(table.keys() - wanted.keys() - OPTIONAL.get(name, set())):
        yield f"{name} has an unknown field {field!r}"
    for field, kind in wanted.items():
        value = table.get(field)
        if value is None:
            continue
        if isinstance(kind, set):
            if value not in kind:
                yield f"{name}: {field} = {value!r} is not among {sorted(kind)}"
        elif type(value) is not kind or (kind in {str, list} and field != "about" and not value):
            yield f"{name}: {field} = {value!r} is no {kind.__name__}, or empty"


def repeated(values: list[Any]) -> list[Any]:
    """Those that stand more than once."""
    return [value for value, times in Counter(values).items() if times > 1]


def wrong_in_documents(world: World) -> Iterator[str]:
    """Documents without a file, files without an entry."""
    files = []
    for document in world.gold.get("document", []):
        yield from wrong_in_fields("document", document)
        files.append(document.get("file", ""))
    yield from (f"{file}: is listed twice" for file in repeated(files))
    yield from (f"{file}: is listed, but is not there" for file in files if file not in world.texts)
    yield from (f"{file}: is there, but not listed" for file in world.texts if file not in world.documents)


def wrong_in_claims(world: World, incident: Table) -> Iterator[str]:
    """Quotes that do not stand, roots that are not there, claims made before the incident."""
    roots = {root.get("key") for root in incident.get("root", [])}
    for claim in incident.get("claim", []):
        yield from wrong_in_fields("claim", claim)
        file, quote, role = claim.get("document", ""), claim.get("quote", ""), claim.get("role")
        place, why = world.place(file, quote, claim.get("nth"))
        if place is None:
            yield why
        elif role in {"supports", "contradicts"} and world.published(file) < incident["earliest"]:
            yield f"{file}: speaks of the incident before it was: {quote!r}"
        if "root" in claim and claim["root"] not in roots:
            yield f"{file}: there is no root {claim['root']!r}"
        if role == "denies" and "root" in claim:
            yield f"{file}: denies, yet has a root: {quote!r}"
        if role == "supports" and "root" not in claim:
            yield f"{file}: supports, yet has no root: {quote!r}"
    yield from (f"claimed twice: {at}" for at in repeated([world.where(c) for c in incident.get("claim", [])]) if at)


def roots_of(incident: Table) -> dict[str, set[str]]:
    """The documents whose claims go back to each root."""
    found: dict[str, set[str]] = {root.get("key", ""): set() for root in incident.get("root", [])}
    for claim in incident.get("claim", []):
        if claim.get("root") in found:
            found[claim["root"]].add(claim.get("document", ""))
    return found


def reached_from(document: str, incident: Table) -> set[str]:
    """The documents that a document is derived from, directly or through others; itself among them where it is in a ring."""
    found: set[str] = set()
    new = {document}
    while new:
        new = {c.get("from", "") for c in incident.get("derived", []) if c.get("document") in new} - found
        found |= new
    return found


def wrong_in_roots(incident: Table) -> Iterator[str]:
    """Roots whose documents are not those of their claims, or which begin with a copy."""
    used = roots_of(incident)
    yield from (f"root {key!r} is there twice" for key in repeated([r.get("key") for r in incident.get("root", [])]))
    for root in incident.get("root", []):
        yield from wrong_in_fields("root", root)
        key, documents = root.get("key", ""), root.get("documents", [])
        yield from (f"root {key!r}: {file} is listed twice" for file in repeated(documents))
        yield from (f"root {key!r}: no claim of {file} goes back to it" for file in documents if file not in used[key])
        yield from (f"root {key!r}: {file} goes back to it and is not listed" for file in sorted(used[key] - set(documents)))
        for copy in incident.get("derived", []):
            pair = {copy.get("document"), copy.get("from")}
            only = [other for other, files in used.items() if pair <= files] == [key]
            ring = copy.get("document") in reached_from(copy.get("document", ""), incident)
            if documents and documents[0] == copy.get("document") and only and not ring and copy.get("how") not in SHARED:
                yield f"root {key!r}: begins with {documents[0]}, which is a copy of {copy.get('from')}"


def wrong_in_derived(world: World, incident: Table) -> Iterator[str]:
    """Copies of later documents, of themselves, or of documents with which they share neither root nor denial."""
    shared = [*roots_of(incident).values(), {c.get("document") for c in incident.get("claim", []) if c.get("role") == "denies"}]
    for copy in incident.get("derived", []):
        yield from wrong_in_fields("derived", copy)
        document, source = copy.get("document", ""), copy.get("from", "")
        yield from (f"derived: there is no document {file!r}" for file in (document, source) if file not in world.documents)
        if document == source:
            yield f"{document}: is derived from itself"
        if copy.get("how") not in SHARED and world.published(document) < world.published(source):
            yield f"{document}: is derived from {source}, which is later"
        if not any({document, source} <= files for files in shared):
            yield f"{document}: is derived from {source}, but no root has both, nor do both deny"
    pairs = [(copy.get("document"), copy.get("from")) for copy in incident.get("derived", [])]
    yield from (f"{document}: is derived from {source} twice" for document, source in repeated(pairs))


def wrong_in_drift(world: World, incident: Table) -> Iterator[str]:
    """Drifts whose words do not stand, do not differ, or lie between documents that no copying joins."""
    for drift in incident.get("drift", []):
        yield from wrong_in_fields("drift", drift)
        document, source = drift.get("document", ""), drift.get("from", "")
        for file, quote, nth in (("document", "quote", "nth"), ("from", "from_quote", "from_nth")):
            place, why = world.place(drift.get(file, ""), drift.get(quote, ""), drift.get(nth))
            if place is None:
                yield f"drift: {why}"
        if drift.get("quote") == drift.get("from_quote"):
            yield f"{document}: a drift that changed nothing: {drift.get('quote')!r}"
        if document == source or source not in reached_from(document, incident):
            yield f"{document}: a drift from {source}, from which it is not derived"


def wrong_in_lines(incident: Table) -> Iterator[str]:
    """Lines that are not what the roots come to."""
    lines, most = incident["lines"], incident["lines_max"]
    supporting = {claim.get("root") for claim in incident.get("claim", []) if claim.get("role") == "supports"}
    roots = [root for root in incident.get("root", []) if root.get("key") in supporting]
    known = [root for root in roots if root.get("identified") and root.get("access") != "unstated"]
    inferred = sum(root.get("access") == "inference" for root in roots)
    if not 0 <= lines <= most:
        yield f"lines = {lines}, lines_max = {most}: not in order"
    if not len(known) - inferred <= lines <= len(known):
        yield f"lines = {lines}, yet {len(known)} supporting roots are known and state their access ({inferred} by inference)"
    if not len(roots) - inferred <= most <= len(roots):
        yield f"lines_max = {most}, yet {len(roots)} roots support ({inferred} by inference)"


def wrong_in_incident(world: World, incident: Table) -> Iterator[str]:
    """What is wrong with one incident."""
    fields = list(wrong_in_fields("incident", incident))
    if fields:
        yield from fields
        return
    if incident["earliest"] > incident["latest"]:
        yield "earliest is after latest"
    if not any(claim.get("role") == "supports" for claim in incident.get("claim", [])):
        yield "no claim supports it"
    yield from wrong_in_claims(world, incident)
    yield from wrong_in_roots(incident)
    yield from wrong_in_derived(world, incident)
    yield from wrong_in_drift(world, incident)
    yield from wrong_in_lines(incident)


def wrong_in_denial(world: World, denial: Table, claims: dict[Place, set[str]]) -> Iterator[str]:
    """What is wrong with one denial; claims are the incidents of each place that claims something."""
    yield from wrong_in_fields("denial", denial)
    file, quote = denial.get("document", ""), denial.get("quote", "")
    place, why = world.place(file, quote, denial.get("nth"))
    if place is None:
        yield f"denial: {why}"
        return
    if place not in claims:
        yield f"{file}: a denial that is no claim of any incident: {quote!r}"
    for answered in denial.get("about", []):
        target, why = world.place(answered.get("document", ""), answered.get("quote", ""), answered.get("nth"))
        if target is None:
            yield f"about: {why}"
        elif target == place:
            yield f"{file}: a denial that answers itself: {quote!r}"
        elif world.published(target[0]) > world.published(file):
            yield f"{file}: answers {target[0]}, which is later: {quote!r}"
        elif not claims.get(target, set()) & claims.get(place, set()):
            yield f"{file}: answers what is no claim of an incident it is in: {answered.get('quote')!r}"


def wrong_in_denials(world: World) -> Iterator[str]:
    """Denials that do not stand, and claims that deny without one."""
    claims: dict[Place, set[str]] = {}
    denying: dict[Place, str] = {}
    for incident in world.gold.get("incident", []):
        for claim in incident.get("claim", []):
            place = world.where(claim)
            if place:
                claims.setdefault(place, set()).add(incident.get("key", ""))
            if place and claim.get("role") == "denies":
                denying[place] = claim["quote"]
    denials = world.gold.get("denial", [])
    for denial in denials:
        yield from wrong_in_denial(world, denial, claims)
    places = [world.where(denial) for denial in denials]
    yield from (f"denial: there twice: {place}" for place in repeated(places) if place)
    yield from (f"{place[0]}: denies and has no denial: {quote!r}" for place, quote in denying.items() if place not in places)


def wrong_in_world(world: World) -> Iterator[str]:
    """Everything that is wrong with one world."""
    if not isinstance(world.gold.get("world"), str):
        yield "gold.toml does not name its world"
    yield from (f"gold.toml has an unknown {name!r}" for name in sorted(world.gold.keys() - {"world", "document", "incident", "denial"}))
    yield from wrong_in_documents(world)
    incidents = world.gold.get("incident", [])
    yield from (f"incident {key!r} is there twice" for key in repeated([i.get("key") for i in incidents]))
    for incident in incidents:
        yield from (f"{incident.get('key')}: {wrong}" for wrong in wrong_in_incident(world, incident))
    yield from wrong_in_denials(world)


def counts(world: World) -> str:
    """What a world holds, in a few lines."""
    incidents, denials = world.gold.get("incident", []), world.gold.get("denial", [])

    def each(name: str, field: str) -> str:
        """How many tables of one name there are in all incidents, and of which sort."""
        found = Counter(str(table.get(field)) for incident in incidents for table in incident.get(name, []))
        return f"{found.total()} {name} ({', '.join(f'{sort} {times}' for sort, times in sorted(found.items()))})"

    words = sorted(len(text.split()) for text in world.texts.values()) or [0]
    lines = Counter(incident.get("lines") for incident in incidents)
    kinds = Counter(denial.get("kind") for denial in denials)
    general = sum(denial.get("general") is True for denial in denials)
    unanswering = sum(not denial.get("about") for denial in denials)
    head = f"{world.folder.name}: {len(world.documents)} documents of {words[0]} to {words[-1]} words, {len(incidents)} incidents"
    rows = [
        f"{head} (established lines: {', '.join(f'{n} in {lines[n]}' for n in sorted(lines, key=str))})",
        f"  {each('claim', 'role')}; {each('root', 'access')}",
        f"  {each('derived', 'how')}; stated: {each('derived', 'stated')}; {each('drift', 'what')}",
        f"  {len(denials)} denials ({', '.join(f'{kind} {n}' for kind, n in sorted(kinds.items(), key=str))}; {general} general; {unanswering} answer nothing that is here)",
    ]
    return "\n".join(rows)


def main(folders: list[str]) -> int:
    """Check every world beneath the folders; 1 where something is wrong or no world is found."""
    golds = sorted(gold for folder in folders or [str(HERE)] for gold in Path(folder).rglob("gold.toml"))
    wrongs = [] if golds else ["no gold.toml found"]
    for gold in golds:
        try:
            world = World(gold.parent)
            wrongs += [f"{gold.parent.name}: {wrong}" for wrong in wrong_in_world(world)]
            print(counts(world))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            wrongs.append(f"{gold.parent.name}: {error}")
    for wrong in wrongs:
        print(f"WRONG {wrong}")
    print(f"{len(golds)} worlds, {len(wrongs)} wrong")
    return 1 if wrongs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
