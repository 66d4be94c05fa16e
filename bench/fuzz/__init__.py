"""Valid files, broken in a thousand ways, through the real decoding child."""
