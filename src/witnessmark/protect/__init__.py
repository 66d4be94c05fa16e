"""Protection: what may leave the case, what is covered in it, and what lies encrypted from whoever takes the disk."""
