"""The words a reader sees for what the record holds in codes. Plain, attributed, and never a verdict."""

from __future__ import annotations

from datetime import date

from witnessmark.model.claim import Act, BasisKind, Certainty, Claim, Harm, Interval, PartyRole, Polarity, Stance, VictimCount
from witnessmark.model.document import Origin
from witnessmark.model.view import Cut

WATERMARK = "Working draft — machine readings not checked by a person — not for publication"

STANCE_PASSIVES = {
    Stance.ASSERTS: "said",
    Stance.DENIES: "denied",
    Stance.DOUBTS: "doubted",
    Stance.CONCEDES: "conceded",
    Stance.RETRACTS: "retracted",
    Stance.CORRECTS: "corrected",
    Stance.DEMANDS: "demanded",
    Stance.PLEDGES: "pledged",
    Stance.PREDICTS: "predicted",
}
"""Before "by" and the speaker: the passive is right for one speaker and for many, which a name does not always show."""

FRAMES = {
    Stance.ASSERTS: ("said by ", ""),
    Stance.DENIES: ("denied by ", ""),
    Stance.DOUBTS: ("doubted by ", ""),
    Stance.CONCEDES: ("conceded by ", ""),
    Stance.RETRACTS: ("said earlier by ", " (now retracted)"),
    Stance.CORRECTS: ("said by ", ", in a correction,"),
    Stance.DEMANDS: ("in a demand by ", ""),
    Stance.PLEDGES: ("in a pledge by ", ""),
    Stance.PREDICTS: ("in a prediction by ", ""),
}
"""What stands around the speaker where a field of the claim is shown, so that no field reads as established."""

NEGATED = "said in denial"
"""Instead of "denied" where the words already are the denial ("he was not there"): "denied by" over them would say the opposite."""

NEGATED_FRAME = ("in a denial by ", "")
"""Around a field read from such words: some of what they name is denied, and some is not."""

POLARITY_WORDS = {
    Polarity.REJECTED: "the words are what is denied",
    Polarity.NEGATED: "the words are the denial itself",
    None: "whether the words are what is denied or the denial itself is not settled",
}
"""What the words of a denial are."""

ROLE_WORDS = {
    PartyRole.PERPETRATOR: "to have been the perpetrator",
    PartyRole.COMMANDER: "to have commanded it",
    PartyRole.SUPPORTER: "to have supported it",
    PartyRole.ACQUIESCING: "to have let it happen",
    PartyRole.BENEFICIARY: "to have benefited from it",
    PartyRole.VICTIM: "to have been a victim",
    PartyRole.WITNESS: "to have been a witness",
    PartyRole.RECIPIENT: "to have received it",
}

CERTAINTY_WORDS = {
    Certainty.CERTAIN: "worded as certain",
    Certainty.PROBABLE: "worded as probable",
    Certainty.POSSIBLE: "worded as possible",
    Certainty.UNKNOWN: "not stated",
}

BASIS_WORDS = {
    BasisKind.SUFFERED: "says to have suffered it",
    BasisKind.SAW: "says to have seen it",
    BasisKind.WAS_TOLD: "was told",
    BasisKind.DOCUMENT: "a document",
    BasisKind.IMAGE: "an image",
    BasisKind.SENSOR: "a sensor",
    BasisKind.INFERENCE: "an inference",
    BasisKind.UNSTATED: "not stated",
}

HARM_WORDS = {
    Harm.KILLED: "killed",
    Harm.INJURED: "injured",
    Harm.DETAINED: "detained",
    Harm.MISSING: "missing",
    Harm.DISPLACED: "displaced",
    Harm.FOUND: "found",
    Harm.AFFECTED: "affected",
    Harm.OTHER: "harmed in another way",
}

ORIGIN_WORDS = {
    Origin.METADATA: "from the document's own metadata",
    Origin.DATELINE: "from its dateline",
    Origin.GIVEN: "given when it was added",
}

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def is_negated(claim: Claim) -> bool:
    """Whether the words are a denial as its speaker says it, and not the statement that is denied."""
    return claim.stance is Stance.DENIES and claim.polarity is Polarity.NEGATED


def stance_words(claim: Claim) -> str:
    """What the speaker does with the words, before "by" and the speaker."""
    return NEGATED if is_negated(claim) else STANCE_PASSIVES[claim.stance]


def frame_of(claim: Claim) -> tuple[str, str]:
    """What stands before and after the speaker where a field of the claim is shown."""
    return NEGATED_FRAME if is_negated(claim) else FRAMES[claim.stance]


def act_words(act: Act | None) -> str:
    """The act in words; None means that nothing is said to have been done."""
    return "no act stated" if act is None else act.value.replace("_", " ")


def day_words(iso: str) -> str:
    """An ISO date as "16 May 2017"; anything else as it is."""
    day = as_date(iso)
    return iso if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(iso: str) -> str:
    """An ISO time in UTC as "16 May 2017, 08:30 UTC"; anything else as it is."""
    day, _, clock = iso.partition("T")
    return f"{day_words(day)}, {clock[:5]} UTC" if clock and as_date(day) else day_words(iso)


def cut_words(cut: Cut, *, handed_out: bool) -> str:
    """That a dossier shows an earlier day, by which dates, and how much that leaves out; the last never in what is handed out."""
    by = "we had received" if cut.asked.known_to_us else "was published, or delivered to somebody,"
    left = [
        words
        for number, words in ((cut.later, f"{cut.later:,} of a later day"), (cut.undated, f"{cut.undated:,} of no known day"))
        if number and not handed_out
    ]
    out = f" Items left out: {', '.join(left)}." if left else ""
    return f"Shown as of {day_words(cut.asked.day)}: only what {by} by then.{out} What people decided of readings is as it stands now."


def as_date(iso: str | None) -> date | None:
    """The day an ISO date names, or None where there is none or it cannot be read as one."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def dates_words(earliest: str | None, latest: str | None) -> str:
    """An interval of days in words, open ends said."""
    if earliest and latest:
        return day_words(earliest) if earliest == latest else f"{day_words(earliest)} to {day_words(latest)}"
    if earliest:
        return f"{day_words(earliest)} or later"
    return f"{day_words(latest)} or earlier" if latest else "date not worked out"


def interval_words(interval: Interval | None) -> str:
    """When something is said to have been; "not stated" where the text says nothing."""
    return "not stated" if interval is None else dates_words(interval.earliest, interval.latest)


def count_words(count: VictimCount) -> str:
    """A stated number of victims with its harm, period and group: "at most 50 killed a day (detainees)"."""
    words = [_range_words(count), HARM_WORDS[count.harm] if count.harm else "(what befell them is not stated)"]
    if count.per:
        words.append(f"an {count.per}" if count.per == "hour" else f"a {count.per}")
    if count.derived:
        words.append("— computed by the speaker")
    return " ".join(words)


def _range_words(count: VictimCount) -> str:
    about = "about " if count.approximate else ""
    match count.min, count.max:
        case None, None:
            return "a number not stated"
        case low, None:
            return f"at least {about}{low:,}"
        case None, high:
            return f"at most {about}{high:,}"
        case low, high:
            return f"{about}{low:,}" if low == high else f"{about}{low:,} to {high:,}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 claim", "1,204 claims", "no claims"."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def size_words(size: int) -> str:
    """A size in bytes, rounded: the exact one would help somebody recognise a file."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= scale:
            return f"about {size / scale:.0f} {unit}"
    return "under 1 kB"
