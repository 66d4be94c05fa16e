"""Where work runs: limited child processes for decoders of hostile files, and several of them at once in order."""
