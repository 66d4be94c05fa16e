from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec

from witnessmark.claims import ClaimReader

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "claim.md"


def test_the_example_in_the_reference_is_what_the_reader_gives(reader: ClaimReader) -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    (text,) = re.findall(r"^> (.+)$", page, re.MULTILINE)
    (shown,) = re.findall(r"```json\n(.+?)\n```", page, re.DOTALL)
    (claim,) = reader.read(text, "2024-05-08")
    assert json.loads(shown) == {"file": "briefing.txt", **json.loads(msgspec.json.encode(claim))}


def test_the_reference_describes_every_field(reader: ClaimReader) -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    (claim,) = reader.read("The mayor said police had beaten two men.", None)
    assert all(f"`{field}`" in page for field in msgspec.structs.asdict(claim))
