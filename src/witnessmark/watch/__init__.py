"""Watching a site: what changed between two dated scenes, measured, with its error and what else could explain it."""

from witnessmark.watch.scene import Scene

__all__ = ["Scene"]
