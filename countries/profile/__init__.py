"""The desk of a country, and what its team says of it in short."""
