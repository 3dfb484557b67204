"""Loads the demo knowledge base: Markdown and YAML in, published pages out."""
