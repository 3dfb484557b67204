"""What leaves by mail: notices at once, one digest of the rest, and the choice of both."""
