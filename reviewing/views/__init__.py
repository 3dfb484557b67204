"""The pages of reviews; what each may show and do is decided in `reviewing.access`."""
