"""Before a workshop: what its countries answer, how far they are, and the gaps they have."""
