"""What a country has pledged, and how far it is."""
