"""A thread becomes knowledge: its summary, and what is made of it."""
