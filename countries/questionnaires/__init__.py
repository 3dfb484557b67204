"""Questionnaires: how they are made, loaded and edited."""
