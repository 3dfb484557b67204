"""A practice as a Word file and back, without loss."""
