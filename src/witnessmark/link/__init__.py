"""Linking the rows of partial, overlapping victim lists that are about one person, with the uncertainty kept."""
