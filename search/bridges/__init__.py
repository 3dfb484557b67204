"""Bridges between the site's languages: each is used where it is installed and switched on."""
