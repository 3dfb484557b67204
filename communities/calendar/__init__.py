"""Events of a community, on the site and in calendar programs."""
