"""Publishing: turns a view of the case into a dossier whose every sentence opens its evidence, and refuses any other."""

from __future__ import annotations

from witnessmark.publish.draft import draft
from witnessmark.publish.section import Section
from witnessmark.publish.sections import SECTIONS

__all__ = ["SECTIONS", "Section", "draft"]
