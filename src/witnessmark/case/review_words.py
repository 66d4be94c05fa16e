"""What is said to whoever reviews readings, on a terminal and on a page: what judging means, the reasons of single keys, and how each field is typed."""

from __future__ import annotations

JUDGED = "You judge whether the program read the text correctly. That says nothing about whether it is true."
WHY = {"accepted": "read beside the original's text", "rejected": "misread", "unsure": "cannot be told from the text"}
"""Why, where nobody types another reason."""

HOW = {
    "speaker": "words = name, such as `He = Stuart Jones`; `none` for the document's own voice; `words = anonymous`",
    "via": "relays, nearest the speaker first, with ; between",
    "when": "words, or words = 2017-05-01..2017-05-31",
    "said": "words, or words = 2017-05-15",
    "due": "words, or words = 2017-05-15",
    "where": "words, words = name, words = geonames:170063, or words = name @ 33.66, 36.33 facility",
    "victims": "words, or words = ..50 per day killed; several with ; between",
    "parties": "words = perpetrator, or words = name, perpetrator; several with ; between",
    "basis": "words = saw (was_told, document, image, ...); add `, I7` where the case holds it",
    "addressee": "words, or words = name",
    "purpose": "words",
    "answers": "short numbers, such as C3, C14",
    "content": "the words the claim should have; it becomes a new claim, and this one is called misread",
}
"""How a field without words of its own to choose from is typed."""
