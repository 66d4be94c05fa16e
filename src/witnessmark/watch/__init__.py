"""Watching a site: what changed between two dated scenes, measured, with its error and what else could explain it."""

from witnessmark.watch.change import Change, compare
from witnessmark.watch.scene import Scene

__all__ = ["Change", "Scene", "compare"]
