"""What is asked of threads and posts: each view does one thing."""
