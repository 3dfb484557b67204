"""Uploaded PDF and Word files: stored, read in a safe process, opened at a page."""
