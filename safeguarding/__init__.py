"""Do no harm: what must be looked at before anything becomes public."""
