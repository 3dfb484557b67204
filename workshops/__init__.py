"""Workshop series, workshops, their findings and surveys."""
