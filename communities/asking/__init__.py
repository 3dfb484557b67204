"""Asking searches first: what is known already stands beside a question, before and after it."""
