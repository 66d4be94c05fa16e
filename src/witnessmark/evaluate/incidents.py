"""Measures corroboration on worlds: how claims are grouped, which documents repeat each other, how many lines are counted, and what denials answer.

- Grouping: B-cubed over claims (Bagga and Baldwin 1998), in its form for claims of several incidents (Amigó and others 2009). Claims alone in their gold incident are left out of both
  sides: they would be right by doing nothing. A claim that was put into no incident stands alone.
- Echoes: each pair of documents that tell of one gold incident; an echo where they share a root.
- Lines: the mean absolute error of the established lines of each gold incident, held against the group that has most of its supporting claims.
- Denials: links from a denial to what it answers, of those whose both ends were read; and of these, where the denial was read as one. `all claims` counts the links of gold claims that are no denial as well, all of them false.
  By incident: which gold incidents an answer is about, of every gold claim; what a reader of the dossier meets first, and what a link to the wrong claim of the right incident does not spoil.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from witnessmark.corroborate import Corroborated
from witnessmark.evaluate.figures import Counts, Figure, f_score, figure, share
from witnessmark.evaluate.worlds import World
from witnessmark.model.claim import ANSWERING
from witnessmark.model.incident import Incident

Groups = Mapping[str, frozenset[str]]
"""By claim, the groups it is in."""


def counts_of_world(world: World, found: Corroborated) -> list[Counts]:
    """What each document of a world adds to every figure; what belongs to an incident is counted with the document that tells of it first."""
    counts: dict[str, Counts] = {document.item: Counter() for document in world.documents}
    item_of = {placed.claim.id: placed.item for placed in world.claims}
    _count_grouping(world, found, counts, item_of)
    _count_echoes_and_lines(world, found, counts)
    _count_denials(world, found, counts, item_of)
    return list(counts.values())


def gold_groups(world: World) -> dict[str, frozenset[str]]:
    """The gold incidents of each claim read, but for claims alone in theirs."""
    members: dict[str, set[str]] = defaultdict(set)
    for incident in world.incidents:
        for entry in incident.get("claim", ()):
            if (claim := world.claim(entry)) is not None:
                members[incident["key"]].add(claim)
    groups: dict[str, set[str]] = defaultdict(set)
    for key, claims in members.items():
        for claim in claims if len(claims) > 1 else ():
            groups[claim].add(key)
    return {claim: frozenset(keys) for claim, keys in groups.items()}


def _count_grouping(world: World, found: Corroborated, counts: dict[str, Counts], item_of: Mapping[str, str]) -> None:
    gold = gold_groups(world)
    read: dict[str, set[str]] = defaultdict(set)
    for incident in found.incidents:
        for part in incident.claims:
            read[part.id].add(incident.id)
    predicted = {claim: frozenset(read.get(claim, {claim})) for claim in gold}
    for claim in gold:
        counts[item_of[claim]].update(
            {
                "grouped": 1,
                "grouping.precision": _b_cubed(claim, predicted, gold),
                "grouping.recall": _b_cubed(claim, gold, predicted),
            }
        )


def b_cubed_f(predicted: Groups, gold: Groups) -> float:
    """The B-cubed F of groups over the claims of the gold."""
    precision = sum(_b_cubed(claim, predicted, gold) for claim in gold) / len(gold)
    recall = sum(_b_cubed(claim, gold, predicted) for claim in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def _b_cubed(claim: str, one: Groups, other: Groups) -> float:
    """Of those that share a group with the claim in `one`, how far they share as many in `other`."""
    scores = []
    for each, groups in one.items():
        shared = len(groups & one[claim])
        if shared:
            scores.append(min(shared, len(other[each] & other[claim])) / shared)
    return sum(scores) / len(scores)


def _count_echoes_and_lines(world: World, found: Corroborated, counts: dict[str, Counts]) -> None:
    lines_of: dict[str, set[str]] = defaultdict(set)
    for incident in found.incidents:
        for line in incident.lines:
            for claim in (line.root, *line.members):
                lines_of[claim].add(line.root)
    for gold in world.incidents:
        told = [(entry, world.claim(entry)) for entry in gold.get("claim", ()) if entry["role"] == "supports"]
        supports = [(entry, claim) for entry, claim in told if claim is not None]
        if not supports:
            continue
        _count_echoes(supports, lines_of, counts)
        best = _best_match({claim for _, claim in supports}, found.incidents)
        lines = best.independent_lines if best and best.independent_lines is not None else 0
        most = best.independent_lines_max if best and best.independent_lines_max is not None else 0
        counts[supports[0][0]["document"]].update(
            {"incidents": 1, "lines.error": abs(lines - gold["lines"]), "lines_max.error": abs(most - gold["lines_max"])}
        )


def _best_match(claims: set[str], incidents: Sequence[Incident]) -> Incident | None:
    shared = [(len(claims & {part.id for part in incident.claims}), incident) for incident in incidents]
    return max((each for each in shared if each[0]), key=lambda each: each[0], default=(0, None))[1]


def _count_echoes(supports: Sequence[tuple[Mapping[str, Any], str]], lines_of: Mapping[str, set[str]], counts: dict[str, Counts]) -> None:
    roots: dict[str, set[str]] = defaultdict(set)
    lines: dict[str, set[str]] = defaultdict(set)
    for entry, claim in supports:
        if "root" in entry:
            roots[entry["document"]].add(entry["root"])
            lines[entry["document"]] |= lines_of.get(claim, set())
    for one, other in combinations(sorted(roots), 2):
        is_echo, told_so = bool(roots[one] & roots[other]), bool(lines[one] & lines[other])
        counts[one].update({"pairs": 1, "echo.gold": is_echo, "echo.predicted": told_so, "echo.hit": is_echo and told_so})
        counts[one].update({"apart.gold": not is_echo, "apart.predicted": not told_so, "apart.hit": not is_echo and not told_so})


def _count_denials(world: World, found: Corroborated, counts: dict[str, Counts], item_of: Mapping[str, str]) -> None:
    read = set(world.claim_of.values())
    answering = {placed.claim.id for placed in world.claims if placed.claim.stance in ANSWERING}
    predicted: dict[str, set[str]] = defaultdict(set)
    for answer in found.answers:
        predicted[answer.claim].add(answer.about)
    gold = _gold_links(world)
    keys = gold_incidents(world)
    for claim in sorted(read):
        about, told = gold.get(claim, set()), predicted.get(claim, set()) & read
        kinds = ["all links", *(["links"] if claim in gold else []), *(["read links"] if claim in gold and claim in answering else [])]
        by_kind = dict.fromkeys(kinds, (about, told))
        by_kind["incident links"] = tuple({key for each in links for key in keys.get(each, ())} for links in (about, told))  # type: ignore[assignment]
        for kind, (wanted, got) in by_kind.items():
            counts[item_of[claim]].update({f"{kind}.gold": len(wanted), f"{kind}.predicted": len(got), f"{kind}.hit": len(wanted & got)})


def _gold_links(world: World) -> dict[str, set[str]]:
    """By gold denial that was read, what it answers, as far as that was read."""
    found: dict[str, set[str]] = defaultdict(set)
    for denial in world.gold.get("denial", ()):
        claim = world.claim(denial)
        if claim is not None:
            found[claim] |= {each for entry in denial.get("about", ()) if (each := world.claim(entry)) is not None}
    return found


def gold_incidents(world: World) -> dict[str, set[str]]:
    """By claim read, the gold incidents it belongs to."""
    found: dict[str, set[str]] = defaultdict(set)
    for incident in world.incidents:
        for entry in incident.get("claim", ()):
            if (claim := world.claim(entry)) is not None:
                found[claim].add(incident["key"])
    return found


def _grouping_f(counts: Counts) -> float | None:
    precision, recall = counts["grouping.precision"], counts["grouping.recall"]
    return share(2 * precision * recall, (precision + recall) * counts["grouped"])


def _figures() -> Iterator[tuple[str, Callable[[Counts], float | None], str]]:
    yield "incidents, B-cubed F", _grouping_f, "grouped"
    yield "incidents, B-cubed precision", lambda c: share(c["grouping.precision"], c["grouped"]), "grouped"
    yield "incidents, B-cubed recall", lambda c: share(c["grouping.recall"], c["grouped"]), "grouped"
    yield "echo document pairs, F", lambda c: f_score(c, "echo."), "pairs"
    yield "independent document pairs, F", lambda c: f_score(c, "apart."), "pairs"
    yield "established lines, mean error", lambda c: share(c["lines.error"], c["incidents"]), "incidents"
    yield "possible lines, mean error", lambda c: share(c["lines_max.error"], c["incidents"]), "incidents"
    yield "denial links, F", lambda c: f_score(c, "links."), "links.gold"
    yield "denial links, recall", lambda c: share(c["links.hit"], c["links.gold"]), "links.gold"
    yield "denial links, precision", lambda c: share(c["links.hit"], c["links.predicted"]), "links.predicted"
    yield "links of denials read as such, F", lambda c: f_score(c, "read links."), "read links.gold"
    yield "denial links of all claims, F", lambda c: f_score(c, "all links."), "all links.gold"
    yield "denials by incident, F", lambda c: f_score(c, "incident links."), "incident links.gold"
    yield (
        "denials by incident, precision",
        lambda c: share(c["incident links.hit"], c["incident links.predicted"]),
        "incident links.predicted",
    )


FIGURES = tuple(_figures())


def figures_of(counted: Sequence[Counts]) -> list[Figure]:
    """The figures of worlds whose documents were counted, with intervals over draws of documents."""
    found = [figure(name, counted, measure, of) for name, measure, of in FIGURES]
    return [dataclasses.replace(each, is_mean=each.name.endswith("mean error")) for each in found]
