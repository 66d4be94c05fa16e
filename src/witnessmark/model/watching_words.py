"""What people say of a watched site, as decisions keep it, and in words for a screen."""

from __future__ import annotations

import msgspec

from witnessmark.model.decision import Decision
from witnessmark.model.watching import Bears, Drawing, Evidence, SceneSaid, SeenIn

SCENE, SEEN, OUTLINE, RIVAL, BEARS_ON = "scene", "seen", "outline", "rival", "bears_on"
"""Fields of decisions: of an item that it is a scene, and of a site."""
SAID: dict[str, type[msgspec.Struct]] = {SCENE: SceneSaid, SEEN: SeenIn, OUTLINE: Drawing, RIVAL: Evidence, BEARS_ON: Bears}
"""What the value of each is, as JSON."""


def said_words(decision: Decision) -> str:
    """The value of such a decision in a few words."""
    match msgspec.json.decode(decision.value, type=SAID[decision.field]):
        case SceneSaid(facts=facts):
            return f"a scene of a site; not stated: {', '.join(facts.missing) or 'nothing'}"
        case SeenIn(thing=thing, scene=scene, state=state):
            return f"{thing} {state} in {scene}"
        case Drawing(footprint=footprint, scene=scene, ring=ring):
            return f"{footprint} drawn on {scene} with {len(ring)} corners"
        case Evidence(rival=rival, speaks_for=speaks_for, words=words):
            return f"{'for' if speaks_for else 'against'} {rival}: {words}"
        case Bears(claims=claims, incidents=incidents):
            return f"{len(claims)} claims and {len(incidents)} incidents"
        case said:
            return str(said)
