"""Makes those files of the demo case that are not written by hand as text: PDFs, an e-mail, Office files, photographs, a scan, scenes from above.

The same bytes come out each time, so that the committed files can be checked against this. Whatever a library takes from the clock or from
chance is replaced by fixed dates, ids and seeds, and nothing is compressed by a general-purpose packer, since the same data packed by
another build of zlib gives other bytes. Two photographs are signed, which has chance in it: `scripts/make-demo-pictures` made them once. Run it in the root of a checkout: `python -m examples.make_demo [FOLDER]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from examples.making import consent, gate, handout, letter, mail, photograph, register, report, scan, scenes

EVIDENCE = Path(__file__).parent / "karvel-briefing" / "evidence"

FILES: dict[str, Callable[[], bytes]] = {
    "PO-20160826-1402-K.tif": partial(scenes.scene, scenes.Frame.BEFORE),
    "PO-20171002-1411-K.tif": partial(scenes.scene, scenes.Frame.AFTER),
    "PO-20180115-1421-K.tif": partial(scenes.scene, scenes.Frame.SNOW),
    "annex-letters.pdf": report.damaged_letters,
    "collective-report.pdf": report.report,
    "consent-w07.pdf": consent.consent_form,
    "family-list.eml": mail.family_mail,
    "gate-evening-post.jpg": gate.gate_cropped,
    "gate-littoral.jpg": gate.gate_whole,
    "hospital-letter.docx": letter.hospital_letter,
    "karvel-from-hill.jpg": photograph.photograph,
    "satellite-handout.pdf": handout.satellite_handout,
    "second-court-list.xlsx": register.court_list,
    "works-memo-scan.pdf": scan.works_memo,
}


def make(folder: Path) -> list[Path]:
    """Write the made files into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in FILES.items():
        path = folder / name
        path.write_bytes(content())
        paths.append(path)
    return paths


if __name__ == "__main__":
    for made_path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else EVIDENCE):
        print(made_path)
