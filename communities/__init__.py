"""Communities: groups of members that ask each other, answer and decide."""
