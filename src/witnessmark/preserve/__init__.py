"""preserve."""
