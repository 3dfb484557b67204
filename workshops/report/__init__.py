"""The report of a workshop: taken from a file, drafted from its cards, handed out."""
