"""Whether a text is one the English rules can read.

English is told by how often its commonest small words occur; texts with hardly any letters are tables or numbers and hold no statements. They make up
at least 0.173 of the words of every one of 2,139 English documents (PolNeAR train, MUC-3 dev, the latter in capitals; the middle one 0.4); single paragraphs of German, French,
Spanish and Dutch gave 0.03, 0.03, 0.0 and 0.15. A closely related language in a short text may still pass; a stated language is believed before any count.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "he",
        "for",
        "it",
        "with",
        "as",
        "his",
        "on",
        "be",
        "at",
        "by",
        "had",
        "not",
        "are",
        "but",
        "from",
        "or",
        "have",
        "an",
        "they",
        "which",
        "one",
        "you",
        "were",
        "her",
        "all",
        "she",
        "there",
        "would",
        "their",
        "we",
        "him",
        "been",
        "has",
        "when",
        "who",
        "will",
        "no",
        "more",
        "if",
        "out",
        "so",
        "said",
        "what",
        "up",
        "its",
        "about",
        "than",
        "into",
        "them",
        "can",
        "only",
        "other",
        "time",
        "new",
        "some",
        "could",
        "these",
        "two",
        "may",
        "first",
        "then",
        "do",
        "any",
        "my",
        "now",
        "such",
        "like",
        "our",
        "over",
        "me",
        "even",
        "most",
        "after",
        "also",
        "did",
        "many",
        "before",
        "through",
        "back",
        "where",
        "your",
        "down",
        "because",
        "between",
        "those",
        "under",
        "never",
        "against",
        "during",
        "without",
        "i",
    ]
)
LEAST_SHARE = 0.16
LONG_ENOUGH = 12
"""Fewer words than this are told by their alphabet only."""
LEAST_ASCII = 0.5
READ_AT_MOST = 20_000


def not_english(text: str, language: str | None) -> str | None:
    """One sentence on why a text cannot be read for claims, or None where it is English."""
    if language is not None and not language.lower().startswith("en"):
        return f"The document is in another language ({language}); claims are read from English text only, so none were looked for."
    sample = text[:READ_AT_MOST]
    letters = sum(c.isalpha() for c in sample)
    if letters == 0 or letters < 0.2 * sum(not c.isspace() for c in sample):
        return "The text holds hardly any words, so no claims were looked for."
    words = [word.lower() for word in WORD.findall(sample)]
    share = sum(word in SMALL_WORDS for word in words) / len(words)
    latin = sum(word.isascii() for word in words) / len(words)
    if latin < LEAST_ASCII or (len(words) >= LONG_ENOUGH and share < LEAST_SHARE):
        return "The text does not look like English; claims are read from English text only, so none were looked for."
    return None
