"""What protects people before anything leaves the case, and the case itself from whoever takes the disk."""
