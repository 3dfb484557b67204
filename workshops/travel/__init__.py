"""Paying for journeys to a workshop: asked for by who takes part, decided by the secretariat."""
