"""Who is in a community and how they come, go and lead it; its pages."""
