"""Practices side by side: what a reader may open of what they chose, field by field."""
