"""Breakout groups with set questions; the notes of their rapporteurs, and all of them merged."""
