"""The library of a community."""
