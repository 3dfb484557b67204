"""The home page, plain pages and news."""
