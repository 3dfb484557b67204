"""People and the institutions they work for."""
