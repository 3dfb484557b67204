"""Gaps: which rules the answers of an assessment meet, and what addresses a gap elsewhere."""
