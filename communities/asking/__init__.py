"""Search before and after asking: what is known already, and the first answer."""
