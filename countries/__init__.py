"""Country pages."""
