"""The pages of the exchange on practices."""
