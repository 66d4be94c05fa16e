"""Makes `tests.protect.redaction_material` importable: the tests have no packages of their own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))
