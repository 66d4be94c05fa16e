"""The papers of a hand-over: a certificate of transfer to sign, a receipt to bring back, and what each file is.

All three are functions of the package's record and its root, so that `verify` can write them again and see an altered one. The root is the SHA-256
of `tagmanifest-sha256.txt`, which has the hash of every other file: two people who compare that one number have compared everything.
"""

from __future__ import annotations

import html
import re

from witnessmark.case.handing_over_sheets import visible
from witnessmark.case.telling import BYTES, amount
from witnessmark.model.handover import RULE_WORDS, About, Rule

CERTIFICATE_PAGE, CERTIFICATE, RECEIPT, README = "certificate.html", "certificate.txt", "receipt.txt", "README.txt"
PAPERS = (CERTIFICATE_PAGE, CERTIFICATE, RECEIPT)
"""The papers that state the root, and so stand beside the manifests, not in them."""

ROOT_FILE = "tagmanifest-sha256.txt"

HAND_OVER_LINE, ROOT_LINE = "Hand-over:", "Root (SHA-256):"
LOG_LINE, KEY_LINE = "Custody log:", "Key of the case:"
RECEIVED_BY, RECEIVED_ON = "Received by (name, office):", "Received on (date):"
COUNTED, CHECKED = "Items counted:", "Checked with `witnessmark verify` or by hand (yes/no, by whom):"
SIGNED = "Signature:"
TO_FILL = (RECEIVED_BY, RECEIVED_ON, COUNTED, CHECKED, SIGNED)
MUST_FILL = (RECEIVED_BY, RECEIVED_ON)
"""Without a name and a date a receipt says nothing."""


def papers(about: About, restrictions: tuple[str, ...], root: str) -> dict[str, bytes]:
    """The certificate as a page and as text, and the receipt, by file name."""
    facts = _facts(about, root)
    return {
        CERTIFICATE_PAGE: _page(about, facts, restrictions).encode(),
        CERTIFICATE: _certificate(facts, restrictions).encode(),
        RECEIPT: _receipt(about, root).encode(),
    }


def restrictions_of(about: About, releases: tuple[str, ...]) -> tuple[str, ...]:
    """What the recipient is bound to, in sentences; `releases` are the distinct restrictions of the items."""
    sentences = [*releases]
    if about.sealed:
        sentences.append(f"Items that are withheld or sealed are in this package, by an explicit decision: {about.sealed}")
    if about.analysis:
        sentences.append(f"Machine readings are in this package, by an explicit decision: {about.analysis}")
    sentences += [f"{number} held back, {RULE_WORDS[Rule(rule)]}." for rule, number in sorted(about.held_back.items())]
    if not about.held_back:
        sentences.append("Nothing was held back.")
    return tuple(visible(" ".join(sentence.split())) for sentence in sentences)


def _facts(about: About, root: str) -> tuple[tuple[str, str], ...]:
    pairs = (
        (HAND_OVER_LINE, about.id),
        ("From, the keepers of the case:", about.case),
        ("To:", about.recipient),
        ("Made (UTC):", about.made_at),
        ("Items:", str(about.items)),
        ("Held back:", str(sum(about.held_back.values()))),
        ("Bytes of the originals:", f"{about.bytes} ({amount(about.bytes, BYTES)})"),
        (ROOT_LINE, root),
        (LOG_LINE, f"{about.head.size} entries, root {about.head.root}"),
        (KEY_LINE, about.key),
    )
    return tuple((name, visible(" ".join(value.split()))) for name, value in pairs)


_STATEMENT = (
    "The items listed in index.xlsx were handed over and received as the files under data/. "
    "The root is the SHA-256 of tagmanifest-sha256.txt; through it, it stands for every file of the package. "
    "With the key of the case, from this signed paper, `witnessmark verify FOLDER --trust KEY` proves that the custody log is that case's."
)
_PARTIES = ("Handed over by", "Received by")
_LINES = ("Name and office", "Place and date", "Signature")


def _certificate(facts: tuple[tuple[str, str], ...], restrictions: tuple[str, ...]) -> str:
    lines = [
        "CERTIFICATE OF TRANSFER",
        "",
        *(f"{name} {value}" for name, value in facts),
        "",
        _STATEMENT,
        "",
        "Restrictions and what was held back:",
    ]
    lines += [f"- {sentence}" for sentence in restrictions]
    for party in _PARTIES:
        lines += ["", f"{party}:", *(f"  {line}: {'_' * 48}" for line in _LINES)]
    return "\n".join(lines) + "\n"


def _receipt(about: About, root: str) -> str:
    return "\n".join(
        [
            "RECEIPT",
            "",
            "Fill in a copy of this file, or print and sign it, and send it back to whoever handed over.",
            "It is recorded there with: witnessmark receipt CASE FILE",
            "",
            f"{HAND_OVER_LINE} {about.id}",
            f"Items: {about.items}",
            f"{ROOT_LINE} {root}",
            "",
            *TO_FILL,
            "",
        ]
    )


def _page(about: About, facts: tuple[tuple[str, str], ...], restrictions: tuple[str, ...]) -> str:
    rows = "\n".join(f"<tr><th>{_safe(name.rstrip(':'))}</th><td{_mono(name)}>{_safe(value)}</td></tr>" for name, value in facts)
    bound = "\n".join(f"<li>{_safe(sentence)}</li>" for sentence in restrictions)
    parties = "\n".join(_to_sign(party) for party in _PARTIES)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Certificate of transfer {_safe(about.id)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>Certificate of transfer</h1>
<table>
{rows}
</table>
<p>{_safe(_STATEMENT)}</p>
<h2>Restrictions, and what was held back</h2>
<ul>
{bound}
</ul>
<div class="parties">
{parties}
</div>
</main>
</body>
</html>
"""


def _to_sign(party: str) -> str:
    lines = "\n".join(f'<p class="line">{line}</p>' for line in _LINES)
    return f"<section><h2>{party}</h2>\n{lines}\n</section>"


def _safe(text: str) -> str:
    return f"<bdi>{html.escape(text)}</bdi>"


def _mono(name: str) -> str:
    return ' class="code"' if name in {HAND_OVER_LINE, ROOT_LINE, LOG_LINE, KEY_LINE} else ""


_STYLE = """
@page { size: A4; margin: 20mm }
body { margin: 0; background: #fff; color: #1a1a1a; font: 11pt/1.45 Georgia, "Times New Roman", serif }
main { max-width: 170mm; margin: 0 auto; padding: 8mm }
h1 { font-size: 22pt; font-weight: normal; margin: 0 0 6mm; padding-bottom: 3mm; border-bottom: 1.5pt solid #1a1a1a }
h2 { font-size: 12pt; margin: 7mm 0 2mm }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: 1.6mm 0; border-bottom: .4pt solid #999 }
th { font-weight: normal; color: #444; width: 46mm; padding-right: 5mm }
td { overflow-wrap: anywhere }
.code { font: 8.6pt/1.6 "DejaVu Sans Mono", Menlo, Consolas, monospace }
ul { margin: 0; padding-left: 5mm }
li { margin: 1mm 0; overflow-wrap: anywhere }
.parties { display: flex; gap: 12mm; break-inside: avoid; margin-top: 4mm }
.parties section { flex: 1 }
.line { border-top: .6pt solid #1a1a1a; margin: 13mm 0 0; padding-top: 1mm; font-size: 9pt; color: #444 }
@media print { main { padding: 0 } }
"""


def readme(about: About) -> bytes:
    """What each file is, for whoever opens the folder first."""
    return _README.replace("RECIPIENT", visible(about.recipient)).replace("IDENTIFIER", about.id).encode()


_README = """HAND-OVER IDENTIFIER, for RECIPIENT

index.xlsx              numbered index: what each item is, how it was received, what applies to it, who can testify;
                        what was held back and under which rule; the custody entries; the codes
certificate.html, .txt  certificate of transfer, to print and sign (both say the same)
receipt.txt             receipt, to fill in and send back
data/                   the originals, byte for byte as they were received, under neutral names
items.json              the index for machines
held-back.json          what stays in the case, by random id, and the rule for each
custody.jsonl           custody entries about these items: as they stand in the log, proof, and what opens them
checkpoint.txt          where the logs of the case stood
handover.json           who, to whom, when, how many
manifest-sha256.txt, manifest-sha512.txt, tagmanifest-sha256.txt, tagmanifest-sha512.txt, bagit.txt, bag-info.txt
                        this folder is a BagIt bag (RFC 8493): the hash of every file

To check all of it with no program but the system's own:

    sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt
    sha256sum tagmanifest-sha256.txt        compare with the root on the signed certificate

To check more (custody entries, proofs, openings): witnessmark verify FOLDER
"""

_ROOT = re.compile(rf"{re.escape(ROOT_LINE)}\s*([0-9a-fA-F]{{64}})")
_ID = re.compile(rf"{re.escape(HAND_OVER_LINE)}\s*(h-[0-9a-f]{{16}})")


def stated_root(text: str) -> str | None:
    """The root a receipt or certificate states, None where it states none."""
    found = _ROOT.search(text)
    return found[1].lower() if found else None


def stated_id(text: str) -> str | None:
    """The hand-over a receipt is about, None where it does not say."""
    found = _ID.search(text)
    return found[1] if found else None


def unfilled(text: str) -> list[str]:
    """The lines of a receipt that have to be filled in and are not."""
    lines = [line.strip() for line in text.splitlines()]
    return [label for label in MUST_FILL if not any(line.startswith(label) and line.removeprefix(label).strip(" _.") for line in lines)]
