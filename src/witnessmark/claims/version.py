"""The version of the reader, apart from it, so that asking what would be read again loads no reader."""

VERSION = "claims@6"
"""The stage and its version; a change that may alter any claim raises it."""
