"""Nouns for people and for the parts they play; told apart because a count of people may be of victims, and because only people and bodies speak."""

from __future__ import annotations

PEOPLE = frozenset(
    """
    person people civilian man woman child boy girl infant baby adult teenager resident villager detainee prisoner inmate captive
    hostage worker miner farmer fisherman teacher student pupil doctor nurse medic patient journalist protester protestor demonstrator
    activist lawyer soldier fighter rebel officer policeman guard conscript recruit militant insurgent passenger driver pedestrian
    bystander refugee migrant evacuee family household relative brother sister son daughter father mother parent wife husband
    neighbour neighbor victim casualty survivor member constituent citizen inhabitant body corpse dead wounded injured missing other
    death fatality life martyr elder monk priest nun cleric peacekeeper volunteer aid-worker labourer laborer crew lad youth minor
    orphan widow shopkeeper trader vendor shepherd herder employee staff local human individual internee deportee returnee
    """.split()
)
ROLES = frozenset(
    """
    official spokesman spokeswoman spokesperson minister president premier king queen commander officer general colonel captain
    sergeant major lieutenant governor mayor director head chief chairman chairwoman secretary ambassador envoy diplomat judge
    prosecutor attorney lawyer leader deputy senator lawmaker legislator witness source colleague friend cousin uncle aunt porter cook
    clerk engineer expert analyst researcher investigator monitor observer inspector author editor reporter headmistress headmaster
    professor scientist bishop imam sheikh spox constituent supporter critic opponent ally aide adviser advisor agent owner manager
    pilot sailor executive candidate speaker representative
    """.split()
)
