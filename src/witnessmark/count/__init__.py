"""Estimating how many no list recorded, from how the lists overlap; or refusing to, with the reason."""

from witnessmark.count.table import CaptureTable

__all__ = ["CaptureTable"]
