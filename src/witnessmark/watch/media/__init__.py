"""Matching pictures with each other: values in, values out. Nothing here decodes a file."""
