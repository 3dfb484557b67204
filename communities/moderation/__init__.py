"""What facilitators do so that a community stays a good place, and the log of it."""
