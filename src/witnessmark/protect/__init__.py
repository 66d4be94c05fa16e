"""Protection: what may leave the case, what is masked in it, and what lies encrypted under a key that is kept elsewhere."""
