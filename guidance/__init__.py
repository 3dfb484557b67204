"""Guidance materials in versions, and child-specific indicators."""
