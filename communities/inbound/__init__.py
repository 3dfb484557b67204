"""Mail that comes back: whose it is, what of it is new, and where it belongs."""
