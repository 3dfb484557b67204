"""How a workshop is set up and run: its facts, its people, agenda, documents, what follows it."""
