"""Reads the text of one PDF or Word file in a process of its own; never imports Django."""
