"""The World Cafe: challenge cards, timed rounds, recommendations, decisions, follow-ups."""
