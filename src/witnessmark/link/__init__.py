"""Victim lists: brought in as they stand, and their rows linked where they are about one person."""
