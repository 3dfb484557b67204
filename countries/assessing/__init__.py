"""The country's side of an assessment: answering, comparing rounds, taking it home."""
