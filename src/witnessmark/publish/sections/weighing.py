"""How findings are made: the rule `weigh/1` in words, its version, and what would change a finding."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.publish.block import Block, Bullets, Heading, NewPage, Paragraph, Row, Table
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.citation import Citation, of_method
from witnessmark.publish.prose import Code, Sentence, sentence

STAGE = "weigh"
RULE = "weigh/1"

MEASURED = (
    "On invented cases that it was not fitted on, the rule put three in ten claims beside claims of another happening, found few of the documents that repeat each other, miscounted"
    " established lines by one an incident, and tied most of the denials it tied to a wrong claim."
)
"""How well it does, in words; figures by `witnessmark evaluate --incidents` (bench/README.md)."""

GROUPED = (
    (
        "Claims are set together where they seem to tell of one happening: the same act, place, days and figures, in documents that share rare words. Likeness"
        " proposes only that they speak of one thing, never that they agree: a claim and its denial use nearly the same words."
    ),
    "People can merge and part what was grouped; what they decide is applied last and outlives every new piece of evidence.",
)
TRACED = (
    (
        "Each telling is followed to its origin. A passage found word for word in an older document, a credit to an agency, a source that is cited, a speaker"
        " who is quoted, a headline over its own text, a translation, a picture that an older document shows too: each shows that one telling comes from another, and each is shown with its evidence and can be rejected."
    ),
    (
        "A line of origin is established where its source is identified and says how it has access to the facts. An account of unknown origin establishes none;"
        " a speaker who cites another adds none; sources that cite each other in a circle are one, of unknown origin."
    ),
    "That no copying was found does not show independence. So the most possible lines are printed beside the established ones.",
)
VALUED = (
    (
        "A value enters once for each origin. The rule for the range of victims is min-max: from the lowest bound an origin states to the highest, open where one"
        " leaves it open. A part is no total, a later count of one source stands in place of its earlier one, and what a source took back is withdrawn."
    ),
    "Values are never intersected and never multiplied. What a relay changed of the words of its origin is shown with both texts and is no value.",
)
LEVELS = (
    ("of unknown origin", "no source is identified, or what there was has been taken back"),
    ("alleged, with no stated basis", "somebody identified says so, and not how they know"),
    ("supported at second hand", "an established line that was told"),
    ("supported at first hand", "an established line that suffered or saw it, or rests on a document, an image or an instrument"),
    ("well supported", "raised by one from the fourth, or by two from the third"),
    ("very well supported", "raised further"),
)
MOVED = (
    "It rises by one for a second established line, by one where a first-hand basis is held in the case and not only asserted, and by one where first-hand bases of more than one kind are given.",
    "It falls by one where somebody denies it and names a basis, or where somebody says otherwise without denying it.",
    "One line never caps a finding: a single survivor whose statement is held, with a record of another kind, reaches the highest level.",
    "A bare denial moves nothing either way and is shown as denied by; a denial with a basis is another flag, disputed on evidence. No answer is never an admission.",
    "Nobody's testimony is graded. People may grade bodies from A to F; a body graded D or E raises nothing, and F, which cannot be judged, changes nothing.",
    "Only factual claims are weighed. How likely something is, and with what confidence, are an analyst's words and never computed.",
)
CHANGES = (
    "The original of what is only asserted here: each incident lists what to ask for.",
    "A basis for a denial that names none, or a claim by somebody else that says otherwise.",
    "Evidence that one line has it from another, or a person's rejection of a tie that was proposed.",
    "A reading that a person finds wrong, a group that a person parts or merges.",
    "The loss of one of the single pieces that an incident is said to rest on.",
)
LIMITS = (
    "The steps before the rule are proposals by machine: they group some claims that tell of different things, miss copies, and tie some denials to the wrong"
    " claim. Read every group and tie beside its evidence before relying on a level."
)


class Weighing:
    """The rule on a page of its own."""

    slug = "weighing"
    title = "How it is weighed"
    noun = "page"

    def blocks(self, casebook: Casebook) -> Iterator[Block]:
        """From claims to a level, and what would change it."""
        cites = _rests_on(casebook)
        if not cites or not casebook.view.incidents:
            return

        def said(*lines: str) -> tuple[Sentence, ...]:
            return tuple(sentence(line, cites=cites) for line in lines)

        yield NewPage("how-it-is-weighed", self.title)
        yield Paragraph(
            (
                sentence(f"How well supported an incident is was derived by the rule {RULE}", *_version(casebook), ".", cites=cites),
                *said(LIMITS, MEASURED),
            )
        )
        for heading, lines in (("From claims to an incident", GROUPED), ("From an incident to its lines", TRACED), ("Values", VALUED)):
            yield Heading(sentence(heading, cites=cites))
            yield Paragraph(said(*lines))
        yield Heading(sentence("The level", cites=cites))
        yield Table(
            "Where the best line sets it",
            ("Level", "How well supported", "The best line", "Rests on"),
            tuple(Row(((str(level),), (words,), (line,)), cites) for level, (words, line) in enumerate(LEVELS, 1)),
        )
        yield Bullets(said(*MOVED))
        yield Heading(sentence("What would change our mind", cites=cites))
        yield Bullets(said(*CHANGES))

    def digest(self, casebook: Casebook) -> Iterator[Block]:  # noqa: ARG002 -- the section protocol
        """Nothing: its page is listed."""
        return iter(())


def _version(casebook: Casebook) -> tuple[str | Code, ...]:
    version = next((method.version for method in casebook.view.methods if method.stage == STAGE), None)
    return (", program version ", Code(version)) if version else ()


def _rests_on(casebook: Casebook) -> tuple[Citation, ...]:
    """The method of weighing or, in a view without it, the logs or the first method."""
    methods = casebook.view.methods
    own = tuple(of_method(method) for method in methods if method.stage == STAGE)
    return own or casebook.heads or tuple(of_method(method) for method in methods[:1])
