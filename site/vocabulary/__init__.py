"""Countries, regions and the field's terms, with labels in four languages."""
