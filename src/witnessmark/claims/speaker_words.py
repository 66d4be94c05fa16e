"""The words by which speakers are told apart: pronouns, bodies, papers, offices, and how a text says that somebody is not named.

Lists of general English and of the shapes of names; no name of anybody is among them.
"""

from __future__ import annotations

import re

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
PRONOUNS = HE | SHE | IT | THEY | FIRST | {"who", "one", "you", "which", "that", "this", "these", "those"}
MALE = frozenset(
    ["mr", "king", "prince", "father", "bishop", "imam", "man", "spokesman", "chairman", "brother", "son", "husband", "boy", "sheikh"]
)
FEMALE = frozenset(
    [
        "mrs",
        "ms",
        "miss",
        "queen",
        "princess",
        "mother",
        "woman",
        "spokeswoman",
        "chairwoman",
        "sister",
        "daughter",
        "wife",
        "girl",
        "nurse",
    ]
)
BODIES = frozenset(
    [
        "ministry",
        "government",
        "army",
        "agency",
        "office",
        "department",
        "council",
        "commission",
        "committee",
        "court",
        "hospital",
        "police",
        "party",
        "group",
        "movement",
        "organisation",
        "organization",
        "company",
        "union",
        "embassy",
        "militia",
        "force",
        "guard",
        "mission",
        "watch",
        "institute",
        "authority",
        "network",
        "newspaper",
        "station",
        "bank",
        "university",
        "parliament",
        "regime",
        "administration",
        "coalition",
        "campaign",
        "report",
        "statement",
        "petition",
        "list",
        "brigade",
        "regiment",
        "circle",
        "association",
        "foundation",
        "front",
        "bureau",
        "centre",
        "center",
        "directorate",
        "directory",
        "panel",
        "tribunal",
        "chamber",
        "chambers",
        "board",
        "branch",
        "command",
        "radio",
        "television",
        "service",
        "archive",
        "committee",
        "congress",
        "assembly",
        "opposition",
        "prosecution",
        "defence",
        "side",
        "press",
        "unit",
        "battalion",
        "league",
        "registry",
        "secretariat",
        "staff",
        "cell",
        "federation",
        "society",
        "forces",
        "navy",
        "town",
        "city",
        "village",
        "state",
        "country",
        "nation",
        "airline",
        "firm",
        "charity",
        "monastery",
        "church",
        "clinic",
        "school",
        "laboratory",
        "capital",
        "junta",
        "cabinet",
        "press",
        "headquarters",
        "delegation",
        "leadership",
        "constabulary",
        "magazine",
        "daily",
        "channel",
        "broadcaster",
        "outlet",
        "parties",
        "alliance",
    ]
)
PAPERS = frozenset(
    [
        "note",
        "letter",
        "register",
        "certificate",
        "log",
        "record",
        "paper",
        "document",
        "communique",
        "communiqué",
        "ledger",
        "diary",
        "order",
        "figure",
        "number",
        "footage",
        "video",
        "photograph",
        "picture",
        "image",
        "study",
        "file",
        "website",
        "update",
        "bulletin",
        "broadcast",
        "leaflet",
        "account",
        "agreement",
        "publication",
        "publications",
        "article",
        "book",
        "roster",
        "chart",
        "map",
        "poster",
        "sign",
        "voice",
        "tweet",
        "post",
        "message",
        "email",
        "telegram",
        "data",
        "evidence",
        "finding",
    ]
)
"""What may carry a statement and is neither a person nor a body."""
FORCES = frozenset(["gendarme", "troop", "trooper", "constable", "marine", "ranger", "militiaman", "paramilitary", "partisan", "insurgent"])
ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ity", "ship", "sis", "ance", "ence", "ness", "ism", "ing", "ure", "age", "acy")
PERSON_ENDINGS = ("ant", "ist", "man", "woman", "ee", "ess")
IN_COURT = frozenset(["accused", "defendant", "counsel", "convict", "suspect", "juror"])
OFFICES = frozenset(
    [
        "deputy",
        "commandant",
        "superintendent",
        "dispatcher",
        "inspector",
        "warden",
        "registrar",
        "magistrate",
        "porter",
        "orderly",
        "sister",
    ]
)
CODED = re.compile(r"(?:[Pp]t|PT|[Pp]atient|PATIENT|[Ww]itness|WITNESS|[A-Z]{1,2})[ .-]{0,2}[A-Z]{0,2}-?\d+\Z")
"""A person kept unnamed behind a number: "Witness R-7", "P-12", "Pt 9"."""
GOES_BY = frozenset({"call", "name", "know", "identify", "give", "go"})
NOT_SPEAKERS = frozenset(
    ["anybody", "anyone", "whoever", "nobody", "noone", "none", "everybody", "everyone", "nothing", "something", "what"]
)
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
UNNAMED = re.compile(
    r"\b(?:unnamed|unidentified|anonymous|anonymity|not to be (?:named|identified)|not be (?:named|identified)|name withheld|who (?:declined|refused|asked not) to (?:be )?(?:named|give|identif\w+)|"
    r"whose name (?:was|is) withheld|speaking on (?:the )?condition|(?:whom|who) \w+ (?:did not|didn[’']t|would not|declined to) (?:name|identify))\b",
    re.IGNORECASE,
)
INDEFINITE = frozenset(
    [
        "a",
        "an",
        "one",
        "some",
        "several",
        "many",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "other",
        "another",
        "both",
        "few",
        "dozens",
    ]
)
LEADING = re.compile(r"^(?:the|a|an|one of the|its|his|her|their|our|my)\s+", re.IGNORECASE)
INSIDE = re.compile(r"[a-z,;] ([^\W\d_a-z]\w+)")
FARTHEST = 100
"""Entities gone back through for whom a pronoun means, so that a long document costs time in proportion to its length."""
LONGEST_NAME = 4
MOST_IN_OFFICE = 2
NUMBERED = re.compile(r"(?:[Pp]t|PT|[Pp]atient|PATIENT|[Ww]itness|WITNESS)\.? [A-Z]{0,2}-?\d+")
HEAD = 3_000
"""Characters at the start of a transcript in which its speakers are introduced."""
TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
