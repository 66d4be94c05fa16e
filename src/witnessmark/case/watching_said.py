"""What people say of a site: what they saw in each scene, outlines they drew, what speaks for and against other explanations, and the claims it bears on. Each is a decision, and can be undone."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import msgspec

from witnessmark.case.case import Case
from witnessmark.case.correcting import Prepared
from witnessmark.case.deciding import record_decisions
from witnessmark.case.disposed import refuse_disposed
from witnessmark.case.watching_sites import scene_of, site_of
from witnessmark.errors import UsageError
from witnessmark.model.deed import INCIDENT_MARK
from witnessmark.model.watching import Bears, Drawing, Evidence, SeenIn, State, WatchedSite
from witnessmark.model.watching_words import BEARS_ON, OUTLINE, RIVAL, SEEN
from witnessmark.store import queries
from witnessmark.watch.rivals import RIVALS

LONGEST = 1000
"""Characters of one piece of evidence or name."""
HIGHEST = 1000.0
"""Metres."""


def say_seen(case: Case, number: str, thing: str, seen: dict[str, State], *, why: str) -> WatchedSite:
    """Record what scenes (numbers of items) show of a thing. Raises UsageError where a scene is none of the site's."""
    site, thing = site_of(case, number), _words(thing, "what was looked for")
    said = [SeenIn(thing, scene_of(site, scene, case).number, state) for scene, state in seen.items()]
    if not said:
        raise UsageError("Say of at least one scene what it shows: I3=absent I4=present.")
    return _record(case, site, SEEN, said, why)


def draw_outlines(case: Case, number: str, drawings: Sequence[Drawing], *, why: str) -> WatchedSite:
    """Record drawings of a footprint. Raises UsageError where their scene is none of the site's or nothing was drawn."""
    site = site_of(case, number)
    said = []
    for each in drawings:
        if each.height is not None and not 0 < each.height < HIGHEST:
            raise UsageError(f"A height of {each.height:g} m is none of a building.")
        name, scene = _words(each.footprint, "the footprint's name"), scene_of(site, each.scene, case).number
        said.append(msgspec.structs.replace(each, footprint=name, scene=scene))
    return _record(case, site, OUTLINE, said, why)


def say_evidence(case: Case, number: str, evidence: Sequence[Evidence], *, why: str) -> WatchedSite:
    """Record what speaks for or against explanations other than the one claimed. Raises UsageError where there is no such rival."""
    site, known = site_of(case, number), [each.key for each in RIVALS]
    for each in evidence:
        if each.rival not in known:
            near = difflib.get_close_matches(each.rival, known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
            raise UsageError(f"There is no rival explanation {each.rival!r}. {hint}")
    if not evidence:
        raise UsageError("Nothing was said: add --for TEXT or --against TEXT.")
    said = [msgspec.structs.replace(each, words=_words(each.words, "the evidence")) for each in evidence]
    return _record(case, site, RIVAL, said, why)


def say_bears_on(case: Case, number: str, numbers: Sequence[str], *, why: str) -> WatchedSite:
    """Record that a site bears on claims (C12) and incidents (N3). Raises UsageError where the case has none of that number."""
    site, claims, incidents = site_of(case, number), list[str](), list[str]()
    with case.asking() as connection:
        for each in numbers:
            refuse_disposed(connection, each)
            subject = queries.subject_of(connection, each)
            if subject is None or each[:1].upper() not in {"C", "N"}:
                raise UsageError(f"{each} is no claim (C12) or incident (N3) of this case.")
            (claims if each[:1].upper() == "C" else incidents).append(subject.removesuffix(INCIDENT_MARK))
    return _record(case, site, BEARS_ON, [Bears(tuple(claims), tuple(incidents))], why)


def _record(case: Case, site: WatchedSite, field: str, said: Sequence[msgspec.Struct], why: str) -> WatchedSite:
    if not why.strip():
        raise UsageError("A decision needs its reason: add --why TEXT.")
    if not said:
        raise UsageError("Nothing was drawn.")
    record_decisions(case, [Prepared(site.id, field, msgspec.json.encode(each).decode()) for each in said], why=why.strip())
    return site_of(case, site.number)


def _words(text: str, what: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise UsageError(f"{what.capitalize()} is missing.")
    if len(words) > LONGEST:
        raise UsageError(f"{what.capitalize()} has {len(words):,} characters; at most {LONGEST:,} are kept. Word it shorter.")
    return words
