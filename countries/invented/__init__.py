"""Six countries with invented profiles and answers, for training sites; no statement of them."""
