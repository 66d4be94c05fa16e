"""Estimating how many no list recorded, from how the lists overlap; or refusing to, with the reason."""

from witnessmark.count.estimate import estimate
from witnessmark.count.table import CaptureTable
from witnessmark.model.estimate import Estimate

__all__ = ["CaptureTable", "Estimate", "estimate"]
