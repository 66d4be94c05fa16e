"""Protection: whatever leaves the case passes through here, and the case itself is kept from whoever takes the disk."""
