"""The facts of a case in the forms other programs read: pure formatters from what may leave to bytes, one form a module."""
