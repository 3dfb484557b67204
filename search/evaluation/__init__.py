"""How good and how fast the search is, on a set of questions with known answers."""
