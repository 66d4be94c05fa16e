"""Protection: whatever leaves the case passes through here, so that it shows what may be shown and nothing else."""
