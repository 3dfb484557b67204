"""One semantic search over everything; it never learns of content types."""
