"""Cases: the one place where stages meet storage. `pipeline` reads aloud as the main path."""
